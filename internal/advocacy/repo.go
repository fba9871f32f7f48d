package advocacy

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Directory knows the stakeholders; their own room is it.
type Directory interface {
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Repo keeps priorities and positions.
type Repo struct {
	db         *store.DB
	directory  Directory
	positions  *store.Collection[Position]
	priorities *store.Collection[Priorities]
}

// NewRepo declares the collections.
func NewRepo(db *store.DB, directory Directory) *Repo {
	return &Repo{db: db, directory: directory,
		positions: store.Declare(db, store.Spec[Position]{
			Name: "positions",
			Fields: []driver.Field{{Path: "stakeholderId"}, {Path: "priorityId"}, {Path: "stance"}, {Path: "date"}, {Path: "at"},
				{Path: "influence", Kind: driver.Int}, {Path: "interest", Kind: driver.Int}, {Path: "createdAt"}, {Path: "updatedAt"}},
			Indexes: [][]driver.Key{
				{{Path: "stakeholderId"}, {Path: "at", Desc: true}},
				{{Path: "priorityId"}, {Path: "date", Desc: true}},
				{{Path: "date", Desc: true}},
			},
			Refs:    []store.Ref{{Field: "stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}},
			Words:   func(p *Position) store.Words { return store.Words{Texts: []string{p.Evidence}} },
			Audited: true,
		}),
		priorities: store.Declare(db, store.Spec[Priorities]{Name: "priorities", Audited: true}),
	}
}

func (r *Repo) today() store.Date { return r.db.Now().Day() }

// Search says which positions a list shows. Empty fields do not narrow it.
type Search struct {
	StakeholderID, PriorityID, Stance string
}

func (s Search) where() filter.Expr {
	w := filter.And{}
	for field, value := range map[string]string{"stakeholderId": s.StakeholderID, "priorityId": s.PriorityID, "stance": s.Stance} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	return w
}

// Positions gives a page of positions.
func (r *Repo) Positions(ctx context.Context, s Search, q store.Query) (store.Page[Position], error) {
	q.Where = s.where()
	return r.positions.Page(ctx, q)
}

// EachPosition calls fn for every position of a search that holds the words of text, some hundred at a time.
func (r *Repo) EachPosition(ctx context.Context, s Search, text string, fn func([]*Position) error) error {
	return r.positions.Walk(ctx, store.Query{Where: s.where(), Text: text, Sort: []driver.Key{{Path: "id"}}}, fn)
}

// PositionsAfter gives the positions of a stakeholder behind a place in its timeline, the newest first.
func (r *Repo) PositionsAfter(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*Position, error) {
	w := filter.And{filter.Eq{Field: "stakeholderId", Value: stakeholderID}, store.Behind("at", at, id)}
	return r.positions.Find(ctx, w, []driver.Key{{Path: "at", Desc: true}}, limit)
}

// Courses gives where a stakeholder stands on each priority on which it has a position.
func (r *Repo) Courses(ctx context.Context, stakeholderID string) ([]Course, error) {
	plan, err := r.Priorities(ctx)
	if err != nil {
		return nil, err
	}
	// Of two of one day the one written down last is the newer.
	list, err := r.positions.Find(ctx, filter.Eq{Field: "stakeholderId", Value: stakeholderID}, []driver.Key{{Path: "date", Desc: true}, {Path: "id", Desc: true}}, 0)
	return courses(list, plan), err
}

// Position gives one.
func (r *Repo) Position(ctx context.Context, id string) (*Position, error) {
	return r.positions.Get(ctx, id)
}

// AddPosition writes one down.
func (r *Repo) AddPosition(ctx context.Context, p *Position) error {
	if err := p.tidy(r.today()); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.check(ctx, p, ""); err != nil {
			return err
		}
		return r.positions.Create(ctx, p)
	})
}

// UpdatePosition corrects revision rev of one.
func (r *Repo) UpdatePosition(ctx context.Context, id string, rev int64, change func(*Position)) (saved *Position, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.positions.UpdateAt(ctx, id, rev, func(p *Position) error {
			before := p.PriorityID
			change(p)
			if err := p.tidy(r.today()); err != nil {
				return err
			}
			return r.check(ctx, p, before)
		})
		return err
	})
	return saved, err
}

// DeletePosition removes revision rev of one that was a mistake.
func (r *Repo) DeletePosition(ctx context.Context, id string, rev int64) error {
	return r.positions.DeleteAt(ctx, id, rev, nil)
}

// check looks whether there are such a stakeholder and such a priority. A retired one is refused, but where it was named before.
func (r *Repo) check(ctx context.Context, p *Position, before string) error {
	names, err := r.directory.Names(ctx, []string{p.StakeholderID})
	if err != nil {
		return err
	}
	plan, err := r.Priorities(ctx)
	if err != nil {
		return err
	}
	var c fault.Checks
	c.Require(names[p.StakeholderID] != "", "stakeholderId", "There is no such stakeholder.")
	i := slices.IndexFunc(plan.Priorities, func(one Priority) bool { return one.ID == p.PriorityID })
	c.Require(i >= 0, "priorityId", "There is no such priority.")
	c.Require(i < 0 || !plan.Priorities[i].Retired || before == p.PriorityID, "priorityId", "This priority is retired.")
	return c.Err()
}
