package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bodyError is what is wrong with a field of a body.
type bodyError struct{ field, message string }

// fieldMark stands between field and message: huma keeps nothing of an error of its formats but the text.
const fieldMark = "\x1f"

func (e *bodyError) Error() string { return e.field + fieldMark + e.message }

// readJSON reads the body of a request. encoding/json puts U+FFFD in the place of what is no text, and takes a
// character NUL: both would be kept as something that nobody has written, so they are refused, with the name
// of the field. So is a number that is beyond every field.
func readJSON(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	var wrongType *json.UnmarshalTypeError
	switch whole, first := v.(*any); {
	case err == nil && first:
		broken := !utf8.Valid(data) || hasLoneSurrogate(data)
		if wrong := wrongIn(*whole, "", broken); wrong != nil {
			return wrong
		}
	case errors.As(err, &wrongType) && first: // a number that no float64 holds
		var exact any
		numbers := json.NewDecoder(bytes.NewReader(data))
		numbers.UseNumber()
		if numbers.Decode(&exact) == nil {
			if wrong := wrongIn(exact, "", false); wrong != nil {
				return wrong
			}
		}
		return &bodyError{message: "The request could not be read."}
	case errors.As(err, &wrongType):
		return &bodyError{wrongType.Field, "This is not what belongs here."}
	}
	return err
}

// wrongIn finds the first value of a decoded body that no field can hold; broken says that the body held what
// is no text.
func wrongIn(v any, path string, broken bool) error {
	switch v := v.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			return &bodyError{path, "This holds the character NUL, which is not text."}
		}
		if broken && strings.ContainsRune(v, utf8.RuneError) {
			return &bodyError{path, "This holds what is not text in UTF-8."}
		}
	case float64:
		if math.Abs(v) >= 1<<63 {
			return &bodyError{path, "This number is too large."}
		}
	case json.Number:
		if f, err := v.Float64(); err != nil || math.Abs(f) >= 1<<63 {
			return &bodyError{path, "This number is too large."}
		}
	case []any:
		for i, item := range v {
			if err := wrongIn(item, path+"["+strconv.Itoa(i)+"]", broken); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := strings.TrimPrefix(path+"."+key, ".")
			if wrongIn(key, at, broken) != nil {
				return &bodyError{path, "A name in this is not text."}
			}
			if err := wrongIn(v[key], at, broken); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasLoneSurrogate reports whether a body that is JSON holds one half of a pair of \uXXXX escapes without the
// other.
func hasLoneSurrogate(data []byte) bool {
	for i := 0; i+1 < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		i++
		if data[i] != 'u' {
			continue
		}
		unit := escaped(data[i-1:])
		i += 4
		switch {
		case unit < 0xD800 || unit > 0xDFFF:
		case unit >= 0xDC00:
			return true
		default:
			if low := escaped(data[min(i+1, len(data)):]); low < 0xDC00 || low > 0xDFFF {
				return true
			}
			i += 6
		}
	}
	return false
}

// escaped is the number of the \uXXXX escape with which the text begins, or -1.
func escaped(text []byte) int {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return int(n)
}
