package store

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"piper/internal/store/driver"
)

var (
	jsonMarshaler = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// checkDocument makes sure that T embeds Meta and that nothing in T stands in its way.
func checkDocument[T any]() error {
	var t T
	doc, ok := any(&t).(document)
	if !ok || reflect.TypeFor[T]().Kind() != reflect.Struct {
		return fmt.Errorf("%T does not embed store.Meta", t)
	}
	*doc.meta() = Meta{ID: "x", Rev: 7, CreatedAt: "c", UpdatedAt: "u"}
	b, err := json.Marshal(&t)
	if err != nil {
		return fmt.Errorf("%T cannot be encoded: %w", t, err)
	}
	var back Meta
	if err := json.Unmarshal(b, &back); err != nil || back != *doc.meta() {
		return fmt.Errorf("%T does not encode id, rev, createdAt and updatedAt of store.Meta", t)
	}
	return nil
}

// checkField makes sure that the type has the declared path, with values of the declared kind.
func checkField(t reflect.Type, f driver.Field) error {
	end, multi, err := resolve(t, f.Path)
	if err != nil || end == nil {
		return err
	}
	if multi != f.Multi {
		return fmt.Errorf("field %q: Multi must be %v", f.Path, multi)
	}
	kinds := map[driver.Kind][]reflect.Kind{
		driver.String: {reflect.String},
		driver.Int:    {reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64},
		driver.Bool:   {reflect.Bool},
	}
	if !slices.Contains(kinds[f.Kind], end.Kind()) {
		return fmt.Errorf("field %q is of type %v", f.Path, end)
	}
	return nil
}

func checkRef(t reflect.Type, r Ref) error {
	if _, _, err := resolve(t, r.Field); err != nil {
		return err
	}
	if r.Apart != "" {
		if _, multi, err := resolve(t, r.Apart); err != nil || multi {
			return fmt.Errorf("reference %q: Apart %q is no field with one value", r.Field, r.Apart)
		}
	}
	if r.Collection == "" || !slices.Contains([]string{"repoint", "aside", "keep"}, r.OnMerge) ||
		!slices.Contains([]string{"remove", "pseudonym", "keep"}, r.OnErase) {
		return fmt.Errorf("reference %q: it needs a collection, OnMerge repoint, aside or keep, OnErase remove, pseudonym or keep", r.Field)
	}
	return nil
}

// resolve follows a path through a type. end is nil where the type alone does not say what it encodes
// to (a map, an interface, a type that encodes itself).
func resolve(t reflect.Type, path string) (end reflect.Type, multi bool, err error) {
	for key := range strings.SplitSeq(path, ".") {
		var open bool
		if t, multi, open = element(t, multi); open {
			return nil, multi, nil
		}
		if t.Kind() != reflect.Struct {
			return nil, multi, fmt.Errorf("field %q: %v has no fields", path, t)
		}
		f, ok := jsonField(t, key)
		if !ok {
			return nil, multi, fmt.Errorf("field %q: %v has no JSON field %q", path, t, key)
		}
		t = f.Type
	}
	t, multi, open := element(t, multi)
	if open {
		return nil, multi, nil
	}
	return t, multi, nil
}

// element gives what stands behind pointers and in lists.
func element(t reflect.Type, multi bool) (reflect.Type, bool, bool) {
	for {
		if t.Implements(jsonMarshaler) || t.Implements(textMarshaler) || t.Kind() == reflect.Map || t.Kind() == reflect.Interface {
			return t, multi, true
		}
		switch t.Kind() {
		case reflect.Pointer:
			t = t.Elem()
		case reflect.Slice, reflect.Array:
			t, multi = t.Elem(), true
		default:
			return t, multi, false
		}
	}
}

// needed tells which references are single ids that are always encoded.
func needed(t reflect.Type, refs []Ref) map[string]bool {
	needs := map[string]bool{}
	for _, ref := range refs {
		at, keys := t, strings.Split(ref.Field, ".")
		for i, key := range keys {
			holder, _, open := element(at, false)
			f, ok := reflect.StructField{}, false
			if !open && holder.Kind() == reflect.Struct {
				f, ok = jsonField(holder, key)
			}
			if !ok {
				break // a path that the type does not fix
			}
			at = f.Type
			_, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			needs[ref.Field] = i == len(keys)-1 && at.Kind() == reflect.String && !strings.Contains(options, "omit")
		}
	}
	return needs
}

// jsonField finds the field that encodes under a name; embedded structs give theirs.
func jsonField(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && tag != "-" && (tag == name || tag == "" && f.Name == name && !f.Anonymous) {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// bringsKeys reports whether values of t may encode to keys, or bytes, that the type does not fix.
func bringsKeys(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Implements(jsonMarshaler) || reflect.PointerTo(t).Implements(jsonMarshaler) {
		return t.PkgPath() != "time" // which encodes to a plain string
	}
	switch t.Kind() {
	case reflect.Map, reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return bringsKeys(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("json") != "-" && bringsKeys(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

var nulEscape = []byte(`\u0000`)

// withoutNUL writes U+FFFD for every NUL, which not every engine can keep, as encoding/json does for
// bytes that are not UTF-8.
func withoutNUL(doc []byte) []byte {
	if !bytes.Contains(doc, nulEscape) {
		return doc
	}
	for i := 0; i < len(doc); i++ {
		if doc[i] != '\\' {
			continue
		}
		if bytes.HasPrefix(doc[i:], nulEscape) {
			copy(doc[i:], `\ufffd`)
		}
		i++ // whatever is escaped is not the beginning of an escape
	}
	return doc
}
