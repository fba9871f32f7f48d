package api

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"piper/internal/access"
	"piper/internal/store"
)

// Hit is one find of the search over everything.
type Hit struct {
	Kind     string        `json:"kind" enum:"stakeholder,call,thread"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Subtitle string        `json:"subtitle,omitempty"`
	At       store.Instant `json:"at,omitempty"`
}

// Finder finds records of one kind by words, the newest first, within what the reader of ctx may see.
type Finder struct {
	Needs access.Permission
	Find  func(ctx context.Context, words string, limit int) ([]Hit, error)
}

type searchInput struct {
	Q     string `query:"q" maxLength:"200" doc:"words, or parts of words in names, titles and subjects"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" doc:"how many hits at most; 20 unless told"`
}

type searchOutput struct {
	Body struct {
		Hits []Hit `json:"hits" nullable:"false"`
	}
}

// capped is how many finds of each kind are ranked: beyond that a person types another letter.
const capped = 60

// search asks every finder that the reader may use at once, and puts first what begins as the person
// typed it.
func (a *API) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	out := &searchOutput{}
	out.Body.Hits = []Hit{}
	words := store.Fold(in.Q)
	if words == "" {
		return out, nil
	}
	limit := in.Limit
	if limit == 0 {
		limit = 20
	}
	found := make([][]Hit, len(a.Finders))
	group, gctx := errgroup.WithContext(ctx)
	for i, f := range a.Finders {
		if !access.From(ctx).May(f.Needs) {
			continue
		}
		group.Go(func() (err error) {
			found[i], err = f.Find(gctx, in.Q, capped)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	hits := slices.Concat(found...)
	slices.SortStableFunc(hits, func(x, y Hit) int { return closeness(y.Title, words) - closeness(x.Title, words) })
	out.Body.Hits = append(out.Body.Hits, hits[:min(limit, len(hits))]...)
	return out, nil
}

// closeness says how well a title fits the words: the whole of it, its beginning, the beginning of a
// word in it, or something inside.
func closeness(title, words string) int {
	title = store.Fold(title)
	switch {
	case title == words:
		return 3
	case strings.HasPrefix(title, words):
		return 2
	case strings.Contains(" "+title, " "+words):
		return 1
	}
	return 0
}
