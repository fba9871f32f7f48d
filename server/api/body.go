package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// bodyError is what is wrong with a field of a body.
type bodyError struct{ field, message string }

// fieldMark stands between field and message: huma keeps nothing of an error of its formats but the text.
const fieldMark = "\x1f"

func (e *bodyError) Error() string { return e.field + fieldMark + e.message }

// readJSON reads the body of a request, which huma asks for twice: first as anything, then as what the operation takes.
// encoding/json puts U+FFFD in the place of what is no text, takes a character NUL, and of a name that stands twice the last
// value: each would be kept as something that nobody has written, so the first reading refuses it.
func readJSON(data []byte, v any) error {
	if _, first := v.(*any); first {
		if err := checkBody(data); err != nil {
			return err
		}
	}
	err := json.Unmarshal(data, v)
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return &bodyError{wrongType.Field, "This is not what belongs here."}
	}
	return err
}

// checkBody finds the first value of a body that no field can hold. What is no JSON at all is left to the reading that follows.
func checkBody(data []byte) error {
	if !json.Valid(data) {
		return nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.ReadToken()
		var wrong *jsontext.SyntacticError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &wrong) && wrong.Err == jsontext.ErrDuplicateName:
			return &bodyError{fieldOf(wrong.JSONPointer), "This stands in the request twice."}
		case errors.As(err, &wrong): // in what encoding/json, to which all bytes are text, has found sound
			return &bodyError{fieldOf(wrong.JSONPointer), "This holds what is not text in UTF-8."}
		case err != nil:
			return err
		case token.Kind() == '"' && strings.ContainsRune(token.String(), 0):
			if in, n := d.StackIndex(d.StackDepth()); in == '{' && n%2 == 1 {
				return &bodyError{fieldOf(d.StackPointer().Parent()), "A name in this is not text."}
			}
			return &bodyError{fieldOf(d.StackPointer()), "This holds the character NUL, which is not text."}
		case token.Kind() == '0':
			if f, err := token.Float(); err != nil || math.Abs(f) >= 1<<63 {
				return &bodyError{fieldOf(d.StackPointer()), "This number is too large."}
			}
		}
	}
}

// fieldOf writes a place in a body as the API's problems do: emails[0].address.
func fieldOf(place jsontext.Pointer) string {
	var b strings.Builder
	for token := range place.Tokens() {
		switch _, err := strconv.ParseUint(token, 10, 32); {
		case err == nil:
			b.WriteString("[" + token + "]")
		case b.Len() > 0:
			b.WriteString("." + token)
		default:
			b.WriteString(token)
		}
	}
	return b.String()
}
