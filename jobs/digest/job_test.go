package digest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/quotedprintable"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/postbox"
	"piper/internal/postbox/smtptest"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/sqlite"
	"piper/jobs/runner"
)

// office is a secretariat with two colleagues, one stakeholder and a mail server.
type office struct {
	t      *testing.T
	now    time.Time
	deps   Deps
	server *smtptest.Server
	system context.Context

	anna, ben context.Context
	annaID    string
	benID     string
	whom      string
}

// The night before 29 March 2026 the clocks in Brussels go forward.
var morning = time.Date(2026, 3, 29, 4, 45, 0, 0, time.UTC) // 06:45 in Brussels

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: morning.Add(-20 * time.Hour), server: smtptest.Start(t), system: access.AsSystem(t.Context(), "test")}
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	o.ok(err)
	db := store.New(engine, store.Options{Now: func() time.Time { return o.now }})
	t.Cleanup(func() { _ = db.Close() })
	journal := audit.New(db, make([]byte, 32), "")
	accounts := account.NewRepo(db, account.Options{})
	people := stakeholder.NewRepo(db)
	box, err := postbox.New(postbox.Options{Host: "127.0.0.1", Port: o.server.Port, TLS: postbox.Plain, From: "Piper <piper@example.org>", Timeout: 5 * time.Second})
	o.ok(err)
	o.deps = Deps{DB: db, Accounts: accounts, Stakeholders: people, Audit: journal, Post: box, BaseURL: "https://piper.example.org",
		Engagement: engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal})}
	o.ok(db.Start(o.system, nil))
	add := func(name, email string) (context.Context, string) {
		a, err := accounts.Add(o.system, account.New{Email: email, Name: name, Role: access.Advocate, Password: "a lamp on every landing"})
		o.ok(err)
		return access.With(t.Context(), a.Reader()), a.ID
	}
	o.anna, o.annaID = add("Anna", "anna@example.org")
	o.ben, o.benID = add("Ben", "ben@example.org")
	s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Fundación Ñandú"}
	o.ok(people.Create(o.anna, s))
	o.whom = s.ID
	return o
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) task(by context.Context, owner, title, due string) {
	o.t.Helper()
	_, err := o.deps.Engagement.AddTask(by, &engagement.Task{Title: title, OwnerID: owner, Due: store.Date(due), StakeholderIDs: []string{o.whom}}, "")
	o.ok(err)
}

func (o *office) note(by context.Context, text string, private bool) {
	o.t.Helper()
	_, err := o.deps.Engagement.Record(by, &engagement.Interaction{Kind: "note", Minutes: text, Date: "2026-03-28", Private: private, StakeholderIDs: []string{o.whom}}, nil, "")
	o.ok(err)
}

// run runs the job; err is what it ends with.
func (o *office) run() error {
	return New(o.deps)(o.system, runner.NewProgress())
}

// mails gives the texts of what has arrived, each behind its addressee and subject.
func (o *office) mails() []string {
	o.t.Helper()
	var texts []string
	for _, m := range o.server.Mails() {
		parsed, err := netmail.ReadMessage(bytes.NewReader(m.Data))
		o.ok(err)
		body, err := io.ReadAll(quotedprintable.NewReader(parsed.Body))
		o.ok(err)
		texts = append(texts, strings.Join(m.To, " ")+" | "+parsed.Header.Get("Subject")+"\n"+strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
	slices.Sort(texts)
	return texts
}

// TestDigest tells everybody what is theirs and what they may see, once a day.
func TestDigest(t *testing.T) {
	o := open(t)
	o.task(o.anna, o.annaID, "Send the minutes", "2026-03-27")
	o.task(o.anna, o.annaID, "Ring them", "2026-03-29")
	o.task(o.anna, o.annaID, "Visit", "2026-05-29") // far off
	o.task(o.ben, o.annaID, "Read the draft", "2026-03-30")
	o.ok(o.deps.Engagement.Follow(o.ben, o.whom))
	o.note(o.anna, "They ask for @Ben", false)
	o.note(o.anna, "Nobody else may read this", true)
	o.now = morning
	o.ok(o.run())
	mails := o.mails()
	if len(mails) != 2 {
		t.Fatalf("%d mails: %q", len(mails), mails)
	}
	for i, want := range [][]string{
		{"anna@example.org | Piper, 2026-03-29: 1 task overdue, 1 task due today\n", "Good morning, Anna.", "Overdue\n- 2026-03-27 Send the minutes (Fundación Ñandú)\n",
			"Due today\n- 2026-03-29 Ring them (Fundación Ñandú)\n", "Coming up\n- 2026-03-30 Read the draft (Fundación Ñandú)\n", "https://piper.example.org/account"},
		{"ben@example.org | Piper, 2026-03-29: 1 mention\n", "You were mentioned\n- Anna: ", "They ask for @Ben", "New about Fundación Ñandú\n- Note on 2026-03-28: ",
			"https://piper.example.org/stakeholders/" + o.whom},
	} {
		for _, part := range want {
			if !strings.Contains(mails[i], part) {
				t.Errorf("mail %d lacks %q:\n%s", i, part, mails[i])
			}
		}
		for _, part := range []string{"Nobody else", "Visit"} {
			if strings.Contains(mails[i], part) {
				t.Errorf("mail %d has %q:\n%s", i, part, mails[i])
			}
		}
	}
	o.now = o.now.Add(time.Hour)
	o.ok(o.run())
	if n := len(o.mails()); n != 2 {
		t.Errorf("the second run made it %d mails", n)
	}
}

// TestMentionInTask: who is named in a task and may read it is told of it once, with a link to it; who may not is told nothing.
func TestMentionInTask(t *testing.T) {
	o := open(t)
	add := func(title, notes, owner string, private bool) string {
		made, err := o.deps.Engagement.AddTask(o.anna, &engagement.Task{Title: title, Notes: notes, OwnerID: owner, Private: private, StakeholderIDs: []string{o.whom}}, "")
		o.ok(err)
		return made.ID
	}
	letter := add("Letter", "- @Ben writes it\n- **two** pages", o.annaID, false)
	add("Secret", "@Ben must not know", o.annaID, true)
	add("Ours alone", "@Ben, please", o.benID, true)
	o.now = morning
	o.ok(o.run())
	mails := o.mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails: %q", len(mails), mails)
	}
	for _, part := range []string{"ben@example.org | Piper, 2026-03-29: 2 mentions\n", "- Anna: Task: Letter\n  - @Ben writes it …\n  https://piper.example.org/tasks?task=" + letter + "\n",
		"- Anna: Task: Ours alone\n  @Ben, please\n"} {
		if !strings.Contains(mails[0], part) {
			t.Errorf("it lacks %q:\n%s", part, mails[0])
		}
	}
	if strings.Contains(mails[0], "Secret") || strings.Contains(mails[0], "must not know") {
		t.Errorf("it tells of a task that Ben may not read:\n%s", mails[0])
	}
	o.now = o.now.Add(24 * time.Hour)
	o.ok(o.run())
	if n := len(o.mails()); n != 1 {
		t.Errorf("told again the next day: %d mails", n)
	}
}

// TestMentionOfErased: somebody named a colleague in the minutes of a talk, and whom it was with was erased before the mail went out.
func TestMentionOfErased(t *testing.T) {
	o := open(t)
	made, err := o.deps.Engagement.Record(o.anna, &engagement.Interaction{Kind: engagement.Phone, Title: "Call", Minutes: "@Ben rings back", StakeholderIDs: []string{o.whom}}, nil, "")
	o.ok(err)
	made.StakeholderIDs = []string{}
	doc, err := json.Marshal(made)
	o.ok(err)
	for _, d := range o.deps.DB.Declared() {
		if d.Name == "interactions" {
			_, err = d.Raw.Replace(o.system, doc)
			o.ok(err)
		}
	}
	o.now = morning
	o.ok(o.run())
	if mails := o.mails(); len(mails) != 1 || !strings.Contains(mails[0], "- Anna: Call\n  @Ben rings back\n") || strings.Contains(mails[0], "/stakeholders/") {
		t.Errorf("%q", mails)
	}
}

func TestNothingToSayIsNotSent(t *testing.T) {
	o := open(t)
	o.now = morning
	o.ok(o.run())
	if mails := o.mails(); len(mails) != 0 {
		t.Errorf("%q", mails)
	}
}

func TestNotBeforeItsTime(t *testing.T) {
	o := open(t)
	o.task(o.anna, o.annaID, "Ring them", "2026-03-29")
	o.now = morning.Add(-20 * time.Minute) // 06:25
	o.ok(o.run())
	if mails := o.mails(); len(mails) != 0 {
		t.Errorf("sent before half past six: %q", mails)
	}
	o.now = morning
	o.ok(o.run())
	if mails := o.mails(); len(mails) != 1 {
		t.Errorf("%q", mails)
	}
}

// TestServerInTrouble: what the server did not take is sent by the next run; what nobody knows the fate of
// is not sent again.
func TestServerInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		fault         smtptest.Fault
		fails, resent bool
	}{
		"hangs up at once":           {smtptest.Fault{DropAtOnce: true}, true, true},
		"is busy":                    {smtptest.Fault{From: 451}, true, true},
		"breaks off behind the text": {smtptest.Fault{DropAfterData: true}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.task(o.anna, o.annaID, "Ring them", "2026-03-29")
			o.now = morning
			o.server.Set(c.fault)
			if err := o.run(); (err != nil) != c.fails {
				t.Errorf("the run ended with %v", err)
			}
			o.server.Set(smtptest.Fault{})
			o.ok(o.run())
			o.ok(o.run())
			if n := len(o.mails()); (n == 1) != c.resent || n > 1 {
				t.Errorf("%d mails arrived", n)
			}
		})
	}
}

// dying is a mail server's other side in a process that is killed: nothing after the call happens.
type dying struct{ sent Post }

func (d dying) Send(ctx context.Context, m postbox.Mail) error {
	if d.sent != nil {
		_ = d.sent.Send(ctx, m)
	}
	panic("killed")
}

// TestKilledWhileSending: a process that dies before or after the mail was handed over leaves a digest of
// which nobody knows whether it arrived; it is said so and never sent twice. The next day's comes as usual.
func TestKilledWhileSending(t *testing.T) {
	for name, handedOver := range map[string]bool{"before it was handed over": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.task(o.anna, o.annaID, "Ring them", "2026-03-29")
			o.now = morning
			box, arrived := o.deps.Post, 0
			o.deps.Post = dying{}
			if handedOver {
				o.deps.Post, arrived = dying{box}, 1
			}
			func() {
				defer func() {
					if recover() == nil {
						t.Fatal("it was not killed")
					}
				}()
				_ = o.run()
			}()
			o.deps.Post = box
			p := runner.NewProgress()
			o.ok(New(o.deps)(o.system, p))
			if n := len(o.mails()); n != arrived {
				t.Errorf("%d mails arrived", n)
			}
			o.now = o.now.Add(24 * time.Hour)
			o.ok(o.run())
			if n := len(o.mails()); n != arrived+1 {
				t.Errorf("with the next day's %d mails arrived", n)
			}
		})
	}
}
