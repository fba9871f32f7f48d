package list

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"piper/internal/store"
)

// FieldChange is what became of one field of a record.
type FieldChange struct {
	Field   string `json:"field"`
	Old     string `json:"old" doc:"as JSON; null: no value"`
	New     string `json:"new" doc:"as JSON; null: no value"`
	Follows bool   `json:"follows,omitempty" doc:"it follows from the change of another field, which says enough"`
}

// noValue is how a list of changes writes a field that is not there.
const noValue = "null"

// ofTheStore are the fields that the store sets; no list of changes names them.
var ofTheStore = []string{"id", "rev", "createdAt", "updatedAt"}

// fieldsOf gives a record's fields as JSON. A record is made of what the store keeps, so it always encodes.
func fieldsOf(record any) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	doc, err := json.Marshal(record)
	if err == nil {
		err = json.Unmarshal(doc, &fields)
	}
	if err != nil {
		panic(fmt.Sprintf("list: a record does not encode: %v", err))
	}
	return fields
}

func textOf(fields map[string]json.RawMessage, name string) string {
	if v, ok := fields[name]; ok {
		return string(v)
	}
	return noValue
}

// Differences lists the fields in which two states of a record differ, in order of their names.
func Differences[T any](old, new *T) []FieldChange {
	was, is := fieldsOf(old), fieldsOf(new)
	changes := []FieldChange{}
	for name := range is {
		if textOf(was, name) != textOf(is, name) {
			changes = append(changes, FieldChange{Field: name, Old: textOf(was, name), New: textOf(is, name)})
		}
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			changes = append(changes, FieldChange{Field: name, Old: textOf(was, name), New: noValue})
		}
	}
	changes = slices.DeleteFunc(changes, func(c FieldChange) bool { return slices.Contains(ofTheStore, c.Field) })
	slices.SortFunc(changes, func(a, b FieldChange) int { return strings.Compare(a.Field, b.Field) })
	return changes
}

// Named gives the ids of records that stand in the values of changes, each once.
func Named(changes []FieldChange) []string {
	values := make([]string, 0, 2*len(changes))
	for _, c := range changes {
		values = append(values, c.Old, c.New)
	}
	return store.IDs(values...)
}

// Redo gives every field of a record that still has its old value the new one, and names those that have another.
func Redo[T any](record *T, changes []FieldChange) (missed []string, err error) {
	return put(record, fieldsOf(record), changes, func(c FieldChange) (string, string) { return c.Old, c.New })
}

// Undo gives every field of a record that still has its new value the old one, and names those that have another.
func Undo[T any](record *T, changes []FieldChange) (missed []string, err error) {
	return put(record, fieldsOf(record), changes, func(c FieldChange) (string, string) { return c.New, c.Old })
}

// put compares by the fields of now, which may be fewer than the record has.
func put[T any](record *T, now map[string]json.RawMessage, changes []FieldChange, step func(FieldChange) (from, to string)) (missed []string, err error) {
	fields := fieldsOf(record)
	for _, c := range changes {
		from, to := step(c)
		if textOf(now, c.Field) != from {
			missed = append(missed, c.Field)
			continue
		}
		fields[c.Field] = json.RawMessage(to)
	}
	doc, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	var fresh T
	if err := json.Unmarshal(doc, &fresh); err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	*record = fresh
	return missed, nil
}
