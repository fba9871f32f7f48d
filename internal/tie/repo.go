package tie

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Tie is what everybody may know of how one account knows a stakeholder.
type Tie struct {
	store.Meta
	StakeholderID string     `json:"stakeholderId"`
	AccountID     string     `json:"accountId"`
	Band          Band       `json:"band" enum:"none,weak,fair,strong"`
	Peak          Band       `json:"peak" enum:"none,weak,fair,strong" doc:"the strongest it was within two years"`
	ColdSince     store.Date `json:"coldSince,omitempty" doc:"since when it is neither fair nor strong, if it once was"`
	Reasons       []string   `json:"reasons" nullable:"false" doc:"about contacts that the team may know of and that are no mail"`
}

// Detail is what a tie rests on, mail included. It has the id of its Tie.
type Detail struct {
	store.Meta
	StakeholderID string   `json:"stakeholderId"`
	AccountID     string   `json:"accountId"`
	Score         int      `json:"score" doc:"0 to 100"`
	Parts         Parts    `json:"parts"`
	Reasons       []string `json:"reasons" nullable:"false"`
	Seen          []string `json:"seen" nullable:"false" doc:"sight tokens: the account, and the team where nothing is private"`
}

// Known is a tie as one reader sees it.
type Known struct {
	Tie
	Score *int   `json:"score,omitempty" doc:"0 to 100; only where the reader may see what the tie rests on"`
	Parts *Parts `json:"parts,omitempty"`
}

// Repo keeps ties.
type Repo struct {
	db      *store.DB
	ties    *store.Collection[Tie]
	details *store.Collection[Detail]
}

// NewRepo declares the collections. They are worked out anew every night, so they are not audited, and after
// a merge two documents may stand for the same pair until then.
func NewRepo(db *store.DB) *Repo {
	refs := []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove", Derived: true}}
	return &Repo{
		db: db,
		ties: store.Declare(db, store.Spec[Tie]{
			Name:    "ties",
			Fields:  []driver.Field{{Path: "stakeholderId"}, {Path: "accountId"}, {Path: "band"}},
			Indexes: [][]driver.Key{{{Path: "stakeholderId"}}, {{Path: "accountId"}, {Path: "band"}}},
			Refs:    refs,
		}),
		details: store.Declare(db, store.Spec[Detail]{
			Name:    "tiedetails",
			Fields:  []driver.Field{{Path: "stakeholderId"}, {Path: "accountId"}, {Path: "seen", Multi: true}},
			Indexes: [][]driver.Key{{{Path: "stakeholderId"}}, {{Path: "accountId"}}},
			Refs:    refs,
			Sight:   "seen",
		}),
	}
}

// Of gives who of us knows any of these stakeholders, or once did, the strongest first, each tie as the
// reader may see it.
func (r *Repo) Of(ctx context.Context, stakeholderIDs []string) ([]*Known, error) {
	ties, err := r.ties.Find(ctx, among(stakeholderIDs), nil, 0)
	if err != nil {
		return nil, err
	}
	known, byID := make([]*Known, 0, len(ties)), map[string]*Known{}
	for _, t := range ties {
		k := &Known{Tie: *t}
		known, byID[t.ID] = append(known, k), k
	}
	if err := r.detail(ctx, stakeholderIDs, byID); err != nil {
		return nil, err
	}
	slices.SortStableFunc(known, func(a, b *Known) int { return a.Band.Compare(b.Band) })
	return known, nil
}

// detail adds what the reader may see of what ties rest on. The board reads no mail and nothing that is
// derived from it.
func (r *Repo) detail(ctx context.Context, stakeholderIDs []string, byID map[string]*Known) error {
	if !access.From(ctx).May(access.MailRead) {
		return nil
	}
	details, err := r.details.Find(ctx, among(stakeholderIDs), nil, 0)
	if err != nil {
		return err
	}
	for _, d := range details {
		if k := byID[d.ID]; k != nil {
			k.Score, k.Parts, k.Reasons = &d.Score, &d.Parts, d.Reasons
		}
	}
	return nil
}

func among(stakeholderIDs []string) filter.Expr {
	in := filter.In{Field: "stakeholderId"}
	for _, id := range stakeholderIDs {
		in.Values = append(in.Values, id)
	}
	return in
}

// All gives every tie.
func (r *Repo) All(ctx context.Context) (ties []*Tie, err error) {
	return r.ties.Find(ctx, nil, nil, 0)
}

// OfAccount gives the ties of one account by which it knows somebody now.
func (r *Repo) OfAccount(ctx context.Context, accountID string) ([]*Tie, error) {
	return r.ties.Find(ctx, filter.And{
		filter.Eq{Field: "accountId", Value: accountID}, filter.Not{Expr: filter.Eq{Field: "band", Value: string(None)}},
	}, nil, 0)
}
