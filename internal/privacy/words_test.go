package privacy

import (
	"testing"

	"piper/internal/store"
)

func TestWarn(t *testing.T) {
	w := DefaultWords()
	for text, want := range map[string]string{
		"She is pregnant and on sick leave.":           "health pregnant",
		"Health policy for trade unions":               "",
		"Zrobiła sobie przerwę, zwolnienie  LEKARSKIE": "health zwolnienie  LEKARSKIE",
		"Elle est syndiquée":                           "trade-union syndiquée",
		"a SURVIVOR\nof exploitation":                  "case-data SURVIVOR\nof",
		"survivors' networks":                          "",
	} {
		got := ""
		for _, one := range w.warn(text)[:min(1, len(w.warn(text)))] {
			got = one.Kind + " " + one.Word
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzWarn(f *testing.F) {
	f.Add("survivor of", "surviv* of")
	f.Fuzz(func(t *testing.T, text, word string) {
		w := &SensitiveWords{Kinds: []SensitiveKind{{Kind: "health", Words: []string{word}}}}
		if n := len(w.warn(text)); n > maxWarnings {
			t.Fatal(n)
		}
	})
}

func TestReviewDue(t *testing.T) {
	const today, inactive = store.Date("2026-11-27"), store.Instant("2024-11-27T00:00:00Z")
	for _, one := range []struct {
		s    Standing
		last store.Instant
		k    *Keeping
		why  Why
		due  bool
	}{
		{s: Standing{CreatedAt: "2020-01-01T00:00:00Z"}, why: NoBasis, due: true},
		{s: Standing{CreatedAt: "2026-01-01T00:00:00Z"}},
		{s: Standing{CreatedAt: "2020-01-01T00:00:00Z"}, last: "2026-01-01T00:00:00Z"},
		{s: Standing{CreatedAt: "2020-01-01T00:00:00Z", Basis: "consent"}},
		{s: Standing{CreatedAt: "2020-01-01T00:00:00Z"}, k: &Keeping{ReviewOn: "2026-11-28"}},
		{s: Standing{CreatedAt: "2020-01-01T00:00:00Z", Basis: "consent"}, last: "2026-01-01T00:00:00Z", k: &Keeping{ReviewOn: "2026-11-27"}, why: ReviewPast, due: true},
	} {
		why, due := reviewDue(one.s, one.last, one.k, today, inactive)
		if due != one.due || due && why != one.why {
			t.Errorf("%+v, last %q, kept %+v: %q %v", one.s, one.last, one.k, why, due)
		}
	}
}
