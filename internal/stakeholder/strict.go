package stakeholder

import "slices"

// StrictKeys gives what no two different stakeholders share, for imports, which nobody watches: two records
// with a key in common are the same. The keys are each number that somebody known has given, each e-mail
// address of that kind of record, and the folded name with country and kind. The record is tidy.
func (s *Stakeholder) StrictKeys() []string {
	var keys []string
	for _, id := range s.ExternalIDs {
		if id.Scheme != "other" { // nobody says whose numbers these are
			keys = append(keys, "id "+id.Scheme+" "+id.Value)
		}
	}
	for _, address := range s.Addresses() {
		keys = append(keys, "email "+string(s.Kind)+" "+address)
	}
	if s.SortName != "" && s.Country != "" {
		keys = append(keys, "name "+string(s.Kind)+" "+s.Country+" "+s.SortName)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
