package store

import (
	"context"
	"encoding/json"
	"fmt"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

const (
	defaultLimit = 50
	maxLimit     = 500
	// countTo is up to where the total of a page is exact: counting more would cost more than anyone
	// reads into the number.
	countTo = 10_000
)

// Query asks for a page of a collection.
type Query struct {
	Where   filter.Expr
	Now     filter.Expr  // what may be seen at this moment beside the sight: it may change from page to page
	Text    string       // words that a person typed; all of them must be found. Blank: no search
	Near    bool         // words that are nearly those of a name count, too (Words.Near); nothing is found where there are none
	Sort    []driver.Key // empty: in order of id, or with Text the last created first
	Limit   int          // 0: 50; at most 500
	NoTotal bool         // the Total of a page is what is on it: for who only wants the first
	Cursor  string       // Next of the page before, with the same Where, Text and Sort; "" is the first page
}

// Page is one page of documents.
type Page[T any] struct {
	Items        []*T   `json:"items"`
	Total        int    `json:"total"`                  // of all pages; exact up to 10,000
	TotalIsFloor bool   `json:"totalIsFloor,omitempty"` // there are more than Total
	Next         string `json:"next,omitempty"`         // cursor of the next page, "" on the last
}

// RawPage is a Page of stored bytes.
type RawPage struct {
	Items        []json.RawMessage `json:"items"`
	Total        int               `json:"total"`
	TotalIsFloor bool              `json:"totalIsFloor,omitempty"`
	Next         string            `json:"next,omitempty"`
}

// Page gives one page of what matches. fault.Invalid on the field "cursor" where the cursor does not
// belong to this query. Pages go by position in the sort, not by number: what is written between two
// pages neither repeats nor hides another document.
func (c *Collection[T]) Page(ctx context.Context, q Query) (Page[T], error) {
	raw, err := c.PageRaw(ctx, q)
	if err != nil {
		return Page[T]{}, err
	}
	page := Page[T]{Items: make([]*T, len(raw.Items)), Total: raw.Total, TotalIsFloor: raw.TotalIsFloor, Next: raw.Next}
	for i, b := range raw.Items {
		if page.Items[i], err = c.decode(b); err != nil {
			return Page[T]{}, err
		}
	}
	return page, nil
}

// Walk calls fn with the pages of q, one after the other, without their totals, each as long as a page can be. fn may
// write to the store; what is written between two pages neither repeats nor hides another document.
func (c *Collection[T]) Walk(ctx context.Context, q Query, fn func([]*T) error) error {
	for q.Limit, q.NoTotal = maxLimit, true; ; {
		page, err := c.Page(ctx, q)
		if err == nil && len(page.Items) > 0 {
			err = fn(page.Items)
		}
		if q.Cursor = page.Next; err != nil || q.Cursor == "" {
			return err
		}
	}
}

// WalkEach calls fn for every match of q, in the order of q, as Walk reads them.
func (c *Collection[T]) WalkEach(ctx context.Context, q Query, fn func(*T) error) error {
	return c.Walk(ctx, q, func(page []*T) error {
		for _, t := range page {
			if err := fn(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// PageRaw is Page without decoding.
func (c *Collection[T]) PageRaw(ctx context.Context, q Query) (RawPage, error) {
	p, err := c.plan(ctx, q)
	if err != nil {
		return RawPage{}, err
	}
	if p.nothing {
		return RawPage{Items: []json.RawMessage{}}, nil
	}
	docs, err := p.fetch(ctx)
	if err != nil {
		return RawPage{}, err
	}
	page := RawPage{Total: len(docs)}
	if len(docs) > p.limit {
		docs = docs[:p.limit]
		if page.Next, err = p.next(docs[p.limit-1]); err != nil {
			return RawPage{}, err
		}
	}
	page.Items = make([]json.RawMessage, len(docs))
	for i, b := range docs {
		page.Items[i] = b
	}
	if page.Next == "" && q.Cursor == "" || q.NoTotal {
		page.Total, page.TotalIsFloor = len(docs), page.Next != ""
		return page, nil // the only page is its own total
	}
	n, err := c.db.engine.Count(ctx, c.schema, driver.Query{Where: p.where, Text: p.text, Limit: countTo + 1}, countTo+1)
	if err != nil {
		return RawPage{}, engineFault(err)
	}
	page.Total, page.TotalIsFloor = min(n, countTo), n > countTo
	return page, nil
}

// plan is a checked Query.
type plan struct {
	c       *core
	where   filter.Expr
	text    *driver.Text
	sort    []driver.Key // empty: by insertion, last first
	limit   int
	nothing bool // a search for no word at all
	digest  string
	after   *cursor // nil on the first page
}

func (c *core) plan(ctx context.Context, q Query) (*plan, error) {
	p := &plan{c: c, limit: q.Limit}
	if p.limit <= 0 {
		p.limit = defaultLimit
	}
	p.limit = min(p.limit, maxLimit)
	where, err := c.check(q.Where)
	if err != nil {
		return nil, c.wrong(err)
	}
	now, err := c.check(q.Now)
	if err != nil {
		return nil, c.wrong(err)
	}
	if _, err := c.visible(ctx); err != nil {
		return nil, err
	}
	if err := p.search(ctx, q.Text, q.Near); err != nil {
		return nil, err
	}
	if p.text == nil || len(q.Sort) > 0 {
		if p.sort, err = c.wholeSort(q.Sort); err != nil {
			return nil, c.wrong(err)
		}
	}
	p.digest = digest(where, p.text, p.sort)
	where = both(where, now)
	if p.text == nil || p.text.Sight == nil {
		if where, err = c.inSight(ctx, where); err != nil {
			return nil, err
		}
	}
	p.where = where
	if q.Cursor != "" {
		if p.after, err = p.readCursor(q.Cursor); err != nil {
			f := fault.Field("cursor", "This cursor does not belong to this list. Begin again without it.")
			f.Err = err
			return nil, f
		}
	}
	return p, nil
}

// search sets the text part. The tokens of a document carry the marks of its sight, so that a search
// needs no other condition for that.
func (p *plan) search(ctx context.Context, text string, near bool) error {
	if isBlank(text) {
		return nil
	}
	if !p.c.schema.Searched {
		return p.c.wrong(fmt.Errorf("it is not searched"))
	}
	p.text = &driver.Text{}
	if err := p.words(ctx, queryTokens(text), near); err != nil {
		return err
	}
	if sight, _ := SightOf(ctx); !sight.All && p.c.sight != "" {
		p.text.Sight = make([]string, len(sight.Tokens))
		for i, token := range sight.Tokens {
			p.text.Sight[i] = driver.SightMark + token
		}
	}
	return nil
}

// fetch gives the documents of the page and, where there are more, one more.
func (p *plan) fetch(ctx context.Context) ([][]byte, error) {
	q := driver.Query{Where: p.where, Text: p.text, Sort: p.sort, Limit: p.limit + 1}
	ranges := []filter.Expr{nil}
	if p.after != nil {
		if len(p.sort) == 0 {
			q.Before = p.after.Before
		} else {
			ranges = after(p.sort, p.after.values)
		}
	}
	var docs [][]byte
	for _, r := range ranges {
		q.Where = both(p.where, r)
		q.Limit = p.limit + 1 - len(docs)
		more, err := p.c.db.engine.Find(ctx, p.c.schema, q)
		if err != nil {
			return nil, engineFault(err)
		}
		if docs = append(docs, more...); len(docs) > p.limit {
			break
		}
	}
	return docs, nil
}

// wholeSort checks a sort and ends it in id, so that no two documents are equal in it.
func (c *core) wholeSort(sort []driver.Key) ([]driver.Key, error) {
	whole := make([]driver.Key, 0, len(sort)+1)
	seen := map[string]bool{}
	for _, k := range sort {
		f, ok := c.schema.Field(k.Path)
		if !ok || f.Multi {
			return nil, fmt.Errorf("sort by %q, which is not a declared scalar field", k.Path)
		}
		if seen[k.Path] {
			continue
		}
		seen[k.Path] = true
		whole = append(whole, k)
		if k.Path == "id" {
			return whole, nil
		}
	}
	return append(whole, driver.Key{Path: "id"}), nil
}
