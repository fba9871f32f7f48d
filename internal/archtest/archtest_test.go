// Package archtest fails when an import runs the wrong way through the house.
package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// pkg is what `go list -json` says of a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

// nouns are the rooms that hold what Piper knows. None may import another.
var nouns = []string{"stakeholder", "engagement", "advocacy", "membership", "calls", "funding", "finance", "mail", "diligence", "account", "run", "view", "edit", "merge", "tie", "feed", "privacy", "webhook", "batch", "award", "board"}

// Groups of rooms, for the table below.
var (
	ports  = []string{"internal/store/driver", "internal/store/filter", "internal/fault"}
	ground = append([]string{"internal/access", "internal/money", "internal/store"}, ports...)
	base   = append([]string{"internal/audit", "internal/list"}, ground...)
)

// allowed says what a room may import of ours beside its own parts; the longest prefix of a room's path
// counts. "nouns" stands for all of them. A room that is in no row is a fault of the plan.
var allowed = map[string][]string{
	"server":                   {"server/api", "jobs", "jobs/digest", "jobs/mail", "jobs/ties", "jobs/webhooks", "jobs/runner", "config", "frontend", "nouns", "internal/report", "internal/report/pack", "internal/timeline", "internal/postbox", "internal/secret", "internal/store/sqlite", "internal/store/mongo", "base"},
	"server/api":               {"nouns", "internal/report", "internal/report/pack", "internal/timeline", "internal/chart", "internal/ics", "internal/sheet", "internal/imapbox", "base"},
	"jobs":                     {"jobs/runner", "nouns", "internal/imapbox", "internal/postbox", "base"},
	"jobs/runner":              {"internal/run", "ground"},
	"jobs/calls/sediatest":     {},
	"jobs/rates/ecbtest":       {},
	"internal/timeline":        {"ground"},
	"internal/postbox":         {"internal/fault"},
	"internal/report":          {"nouns", "internal/chart", "base"},
	"internal/report/pack":     {"internal/report", "nouns", "internal/chart", "internal/pdf", "base"},
	"internal/audit":           {"ground"},
	"internal/list":            {"internal/store", "ports"},
	"internal/list/listtest":   {"internal/list", "internal/store", "ports"},
	"internal/ics":             {"internal/fault"},
	"internal/sheet":           {"internal/fault"},
	"internal/upload":          {"internal/store", "ports"},
	"internal/work":            {"internal/store", "ports"},
	"internal/access":          {"internal/store", "internal/fault"},
	"internal/money":           {"internal/store", "internal/fault"},
	"internal/store":           {"ports"},
	"internal/store/driver":    {"internal/store/filter"},
	"internal/store/filter":    {},
	"internal/store/sqlite":    {"ports"},
	"internal/store/mongo":     {"ports"},
	"internal/store/memory":    {"ports"},
	"internal/store/storetest": {"internal/store", "ports"},
	"internal/imapbox":         {"internal/fault"},
	"internal/mail/mime":       {"internal/fault"},
	"internal/chart":           {"internal/fault"},
	"internal/pdf":             {"internal/fault"},
	"internal/secret":          {},
	"internal/fault":           {},
	"internal/archtest":        {},
	"config":                   {},
	"frontend":                 {},
	"scripts/bench":            {"nouns", "base", "internal/store/sqlite", "internal/imapbox/imaptest"},
	"scripts":                  {"internal/imapbox/imaptest", "jobs/calls/sediatest", "jobs/rates/ecbtest"},
}

func init() {
	for _, noun := range nouns {
		allowed["internal/"+noun] = []string{"internal/sheet", "internal/upload", "internal/work", "base"}
	}
	groups := map[string][]string{"ports": ports, "ground": ground, "base": base, "nouns": nil}
	for _, noun := range nouns {
		groups["nouns"] = append(groups["nouns"], "internal/"+noun, "internal/"+noun+"/...")
	}
	for room, list := range allowed {
		var flat []string
		for _, entry := range list {
			if members, ok := groups[entry]; ok {
				flat = append(flat, members...)
			} else {
				flat = append(flat, entry)
			}
		}
		allowed[room] = flat
	}
}

// owners are the only rooms that may import these libraries.
var owners = map[string][]string{
	"github.com/gin-gonic/gin":       {"server"},
	"github.com/danielgtaylor/huma":  {"server/api"},
	"github.com/robfig/cron":         {"jobs/runner"},
	"go.mongodb.org/mongo-driver":    {"internal/store/mongo"},
	"database/sql":                   {"internal/store/sqlite"},
	"modernc.org/sqlite":             {"internal/store/sqlite"},
	"github.com/emersion/go-imap":    {"internal/imapbox"},
	"github.com/emersion/go-message": {"internal/mail/mime"},
	"github.com/wneessen/go-mail":    {"internal/postbox"},
	"github.com/wcharczuk/go-chart":  {"internal/chart"},
	"github.com/caarlos0/env":        {"config"},
	"codeberg.org/go-pdf/fpdf":       {"internal/pdf"},
	"github.com/go-fonts/liberation": {"internal/pdf"},
	"github.com/xuri/excelize":       {"internal/sheet"},
	"github.com/arran4/golang-ical":  {"internal/ics"},
	"github.com/emersion/go-vcard":   {"internal/sheet"},
}

// TestImports walks every package of the module and holds its imports against the plan. Test files may
// use the engines and the fakes besides.
func TestImports(t *testing.T) {
	for _, p := range list(t) {
		room := strings.TrimPrefix(p.ImportPath, "piper/")
		plan, may, ok := rule(room)
		if !ok {
			t.Errorf("the room %s is in no row of the plan", room)
			continue
		}
		for _, imp := range p.Imports {
			if ours, ok := strings.CutPrefix(imp, "piper/"); ok && !ownPart(plan, ours) && !permits(may, ours) {
				t.Errorf("%s imports %s, which runs against the plan of the house", room, ours)
			}
			for lib, rooms := range owners {
				if strings.HasPrefix(imp, lib) && !inside(room, rooms) {
					t.Errorf("%s imports %s; only %v may", room, imp, rooms)
				}
			}
		}
	}
}

// rule finds the row of a room: that of the longest prefix of its path.
func rule(room string) (plan string, may []string, ok bool) {
	for r := room; r != "."; r = path.Dir(r) {
		if may, ok := allowed[r]; ok {
			return r, may, true
		}
	}
	return "", nil, false
}

// ownPart: a room may use its parts, unless these have a row of their own.
func ownPart(plan, imp string) bool {
	if !strings.HasPrefix(imp, plan+"/") {
		return imp == plan
	}
	of, _, _ := rule(imp)
	return of == plan || plan == "internal/mail"
}

func permits(may []string, imp string) bool {
	for _, m := range may {
		parts, whole := strings.CutSuffix(m, "/...")
		if imp == m || (whole && strings.HasPrefix(imp, parts+"/")) {
			return true
		}
	}
	return false
}

func inside(room string, rooms []string) bool {
	for _, r := range rooms {
		if room == r || strings.HasPrefix(room, r+"/") {
			return true
		}
	}
	return false
}

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "piper/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	var all []pkg
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("go list knows only %d packages", len(all))
	}
	return all
}
