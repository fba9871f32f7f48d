package pack

import (
	"piper/internal/finance"
	"piper/internal/store"
)

// PackChange is one figure in the pack before and in this one; null is n/a. Each is of its pack's last year.
type PackChange struct {
	Metric string   `json:"metric" doc:"a metric, or income, effective, freeReserves"`
	Before *float64 `json:"before"`
	Now    *float64 `json:"now"`
}

// Restated is a fiscal year whose income is another in the books today than it was in the pack before.
type Restated struct {
	Label  string `json:"label"`
	Before int64  `json:"before" doc:"cents"`
	Now    int64  `json:"now" doc:"cents"`
}

// PackSince is what has changed since the pack before.
type PackSince struct {
	MadeAt       store.Instant `json:"madeAt"`
	AsOf         store.Date    `json:"asOf"`
	YearBefore   string        `json:"yearBefore" doc:"the last year of the pack before"`
	YearNow      string        `json:"yearNow"`
	Changes      []PackChange  `json:"changes" nullable:"false"`
	Restated     []Restated    `json:"restated" nullable:"false"`
	CliffBefore  string        `json:"cliffBefore" doc:"the cliff month; empty for none, or where it could not be told"`
	CliffNow     string        `json:"cliffNow"`
	NewDonors    []string      `json:"newDonors" nullable:"false" doc:"names of donors in the last year who were not in that of the pack before"`
	FormerDonors []string      `json:"formerDonors" nullable:"false"`
}

// since compares two packs of one basis, view and currency; nil where there is no pack before, or its figures are counted
// another way.
func since(before, now *PackContent) *PackSince {
	if before == nil || before.Basis != now.Basis || before.View != now.View || before.currency() != now.currency() {
		return nil
	}
	s := &PackSince{MadeAt: before.MadeAt, AsOf: before.AsOf, YearBefore: before.Dashboard.Label, YearNow: now.Dashboard.Label,
		Changes: []PackChange{}, Restated: []Restated{}, CliffBefore: before.Dashboard.Cliff.Month, CliffNow: now.Dashboard.Cliff.Month}
	s.Changes = append(s.Changes,
		PackChange{Metric: "income", Before: before.income(), Now: now.income()},
		PackChange{Metric: "effective", Before: lastOf(before.Donors.EffectiveFunders), Now: lastOf(now.Donors.EffectiveFunders)})
	for _, m := range finance.Metrics {
		s.Changes = append(s.Changes, PackChange{Metric: string(m), Before: before.value(m), Now: now.value(m)})
	}
	s.Changes = append(s.Changes, PackChange{Metric: "freeReserves", Before: before.free(), Now: now.free()})
	for i, year := range before.Donors.Years {
		// A year that was still running then has grown; that is no correction.
		if k := year - now.From; k >= 0 && k < len(now.Donors.Years) && !(before.Running && year == before.To) && now.Donors.Totals[k] != before.Donors.Totals[i] {
			s.Restated = append(s.Restated, Restated{Label: before.Donors.Labels[i], Before: before.Donors.Totals[i], Now: now.Donors.Totals[k]})
		}
	}
	s.NewDonors, s.FormerDonors = only(now, before), only(before, now)
	return s
}

func lastOf(list []*float64) *float64 { return list[len(list)-1] }

// income gives the income of the last year in whole units of the currency.
func (c *PackContent) income() *float64 {
	v := float64(c.Donors.Totals[len(c.Donors.Totals)-1]) / 100
	return &v
}

func (c *PackContent) free() *float64 {
	if c.Dashboard.Reserve == nil {
		return nil
	}
	v := float64(c.Dashboard.Reserve.Free) / 100
	return &v
}

func (c *PackContent) value(m finance.Metric) *float64 {
	for _, r := range c.Dashboard.Readings {
		if r.Metric == m {
			return r.Value
		}
	}
	return nil
}

// only gives the donors of a pack's last year who are not in that of the other, the largest first.
func only(of, other *PackContent) []string {
	there := map[string]bool{}
	for _, d := range other.Donors.Donors {
		if d.Amounts[len(d.Amounts)-1] != 0 {
			there[d.ID] = true
		}
	}
	names := []string{}
	for _, d := range of.Donors.Donors {
		if d.Amounts[len(d.Amounts)-1] != 0 && !there[d.ID] {
			names = append(names, d.Name)
		}
	}
	return names
}
