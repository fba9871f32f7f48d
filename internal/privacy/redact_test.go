package privacy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"piper/internal/store"
)

func redactorOf(forms ...string) *Redactor {
	list := []NameForm{}
	for _, f := range forms {
		list = append(list, NameForm{Text: f, Everywhere: true})
	}
	return newRedactor(list, pseudonymOf("7F3K"), func(NameForm) bool { return true })
}

func TestRedactor(t *testing.T) {
	r := redactorOf("Zoë Żółkiewska", "Żółkiewska Zoë", "Żółkiewska", "anna@x.org", "+32 2 555 66 77")
	for text, want := range map[string]string{
		"Zoë Żółkiewska":                 "Erased person 7F3K",
		"ZOE\u0308  ZOLKIEWSKA's":        "Erased person 7F3K's",
		"with Żółkiewska, Zoë.":          "with Erased person 7F3K.",
		"zoe zolkiewska":                 "erased person 7f3k", // a key for sorting stays one
		"Ms Żółkiewska":                  "Ms Erased person 7F3K",
		"Żółkiewskas":                    "Żółkiewskas",
		`{"a":"Zoë\nŻółkiewska"}`:        `{"a":"Erased person 7F3K"}`,
		"call +32 2-555.66.77 now":       "call +Erased person 7F3K now",
		"<anna@x.org>":                   "<erased-7f3k@erased.invalid>",
		"mailto:Anna@X.org?x":            "mailto:erased-7f3k@erased.invalid?x",
		"joanna@x.org, maria.anna@x.org": "joanna@x.org, maria.anna@x.org",
		"anna@x.org.uk and anna@x.org.":  "anna@x.org.uk and erased-7f3k@erased.invalid.",
		"nobody":                         "nobody",
		"Zo\u00ad\u00eb Żółkiewska, twice Zoë Żółkiewska": "Erased person 7F3K, twice Erased person 7F3K",
	} {
		got, _ := r.Text(text)
		if got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if again, n := r.Text(got); n > 0 {
			t.Errorf("%q is not at rest: %q", got, again)
		}
	}
}

func TestRedactorOfPages(t *testing.T) {
	r := redactorOf("Zoë Żółkiewska", "Żółkiewska")
	for page, want := range map[string]string{
		"<p>Dear Zoë Żółkiewska</p>":         "<p>Dear Erased person 7F3K</p>",
		"<b>Zoë</b> Żółkiewska":              "",
		"Zo&euml; &#379;&oacute;łkiewska":    "",
		"Zo<i>ë Żół</i>kiewska":              "",
		"<p>Zo&euml; alone &amp; others</p>": "<p>Zo&euml; alone &amp; others</p>",
	} {
		if got, _ := r.HTML(page); got != want {
			t.Errorf("%q became %q, want %q", page, got, want)
		}
	}
}

// FuzzRedactor: whatever the text, nothing of a form is left, a second time changes nothing, and what May rules out
// is truly not there.
func FuzzRedactor(f *testing.F) {
	for _, s := range []string{"Zoë Żółkiewska", "\\n\\\\Zoë", "zoe\u0308zolkiewska", "a@x.org.", "\xffZoë\xc5 Żółkiewska", "漢Zoë Żółkiewska字"} {
		f.Add(s)
	}
	r := redactorOf("Zoë Żółkiewska", "Żółkiewska", "a@x.org")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		got, n := r.Text(text)
		if again, k := r.Text(got); k > 0 {
			t.Fatalf("%q → %q → %q", text, got, again)
		}
		if n > 0 && !r.May([]byte(text)) {
			t.Fatalf("%q was ruled out", text)
		}
		if n == 0 && got != text {
			t.Fatalf("%q changed to %q without a find", text, got)
		}
	})
}

func TestTakeOut(t *testing.T) {
	for _, one := range []struct {
		doc, path string
		needed    bool
		want      string
		goes      bool
	}{
		{`{"a":"X","b":1}`, "a", false, `{"b":1}`, false},
		{`{"a":"X"}`, "a", true, `{}`, true},
		{`{"a":["X","Y","X"]}`, "a", false, `{"a":["Y"]}`, false},
		{`{"a":[{"id":"X","n":1},{"id":"Y"}]}`, "a.id", true, `{"a":[{"id":"Y"}]}`, false},
		{`{"a":[{"id":"X","n":1},{"id":"Y"}]}`, "a.id", false, `{"a":[{"n":1},{"id":"Y"}]}`, false},
		{`{"a":[{"l":["X","Z"]},{"l":["X"]}]}`, "a.l", false, `{"a":[{"l":["Z"]},{"l":[]}]}`, false},
		{`{"a":{"b":"X"}}`, "a.b", true, `{"a":{}}`, true},
		{`{"a":null}`, "a.b", true, `{"a":null}`, false},
	} {
		tr, err := parse([]byte(one.doc))
		if err != nil {
			t.Fatal(err)
		}
		before := count(tr, strings.Split(one.path, "."), "X")
		n, goes := takeOut(tr, strings.Split(one.path, "."), "X", one.needed)
		out, err := encode(tr)
		if err != nil || string(out) != one.want || goes != one.goes || n != before {
			t.Errorf("%s without X at %s: %s, %d of %d, goes %v; %v", one.doc, one.path, out, n, before, goes, err)
		}
	}
}

func TestFormsOfANamesake(t *testing.T) {
	p := &Person{ID: "p", Name: "Anna Berg", Addresses: []string{"anna@x.org"}}
	everywhere := func(others ...string) map[string]bool {
		forms, err := formsOf(t.Context(), crowd(others), p)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]bool{}
		for _, f := range forms {
			out[f.Text] = f.Everywhere
		}
		return out
	}
	if f := everywhere("Berg Trust"); !f["Anna Berg"] || !f["Berg Anna"] || f["Berg"] || !f["anna@x.org"] {
		t.Errorf("beside a trust of that name: %v", f)
	}
	if f := everywhere("Anna BERG"); f["Anna Berg"] || f["Berg"] {
		t.Errorf("beside a namesake: %v", f)
	}
	if f := everywhere("Elm"); !f["Berg"] {
		t.Errorf("alone: %v", f)
	}
}

// In a record that refers to the person the surname is the person's, but not within the whole name of somebody else.
func TestOthersKeepTheirNames(t *testing.T) {
	p := &Person{ID: "p", Name: "Ana Ruiz", Addresses: []string{"ana@x.org"}}
	forms, err := formsOf(t.Context(), crowd{"María Ruiz", "Ruiz Legal Aid", "Dr Ana Ruiz", "Elm"}, p)
	if err != nil {
		t.Fatal(err)
	}
	r := newRedactor(forms, pseudonymOf("7F3K"), func(NameForm) bool { return true })
	for text, want := range map[string]string{
		"Ms Ruiz came":              "Ms Erased person 7F3K came",
		"Maria RUIZ and Ana Ruiz":   "Maria RUIZ and Erased person 7F3K",
		"Ruiz, María; Ruiz":         "Ruiz, María; Erased person 7F3K",
		"from Ruiz Legal Aid, Ruiz": "from Ruiz Legal Aid, Erased person 7F3K",
		"Dr Ana Ruiz":               "Dr Erased person 7F3K", // the same, recorded twice

		"Spoke with Ms Ruiz. María López joined.": "Spoke with Ms Erased person 7F3K. María López joined.",
		"Ms Ruiz\nMaría López":                    "Ms Erased person 7F3K\nMaría López",
	} {
		if got, _ := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if r.Is("María Ruiz") || !r.Is("ruiz") || r.May([]byte(`{"a":"Maria Lopez"}`)) {
		t.Error("somebody else is taken for the person")
	}
}

// However many bear the surname, a person can edit what is looked for: SetForms takes no more than maxForms.
func TestFormsStayAsManyAsMayBeEdited(t *testing.T) {
	many := crowd{}
	for i := range 200 {
		many = append(many, fmt.Sprintf("Given%03d Ruiz", i))
	}
	forms, err := formsOf(t.Context(), many, &Person{ID: "p", Name: "Ana María Ruiz", OtherNames: []string{"Ana Ruiz Soler"}, Addresses: []string{"ana@x.org"}})
	if err != nil || len(forms) > maxForms || !forms[len(forms)-1].Another {
		t.Errorf("%d forms, %v", len(forms), err)
	}
}

// crowd is the others on record.
type crowd []string

func (c crowd) OtherNames(_ context.Context, _ string, fn func(string)) error {
	for _, name := range c {
		fn(name)
	}
	return nil
}
func (crowd) Person(context.Context, string) (*Person, error)        { return nil, nil }
func (crowd) EachPerson(context.Context, func(Standing) error) error { return nil }
func (crowd) Hide(context.Context, string) error                     { return nil }
func (crowd) AddPseudonym(context.Context, string, *Person, store.Date) (string, error) {
	return "", nil
}
