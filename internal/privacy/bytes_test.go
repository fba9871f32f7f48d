package privacy

import "testing"

// A room that keeps JSON as bytes gets the pseudonym into it by id and by name, and is told where there is nothing.
func TestRewriteBytes(t *testing.T) {
	forms := []NameForm{{Text: "Ana Ruiz", Everywhere: true}, {Text: "Ruiz"}}
	p := pseudonymOf("7")
	near := newRedactor(forms, p, func(NameForm) bool { return true })
	anywhere := newRedactor(forms, p, func(f NameForm) bool { return f.Everywhere })
	for _, c := range []struct {
		doc, want string
		there     bool
	}{
		{`{"donors":[{"id":"p1","name":"Ruiz"},{"id":"p2","cents":9007199254740993}]}`, `{"donors":[{"id":"q1","name":"` + p.Name + `"},{"cents":9007199254740993,"id":"p2"}]}`, true},
		{`{"list":["p1","p2"],"notes":"thanks to ANA RUIZ"}`, `{"list":["q1","p2"],"notes":"thanks to ` + p.Name + `"}`, true},
		{`{"notes":"Ana Ruiz gave"}`, `{"notes":"` + p.Name + ` gave"}`, true},
		// Somebody else of that surname keeps it in a document that has the id elsewhere; the name alone is the person's.
		{`{"donors":[{"id":"p1","name":"Ana Ruiz","aims":["Ruiz gives"]},{"id":"p2","name":"Ruiz Foundation"}],"newDonors":["Ruiz Foundation"],"formerDonors":["Ruiz"]}`,
			`{"donors":[{"aims":["` + p.Name + ` gives"],"id":"q1","name":"` + p.Name + `"},{"id":"p2","name":"Ruiz Foundation"}],"formerDonors":["` + p.Name + `"],"newDonors":["Ruiz Foundation"]}`, true},
		{`{"newDonors":["Ruiz"]}`, `{"newDonors":["Ruiz"]}`, false},
		{`{"notes":"Ruiz Foundation"}`, `{"notes":"Ruiz Foundation"}`, false}, // a namesake
	} {
		got, there, err := rewriteBytes([]byte(c.doc), "p1", "q1", near, anywhere)
		if err != nil || there != c.there || string(got) != c.want {
			t.Errorf("%s: %s, %v, %v", c.doc, got, there, err)
		}
		if again, there, err := rewriteBytes(got, "p1", "q1", near, anywhere); err != nil || there {
			t.Errorf("%s: a second time %s, %v", c.doc, again, err)
		}
	}
	if _, _, err := rewriteBytes([]byte(`{p1`), "p1", "q1", near, anywhere); err == nil {
		t.Error("broken JSON is no error")
	}
}
