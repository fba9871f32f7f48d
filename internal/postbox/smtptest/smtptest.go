// Package smtptest is a real SMTP server in the test's own process, which can be told to misbehave at
// each step of the conversation.
package smtptest

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Mail is what arrived.
type Mail struct {
	From string
	To   []string
	Data []byte
}

// Fault is how the server misbehaves. A number is a reply that it gives in place of a good one.
type Fault struct {
	From, Rcpt, Data int
	DropAtOnce       bool // hangs up on whoever connects
	DropAtData       bool // hangs up in the middle of the content
	DropAfterData    bool // hangs up when it has all of the content, and keeps none
	DropAfterTaking  bool // takes the mail, says so, and hangs up
}

// Server is an SMTP server on a port of this machine.
type Server struct {
	Port  int
	Asked atomic.Bool // somebody tried to sign in

	listener       net.Listener
	mu             sync.Mutex
	user, password string // "": nobody need sign in
	fault          Fault
	mails          []Mail
}

// Start opens a server until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Port: l.Addr().(*net.TCPAddr).Port, listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

// Set says how it misbehaves from now on.
func (s *Server) Set(f Fault) {
	s.mu.Lock()
	s.fault = f
	s.mu.Unlock()
}

// Ask wants everybody to sign in from now on.
func (s *Server) Ask(user, password string) {
	s.mu.Lock()
	s.user, s.password = user, password
	s.mu.Unlock()
}

// Mails gives what has arrived.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail{}, s.mails...)
}

func (s *Server) now() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

func (s *Server) talk(conn net.Conn) {
	defer conn.Close()
	if s.now().DropAtOnce {
		return
	}
	c := textproto.NewConn(conn)
	say := func(code int, text string) { _ = c.PrintfLine("%d %s", code, text) }
	say(220, "smtptest")
	signedIn, m := !s.asks(), Mail{}
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO", "HELO":
			_ = c.PrintfLine("250-smtptest\r\n250-8BITMIME\r\n250 AUTH PLAIN")
		case "AUTH":
			s.Asked.Store(true)
			if signedIn = s.knows(rest); signedIn {
				say(235, "welcome")
			} else {
				say(535, "who are you")
			}
		case "MAIL":
			code := s.now().From
			switch {
			case !signedIn:
				say(530, "sign in first")
			case code != 0:
				say(code, "not from there")
			default:
				m = Mail{From: address(rest)}
				say(250, "ok")
			}
		case "RCPT":
			if code := s.now().Rcpt; code != 0 {
				say(code, "not to there")
				continue
			}
			m.To = append(m.To, address(rest))
			say(250, "ok")
		case "DATA":
			if !s.take(c, m) {
				return
			}
		case "RSET", "NOOP":
			say(250, "ok")
		case "QUIT":
			say(221, "bye")
			return
		default:
			say(502, "what")
		}
	}
}

// take reads the content; it gives false where the server hangs up.
func (s *Server) take(c *textproto.Conn, m Mail) bool {
	f := s.now()
	_ = c.PrintfLine("354 go on")
	if f.DropAtData {
		_, _ = c.ReadLine()
		return false
	}
	data, err := io.ReadAll(bufio.NewReader(c.DotReader()))
	if err != nil || f.DropAfterData {
		return false
	}
	if f.Data != 0 {
		_ = c.PrintfLine("%d not this", f.Data)
		return true
	}
	m.Data = bytes.Clone(data)
	s.mu.Lock()
	s.mails = append(s.mails, m)
	s.mu.Unlock()
	_ = c.PrintfLine("250 taken")
	return !f.DropAfterTaking
}

func (s *Server) asks() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.user != ""
}

func (s *Server) knows(rest string) bool {
	_, secret, _ := strings.Cut(rest, " ")
	plain, err := base64.StdEncoding.DecodeString(secret)
	s.mu.Lock()
	defer s.mu.Unlock()
	return err == nil && string(plain) == fmt.Sprintf("\x00%s\x00%s", s.user, s.password)
}

func address(text string) string {
	_, rest, _ := strings.Cut(text, "<")
	got, _, _ := strings.Cut(rest, ">")
	return got
}
