package report

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/chart"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/money"
)

// Question is what a chart is asked. What a chart does not go by is ignored: reserves have no basis.
type Question struct {
	By        By
	From, To  int // fiscal years; of a chart of one year, To
	Weighting finance.Weighting
}

// Cents is an amount of the reporting currency in a table.
type Cents int64

// Answer is a chart, and the same figures as a table. Cells are string, int, store.Date, Cents, or a ratio *float64, in
// which nil is n/a.
type Answer struct {
	Chart   chart.Stack
	Columns []string
	Rows    [][]any
}

// in names the currency of the amounts in every row.
func (a Answer) in(reporting money.Reporting) Answer {
	a.Columns = append(a.Columns, "currency")
	for i := range a.Rows {
		a.Rows[i] = append(a.Rows[i], reporting.Code())
	}
	return a
}

// ChartKind is a chart that can be asked for, under its name, in every format.
type ChartKind struct {
	Name   string
	Title  string
	Answer func(r *Reports, ctx context.Context, q Question) (Answer, error)
}

// Charts are all there are: screens, files and links outside go by this table.
var Charts = []ChartKind{
	{"diversification", "Donor diversification", (*Reports).askDiversification},
	{"sources", "Income by kind of source", (*Reports).askSources},
	{"earmarking", "Earmarked and unearmarked income", (*Reports).askEarmarking},
	{"forecast", "Forecast", (*Reports).askForecast},
	{"realisation", "Budget and realisation", (*Reports).askRealisation},
	{"reserves", "Reserves", (*Reports).askReserves},
	{"reserveMonths", "Months of free reserves", (*Reports).askReserveMonths},
}

// Chart gives the kind of a name, false where there is none.
func Chart(name string) (ChartKind, bool) {
	i := slices.IndexFunc(Charts, func(k ChartKind) bool { return k.Name == name })
	if i < 0 {
		return ChartKind{}, false
	}
	return Charts[i], true
}

func (r *Reports) askDiversification(ctx context.Context, q Question) (Answer, error) {
	d, err := r.Diversification(ctx, q.From, q.To, q.By)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: d.Chart(), Columns: []string{"donor", "donor_id", "year", "amount", "share", "basis", "view", "as_of"}}
	for _, donor := range d.Donors {
		for i, label := range d.Labels {
			if donor.Amounts[i] != 0 {
				a.Rows = append(a.Rows, []any{donor.Name, donor.ID, label, Cents(donor.Amounts[i]), donor.Shares[i], string(d.Basis), string(d.View), d.AsOf})
			}
		}
	}
	for i, label := range d.Labels {
		a.Rows = append(a.Rows, []any{"Total", "", label, Cents(d.Totals[i]), "", string(d.Basis), string(d.View), d.AsOf},
			[]any{"HHI", "", label, "", d.HHI[i], string(d.Basis), string(d.View), d.AsOf},
			[]any{"Effective funders", "", label, "", d.EffectiveFunders[i], string(d.Basis), string(d.View), d.AsOf})
	}
	return a.in(r.Reporting), nil
}

func (r *Reports) askSources(ctx context.Context, q Question) (Answer, error) {
	s, err := r.Sources(ctx, q.From, q.To, q.By)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: s.Chart(), Columns: []string{"source", "year", "amount", "share", "basis", "view", "as_of"}}
	for _, one := range s.Sources {
		for i, label := range s.Labels {
			a.Rows = append(a.Rows, []any{SourceNames[one.SourceType], label, Cents(one.Amounts[i]), finance.PortionOf(one.Amounts[i], s.Totals[i]), string(s.Basis), string(s.View), s.AsOf})
		}
	}
	return a.in(r.Reporting), nil
}

func (r *Reports) askEarmarking(ctx context.Context, q Question) (Answer, error) {
	e, err := r.Earmarking(ctx, q.From, q.To, q.By)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: e.Chart(), Columns: []string{"level", "year", "amount", "share", "basis", "view", "as_of"}}
	row := func(name, label string, amount, ratio any) {
		a.Rows = append(a.Rows, []any{name, label, amount, ratio, string(e.Basis), string(e.View), e.AsOf})
	}
	for _, level := range e.Levels {
		for i, label := range e.Labels {
			row(LevelNames[level.Level], label, Cents(level.Amounts[i]), finance.PortionOf(level.Amounts[i], e.Totals[i]))
		}
	}
	for i, label := range e.Labels {
		row("Unearmarked ÷ total", label, "", e.UnearmarkedRatio[i])
		row("Flexible ÷ total", label, "", e.FlexibleRatio[i])
		row("Unrestricted ÷ total", label, "", e.UnrestrictedRatio[i])
	}
	return a.in(r.Reporting), nil
}

func (r *Reports) askForecast(ctx context.Context, q Question) (Answer, error) {
	lens, err := r.Lens(q.By, q.Weighting)
	if err != nil {
		return Answer{}, err
	}
	f, err := r.Forecast(ctx, lens)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: f.Chart(), Columns: []string{"month", "basis", "weighting", "as_of", "secured", "weighted", "core_cost", "cost", "free_reserves"}}
	maybe := func(list []int64, i int) any {
		if list == nil {
			return "n/a"
		}
		return Cents(list[i])
	}
	for i, m := range f.Months {
		a.Rows = append(a.Rows, []any{m, string(f.Basis), string(f.Weighting), f.AsOf, Cents(f.Secured[i]), Cents(f.Weighted[i]), maybe(f.CoreCost, i), Cents(f.Cost[i]), maybe(f.Free, i)})
	}
	return a.in(r.Reporting), nil
}

func (r *Reports) askRealisation(ctx context.Context, q Question) (Answer, error) {
	u, err := r.Realisation(ctx, q.To)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: u.Chart(), Columns: []string{"year", "project", "budget", "realised", "committed", "remaining", "used", "forecast", "as_of"}}
	for _, p := range u.Projects {
		a.Rows = append(a.Rows, []any{u.Label, p.Name, Cents(p.Budget), Cents(p.Realised), Cents(p.Committed), Cents(p.Remaining), p.Used, Cents(p.Forecast), u.AsOf})
	}
	return a.in(r.Reporting), nil
}

func (r *Reports) askReserves(ctx context.Context, _ Question) (Answer, error) {
	list, err := r.AllStandings(ctx)
	if err != nil {
		return Answer{}, err
	}
	c := ReservesChart(list[max(0, len(list)-maxStatements):], r.Reporting.Code())
	c.Subtitle += Head{AsOf: r.today()}.asOf()
	a := Answer{Chart: c, Columns: []string{"date", "unrestricted", "designated", "net_fixed_assets", "free", "annual_spend", "months", "note"}}
	for _, s := range list {
		a.Rows = append(a.Rows, []any{s.Date, Cents(s.Unrestricted), Cents(s.Designated), Cents(s.NetFixedAssets), Cents(s.Free), Cents(s.AnnualSpend), s.Months, s.Note})
	}
	return a.in(r.Reporting), nil
}

const (
	maxStatements = 12 // that a chart shows
	maxProjects   = 8
)

// Chart draws budget against realisation, project by project.
func (u *Realisation) Chart() chart.Stack {
	c := chart.Stack{Title: "Budget and realisation " + u.Label, Subtitle: "Realised and committed by project" + Head{AsOf: u.AsOf}.asOf(),
		Empty: "Nothing is planned or spent in this year.", Void: "nothing", Currency: u.Currency, Named: true}
	realised, committed, budget := chart.Series{Name: "Realised"}, chart.Series{Name: "Committed"}, chart.Series{Name: "Budget"}
	used, remaining := chart.Row{Name: "Used"}, chart.Row{Name: "Remaining, thousand"}
	for i, p := range u.Projects {
		if i == maxProjects {
			c.Footer = fmt.Sprintf("The first %d of %d projects. ", maxProjects, len(u.Projects))
			break
		}
		c.Labels = append(c.Labels, p.Name)
		realised.Values, committed.Values, budget.Values = append(realised.Values, float64(p.Realised)/100), append(committed.Values, float64(p.Committed)/100), append(budget.Values, float64(p.Budget)/100)
		used.Cells = append(used.Cells, percentCells([]*float64{p.Used})...)
		remaining.Cells = append(remaining.Cells, chart.Thousands(p.Remaining))
	}
	c.Series, c.Line, c.Rows = []chart.Series{realised, committed}, &budget, []chart.Row{used, remaining}
	if u.NotConverted > 0 {
		c.Footer += leftOut(u.NotConverted, 0)
	}
	return c
}

// Ask answers for the chart of a name.
func (r *Reports) Ask(ctx context.Context, name string, q Question) (Answer, error) {
	kind, ok := Chart(name)
	if !ok {
		return Answer{}, fault.Field("chart", "%q is not a chart.", name)
	}
	return kind.Answer(r, ctx, q)
}
