// Command check is the whole gate, as `make test` runs it: format, lint, vet, the Go tests under the race
// detector, and the front end's types, lint, unit and browser tests. It goes on after a step that failed,
// so that one run shows everything that is wrong, and ends with what was skipped and why.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sort"
	"strings"
	"sync"
	"time"
)

// step is one part of the gate.
type step struct {
	name string
	dir  string
	env  []string
	args []string
	// silent: what the command prints is itself the fault (gofmt -l)
	silent bool
}

// lanes are run side by side, the steps of each one after the other.
type lanes [][]step

// gate is in the order in which it is run. What only reads shares the processors; tests have them alone, as they wait for
// each other's answers.
var gate = []lanes{
	{
		{
			{name: "go format", args: []string{"gofmt", "-l", "config", "frontend/embed.go", "internal", "jobs", "scripts", "server"}, silent: true},
			{name: "go vet", args: []string{"go", "vet", "./..."}},
			{name: "go lint", args: []string{"go", "tool", "staticcheck", "./..."}},
		},
		{
			{name: "web types", dir: "frontend", args: []string{"npm", "run", "--silent", "typecheck"}},
			{name: "web lint", dir: "frontend", args: []string{"npm", "run", "--silent", "lint"}},
			{name: "web format", dir: "frontend", args: []string{"npm", "run", "--silent", "format:check"}},
			{name: "web unit tests", dir: "frontend", args: []string{"npm", "run", "--silent", "test"}},
		},
	},
	// The longest package first: begun last, it would run alone at the end.
	{{{name: "go tests", env: []string{"CGO_ENABLED=1"}, args: []string{"go", "test", "-race", "-json", "-timeout", "20m", "./server", "./..."}}}},
	{{{name: "mail corpus", args: []string{"go", "test", "-json", "-timeout", "20m", "-run", "^TestCorpus$", "./jobs/mail"}}}},
	{{{name: "browser tests", dir: "frontend", args: []string{"npm", "run", "--silent", "e2e"}}}},
}

func main() {
	only := flag.String("only", "", "run only the steps whose name begins so")
	flag.Parse()
	r := report{}
	for _, side := range gate {
		var all sync.WaitGroup
		for _, lane := range side {
			all.Go(func() {
				for _, s := range lane {
					if strings.HasPrefix(s.name, *only) {
						r.run(s, len(side) > 1)
					}
				}
			})
		}
		all.Wait()
	}
	r.print()
	if len(r.failed) > 0 {
		os.Exit(1)
	}
}

// report is what became of the steps.
type report struct {
	tally  tally
	mu     sync.Mutex // guards what follows, and the terminal
	failed []failure
}

type failure struct {
	name string
	last []byte
}

// run runs a step. What it prints is seen as it comes or, where another step runs beside it, at its end.
func (r *report) run(s step, beside bool) {
	var held bytes.Buffer
	last := &tail{}
	out := io.MultiWriter(os.Stdout, last)
	if beside {
		out = io.MultiWriter(&held, last)
	} else {
		fmt.Printf("── %s\n", s.name)
	}
	started := time.Now()
	err := s.run(&r.tally, out)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = held.WriteTo(os.Stdout)
	for line := range strings.Lines(string(last.text)) {
		if said, ok := strings.CutPrefix(line, "SKIPPED "); ok {
			r.tally.skips = append(r.tally.skips, strings.TrimSpace(said))
		}
	}
	if err != nil {
		r.failed = append(r.failed, failure{s.name, last.text})
		fmt.Printf("── %s FAILED (%v) after %s\n", s.name, err, time.Since(started).Round(time.Second))
		return
	}
	fmt.Printf("── %s ok, %s\n", s.name, time.Since(started).Round(100*time.Millisecond))
}

func (r *report) print() {
	t := &r.tally
	t.printSkips()
	for _, f := range r.failed {
		fmt.Printf("FAILED: %s\n%s", f.name, f.last)
	}
	for _, name := range t.fails {
		fmt.Println("failed:", name)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, len(t.fails), len(t.skips))
}

func (s step) run(t *tally, out io.Writer) error {
	cmd := exec.Command(s.args[0], s.args[1:]...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), s.env...)
	if s.silent {
		cmd.Stderr = out
		found, err := cmd.Output()
		if err == nil && len(found) > 0 {
			err = fmt.Errorf("not formatted:\n%s", found)
		}
		return err
	}
	if s.args[0] != "go" || s.args[1] != "test" {
		cmd.Stdout, cmd.Stderr = out, out
		return cmd.Run()
	}
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	t.read(bufio.NewReaderSize(pipe, 1<<20))
	return cmd.Wait()
}

// tail keeps the end of what a step printed, to be said again at the very end: a log is often cut above.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	const kept = 1500
	t.text = append(t.text, p...)
	if over := len(t.text) - kept; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(p), nil
}

// event is one line of `go test -json`.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// tally reads the events of the Go tests: it prints a line for each package, the output of what failed,
// and keeps the reasons of what was skipped.
type tally struct {
	passed int
	fails  []string
	skips  []string
	output map[string][]string // of tests that have not ended yet
}

func (t *tally) read(r *bufio.Reader) {
	t.output = map[string][]string{}
	for {
		line, err := r.ReadBytes('\n')
		if err != nil {
			return
		}
		var e event
		if json.Unmarshal(line, &e) != nil {
			os.Stdout.Write(line)
			continue
		}
		t.take(e)
	}
}

func (t *tally) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		t.output[key] = append(t.output[key], e.Output)
		if e.Action == "build-output" {
			fmt.Print(e.Output)
		}
		return
	case "pass":
		if e.Test != "" {
			t.passed++
		} else {
			fmt.Printf("   ok   %-50s %6.1fs\n", e.Package, e.Elapsed)
		}
	case "fail":
		if e.Test != "" {
			t.fails = append(t.fails, key)
		} else {
			fmt.Printf("   FAIL %-50s %6.1fs\n", e.Package, e.Elapsed)
		}
		fmt.Print(strings.Join(t.output[key], ""))
	case "skip":
		if e.Test != "" {
			t.skips = append(t.skips, fmt.Sprintf("%s %s: %s", strings.TrimPrefix(e.Package, "piper/"), e.Test, reason(t.output[key])))
		}
	default:
		return
	}
	delete(t.output, key)
}

// reason is the sentence that a skipped test left.
func reason(output []string) string {
	var said []string
	for _, line := range output {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if _, rest, ok := strings.Cut(line, ".go:"); ok {
			if _, text, ok := strings.Cut(rest, ": "); ok {
				line = text
			}
		}
		said = append(said, line)
	}
	return strings.Join(said, " ")
}

func (t *tally) printSkips() {
	if len(t.skips) == 0 {
		fmt.Println("Nothing was skipped.")
		return
	}
	sort.Strings(t.skips)
	fmt.Println("Skipped:")
	for _, s := range t.skips {
		fmt.Println("  ·", s)
	}
}
