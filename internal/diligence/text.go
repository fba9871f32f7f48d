package diligence

import (
	"fmt"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// inWords writes a day as people read it: 3 March 2027.
func inWords(d store.Date) string { return d.Time().Format("2 January 2006") }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func at(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

func checkDate(k *fault.Checks, field string, d store.Date) {
	if d == "" {
		return
	}
	_, err := store.ParseDate(string(d))
	k.Require(err == nil && d >= "1900-01-01" && d <= "2199-12-31", field, "%q is not a date of the form 2026-03-29.", d)
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
