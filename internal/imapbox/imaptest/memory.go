// Package imaptest runs IMAP servers for tests, benchmarks and the demonstration: one in this process
// (Start, Memory), a private real Dovecot (Dovecot), and a Proxy that breaks connections on purpose.
package imaptest

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"

	"piper/internal/imapbox"
)

// T is the part of testing.TB that is needed here, so that a program that is no test can use the package
// without linking the testing machinery.
type T interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
}

// User is one user of a server. Token, where set, is the access token accepted by XOAUTH2.
type User struct{ Name, Password, Token string }

// Server is an IMAP server in this process, on one port with and without STARTTLS and on another with TLS.
// Its mail is in memory only.
type Server struct {
	Host    string
	Port    int    // plain, offers STARTTLS
	TLSPort int    // TLS from the first byte
	CAPEM   []byte // the certificate of the server

	server *imapserver.Server
	mail   *imapmemserver.Server
	users  map[string]*imapmemserver.User
	known  []User

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// Start starts a server on addr ("127.0.0.1:0" for any port). Each user has an INBOX.
func Start(addr string, users ...User) (*Server, error) {
	certificate, pem, err := selfSigned()
	if err != nil {
		return nil, err
	}
	s := &Server{CAPEM: pem, mail: imapmemserver.New(), users: map[string]*imapmemserver.User{}, known: users, conns: map[net.Conn]bool{}}
	for _, u := range users {
		user := imapmemserver.NewUser(u.Name, u.Password)
		if err := user.Create("INBOX", nil); err != nil {
			return nil, err
		}
		s.users[u.Name] = user
		s.mail.AddUser(user)
	}
	security := &tls.Config{Certificates: []tls.Certificate{certificate}}
	s.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{Session: s.mail.NewSession(), known: s.known}, nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}},
		TLSConfig:    security,
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	plain, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(plain.Addr().String())
	secure, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		plain.Close()
		return nil, err
	}
	s.Host = host
	s.Port = plain.Addr().(*net.TCPAddr).Port
	s.TLSPort = secure.Addr().(*net.TCPAddr).Port
	go s.server.Serve(&listener{plain, s})
	go s.server.Serve(tls.NewListener(&listener{secure, s}, security))
	return s, nil
}

// Memory starts a server for a test and stops it at the end of the test.
func Memory(t T, users ...User) *Server {
	t.Helper()
	s, err := Start("127.0.0.1:0", users...)
	if err != nil {
		t.Fatalf("in-process IMAP server: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Close stops the server and its connections.
func (s *Server) Close() error {
	err := s.server.Close()
	s.KillConnections()
	return err
}

// Account gives what a client needs to sign in as a user of the server.
func (s *Server) Account(user string) imapbox.Account {
	a := imapbox.Account{Host: s.Host, Port: s.Port, TLS: "off", User: user, AllowPrivate: true, Timeout: 10 * time.Second, CAPEM: s.CAPEM}
	for _, u := range s.known {
		if u.Name == user {
			a.Password = u.Password
		}
	}
	return a
}

// Append puts a message into a folder, which is made where it is missing, and gives its UID.
func (s *Server) Append(user, folder string, date time.Time, raw []byte) (uint32, error) {
	u := s.users[user]
	if u == nil {
		return 0, fmt.Errorf("imaptest: no user %q", user)
	}
	data, err := u.Append(folder, literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: date})
	if err != nil {
		if err := s.CreateFolder(user, folder); err != nil {
			return 0, err
		}
		if data, err = u.Append(folder, literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: date}); err != nil {
			return 0, err
		}
	}
	return uint32(data.UID), nil
}

// CreateFolder makes an empty folder.
func (s *Server) CreateFolder(user, folder string) error { return s.users[user].Create(folder, nil) }

// RenewFolder removes a folder and makes it again, empty and with another UIDVALIDITY.
func (s *Server) RenewFolder(user, folder string) error {
	if err := s.users[user].Delete(folder); err != nil {
		return err
	}
	return s.CreateFolder(user, folder)
}

// KillConnections closes every connection from the server's side.
func (s *Server) KillConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.conns {
		conn.Close()
	}
}

// literal is a message to append.
type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// listener remembers the connections it accepts.
type listener struct {
	net.Listener
	s *Server
}

func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	c := &tracked{conn, l.s}
	l.s.conns[c] = true
	return c, nil
}

type tracked struct {
	net.Conn
	s *Server
}

func (c *tracked) Close() error {
	go func() { // KillConnections holds the lock
		c.s.mu.Lock()
		delete(c.s.conns, c)
		c.s.mu.Unlock()
	}()
	return c.Conn.Close()
}

// session adds XOAUTH2 to the sessions of imapmemserver.
type session struct {
	imapserver.Session
	known []User
}

// AuthenticateMechanisms implements imapserver.SessionSASL.
func (s *session) AuthenticateMechanisms() []string { return []string{"PLAIN", "XOAUTH2"} }

// Authenticate implements imapserver.SessionSASL.
func (s *session) Authenticate(mechanism string) (sasl.Server, error) {
	switch mechanism {
	case "PLAIN":
		return sasl.NewPlainServer(func(_, user, password string) error { return s.Login(user, password) }), nil
	case "XOAUTH2":
		return &tokenServer{s: s}, nil
	}
	return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Text: "SASL mechanism not supported"}
}

// tokenServer checks an XOAUTH2 response as Google does: a refusal comes as a challenge with the reason.
type tokenServer struct {
	s       *session
	refused bool
}

func (x *tokenServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if x.refused {
		return nil, false, imapserver.ErrAuthFailed
	}
	if response == nil {
		return []byte{}, false, nil
	}
	user, rest, ok := strings.Cut(strings.TrimPrefix(string(response), "user="), "\x01auth=Bearer ")
	token, end, closed := strings.Cut(rest, "\x01\x01")
	if !ok || !closed || end != "" {
		return nil, false, errors.New("malformed XOAUTH2 response")
	}
	for _, u := range x.s.known {
		if u.Name == user && u.Token != "" && u.Token == token {
			return nil, true, x.s.Login(u.Name, u.Password)
		}
	}
	x.refused = true
	return []byte(`{"status":"400","schemes":"bearer"}`), false, nil
}
