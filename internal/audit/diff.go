package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// maxValue is the length in bytes beyond which a value is kept as a digest.
const maxValue = 1024

// Rules say how the changes of one collection are written down; the noun declares them.
type Rules struct {
	Secret []string // top-level fields whose values must never be written down, beside the names in secretNames
	Quiet  []string // top-level fields that alone are not worth an entry, such as when a token was last used

	// Withhold tells of a stored document that none of its values may be written down, as those of a
	// private note, which the readers of the journal may not read. nil: they may.
	Withhold func(doc []byte) bool
}

// withheld reports whether a change from one document to the other is of a record whose values are kept
// out of the journal. One that was private or becomes so is.
func (r Rules) withheld(before, after []byte) bool {
	return r.Withhold != nil && (r.Withhold(before) || r.Withhold(after))
}

// secretNames are secret in every collection, at any depth, declared or not.
var secretNames = []string{"password", "passwordHash", "secret", "secretHash", "hash", "token", "privateKey", "refreshToken"}

// leftOut is what the store itself sets on every document.
var leftOut = []string{"id", "rev", "createdAt", "updatedAt"}

// diff lists the top-level fields that differ between two encoded documents, in order of name. Either
// may be nil. It gives nothing where only left-out or quiet fields differ.
func diff(before, after []byte, rules Rules) ([]FieldChange, error) {
	was, err := fields(before)
	if err != nil {
		return nil, err
	}
	is, err := fields(after)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(is))
	for name := range is {
		names = append(names, name)
	}
	for name := range was {
		if _, ok := is[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if rules.withheld(before, after) {
		rules.Secret = names
	}
	changes := make([]FieldChange, 0, len(names))
	for _, name := range names {
		if slices.Contains(leftOut, name) || slices.Contains(rules.Quiet, name) || bytes.Equal(was[name], is[name]) {
			continue
		}
		changes = append(changes, change(name, was[name], is[name], rules))
	}
	return changes, nil
}

func fields(doc []byte) (map[string]json.RawMessage, error) {
	if doc == nil {
		return nil, nil
	}
	m := make(map[string]json.RawMessage, 16)
	if err := json.Unmarshal(doc, &m); err != nil {
		return nil, fmt.Errorf("audit: a changed document is not JSON: %w", err)
	}
	return m, nil
}

func change(name string, old, new json.RawMessage, rules Rules) FieldChange {
	switch {
	case slices.Contains(rules.Secret, name), slices.Contains(secretNames, name), holdsSecret(old), holdsSecret(new):
		return FieldChange{Field: name, Form: Secret}
	case len(old) > maxValue || len(new) > maxValue:
		return FieldChange{Field: name, Form: Digest, Old: digest(old), New: digest(new)}
	}
	return FieldChange{Field: name, Old: clean(string(old)), New: clean(string(new))}
}

// holdsSecret reports whether a value has a key with a secret name anywhere inside. Text that merely
// looks like one only makes the journal say less.
func holdsSecret(value json.RawMessage) bool {
	if len(value) == 0 || (value[0] != '{' && value[0] != '[') {
		return false
	}
	for _, name := range secretNames {
		if bytes.Contains(value, []byte(`"`+name+`":`)) {
			return true
		}
	}
	return false
}

func digest(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	sum := sha256.Sum256(value)
	return fmt.Sprintf(`{"sha256":"%s","length":%d}`, hex.EncodeToString(sum[:]), len(value))
}
