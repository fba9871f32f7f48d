package storetest

import (
	"slices"
	"testing"

	"piper/internal/store"
	"piper/internal/store/driver"
)

// searchNear: names in other letters, and names typed nearly right, are found the same on every engine.
func (s suite) searchNear(t *testing.T) {
	_, things := s.things(t, func(spec *store.Spec[thing]) {
		spec.Sight = "sight"
		spec.Fields = append(slices.Clone(spec.Fields), driver.Field{Path: "sight", Multi: true})
	})
	ctx := everyone()
	for _, name := range []string{
		"Röder", "Roeder", "Шевченко", "Shevchenko", "Honcharenko", "Гончаренко", "Олексій Зеленський", "Ђорђевић",
		"Stavros Papadopoulos", "Παπαδόπουλος Σταύρος", "Anna Schmidt", "Anneliese Vogel", "Христо", "Жо",
	} {
		must(t, things.Create(ctx, &thing{Name: name, Body: "Письмо", Tags: []string{}, Sight: []string{"team"}}))
	}
	for _, c := range []struct {
		query string
		near  bool
		want  []string
	}{
		{"Roder", false, []string{"Röder"}}, {"RÖDER", false, []string{"Röder"}}, {"oder", false, []string{"Röder"}},
		{"shevchenko", false, []string{"Shevchenko", "Шевченко"}}, {"Шевченко", false, []string{"Shevchenko", "Шевченко"}},
		{"Шев", false, []string{"Shevchenko", "Шевченко"}}, {"вченк", false, []string{"Shevchenko", "Шевченко"}},
		{"honchar", false, []string{"Гончаренко", "Honcharenko"}}, {"Гончаренко", false, []string{"Гончаренко", "Honcharenko"}},
		{"goncharenko", false, []string{"Гончаренко"}}, {"zelenskyi", false, []string{"Олексій Зеленський"}},
		{"dordevic", false, []string{"Ђорђевић"}}, {"djordj", false, []string{"Ђорђевић"}}, {"hristo", false, []string{"Христо"}},
		{"papadopoulos stavros", false, []string{"Παπαδόπουλος Σταύρος", "Stavros Papadopoulos"}},
		{"Παπαδόπουλος", false, []string{"Παπαδόπουλος Σταύρος", "Stavros Papadopoulos"}},
		{"pismo zho", false, []string{"Жо"}},

		{"shevchinko", false, nil}, {"shevchinko", true, []string{"Shevchenko", "Шевченко"}}, {"Шевчинко", true, []string{"Shevchenko", "Шевченко"}},
		{"shevhcnko", true, []string{"Shevchenko", "Шевченко"}}, {"schmidt", true, nil},
		{"rodre", true, []string{"Röder"}}, {"oeder", true, []string{"Roeder"}}, {"rder", true, []string{"Röder"}},
		{"rdo", true, nil}, {"schmdit", true, []string{"Anna Schmidt"}}, {"schmdit anna", true, []string{"Anna Schmidt"}},
		{"anelise", true, []string{"Anneliese Vogel"}}, {"anelise vogle", true, []string{"Anneliese Vogel"}}, {"anelis", true, nil},
		{"schmdit bert", true, nil}, {"schmitd pism", true, []string{"Anna Schmidt"}}, {"xxxx", true, nil},
	} {
		page, err := things.Page(ctx, store.Query{Text: c.query, Near: c.near})
		must(t, err)
		var got []string
		for _, x := range page.Items {
			got = append(got, x.Name)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) || page.Total != len(c.want) {
			t.Errorf("%q (near: %v) finds %q, want %q", c.query, c.near, got, c.want)
		}
	}
	if page, err := things.Page(ctx, store.Query{Text: "pismo", Limit: 2, NoTotal: true}); err != nil || page.Total != 2 || !page.TotalIsFloor || page.Next == "" {
		t.Errorf("without a total: %d (%v)", page.Total, err)
	}
	if page, err := things.Page(as("acc:other"), store.Query{Text: "schmdit", Near: true}); err != nil || page.Total != 0 {
		t.Errorf("a stranger finds %d by a slip (%v)", page.Total, err)
	}
}
