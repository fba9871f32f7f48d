package finance

import (
	"context"

	"github.com/shopspring/decimal"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// rateBatch is how many days, or lines, one transaction writes.
const rateBatch = 500

// LatestRateDay gives the newest published day that is stored, "" where there is none.
func (r *Repo) LatestRateDay(ctx context.Context) (store.Date, error) {
	day, err := r.rates.First(ctx, nil, driver.Key{Path: "date", Desc: true})
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return day.Date, nil
}

// RateTable loads the rates that lines dated from first to last may need.
func (r *Repo) RateTable(ctx context.Context, first, last store.Date) (*RateTable, error) {
	latest, err := r.LatestRateDay(ctx)
	if err != nil {
		return nil, err
	}
	days, err := r.rates.Find(ctx, filter.And{
		filter.Compare{Field: "date", Op: filter.Gte, Value: string(addDays(first, -MaxRateAge))},
		filter.Compare{Field: "date", Op: filter.Lte, Value: string(last)},
	}, []driver.Key{{Path: "date"}}, 0)
	if err != nil {
		return nil, err
	}
	return NewRateTable(r.Reporting, days, latest), nil
}

// Worth gives what an amount is worth in the reporting currency at the last rates published on a day or before.
func (r *Repo) Worth(ctx context.Context, amount Money, on store.Date) (money.Frozen, error) {
	table, err := r.RateTable(ctx, on, on)
	if err != nil {
		return money.Frozen{}, err
	}
	worth, _, err := table.Worth(amount, on)
	return worth, err
}

// SaveRates stores published days. A day that is there already is only written where a rate is new or
// has another value; "306.6" and "306.60" are one.
func (r *Repo) SaveRates(ctx context.Context, days []*RateDay) (created, updated int, err error) {
	for from := 0; from < len(days); from += rateBatch {
		part := days[from:min(from+rateBatch, len(days))]
		var c, u int
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			var err error
			c, u, err = r.saveRates(ctx, part)
			return err
		})
		if err != nil {
			return created, updated, err
		}
		created, updated = created+c, updated+u
	}
	return created, updated, nil
}

func (r *Repo) saveRates(ctx context.Context, days []*RateDay) (created, updated int, err error) {
	dates := make([]any, len(days))
	for i, d := range days {
		dates[i] = string(d.Date)
	}
	known, err := r.rates.Find(ctx, filter.In{Field: "date", Values: dates}, nil, 0)
	if err != nil {
		return 0, 0, err
	}
	byDate := make(map[store.Date]*RateDay, len(known))
	for _, k := range known {
		byDate[k.Date] = k
	}
	var fresh, changed []*RateDay
	for _, d := range days {
		k := byDate[d.Date]
		switch {
		case k == nil:
			fresh = append(fresh, &RateDay{Date: d.Date, Rates: d.Rates})
		case k.take(d.Rates):
			changed = append(changed, k)
		}
	}
	if len(fresh) > 0 {
		if err := r.rates.CreateMany(ctx, fresh); err != nil {
			return 0, 0, err
		}
	}
	if len(changed) > 0 {
		if err := r.rates.ReplaceMany(ctx, changed); err != nil {
			return 0, 0, err
		}
	}
	return len(fresh), len(changed), nil
}

// take adds rates to a day and reports whether that changed a value.
func (d *RateDay) take(rates map[string]string) (changed bool) {
	if d.Rates == nil {
		d.Rates = map[string]string{}
	}
	for currency, rate := range rates {
		if old, ok := d.Rates[currency]; ok && sameNumber(old, rate) {
			continue
		}
		d.Rates[currency] = rate
		changed = true
	}
	return changed
}

func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	return errX == nil && errY == nil && x.Equal(y)
}

// Reconvert looks again at the lines that had no rate, or whose rate a day published later may overrule,
// and freezes what is known now. A line that somebody changes meanwhile waits for the next time.
func (r *Repo) Reconvert(ctx context.Context) (changed int, err error) {
	if changed, err = r.reconvertExpenses(ctx); err != nil {
		return changed, err
	}
	lines, err := r.lines.Find(ctx, filter.Eq{Field: "unsettled", Value: true}, nil, 0)
	if err != nil || len(lines) == 0 {
		return changed, err
	}
	first, last := lines[0].Date, lines[0].Date
	for _, l := range lines {
		first, last = min(first, l.Date), max(last, l.Date)
	}
	table, err := r.RateTable(ctx, first, last)
	if err != nil {
		return changed, err
	}
	var settled []*Income
	for _, l := range lines {
		before := *l
		if err := table.Convert(l); err != nil {
			return changed, err
		}
		if before.Unsettled != l.Unsettled || !before.SameRates(l.Frozen) {
			settled = append(settled, l)
		}
	}
	if err := evenOut(settled, table); err != nil {
		return 0, err
	}
	for from := 0; from < len(settled); from += rateBatch {
		part := settled[from:min(from+rateBatch, len(settled))]
		err := r.db.Tx(ctx, func(ctx context.Context) error { return r.lines.ReplaceMany(ctx, part) })
		if fault.Is(err, fault.Stale) || fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return changed, err
		}
		changed += len(part)
	}
	return changed, nil
}

// evenOut makes the parts of a payment add up to what the whole is worth, to the cent.
func evenOut(lines []*Income, table *RateTable) error {
	payments := map[string][]*Income{}
	for _, l := range lines {
		if l.SplitID != "" && l.ReversalOf == "" {
			payments[l.SplitID] = append(payments[l.SplitID], l)
		}
	}
	for _, parts := range payments {
		whole, weights := Income{Date: parts[0].Date, Amount: Money{Currency: parts[0].Amount.Currency}}, make([]int64, len(parts))
		for i, p := range parts {
			whole.Amount.Minor += p.Amount.Minor
			weights[i] = max(p.Amount.Minor, -p.Amount.Minor)
		}
		if err := table.Convert(&whole); err != nil || whole.Worth == nil {
			return err
		}
		for i, minor := range money.Split(whole.Worth.Minor, weights) {
			parts[i].Worth = &Money{Minor: minor, Currency: whole.Worth.Currency}
		}
	}
	return nil
}
