// Package report reads across nouns and answers the questions that a board asks: how dependent are we, on
// whom, and how free is the money. Screens, charts and exports all come from the same answers.
package report

import (
	"context"
	"time"

	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/store"
)

// MaxYears bounds how many years one answer spans.
const MaxYears = 60

// Lines is where income is read from.
type Lines interface {
	EachConverted(ctx context.Context, s finance.Search, fn func(*finance.Income) error) (left int, err error)
	EachUnconverted(ctx context.Context, s finance.Search, fn func(*finance.Income) error) error
}

// Donors is what reports need to know of stakeholders.
type Donors interface {
	Names(ctx context.Context, ids []string) (map[string]string, error)
	Roots(ctx context.Context) (map[string]string, error)
}

// Secured is where signed agreements are read from: a line for every instalment, paid or not, and one without
// a day for what no instalment is fixed for. Reports roll ultimate donors up themselves.
type Secured interface {
	Secured(ctx context.Context) ([]finance.Expected, error)
}

// Pipeline is where opportunities are read from: those still to be decided, and all that were awarded.
type Pipeline interface {
	Hopes(ctx context.Context) (open, awarded []finance.Expected, err error)
}

// Plans is where budgets, expenses, reserves and the board's decisions are read from; finance.Repo is it.
type Plans interface {
	Places(ctx context.Context) (map[string]*finance.Project, map[string]*finance.Fund, error)
	AdoptedBudgets(ctx context.Context) ([]*finance.BudgetVersion, error)
	EachExpense(ctx context.Context, s finance.ExpenseSearch, fn func(*finance.Expense) error) error
	ReservesUpTo(ctx context.Context, day store.Date) ([]*finance.Reserve, error)
	Limits(ctx context.Context) (*finance.Limits, error)
	AllTargets(ctx context.Context) ([]*finance.Target, error)
}

// Reports answers from the store.
type Reports struct {
	lines  Lines
	donors Donors
	fiscal finance.Fiscal
	now    func() time.Time

	Reporting money.Reporting // the currency of every figure, that of the books

	Plans    Plans
	Secured  Secured  // nil: there are no agreements
	Pipeline Pipeline // nil: there are no opportunities
	Powers   Powers   // nil: nobody is lobbied
	Fees     Fees
	Members  Members
}

// New makes the reports of books whose fiscal year is given.
func New(lines Lines, donors Donors, fiscal finance.Fiscal, now func() time.Time) *Reports {
	return &Reports{lines: lines, donors: donors, fiscal: fiscal, now: now}
}

// Fiscal gives the calendar of the books.
func (r *Reports) Fiscal() finance.Fiscal { return r.fiscal }

// ThisYear gives the fiscal year of today.
func (r *Reports) ThisYear() int { return r.fiscal.Year(r.today()) }

func (r *Reports) today() store.Date { return store.Date(r.now().UTC().Format(time.DateOnly)) }

// By says how income is counted and by whom it is grouped. Cash is read from the ledger; accrued and signed money
// from agreements alone, since the ledger does not say for which time a payment is.
type By struct {
	View  finance.View
	Basis finance.Basis
}

// Head is what every answer says about itself.
type Head struct {
	Basis    finance.Basis `json:"basis" enum:"cash,accrued,signed"`
	AsOf     store.Date    `json:"asOf"`
	View     finance.View  `json:"view"`
	Currency string        `json:"currency"`
}
