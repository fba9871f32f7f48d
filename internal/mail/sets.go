package mail

import (
	"slices"
	"strings"
)

// The lists inside mail documents are sets: ordered and without repetition, so that the same facts are
// the same bytes in whatever order they came to be known.

func compare(a, b string) int { return strings.Compare(a, b) }

// union gives the set of what is in a or b. Both must be sets.
func union(a, b []string) []string {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0:
		return b
	}
	out := make([]string, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			out, a = append(out, a[0]), a[1:]
		case c > 0:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// common gives the set of what is in both a and b. Both must be sets.
func common(a, b []string) []string {
	out := []string{}
	for _, v := range a {
		if _, ok := slices.BinarySearch(b, v); ok {
			out = append(out, v)
		}
	}
	return out
}

// set orders list and removes repetition and empty entries. It changes list.
func set(list []string) []string {
	list = slices.DeleteFunc(list, func(v string) bool { return v == "" })
	slices.Sort(list)
	return slices.Compact(list)
}

// overlap reports whether a and b, of any order, have something in common.
func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

// first gives at most the n first of a set, which are the same n in whatever order the set was put together.
func first(list []string, n int) []string {
	if len(list) > n {
		return list[:n]
	}
	return list
}
