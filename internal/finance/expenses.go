package finance

import (
	"context"
	"maps"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// ExpenseSorts maps what a list of expenses may be sorted by to the declared field.
var ExpenseSorts = map[string]string{"date": "date", "amount": "worth.minor"}

// ExpenseSearch says which expenses a list shows. Empty fields do not narrow it.
type ExpenseSearch struct {
	From, Before store.Date // first day, and the first day after
	ProjectID    string
	FundID       string
	NoFund       bool   // only what comes out of no fund
	Category     string // in any spelling, as budgets group them
	State        ExpenseState
	ImportID     string
}

// spelled gives the condition of a search for a category: every spelling of it that there is now, nil for none asked.
func (r *Repo) spelled(ctx context.Context, s ExpenseSearch) (filter.And, error) {
	if s.Category == "" {
		return nil, nil
	}
	spelled := map[any]bool{}
	err := r.expenses.Scan(ctx, s.where(), []string{"category"}, func(v []any) error {
		if category, _ := v[0].(string); store.Fold(category) == store.Fold(s.Category) {
			spelled[category] = true
		}
		return nil
	})
	return filter.And{filter.In{Field: "category", Values: slices.Collect(maps.Keys(spelled))}}, err
}

// where is the condition without the category.
func (s ExpenseSearch) where() filter.And {
	w := Search{From: s.From, Before: s.Before}.where()
	for _, f := range [...]struct{ field, value string }{
		{"projectId", s.ProjectID}, {"fundId", s.FundID}, {"state", string(s.State)}, {"importId", s.ImportID},
	} {
		if f.value != "" {
			w = append(w, filter.Eq{Field: f.field, Value: f.value})
		}
	}
	if s.NoFund {
		w = append(w, filter.Not{Expr: filter.Exists{Field: "fundId"}})
	}
	return w
}

// Expenses gives a page; q carries sort, limit and cursor.
func (r *Repo) Expenses(ctx context.Context, s ExpenseSearch, q store.Query) (page store.Page[Expense], err error) {
	spelled, err := r.spelled(ctx, s)
	if err != nil {
		return page, err
	}
	q.Where = s.where()
	if spelled != nil { // a colleague may spell it in yet another way between two pages
		q.Now = spelled
	}
	return r.expenses.Page(ctx, q)
}

// EachExpense calls fn for every expense of a search, in order of id.
func (r *Repo) EachExpense(ctx context.Context, s ExpenseSearch, fn func(*Expense) error) error {
	spelled, err := r.spelled(ctx, s)
	where := append(s.where(), spelled...)
	if err != nil {
		return err
	}
	return r.expenses.Each(ctx, where, fn)
}

// Expense gives one expense.
func (r *Repo) Expense(ctx context.Context, id string) (*Expense, error) {
	return r.expenses.Get(ctx, id)
}

// AddExpense adds an expense that was entered by hand.
func (r *Repo) AddExpense(ctx context.Context, e *Expense) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.settle(ctx, e); err != nil {
			return err
		}
		if err := r.touchExpenses(ctx, e.Date); err != nil {
			return err
		}
		return r.expenses.Create(ctx, e)
	})
}

// settle checks an expense and converts it.
func (r *Repo) settle(ctx context.Context, e *Expense) error {
	projects, funds, err := r.Places(ctx)
	if err != nil {
		return err
	}
	if err := e.tidy(projects, funds); err != nil {
		return err
	}
	rates, err := r.RateTable(ctx, e.Date, e.Date)
	if err != nil {
		return err
	}
	return e.convert(rates)
}

// UpdateExpense changes revision rev of an expense: a commitment that is paid becomes realised this way. The day that it
// had and the one that it gets have to lie in open years.
func (r *Repo) UpdateExpense(ctx context.Context, id string, rev int64, fn func(*Expense)) (saved *Expense, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.expenses.UpdateAt(ctx, id, rev, func(e *Expense) error {
			was := *e
			fn(e)
			e.ImportID, e.Row = was.ImportID, was.Row
			if err := r.settle(ctx, e); err != nil {
				return err
			}
			return r.touchExpenses(ctx, was.Date, e.Date)
		})
		return err
	})
	return saved, err
}

// DeleteExpense removes revision rev of an expense of an open year.
func (r *Repo) DeleteExpense(ctx context.Context, id string, rev int64) error {
	return r.expenses.DeleteAt(ctx, id, rev, func(ctx context.Context, e *Expense) error { return r.touchExpenses(ctx, e.Date) })
}

// reconvertExpenses is Reconvert for expenses.
func (r *Repo) reconvertExpenses(ctx context.Context) (changed int, err error) {
	waiting, err := r.expenses.Find(ctx, filter.Eq{Field: "unsettled", Value: true}, nil, 0)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	first, last := waiting[0].Date, waiting[0].Date
	for _, e := range waiting {
		first, last = min(first, e.Date), max(last, e.Date)
	}
	rates, err := r.RateTable(ctx, first, last)
	if err != nil {
		return 0, err
	}
	for _, e := range waiting {
		saved, err := r.expenses.UpdateAt(ctx, e.ID, e.Rev, func(e *Expense) error { return e.convert(rates) })
		switch {
		case fault.Is(err, fault.Stale) || fault.Is(err, fault.NotFound): // somebody changes it meanwhile: next time
		case err != nil:
			return changed, err
		case saved.Rev != e.Rev:
			changed++
		}
	}
	return changed, nil
}
