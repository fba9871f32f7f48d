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

// peopleFile writes a file of n people who work for a twentieth as many organisations.
func (b *bench) peopleFile(n int) (string, error) {
	path, err := filepath.Abs(filepath.Join(b.dir, fmt.Sprintf("people-%d.csv", n)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString("first name,last name,email,organisation,country,roles,tags,notes\n")
	for i := range n {
		fmt.Fprintf(&out, "Ana%d,Surname%d,p%d@example.org,Employer %d,France,media,alpha; beta,Met at the conference number %d\n", i, i%7000, i, i%max(n/20, 1), i%90)
	}
	return path, os.WriteFile(path, []byte(out.String()), 0o600)
}

// stakeholderImport shows what a file of stakeholders costs by the command line, the start of the program
// included: its dry run, its dry run and import, and its revert. From the smaller file to the larger nothing may
// grow by more than n log n does.
func stakeholderImport(ctx context.Context, b *bench) error {
	steps := []string{"dry run", "dry run and import", "revert"}
	sizes := []int{b.lines / 10, b.lines}
	cost := make([][]time.Duration, len(steps))
	for _, n := range sizes {
		file, err := b.peopleFile(n)
		if err != nil {
			return err
		}
		took := make([][]time.Duration, len(steps))
		for range b.slowRuns {
			if err := os.RemoveAll(filepath.Join(b.dir, "stakeholder-import")); err != nil {
				return err
			}
			h, err := b.house(ctx, "stakeholder-import")
			if err != nil {
				return err
			}
			var id string
			for i, args := range [][]string{{"import", "stakeholders", file, "--dry-run"}, {"import", "stakeholders", file}, {"import", "revert", ""}} {
				if i == 2 {
					args[2] = id
				}
				begun := time.Now()
				out, err := h.run(ctx, "", args...)
				if err != nil {
					return err
				}
				took[i] = append(took[i], time.Since(begun))
				if i == 1 {
					var state string
					if _, err := fmt.Sscan(out, &id, &state); err != nil || state != "live:" {
						return fmt.Errorf("the import ended as %q", out)
					}
				}
			}
		}
		for i := range steps {
			cost[i] = append(cost[i], median(took[i]))
		}
	}
	allowed := float64(sizes[1]) * math.Log(float64(sizes[1])) / (float64(sizes[0]) * math.Log(float64(sizes[0])))
	for i, step := range steps {
		worst := float64(cost[i][1]) / float64(cost[i][0]) / allowed
		b.add(row{fmt.Sprintf("%s of %d stakeholders", step, sizes[1]), short(cost[i][1]), fmt.Sprintf("%d: %s", sizes[0], short(cost[i][0])), times(worst), "≤ 1.00× of n log n", verdict(worst <= 1)})
	}
	return nil
}
