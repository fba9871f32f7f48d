package store

import (
	"fmt"
	"reflect"
	"strings"

	"piper/internal/store/driver"
)

// Ref declares that a field holds ids of another collection, and what becomes of it when a document
// there is merged into another or erased.
type Ref struct {
	Field      string // path of the field
	Collection string // whose ids it holds
	// OnMerge is "repoint" to the one that stays; "aside", where the document goes into the record of the merge and only
	// what Spec.Aside leaves of it stays in its place; or "keep".
	OnMerge string
	// OnErase is "remove" the id, "pseudonym" in its place, or "keep". What cannot be without the id that is
	// removed goes too: the element of a list, or the document (Declared.Needs).
	OnErase string

	// Apart is another field of ids that must not come to hold the same one: a merge that makes the two
	// equal removes the document, as nothing stands in a relation to itself. "": they may be equal.
	Apart string

	// Derived says that a job makes the document from the records it names and takes it away with them, so
	// that it is no reason to keep one (Referring).
	Derived bool
}

// Words is what a document is found by. They are reduced to Tokens. At most 4,000 of them are kept for
// one document, those of names first; a word is known by its first 40 letters.
type Words struct {
	Names []string // found by any part of a word (3+ letters): names, titles, subjects
	Texts []string // found by the beginning of a word
	Near  []string // names among Names that Query.Near finds also when they are typed nearly right

	// Sight narrows who may find it, among those who may see it: sight tokens, each of which stands in
	// the sight field too. nil: whoever may see it. Only for collections with a sight field.
	Sight []string

	ready *string // the tokens, made ahead by Ready
}

// Spec declares a collection.
type Spec[T any] struct {
	Name    string         // table and collection name, plural noun ("stakeholders")
	Fields  []driver.Field // what may be filtered or sorted; id always may, rev, createdAt and updatedAt if listed
	Unique  [][]string     // natural keys over scalar fields; a document that lacks one of the fields is outside the key
	Indexes [][]driver.Key // compound indexes
	Refs    []Ref          // fields that hold ids of other nouns
	Sight   string         // multi field that holds sight tokens; "" = open to every reader
	// Sighted is a multi field of pairs, each a token of the sight, a blank and a value. A query for some of a
	// reader's own pairs has the sight in it, so that one range of an index answers both. "": there is none.
	Sighted string
	Words   func(*T) Words // nil = not searched
	Audited bool           // writes are given to the journal

	// Tidy puts a document that code without its type has changed (Raw) into its one form again: sets in
	// order, what is derived derived anew. nil: it has no other form.
	Tidy func(*T) error

	// Aside takes out of a document what names the one that was merged away, where a reference says "aside". nil: the
	// document goes whole.
	Aside func(*T)
}

// core is what a collection is without its type.
type core struct {
	db      *DB
	schema  *driver.Schema
	noun    string // for sentences
	sight   string
	sighted string
	audited bool
	extract *driver.Extractor
	foreign bool // documents may bring keys and bytes that encoding/json has not made
	sightAt int  // index of the sight field, -1 where there is none
}

// Collection is the documents of one type. It is safe for concurrent use. Every method needs a context
// that says who reads (package access), and reaches only what that reader may see.
type Collection[T any] struct {
	core
	words func(*T) Words
	tidy  func(*T) error
}

// Declare makes a collection; it panics where the declaration is wrong, so that a program with a wrong
// one does not start.
func Declare[T any](db *DB, spec Spec[T]) *Collection[T] {
	schema := &driver.Schema{Name: spec.Name, Fields: spec.Fields, Unique: spec.Unique, Indexes: spec.Indexes, Searched: spec.Words != nil}
	c := &Collection[T]{words: spec.Words, tidy: spec.Tidy, core: core{db: db, schema: schema, noun: singular(spec.Name), sight: spec.Sight, sighted: spec.Sighted,
		audited: spec.Audited, extract: driver.NewExtractor(spec.Fields), sightAt: -1}}
	if err := checkDeclaration[T](c, spec); err != nil {
		panic(fmt.Sprintf("store: collection %q: %v", spec.Name, err))
	}
	for i, f := range spec.Fields {
		if f.Path == spec.Sight {
			c.sightAt = i
		}
	}
	if spec.Words != nil {
		schema.Words = c.storedWords
	}
	c.foreign = bringsKeys(reflect.TypeFor[T](), map[reflect.Type]bool{})
	db.schemas = append(db.schemas, schema)
	db.declared = append(db.declared, Declared{Name: spec.Name, Refs: spec.Refs, Audited: spec.Audited, Sight: spec.Sight, Schema: schema,
		Raw: raw[T]{c}, Aside: c.aside(spec.Aside), needs: needed(reflect.TypeFor[T](), spec.Refs)})
	return c
}

func checkDeclaration[T any](c *Collection[T], spec Spec[T]) error {
	s := c.schema
	if c.db.started {
		return fmt.Errorf("declared after Start")
	}
	if s.Name == "" || strings.Trim(s.Name, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
		return fmt.Errorf("a name is made of small letters, digits and _")
	}
	for _, other := range c.db.schemas {
		if other.Name == s.Name {
			return fmt.Errorf("declared twice")
		}
	}
	if err := checkDocument[T](); err != nil {
		return err
	}
	seen := map[string]bool{"id": true}
	for _, f := range s.Fields {
		if seen[f.Path] {
			return fmt.Errorf("field %q is listed twice, or is id, which need not be listed", f.Path)
		}
		seen[f.Path] = true
		if err := checkField(reflect.TypeFor[T](), f); err != nil {
			return err
		}
	}
	for _, r := range spec.Refs {
		if err := checkRef(reflect.TypeFor[T](), r); err != nil {
			return err
		}
	}
	if spec.Sighted != "" && spec.Sight == "" {
		return fmt.Errorf("pairs in %q without a sight", spec.Sighted)
	}
	return checkKeys(s, spec.Sight, spec.Sighted)
}

func checkKeys(s *driver.Schema, tokens ...string) error {
	for _, key := range s.Unique {
		for _, path := range key {
			if f, ok := s.Field(path); !ok || f.Multi {
				return fmt.Errorf("unique key %v: %q is not a declared scalar field", key, path)
			}
		}
		if len(key) == 0 {
			return fmt.Errorf("a unique key without fields")
		}
	}
	for _, index := range s.Indexes {
		multi := 0
		for _, k := range index {
			f, ok := s.Field(k.Path)
			if !ok {
				return fmt.Errorf("index %v: %q is not a declared field", index, k.Path)
			}
			if f.Multi {
				multi++
			}
		}
		if multi > 1 || len(index) == 0 {
			return fmt.Errorf("index %v: it needs a field, and at most one multi field", index)
		}
	}
	for _, path := range tokens {
		if f, ok := s.Field(path); path != "" && (!ok || !f.Multi || f.Kind != driver.String) {
			return fmt.Errorf("sight %q is not a declared multi field of strings", path)
		}
	}
	return nil
}
