package merge

import (
	"maps"
	"reflect"
	"slices"

	"piper/internal/fault"
)

// Choice says whose value of a field the one that stays is to have.
type Choice string

// The choices.
const (
	Survivor Choice = "survivor"
	Loser    Choice = "loser"
	Both     Choice = "both" // of lists
)

// FieldChoice is one field in which two records differ.
type FieldChoice struct {
	Field    string `json:"field"`
	List     bool   `json:"list" doc:"both is a choice"`
	Survivor any    `json:"survivor,omitempty"`
	Loser    any    `json:"loser,omitempty"`
	Choice   Choice `json:"choice" enum:"survivor,loser,both"`
}

// ownFields follow from others, or from what the store and the trash do: nobody chooses them.
var ownFields = []string{"id", "rev", "createdAt", "updatedAt", "kind", "sortName", "trashedAt"}

// fuse gives what the one that stays is after the merge, and the fields in which the two differ, in order
// of name. Lists are united unless told; of a single value the survivor's is taken, the loser's where
// that is blank.
func fuse(survivor, loser tree, choices map[string]Choice) (tree, []FieldChoice, error) {
	out := maps.Clone(survivor)
	names := map[string]bool{}
	for _, t := range []tree{survivor, loser} {
		for name := range t {
			names[name] = !slices.Contains(ownFields, name)
		}
	}
	for name := range choices {
		if !names[name] {
			return nil, nil, fault.Field("choices", "There is nothing to choose in %q.", name)
		}
	}
	var fields []FieldChoice
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, b := survivor[name], loser[name]
		if !names[name] || reflect.DeepEqual(a, b) || blank(a) && blank(b) {
			continue
		}
		_, listA := a.([]any)
		_, listB := b.([]any)
		f := FieldChoice{Field: name, List: listA || listB, Survivor: a, Loser: b, Choice: choices[name]}
		if f.Choice == "" {
			f.Choice = standard(f)
		}
		switch {
		case f.Choice == Survivor:
		case f.Choice == Loser:
			out[name] = b
		case f.Choice == Both && f.List:
			out[name] = union(a, b)
		default:
			return nil, nil, fault.Field("choices", "%q is no choice for %q.", f.Choice, name)
		}
		fields = append(fields, f)
	}
	return out, fields, nil
}

func standard(f FieldChoice) Choice {
	switch {
	case f.List:
		return Both
	case blank(f.Survivor):
		return Loser
	}
	return Survivor
}

// union gives the elements of both lists, each once.
func union(a, b any) []any {
	x, _ := a.([]any)
	y, _ := b.([]any)
	out := slices.Clone(x)
	for _, e := range y {
		if !slices.ContainsFunc(out, func(o any) bool { return reflect.DeepEqual(o, e) }) {
			out = append(out, e)
		}
	}
	return out
}
