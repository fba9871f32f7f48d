package finance

import (
	"sort"

	"piper/internal/store"
)

// Loss is what the end of one donor would mean.
type Loss struct {
	ID     string
	Cents  int64    // expected from the donor from that day on, within the months
	Months *float64 // until free reserves reach zero; nil where they outlast the months, or are not known
}

// LossTest answers for every donor at once: how many months, counted from the beginning of the forecast,
// pass until free reserves reach zero if nothing of that donor is paid or earned from a day on, costs
// unchanged. The worst comes first: the shortest time, then the largest amount, then the id. The first answer
// is for no loss at all.
func (o *Outlook) LossTest(lens Lens, stop store.Date) (without *float64, losses []Loss) {
	net := make([]int64, lens.Months)
	lost := map[string][]int64{}
	count := func(lines []Expected, pipeline bool) {
		for i := range lines {
			l := &lines[i]
			if l.Worth == nil {
				continue
			}
			cents := l.Worth.Minor
			if pipeline {
				cents = lens.Weighting.Weigh(cents, l.Probability)
			}
			within := func(sign int64, months []int64) func(Month, int64) {
				return func(m Month, part int64) {
					if at := int(m - lens.From); at >= 0 && at < lens.Months {
						months[at] += sign * part
					}
				}
			}
			l.each(lens.Basis, lens.Fiscal, cents, within(1, net))
			if l.DonorID == "" {
				continue // a hope of nobody in particular has nobody to lose
			}
			payer := l.Payer(lens.View)
			months := lost[payer]
			if months == nil {
				months = make([]int64, lens.Months)
				lost[payer] = months
			}
			l.each(lens.Basis, lens.Fiscal, cents, within(1, months))
			kept := *l
			kept.stop(stop)
			kept.each(lens.Basis, lens.Fiscal, cents, within(-1, months))
		}
	}
	count(o.Secured, false)
	count(o.Pipeline, true)
	for _, c := range o.Costs {
		if at := int(c.Month - lens.From); at >= 0 && at < lens.Months {
			net[at] -= c.Cents
		}
	}
	if o.Free != nil {
		without = runOut(*o.Free, net)
	}
	rest := make([]int64, lens.Months)
	for id, months := range lost {
		loss := Loss{ID: id}
		for i, cents := range months {
			loss.Cents += cents
			rest[i] = net[i] - cents
		}
		if o.Free != nil {
			loss.Months = runOut(*o.Free, rest)
		}
		losses = append(losses, loss)
	}
	sort.Slice(losses, func(i, j int) bool { return worse(losses[i], losses[j]) })
	return without, losses
}

func worse(a, b Loss) bool {
	switch {
	case (a.Months == nil) != (b.Months == nil):
		return a.Months != nil
	case a.Months != nil && *a.Months != *b.Months:
		return *a.Months < *b.Months
	case a.Cents != b.Cents:
		return a.Cents > b.Cents
	}
	return a.ID < b.ID
}
