package store

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store/driver"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// encode gives the stored bytes of t: compact JSON without HTML escapes, in valid UTF-8, without NUL.
func (c *core) encode(t any) ([]byte, error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(t); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "This %s cannot be stored.", c.noun)
	}
	doc := bytes.Clone(bytes.TrimSuffix(buf.Bytes(), []byte{'\n'}))
	if c.foreign {
		if err := driver.CheckKeys(doc); err != nil {
			return nil, c.fault(err, "")
		}
		if !utf8.Valid(doc) {
			doc = []byte(cleanText(string(doc)))
		}
	}
	return withoutNUL(doc), nil
}

// cleanText gives s as it would come back from the store: U+FFFD for NUL and for what is not UTF-8.
func cleanText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(string([]rune(s)), "\x00", "\ufffd")
}

// doc makes the driver's document of t, whose Meta is as it shall be stored.
func (c *Collection[T]) doc(t *T) (driver.Doc, error) {
	m := metaOf(t)
	b, err := c.encode(t)
	if err != nil {
		return driver.Doc{}, err
	}
	return c.docOf(t, m, b)
}

// docOf is doc where t is encoded already.
func (c *Collection[T]) docOf(t *T, m *Meta, b []byte) (driver.Doc, error) {
	values, err := c.extract.Extract(b)
	if err != nil {
		return driver.Doc{}, c.fault(err, m.ID)
	}
	d := driver.Doc{ID: m.ID, Rev: m.Rev, JSON: b, Values: values}
	if c.words != nil {
		w := c.words(t)
		if d.Tokens, err = c.tokens(w, values); err != nil {
			return driver.Doc{}, err
		}
		d.Near = nearKeys(w.Near)
	}
	return d, nil
}

// storedWords gives what a stored document is found by.
func (c *Collection[T]) storedWords(b []byte) (tokens string, near []string, err error) {
	t, err := c.decode(b)
	if err != nil {
		return "", nil, err
	}
	d, err := c.docOf(t, metaOf(t), b)
	return d.Tokens, d.Near, err
}

// tokens gives what the document is found by, and by whom.
func (c *core) tokens(w Words, values [][]any) (string, error) {
	if w.ready == nil {
		w = w.Ready()
	}
	tokens := *w.ready
	if c.sightAt < 0 {
		if w.Sight != nil {
			return "", fault.New(fault.Internal, "Words of %s have a sight, but the collection has no sight field.", c.schema.Name)
		}
		return tokens, nil
	}
	var sighted strings.Builder
	sighted.Grow(len(tokens) + 32*len(values[c.sightAt]))
	sighted.WriteString(tokens)
	for _, v := range values[c.sightAt] {
		token := v.(string)
		if token == "" || strings.ContainsFunc(token, unicode.IsSpace) {
			return "", fault.New(fault.Internal, "The sight token %q of a %s is empty or has a space in it.", token, c.noun)
		}
		if w.Sight == nil || slices.Contains(w.Sight, token) {
			if sighted.Len() > 0 {
				sighted.WriteByte(' ')
			}
			sighted.WriteString(driver.SightMark)
			sighted.WriteString(token)
		}
	}
	return sighted.String(), nil
}

// checkID refuses ids that an engine may not keep or compare as they are.
func checkID(id string) error {
	if id == "" || len(id) > 200 || cleanText(id) != id {
		return fault.Field("id", "An id is a text of 1 to 200 bytes.")
	}
	return nil
}

func metaOf[T any](t *T) *Meta { return any(t).(document).meta() }

// decode makes a document of stored bytes.
func (c *Collection[T]) decode(b []byte) (*T, error) {
	t := new(T)
	if err := json.Unmarshal(b, t); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A stored %s cannot be read.", c.noun)
	}
	return t, nil
}

func (c *Collection[T]) decodeAll(docs [][]byte) ([]*T, error) {
	list := make([]*T, len(docs))
	for i, b := range docs {
		t, err := c.decode(b)
		if err != nil {
			return nil, err
		}
		list[i] = t
	}
	return list, nil
}
