package report

import (
	"context"
	"slices"

	"piper/internal/finance"
)

// DonorSeries is one payer over the years. Shares are null in years in which the payer is not part of
// the total.
type DonorSeries struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Amounts []int64    `json:"amounts"` // cents
	Shares  []*float64 `json:"shares"`
}

// YearDonor is a payer who got back more than they gave in a year.
type YearDonor struct {
	Year   int           `json:"year"`
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Amount finance.Money `json:"amount"`
}

// Diversification says how spread the income was, year by year. All arrays run along years.
type Diversification struct {
	Head
	Years             []int         `json:"years"`
	Labels            []string      `json:"labels"` // names of the fiscal years
	Totals            []int64       `json:"totals"` // cents
	Donors            []DonorSeries `json:"donors"` // largest over the whole span first
	HHI               []*float64    `json:"hhi"`
	HHINormalised     []*float64    `json:"hhiNormalised"`
	EffectiveFunders  []*float64    `json:"effectiveFunders"`
	Top1              []*float64    `json:"top1"`
	Top3              []*float64    `json:"top3"`
	Top5              []*float64    `json:"top5"`
	NetNegative       []YearDonor   `json:"netNegative"`
	NotConverted      []Unconverted `json:"notConverted"`
	NotConvertedCount int           `json:"notConvertedCount"`
}

// Diversification answers for the fiscal years from … to.
func (r *Reports) Diversification(ctx context.Context, from, to int, by By) (*Diversification, error) {
	b, err := r.read(ctx, from, to, by)
	if err != nil {
		return nil, err
	}
	d := &Diversification{Head: b.head, Years: b.years, Labels: r.labels(b.years), Donors: []DonorSeries{}, NetNegative: []YearDonor{},
		NotConverted: b.unconverted, NotConvertedCount: b.notConverted}
	at, sums := map[string]int{}, map[string]int64{}
	var ids []string
	for i, tally := range b.tallies {
		f := tally.Figures()
		d.Totals = append(d.Totals, f.Total)
		d.HHI, d.HHINormalised, d.EffectiveFunders = append(d.HHI, f.HHI), append(d.HHINormalised, f.HHINormalised), append(d.EffectiveFunders, f.Effective)
		d.Top1, d.Top3, d.Top5 = append(d.Top1, f.Top1), append(d.Top3, f.Top3), append(d.Top5, f.Top5)
		for _, p := range f.Donors {
			k, seen := at[p.ID]
			if !seen {
				k = len(d.Donors)
				at[p.ID] = k
				d.Donors = append(d.Donors, DonorSeries{ID: p.ID, Amounts: make([]int64, len(b.years)), Shares: make([]*float64, len(b.years))})
				ids = append(ids, p.ID)
			}
			d.Donors[k].Amounts[i], d.Donors[k].Shares[i] = p.Amount, p.Share
			sums[p.ID] += p.Amount
		}
		for _, p := range f.NetNegative {
			d.NetNegative = append(d.NetNegative, YearDonor{Year: b.years[i], ID: p.ID, Amount: r.Reporting.Of(p.Amount)})
			ids = append(ids, p.ID)
		}
	}
	slices.SortFunc(d.Donors, func(x, y DonorSeries) int {
		if a, b := sums[x.ID], sums[y.ID]; a != b {
			if a > b {
				return -1
			}
			return 1
		}
		return compare(x.ID, y.ID)
	})
	names, err := r.donors.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range d.Donors {
		d.Donors[i].Name = nameOf(names, d.Donors[i].ID)
	}
	for i := range d.NetNegative {
		d.NetNegative[i].Name = nameOf(names, d.NetNegative[i].ID)
	}
	return d, nil
}

// LevelSeries is one level of earmarking over the years, in cents.
type LevelSeries struct {
	Level   finance.Earmarking `json:"level"`
	Amounts []int64            `json:"amounts"`
}

// Earmarking says how free the money was, year by year. All arrays run along years.
type Earmarking struct {
	Head
	Years             []int         `json:"years"`
	Labels            []string      `json:"labels"`
	Totals            []int64       `json:"totals"` // cents
	Levels            []LevelSeries `json:"levels"` // from the freest
	UnearmarkedRatio  []*float64    `json:"unearmarkedRatio"`
	FlexibleRatio     []*float64    `json:"flexibleRatio"`
	UnrestrictedRatio []*float64    `json:"unrestrictedRatio"`
	NetNegative       []YearDonor   `json:"netNegative"`
	NotConverted      []Unconverted `json:"notConverted"`
	NotConvertedCount int           `json:"notConvertedCount"`
}

// Earmarking answers for the fiscal years from … to. The view matters only for who is net-negative.
func (r *Reports) Earmarking(ctx context.Context, from, to int, by By) (*Earmarking, error) {
	b, err := r.read(ctx, from, to, by)
	if err != nil {
		return nil, err
	}
	e := &Earmarking{Head: b.head, Years: b.years, Labels: r.labels(b.years), NetNegative: []YearDonor{},
		NotConverted: b.unconverted, NotConvertedCount: b.notConverted}
	for _, level := range finance.EarmarkingLevels {
		e.Levels = append(e.Levels, LevelSeries{Level: level})
	}
	var ids []string
	for i, tally := range b.tallies {
		f := tally.Figures()
		e.Totals = append(e.Totals, f.Total)
		for k := range e.Levels {
			e.Levels[k].Amounts = append(e.Levels[k].Amounts, f.Earmarking[k])
		}
		e.UnearmarkedRatio, e.FlexibleRatio = append(e.UnearmarkedRatio, f.Unearmarked), append(e.FlexibleRatio, f.Flexible)
		e.UnrestrictedRatio = append(e.UnrestrictedRatio, f.Unrestricted)
		for _, p := range f.NetNegative {
			e.NetNegative = append(e.NetNegative, YearDonor{Year: b.years[i], ID: p.ID, Amount: r.Reporting.Of(p.Amount)})
			ids = append(ids, p.ID)
		}
	}
	names, err := r.donors.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range e.NetNegative {
		e.NetNegative[i].Name = nameOf(names, e.NetNegative[i].ID)
	}
	return e, nil
}

func (r *Reports) labels(years []int) []string {
	out := make([]string, len(years))
	for i, y := range years {
		out[i] = r.fiscal.Label(y)
	}
	return out
}
