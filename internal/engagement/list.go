package engagement

import (
	"context"

	"piper/internal/access"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// TaskFields is what a list of tasks may be filtered by on a day, as what is overdue follows from it.
func TaskFields(ctx context.Context, today store.Date) list.Fields {
	return list.Fields{
		{Name: "overdue", Label: "Overdue", Kind: list.YesNo, As: func(_ list.Op, yes any) (filter.Expr, error) {
			late := filter.And{filter.Eq{Field: "state", Value: string(Open)}, filter.Compare{Field: "due", Op: filter.Lt, Value: string(today)}}
			if yes.(bool) {
				return late, nil
			}
			return filter.Not{Expr: late}, nil
		}},
		{Name: "state", Label: "State", Path: "state", Kind: list.Choice, Values: []string{string(Open), string(Done), string(Dropped)}},
		{Name: "due", Label: "Due", Path: "due", Kind: list.Day},
		{Name: "ownerId", Label: "Owner", Path: "ownerId", Kind: list.Record, Of: list.OfAccount, Tidy: access.Mine(ctx)},
		{Name: "stakeholderIds", Label: "Stakeholder", Path: "stakeholderIds", Kind: list.Words, Of: list.OfStakeholder},
		{Name: "private", Label: "Private", Path: "private", Kind: list.YesNo},
		{Name: "doneAt", Label: "Done", Path: "doneAt", Kind: list.Moment},
		{Name: "createdAt", Label: "Added", Path: "createdAt", Kind: list.Moment},
		{Name: "updatedAt", Label: "Changed", Path: "updatedAt", Kind: list.Moment},
	}
}

// WalkTasks calls fn for every task of a search that holds the words of text, in an order. fn may
// write to the store.
func (r *Repo) WalkTasks(ctx context.Context, s TaskSearch, text string, sort []driver.Key, fn func(*Task) error) error {
	return r.tasks.WalkEach(ctx, store.Query{Where: r.where(s), Text: text, Sort: sort}, fn)
}
