package advocacy

import (
	"context"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// known is a directory of two stakeholders.
type known struct{}

func (known) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if id == "roder" || id == "horvath" {
			names[id] = id
		}
	}
	return names, nil
}

func open(t *testing.T) (*Repo, context.Context) {
	t.Helper()
	// It is the 29th in Brussels, and still the 28th in UTC.
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC) }})
	r := NewRepo(db, known{})
	ctx := access.With(t.Context(), access.Reader{AccountID: "kasia", Name: "Kasia", Role: access.Advocate})
	if err := db.Start(access.AsSystem(t.Context(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return r, ctx
}

func position(change func(*Position)) *Position {
	p := &Position{StakeholderID: "roder", PriorityID: "compensation", Stance: "supportive", Evidence: "Amendment 44"}
	change(p)
	return p
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	r, ctx := open(t)
	for field, change := range map[string]func(*Position){
		"stakeholderId": func(p *Position) { p.StakeholderID = "nobody" },
		"priorityId":    func(p *Position) { p.PriorityID = "nothing" },
		"stance":        func(p *Position) { p.Stance = "for" },
		"date":          func(p *Position) { p.Date = "2026-03-30" },
		"evidence":      func(p *Position) { p.Evidence = " \n" },
		"link":          func(p *Position) { p.Link = "javascript:alert(1)" },
		"influence":     func(p *Position) { p.Influence = 6 },
		"interest":      func(p *Position) { p.Interest = -1 },
	} {
		if err := r.AddPosition(ctx, position(change)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	today := position(func(*Position) {})
	if err := r.AddPosition(ctx, today); err != nil || today.Date != "2026-03-29" || today.At != "2026-03-29T10:00:00Z" {
		t.Errorf("without a date it is of %s, at %s: %v", today.Date, today.At, err)
	}
}

func TestStandings(t *testing.T) {
	t.Parallel()
	r, ctx := open(t)
	for _, p := range []*Position{
		position(func(p *Position) { p.Date, p.Stance = "2025-11-01", "sceptical" }),
		position(func(p *Position) { p.Date, p.Stance = "2026-02-01", "champion" }),
		position(func(p *Position) { p.Date, p.Stance = "2026-01-01", "neutral" }),
		position(func(p *Position) { p.PriorityID, p.Stance = "non-punishment", "opposed" }),
		position(func(p *Position) { p.StakeholderID = "horvath" }),
	} {
		if err := r.AddPosition(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	list, err := r.Courses(ctx, "roder")
	if err != nil || len(list) != 2 {
		t.Fatalf("%d courses: %v", len(list), err)
	}
	first := list[0]
	if first.Priority.ID != "compensation" || first.Initial.Stance != "sceptical" || first.Current.Stance != "champion" || first.Moved != 3 || len(first.History) != 3 {
		t.Errorf("on compensation: %+v", first)
	}
	if second := list[1]; second.Moved != 0 || second.Current != second.Initial {
		t.Errorf("one position is no move: %+v", second)
	}
	// Of two of one day the one written down last is where it stands, also when both were written down in one second.
	for _, stance := range []string{"opposed", "champion", "neutral"} {
		if err := r.AddPosition(ctx, position(func(p *Position) { p.StakeholderID, p.PriorityID, p.Stance = "horvath", "residence", stance })); err != nil {
			t.Fatal(err)
		}
	}
	if list, err = r.Courses(ctx, "horvath"); err != nil || len(list) != 2 || list[1].Initial.Stance != "opposed" || list[1].Current.Stance != "neutral" {
		t.Errorf("three of one day: %+v %v", list, err)
	}
	after, err := r.PositionsAfter(ctx, "roder", "", "", 2)
	if err != nil || len(after) != 2 || after[0].Stance != "opposed" || after[1].Stance != "champion" {
		t.Fatalf("the newest two: %v %v", after, err)
	}
	rest, err := r.PositionsAfter(ctx, "roder", after[1].At, after[1].ID, 10)
	if err != nil || len(rest) != 2 || rest[0].Stance != "neutral" {
		t.Errorf("behind them: %v %v", rest, err)
	}
}

func TestPriorities(t *testing.T) {
	t.Parallel()
	r, ctx := open(t)
	plan, err := r.Priorities(ctx)
	if err != nil || len(plan.Priorities) != 9 || plan.Rev != 0 {
		t.Fatalf("%+v %v", plan, err)
	}
	p := position(func(*Position) {})
	if err := r.AddPosition(ctx, p); err != nil {
		t.Fatal(err)
	}
	own := []Priority{{Name: "  Our   own "}}
	if _, err := r.SetPriorities(ctx, 0, own); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "compensation") {
		t.Errorf("one with a position was left out: %v", err)
	}
	own = append(own, Priority{ID: "compensation", Name: "Compensation", Retired: true})
	if plan, err = r.SetPriorities(ctx, 0, own); err != nil || plan.Priorities[0].Name != "Our own" || plan.Priorities[0].ID == "" {
		t.Fatalf("%+v %v", plan, err)
	}
	if _, err := r.SetPriorities(ctx, 0, own); !fault.Is(err, fault.Stale) {
		t.Errorf("written twice from the same state: %v", err)
	}
	if err := r.AddPosition(ctx, position(func(*Position) {})); !fault.Is(err, fault.Invalid) {
		t.Errorf("a retired priority takes a position: %v", err)
	}
	if _, err := r.UpdatePosition(ctx, p.ID, p.Rev, func(p *Position) { p.Stance = "champion" }); err != nil {
		t.Errorf("a position that was taken cannot be corrected: %v", err)
	}
	if err := r.DeletePosition(ctx, p.ID, p.Rev); !fault.Is(err, fault.Stale) {
		t.Errorf("an old revision was removed: %v", err)
	}
	for _, wrong := range [][]Priority{nil, {{Name: " "}}, {{Name: "Same"}, {Name: "SAME"}}, {{ID: "x", Name: "A"}, {ID: "x", Name: "B"}}} {
		if _, err := r.SetPriorities(ctx, plan.Rev, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}
