package award

import (
	"context"
	"slices"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/upload"
)

// AwardParty is an organisation that a source names, as a funder or as a recipient. Which stakeholder it is follows
// from its number or from name and country (Directory.Same), unless a person has said.
type AwardParty struct {
	store.Meta
	Key           string `json:"key"` // its number, else country and folded name
	Name          string `json:"name"`
	SortName      string `json:"sortName"`
	OrgID         string `json:"orgId,omitempty" doc:"its number, as org-id.guide writes them: GB-CHC-1159982"`
	Country       string `json:"country,omitempty"`
	StakeholderID string `json:"stakeholderId,omitempty" doc:"who it is, as a person has said"`
	Nobody        bool   `json:"nobody,omitempty" doc:"a person has said that it is none of our stakeholders"`
}

func partyKey(o Organisation) string {
	if o.ID != "" {
		return "id " + o.ID
	}
	return "name " + o.Country + " " + store.Fold(o.Name)
}

// Repo keeps awards, their parties and their imports.
type Repo struct {
	db        *store.DB
	directory Directory
	awards    *store.Collection[Award]
	parties   *store.Collection[AwardParty]
	imports   *store.Collection[AwardImport]
	rejects   *store.Collection[rejected]
	gates     *store.Collection[gate]
	plans     *store.Collection[storedPlan]
	files     *upload.Files
	overview  overview
}

// Directory knows the stakeholders; their own room is it.
type Directory interface {
	// Same gives for each party the organisation that it is beyond doubt, "" where there is none or are several.
	Same(ctx context.Context, parties []Organisation) ([]string, error)
	// Identity gives the name, the country and the numbers of a stakeholder.
	Identity(ctx context.Context, id string) (Organisation, []string, error)
	// Family gives a stakeholder and, where it is the top of a tree, everyone who is part of it.
	Family(ctx context.Context, id string) ([]string, error)
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// Members gives the names of our members, by id.
	Members(ctx context.Context) (map[string]string, error)
}

// Sorts maps what awards may be sorted by to the declared field.
var Sorts = map[string]string{"date": "date", "year": "year", "amount": "worth.minor"}

// NewRepo declares the collections; journal may be nil.
func NewRepo(db *store.DB, directory Directory, journal *audit.Journal) *Repo {
	if journal != nil {
		journal.Rules("award_imports", audit.Rules{Quiet: []string{"phase", "finished", "of", "tries", "left", "swept"}})
	}
	return &Repo{
		db: db, directory: directory,
		awards: store.Declare(db, store.Spec[Award]{
			Name: "awards",
			Fields: []driver.Field{{Path: "key"}, {Path: "kind"}, {Path: "funderId"}, {Path: "recipientId"}, {Path: "importId"}, {Path: "date"},
				{Path: "year", Kind: driver.Int}, {Path: "worth.minor", Kind: driver.Int}, {Path: "unsettled", Kind: driver.Bool},
				{Path: "countries", Multi: true}, {Path: "seqs", Kind: driver.Int, Multi: true}, {Path: "next", Kind: driver.Int, Multi: true}},
			Indexes: [][]driver.Key{
				{{Path: "key"}}, {{Path: "date", Desc: true}}, {{Path: "year", Desc: true}}, {{Path: "worth.minor", Desc: true}},
				{{Path: "funderId"}, {Path: "year", Desc: true}}, {{Path: "recipientId"}}, {{Path: "seqs"}}, {{Path: "next"}}, {{Path: "unsettled"}},
			},
			Words: func(a *Award) store.Words {
				return store.Words{Names: []string{a.RecipientName, a.Title}, Texts: []string{a.FunderName, a.Programme}}
			},
		}),
		parties: store.Declare(db, store.Spec[AwardParty]{
			Name:    "award_parties",
			Fields:  []driver.Field{{Path: "key"}, {Path: "sortName"}, {Path: "country"}, {Path: "orgId"}, {Path: "stakeholderId"}},
			Unique:  [][]string{{"key"}},
			Indexes: [][]driver.Key{{{Path: "sortName"}}, {{Path: "orgId"}}, {{Path: "stakeholderId"}}},
			Refs:    []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}},
			Audited: true,
		}),
		imports: store.Declare(db, store.Spec[AwardImport]{
			Name:    "award_imports",
			Fields:  []driver.Field{{Path: "seq", Kind: driver.Int}, {Path: "hash"}, {Path: "state"}, {Path: "createdAt"}},
			Unique:  [][]string{{"seq"}},
			Indexes: [][]driver.Key{{{Path: "hash"}}, {{Path: "state"}}, {{Path: "createdAt", Desc: true}}},
			Audited: true,
		}),
		rejects: store.Declare(db, store.Spec[rejected]{
			Name:    "award_rejects",
			Fields:  []driver.Field{{Path: "importId"}, {Path: "n", Kind: driver.Int}},
			Indexes: [][]driver.Key{{{Path: "importId"}, {Path: "n"}}},
		}),
		gates: store.Declare(db, store.Spec[gate]{Name: "award_gates"}),
		plans: store.Declare(db, store.Spec[storedPlan]{Name: "award_plans"}),
		files: upload.Declare(db, "award_import_files"),
	}
}

// Search says which awards a list shows. Empty fields do not narrow it.
type Search struct {
	FunderID      string // a party
	StakeholderID string // whoever is this stakeholder, as funder
	RecipientID   string
	Kind          Kind
	Country       string
	Year          int
	AtLeast       int64 // in hundredths of the reporting currency
	ImportID      string
}

// where makes the filter of a search, without the gate.
func (r *Repo) where(ctx context.Context, s Search) (filter.And, error) {
	var w filter.And
	for field, value := range map[string]string{"funderId": s.FunderID, "recipientId": s.RecipientID, "kind": string(s.Kind), "importId": s.ImportID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.StakeholderID != "" {
		parties, err := r.PartiesOf(ctx, s.StakeholderID)
		if err != nil {
			return nil, err
		}
		w = append(w, filter.In{Field: "funderId", Values: idsOf(parties)})
	}
	if s.Country != "" {
		w = append(w, filter.Has{Field: "countries", Values: []any{s.Country}})
	}
	if s.Year != 0 {
		w = append(w, filter.Eq{Field: "year", Value: int64(s.Year)})
	}
	if s.AtLeast > 0 {
		w = append(w, filter.Compare{Field: "worth.minor", Op: filter.Gte, Value: s.AtLeast})
	}
	return w, nil
}

// Page gives a page of awards; q carries text, sort, limit and cursor.
func (r *Repo) Page(ctx context.Context, s Search, q store.Query) (page store.Page[Award], err error) {
	if q.Where, err = r.where(ctx, s); err != nil {
		return page, err
	}
	if q.Now, err = r.open(ctx); err != nil {
		return page, err
	}
	return r.awards.Page(ctx, q)
}

// Each calls fn for every award of a search that holds the words of text, as an export needs it.
func (r *Repo) Each(ctx context.Context, s Search, text string, fn func(*Award) error) error {
	where, err := r.where(ctx, s)
	if err != nil {
		return err
	}
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	if text == "" {
		return r.awards.Each(ctx, append(where, open...), fn)
	}
	return r.awards.WalkEach(ctx, store.Query{Where: where, Now: open, Text: text, Sort: []driver.Key{{Path: "id"}}}, fn)
}

// gateID is the id of the one gate.
const gateID = "awards"

// gate says which imports readers see. An award is seen while one of the imports that brought it is live and
// none that brought another version of it is; so one write of the gate shows all that an import brings, in the
// place of what it corrects, and one takes all of it back.
type gate struct {
	store.Meta
	Last int64   `json:"last"`
	Live []int64 `json:"live"`
	Turn int64   `json:"turn"` // counts what else changes sums
}

func (r *Repo) gate(ctx context.Context) (*gate, error) {
	g, err := r.gates.Get(ctx, gateID)
	if fault.Is(err, fault.NotFound) {
		return &gate{}, nil
	}
	return g, err
}

func (r *Repo) moveGate(ctx context.Context, fn func(*gate) error) error {
	_, _, err := r.gates.Upsert(ctx, filter.Eq{Field: "id", Value: gateID}, func(g *gate, _ bool) error {
		g.ID = gateID
		return fn(g)
	})
	return err
}

func (r *Repo) open(ctx context.Context) (filter.And, error) {
	g, err := r.gate(ctx)
	if err != nil {
		return nil, err
	}
	return g.open(), nil
}

func (g *gate) open() filter.And {
	live := anys(g.Live)
	return filter.And{filter.Has{Field: "seqs", Values: live}, filter.Not{Expr: filter.Has{Field: "next", Values: live}}}
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

func idsOf(list []*AwardParty) []any {
	out := make([]any, len(list))
	for i, p := range list {
		out[i] = p.ID
	}
	return out
}

// chunk bounds how many values one query names.
const chunk = 400

// byKeys finds parties by their keys.
func (r *Repo) byKeys(ctx context.Context, keys []string) (map[string]*AwardParty, error) {
	found := map[string]*AwardParty{}
	for part := range slices.Chunk(keys, chunk) {
		list, err := r.parties.Find(ctx, filter.In{Field: "key", Values: anys(part)}, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			found[p.Key] = p
		}
	}
	return found, nil
}

// partiesByID finds parties by their ids.
func (r *Repo) partiesByID(ctx context.Context, ids []string) (map[string]*AwardParty, error) {
	found := make(map[string]*AwardParty, len(ids))
	for part := range slices.Chunk(ids, chunk) {
		list, err := r.parties.Find(ctx, filter.In{Field: "id", Values: anys(part)}, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			found[p.ID] = p
		}
	}
	return found, nil
}
