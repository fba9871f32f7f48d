package store

import (
	"context"
	"encoding/base64"
	"testing"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

type row struct {
	Meta
	Name string `json:"name,omitempty"`
	N    *int64 `json:"n,omitempty"`
}

func rows(t testing.TB) *Collection[row] {
	t.Helper()
	return Declare(New(nil, Options{}), Spec[row]{Name: "rows", Fields: []driver.Field{{Path: "name"}, {Path: "n", Kind: driver.Int}},
		Words: func(r *row) Words { return Words{Names: []string{r.Name}} }})
}

var everything = WithSight(context.Background(), Sight{All: true})

func TestCursorBelongsToItsQuery(t *testing.T) {
	c := rows(t)
	q := Query{Sort: []driver.Key{{Path: "n"}, {Path: "name", Desc: true}}, Where: filter.Eq{Field: "name", Value: "x"}}
	p, err := c.plan(everything, q)
	if err != nil {
		t.Fatal(err)
	}
	next, err := p.next([]byte(`{"id":"i","rev":1,"name":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	q.Cursor = next
	if p, err = c.plan(everything, q); err != nil || p.after.values[0] != nil || p.after.values[1] != "x" || p.after.values[2] != "i" {
		t.Fatalf("the cursor came back as %+v, %v", p, err)
	}
	q.Now = filter.Eq{Field: "name", Value: "seen by now"}
	if _, err := c.plan(everything, q); err != nil {
		t.Errorf("a cursor does not outlive what may be seen: %v", err)
	}
	for name, other := range map[string]Query{
		"direction": {Sort: []driver.Key{{Path: "n"}, {Path: "name"}}, Where: q.Where},
		"sort":      {Sort: []driver.Key{{Path: "n"}}, Where: q.Where},
		"filter":    {Sort: q.Sort, Where: filter.Eq{Field: "name", Value: "y"}},
		"no filter": {Sort: q.Sort},
		"not":       {Sort: q.Sort, Where: filter.Not{Expr: q.Where}},
		"text":      {Sort: q.Sort, Where: q.Where, Text: "x"},
		"newest":    {Where: q.Where, Text: "x"},
	} {
		other.Cursor = next
		if _, err := c.plan(everything, other); !isCursorFault(err) {
			t.Errorf("%s: a foreign cursor gave %v", name, err)
		}
	}
	for _, bad := range []string{"x", "!", "e30", next + "A", next[1:], base64.RawURLEncoding.EncodeToString([]byte(`{"d":"` + p.digest + `","v":[1.5,"x","i"]}`)),
		base64.RawURLEncoding.EncodeToString([]byte(`{"d":"` + p.digest + `","v":[null,{},"i"]}`)),
		base64.RawURLEncoding.EncodeToString([]byte(`{"d":"` + p.digest + `","v":[null,"x",null]}`))} {
		q.Cursor = bad
		if _, err := c.plan(everything, q); !isCursorFault(err) {
			t.Errorf("the bad cursor %q gave %v", bad, err)
		}
	}
}

// What a noun gathers from a map comes in another order each time.
func TestCursorKnowsItsQueryInAnyOrder(t *testing.T) {
	c := rows(t)
	name, n := filter.Eq{Field: "name", Value: "x"}, filter.Eq{Field: "n", Value: int64(1)}
	q := Query{Sort: []driver.Key{{Path: "n"}}, Where: filter.And{name, filter.Or{n, name}}}
	p, err := c.plan(everything, q)
	if err != nil {
		t.Fatal(err)
	}
	next, err := p.next([]byte(`{"id":"i","rev":1,"name":"x","n":1}`))
	if err != nil {
		t.Fatal(err)
	}
	turned := filter.And{filter.Or{name, n}, name}
	if _, err := c.plan(everything, Query{Sort: q.Sort, Where: turned, Cursor: next}); err != nil {
		t.Errorf("turned round: %v", err)
	}
	for where, foreign := range map[string]filter.Expr{
		"or for and": filter.Or{name, filter.Or{n, name}}, "and for or": filter.And{name, filter.And{n, name}}, "one less": filter.And{name, filter.Or{n}}, "moved": filter.And{n, filter.Or{name, name}},
	} {
		if _, err := c.plan(everything, Query{Sort: q.Sort, Where: foreign, Cursor: next}); !isCursorFault(err) {
			t.Errorf("%s: a foreign cursor gave %v", where, err)
		}
	}
}

func isCursorFault(err error) bool {
	f, ok := err.(*fault.Error)
	return ok && f.Code == fault.Invalid && len(f.Fields) == 1 && f.Fields[0].Field == "cursor"
}

// FuzzCursor: a cursor from outside is refused, or is a position that engines can be asked for.
func FuzzCursor(f *testing.F) {
	c := rows(f)
	q := Query{Sort: []driver.Key{{Path: "n", Desc: true}, {Path: "name"}}}
	p, err := c.plan(everything, q)
	if err != nil {
		f.Fatal(err)
	}
	for _, doc := range []string{`{"id":"i","rev":1}`, `{"id":"i","rev":1,"n":-5,"name":"é\u0000"}`} {
		next, err := p.next([]byte(doc))
		if err != nil {
			f.Fatal(err)
		}
		b, _ := base64.RawURLEncoding.DecodeString(next)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		q.Cursor = base64.RawURLEncoding.EncodeToString(b)
		if q.Cursor == "" {
			return
		}
		p, err := c.plan(everything, q)
		if err != nil {
			if !isCursorFault(err) {
				t.Fatalf("%q: %v", b, err)
			}
			return
		}
		for _, r := range after(p.sort, p.after.values) {
			if _, err := c.check(r); err != nil {
				t.Fatalf("%q asks for what cannot be asked: %v", b, err)
			}
		}
	})
}
