package pack

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

var keep = flag.String("keep", "", "a folder to write the documents of the tests to, to look at them")

const header = "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n"

// scripts are names that a font has to have.
var scripts = []string{"Fundacja Łódź dla Praw", "Conseil régional d’Île-de-France", "Фонд імені Шевченка", "Ίδρυμα Ωνάση", "Fundația Țăndărei", "Őrség Alapítvány"}

type house struct {
	ctx     context.Context
	people  *stakeholder.Repo
	books   *finance.Repo
	im      *finance.Importer
	reports *report.Reports
	strings listed
	ids     map[string]string
}

// listed are strings and expected money, as the rooms beside would give them.
type listed struct {
	strings []*funding.String
	secured []finance.Expected
}

func (l listed) AllStrings(context.Context, funding.StringSearch) ([]*funding.String, error) {
	return l.strings, nil
}

func (l listed) Secured(context.Context) ([]finance.Expected, error) {
	return slices.Clone(l.secured), nil
}

func open(t testing.TB, fiscal finance.Fiscal) *house {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	h := &house{people: stakeholder.NewRepo(db), books: finance.NewRepo(db), ctx: access.AsSystem(context.Background(), "test")}
	h.books.Fiscal = fiscal
	fine(t, db.Start(h.ctx, nil))
	t.Cleanup(func() { _ = db.Close() })
	h.im = finance.NewImporter(h.books, h.people, strings.ToUpper)
	h.reports = report.New(h.books, h.people, fiscal, now)
	h.reports.Plans = h.books
	return h
}

func fine(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) load(t testing.TB, name, lines string) {
	t.Helper()
	_, err := h.im.Import(h.ctx, name, []byte(header+lines), false)
	fine(t, err)
}

// furnish gives the house five years of income, a budget, reserves, agreements, targets and strings.
func (h *house) furnish(t testing.TB) {
	t.Helper()
	var csv strings.Builder
	for year := 2022; year <= 2026; year++ {
		fmt.Fprintf(&csv, "European Commission,,%d-03-01,%d,EUR,earmarked,restricted,eu\n", year, 400000+20000*(year-2022))
		fmt.Fprintf(&csv, "Ministry of Justice of the Netherlands,,%d-04-01,90000,EUR,soft,restricted,government\n", year)
		fmt.Fprintf(&csv, "Members,,%d-02-01,52000,EUR,unearmarked,unrestricted,membership\n", year)
		for i, name := range scripts {
			fmt.Fprintf(&csv, "%s,,%d-06-%02d,%d,EUR,%s,unrestricted,foundation\n", name, year, i+1, 12000+9000*((i+year)%5), finance.EarmarkingLevels[(i+year)%4])
		}
	}
	csv.WriteString("Shop,,2024-08-01,-10,EUR,tight,restricted,services\nLake Fund,,2025-09-01,7700,CHF,tight,restricted,foundation\n")
	h.load(t, "income.csv", csv.String())
	var err error
	h.ids, err = h.people.Find(h.ctx, append([]string{"European Commission", "Members"}, scripts...))
	fine(t, err)
	core, project := &finance.Project{Name: "Core", Core: true}, &finance.Project{Name: "Safe return"}
	fine(t, h.books.AddProject(h.ctx, core))
	fine(t, h.books.AddProject(h.ctx, project))
	b := &finance.BudgetVersion{Year: 2026, Lines: []finance.BudgetLine{{ProjectID: core.ID, Category: "Staff", Cents: 365_000_00}, {ProjectID: project.ID, Category: "Travel", Cents: 300_000_00}}}
	fine(t, h.books.AddBudget(h.ctx, b))
	_, err = h.books.AdoptBudget(h.ctx, b.ID, b.Rev)
	fine(t, err)
	for year, free := range map[int]int64{2023: 320, 2024: 290, 2025: 260} {
		fine(t, h.books.AddReserve(h.ctx, &finance.Reserve{Date: store.Date(fmt.Sprintf("%d-12-31", year)), Unrestricted: free * 100_000, Designated: 60_000_00, NetFixedAssets: 20_000_00, AnnualSpend: 720_000_00}))
	}
	start := 0.7
	fine(t, h.books.AddTarget(h.ctx, &finance.Target{Metric: finance.MetricEUShare, Comparison: finance.Below, Value: 0.5, Year: 2028, StartYear: 2024, StartValue: &start}))
	line := func(id, donor, due, from, to string, thousands int64) finance.Expected {
		return finance.Expected{ID: id, Title: id, DonorID: h.ids[donor], Signed: "2025-12-01", Due: store.Date(due), From: store.Date(from), To: store.Date(to),
			Worth: &finance.Money{Minor: thousands * 100_000, Currency: "EUR"}, Earmarking: finance.Earmarked, Restriction: finance.Restricted, SourceType: "eu"}
	}
	h.strings.secured = []finance.Expected{line("one", "European Commission", "2027-02-01", "2026-01-01", "2028-06-30", 900), line("two", scripts[0], "2027-05-01", "2027-01-01", "2027-12-31", 60), line("three", "European Commission", "2028-02-01", "2026-01-01", "2028-06-30", 300)}
	h.reports.Secured = h.strings
	h.strings.strings = []*funding.String{
		{DonorID: h.ids["European Commission"], Kind: "data", Severity: 3, Text: "Individual data about clients on request of the auditor", Clause: "II.27.3"},
		{DonorID: h.ids["European Commission"], Kind: "audit", Severity: 1, Text: "Audit for five years after the last payment"},
		{DonorID: h.ids[scripts[1]], Kind: "veto", Severity: 2, Text: "Publications are shown to the donor four weeks before"},
	}
}

func (h *house) order() Order {
	return Order{Organisation: "Lanterna Europe", Title: "Board pack, November 2026", By: report.By{View: finance.Ultimate, Basis: finance.Cash}, From: 2022, To: 2026,
		Notes: "The Commission’s share has grown for the fifth year.\n\nWe propose to keep the target of 50 % by 2028 and to ask two foundations for core support in spring.", MadeBy: "Jonas Lindqvist", MadeAt: "2026-11-21T12:00:00Z"}
}

func (h *house) gather(t testing.TB, o Order, before *PackContent) *PackContent {
	t.Helper()
	c, err := Gather(h.ctx, h.reports, h.strings, o, before)
	fine(t, err)
	return c
}

// shown gives the text of a document, and its pages.
func shown(t *testing.T, name string, c *PackContent) (text string, pages int) {
	t.Helper()
	file, err := c.PDF()
	fine(t, err)
	again, err := c.PDF()
	fine(t, err)
	if !bytes.Equal(file, again) {
		t.Error("the same content gives two documents")
	}
	if bytes.Contains(file, []byte("/Subtype /Image")) {
		t.Error("a bitmap is in the document")
	}
	dir := *keep
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name+".pdf")
	fine(t, os.WriteFile(path, file, 0o600))
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not there, so the text of the document is not read.")
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	fine(t, err)
	return string(out), strings.Count(string(out), "\f")
}

var spaces = regexp.MustCompile(`\s+`)

func TestPackSaysWhatTheFiguresSay(t *testing.T) {
	h := open(t, finance.Fiscal{})
	h.furnish(t)
	first := h.gather(t, func() Order { o := h.order(); o.To = 2025; o.MadeAt = "2026-06-01T09:00:00Z"; return o }(), nil)
	h.load(t, "late.csv", "Members,,2024-12-30,4321,EUR,unearmarked,unrestricted,membership\n")
	c := h.gather(t, h.order(), first)
	text, pages := shown(t, "pack", c)
	plain := spaces.ReplaceAllString(text, " ")
	wanted := append(slices.Clone(scripts), "Lanterna Europe", "Board pack, November 2026", "as of 21 November 2026", "Red: at or above 40 %", "Amber: fewer than 6", "it touches what we stand for", "Behind the line", "lines that are not converted", "7,700", "who got back more than they gave", "cash basis", "We propose to keep the target",
		"Herfindahl", "4,321")
	for _, w := range wanted {
		if !strings.Contains(plain, w) {
			t.Errorf("the pack does not say %q", w)
		}
	}
	if pages < 8 || pages > 16 {
		t.Errorf("%d pages", pages)
	}
	if !strings.Contains(plain, fmt.Sprintf("%d / %d", pages, pages)) {
		t.Error("the last page does not have its number")
	}
}

func TestSinceComparesFiguresAndFindsCorrections(t *testing.T) {
	h := open(t, finance.Fiscal{})
	h.furnish(t)
	before := h.gather(t, h.order(), nil)
	if before.Since != nil {
		t.Errorf("compared with nothing: %+v", before.Since)
	}
	h.load(t, "late.csv", "Members,,2024-12-30,4321,EUR,unearmarked,unrestricted,membership\nNew Fund,,2026-10-01,50000,EUR,soft,restricted,foundation\n")
	now := h.gather(t, h.order(), before)
	if len(now.Since.Restated) != 1 || now.Since.Restated[0].Label != "2024" || now.Since.Restated[0].Now-now.Since.Restated[0].Before != 4_321_00 {
		t.Errorf("corrections %+v", now.Since.Restated)
	}
	if fmt.Sprint(now.Since.NewDonors, now.Since.FormerDonors) != "[New Fund] []" {
		t.Errorf("donors %v, %v", now.Since.NewDonors, now.Since.FormerDonors)
	}
	income := now.Since.Changes[0]
	if income.Metric != "income" || *income.Now-*income.Before != 50_000 {
		t.Errorf("%+v", income)
	}
	accrued := h.order()
	accrued.By.Basis = finance.Accrued
	if other := h.gather(t, accrued, before); other.Since != nil {
		t.Error("figures of two bases are compared")
	}
}

// What is kept is read back as it was, so that a document can be set of it again.
func TestContentSurvivesKeeping(t *testing.T) {
	h := open(t, finance.Fiscal{})
	h.furnish(t)
	c := h.gather(t, h.order(), nil)
	data, err := json.Marshal(c)
	fine(t, err)
	back, err := Read(data)
	fine(t, err)
	again, err := json.Marshal(back)
	fine(t, err)
	if !bytes.Equal(data, again) {
		t.Error("what is read back is not what was kept")
	}
	one, err := c.PDF()
	fine(t, err)
	two, err := back.PDF()
	fine(t, err)
	if !bytes.Equal(one, two) {
		t.Error("the document of what is read back is another one")
	}
}

// An empty house, and one whose fiscal year starts in April, have a pack, too.
func TestPackOfLittle(t *testing.T) {
	for name, fiscal := range map[string]finance.Fiscal{"empty": {}, "april": {FirstMonth: time.April}} {
		t.Run(name, func(t *testing.T) {
			h := open(t, fiscal)
			if name == "april" {
				h.furnish(t)
			}
			for _, basis := range finance.Bases {
				o := h.order()
				o.By.Basis, o.Notes, o.From = basis, "", 2026
				c := h.gather(t, o, nil)
				text, _ := shown(t, name+"-"+string(basis), c)
				if strings.Contains(text, "NaN") || strings.Contains(text, "Notes by the secretariat") {
					t.Error("something is written that should not be")
				}
				if name == "empty" && (!strings.Contains(text, "n/a") || !strings.Contains(text, "No income is counted in 2026")) {
					t.Error("an empty year is not told as one")
				}
				if name == "april" && !strings.Contains(text, "2026/27") {
					t.Error("the fiscal year has no name")
				}
			}
		})
	}
}

func BenchmarkPDF(b *testing.B) {
	h := open(b, finance.Fiscal{})
	h.furnish(b)
	c := h.gather(b, h.order(), nil)
	for b.Loop() {
		if _, err := c.PDF(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPackOfAnotherCurrency: a pack names the currency of its books wherever an amount is, and is compared with none of
// another one.
func TestPackOfAnotherCurrency(t *testing.T) {
	euros := open(t, finance.Fiscal{})
	euros.furnish(t)
	before := euros.gather(t, euros.order(), nil)

	h := open(t, finance.Fiscal{})
	h.books.Reporting, h.reports.Reporting = "CHF", "CHF"
	h.load(t, "francs.csv", "Alder,,2025-03-01,400000,CHF,earmarked,restricted,foundation\nBirch,,2026-03-01,90000,CHF,soft,restricted,government\n")
	fine(t, h.books.AddReserve(h.ctx, &finance.Reserve{Date: "2025-12-31", Unrestricted: 260_000_00, AnnualSpend: 720_000_00}))
	h.reports.Secured = h.strings
	first := h.gather(t, h.order(), nil)
	h.load(t, "late.csv", "Alder,,2025-04-01,1000,CHF,earmarked,restricted,foundation\n")
	c := h.gather(t, h.order(), first)
	if c.Since == nil || len(c.Since.Restated) != 1 {
		t.Errorf("packs in francs are not compared: %+v", c.Since)
	}
	if other := h.gather(t, h.order(), before); other.Since != nil {
		t.Error("francs are compared with euros")
	}
	text, _ := shown(t, "francs", c)
	plain := spaces.ReplaceAllString(text, " ")
	for _, w := range []string{"Income, CHF", "Free reserves, CHF", "donor · CHF", "CHF thousand", "Statements, in CHF", "By fiscal year, in CHF", "Income then, CHF", "by way of the euro"} {
		if !strings.Contains(plain, w) {
			t.Errorf("the pack does not say %q", w)
		}
	}
	if strings.Contains(plain, "EUR") {
		t.Error("a pack in francs says EUR")
	}
}
