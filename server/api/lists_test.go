package api

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/list"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/internal/view"
)

func newListHouse(t *testing.T) *frontDoor {
	t.Helper()
	db := store.New(memory.New(), store.Options{})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people := account.NewRepo(db, account.Options{Params: quick, Journal: journal}), stakeholder.NewRepo(db)
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts, Views: view.NewRepo(db),
		Accounts: accounts, Audit: journal, Stakeholders: people, Engagement: engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal})})
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	d.account("anna@example.org", access.Advocate)
	d.account("ines@example.org", access.Administrator)
	d.account("karl@example.org", access.Board)
	return d
}

func (d *frontDoor) as(email string) with {
	return with{cookie: d.signIn(email), origin: "http://piper.example"}
}

// text fetches what is no JSON.
func (d *frontDoor) text(path string, w with) string {
	d.t.Helper()
	req := httptest.NewRequest(http.MethodGet, "http://piper.example"+path, nil)
	req.AddCookie(&http.Cookie{Name: SessionCookie, Value: w.cookie})
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, req)
	if rec.Code != http.StatusOK {
		d.t.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return strings.TrimPrefix(rec.Body.String(), "\ufeff")
}

// TestDescribedFiltersAreTaken builds a condition of every field and operator that a list describes, and the list
// takes each: a screen that follows the description is never refused.
func TestDescribedFiltersAreTaken(t *testing.T) {
	d := newListHouse(t)
	anna := d.as("anna@example.org")
	for _, name := range []string{"stakeholders", "tasks"} {
		raw := d.text("/api/v1/lists/"+name, anna)
		var about ListDescription
		if err := json.Unmarshal([]byte(raw), &about); err != nil {
			t.Fatal(err)
		}
		if len(about.Fields) < 8 || len(about.Columns) < 8 || len(about.Sorts) < 3 {
			t.Errorf("%s is described by %d fields, %d columns, %d sorts", name, len(about.Fields), len(about.Columns), len(about.Sorts))
		}
		for _, f := range about.Fields {
			if f.Label == "" || len(f.Operators) == 0 {
				t.Errorf("%s: the field %s has no label or no operators", name, f.Name)
			}
			for _, op := range f.Operators {
				condition := []any{f.Name, op.Op}
				if op.Takes != "none" {
					condition = append(condition, sample(f))
				}
				where, _ := json.Marshal(condition)
				d.ask("GET", "/api/v1/"+name+"?where="+url.QueryEscape(string(where)), "", anna, 200)
			}
		}
		for _, sort := range about.Sorts {
			d.ask("GET", "/api/v1/"+name+"?sort=-"+sort, "", anna, 200)
		}
		columns := make([]string, len(about.Columns))
		for i, c := range about.Columns {
			columns[i] = c.Name
		}
		d.text("/api/v1/"+name+".csv?columns="+strings.Join(columns, ","), anna)
	}
	d.ask("GET", "/api/v1/lists/mail", "", anna, 422)
}

// sample gives a value that a field could have.
func sample(f FieldView) any {
	switch {
	case f.Values != nil:
		return f.Values[0]
	case f.Kind == list.YesNo:
		return true
	case f.Kind == list.Number:
		return 7
	case f.Kind == list.Day || f.Kind == list.Moment:
		return "2026-03-29"
	case f.Of == list.OfCountry:
		return "BE"
	}
	return "abc"
}

// TestTasksAreFilteredAndExported narrows tasks by a filter and exports what is shown: the columns, the order
// and the filter, no more.
func TestTasksAreFilteredAndExported(t *testing.T) {
	d := newListHouse(t)
	anna, karl := d.as("anna@example.org"), d.as("karl@example.org")
	whom, _ := d.ask("POST", "/api/v1/stakeholders", `{"kind":"organisation","name":"Oak Fund"}`, anna, 200)
	id := whom["id"].(string)
	for i, title := range []string{"Write", "=Ring", "Whisper"} {
		d.ask("POST", "/api/v1/tasks", fmt.Sprintf(`{"title":%q,"due":"2026-03-%02d","private":%t,"stakeholderIds":[%q]}`, title, 29-i, i == 2, id), anna, 200)
	}
	query := "?columns=due,title,stakeholders&sort=due&where=" + url.QueryEscape(`["and",["due","before","2026-04-01"],["private","is",false]]`)
	want := "Due,What,Stakeholders\n2026-03-28,'=Ring,Oak Fund\n2026-03-29,Write,Oak Fund\n"
	if got := strings.ReplaceAll(d.text("/api/v1/tasks.csv"+query, anna), "\r\n", "\n"); got != want {
		t.Errorf("exported:\n%s\nshown:\n%s", got, want)
	}
	private := "?where=" + url.QueryEscape(`["private","is",true]`)
	for who, n := range map[with]float64{anna: 1, karl: 0} {
		if found, _ := d.ask("GET", "/api/v1/tasks"+private, "", who, 200); found["total"] != n {
			t.Errorf("%v private tasks are found, not %v", found["total"], n)
		}
	}
	out, _ := d.ask("GET", "/api/v1/tasks?where="+url.QueryEscape(`["private","is","yes"]`), "", anna, 422)
	if !strings.Contains(fmt.Sprint(out["errors"]), "where[2]") {
		t.Errorf("a wrong value is refused without its place: %v", out)
	}
	names, _ := d.ask("GET", "/api/v1/stakeholders/names?ids="+id+",nobody", "", karl, 200)
	if got := names["names"].(map[string]any); len(got) != 1 || got[id] != "Oak Fund" {
		t.Errorf("names: %v", got)
	}
	d.ask("GET", "/api/v1/stakeholders/names?ids="+strings.Repeat("x,", maxNames), "", karl, 422)
}

// TestViewsSayWhoMayChangeThem: the owner always, of a shared one an administrator, nobody else; and what the
// answer says is what the API does.
func TestViewsSayWhoMayChangeThem(t *testing.T) {
	d := newListHouse(t)
	anna := d.as("anna@example.org")
	made, _ := d.ask("POST", "/api/v1/views", `{"list":"tasks","name":"Soon","shared":true,"where":"[\"due\",\"notEmpty\"]","columns":["title"]}`, anna, 200)
	for email, may := range map[string]bool{"anna@example.org": true, "ines@example.org": true, "karl@example.org": false} {
		w := d.as(email)
		listed, _ := d.ask("GET", "/api/v1/views?list=tasks", "", w, 200)
		one := listed["items"].([]any)[0].(map[string]any)
		if one["mayChange"] != may {
			t.Errorf("%s is told %v", email, one["mayChange"])
		}
		w.ifMatch = fmt.Sprintf(`"%v"`, one["rev"])
		d.ask("PUT", "/api/v1/views/"+made["id"].(string), `{"name":"Soon","shared":true}`, w, map[bool]int{true: 200, false: 403}[may])
	}
}
