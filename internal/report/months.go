package report

import (
	"context"
	"fmt"

	"piper/internal/chart"
	"piper/internal/finance"
	"piper/internal/store"
)

// ReserveMonths is how many months free reserves would have lasted at each statement, beside what the board wants.
type ReserveMonths struct {
	AsOf       store.Date    `json:"asOf"`
	Statements []MonthsOn    `json:"statements" nullable:"false" doc:"the last twelve, the oldest first"`
	Target     *float64      `json:"target" doc:"months that the board wants; null where it has set no target"`
	TargetYear int           `json:"targetYear,omitempty" doc:"the fiscal year by whose end it wants them"`
	Limits     finance.Limit `json:"limits" doc:"the secretariat's own choice: marked where the months are fewer"`
}

// MonthsOn is the months of free reserves on the day of a statement.
type MonthsOn struct {
	Date   store.Date `json:"date"`
	Free   int64      `json:"free" doc:"in hundredths of the reporting currency"`
	Months *float64   `json:"months" doc:"null where no spend is known"`
	Mark   Mark       `json:"mark" enum:",amber,red"`
}

// ReserveMonths answers from the statements up to today. Of several targets it has the next that is still to be reached,
// else the last.
func (r *Reports) ReserveMonths(ctx context.Context) (*ReserveMonths, error) {
	list, err := r.AllStandings(ctx)
	if err != nil {
		return nil, err
	}
	limits, err := r.Plans.Limits(ctx)
	if err != nil {
		return nil, err
	}
	targets, err := r.Plans.AllTargets(ctx)
	if err != nil {
		return nil, err
	}
	m := &ReserveMonths{AsOf: r.today(), Statements: []MonthsOn{}, Limits: limits.ReserveMonths}
	for _, s := range list[max(0, len(list)-maxStatements):] {
		m.Statements = append(m.Statements, MonthsOn{s.Date, s.Free, s.Months, s.Mark})
	}
	if t := nextTarget(targets, finance.MetricReserveMonths, r.ThisYear()); t != nil {
		m.Target, m.TargetYear = &t.Value, t.Year
	}
	return m, nil
}

// nextTarget gives the target of a metric that is the next to be reached in a fiscal year or after it, else the last; nil where
// there is none.
func nextTarget(list []*finance.Target, metric finance.Metric, year int) (best *finance.Target) {
	for _, t := range list {
		switch {
		case t.Metric != metric:
		case best == nil, best.Year < year && t.Year > best.Year, t.Year >= year && t.Year < best.Year:
			best = t
		}
	}
	return best
}

// Chart draws a bar of months for each statement, and the target across them.
func (m *ReserveMonths) Chart() chart.Stack {
	c := chart.Stack{Title: "Months of free reserves", Subtitle: "Free reserves ÷ a twelfth of the annual operating spend, by reserve statement" + Head{AsOf: m.AsOf}.asOf(),
		Empty: "There is no reserve statement with a spend.", Void: "n/a", Currency: "months",
		Footer: fmt.Sprintf("Marked below %g (amber) and %g months (red), the secretariat's own choice. ", m.Limits.Amber, m.Limits.Red)}
	bars, line, months := chart.Series{Name: "Months of free reserves"}, chart.Series{Name: "Target of the board"}, chart.Row{Name: "Months"}
	for _, s := range m.Statements {
		c.Labels = append(c.Labels, string(s.Date))
		value := 0.0
		if s.Months != nil {
			value = *s.Months
		}
		bars.Values = append(bars.Values, value)
		months.Cells = append(months.Cells, ratioCells([]*float64{s.Months}, 1)...)
		if m.Target != nil {
			line.Values = append(line.Values, *m.Target)
		}
	}
	c.Series, c.Rows = []chart.Series{bars}, []chart.Row{months}
	if m.Target == nil {
		c.Footer += "The board has set no target."
		return c
	}
	line.Name += fmt.Sprintf(", %d", m.TargetYear)
	c.Line = &line
	return c
}

func (r *Reports) askReserveMonths(ctx context.Context, _ Question) (Answer, error) {
	m, err := r.ReserveMonths(ctx)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Chart: m.Chart(), Columns: []string{"date", "free", "months", "target", "target_year", "mark", "as_of"}}
	for _, s := range m.Statements {
		var year any = ""
		if m.Target != nil {
			year = int64(m.TargetYear)
		}
		a.Rows = append(a.Rows, []any{s.Date, Cents(s.Free), s.Months, m.Target, year, string(s.Mark), m.AsOf})
	}
	return a.in(r.Reporting), nil
}
