package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// everything measures Ctrl-K: the search over everything, asked on every key while names are typed, as they are
// and with a slip. There is no peer. How long the slowest twentieth of the keys takes is what counts.
func everything(ctx context.Context, b *bench) error {
	filled, err := b.filled(ctx, b.size)
	if err != nil {
		return err
	}
	h, err := filled.copy(ctx)
	if err != nil {
		return err
	}
	t, _, stop, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	names, err := someNames(ctx, t)
	if err != nil {
		return err
	}
	for _, way := range []struct {
		name string
		typo bool
	}{{"as they are", false}, {"with a slip", true}} {
		var took []time.Duration
		for _, name := range names {
			letters := []rune(name)
			if way.typo && len(letters) > 3 {
				letters[2], letters[3] = letters[3], letters[2]
			}
			for n := 1; n <= len(letters); n++ {
				begun := time.Now()
				if err := t.fetch(ctx, http.MethodGet, "/api/v1/search?q="+url.QueryEscape(string(letters[:n])), nil, nil); err != nil {
					return err
				}
				took = append(took, time.Since(begun))
			}
		}
		slices.Sort(took)
		half, slow := took[len(took)/2], took[len(took)*95/100]
		b.add(row{fmt.Sprintf("Ctrl-K, %s, names typed %s: p50 and p95 of %d keys", b.size, way.name, len(took)),
			short(half) + ", " + short(slow), "", "", "p95 ≤ 30 ms", verdict(slow <= 30*time.Millisecond)})
	}
	return nil
}

// someNames gives names from all over the list.
func someNames(ctx context.Context, t target) (names []string, err error) {
	for i := range 40 {
		var l struct{ Items []struct{ Name string } }
		path := fmt.Sprintf("/api/v1/stakeholders?limit=1&q=%s", url.QueryEscape(wordList(4000)[i*97]))
		if err := t.fetch(ctx, http.MethodGet, path, nil, &l); err != nil {
			return nil, err
		}
		for _, item := range l.Items {
			names = append(names, item.Name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no names were found to type")
	}
	return names, nil
}
