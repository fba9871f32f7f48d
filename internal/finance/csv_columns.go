package finance

import (
	"fmt"
	"strings"

	"piper/internal/fault"
)

// Columns are the columns of an income file, all of which it must have, in any order.
var Columns = []string{"donor", "ultimate_donor", "date", "amount", "currency", "earmarking", "restriction", "source_type"}

// Places of the columns in a rawRow.
const (
	colDonor = iota
	colUltimate
	colDate
	colAmount
	colCurrency
	colEarmarking
	colRestriction
	colSource
	columnCount
)

// columnName folds a header: "Ultimate Donor", "ultimate-donor" and "ULTIMATE_DONOR" are one.
func columnName(s string) string {
	s = strings.Trim(s, " \t\r\"\u00a0")
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '\u00a0'
	}), "_"))
}

// readHeader says at which place of a record each column stands. Every column that is unknown, twice
// there or missing is named.
func readHeader(header []string) ([columnCount]int, error) {
	var places [columnCount]int
	for i := range places {
		places[i] = -1
	}
	var fields []fault.FieldError
	for i, h := range header {
		name := columnName(h)
		at := indexOf(Columns, name)
		switch {
		case name == "" && i == len(header)-1: // a trailing delimiter
		case at < 0:
			fields = append(fields, fault.FieldError{Field: clip(strings.TrimSpace(h)), Message: "This column is not known."})
		case places[at] >= 0:
			fields = append(fields, fault.FieldError{Field: name, Message: "This column is there twice."})
		default:
			places[at] = i
		}
	}
	for at, place := range places {
		if place < 0 && !has(fields, Columns[at]) {
			fields = append(fields, fault.FieldError{Field: Columns[at], Message: "This column is missing."})
		}
	}
	if len(fields) == 0 {
		return places, nil
	}
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = fmt.Sprintf("%q: %s", f.Field, strings.ToLower(f.Message[:1])+strings.TrimSuffix(f.Message[1:], "."))
	}
	return places, &fault.Error{Code: fault.Invalid, Fields: fields,
		Message: "The header of the file is not right: " + strings.Join(parts, "; ") + ". The columns are " + strings.Join(Columns, ", ") + "."}
}

func has(fields []fault.FieldError, name string) bool {
	for _, f := range fields {
		if f.Field == name {
			return true
		}
	}
	return false
}

// clip shortens a foreign value for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
