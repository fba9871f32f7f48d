package api

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// callDesk serves the operations on calls and sources alone, to a reader who may do everything.
type callDesk struct {
	t      *testing.T
	engine *gin.Engine
	repo   *calls.Repo
	ctx    context.Context
}

func newCallDesk(t *testing.T) *callDesk {
	t.Helper()
	gin.SetMode(gin.TestMode)
	installProblems()
	d := &callDesk{t: t, engine: gin.New(), ctx: access.AsSystem(context.Background(), "test")}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return now }})
	d.repo = calls.NewRepo(db)
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	a := &API{Deps: Deps{DB: db, Calls: d.repo}}
	d.engine.Use(func(c *gin.Context) { c.Request = c.Request.WithContext(access.AsSystem(c.Request.Context(), "test")) })
	cfg := huma.DefaultConfig("Piper", "1")
	cfg.CreateHooks = nil
	cfg.RejectUnknownQueryParameters = true
	h := humagin.New(d.engine, cfg)
	for _, r := range []route{
		op(access.CallsRead, http.MethodGet, "/calls", "listCalls", "", a.listCalls),
		op(access.CallsRead, http.MethodGet, "/calls/facets", "callFacets", "", a.callFacets),
		op(access.CallsRead, http.MethodGet, "/calls/{id}", "getCall", "", a.getCall),
		op(access.AdminRead, http.MethodGet, "/sources", "listSources", "", a.listSources),
		op(access.AdminWrite, http.MethodPost, "/sources", "createSource", "", a.createSource),
		op(access.AdminRead, http.MethodGet, "/sources/{id}", "getSource", "", a.getSource),
		op(access.AdminWrite, http.MethodPut, "/sources/{id}", "updateSource", "", a.updateSource),
		op(access.AdminWrite, http.MethodDelete, "/sources/{id}", "deleteSource", "", a.deleteSource),
	} {
		r.typed(h, huma.Operation{OperationID: r.id, Method: r.method, Path: r.path})
	}
	d.engine.GET("/calls.csv", exportAs(asCSV, a.callExport))
	return d
}

func (d *callDesk) ask(method, path, body, ifMatch string) *httptest.ResponseRecorder {
	d.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	if ifMatch != "" {
		req.Header.Set("If-Match", ifMatch)
	}
	w := httptest.NewRecorder()
	d.engine.ServeHTTP(w, req)
	return w
}

// answer asks, expects a status, and gives the body.
func (d *callDesk) answer(method, path, body, ifMatch string, status int) map[string]any {
	d.t.Helper()
	w := d.ask(method, path, body, ifMatch)
	if w.Code != status {
		d.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	var out map[string]any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			d.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return out
}

func (d *callDesk) fill() {
	d.t.Helper()
	var records []calls.Record
	for i, c := range []calls.Call{
		{Title: "=1+1", Deadlines: []calls.Deadline{{Date: "2026-04-01"}}, Opens: "2026-01-01", Programme: "43251589", Description: "<p>Long</p>",
			Budget: &calls.Budget{Currency: "EUR", Total: 150_050}, Languages: []string{"en"}},
		{Title: "Forthcoming", Deadlines: []calls.Deadline{{Date: "2026-06-01"}, {Date: "2026-09-01"}}, Opens: "2026-05-01"},
		{Title: "Closed", Deadlines: []calls.Deadline{{Date: "2026-02-01"}}},
	} {
		c.Reference = fmt.Sprint("r", i)
		for j := range c.Deadlines {
			c.Deadlines[j].At = calls.CutOff(c.Deadlines[j].Date)
		}
		records = append(records, calls.Record{Call: c, Hash: "h", Rows: []string{"{}"}})
	}
	if _, err := d.repo.Save(d.ctx, "src", records); err != nil {
		d.t.Fatal(err)
	}
}

func titles(body map[string]any) string {
	var list []string
	for _, item := range body["items"].([]any) {
		list = append(list, item.(map[string]any)["title"].(string))
	}
	return strings.Join(list, " ")
}

func TestListsOfCalls(t *testing.T) {
	d := newCallDesk(t)
	d.fill()
	for query, want := range map[string]string{
		"":                             "Closed =1+1 Forthcoming",
		"sort=-deadline":               "Forthcoming =1+1 Closed",
		"sort=title":                   "=1+1 Closed Forthcoming",
		"state=open":                   "=1+1",
		"state=open&state=forthcoming": "=1+1 Forthcoming",
		"state=unknown":                "",
		"programme=43251589":           "=1+1",
		"deadline_after=2026-04-01&deadline_before=2026-06-01": "=1+1 Forthcoming",
		"deadline_before=2026-03-31":                           "Closed",
		"changed_after=2026-03-01":                             "Closed =1+1 Forthcoming",
		"changed_after=2026-03-01T12:00:01Z":                   "",
		"q=forth":                                              "Forthcoming",
		"q=long":                                               "=1+1",
		"sourceId=other":                                       "",
	} {
		if got := titles(d.answer("GET", "/calls?"+query, "", "", 200)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for query, field := range map[string]string{
		"state=gone": "state", "sort=colour": "sort", "deadline_after=tomorrow": "deadline_after", "deadline_before=2026-02-30": "deadline_before",
		"changed_after=x": "changed_after", "cursor=x": "cursor", "limit=0": "limit", "colour=red": "colour",
	} {
		body := d.answer("GET", "/calls?"+query, "", "", 422)
		if errs, _ := body["errors"].([]any); len(errs) == 0 || !strings.HasPrefix(errs[0].(map[string]any)["field"].(string), field) {
			t.Errorf("%s: %v", query, body)
		}
	}
}

func TestPagesOfCalls(t *testing.T) {
	d := newCallDesk(t)
	d.fill()
	got, cursor := "", ""
	for range 3 {
		body := d.answer("GET", "/calls?limit=1&state=closed&state=open&state=forthcoming&cursor="+url.QueryEscape(cursor), "", "", 200)
		if body["total"] != 3.0 {
			t.Errorf("total %v", body["total"])
		}
		got += titles(body) + ";"
		cursor, _ = body["next"].(string)
	}
	if got != "Closed;=1+1;Forthcoming;" || cursor != "" {
		t.Errorf("%q, then %q", got, cursor)
	}
}

func TestOneCall(t *testing.T) {
	d := newCallDesk(t)
	d.fill()
	item := d.answer("GET", "/calls?state=open", "", "", 200)["items"].([]any)[0].(map[string]any)
	if _, ok := item["description"]; ok || item["nextDeadline"] != "2026-04-01" || item["state"] != "open" {
		t.Errorf("in a list: %v", item)
	}
	w := d.ask("GET", "/calls/"+item["id"].(string), "", "")
	if w.Code != 200 || w.Header().Get("ETag") != `"1"` || !strings.Contains(w.Body.String(), `"description":"<p>Long`) ||
		!strings.Contains(w.Body.String(), `"lastSeenAt":"2026-03-01T12:00:00Z"`) {
		t.Errorf("%d %s %s", w.Code, w.Header(), w.Body)
	}
	d.answer("GET", "/calls/nobody", "", "", 404)
	facets := d.answer("GET", "/calls/facets", "", "", 200)
	if got := fmt.Sprint(facets["states"]); !strings.Contains(got, "count:1 label:Open value:open") {
		t.Errorf("facets %v", facets)
	}
}

func TestExportOfCallsHoldsNoFormula(t *testing.T) {
	d := newCallDesk(t)
	d.fill()
	w := d.ask("GET", "/calls.csv?sort=title", "", "")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, w.Body)
	}
	if rows[1][3] != "'=1+1" || rows[1][12] != "1500.50" || rows[3][7] != "2026-06-01; 2026-09-01" {
		t.Errorf("%q", rows)
	}
	if w := d.ask("GET", "/calls.csv?state=gone", "", ""); w.Code != 422 {
		t.Errorf("a wrong filter: %d", w.Code)
	}
}

func TestSourceOperations(t *testing.T) {
	d := newCallDesk(t)
	made := d.answer("POST", "/sources", `{"kind":"sedia","name":"EU portal","enabled":true}`, "", 200)
	if made["url"] != calls.PortalURL {
		t.Errorf("%v", made)
	}
	path := "/sources/" + made["id"].(string)
	d.answer("POST", "/sources", `{"kind":"sedia","name":"Again","enabled":true}`, "", 409)
	bad := d.answer("POST", "/sources", `{"kind":"rss","name":"x","url":"file:///etc/passwd","enabled":true}`, "", 422)
	if fmt.Sprint(bad["errors"]) == "" || !strings.Contains(fmt.Sprint(bad["errors"]), "url") {
		t.Errorf("%v", bad)
	}
	change := `{"kind":"sedia","name":"CERV only","url":"https://example.org/search","enabled":false,"programmes":["43251589"]}`
	d.answer("PUT", path, change, "", 428)
	d.answer("PUT", path, change, `"9"`, 412)
	if got := d.answer("PUT", path, change, `"1"`, 200); got["name"] != "CERV only" || got["rev"] != 2.0 {
		t.Errorf("%v", got)
	}
	if err := d.repo.SetStatus(d.ctx, made["id"].(string), func(s *calls.Status) {
		s.RanAt, s.Outcome, s.Message = d.repo.Now(), "failed", "It gave none."
	}); err != nil {
		t.Fatal(err)
	}
	if got := d.answer("GET", path, "", "", 200); got["lastRun"].(map[string]any)["message"] != "It gave none." {
		t.Errorf("%v", got)
	}
	if got := d.answer("GET", "/sources", "", "", 200); got["total"] != 1.0 {
		t.Errorf("%v", got)
	}
	d.answer("DELETE", path, "", "", 428)
	d.answer("DELETE", path, "", `"2"`, 204)
	d.answer("GET", path, "", "", 404)
}
