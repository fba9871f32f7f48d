package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"piper/internal/finance"
	"piper/internal/stakeholder"
)

// The imports of gifts are told from those of income.
func TestImportsByKind(t *testing.T) {
	b := openWorked(t)
	pool := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Lanterns"}
	if err := b.people.Create(b.ctx, pool); err != nil {
		t.Fatal(err)
	}
	w := b.upload(t, "/income/gifts/import?currency=EUR&donorId="+pool.ID, "fundraiser", "id,date,amount\np,2026-01-01,10.00\n")
	if w.Code != http.StatusOK {
		t.Fatal(w.Code, w.Body)
	}
	for kind, want := range map[string][]any{"": {pool.ID, nil}, "?kind=gifts": {pool.ID}, "?kind=income": {nil}} {
		var got []any
		for _, one := range b.get(t, "/income/imports"+kind)["items"].([]any) {
			got = append(got, one.(map[string]any)["donorId"])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
	if w := b.send(http.MethodGet, "/income/imports?kind=other", "board", "", nil); w.Code != http.StatusUnprocessableEntity {
		t.Error(w.Code, w.Body)
	}
}

// A verdict names the first errors of a file of gifts; the list of errors has them all, or says what is to be chosen.
func TestGiftErrorsAsCSV(t *testing.T) {
	b := openBooks(t)
	pool := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Lanterns"}
	if err := b.people.Create(b.ctx, pool); err != nil {
		t.Fatal(err)
	}
	const wrong = 700
	file := "id,date,amount\n" + strings.Repeat("p,2026-01-01,=much\n", wrong)
	of := "?currency=EUR&donorId=" + pool.ID
	w := b.upload(t, "/income/gifts/import"+of+"&dryRun=true", "fundraiser", file)
	var verdict finance.GiftResult
	if err := json.Unmarshal(w.Body.Bytes(), &verdict); err != nil || w.Code != http.StatusOK || verdict.ErrorCount != wrong || len(verdict.Errors) >= wrong || len(verdict.Errors) < 100 {
		t.Error(w.Code, err, verdict.ErrorCount, len(verdict.Errors))
	}
	w = b.upload(t, "/income/gifts/errors"+of, "fundraiser", file)
	rows := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	if w.Code != http.StatusOK || len(rows) != wrong+1 || !strings.HasPrefix(rows[1], "2,gross,amount,'=much,") {
		t.Error(w.Code, len(rows), rows[1])
	}
	for field, ask := range map[string]string{"columns.gross": of + "&columns=" + `{"date":"date","paymentId":"id"}`, "currency": "?donorId=" + pool.ID} {
		w = b.upload(t, "/income/gifts/errors"+ask, "fundraiser", file)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), field) {
			t.Errorf("%s: %d %s", field, w.Code, w.Body)
		}
	}
}
