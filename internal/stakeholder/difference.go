package stakeholder

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"piper/internal/list"
)

// kept are fields that follow from others or that the store sets; no list of changes names them.
var kept = []string{"id", "rev", "createdAt", "updatedAt", "sortName"}

// noValue is how a list of changes writes a field that is not there.
const noValue = "null"

// fieldsOf gives a record's fields as JSON. A record is made of texts and lists of texts, so it always encodes.
func fieldsOf(s *Stakeholder) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	doc, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(doc, &fields)
	}
	if err != nil {
		panic(fmt.Sprintf("stakeholder: a record does not encode: %v", err))
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
func Differences(old, new *Stakeholder) []list.FieldChange {
	was, is := fieldsOf(old), fieldsOf(new)
	changes := []list.FieldChange{}
	for name := range is {
		if textOf(was, name) != textOf(is, name) {
			changes = append(changes, list.FieldChange{Field: name, Old: textOf(was, name), New: textOf(is, name)})
		}
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			changes = append(changes, list.FieldChange{Field: name, Old: textOf(was, name), New: noValue})
		}
	}
	changes = slices.DeleteFunc(changes, func(c list.FieldChange) bool { return slices.Contains(kept, c.Field) })
	slices.SortFunc(changes, func(a, b list.FieldChange) int { return strings.Compare(a.Field, b.Field) })
	return changes
}

// Redo gives every field that still has its old value the new one, and names those that have another.
func (s *Stakeholder) Redo(changes []list.FieldChange) (missed []string, err error) {
	return s.put(changes, func(c list.FieldChange) (string, string) { return c.Old, c.New })
}

// Undo gives every field that still has its new value the old one, and names those that have another.
func (s *Stakeholder) Undo(changes []list.FieldChange) (missed []string, err error) {
	return s.put(changes, func(c list.FieldChange) (string, string) { return c.New, c.Old })
}

func (s *Stakeholder) put(changes []list.FieldChange, step func(list.FieldChange) (from, to string)) (missed []string, err error) {
	fields := fieldsOf(s)
	for _, c := range changes {
		from, to := step(c)
		if textOf(fields, c.Field) != from {
			missed = append(missed, c.Field)
			continue
		}
		fields[c.Field] = json.RawMessage(to)
	}
	doc, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("stakeholder: %w", err)
	}
	fresh := Stakeholder{}
	if err := json.Unmarshal(doc, &fresh); err != nil {
		return nil, fmt.Errorf("stakeholder: %w", err)
	}
	*s = fresh
	return missed, nil
}
