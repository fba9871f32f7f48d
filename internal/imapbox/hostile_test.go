package imapbox_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/imapbox"
)

// scripted is a server that says what a test wants it to. answer gets a command without its tag and gives
// all lines, in which TAG stands for the tag; "" is silence.
func scripted(t *testing.T, greeting string, answer func(command string) string) imapbox.Account {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				fmt.Fprint(conn, greeting)
				lines := bufio.NewScanner(conn)
				for lines.Scan() {
					tag, command, _ := strings.Cut(lines.Text(), " ")
					reply := ordinary(command)
					if own := answer(command); own != "-" {
						reply = own
					}
					if _, err := fmt.Fprint(conn, strings.ReplaceAll(reply, "TAG", tag)); err != nil {
						return
					}
				}
			}()
		}
	}()
	return imapbox.Account{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, TLS: "off", User: "anna", Password: "x",
		AllowPrivate: true, Timeout: 500 * time.Millisecond,
	}
}

const hello = "* OK [CAPABILITY IMAP4rev1] ready\r\n"

func ordinary(command string) string {
	switch {
	case strings.HasPrefix(command, "EXAMINE"):
		return "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\nTAG OK [READ-ONLY] done\r\n"
	case strings.HasPrefix(command, "UID SEARCH"):
		return "* SEARCH 2 1\r\nTAG OK done\r\n"
	case strings.HasPrefix(command, "CAPABILITY"):
		return "* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
	case strings.HasPrefix(command, "LOGOUT"):
		return "* BYE\r\nTAG OK done\r\n"
	}
	return "TAG OK done\r\n"
}

func same(string) string { return "-" }

func TestServersThatMisbehave(t *testing.T) {
	for _, c := range []struct {
		name, greeting string
		answer         func(string) string
		want           string // in the sentence
	}{
		{"says nothing", "", same, "in time"},
		{"is something else", "SSH-2.0-OpenSSH_9.2\r\n", same, "turned the connection away"},
		{"turns away", "* BYE too many connections\r\n", same, "turned the connection away"},
		{"falls silent", hello, on("UID SEARCH", ""), "stayed silent"},
		{"refuses", hello, on("UID SEARCH", "TAG NO out of order\r\n"), "refused"},
		{"says goodbye", hello, on("UID SEARCH", "* BYE going down\r\n"), "stayed silent"},
		{"answers nonsense", hello, on("UID SEARCH", "* SEARCH one two\r\nTAG OK done\r\n"), "broke"},
		{"never ends", hello, on("UID SEARCH", "* SEARCH"+strings.Repeat(" 4000000000", 300_000)), "far more"},
		{"announces more than it sends", hello, on("UID FETCH", "* 1 FETCH (UID 1 BODY[] {4000000000}\r\nshort"), "stayed silent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			err := useAll(t, scripted(t, c.greeting, c.answer))
			if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want %q, got %v", c.want, err)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func on(command, reply string) func(string) string {
	return func(c string) string {
		if strings.HasPrefix(c, command) {
			return reply
		}
		return "-"
	}
}

// useAll signs in and fetches everything.
func useAll(t *testing.T, a imapbox.Account) error {
	c, err := imapbox.Dial(t.Context(), a)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.Open(t.Context(), "INBOX"); err != nil {
		return err
	}
	uids, err := c.UIDs(t.Context(), 1)
	if err != nil {
		return err
	}
	return c.Fetch(t.Context(), uids, 0, func(imapbox.Raw) error { return nil })
}

// News about a message before the answer about it does not make the message disappear; a message that is
// larger than the server said comes as its headers.
func TestFetchSurprises(t *testing.T) {
	fetches := 0
	a := scripted(t, hello, func(command string) string {
		if !strings.HasPrefix(command, "UID FETCH") {
			return "-"
		}
		if !strings.Contains(command, "BODY") {
			return "* 1 FETCH (UID 1 RFC822.SIZE 20)\r\n* 2 FETCH (UID 2 RFC822.SIZE 20)\r\nTAG OK done\r\n"
		}
		news := ""
		if fetches++; fetches == 1 {
			news = "* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n"
		}
		all := news + "* 1 FETCH (UID 1 RFC822.SIZE 20 BODY[] {17}\r\nSubject: 1\r\n\r\none)\r\n"
		if fetches == 1 {
			all += fmt.Sprintf("* 2 FETCH (UID 2 RFC822.SIZE 20 BODY[] {%d}\r\nSubject: 2\r\n\r\n%s)\r\n", 14+5000, strings.Repeat("x", 5000))
		}
		return all + "TAG OK done\r\n"
	})
	c := open(t, a, "INBOX")
	got := map[uint32]string{}
	for _, r := range fetchAll(t, c, 1000) {
		got[r.UID] = fmt.Sprintf("%q %v", r.Body, r.HeadersOnly)
	}
	if len(got) != 2 || got[1] != `"Subject: 1\r\n\r\none" false` || got[2] != `"Subject: 2\r\n\r\n" true` {
		t.Errorf("got %v", got)
	}
}
