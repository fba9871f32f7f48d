package engagement

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// TaskSorts maps what a list of tasks may be sorted by to the declared field.
var TaskSorts = map[string]string{"due": "due", "title": "title", "updatedAt": "updatedAt", "createdAt": "createdAt", "doneAt": "doneAt"}

// TaskSearch says which tasks a list shows. Empty fields do not narrow it.
type TaskSearch struct {
	OwnerID       string
	State         State
	StakeholderID string
	InteractionID string
	From, To      store.Date  // of the due day
	Overdue       bool        // open, and due before today
	Where         filter.Expr // what TaskFields.Where has read
}

func (r *Repo) where(s TaskSearch) filter.Expr {
	if s.Overdue {
		s.State = Open
	}
	w := filter.And{}
	for field, value := range map[string]string{"ownerId": s.OwnerID, "state": string(s.State), "interactionId": s.InteractionID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.StakeholderID != "" {
		w = append(w, filter.Has{Field: "stakeholderIds", Values: []any{s.StakeholderID}})
	}
	if s.Overdue {
		w = append(w, filter.Compare{Field: "due", Op: filter.Lt, Value: string(r.db.Now().Day())})
	}
	if s.Where != nil {
		w = append(w, s.Where)
	}
	return append(w, between("due", s.From, s.To)...)
}

// Tasks gives a page of those that the reader may see; q carries text, sort, limit and cursor.
func (r *Repo) Tasks(ctx context.Context, s TaskSearch, q store.Query) (store.Page[Task], error) {
	q.Where = r.where(s)
	return r.tasks.Page(ctx, q)
}

// Task gives one task.
func (r *Repo) Task(ctx context.Context, id string) (*Task, error) { return r.tasks.Get(ctx, id) }

// AddTask adds a task. The reader of ctx is its author. key, where it is not empty, is what the author's
// program calls it: the second time the same key gives what the first time has made.
func (r *Repo) AddTask(ctx context.Context, t *Task, key string) (*Task, error) {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	t.Key = keyOf(access.From(ctx).AccountID, key)
	err = r.db.Tx(ctx, func(ctx context.Context) error { return r.addTask(ctx, t, names) })
	if t.Key != "" && fault.Is(err, fault.Duplicate) {
		return r.tasks.First(ctx, filter.Eq{Field: "key", Value: t.Key})
	}
	return t, err
}

// addTask adds a task in the transaction of ctx.
func (r *Repo) addTask(ctx context.Context, t *Task, names map[string]string) error {
	t.AuthorID = access.From(ctx).AccountID
	if t.OwnerID == "" {
		t.OwnerID = t.AuthorID
	}
	if t.Reminders == nil {
		t.Reminders = StandardReminders
	}
	if err := t.tidy(r.db.Now(), t.AuthorID, names); err != nil {
		return err
	}
	if err := r.checkStakeholders(ctx, t.StakeholderIDs); err != nil {
		return err
	}
	return r.tasks.Create(ctx, t)
}

// UpdateTask changes revision rev of a task. Stale where it has changed since. Only its author and its
// owner can make it private: anybody else would lose sight of it.
func (r *Repo) UpdateTask(ctx context.Context, id string, rev int64, change func(*Task)) (*Task, error) {
	return r.changeTask(ctx, id, rev, func(ctx context.Context, t *Task) error {
		was := *t
		change(t)
		t.AuthorID, t.Key, t.Mentions = was.AuthorID, was.Key, was.Mentions
		return r.settleTask(ctx, t, &was)
	})
}

// changeTask is the way of every change of a task: change alters revision rev and settles it.
func (r *Repo) changeTask(ctx context.Context, id string, rev int64, change func(context.Context, *Task) error) (saved *Task, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.tasks.UpdateAt(ctx, id, rev, func(t *Task) error { return change(ctx, t) })
		return err
	})
	return saved, err
}

// settleTask brings a changed task into its one form. Whom it was with before may be gone since.
func (r *Repo) settleTask(ctx context.Context, t, was *Task) error {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return err
	}
	me := access.From(ctx).AccountID
	if err := t.tidy(r.db.Now(), me, names); err != nil {
		return err
	}
	if t.Private && me != t.AuthorID && me != t.OwnerID {
		if was.Private {
			return fault.Field("ownerId", "It is private, and only its author can hand it on.")
		}
		return fault.Field("private", "Only its author and its owner can make it private.")
	}
	if slices.Equal(t.StakeholderIDs, was.StakeholderIDs) {
		return nil
	}
	return r.checkStakeholders(ctx, t.StakeholderIDs)
}

// TasksDoneAfter gives the tasks with a stakeholder that are done and come behind a place in the order
// of time, the newest first: at an instant, behind an id. The zero place is the beginning.
func (r *Repo) TasksDoneAfter(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*Task, error) {
	return r.tasks.Find(ctx, filter.And{filter.Has{Field: "stakeholderIds", Values: []any{stakeholderID}}, filter.Exists{Field: "doneAt"}, store.Behind("doneAt", at, id)},
		[]driver.Key{{Path: "doneAt", Desc: true}}, limit)
}

// DueUntil gives the open tasks of an account that are due on a day or before, in order of that day.
func (r *Repo) DueUntil(ctx context.Context, accountID string, day store.Date) ([]*Task, error) {
	return r.tasks.Find(ctx, filter.And{
		filter.Eq{Field: "ownerId", Value: accountID}, filter.Eq{Field: "state", Value: string(Open)},
		filter.Compare{Field: "due", Op: filter.Lte, Value: string(day)},
	}, []driver.Key{{Path: "due"}}, 0)
}

// TaskMentionsSince gives the tasks in which an account was first named after a moment and that the reader may
// see, the last changed first.
func (r *Repo) TaskMentionsSince(ctx context.Context, accountID string, since store.Instant) ([]*Task, error) {
	return namedSince(ctx, r.tasks, accountID, since, func(t *Task) []Mention { return t.Mentions })
}

// TaskByKey gives the id of the reader's task that their program calls key, "" where there is none.
func (r *Repo) TaskByKey(ctx context.Context, key string) (string, error) {
	return byKey(ctx, r.tasks, key, func(t *Task) string { return t.ID })
}
