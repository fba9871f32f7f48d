package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the program as people run it; make builds it before it runs the tests.
func binary(t *testing.T) string {
	t.Helper()
	bin, err := filepath.Abs("../bin/piper")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("bin/piper is missing; make test builds it")
		}
		t.Skip("no bin/piper: make build makes it")
	}
	return bin
}

// house is one data folder and what runs on it.
type house struct {
	t               *testing.T
	bin, data, addr string
	serving         *exec.Cmd
	printed         string // the file that holds what serve printed
	token           string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return &house{t: t, bin: binary(t), data: t.TempDir(), addr: l.Addr().String()}
}

func (h *house) command(args ...string) *exec.Cmd {
	cmd := exec.Command(h.bin, args...)
	cmd.Env = append(os.Environ(), "PIPER_DATA="+h.data, "PIPER_ADDR="+h.addr, "PIPER_STORE=sqlite", "PIPER_ALLOW_PRIVATE_FETCH=true", "PIPER_LOG_LEVEL=ERROR")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// run runs a command and gives what it printed and its exit status.
func (h *house) run(input string, args ...string) (string, int) {
	h.t.Helper()
	cmd := h.command(args...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		h.t.Fatal(err)
	}
	return strings.TrimSpace(string(out)), cmd.ProcessState.ExitCode()
}

func (h *house) must(input string, args ...string) string {
	h.t.Helper()
	out, status := h.run(input, args...)
	if status != 0 {
		h.t.Fatalf("piper %s: exit %d\n%s", strings.Join(args, " "), status, out)
	}
	return out
}

// serve starts the server and waits until it answers.
func (h *house) serve() {
	h.t.Helper()
	h.serving, h.printed = h.command("serve"), filepath.Join(h.data, "printed")
	out, err := os.Create(h.printed)
	if err != nil {
		h.t.Fatal(err)
	}
	defer out.Close()
	h.serving.Stdout, h.serving.Stderr = out, os.Stderr
	if err := h.serving.Start(); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = h.serving.Process.Kill(); _ = h.serving.Wait() })
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if status, _ := h.ask(http.MethodGet, "/healthz", nil); status == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatal("piper does not answer")
		}
	}
}

// administrator adds one and signs the test in by a token.
func (h *house) administrator() {
	h.t.Helper()
	h.must("a long enough password\n", "account", "add", "--email", "ana@example.org", "--name", "Ana", "--role", "administrator", "--password-stdin")
	h.token = h.must("", "token", "add", "--email", "ana@example.org", "--scope", "write")
}

func (h *house) ask(method, path string, body []byte) (int, []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://"+h.addr+path, bytes.NewReader(body))
	if err != nil {
		h.t.Error(err)
		return 0, nil
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+h.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil // cut off in the middle: no answer
	}
	return resp.StatusCode, answer
}

// TestKill: what was acknowledged before kill -9 is there afterwards, and the journal is whole.
func TestKill(t *testing.T) {
	h := newHouse(t)
	h.administrator()
	h.serve()
	var mu sync.Mutex
	acknowledged := map[string]string{}
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("Client %d number %d", client, i)
				status, body := h.ask(http.MethodPost, "/api/v1/stakeholders", fmt.Appendf(nil, `{"kind":"person","name":%q}`, name))
				if status == 0 {
					return
				}
				var saved struct{ ID string }
				if status != http.StatusOK || json.Unmarshal(body, &saved) != nil || saved.ID == "" {
					t.Errorf("%d %s", status, body)
					return
				}
				mu.Lock()
				acknowledged[saved.ID] = name
				mu.Unlock()
			}
		})
	}
	time.Sleep(2 * time.Second)
	if err := h.serving.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	clients.Wait()
	if len(acknowledged) < 50 {
		t.Fatalf("only %d writes before the kill: this shows nothing", len(acknowledged))
	}
	_ = h.serving.Wait()

	h.serve()
	for id, name := range acknowledged {
		status, body := h.ask(http.MethodGet, "/api/v1/stakeholders/"+id, nil)
		if status != http.StatusOK || !strings.Contains(string(body), name) {
			t.Fatalf("%s was acknowledged and is gone: %d %s", name, status, body)
		}
	}
	if out, status := h.run("", "audit", "verify"); status != 0 {
		t.Fatalf("audit verify after the kill: %s", out)
	}
	t.Logf("%d acknowledged writes survived", len(acknowledged))
}

// TestCommandLine walks the commands that scripts may rely on, with their exit statuses.
func TestCommandLine(t *testing.T) {
	h := newHouse(t)
	h.serve()
	if printed, err := os.ReadFile(h.printed); err != nil || !strings.Contains(string(printed), "/setup?token=") {
		t.Errorf("a first start prints no set-up link: %v\n%s", err, printed)
	}
	h.administrator() // while serve runs on the same store

	h.must("", "source", "add", "--kind", "rss", "--name", "Nobody", "--url", "http://127.0.0.1:1/feed")
	if out, status := h.run("", "job", "calls", "--json"); status != 4 || !strings.Contains(out, `"unavailable"`) {
		t.Errorf("a source that does not answer: exit %d\n%s", status, out)
	}
	if out, status := h.run("", "job", "sweep"); status != 0 {
		t.Errorf("sweep: exit %d\n%s", status, out)
	}
	if _, status := h.run("", "job", "nonsense"); status != 1 {
		t.Errorf("an unknown job: exit %d", status)
	}
	if _, status := h.run("short\n", "account", "add", "--email", "b@example.org", "--name", "B", "--role", "king", "--password-stdin"); status != 1 {
		t.Errorf("a wrong role: exit %d", status)
	}
	if _, status := h.run("", "nonsense"); status != 2 {
		t.Errorf("an unknown command: exit %d", status)
	}

	good := "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\nOak Foundation,,2025-03-01,1000.00,EUR,unearmarked,unrestricted,foundation\n"
	file := filepath.Join(t.TempDir(), "income.csv")
	if err := os.WriteFile(file, []byte(strings.Replace(good, "EUR", "EURO", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, status := h.run("", "import", "income", file); status != 1 || !strings.Contains(out, "currency") {
		t.Errorf("a wrong currency: exit %d\n%s", status, out)
	}
	if out, status := h.run("", "import", "income", file, "--json"); status != 1 || !strings.Contains(out, `"field": "currency"`) {
		t.Errorf("a wrong currency, as JSON: exit %d\n%s", status, out)
	}
	if err := os.WriteFile(file, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	h.must("", "import", "income", file, "--dry-run")
	if _, body := h.ask(http.MethodGet, "/api/v1/income", nil); !strings.Contains(string(body), `"total":0`) {
		t.Errorf("a dry run left lines: %s", body)
	}
	h.must("", "import", "income", file)
	if _, body := h.ask(http.MethodGet, "/api/v1/finance/dependence?year=2025&view=ultimate", nil); !strings.Contains(string(body), `"hhi":1`) {
		t.Errorf("the imported line is in no figure: %s", body)
	}
	if out, status := h.run("", "audit", "verify"); status != 0 {
		t.Errorf("audit verify: exit %d\n%s", status, out)
	}
}

// TestJobThatIsRunning: who starts a job that runs already is shown the run that is under way.
func TestJobThatIsRunning(t *testing.T) {
	asked, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		once.Do(func() { close(asked) })
		<-release
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>A funder</title></channel></rss>`)
	}))
	defer feed.Close()
	h := newHouse(t)
	h.must("", "source", "add", "--kind", "rss", "--name", "A funder", "--url", feed.URL)
	first := h.command("job", "calls", "--json")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	if out, status := h.run("", "job", "calls", "--json"); status != 4 || !strings.Contains(out, `"outcome": "running"`) {
		t.Errorf("a job that is running: exit %d\n%s", status, out)
	}
	close(release)
	if err := first.Wait(); err != nil {
		t.Errorf("the run that was first: %v", err)
	}
}

// TestBackupAndRestore: a backup made while Piper runs brings everything back, and restore does not
// touch a folder that is in use.
func TestBackupAndRestore(t *testing.T) {
	h := newHouse(t)
	h.administrator()
	h.serve()
	create := func(name string) {
		if status, body := h.ask(http.MethodPost, "/api/v1/stakeholders", fmt.Appendf(nil, `{"kind":"person","name":%q}`, name)); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
	}
	create("Before the backup")
	file := filepath.Join(t.TempDir(), "piper.backup")
	h.must("", "backup", file)
	create("After the backup")

	if _, status := h.run("", "restore", file); status != 4 {
		t.Fatalf("restore into a folder in use: exit %d", status)
	}
	if err := h.serving.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := h.serving.Wait(); err != nil {
		t.Fatalf("SIGTERM: %v", err)
	}
	if err := os.WriteFile(file+".broken", []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, status := h.run("", "restore", file+".broken"); status != 1 {
		t.Fatalf("restore of nonsense: exit %d", status)
	}
	h.must("", "restore", file)
	h.serve()
	_, body := h.ask(http.MethodGet, "/api/v1/stakeholders", nil)
	if !strings.Contains(string(body), "Before the backup") || strings.Contains(string(body), "After the backup") {
		t.Fatalf("after the restore: %s", body)
	}
	if out, status := h.run("", "audit", "verify"); status != 0 {
		t.Fatalf("audit verify after a restore: %s", out)
	}
}

// TestDescriptionIsCommitted: the browser's types are made from the committed description, so it must be
// what the program says of itself.
func TestDescriptionIsCommitted(t *testing.T) {
	h := newHouse(t)
	committed, err := os.ReadFile("../frontend/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	printed, err := h.command("openapi").Output() // what it may have to say beside goes to standard error
	if err != nil {
		t.Fatal(err)
	}
	said, want := strings.TrimSpace(string(printed)), strings.TrimSpace(string(committed))
	if said == want {
		return
	}
	at := 0
	for at < min(len(said), len(want)) && said[at] == want[at] {
		at++
	}
	from := max(0, at-80)
	t.Fatalf("frontend/openapi.json is not what this program says: make types\nfrom %d on it says  %.200s\ncommitted is        %.200s", from, said[from:], want[from:])
}
