package stakeholder

import "testing"

func TestACountryIsOne(t *testing.T) {
	for code, want := range map[string]string{"be": "BE", "EL": "GR", "UK": "GB", "XK": "XK", "EU": "EU", "": "", "ZZ": "no", "XX": "no", "B1": "no", "QO": "no"} {
		s := &Stakeholder{Kind: Organisation, Name: "Some body", Country: code}
		err := s.tidy()
		if got := s.Country; (err != nil) != (want == "no") || err == nil && got != want {
			t.Errorf("%q: want %q, got %q, %v", code, want, got, err)
		}
	}
}
