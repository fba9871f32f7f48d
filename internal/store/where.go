package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Behind is the condition of what comes behind a place in a list by an instant, the newest first: the place is an instant
// and, among those of the same instant, an id. Before the first place nothing is left out.
func Behind(field string, at Instant, id string) filter.Expr {
	if at == "" {
		return filter.And{}
	}
	return filter.And{
		filter.Compare{Field: field, Op: filter.Lte, Value: string(at)},
		filter.Or{
			filter.Compare{Field: field, Op: filter.Lt, Value: string(at)},
			filter.And{filter.Eq{Field: field, Value: string(at)}, filter.Compare{Field: "id", Op: filter.Gt, Value: id}},
		},
	}
}

// visible gives what every query of the collection under ctx must carry, nil where the reader may see
// all of it.
func (c *core) visible(ctx context.Context) (filter.Expr, error) {
	sight, ok := SightOf(ctx)
	if !ok {
		return nil, fault.New(fault.Internal, "The context of a query of %s does not say who reads.", c.schema.Name)
	}
	if sight.All || c.sight == "" {
		return nil, nil
	}
	return filter.Has{Field: c.sight, Values: anyOf(sight.Tokens)}, nil
}

func anyOf(list []string) []any {
	values := make([]any, len(list))
	for i, s := range list {
		values[i] = s
	}
	return values
}

// prepare checks where against the declaration and adds what the reader may see.
func (c *core) prepare(ctx context.Context, where filter.Expr) (filter.Expr, error) {
	checked, err := c.check(where)
	if err != nil {
		return nil, c.wrong(err)
	}
	return c.inSight(ctx, checked)
}

// inSight adds what the reader may see to a checked query, where the query does not say so itself.
func (c *core) inSight(ctx context.Context, where filter.Expr) (filter.Expr, error) {
	visible, err := c.visible(ctx)
	if err != nil || visible == nil || c.sees(ctx, where) {
		return where, err
	}
	return both(where, visible), nil
}

// sees reports whether a query asks for nothing but pairs of the reader's own tokens, which say by themselves
// that the reader may see what is found.
func (c *core) sees(ctx context.Context, where filter.Expr) bool {
	switch e := where.(type) {
	case filter.And:
		return slices.ContainsFunc(e, func(part filter.Expr) bool { return c.sees(ctx, part) })
	case filter.Has:
		sight, _ := SightOf(ctx)
		return e.Field == c.sighted && !slices.ContainsFunc(e.Values, func(v any) bool {
			token, _, pair := strings.Cut(v.(string), " ")
			return !pair || !slices.Contains(sight.Tokens, token)
		})
	}
	return false
}

func both(a, b filter.Expr) filter.Expr {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return filter.And{a, b}
}

// wrong reports a mistake of the program: loudly in tests, as an internal fault in production.
func (c *core) wrong(err error) error {
	if testing.Testing() {
		panic(fmt.Sprintf("store: query of %s: %v", c.schema.Name, err))
	}
	return fault.Wrap(err, fault.Internal, "This question cannot be put to %s.", c.schema.Name)
}

// check gives e with values as the engines know them (string, int64, bool; text as it is stored), or
// says what in it is not declared.
func (c *core) check(e filter.Expr) (filter.Expr, error) {
	switch e := e.(type) {
	case nil:
		return nil, nil
	case filter.Eq:
		v, err := c.value(e.Field, e.Value, false)
		return filter.Eq{Field: e.Field, Value: v}, err
	case filter.Compare:
		switch e.Op {
		case filter.Lt, filter.Lte, filter.Gt, filter.Gte:
		default:
			return nil, fmt.Errorf("field %q: no such comparison: %q", e.Field, e.Op)
		}
		v, err := c.value(e.Field, e.Value, false)
		return filter.Compare{Field: e.Field, Op: e.Op, Value: v}, err
	case filter.In:
		values, err := c.values(e.Field, e.Values, false)
		return filter.In{Field: e.Field, Values: values}, err
	case filter.Has:
		values, err := c.values(e.Field, e.Values, true)
		return filter.Has{Field: e.Field, Values: values}, err
	case filter.Contains:
		_, err := c.value(e.Field, "", false)
		return filter.Contains{Field: e.Field, Part: cleanText(e.Part)}, err
	case filter.Exists:
		if _, ok := c.schema.Field(e.Field); !ok {
			return nil, fmt.Errorf("field %q is not declared", e.Field)
		}
		return e, nil
	case filter.And:
		parts, err := c.checkAll(e)
		return filter.And(parts), err
	case filter.Or:
		parts, err := c.checkAll(e)
		return filter.Or(parts), err
	case filter.Not:
		x, err := c.check(e.Expr)
		return filter.Not{Expr: x}, err
	}
	return nil, fmt.Errorf("unknown filter node %T", e)
}

func (c *core) checkAll(list []filter.Expr) ([]filter.Expr, error) {
	checked := make([]filter.Expr, len(list))
	for i, e := range list {
		var err error
		if checked[i], err = c.check(e); err != nil {
			return nil, err
		}
	}
	return checked, nil
}

func (c *core) values(field string, list []any, multi bool) ([]any, error) {
	values := make([]any, len(list))
	for i, v := range list {
		var err error
		if values[i], err = c.value(field, v, multi); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		_, err := c.declared(field, multi)
		return values, err
	}
	return values, nil
}

func (c *core) declared(field string, multi bool) (driver.Field, error) {
	f, ok := c.schema.Field(field)
	switch {
	case !ok:
		return f, fmt.Errorf("field %q is not declared", field)
	case f.Multi && !multi:
		return f, fmt.Errorf("field %q holds many values: ask with Has", field)
	case !f.Multi && multi:
		return f, fmt.Errorf("field %q holds one value: ask with Eq or In", field)
	}
	return f, nil
}

// value gives v as a string, int64 or bool of the declared kind. Named types (Instant, a noun's own
// string types) and other integers are taken for what they are made of.
func (c *core) value(field string, v any, multi bool) (any, error) {
	f, err := c.declared(field, multi)
	if err != nil {
		return nil, err
	}
	var kind driver.Kind
	switch x := v.(type) {
	case string:
		v, kind = cleanText(x), driver.String
	case int64:
		kind = driver.Int
	case bool:
		kind = driver.Bool
	default:
		switch r := reflect.ValueOf(v); {
		case r.Kind() == reflect.String:
			v, kind = cleanText(r.String()), driver.String
		case r.CanInt():
			v, kind = r.Int(), driver.Int
		case r.Kind() == reflect.Bool:
			v, kind = r.Bool(), driver.Bool
		default:
			return nil, fmt.Errorf("field %q cannot be compared with a %T", field, v)
		}
	}
	if kind != f.Kind {
		return nil, fmt.Errorf("field %q is of another kind than %T", field, v)
	}
	return v, nil
}
