package store

import (
	"math/rand"
	"slices"
	"testing"
)

func TestSpellings(t *testing.T) {
	for word, want := range map[string][]string{
		"roder": {"roder"}, "ь": {"ь"}, "東京": {"東京"},
		"Сергій": {"sergii", "serhii"}, "Юлія": {"yuliya", "yuliia"}, "Търново": {"trnovo", "tarnovo"},
		"Вучић":   {"vuchic", "vuchyc", "vucic"},
		"Μπάμπης": {"mpampis", "bampis"}, "Λευτέρης": {"leyteris", "lefteris"}, "Άγγελος": {"aggelos", "angelos"},
	} {
		if got := Spellings(Fold(word)); !slices.Contains(got, want[len(want)-1]) || got[0] != want[0] {
			t.Errorf("%s is spelled %q, want %q first and %q", word, got, want[0], want[len(want)-1])
		}
	}
}

// TestSlips: whatever up to two slips make of a word, they are counted as no more, the same in both directions.
func TestSlips(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	letter := func() rune { return rune('a' + rnd.Intn(4)) }
	for range 20_000 {
		word := make([]rune, 4+rnd.Intn(12))
		for i := range word {
			word[i] = letter()
		}
		slipped, slips := slices.Clone(word), rnd.Intn(3)
		for range slips {
			switch at := rnd.Intn(len(slipped) - 1); rnd.Intn(3) {
			case 0:
				slipped = slices.Insert(slipped, at, letter())
			case 1:
				slipped = slices.Delete(slipped, at, at+1)
			default:
				slipped[at] = letter()
			}
		}
		d := slipsBetween(word, slipped)
		if d > slips || d != slipsBetween(slipped, word) || d == 0 && !slices.Equal(word, slipped) {
			t.Fatalf("%s and %s: %d slips, want at most %d", string(word), string(slipped), d, slips)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"ab", "ba", 1}, {"schmidt", "schmdit", 1}, {"abc", "ca", 3}, {"röder", "roder", 1}} {
		if got := slipsBetween([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
