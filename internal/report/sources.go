package report

import (
	"context"

	"piper/internal/chart"
	"piper/internal/finance"
)

// SourceSeries is one kind of source over the years, in cents.
type SourceSeries struct {
	SourceType finance.SourceType `json:"sourceType"`
	Amounts    []int64            `json:"amounts" nullable:"false"`
}

// Sources says from what kinds of source the income was, year by year. All arrays run along years.
type Sources struct {
	Head
	Years             []int          `json:"years" nullable:"false"`
	Labels            []string       `json:"labels" nullable:"false"`
	Totals            []int64        `json:"totals" nullable:"false" doc:"cents"`
	Sources           []SourceSeries `json:"sources" nullable:"false" doc:"those that there were, in their fixed order"`
	EUShare           []*float64     `json:"euShare" nullable:"false"`
	NetNegativeCount  int            `json:"netNegativeCount"`
	NotConvertedCount int            `json:"notConvertedCount"`
}

// Sources answers for the fiscal years from … to. The view matters only for who is net-negative.
func (r *Reports) Sources(ctx context.Context, from, to int, by By) (*Sources, error) {
	b, err := r.read(ctx, from, to, by)
	if err != nil {
		return nil, err
	}
	s := &Sources{Head: b.head, Years: b.years, Labels: r.labels(b.years), Sources: []SourceSeries{}, NotConvertedCount: b.notConverted}
	var amounts [len(finance.Figures{}.Source)][]int64
	for _, tally := range b.tallies {
		f := tally.Figures()
		s.Totals = append(s.Totals, f.Total)
		s.EUShare = append(s.EUShare, f.Metric(finance.MetricEUShare))
		s.NetNegativeCount += len(f.NetNegative)
		for k, amount := range f.Source {
			amounts[k] = append(amounts[k], amount)
		}
	}
	for k, list := range amounts {
		for _, amount := range list {
			if amount != 0 {
				s.Sources = append(s.Sources, SourceSeries{SourceType: finance.SourceTypes[k], Amounts: list})
				break
			}
		}
	}
	return s, nil
}

// SourceNames are what kinds of source are called.
var SourceNames = map[finance.SourceType]string{
	"eu": "European Union", "government": "Governments", "igo": "Intergovernmental organisations", "foundation": "Foundations", "corporate": "Businesses",
	"membership": "Membership fees", "services": "Services", "public": "Public giving", "other": "Other",
}

// Chart draws the answer: shares by kind of source.
func (s *Sources) Chart() chart.Stack {
	c := chart.Stack{Title: "Income by kind of source", Subtitle: "Share of income by kind of source" + s.Head.caption(),
		Footer: leftOut(s.NotConvertedCount, s.NetNegativeCount), Empty: noIncome, Labels: s.Labels, Share: true}
	for _, one := range s.Sources {
		c.Series = append(c.Series, chart.Series{Name: SourceNames[one.SourceType], Values: portions(one.Amounts, s.Totals), Muted: one.SourceType == "other"})
	}
	c.Rows = []chart.Row{{Name: "Total, " + s.Currency + " thousand", Cells: cells(s.Totals, chart.Thousands)}, {Name: "EU share", Cells: percentCells(s.EUShare)}}
	return c
}

// ReservesChart draws reserve statements: how much is free, set aside and tied up.
func ReservesChart(list []Standing, currency string) chart.Stack {
	c := chart.Stack{Title: "Reserves", Subtitle: "By reserve statement", Empty: "There is no reserve statement.", Void: "nothing", Currency: currency}
	free, designated, assets := chart.Series{Name: "Free"}, chart.Series{Name: "Designated by the board"}, chart.Series{Name: "Net fixed assets", Muted: true}
	months := chart.Row{Name: "Months, free"}
	for _, s := range list {
		c.Labels = append(c.Labels, string(s.Date))
		free.Values = append(free.Values, float64(s.Free)/100)
		designated.Values = append(designated.Values, float64(s.Designated)/100)
		assets.Values = append(assets.Values, float64(s.NetFixedAssets)/100)
		months.Cells = append(months.Cells, ratioCells([]*float64{s.Months}, 1)...)
	}
	c.Series, c.Rows = []chart.Series{free, designated, assets}, []chart.Row{months}
	return c
}

// AllStandings gives every reserve statement up to today, with its figures.
func (r *Reports) AllStandings(ctx context.Context) ([]Standing, error) {
	list, err := r.Plans.ReservesUpTo(ctx, r.today())
	if err != nil {
		return nil, err
	}
	limits, err := r.Plans.Limits(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Standing, len(list))
	for i, s := range list {
		out[i] = standing(s, limits)
	}
	return out, nil
}
