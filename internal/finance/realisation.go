package finance

import (
	"sort"

	"piper/internal/money"
	"piper/internal/store"
)

// Use is budget versus realisation of one place of the plan, in cents.
type Use struct {
	Budget    int64    `json:"budget"`
	Realised  int64    `json:"realised"`
	Committed int64    `json:"committed"`
	Remaining int64    `json:"remaining" doc:"budget − realised − committed; negative where it is overspent"`
	Used      *float64 `json:"used" doc:"(realised + committed) ÷ budget; null where nothing was budgeted"`
	// Forecast is the forecast at completion: realised + max(committed, budget × days left ÷ days of the year).
	// It is the estimate at completion for work that goes on as planned, EAC = AC + (BAC − EV) (PMI, A Guide to
	// the Project Management Body of Knowledge, 6th ed., 7.4.2.2), with the earned value EV taken as the budget's
	// part of the days that are over, since the work itself is not measured; what is committed is
	// a lower bound of what is still to come.
	Forecast int64 `json:"forecast"`
}

// UseLine is the use of one project, fund and category. Sums over several have "" for what differs.
type UseLine struct {
	ProjectID string `json:"projectId"`
	FundID    string `json:"fundId"`
	Category  string `json:"category"`
	Use
}

// Realisation is budget versus realisation of a fiscal year: line by line, by project, and as a whole.
type Realisation struct {
	Total    Use
	Projects []UseLine // by id; category and fund are ""
	Lines    []UseLine // by project, category, fund
}

// Realise holds expenses against a budget; b is nil where none was adopted. Expenses outside the year or
// without a rate are the caller's to keep away. A project whose own term is shorter than the year has its
// days counted in that term.
func Realise(b *BudgetVersion, expenses []*Expense, projects map[string]*Project, f Fiscal, year int, today store.Date) Realisation {
	at := map[UseLine]*UseLine{}
	line := func(project, fund, category string) *UseLine {
		key := UseLine{ProjectID: project, FundID: fund, Category: store.Fold(category)}
		l := at[key]
		if l == nil {
			l = &UseLine{ProjectID: project, FundID: fund, Category: category}
			at[key] = l
		}
		return l
	}
	if b != nil {
		for _, p := range b.Lines {
			line(p.ProjectID, p.FundID, p.Category).Budget += p.Cents
		}
	}
	for _, e := range expenses {
		if e.Worth == nil || f.Year(e.Date) != year {
			continue
		}
		l := line(e.ProjectID, e.FundID, e.Category)
		if e.State == Committed {
			l.Committed += e.Worth.Minor
		} else {
			l.Realised += e.Worth.Minor
		}
	}
	r := Realisation{Projects: []UseLine{}, Lines: []UseLine{}}
	sums := map[string]*UseLine{}
	for _, l := range at {
		passed, left := daysOf(projects[l.ProjectID], f, year, today)
		l.finish(passed, left)
		r.Lines = append(r.Lines, *l)
		s := sums[l.ProjectID]
		if s == nil {
			s = &UseLine{ProjectID: l.ProjectID}
			sums[l.ProjectID] = s
		}
		s.add(l.Use)
		r.Total.add(l.Use)
	}
	for _, s := range sums {
		s.Used = Ratio(s.Realised+s.Committed, s.Budget)
		r.Projects = append(r.Projects, *s)
	}
	r.Total.Used = Ratio(r.Total.Realised+r.Total.Committed, r.Total.Budget)
	sort.Slice(r.Projects, func(i, j int) bool { return r.Projects[i].ProjectID < r.Projects[j].ProjectID })
	sort.Slice(r.Lines, func(i, j int) bool {
		a, b := r.Lines[i], r.Lines[j]
		switch {
		case a.ProjectID != b.ProjectID:
			return a.ProjectID < b.ProjectID
		case a.Category != b.Category:
			return a.Category < b.Category
		}
		return a.FundID < b.FundID
	})
	return r
}

func (u *Use) finish(passed, left int64) {
	u.Remaining = u.Budget - u.Realised - u.Committed
	u.Used = Ratio(u.Realised+u.Committed, u.Budget)
	var rest int64
	if parts := money.Split(u.Budget, []int64{passed, left}); parts != nil {
		rest = parts[1]
	}
	u.Forecast = u.Realised + max(u.Committed, rest)
}

// add sums up; what is a ratio is worked out when the sum is whole.
func (u *Use) add(v Use) {
	u.Budget += v.Budget
	u.Realised += v.Realised
	u.Committed += v.Committed
	u.Remaining += v.Remaining
	u.Forecast += v.Forecast
}

// daysOf counts the days of a project's part of the fiscal year that are over, today included, and those left.
func daysOf(p *Project, f Fiscal, year int, today store.Date) (passed, left int64) {
	first, after := term(p, f, year)
	if first >= after { // planned in a year in which it does not run: the whole year speaks for it
		first, after = term(nil, f, year)
	}
	now := min(max(dayOf(today)+1, first), after)
	return now - first, after - now
}

// term gives the days of a fiscal year in which a project runs, the last exclusive; none where first ≥ after.
func term(p *Project, f Fiscal, year int) (first, after int64) {
	first, after = f.start(year).firstDay(), f.start(year+1).firstDay()
	if p != nil && p.From != "" {
		first = max(first, dayOf(p.From))
	}
	if p != nil && p.To != "" {
		after = min(after, dayOf(p.To)+1)
	}
	return first, after
}

// CoreOf gives the core budget of an adopted budget, and what projects are charged for overhead in it.
func CoreOf(b *BudgetVersion, projects map[string]*Project) (core int64) {
	if b == nil {
		return 0
	}
	for _, l := range b.Lines {
		if p := projects[l.ProjectID]; p != nil && p.Core {
			core += l.Cents
		}
	}
	return core
}

// Recovered gives the overhead recovered in a fiscal year: what projects other than core were charged under
// the category Overhead.
func Recovered(expenses []*Expense, projects map[string]*Project, f Fiscal, year int) (cents int64) {
	for _, e := range expenses {
		p := projects[e.ProjectID]
		if e.State == Realised && e.Worth != nil && e.Category == Overhead && f.Year(e.Date) == year && (p == nil || !p.Core) {
			cents += e.Worth.Minor
		}
	}
	return cents
}

// CostsOf spreads adopted budgets over the months of a forecast, every project of a year by the days in which it
// runs. A year without an adopted budget is taken to cost what the last one before it that has one costs, each
// project by its part of the year again, so that one that has ended costs nothing. budgets go by year, ascending, one for
// each. hasCore says that there is a core budget.
func CostsOf(budgets []*BudgetVersion, projects map[string]*Project, f Fiscal, from Month, months int) (costs []Cost, hasCore bool) {
	for year := f.year(from); year <= f.year(from+Month(months)-1); year++ {
		var b *BudgetVersion
		for _, one := range budgets {
			if one.Year <= year {
				b = one
			}
		}
		if b == nil {
			continue
		}
		sums := map[string]int64{}
		for _, l := range b.Lines {
			sums[l.ProjectID] += l.Cents
		}
		ids := make([]string, 0, len(sums))
		for id := range sums {
			ids = append(ids, id)
		}
		sort.Strings(ids)
		for _, id := range ids {
			p := projects[id]
			hasCore = hasCore || p != nil && p.Core
			for _, c := range costsIn(p, sums[id], f, year, b.Year) {
				if c.Month >= from && c.Month < from+Month(months) {
					c.ProjectID = id
					costs = append(costs, c)
				}
			}
		}
	}
	return costs, hasCore
}

func yearDays(f Fiscal, year int) int64 { return f.start(year+1).firstDay() - f.start(year).firstDay() }

// costsIn spreads what a project may cost in the year of its budget over the months of a year. Work of a whole year
// costs the same in a leap year: what counts is which part of a year it runs.
func costsIn(p *Project, cents int64, f Fiscal, year, budgeted int) []Cost {
	first, after := term(p, f, year)
	if planned0, planned1 := term(p, f, budgeted); planned0 >= planned1 {
		first, after = term(nil, f, year)
	} else if year != budgeted {
		cents = share(cents, max(0, after-first)*yearDays(f, budgeted), (planned1-planned0)*yearDays(f, year))
	}
	var weights [12]int64
	for i := range weights {
		m := f.start(year) + Month(i)
		weights[i] = overlap(first, after, m.firstDay(), (m + 1).firstDay())
	}
	var costs []Cost
	for i, part := range money.Split(cents, weights[:]) {
		costs = append(costs, Cost{Core: p != nil && p.Core, Month: f.start(year) + Month(i), Cents: part})
	}
	return costs
}
