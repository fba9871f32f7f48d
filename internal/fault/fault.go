// Package fault is Piper's one error type: a code that programs act on, a sentence that a person can
// read, the field at fault, and a cause that only the operator sees in the log.
package fault

import (
	"errors"
	"fmt"
	"slices"
)

// Code says what kind of failure it is. The web layer turns it into a status; nobody else needs to.
type Code string

// The codes. Each maps to one HTTP status in server/api/problem.go.
const (
	Invalid          Code = "invalid"           // the input is wrong; Field or Fields say where
	NotFound         Code = "not_found"         // no such record, or none that the reader may see
	Duplicate        Code = "duplicate"         // a unique key is taken
	Stale            Code = "stale"             // the record has changed since it was read
	RevisionRequired Code = "revision_required" // a write came without saying which revision it changes
	Unauthenticated  Code = "unauthenticated"   // nobody is signed in
	Forbidden        Code = "forbidden"         // signed in, but this role may not
	TooLarge         Code = "too_large"         // the input is over its bound
	TooMany          Code = "too_many"          // rate limit
	Busy             Code = "busy"              // already running or locked; try again later
	Unavailable      Code = "unavailable"       // something outside Piper did not answer as it should
	Internal         Code = "internal"          // our own failure
)

// FieldError is one wrong field of an input, named as the caller wrote it ("emails[1].address").
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is a failure that a caller can act on. Message is a whole sentence in plain English and never
// holds internal text; Err is the cause, for the log.
type Error struct {
	Code    Code
	Message string
	Fields  []FieldError
	Err     error
}

// Error gives everything the operator needs in one line; it is never sent to a browser.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Message
	for _, f := range e.Fields {
		s += fmt.Sprintf(" [%s: %s]", f.Field, f.Message)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a code with a sentence for a person.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error of a code with a sentence for a person and the cause for the operator.
func Wrap(err error, code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// Field makes an Invalid error about one field.
func Field(field, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Code: Invalid, Message: field + ": " + msg, Fields: []FieldError{{Field: field, Message: msg}}}
}

// At puts a path before the fields of an Invalid error, as in "parts[2].": what was checked is a part of the input. Any
// other error is given as it is.
func At(path string, err error) error {
	var e *Error
	if !errors.As(err, &e) || e.Code != Invalid {
		return err
	}
	at := *e
	at.Fields = slices.Clone(e.Fields)
	for i := range at.Fields {
		at.Fields[i].Field = path + at.Fields[i].Field
	}
	return &at
}

// CodeOf gives the code of err, Internal where err carries none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

// Reason gives the sentence for a person alone: what is wrong, without the name of the one field at fault.
// An error that carries no code gives a sentence that says so.
func Reason(err error) string {
	var e *Error
	switch {
	case !errors.As(err, &e):
		return "Something went wrong inside Piper."
	case len(e.Fields) == 1:
		return e.Fields[0].Message
	}
	return e.Message
}

// Checks collects the wrong fields of one input, so that a person sees all of them at once.
type Checks struct{ fields []FieldError }

// Require adds a field error unless ok.
func (c *Checks) Require(ok bool, field, format string, args ...any) {
	if !ok {
		c.fields = append(c.fields, FieldError{Field: field, Message: fmt.Sprintf(format, args...)})
	}
}

// Err gives one Invalid error with every wrong field, or nil.
func (c *Checks) Err() error {
	switch len(c.fields) {
	case 0:
		return nil
	case 1:
		return &Error{Code: Invalid, Message: c.fields[0].Field + ": " + c.fields[0].Message, Fields: c.fields}
	}
	return &Error{Code: Invalid, Message: fmt.Sprintf("%d fields are not right.", len(c.fields)), Fields: c.fields}
}
