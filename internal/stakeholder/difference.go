package stakeholder

import "piper/internal/list"

// bare takes out what follows from the name; no list of changes says it.
func bare(s *Stakeholder) { s.SortName = "" }

// Differences lists the fields in which two states of a record differ, in order of their names.
func Differences(old, new *Stakeholder) []list.FieldChange {
	was, is := *old, *new
	bare(&was)
	bare(&is)
	return list.Differences(&was, &is)
}

// Redo gives every field that still has its old value the new one, and names those that have another.
func (s *Stakeholder) Redo(changes []list.FieldChange) (missed []string, err error) {
	return list.Redo(s, changes)
}

// Undo gives every field that still has its new value the old one, and names those that have another.
func (s *Stakeholder) Undo(changes []list.FieldChange) (missed []string, err error) {
	return list.Undo(s, changes)
}
