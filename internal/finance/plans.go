package finance

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// plans are the collections of what is planned and spent.
type plans struct {
	projects  *store.Collection[Project]
	funds     *store.Collection[Fund]
	budgets   *store.Collection[BudgetVersion]
	expenses  *store.Collection[Expense]
	files     *store.Collection[ExpenseImport]
	reserves  *store.Collection[Reserve]
	scenarios *store.Collection[Scenario]
	targets   *store.Collection[Target]
	limits    *store.Collection[Limits]
	fees      *store.Collection[FeeYear]
}

func declarePlans(db *store.DB) plans {
	byName := []driver.Field{{Path: "sortName"}}
	return plans{
		projects: store.Declare(db, store.Spec[Project]{Name: "projects", Fields: byName, Unique: [][]string{{"sortName"}}, Audited: true}),
		funds:    store.Declare(db, store.Spec[Fund]{Name: "funds", Fields: byName, Unique: [][]string{{"sortName"}}, Audited: true}),
		budgets: store.Declare(db, store.Spec[BudgetVersion]{
			Name:   "budgets",
			Fields: []driver.Field{{Path: "year", Kind: driver.Int}, {Path: "number", Kind: driver.Int}, {Path: "adoptedFor", Kind: driver.Int}},
			// A year has one adopted version, also when two people adopt one at once.
			Unique: [][]string{{"year", "number"}, {"adoptedFor"}}, Audited: true,
		}),
		expenses: store.Declare(db, store.Spec[Expense]{
			Name: "expenses",
			Fields: []driver.Field{{Path: "date"}, {Path: "projectId"}, {Path: "fundId"}, {Path: "category"}, {Path: "state"},
				{Path: "worth.minor", Kind: driver.Int}, {Path: "importId"}, {Path: "unsettled", Kind: driver.Bool}},
			Indexes: [][]driver.Key{{{Path: "date"}}, {{Path: "projectId"}, {Path: "date"}}, {{Path: "importId"}}, {{Path: "unsettled"}}},
			Audited: true,
		}),
		files: store.Declare(db, store.Spec[ExpenseImport]{Name: "expense_imports", Fields: []driver.Field{{Path: "hash"}, {Path: "createdAt"}},
			Unique: [][]string{{"hash"}}, Audited: true}),
		reserves: store.Declare(db, store.Spec[Reserve]{Name: "reserves", Fields: []driver.Field{{Path: "date"}}, Unique: [][]string{{"date"}}, Audited: true}),
		scenarios: store.Declare(db, store.Spec[Scenario]{Name: "scenarios",
			Fields: []driver.Field{{Path: "sortName"}, {Path: "changes.donorId", Multi: true}}, Unique: [][]string{{"sortName"}},
			Indexes: [][]driver.Key{{{Path: "changes.donorId"}}},
			Refs:    []store.Ref{{Field: "changes.donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
			Audited: true}),
		targets: store.Declare(db, store.Spec[Target]{Name: "targets", Fields: []driver.Field{{Path: "year", Kind: driver.Int}}, Audited: true}),
		limits:  store.Declare(db, store.Spec[Limits]{Name: "limits", Audited: true}),
		fees:    declareFees(db),
	}
}

// record is what the small nouns have in common: a form of their own.
type record[T any] interface {
	*T
	tidy() error
}

// add checks a record and creates it.
func add[T any, P record[T]](ctx context.Context, c *store.Collection[T], t P) error {
	if err := t.tidy(); err != nil {
		return err
	}
	return c.Create(ctx, (*T)(t))
}

// change changes revision rev of a record. Stale where it has changed since.
func change[T any, P record[T]](ctx context.Context, c *store.Collection[T], id string, rev int64, fn func(P)) (*T, error) {
	return c.UpdateAt(ctx, id, rev, func(t *T) error {
		fn(P(t))
		return P(t).tidy()
	})
}

// Projects gives a page of projects, by name.
func (r *Repo) Projects(ctx context.Context, q store.Query) (store.Page[Project], error) {
	q.Sort = []driver.Key{{Path: "sortName"}}
	return r.projects.Page(ctx, q)
}

// Project gives one project.
func (r *Repo) Project(ctx context.Context, id string) (*Project, error) {
	return r.projects.Get(ctx, id)
}

// AddProject adds a project. Two projects cannot have one name.
func (r *Repo) AddProject(ctx context.Context, p *Project) error { return add(ctx, r.projects, p) }

// UpdateProject changes revision rev of a project.
func (r *Repo) UpdateProject(ctx context.Context, id string, rev int64, fn func(*Project)) (*Project, error) {
	return change(ctx, r.projects, id, rev, fn)
}

// DeleteProject removes revision rev of a project that nothing names.
func (r *Repo) DeleteProject(ctx context.Context, id string, rev int64) error {
	return r.projects.DeleteAt(ctx, id, rev, func(ctx context.Context, _ *Project) error {
		return r.unused(ctx, "projectId", id, func(l BudgetLine) bool { return l.ProjectID == id })
	})
}

// Funds gives a page of funds, by name.
func (r *Repo) Funds(ctx context.Context, q store.Query) (store.Page[Fund], error) {
	q.Sort = []driver.Key{{Path: "sortName"}}
	return r.funds.Page(ctx, q)
}

// Fund gives one fund.
func (r *Repo) Fund(ctx context.Context, id string) (*Fund, error) { return r.funds.Get(ctx, id) }

// AddFund adds a fund. Two funds cannot have one name.
func (r *Repo) AddFund(ctx context.Context, f *Fund) error { return add(ctx, r.funds, f) }

// UpdateFund changes revision rev of a fund.
func (r *Repo) UpdateFund(ctx context.Context, id string, rev int64, fn func(*Fund)) (*Fund, error) {
	return change(ctx, r.funds, id, rev, fn)
}

// DeleteFund removes revision rev of a fund that nothing names.
func (r *Repo) DeleteFund(ctx context.Context, id string, rev int64) error {
	return r.funds.DeleteAt(ctx, id, rev, func(ctx context.Context, _ *Fund) error {
		return r.unused(ctx, "fundId", id, func(l BudgetLine) bool { return l.FundID == id })
	})
}

// unused refuses what an expense or a budget names.
func (r *Repo) unused(ctx context.Context, field, id string, names func(BudgetLine) bool) error {
	n, err := r.expenses.Count(ctx, filter.Eq{Field: field, Value: id})
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Invalid, "%s it, so it stays.", many(n, "expense names", "expenses name"))
	}
	return r.budgets.Each(ctx, nil, func(b *BudgetVersion) error {
		for _, l := range b.Lines {
			if names(l) {
				return fault.New(fault.Invalid, "Version %d of the budget of %d names it, so it stays.", b.Number, b.Year)
			}
		}
		return nil
	})
}

// Places gives every project and every fund by its id.
func (r *Repo) Places(ctx context.Context) (map[string]*Project, map[string]*Fund, error) {
	projects, funds := map[string]*Project{}, map[string]*Fund{}
	err := r.projects.Each(ctx, nil, func(p *Project) error { projects[p.ID] = p; return nil })
	if err != nil {
		return nil, nil, err
	}
	err = r.funds.Each(ctx, nil, func(f *Fund) error { funds[f.ID] = f; return nil })
	return projects, funds, err
}
