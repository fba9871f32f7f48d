package board

import (
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Embed is a link under which whoever has it sees one chart, without signing in, until a day. The chart is drawn of the
// books of the moment, as the account that made the link may read them.
type Embed struct {
	store.Meta
	Name       string        `json:"name" doc:"where it is used"`
	Chart      string        `json:"chart"`
	Basis      string        `json:"basis,omitempty"`
	View       string        `json:"view,omitempty"`
	Weighting  string        `json:"weighting,omitempty"`
	From       int           `json:"from,omitempty" doc:"0: as the chart has it, moving with the years"`
	To         int           `json:"to,omitempty"`
	ByID       string        `json:"byId"`
	By         string        `json:"by"`
	ExpiresAt  store.Instant `json:"expiresAt"`
	RevokedAt  store.Instant `json:"revokedAt,omitempty"`
	LastReadAt store.Instant `json:"lastReadAt,omitempty" doc:"at most an hour behind"`
}

const (
	readEvery = time.Hour
	maxEmbeds = 50 // of one account, that can be used
	maxDays   = 366
)

func declareEmbeds(db *store.DB) *store.Collection[Embed] {
	return store.Declare(db, store.Spec[Embed]{
		Name:    "chart_embeds",
		Fields:  []driver.Field{{Path: "byId"}, {Path: "expiresAt"}, {Path: "revokedAt"}, {Path: "createdAt"}},
		Indexes: [][]driver.Key{{{Path: "byId"}}, {{Path: "createdAt", Desc: true}}, {{Path: "expiresAt"}}},
		Audited: true,
	})
}

// Embeds gives a page of links, the newest first. What it gives holds no way to a chart.
func (r *Repo) Embeds(ctx context.Context, q store.Query) (store.Page[Embed], error) {
	q.Sort = []driver.Key{{Path: "createdAt", Desc: true}}
	return r.embeds.Page(ctx, q)
}

// EachEmbed calls fn for every link.
func (r *Repo) EachEmbed(ctx context.Context, fn func(*Embed) error) error {
	return r.embeds.Each(ctx, nil, fn)
}

// AddEmbed makes a link that can be used for some days. charts are the names that there are.
func (r *Repo) AddEmbed(ctx context.Context, e *Embed, days int, charts []string) error {
	var c fault.Checks
	e.Name = strings.Join(strings.Fields(e.Name), " ")
	c.Require(e.Name != "", "name", "Say where it is going to be used.")
	c.Require(utf8.RuneCountInString(e.Name) <= maxTitle, "name", "The name is longer than %d characters.", maxTitle)
	c.Require(slices.Contains(charts, e.Chart), "chart", "%q is not a chart; there are %s.", e.Chart, strings.Join(charts, ", "))
	c.Require(days >= 1 && days <= maxDays, "days", "A link can be used for 1 to %d days.", maxDays)
	if err := c.Err(); err != nil {
		return err
	}
	by := access.From(ctx)
	e.ByID, e.By, e.ExpiresAt, e.RevokedAt, e.LastReadAt = by.AccountID, by.Name, store.At(r.db.Clock().AddDate(0, 0, days)), "", ""
	return r.db.Tx(ctx, func(ctx context.Context) error {
		n, err := r.embeds.Count(ctx, filter.And{filter.Eq{Field: "byId", Value: e.ByID}, filter.Eq{Field: "revokedAt", Value: ""},
			filter.Compare{Field: "expiresAt", Op: filter.Gt, Value: string(r.db.Now())}})
		if err != nil {
			return err
		}
		if n >= maxEmbeds {
			return fault.New(fault.Invalid, "You have %d links that can be used; revoke one first.", maxEmbeds)
		}
		return r.embeds.Create(ctx, e)
	})
}

// RevokeEmbed ends a link: of the reader's own, or of anybody's for who may write administration.
func (r *Repo) RevokeEmbed(ctx context.Context, id string) (*Embed, error) {
	by := access.From(ctx)
	return r.embeds.Update(ctx, id, func(e *Embed) error {
		if e.ByID != by.AccountID && !by.May(access.AdminWrite) {
			return fault.New(fault.Forbidden, "Only %s, who made this link, or an administrator can revoke it.", e.By)
		}
		if e.RevokedAt == "" {
			e.RevokedAt = r.db.Now()
		}
		return nil
	})
}

// Address gives what stands in the address of a link: its id and a signature over all that it shows and until when, so
// that a link whose record was changed opens nothing.
func (r *Repo) Address(e *Embed) string {
	return e.ID + "." + r.sign(fmt.Sprintf("chart embed\n%s\n%s\n%s\n%s\n%s\n%d\n%d\n%s\n%s", e.ID, e.Chart, e.Basis, e.View, e.Weighting, e.From, e.To, e.ByID, e.ExpiresAt))
}

// errNoEmbed is the one answer to whatever is wrong with a link.
var errNoEmbed = fault.New(fault.NotFound, "There is no chart at this address.")

// ByAddress gives the link of an address; NotFound alike where it is wrong, has run out or was revoked. ctx is the
// system's: nobody is signed in.
func (r *Repo) ByAddress(ctx context.Context, address string) (*Embed, error) {
	id, _, _ := strings.Cut(address, ".")
	e, err := r.embeds.Get(ctx, id)
	if fault.Is(err, fault.NotFound) {
		r.sign(address) // the same work as for one that is there
		return nil, errNoEmbed
	}
	if err != nil {
		return nil, err
	}
	right := subtle.ConstantTimeCompare([]byte(r.Address(e)), []byte(address)) == 1
	if !right || e.RevokedAt != "" || e.ExpiresAt <= r.db.Now() {
		return nil, errNoEmbed
	}
	return e, nil
}

// Looked notes that a link was used now.
func (r *Repo) Looked(ctx context.Context, e *Embed) error {
	now := r.db.Clock()
	if !e.LastReadAt.IsZero() && now.Sub(e.LastReadAt.Time()) < readEvery {
		return nil
	}
	_, err := r.embeds.Update(ctx, e.ID, func(e *Embed) error { e.LastReadAt = store.At(now); return nil })
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func (r *Repo) sweepEmbeds(ctx context.Context, before store.Instant) (int, error) {
	old := filter.Compare{Field: "expiresAt", Op: filter.Lt, Value: string(before)}
	list, err := r.embeds.Find(ctx, old, nil, 0)
	if err != nil {
		return 0, err
	}
	for _, e := range list {
		if err := r.embeds.Delete(ctx, e.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return 0, err
		}
	}
	return len(list), nil
}
