package diligence

import (
	"context"
	"sync"

	"piper/internal/store"
	"piper/internal/store/driver"
)

// Donors knows the stakeholders; their own room is it.
type Donors interface {
	// Subjects gives those of the ids that exist, as the list is searched for them.
	Subjects(ctx context.Context, ids []string) ([]Subject, error)
	// ToScreen gives everyone whose money may be taken: donors, and the parties of agreements.
	ToScreen(ctx context.Context) ([]Subject, error)
	// SetDueDiligence notes on a donor how its case stands: open, cleared, conditions, refused, or "" for none, and until when.
	// Who is no donor, or is noted so already, is left alone. It belongs into the Tx of the case.
	SetDueDiligence(ctx context.Context, id, state string, until store.Date) error
}

// Repo keeps cases, the donor policy, the sanctions list, and who on it may be one of ours.
type Repo struct {
	db       *store.DB
	donors   Donors
	cases    *store.Collection[Case]
	policies *store.Collection[DonorPolicy]
	entries  *store.Collection[stored]
	hits     *store.Collection[Hit]
	looks    *store.Collection[look]
	gates    *store.Collection[gate]

	mu    sync.Mutex // guards the index
	seq   int64
	index *Index
}

// NewRepo declares the collections.
func NewRepo(db *store.DB, donors Donors) *Repo {
	return &Repo{db: db, donors: donors,
		cases: store.Declare(db, store.Spec[Case]{
			Name: "diligence_cases",
			Fields: []driver.Field{{Path: "stakeholderId"}, {Path: "openFor"}, {Path: "sortName"}, {Path: "openedOn"}, {Path: "updatedAt"},
				{Path: "decision.on"}, {Path: "decision.outcome"}, {Path: "decision.expiresOn"}, {Path: "proposal.outcome"}, {Path: "replacedBy"}},
			Unique:  [][]string{{"openFor"}},
			Indexes: [][]driver.Key{{{Path: "stakeholderId"}}, {{Path: "decision.expiresOn"}}, {{Path: "sortName"}}, {{Path: "openedOn", Desc: true}}},
			// What was decided about money stays as long as the books do, and so does a case: under a pseudonym.
			Refs: []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"},
				{Field: "openFor", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
			Words: func(c *Case) store.Words { return store.Words{Names: []string{c.Name}, Texts: []string{c.Notes}} }, Audited: true,
		}),
		policies: store.Declare(db, store.Spec[DonorPolicy]{Name: "donor_policies", Audited: true}),
		entries: store.Declare(db, store.Spec[stored]{
			Name:    "sanctions",
			Fields:  []driver.Field{{Path: "seq", Kind: driver.Int}, {Path: "createdAt"}},
			Indexes: [][]driver.Key{{{Path: "seq"}}},
		}),
		hits: store.Declare(db, store.Spec[Hit]{
			Name:    "sanction_hits",
			Fields:  []driver.Field{{Path: "stakeholderId"}, {Path: "entryId"}, {Path: "state"}, {Path: "gone", Kind: driver.Bool}, {Path: "score", Kind: driver.Int}, {Path: "updatedAt"}},
			Unique:  [][]string{{"stakeholderId", "entryId"}},
			Indexes: [][]driver.Key{{{Path: "state"}, {Path: "score", Desc: true}}},
			Refs:    []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}},
			Words:   func(h *Hit) store.Words { return store.Words{Names: []string{h.Ours, h.Theirs}} },
			Audited: true,
		}),
		looks: store.Declare(db, store.Spec[look]{
			Name:   "sanction_looks",
			Fields: []driver.Field{{Path: "stakeholderId"}},
			Unique: [][]string{{"stakeholderId"}},
			Refs:   []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove", Derived: true}},
		}),
		gates: store.Declare(db, store.Spec[gate]{Name: "sanction_gates"}),
	}
}

// Today gives the day in Brussels now, by which states are told.
func (r *Repo) Today() store.Date { return r.db.Now().Day() }
