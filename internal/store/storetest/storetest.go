// Package storetest is the one conformance suite of the store: every engine runs it whole, less only
// what its server cannot do.
package storetest

import (
	"context"
	"fmt"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// Caps says what the server behind an engine can do. What it cannot is skipped with a sentence.
type Caps struct {
	Server            string // its name in those sentences: "FerretDB"
	Transactions      bool   // several writes are kept together or not at all, and are invisible until then
	AtomicUpdates     bool   // of several writers of one revision exactly one wins, whenever they come
	DuplicateOnUpdate bool   // a unique key is checked when a document is replaced, too
	Concurrent        bool   // several goroutines may use it at once
	Backup            bool   // the engine itself writes backups
	NestedArrays      bool   // it takes an array inside an array
	NamesKeys         bool   // its error about a duplicate says which key
	Quick             bool   // the server is slow: fewer generated queries, fewer documents
}

// Everything is the Caps of a server without limits.
func Everything(server string) Caps {
	return Caps{Server: server, Transactions: true, AtomicUpdates: true, DuplicateOnUpdate: true, Concurrent: true, Backup: true, NestedArrays: true, NamesKeys: true}
}

// Run runs the suite. open gives an empty engine, which the suite closes.
func Run(t *testing.T, open func(t *testing.T) driver.Engine, caps Caps) {
	s := suite{open: open, caps: caps}
	for _, part := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"documents", s.documents}, {"insert", s.insert}, {"hostile documents", s.hostileDocuments}, {"NUL and broken text", s.brokenText},
		{"each", s.each}, {"scan", s.scan}, {"cancelled", s.cancelled}, {"backup", s.backup}, {"declared anew", s.declaredAnew}, {"bulk", s.bulk},
		{"unique", s.unique}, {"unique on update", s.uniqueOnUpdate}, {"unique in tx", s.uniqueInTx}, {"upsert", s.upsert},
		{"tx", s.tx}, {"tx isolation", s.isolation}, {"tx nested", s.nested}, {"migration", s.migration},
		{"concurrent updates", s.concurrentUpdates}, {"concurrent transactions", s.concurrentTx}, {"concurrent upserts", s.concurrentUpserts},
		{"journal", s.journal}, {"raw", s.raw}, {"guard", s.guard}, {"sight", s.sight}, {"sighted", s.sighted},
		{"paging", s.paging}, {"paging while writing", s.pagingWhileWriting}, {"search", s.search}, {"search near", s.searchNear}, {"search order", s.searchOrder},
		{"search sight", s.searchSight}, {"generated searches", s.generatedSearches}, {"generated queries", s.generatedQueries},
	} {
		t.Run(part.name, part.run)
	}
}

type suite struct {
	open func(t *testing.T) driver.Engine
	caps Caps
}

// need skips the test unless the server can.
func (s suite) need(t *testing.T, can bool, what string) {
	t.Helper()
	if !can {
		t.Skipf("%s cannot do this: %s.", s.caps.Server, what)
	}
}

// thing is the document of the suite.
type thing struct {
	store.Meta
	Name    string         `json:"name,omitempty"`
	Key     string         `json:"key,omitempty"`
	Place   *string        `json:"place,omitempty"`
	Count   *int64         `json:"count"`
	Done    *bool          `json:"done,omitempty"`
	Tags    []string       `json:"tags"`
	Numbers []int64        `json:"numbers,omitempty"`
	Lines   []line         `json:"lines,omitempty"`
	Detail  *detail        `json:"detail,omitempty"`
	Sight   []string       `json:"sight,omitempty"`
	Body    string         `json:"body,omitempty"`
	Extra   map[string]any `json:"extra,omitempty"`
}

type line struct {
	Code  string   `json:"code,omitempty"`
	Marks []string `json:"marks,omitempty"`
}

type detail struct {
	Colour string `json:"colour,omitempty"`
	Level  int64  `json:"level"`
}

var fields = []driver.Field{
	{Path: "name"}, {Path: "key"}, {Path: "place"}, {Path: "count", Kind: driver.Int}, {Path: "done", Kind: driver.Bool},
	{Path: "tags", Multi: true}, {Path: "numbers", Kind: driver.Int, Multi: true},
	{Path: "lines.code", Multi: true}, {Path: "lines.marks", Multi: true},
	{Path: "detail.colour"}, {Path: "detail.level", Kind: driver.Int}, {Path: "rev", Kind: driver.Int},
}

func thingSpec() store.Spec[thing] {
	return store.Spec[thing]{
		Name:   "things",
		Fields: fields,
		Unique: [][]string{{"key", "place"}},
		Indexes: [][]driver.Key{
			{{Path: "name"}}, {{Path: "count", Desc: true}}, {{Path: "tags"}, {Path: "name"}}, {{Path: "detail.level"}, {Path: "name", Desc: true}},
			{{Path: "lines.marks"}},
		},
		Words: func(t *thing) store.Words {
			return store.Words{Names: []string{t.Name}, Texts: []string{t.Body}, Near: []string{t.Name}}
		},
	}
}

// things opens an empty collection of things; change alters its declaration.
func (s suite) things(t *testing.T, change func(*store.Spec[thing])) (*store.DB, *store.Collection[thing]) {
	t.Helper()
	db := s.db(t)
	spec := thingSpec()
	if change != nil {
		change(&spec)
	}
	things := store.Declare(db, spec)
	start(t, db)
	return db, things
}

// db opens an empty DB without collections.
func (s suite) db(t *testing.T) *store.DB {
	t.Helper()
	db := store.New(s.open(t), store.Options{})
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

func start(t *testing.T, db *store.DB) {
	t.Helper()
	must(t, db.Start(everyone(), nil))
}

// everyone is a context in which everything may be seen.
func everyone() context.Context {
	return store.WithSight(context.Background(), store.Sight{All: true})
}

// as is a context in which only what holds one of the tokens may be seen.
func as(tokens ...string) context.Context {
	return store.WithSight(context.Background(), store.Sight{Tokens: tokens})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got error %v, want one with code %q", err, code)
	}
}

func wantCount(t *testing.T, ctx context.Context, c *store.Collection[thing], want int) {
	t.Helper()
	n, err := c.Count(ctx, nil)
	must(t, err)
	if n != want {
		t.Fatalf("there are %d documents, want %d", n, want)
	}
}

// numbered makes n things named "0000", "0001" …
func numbered(n int) []*thing {
	list := make([]*thing, n)
	for i := range list {
		list[i] = &thing{Name: fmt.Sprintf("%04d", i), Tags: []string{}}
	}
	return list
}

func ptr[V any](v V) *V { return &v }
