package merge

import (
	"context"
	"encoding/json"
	"sync"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Stakeholders is what this room needs of the room of stakeholders.
type Stakeholders interface {
	// Profiles calls fn for every stakeholder that is not in the trash.
	Profiles(ctx context.Context, fn func(Profile) error) error
	// Settle checks a record that a merge has changed against the others (no circle of parents) and tells
	// mail of its addresses. It is called inside the merge's Tx.
	Settle(ctx context.Context, id string) error
}

// Repo keeps suspects and merges.
type Repo struct {
	db           *store.DB
	stakeholders Stakeholders
	suspects     *store.Collection[Suspect]
	records      *store.Collection[Record]
	parts        *store.Collection[part]
	targets      func() []*target
	asides       func() []*target
	journal      *audit.Journal

	// Rederive holds, by collection, what makes documents again whose references follow from others: it is
	// called, inside the Tx of an undo, with the ids of those that have changed since the merge.
	Rederive map[string]func(ctx context.Context, ids []string) error
	// Objections are what other rooms have against a merge. Each is asked in a preview and inside the Tx of a merge; its
	// fault is the answer.
	Objections []func(ctx context.Context, survivorID, loserID string) error
}

// NewRepo declares the collections, and has every write refused that would name somebody who was merged away.
func NewRepo(db *store.DB, people Stakeholders, journal *audit.Journal) *Repo {
	r := &Repo{db: db, stakeholders: people, journal: journal, suspects: declareSuspects(db), records: declareRecords(db), parts: declareParts(db),
		Rederive: map[string]func(context.Context, []string) error{}}
	r.targets = sync.OnceValue(func() []*target { return targets(db.Declared(), "repoint") })
	r.asides = sync.OnceValue(func() []*target { return targets(db.Declared(), "aside") })
	db.Journal(r.refuseMerged)
	return r
}

// Input says what is merged into what, and whose values stay.
type Input struct {
	SurvivorID, LoserID   string
	SurvivorRev, LoserRev int64             // as the person has seen them; 0 in a preview: as they are
	Choices               map[string]Choice // by field; what is not in it goes the usual way
}

// both reads the two records of a merge and checks that they can be one.
func (r *Repo) both(ctx context.Context, in Input) (survivor, loser []byte, err error) {
	if in.SurvivorID == in.LoserID {
		return nil, nil, fault.Field("loserId", "These are the same record.")
	}
	if survivor, err = r.stored(ctx, in.SurvivorID, in.SurvivorRev); err != nil {
		return nil, nil, err
	}
	if loser, err = r.stored(ctx, in.LoserID, in.LoserRev); err != nil {
		return nil, nil, err
	}
	a, b := headOf(survivor), headOf(loser)
	switch {
	case a.Kind != b.Kind:
		return nil, nil, fault.Field("loserId", "%s is of kind %s and %s of kind %s; only two of a kind can be merged.", a.Name, a.Kind, b.Name, b.Kind)
	case a.TrashedAt != "" || b.TrashedAt != "":
		return nil, nil, fault.Field("loserId", "A record in the trash cannot be merged. Restore it first.")
	}
	for _, object := range r.Objections {
		if err := object(ctx, in.SurvivorID, in.LoserID); err != nil {
			return nil, nil, err
		}
	}
	return survivor, loser, nil
}

// head is what a merge itself reads of a stakeholder.
type head struct {
	Rev       int64  `json:"rev"`
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	TrashedAt string `json:"trashedAt"`
}

func headOf(doc []byte) (h head) {
	_ = json.Unmarshal(doc, &h) // the store has written it
	return h
}

func revOf(doc []byte) int64 { return headOf(doc).Rev }

// stored gives a stakeholder at a revision. Of one that was merged away it says into whom.
func (r *Repo) stored(ctx context.Context, id string, rev int64) ([]byte, error) {
	docs, err := r.collection(stakeholders).Raw.Find(ctx, filter.Eq{Field: "id", Value: id}, 1)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		if rec, err := r.mergedAway(ctx, id); err == nil {
			return nil, fault.New(fault.NotFound, "%s has been merged into %s.", rec.LoserName, rec.SurvivorName)
		}
		return nil, fault.New(fault.NotFound, "There is no such stakeholder.")
	}
	if now := headOf(docs[0]); rev != 0 && now.Rev != rev {
		return nil, fault.New(fault.Stale, "%s has changed since you compared the two. Look at them again, then merge.", now.Name)
	}
	return docs[0], nil
}

// mergedAway gives the merge that stands in which somebody went.
func (r *Repo) mergedAway(ctx context.Context, id string) (*Record, error) {
	return r.records.First(ctx, filter.And{filter.Eq{Field: "loserId", Value: id}, filter.Eq{Field: "outcome", Value: string(Done)}})
}

// fused gives what the survivor will be, without references to itself.
func (r *Repo) fused(survivor, loser []byte, in Input) ([]byte, []FieldChoice, error) {
	a, err := parse(survivor)
	if err != nil {
		return nil, nil, err
	}
	b, err := parse(loser)
	if err != nil {
		return nil, nil, err
	}
	out, fields, err := fuse(a, b, in.Choices)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range r.targets() {
		if t.Name != stakeholders {
			continue
		}
		for _, ref := range t.refs {
			for _, id := range []string{in.LoserID, in.SurvivorID} {
				if err := without(out, ref.Field, id); err != nil {
					return nil, nil, err
				}
			}
		}
	}
	doc, err := encode(out)
	return doc, fields, err
}

// Merge makes one of two, in one transaction: the survivor takes over the values chosen, everything that
// names the loser names the survivor, and the loser goes. The record tells what Undo needs. fault.Stale
// where one of the two is not as the person has seen it.
func (r *Repo) Merge(ctx context.Context, in Input) (rec *Record, err error) {
	if in.SurvivorRev <= 0 || in.LoserRev <= 0 {
		return nil, fault.New(fault.RevisionRequired, "Say which revisions of the two records you merge.")
	}
	ctx = audit.Bulk(access.Everything(ctx), "merge of two stakeholders")
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		survivor, loser, err := r.both(ctx, in)
		if err != nil {
			return err
		}
		doc, _, err := r.fused(survivor, loser, in)
		if err != nil {
			return err
		}
		rec = &Record{SurvivorID: in.SurvivorID, LoserID: in.LoserID, Kind: headOf(survivor).Kind, SurvivorName: headOf(survivor).Name,
			LoserName: headOf(loser).Name, Outcome: Done, Choices: in.Choices, Before: string(survivor), Loser: string(loser),
			Moved: map[string]int{}, Removed: map[string]int{}, ByName: access.From(ctx).Name}
		rec.ID = store.NewID()
		n := &notes{}
		if err := r.setAside(ctx, in.LoserID, rec.ID, n); err != nil {
			return err
		}
		if err := r.repointAll(ctx, in.LoserID, in.SurvivorID, n, rec); err != nil {
			return err
		}
		if err := r.moveSuspects(ctx, in.LoserID, in.SurvivorID, n); err != nil {
			return err
		}
		records := r.collection(stakeholders).Raw
		if err := records.Remove(ctx, in.LoserID); err != nil { // before the survivor takes its unique values
			return err
		}
		after, err := records.Replace(ctx, doc)
		if err != nil {
			return err
		}
		rec.After = string(after)
		if err := r.stakeholders.Settle(ctx, in.SurvivorID); err != nil {
			return err
		}
		if err := r.save(ctx, rec.ID, n); err != nil {
			return err
		}
		return r.records.Create(ctx, rec)
	})
	return rec, err
}

// moveSuspects takes the loser out of all pairs. What people have said of it, that it is not the same as a
// third, is true of the survivor from now on.
func (r *Repo) moveSuspects(ctx context.Context, from, to string, n *notes) error {
	list, err := r.suspects.Find(ctx, naming(from), nil, 0)
	if err != nil {
		return err
	}
	raw := r.collection("suspects").Raw
	for _, s := range list {
		docs, err := raw.Find(ctx, filter.Eq{Field: "id", Value: s.ID}, 1)
		if err != nil {
			return err
		}
		n.gone = append(n.gone, gone{Collection: "suspects", Doc: string(docs[0])})
		if err := r.suspects.Delete(ctx, s.ID); err != nil {
			return err
		}
		third := s.A
		if third == from {
			third = s.B
		}
		if s.State != Different || third == to || third == "" {
			continue
		}
		pair := &Suspect{A: min(third, to), B: max(third, to), Kind: s.Kind, Score: s.Score, Reasons: s.Reasons, State: Different,
			DecidedBy: s.DecidedBy, DecidedAt: s.DecidedAt}
		there, err := r.suspects.Count(ctx, filter.And{filter.Eq{Field: "a", Value: pair.A}, filter.Eq{Field: "b", Value: pair.B}})
		if err != nil {
			return err
		}
		if there > 0 {
			continue // people see that pair, or have decided about it, as it is
		}
		if err := r.suspects.Create(ctx, pair); err != nil {
			return err
		}
		n.made = append(n.made, made{Collection: "suspects", ID: pair.ID})
	}
	return nil
}
