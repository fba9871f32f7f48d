package main

import (
	"context"
	"fmt"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// held is a collection of amounts, and what people call one and several of its documents.
type held struct{ collection, one, more string }

// converted have a worth, which is in the reporting currency.
var converted = []held{{"income", "income line", "income lines"}, {"expenses", "expense", "expenses"}, {"agreements", "agreement", "agreements"},
	{"opportunities", "opportunity", "opportunities"}, {"awards", "award of another funder", "awards of other funders"}}

// written have amounts in the reporting currency that no currency stands beside, or figures made of such.
var written = []held{{"budgets", "budget", "budgets"}, {"reserves", "reserve statement", "reserve statements"},
	{"scenarios", "scenario", "scenarios"}, {"board_packs", "board pack", "board packs"}}

// heldAmounts says in words what is in the store that ties it to its reporting currency, "" for nothing.
func (a *App) heldAmounts(ctx context.Context) (string, error) {
	var parts []string
	for _, list := range [][]held{converted, written} {
		for _, h := range list {
			c, err := rawOf(a.db, h.collection)
			if err != nil {
				return "", err
			}
			switch n, err := c.Count(ctx, filter.And{}); {
			case err != nil:
				return "", err
			case n == 1:
				parts = append(parts, "1 "+h.one)
			case n > 1:
				parts = append(parts, fmt.Sprintf("%d %s", n, h.more))
			}
		}
	}
	return strings.Join(parts, ", "), nil
}

func rawOf(db *store.DB, name string) (store.Raw, error) {
	for _, d := range db.Declared() {
		if d.Name == name {
			return d.Raw, nil
		}
	}
	return nil, fault.New(fault.Internal, "There is no collection %q.", name)
}
