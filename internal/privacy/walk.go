package privacy

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// stakeholders is the collection whose documents are persons.
const stakeholders = "stakeholders"

// apart are the collections that the walk leaves alone: those of Piper's own users and workings, those that
// an erasure has steps of their own for (the journal is sealed, board packs are bytes, in which a name found by chance
// would be damage), this room's, and the EU's sanctions list, which is published as it is and may name somebody of the
// same name.
var apart = []string{"accounts", "sessions", "tokens", "mailboxes", "mailboxcredentials", "mailboxstates", "guardrails",
	"schema", "leases", "journal", "seals", "merge_entries", "addressblocks", "sanctions", packFiles, requestsName, settingsName, wordsName}

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

// takeOut removes an id from under a path. An element of a list that holds it under a name goes whole if needed
// says that it cannot be without. It gives how often the id stood there, and whether what is around the last
// field has to go.
func takeOut(t tree, keys []string, id string, needed bool) (n int, goes bool) {
	child := t[keys[0]]
	if len(keys) == 1 {
		switch c := child.(type) {
		case string:
			if c == id {
				delete(t, keys[0])
				return 1, needed
			}
		case []any:
			kept := slices.DeleteFunc(slices.Clone(c), func(e any) bool { return e == id })
			if n = len(c) - len(kept); n > 0 {
				t[keys[0]] = kept
			}
		}
		return n, false
	}
	switch c := child.(type) {
	case tree:
		return takeOut(c, keys[1:], id, needed)
	case []any:
		kept := make([]any, 0, len(c))
		for _, e := range c {
			if inner, ok := e.(tree); ok {
				k, gone := takeOut(inner, keys[1:], id, needed)
				n += k
				if gone {
					continue
				}
			}
			kept = append(kept, e)
		}
		if n > 0 {
			t[keys[0]] = kept
		}
	}
	return n, false
}

// putInstead puts another id in the place of one, and gives how often it stood there.
func putInstead(v any, keys []string, id, to string) (n int) {
	t, ok := v.(tree)
	if !ok {
		return 0
	}
	switch c := t[keys[0]].(type) {
	case string:
		if len(keys) == 1 && c == id {
			t[keys[0]] = to
			return 1
		}
	case tree:
		if len(keys) > 1 {
			return putInstead(c, keys[1:], id, to)
		}
	case []any:
		for i, e := range c {
			if len(keys) > 1 {
				n += putInstead(e, keys[1:], id, to)
			} else if e == id {
				c[i] = to
				n++
			}
		}
	}
	return n
}

// count tells how often an id stands under a path.
func count(v any, keys []string, id string) (n int) {
	switch c := v.(type) {
	case string:
		if len(keys) == 0 && c == id {
			return 1
		}
	case tree:
		if len(keys) > 0 {
			return count(c[keys[0]], keys[1:], id)
		}
	case []any:
		for _, e := range c {
			n += count(e, keys, id)
		}
	}
	return n
}

// rewrite applies r to every text inside a value, and gives the value and how many forms were replaced.
func rewrite(v any, r *Redactor) (any, int) {
	n := 0
	switch c := v.(type) {
	case string:
		return r.Text(c)
	case tree:
		for key, inner := range c {
			if got, k := rewrite(inner, r); k > 0 {
				c[key] = got
				n += k
			}
		}
	case []any:
		for i, inner := range c {
			if got, k := rewrite(inner, r); k > 0 {
				c[i] = got
				n += k
			}
		}
	}
	return v, n
}

// identity are the fields of another stakeholder that say who that is; a namesake keeps them.
var identity = []string{"name", "sortName", "otherNames", "emails"}

// rewriteDocument applies r to the texts of a document of a collection, and gives how many forms it replaced.
func rewriteDocument(collection string, t tree, r *Redactor) (n int) {
	for key, v := range t {
		if collection == stakeholders && slices.Contains(identity, key) {
			continue
		}
		got, k := v, 0
		if page, ok := v.(string); ok && key == "html" {
			got, k = r.HTML(page)
		} else {
			got, k = rewrite(v, r)
		}
		if k > 0 {
			t[key] = got
			n += k
		}
	}
	return n
}

// fate is what an erasure makes of one document.
type fate struct {
	doc           []byte // nil: it goes
	unlinked      int    // ids taken out
	pseudonymised int    // ids in whose place the pseudonym's stands
	texts         int    // places in texts
}

func (f fate) nothing() bool {
	return f.doc != nil && f.unlinked+f.pseudonymised+f.texts == 0
}

// eraser decides what becomes of documents.
type eraser struct {
	id, pseudonymID string
	near, anywhere  *Redactor // for documents that refer to the person, and for the others; nil: texts stay
}

// decide tells what becomes of a document of a collection.
func (e *eraser) decide(d store.Declared, doc []byte) (fate, error) {
	f := fate{doc: doc}
	refers := bytes.Contains(doc, []byte(e.id))
	if !refers && (e.anywhere == nil || !e.anywhere.May(doc)) {
		return f, nil
	}
	t, err := parse(doc)
	if err != nil {
		return f, err
	}
	texts, linked := e.anywhere, false
	for _, ref := range d.Refs {
		if ref.Collection != stakeholders {
			continue
		}
		keys := strings.Split(ref.Field, ".")
		if count(t, keys, e.id) == 0 {
			continue
		}
		linked = true
		switch {
		case ref.Derived:
			return fate{}, nil
		case ref.OnErase == "pseudonym":
			f.pseudonymised += putInstead(t, keys, e.id, e.pseudonymID)
		case ref.OnErase == "remove":
			n, goes := takeOut(t, keys, e.id, d.Needs(ref.Field))
			if goes {
				return fate{}, nil
			}
			f.unlinked += n
		}
	}
	if linked {
		texts = e.near
	}
	if texts != nil {
		f.texts = rewriteDocument(d.Name, t, texts)
	}
	if f.nothing() {
		return f, nil
	}
	f.doc, err = encode(t)
	return f, err
}

// Effect is what an erasure does, or would do, to one collection.
type Effect struct {
	Collection    string `json:"collection"`
	Label         string `json:"label" doc:"what its records are called"`
	Removed       int    `json:"removed" doc:"records that go"`
	Unlinked      int    `json:"unlinked" doc:"records that lose the reference and stay"`
	Pseudonymised int    `json:"pseudonymised" doc:"records in which a pseudonym stands for the person"`
	Held          int    `json:"held" doc:"of an export: how many it holds"`
	Rewritten     int    `json:"rewritten" doc:"records in whose texts the pseudonym stands for the name, addresses and numbers"`
}

func (c *Effect) add(f fate) {
	switch {
	case f.doc == nil:
		c.Removed++
		return
	case f.unlinked > 0:
		c.Unlinked++
	}
	if f.pseudonymised > 0 {
		c.Pseudonymised++
	}
	if f.texts > 0 {
		c.Rewritten++
	}
}

// writeBatch is how many documents one transaction of the walk changes.
const writeBatch = 200

// walk goes through everything that is declared. It gives the counts of the collections in which there is
// something to do, and calls each for every document that is not left as it is.
func (e *eraser) walk(ctx context.Context, db *store.DB, each func(d store.Declared, id string)) ([]Effect, error) {
	counts := []Effect{}
	for _, d := range db.Declared() {
		if slices.Contains(apart, d.Name) {
			continue
		}
		c := Effect{Collection: d.Name, Label: labelOf(d.Name)}
		err := d.Raw.Each(ctx, func(doc []byte) error {
			if d.Name == stakeholders && (idOf(doc) == e.id || idOf(doc) == e.pseudonymID) {
				return nil
			}
			f, err := e.decide(d, doc)
			if err != nil || f.nothing() {
				return err
			}
			c.add(f)
			each(d, idOf(doc))
			return nil
		})
		if err != nil {
			return nil, err
		}
		if c != (Effect{Collection: c.Collection, Label: c.Label}) {
			counts = append(counts, c)
		}
	}
	return counts, nil
}

// apply does what decide says to documents of one collection, in short transactions, reading each anew.
func (e *eraser) apply(ctx context.Context, db *store.DB, d store.Declared, ids []string) error {
	for part := range slices.Chunk(ids, writeBatch) {
		values := make([]any, len(part))
		for i, id := range part {
			values[i] = id
		}
		err := db.Tx(ctx, func(ctx context.Context) error {
			docs, err := d.Raw.Find(ctx, filter.In{Field: "id", Values: values}, 0)
			if err != nil {
				return err
			}
			for _, doc := range docs {
				f, err := e.decide(d, doc)
				switch {
				case err != nil:
					return err
				case f.nothing():
					continue
				case f.doc == nil:
					err = d.Raw.Remove(ctx, idOf(doc))
				default:
					_, err = d.Raw.Replace(ctx, f.doc)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// idOf gives the id of a stored document, "" where it has none.
func idOf(doc []byte) string {
	var m store.Meta
	_ = json.Unmarshal(doc, &m) // the store has written it
	return m.ID
}
