package store

import "testing"

func TestJoinLetters(t *testing.T) {
	for _, c := range []struct {
		person     bool
		name, want string
	}{
		{false, "Severny S. A.", "Severny SA"}, {false, "Severny, S.A.", "Severny, SA"}, {false, "Verein e. V.", "Verein eV"}, {false, "A.I.S.B.L. Oak", "AISBL Oak"},
		{false, "St. Anne Ltd.", "St. Anne Ltd."}, {false, "St.Anne", "St.Anne"}, {false, "О. О. О. Север", "ООО Север"}, {false, "(S.p.A.)", "SpA"},
		{true, "J. R. Smith", "J. R. Smith"}, {true, "J.R. Smith", "JR Smith"}, {false, " . ", "."}, {false, "", ""},
	} {
		if got := JoinLetters(c.name, c.person); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	for word, want := range map[string]bool{"gmbh": true, "pjsc": true, "charity": true, "foundation": false, "": false, "GmbH": false} {
		if LegalForm(word) != want {
			t.Errorf("%q is a legal form: %v", word, !want)
		}
	}
}
