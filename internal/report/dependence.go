package report

import (
	"context"

	"piper/internal/finance"
)

// DonorShare is one payer's part of a period.
type DonorShare struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Amount finance.Money `json:"amount"`
	Share  *float64      `json:"share"` // null for one who is not part of the total
}

// SourceShare is one kind of source's part of a period.
type SourceShare struct {
	SourceType finance.SourceType `json:"sourceType"`
	Amount     finance.Money      `json:"amount"`
	Share      *float64           `json:"share"`
}

// Dependence says how dependent the organisation was in one fiscal year. Ratios go from 0 to 1; null
// means n/a.
type Dependence struct {
	Head
	Year              int           `json:"year"`
	Total             finance.Money `json:"total"`
	Donors            []DonorShare  `json:"donors"` // largest first
	HHI               *float64      `json:"hhi"`
	HHINormalised     *float64      `json:"hhiNormalised"`
	EffectiveFunders  *float64      `json:"effectiveFunders"`
	Top1              *float64      `json:"top1"`
	Top3              *float64      `json:"top3"`
	Top5              *float64      `json:"top5"`
	UnearmarkedRatio  *float64      `json:"unearmarkedRatio"`
	FlexibleRatio     *float64      `json:"flexibleRatio"`
	UnrestrictedRatio *float64      `json:"unrestrictedRatio"`
	SourceTypes       []SourceShare `json:"sourceTypes"`
	NetNegative       []DonorShare  `json:"netNegative"`  // got back more than they gave; not in any figure
	NotConverted      []Unconverted `json:"notConverted"` // the first of them; not in any figure
	NotConvertedCount int           `json:"notConvertedCount"`
}

// Dependence answers for one fiscal year.
func (r *Reports) Dependence(ctx context.Context, year int, by By) (*Dependence, error) {
	b, err := r.read(ctx, year, year, by)
	if err != nil {
		return nil, err
	}
	f := b.tallies[0].Figures()
	d := &Dependence{Head: b.head, Year: year, Total: r.Reporting.Of(f.Total),
		HHI: f.HHI, HHINormalised: f.HHINormalised, EffectiveFunders: f.Effective, Top1: f.Top1, Top3: f.Top3, Top5: f.Top5,
		UnearmarkedRatio: f.Unearmarked, FlexibleRatio: f.Flexible, UnrestrictedRatio: f.Unrestricted,
		NotConverted: b.unconverted, NotConvertedCount: b.notConverted}
	for i, amount := range f.Source {
		if amount != 0 {
			d.SourceTypes = append(d.SourceTypes, SourceShare{finance.SourceTypes[i], r.Reporting.Of(amount), f.SourceShares[i]})
		}
	}
	if d.SourceTypes == nil {
		d.SourceTypes = []SourceShare{}
	}
	names, err := r.donors.Names(ctx, idsOf(f.Donors, f.NetNegative))
	if err != nil {
		return nil, err
	}
	d.Donors, d.NetNegative = r.shares(f.Donors, names), r.shares(f.NetNegative, names)
	return d, nil
}

func idsOf(lists ...[]finance.Portion) []string {
	var ids []string
	for _, list := range lists {
		for _, p := range list {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (r *Reports) shares(list []finance.Portion, names map[string]string) []DonorShare {
	out := make([]DonorShare, len(list))
	for i, p := range list {
		out[i] = DonorShare{ID: p.ID, Name: nameOf(names, p.ID), Amount: r.Reporting.Of(p.Amount), Share: p.Share}
	}
	return out
}
