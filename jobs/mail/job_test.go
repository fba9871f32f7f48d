package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/imapbox/imaptest"
	"piper/internal/mail"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	"piper/jobs/runner"
)

func TestEachMessageIsAccountedFor(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX",
		letter("1@x", "donor@example.org", "anna@home.example.org", "Hello", "First"),
		letter("2@x", "nobody@example.org", "anna@home.example.org", "Hello", "Second"),
		letter("3@x", "donor@example.org", "anna@home.example.org", "The case file", "Third"),
		[]byte("\r\nno header at all\r\n"),
		letter("1@x", "donor@example.org", "anna@home.example.org", "Hello", "First"))
	put(t, s, "anna", "Private", letter("4@x", "donor@example.org", "anna@home.example.org", "Not for Piper", "Fourth"))
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	p := w.mustRun()
	if got, want := w.tally(), (mail.Tally{Kept: 2, Forgotten: 1, Withheld: 1, Unreadable: 1}); got != want {
		t.Errorf("the account says %+v, want %+v", got, want)
	}
	if got := len(w.content()); got != 2 { // one message, one thread
		t.Errorf("kept: %v", w.content())
	}
	checkCounts(t, p, map[string]int64{"fetched": 5, "kept": 1, "duplicates": 1, "forgotten": 1, "withheld": 1, "unreadable": 1, "rejected": 1})
	again := w.mustRun()
	checkCounts(t, again, map[string]int64{"fetched": 0, "kept": 0, "duplicates": 0, "forgotten": 0})
}

// The text of a withheld or forgotten message must not be anywhere in the store.
func TestWhatIsSetAsideLeavesNoTrace(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX",
		letter("w@x", "donor@example.org", "anna@home.example.org", "Wednesday marker", "she needs a safe house, purple marker"),
		letter("f@x", "stranger@unknown.example.org", "anna@home.example.org", "Friday marker", "yellow marker"))
	dir := t.TempDir()
	w := newWorld(t, func(testing.TB) driver.Engine {
		e, err := sqlite.Open(filepath.Join(dir, "piper.db"))
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	w.ok(err)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		w.ok(err)
		for _, trace := range []string{"marker", "stranger@", "unknown.example", "w@x", "f@x"} {
			if bytes.Contains(raw, []byte(trace)) {
				t.Errorf("%q is in %s", trace, f)
			}
		}
	}
}

func TestAddressesAddedBringForgottenMailBack(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX",
		letter("1@x", "donor@example.org", "anna@home.example.org, new@example.org", "Hello", "First"),
		letter("2@x", "new@example.org", "anna@home.example.org", "Hello", "Second"),
		letter("3@x", "other@example.org", "anna@home.example.org", "Hello", "Third"))
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	w.know("new@example.org")
	p := w.mustRun()
	if got, want := w.tally(), (mail.Tally{Kept: 2, Forgotten: 1}); got != want {
		t.Errorf("the account says %+v, want %+v", got, want)
	}
	checkCounts(t, p, map[string]int64{"fetched": 1, "kept": 1, "linked": 2})
	page, err := w.mail.Messages(w.ctx, mail.MessageSearch{StakeholderID: "s-new@example.org"}, store.Query{})
	w.ok(err)
	if page.Total != 2 {
		t.Errorf("%d messages of the new stakeholder, want 2", page.Total)
	}
	checkCounts(t, w.mustRun(), map[string]int64{"fetched": 0, "linked": 0})
}

// Forgotten mail that vanished from its folder is no longer looked for.
func TestForgottenMailThatVanished(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX", letter("2@x", "new@example.org", "anna@home.example.org", "Hello", "Second"))
	w := newWorld(t, inMemory)
	box := w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	w.know("new@example.org")
	w.ok(s.RenewFolder("anna", "INBOX"))
	w.mustRun()
	state, err := w.mail.State(w.ctx, box.ID)
	w.ok(err)
	if got := w.tally(); got != (mail.Tally{}) || state.Folders[0].LastUID != 0 {
		t.Errorf("the account says %+v, the cursor %+v", got, state.Folders[0])
	}
}

func TestUIDValidityChange(t *testing.T) {
	s := server(t, "anna")
	list := [][]byte{
		letter("1@x", "donor@example.org", "anna@home.example.org", "Hello", "First"),
		letter("2@x", "nobody@example.org", "anna@home.example.org", "Hello", "Second"),
		[]byte("From: donor@example.org\r\nSubject: No id\r\n\r\nThird\r\n"),
	}
	put(t, s, "anna", "INBOX", list...)
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	before, tally := w.content(), w.tally()
	w.ok(s.RenewFolder("anna", "INBOX"))
	slices.Reverse(list)
	put(t, s, "anna", "INBOX", list...)
	p := w.mustRun()
	if after := w.content(); !slices.Equal(before, after) || tally != w.tally() {
		t.Errorf("before %v %v\nafter %v %v", tally, before, w.tally(), after)
	}
	checkCounts(t, p, map[string]int64{"fetched": 3, "kept": 0, "duplicates": 2})
}

func TestOneMailboxDownDoesNotStopTheOthers(t *testing.T) {
	s := server(t, "anna", "bob")
	put(t, s, "bob", "INBOX", letter("1@x", "donor@example.org", "bob@home.example.org", "Hello", "First"))
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	bad := s.Account("anna")
	bad.Password = "wrong"
	box := w.mailbox("anna", bad)
	w.mailbox("bob", s.Account("bob"), "INBOX", "Gone")
	p, err := w.run()
	if !isUnavailable(err) {
		t.Errorf("with one mailbox down and a folder of the other missing, the run ended with %v", err)
	}
	checkCounts(t, p, map[string]int64{"kept": 1})
	state, err := w.mail.State(w.ctx, box.ID)
	w.ok(err)
	if state.LastError == "" || state.LastSuccessAt != "" {
		t.Errorf("the state of the mailbox that is down: %+v", state)
	}
}

// A transaction that fails, and a run that is stopped, leave whole batches only; the next run ends with
// what an undisturbed one would have.
func TestBrokenRunsEndWithTheSameData(t *testing.T) {
	s := server(t, "anna")
	for i := range 60 {
		put(t, s, "anna", "INBOX", letter(fmt.Sprintf("%d@x", i), []string{"donor@example.org", "nobody@example.org"}[i%2],
			"anna@home.example.org", "Hello", "Text", fmt.Sprintf("References: <%d@x>\r\n", i-10)))
	}
	setBatch(t, 7)
	calm := newWorld(t, inMemory)
	calm.know("donor@example.org")
	calm.mailbox("anna", s.Account("anna"))
	calm.mustRun()
	want := calm.content()

	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	broke := 0
	for n := 1; ; n++ {
		ctx, cancel := context.WithCancel(w.ctx)
		left := n
		ctx = store.WithGuard(ctx, func(context.Context) error {
			if left--; left < 0 {
				if n%2 == 0 {
					cancel()
				}
				return errors.New("the power is gone")
			}
			return nil
		})
		err := New(w.deps)(ctx, runner.NewProgress())
		cancel()
		if err == nil {
			break
		}
		broke++
	}
	if got := w.content(); !slices.Equal(got, want) || w.tally() != calm.tally() || broke < 2 {
		t.Errorf("after %d broken runs: %+v\n%v\nwant %+v\n%v", broke, w.tally(), got, calm.tally(), want)
	}
}

// The server that closes the connection after so many bytes is read to the end all the same, the message
// it can never send by its headers.
func TestConnectionClosedMidFetch(t *testing.T) {
	s := server(t, "anna")
	var raw [][]byte
	for i := range 40 {
		text := "Text"
		if i == 17 {
			text = strings.Repeat("Too much for the server. ", 20000)
		}
		raw = append(raw, letter(fmt.Sprintf("%d@x", i), "donor@example.org", "anna@home.example.org", "Hello", text))
	}
	put(t, s, "anna", "INBOX", raw...)
	proxy := imaptest.NewProxy(t, s.Host, s.Port)
	proxy.BreakAfter(6000)
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	a := s.Account("anna")
	a.Port = proxy.Port
	w.mailbox("anna", a)
	w.mustRun()
	if got, want := w.tally(), (mail.Tally{Kept: 40}); got != want {
		t.Errorf("the account says %+v, want %+v", got, want)
	}
}

func TestOversizeByHeadersOnly(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX", letter("1@x", "donor@example.org", "anna@home.example.org", "Big", strings.Repeat("Long lines of text. ", 500)))
	w := newWorld(t, inMemory)
	defer func(n int64) { maxSize = n }(maxSize)
	maxSize = 2000
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	page, err := w.mail.Messages(w.ctx, mail.MessageSearch{}, store.Query{})
	w.ok(err)
	if m := decode(t, page.Items[0]); !m.HeadersOnly || m.Subject != "Big" || m.Size < 10000 {
		t.Errorf("kept as %+v", m)
	}
}

func TestGuardrailThatIsLiftedBringsMailBack(t *testing.T) {
	s := server(t, "anna")
	put(t, s, "anna", "INBOX", letter("1@x", "donor@example.org", "anna@home.example.org", "Our case file", "Text"))
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	if got, want := w.tally(), (mail.Tally{Withheld: 1}); got != want {
		t.Fatalf("the account says %+v, want %+v", got, want)
	}
	_, err := w.mail.SetGuardrail(w.ctx, 0, []string{"safe house"}, nil, nil)
	w.ok(err)
	w.mustRun()
	if got, want := w.tally(), (mail.Tally{Kept: 1}); got != want {
		t.Errorf("the account says %+v, want %+v", got, want)
	}
}

func TestAttachmentOnDemand(t *testing.T) {
	s := server(t, "anna")
	raw := letter("1@x", "donor@example.org", "anna@home.example.org", "Files",
		"--b\r\nContent-Type: text/plain\r\n\r\nSee file.\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\nx;y\r\n--b--",
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n")
	put(t, s, "anna", "INBOX", raw)
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	w.mailbox("anna", s.Account("anna"))
	w.mustRun()
	page, err := w.mail.Messages(w.ctx, mail.MessageSearch{}, store.Query{})
	w.ok(err)
	m := decode(t, page.Items[0])
	owner := access.With(t.Context(), access.Reader{AccountID: "anna", Role: access.Advocate})
	b, _, err := w.mail.Body(owner, m.ID, -1)
	w.ok(err)
	if len(b.Attachments) != 1 || !m.HasAttachments {
		t.Fatalf("attachments: %+v", b.Attachments)
	}
	ask := &Server{w.deps}
	a, data, err := ask.Attachment(owner, b, b.Attachments[0].Index)
	w.ok(err)
	if a.Name != "a.csv" || strings.TrimSpace(string(data)) != "x;y" {
		t.Errorf("got %+v %q", a, data)
	}
	folders, err := ask.Folders(w.ctx, mustBox(w))
	w.ok(err)
	if !slices.Contains(folders, "INBOX") {
		t.Errorf("folders: %v", folders)
	}
	w.ok(s.RenewFolder("anna", "INBOX"))
	if _, _, err := ask.Attachment(owner, b, b.Attachments[0].Index); err == nil {
		t.Error("an attachment came out of a folder that is gone")
	}
}
