package finance

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Budgets gives a page of the versions of budgets, the newest year first; of one year where year is not 0.
func (r *Repo) Budgets(ctx context.Context, year int, q store.Query) (store.Page[BudgetVersion], error) {
	if year != 0 {
		q.Where = filter.Eq{Field: "year", Value: year}
	}
	q.Sort = []driver.Key{{Path: "year", Desc: true}, {Path: "number", Desc: true}}
	return r.budgets.Page(ctx, q)
}

// Budget gives one version.
func (r *Repo) Budget(ctx context.Context, id string) (*BudgetVersion, error) {
	return r.budgets.Get(ctx, id)
}

// AdoptedBudgets gives the adopted version of every year that has one, by year.
func (r *Repo) AdoptedBudgets(ctx context.Context) ([]*BudgetVersion, error) {
	return r.budgets.Find(ctx, filter.Exists{Field: "adoptedFor"}, []driver.Key{{Path: "year"}}, 0)
}

// AddBudget adds a draft as the next version of its year. Two who do so at once get two numbers, or one of
// them a Duplicate fault and nothing.
func (r *Repo) AddBudget(ctx context.Context, b *BudgetVersion) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.tidyBudget(ctx, b); err != nil {
			return err
		}
		last, err := r.budgets.First(ctx, filter.Eq{Field: "year", Value: b.Year}, driver.Key{Path: "number", Desc: true})
		switch {
		case err == nil:
			b.Number = last.Number + 1
		case fault.Is(err, fault.NotFound):
			b.Number = 1
		default:
			return err
		}
		b.State, b.AdoptedFor, b.AdoptedAt, b.AdoptedBy = Draft, 0, "", ""
		return r.budgets.Create(ctx, b)
	})
}

func (r *Repo) tidyBudget(ctx context.Context, b *BudgetVersion) error {
	projects, funds, err := r.Places(ctx)
	if err != nil {
		return err
	}
	return b.tidy(projects, funds)
}

// UpdateBudget changes revision rev of a draft. What was adopted is frozen: a change is a new version.
func (r *Repo) UpdateBudget(ctx context.Context, id string, rev int64, fn func(*BudgetVersion)) (saved *BudgetVersion, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.budgets.UpdateAt(ctx, id, rev, func(b *BudgetVersion) error {
			if err := b.open(); err != nil {
				return err
			}
			was := *b
			fn(b)
			b.Year, b.Number, b.State = was.Year, was.Number, was.State
			return r.tidyBudget(ctx, b)
		})
		return err
	})
	return saved, err
}

func (b *BudgetVersion) open() error {
	if b.State != Draft {
		return fault.New(fault.Invalid, "Version %d of the budget of %d was adopted and is frozen. Make a new version.", b.Number, b.Year)
	}
	return nil
}

// AdoptBudget records that the board adopted revision rev of a draft, as it is. The version that was adopted
// before is superseded in the same transaction. A second adoption of the same version is refused.
func (r *Repo) AdoptBudget(ctx context.Context, id string, rev int64) (saved *BudgetVersion, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		draft, err := r.budgets.Get(ctx, id)
		if err != nil {
			return err
		}
		if err := draft.open(); err != nil {
			return err
		}
		if len(draft.Lines) == 0 {
			return fault.Field("lines", "A budget without lines cannot be adopted.")
		}
		before, err := r.budgets.Find(ctx, filter.Eq{Field: "adoptedFor", Value: draft.Year}, nil, 0)
		if err != nil {
			return err
		}
		for _, old := range before {
			_, err := r.budgets.Update(ctx, old.ID, func(b *BudgetVersion) error {
				b.State, b.AdoptedFor = Superseded, 0
				return nil
			})
			if err != nil {
				return err
			}
		}
		saved, err = r.budgets.UpdateAt(ctx, id, rev, func(b *BudgetVersion) error {
			b.State, b.AdoptedFor, b.AdoptedAt, b.AdoptedBy = Adopted, b.Year, r.db.Now(), access.From(ctx).Name
			return nil
		})
		return err
	})
	return saved, err
}

// DeleteBudget removes revision rev of a draft.
func (r *Repo) DeleteBudget(ctx context.Context, id string, rev int64) error {
	return r.budgets.DeleteAt(ctx, id, rev, func(_ context.Context, b *BudgetVersion) error { return b.open() })
}
