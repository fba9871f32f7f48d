// Package filter is the closed language in which every collection is asked for records. Its meaning is
// the function Match; each engine renders all of it, and a generated-query test compares them.
//
// A scalar field holds one value or none; a multi field holds any number. Eq, In, Compare, Contains
// speak about scalar fields, Has about multi fields, Exists about both. A field without a value
// satisfies only Not(…).
package filter

import "strings"

// Expr is one node of a filter. The zero Expr is nil, which matches everything.
type Expr interface{ isExpr() }

// Op is the comparison of a Compare node.
type Op string

// The comparisons. Strings compare by their UTF-8 bytes, numbers by value, false before true.
const (
	Lt  Op = "<"
	Lte Op = "<="
	Gt  Op = ">"
	Gte Op = ">="
)

type (
	// Eq matches where the scalar field holds exactly Value (string, int64 or bool).
	Eq struct {
		Field string
		Value any
	}
	// In matches where the scalar field holds one of Values. No values match nothing.
	In struct {
		Field  string
		Values []any
	}
	// Compare matches where the scalar field holds a value of Value's kind and the comparison is true.
	Compare struct {
		Field string
		Op    Op
		Value any
	}
	// Has matches where the multi field holds at least one of Values. No values match nothing.
	Has struct {
		Field  string
		Values []any
	}
	// Contains matches where the scalar string field has Part in it, byte for byte.
	Contains struct {
		Field string
		Part  string
	}
	// Exists matches where the field holds at least one value; null, missing and [] are none.
	Exists struct{ Field string }
	// And matches where all do; no parts match everything.
	And []Expr
	// Or matches where at least one does; no parts match nothing.
	Or []Expr
	// Not matches where Expr does not.
	Not struct{ Expr Expr }
)

func (Eq) isExpr()       {}
func (In) isExpr()       {}
func (Compare) isExpr()  {}
func (Has) isExpr()      {}
func (Contains) isExpr() {}
func (Exists) isExpr()   {}
func (And) isExpr()      {}
func (Or) isExpr()       {}
func (Not) isExpr()      {}

// Match defines what e means. values gives the values of a field in a document: none, one, or for a
// multi field many; each a string, int64 or bool.
func Match(e Expr, values func(field string) []any) bool {
	switch e := e.(type) {
	case nil:
		return true
	case Eq:
		v := values(e.Field)
		return len(v) == 1 && v[0] == e.Value
	case In:
		v := values(e.Field)
		return len(v) == 1 && contains(e.Values, v[0])
	case Compare:
		v := values(e.Field)
		if len(v) != 1 {
			return false
		}
		c, ok := Order(v[0], e.Value)
		return ok && holds(c, e.Op)
	case Has:
		for _, v := range values(e.Field) {
			if contains(e.Values, v) {
				return true
			}
		}
		return false
	case Contains:
		v := values(e.Field)
		if len(v) != 1 {
			return false
		}
		s, ok := v[0].(string)
		return ok && strings.Contains(s, e.Part)
	case Exists:
		return len(values(e.Field)) > 0
	case And:
		for _, x := range e {
			if !Match(x, values) {
				return false
			}
		}
		return true
	case Or:
		for _, x := range e {
			if Match(x, values) {
				return true
			}
		}
		return false
	case Not:
		return !Match(e.Expr, values)
	}
	panic("filter: unknown node")
}

func contains(list []any, v any) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

func holds(c int, op Op) bool {
	switch op {
	case Lt:
		return c < 0
	case Lte:
		return c <= 0
	case Gt:
		return c > 0
	default:
		return c >= 0
	}
}

// Order compares two values of one kind; ok is false where the kinds differ.
func Order(a, b any) (c int, ok bool) {
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return strings.Compare(a, b), ok
	case int64:
		b, ok := b.(int64)
		switch {
		case a < b:
			return -1, ok
		case a > b:
			return 1, ok
		}
		return 0, ok
	case bool:
		b, ok := b.(bool)
		switch {
		case a == b:
			return 0, ok
		case !a:
			return -1, ok
		}
		return 1, ok
	}
	return 0, false
}
