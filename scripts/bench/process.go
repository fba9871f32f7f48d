package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"piper/internal/access"
	"piper/internal/run"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

const (
	email    = "bench@example.org"
	password = "a long password for the bench"
)

// house is a data folder of Piper's with one account in it.
type house struct {
	b                   *bench
	dir, ownerID, token string
}

func (h house) store() string { return filepath.Join(h.dir, "piper.db") }

// house opens a data folder, with an administrator and their token made where it is new.
func (b *bench) house(ctx context.Context, name string) (h house, err error) {
	dir, err := filepath.Abs(filepath.Join(b.dir, name))
	if err != nil {
		return h, err
	}
	h = house{b: b, dir: dir}
	note := filepath.Join(dir, "bench.txt")
	if text, err := os.ReadFile(note); err == nil {
		_, err = fmt.Sscan(string(text), &h.ownerID, &h.token)
		return h, err
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return h, err
	}
	if h.ownerID, err = h.run(ctx, password, "account", "add", "--email", email, "--name", "Bench", "--role", "administrator", "--password-stdin"); err != nil {
		return h, err
	}
	if h.token, err = h.run(ctx, "", "token", "add", "--email", email, "--scope", "write"); err != nil {
		return h, err
	}
	return h, os.WriteFile(note, []byte(h.ownerID+" "+h.token+"\n"), 0o600)
}

// filled gives a house with so much in it. A house that was half filled when the last run ended is made anew.
func (b *bench) filled(ctx context.Context, n amount) (house, error) {
	name := fmt.Sprintf("store-%d-%d", n.stakeholders, n.messages)
	full := filepath.Join(b.dir, name, "full")
	if _, err := os.Stat(full); err != nil {
		if err := os.RemoveAll(filepath.Join(b.dir, name)); err != nil {
			return house{}, err
		}
	}
	h, err := b.house(ctx, name)
	if err != nil {
		return h, err
	}
	if _, err := os.Stat(full); err == nil {
		return h, nil
	}
	b.say("filling a store with " + n.String() + " …")
	if err := seed(ctx, h.store(), h.ownerID, n, func(s string) { b.say("   " + s) }); err != nil {
		return h, err
	}
	return h, os.WriteFile(full, nil, 0o600)
}

// copy gives a copy to write into, which ends with the bench, so that the filled store stays as it was.
func (h house) copy(ctx context.Context) (house, error) {
	to := h.dir + "-copy"
	if err := os.RemoveAll(to); err != nil {
		return h, err
	}
	h.b.cleanups = append(h.b.cleanups, func() { os.RemoveAll(to) })
	if out, err := exec.CommandContext(ctx, "cp", "-rp", h.dir, to).CombinedOutput(); err != nil {
		return h, fmt.Errorf("copying %s: %w: %s", h.dir, err, out)
	}
	h.dir = to
	return h, nil
}

func (h house) command(ctx context.Context, args ...string) *exec.Cmd {
	piper, err := filepath.Abs(h.b.piper)
	if err != nil {
		piper = h.b.piper
	}
	c := exec.CommandContext(ctx, piper, args...)
	c.Env = append(os.Environ(), "PIPER_DATA="+h.dir, "PIPER_ALLOW_PRIVATE_FETCH=true", "PIPER_LOG_LEVEL=WARN", "PIPER_ECB_URL=http://127.0.0.1:9/")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 20 * time.Second
	return c
}

// run runs a command of Piper's to its end and gives the first line of what it prints.
func (h house) run(ctx context.Context, input string, args ...string) (string, error) {
	c := h.command(ctx, args...)
	c.Stdin, c.Stderr = strings.NewReader(input), os.Stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("piper %s: %w", strings.Join(args, " "), err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first, nil
}

// serve starts Piper on the house and waits for its first answer. took is from start to answer.
func (h house) serve(ctx context.Context) (t target, took time.Duration, stop func(), err error) {
	if err := h.settle(ctx); err != nil {
		return t, 0, nil, err
	}
	addr, err := freeAddress()
	if err != nil {
		return t, 0, nil, err
	}
	c := h.command(ctx, "serve")
	c.Env = append(c.Env, "PIPER_ADDR="+addr)
	c.Stderr = os.Stderr
	begun := time.Now()
	if stop, err = begin(c); err != nil {
		return t, 0, nil, err
	}
	t = target{name: "Piper", addr: addr, pid: c.Process.Pid, token: h.token}
	if err := t.wait(ctx, "/api/v1/stakeholders?limit=1", 2*time.Millisecond); err != nil {
		stop()
		return t, 0, nil, err
	}
	took = time.Since(begun)
	if err := t.rest(ctx); err != nil {
		stop()
		return t, 0, nil, err
	}
	return t, took, stop, nil
}

// catchUp is longer than Piper waits at its start before it catches up with the jobs that were due.
const catchUp = 4 * time.Second

// settle notes a run of the nightly jobs that read every record, and of the one that reads mail, so that Piper has nothing to catch up with in a store
// just filled: nobody measures answers beside the work of a night, and mail is read when it is measured.
func (h house) settle(ctx context.Context) error {
	engine, err := sqlite.Open(h.store())
	if err != nil {
		return err
	}
	db := store.New(engine, store.Options{})
	runs := run.NewRepo(db)
	ctx = access.AsSystem(ctx, "bench")
	err = db.Join(ctx)
	for _, job := range []string{"mail", "sanctions", "review", "retention", "duplicates", "ties"} {
		if err == nil {
			err = runs.Create(ctx, &run.Run{Job: job, Outcome: run.Unchanged, StartedAt: db.Now(), EndedAt: db.Now()})
		}
	}
	return errors.Join(err, db.Close())
}

// rest waits until Piper has caught up with the jobs that are quick.
func (t target) rest(ctx context.Context) error {
	for begun, quiet := time.Now(), 0; quiet < 3 || time.Since(begun) < catchUp; {
		var running struct{ Total int }
		if err := t.fetch(ctx, http.MethodGet, "/api/v1/runs?outcome=running", nil, &running); err != nil {
			return err
		}
		if quiet++; running.Total > 0 {
			quiet = 0
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
	return nil
}

// peer starts one of the programs below scripts/bench, built from its own module.
func (b *bench) peer(ctx context.Context, name, probe string, args ...string) (t target, stop func(), err error) {
	program, ok := b.peers[name]
	if !ok {
		b.say("building " + name + " …")
		if program, err = filepath.Abs(filepath.Join(b.dir, name+".bin")); err != nil {
			return t, nil, err
		}
		c := exec.CommandContext(ctx, "go", "build", "-o", program, ".")
		c.Dir, c.Stderr = filepath.Join("scripts", "bench", name), os.Stderr
		if err := c.Run(); err != nil {
			return t, nil, fmt.Errorf("building %s: %w", name, err)
		}
		b.peers[name] = program
	}
	addr, err := freeAddress()
	if err != nil {
		return t, nil, err
	}
	c := exec.CommandContext(ctx, program, append(args, "-addr", addr)...)
	c.Stderr = os.Stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	if stop, err = begin(c); err != nil {
		return t, nil, err
	}
	t = target{name: name, addr: addr, pid: c.Process.Pid}
	if err := t.wait(ctx, probe, 50*time.Millisecond); err != nil {
		stop()
		return t, nil, err
	}
	return t, stop, nil
}

// begin starts a program; stop asks it to end and waits until it has.
func begin(c *exec.Cmd) (stop func(), err error) {
	if err := c.Start(); err != nil {
		return nil, err
	}
	ended := make(chan struct{})
	go func() { _ = c.Wait(); close(ended) }()
	return func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			_ = c.Process.Kill()
			<-ended
		}
	}, nil
}

// wait asks until there is an answer, a quarter of an hour at most: a peer copies its data first.
func (t target) wait(ctx context.Context, path string, pause time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	defer cancel()
	for {
		err := t.fetch(ctx, http.MethodGet, path, nil, nil)
		if err == nil {
			return nil
		}
		if syscall.Kill(t.pid, 0) != nil {
			return fmt.Errorf("%s has ended: %w", t.name, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", t.name, err)
		case <-time.After(pause):
		}
	}
}

// fetch asks once and reads the JSON of the answer into v.
func (t target) fetch(ctx context.Context, method, path string, body io.Reader, v any) error {
	return t.fetchAt(ctx, method, path, "", body, v)
}

// fetchAt does so for a write of a record that has to have the revision rev.
func (t target) fetchAt(ctx context.Context, method, path, rev string, body io.Reader, v any) error {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+t.addr+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if rev != "" {
		r.Header.Set("If-Match", `"`+rev+`"`)
	}
	if t.token != "" {
		r.Header.Set("Authorization", "Bearer "+t.token)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 500))
		return fmt.Errorf("%s answered %s: %s", path, resp.Status, text)
	}
	if v == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	return json.NewDecoder(resp.Body).Decode(v)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// cpuOf gives the processor time that a process has taken, in steps of ten milliseconds.
func cpuOf(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// anonymous gives the bytes of memory of a process that belong to no file.
func anonymous(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, ok := strings.Cut(string(text), "RssAnon:")
	if !ok {
		return 0, fmt.Errorf("this system does not tell RssAnon")
	}
	kib, err := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
	return kib << 10, err
}
