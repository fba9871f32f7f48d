package stakeholder

import (
	"context"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// RelationType is a kind of link between stakeholders. It reads from the subject to the object ("funds")
// and back ("is funded by"); a symmetric one reads the same both ways.
type RelationType struct {
	Name      string `json:"name"`
	Label     string `json:"label" doc:"from the subject to the object"`
	Back      string `json:"back" doc:"from the object to the subject"`
	Symmetric bool   `json:"symmetric"`
	Subjects  []Kind `json:"subjects" nullable:"false" enum:"person,organisation,seat" doc:"what kinds the subject may be of"`
	Objects   []Kind `json:"objects" nullable:"false" enum:"person,organisation,seat" doc:"what kinds the object may be of"`
	SameKind  bool   `json:"sameKind,omitempty" doc:"both ends must be of one kind"`
}

// RelationTypes is every type there is, in the order in which they are offered.
var RelationTypes = []RelationType{
	{Name: "member-of", Label: "is a member of", Back: "has as a member", Subjects: []Kind{Person, Organisation}, Objects: []Kind{Organisation}},
	{Name: "funds", Label: "funds", Back: "is funded by", Subjects: []Kind{Organisation, Person}, Objects: []Kind{Organisation, Person}},
	{Name: "oversees", Label: "oversees", Back: "is overseen by", Subjects: []Kind{Organisation, Seat}, Objects: []Kind{Organisation, Seat}},
	{Name: "allied-with", Label: "is allied with", Back: "is allied with", Symmetric: true, Subjects: []Kind{Organisation, Person}, Objects: []Kind{Organisation, Person}},
	{Name: "advises", Label: "advises", Back: "is advised by", Subjects: []Kind{Person, Organisation}, Objects: Kinds},
	{Name: "works-with", Label: "works with", Back: "works with", Symmetric: true, Subjects: Kinds, Objects: Kinds},
	{Name: "successor-of", Label: "is the successor of", Back: "was succeeded by", Subjects: []Kind{Organisation, Seat}, Objects: []Kind{Organisation, Seat}, SameKind: true},
	{Name: "opposes", Label: "opposes", Back: "is opposed by", Subjects: []Kind{Person, Organisation}, Objects: Kinds},
}

func relationType(name string) (RelationType, bool) {
	for _, t := range RelationTypes {
		if t.Name == name {
			return t, true
		}
	}
	return RelationType{}, false
}

// Relation is a dated link of one type between two stakeholders.
type Relation struct {
	store.Meta
	Type      string `json:"type"`
	SubjectID string `json:"subjectId"`
	ObjectID  string `json:"objectId"`
	Span
	Strength int    `json:"strength,omitempty" minimum:"1" maximum:"5" doc:"from 1, loose, to 5, close; absent where nobody has said"`
	Source   string `json:"source,omitempty" doc:"how we know"`
	Note     string `json:"note,omitempty"`

	// An end in the trash takes the relation out of the lists of the other end.
	SubjectInTrash bool `json:"subjectInTrash,omitempty"`
	ObjectInTrash  bool `json:"objectInTrash,omitempty"`
}

// RelationSorts maps what a list may be sorted by to the declared field.
var RelationSorts = map[string]string{"type": "type", "from": "from", "to": "to", "strength": "strength", "updatedAt": "updatedAt", "createdAt": "createdAt"}

func declareRelations(db *store.DB) *store.Collection[Relation] {
	return store.Declare(db, store.Spec[Relation]{
		Name: "relations",
		Fields: []driver.Field{
			{Path: "type"}, {Path: "subjectId"}, {Path: "objectId"}, {Path: "from"}, {Path: "to"}, {Path: "updatedAt"}, {Path: "createdAt"},
			{Path: "strength", Kind: driver.Int}, {Path: "subjectInTrash", Kind: driver.Bool}, {Path: "objectInTrash", Kind: driver.Bool},
		},
		Indexes: [][]driver.Key{
			{{Path: "subjectId"}, {Path: "type"}},
			{{Path: "objectId"}, {Path: "type"}},
			{{Path: "type"}, {Path: "from", Desc: true}},
		},
		Refs: []store.Ref{
			{Field: "subjectId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"},
			{Field: "objectId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"},
		},
		Words:   func(l *Relation) store.Words { return store.Words{Texts: []string{l.Source, l.Note}} },
		Audited: true,
	})
}

func (l *Relation) tidy() error {
	var c fault.Checks
	l.Source, l.Note = oneLine(l.Source), strings.TrimSpace(l.Note)
	_, ok := relationType(l.Type)
	c.Require(ok, "type", "Choose what the relation is.")
	c.Require(l.SubjectID != "", "subjectId", "Choose a stakeholder.")
	c.Require(l.ObjectID != "", "objectId", "Choose a stakeholder.")
	c.Require(l.SubjectID == "" || l.SubjectID != l.ObjectID, "objectId", "A stakeholder has no relation to itself.")
	c.Require(l.Strength >= 0 && l.Strength <= 5, "strength", "The strength is a number from 1 to 5.")
	noLonger(&c, l.Source, 300, "source")
	noLonger(&c, l.Note, 1000, "note")
	l.Span.tidy(&c)
	return c.Err()
}

// RelationSearch says which relations a list shows. Empty fields do not narrow it.
type RelationSearch struct {
	StakeholderID string // at either end
	Type          string
	State         State
}

var (
	subjectShown = filter.Not{Expr: filter.Eq{Field: "subjectInTrash", Value: true}}
	objectShown  = filter.Not{Expr: filter.Eq{Field: "objectInTrash", Value: true}}
)

func (r *Repo) relationsWhere(s RelationSearch) filter.Expr {
	w := filter.And{}
	if id := s.StakeholderID; id != "" {
		w = append(w, filter.Or{
			filter.And{filter.Eq{Field: "subjectId", Value: id}, objectShown},
			filter.And{filter.Eq{Field: "objectId", Value: id}, subjectShown},
		})
	} else {
		w = append(w, subjectShown, objectShown)
	}
	if s.Type != "" {
		w = append(w, filter.Eq{Field: "type", Value: s.Type})
	}
	if s.State != "" {
		w = append(w, inState(s.State, r.today()))
	}
	return w
}

// Relations gives a page of relations.
func (r *Repo) Relations(ctx context.Context, s RelationSearch, q store.Query) (store.Page[Relation], error) {
	q.Where = r.relationsWhere(s)
	return r.relations.Page(ctx, q)
}

// EachRelation calls fn for every relation of a search that holds the words of text,
// some hundred at a time.
func (r *Repo) EachRelation(ctx context.Context, s RelationSearch, text string, fn func([]*Relation) error) error {
	return r.relations.Walk(ctx, store.Query{Where: r.relationsWhere(s), Text: text, Sort: []driver.Key{{Path: "id"}}}, fn)
}

// Relation gives one.
func (r *Repo) Relation(ctx context.Context, id string) (*Relation, error) {
	return r.relations.Get(ctx, id)
}

// CreateRelation adds one. Duplicate where the same is recorded already for some of the time.
func (r *Repo) CreateRelation(ctx context.Context, l *Relation) error {
	if err := l.tidy(); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkRelation(ctx, l); err != nil {
			return err
		}
		return r.relations.Create(ctx, l)
	})
}

// UpdateRelation changes revision rev of one.
func (r *Repo) UpdateRelation(ctx context.Context, id string, rev int64, change func(*Relation)) (saved *Relation, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		saved, err = r.relations.UpdateAt(ctx, id, rev, func(l *Relation) error {
			change(l)
			if err := l.tidy(); err != nil {
				return err
			}
			return r.checkRelation(ctx, l)
		})
		return err
	})
	return saved, err
}

// DeleteRelation removes revision rev of one for good. What is over is ended, not removed; this is for
// mistakes.
func (r *Repo) DeleteRelation(ctx context.Context, id string, rev int64) error {
	return r.relations.DeleteAt(ctx, id, rev, nil)
}

// checkRelation looks at both ends, and for the same relation recorded twice.
func (r *Repo) checkRelation(ctx context.Context, l *Relation) error {
	ends, err := r.ends(ctx, l.SubjectID, l.ObjectID)
	if err != nil {
		return err
	}
	t, _ := relationType(l.Type)
	var c fault.Checks
	subject, object := ends[l.SubjectID], ends[l.ObjectID]
	c.Require(subject != nil, "subjectId", "There is no such stakeholder.")
	c.Require(object != nil, "objectId", "There is no such stakeholder.")
	if subject != nil && object != nil {
		c.Require(slices.Contains(t.Subjects, subject.Kind), "type", "“%s %s” cannot be said of a %s.", subject.Name, t.Label, subject.Kind)
		c.Require(slices.Contains(t.Objects, object.Kind), "type", "“%s %s” cannot be said of a %s.", object.Name, t.Back, object.Kind)
		c.Require(!t.SameKind || subject.Kind == object.Kind, "type", "“%s” needs two of the same kind.", t.Label)
	}
	if err := c.Err(); err != nil {
		return err
	}
	l.SubjectInTrash, l.ObjectInTrash = subject.TrashedAt != "", object.TrashedAt != ""
	return r.checkOnce(ctx, l, t)
}

func (r *Repo) checkOnce(ctx context.Context, l *Relation, t RelationType) error {
	same := filter.Or{pair(l.SubjectID, l.ObjectID)}
	if t.Symmetric {
		same = append(same, pair(l.ObjectID, l.SubjectID))
	}
	others, err := r.relations.Find(ctx, filter.And{filter.Eq{Field: "type", Value: l.Type}, same}, nil, 0)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != l.ID && o.Overlaps(l.Span) {
			return fault.New(fault.Duplicate, "This relation is recorded already for that time.")
		}
	}
	return nil
}

func pair(subjectID, objectID string) filter.Expr {
	return filter.And{filter.Eq{Field: "subjectId", Value: subjectID}, filter.Eq{Field: "objectId", Value: objectID}}
}
