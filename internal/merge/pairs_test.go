package merge

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	org := func(name string) Profile { return Profile{Kind: "organisation", Name: name} }
	man := func(name string) Profile { return Profile{Kind: "person", Name: name} }
	with := func(p Profile, set func(*Profile)) Profile { set(&p); return p }
	for _, one := range []struct {
		a, b Profile
		same bool
		why  string
	}{
		{man("Anna Röder"), man("Röder, Anna"), true, "same name"},
		{man("Тарас Шевченко"), man("Taras Shevchenko"), true, "another script"},
		{man("Taras Schewtschenko"), with(man("Taras Shevchenko"), func(p *Profile) { p.Phones = []string{"+32 2 123 45 67"} }), false, ""},
		{with(man("Jürgen Müller"), func(p *Profile) { p.Country = "DE" }), with(man("Dr. Juergen Mueller"), func(p *Profile) { p.Country = "DE" }), false, ""},
		{with(man("J. Smith"), func(p *Profile) { p.Phones = []string{"+44 20 7946 0958"} }), with(man("John Smith"), func(p *Profile) { p.Phones = []string{"020 7946 0958"} }), true, "first letters"},
		{man("Anna Berg"), man("Eva Novák"), false, ""},
		{man("Anna Berg"), org("Anna Berg"), false, ""},
		{with(man("Anna Berg"), func(p *Profile) { p.Country = "DE" }), with(man("Anna Berg"), func(p *Profile) { p.Country = "SE" }), false, ""},
		{org("La Strada e.V."), org("La Strada International"), false, ""},
		{org("Stiftung Menschenrechte e. V."), org("Stiftung Menschenrechte gGmbH"), true, "same name"},
		{org("European Women's Lobby AISBL"), org("The European Women’s Lobby"), true, "same name"},
		{org("Robert Bosch Stiftung"), org("Robert Bosch GmbH"), false, ""},
		{with(org("EFC"), func(p *Profile) { p.Website = "https://www.efc.be/" }), with(org("European Foundation Centre"), func(p *Profile) { p.Emails = []string{"x@efc.be"} }), true, "first letters"},
		{with(org("A"), func(p *Profile) { p.Emails = []string{"a@gmail.com"} }), with(org("B"), func(p *Profile) { p.Emails = []string{"b@gmail.com"} }), false, ""},
		{with(man("A B"), func(p *Profile) { p.Externals = []External{{"MEP", "124 "}} }), with(man("C D"), func(p *Profile) { p.Externals = []External{{"mep", "124"}} }), true, "same id"},
		{with(man("Anna Berg"), func(p *Profile) { p.Externals = []External{{"mep", "1"}} }), with(man("Anna Berg"), func(p *Profile) { p.Externals = []External{{"mep", "2"}} }), false, ""},
		{with(man("A B"), func(p *Profile) { p.Externals = []External{{"pic", "1"}, {"pic", "2"}} }), with(man("C D"), func(p *Profile) { p.Externals = []External{{"pic", "2"}, {"pic", "3"}} }), true, "same id in pic: 2"},
		{with(man("Anna Berg"), func(p *Profile) { p.Emails = []string{"info@a.org"} }), with(man("Eva Novák"), func(p *Profile) { p.Emails = []string{"info@a.org"} }), false, ""},
		{with(man("Anna Berg"), func(p *Profile) { p.Emails = []string{"ab@a.org"} }), with(man("A. Berg"), func(p *Profile) { p.Emails = []string{"ab@a.org"} }), true, "e-mail"},
	} {
		a, b := ready(&one.a), ready(&one.b)
		v := compare(&a, &b, true, func(string) int { return 2 })
		back := compare(&b, &a, true, func(string) int { return 2 })
		if v.score != back.score {
			t.Errorf("%q and %q: %d one way, %d the other", one.a.Name, one.b.Name, v.score, back.score)
		}
		if (v.score >= Threshold) != one.same || !strings.Contains(strings.Join(v.reasons, " "), one.why) {
			t.Errorf("%q and %q: %d, %q", one.a.Name, one.b.Name, v.score, v.reasons)
		}
	}
}

func crowd(n int) (list []Profile, twins int) {
	rng := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"ka", "ri", "mo", "ten", "sul", "per", "an", "do", "vi", "gra", "lo", "ne", "ster", "pu", "ci", "za"}
	word := func() string {
		w := ""
		for range 2 + rng.IntN(3) {
			w += syllables[rng.IntN(len(syllables))]
		}
		return w
	}
	for i := range n {
		p := Profile{ID: fmt.Sprintf("%07d", i), Kind: "person", Name: word() + " " + word(), Country: []string{"BE", "DE", "FR"}[rng.IntN(3)],
			Emails: []string{fmt.Sprintf("p%d@o%d.org", i, i%977)}}
		if i%10 == 0 {
			list = append(list, p)
			first, last, _ := strings.Cut(p.Name, " ")
			p.ID += "t"
			p.Name, p.Emails = strings.ToUpper(last)+", "+first, nil
			twins++
		}
		list = append(list, p)
	}
	return list, twins
}

// TestPairsGrowWithRecords: what is compared is bounded for each record, also where everybody shares something.
func TestPairsGrowWithRecords(t *testing.T) {
	for _, n := range []int{2000, 8000} {
		list, twins := crowd(n)
		for i := range list {
			list[i].Phones, list[i].Website = []string{"+32 2 000 00 00"}, "https://same.example.org"
		}
		got, err := Pairs(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		if got.Compared > 5*n || got.Crowded == 0 {
			t.Errorf("of %d records %d pairs were compared; %d keys are crowded", n, got.Compared, got.Crowded)
		}
		found := 0
		for _, p := range got.Pairs {
			if p.A+"t" == p.B {
				found++
			}
		}
		if found < twins*99/100 {
			t.Errorf("%d of %d twins were found", found, twins)
		}
	}
}

// TestSameAgain: the order of the records does not matter.
func TestSameAgain(t *testing.T) {
	list, _ := crowd(1000)
	first, err := Pairs(t.Context(), list)
	must(t, err)
	slices.Reverse(list)
	second, err := Pairs(t.Context(), list)
	must(t, err)
	if len(first.Pairs) == 0 || fmt.Sprint(first.Pairs) != fmt.Sprint(second.Pairs) {
		t.Errorf("%d pairs and %d", len(first.Pairs), len(second.Pairs))
	}
}
