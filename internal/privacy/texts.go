package privacy

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/store"
)

// Excerpt is one place in a text that an erasure would rewrite.
type Excerpt struct {
	Collection string `json:"collection"`
	Label      string `json:"label"`
	ID         string `json:"id"`
	Field      string `json:"field"`
	Before     string `json:"before" doc:"the text around the place, as it is"`
	After      string `json:"after" doc:"and as it would be"`
}

// Bounds of what is shown.
const (
	maxExcerpts = 100
	around      = 60 // bytes on either side
)

// privateMail are collections whose documents are seen in part: nobody but their own room may show them.
var privateMail = []string{"messages", "bodies", "threads"}

var errEnough = errors.New("enough")

// Texts gives places that an erasure would rewrite, in the records that the reader of ctx may see: whatever
// colleagues keep private, and all mail, is counted in the plan and shown to nobody. There are at most 100.
func (r *Repo) Texts(ctx context.Context, id string) (list []Excerpt, more bool, err error) {
	if err := access.Require(ctx, access.AdminRead); err != nil {
		return nil, false, err
	}
	q, err := r.requests.Get(ctx, id)
	if err != nil {
		return nil, false, err
	}
	list = []Excerpt{}
	if q.State != Planned && q.State != Planning {
		return list, false, nil
	}
	e := r.eraser(q)
	for _, d := range r.db.Declared() {
		if slices.Contains(apart, d.Name) || slices.Contains(privateMail, d.Name) {
			continue
		}
		err := d.Raw.Each(ctx, func(doc []byte) error {
			if d.Name == stakeholders && idOf(doc) == e.id {
				return nil
			}
			found, err := e.excerpts(d, doc)
			list = append(list, found...)
			if err == nil && len(list) > maxExcerpts {
				err = errEnough
			}
			return err
		})
		if errors.Is(err, errEnough) {
			return list[:maxExcerpts], true, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	return list, false, nil
}

// excerpts gives the places in one document that stays.
func (e *eraser) excerpts(d store.Declared, doc []byte) ([]Excerpt, error) {
	f, err := e.decide(d, doc)
	if err != nil || f.doc == nil || f.texts == 0 {
		return nil, err
	}
	t, err := parse(doc)
	if err != nil {
		return nil, err
	}
	r := e.anywhere
	for _, ref := range d.Refs {
		if ref.Collection == stakeholders && count(t, strings.Split(ref.Field, "."), e.id) > 0 {
			r = e.near
		}
	}
	var list []Excerpt
	for field, v := range t {
		if d.Name == stakeholders && slices.Contains(identity, field) {
			continue
		}
		eachText(v, func(text string) {
			for _, s := range r.find(text) {
				from, to := clip(text, s.from-around), clip(text, s.to+around)
				after, _ := r.Text(text[from:to])
				list = append(list, Excerpt{Collection: d.Name, Label: labelOf(d.Name), ID: idOf(doc), Field: field, Before: text[from:to], After: after})
			}
		})
	}
	slices.SortFunc(list, func(a, b Excerpt) int { return strings.Compare(a.Field, b.Field) })
	return list, nil
}

func eachText(v any, fn func(string)) {
	switch c := v.(type) {
	case string:
		fn(c)
	case tree:
		for _, inner := range c {
			eachText(inner, fn)
		}
	case []any:
		for _, inner := range c {
			eachText(inner, fn)
		}
	}
}

// clip brings a place into a text and to the beginning of a character.
func clip(text string, at int) int {
	at = min(max(at, 0), len(text))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
