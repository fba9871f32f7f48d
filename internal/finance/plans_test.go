package finance

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
)

// desk is a store with a core project, a project that ends in June 2027, and a fund.
type desk struct {
	*Repo
	ctx           context.Context
	core, project *Project
	fund          *Fund
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	now := func() time.Time { return time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	d := &desk{Repo: NewRepo(db), ctx: access.AsSystem(context.Background(), "test")}
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.core, d.project, d.fund = &Project{Name: "Core", Core: true}, &Project{Name: "Safe return", Code: "SR-1", From: "2026-07-01", To: "2027-06-30"}, &Fund{Name: "General", Restriction: Unrestricted}
	must(t, d.AddProject(d.ctx, d.core))
	must(t, d.AddProject(d.ctx, d.project))
	must(t, d.AddFund(d.ctx, d.fund))
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, code fault.Code, words string) {
	t.Helper()
	if !fault.Is(err, code) || !strings.Contains(err.Error(), words) {
		t.Errorf("%v, want %s with %q", err, code, words)
	}
}

func (d *desk) draft(t *testing.T, year int, core, project int64) *BudgetVersion {
	t.Helper()
	b := &BudgetVersion{Year: year, Lines: []BudgetLine{{ProjectID: d.core.ID, Category: "Staff", Cents: core}, {ProjectID: d.project.ID, FundID: d.fund.ID, Category: "overhead", Cents: project}}}
	must(t, d.AddBudget(d.ctx, b))
	return b
}

func TestBudgetVersions(t *testing.T) {
	d := openDesk(t)
	one, two := d.draft(t, 2027, 100, 50), d.draft(t, 2027, 120, 50)
	if one.Number != 1 || two.Number != 2 || one.State != Draft || one.Lines[1].Category != Overhead {
		t.Fatalf("%+v %+v", one, two)
	}
	adopted, err := d.AdoptBudget(d.ctx, one.ID, one.Rev)
	must(t, err)
	_, err = d.UpdateBudget(d.ctx, one.ID, adopted.Rev, func(b *BudgetVersion) { b.Note = "changed" })
	wantFault(t, err, fault.Invalid, "frozen")
	wantFault(t, d.DeleteBudget(d.ctx, one.ID, adopted.Rev), fault.Invalid, "frozen")
	_, err = d.AdoptBudget(d.ctx, one.ID, adopted.Rev)
	wantFault(t, err, fault.Invalid, "frozen")
	_, err = d.AdoptBudget(d.ctx, two.ID, two.Rev+1)
	wantFault(t, err, fault.Stale, "")
	if list, err := d.AdoptedBudgets(d.ctx); err != nil || len(list) != 1 || list[0].ID != one.ID {
		t.Errorf("a refused adoption left %v, %v", list, err)
	}
	_, err = d.AdoptBudget(d.ctx, two.ID, two.Rev)
	must(t, err)
	first, err := d.Budget(d.ctx, one.ID)
	must(t, err)
	if list, _ := d.AdoptedBudgets(d.ctx); len(list) != 1 || list[0].ID != two.ID || first.State != Superseded || first.Lines[0].Cents != 100 {
		t.Errorf("adopted %v, before %+v", list, first)
	}
}

// Two who adopt two drafts of a year at once leave one adopted.
func TestOneBudgetIsAdopted(t *testing.T) {
	d := openDesk(t)
	drafts := []*BudgetVersion{d.draft(t, 2027, 1, 2), d.draft(t, 2027, 3, 4), d.draft(t, 2027, 5, 6)}
	var wait sync.WaitGroup
	for _, b := range drafts {
		wait.Add(1)
		go func() {
			defer wait.Done()
			_, _ = d.AdoptBudget(d.ctx, b.ID, b.Rev)
		}()
	}
	wait.Wait()
	if list, err := d.AdoptedBudgets(d.ctx); err != nil || len(list) != 1 {
		t.Errorf("%d adopted, %v", len(list), err)
	}
}

func TestBudgetFaultsNameTheField(t *testing.T) {
	d := openDesk(t)
	line := BudgetLine{ProjectID: d.core.ID, Category: "Staff", Cents: 1}
	for field, b := range map[string]*BudgetVersion{
		"year":               {Year: 20270},
		"lines[0].projectId": {Year: 2027, Lines: []BudgetLine{{Category: "Staff"}}},
		"lines[0].fundId":    {Year: 2027, Lines: []BudgetLine{{ProjectID: d.core.ID, FundID: "none", Category: "Staff"}}},
		"lines[1].category":  {Year: 2027, Lines: []BudgetLine{line, {ProjectID: d.core.ID, Category: "  staff "}}},
		"lines[0].cents":     {Year: 2027, Lines: []BudgetLine{{ProjectID: d.core.ID, Category: "Staff", Cents: -1}}},
	} {
		wantFault(t, d.AddBudget(d.ctx, b), fault.Invalid, field)
	}
	if page, err := d.Budgets(d.ctx, 0, store.Query{}); err != nil || len(page.Items) != 0 {
		t.Errorf("%v, %v", page.Items, err)
	}
}

func TestWhatIsNamedStays(t *testing.T) {
	d := openDesk(t)
	d.draft(t, 2027, 1, 2)
	wantFault(t, d.DeleteProject(d.ctx, d.core.ID, d.core.Rev), fault.Invalid, "Version 1 of the budget of 2027 names it")
	wantFault(t, d.DeleteFund(d.ctx, d.fund.ID, d.fund.Rev), fault.Invalid, "names it")
	wantFault(t, d.DeleteFund(d.ctx, d.fund.ID, d.fund.Rev+1), fault.Stale, "")
	free := &Fund{Name: "Free", Restriction: Restricted}
	must(t, d.AddFund(d.ctx, free))
	must(t, d.DeleteFund(d.ctx, free.ID, free.Rev))
	wantFault(t, d.AddProject(d.ctx, &Project{Name: " CORE "}), fault.Duplicate, "")
}

func TestReservesAndLimits(t *testing.T) {
	d := openDesk(t)
	must(t, d.AddReserve(d.ctx, &Reserve{Date: "2026-12-31", Unrestricted: 260, Designated: 60, NetFixedAssets: 20, AnnualSpend: 720}))
	wantFault(t, d.AddReserve(d.ctx, &Reserve{Date: "2026-12-31"}), fault.Duplicate, "")
	wantFault(t, d.AddReserve(d.ctx, &Reserve{Date: "2026-02-30", AnnualSpend: -1}), fault.Invalid, "date")
	if l, err := d.Limits(d.ctx); err != nil || l.Rev != 0 || l.HHI.Red != 0.25 || l.By != "" {
		t.Errorf("%+v, %v", l, err)
	}
	set, err := d.SetLimits(d.ctx, 0, func(l *Limits) { l.HHI.Amber = 0.2 })
	must(t, err)
	_, err = d.SetLimits(d.ctx, 0, func(l *Limits) { l.HHI.Amber = 0.1 })
	wantFault(t, err, fault.Stale, "")
	_, err = d.SetLimits(d.ctx, set.Rev, func(l *Limits) { l.HHI.Amber = 0.3 })
	wantFault(t, err, fault.Invalid, "hhi")
	if l, _ := d.Limits(d.ctx); l.HHI.Amber != 0.2 || l.By != "test" {
		t.Errorf("%+v", l)
	}
}

const spending = "Date;Project;Fund;Category;Amount;Currency;State;Text\n" +
	"15/01/2027;core;General;Staff;1.000,00;EUR;;January\n" +
	"20/01/2027;SR-1;;overhead;70,50;EUR;realised;\n" +
	"31/03/2027;Safe return;;Travel;200,00;EUR;committed;tickets\n"

// TestExpensesBehindAFigure: what a list finds for a place of the budget is what the figure of that place counts.
func TestExpensesBehindAFigure(t *testing.T) {
	d := openDesk(t)
	fund := &Fund{Name: "Purse", Restriction: "restricted"}
	must(t, d.AddFund(d.ctx, fund))
	for _, e := range []Expense{
		{Category: "Night rent", Amount: Money{Minor: 300, Currency: "EUR"}}, {Category: "night RENT", Amount: Money{Minor: 40, Currency: "EUR"}},
		{Category: "Night rent", FundID: fund.ID, Amount: Money{Minor: 200, Currency: "EUR"}}, {Category: "Rent", Amount: Money{Minor: 1, Currency: "EUR"}},
	} {
		e.Date, e.ProjectID = "2026-05-05", d.project.ID
		must(t, d.AddExpense(d.ctx, &e))
	}
	for _, c := range []struct {
		search ExpenseSearch
		minor  int64
	}{
		{ExpenseSearch{Category: "NIGHT rent"}, 540}, {ExpenseSearch{Category: "Night rent", NoFund: true}, 340},
		{ExpenseSearch{Category: "Night rent", FundID: fund.ID}, 200}, {ExpenseSearch{Category: "Night"}, 0}, {ExpenseSearch{NoFund: true, ProjectID: d.project.ID}, 341},
	} {
		page, err := d.Expenses(d.ctx, c.search, store.Query{})
		must(t, err)
		var listed, each int64
		for _, e := range page.Items {
			listed += e.Amount.Minor
		}
		must(t, d.EachExpense(d.ctx, c.search, func(e *Expense) error { each += e.Amount.Minor; return nil }))
		if listed != c.minor || each != c.minor {
			t.Errorf("%+v: %d listed, %d exported, want %d", c.search, listed, each, c.minor)
		}
	}

	// One pages on, whatever order the spellings are found in and though a colleague adds another.
	search, q := ExpenseSearch{Category: "night rent"}, store.Query{Limit: 1, Sort: []driver.Key{{Path: "id"}}}
	seen := map[string]bool{}
	for added := false; ; added = true {
		page, err := d.Expenses(d.ctx, search, q)
		must(t, err)
		for _, e := range page.Items {
			seen[e.ID] = true
		}
		if !added {
			must(t, d.AddExpense(d.ctx, &Expense{Category: "NIGHT RENT", Date: "2026-05-05", ProjectID: d.project.ID, Amount: Money{Minor: 5, Currency: "EUR"}}))
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d of 4 expenses are paged through", len(seen))
	}
}

func TestExpensesAreImportedWholeOrNotAtAll(t *testing.T) {
	d := openDesk(t)
	bad := spending + "32/01/2027;Nowhere;;Staff;x;EU;maybe;\n"
	res, err := d.ImportExpenses(d.ctx, "a.csv", []byte(bad), true)
	must(t, err)
	if res.ErrorCount != 5 || res.Errors[0].Row != 5 {
		t.Errorf("%+v", res)
	}
	_, err = d.ImportExpenses(d.ctx, "a.csv", []byte(bad), false)
	wantFault(t, err, fault.Invalid, "nothing was imported")
	if page, err := d.Expenses(d.ctx, ExpenseSearch{}, store.Query{}); err != nil || len(page.Items) != 0 {
		t.Fatalf("%d expenses after an import that failed, %v", len(page.Items), err)
	}
	res, err = d.ImportExpenses(d.ctx, "a.csv", []byte(spending), false)
	must(t, err)
	if res.Created != 3 || res.ImportID == "" {
		t.Errorf("%+v", res)
	}
	_, err = d.ImportExpenses(d.ctx, "b.csv", []byte(spending), false)
	wantFault(t, err, fault.Duplicate, "imported already")
	page, err := d.Expenses(d.ctx, ExpenseSearch{ProjectID: d.project.ID}, store.Query{})
	must(t, err)
	if len(page.Items) != 2 || page.Items[0].Category != Overhead || page.Items[0].Worth.Minor != 7050 {
		t.Errorf("%+v", page.Items)
	}
	must(t, d.RevertExpenses(d.ctx, res.ImportID))
	if page, _ := d.Expenses(d.ctx, ExpenseSearch{}, store.Query{}); len(page.Items) != 0 {
		t.Errorf("%d expenses are left", len(page.Items))
	}
	_, err = d.ImportExpenses(d.ctx, "a.csv", []byte(spending), false)
	must(t, err)
	_, err = d.ImportExpenses(d.ctx, "c.csv", []byte("date,who\n1,2\n"), false)
	wantFault(t, err, fault.Invalid, "project")
}

// An expense without a rate is in no figure until the rates job brings one.
func TestExpenseWaitsForItsRate(t *testing.T) {
	d := openDesk(t)
	e := &Expense{Date: "2027-03-31", ProjectID: d.core.ID, Category: "Staff", Amount: Money{Minor: 20000, Currency: "usd"}}
	must(t, d.AddExpense(d.ctx, e))
	if e.Worth != nil || !e.Unsettled || e.Amount.Currency != "USD" {
		t.Fatalf("%+v", e)
	}
	_, _, err := d.SaveRates(d.ctx, []*RateDay{{Date: "2027-03-31", Rates: map[string]string{"USD": "1.25"}}})
	must(t, err)
	if n, err := d.Reconvert(d.ctx); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	got, err := d.Expense(d.ctx, e.ID)
	must(t, err)
	if got.Worth == nil || got.Worth.Minor != 16000 || got.Unsettled {
		t.Errorf("%+v", got)
	}
	if n, _ := d.Reconvert(d.ctx); n != 0 {
		t.Errorf("the second time %d", n)
	}
	_, err = d.UpdateExpense(d.ctx, e.ID, got.Rev, func(e *Expense) { e.Amount.Minor = 0 })
	wantFault(t, err, fault.Invalid, "amount")
}

// At the end of the first quarter: 90 of 365 days for core, 90 of 181 for the project that ends in June.
func TestRealisation(t *testing.T) {
	d := openDesk(t)
	b := d.draft(t, 2027, 36_500, 18_100)
	_, err := d.ImportExpenses(d.ctx, "a.csv", []byte(spending), false)
	must(t, err)
	var list []*Expense
	must(t, d.EachExpense(d.ctx, ExpenseSearch{}, func(e *Expense) error { list = append(list, e); return nil }))
	projects, _, err := d.Places(d.ctx)
	must(t, err)
	r := Realise(b, list, projects, Fiscal{}, 2027, "2027-03-31")
	byPlace := map[string]Use{}
	for _, l := range r.Lines {
		byPlace[projects[l.ProjectID].Name+"/"+l.Category+"/"+l.FundID] = l.Use
	}
	if u := byPlace["Core/Staff/"]; u.Budget != 36_500 || u.Remaining != 36_500 || u.Forecast != 27_500 {
		t.Errorf("core without a fund: %+v", u)
	}
	if u := byPlace["Core/Staff/"+d.fund.ID]; u.Realised != 100_000 || u.Budget != 0 || u.Used != nil || u.Forecast != 100_000 {
		t.Errorf("core from the fund: %+v", u)
	}
	if u := byPlace["Safe return/Overhead/"+d.fund.ID]; u.Forecast != 9_100 {
		t.Errorf("overhead: %+v", u)
	}
	if u := byPlace["Safe return/Travel/"]; u.Committed != 20_000 || u.Remaining != -20_000 || u.Forecast != 20_000 {
		t.Errorf("travel: %+v", u)
	}
	if r.Total.Budget != 54_600 || r.Total.Realised != 107_050 || r.Total.Committed != 20_000 || r.Total.Remaining != 54_600-127_050 {
		t.Errorf("%+v", r.Total)
	}
	if CoreOf(b, projects) != 36_500 || Recovered(list, projects, Fiscal{}, 2027) != 7050 || Recovered(list, projects, Fiscal{}, 2026) != 0 {
		t.Errorf("core %d, recovered %d", CoreOf(b, projects), Recovered(list, projects, Fiscal{}, 2027))
	}
	if empty := Realise(nil, nil, nil, Fiscal{}, 2027, "2027-03-31"); empty.Total.Used != nil || len(empty.Lines) != 0 {
		t.Errorf("%+v", empty)
	}
}

func TestCostsFollowTheBudget(t *testing.T) {
	d := openDesk(t)
	b := d.draft(t, 2027, 36_500, 18_100)
	projects := map[string]*Project{d.core.ID: d.core, d.project.ID: d.project}
	costs, hasCore := CostsOf([]*BudgetVersion{b}, projects, Fiscal{}, MonthOf("2027-02-01"), 36)
	sum := map[string]int64{}
	for _, c := range costs {
		sum[c.Month.String()+c.ProjectID] += c.Cents
	}
	for place, want := range map[string]int64{"2027-02" + d.core.ID: 2800, "2027-03" + d.core.ID: 3100, "2027-06" + d.project.ID: 3000, "2027-07" + d.project.ID: 0,
		"2028-01" + d.project.ID: 0, "2029-01" + d.core.ID: 3100, "2027-01" + d.core.ID: 0} {
		if sum[place] != want {
			t.Errorf("%s costs %d, want %d", place, sum[place], want)
		}
	}
	leap := int64(0)
	for m := MonthOf("2028-01-01"); m <= MonthOf("2028-12-01"); m++ {
		leap += sum[m.String()+d.core.ID]
	}
	if leap != 36_500 {
		t.Errorf("the core costs %d in a leap year", leap)
	}
	if !hasCore {
		t.Error("the core budget is not seen")
	}
	if costs, hasCore := CostsOf([]*BudgetVersion{b}, projects, Fiscal{}, MonthOf("2025-01-01"), 12); len(costs) != 0 || hasCore {
		t.Error("costs before the first budget")
	}
}

func TestTargetProgress(t *testing.T) {
	start, now := 0.70, 0.61
	target := Target{Metric: MetricEUShare, Comparison: Below, Value: 0.5, Year: 2028, StartYear: 2024, StartValue: &start}
	p := target.Progress(2026, &now)
	near(t, "line", p.Expected, 0.60, 1e-12)
	if *p.OnTrack || *p.Reached {
		t.Errorf("%+v", p)
	}
	now = 0.60
	if p = target.Progress(2026, &now); !*p.OnTrack || *p.Reached {
		t.Errorf("%+v", p)
	}
	now = 0.5
	if p = target.Progress(2031, &now); !*p.OnTrack || !*p.Reached || *p.Expected != 0.5 {
		t.Errorf("%+v", p)
	}
	if p = target.Progress(2026, nil); p.OnTrack != nil || p.Reached != nil || p.Expected == nil {
		t.Errorf("%+v", p)
	}
	target.StartValue = nil
	if p = target.Progress(2026, &now); p.OnTrack != nil || p.Expected != nil || !*p.Reached {
		t.Errorf("%+v", p)
	}
	for field, bad := range map[string]Target{"metric": {Metric: "x"}, "value": {Metric: MetricHHI, Value: 50}, "startYear": {Metric: MetricHHI, Year: 2027, StartYear: 2027}} {
		wantFault(t, bad.tidy(), fault.Invalid, field)
	}
}

func TestScenarioFaultsNameTheField(t *testing.T) {
	d := openDesk(t)
	for field, s := range map[string]Supposition{
		"changes[0].donorId": {Kind: LoseDonor, Date: "2027-01-01"}, "changes[0].date": {Kind: LoseDonor, DonorID: "a", Date: "2027-02-29"},
		"changes[0].percent": {Kind: CutProgramme, Date: "2027-01-01"}, "changes[0].months": {Kind: DelayInstalment, LineID: "a"},
		"changes[0].lineId": {Kind: WinOpportunity}, "changes[0].cents": {Kind: AddIncome, Cents: -5, Date: "2027-01-01"}, "changes[0].kind": {Kind: "pray"},
	} {
		wantFault(t, d.AddScenario(d.ctx, &Scenario{Name: "A", Changes: []Supposition{s}}), fault.Invalid, field)
	}
	twice := []Supposition{{Kind: WinOpportunity, LineID: "a"}, {Kind: MissOpportunity, LineID: "a"}}
	wantFault(t, d.AddScenario(d.ctx, &Scenario{Name: "A", Changes: twice}), fault.Invalid, "changes[1].lineId")
	must(t, d.AddScenario(d.ctx, &Scenario{Name: "A", Changes: twice[:1]}))
	wantFault(t, d.AddScenario(d.ctx, &Scenario{Name: "a "}), fault.Duplicate, "Another scenario has the same name. [name: ")
}

// FuzzImportExpenses: no file makes the reader panic, and what it takes is sound.
func FuzzImportExpenses(f *testing.F) {
	f.Add([]byte(spending))
	f.Add(bytes.ReplaceAll([]byte(spending), []byte(";"), []byte("\t")))
	f.Add([]byte("date,project,category,amount,currency\n2027-01-01,Core,Staff,-1,EUR\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := openDesk(t)
		res, err := d.ImportExpenses(d.ctx, "a.csv", data, false)
		page, readErr := d.Expenses(d.ctx, ExpenseSearch{}, store.Query{Limit: 500})
		must(t, readErr)
		if err != nil {
			if len(page.Items) > 0 {
				t.Fatalf("%d lines after %v", len(page.Items), err)
			}
			return
		}
		if res.Created != res.Rows || res.ErrorCount != 0 {
			t.Fatalf("%+v", res)
		}
		for _, e := range page.Items {
			if e.Amount.Minor == 0 || e.ProjectID == "" || e.Category == "" || MonthOf(e.Date) == 0 {
				t.Fatalf("%+v", e)
			}
		}
	})
}
