// Package timeline merges what happened with a stakeholder into one list, the newest first. It knows no
// noun: each declares itself as a Source, and server/app.go gathers them.
package timeline

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// Entry is one line of a timeline: what a source shows of a record of its own.
type Entry struct {
	ID          string        `json:"id" doc:"of the record"`
	Kind        string        `json:"kind" enum:"meeting,phone,event,note,task,mail,stage,change,agreement,position"`
	At          store.Instant `json:"at"`
	Date        store.Date    `json:"date,omitempty" doc:"the civil day, of what has one: shown as it is, in every zone"`
	Time        string        `json:"time,omitempty" doc:"HH:MM as written, of what has a date"`
	Title       string        `json:"title,omitempty"`
	Text        string        `json:"text,omitempty" doc:"the beginning of the text; of an interaction Markdown"`
	Cut         bool          `json:"cut,omitempty" doc:"the text goes on in the record"`
	By          string        `json:"by,omitempty" doc:"account id; empty where Piper itself did it"`
	ByName      string        `json:"byName,omitempty" doc:"who it was, where that is no account or was written down then"`
	Private     bool          `json:"private,omitempty"`
	Rev         int64         `json:"rev,omitempty" doc:"of an interaction: the revision that was read, for If-Match"`
	With        []string      `json:"participantIds,omitempty" doc:"of an interaction: accounts that took part"`
	Mentions    []string      `json:"mentions,omitempty" doc:"of an interaction or a task: accounts named in it as @Name"`
	Fields      []string      `json:"fields,omitempty" doc:"of a change: which fields"`
	Thread      string        `json:"threadId,omitempty" doc:"of a mail"`
	Agreement   string        `json:"agreementId,omitempty" doc:"of what happened under an agreement"`
	Opportunity string        `json:"opportunityId,omitempty" doc:"of a change of stage"`
}

// Position is a place in the order of a source: an instant, and among what is of that instant an id. The
// zero Position is the beginning.
type Position struct {
	At store.Instant
	ID string
}

// Source gives the entries of one kind of record.
type Source struct {
	Name  string   // decides between entries of the same instant; never change it, cursors hold it
	Kinds []string // what it gives
	Needs access.Permission
	// Read gives, newest first and by id among equals, at most limit entries behind a position that the
	// reader of ctx may see. kinds are those of its own that are wanted.
	Read func(ctx context.Context, stakeholderID string, kinds []string, after Position, limit int) ([]Entry, error)
}

// Page is a part of a timeline.
type Page struct {
	Items []Entry `json:"items" nullable:"false"`
	Next  string  `json:"next,omitempty"`
}

// Timeline is all sources together.
type Timeline struct{ sources []Source }

// New gathers sources.
func New(sources ...Source) *Timeline {
	slices.SortFunc(sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	return &Timeline{sources}
}

// Query asks for a page.
type Query struct {
	Kinds  []string // empty: all
	Limit  int      // 0: 50, at most 200
	Cursor string   // Next of the page before, with the same kinds
}

const (
	defaultLimit = 50
	maxLimit     = 200
)

// cursor is where the last entry of a page stands in the merged order: by instant, the newest first, by
// name of the source, by id. It names a place, not a number, so what is added meanwhile moves nothing.
type cursor struct {
	At     store.Instant `json:"a"`
	Source string        `json:"s"`
	ID     string        `json:"i"`
	Kinds  string        `json:"k"`
}

// lastID is behind every id, which are made of small letters and digits.
const lastID = "~"

// in gives the place of the cursor in the order of one source. Of the same instant, the sources before
// the cursor's have given everything and those behind it nothing.
func (c *cursor) in(source string) Position {
	switch {
	case c == nil:
		return Position{}
	case source == c.Source:
		return Position{c.At, c.ID}
	case source < c.Source:
		return Position{c.At, lastID}
	}
	return Position{c.At, ""}
}

// lane is what one source has for a page.
type lane struct {
	source string
	rest   []Entry
}

// Page gives a part of a stakeholder's timeline. Every source is asked for one entry more than the page
// has, from the cursor on, whatever came before; all at once, so never within a Tx.
func (t *Timeline) Page(ctx context.Context, stakeholderID string, q Query) (Page, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	place, err := readCursor(q)
	if err != nil {
		return Page{}, err
	}
	lanes, err := t.read(ctx, stakeholderID, q.Kinds, place, limit+1)
	if err != nil {
		return Page{}, err
	}
	page := Page{Items: make([]Entry, 0, limit)}
	last := cursor{Kinds: kindsKey(q.Kinds)}
	for {
		var next *lane
		for _, l := range lanes { // in order of name, so the first of equals stands
			if len(l.rest) > 0 && (next == nil || l.rest[0].At > next.rest[0].At) {
				next = l
			}
		}
		if next == nil {
			return page, nil
		}
		if len(page.Items) == limit {
			page.Next, err = last.encode()
			return page, err
		}
		e := next.rest[0]
		next.rest = next.rest[1:]
		page.Items = append(page.Items, e)
		last.At, last.Source, last.ID = e.At, next.source, e.ID
	}
}

// read asks the sources that have some of the kinds and that the reader may see, side by side.
func (t *Timeline) read(ctx context.Context, stakeholderID string, kinds []string, place *cursor, limit int) ([]*lane, error) {
	reader := access.From(ctx)
	var lanes []*lane
	all, ctx := errgroup.WithContext(ctx)
	for _, s := range t.sources {
		own := wanted(s.Kinds, kinds)
		if len(own) == 0 || !reader.May(s.Needs) {
			continue
		}
		l := &lane{source: s.Name}
		lanes = append(lanes, l)
		all.Go(func() (err error) {
			l.rest, err = s.Read(ctx, stakeholderID, own, place.in(s.Name), limit)
			return err
		})
	}
	return lanes, all.Wait()
}

// wanted gives those of a source's kinds that are asked for.
func wanted(own, asked []string) []string {
	if len(asked) == 0 {
		return own
	}
	var list []string
	for _, k := range own {
		if slices.Contains(asked, k) {
			list = append(list, k)
		}
	}
	return list
}

func kindsKey(kinds []string) string {
	sorted := slices.Clone(kinds)
	slices.Sort(sorted)
	return strings.Join(slices.Compact(sorted), ",")
}

func (c cursor) encode() (string, error) {
	b, err := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(b), err
}

func readCursor(q Query) (*cursor, error) {
	if q.Cursor == "" {
		return nil, nil // no cursor: the beginning
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.At.Time().IsZero() || c.Kinds != kindsKey(q.Kinds) {
		return nil, fault.Field("cursor", "This cursor does not belong to this timeline. Begin again without it.")
	}
	return &c, nil
}
