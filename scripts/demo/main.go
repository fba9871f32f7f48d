// Command demo opens Piper as the secretariat of Lanterna Europe, a network that does not exist: with a
// portal of calls, feeds, a mail server and a central bank of its own on this machine, so that every job
// runs for real. Institutions and programmes are real ones; what is said of them, the people, their
// mail and the money are invented.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// account is a demonstration account; the sign-in page offers all of them.
type account struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Role     string `json:"role"`
	Name     string `json:"name"`
}

var accounts = []account{
	{"ines@lanterna.example.org", "lanterna-demo-ines", "administrator", "Inês Carvalho"},
	{"jonas@lanterna.example.org", "lanterna-demo-jonas", "fundraiser", "Jonas Lindqvist"},
	{"katarzyna@lanterna.example.org", "lanterna-demo-katarzyna", "advocate", "Katarzyna Wójcik"},
	{"dimitra@lanterna.example.org", "lanterna-demo-dimitra", "board", "Dimitra Papadaki"},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	p, err := newPiper()
	if err != nil {
		return err
	}
	world, err := startWorld()
	if err != nil {
		return err
	}
	defer world.close()
	p.env = append(p.env, "PIPER_ECB_URL="+world.url+"/ecb/", "PIPER_SANCTIONS_URL="+world.url+"/sanctions")

	fmt.Println("Setting the demonstration up in", p.data, "…")
	if err := p.prepare(ctx, world); err != nil {
		return err
	}
	server := p.command(ctx, "serve")
	server.Stdout, server.Stderr = os.Stderr, os.Stderr
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	server.WaitDelay = 25 * time.Second
	if err := server.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	if err := p.fill(ctx, world, ended); err != nil {
		return errors.Join(err, server.Cancel(), <-ended)
	}
	p.welcome(world)
	return <-ended
}

// piper is the program under demonstration, driven as an administrator would: by its command line and
// its API.
type piper struct {
	bin, data, addr, token string
	env                    []string
	others                 map[int]*piper // the same, signed in as others, by index in accounts
}

func newPiper() (*piper, error) {
	bin, err := filepath.Abs("bin/piper")
	if err != nil {
		return nil, err
	}
	addr := os.Getenv("PIPER_ADDR")
	if addr == "" {
		addr = "127.0.0.1:8080"
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s is taken; say another with PIPER_ADDR=127.0.0.1:8090 make run", addr)
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	data, err := freshFolder()
	if err != nil {
		return nil, err
	}
	shown, err := json.Marshal(accounts)
	if err != nil {
		return nil, err
	}
	env := os.Environ()
	for _, name := range []string{"PIPER_STORE", "PIPER_BASE_URL", "PIPER_SECRET_KEY", "PIPER_AUDIT_KEY"} {
		env = append(env, name+"=")
	}
	env = append(env, "PIPER_STORE=sqlite", "PIPER_DATA="+data, "PIPER_ADDR="+addr, "PIPER_DEMO="+string(shown), "PIPER_ORGANISATION=Lanterna Europe",
		"PIPER_ALLOW_PRIVATE_FETCH=true", "PIPER_LOG_LEVEL=WARN")
	return &piper{bin: bin, data: data, addr: addr, env: env}, nil
}

// freshFolder makes the demonstration's own folder anew each time, so that it never meets real data:
// tmp/demo, or the one that PIPER_DEMO_DATA names, so that several can be open at once. A named folder
// that holds anything but a demonstration is refused.
func freshFolder() (string, error) {
	name := os.Getenv("PIPER_DEMO_DATA")
	data, err := filepath.Abs(cmp.Or(name, filepath.Join("tmp", "demo")))
	if err != nil {
		return "", err
	}
	mark := filepath.Join(data, "demonstration")
	if found, err := os.ReadDir(data); name != "" && err == nil && len(found) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return "", fmt.Errorf("%s holds something else than a demonstration; name an empty folder in PIPER_DEMO_DATA", data)
		}
	}
	if err := os.RemoveAll(data); err != nil {
		return "", err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return "", err
	}
	return data, os.WriteFile(mark, []byte("Removed at each start of the demonstration.\n"), 0o600)
}

func (p *piper) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.bin, args...)
	cmd.Env = p.env
	return cmd
}

// do runs a command of piper's and gives what it printed.
func (p *piper) do(ctx context.Context, input string, args ...string) (string, error) {
	cmd := p.command(ctx, args...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			return "", fmt.Errorf("piper %s: %w\n%s", strings.Join(args, " "), err, ended.Stderr)
		}
		return "", err
	}
	return strings.TrimSpace(string(out)), nil
}

// prepare makes accounts, sources and mailboxes by the command line, before Piper runs.
func (p *piper) prepare(ctx context.Context, w *world) (err error) {
	for _, a := range accounts {
		if _, err := p.do(ctx, a.Password+"\n", "account", "add", "--email", a.Email, "--name", a.Name, "--role", a.Role, "--password-stdin"); err != nil {
			return err
		}
	}
	if p.token, err = p.do(ctx, "", "token", "add", "--email", accounts[0].Email, "--scope", "write", "--name", "demonstration"); err != nil {
		return err
	}
	for _, s := range [][2]string{
		{"sedia", "EU Funding & Tenders"}, {"rss", "Foundations' calls"},
	} {
		if _, err := p.do(ctx, "", "source", "add", "--kind", s[0], "--name", s[1], "--url", w.url+"/"+s[0]); err != nil {
			return err
		}
	}
	for _, box := range w.mailboxes {
		_, err := p.do(ctx, box.password+"\n", "mailbox", "add", "--owner", box.owner, "--name", box.name, "--host", w.mail.Host,
			"--port", fmt.Sprint(w.mail.Port), "--tls=off", "--user", box.user, "--password-stdin", "--folder", "INBOX", "--folder", "Sent")
		if err != nil {
			return err
		}
	}
	return nil
}

// fill puts stakeholders and income in and runs the jobs, once Piper answers.
func (p *piper) fill(ctx context.Context, w *world, ended <-chan error) error {
	for deadline := time.Now().Add(20 * time.Second); ; {
		if err := p.call(ctx, http.MethodGet, "/healthz", nil, nil); err == nil {
			break
		} else if time.Now().After(deadline) {
			return err
		}
		select {
		case err := <-ended:
			return fmt.Errorf("piper ended at once: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
	if err := p.addStakeholders(ctx); err != nil {
		return err
	}
	if err := p.tagInBulk(ctx); err != nil {
		return err
	}
	file := filepath.Join(p.data, "income.csv")
	if err := os.WriteFile(file, incomeCSV(), 0o600); err != nil {
		return err
	}
	// the rates first, so that every line finds its own
	if err := p.runJob(ctx, "rates"); err != nil {
		return err
	}
	if _, err := p.do(ctx, "", "import", "income", file); err != nil {
		return err
	}
	if err := p.addWebhooks(ctx, w); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{p.plan, p.addGifts, p.setFees, p.writeDown, p.addAgreements, p.handOver, p.addStatement, p.addAwards, p.fillPipeline, p.makePacks} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	for _, job := range []string{"calls", "mail", "ties", "duplicates", "sanctions"} {
		if err := p.runJob(ctx, job); err != nil {
			return err
		}
	}
	if err := p.checkDonors(ctx); err != nil { // once there is a list to hold them against
		return err
	}
	if err := p.askedFor(ctx); err != nil {
		return err
	}
	return p.share(ctx)
}

// runJob starts a job as the button on the screen does, and waits for its end.
func (p *piper) runJob(ctx context.Context, name string) error {
	var run struct{ ID, Outcome, Message string }
	err := p.call(ctx, http.MethodPost, "/api/v1/jobs/"+name+"/run", nil, &run)
	var refused *refusal
	if errors.As(err, &refused) && refused.status == http.StatusConflict { // the timetable was first
		var page struct {
			Items []struct{ ID, Outcome, Message string }
		}
		if err = p.call(ctx, http.MethodGet, "/api/v1/runs?limit=1&job="+name, nil, &page); err == nil && len(page.Items) == 1 {
			run = page.Items[0]
		}
	}
	for err == nil && run.Outcome == "running" {
		time.Sleep(200 * time.Millisecond)
		err = p.call(ctx, http.MethodGet, "/api/v1/runs/"+run.ID, nil, &run)
	}
	if err != nil {
		return err
	}
	fmt.Printf("  %-6s %s: %s\n", name, run.Outcome, run.Message)
	if run.Outcome == "failed" || run.Outcome == "unavailable" {
		return fmt.Errorf("the job %s ended as %s: %s", name, run.Outcome, run.Message)
	}
	return nil
}

func (p *piper) welcome(w *world) {
	fmt.Printf("\nPiper is open at http://%s\n\nSign in as one of these; the sign-in page offers them too:\n", p.addr)
	for _, a := range accounts {
		fmt.Printf("  %-15s %-34s %s\n", a.Role, a.Email, a.Password)
	}
	fmt.Printf("\nWhat its webhook tells another program arrives at %s/receiver\n", w.url)
	fmt.Println("\nCtrl-C ends it. The next start begins anew.")
}
