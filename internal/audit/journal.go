package audit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Journal writes, seals, verifies and lists the entries.
type Journal struct {
	db      *store.DB
	key     []byte
	head    string // path of the head file; "" = none is kept
	rules   map[string]Rules
	entries *store.Collection[Entry]
	seals   *store.Collection[Seal]
	asides  *store.Collection[aside]

	mu       sync.Mutex
	searched time.Time // when findStragglers was last run
}

// New declares the journal's collections in db and has every change of an audited collection written
// down. key comes from OpenKey and is the same for every process on one store. headPath is the file
// beside the store that remembers the newest seal; "" keeps none, and then a cut-off tail goes unseen.
func New(db *store.DB, key []byte, headPath string) *Journal {
	j := &Journal{db: db, key: key, head: headPath, rules: map[string]Rules{}}
	j.entries = store.Declare[Entry](db, store.Spec[Entry]{
		Name: "journal",
		Fields: []driver.Field{
			{Path: "by", Kind: driver.String},
			{Path: "collection", Kind: driver.String},
			{Path: "recordId", Kind: driver.String},
			{Path: "at", Kind: driver.String},
			{Path: "names", Kind: driver.String, Multi: true},
		},
		Indexes: [][]driver.Key{{{Path: "by"}}, {{Path: "collection"}}, {{Path: "recordId"}, {Path: "at", Desc: true}}, {{Path: "names"}}},
	})
	j.seals = store.Declare[Seal](db, store.Spec[Seal]{Name: "seals"})
	j.asides = declareAsides(db)
	db.Journal(j.write)
	return j
}

// Rules sets how changes of a collection are written down. Nouns call it once, when they declare it.
func (j *Journal) Rules(collection string, r Rules) { j.rules[collection] = r }

type bulkKey struct{}

// Bulk makes each transaction begun under the context one entry, with counts and a digest in place of
// an entry per record. what names the work: "import of income.csv". Imports and jobs use it.
func Bulk(ctx context.Context, what string) context.Context {
	return context.WithValue(ctx, bulkKey{}, what)
}

// Record writes an entry about an event that changes no document: a sign-in, an export, a backup. facts
// must hold no secret.
func (j *Journal) Record(ctx context.Context, what string, facts map[string]string) error {
	e, err := j.begin(ctx, what)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		text, err := json.Marshal(facts[name])
		if err != nil {
			return fmt.Errorf("audit: fact %s of %s: %w", name, what, err)
		}
		e.Changes = append(e.Changes, change(name, nil, text, Rules{}))
	}
	j.commit(e)
	return j.entries.Create(ctx, e)
}

// begin gives an entry that says who and when.
func (j *Journal) begin(ctx context.Context, what string) (*Entry, error) {
	r := access.From(ctx)
	if r.AccountID == "" && !r.System() {
		return nil, fault.New(fault.Internal, "A change was about to be made by nobody.")
	}
	e := &Entry{At: j.db.Now(), By: r.AccountID, ByName: clean(r.Name), What: clean(what)}
	e.ID = store.NewID()
	return e, nil
}

// clean gives text as every engine keeps it: what is committed to must come back byte for byte.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
}

// write is called by the store inside each outermost transaction, before it commits.
func (j *Journal) write(ctx context.Context, changes []store.Change) error {
	if what, ok := ctx.Value(bulkKey{}).(string); ok {
		return j.bulk(ctx, what, changes)
	}
	entries := make([]*Entry, 0, len(changes))
	for _, c := range changes {
		list, err := diff(c.Old, c.New, j.rules[c.Collection])
		if err != nil {
			return err
		}
		if len(list) == 0 && c.Old != nil && c.New != nil {
			continue
		}
		e, err := j.begin(ctx, verb(c))
		if err != nil {
			return err
		}
		e.Collection, e.RecordID, e.RecordRev, e.Changes, e.Names = c.Collection, c.ID, c.Rev, list, named(list)
		j.commit(e)
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return nil
	}
	return j.entries.CreateMany(ctx, entries)
}

// bulk writes one entry for all changes. Its digest is SHA-256 over one line per change, in order:
// collection, id, rev and the hex SHA-256 of the new document (of nothing where it was removed),
// parted by tabs.
func (j *Journal) bulk(ctx context.Context, what string, changes []store.Change) error {
	if len(changes) == 0 {
		return nil
	}
	e, err := j.begin(ctx, what)
	if err != nil {
		return err
	}
	e.Counts = map[string]Tally{}
	lines := sha256.New()
	for _, c := range changes {
		t := e.Counts[c.Collection]
		switch verb(c) {
		case Created:
			t.Created++
		case Updated:
			t.Updated++
		default:
			t.Removed++
		}
		e.Counts[c.Collection] = t
		doc := sha256.Sum256(c.New)
		fmt.Fprintf(lines, "%s\t%s\t%d\t%x\n", c.Collection, c.ID, c.Rev, doc)
	}
	e.Collection = mostOf(changes)
	e.Digest = hex.EncodeToString(lines.Sum(nil))
	j.commit(e)
	return j.entries.Create(ctx, e)
}

// mostOf gives the collection that most changes are of, under which a bulk write is listed; the first by name among
// equals.
func mostOf(changes []store.Change) string {
	counts := map[string]int{}
	for _, c := range changes {
		counts[c.Collection]++
	}
	return slices.MaxFunc(slices.Sorted(maps.Keys(counts)), func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
}

func verb(c store.Change) string {
	switch {
	case c.Old == nil:
		return Created
	case c.New == nil:
		return Removed
	}
	return Updated
}

// Query asks for entries; empty fields ask for everything.
type Query struct {
	Collection string
	RecordID   string
	By         string // account id
	Limit      int    // 0 = 50, at most 500
	Cursor     string
}

// List gives entries, newest first; those that a merge keeps as they were. The caller has checked that the reader may
// read the journal.
func (j *Journal) List(ctx context.Context, q Query) (store.Page[Entry], error) {
	where := filter.And{}
	for field, value := range map[string]string{"collection": q.Collection, "recordId": q.RecordID, "by": q.By} {
		if value != "" {
			where = append(where, filter.Eq{Field: field, Value: value})
		}
	}
	sort := []driver.Key{{Path: "id", Desc: true}}
	if q.RecordID != "" {
		sort = []driver.Key{{Path: "at", Desc: true}, {Path: "id", Desc: true}} // the index of a record's entries
	}
	page, err := j.entries.Page(ctx, store.Query{Where: where, Sort: sort, Limit: q.Limit, Cursor: q.Cursor})
	if err != nil {
		return page, err
	}
	return page, j.fill(ctx, page.Items)
}

// Before gives the entries of one record from a place in time backwards, the newest first, at most limit:
// those before the instant at, and of those at it the ones with a greater id. at "" is the beginning.
func (j *Journal) Before(ctx context.Context, collection, recordID string, at store.Instant, id string, limit int) ([]*Entry, error) {
	where := filter.And{filter.Eq{Field: "recordId", Value: recordID}, filter.Eq{Field: "collection", Value: collection}, store.Behind("at", at, id)}
	list, err := j.entries.Find(ctx, where, []driver.Key{{Path: "at", Desc: true}}, limit)
	if err != nil {
		return nil, err
	}
	return list, j.fill(ctx, list)
}
