package sqlite

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	sqldriver "database/sql/driver"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// schemaOf lists what the file has.
func schemaOf(t *testing.T, e *Engine) string {
	t.Helper()
	var all []string
	err := e.readers.use(t.Context(), func(c *conn) error {
		return c.query(t.Context(), "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name", nil, func(v []sqldriver.Value) error {
			ddl, _ := v[0].(string)
			all = append(all, ddl)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

// TestEnsureAgain declares one collection in several ways, one after the other, and asks the same
// questions of a file that was made so at once.
func TestEnsureAgain(t *testing.T) {
	declare := func(fields []driver.Field, unique [][]string, indexes ...[]driver.Key) *driver.Schema {
		return &driver.Schema{Name: "shapes", Fields: fields, Unique: unique, Indexes: indexes, Searched: true}
	}
	declarations := []*driver.Schema{
		declare(nil, nil),
		declare([]driver.Field{{Path: "name"}, {Path: "at", Kind: driver.Int}}, nil, []driver.Key{{Path: "name"}}),
		declare(shapes.Fields, [][]string{{"key"}}, shapes.Indexes...),
		declare([]driver.Field{{Path: "name"}, {Path: "tags", Multi: true}}, [][]string{{"name"}}, []driver.Key{{Path: "tags"}}),
		declare([]driver.Field{{Path: "tags", Multi: true}}, nil),
		shapes,
	}
	e := open(t)
	defer e.Close()
	r := rand.New(rand.NewPCG(1, 1))
	for i, s := range declarations {
		ensure(t, e, s)
		before := schemaOf(t, e)
		ensure(t, e, s)
		if after := schemaOf(t, e); after != before {
			t.Errorf("declaration %d: the second Ensure changed something:\n%s\n%s", i, before, after)
		}
		fields := map[string]any{
			"key": fmt.Sprint(i), "name": fmt.Sprint("name", i), "at": i, "done": i%2 == 0, "tags": some(r, "t", 2), "sight": some(r, "s", 2), "plain": []int{i, i},
		}
		if err := e.Insert(t.Context(), s, []driver.Doc{doc(s, fmt.Sprint("doc", i), fields, "word")}); err != nil {
			t.Fatal(err)
		}
	}
	fresh := open(t)
	defer fresh.Close()
	ensure(t, fresh, shapes)
	var docs []driver.Doc
	if err := e.Each(t.Context(), shapes, nil, func(b []byte) error {
		values, err := driver.NewExtractor(shapes.Fields).Extract(b)
		docs = append(docs, driver.Doc{ID: fmt.Sprint("doc", len(docs)), Rev: 1, JSON: b, Values: values, Tokens: "word"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := fresh.Insert(t.Context(), shapes, docs); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		q := driver.Query{Where: condition(r, 0), Limit: 100, Sort: sorts[r.IntN(len(sorts))]}
		got, err := e.Find(t.Context(), shapes, q)
		want, err2 := fresh.Find(t.Context(), shapes, q)
		if err != nil || err2 != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%#v: %s, want %s (%v, %v)", q, got, want, err, err2)
		}
	}
	// The columns stand in another order, since some came later; everything else is as if declared at once.
	grown, made := strings.Split(schemaOf(t, e), "\n"), strings.Split(schemaOf(t, fresh), "\n")
	if len(grown) != len(made) {
		t.Errorf("the file has\n%s\nwant\n%s", strings.Join(grown, "\n"), strings.Join(made, "\n"))
	}
}

// TestKindChanges declares a field of another kind than the documents have, then of theirs.
func TestKindChanges(t *testing.T) {
	e := open(t)
	defer e.Close()
	asBool := &driver.Schema{Name: "shapes", Fields: []driver.Field{{Path: "at", Kind: driver.Bool}}, Indexes: [][]driver.Key{{{Path: "at"}}}}
	asInt := &driver.Schema{Name: "shapes", Fields: []driver.Field{{Path: "at", Kind: driver.Int}}, Indexes: [][]driver.Key{{{Path: "at"}}}}
	asMany := &driver.Schema{Name: "shapes", Fields: []driver.Field{{Path: "at", Kind: driver.Int, Multi: true}}, Indexes: [][]driver.Key{{{Path: "at"}}}}
	ensure(t, e, asInt)
	if err := e.Insert(t.Context(), asInt, []driver.Doc{doc(asInt, "a", map[string]any{"at": 1})}); err != nil {
		t.Fatal(err)
	}
	before := schemaOf(t, e)
	err := e.Ensure(t.Context(), []*driver.Schema{notes, asBool})
	if err == nil || !strings.Contains(err.Error(), "field at holds a number") {
		t.Errorf("documents do not have this kind, but: %v", err)
	}
	if after := schemaOf(t, e); after != before {
		t.Errorf("a failed Ensure left\n%s\nof\n%s", after, before)
	}
	ensure(t, e, asMany)
	n, err := e.Count(t.Context(), asMany, driver.Query{Where: filter.Has{Field: "at", Values: []any{int64(1)}}}, 10)
	if n != 1 || err != nil {
		t.Errorf("%d documents, %v", n, err)
	}
	ensure(t, e, asInt)
	n, err = e.Count(t.Context(), asInt, driver.Query{Where: filter.Eq{Field: "at", Value: int64(1)}}, 10)
	if n != 1 || err != nil {
		t.Errorf("%d documents, %v", n, err)
	}
}

func TestUniqueOverDuplicates(t *testing.T) {
	e := open(t)
	defer e.Close()
	loose := &driver.Schema{Name: "shapes", Fields: []driver.Field{{Path: "name"}}}
	strict := &driver.Schema{Name: "shapes", Fields: loose.Fields, Unique: [][]string{{"name"}}}
	ensure(t, e, loose)
	if err := e.Insert(t.Context(), loose, []driver.Doc{doc(loose, "a", map[string]any{"name": "x"}), doc(loose, "b", map[string]any{"name": "x"})}); err != nil {
		t.Fatal(err)
	}
	if err := e.Ensure(t.Context(), []*driver.Schema{strict}); err == nil || !strings.Contains(err.Error(), "duplicate [name]") {
		t.Errorf("a unique key over duplicates gave %v", err)
	}
}

func TestWrongDeclarations(t *testing.T) {
	e := open(t)
	defer e.Close()
	for name, s := range map[string]*driver.Schema{
		"index over nothing":    {Name: "a", Indexes: [][]driver.Key{{{Path: "x"}}}},
		"unique over nothing":   {Name: "a", Unique: [][]string{{"x"}}},
		"unique over many":      {Name: "a", Fields: []driver.Field{{Path: "x", Multi: true}}, Unique: [][]string{{"x"}}},
		"index over two multis": {Name: "a", Fields: []driver.Field{{Path: "x", Multi: true}, {Path: "y", Multi: true}}, Indexes: [][]driver.Key{{{Path: "x"}, {Path: "y"}}}},
	} {
		if err := e.Ensure(t.Context(), []*driver.Schema{s}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := e.Find(t.Context(), shapes, driver.Query{Limit: 1}); err == nil {
		t.Error("a collection that was never declared was read")
	}
}

// TestBufferOfAnOlderIndex: a search index that was made with another buffer gets the present one.
func TestBufferOfAnOlderIndex(t *testing.T) {
	e := open(t)
	defer e.Close()
	buffer := func() (size int64) {
		t.Helper()
		err := e.writer.alone(t.Context(), func(c *conn) (err error) {
			size, err = c.number(t.Context(), `SELECT v FROM "shapes__fts_config" WHERE k='hashsize'`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return size
	}
	ensure(t, e, shapes)
	if size := buffer(); size != wordsBuffer {
		t.Errorf("a new index has a buffer of %d bytes, want %d", size, wordsBuffer)
	}
	err := e.writer.alone(t.Context(), func(c *conn) error {
		_, err := c.exec(`DELETE FROM "shapes__fts_config" WHERE k='hashsize'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ensure(t, e, shapes)
	if size := buffer(); size != wordsBuffer {
		t.Errorf("an older index has a buffer of %d bytes, want %d", size, wordsBuffer)
	}
}
