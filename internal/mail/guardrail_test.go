package mail

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
)

func TestGuardrail(t *testing.T) {
	g := &Guardrail{Words: []string{"case file", "Schutzwohnung", "bénéficiaire", "дело", "x"},
		Senders: []string{"cases@member.example.org", "shelter.example.org", "*-intake@*"}, Recipients: []string{"helpline@*"}}
	guard := g.Guard()
	for name, c := range map[string]struct {
		m    mime.Message
		rule string
	}{
		"word in subject":        {mime.Message{Subject: "Re: CASE  File 12"}, `the word "case file"`},
		"word in text":           {mime.Message{Text: "Die Schutzwohnung ist voll."}, `the word "Schutzwohnung"`},
		"accents do not matter":  {mime.Message{Text: "notre beneficiaire"}, `the word "bénéficiaire"`},
		"other scripts":          {mime.Message{Text: "Наше «ДЕЛО»."}, `the word "дело"`},
		"attachment name":        {mime.Message{Attachments: []mime.Attachment{{Name: "case-file_7.pdf"}}}, `the word "case file"`},
		"over a line end":        {mime.Message{Text: "the case\r\n file"}, `the word "case file"`},
		"not inside a word":      {mime.Message{Text: "showcase files; Schutzwohnungen"}, ""},
		"not with words between": {mime.Message{Text: "case of the file"}, ""},
		"sender":                 {mime.Message{From: Addresses("Cases@member.example.org")}, `the sender "cases@member.example.org"`},
		"sender's domain":        {mime.Message{ReplyTo: Addresses("a@shelter.example.org")}, `the sender "shelter.example.org"`},
		"sender pattern":         {mime.Message{Sender: Addresses("pl-intake@b.example.org")}, `the sender "*-intake@*"`},
		"recipient":              {mime.Message{Cc: Addresses("a@b.example.org", "helpline@b.example.org")}, `the recipient "helpline@*"`},
		"recipient is no sender": {mime.Message{From: Addresses("helpline@b.example.org")}, ""},
		"nothing":                {mime.Message{Subject: "Budget", Text: "All is well."}, ""},
	} {
		if rule, ok := guard.Withholds(&c.m); rule != c.rule || ok != (c.rule != "") {
			t.Errorf("%s: %q, want %q", name, rule, c.rule)
		}
	}
}

// The fast search for phrases finds exactly what folding the whole text and comparing its words finds.
func TestGuardrailAgainstFoldedText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	bits := []string{"case", "Case", "file", "fíle", "ca", "se", "ß", "SS", "é", "e\u0301", " ", "\n", "-", "—", "\u00a0", "дело", "1", "x", "_", "\u200d", "ﬁle"}
	for _, words := range [][]string{{"case file"}, {"case", "ss"}, {"дело case"}, {"1"}, {"cafe file", "é"}} {
		guard := (&Guardrail{Words: words}).Guard()
		for range 20000 {
			var b strings.Builder
			for range 1 + rnd.IntN(8) {
				b.WriteString(bits[rnd.IntN(len(bits))])
			}
			text := b.String()
			_, got := guard.inText(text)
			want := false
			for _, w := range words {
				want = want || containsRun(strings.Fields(store.Fold(text)), strings.Fields(store.Fold(w)))
			}
			if got != want {
				t.Fatalf("%q in %q: %v, want %v", words, text, got, want)
			}
		}
	}
}

func containsRun(list, run []string) bool {
	for i := 0; i+len(run) <= len(list); i++ {
		if slices.Equal(list[i:i+len(run)], run) {
			return true
		}
	}
	return false
}

func TestGuardrailRefusesRulesThatMatchAllOrNothing(t *testing.T) {
	for _, g := range []*Guardrail{{Words: []string{"…"}}, {Senders: []string{"*@*"}}, {Recipients: []string{"*"}}, {Senders: []string{"a b"}},
		{Words: []string{strings.Repeat("long ", 100)}}} {
		if err := g.tidy(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", g, err)
		}
	}
	if err := DefaultGuardrail().tidy(); err != nil {
		t.Error(err)
	}
}
