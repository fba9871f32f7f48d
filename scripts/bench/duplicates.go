package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// duplicates measures a search for duplicates by the command line, in stores without pairs: starting, reading,
// comparing and writing the pairs. There is no peer. From one size to the next it may grow by no more than n log n.
func duplicates(ctx context.Context, b *bench) error {
	var cost []time.Duration
	var points []string
	worst := 0.0
	for i, n := range b.crowds {
		var took []time.Duration
		for range b.slowRuns {
			one, err := b.findDuplicates(ctx, n)
			if err != nil {
				return err
			}
			took = append(took, one)
		}
		cost = append(cost, median(took))
		points = append(points, fmt.Sprintf("%d: %s", n, short(cost[i])))
		if i > 0 {
			before := b.crowds[i-1]
			allowed := float64(n) * math.Log(float64(n)) / (float64(before) * math.Log(float64(before)))
			worst = max(worst, float64(cost[i])/float64(cost[i-1])/allowed)
		}
	}
	last := cost[len(cost)-1]
	b.add(row{"duplicates of stakeholders, " + strings.Join(points, ", "), short(last), "", "", "≤ 60 s", verdict(last <= time.Minute)})
	b.add(row{"growth, duplicates of stakeholders", strings.Join(points, ", "), "", times(worst), "≤ 1.00× of n log n", verdict(worst <= 1)})
	return nil
}

// findDuplicates gives how long the first search takes in a store of n stakeholders.
func (b *bench) findDuplicates(ctx context.Context, n int) (time.Duration, error) {
	h, err := b.filled(ctx, amount{stakeholders: n})
	if err != nil {
		return 0, err
	}
	// A copy, because the first search writes the pairs and later ones do not.
	fresh := house{b: b, dir: filepath.Join(filepath.Dir(h.dir), "duplicates"), ownerID: h.ownerID, token: h.token}
	if err := os.RemoveAll(fresh.dir); err != nil {
		return 0, err
	}
	if err := os.CopyFS(fresh.dir, os.DirFS(h.dir)); err != nil {
		return 0, err
	}
	begun := time.Now()
	_, err = fresh.run(ctx, "", "job", "duplicates")
	return time.Since(begun), err
}
