package funding_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

// people stand in for the rooms around the pipeline: whoever begins with s is a stakeholder.
type people struct{}

func (people) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if strings.HasPrefix(id, "s") {
			names[id] = "Name of " + id
		}
	}
	return names, nil
}

func (people) SourceTypes(_ context.Context, ids []string) (map[string]string, error) {
	types := map[string]string{}
	for _, id := range ids {
		types[id] = "foundation"
	}
	return types, nil
}

func (people) Titles(_ context.Context, ids []string) (map[string]string, error) {
	return map[string]string{"call1": "CERV 2027"}, nil
}

// Worth knows one rate: two francs are a euro.
func (people) Worth(_ context.Context, m money.Money, on store.Date) (money.Frozen, error) {
	switch m.Currency {
	case "EUR":
		return money.Frozen{Worth: &m}, nil
	case "CHF":
		return money.Frozen{Worth: &money.Money{Minor: m.Minor / 2, Currency: "EUR"}, Rate: "2", RateDate: on, RateSource: "ECB"}, nil
	}
	return money.Frozen{}, nil
}

type colleagues struct{}

func (colleagues) Names(context.Context) (map[string]string, error) {
	return map[string]string{"ana": "Ana", "ben": "Ben"}, nil
}

// pipe is a pipeline over SQLite; made are the tasks of templates, each written where the transaction is.
type pipe struct {
	*funding.Pipeline
	t    *testing.T
	now  time.Time
	made *store.Collection[madeTask]
	ctx  context.Context // a fundraiser's
}

type madeTask struct {
	store.Meta
	Template, Key string
	Anchor        store.Date
}

func (p *pipe) ApplyTemplate(ctx context.Context, templateID, _, _ string, anchor store.Date, key string) error {
	if templateID == "gone" {
		return fault.New(fault.NotFound, "There is no such template.")
	}
	return p.made.Create(ctx, &madeTask{Template: templateID, Key: key, Anchor: anchor})
}

func newPipe(t *testing.T) *pipe {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	p := &pipe{t: t, now: time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC)} // in Brussels it is the 29th
	db := store.New(engine, store.Options{Now: func() time.Time { return p.now }})
	audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	p.made = store.Declare(db, store.Spec[madeTask]{Name: "made"})
	p.Pipeline = funding.NewPipeline(db, funding.Neighbours{Donors: people{}, Staff: colleagues{}, Rates: people{}, Calls: people{}, Templates: p})
	if err := db.Start(access.AsSystem(t.Context(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p.ctx = p.as(access.Fundraiser)
	return p
}

func (p *pipe) as(role access.Role) context.Context {
	return access.With(p.t.Context(), access.Reader{AccountID: "ana", Name: "Ana", Role: role})
}

func ask() *funding.Opportunity {
	return &funding.Opportunity{Title: "  Core   support ", DonorID: "s1", Ask: &money.Money{Minor: 100_000_00, Currency: "chf"}, Deadline: "2026-05-01"}
}

func (p *pipe) create(o *funding.Opportunity) *funding.Opportunity {
	p.t.Helper()
	o, err := p.Create(p.ctx, o, "")
	if err != nil {
		p.t.Fatal(err)
	}
	return o
}

func (p *pipe) move(o *funding.Opportunity, to funding.Transition) *funding.Opportunity {
	p.t.Helper()
	o, err := p.Move(p.ctx, o.ID, o.Rev, to)
	if err != nil {
		p.t.Fatal(err)
	}
	return o
}

// fields gives the names of the fields that a fault complains about.
func fields(err error) string {
	var f *fault.Error
	if err == nil {
		return ""
	}
	f, ok := err.(*fault.Error)
	if !ok {
		return err.Error()
	}
	names := []string{string(f.Code)}
	for _, one := range f.Fields {
		names = append(names, one.Field)
	}
	return strings.Join(names, " ")
}

func TestAnOpportunityFromProspectToAward(t *testing.T) {
	p := newPipe(t)
	o := p.create(ask())
	if o.Title != "Core support" || o.Stage != funding.StageProspect || o.Since != "2026-03-29" || o.OwnerID != "ana" || o.Probability != 10 {
		t.Errorf("created: %+v", o)
	}
	if o.Worth.Minor != 50_000_00 || o.Rate != "2" || o.RateDate != "2026-03-29" || o.Ask.Currency != "CHF" {
		t.Errorf("converted: %+v of %+v", o.Frozen, o.Ask)
	}
	p.now = p.now.AddDate(0, 0, 10)
	o = p.move(o, funding.Transition{To: funding.StageProposal, Note: "They liked the note."})
	if o.Probability != 40 || o.Since != "2026-04-08" || o.RateDate != "2026-03-29" {
		t.Errorf("a move takes the suggestion of its stage and leaves the rate: %+v", o)
	}
	o = p.move(o, funding.Transition{To: funding.StageSubmitted, On: "2026-04-08"})
	o = p.move(o, funding.Transition{To: funding.StageAwarded})
	if o.Probability != 100 || len(o.Log) != 4 || o.Log[1].From != funding.StageProspect || o.Log[1].Note != "They liked the note." || o.Log[1].By != "ana" {
		t.Errorf("awarded: %+v", o)
	}
	if _, err := p.Move(p.ctx, o.ID, o.Rev, funding.Transition{To: funding.StageSubmitted}); fields(err) != "invalid note" {
		t.Errorf("opened again without a reason: %v", err)
	}
	o = p.move(o, funding.Transition{To: funding.StageSubmitted, Note: "The board took it back."})
	if o.Probability != 50 || !o.Stage.Open() {
		t.Errorf("opened again: %+v", o)
	}
}

func TestMovesThatAreRefused(t *testing.T) {
	p := newPipe(t)
	bare := p.create(&funding.Opportunity{Title: "An idea"})
	o := p.move(p.create(ask()), funding.Transition{To: funding.StageSubmitted})
	for _, c := range []struct {
		what string
		of   *funding.Opportunity
		rev  int64
		to   funding.Transition
		want string
	}{
		{"an award without a submission", bare, bare.Rev, funding.Transition{To: funding.StageAwarded}, "invalid stage"},
		{"no such stage", bare, bare.Rev, funding.Transition{To: "won"}, "invalid stage"},
		{"no donor", bare, bare.Rev, funding.Transition{To: funding.StageCultivation}, "invalid donorId"},
		{"no donor, no ask", bare, bare.Rev, funding.Transition{To: funding.StageProposal}, "invalid donorId ask"},
		{"declined without a reason", o, o.Rev, funding.Transition{To: funding.StageDeclined}, "invalid lost"},
		{"a reason that there is not", o, o.Rev, funding.Transition{To: funding.StageDeclined, Lost: &funding.Lost{Reason: "whim"}}, "invalid lost.reason"},
		{"another reason without words", o, o.Rev, funding.Transition{To: funding.StageDeclined, Lost: &funding.Lost{Reason: "other"}}, "invalid lost.text"},
		{"tomorrow", o, o.Rev, funding.Transition{To: funding.StageAwarded, On: "2026-03-30"}, "invalid since"},
		{"before the last", o, o.Rev, funding.Transition{To: funding.StageAwarded, On: "2026-03-28"}, "invalid since"},
		{"a stale revision", o, o.Rev - 1, funding.Transition{To: funding.StageAwarded}, "stale"},
		{"no revision", o, 0, funding.Transition{To: funding.StageAwarded}, "revision_required"},
	} {
		if _, err := p.Move(p.ctx, c.of.ID, c.rev, c.to); fields(err) != c.want {
			t.Errorf("%s: %v", c.what, fields(err))
		}
	}
	now, err := p.Get(p.ctx, o.ID)
	if err != nil || now.Rev != o.Rev || len(now.Log) != 2 {
		t.Errorf("nothing was half done: %+v, %v", now, err)
	}
	lost := p.move(o, funding.Transition{To: funding.StageDeclined, Lost: &funding.Lost{Reason: "budget"}})
	again := p.move(lost, funding.Transition{To: funding.StageDeclined, Lost: &funding.Lost{Reason: "fit", Text: "Not their theme."}})
	if again.Lost.Reason != "fit" || len(again.Log) != len(lost.Log) || lost.Probability != 0 {
		t.Errorf("the reason may be put right: %+v", again)
	}
	if open := p.move(again, funding.Transition{To: funding.StageProposal, Note: "Second round."}); open.Lost != nil {
		t.Errorf("opened again it has no reason: %+v", open.Lost)
	}
}

// A template is applied once for an opportunity and a stage: by two at once, twice, and after going back.
func TestTemplatesAreAppliedOnce(t *testing.T) {
	p := newPipe(t)
	habits, err := p.SetStageTemplates(p.ctx, 0, []funding.StageTemplate{{funding.StageProposal, "t1"}, {funding.StageSubmitted, "gone"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.SetStageTemplates(p.ctx, 0, nil); !fault.Is(err, fault.Stale) {
		t.Errorf("set over another: %v", err)
	}
	if _, err := p.SetStageTemplates(p.ctx, habits.Rev, []funding.StageTemplate{{"won", "t1"}}); fields(err) != "invalid templates[0]" {
		t.Errorf("a stage that there is not: %v", err)
	}
	o := p.create(ask())
	var won sync.Map
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			if _, err := p.Move(p.ctx, o.ID, o.Rev, funding.Transition{To: funding.StageProposal}); err == nil {
				won.Store(i, true)
			} else if !fault.Is(err, fault.Stale) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	n := 0
	won.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d of four moved it", n)
	}
	o, err = p.Get(p.ctx, o.ID)
	if err != nil || len(o.Applied) != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	o = p.move(o, funding.Transition{To: funding.StageCultivation})
	o = p.move(o, funding.Transition{To: funding.StageProposal})
	p.move(o, funding.Transition{To: funding.StageSubmitted}) // whose template is gone
	made, err := p.made.Find(p.ctx, nil, nil, 0)
	if err != nil || len(made) != 1 || made[0].Anchor != "2026-05-01" || made[0].Template != "t1" {
		t.Errorf("tasks: %+v, %v", made, err)
	}
}

func TestWhatIsWrongNamesItsField(t *testing.T) {
	p := newPipe(t)
	for _, c := range []struct {
		want   string
		change func(*funding.Opportunity)
	}{
		{"invalid title", func(o *funding.Opportunity) { o.Title = " " }},
		{"invalid donorId", func(o *funding.Opportunity) { o.DonorID = "x" }},
		{"invalid callId", func(o *funding.Opportunity) { o.CallID = "call2" }},
		{"invalid ownerId", func(o *funding.Opportunity) { o.OwnerID = "nobody" }},
		{"invalid ask", func(o *funding.Opportunity) { o.Ask.Currency = "€" }},
		{"invalid ask", func(o *funding.Opportunity) { o.Ask.Minor = -1 }},
		{"invalid coFinancing.points", func(o *funding.Opportunity) { o.CoFinancing.Points = 10_001 }},
		{"invalid deadline", func(o *funding.Opportunity) { o.Deadline = "2026-02-30" }},
		{"invalid to", func(o *funding.Opportunity) { o.From, o.To = "2027-01-01", "2026-12-31" }},
		{"invalid probability", func(o *funding.Opportunity) { o.Probability, o.ProbabilityReason = 101, "sure" }},
		{"invalid earmarking", func(o *funding.Opportunity) { o.Earmarking = "loose" }},
		{"invalid partners", func(o *funding.Opportunity) {
			o.OurShare, o.Partners = 6000, []funding.Partner{{"s2", "partner", 3000}, {"s3", "partner", 1001}}
		}},
		{"invalid partners", func(o *funding.Opportunity) {
			o.OurRole, o.Partners = "lead", []funding.Partner{{"s2", "lead", 0}}
		}},
		{"invalid partners[1].stakeholderId", func(o *funding.Opportunity) {
			o.Partners = []funding.Partner{{"s2", "partner", 0}, {"s2", "associated", 0}}
		}},
		{"invalid partners[0].stakeholderId", func(o *funding.Opportunity) { o.Partners = []funding.Partner{{"x", "partner", 0}} }},
		{"invalid effort[0].date", func(o *funding.Opportunity) {
			o.Effort = []funding.Effort{{Date: "2026-03-30", Quarters: 1, AccountID: "ana"}}
		}},
		{"invalid effort[0].quarters", func(o *funding.Opportunity) { o.Effort = []funding.Effort{{Date: "2026-03-29", AccountID: "ana"}} }},
		{"invalid goNoGo.by goNoGo.reasons", func(o *funding.Opportunity) { o.GoNoGo = &funding.GoNoGo{Decision: "go", Date: "2026-03-29"} }},
	} {
		o := ask()
		c.change(o)
		if _, err := p.Create(p.ctx, o, ""); fields(err) != c.want {
			t.Errorf("%s: %v", c.want, err)
		}
	}
	page, err := p.Page(p.ctx, funding.OpportunitySearch{}, store.Query{})
	if err != nil || page.Total != 0 {
		t.Errorf("something was kept: %+v, %v", page, err)
	}
}

func TestSentTwiceItIsMadeOnceAndClearingWhatAStageNeedsIsRefused(t *testing.T) {
	p := newPipe(t)
	first, err := p.Create(p.ctx, ask(), "call/1")
	if err != nil {
		t.Fatal(err)
	}
	second, err := p.Create(p.ctx, ask(), "call/1")
	if err != nil || second.ID != first.ID {
		t.Errorf("sent twice: %v, %v", second, err)
	}
	o := p.move(first, funding.Transition{To: funding.StageProposal})
	if _, err := p.Update(p.ctx, o.ID, o.Rev, func(o *funding.Opportunity) { o.Ask = nil }); fields(err) != "invalid ask" {
		t.Errorf("a proposal without an ask: %v", err)
	}
	o, err = p.Update(p.ctx, o.ID, o.Rev, func(o *funding.Opportunity) {
		o.Ask = &money.Money{Minor: 5, Currency: "XAF"} // no rate is known
		o.Stage, o.Log = funding.StageAwarded, nil
		o.Probability, o.ProbabilityReason = 80, "Their programme officer rang."
	})
	if err != nil || o.Worth != nil || o.Rate != "" || o.Stage != funding.StageProposal || len(o.Log) != 2 || o.Probability != 80 {
		t.Errorf("%+v, %v", o, err)
	}
	board, err := p.Board(p.ctx, funding.OpportunitySearch{}, "")
	if err != nil || board.Total.Count != 1 || board.Total.NotConverted != 1 || board.Total.Sum.Minor != 0 {
		t.Errorf("not converted: %+v, %v", board, err)
	}
	if o, err = p.Trash(p.ctx, o.ID, o.Rev); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Move(p.ctx, o.ID, o.Rev, funding.Transition{To: funding.StageSubmitted}); fields(err) != "invalid" {
		t.Errorf("moved in the trash: %v", err)
	}
	board, err = p.Board(p.ctx, funding.OpportunitySearch{}, "core")
	if err != nil || board.Total.Count != 0 {
		t.Errorf("in the trash it is off the board: %+v, %v", board, err)
	}
	if o, err = p.Restore(p.ctx, o.ID); err != nil || o.TrashedAt != "" {
		t.Errorf("restored: %+v, %v", o, err)
	}
}

// An advocate reads the pipeline without amounts, by whichever way it is read.
func TestAmountsAreHiddenFromWhoMayNotReadThem(t *testing.T) {
	p := newPipe(t)
	o := ask()
	o.CoFinancing = funding.Match{Points: 2000, Amount: &money.Money{Minor: 7_777_77, Currency: "EUR"}}
	o.Effort = []funding.Effort{{Date: "2026-03-01", Quarters: 4, AccountID: "ana"}}
	o.Stage = funding.StageAwarded
	o = p.create(o)
	advocate, board := p.as(access.Advocate), p.as(access.Board)
	reads := map[string]func(context.Context) (any, error){
		"get":  func(ctx context.Context) (any, error) { return p.Get(ctx, o.ID) },
		"page": func(ctx context.Context) (any, error) { return p.Page(ctx, funding.OpportunitySearch{}, store.Query{}) },
		"words": func(ctx context.Context) (any, error) {
			return p.Page(ctx, funding.OpportunitySearch{}, store.Query{Text: "core"})
		},
		"board":   func(ctx context.Context) (any, error) { return p.Board(ctx, funding.OpportunitySearch{}, "") },
		"returns": func(ctx context.Context) (any, error) { return p.Returns(ctx, funding.Period{}) },
		"walk": func(ctx context.Context) (all any, err error) {
			var list []*funding.Opportunity
			err = p.Walk(ctx, funding.OpportunitySearch{}, store.Query{}, func(page []*funding.Opportunity) error { list = append(list, page...); return nil })
			return list, err
		},
		"moves":   func(ctx context.Context) (any, error) { return p.MovesAfter(ctx, "s1", "", "", 10) },
		"trash":   func(ctx context.Context) (any, error) { now, _ := p.Get(ctx, o.ID); return p.Trash(ctx, o.ID, now.Rev) },
		"restore": func(ctx context.Context) (any, error) { return p.Restore(ctx, o.ID) },
	}
	for _, name := range []string{"get", "page", "words", "board", "returns", "walk", "moves", "trash", "restore"} {
		for _, ctx := range []context.Context{advocate, board} {
			got, err := reads[name](ctx)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			text, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			shown := strings.Contains(string(text), `"minor"`) || strings.Contains(string(text), `"rate"`)
			if want := ctx == board && name != "moves"; shown != want {
				t.Errorf("%s: amounts shown %v, want %v: %s", name, shown, want, text)
			}
		}
	}
	if _, ok := funding.OpportunitySorts(advocate)["ask"]; ok {
		t.Error("an advocate can sort by amount")
	}
	if _, err := (&funding.Pipeline{}).OpportunityFields(advocate).Where(`["ask","atLeast",1]`); err == nil {
		t.Error("an advocate can filter by amount")
	}
	if _, err := (&funding.Pipeline{}).OpportunityFields(board).Where(`["ask","atLeast",1]`); err != nil {
		t.Errorf("the board cannot: %v", err)
	}
	for _, amount := range []string{"100000", "777777", "7777"} {
		page, err := p.Page(advocate, funding.OpportunitySearch{}, store.Query{Text: amount})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("found by the amount %s: %v", amount, err)
		}
	}
}

// The timeline of a donor has every move once and in order, whatever the size of its pages.
func TestMovesInPages(t *testing.T) {
	p := newPipe(t)
	for i := range 5 {
		o := ask()
		o.Title = fmt.Sprint("No. ", i)
		if i == 4 {
			o.DonorID, o.Partners = "s9", []funding.Partner{{StakeholderID: "s1", Role: "partner"}}
		}
		o = p.create(o)
		p.now = p.now.Add(time.Duration(i%2) * time.Hour)
		p.move(o, funding.Transition{To: funding.StageConceptNote})
	}
	whole, err := p.MovesAfter(p.ctx, "s1", "", "", 100)
	if err != nil || len(whole) != 10 {
		t.Fatalf("%d, %v", len(whole), err)
	}
	for size := 1; size < 11; size++ {
		var got []string
		var at store.Instant
		id := ""
		for {
			part, err := p.MovesAfter(p.ctx, "s1", at, id, size)
			if err != nil {
				t.Fatal(err)
			}
			if len(part) == 0 {
				break
			}
			for _, m := range part {
				got = append(got, m.ID)
			}
			at, id = part[len(part)-1].At, part[len(part)-1].ID
		}
		for i, m := range whole {
			if len(got) != len(whole) || got[i] != m.ID {
				t.Fatalf("pages of %d: %v", size, got)
			}
		}
	}
}
