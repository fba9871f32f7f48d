package finance

import (
	"math/big"
	"sort"
)

// Cell is the net income of one payer in one period, in cents, and how it divides.
type Cell struct {
	Total       int64
	Earmarking  [4]int64 // in the order of EarmarkingLevels
	Restriction [3]int64 // in the order of Restrictions
	Source      [9]int64 // in the order of SourceTypes
}

// Tally nets the lines of one period per payer. Its sums are whole numbers, so the order of the lines
// does not matter.
type Tally map[string]*Cell

// Add counts one converted line under its payer. The caller keeps lines that are not converted aside.
func (t Tally) Add(payer string, line *Income) {
	t.count(payer, line.Worth.Minor, line.Earmarking, line.Restriction, line.SourceType)
}

func (t Tally) count(payer string, cents int64, earmarking Earmarking, restriction Restriction, source SourceType) {
	c := t[payer]
	if c == nil {
		c = &Cell{}
		t[payer] = c
	}
	c.Total += cents
	if i := indexOf(EarmarkingLevels, earmarking); i >= 0 {
		c.Earmarking[i] += cents
	}
	if i := indexOf(Restrictions, restriction); i >= 0 {
		c.Restriction[i] += cents
	}
	if i := indexOf(SourceTypes, source); i >= 0 {
		c.Source[i] += cents
	}
}

func indexOf[T comparable](list []T, v T) int {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}

// Portion is the net income of one payer, in cents, and its share of the total.
type Portion struct {
	ID     string
	Amount int64
	Share  *float64 // nil for a payer who is not part of the total
}

// Figures are the figures of README.md that need only income lines, of one period and one view. A nil
// figure is "n/a": there was nothing to divide by, or refunds outweigh what they would be a share of.
type Figures struct {
	Total         int64     // cents
	Donors        []Portion // with a_i > 0; largest first, equal ones by id
	NetNegative   []Portion // who got back at least as much as they gave and more; not in the total
	HHI           *float64
	HHINormalised *float64
	Effective     *float64 // effective number of funders
	Top1          *float64
	Top3          *float64
	Top5          *float64
	Earmarking    [4]int64 // of the payers in Donors
	Restriction   [3]int64
	Source        [9]int64
	SourceShares  [9]*float64
	Unearmarked   *float64 // ratio
	Flexible      *float64
	Unrestricted  *float64
}

// Figures computes every figure of the tally, exactly; only the finished ratio becomes a float.
func (t Tally) Figures() Figures {
	var f Figures
	for id, c := range t {
		switch {
		case c.Total > 0:
			f.Donors = append(f.Donors, Portion{ID: id, Amount: c.Total})
			f.add(c)
		case c.Total < 0:
			f.NetNegative = append(f.NetNegative, Portion{ID: id, Amount: c.Total})
		}
	}
	sortPortions(f.Donors)
	sortPortions(f.NetNegative)
	if f.Total == 0 {
		return f
	}
	f.concentration()
	for i := range f.Donors {
		f.Donors[i].Share = Ratio(f.Donors[i].Amount, f.Total)
	}
	for i, amount := range f.Source {
		f.SourceShares[i] = PortionOf(amount, f.Total)
	}
	f.Unearmarked = PortionOf(f.Earmarking[0], f.Total)
	f.Flexible = PortionOf(f.Earmarking[0]+f.Earmarking[1], f.Total)
	f.Unrestricted = PortionOf(f.Restriction[0], f.Total)
	return f
}

func (f *Figures) add(c *Cell) {
	f.Total += c.Total
	for i, v := range c.Earmarking {
		f.Earmarking[i] += v
	}
	for i, v := range c.Restriction {
		f.Restriction[i] += v
	}
	for i, v := range c.Source {
		f.Source[i] += v
	}
}

// concentration computes the indices from the donors, which are sorted and whose sum is not zero.
func (f *Figures) concentration() {
	squares := new(big.Int)
	for _, d := range f.Donors {
		a := big.NewInt(d.Amount)
		squares.Add(squares, a.Mul(a, a))
	}
	total := big.NewInt(f.Total)
	hhi := new(big.Rat).SetFrac(squares, total.Mul(total, total))
	f.HHI = edge(hhi)
	f.Effective = edge(new(big.Rat).Inv(hhi))
	one := big.NewRat(1, 1)
	if n := int64(len(f.Donors)); n == 1 {
		f.HHINormalised = edge(one)
	} else {
		least := big.NewRat(1, n)
		f.HHINormalised = edge(new(big.Rat).Quo(new(big.Rat).Sub(hhi, least), new(big.Rat).Sub(one, least)))
	}
	f.Top1, f.Top3, f.Top5 = f.top(1), f.top(3), f.top(5)
}

func (f *Figures) top(n int) *float64 {
	var sum int64
	for i, d := range f.Donors {
		if i == n {
			break
		}
		sum += d.Amount
	}
	return Ratio(sum, f.Total)
}

// Ratio gives part ÷ whole, or nil where whole is zero.
func Ratio(part, whole int64) *float64 {
	if whole == 0 {
		return nil
	}
	return edge(big.NewRat(part, whole))
}

// PortionOf gives part ÷ whole where that is a portion at all. Refunds can leave a level below zero, or
// above the total; such a level has an amount but no ratio.
func PortionOf(part, whole int64) *float64 {
	if whole <= 0 || part < 0 || part > whole {
		return nil
	}
	return Ratio(part, whole)
}

// edge is where exact numbers become floats.
func edge(r *big.Rat) *float64 {
	v, _ := r.Float64()
	return &v
}

func sortPortions(p []Portion) {
	sort.Slice(p, func(i, j int) bool {
		if p[i].Amount != p[j].Amount {
			return p[i].Amount > p[j].Amount
		}
		return p[i].ID < p[j].ID
	})
}
