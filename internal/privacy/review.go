package privacy

import (
	"context"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Why says why somebody is up for review.
type Why string

// The reasons. Without either, a person is not listed however long nobody has had contact.
const (
	NoBasis    Why = "no-basis"    // no contact for long, and no legal basis on record
	ReviewPast Why = "review-past" // the day on which to look again has come
)

// Review is a person who is up for review. The job makes these anew every night.
type Review struct {
	store.Meta
	StakeholderID string        `json:"stakeholderId"`
	Why           Why           `json:"why" enum:"no-basis,review-past"`
	LastAt        store.Instant `json:"lastAt,omitempty" doc:"the last meeting, conversation, note or mail; absent where there was none"`
	Since         store.Instant `json:"since" doc:"that, or when the record was made"`
	Country       string        `json:"country,omitempty"`
	Basis         string        `json:"basis,omitempty" doc:"the legal basis on record"`
	ReviewOn      store.Date    `json:"reviewOn,omitempty"`
}

// Keeping is a decision to keep a person for now.
type Keeping struct {
	store.Meta
	StakeholderID string     `json:"stakeholderId"`
	ReviewOn      store.Date `json:"reviewOn"`
	Reason        string     `json:"reason"`
	By            string     `json:"by"`
}

// Standing is what a review looks at in a person.
type Standing struct {
	ID, Country, Basis string
	CreatedAt          store.Instant
}

// Months is how long without contact makes somebody inactive.
const Months = 24

// reviewDue decides whether somebody is up for review.
func reviewDue(s Standing, last store.Instant, k *Keeping, today store.Date, inactive store.Instant) (Why, bool) {
	switch {
	case k != nil:
		return ReviewPast, k.ReviewOn <= today
	case s.Basis == "":
		return NoBasis, max(last, s.CreatedAt) < inactive
	}
	return "", false
}

// Review brings the list of persons up for review up to date.
func (r *Repo) Review(ctx context.Context, p Progress) error {
	ctx = audit.Bulk(ctx, "review list")
	last := map[string]store.Instant{}
	err := r.EachContact(ctx, func(id string, at store.Instant) { last[id] = max(last[id], at) })
	if err != nil {
		return err
	}
	keeping := map[string]*Keeping{}
	if err := r.keeps.Each(ctx, nil, func(k *Keeping) error { keeping[k.StakeholderID] = k; return nil }); err != nil {
		return err
	}
	old := map[string]*Review{}
	if err := r.reviews.Each(ctx, nil, func(v *Review) error { old[v.StakeholderID] = v; return nil }); err != nil {
		return err
	}
	today, inactive := store.Date(r.db.Now()[:10]), store.At(r.db.Clock().AddDate(0, -Months, 0))
	var fresh, changed []*Review
	err = r.People.EachPerson(ctx, func(s Standing) error {
		why, due := reviewDue(s, last[s.ID], keeping[s.ID], today, inactive)
		if !due {
			return nil
		}
		v := &Review{StakeholderID: s.ID, Why: why, LastAt: last[s.ID], Since: max(last[s.ID], s.CreatedAt), Country: s.Country, Basis: s.Basis}
		if k := keeping[s.ID]; k != nil {
			v.ReviewOn = k.ReviewOn
		}
		was := old[s.ID]
		delete(old, s.ID)
		if was == nil {
			fresh = append(fresh, v)
			return nil
		}
		if v.Meta = was.Meta; *v != *was {
			changed = append(changed, v)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Count("created", len(fresh))
	p.Count("changed", len(changed))
	p.Count("removed", len(old))
	for part := range slices.Chunk(fresh, writeBatch) {
		if err := r.reviews.CreateMany(ctx, part); err != nil {
			return err
		}
	}
	for _, v := range changed {
		if _, err := r.reviews.Update(ctx, v.ID, func(now *Review) error { v.Meta = now.Meta; *now = *v; return nil }); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	for _, v := range old {
		if err := r.reviews.Delete(ctx, v.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// ReviewSearch says which persons a list shows. Empty fields do not narrow it.
type ReviewSearch struct {
	Why, Country string
	Before       store.Date // without contact since
}

func (s ReviewSearch) where() filter.Expr {
	w := filter.And{}
	if s.Why != "" {
		w = append(w, filter.Eq{Field: "why", Value: s.Why})
	}
	if s.Country != "" {
		w = append(w, filter.Eq{Field: "country", Value: strings.ToUpper(s.Country)})
	}
	if s.Before != "" {
		w = append(w, filter.Compare{Field: "since", Op: filter.Lt, Value: string(s.Before)})
	}
	return w
}

// ReviewSorts maps what the list may be sorted by to the declared field.
var ReviewSorts = map[string]string{"since": "since", "reviewOn": "reviewOn", "country": "country"}

// Reviews gives a page of persons up for review.
func (r *Repo) Reviews(ctx context.Context, s ReviewSearch, q store.Query) (store.Page[Review], error) {
	q.Where = s.where()
	return r.reviews.Page(ctx, q)
}

// Keep decides that persons are kept until a day on which somebody looks again. They leave the list.
func (r *Repo) Keep(ctx context.Context, ids []string, reviewOn store.Date, reason string) error {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return err
	}
	var c fault.Checks
	day, err := store.ParseDate(string(reviewOn))
	c.Require(err == nil && day > store.Date(r.db.Now()[:10]), "reviewOn", "Say a day in the future on which somebody looks again.")
	reason = strings.TrimSpace(reason)
	c.Require(reason != "" && len([]rune(reason)) <= 500, "reason", "Say in a few words why they are kept.")
	c.Require(len(ids) > 0, "stakeholderIds", "Choose whom.")
	if err := c.Err(); err != nil {
		return err
	}
	by := access.From(ctx).Name
	return r.db.Tx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if _, err := r.person(ctx, id); err != nil {
				return err
			}
			_, _, err := r.keeps.Upsert(ctx, filter.Eq{Field: "stakeholderId", Value: id}, func(k *Keeping, _ bool) error {
				k.StakeholderID, k.ReviewOn, k.Reason, k.By = id, day, reason, by
				return nil
			})
			if err != nil {
				return err
			}
			v, err := r.reviews.First(ctx, filter.Eq{Field: "stakeholderId", Value: id})
			if err == nil {
				err = r.reviews.Delete(ctx, v.ID)
			}
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return nil
	})
}

func (r *Repo) declareReviews(db *store.DB) {
	r.reviews = store.Declare(db, store.Spec[Review]{
		Name:    "reviews",
		Fields:  []driver.Field{{Path: "stakeholderId"}, {Path: "why"}, {Path: "since"}, {Path: "country"}, {Path: "reviewOn"}},
		Unique:  [][]string{{"stakeholderId"}},
		Indexes: [][]driver.Key{{{Path: "since"}}, {{Path: "why"}, {Path: "since"}}, {{Path: "country"}, {Path: "since"}}, {{Path: "reviewOn"}}},
		Refs:    []store.Ref{{Field: "stakeholderId", Collection: stakeholders, OnMerge: "repoint", OnErase: "remove", Derived: true}},
	})
	r.keeps = store.Declare(db, store.Spec[Keeping]{
		Name:    "keepings",
		Fields:  []driver.Field{{Path: "stakeholderId"}},
		Unique:  [][]string{{"stakeholderId"}},
		Refs:    []store.Ref{{Field: "stakeholderId", Collection: stakeholders, OnMerge: "repoint", OnErase: "remove"}},
		Audited: true,
	})
}
