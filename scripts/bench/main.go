// Command bench measures Piper beside named peers in one run and prints a table. It needs bin/piper (make build),
// and for the mail section Dovecot, mbsync (isync) and notmuch; for imports the sqlite3 shell.
//
//	go run ./scripts/bench                      everything; an hour, most of it filling stores
//	go run ./scripts/bench -quick               small stores and single runs, to see that it works
//	go run ./scripts/bench -only reads,start    some sections: reads, search, creates, start, income, stakeholder-import, mail, duplicates, figures, scroll, growth
//
// Peers take turns with Piper within a run, so that whatever else the machine does falls on both. Figures
// are medians. Filled stores are kept in tmp/bench and used again; remove the folder to begin anew.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
)

// sections in the order in which they are run.
var sections = []struct {
	name string
	run  func(context.Context, *bench) error
}{
	{"reads", reads}, {"search", everything}, {"creates", creates}, {"start", start}, {"income", income}, {"stakeholder-import", stakeholderImport}, {"mail", mailbox}, {"duplicates", duplicates}, {"figures", figures}, {"scroll", scroll}, {"growth", growth},
}

// bench is one run.
type bench struct {
	dir, piper string
	size       amount
	mails      int
	lines      int
	asking     string // of the reads, those whose name has this in it
	runs       int    // of reads and writes
	slowRuns   int    // of what takes long
	span       time.Duration
	points     []int // of growth
	crowds     []int // of stakeholders among whom duplicates are looked for
	books      []booksize
	rows       []row
	peers      map[string]string // built programs by name
	cleanups   []func()
}

func main() {
	debug.SetGCPercent(400) // filling stores is our own work, not what is measured
	quick := flag.Bool("quick", false, "small stores and single runs")
	only := flag.String("only", "", "sections to run, separated by commas; all unless told")
	dir := flag.String("dir", "tmp/bench", "where filled stores are kept")
	piper := flag.String("piper", "bin/piper", "the program to measure")
	span := flag.Duration("span", 0, "how long each run of reads and writes takes; 2 s unless told, 0.5 s with -quick")
	asking := flag.String("asking", "", "of the reads only those whose name has this in it, such as timeline")
	runs := flag.Int("runs", 0, "how many runs a median is of; 5 unless told (3 where one takes long), less with -quick")
	flag.Parse()
	b := &bench{dir: *dir, piper: *piper, size: amount{100_000, 500_000}, mails: 20_000, lines: 100_000, runs: 5, slowRuns: 3,
		span: 2 * time.Second, points: []int{10_000, 100_000, 1_000_000}, crowds: []int{10_000, 30_000, 100_000}, peers: map[string]string{},
		books: []booksize{{5_000, 200, false}, {50_000, 2_000, true}, {500_000, 20_000, false}}}
	if *quick {
		b.size, b.mails, b.lines, b.runs, b.slowRuns = amount{5_000, 20_000}, 1_000, 5_000, 3, 1
		b.books = []booksize{{5_000, 200, true}}
		b.span, b.points, b.crowds = 500*time.Millisecond, []int{1_000, 10_000}, []int{1_000, 5_000}
	}
	if *span > 0 {
		b.span = *span
	}
	b.asking = *asking
	if *runs > 0 {
		b.runs, b.slowRuns = *runs, *runs
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := b.all(ctx, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }))
	stop()
	for _, done := range slices.Backward(b.cleanups) {
		done()
	}
	if len(b.rows) > 0 {
		fmt.Print("\n", table(b.rows))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) all(ctx context.Context, only []string) error {
	for _, name := range only {
		if !slices.ContainsFunc(sections, func(s struct {
			name string
			run  func(context.Context, *bench) error
		}) bool {
			return s.name == name
		}) {
			return fmt.Errorf("there is no section %q", name)
		}
	}
	if _, err := os.Stat(b.piper); err != nil {
		return fmt.Errorf("%s is not there; make build makes it", b.piper)
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	for _, s := range sections {
		if len(only) > 0 && !slices.Contains(only, s.name) {
			continue
		}
		b.say("── " + s.name)
		if err := s.run(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// say tells on standard error how far it is.
func (b *bench) say(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }

// add adds a line to the table and shows it at once.
func (b *bench) add(r row) {
	b.rows = append(b.rows, r)
	b.say(fmt.Sprintf("   %s: %s, %s %s %s", r.what, r.piper, r.peer, r.ratio, r.met))
}
