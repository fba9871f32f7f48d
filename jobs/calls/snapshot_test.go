package calls_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/calls"
	"piper/internal/run"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	"piper/jobs/calls/sediatest"
)

// recorded gives the files of the team's folder of recorded data that match a pattern. It lies beside
// the repository and is no part of it.
func recorded(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", pattern))
	if err != nil || len(files) == 0 {
		t.Skipf("The recorded data %s is not there; it is looked for beside the repository, under ../shared/data.", pattern)
	}
	slices.Sort(files)
	return files
}

func read(t testing.TB, files []string) [][]byte {
	t.Helper()
	var out [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func serve(t testing.TB, pages [][]byte) *sediatest.Portal {
	t.Helper()
	rows, err := sediatest.Read(pages...)
	if err != nil {
		t.Fatal(err)
	}
	return sediatest.New(rows...)
}

// onDisk opens the engine that Piper uses unless told otherwise.
func onDisk(t testing.TB) driver.Engine {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// said is what the files say of one call, read in another way than the job does.
type said struct{ title, opens, deadlines, closes, budget, description string }

// census reads pages straight from their JSON.
func census(t testing.TB, pages [][]byte) map[string]said {
	t.Helper()
	out := map[string]said{}
	for _, page := range pages {
		var doc map[string]any
		if err := json.Unmarshal(page, &doc); err != nil {
			t.Fatal(err)
		}
		for _, r := range doc["results"].([]any) {
			row := r.(map[string]any)
			get := func(field string) []string {
				var list []string
				values, _ := row["metadata"].(map[string]any)[field].([]any)
				for _, v := range values {
					list = append(list, v.(string))
				}
				return list
			}
			first := func(field string) string { return strings.Join(get(field)[:min(1, len(get(field)))], "") }
			ref := row["reference"].(string)
			for _, ending := range []string{"TOPICSen", "COMPETITIVE_CALLen", "PROSPECTSEN"} {
				if strings.HasSuffix(ref, ending) {
					ref = ref[:len(ref)-2]
				}
			}
			s := said{title: strings.Join(strings.Fields(html.UnescapeString(first("title"))), " "), description: first("descriptionByte")}
			if d := first("startDate"); d != "" {
				s.opens = d[:10]
			}
			ends := get("deadlineDate")
			slices.Sort(ends)
			for _, d := range ends {
				hour := d[11:19]
				s.deadlines += d[:10] + " " + strings.TrimSuffix(strings.TrimSuffix(hour, ":00"), "00:00") + ";"
				if hour == "00:00:00" {
					hour = "17:00:00"
				}
				at, err := time.ParseInLocation("2006-01-02 15:04:05", d[:10]+" "+hour, store.Brussels)
				if err != nil {
					t.Fatal(err)
				}
				s.closes = at.UTC().Format(time.RFC3339)
			}
			s.budget = budgetSaid(first("budgetOverview"), first("identifier"))
			out[ref] = s
		}
	}
	return out
}

func budgetSaid(overview, identifier string) string {
	var o map[string]map[string][]map[string]any
	var whole map[string]json.RawMessage
	if json.Unmarshal([]byte(overview), &whole) != nil {
		return ""
	}
	delete(whole, "budgetYearsColumns")
	rest, _ := json.Marshal(whole)
	if json.Unmarshal(rest, &o) != nil {
		return ""
	}
	sum, low, high, grants := 0.0, 0.0, 0.0, 0.0
	for _, entries := range o["budgetTopicActionMap"] {
		for _, e := range entries {
			if !strings.HasPrefix(e["action"].(string)+" ", identifier+" ") {
				continue
			}
			for _, v := range e["budgetYearMap"].(map[string]any) {
				var f float64
				if _, err := fmt.Sscan(fmt.Sprint(v), &f); err == nil {
					sum += f
				}
			}
			low, _ = e["minContribution"].(float64)
			high, _ = e["maxContribution"].(float64)
			grants, _ = e["expectedGrants"].(float64)
		}
	}
	if sum+low+high+grants == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f %.2f %.2f %.0f", sum, low, high, grants)
}

// kept says of a stored call what a census says of the files.
func kept(c *calls.Call) said {
	s := said{title: c.Title, opens: string(c.Opens), closes: string(c.ClosesAt)}
	for _, d := range c.Deadlines {
		s.deadlines += string(d.Date) + " " + d.Time + ";"
	}
	if b := c.Budget; b != nil {
		s.budget = fmt.Sprintf("%.2f %.2f %.2f %d", float64(b.Total)/100, float64(b.MinContribution)/100, float64(b.MaxContribution)/100, b.ExpectedGrants)
	}
	return s
}

func compare(t *testing.T, o *office, want map[string]said) {
	t.Helper()
	got := o.all(t)
	if len(got) != len(want) {
		t.Errorf("%d calls, an independent count finds %d", len(got), len(want))
	}
	wrong := 0
	for ref, w := range want {
		c, ok := got[ref]
		if !ok {
			t.Errorf("%s is missing", ref)
			continue
		}
		described := w.description != "" && c.Description != "" || w.description == "" && c.Description == ""
		w.description = ""
		if g := kept(c); g != w || !described {
			if wrong++; wrong <= 5 {
				t.Errorf("%s is\n%+v, the files say\n%+v", ref, g, w)
			}
		}
	}
	if wrong > 5 {
		t.Errorf("and %d more", wrong-5)
	}
	now := string(o.repo.Now())
	open := 0
	for _, w := range want {
		if w.closes >= now && w.opens <= now[:10] {
			open++
		}
	}
	page, err := o.repo.Page(o.ctx, calls.Search{States: []calls.State{calls.Open}}, store.Query{Limit: 500})
	if total := page.Total; err != nil || total != open {
		t.Errorf("%d are open, an independent count finds %d (%v)", total, open, err)
	}
}

func TestSnapshotsImportToWhatAnIndependentCountFinds(t *testing.T) {
	for name, c := range map[string]struct {
		pattern string
		now     store.Instant
	}{
		"March":        {"sedia/reconstructed/2026-03-20/page-*.json", "2026-03-20T12:00:00Z"},
		"May":          {"sedia/reconstructed/2026-05-12/page-*.json", "2026-05-12T12:00:00Z"},
		"one recorded": {"sedia/recorded/portal_search_page_*.json", "2026-08-20T12:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			pages := read(t, recorded(t, c.pattern))
			o := newOfficeOn(t, onDisk(t), c.now)
			o.add(t, calls.SEDIA, serve(t, pages))
			began := time.Now()
			r := o.run(t)
			t.Logf("%s in %s: %v: %s", r.Outcome, time.Since(began).Round(time.Millisecond), r.Counts, r.Message)
			if r.Outcome != run.Done {
				t.Fatalf("the run is %s: %s", r.Outcome, r.Message)
			}
			want := census(t, pages)
			compare(t, o, want)
			before := o.all(t)
			if r := o.run(t); r.Outcome != run.Unchanged {
				t.Errorf("the second run is %s: %v", r.Outcome, r.Counts)
			}
			for ref, c := range o.all(t) {
				if c.Rev != before[ref].Rev {
					t.Errorf("%s was written again", ref)
				}
			}
		})
	}
}

func TestTheSecondSnapshotAfterTheFirst(t *testing.T) {
	march := read(t, recorded(t, "sedia/reconstructed/2026-03-20/page-*.json"))
	may := read(t, recorded(t, "sedia/reconstructed/2026-05-12/page-*.json"))
	o := newOfficeOn(t, onDisk(t), "2026-03-20T12:00:00Z")
	portal := serve(t, march)
	o.add(t, calls.SEDIA, portal)
	o.run(t)
	o.now = store.Instant("2026-05-12T12:00:00Z").Time()
	rows, err := sediatest.Read(may...)
	if err != nil {
		t.Fatal(err)
	}
	portal.Set(rows...)
	r := o.run(t)
	t.Logf("%s: %v: %s", r.Outcome, r.Counts, r.Message)

	was, is := census(t, march), census(t, may)
	var fresh, changed, moved []string
	for ref, b := range is {
		a, ok := was[ref]
		switch {
		case !ok:
			fresh = append(fresh, ref)
		case a != b:
			changed = append(changed, ref)
			if a.deadlines != b.deadlines {
				moved = append(moved, ref)
			}
		}
	}
	t.Logf("an independent count finds %d new, %d changed, %d of them in a deadline", len(fresh), len(changed), len(moved))
	var gotFresh, gotChanged, gotMoved []string
	all := o.all(t)
	for ref, c := range all {
		switch {
		case c.FirstSeenAt == o.repo.Now():
			gotFresh = append(gotFresh, ref)
		case c.ChangedAt == o.repo.Now():
			gotChanged = append(gotChanged, ref)
			if slices.ContainsFunc(c.Changes, func(ch calls.Change) bool { return ch.Field == calls.DeadlinesField }) {
				gotMoved = append(gotMoved, ref)
			}
		}
	}
	for what, pair := range map[string][2][]string{"new": {gotFresh, fresh}, "changed": {gotChanged, changed}, "moved": {gotMoved, moved}} {
		slices.Sort(pair[0])
		slices.Sort(pair[1])
		if !slices.Equal(pair[0], pair[1]) {
			t.Errorf("%s: %d, an independent count finds %d: %v", what, len(pair[0]), len(pair[1]), symmetric(pair[0], pair[1]))
		}
	}
	if r.Counts["created"] != int64(len(fresh)) || r.Counts["changed"] != int64(len(changed)) || r.Counts["deadlinesMoved"] != int64(len(moved)) {
		t.Errorf("counts %v", r.Counts)
	}
	union := maps.Clone(was)
	maps.Copy(union, is)
	if len(all) != len(union) {
		t.Errorf("%d calls are kept of %d that were ever listed", len(all), len(union))
	}
}

func symmetric(a, b []string) (out []string) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, "+"+x)
		}
	}
	for _, x := range b {
		if !slices.Contains(a, x) {
			out = append(out, "-"+x)
		}
	}
	return out[:min(10, len(out))]
}
