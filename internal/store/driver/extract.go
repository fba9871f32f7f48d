package driver

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Extractor takes the values of declared fields out of encoded documents, in one walk over the bytes
// and without decoding what is not declared. It is safe for concurrent use. An engine may use it to
// fill a field that is declared anew; documents on their way in carry their Values already.
type Extractor struct {
	fields []Field
	root   *node
}

// node is one step of the declared paths.
type node struct {
	keys     []string
	children []*node
	field    int // index of the field that ends here, -1 where none does
	scalar   int // index of a scalar field that ends here or below, -1 where there is none
}

// ValueError says why a document cannot be stored: a declared field holds what it must not.
type ValueError struct {
	Field  string
	Reason string // "holds an array, but one value is declared"
}

func (e *ValueError) Error() string { return fmt.Sprintf("driver: field %s %s", e.Field, e.Reason) }

var errNoObject = errors.New("driver: a document must be a JSON object")

// NewExtractor makes an Extractor for the fields of a schema.
func NewExtractor(fields []Field) *Extractor {
	x := &Extractor{fields: fields, root: &node{field: -1, scalar: -1}}
	for i, f := range fields {
		n := x.root
		for key := range strings.SplitSeq(f.Path, ".") {
			next := n.child(key)
			if next == nil {
				next = &node{field: -1, scalar: -1}
				n.keys = append(n.keys, key)
				n.children = append(n.children, next)
			}
			if n = next; !f.Multi {
				n.scalar = i
			}
		}
		n.field = i
	}
	return x
}

func (n *node) child(key string) *node {
	for i, k := range n.keys {
		if k == key {
			return n.children[i]
		}
	}
	return nil
}

// Extract gives the values of every declared field of doc, as Doc.Values wants them. A *ValueError says
// that a field holds the wrong kind, a scalar field several values, or an array stands in an array.
func (x *Extractor) Extract(doc []byte) ([][]any, error) {
	w := walk{scanner: scanner{data: doc}, fields: x.fields, values: make([][]any, len(x.fields))}
	room := make([]any, len(x.fields)) // one value each without another allocation
	for i := range w.values {
		w.values[i] = room[i : i : i+1]
	}
	w.space()
	if w.peek() != '{' {
		return nil, errNoObject
	}
	w.object(x.root)
	if w.err != nil {
		return nil, w.err
	}
	return w.values, nil
}

// walk is one pass over one document.
type walk struct {
	scanner
	fields []Field
	values [][]any
}

func (w *walk) object(n *node) {
	w.pos++ // the brace
	w.space()
	if w.peek() == '}' {
		w.pos++
		return
	}
	for w.err == nil {
		w.space()
		raw, plain := w.str()
		w.space()
		if w.peek() != ':' {
			w.fail("no colon after a key")
			return
		}
		w.pos++
		w.space()
		if child := n.match(raw, plain); child != nil {
			w.value(child, false)
		} else {
			w.skip()
		}
		w.space()
		if !w.more('}') {
			return
		}
	}
}

// match is child for a key as it stands between its quotes.
func (n *node) match(raw []byte, plain bool) *node {
	if !plain {
		return n.child(unquote(raw))
	}
	for i, k := range n.keys {
		if k == string(raw) {
			return n.children[i]
		}
	}
	return nil
}

// value takes the value of n; element says that it stands in an array.
func (w *walk) value(n *node, element bool) {
	switch w.peek() {
	case '{':
		if n.field >= 0 {
			w.refuse(n.field, "holds an object")
			return
		}
		w.object(n)
	case '[':
		switch {
		case n.scalar >= 0:
			w.refuse(n.scalar, "holds an array, but one value is declared")
		case element && n.field >= 0:
			w.refuse(n.field, "holds an array in an array")
		case element:
			w.skip() // no object, so nothing declared is in it
		default:
			w.array(n)
		}
	default:
		if n.field < 0 {
			w.skip()
			return
		}
		w.scalar(n.field)
	}
}

func (w *walk) array(n *node) {
	w.pos++ // the bracket
	w.space()
	if w.peek() == ']' {
		w.pos++
		return
	}
	for w.err == nil {
		w.space()
		w.value(n, true)
		w.space()
		if !w.more(']') {
			return
		}
	}
}

// scalar takes one string, number, boolean or null for a field.
func (w *walk) scalar(field int) {
	f := w.fields[field]
	var v any
	if w.peek() == '"' {
		raw, plain := w.str()
		if w.err != nil {
			return
		}
		if f.Kind != String {
			w.refuse(field, "holds a text")
			return
		}
		if plain && utf8.Valid(raw) {
			v = string(raw)
		} else {
			v = unquote(raw)
		}
	} else {
		switch word := string(w.bare()); {
		case w.err != nil || word == "null":
			return
		case word == "true" || word == "false":
			if f.Kind != Bool {
				w.refuse(field, "holds "+word)
				return
			}
			v = word == "true"
		default:
			n, err := strconv.ParseInt(word, 10, 64)
			if f.Kind != Int {
				w.refuse(field, "holds a number")
				return
			}
			if err != nil {
				w.refuse(field, "holds a number that is not a whole number of 64 bits")
				return
			}
			v = n
		}
	}
	if !f.Multi && len(w.values[field]) > 0 {
		w.refuse(field, "stands in the document twice")
		return
	}
	w.values[field] = append(w.values[field], v)
}

func (w *walk) refuse(field int, reason string) {
	if w.err == nil {
		w.err = &ValueError{Field: w.fields[field].Path, Reason: reason}
	}
	w.pos = len(w.data)
}
