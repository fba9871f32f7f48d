package merge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"piper/internal/fault"
)

// tree is a stored document taken apart. Numbers stay as they are written.
type tree = map[string]any

func parse(doc []byte) (tree, error) {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var t tree
	if err := dec.Decode(&t); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A stored document cannot be read.")
	}
	return t, nil
}

func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A document cannot be written.")
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte{'\n'}), nil
}

// idOf gives the id of a stored document, "" where it has none.
func idOf(doc []byte) string {
	var m struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(doc, &m) // the store has written it
	return m.ID
}

// Spot is one place in a document where the id that went stood: a single value, or a whole list.
type Spot struct {
	At  []int           `json:"at,omitempty"` // where the lists on the way to it are entered, by index
	Old json.RawMessage `json:"old"`          // what stood there before
}

// repoint puts to in the place of from wherever it stands under a dotted path, and tells what stood there. A
// list in which to then stands twice holds it once.
func repoint(t tree, path, from, to string) ([]Spot, error) {
	var spots []Spot
	err := visit(t, strings.Split(path, "."), nil, func(at []int, holder any, inner []string) (any, error) {
		if !holds(holder, inner, from) {
			return holder, nil
		}
		old, err := encode(holder)
		if err != nil {
			return nil, err
		}
		spots = append(spots, Spot{At: slices.Clone(at), Old: old})
		return swap(holder, inner, from, to), nil
	})
	return spots, err
}

// visit calls fn for every holder under a path, and puts back what fn gives. A holder is the value at the
// end of the path, or the innermost list that the path leads through; inner is the rest of the path
// inside the elements of that list.
func visit(v any, keys []string, at []int, fn func(at []int, holder any, inner []string) (any, error)) error {
	switch v := v.(type) {
	case tree:
		child, ok := v[keys[0]]
		if !ok || child == nil {
			return nil
		}
		list, isList := child.([]any)
		if len(keys) == 1 || isList && !listsBelow(list, keys[1:]) {
			got, err := fn(at, child, keys[1:])
			if err == nil {
				v[keys[0]] = got
			}
			return err
		}
		return visit(child, keys[1:], at, fn)
	case []any:
		for i, e := range v {
			if err := visit(e, keys, append(at, i), fn); err != nil {
				return err
			}
		}
	}
	return nil
}

// listsBelow reports whether the rest of a path leads through another list inside an element.
func listsBelow(list []any, keys []string) bool {
	for _, e := range list {
		for _, key := range keys {
			t, ok := e.(tree)
			if !ok {
				break
			}
			if e = t[key]; e == nil {
				break
			}
		}
		if _, ok := e.([]any); ok {
			return true
		}
	}
	return false
}

// holds reports whether id stands in a holder.
func holds(holder any, inner []string, id string) bool {
	if list, ok := holder.([]any); ok {
		return slices.ContainsFunc(list, func(e any) bool { return leaf(e, inner) == id })
	}
	return holder == id
}

// leaf gives the text at the end of a path inside an element, "" where there is none.
func leaf(e any, inner []string) string {
	for _, key := range inner {
		t, ok := e.(tree)
		if !ok {
			return ""
		}
		e = t[key]
	}
	s, _ := e.(string)
	return s
}

// swap gives a holder with to in the place of from. In a list the element that held to already takes up
// what it lacks of the other; where the two say different things, or amounts, both stay.
func swap(holder any, inner []string, from, to string) any {
	list, ok := holder.([]any)
	if !ok {
		return to
	}
	out := make([]any, 0, len(list))
	for _, e := range list {
		if leaf(e, inner) == to {
			out = append(out, e)
		}
	}
	own := len(out)
	out = out[:0]
	var moved []any
	for _, e := range list {
		if leaf(e, inner) != from {
			out = append(out, clone(e))
			continue
		}
		e = replaced(e, inner, to)
		if own == 0 {
			out, own = append(out, e), 1
			continue
		}
		moved = append(moved, e)
	}
	for _, e := range moved {
		i := slices.IndexFunc(out, func(o any) bool { return leaf(o, inner) == to && agree(o, e) })
		if i < 0 {
			out = append(out, e)
		} else {
			out[i] = unite(out[i], e)
		}
	}
	return out
}

// replaced gives a copy of an element with another id at the end of the path.
func replaced(e any, inner []string, id string) any {
	if len(inner) == 0 {
		return id
	}
	t, ok := e.(tree)
	if !ok {
		return e
	}
	t = maps.Clone(t)
	t[inner[0]] = replaced(t[inner[0]], inner[1:], id)
	return t
}

func clone(e any) any {
	if t, ok := e.(tree); ok {
		return maps.Clone(t)
	}
	return e
}

// agree reports whether two elements about the same stakeholder say nothing different, and are no
// amounts, of which two equal ones are still two.
func agree(a, b any) bool {
	x, ok1 := a.(tree)
	y, ok2 := b.(tree)
	if !ok1 || !ok2 {
		return reflect.DeepEqual(a, b)
	}
	for _, t := range []tree{x, y} {
		for _, v := range t {
			if _, is := v.(json.Number); is {
				return false
			}
		}
	}
	for key, v := range x {
		if o, both := y[key]; both && !blank(v) && !blank(o) && !reflect.DeepEqual(v, o) {
			return false
		}
	}
	return true
}

// unite fills what a lacks from b.
func unite(a, b any) any {
	x, ok1 := a.(tree)
	y, ok2 := b.(tree)
	if !ok1 || !ok2 {
		return a
	}
	for key, v := range y {
		if blank(x[key]) {
			x[key] = v
		}
	}
	return x
}

// blank reports whether a value says nothing.
func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case tree:
		return len(v) == 0
	}
	return false
}

// without takes an id out of whatever stands under a path: for the one document that must not name itself.
func without(t tree, path, id string) error {
	return visit(t, strings.Split(path, "."), nil, func(_ []int, holder any, inner []string) (any, error) {
		if list, ok := holder.([]any); ok {
			return slices.DeleteFunc(list, func(e any) bool { return leaf(e, inner) == id }), nil
		}
		if holder == id {
			return nil, nil
		}
		return holder, nil
	})
}

// putBack undoes one spot: what was from then becomes from again. left tells that somebody has taken the
// reference out since, so that there was nothing to put back.
func putBack(t tree, path string, s Spot, from, to string) (left bool, err error) {
	var old any
	dec := json.NewDecoder(bytes.NewReader(s.Old))
	dec.UseNumber()
	if err := dec.Decode(&old); err != nil {
		return false, fault.Wrap(err, fault.Internal, "The record of a merge cannot be read.")
	}
	left = true
	err = visit(t, strings.Split(path, "."), nil, func(at []int, holder any, inner []string) (any, error) {
		if !slices.Equal(at, s.At) {
			return holder, nil
		}
		got, ok := restored(holder, old, inner, from, to)
		left = !ok
		return got, nil
	})
	return left, err
}

// restored gives a holder as it was before, less what people have changed in it since.
func restored(now, old any, inner []string, from, to string) (any, bool) {
	was, isList := old.([]any)
	list, stillList := now.([]any)
	if isList != stillList {
		return now, false
	}
	if !isList {
		if now == to {
			return old, true
		}
		return now, false
	}
	if equalSets(list, swap(old, inner, from, to).([]any)) {
		return old, true
	}
	had := holds(old, inner, to)
	list = slices.Clone(list)
	all := true
	for _, e := range was {
		if leaf(e, inner) != from {
			continue
		}
		moved := replaced(e, inner, to)
		i := slices.IndexFunc(list, func(o any) bool { return reflect.DeepEqual(o, moved) })
		switch {
		case i >= 0 && !had:
			list[i] = e
		case !had:
			if i = slices.IndexFunc(list, func(o any) bool { return leaf(o, inner) == to }); i < 0 {
				all = false
				continue
			}
			list[i] = replaced(list[i], inner, from)
		default: // both stood there: the one that stays keeps its place
			list = append(list, e)
		}
	}
	return list, all
}

// equalSets reports whether two lists hold the same, in whatever order.
func equalSets(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	names := func(list []any) []string {
		out := make([]string, len(list))
		for i, e := range list {
			text, err := encode(e)
			out[i] = fmt.Sprint(string(text), err)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(names(a), names(b))
}
