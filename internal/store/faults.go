package store

import (
	"context"
	"errors"
	"strings"

	"piper/internal/fault"
	"piper/internal/store/driver"
)

// engineFault turns what an engine returns into a fault. A fault stays what it is, and so does the end
// of the context, which is nobody's failure.
func engineFault(err error) error {
	var f *fault.Error
	if err == nil || errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Wrap(err, fault.Internal, "The database could not do this.")
}

// fault turns an error about a document of the collection into a fault with a sentence for a person.
func (c *core) fault(err error, id string) error {
	var dup *driver.DuplicateError
	var value *driver.ValueError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, driver.ErrNotFound):
		if id == "" || len(id) > 64 {
			return fault.Wrap(err, fault.NotFound, "There is no such %s.", c.noun)
		}
		return fault.Wrap(err, fault.NotFound, "There is no such %s: %s.", c.noun, id)
	case errors.Is(err, driver.ErrStale):
		return fault.Wrap(err, fault.Stale, "This %s has changed since you read it. Read it again, then repeat your change.", c.noun)
	case errors.As(err, &dup):
		fields := make([]string, len(dup.Key))
		for i, field := range dup.Key {
			fields[i] = asked(field)
		}
		f := fault.Wrap(err, fault.Duplicate, "Another %s has the same %s.", c.noun, strings.Join(fields, " and "))
		for _, field := range fields {
			f.Fields = append(f.Fields, fault.FieldError{Field: field, Message: "Another " + c.noun + " has this value."})
		}
		return f
	case errors.As(err, &value):
		f := fault.Field(value.Field, "%s.", value.Reason)
		f.Err = err
		return f
	}
	return engineFault(err)
}

// asked gives the field that people fill in for one that is kept in a form to sort by: "sortName" → "name".
func asked(field string) string {
	if rest, ok := strings.CutPrefix(field, "sort"); ok && rest != "" {
		return strings.ToLower(rest[:1]) + rest[1:]
	}
	return field
}

// singular gives the word for one document of a collection named by a plural: "stakeholders" →
// "stakeholder", "audit_entries" → "audit entry".
func singular(plural string) string {
	word := strings.ReplaceAll(plural, "_", " ")
	for _, end := range [][2]string{{"ies", "y"}, {"sses", "ss"}, {"xes", "x"}, {"ches", "ch"}, {"shes", "sh"}, {"ss", "ss"}, {"s", ""}} {
		if stem, ok := strings.CutSuffix(word, end[0]); ok {
			return stem + end[1]
		}
	}
	return word
}
