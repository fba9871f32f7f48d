package engagement

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// InteractionSorts maps what a list of interactions may be sorted by to the declared field.
var InteractionSorts = map[string]string{"at": "at", "updatedAt": "updatedAt"}

// InteractionSearch says which interactions a list shows. Empty fields do not narrow it.
type InteractionSearch struct {
	Kind          Kind
	StakeholderID string
	AuthorID      string
	From, To      store.Date
	Trashed       bool // only those in the trash; otherwise only those that are not
}

func (s InteractionSearch) where() filter.Expr {
	w := filter.And{trashed(s.Trashed)}
	for field, value := range map[string]string{"kind": string(s.Kind), "authorId": s.AuthorID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.StakeholderID != "" {
		w = append(w, filter.Has{Field: "stakeholderIds", Values: []any{s.StakeholderID}})
	}
	return append(w, between("date", s.From, s.To)...)
}

func trashed(yes bool) filter.Expr {
	if yes {
		return filter.Exists{Field: "trashedAt"}
	}
	return filter.Not{Expr: filter.Exists{Field: "trashedAt"}}
}

// between is the condition of a day in a range; either end may be open.
func between(field string, from, to store.Date) (w filter.And) {
	if from != "" {
		w = append(w, filter.Compare{Field: field, Op: filter.Gte, Value: string(from)})
	}
	if to != "" {
		w = append(w, filter.Compare{Field: field, Op: filter.Lte, Value: string(to)})
	}
	return w
}

// Interactions gives a page of those that the reader may see; q carries text, sort, limit and cursor.
func (r *Repo) Interactions(ctx context.Context, s InteractionSearch, q store.Query) (store.Page[Interaction], error) {
	q.Where = s.where()
	return r.interactions.Page(ctx, q)
}

// EachInteraction calls fn for every interaction of a search that holds the words of text, as an export
// needs it.
func (r *Repo) EachInteraction(ctx context.Context, s InteractionSearch, text string, fn func(*Interaction) error) error {
	return each(ctx, r.interactions, s.where(), text, fn)
}

// each reads all that matches, in order of id; with text by way of the search index, page by page.
func each[T any](ctx context.Context, c *store.Collection[T], where filter.Expr, text string, fn func(*T) error) error {
	if text == "" {
		return c.Each(ctx, where, fn)
	}
	return c.WalkEach(ctx, store.Query{Where: where, Text: text, Sort: []driver.Key{{Path: "id"}}}, fn)
}

// Meetings gives, for every meeting, phone conversation and event with any of these stakeholders from a day on that the
// reader may see, who all was part of it. A note is no contact.
func (r *Repo) Meetings(ctx context.Context, stakeholderIDs []string, from store.Date) (who [][]string, err error) {
	if len(stakeholderIDs) == 0 {
		return nil, nil
	}
	values := make([]any, len(stakeholderIDs))
	for i, id := range stakeholderIDs {
		values[i] = id
	}
	where := filter.And{trashed(false), filter.Has{Field: "stakeholderIds", Values: values}, filter.Not{Expr: filter.Eq{Field: "kind", Value: string(Note)}},
		filter.Compare{Field: "date", Op: filter.Gte, Value: string(from)}}
	err = r.interactions.Each(ctx, where, func(i *Interaction) error {
		who = append(who, i.StakeholderIDs)
		return nil
	})
	return who, err
}

// Interaction gives one interaction, also one in the trash.
func (r *Repo) Interaction(ctx context.Context, id string) (*Interaction, error) {
	return r.interactions.Get(ctx, id)
}

// Record adds an interaction together with the tasks that follow from it, all or none. The reader of ctx
// is its author. key, where it is not empty, is what the author's program calls it: the second time the
// same key gives what the first time has made.
func (r *Repo) Record(ctx context.Context, i *Interaction, tasks []*Task, key string) (*Interaction, error) {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	i.AuthorID = access.From(ctx).AccountID
	i.Key = keyOf(i.AuthorID, key)
	if err := i.tidy(r.db.Now(), names); err != nil {
		return nil, err
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkStakeholders(ctx, i.StakeholderIDs); err != nil {
			return err
		}
		if err := r.interactions.Create(ctx, i); err != nil {
			return err
		}
		for n, t := range tasks {
			t.InteractionID, t.Private, t.StakeholderIDs = i.ID, i.Private, i.StakeholderIDs
			if err := r.addTask(ctx, t, names); err != nil {
				return fault.At(fmt.Sprintf("tasks[%d].", n), err)
			}
		}
		return nil
	})
	if i.Key != "" && fault.Is(err, fault.Duplicate) {
		return r.interactions.First(ctx, filter.Eq{Field: "key", Value: i.Key})
	}
	return i, err
}

// UpdateInteraction changes revision rev of an interaction. Stale where it has changed since. Only its
// author can make it private: anybody else would lose sight of it.
func (r *Repo) UpdateInteraction(ctx context.Context, id string, rev int64, change func(*Interaction)) (*Interaction, error) {
	names, err := r.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	var saved *Interaction
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.interactions.UpdateAt(ctx, id, rev, func(i *Interaction) error {
			was := *i
			change(i)
			i.AuthorID, i.Key, i.Mentions = was.AuthorID, was.Key, was.Mentions
			if i.Private && !was.Private && i.AuthorID != access.From(ctx).AccountID {
				return fault.Field("private", "Only its author can make it private.")
			}
			if err := i.tidy(r.db.Now(), names); err != nil {
				return err
			}
			return r.checkStakeholders(ctx, i.StakeholderIDs)
		})
		return err
	})
	return saved, err
}

// TrashInteraction puts revision rev of an interaction into the trash: out of lists, search and
// timelines, until RestoreInteraction. Tasks that follow from it stay.
func (r *Repo) TrashInteraction(ctx context.Context, id string, rev int64) (*Interaction, error) {
	return r.interactions.UpdateAt(ctx, id, rev, func(i *Interaction) error {
		if i.TrashedAt == "" {
			i.TrashedAt = r.db.Now()
		}
		return nil
	})
}

// RestoreInteraction takes an interaction out of the trash.
func (r *Repo) RestoreInteraction(ctx context.Context, id string) (*Interaction, error) {
	return r.interactions.Update(ctx, id, func(i *Interaction) error { i.TrashedAt = ""; return nil })
}

// InteractionsAfter gives those with a stakeholder that come behind a place in the order of time, the
// newest first: at an instant, behind an id. The zero place is the beginning. No kinds are all kinds.
func (r *Repo) InteractionsAfter(ctx context.Context, stakeholderID string, kinds []Kind, at store.Instant, id string, limit int) ([]*Interaction, error) {
	w := filter.And{filter.Has{Field: "stakeholderIds", Values: []any{stakeholderID}}, trashed(false), store.Behind("at", at, id)}
	switch len(kinds) {
	case 0:
	case 1:
		w = append(w, filter.Eq{Field: "kind", Value: string(kinds[0])})
	default:
		in := filter.In{Field: "kind"}
		for _, k := range kinds {
			in.Values = append(in.Values, string(k))
		}
		w = append(w, in)
	}
	return r.interactions.Find(ctx, w, []driver.Key{{Path: "at", Desc: true}}, limit)
}

// InteractionsSince gives those with a stakeholder that were written down after a moment, the last
// first, at most limit.
func (r *Repo) InteractionsSince(ctx context.Context, stakeholderID string, since store.Instant, limit int) ([]*Interaction, error) {
	return r.interactions.Find(ctx, filter.And{
		filter.Has{Field: "stakeholderIds", Values: []any{stakeholderID}}, trashed(false),
		filter.Compare{Field: "createdAt", Op: filter.Gt, Value: string(since)},
	}, []driver.Key{{Path: "createdAt", Desc: true}}, limit)
}

// MentionsSince gives the interactions in which an account was first named after a moment and that the
// reader may see, the last changed first.
func (r *Repo) MentionsSince(ctx context.Context, accountID string, since store.Instant) ([]*Interaction, error) {
	list, err := namedSince(ctx, r.interactions, accountID, since, func(i *Interaction) []Mention { return i.Mentions })
	return slices.DeleteFunc(list, func(i *Interaction) bool { return i.TrashedAt != "" }), err
}

// InteractionByKey gives the id of the reader's interaction that their program calls key, "" where there is none.
func (r *Repo) InteractionByKey(ctx context.Context, key string) (string, error) {
	return byKey(ctx, r.interactions, key, func(i *Interaction) string { return i.ID })
}

// byKey gives the id of what the reader's program calls key.
func byKey[T any](ctx context.Context, c *store.Collection[T], key string, id func(*T) string) (string, error) {
	found, err := c.First(ctx, filter.Eq{Field: "key", Value: keyOf(access.From(ctx).AccountID, key)})
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return id(found), nil
}
