package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"piper/internal/access"
	"piper/internal/store"
)

// Hit is one find of the search over everything.
type Hit struct {
	Kind     string        `json:"kind" enum:"stakeholder,call,opportunity,agreement,interaction,task,thread"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Subtitle string        `json:"subtitle,omitempty"`
	At       store.Instant `json:"at,omitempty"`
	Date     store.Date    `json:"date,omitempty" doc:"the civil day, of what has one: shown as it is, in every zone"`
	About    string        `json:"about,omitempty" doc:"of an interaction: a stakeholder on whose page it stands"`
	Similar  bool          `json:"similar,omitempty" doc:"what was typed is only nearly a part of the name"`
}

// Finder finds records of one kind by words, the newest first, within what the reader of ctx may see.
type Finder struct {
	Kind  string
	Needs access.Permission
	Find  func(ctx context.Context, words string, limit int) ([]Hit, error)

	// Similar finds names that were typed nearly right; nil where there are no names.
	Similar func(ctx context.Context, words string, limit int) ([]Hit, error)
}

type searchInput struct {
	Q     string   `query:"q" maxLength:"200" doc:"words, or parts of words in names, titles and subjects"`
	Kinds []string `query:"kinds,explode" enum:"stakeholder,call,opportunity,agreement,interaction,task,thread" doc:"only these kinds; all unless told"`
	Limit int      `query:"limit" minimum:"1" maximum:"50" doc:"how many hits at most; 20 unless told"`
}

type searchOutput struct {
	Body struct {
		Hits []Hit `json:"hits" nullable:"false"`
	}
}

const (
	capped = 60 // finds of each kind that are ranked: beyond that a person types another letter
	few    = 3  // with fewer finds of a kind, names like what was typed are looked for, too
)

// search asks every finder that the reader may use at once, and puts first what fits best; of what fits
// equally well, the newest.
func (a *API) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	out := &searchOutput{}
	out.Body.Hits = []Hit{}
	words := store.Latin(store.Fold(in.Q))
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
		if !access.From(ctx).May(f.Needs) || len(in.Kinds) > 0 && !slices.Contains(in.Kinds, f.Kind) {
			continue
		}
		group.Go(func() (err error) {
			found[i], err = f.ask(gctx, in.Q)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	out.Body.Hits = ranked(slices.Concat(found...), words)
	out.Body.Hits = out.Body.Hits[:min(limit, len(out.Body.Hits))]
	return out, nil
}

// ask gives what is found and, where that is little, what is similar.
func (f Finder) ask(ctx context.Context, words string) ([]Hit, error) {
	hits, err := f.Find(ctx, words, capped)
	if err != nil || f.Similar == nil || len(hits) >= few {
		return hits, err
	}
	similar, err := f.Similar(ctx, words, capped)
	for _, s := range similar {
		if !slices.ContainsFunc(hits, func(h Hit) bool { return h.ID == s.ID }) {
			s.Similar = true
			hits = append(hits, s)
		}
	}
	return hits, err
}

// ranked puts the hits in order: by how well they fit, whatever their kind, and then by their date.
func ranked(hits []Hit, words string) []Hit {
	fit := make(map[string]int, len(hits))
	for _, h := range hits {
		fit[h.Kind+h.ID] = closeness(h, words)
	}
	slices.SortStableFunc(hits, func(x, y Hit) int {
		return cmp.Or(fit[y.Kind+y.ID]-fit[x.Kind+x.ID], cmp.Compare(y.At, x.At))
	})
	if hits == nil {
		return []Hit{}
	}
	return hits
}

// closeness says how well a title fits the words: the whole of it, its beginning, the beginning of a
// word in it, something inside, or nearly something.
func closeness(h Hit, words string) int {
	title := store.Latin(store.Fold(h.Title))
	switch {
	case h.Similar:
		return 0
	case title == words:
		return 4
	case strings.HasPrefix(title, words):
		return 3
	case strings.Contains(" "+title, " "+words):
		return 2
	}
	return 1
}
