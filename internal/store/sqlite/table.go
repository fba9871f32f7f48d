package sqlite

import (
	"fmt"
	"strings"

	"piper/internal/store/driver"
)

// missing stands for "no value" in the key columns of a side table, which cannot hold NULL. Minus
// infinity sorts below every integer and, being a number, below every text.
const missing = "-9e999"

const ftsSuffix, termsSuffix = "__fts", "__terms"

// table is a schema made ready: the names of its columns and indexes and the statements that keep it.
//
// The document is kept as the JSON text it came as. Every declared scalar field has a column of its own
// beside it, a multi field a column with the number of its distinct values. Names are made from the
// declaration, so that the catalog itself says which declarations exist:
//
//	calls                     the table; fields are "f_" and the path
//	calls:state,-deadline,id  an index
//	calls!sourceId,reference  a unique index
//	calls::programmes,id      a side table, which is an index that holds a multi field
//	calls__fts                the search index, by the same n
//	calls__terms              its terms
type table struct {
	schema   *driver.Schema
	name     string // quoted
	fts      string // quoted; "" where the collection is not searched
	terms    *terms
	columns  []column
	indexes  []index
	uniques  []index
	sides    []*side
	extract  *driver.Extractor
	uniqueBy map[string][]string // the columns of SQLite's complaint → the key

	insert, update, locate, remove string
}

// column is where a declared field is kept, in the order of Schema.Fields.
type column struct {
	driver.Field
	name string // quoted
	kind string // the declared type, which also tells Ensure when a field has changed its kind
}

// index is an index over scalar columns.
type index struct {
	name string // plain
	keys []driver.Key
	ddl  string
}

// side is an index with one multi field: a row for every distinct value of every document.
type side struct {
	name           string // plain
	table          string // quoted
	keys           []sideKey
	multi          int // which of keys is the multi field
	ddl            string
	insert, delete string
	insertMany     string // manyRows at once
}

type sideKey struct {
	path   string
	field  int    // index in Schema.Fields; -1 for the id
	column string // quoted
	desc   bool
}

var kinds = map[driver.Kind][2]string{ // [scalar, multi]
	driver.String: {"TEXT", "MULTI STRING"},
	driver.Int:    {"INTEGER", "MULTI NUMBER"},
	driver.Bool:   {"BOOLEAN", "MULTI BOOL"},
}

func newTable(s *driver.Schema) (*table, error) {
	t := &table{schema: s, name: quote(s.Name), extract: driver.NewExtractor(s.Fields), uniqueBy: map[string][]string{s.Name + ".id": {"id"}}}
	for _, f := range s.Fields {
		kind := kinds[f.Kind][0]
		if f.Multi {
			kind = kinds[f.Kind][1]
		}
		t.columns = append(t.columns, column{Field: f, name: quote("f_" + f.Path), kind: kind})
	}
	for _, fields := range s.Unique {
		if err := t.addUnique(fields); err != nil {
			return nil, err
		}
	}
	for _, keys := range s.Indexes {
		if err := t.addIndex(keys); err != nil {
			return nil, err
		}
	}
	for _, f := range s.Fields {
		if f.Multi && len(t.sidesOf(f.Path)) == 0 {
			if err := t.addIndex([]driver.Key{{Path: f.Path}}); err != nil {
				return nil, err
			}
		}
	}
	if s.Searched {
		t.fts, t.terms = quote(s.Name+ftsSuffix), newTerms(s.Name+termsSuffix)
	}
	t.statements()
	return t, nil
}

// column gives the column of a declared path. The id is not in Fields and has no number.
func (t *table) column(path string) (column, int, bool) {
	if path == "id" {
		return column{Field: driver.Field{Path: "id"}, name: "id", kind: "TEXT"}, -1, true
	}
	for i, c := range t.columns {
		if c.Path == path {
			return c, i, true
		}
	}
	return column{}, 0, false
}

func (t *table) sidesOf(path string) (sides []*side) {
	for _, s := range t.sides {
		if s.keys[s.multi].path == path {
			sides = append(sides, s)
		}
	}
	return sides
}

func (t *table) addUnique(fields []string) error {
	var columns, complaint, keys = []string{}, []string{}, []driver.Key{}
	for _, f := range fields {
		c, _, ok := t.column(f)
		if !ok || c.Multi {
			return fmt.Errorf("sqlite: %s: unique key over %s, which is no declared scalar field", t.schema.Name, f)
		}
		columns = append(columns, c.name)
		complaint = append(complaint, t.schema.Name+"."+strings.Trim(c.name, `"`))
		keys = append(keys, driver.Key{Path: f})
	}
	name := t.schema.Name + "!" + strings.Join(fields, ",")
	// SQL's own rule that NULL differs from NULL keeps documents without one of the fields outside.
	t.uniques = append(t.uniques, index{name: name, keys: keys,
		ddl: "CREATE UNIQUE INDEX " + quote(name) + " ON " + t.name + "(" + strings.Join(columns, ", ") + ")"})
	t.uniqueBy[strings.Join(complaint, ", ")] = fields
	return nil
}

// addIndex declares an index; one with a multi field becomes a side table.
func (t *table) addIndex(keys []driver.Key) error {
	s := &side{multi: -1}
	var columns, label []string
	withID := keys
	if n := len(keys); n > 0 && keys[n-1].Path != "id" {
		withID = append(keys[:n:n], driver.Key{Path: "id"})
	}
	for i, k := range withID {
		c, n, ok := t.column(k.Path)
		if !ok {
			return fmt.Errorf("sqlite: %s: index over %s, which is not declared", t.schema.Name, k.Path)
		}
		if c.Multi {
			if s.multi >= 0 {
				return fmt.Errorf("sqlite: %s: index over two multi fields", t.schema.Name)
			}
			s.multi = i
		}
		direction, sign := "", ""
		if k.Desc {
			direction, sign = " DESC", "-"
		}
		columns = append(columns, c.name+direction)
		label = append(label, sign+k.Path)
		s.keys = append(s.keys, sideKey{path: k.Path, field: n, column: c.name, desc: k.Desc})
	}
	if s.multi < 0 {
		name := t.schema.Name + ":" + strings.Join(label, ",")
		t.indexes = append(t.indexes, index{name: name, keys: withID,
			ddl: "CREATE INDEX " + quote(name) + " ON " + t.name + "(" + strings.Join(columns, ", ") + ")"})
		return nil
	}
	s.name = t.schema.Name + "::" + strings.Join(label, ",")
	s.table = quote(s.name)
	var plain, where []string
	for _, k := range s.keys {
		plain = append(plain, k.column)
		where = append(where, k.column+"=?")
	}
	s.ddl = "CREATE TABLE " + s.table + "(" + strings.Join(plain, ", ") + ", n INTEGER NOT NULL, PRIMARY KEY(" +
		strings.Join(columns, ", ") + ")) WITHOUT ROWID"
	row := "(" + marks(len(plain)+1) + ")"
	s.insert = "INSERT INTO " + s.table + "(" + strings.Join(plain, ", ") + ", n) VALUES " + row
	s.insertMany = s.insert + strings.Repeat(","+row, manyRows-1)
	s.delete = "DELETE FROM " + s.table + " WHERE " + strings.Join(where, " AND ")
	t.sides = append(t.sides, s)
	return nil
}

func (t *table) statements() {
	var names, sets strings.Builder
	for _, c := range t.columns {
		names.WriteString(", " + c.name)
		sets.WriteString(", " + c.name + "=?")
	}
	t.insert = "INSERT INTO " + t.name + "(id, rev, doc, words" + names.String() + ") VALUES (" + marks(4+len(t.columns)) + ")"
	t.update = "UPDATE " + t.name + " SET rev=?, doc=?, words=?" + sets.String() + " WHERE n=?"
	t.locate = "SELECT n, rev, words, doc FROM " + t.name + " WHERE id=?"
	t.remove = "DELETE FROM " + t.name + " WHERE n=?"
}

// create gives the statement that makes the table. Fields stand before the document, so that a
// condition on them never reads through a long one.
func (t *table) create() string {
	ddl := "CREATE TABLE " + t.name + "(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, words INTEGER NOT NULL"
	for _, c := range t.columns {
		ddl += ", " + c.name + " " + c.kind
	}
	return ddl + ", doc TEXT NOT NULL)"
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
