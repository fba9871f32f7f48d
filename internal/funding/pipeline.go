package funding

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/list"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Donors knows the stakeholders; their own room is it.
type Donors interface {
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// SourceTypes gives the kind of purse of each id for which it is known.
	SourceTypes(ctx context.Context, ids []string) (map[string]string, error)
}

// Staff knows who uses Piper; the accounts' own room is it.
type Staff interface {
	// Names gives the name of every account, closed ones included, by id.
	Names(ctx context.Context) (map[string]string, error)
}

// Rates knows what an amount is worth in the reporting currency on a day; the books' own room is it.
type Rates interface {
	Worth(ctx context.Context, amount money.Money, on store.Date) (money.Frozen, error)
}

// CallTitles knows the calls for proposals; their own room is it.
type CallTitles interface {
	// Titles gives the title of each id that exists.
	Titles(ctx context.Context, ids []string) (map[string]string, error)
}

// Templates makes tasks of a template; the room of tasks is it.
type Templates interface {
	// ApplyTemplate makes its tasks with a stakeholder, counted from a day, for whoever owns them. It joins the
	// transaction of ctx. fault.NotFound where the template is gone.
	ApplyTemplate(ctx context.Context, templateID, stakeholderID, ownerID string, anchor store.Date, key string) error
}

// Neighbours are what the pipeline needs of other rooms.
type Neighbours struct {
	Donors    Donors
	Staff     Staff
	Rates     Rates
	Calls     CallTitles
	Templates Templates
}

// Pipeline keeps opportunities and which templates of tasks their stages bring. Every read leaves amounts out
// for a reader who may not see them.
type Pipeline struct {
	db        *store.DB
	donors    Donors
	staff     Staff
	rates     Rates
	calls     CallTitles
	templates Templates
	all       *store.Collection[Opportunity]
	habits    *store.Collection[StageTemplates]

	// Reporting is the currency of sums, that of the books. Set before the first use.
	Reporting money.Reporting
	// Agreements knows which awards have become agreements. Set before the first move; nil: none has.
	Agreements interface {
		AwardedFrom(ctx context.Context, opportunityID string) (*Agreement, bool, error)
	}
}

// NewPipeline declares the collections.
func NewPipeline(db *store.DB, n Neighbours) *Pipeline {
	return &Pipeline{db: db, donors: n.Donors, staff: n.Staff, rates: n.Rates, calls: n.Calls, templates: n.Templates,
		all: store.Declare(db, store.Spec[Opportunity]{
			Name: "opportunities",
			Fields: []driver.Field{{Path: "sortTitle"}, {Path: "donorId"}, {Path: "programme"}, {Path: "callId"}, {Path: "ownerId"}, {Path: "stage"},
				{Path: "since"}, {Path: "deadline"}, {Path: "decision"}, {Path: "probability", Kind: driver.Int}, {Path: "worth.minor", Kind: driver.Int},
				{Path: "earmarking"}, {Path: "partners.stakeholderId", Multi: true}, {Path: "trashedAt"}, {Path: "key"},
				{Path: "createdAt"}, {Path: "updatedAt"}},
			Unique: [][]string{{"key"}},
			Indexes: [][]driver.Key{
				{{Path: "stage"}, {Path: "deadline"}},
				{{Path: "ownerId"}, {Path: "stage"}, {Path: "deadline"}},
				{{Path: "donorId"}},
				{{Path: "partners.stakeholderId"}},
				{{Path: "callId"}},
				{{Path: "updatedAt", Desc: true}},
			},
			Refs: []store.Ref{
				{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"},
				{Field: "partners.stakeholderId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"},
			},
			Words: opportunityWords, Audited: true,
		}),
		habits: store.Declare(db, store.Spec[StageTemplates]{Name: "stagetemplates", Audited: true}),
	}
}

// opportunityWords holds no amounts: who may not read them must not find by them either.
func opportunityWords(o *Opportunity) store.Words {
	if o.TrashedAt != "" {
		return store.Words{}
	}
	w := store.Words{Names: []string{o.Title}, Texts: []string{o.Programme, o.Notes}}
	if o.GoNoGo != nil {
		w.Texts = append(w.Texts, o.GoNoGo.Reasons)
	}
	if o.Lost != nil {
		w.Texts = append(w.Texts, o.Lost.Text)
	}
	return w
}

// OpportunityFields is what the list may be filtered by. By amounts it may only be by who reads them: an order or
// a filter tells them as well as a column does.
func (p *Pipeline) OpportunityFields(ctx context.Context) list.Fields {
	fields := list.Fields{
		{Name: "title", Label: "Title", Path: "sortTitle", Kind: list.Text},
		{Name: "stage", Label: "Stage", Path: "stage", Kind: list.Choice, Values: stageWords()},
		{Name: "open", Label: "Still open", Kind: list.YesNo, As: func(_ list.Op, yes any) (filter.Expr, error) {
			return filter.In{Field: "stage", Values: places(func(r StageRule) bool { return r.Open == yes.(bool) })}, nil
		}},
		{Name: "donorId", Label: "Donor", Path: "donorId", Kind: list.Record, Of: list.OfStakeholder},
		{Name: "ownerId", Label: "Owner", Path: "ownerId", Kind: list.Record, Of: list.OfAccount, Tidy: access.Mine(ctx)},
		{Name: "partnerId", Label: "Partner", Path: "partners.stakeholderId", Kind: list.Words, Of: list.OfStakeholder},
		{Name: "programme", Label: "Programme", Path: "programme", Kind: list.Word},
		{Name: "earmarking", Label: "Earmarking", Path: "earmarking", Kind: list.Choice, Values: earmarkings},
		{Name: "probability", Label: "Probability, %", Path: "probability", Kind: list.Number},
		{Name: "since", Label: "In its stage since", Path: "since", Kind: list.Day},
		{Name: "deadline", Label: "Deadline", Path: "deadline", Kind: list.Day},
		{Name: "decision", Label: "Decision", Path: "decision", Kind: list.Day},
		{Name: "createdAt", Label: "Added", Path: "createdAt", Kind: list.Moment},
		{Name: "updatedAt", Label: "Changed", Path: "updatedAt", Kind: list.Moment},
	}
	if seesAmount(ctx) {
		fields = append(fields, list.Field{Name: askField, Label: "Ask in " + p.Reporting.Code(), Path: "worth.minor", Kind: list.Amount})
	}
	return fields
}

// OpportunitySorts maps what the list may be sorted by to the declared field.
func OpportunitySorts(ctx context.Context) map[string]string {
	sorts := map[string]string{"title": "sortTitle", "deadline": "deadline", "decision": "decision", "since": "since",
		"probability": "probability", "stage": "stage", "updatedAt": "updatedAt", "createdAt": "createdAt"}
	if seesAmount(ctx) {
		sorts[askField] = "worth.minor"
	}
	return sorts
}

const askField = "ask"

func stageWords() []string {
	words := make([]string, len(stages))
	for i, r := range stages {
		words[i] = string(r.Stage)
	}
	return words
}

// seesAmount reports whether the reader of ctx may know how much money it is.
func seesAmount(ctx context.Context) bool { return access.From(ctx).May(access.AmountsRead) }

// show leaves amounts out for a reader who may not see them. Every way out goes through it.
func (o *Opportunity) show(ctx context.Context) *Opportunity {
	if o != nil && !seesAmount(ctx) {
		o.Ask, o.Frozen, o.CoFinancing.Amount = nil, money.Frozen{}, nil
	}
	return o
}

func (s Sums) show(ctx context.Context) Sums {
	if seesAmount(ctx) {
		return s
	}
	return Sums{Count: s.Count}
}

// OpportunitySearch says which opportunities a list shows. Empty fields do not narrow it.
type OpportunitySearch struct {
	Stages                   []Stage
	Open                     bool // still to be decided
	OwnerID, DonorID         string
	Programme, CallID        string
	DecisionFrom, DecisionTo store.Date
	Trashed                  bool        // those in the trash instead of the others
	Where                    filter.Expr // what OpportunityFields has read
}

func (s OpportunitySearch) where() filter.Expr {
	w := filter.And{notTrashed}
	if s.Trashed {
		w = filter.And{filter.Exists{Field: "trashedAt"}}
	}
	if s.Open {
		w = append(w, filter.In{Field: "stage", Values: places(func(r StageRule) bool { return r.Open })})
	}
	if len(s.Stages) > 0 {
		w = append(w, filter.In{Field: "stage", Values: places(func(r StageRule) bool { return slices.Contains(s.Stages, r.Stage) })})
	}
	for field, value := range map[string]string{"ownerId": s.OwnerID, "donorId": s.DonorID, "programme": s.Programme, "callId": s.CallID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.DecisionFrom != "" {
		w = append(w, filter.Compare{Field: "decision", Op: filter.Gte, Value: string(s.DecisionFrom)})
	}
	if s.DecisionTo != "" {
		w = append(w, filter.Compare{Field: "decision", Op: filter.Lte, Value: string(s.DecisionTo)})
	}
	if s.Where != nil {
		w = append(w, s.Where)
	}
	return w
}

// Page gives a page of the list; q carries text, sort, limit and cursor.
func (p *Pipeline) Page(ctx context.Context, s OpportunitySearch, q store.Query) (store.Page[Opportunity], error) {
	q.Where = s.where()
	page, err := p.all.Page(ctx, q)
	for _, o := range page.Items {
		o.show(ctx)
	}
	return page, err
}

// Walk calls fn with the opportunities of a list, page by page, in the order of q.
func (p *Pipeline) Walk(ctx context.Context, s OpportunitySearch, q store.Query, fn func([]*Opportunity) error) error {
	q.Where = s.where()
	return p.all.Walk(ctx, q, func(page []*Opportunity) error {
		for _, o := range page {
			o.show(ctx)
		}
		return fn(page)
	})
}

// find gives all of a search as they are stored, amounts included: for sums, which hide them themselves.
func (p *Pipeline) find(ctx context.Context, s OpportunitySearch) ([]*Opportunity, error) {
	return p.all.Find(ctx, s.where(), []driver.Key{{Path: "deadline"}, {Path: "sortTitle"}}, 0)
}

// Get gives an opportunity, also one in the trash.
func (p *Pipeline) Get(ctx context.Context, id string) (*Opportunity, error) {
	o, err := p.all.Get(ctx, id)
	return o.show(ctx), err
}
