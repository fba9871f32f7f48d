package stakeholder

import (
	"testing"

	"piper/internal/list"
)

// TestDeedsAreOperations: what a screen offers is what a bulk edit does, each once.
func TestDeedsAreOperations(t *testing.T) {
	offered := map[string]bool{}
	for _, deed := range Deeds {
		if operations[deed.Do] == nil || offered[deed.Do] {
			t.Errorf("%s is offered and not done, or offered twice", deed.Do)
		}
		offered[deed.Do] = true
		if (deed.Kind == "") != (deed.Verb == list.Move) || deed.Label == "" {
			t.Errorf("%s cannot be offered: %+v", deed.Do, deed)
		}
	}
	if len(offered) != len(operations) {
		t.Errorf("%d operations are offered of %d", len(offered), len(operations))
	}
}
