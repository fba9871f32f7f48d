package report

import (
	"testing"

	"piper/internal/finance"
)

// TestNarrowReadAgrees: figures read from columns are those read from whole lines, to the cent and in every cell,
// whatever is converted, refunded, split over years or not there at all.
func TestNarrowReadAgrees(t *testing.T) {
	h := onSQLite(t)
	if _, err := h.im.Import(h.ctx, "a.csv", file(3_000), false); err != nil {
		t.Fatal(err)
	}
	h.load(t, header+"Late,,2019-02-28,100,XPF,soft,restricted,other\nLate,,2020-02-29,-5,EUR,tight,designated,eu\n")
	reverted := h.load(t, header+"Gone,,2020-01-01,999,EUR,soft,restricted,other\n")
	if _, err := h.repo.Revert(h.ctx, reverted.ImportID); err != nil {
		t.Fatal(err)
	}
	roots, err := h.people.Roots(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, search := range []finance.Search{{}, {From: "2018-04-01", Before: "2020-03-01"}, {From: "2031-01-01"}} {
		for _, view := range []finance.View{finance.Direct, finance.Ultimate} {
			whole, narrow := finance.Tally{}, finance.Tally{}
			aside := map[string]bool{}
			fine(t, h.repo.Each(h.ctx, search, func(line *finance.Income) error {
				if line.Worth == nil {
					aside[line.ID] = true
					return nil
				}
				whole.Add(view.Payer(line, roots), line)
				return nil
			}))
			left, err := h.repo.EachConverted(h.ctx, search, func(line *finance.Income) error {
				narrow.Add(view.Payer(line, roots), line)
				return nil
			})
			fine(t, err)
			if left != len(aside) {
				t.Errorf("%+v: %d lines are said to be left, there are %d", search, left, len(aside))
			}
			fine(t, h.repo.EachUnconverted(h.ctx, search, func(line *finance.Income) error {
				if !aside[line.ID] {
					t.Errorf("%s is converted", line.ID)
				}
				delete(aside, line.ID)
				return nil
			}))
			if len(aside) > 0 {
				t.Errorf("%d lines are in neither read", len(aside))
			}
			if len(whole) != len(narrow) || search.From != "2031-01-01" && len(whole) < 100 {
				t.Errorf("%+v, %s: %d payers, %d from whole lines", search, view, len(narrow), len(whole))
			}
			for id, cell := range whole {
				if narrow[id] == nil || *narrow[id] != *cell {
					t.Fatalf("%+v, %s, %s: %+v, from whole lines %+v", search, view, id, narrow[id], cell)
				}
			}
		}
	}
}
