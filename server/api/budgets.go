package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/report"
	"piper/internal/sheet"
	"piper/internal/store"
)

func revOfBudget(b *finance.BudgetVersion) int64 { return b.Rev }
func revOfExpense(e *finance.Expense) int64      { return e.Rev }

type listBudgetsInput struct {
	PageInput
	Year int `query:"year" doc:"fiscal year"`
}

func (a *API) listBudgets(ctx context.Context, in *listBudgetsInput) (*pageOf[finance.BudgetVersion], error) {
	return paged(a.Finance.Budgets(ctx, in.Year, in.query()))
}

func (a *API) getBudget(ctx context.Context, in *IDInput) (*recordOf[finance.BudgetVersion], error) {
	b, err := a.Finance.Budget(ctx, in.ID)
	return saved(b, revOfBudget, err)
}

type createBudgetInput struct {
	Body struct {
		Year  int                  `json:"year" doc:"fiscal year"`
		Note  string               `json:"note,omitempty" maxLength:"4000"`
		Lines []finance.BudgetLine `json:"lines" nullable:"false" maxItems:"2000"`
	}
}

func (a *API) createBudget(ctx context.Context, in *createBudgetInput) (*recordOf[finance.BudgetVersion], error) {
	b := &finance.BudgetVersion{Year: in.Body.Year, Note: in.Body.Note, Lines: in.Body.Lines}
	err := a.Finance.AddBudget(ctx, b)
	return saved(b, revOfBudget, err)
}

type updateBudgetInput struct {
	ChangeInput
	Body struct {
		Note  string               `json:"note,omitempty" maxLength:"4000"`
		Lines []finance.BudgetLine `json:"lines" nullable:"false" maxItems:"2000"`
	}
}

func (a *API) updateBudget(ctx context.Context, in *updateBudgetInput) (*recordOf[finance.BudgetVersion], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b, err := a.Finance.UpdateBudget(ctx, in.ID, rev, func(b *finance.BudgetVersion) { b.Note, b.Lines = in.Body.Note, in.Body.Lines })
	return saved(b, revOfBudget, err)
}

func (a *API) adoptBudget(ctx context.Context, in *ChangeInput) (*recordOf[finance.BudgetVersion], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b, err := a.Finance.AdoptBudget(ctx, in.ID, rev)
	return saved(b, revOfBudget, err)
}

func (a *API) deleteBudget(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteBudget)
}

type realisationInput struct {
	Year int `query:"year" doc:"fiscal year; the current one unless told"`
}

type realisationOutput struct{ Body *report.Realisation }

func (a *API) realisation(ctx context.Context, in *realisationInput) (*realisationOutput, error) {
	year := in.Year
	if year == 0 {
		year = a.Reports.ThisYear()
	}
	r, err := a.Reports.Realisation(ctx, year)
	return &realisationOutput{r}, err
}

func (a *API) exportRealisation(format string) gin.HandlerFunc {
	return a.exportTable("budget", format, func(ctx context.Context, c *gin.Context) (table, error) {
		year, err := queryYear(c, "year", a.Reports.ThisYear())
		if err != nil {
			return table{}, err
		}
		r, err := a.Reports.Realisation(ctx, year)
		if err != nil {
			return table{}, err
		}
		t := table{columns: []string{"year", "as_of", "project", "category", "fund", "budget", "realised", "committed", "remaining", "used", "forecast_at_completion", "currency"}}
		for _, p := range r.Projects {
			for _, l := range p.Lines {
				t.rows = append(t.rows, []sheet.Cell{r.Label, sheet.Day(r.AsOf), p.Name, l.Category, l.FundName, cents(l.Budget), cents(l.Realised), cents(l.Committed), cents(l.Remaining), ratioCell(l.Used), cents(l.Forecast), r.Currency})
			}
		}
		return t, nil
	})
}

// ExpenseFilter is what narrows a list of expenses.
type ExpenseFilter struct {
	Year      int                  `query:"year" doc:"fiscal year"`
	ProjectID string               `query:"projectId" maxLength:"60"`
	FundID    string               `query:"fundId" maxLength:"60"`
	NoFund    bool                 `query:"noFund" doc:"only what comes out of no fund"`
	Category  string               `query:"category" maxLength:"100" doc:"in any spelling: Staff is staff"`
	State     finance.ExpenseState `query:"state" enum:"realised,committed"`
	ImportID  string               `query:"importId" maxLength:"60"`
}

func (a *API) expensesOf(f ExpenseFilter) finance.ExpenseSearch {
	s := finance.ExpenseSearch{ProjectID: f.ProjectID, FundID: f.FundID, NoFund: f.NoFund, Category: f.Category, State: f.State, ImportID: f.ImportID}
	if f.Year != 0 {
		s.From, s.Before = a.Reports.Fiscal().Range(f.Year, f.Year)
	}
	return s
}

type listExpensesInput struct {
	ListInput
	ExpenseFilter
}

// expenseLine is an expense, with whether it can still be changed.
type expenseLine struct {
	finance.Expense
	Closed bool `json:"closed,omitempty" doc:"its fiscal year is closed: it is corrected by an expense in an open year only"`
}

func (a *API) listExpenses(ctx context.Context, in *listExpensesInput) (*pageOf[expenseLine], error) {
	in.Q = ""
	q, err := in.query(finance.ExpenseSorts, "-date")
	if err != nil {
		return nil, err
	}
	page, err := a.Finance.Expenses(ctx, a.expensesOf(in.ExpenseFilter), q)
	if err != nil {
		return nil, err
	}
	closed, err := a.Finance.ClosedExpenses(ctx, page.Items)
	lines := make([]*expenseLine, len(page.Items))
	for i, e := range page.Items {
		lines[i] = &expenseLine{*e, closed[e.ID]}
	}
	return paged(store.Page[expenseLine]{Items: lines, Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}, err)
}

func (a *API) getExpense(ctx context.Context, in *IDInput) (*recordOf[finance.Expense], error) {
	e, err := a.Finance.Expense(ctx, in.ID)
	return saved(e, revOfExpense, err)
}

// ExpenseBody is what a person may write.
type ExpenseBody struct {
	Date      store.Date           `json:"date" maxLength:"10"`
	ProjectID string               `json:"projectId" maxLength:"60"`
	FundID    string               `json:"fundId,omitempty" maxLength:"60"`
	Category  string               `json:"category" minLength:"1" maxLength:"100"`
	State     finance.ExpenseState `json:"state,omitempty" enum:"realised,committed" doc:"realised where empty"`
	Amount    finance.Money        `json:"amount"`
	Text      string               `json:"text,omitempty" maxLength:"1000"`
}

func (b ExpenseBody) onto(e *finance.Expense) {
	e.Date, e.ProjectID, e.FundID, e.Category, e.State, e.Amount, e.Text = b.Date, b.ProjectID, b.FundID, b.Category, b.State, b.Amount, b.Text
}

type createExpenseInput struct{ Body ExpenseBody }

func (a *API) createExpense(ctx context.Context, in *createExpenseInput) (*recordOf[finance.Expense], error) {
	e := &finance.Expense{}
	in.Body.onto(e)
	err := a.Finance.AddExpense(ctx, e)
	return saved(e, revOfExpense, err)
}

type updateExpenseInput struct {
	ChangeInput
	Body ExpenseBody
}

func (a *API) updateExpense(ctx context.Context, in *updateExpenseInput) (*recordOf[finance.Expense], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	e, err := a.Finance.UpdateExpense(ctx, in.ID, rev, in.Body.onto)
	return saved(e, revOfExpense, err)
}

func (a *API) deleteExpense(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteExpense)
}

// importExpenses takes a file of expenses, as importIncome does.
func (a *API) importExpenses(c *gin.Context) {
	dryRun := false
	if text := c.Query("dryRun"); text != "" {
		var err error
		if dryRun, err = strconv.ParseBool(text); err != nil {
			writeProblem(c, fault.Field("dryRun", "%q is neither true nor false.", text))
			return
		}
	}
	name, data, err := upload(c, finance.MaxExpenseFile, "")
	if err != nil {
		writeProblem(c, err)
		return
	}
	result, err := a.Finance.ImportExpenses(c.Request.Context(), name, data, dryRun)
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.JSON(http.StatusOK, result)
}

func (a *API) listExpenseImports(ctx context.Context, in *PageInput) (*pageOf[finance.ExpenseImport], error) {
	return paged(a.Finance.ExpenseImports(ctx, in.query()))
}

func (a *API) revertExpenses(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, a.Finance.RevertExpenses(ctx, in.ID)
}

// exportExpenses streams the list as CSV, in order of id.
func (a *API) exportExpenses(c *gin.Context) {
	ctx := c.Request.Context()
	out := startCSV(c, "expenses.csv", "id", "date", "project", "fund", "category", "state", "amount", "currency", "worth", "worth_currency", "text")
	projects, funds, err := a.Finance.Places(ctx)
	if err != nil {
		out.finish(err)
		return
	}
	year, err := queryYear(c, "year", 0)
	if err != nil {
		out.finish(err)
		return
	}
	search := a.expensesOf(ExpenseFilter{Year: year, ProjectID: c.Query("projectId"), FundID: c.Query("fundId"), NoFund: c.Query("noFund") == "true", Category: c.Query("category"),
		State: finance.ExpenseState(c.Query("state")), ImportID: c.Query("importId")})
	out.finish(a.Finance.EachExpense(ctx, search, func(e *finance.Expense) error {
		project, fund := "", ""
		if p := projects[e.ProjectID]; p != nil {
			project = p.Name
		}
		if f := funds[e.FundID]; f != nil {
			fund = f.Name
		}
		return out.row(e.ID, string(e.Date), project, fund, e.Category, string(e.State), e.Amount.Decimal(), e.Amount.Currency, decimal(e.Worth), orEmpty(e.Worth).Currency, e.Text)
	}))
}
