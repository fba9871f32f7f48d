package mail

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
	"piper/internal/mail"
	"piper/internal/secret"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// world is a store, a directory and a job.
type world struct {
	t    testing.TB
	ctx  context.Context
	db   *store.DB
	mail *mail.Repo
	dir  directory
	deps Deps
}

// directory is a mail.Directory that knows these addresses, each with one stakeholder.
type directory map[string]string

func (d directory) Lookup(_ context.Context, addresses []string) (map[string][]string, error) {
	found := map[string][]string{}
	for _, a := range addresses {
		if id, ok := d[a]; ok {
			found[a] = []string{id}
		}
	}
	return found, nil
}

// know adds addresses, and says so as the stakeholders' side does.
func (w *world) know(addresses ...string) {
	w.t.Helper()
	for _, a := range addresses {
		w.dir[a] = "s-" + a
	}
	w.ok(w.mail.AddressesAdded(w.ctx, addresses))
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func inMemory(testing.TB) driver.Engine { return memory.New() }

func onSQLite(t testing.TB) driver.Engine {
	e, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func newWorld(t testing.TB, engine func(testing.TB) driver.Engine) *world {
	t.Helper()
	pause = time.Millisecond
	db := store.New(engine(t), store.Options{})
	box, err := secret.New(bytes.Repeat([]byte{7}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, ctx: access.AsSystem(t.Context(), "job mail"), db: db, mail: mail.NewRepo(db, box), dir: directory{}}
	w.deps = Deps{Mail: w.mail, Directory: w.dir, AllowPrivate: true}
	w.ok(db.Start(w.ctx, nil))
	t.Cleanup(func() { _ = db.Close() })
	return w
}

// mailbox sets up a mailbox for an account of a server.
func (w *world) mailbox(owner string, a imapbox.Account, folders ...string) *mail.Mailbox {
	w.t.Helper()
	if len(folders) == 0 {
		folders = []string{"INBOX"}
	}
	m, err := w.mail.CreateMailbox(w.ctx, mail.MailboxInput{OwnerID: owner, Name: owner, Host: a.Host, Port: a.Port, TLS: a.TLS,
		User: a.User, Password: a.Password, Folders: folders, Enabled: true})
	w.ok(err)
	return m
}

// run runs the job once.
func (w *world) run() (*report, error) {
	p := &report{counts: map[string]int64{}}
	return p, (&run{Deps: w.deps, progress: p}).all(w.ctx)
}

func (w *world) mustRun() *report {
	w.t.Helper()
	p, err := w.run()
	w.ok(err)
	return p
}

// tally adds up what every mailbox says became of its messages.
func (w *world) tally() mail.Tally {
	w.t.Helper()
	list, err := w.mail.Accounting(w.ctx)
	w.ok(err)
	var t mail.Tally
	for _, a := range list {
		t.Kept += a.Kept
		t.Forgotten += a.Forgotten
		t.Withheld += a.Withheld
		t.Unreadable += a.Unreadable
	}
	return t
}

// content is everything about messages and threads that does not depend on when, how often and in which
// order they were fetched, in an order of its own. Of a message that has come in several wordings the first
// to come is shown, so only what holds for all of them is compared.
func (w *world) content() []string {
	w.t.Helper()
	var out []string
	threads := map[string][]string{}
	q := store.Query{Limit: 500}
	for {
		page, err := w.mail.Messages(w.ctx, mail.MessageSearch{}, q)
		w.ok(err)
		for _, raw := range page.Items {
			m := decode(w.t, raw)
			slices.SortFunc(m.Contents, func(a, b mail.Content) int { return strings.Compare(a.Hash, b.Hash) })
			threads[m.ThreadID] = append(threads[m.ThreadID], m.MessageID+" "+m.Contents[0].Hash)
			if len(m.Contents) > 1 {
				out = append(out, fmt.Sprint(m.MessageID, m.From, m.StakeholderIDs, m.Strangers, len(m.Holdings), m.Contents))
				continue
			}
			out = append(out, fmt.Sprint(m.MessageID, m.Subject, m.Snippet, m.From, m.To, m.Cc, m.StakeholderIDs, m.Strangers, len(m.Holdings), len(m.Contents), m.Size, m.Seen))
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	for _, ids := range threads {
		slices.Sort(ids)
		out = append(out, "thread "+strings.Join(ids, ", "))
	}
	slices.Sort(out)
	return out
}

func server(t testing.TB, users ...string) *imaptest.Server {
	list := make([]imaptest.User, len(users))
	for i, u := range users {
		list[i] = imaptest.User{Name: u, Password: "word"}
	}
	return imaptest.Memory(t, list...)
}

func letter(id, from, to, subject, text string, more ...string) []byte {
	return []byte(fmt.Sprintf("Message-ID: <%s>\r\nFrom: %s\r\nTo: %s\r\nSubject: %s\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\n%s\r\n%s\r\n",
		id, from, to, subject, strings.Join(more, ""), text))
}

func put(t testing.TB, s *imaptest.Server, user, folder string, list ...[]byte) {
	t.Helper()
	for _, raw := range list {
		if _, err := s.Append(user, folder, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), raw); err != nil {
			t.Fatal(err)
		}
	}
}

func mustBox(w *world) *mail.Mailbox {
	w.t.Helper()
	boxes, err := w.mail.Mailboxes(w.ctx)
	w.ok(err)
	return boxes[0]
}

func setBatch(t testing.TB, n int) {
	old := batchSize
	batchSize = n
	t.Cleanup(func() { batchSize = old })
}
