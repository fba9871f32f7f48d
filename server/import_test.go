package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// importing is what the tests read of an import.
type importing struct {
	ID, State, Message string
	Counts             struct{ Rows, Create, Error int }
	Back               struct{ Removed, Kept int }
}

func (h *house) imported(id string) importing {
	h.t.Helper()
	var imp importing
	if status, body := h.ask(http.MethodGet, "/api/v1/stakeholder-imports/"+id, nil); status != http.StatusOK || json.Unmarshal(body, &imp) != nil {
		h.t.Fatalf("%d %s", status, body)
	}
	return imp
}

// visible counts the records of a noun, exactly.
func (h *house) visible(noun string) int {
	h.t.Helper()
	status, body := h.ask(http.MethodGet, "/api/v1/"+noun+".csv", nil)
	if status != http.StatusOK {
		h.t.Fatalf("%d %s", status, body)
	}
	return strings.Count(string(body), "\n") - 1
}

func (h *house) kill() {
	h.t.Helper()
	if err := h.serving.Process.Kill(); err != nil {
		h.t.Fatal(err)
	}
	_ = h.serving.Wait()
}

// TestKillWhileImporting: an import that is killed again and again while it is checked, applied and taken
// back is at no time visible half done, and comes to its end by itself.
func TestKillWhileImporting(t *testing.T) {
	t.Parallel()
	const people, employers = 12_000, 300
	var text strings.Builder
	text.WriteString("name;email;organisation;country;roles\n")
	for i := range people {
		fmt.Fprintf(&text, "Person %d;p%d@example.org;Employer %d;France;media\n", i, i, i%employers)
	}
	h := newHouse(t)
	h.administrator()
	h.serve()
	var imp importing
	if status, body := h.ask(http.MethodPost, "/api/v1/stakeholder-imports?name=people.csv", []byte(text.String())); status == http.StatusOK {
		t.Fatalf("a file sent as JSON was taken: %s", body)
	}
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	h.kill()
	out, status := h.run("", "import", "stakeholders", file, "--dry-run", "--json")
	if status != 0 || json.Unmarshal([]byte(out), &imp) != nil || imp.State != "checked" || imp.Counts.Create != people+employers {
		t.Fatalf("exit %d: %s", status, out)
	}
	for _, step := range []struct {
		ask, end      string
		before, after int
		kills         []time.Duration
	}{
		{"check", "checked", 0, 0, []time.Duration{50, 400}},
		{"apply", "live", 0, people + employers, []time.Duration{100, 600, 300, 1100}},
		{"revert", "reverted", people + employers, 0, []time.Duration{100, 700, 300}},
	} {
		h.serve()
		if status, body := h.ask(http.MethodPost, "/api/v1/stakeholder-imports/"+imp.ID+"/"+step.ask, []byte("{}")); status != http.StatusOK {
			t.Fatalf("%s: %d %s", step.ask, status, body)
		}
		for _, after := range step.kills {
			time.Sleep(after * time.Millisecond)
			h.kill()
			h.serve()
			n := h.visible("stakeholders")
			if now := h.imported(imp.ID).State; n != step.before && n != step.after || n != step.after && now == step.end {
				t.Fatalf("%s was killed and %d are visible; it is %s", step.ask, n, now)
			}
			// The job of the dead process holds its lease for a while yet; a shell takes it over as soon as it can.
		}
		h.kill()
		for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Second) {
			if _, status := h.run("", "job", "imports"); status == 0 {
				break
			} else if status != 4 || time.Now().After(deadline) {
				t.Fatalf("%s after the kills: exit %d", step.ask, status)
			}
		}
		h.serve()
		if n, now := h.visible("stakeholders"), h.imported(imp.ID); now.State != step.end || n != step.after {
			t.Fatalf("%s ended as %+v with %d visible", step.ask, now, n)
		}
		if n := h.visible("affiliations"); n != min(step.after, people) {
			t.Fatalf("%s ended with %d posts", step.ask, n)
		}
		h.kill()
	}
	if out, status := h.run("", "audit", "verify"); status != 0 {
		t.Fatalf("audit verify after the kills: %s", out)
	}
}
