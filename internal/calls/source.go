package calls

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// SourceKind says how a source is spoken with.
type SourceKind string

// The kinds of sources.
const (
	SEDIA SourceKind = "sedia" // the search behind the EU Funding & Tenders portal
	RSS   SourceKind = "rss"   // a feed, RSS or Atom
)

// PortalURL is where the EU portal's search answers.
const PortalURL = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"

// Source is where calls come from.
type Source struct {
	store.Meta
	Kind       SourceKind `json:"kind"`
	Name       string     `json:"name"`
	URL        string     `json:"url"`
	Enabled    bool       `json:"enabled"`
	Programmes []string   `json:"programmes"` // codes of the EU portal to ask for; none is all
	Types      []string   `json:"types"`      // of the EU portal to ask for; none is DefaultTypes
}

// DefaultTypes are the portal's grant topics, calls for proposals and cascade calls; tenders are "0".
var DefaultTypes = []string{"1", "2", "8"}

// Status is how the last runs of a source went, under the source's id. It is apart from the source so
// that a run does not collide with an administrator who is editing it.
type Status struct {
	store.Meta
	RanAt        store.Instant  `json:"ranAt,omitempty"`
	DoneAt       store.Instant  `json:"doneAt,omitempty"` // the last run that took everything the source had
	Outcome      string         `json:"outcome,omitempty"`
	Message      string         `json:"message,omitempty"`
	Counts       map[string]int `json:"counts,omitempty"`
	ValidFor     string         `json:"validFor,omitempty"` // the address that ETag and LastModified belong to
	ETag         string         `json:"etag,omitempty"`
	LastModified string         `json:"lastModified,omitempty"`
}

const (
	maxSourceName = 200
	maxSourceURL  = 2000
	maxProgrammes = 100
)

// check completes a source as a person gave it and says every field that is wrong.
func (s *Source) check() error {
	s.Name, s.URL = strings.TrimSpace(s.Name), strings.TrimSpace(s.URL)
	if s.Kind == SEDIA && s.URL == "" {
		s.URL = PortalURL
	}
	if s.Programmes == nil {
		s.Programmes = []string{}
	}
	if s.Types == nil {
		s.Types = []string{}
	}
	var c fault.Checks
	c.Require(s.Kind == SEDIA || s.Kind == RSS, "kind", "Must be sedia or rss.")
	c.Require(s.Name != "", "name", "Give the source a name.")
	c.Require(len(s.Name) <= maxSourceName, "name", "Must not be longer than %d bytes.", maxSourceName)
	u, err := url.Parse(s.URL)
	ok := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
	c.Require(ok, "url", "Must be a whole address that begins with https:// or http://, without a password in it.")
	c.Require(len(s.URL) <= maxSourceURL, "url", "Must not be longer than %d bytes.", maxSourceURL)
	c.Require(len(s.Programmes) <= maxProgrammes, "programmes", "Must not be more than %d.", maxProgrammes)
	digits := func(v string) bool { return v != "" && len(v) <= 12 && strings.Trim(v, "0123456789") == "" }
	c.Require(!slices.ContainsFunc(s.Programmes, func(v string) bool { return !digits(v) }), "programmes", "Must be the portal's codes, which are numbers.")
	c.Require(!slices.ContainsFunc(s.Types, func(v string) bool { return !slices.Contains([]string{"0", "1", "2", "8"}, v) }), "types", "Must be 0, 1, 2 or 8.")
	return c.Err()
}

// SourceWithStatus is a source and how its last runs went.
type SourceWithStatus struct {
	Source
	Status Status
}

// Sources lists every source by name.
func (r *Repo) Sources(ctx context.Context) ([]*SourceWithStatus, error) {
	list, err := r.sources.Find(ctx, nil, []driver.Key{{Path: "name"}}, 0)
	if err != nil {
		return nil, err
	}
	return r.withStatus(ctx, list)
}

// SourcePage gives one page of the sources by name.
func (r *Repo) SourcePage(ctx context.Context, limit int, cursor string) (store.Page[SourceWithStatus], error) {
	page, err := r.sources.Page(ctx, store.Query{Sort: []driver.Key{{Path: "name"}}, Limit: limit, Cursor: cursor})
	if err != nil {
		return store.Page[SourceWithStatus]{}, err
	}
	out := store.Page[SourceWithStatus]{Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}
	out.Items, err = r.withStatus(ctx, page.Items)
	return out, err
}

func (r *Repo) withStatus(ctx context.Context, list []*Source) ([]*SourceWithStatus, error) {
	out := make([]*SourceWithStatus, len(list))
	for i, s := range list {
		status, err := r.Status(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		out[i] = &SourceWithStatus{Source: *s, Status: status}
	}
	return out, nil
}

// Source gives one source, or NotFound.
func (r *Repo) Source(ctx context.Context, id string) (*SourceWithStatus, error) {
	s, err := r.sources.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	status, err := r.Status(ctx, id)
	if err != nil {
		return nil, err
	}
	return &SourceWithStatus{Source: *s, Status: status}, nil
}

// CreateSource adds a source: Invalid with every wrong field, Duplicate where the address is there.
func (r *Repo) CreateSource(ctx context.Context, s *Source) error {
	if err := s.check(); err != nil {
		return err
	}
	return sameAddress(r.sources.Create(ctx, s))
}

// UpdateSourceAt changes a source that is still at revision rev, or gives Stale.
func (r *Repo) UpdateSourceAt(ctx context.Context, id string, rev int64, change func(*Source)) (*Source, error) {
	s, err := r.sources.UpdateAt(ctx, id, rev, func(s *Source) error {
		change(s)
		return s.check()
	})
	return s, sameAddress(err)
}

func sameAddress(err error) error {
	if fault.Is(err, fault.Duplicate) {
		return fault.Wrap(err, fault.Duplicate, "There already is a source of this kind with this address.")
	}
	return err
}

// DeleteSourceAt removes a source that is still at revision rev and never gave a call. One that did is
// kept, so that its calls do not come a second time when somebody adds it again.
func (r *Repo) DeleteSourceAt(ctx context.Context, id string, rev int64) error {
	return r.sources.DeleteAt(ctx, id, rev, func(ctx context.Context, _ *Source) error {
		n, err := r.calls.Count(ctx, filter.Eq{Field: "sourceId", Value: id})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Invalid, "This source has given %d calls, which are kept. Switch it off instead.", n)
		}
		return absent(r.statuses.Delete(ctx, id))
	})
}

// Status gives how the last runs of a source went; the zero Status before the first.
func (r *Repo) Status(ctx context.Context, sourceID string) (Status, error) {
	s, err := r.statuses.Get(ctx, sourceID)
	if err != nil {
		return Status{}, absent(err)
	}
	return *s, nil
}

// SetStatus changes the status of a source.
func (r *Repo) SetStatus(ctx context.Context, sourceID string, change func(*Status)) error {
	_, _, err := r.statuses.Upsert(ctx, filter.Eq{Field: "id", Value: sourceID}, func(s *Status, isNew bool) error {
		if isNew {
			s.ID = sourceID
		}
		change(s)
		return nil
	})
	return err
}
