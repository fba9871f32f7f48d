package money

import (
	"math"
	"math/big"
	"slices"
	"sort"
)

// Split divides total over the weights so that the parts add up to total exactly: every part gets its
// whole number of minor units, and what is left goes, one unit each, to the parts with the largest
// remainders, the earlier part first where remainders are equal. A negative total splits like the
// positive one with its sign turned. It gives nil where there is nothing to divide by: no weights, a
// negative weight, or weights that are all zero.
func Split(total int64, weights []int64) []int64 {
	if parts, ok := splitSmall(total, weights); ok {
		return parts
	}
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

// splitSmall is Split in machine words, where they are large enough for every product: a forecast divides many
// thousand lines by days. ok is false where they are not, or where there is nothing to divide by.
func splitSmall(total int64, weights []int64) (parts []int64, ok bool) {
	var sum int64
	for _, w := range weights {
		if w < 0 || w > math.MaxInt32 {
			return nil, false
		}
		sum += w
	}
	whole := max(total, -total)
	if sum <= 0 || sum > math.MaxInt32 || whole < 0 || whole > math.MaxInt64/math.MaxInt32 {
		return nil, false
	}
	parts = make([]int64, len(weights))
	rests := make([]int64, len(weights))
	left := whole
	for i, w := range weights {
		parts[i], rests[i] = whole*w/sum, whole*w%sum
		left -= parts[i]
	}
	if left > 0 {
		order := make([]int, len(weights))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return int(rests[b] - rests[a]) })
		for _, i := range order[:left] {
			parts[i]++
		}
	}
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts, true
}
