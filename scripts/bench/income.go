package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// incomeFile writes a ledger of n lines from 300 donors over ten years.
func (b *bench) incomeFile(n int) (string, error) {
	path, err := filepath.Abs(filepath.Join(b.dir, fmt.Sprintf("income-%d.csv", n)))
	if err != nil {
		return "", err
	}
	rng := rand.New(rand.NewPCG(3, 4))
	var out strings.Builder
	out.WriteString("donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n")
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	for range n {
		donor := rng.IntN(300)
		ultimate := ""
		if donor%4 == 0 {
			ultimate = fmt.Sprintf("Foundation %d", donor/4)
		}
		fmt.Fprintf(&out, "Donor %d,%s,%s,%d.%02d,EUR,%s,%s,%s\n", donor, ultimate, time.Date(2016, 1, 1+rng.IntN(3650), 0, 0, 0, 0, time.UTC).Format("2006-01-02"),
			1+rng.IntN(90_000), rng.IntN(100), pick("unearmarked", "soft", "earmarked", "tight"), pick("unrestricted", "designated", "restricted"),
			pick("eu", "government", "foundation", "corporate", "membership"))
	}
	return path, os.WriteFile(path, []byte(out.String()), 0o600)
}

// importInto imports a file into a new house by the command line.
func (b *bench) importInto(ctx context.Context, file string) (time.Duration, error) {
	const name = "import"
	if err := os.RemoveAll(filepath.Join(b.dir, name)); err != nil {
		return 0, err
	}
	h, err := b.house(ctx, name)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	_, err = h.run(ctx, "", "import", "income", file, "--json")
	return time.Since(begun), err
}

// income compares an import with that of the sqlite3 shell into a table with the same indexes. The shell
// checks nothing and finds no donors.
func income(ctx context.Context, b *bench) error {
	file, err := b.incomeFile(b.lines)
	if err != nil {
		return err
	}
	var ours, theirs []time.Duration
	for range b.slowRuns {
		took, err := b.importInto(ctx, file)
		if err != nil {
			return err
		}
		ours = append(ours, took)
		if took, err = b.shellImport(ctx, file); err != nil {
			return err
		}
		theirs = append(theirs, took)
	}
	ratio := float64(median(ours)) / float64(median(theirs))
	b.add(row{fmt.Sprintf("import of %d income lines", b.lines), short(median(ours)), "sqlite3 .import " + short(median(theirs)), times(ratio), "≤ 8.00×", verdict(ratio <= 8)})
	return nil
}

func (b *bench) shellImport(ctx context.Context, file string) (time.Duration, error) {
	store := filepath.Join(b.dir, "shell.db")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(store + suffix)
	}
	c := exec.CommandContext(ctx, "sqlite3", store)
	c.Stdin = strings.NewReader(`PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE income(donor TEXT, ultimate_donor TEXT, date TEXT, amount TEXT, currency TEXT, earmarking TEXT, restriction TEXT, source_type TEXT);
CREATE INDEX i1 ON income(date);
CREATE INDEX i2 ON income(donor, date);
CREATE INDEX i3 ON income(ultimate_donor, date);
CREATE INDEX i4 ON income(source_type);
.import --csv --skip 1 ` + file + ` income
`)
	c.Stderr = os.Stderr
	begun := time.Now()
	err := c.Run()
	return time.Since(begun), err
}

// growth shows what more records cost: at each point the median time of one answer, and of an import. From
// one point to the next nothing may grow by more than n log n does.
func growth(ctx context.Context, b *bench) error {
	names := []string{"get", "list of 50 by country, sorted by name, with total", "search for a name", "import of income lines"}
	cost := make([][]time.Duration, len(names))
	for _, n := range b.points {
		h, err := b.filled(ctx, amount{stakeholders: n})
		if err != nil {
			return err
		}
		t, _, stop, err := h.serve(ctx)
		if err != nil {
			return err
		}
		a, err := collect(ctx, t)
		if err != nil {
			stop()
			return err
		}
		for _, q := range questions(a) {
			for i, name := range names {
				if q.name != name {
					continue
				}
				rates, err := b.compare(ctx, 1, []target{t}, []func(*rand.Rand) request{q.piper})
				if err != nil {
					stop()
					return err
				}
				cost[i] = append(cost[i], time.Duration(1e9/rates[0].perSecond))
			}
		}
		stop()
		file, err := b.incomeFile(n)
		if err != nil {
			return err
		}
		took, err := b.importInto(ctx, file)
		if err != nil {
			return err
		}
		cost[len(names)-1] = append(cost[len(names)-1], took)
	}
	for i, name := range names {
		var points []string
		worst := 0.0
		for j, n := range b.points {
			points = append(points, fmt.Sprintf("%d: %s", n, short(cost[i][j])))
			if j > 0 {
				before := b.points[j-1]
				allowed := float64(n) * math.Log(float64(n)) / (float64(before) * math.Log(float64(before)))
				worst = max(worst, float64(cost[i][j])/float64(cost[i][j-1])/allowed)
			}
		}
		b.add(row{"growth, " + name, strings.Join(points, ", "), "", times(worst), "≤ 1.00× of n log n", verdict(worst <= 1)})
	}
	return nil
}

// jobRun starts a job in a running Piper and waits for its end.
func (t target) jobRun(ctx context.Context, job string) (took time.Duration, outcome string, counts map[string]int64, err error) {
	var run struct {
		ID, Outcome, Message string
		Counts               map[string]int64
	}
	begun := time.Now()
	if err := t.fetch(ctx, http.MethodPost, "/api/v1/jobs/"+job+"/run", nil, &run); err != nil {
		return 0, "", nil, err
	}
	for run.Outcome == "running" {
		time.Sleep(3 * time.Millisecond)
		if err := t.fetch(ctx, http.MethodGet, "/api/v1/runs/"+run.ID, nil, &run); err != nil {
			return 0, "", nil, err
		}
	}
	if run.Outcome != "done" && run.Outcome != "unchanged" {
		return 0, run.Outcome, run.Counts, fmt.Errorf("the job %s ended %s: %s", job, run.Outcome, run.Message)
	}
	return time.Since(begun), run.Outcome, run.Counts, nil
}
