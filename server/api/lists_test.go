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
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/calls"
	"piper/internal/diligence"
	"piper/internal/engagement"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/list"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/internal/view"
)

// listHouse is the front door of a house with every list.
type listHouse struct {
	*frontDoor
	calls    *calls.Repo
	importer *finance.Importer
}

func newListHouse(t *testing.T) *listHouse {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people := account.NewRepo(db, account.Options{Params: quick, Journal: journal}), stakeholder.NewRepo(db)
	books := finance.NewRepo(db)
	agreements := funding.NewAgreements(db, people, accounts, books, nil)
	pipeline := funding.NewPipeline(db, funding.Neighbours{Donors: people, Staff: accounts, Rates: books})
	agreements.Opportunities = pipeline
	d := &listHouse{&frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}, calls.NewRepo(db), finance.NewImporter(books, people, strings.ToUpper)}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts, Views: view.NewRepo(db),
		Agreements: agreements, Pipeline: pipeline, Diligence: diligence.NewRepo(db, unscreened{}), Calls: d.calls, Finance: books, Reports: report.New(books, people, finance.Fiscal{}, now),
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
	d.account("fred@example.org", access.Fundraiser)
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
	fred := d.as("fred@example.org")
	for name := range (&API{}).listTables() {
		raw := d.text("/api/v1/lists/"+name, fred)
		var about ListDescription
		if err := json.Unmarshal([]byte(raw), &about); err != nil {
			t.Fatal(err)
		}
		if len(about.Fields) < 8 || len(about.Columns) < 8 || len(about.Sorts) < 2 {
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
				d.ask("GET", "/api/v1/"+name+"?where="+url.QueryEscape(string(where)), "", fred, 200)
			}
		}
		for _, sort := range about.Sorts {
			d.ask("GET", "/api/v1/"+name+"?sort=-"+sort, "", fred, 200)
		}
		columns := make([]string, len(about.Columns))
		for i, c := range about.Columns {
			columns[i] = c.Name
		}
		d.text("/api/v1/"+name+".csv?columns="+strings.Join(columns, ","), fred)
		d.text("/api/v1/"+name+".xlsx?columns="+strings.Join(columns, ","), fred)
	}
	d.ask("GET", "/api/v1/lists/mail", "", fred, 422)
}

// sample gives a value that a field could have.
func sample(f FieldView) any {
	switch {
	case f.Values != nil:
		return f.Values[0]
	case f.Kind == list.YesNo:
		return true
	case f.Name == "year":
		return 2025
	case f.Kind == list.Number:
		return 7
	case f.Kind == list.Amount:
		return 49.5
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

// exported fetches a list as a screen shows it, as CSV.
func (d *listHouse) exported(list, columns, sort, where string, w with) string {
	d.t.Helper()
	query := url.Values{"columns": {columns}, "sort": {sort}, "where": {where}}
	return strings.ReplaceAll(d.text("/api/v1/"+list+".csv?"+query.Encode(), w), "\r\n", "\n")
}

// TestCallsAreFilteredAndExported narrows calls by a tree with the state, which is derived, and exports what is shown.
// An amount brings its currency along.
func TestCallsAreFilteredAndExported(t *testing.T) {
	d := newListHouse(t)
	anna := d.as("anna@example.org")
	var records []calls.Record
	for i, c := range []calls.Call{
		{Title: "=Open", Deadlines: []calls.Deadline{{Date: "2026-04-01"}, {Date: "2026-09-01"}}, Programme: "43251589", Budget: &calls.Budget{Currency: "EUR", Total: 150_050}},
		{Title: "Forthcoming", Deadlines: []calls.Deadline{{Date: "2026-06-01"}}, Opens: "2026-05-01", Budget: &calls.Budget{Currency: "USD", Total: 900_000}},
		{Title: "Closed", Deadlines: []calls.Deadline{{Date: "2026-02-01"}}},
	} {
		c.Reference, c.Kind = fmt.Sprint("r", i), calls.Topic
		for j := range c.Deadlines {
			c.Deadlines[j].At = calls.CutOff(c.Deadlines[j].Date)
		}
		records = append(records, calls.Record{Call: c, Hash: "h", Rows: []string{"{}"}})
	}
	if _, err := d.calls.Save(d.ctx, "src", records); err != nil {
		t.Fatal(err)
	}
	current := `["state","any",["open","forthcoming"]]`
	want := "Deadline,Call,State,Budget,Currency\n2026-06-01,Forthcoming,forthcoming,9000.00,USD\n2026-04-01,'=Open,open,1500.50,EUR\n"
	if got := d.exported("calls", "deadline,title,state,budget", "-deadline", current, anna); got != want {
		t.Errorf("exported:\n%s\nshown:\n%s", got, want)
	}
	for where, n := range map[string]float64{
		current: 2, `["state","isNot","closed"]`: 2, `["not",["state","any",["open","closed"]]]`: 1, `["budget","atLeast",1500.5]`: 1, `["budget","atMost",1500.49]`: 0,
		`["or",["programme","is","43251589"],["deadline","until","2026-02-01"]]`: 2,
	} {
		if found, _ := d.ask("GET", "/api/v1/calls?where="+url.QueryEscape(where), "", anna, 200); found["total"] != n {
			t.Errorf("%s finds %v, not %v", where, found["total"], n)
		}
	}
	for where, place := range map[string]string{`["state","empty"]`: "where[1]", `["state","is","gone"]`: "where[2]", `["budget","atLeast",0.001]`: "where[2]"} {
		out, _ := d.ask("GET", "/api/v1/calls?where="+url.QueryEscape(where), "", anna, 422)
		if !strings.Contains(fmt.Sprint(out["errors"]), place) {
			t.Errorf("%s is refused without its place: %v", where, out)
		}
	}
}

// TestIncomeIsFilteredAndExported narrows the ledger and exports what is shown; who may not read it learns neither
// what it can be asked nor which views of it there are.
func TestIncomeIsFilteredAndExported(t *testing.T) {
	d := newListHouse(t)
	karl, anna := d.as("karl@example.org"), d.as("anna@example.org")
	importing := access.With(t.Context(), access.Reader{AccountID: "f", Name: "Fred", Role: access.Fundraiser})
	if _, err := d.importer.Import(importing, "income.csv", []byte(workedIncome), false); err != nil {
		t.Fatal(err)
	}
	want := "Donor,Amount,Currency,Earmarking\nDG JUST,300000.00,EUR,soft\nFoundation A,200000.00,EUR,unearmarked\n"
	where := `["and",["year","is",2025],["worth","atLeast",200000],["not",["sourceType","is","government"]]]`
	if got := d.exported("income", "donor,amount,earmarking", "-amount", where, karl); got != want {
		t.Errorf("exported:\n%s\nshown:\n%s", got, want)
	}
	made, _ := d.ask("POST", "/api/v1/views", `{"list":"income","name":"Large gifts","shared":true,"where":"[\"worth\",\"atLeast\",50000]","columns":["donor","worth"]}`, karl, 200)
	if listed, _ := d.ask("GET", "/api/v1/views?list=income", "", d.as("fred@example.org"), 200); fmt.Sprint(listed["items"]) == "[]" {
		t.Error("a colleague does not see the shared view")
	}
	for _, path := range []string{"/api/v1/lists/income", "/api/v1/views?list=income", "/api/v1/income", "/api/v1/income.xlsx"} {
		d.ask("GET", path, "", anna, 403)
	}
	d.ask("POST", "/api/v1/views", `{"list":"income","name":"Mine"}`, anna, 403)
	d.ask("GET", "/api/v1/views/"+made["id"].(string), "", anna, 403)
	for where, place := range map[string]string{
		`["and",["date","notEmpty"],["year","is",1900]]`: "where[2][2]", `["and",["date","notEmpty"],["not",["year","isNot",1900]]]`: "where[2][1][2]",
		`["worth","atLeast","1,000"]`: "not an amount, such as",
	} {
		refused, _ := d.ask("GET", "/api/v1/income?where="+url.QueryEscape(where), "", karl, 422)
		if !strings.Contains(fmt.Sprint(refused), place) {
			t.Errorf("%s: %v does not say %s", where, refused, place)
		}
	}
	d.ask("PUT", "/api/v1/views/"+made["id"].(string), `{"name":"x","where":"[\"nose\",\"is\",1]"}`, with{cookie: karl.cookie, origin: karl.origin, ifMatch: `"1"`}, 422)
}

// TestWhoReadsNoAmountsAsksByNone: amounts are no field, no order and no column of agreements and opportunities for an
// advocate; views that colleagues share are left out, or shown without the column.
func TestWhoReadsNoAmountsAsksByNone(t *testing.T) {
	d := newListHouse(t)
	fred, anna := d.as("fred@example.org"), d.as("anna@example.org")
	whom, _ := d.ask("POST", "/api/v1/stakeholders", `{"kind":"organisation","name":"Oak Fund","roles":["donor"]}`, fred, 200)
	donor := whom["id"].(string)
	for _, of := range []struct{ list, amount, made string }{
		{"agreements", "amount", `{"title":"Core","donorId":%q,"signedOn":"2026-01-01","from":"2026-01-01","to":"2027-12-31","amount":{"minor":765432100,"currency":"EUR"}}`},
		{"opportunities", "ask", `{"title":"Core","donorId":%q,"deadline":"2026-05-01","ask":{"minor":765432100,"currency":"EUR"}}`},
	} {
		d.ask("POST", "/api/v1/"+of.list, fmt.Sprintf(of.made, donor), fred, 200)
		where := fmt.Sprintf(`[%q,"atLeast",7654321]`, of.amount)
		for who, status := range map[with]int{fred: 200, anna: 422} {
			for _, query := range []string{"?sort=" + of.amount, "?where=" + url.QueryEscape(where), "?where=" + url.QueryEscape(`["not",`+where+`]`)} {
				d.ask("GET", "/api/v1/"+of.list+query, "", who, status)
			}
		}
		if found, _ := d.ask("GET", "/api/v1/"+of.list+"?where="+url.QueryEscape(where), "", fred, 200); found["total"] != 1.0 {
			t.Errorf("%s: %v are found by their amount", of.list, found["total"])
		}
		if got := d.exported(of.list, "title,"+of.amount, "", where, fred); !strings.Contains(got, ",Currency\nCore,7654321.00,EUR\n") {
			t.Errorf("%s: %s", of.list, got)
		}
		for _, path := range []string{".csv", ".xlsx"} {
			d.ask("GET", "/api/v1/"+of.list+path+"?columns="+of.amount, "", anna, 422)
			d.ask("GET", "/api/v1/"+of.list+path+"?sort="+of.amount, "", anna, 422)
		}
		if about := d.text("/api/v1/lists/"+of.list, anna); strings.Contains(about, `"`+of.amount+`"`) || strings.Contains(about, `"worth"`) {
			t.Errorf("%s: an advocate is offered amounts: %s", of.list, about)
		}
		for _, body := range []string{
			fmt.Sprintf(`{"list":%q,"name":"By amount","shared":true,"where":%q}`, of.list, where),
			fmt.Sprintf(`{"list":%q,"name":"In order","shared":true,"sort":"-%s"}`, of.list, of.amount),
			fmt.Sprintf(`{"list":%q,"name":"With a column","shared":true,"columns":["title",%q]}`, of.list, of.amount),
		} {
			saved, _ := d.ask("POST", "/api/v1/views", body, fred, 200)
			d.ask("POST", "/api/v1/views", body, anna, 422)
			// By its id, too, an advocate knows of none that asks by amounts, and sees no such column of another.
			status := map[bool]int{true: 200, false: 404}[strings.Contains(body, "With a column")]
			seen, _ := d.ask("GET", "/api/v1/views/"+saved["id"].(string), "", anna, status)
			if strings.Contains(fmt.Sprint(seen), of.amount) {
				t.Errorf("%s: an advocate sees %v", of.list, seen)
			}
		}
		listed, _ := d.ask("GET", "/api/v1/views?list="+of.list, "", anna, 200)
		items := listed["items"].([]any)
		if len(items) != 1 || fmt.Sprint(items[0].(map[string]any)["columns"]) != "[title]" {
			t.Errorf("%s: an advocate sees the views %v", of.list, items)
		}
		if all, _ := d.ask("GET", "/api/v1/views?list="+of.list, "", fred, 200); len(all["items"].([]any)) != 3 {
			t.Errorf("%s: %v", of.list, all)
		}
	}
}

// TestMineIsWhoeverAsks: a shared view of one's own agreements shows each reader theirs.
func TestMineIsWhoeverAsks(t *testing.T) {
	d := newListHouse(t)
	fred, ines := d.as("fred@example.org"), d.as("ines@example.org")
	d.ask("POST", "/api/v1/opportunities", `{"title":"Core"}`, fred, 200)
	mine := "?where=" + url.QueryEscape(`["ownerId","is","me"]`)
	for who, n := range map[with]float64{fred: 1, ines: 0} {
		if found, _ := d.ask("GET", "/api/v1/opportunities"+mine, "", who, 200); found["total"] != n {
			t.Errorf("%v opportunities are mine, not %v", found["total"], n)
		}
	}
	made, _ := d.ask("POST", "/api/v1/views", `{"list":"opportunities","name":"Mine","where":"[\"ownerId\",\"is\",\"me\"]"}`, fred, 200)
	if made["where"] != `["ownerId","is","me"]` {
		t.Errorf("a view of mine is kept as %v", made["where"])
	}
}
