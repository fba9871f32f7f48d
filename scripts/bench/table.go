package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// row is one line of the table.
type row struct{ what, piper, peer, ratio, target, met string }

func verdict(ok bool) string {
	if ok {
		return "met"
	}
	return "NOT MET"
}

// table lays rows out in columns.
func table(rows []row) string {
	lines := [][]string{{"what", "Piper", "peer", "ratio", "target", ""}}
	for _, r := range rows {
		lines = append(lines, []string{r.what, r.piper, r.peer, r.ratio, r.target, r.met})
	}
	width := make([]int, len(lines[0]))
	for _, l := range lines {
		for i, cell := range l {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var out strings.Builder
	for n, l := range lines {
		for i, cell := range l {
			if i > 0 {
				out.WriteString("  ")
			}
			out.WriteString(cell)
			if i < len(l)-1 {
				out.WriteString(strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)))
			}
		}
		out.WriteByte('\n')
		if n == 0 {
			for i, w := range width {
				if i > 0 {
					out.WriteString("  ")
				}
				out.WriteString(strings.Repeat("─", w))
			}
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// median gives the middle of the figures, for an even number the lower one.
func median[T int | float64 | time.Duration](list []T) T {
	if len(list) == 0 {
		return 0
	}
	list = slices.Clone(list)
	slices.Sort(list)
	return list[(len(list)-1)/2]
}

func perSecond(r rate) string { return fmt.Sprintf("%.0f/s (%s CPU)", r.perSecond, short(r.cpu)) }

// short writes a duration with two or three digits that matter.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", float64(d)/1e6)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.0f µs", float64(d)/1e3)
}

func times(x float64) string { return fmt.Sprintf("%.2f×", x) }
