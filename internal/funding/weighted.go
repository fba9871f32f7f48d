package funding

import (
	"math/big"

	"piper/internal/money"
	"piper/internal/store"
)

// cutOff is the probability in percent from which the cut-off method takes an ask whole (METRICS.md).
const cutOff = 75

// Period is a span of days, both ends counted. The zero Period is all time.
type Period struct{ From, To store.Date }

// Sums is what a number of opportunities come to, in the reporting currency. Amounts are absent for who may not read them.
type Sums struct {
	Count        int          `json:"count"`
	Sum          *money.Money `json:"sum,omitempty" doc:"asks at their frozen rates; of a period, the part that falls into it"`
	Discount     *money.Money `json:"discount,omitempty" doc:"each ask times its probability; open ones only"`
	CutOff       *money.Money `json:"cutOff,omitempty" doc:"asks with a probability of 75 percent or more, whole; open ones only"`
	NotConverted int          `json:"notConverted" doc:"asks without a rate, which are in no sum"`
	WithoutAsk   int          `json:"withoutAsk" doc:"opportunities that name no amount yet"`
}

// SumUp adds opportunities up by both methods of METRICS.md. Each is rounded by itself, to the nearest cent, a
// half upwards, so that the columns of a board add up to its total.
func SumUp(list []*Opportunity, in Period, reporting money.Reporting) Sums {
	var sum, discount, cut int64
	s := Sums{Count: len(list)}
	for _, o := range list {
		switch {
		case o.Ask == nil:
			s.WithoutAsk++
			continue
		case o.Worth == nil:
			s.NotConverted++
			continue
		}
		sum += o.within(in, 100)
		if !o.Stage.Open() {
			continue
		}
		discount += o.within(in, o.Probability)
		if o.Probability >= cutOff {
			cut += o.within(in, 100)
		}
	}
	of := func(minor int64) *money.Money { m := reporting.Of(minor); return &m }
	s.Sum, s.Discount, s.CutOff = of(sum), of(discount), of(cut)
	return s
}

// within gives percent of the part of the ask, in cents, that falls into a period: by days of its own span. An
// opportunity without a span is in no period but that of all time.
func (o *Opportunity) within(in Period, percent int) int64 {
	num, den := int64(percent), int64(100)
	if in != (Period{}) {
		if o.From == "" || o.To == "" {
			return 0
		}
		first, last := o.From, o.To
		if in.From != "" {
			first = max(first, in.From)
		}
		if in.To != "" {
			last = min(last, in.To)
		}
		if first > last {
			return 0
		}
		num, den = num*days(first, last), den*days(o.From, o.To)
	}
	n := new(big.Int).Mul(big.NewInt(o.Worth.Minor), big.NewInt(2*num))
	n.Add(n, big.NewInt(den))
	return n.Quo(n, big.NewInt(2*den)).Int64()
}

// days counts the days of a span, both ends included.
func days(from, to store.Date) int64 { return int64(to.Time().Sub(from.Time()).Hours())/24 + 1 }
