package filter_test

import (
	"math"
	"testing"

	. "piper/internal/store/filter"
)

// doc is the values of the fields s (scalar), n, b, m (multi); what is not there is missing.
type doc map[string][]any

func (d doc) values(field string) []any { return d[field] }

func TestMatch(t *testing.T) {
	full := doc{"s": {"Straße"}, "n": {int64(5)}, "b": {false}, "m": {"x", "y"}}
	none := doc{}
	for i, c := range []struct {
		e          Expr
		full, none bool
	}{
		{nil, true, true},
		{And{}, true, true},
		{Or{}, false, false},
		{Not{And{}}, false, false},
		{Not{nil}, false, false},
		{And{nil, Or{nil}}, true, true},
		{Eq{"s", "Straße"}, true, false},
		{Eq{"s", "straße"}, false, false},
		{Not{Eq{"s", "x"}}, true, true},
		{Eq{"n", int64(5)}, true, false},
		{Eq{"n", "5"}, false, false},
		{Eq{"b", false}, true, false},
		{Eq{"m", "x"}, false, false}, // two values are not one
		{In{"s", nil}, false, false},
		{In{"n", []any{int64(4), int64(5)}}, true, false},
		{Not{In{"n", []any{int64(4)}}}, true, true},
		{Compare{"n", Gt, int64(4)}, true, false},
		{Compare{"n", Gt, int64(5)}, false, false},
		{Compare{"n", Gte, int64(5)}, true, false},
		{Compare{"n", Lt, int64(math.MaxInt64)}, true, false},
		{Compare{"n", Lte, int64(5)}, true, false},
		{Compare{"n", Lt, "9"}, false, false},
		{Compare{"s", Lt, "Strb"}, true, false},
		{Compare{"s", Gt, "Straz"}, true, false}, // bytes: ß is above z
		{Compare{"b", Lt, true}, true, false},
		{Not{Compare{"n", Gt, int64(4)}}, false, true},
		{Compare{"m", Gt, "a"}, false, false},
		{Has{"m", []any{"z", "y"}}, true, false},
		{Has{"m", nil}, false, false},
		{Not{Has{"m", []any{"x"}}}, false, true},
		{Contains{"s", "aß"}, true, false},
		{Contains{"s", ""}, true, false},
		{Contains{"n", "5"}, false, false},
		{Exists{"m"}, true, false},
		{Not{Exists{"s"}}, false, true},
		{And{Exists{"s"}, Or{Eq{"n", int64(1)}, Eq{"b", false}}}, true, false},
	} {
		if got := Match(c.e, full.values); got != c.full {
			t.Errorf("%d: %#v of a full document is %v", i, c.e, got)
		}
		if got := Match(c.e, none.values); got != c.none {
			t.Errorf("%d: %#v of an empty document is %v", i, c.e, got)
		}
	}
}
