package list

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Bounds of one filter.
const (
	MaxDepth  = 4  // groups within groups, the outermost counted
	MaxLeaves = 30 // conditions in all
	maxValues = 100
	maxLength = 200 // of one value, in bytes
	maxText   = 16_000
)

// Where reads a filter as callers write it, a JSON list in prefix form that is short enough for an address:
//
//	["country","is","BE"]                      a leaf: field, operator, value
//	["roles","has",["donor","igo"]]            several values: one of them
//	["tags","empty"]                           some operators take no value
//	["and",…] ["or",…] ["not",x]               groups
//
// Blank text is no filter, which is nil. What is wrong is an Invalid fault whose field is the place in the
// list: "where[2][1]".
func (f Fields) Where(text string) (filter.Expr, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if len(text) > maxText {
		return nil, fault.Field("where", "The filter is longer than %d characters.", maxText)
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil || dec.More() {
		return nil, fault.Field("where", "The filter is not a JSON list.")
	}
	r := reader{fields: f}
	return r.node("where", tree, 0)
}

// Tidy gives the filter in its shortest spelling, after checking it.
func (f Fields) Tidy(text string) (string, error) {
	if e, err := f.Where(text); err != nil || e == nil {
		return "", err
	}
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		return "", fault.Field("where", "The filter is not a JSON list.")
	}
	return b.String(), nil
}

// reader checks one tree.
type reader struct {
	fields Fields
	leaves int
}

func at(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

func (r *reader) node(path string, tree any, depth int) (filter.Expr, error) {
	parts, ok := tree.([]any)
	if !ok || len(parts) == 0 {
		return nil, fault.Field(path, "A condition is a list: a field, an operator and a value, or and, or, not with conditions.")
	}
	head, ok := parts[0].(string)
	if !ok {
		return nil, fault.Field(at(path, 0), "A condition begins with the name of a field, or with and, or, not.")
	}
	switch head {
	case "and", "or", "not":
		return r.group(path, head, parts[1:], depth+1)
	}
	r.leaves++
	if r.leaves > MaxLeaves {
		return nil, fault.Field(path, "The filter has more than %d conditions.", MaxLeaves)
	}
	return r.leaf(path, head, parts)
}

func (r *reader) group(path, word string, parts []any, depth int) (filter.Expr, error) {
	if depth > MaxDepth {
		return nil, fault.Field(path, "The filter is nested deeper than %d groups.", MaxDepth)
	}
	if len(parts) == 0 || word == "not" && len(parts) != 1 {
		return nil, fault.Field(path, "“%s” needs %s.", word, map[bool]string{true: "one condition", false: "conditions"}[word == "not"])
	}
	list := make([]filter.Expr, len(parts))
	for i, part := range parts {
		e, err := r.node(at(path, i+1), part, depth)
		if err != nil {
			return nil, err
		}
		list[i] = e
	}
	switch word {
	case "and":
		return filter.And(list), nil
	case "or":
		return filter.Or(list), nil
	}
	return filter.Not{Expr: list[0]}, nil
}

func (r *reader) leaf(path, name string, parts []any) (filter.Expr, error) {
	f, ok := r.fields.Field(name)
	if !ok {
		return nil, fault.Field(at(path, 0), "%q is not a field of this list; there are %s.", name, r.fields.names())
	}
	if len(parts) < 2 {
		return nil, fault.Field(path, "The operator is missing.")
	}
	word, _ := parts[1].(string)
	op := Op(word)
	if !slices.Contains(f.Operators(), op) {
		return nil, fault.Field(at(path, 1), "%v is not an operator of %s; there are %s.", parts[1], name, spell(f.Operators()))
	}
	if op.Takes() == "none" {
		if len(parts) != 2 {
			return nil, fault.Field(at(path, 2), "“%s” takes no value.", op)
		}
		if op == Empty {
			return filter.Not{Expr: filter.Exists{Field: f.Path}}, nil
		}
		return filter.Exists{Field: f.Path}, nil
	}
	if len(parts) != 3 {
		return nil, fault.Field(path, "“%s” takes one value, or one list of values.", op)
	}
	e, err := f.compared(at(path, 2), op, parts[2])
	if f.As != nil && fault.Is(err, fault.Invalid) { // a derived field does not know where in the filter it stands
		return nil, fault.Field(at(path, 2), "%s", fault.Reason(err))
	}
	return e, err
}

// compared reads a value, or a list of them, and compares the field with it.
func (f Field) compared(path string, op Op, value any) (filter.Expr, error) {
	switch f.Kind {
	case Number, Amount:
		return f.number(path, op, value)
	case YesNo:
		yes, ok := value.(bool)
		if !ok {
			return nil, fault.Field(path, "%s is true or false.", f.Name)
		}
		return f.means(Is, yes)
	}
	values, err := f.values(path, op, value)
	if err != nil {
		return nil, err
	}
	return f.expr(path, op, values)
}

func (f Field) number(path string, op Op, value any) (filter.Expr, error) {
	n, ok := value.(json.Number)
	switch {
	case !ok && f.Kind == Amount:
		return nil, fault.Field(path, "“%v” is not an amount, such as 50000 or 49.90.", value)
	case !ok:
		return nil, fault.Field(path, "%s is a number.", f.Name)
	}
	i, err := n.Int64()
	if f.Kind == Amount {
		i, err = cents(n.String())
	}
	switch {
	case err != nil && f.Kind == Amount:
		return nil, fault.Field(path, "%s is not an amount with at most two decimals.", n)
	case err != nil:
		return nil, fault.Field(path, "%s is not a whole number.", n)
	case op == IsNot:
		e, err := f.means(Is, i)
		return filter.Not{Expr: e}, err
	}
	return f.means(op, i)
}

// cents reads an amount exactly: 50000, 49.9 or 49.90.
func cents(amount string) (int64, error) {
	whole, part, _ := strings.Cut(amount, ".")
	if len(part) > 2 {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
}

// means is the filter of one comparison.
func (f Field) means(op Op, value any) (filter.Expr, error) {
	if f.As != nil {
		return f.As(op, value)
	}
	return Compare(f.Path, op, value), nil
}

// Compare is the comparison of what a record holds under a path: op is Is, AtLeast or AtMost.
func Compare(path string, op Op, value any) filter.Expr {
	switch op {
	case AtLeast:
		return filter.Compare{Field: path, Op: filter.Gte, Value: value}
	case AtMost:
		return filter.Compare{Field: path, Op: filter.Lte, Value: value}
	}
	return filter.Eq{Field: path, Value: value}
}

// values reads one text or, where the operator takes several, a list of them.
func (f Field) values(path string, op Op, value any) ([]any, error) {
	several := op.Takes() == "many"
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	if isList && !several || len(list) == 0 || len(list) > maxValues {
		return nil, fault.Field(path, "“%s” takes %s.", op, map[bool]string{true: fmt.Sprintf("one to %d values", maxValues), false: "one value"}[several])
	}
	out := make([]any, len(list))
	for i, v := range list {
		where := path
		if isList {
			where = at(path, i)
		}
		text, ok := v.(string)
		if !ok || text == "" || len(text) > maxLength {
			return nil, fault.Field(where, "A value is a text of 1 to %d characters.", maxLength)
		}
		text = f.tidy(text)
		if f.Values != nil && !slices.Contains(f.Values, text) {
			return nil, fault.Field(where, "%q is not a value of %s; there are %s.", text, f.Name, strings.Join(f.Values, ", "))
		}
		out[i] = text
	}
	return out, nil
}

func (f Field) expr(path string, op Op, values []any) (filter.Expr, error) {
	first := values[0].(string)
	if f.Kind == Day || f.Kind == Moment {
		day, err := store.ParseDate(first)
		if err != nil {
			return nil, fault.Field(path, "%q is not a date of the form 2026-11-21.", first)
		}
		return f.days(op, day), nil
	}
	if f.Kind == Text && op != Contains {
		values = []any{store.Fold(first)}
	}
	switch op {
	case Contains:
		if len(splitWords(store.Fold(first))) == 0 {
			return nil, fault.Field(path, "There is no word in %q.", first)
		}
		return f.text(first), nil
	case IsNot:
		e, err := f.means(Is, values[0])
		return filter.Not{Expr: e}, err
	case AnyOf:
		return f.anyOf(values)
	case Has:
		return filter.Has{Field: f.Path, Values: values}, nil
	case HasNot:
		return filter.Not{Expr: filter.Has{Field: f.Path, Values: values}}, nil
	}
	return f.means(Is, values[0])
}

func (f Field) anyOf(values []any) (filter.Expr, error) {
	if f.As == nil {
		return filter.In{Field: f.Path, Values: values}, nil
	}
	var one filter.Or
	for _, v := range values {
		e, err := f.As(Is, v)
		if err != nil {
			return nil, err
		}
		one = append(one, e)
	}
	return one, nil
}

func (f Fields) names() string {
	names := make([]string, len(f))
	for i, field := range f {
		names[i] = field.Name
	}
	return strings.Join(names, ", ")
}

func spell(ops []Op) string {
	words := make([]string, len(ops))
	for i, op := range ops {
		words[i] = string(op)
	}
	return strings.Join(words, ", ")
}

func splitWords(folded string) []string { return strings.Fields(folded) }
