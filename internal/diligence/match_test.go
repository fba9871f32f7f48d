package diligence_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"piper/internal/diligence"
)

// somebodies are invented; they have the shapes of names on the list.
var somebodies = []*diligence.SanctionEntry{
	person("1", "Muhammad Yusuf Al-Karimi", "محمد يوسف الكريمي"), person("2", "Олександр Шевченко", "Oleksandr Shevchenko"),
	person("3", "Abu Ali"), person("4", "Andrei Viktorovich Morozov", "Андрей Викторович Морозов"), person("5", "Γιώργος Παπαδόπουλος"),
	firm("6", "Северная Нефтяная Компания", "Northern Oil Company JSC"), firm("7", "Bank of the Golden River"), firm("8", "Hizb al-Sahra", "Hizbalsahra"),
	person("9", "Andrei Petrovich Morozov"), person("10", "Mohammad Hassan Amiri"), firm("11", "Golden Ring Trading LLC"), firm("12", "River Shipping Bank"),
}

func TestSpellingsFindTheirEntry(t *testing.T) {
	x := diligence.NewIndex(somebodies)
	for _, c := range []struct {
		person bool
		name   string
		entry  string // "" for none
	}{
		{true, "Al-Karimi, Mohammed Youssef", "1"}, {true, "Mohamed Yousuf Alkarimi", "1"}, {true, "Dr. Muhammad Yusuf Karimi", "1"},
		{true, "Olexandr Shevchenko", "2"}, {true, "Шевченко Олександр", "2"}, {true, "Alexander Smith", ""}, {true, "Taras Shevchenko", ""},
		{true, "Andrey Viktorovich Morozov", "4"}, {true, "Morozov Andrei Viktorovič", "4"}, {true, "Andrei Morozov", "4"}, {true, "Viktor Morozov", ""},
		{true, "Giorgos Papadopoulos", "5"}, {true, "Maria Papadopoulou", ""}, {true, "Ali", ""}, {true, "Abu Bakr", ""},
		{false, "Severnaya Neftyanaya Kompaniya", "6"}, {false, "Northern Oil Co.", "6"}, {false, "Northern Light Company", ""},
		{false, "Golden River Bank", "7"}, {false, "River Valley Foundation", ""}, {false, "Bank of Ireland", ""}, {false, "Hizbalsahra", "8"},
		{false, "Abu Ali", ""}, // a by-name says nothing of an organisation
	} {
		found := x.Screen(diligence.Subject{Person: c.person, Names: []string{c.name}})
		has := slices.ContainsFunc(found, func(m diligence.Match) bool { return m.Entry.LogicalID == c.entry })
		if has != (c.entry != "") || c.entry == "" && len(found) > 0 {
			t.Errorf("%s finds %+v, want %q", c.name, found, c.entry)
		}
	}
}

// An organisation that bears the whole name of a listed person is shown, as that and no more.
func TestBearsTheNameOfAPerson(t *testing.T) {
	x := diligence.NewIndex(append(slices.Clone(somebodies), &diligence.SanctionEntry{LogicalID: "20", Kind: "person",
		Names: []diligence.SanctionName{{Name: "Ivan Golub", Weak: true}, {Name: "Ivan Zhuravl"}}}, person("21", "Hassan Ali"), person("22", "Madonna")))
	for _, c := range []struct{ name, entry string }{
		{"Oleksandr Shevchenko Foundation", "2"}, {"Oleksandr Shevchenko", "2"}, {"Shevchenko Oleksandr & Partners LLC", "2"}, {"Фонд «Олександр Шевченко»", "2"},
		{"The Dr. Oleksandr Shevchenko Memorial Fund", "2"}, {"Taras Shevchenko Foundation", ""}, {"Shevchenko Foundation", ""},
		{"Shevchenko Society of Oleksandr", ""}, // the words do not stand side by side
		{"Andrei Morozov Charity", "4 9"}, {"Andrei Viktorovich Morozov Charity", "4"}, {"Fund of Viktor Morozov", ""},
		{"Muhammad Yusuf Al-Karimi Academy", "1"}, {"Yusuf Karimi Academy", ""},
		{"Abu Ali Bakery", ""}, {"Ivan Golub Ltd", ""}, {"Ivan Zhuravl Ltd", "20"}, {"Hassan Ali Trading", "21"}, {"Madonna Records", ""},
	} {
		found := x.Screen(diligence.Subject{Names: []string{c.name}})
		var ids []string
		for _, m := range found {
			ids = append(ids, m.Entry.LogicalID)
			if !m.Bears || m.Score >= diligence.Threshold || m.Score <= 0 || !strings.Contains(m.Reasons[0], "bears the name of a listed person") {
				t.Errorf("%s: %+v", c.name, m)
			}
		}
		slices.Sort(ids)
		if strings.Join(ids, " ") != c.entry {
			t.Errorf("%s bears the names of %v, want %q", c.name, ids, c.entry)
		}
	}
	if found := x.Screen(diligence.Subject{Person: true, Names: []string{"Oleksandr Shevchenko"}}); len(found) != 1 || found[0].Bears {
		t.Errorf("a person bears no name: %+v", found)
	}
	if found := x.Screen(diligence.Subject{Names: []string{"Northern Oil Co."}}); len(found) != 1 || found[0].Bears {
		t.Errorf("an organisation like an organisation: %+v", found)
	}
}

// A legal form is no part of a name, however it is written, and neither are first letters of others.
func TestLegalFormWithBlanks(t *testing.T) {
	x := diligence.NewIndex([]*diligence.SanctionEntry{firm("1", "Severny"), firm("2", "Ropa A. O."), person("3", "J. Smith")})
	for _, c := range []struct{ name, entry string }{
		{"Severny S. A.", "1"}, {"Severny S.A.", "1"}, {"Severny SA", "1"}, {"S. A. Severny", "1"}, {"Severny e. V.", "1"}, {"Severny, O.O.O.", "1"},
		{"Северный О. О. О.", "1"}, {"Severny Registered Charity", "1"}, {"Ropa", "2"}, {"Ropa AO", "2"}, {"Severny Trading S. A.", ""},
	} {
		found := x.Screen(diligence.Subject{Names: []string{c.name}})
		if c.entry == "" && len(found) > 0 || c.entry != "" && (len(found) != 1 || found[0].Entry.LogicalID != c.entry) {
			t.Errorf("%s finds %+v, want %q", c.name, found, c.entry)
		}
	}
	if found := x.Screen(diligence.Subject{Person: true, Names: []string{"S. A. Smith"}}); len(found) != 1 {
		t.Errorf("the first letters of a person are not left out: %+v", found)
	}
}

// Twelve of one name are twelve questions: one that is not shown could be them, and nobody would be asked.
func TestNoMatchIsLeftOut(t *testing.T) {
	var many []*diligence.SanctionEntry
	for i := range 12 {
		many = append(many, firm(fmt.Sprint(i), "Petrol Severny"))
	}
	found := diligence.NewIndex(many).Screen(diligence.Subject{Names: []string{"Petrol Severny"}})
	if len(found) != 12 {
		t.Errorf("%d of 12 are found", len(found))
	}
}

func TestReasonsAreInWords(t *testing.T) {
	x := diligence.NewIndex(somebodies)
	for name, want := range map[string]string{
		"Golden Ring Trading":      "The names are the same · Another country",
		"Trading Golden Ring":      "The names are the same in another order · Another country",
		"Golden Ring Trding":       "“trding” is nearly “trading” · Another country",
		"Golden Ring Trading Asia": "Only ours has “asia” · Another country",
	} {
		somebodies[10].Countries = []string{"AE"}
		found := x.Screen(diligence.Subject{Names: []string{name}, Country: "FR"})
		if len(found) != 1 || strings.Join(found[0].Reasons, " · ") != want {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

// A name finds the same whatever the order of its words, and also in another script.
func TestOrderAndScriptDoNotMatter(t *testing.T) {
	x := diligence.NewIndex(somebodies)
	rng := rand.New(rand.NewPCG(1, 2))
	scores := func(person bool, name string) map[string]int {
		found := map[string]int{}
		for _, m := range x.Screen(diligence.Subject{Person: person, Names: []string{name}}) {
			found[m.Entry.LogicalID] = m.Score
		}
		return found
	}
	for _, e := range somebodies {
		for _, n := range e.Names {
			straight := scores(e.Kind == "person", n.Name)
			if straight[e.LogicalID] != 100 {
				t.Errorf("%s scores %d with itself", n.Name, straight[e.LogicalID])
			}
			words := strings.Fields(strings.NewReplacer("-", " ").Replace(n.Name))
			for range 5 {
				rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
				if got := scores(e.Kind == "person", strings.Join(words, " ")); got[e.LogicalID] != 100 {
					t.Errorf("%v scores %d", words, got[e.LogicalID])
				}
			}
		}
	}
	for cyrillic, latin := range map[string]string{"Сергей Волков": "Sergei Volkov", "Анна Жукова": "Anna Zhukova", "Νίκος Ζαχαρίου": "Nikos Zachariou"} {
		there := diligence.NewIndex([]*diligence.SanctionEntry{person("1", latin)}).Screen(diligence.Subject{Person: true, Names: []string{cyrillic}})
		back := diligence.NewIndex([]*diligence.SanctionEntry{person("1", cyrillic)}).Screen(diligence.Subject{Person: true, Names: []string{latin}})
		if len(there) != 1 || len(back) != 1 || there[0].Score != back[0].Score {
			t.Errorf("%s and %s: %+v, %+v", cyrillic, latin, there, back)
		}
	}
}

// Scores lie between the threshold and 100, in order, whatever the names are made of.
func TestScoresAreBounded(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	parts := []string{"al", "muhammad", "mohamed", "ali", "Иван", "ivan", "Петров", "petrov", "бин", "x", "", ".", "محمد", "李", "bank", "of", "ltd", "golden"}
	random := func() string {
		var w []string
		for range rng.IntN(6) {
			w = append(w, parts[rng.IntN(len(parts))])
		}
		return strings.Join(w, " ")
	}
	for range 300 {
		person := rng.IntN(2) == 0
		kind := map[bool]string{true: "person", false: "organisation"}[person]
		x := diligence.NewIndex([]*diligence.SanctionEntry{entry("1", kind, []string{random(), random()}), entry("2", kind, []string{random()})})
		last := 100
		for _, m := range x.Screen(diligence.Subject{Person: person, Names: []string{random(), random()}}) {
			if m.Score > last || m.Score < diligence.Threshold || len(m.Reasons) == 0 {
				t.Fatalf("%+v after %d", m, last)
			}
			last = m.Score
		}
	}
}
