package diligence_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/diligence"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
)

// office is a secretariat with donors, on the engine that most of them have.
type office struct {
	*diligence.Repo
	t      *testing.T
	db     *store.DB
	now    time.Time
	donors *donors
	engine *engine
}

// engine is a store of which a test says what happens between two transactions.
type engine struct {
	driver.Engine
	between func() // before the second transaction from now, once
	begun   int
}

func (e *engine) Tx(ctx context.Context, fn func(context.Context) error) error {
	if e.between != nil {
		if e.begun++; e.begun == 2 {
			then(&e.between)
		}
	}
	return e.Engine.Tx(ctx, fn)
}

// donors are those whom the office knows, and how they are noted.
type donors struct {
	all   map[string]diligence.Subject
	noted map[string]string
	fail  error

	asked, listed func() // what happens once some of them, or all, were read
}

// then runs what is to happen, once.
func then(hook *func()) {
	if fn := *hook; fn != nil {
		*hook = nil
		fn()
	}
}

func (d *donors) Subjects(_ context.Context, ids []string) (list []diligence.Subject, err error) {
	defer then(&d.asked)
	for _, id := range ids {
		if s, ok := d.all[id]; ok {
			list = append(list, s)
		}
	}
	return list, nil
}

func (d *donors) ToScreen(context.Context) (list []diligence.Subject, err error) {
	defer then(&d.listed)
	for _, s := range d.all {
		list = append(list, s)
	}
	return list, nil
}

func (d *donors) SetDueDiligence(_ context.Context, id, state string, until store.Date) error {
	if d.fail != nil {
		return d.fail
	}
	d.noted[id] = state
	if until != "" {
		d.noted[id] += " until " + string(until)
	}
	return nil
}

func open(t *testing.T) *office {
	t.Helper()
	lite, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, engine: &engine{Engine: lite}, now: time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC), donors: &donors{noted: map[string]string{}, all: map[string]diligence.Subject{
		"d-oak":   {ID: "d-oak", Names: []string{"Oak and Ash Foundation"}, Country: "CH"},
		"d-petro": {ID: "d-petro", Names: []string{"Petrol Severny"}, Country: "RU", Numbers: []string{"1027700000001"}},
		"d-ivan":  {ID: "d-ivan", Person: true, Names: []string{"Ivan Petrovich Sidorenko"}},
	}}}
	o.db = store.New(o.engine, store.Options{Now: func() time.Time { return o.now }})
	t.Cleanup(func() { _ = o.db.Close() })
	audit.New(o.db, make([]byte, 32), filepath.Join(t.TempDir(), "audit.head"))
	o.Repo = diligence.NewRepo(o.db, o.donors)
	if err := o.db.Start(o.as(""), nil); err != nil {
		t.Fatal(err)
	}
	return o
}

// as gives the context of an account; "" is Piper itself.
func (o *office) as(account string) context.Context {
	if account == "" {
		return access.AsSystem(context.Background(), "test")
	}
	return access.With(context.Background(), access.Reader{AccountID: account, Role: access.Fundraiser})
}

func person(id string, names ...string) *diligence.SanctionEntry { return entry(id, "person", names) }
func firm(id string, names ...string) *diligence.SanctionEntry {
	return entry(id, "organisation", names)
}

func entry(id, kind string, names []string) *diligence.SanctionEntry {
	e := &diligence.SanctionEntry{LogicalID: id, Kind: kind}
	for _, n := range names {
		e.Names = append(e.Names, diligence.SanctionName{Name: n})
	}
	e.Arrange()
	return e
}

// list brings a list in and screens everybody.
func (o *office) list(entries ...*diligence.SanctionEntry) diligence.Tally {
	o.t.Helper()
	o.bring(entries...)
	return o.screen()
}

func (o *office) bring(entries ...*diligence.SanctionEntry) {
	o.t.Helper()
	err := o.Bring(o.as(""), diligence.ListInfo{Generated: fmt.Sprint(len(entries))}, func(keep func(*diligence.SanctionEntry) error) error {
		for _, e := range entries {
			if err := keep(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) screen() diligence.Tally {
	o.t.Helper()
	tally, err := o.ScreenAll(o.as(""), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return tally
}

func (o *office) hits(id string) []*diligence.Hit {
	o.t.Helper()
	page, err := o.Hits(o.as(""), diligence.HitSearch{StakeholderID: id}, store.Query{})
	if err != nil {
		o.t.Fatal(err)
	}
	return page.Items
}

// dismiss says of a hit that it is somebody else.
func (o *office) judge(h *diligence.Hit, state diligence.HitState) *diligence.Hit {
	o.t.Helper()
	h, err := o.Judge(o.as("jonas"), h.ID, h.Rev, diligence.Judgement{State: state, Reason: "Another register number.",
		Identifier: diligence.Identifier{Kind: "register-number", Ours: "1027700000001", Theirs: "999"}})
	if err != nil {
		o.t.Fatal(err)
	}
	return h
}

// answered opens a case and answers all its questions.
func (o *office) answered(donor string) *diligence.Case {
	o.t.Helper()
	c, err := o.OpenCase(o.as("jonas"), donor)
	if err != nil {
		o.t.Fatal(err)
	}
	var answers []diligence.CaseAnswer
	for _, q := range c.Questions {
		answers = append(answers, diligence.CaseAnswer{QuestionID: q.ID, Verdict: "fine"})
	}
	c, err = o.UpdateCase(o.as("jonas"), c.ID, c.Rev, diligence.CaseFields{Answers: answers})
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// decided brings a case to its end.
func (o *office) decided(donor string, outcome diligence.CaseOutcome, until store.Date) *diligence.Case {
	o.t.Helper()
	c := o.answered(donor)
	p := diligence.CaseProposal{Outcome: outcome, Reason: "Known for long.", ExpiresOn: until}
	if outcome == diligence.Conditions {
		p.Conditions = "No logo."
	}
	c, err := o.Propose(o.as("jonas"), c.ID, c.Rev, p)
	if err != nil {
		o.t.Fatal(err)
	}
	if c, err = o.Decide(o.as("dimitra"), c.ID, c.Rev, ""); err != nil {
		o.t.Fatal(err)
	}
	return c
}
