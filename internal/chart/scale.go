package chart

import (
	"math"
	"strconv"
	"strings"
)

// axis is a value axis that begins and ends at a tick.
type axis struct {
	low, high, step float64
}

// axisFor spans low to high, zero included, with about n steps of 1, 2, 2.5 or 5 times a power of ten.
func axisFor(low, high float64, n int) axis {
	low, high = math.Min(low, 0), math.Max(high, 0)
	if high == low {
		high = 1
	}
	raw := (high - low) / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= raw*0.999 {
			step = m * power
			break
		}
	}
	return axis{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step, step: step}
}

func (a axis) ticks() []float64 {
	var t []float64
	for i := 0; ; i++ {
		v := a.low + float64(i)*a.step
		if v > a.high+a.step/2 || len(t) > 20 {
			return t
		}
		t = append(t, v)
	}
}

// place gives the y of a value on a plot between top and bottom.
func (a axis) place(v, top, bottom float64) float64 {
	return bottom - (v-a.low)/(a.high-a.low)*(bottom-top)
}

// unit is by how much amounts are divided before they are written.
type unit struct {
	by   float64
	name string
}

// unitFor chooses so that the largest amount has few digits.
func unitFor(largest float64) unit {
	switch {
	case largest >= 10_000_000:
		return unit{1_000_000, "million"}
	case largest >= 10_000:
		return unit{1_000, "thousand"}
	}
	return unit{1, ""}
}

// number writes a value with no more decimals than the step between values needs, thousands grouped.
func number(v, step float64) string {
	decimals := 0
	for s := step; decimals < 2 && math.Abs(s-math.Round(s)) > 1e-6; decimals++ {
		s *= 10
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return group(s)
}

// group puts a comma between thousands and a true minus sign before negative numbers.
func group(s string) string {
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "−", rest
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// Thousands writes cents as whole thousands of the currency, grouped; what is less than ten thousand
// keeps one decimal.
func Thousands(cents int64) string {
	v := float64(cents) / 100_000
	if math.Abs(v) < 10 && v != 0 {
		return number(v, 0.1)
	}
	return number(v, 1)
}

// Whole writes cents as whole units of the currency, grouped.
func Whole(cents int64) string { return number(float64(cents)/100, 1) }
