package sqlite

import (
	"bytes"
	"encoding/json"
	"strings"
)

// bound gives a value as it is bound to a statement and kept in a column.
func bound(v any) any {
	if b, ok := v.(bool); ok {
		if b {
			return int64(1)
		}
		return int64(0)
	}
	return v
}

// columnValue gives what the field's own column holds: the value of a scalar, the number of distinct
// values of a multi field, or NULL.
func columnValue(c *column, values []any) any {
	switch {
	case len(values) == 0:
		return nil
	case c.Multi:
		return int64(len(distinct(values)))
	}
	return bound(values[0])
}

func distinct(values []any) []any {
	if len(values) < 2 {
		return values
	}
	seen := make(map[any]bool, len(values))
	var out []any
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// list writes values as a JSON array for json_each, which takes any number of them as one argument.
func list(values []any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(values) // strings and integers always encode
	return strings.TrimSuffix(b.String(), "\n")
}
