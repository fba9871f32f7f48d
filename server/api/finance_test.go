package api

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// books is the web face over a small set of books, without sign-in: the bearer is the role.
type books struct {
	handler http.Handler
	ctx     context.Context
	people  *stakeholder.Repo
}

type byRole struct{}

func (byRole) Authenticate(_ context.Context, secret string) (access.Reader, error) {
	if secret == "" {
		return access.Reader{}, fault.New(fault.Unauthenticated, "Please sign in.")
	}
	if secret == "read-only" {
		return access.Reader{AccountID: "a1", Name: "Test", Role: access.Administrator, ReadOnly: true}, nil
	}
	return access.Reader{AccountID: "a1", Name: "Test", Role: access.Role(secret)}, nil
}

type noMetrics struct{}

func (noMetrics) Handler() http.Handler                      { return http.NotFoundHandler() }
func (noMetrics) Request(string, string, int, time.Duration) {}

func openBooks(t *testing.T) *books {
	t.Helper()
	return openBooksIn(t, "")
}

func openBooksIn(t *testing.T, reporting money.Reporting) *books {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	b := &books{people: stakeholder.NewRepo(db), ctx: access.AsSystem(context.Background(), "test")}
	repo := finance.NewRepo(db)
	if err := db.Start(b.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	reports := report.New(repo, b.people, finance.Fiscal{}, now)
	reports.Plans = repo
	repo.Reporting, reports.Reporting = reporting, reporting
	a := New(Deps{DB: db, Reporting: reporting, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Auth: byRole{}, Metrics: noMetrics{},
		Stakeholders: b.people, Finance: repo, Importer: finance.NewImporter(repo, b.people, strings.ToUpper),
		Reports: reports})
	var err error
	if b.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *books) send(method, path, role, contentType string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/api/v1"+path, body)
	r.Header.Set("Authorization", "Bearer "+role)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

func (b *books) upload(t *testing.T, path, role, text string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "income 2025.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, text); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return b.send(http.MethodPost, path, role, form.FormDataContentType(), &body)
}

// get decodes a 200 answer.
func (b *books) get(t *testing.T, path string) map[string]any {
	t.Helper()
	w := b.send(http.MethodGet, path, "board", "", nil)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %s", path, w.Code, w.Body)
	}
	out := map[string]any{}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

const incomeHeader = "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n"

const workedIncome = incomeHeader +
	"DG JUST,,2025-01-01,300000,EUR,soft,restricted,eu\n" +
	"DG HOME,,2025-03-01,150000,EUR,earmarked,restricted,eu\n" +
	"Foundation A,,2025-04-01,200000,EUR,unearmarked,unrestricted,foundation\n" +
	"Government B,,2025-05-01,100000,EUR,tight,restricted,government\n" +
	"Members,,2025-06-01,50000,EUR,unearmarked,unrestricted,membership\n" +
	"=Lead L,European Commission,2025-07-01,100000,EUR,tight,restricted,eu\n"

func openWorked(t *testing.T) *books {
	t.Helper()
	b := openBooks(t)
	commission := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "European Commission", Roles: []string{"donor"}}
	if err := b.people.Create(b.ctx, commission); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"DG JUST", "DG HOME"} {
		if err := b.people.Create(b.ctx, &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: name, ParentID: commission.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if w := b.upload(t, "/income/import", "fundraiser", workedIncome); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"created":6`) {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return b
}

// The worked numbers of the figures' definitions come out of the API.
func TestWorkedNumbersOverTheAPI(t *testing.T) {
	b := openWorked(t)
	for _, c := range []struct {
		view   string
		donors int
		want   map[string]float64
	}{
		{"direct", 6, map[string]float64{"hhi": 0.216, "effectiveFunders": 4.63, "top1": 0.333, "top3": 0.722}},
		{"ultimate", 4, map[string]float64{"hhi": 0.438, "effectiveFunders": 2.28, "top1": 0.611, "top3": 0.944, "top5": 1,
			"unearmarkedRatio": 0.278, "flexibleRatio": 0.611}},
	} {
		d := b.get(t, "/finance/dependence?year=2025&view="+c.view)
		for name, want := range c.want {
			got, _ := d[name].(float64)
			if diff := got - want; diff > 0.005 || diff < -0.005 {
				t.Errorf("%s %s = %v, want %v", c.view, name, d[name], want)
			}
		}
		if len(d["donors"].([]any)) != c.donors || d["total"].(map[string]any)["minor"] != 900_000_00.0 {
			t.Errorf("%s: %v", c.view, d)
		}
	}
	if d := b.get(t, "/finance/dependence?year=2020"); d["hhi"] != nil || d["top1"] != nil || d["view"] != "ultimate" {
		t.Errorf("2020: %v", d)
	}
	e := b.get(t, "/finance/earmarking?from=2024&to=2025")
	if r := e["unearmarkedRatio"].([]any); r[0] != nil || len(r) != 2 {
		t.Errorf("%v", e)
	}
}

// Every bar opens the lines behind it.
func TestLinesBehindABar(t *testing.T) {
	b := openWorked(t)
	s := b.get(t, "/finance/diversification?from=2025&to=2025&view=ultimate")
	first := s["donors"].([]any)[0].(map[string]any)
	if first["name"] != "European Commission" {
		t.Fatalf("%v", first)
	}
	var sum float64
	page := b.get(t, "/income?year=2025&ultimateDonorId="+first["id"].(string))
	for _, item := range page["items"].([]any) {
		sum += item.(map[string]any)["worth"].(map[string]any)["minor"].(float64)
	}
	if sum != first["amounts"].([]any)[0] || page["total"] != 3.0 {
		t.Errorf("lines add up to %v of %v", sum, first)
	}
	for path, want := range map[string]float64{
		"/income?view=ultimate&donorId=" + first["id"].(string): 3, "/income?donorId=" + first["id"].(string): 0,
		"/income?q=foundation": 1, "/income?q=nobody": 0, "/income?year=2024": 0, "/income?earmarking=tight&sourceType=eu": 1, "/income?limit=2": 6,
	} {
		if got := b.get(t, path)["total"]; got != want {
			t.Errorf("%s: %v lines, want %v", path, got, want)
		}
	}
	items := b.get(t, "/income?sort=-amount&limit=1")["items"].([]any)
	if line := items[0].(map[string]any); line["donorName"] != "DG JUST" || line["ultimateDonorName"] != "DG JUST" {
		t.Errorf("%v", line)
	}
}

func TestBadIncomeFilesChangeNothing(t *testing.T) {
	b := openBooks(t)
	for _, c := range []struct {
		name, path, text, field string
		status                  int
	}{
		{"unknown column", "/income/import", "colour," + incomeHeader + "x\n", "colour", 422},
		{"bad date", "/income/import", incomeHeader + "A,,31/02/2025,1,EUR,soft,restricted,eu\n", "date", 422},
		{"bad date, dry", "/income/import?dryRun=true", incomeHeader + "A,,31/02/2025,1,EUR,soft,restricted,eu\n", "date", 200},
		{"dryRun", "/income/import?dryRun=maybe", incomeHeader, "dryRun", 422},
		{"empty", "/income/import", "", "file", 422},
	} {
		w := b.upload(t, c.path, "fundraiser", c.text)
		if w.Code != c.status || !strings.Contains(w.Body.String(), `"field":"`+c.field+`"`) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
	}
	if w := b.send(http.MethodPost, "/income/import", "fundraiser", "application/json", strings.NewReader("{}")); w.Code != 422 {
		t.Errorf("JSON: %d %s", w.Code, w.Body)
	}
	if w := b.send(http.MethodPost, "/income/import", "fundraiser", "text/csv", io.LimitReader(zeros{}, 50<<20)); w.Code != 413 {
		t.Errorf("50 MB: %d %s", w.Code, w.Body)
	}
	for _, role := range []string{"board", "advocate"} {
		if w := b.upload(t, "/income/import", role, workedIncome); w.Code != 403 {
			t.Errorf("%s: %d", role, w.Code)
		}
	}
	if total := b.get(t, "/income")["total"]; total != 0.0 {
		t.Errorf("%v lines", total)
	}
	page, err := b.people.Page(b.ctx, stakeholder.Search{}, store.Query{})
	if err != nil || page.Total != 0 {
		t.Errorf("%d stakeholders, %v", page.Total, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestImportTwiceAndRevert(t *testing.T) {
	b := openWorked(t)
	if w := b.upload(t, "/income/import", "fundraiser", workedIncome); w.Code != 409 {
		t.Errorf("twice: %d %s", w.Code, w.Body)
	}
	list := b.get(t, "/income/imports")["items"].([]any)
	imp := list[0].(map[string]any)
	if len(list) != 1 || imp["name"] != "income 2025.csv" || imp["state"] != "live" {
		t.Fatalf("%v", list)
	}
	if w := b.send(http.MethodPost, "/income/imports/"+imp["id"].(string)+"/revert", "fundraiser", "", nil); w.Code != 200 {
		t.Fatalf("revert: %d %s", w.Code, w.Body)
	}
	if total := b.get(t, "/income")["total"]; total != 0.0 {
		t.Errorf("%v lines after the revert", total)
	}
}

func TestIncomeCSVIsHarmlessAndComesBack(t *testing.T) {
	b := openWorked(t)
	w := b.send(http.MethodGet, "/income.csv?year=2025", "board", "", nil)
	if w.Code != 200 || strings.Count(w.Body.String(), "\n") != 7 || !strings.Contains(w.Body.String(), "'=Lead L,") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := b.send(http.MethodGet, "/income.csv?year=soon", "board", "", nil); w.Code != 422 {
		t.Errorf("%d", w.Code)
	}
}

func TestCharts(t *testing.T) {
	b := openWorked(t)
	for _, kind := range report.Charts {
		name := kind.Name
		for _, format := range []string{asCSV, asXLSX} {
			w := b.send(http.MethodGet, "/charts/"+name+"."+format+"?from=2024&to=2025", "board", "", nil)
			if w.Code != 200 || w.Body.Len() < 20 {
				t.Errorf("%s.%s: %d, %d bytes", name, format, w.Code, w.Body.Len())
			}
		}
	}
	if w := b.send(http.MethodGet, "/charts/diversification.csv?from=2025&to=2025&view=direct", "board", "", nil); !strings.Contains(w.Body.String(), ",2025,300000.00,0.3333,cash,direct,2026-11-21") {
		t.Errorf("%s", w.Body)
	}
	for _, name := range []string{"diversification", "earmarking", "sources"} {
		w := b.send(http.MethodGet, "/charts/"+name+".svg?from=2024&to=2025&view=direct", "board", "", nil)
		if w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Body.String(), "2025") {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		w = b.send(http.MethodGet, "/charts/"+name+".png", "board", "", nil)
		if _, err := png.Decode(w.Body); w.Code != 200 || err != nil {
			t.Errorf("%s: %d %v", name, w.Code, err)
		}
		for _, bad := range []string{"?from=x", "?from=2025&to=2020", "?view=upside", "?from=1800&to=1801"} {
			if w := b.send(http.MethodGet, "/charts/"+name+".svg"+bad, "board", "", nil); w.Code != 422 {
				t.Errorf("%s%s: %d", name, bad, w.Code)
			}
		}
		if w := b.send(http.MethodGet, "/charts/"+name+".svg", "advocate", "", nil); w.Code != 403 {
			t.Errorf("advocate: %d", w.Code)
		}
	}
}
