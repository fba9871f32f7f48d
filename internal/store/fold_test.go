package store

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"  Łódź -- Süd\n":              "lodz sud",
		"Jörg RÖDER":                   "jorg roder",
		"e\u0301te\u0301":              "ete",
		"Smørrebrød Þór Đurađ":         "smorrebrod thor durad",
		"Straße STRAẞE":                "strasse strasse",
		"æ œ ð ı ħ ĸ ŋ ŧ":              "ae oe d i h k n t",
		"İstanbul ISPARTA":             "istanbul isparta",
		"ΟΔΥΣΣΕΎΣ οδυσσεύς":            "οδυσσευσ οδυσσευσ",
		"Пётр ЙОД":                     "петр иод",
		"O’Neill, D'Arcy":              "o neill d arcy",
		"soft\u00adhyphen zero\u200dw": "softhyphen zerow",
		"ﬁne ＡＢＣ １２ m² №5 ①":           "fine abc 12 m2 no5 1",
		"a@example.org":                "a example org",
		"Piper™ ®2026":                 "piper 2026",
		"東京とabc한국":                     "東京と abc한국",
		"がｶﾞ":                          "かカ",
		"हिन्दी":                       "हनद",
		"a\xffb\x00c\ue000d":           "a b c d",
	} {
		if got := Fold(text); got != foldJamo(want) {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// foldJamo lets the table above show Hangul as people write it.
func foldJamo(s string) string {
	return strings.ReplaceAll(s, "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8")
}

// TestFoldEveryRune: whatever is typed, what comes out is small letters and digits, and folds to itself.
func TestFoldEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || r > 0x1FFFF && r%61 != 0 { // above there are only Han and nothing
			continue
		}
		once := Fold(string(r))
		for _, o := range once {
			if !unicode.IsLetter(o) && !unicode.IsDigit(o) {
				t.Fatalf("%U folds to %q", r, once)
			}
		}
		if again := Fold(once); again != once && !strings.ContainsRune(again, ' ') {
			t.Errorf("%U folds to %q and that to %q", r, once, again)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		names, texts []string
		want         string
	}{
		{nil, nil, ""},
		{[]string{"Röder of"}, nil, "roder oder der of"},
		{nil, []string{"Röder of", "of Röder"}, "roder of"},
		{[]string{"abc"}, []string{"abcdef ABC"}, "abc abcdef"},
		{nil, []string{"東京x"}, "東京 京 x"},
		{[]string{"Ąbć"}, []string{"12"}, "abc 12"},
	} {
		if got := docTokens(c.names, c.texts); got != c.want {
			t.Errorf("%q %q: got %q, want %q", c.names, c.texts, got, c.want)
		}
	}
	if got := Tokens("To be, or not TO BÉ"); !slices.Equal(got, []string{"to", "be", "or", "not"}) {
		t.Errorf("Tokens: %q", got)
	}
	if got := queryTokens("ro rod roder x ro"); !slices.Equal(got, []string{"roder", "x"}) {
		t.Errorf("queryTokens: %q", got)
	}
}

func TestTokenBounds(t *testing.T) {
	long := strings.Repeat("é", 5000)
	for _, token := range strings.Fields(docTokens([]string{long}, []string{strings.Repeat("東", 99) + long})) {
		if n := utf8.RuneCountInString(token); n > maxTokenRunes {
			t.Fatalf("a token of %d letters", n)
		}
	}
	if got := Tokens(long); len(got) != 1 || got[0] != strings.Repeat("e", maxTokenRunes) {
		t.Errorf("a long word is cut to %q", got)
	}
	var many strings.Builder
	for i := range 9000 {
		many.WriteString(" w" + strings.Repeat("x", i%20) + string(rune('a'+i%26)) + string(rune(0x400+i%60)) + string(rune(0x4e00+i)))
	}
	tokens := strings.Fields(docTokens([]string{"Needle"}, []string{many.String()}))
	if len(tokens) != maxDocTokens || !slices.Contains(tokens, "edle") {
		t.Errorf("%d tokens, want %d with those of the name", len(tokens), maxDocTokens)
	}
	slices.Sort(tokens)
	if n := len(slices.Compact(tokens)); n != maxDocTokens {
		t.Errorf("only %d of the tokens differ", n)
	}
	if n := len(queryTokens(many.String())); n != maxQueryTokens {
		t.Errorf("%d words of a query are looked for, want %d", n, maxQueryTokens)
	}
}

func TestLatin(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "shevchenko": "shevchenko", "Шевченко": "shevchenko", "Фундація «Ла Страда»": "fundatsiya la strada",
		"Παπαδόπουλος": "papadopoylos", "Ђорђевић 2": "djordjevic 2", "Łódź": "lodz", "日本": "日本", "Соловьёв": "solovev",
	} {
		if got := Latin(Fold(in)); got != want {
			t.Errorf("%q gave %q, want %q", in, got, want)
		}
	}
}
