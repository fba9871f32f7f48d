package report

import (
	"context"

	"piper/internal/finance"
	"piper/internal/store"
)

// Mark says whether a figure has passed a limit: "amber", "red", or "" for neither or for no limit.
type Mark string

// The marks.
const (
	Amber Mark = "amber"
	Red   Mark = "red"
)

// Reading is one figure of a year, with the limits that mark it.
type Reading struct {
	Metric finance.Metric `json:"metric"`
	Value  *float64       `json:"value"`
	Before *float64       `json:"before" doc:"the same of the year before"`
	Mark   Mark           `json:"mark" enum:",amber,red"`
	Limit  *finance.Limit `json:"limit" doc:"null where the metric has none"`
}

// Standing is a reserve statement with its figures, all in hundredths of the reporting currency.
type Standing struct {
	*finance.Reserve
	Free   int64    `json:"free" doc:"unrestricted − designated − net fixed assets, in cents"`
	Months *float64 `json:"months" doc:"of free reserves; null where no spend is known"`
	Mark   Mark     `json:"mark" enum:",amber,red"`
}

// Coverage is core coverage of a fiscal year: (unrestricted income + overhead recovered) ÷ core budget. Income is
// counted on the basis of the answer; amounts are in cents.
type Coverage struct {
	Unrestricted int64    `json:"unrestricted"`
	Recovered    int64    `json:"recovered" doc:"what projects were charged under the category Overhead"`
	CoreBudget   int64    `json:"coreBudget" doc:"of the adopted budget; 0 where none was adopted"`
	Ratio        *float64 `json:"ratio"`
}

// CliffYear is what is secured of a fiscal year against the year before.
type CliffYear struct {
	Year    int      `json:"year"`
	Label   string   `json:"label"`
	Secured int64    `json:"secured" doc:"cents"`
	Change  *float64 `json:"change" doc:"null where nothing was secured the year before"`
	Alert   bool     `json:"alert" doc:"a fall of 25 % or more"`
}

// Cliff is when secured money falls away.
type Cliff struct {
	Month string      `json:"month" doc:"first month in which secured, accrued money is less than core cost; empty for none within three years"`
	Known bool        `json:"known" doc:"a core budget was adopted, so that the month can be told"`
	Years []CliffYear `json:"years" nullable:"false"`
}

// Aim is a target with its progress.
type Aim struct {
	*finance.Target
	finance.Progress
}

// Dashboard is what the board sees first, of one fiscal year.
type Dashboard struct {
	Head
	Year     int             `json:"year"`
	Label    string          `json:"label"`
	Readings []Reading       `json:"readings" nullable:"false"`
	Reserve  *Standing       `json:"reserve" doc:"the newest statement up to today; null where there is none"`
	Coverage Coverage        `json:"coverage"`
	Cliff    Cliff           `json:"cliff"`
	Limits   *finance.Limits `json:"limits"`
	Targets  []Aim           `json:"targets" nullable:"false"`
}

// Dashboard answers for one fiscal year.
func (r *Reports) Dashboard(ctx context.Context, year int, by By) (*Dashboard, error) {
	b, err := r.read(ctx, year-1, year, by)
	if err != nil {
		return nil, err
	}
	d := &Dashboard{Head: b.head, Year: year, Label: r.fiscal.Label(year), Targets: []Aim{}}
	if d.Limits, err = r.Plans.Limits(ctx); err != nil {
		return nil, err
	}
	reserves, err := r.Plans.ReservesUpTo(ctx, r.today())
	if err != nil {
		return nil, err
	}
	if n := len(reserves); n > 0 {
		s := standing(reserves[n-1], d.Limits)
		d.Reserve = &s
	}
	now, before := b.tallies[1].Figures(), b.tallies[0].Figures()
	if d.Coverage, err = r.coverage(ctx, year, now); err != nil {
		return nil, err
	}
	covered, err := r.coverage(ctx, year-1, before)
	if err != nil {
		return nil, err
	}
	for _, m := range finance.Metrics {
		reading := Reading{Metric: m, Value: now.Metric(m), Before: before.Metric(m), Limit: limitOf(d.Limits, m)}
		switch m {
		case finance.MetricReserveMonths:
			reading.Value, reading.Before = monthsAt(reserves, r.lastDay(year)), monthsAt(reserves, r.lastDay(year-1))
		case finance.MetricCoreCoverage:
			reading.Value, reading.Before = d.Coverage.Ratio, covered.Ratio
		}
		reading.Mark = markOf(m, reading.Value, reading.Limit)
		d.Readings = append(d.Readings, reading)
	}
	if d.Cliff, err = r.cliff(ctx, by.View); err != nil {
		return nil, err
	}
	d.Targets, err = r.aims(ctx, year, map[By]func(finance.Metric) *float64{by: d.value})
	return d, err
}

// value gives the reading of a metric.
func (d *Dashboard) value(m finance.Metric) *float64 {
	for _, reading := range d.Readings {
		if reading.Metric == m {
			return reading.Value
		}
	}
	return nil
}

// lastDay is the last day of a fiscal year.
func (r *Reports) lastDay(year int) store.Date {
	first, after := r.fiscal.Range(year, year)
	last := finance.MonthOf(after) - 1
	return max(first, last.Last())
}

// monthsAt gives the months of free reserves by the newest statement up to a day.
func monthsAt(reserves []*finance.Reserve, day store.Date) *float64 {
	var months *float64
	for _, s := range reserves {
		if s.Date <= day {
			months = s.Months()
		}
	}
	return months
}

func standing(s *finance.Reserve, limits *finance.Limits) Standing {
	months := s.Months()
	return Standing{Reserve: s, Free: s.Free(), Months: months, Mark: markOf(finance.MetricReserveMonths, months, &limits.ReserveMonths)}
}

func limitOf(l *finance.Limits, m finance.Metric) *finance.Limit {
	switch m {
	case finance.MetricHHI:
		return &l.HHI
	case finance.MetricTop1:
		return &l.Top1
	case finance.MetricTop3:
		return &l.Top3
	case finance.MetricReserveMonths:
		return &l.ReserveMonths
	}
	return nil
}

// markOf marks a concentration that reaches its limit, and months of reserves that are fewer than theirs.
func markOf(m finance.Metric, value *float64, limit *finance.Limit) Mark {
	if value == nil || limit == nil {
		return ""
	}
	passed := func(at float64) bool {
		if m == finance.MetricReserveMonths {
			return *value < at
		}
		return *value >= at
	}
	switch {
	case passed(limit.Red):
		return Red
	case passed(limit.Amber):
		return Amber
	}
	return ""
}

// coverage works core coverage out from the figures of a year.
func (r *Reports) coverage(ctx context.Context, year int, f finance.Figures) (Coverage, error) {
	var c Coverage
	projects, _, err := r.Plans.Places(ctx)
	if err != nil {
		return c, err
	}
	budgets, err := r.Plans.AdoptedBudgets(ctx)
	if err != nil {
		return c, err
	}
	for _, b := range budgets {
		if b.Year == year {
			c.CoreBudget = finance.CoreOf(b, projects)
		}
	}
	expenses, err := r.expenses(ctx, year, finance.Overhead)
	if err != nil {
		return c, err
	}
	c.Unrestricted, c.Recovered = f.Restriction[0], finance.Recovered(expenses, projects, r.fiscal, year)
	if c.CoreBudget > 0 {
		c.Ratio = finance.Ratio(c.Unrestricted+c.Recovered, c.CoreBudget)
	}
	return c, nil
}

func (r *Reports) expenses(ctx context.Context, year int, category string) ([]*finance.Expense, error) {
	search := finance.ExpenseSearch{Category: category}
	search.From, search.Before = r.fiscal.Range(year, year)
	var list []*finance.Expense
	err := r.Plans.EachExpense(ctx, search, func(e *finance.Expense) error {
		list = append(list, e)
		return nil
	})
	return list, err
}

// cliff looks at what is secured from today on: years by the instalments due in them, the month by what is accrued.
func (r *Reports) cliff(ctx context.Context, view finance.View) (Cliff, error) {
	lens, err := r.Lens(By{View: view, Basis: finance.Cash}, finance.SecuredOnly)
	if err != nil {
		return Cliff{}, err
	}
	o, _, err := r.outlook(ctx, lens)
	if err != nil {
		return Cliff{}, err
	}
	return r.cliffOf(o.Forecast(lens), lens), nil
}

func (r *Reports) cliffOf(f finance.Forecast, lens finance.Lens) Cliff {
	c := Cliff{Known: f.CoreCost != nil, Years: []CliffYear{}}
	if f.Cliff >= 0 {
		c.Month = (lens.From + finance.Month(f.Cliff)).String()
	}
	for _, y := range f.Years {
		c.Years = append(c.Years, CliffYear{Year: y.Year, Label: r.fiscal.Label(y.Year), Secured: y.Secured, Change: y.Change, Alert: y.Alert})
	}
	return c
}

// aims holds every target against a year. Each is read in its own view and basis; read has what was read already.
func (r *Reports) aims(ctx context.Context, year int, read map[By]func(finance.Metric) *float64) ([]Aim, error) {
	targets, err := r.Plans.AllTargets(ctx)
	if err != nil {
		return nil, err
	}
	aims := []Aim{}
	for _, t := range targets {
		by := By{View: t.View, Basis: t.Basis}
		if read[by] == nil {
			if read[by], err = r.metrics(ctx, year, by); err != nil {
				return nil, err
			}
		}
		aims = append(aims, Aim{Target: t, Progress: t.Progress(year, read[by](t.Metric))})
	}
	return aims, nil
}

// Metric gives one metric of a fiscal year, nil for n/a: what a target that is set now starts from.
func (r *Reports) Metric(ctx context.Context, m finance.Metric, year int, by By) (*float64, error) {
	read, err := r.metrics(ctx, year, by)
	if err != nil {
		return nil, err
	}
	return read(m), nil
}

func (r *Reports) metrics(ctx context.Context, year int, by By) (func(finance.Metric) *float64, error) {
	b, err := r.read(ctx, year, year, by)
	if err != nil {
		return nil, err
	}
	f := b.tallies[0].Figures()
	c, err := r.coverage(ctx, year, f)
	if err != nil {
		return nil, err
	}
	reserves, err := r.Plans.ReservesUpTo(ctx, min(r.today(), r.lastDay(year)))
	if err != nil {
		return nil, err
	}
	return func(m finance.Metric) *float64 {
		switch m {
		case finance.MetricReserveMonths:
			return monthsAt(reserves, r.lastDay(year))
		case finance.MetricCoreCoverage:
			return c.Ratio
		}
		return f.Metric(m)
	}, nil
}

// Standing gives a reserve statement with its figures.
func (r *Reports) Standing(ctx context.Context, s *finance.Reserve) (*Standing, error) {
	limits, err := r.Plans.Limits(ctx)
	if err != nil {
		return nil, err
	}
	out := standing(s, limits)
	return &out, nil
}
