package engagement

import (
	"context"

	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// TaskDeeds is what a bulk edit can do to tasks.
var TaskDeeds = []list.Deed{
	{Do: "setOwner", Field: "ownerId", Label: "Owner", Verb: list.Set, Kind: list.Record, Of: list.OfAccount},
	{Do: "setDue", Field: "due", Label: "Due day", Verb: list.Set, Kind: list.Day, Blank: true},
	{Do: "setState", Field: "state", Label: "State", Verb: list.Set, Kind: list.Choice, Values: []string{string(Done), string(Dropped)}},
}

// TaskBulk is how tasks are changed many at a time, by the rules of one.
func (r *Repo) TaskBulk() *list.Bulk[Task] {
	return &list.Bulk[Task]{
		Deeds:    TaskDeeds,
		All:      r.tasks,
		Meta:     func(t *Task) store.Meta { return t.Meta },
		Name:     func(t *Task) string { return t.Title },
		Where:    func(sel list.Selection) filter.Expr { return r.where(TaskSearch{Where: sel.Where}) },
		Accounts: r.accounts.Names,
		Do: func(_ context.Context, t *Task, op list.Operation) error {
			switch op.Do {
			case "setOwner":
				t.OwnerID = op.Value
			case "setDue":
				t.Due = store.Date(op.Value)
			case "setState":
				t.State = State(op.Value)
			}
			return nil
		},
		Settle: r.settleTask,
		Save:   r.changeTask,
		Bare: func(t *Task) {
			*t = Task{OwnerID: t.OwnerID, Due: t.Due, State: t.State, DoneAt: t.DoneAt, DoneBy: t.DoneBy}
		},
		Follows: map[string][]string{"state": {"doneAt", "doneBy"}},
	}
}
