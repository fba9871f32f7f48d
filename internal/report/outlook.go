package report

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/finance"
)

// outlook gathers all that a forecast is worked out from. An award is secured at full value from the day it is
// made (METRICS.md); once an agreement is signed for it, that stands in its place, so nothing counts twice.
func (r *Reports) outlook(ctx context.Context, lens finance.Lens) (*finance.Outlook, *finance.Reserve, error) {
	roots, err := r.donors.Roots(ctx)
	if err != nil {
		return nil, nil, err
	}
	o := &finance.Outlook{Reporting: r.Reporting}
	if o.Secured, err = r.secured(ctx, roots); err != nil {
		return nil, nil, err
	}
	var awarded []finance.Expected
	if o.Pipeline, awarded, err = r.hopes(ctx, roots); err != nil {
		return nil, nil, err
	}
	taken := map[string]bool{}
	for i := range o.Secured {
		taken[o.Secured[i].OpportunityID] = true
	}
	signed := func(l finance.Expected) bool { return taken[l.ID] }
	o.Pipeline = slices.DeleteFunc(o.Pipeline, signed)
	o.Secured = append(o.Secured, slices.DeleteFunc(awarded, signed)...)
	projects, _, err := r.Plans.Places(ctx)
	if err != nil {
		return nil, nil, err
	}
	budgets, err := r.Plans.AdoptedBudgets(ctx)
	if err != nil {
		return nil, nil, err
	}
	o.Costs, o.HasCore = finance.CostsOf(budgets, projects, r.fiscal, lens.From, lens.Months)
	statement, err := r.statement(ctx)
	if err != nil {
		return nil, nil, err
	}
	if statement != nil {
		free := statement.Free()
		o.Free = &free
		if len(o.Costs) == 0 {
			o.Costs = finance.SpendOf(statement, lens.From, lens.Months)
		}
	}
	return o, statement, nil
}

// statement gives the newest reserve statement up to today, nil where there is none.
func (r *Reports) statement(ctx context.Context) (*finance.Reserve, error) {
	list, err := r.Plans.ReservesUpTo(ctx, r.today())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[len(list)-1], nil
}

// Lens makes the lens of a forecast that begins with this month; what is empty has defaults.
func (r *Reports) Lens(by By, weighting finance.Weighting) (finance.Lens, error) {
	l := finance.Lens{Fiscal: r.fiscal, From: finance.MonthOf(r.today()), Months: finance.Horizon, Basis: by.Basis, View: by.View, Weighting: weighting}
	if l.Weighting == "" {
		l.Weighting = finance.Discount
	}
	if l.Basis == finance.Signed {
		return l, fault.Field("basis", "What is signed lies in the past: a forecast is of cash or accrued money.")
	}
	return l, nil
}
