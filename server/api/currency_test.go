package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"piper/internal/finance"
)

// TestAnswersOfBooksInFrancs: whoever reads figures, charts, files or the filters of a list of books in francs reads CHF.
func TestAnswersOfBooksInFrancs(t *testing.T) {
	b := openBooksIn(t, "CHF")
	if w := b.upload(t, "/income/import", "fundraiser", "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n"+
		"Alder,,2025-03-01,300000,CHF,soft,restricted,foundation\nBirch,,2025-04-01,100000,CHF,tight,restricted,government\nCedar,,2025-05-01,1,EUR,tight,restricted,other\n"); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := b.send(http.MethodPost, "/reserves", "fundraiser", "application/json", strings.NewReader(`{"date":"2025-12-31","unrestricted":1000,"designated":0,"netFixedAssets":0,"annualSpend":1200}`)); w.Code >= 300 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	d := b.get(t, "/finance/dependence?year=2025&view=direct")
	if d["currency"] != "CHF" || d["hhi"].(float64) != 0.625 || d["total"].(map[string]any)["currency"] != "CHF" || d["notConvertedCount"].(float64) != 1 {
		t.Errorf("%v", d)
	}
	if why := d["notConverted"].([]any)[0].(map[string]any)["reason"]; !strings.HasPrefix(why.(string), "No rate of CHF was published") {
		t.Errorf("euros without a rate of the franc: %v", why)
	}
	for path, want := range map[string]string{
		"/charts/diversification.svg?from=2024&to=2025":             "Total, CHF thousand",
		"/charts/earmarking.svg?from=2024&to=2025":                  "CHF",
		"/charts/reserves.svg":                                      "CHF",
		"/charts/forecast.csv":                                      ",CHF",
		"/charts/diversification.csv?from=2025&to=2025&view=direct": ",2025,300000.00,0.7500,cash,direct,2026-11-21,CHF",
		"/charts/reserves.csv":                                      ",CHF",
		"/charts/reserveMonths.csv":                                 ",CHF",
		"/reserves.csv":                                             ",CHF",
		"/income.csv?columns=date,worth,crossRate":                  "Date,In CHF,Rate of CHF",
		"/income.csv":                                               ",300000.00,CHF,",
		"/lists/income":                                             "Amount in CHF",
		"/finance/forecast":                                         `"currency":"CHF"`,
		"/finance/dashboard?year=2025":                              `"currency":"CHF"`,
		"/income?sort=-amount&where=%5B%22worth%22,%22atLeast%22,200000]": `"total":1`,
	} {
		w := b.send(http.MethodGet, path, "board", "", nil)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, not %q: %.600s", path, w.Code, want, w.Body)
		}
		if strings.HasPrefix(path, "/charts") && strings.Contains(w.Body.String(), "EUR") {
			t.Errorf("%s says EUR", path)
		}
	}
}

// TestNoAnswerIsNamedAfterTheEuro: the description of the API calls no field, sort, filter or kind after a currency.
func TestNoAnswerIsNamedAfterTheEuro(t *testing.T) {
	b := openBooks(t)
	r := httptest.NewRequest(http.MethodGet, "/api/openapi.json", nil)
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("the description: %d", w.Code)
	}
	for _, word := range []string{`"eur"`, `"-eur"`, `"euros"`, `"amount_eur"`, "in euros", "whole euros", "cents of EUR"} {
		if strings.Contains(w.Body.String(), word) {
			t.Errorf("the description says %s", word)
		}
	}
	for _, f := range finance.Fields(finance.Fiscal{}, "SEK", nil) {
		if strings.Contains(f.Label, "EUR") {
			t.Errorf("%s is called %s", f.Name, f.Label)
		}
	}
}
