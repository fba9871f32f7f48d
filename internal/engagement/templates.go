package engagement

import (
	"context"
	"fmt"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Templates gives a page of the templates, by name.
func (r *Repo) Templates(ctx context.Context, limit int, cursor string) (store.Page[Template], error) {
	return r.templates.Page(ctx, store.Query{Sort: []driver.Key{{Path: "sortName"}}, Limit: limit, Cursor: cursor})
}

// Template gives one template.
func (r *Repo) Template(ctx context.Context, id string) (*Template, error) {
	return r.templates.Get(ctx, id)
}

// AddTemplate adds a template.
func (r *Repo) AddTemplate(ctx context.Context, t *Template) error {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return err
	}
	if err := t.tidy(names); err != nil {
		return err
	}
	return r.templates.Create(ctx, t)
}

// UpdateTemplate changes revision rev of a template. Tasks that were made from it stay as they are.
func (r *Repo) UpdateTemplate(ctx context.Context, id string, rev int64, change func(*Template)) (*Template, error) {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	return r.templates.UpdateAt(ctx, id, rev, func(t *Template) error {
		change(t)
		return t.tidy(names)
	})
}

// DeleteTemplate removes revision rev of a template. Tasks that were made from it stay.
func (r *Repo) DeleteTemplate(ctx context.Context, id string, rev int64) error {
	return r.templates.DeleteAt(ctx, id, rev, nil)
}

// Application says where and when a template is applied.
type Application struct {
	StakeholderID string
	Anchor        store.Date
	OwnerID       string // who must do what the template gives to nobody; the reader where empty
	Key           string // what the reader's program calls this application
}

// Apply makes the tasks of a template, all or none. The second time the same key gives the tasks that the
// first time has made, so that a double click makes them once.
func (r *Repo) Apply(ctx context.Context, templateID string, a Application) ([]*Task, error) {
	if a.Key == "" {
		return nil, fault.Field("key", "Give this application a key, so that sending it twice makes the tasks once.")
	}
	if _, err := store.ParseDate(string(a.Anchor)); err != nil {
		return nil, fault.Field("anchor", "%q is not a date of the form 2026-03-29.", a.Anchor)
	}
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	key := keyOf(access.From(ctx).AccountID, a.Key)
	var made []*Task
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		t, err := r.templates.Get(ctx, templateID)
		if err != nil {
			return err
		}
		made = t.tasks(a, key)
		for _, task := range made {
			if err := r.addTask(ctx, task, names); err != nil {
				return err
			}
		}
		return nil
	})
	if fault.Is(err, fault.Duplicate) {
		return r.applied(ctx, key)
	}
	return made, err
}

// tasks makes what a template becomes.
func (t *Template) tasks(a Application, key string) []*Task {
	list := make([]*Task, len(t.Items))
	for n, item := range t.Items {
		owner := item.OwnerID
		if owner == "" {
			owner = a.OwnerID
		}
		list[n] = &Task{Title: item.Title, Notes: item.Notes, Due: item.due(a.Anchor), OwnerID: owner,
			StakeholderIDs: []string{a.StakeholderID}, Reminders: item.Reminders, TemplateID: t.ID, Key: itemKey(key, n)}
	}
	return list
}

func itemKey(key string, n int) string { return fmt.Sprintf("%s#%d", key, n) }

// applied gives the tasks that an earlier application with the key has made.
func (r *Repo) applied(ctx context.Context, key string) ([]*Task, error) {
	in := filter.In{Field: "key"}
	for n := range maxItems {
		in.Values = append(in.Values, itemKey(key, n))
	}
	return r.tasks.Find(ctx, in, nil, 0)
}
