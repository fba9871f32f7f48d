package edit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/edit"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/list"
	"piper/internal/money"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// office is a store with everything that has a bulk edit.
type office struct {
	*house
	t          *testing.T
	now        time.Time
	pipeline   *funding.Pipeline
	agreements *funding.Agreements
	engagement *engagement.Repo
	donor      string
	refuse     error // what making the tasks of a stage gives, where it is set
}

type staff struct{}

func (staff) Names(context.Context) (map[string]string, error) {
	return map[string]string{"anna": "Anna", "ben": "Ben", "root": "Root"}, nil
}

// one is a rate at which everything is worth as many euros.
type oneToOne struct{}

func (oneToOne) Worth(_ context.Context, m money.Money, on store.Date) (money.Frozen, error) {
	return money.Frozen{Worth: &money.Money{Minor: m.Minor, Currency: "EUR"}, RateDate: on}, nil
}

type noCalls struct{}

func (noCalls) Titles(context.Context, []string) (map[string]string, error) { return nil, nil }

// templates make tasks as the server has them made.
type templates struct{ *office }

func (t templates) ApplyTemplate(ctx context.Context, templateID, stakeholderID, ownerID string, anchor store.Date, key string) error {
	if t.refuse != nil {
		return t.refuse
	}
	_, err := t.engagement.Apply(ctx, templateID, engagement.Application{StakeholderID: stakeholderID, OwnerID: ownerID, Anchor: anchor, Key: key})
	return err
}

func openOffice(t *testing.T, engine driver.Engine) *office {
	t.Helper()
	o := &office{t: t, now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	db := store.New(engine, store.Options{Now: func() time.Time { return o.now }})
	o.house = &house{db: db, log: audit.New(db, make([]byte, 32), ""), people: stakeholder.NewRepo(db), ctx: as("anna", access.Fundraiser)}
	o.engagement = engagement.NewRepo(db, staff{}, o.people, engagement.Options{})
	o.agreements = funding.NewAgreements(db, o.people, staff{}, oneToOne{}, nil)
	o.pipeline = funding.NewPipeline(db, funding.Neighbours{Donors: o.people, Staff: staff{}, Rates: oneToOne{}, Calls: noCalls{}, Templates: templates{o}})
	o.pipeline.Agreements, o.agreements.Opportunities = o.agreements, o.pipeline
	o.edits = edit.NewRepo(db, map[string]edit.Target{
		"opportunities": {Records: o.pipeline.Bulk(), Reads: access.FundingRead, Needs: access.FundingWrite},
		"agreements":    {Records: o.agreements.Bulk(), Reads: access.FundingRead, Needs: access.FundingWrite},
		"tasks":         {Records: o.engagement.TaskBulk(), Reads: access.EngagementRead, Needs: access.EngagementWrite},
	})
	o.ok(db.Start(access.AsSystem(context.Background(), "test"), nil))
	t.Cleanup(func() { _ = db.Close() })
	donor := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Oak", Roles: []string{"donor"}}
	o.ok(o.people.Create(o.ctx, donor))
	o.donor = donor.ID
	return o
}

func onDisk(t *testing.T) driver.Engine {
	t.Helper()
	file, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) preview(listName string, sel list.Selection, ops ...list.Operation) *edit.Edit {
	o.t.Helper()
	e, err := o.edits.Preview(o.ctx, listName, sel, ops)
	o.ok(err)
	return e
}

func (o *office) apply(e *edit.Edit) *edit.Edit {
	o.t.Helper()
	return finish(o.t, o.ctx, o.edits.Apply, e.ID, edit.Applied)
}

func (o *office) undo(e *edit.Edit) *edit.Edit {
	o.t.Helper()
	return finish(o.t, o.ctx, o.edits.Undo, e.ID, edit.Undone)
}

func (o *office) rows(e *edit.Edit, states ...edit.RowState) []*edit.Step {
	o.t.Helper()
	page, err := o.edits.Rows(o.ctx, e.ID, states, store.Query{Limit: 500})
	o.ok(err)
	return page.Items
}

func op(do, value string) list.Operation { return list.Operation{Do: do, Value: value} }

// opportunity adds one as it stands in a stage.
func (o *office) opportunity(stage funding.Stage, change func(*funding.Opportunity)) *funding.Opportunity {
	o.t.Helper()
	one := &funding.Opportunity{Title: "Core support", Stage: stage, DonorID: o.donor, Ask: &money.Money{Minor: 100_00, Currency: "EUR"}, Since: "2026-10-01"}
	if stage.Lost() {
		one.Lost = &funding.Lost{Reason: "fit"}
	}
	if change != nil {
		change(one)
	}
	one, err := o.pipeline.Create(o.ctx, one, "")
	o.ok(err)
	return one
}

func (o *office) again(id string) *funding.Opportunity {
	o.t.Helper()
	one, err := o.pipeline.Get(o.ctx, id)
	o.ok(err)
	return one
}

// shape is a record without what every write changes.
func shape(record any) string {
	doc, err := json.Marshal(record)
	if err != nil {
		panic(err)
	}
	fields := map[string]any{}
	if err := json.Unmarshal(doc, &fields); err != nil {
		panic(err)
	}
	delete(fields, "rev")
	delete(fields, "updatedAt")
	out, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// TestPreviewIsOutcome: whatever is asked of whatever records, what the preview says is what happens, what it says
// cannot be done stays as it was and cannot be done to the one record either, and an undo leaves all as before.
func TestPreviewIsOutcome(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	var stages []funding.Stage
	for _, r := range funding.StageRules() {
		stages = append(stages, r.Stage)
	}
	refused := 0
	for round := range 25 {
		o := openOffice(t, memory.New())
		before := map[string]string{}
		for range 16 {
			one := o.opportunity(stages[random.IntN(len(stages))], func(one *funding.Opportunity) {
				one.OwnerID, one.Decision = pick("anna", "ben"), store.Date(pick("", "2027-01-31", "2027-03-31"))
				if one.Stage == funding.StageProspect && random.IntN(2) == 0 {
					one.DonorID, one.Ask = "", nil
				}
				if one.Stage.Open() && random.IntN(3) == 0 {
					one.Probability, one.ProbabilityReason = random.IntN(101), "They told us"
				}
			})
			before[one.ID] = shape(one)
		}
		ops := []list.Operation{}
		if random.IntN(2) == 0 {
			ops = append(ops, op("setOwner", pick("anna", "ben")))
		}
		if random.IntN(2) == 0 {
			ops = append(ops, op("setDecision", pick("", "2027-03-31")))
		}
		if len(ops) == 0 || random.IntN(2) == 0 {
			ops = append(ops, op("setStage", pick("prospect", "cultivation", "proposal", "submitted", "awarded")))
		}
		e := o.preview("opportunities", list.Selection{}, ops...)
		if c := e.Counts; c.Chosen != 16 || c.Changing+c.Unchanged+c.Failing != 16 {
			t.Fatalf("%+v", c)
		}
		planned := map[string]*edit.Step{}
		for _, row := range o.rows(e) {
			planned[row.RecordID] = row
			if o.again(row.RecordID).Rev != row.Rev {
				t.Fatal("the preview changed a record")
			}
		}
		e = o.apply(e)
		if e.Counts.Done != e.Counts.Changing || e.Counts.Skipped != 0 {
			t.Fatalf("round %d, %v: %+v", round, ops, e.Counts)
		}
		for _, row := range o.rows(e) {
			was, now := planned[row.RecordID], o.again(row.RecordID)
			if fmt.Sprint(was.Changes) != fmt.Sprint(row.Changes) {
				t.Fatalf("round %d, %v: previewed %v, done %v", round, ops, was.Changes, row.Changes)
			}
			if last := now.Log[len(now.Log)-1]; last.To != now.Stage || last.Date != now.Since {
				t.Fatalf("the log says %+v, the record %s since %s", last, now.Stage, now.Since)
			}
			// It is as the change of one record leaves it: changed by nothing once more, it is refused nothing.
			if one, err := o.pipeline.Update(o.ctx, now.ID, now.Rev, func(*funding.Opportunity) {}); err != nil || row.State == edit.Done && shape(one) != shape(now) {
				t.Fatalf("round %d, %v: one by one %v\n%s\n%s", round, ops, err, shape(now), shape(one))
			}
			if row.State == edit.Failing {
				refused++
				_, err := o.pipeline.Move(o.ctx, now.ID, now.Rev, funding.Transition{To: funding.Stage(ops[len(ops)-1].Value)})
				if !fault.Is(err, fault.Invalid) || fault.Reason(err) != row.Why || shape(now) != before[now.ID] {
					t.Fatalf("round %d, %v: “%s”, one by one %v", round, ops, row.Why, err)
				}
			}
		}
		if e = o.undo(e); e.Counts.Undone != e.Counts.Done || e.Counts.Kept != 0 {
			t.Fatalf("round %d, %v: %+v", round, ops, e.Counts)
		}
		for id, was := range before {
			if now := shape(o.again(id)); now != was {
				t.Fatalf("round %d, %v: not as before\n%s\n%s", round, ops, was, now)
			}
		}
	}
	if refused < 20 {
		t.Errorf("only %d were refused; the rounds say little", refused)
	}
}
