package money

import (
	"math/big"
	"sort"
)

// Split divides total over the weights so that the parts add up to total exactly: every part gets its
// whole number of minor units, and what is left goes, one unit each, to the parts with the largest
// remainders, the earlier part first where remainders are equal. A negative total splits like the
// positive one with its sign turned. It gives nil where there is nothing to divide by: no weights, a
// negative weight, or weights that are all zero.
func Split(total int64, weights []int64) []int64 {
	sum := new(big.Int)
	for _, w := range weights {
		if w < 0 {
			return nil
		}
		sum.Add(sum, big.NewInt(w))
	}
	if sum.Sign() == 0 {
		return nil
	}
	whole := new(big.Int).Abs(big.NewInt(total))
	parts := make([]*big.Int, len(weights))
	rests := make([]*big.Int, len(weights))
	left := new(big.Int).Set(whole)
	for i, w := range weights {
		parts[i], rests[i] = new(big.Int), new(big.Int)
		parts[i].QuoRem(new(big.Int).Mul(whole, big.NewInt(w)), sum, rests[i])
		left.Sub(left, parts[i])
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rests[order[a]].Cmp(rests[order[b]]) > 0 })
	one := big.NewInt(1)
	for _, i := range order[:left.Int64()] {
		parts[i].Add(parts[i], one)
	}
	out := make([]int64, len(parts))
	for i, p := range parts {
		if total < 0 {
			p.Neg(p)
		}
		out[i] = p.Int64()
	}
	return out
}
