package edit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/edit"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/list"
	"piper/internal/money"
	"piper/internal/store"
)

// TestStageInBulk: a stage that is entered in bulk is written down and brings its tasks, once; an undo takes it out of
// the log and leaves the tasks; who has moved on since, or has an agreement, is named and left.
func TestStageInBulk(t *testing.T) {
	t.Parallel()
	o := openOffice(t, onDisk(t))
	plan := &engagement.Template{Name: "Submission", Items: []engagement.Item{{Title: "Call them", Days: 14}}}
	o.ok(o.engagement.AddTemplate(o.ctx, plan))
	tasks := func() int {
		page, err := o.engagement.Tasks(o.ctx, engagement.TaskSearch{}, store.Query{})
		o.ok(err)
		return page.Total
	}
	stays, moves := o.opportunity(funding.StageProposal, nil), o.opportunity(funding.StageProposal, nil)
	lost := o.opportunity(funding.StageWithdrawn, nil)
	// Also for the stage where they stand: going back there by an undo must bring nothing.
	_, err := o.pipeline.SetStageTemplates(o.ctx, 0, []funding.StageTemplate{{Stage: funding.StageProposal, TemplateID: plan.ID}, {Stage: funding.StageSubmitted, TemplateID: plan.ID}})
	o.ok(err)
	e := o.apply(o.preview("opportunities", list.Selection{}, op("setStage", "submitted")))
	if e.Counts.Done != 2 || e.Counts.Failing != 1 || tasks() != 2 {
		t.Fatalf("%+v, %d tasks", e.Counts, tasks())
	}
	if why := o.rows(e, edit.Failing)[0]; why.RecordID != lost.ID || why.Why != "Say why it is opened again." {
		t.Errorf("%+v", why)
	}
	now := o.again(stays.ID)
	if m := now.Log[1]; m.From != funding.StageProposal || m.To != funding.StageSubmitted || m.By != "anna" || m.Date != "2026-11-02" || now.Since != m.Date {
		t.Errorf("%+v", now)
	}
	if _, err := o.pipeline.Move(o.ctx, moves.ID, o.again(moves.ID).Rev, funding.Transition{To: funding.StageAwarded}); err != nil {
		t.Fatal(err)
	}
	e = o.undo(e)
	if e.Counts.Undone != 1 || e.Counts.Kept != 1 || o.again(moves.ID).Stage != funding.StageAwarded {
		t.Fatalf("%+v", e.Counts)
	}
	if row := o.rows(e, edit.Kept)[0]; row.RecordID != moves.ID || row.Why != "Changed since, and left as it is: stage." {
		t.Errorf("%+v", row)
	}
	if now = o.again(stays.ID); now.Stage != funding.StageProposal || now.Since != "2026-10-01" || len(now.Log) != 1 || tasks() != 2 {
		t.Errorf("after the undo: %+v, %d tasks", now, tasks())
	}
	// Once more: no second tasks. Then an award, whose agreement stands in the way of an undo.
	o.apply(o.preview("opportunities", list.Selection{IDs: []string{stays.ID}}, op("setStage", "submitted")))
	e = o.apply(o.preview("opportunities", list.Selection{IDs: []string{stays.ID}}, op("setStage", "awarded")))
	if tasks() != 2 {
		t.Errorf("%d tasks", tasks())
	}
	_, err = o.agreements.Create(o.ctx, &funding.Agreement{Title: "Core support", DonorID: o.donor, OpportunityID: stays.ID})
	o.ok(err)
	if e = o.undo(e); e.Counts.Kept != 1 || o.again(stays.ID).Stage != funding.StageAwarded {
		t.Fatalf("%+v", e.Counts)
	}
	if row := o.rows(e, edit.Kept)[0]; !strings.Contains(row.Why, "has its agreement: “Core support”") {
		t.Errorf("%+v", row)
	}
}

// TestTasksThatFailTakeTheirPartBack: where a record is written and its tasks cannot be made, nothing of that part
// stays, and the edit says so instead of passing over it.
func TestTasksThatFailTakeTheirPartBack(t *testing.T) {
	t.Parallel()
	engine := &mortal{Engine: onDisk(t), left: 1 << 30}
	o := openOffice(t, engine)
	plan := &engagement.Template{Name: "Submission", Items: []engagement.Item{{Title: "Call them"}, {Title: "Write"}}}
	o.ok(o.engagement.AddTemplate(o.ctx, plan))
	_, err := o.pipeline.SetStageTemplates(o.ctx, 0, []funding.StageTemplate{{Stage: funding.StageSubmitted, TemplateID: plan.ID}})
	o.ok(err)
	for range 3 {
		o.opportunity(funding.StageProposal, nil)
	}
	e := o.preview("opportunities", list.Selection{}, op("setStage", "submitted"))
	left := func(n int) {
		engine.mu.Lock()
		engine.left = n
		engine.mu.Unlock()
	}
	for dies := range 14 {
		left(dies)
		if _, err := o.edits.Apply(o.ctx, e.ID); err == nil {
			break
		}
		left(1 << 30)
		page, err := o.pipeline.Page(o.ctx, funding.OpportunitySearch{Stages: []funding.Stage{funding.StageSubmitted}}, store.Query{})
		o.ok(err)
		made, err := o.engagement.Tasks(o.ctx, engagement.TaskSearch{}, store.Query{})
		o.ok(err)
		if page.Total != 0 || made.Total != 0 || len(o.rows(e, edit.Planned)) != 3 {
			t.Fatalf("killed at write %d: %d were moved, %d tasks made", dies, page.Total, made.Total)
		}
	}
	left(1 << 30)
	// Refused for a reason that an edit would pass over, had nothing been written.
	o.refuse = fault.Field("title", "A title is needed.")
	if _, err := o.edits.Apply(o.ctx, e.ID); !fault.Is(err, fault.Internal) || len(o.rows(e, edit.Planned)) != 3 {
		t.Fatalf("tasks that were refused: %v", err)
	}
	o.refuse = nil
	e = o.apply(e)
	made, err := o.engagement.Tasks(o.ctx, engagement.TaskSearch{}, store.Query{})
	if e.Counts.Done != 3 || err != nil || made.Total != 6 {
		t.Fatalf("%+v, %d tasks, %v", e.Counts, made.Total, err)
	}
}

// TestTasksInBulk: owner, day and state, with when and by whom it was done; private ones are nobody else's business.
func TestTasksInBulk(t *testing.T) {
	t.Parallel()
	o := openOffice(t, onDisk(t))
	add := func(ctx context.Context, task engagement.Task) *engagement.Task {
		t.Helper()
		made, err := o.engagement.AddTask(ctx, &task, "")
		o.ok(err)
		return made
	}
	ben := as("ben", access.Advocate)
	open := add(o.ctx, engagement.Task{Title: "Open", Due: "2026-11-10"})
	done := add(o.ctx, engagement.Task{Title: "Done", State: engagement.Done})
	dropped := add(o.ctx, engagement.Task{Title: "Dropped", State: engagement.Dropped})
	mine := add(o.ctx, engagement.Task{Title: "Mine", Private: true})
	forMe := add(ben, engagement.Task{Title: "For Anna", OwnerID: "anna", Private: true})
	add(ben, engagement.Task{Title: "Ben's own", Private: true})
	before := map[string]string{}
	for _, one := range []*engagement.Task{open, done, dropped, mine, forMe} {
		before[one.ID] = shape(one)
	}
	task := func(id string) *engagement.Task {
		t.Helper()
		one, err := o.engagement.Task(o.ctx, id)
		o.ok(err)
		return one
	}

	o.now = o.now.Add(time.Hour)
	e := o.preview("tasks", list.Selection{}, op("setState", "done"))
	if e.Counts != (edit.Counts{Chosen: 5, Changing: 4, Unchanged: 1}) {
		t.Fatalf("%+v", e.Counts)
	}
	o.now = o.now.Add(time.Hour)
	e = o.apply(e)
	if now := task(open.ID); now.State != engagement.Done || now.DoneBy != "anna" || now.DoneAt != o.db.Now() {
		t.Errorf("%+v", now)
	}
	page, err := o.edits.Rows(ben, e.ID, nil, store.Query{Limit: 100})
	o.ok(err)
	for _, row := range page.Items {
		hidden := row.RecordID == mine.ID
		if (page.Names[row.RecordID] == "") != hidden || (len(row.Changes) == 0) != hidden {
			t.Errorf("ben sees of %s: %v", row.RecordID, row.Changes)
		}
	}
	// Opened and done again by Ben: what he did stays, wholly.
	for _, state := range []engagement.State{engagement.Open, engagement.Done} {
		o.now = o.now.Add(time.Hour)
		_, err := o.engagement.UpdateTask(ben, open.ID, task(open.ID).Rev, func(t *engagement.Task) { t.State = state })
		o.ok(err)
	}
	if e = o.undo(e); e.Counts.Undone != 3 || e.Counts.Kept != 1 {
		t.Fatalf("%+v", e.Counts)
	}
	if now := task(open.ID); now.State != engagement.Done || now.DoneBy != "ben" {
		t.Errorf("%+v", now)
	}
	for _, id := range []string{dropped.ID, mine.ID, forMe.ID} {
		if now := shape(task(id)); now != before[id] {
			t.Errorf("not as before:\n%s\n%s", before[id], now)
		}
	}
	// A task that was done keeps by whom and when, also through being dropped and back.
	e = o.apply(o.preview("tasks", list.Selection{IDs: []string{done.ID}}, op("setState", "dropped")))
	if task(done.ID).DoneAt != "" {
		t.Error("dropped, and done")
	}
	o.undo(e)
	if now := shape(task(done.ID)); now != before[done.ID] {
		t.Errorf("not as before:\n%s\n%s", before[done.ID], now)
	}
	// What Ben has made for Anna, and for them alone, she cannot hand on; her own she can.
	e = o.preview("tasks", list.Selection{IDs: []string{mine.ID, forMe.ID}}, op("setOwner", "root"))
	if e.Counts.Changing != 1 || e.Counts.Failing != 1 {
		t.Fatalf("%+v", e.Counts)
	}
	if why := o.rows(e, edit.Failing)[0].Why; why != "It is private, and only its author can hand it on." {
		t.Error(why)
	}
	// Somebody who may not see it cannot put it back; that is said.
	o.undo(o.apply(e))
	e = o.apply(o.preview("tasks", list.Selection{IDs: []string{mine.ID}}, op("setDue", "2026-12-01")))
	e = finish(t, as("root", access.Administrator), o.edits.Undo, e.ID, edit.Undone)
	if e.Counts.Kept != 1 || task(mine.ID).Due != "2026-12-01" || o.rows(e, edit.Kept)[0].Why != "It no longer exists, or you may not see it." {
		t.Errorf("root may not see it: %+v", e)
	}
}

// TestAgreementsInBulk: the owner of signed and unsigned ones alike, and nothing of their money in the rows.
func TestAgreementsInBulk(t *testing.T) {
	t.Parallel()
	o := openOffice(t, onDisk(t))
	before := map[string]string{}
	for i, owner := range []string{"", "anna", "ben"} {
		a := &funding.Agreement{Title: fmt.Sprintf("Grant %d", i), DonorID: o.donor, OwnerID: owner, Amount: &money.Money{Minor: 4711_00, Currency: "EUR"},
			SignedOn: "2026-01-01", From: "2026-01-01", To: "2026-12-31"}
		a, err := o.agreements.Create(o.ctx, a)
		o.ok(err)
		before[a.ID] = shape(a)
	}
	e := o.preview("agreements", list.Selection{}, op("setOwner", "ben"))
	if e.Counts != (edit.Counts{Chosen: 3, Changing: 2, Unchanged: 1}) {
		t.Fatalf("%+v", e.Counts)
	}
	e = o.apply(e)
	page, err := o.edits.Rows(as("ida", access.Advocate), e.ID, nil, store.Query{})
	o.ok(err)
	if len(page.Items) != 2 || len(page.Names) != 2 {
		t.Fatalf("%+v %v", page.Items, page.Names)
	}
	for _, row := range page.Items {
		if len(row.Changes) != 1 || row.Changes[0].Field != "ownerId" || row.Changes[0].New != `"ben"` {
			t.Errorf("%+v", row.Changes)
		}
		if now, err := o.agreements.Get(o.ctx, row.RecordID); err != nil || now.OwnerID != "ben" {
			t.Errorf("%+v, %v", now, err)
		}
	}
	o.undo(e)
	for id, was := range before {
		now, err := o.agreements.Get(o.ctx, id)
		o.ok(err)
		if shape(now) != was {
			t.Errorf("not as before:\n%s\n%s", was, shape(now))
		}
	}
}

// TestWhoMayEditWhat: each list asks for its own permission, to see as to do, and refuses what it cannot set.
func TestWhoMayEditWhat(t *testing.T) {
	t.Parallel()
	o := openOffice(t, onDisk(t))
	o.opportunity(funding.StageProspect, nil)
	advocate, board := as("ida", access.Advocate), as("bo", access.Board)
	for name, who := range map[string][]context.Context{"opportunities": {advocate, board, as("root", access.Administrator)}, "agreements": {advocate, board}, "tasks": {board}} {
		for _, ctx := range who {
			if _, err := o.edits.Preview(ctx, name, list.Selection{}, []list.Operation{op("setOwner", "anna")}); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s edits %s: %v", access.From(ctx).Role, name, err)
			}
		}
	}
	e := o.apply(o.preview("opportunities", list.Selection{}, op("setOwner", "ben")))
	if _, err := o.edits.Undo(advocate, e.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an advocate undoes an edit of the pipeline: %v", err)
	}
	if page, err := o.edits.Page(board, "opportunities", store.Query{}); err != nil || len(page.Items) != 1 {
		t.Errorf("%+v %v", page, err)
	}
	nobody := access.With(context.Background(), access.Reader{AccountID: "x"})
	if _, err := o.edits.Page(nobody, "opportunities", store.Query{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("somebody without a role sees them: %v", err)
	}
	if _, err := o.edits.Rows(nobody, e.ID, nil, store.Query{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("somebody without a role sees what they did: %v", err)
	}
	bad := map[string][]list.Operation{
		"opportunities": {op("setStage", "declined"), op("setStage", ""), op("setOwner", ""), op("setOwner", "nobody"), op("setDecision", "soon"), op("setDecision", "1789-07-14"), op("addTag", "x")},
		"agreements":    {op("setOwner", "nobody"), op("setStage", "submitted")},
		"tasks":         {op("setState", "open"), op("setDue", "31.12.2026"), op("setOwner", "")},
	}
	for name, ops := range bad {
		for _, one := range ops {
			if _, err := o.edits.Preview(o.ctx, name, list.Selection{}, []list.Operation{one}); !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), "invalid: operations[0].") {
				t.Errorf("%s %+v: %v", name, one, err)
			}
		}
	}
	twice := []list.Operation{op("setOwner", "ben"), op("setOwner", "anna")}
	if _, err := o.edits.Preview(o.ctx, "tasks", list.Selection{}, twice); !fault.Is(err, fault.Invalid) {
		t.Errorf("set twice: %v", err)
	}
	if deeds := funding.OpportunityDeeds; !slices.Equal(deeds[1].Values, []string{"prospect", "cultivation", "conceptNote", "proposal", "submitted", "awarded"}) {
		t.Errorf("%v", deeds[1].Values)
	}
}

// TestOwnersAreOurs: every list that sets an owner refuses one who has no account here, and names the value.
func TestOwnersAreOurs(t *testing.T) {
	t.Parallel()
	o := openOffice(t, onDisk(t))
	for _, name := range []string{"opportunities", "agreements", "tasks"} {
		_, err := o.edits.Preview(o.ctx, name, list.Selection{}, []list.Operation{op("setOwner", "nobody")})
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Field != "operations[0].value" || f.Fields[0].Message != "There is no such account." {
			t.Errorf("%s: %+v", name, err)
		}
	}
	if _, err := o.edits.Preview(o.ctx, "agreements", list.Selection{}, []list.Operation{op("setOwner", "")}); err != nil {
		t.Errorf("an agreement may be looked after by nobody: %v", err)
	}
}
