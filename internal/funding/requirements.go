package funding

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
)

// ToDo is where the tasks of requirements are kept; their own room is it. All of it joins the transaction of ctx.
type ToDo interface {
	// Make makes the tasks of a wish and gives their ids.
	Make(ctx context.Context, w Wish) ([]string, error)
	// Settle ticks tasks off, or opens them again. Those that are gone are passed over.
	Settle(ctx context.Context, ids []string, done bool) error
	// Shift moves what is open of them by so many days.
	Shift(ctx context.Context, ids []string, days int) error
}

// Wish is what shall become tasks: those of a template where one is named, else one task.
type Wish struct {
	TemplateID string
	Title      string
	Due        store.Date
	OwnerID    string
	About      string // stakeholder
	Key        string // the same wish has the same key
}

// RequirementChange is what a person may write of a requirement.
type RequirementChange struct {
	Kind, Title, Note string
	Due               store.Date
	OwnerID           string
}

// AddRequirements adds requirements, all or none, each with its tasks: those of a template where one is named,
// else one for its owner. What has neither owner nor template has no task.
func (r *Agreements) AddRequirements(ctx context.Context, id string, rev int64, list []Requirement, templateID string) (*Agreement, error) {
	first := -1
	a, err := r.change(ctx, id, rev, func(ctx context.Context, a *Agreement) error {
		first = len(a.Requirements)
		var c fault.Checks
		for i := range list {
			q := list[i]
			q.ID, q.State, q.SubmittedOn, q.DecidedOn, q.TaskIDs = store.NewID(), RequirementOpen, "", "", nil
			q.tidy(&c, first+i, r.Today()) // before its tasks are made
			if err := c.Err(); err != nil {
				return err
			}
			var err error
			if q.TaskIDs, err = r.tasksFor(ctx, a, &q, templateID); err != nil {
				return err
			}
			a.Requirements = append(a.Requirements, q)
		}
		return nil
	})
	if len(list) == 1 {
		err = within(err, fmt.Sprintf("requirements[%d].", first))
	}
	return a, err
}

func (r *Agreements) tasksFor(ctx context.Context, a *Agreement, q *Requirement, templateID string) ([]string, error) {
	if r.todo == nil || q.OwnerID == "" && templateID == "" {
		return nil, nil
	}
	return r.todo.Make(ctx, Wish{TemplateID: templateID, Title: q.Title + ": " + a.Title, Due: q.Due, OwnerID: q.OwnerID,
		About: a.DonorID, Key: "requirement/" + q.ID})
}

// ChangeRequirement changes what a person wrote of a requirement. Its open tasks move with its due day.
func (r *Agreements) ChangeRequirement(ctx context.Context, id string, rev int64, qid string, to RequirementChange) (*Agreement, error) {
	at := -1
	a, err := r.change(ctx, id, rev, func(ctx context.Context, a *Agreement) error {
		if at = requirement(a.Requirements, qid); at < 0 {
			return noRequirement()
		}
		q := &a.Requirements[at]
		was := q.Due
		q.Kind, q.Title, q.Due, q.OwnerID, q.Note = to.Kind, to.Title, to.Due, to.OwnerID, to.Note
		var c fault.Checks
		q.tidy(&c, at, r.Today())
		if err := c.Err(); err != nil {
			return err
		}
		if days := daysApart(was, q.Due); days != 0 && r.todo != nil {
			return r.todo.Shift(ctx, q.TaskIDs, days)
		}
		return nil
	})
	return a, within(err, fmt.Sprintf("requirements[%d].", at))
}

// MoveRequirement says that a requirement was submitted, accepted, rejected or waived on a day, or opens it again.
// Its tasks are done once it is no longer owed.
func (r *Agreements) MoveRequirement(ctx context.Context, id string, rev int64, qid string, state RequirementState, on store.Date, note string) (*Agreement, error) {
	at := -1
	a, err := r.change(ctx, id, rev, func(ctx context.Context, a *Agreement) error {
		if at = requirement(a.Requirements, qid); at < 0 {
			return noRequirement()
		}
		if on == "" {
			on = r.Today()
		}
		q := &a.Requirements[at]
		owed := q.Owed()
		if err := q.move(state, on); err != nil {
			return err
		}
		if note != "" {
			q.Note = note
		}
		if r.todo == nil || owed == q.Owed() {
			return nil
		}
		return r.todo.Settle(ctx, q.TaskIDs, !q.Owed())
	})
	return a, within(err, fmt.Sprintf("requirements[%d].", at))
}

// RemoveRequirement takes out a requirement that was a mistake, and ticks its tasks off.
func (r *Agreements) RemoveRequirement(ctx context.Context, id string, rev int64, qid string) (*Agreement, error) {
	return r.change(ctx, id, rev, func(ctx context.Context, a *Agreement) error {
		at := requirement(a.Requirements, qid)
		if at < 0 {
			return noRequirement()
		}
		tasks := a.Requirements[at].TaskIDs
		a.Requirements = slices.Delete(a.Requirements, at, at+1)
		if r.todo == nil {
			return nil
		}
		return r.todo.Settle(ctx, tasks, true)
	})
}

func requirement(list []Requirement, id string) int {
	return slices.IndexFunc(list, func(q Requirement) bool { return q.ID == id })
}

func noRequirement() error { return fault.New(fault.NotFound, "There is no such requirement.") }
