package funding

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Parties knows the stakeholders; their own room is it.
type Parties interface {
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Colleagues knows who uses Piper; the accounts' own room is it.
type Colleagues interface {
	// Names gives the name of every account, closed ones included, by id.
	Names(ctx context.Context) (map[string]string, error)
}

// Exchange knows what an amount is worth in the reporting currency on a day; the books' own room is it.
type Exchange interface {
	Worth(ctx context.Context, amount money.Money, on store.Date) (money.Frozen, error)
}

// Agreements keeps agreements with their instalments, requirements and amendments, the strings that donors attach,
// and the rules that propose requirements. Every read leaves amounts out for a reader who may not see them.
type Agreements struct {
	db         *store.DB
	parties    Parties
	colleagues Colleagues
	exchange   Exchange
	todo       ToDo
	agreements *store.Collection[Agreement]
	strings    *store.Collection[String]
	rules      *store.Collection[RequirementRules]

	// Reporting is the currency of the books. Set before the first use.
	Reporting money.Reporting
	// Opportunities has to be set before an agreement is made from one.
	Opportunities Opportunities
	Due           Endings // set before the first read; nil: the calendar shows no end of due diligence
}

// NewAgreements declares the collections. todo may be nil: then requirements come without tasks.
func NewAgreements(db *store.DB, parties Parties, colleagues Colleagues, exchange Exchange, todo ToDo) *Agreements {
	party := func(field string) store.Ref {
		return store.Ref{Field: field, Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}
	}
	return &Agreements{db: db, parties: parties, colleagues: colleagues, exchange: exchange, todo: todo,
		agreements: store.Declare(db, store.Spec[Agreement]{
			Name: "agreements",
			Fields: []driver.Field{{Path: "sortTitle"}, {Path: "number"}, {Path: "donorId"}, {Path: "ultimateDonorId"}, {Path: "passThrough.leadId"},
				{Path: "opportunityId"}, {Path: "renewalOf"}, {Path: "programme"}, {Path: "ownerId"}, {Path: "signedOn"}, {Path: "from"}, {Path: "to"},
				{Path: "closedOn"}, {Path: "sourceType"}, {Path: "earmarking"}, {Path: "operatingGrant", Kind: driver.Bool},
				{Path: "worth.minor", Kind: driver.Int}, {Path: "updatedAt"},
				{Path: "instalments.id", Multi: true}, {Path: "instalments.incomeId", Multi: true}},
			Unique: [][]string{{"opportunityId"}},
			Indexes: [][]driver.Key{{{Path: "sortTitle"}}, {{Path: "to"}}, {{Path: "donorId"}}, {{Path: "ultimateDonorId"}},
				{{Path: "passThrough.leadId"}}, {{Path: "renewalOf"}}, {{Path: "instalments.id"}}, {{Path: "instalments.incomeId"}}},
			Refs:  []store.Ref{party("donorId"), party("ultimateDonorId"), party("passThrough.leadId")},
			Words: agreementWords, Audited: true,
		}),
		strings: store.Declare(db, store.Spec[String]{
			Name: "strings",
			Fields: []driver.Field{{Path: "donorId"}, {Path: "agreementId"}, {Path: "kind"}, {Path: "severity", Kind: driver.Int},
				{Path: "waived", Kind: driver.Bool}, {Path: "from"}, {Path: "to"}, {Path: "updatedAt"}},
			Indexes: [][]driver.Key{{{Path: "donorId"}}, {{Path: "agreementId"}}},
			Refs:    []store.Ref{party("donorId")},
			Words:   func(s *String) store.Words { return store.Words{Texts: []string{s.Text, s.Clause}} },
			Audited: true,
		}),
		rules: store.Declare(db, store.Spec[RequirementRules]{Name: "requirement_rules", Audited: true}),
	}
}

func agreementWords(a *Agreement) store.Words {
	return store.Words{Names: []string{a.Title, a.Number, a.Programme}, Texts: []string{a.Notes}}
}

// Today gives the day in Brussels now, by which states and what is overdue are told.
func (r *Agreements) Today() store.Date { return r.db.Now().Day() }

// AgreementSearch says which agreements a list shows. Empty fields do not narrow it.
type AgreementSearch struct {
	State          AgreementState
	DonorID        string   // who pays
	Ultimates      []string // whose money it is: any of them
	SourceType     string
	Earmarking     string
	OwnerID        string
	RenewalOf      string
	OperatingGrant bool
	From, To       store.Date  // the term touches this span
	Where          filter.Expr // what AgreementFields has read
}

func (r *Agreements) where(s AgreementSearch) filter.And {
	w := filter.And{}
	for field, value := range map[string]string{"donorId": s.DonorID, "sourceType": s.SourceType, "earmarking": s.Earmarking,
		"ownerId": s.OwnerID, "renewalOf": s.RenewalOf} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.Ultimates != nil {
		in := filter.In{Field: "ultimateDonorId"}
		for _, id := range s.Ultimates {
			in.Values = append(in.Values, id)
		}
		w = append(w, in)
	}
	if s.OperatingGrant {
		w = append(w, filter.Eq{Field: "operatingGrant", Value: true})
	}
	if s.From != "" {
		w = append(w, filter.Compare{Field: "to", Op: filter.Gte, Value: string(s.From)})
	}
	if s.To != "" {
		w = append(w, filter.Compare{Field: "from", Op: filter.Lte, Value: string(s.To)})
	}
	if s.Where != nil {
		w = append(w, s.Where)
	}
	return append(w, s.State.where(r.Today())...)
}

// where is StateOn as a filter.
func (s AgreementState) where(today store.Date) filter.And {
	compare := func(field string, op filter.Op) filter.Expr {
		return filter.Compare{Field: field, Op: op, Value: string(today)}
	}
	signed := compare("signedOn", filter.Lte)
	open := filter.Not{Expr: compare("closedOn", filter.Lte)}
	switch s {
	case Draft:
		return filter.And{filter.Not{Expr: signed}}
	case Closed:
		return filter.And{signed, compare("closedOn", filter.Lte)}
	case Signed:
		return filter.And{signed, open, compare("from", filter.Gt)}
	case Running:
		return filter.And{signed, open, compare("from", filter.Lte), compare("to", filter.Gte)}
	case Ended:
		return filter.And{signed, open, compare("to", filter.Lt)}
	}
	return nil
}

// Page gives a page of agreements; q carries text, sort, limit and cursor.
func (r *Agreements) Page(ctx context.Context, s AgreementSearch, q store.Query) (store.Page[Agreement], error) {
	for _, key := range q.Sort {
		if key.Path == "worth.minor" && !seesAmounts(ctx) {
			return store.Page[Agreement]{}, fault.Field("sort", "Your role does not read amounts, so it cannot sort by them.")
		}
	}
	q.Where = r.where(s)
	page, err := r.agreements.Page(ctx, q)
	for _, a := range page.Items {
		a.show(ctx)
	}
	return page, err
}

// Of gives the agreements in which a stakeholder pays, owns the money or passes it on.
func (r *Agreements) Of(ctx context.Context, stakeholderID string) ([]*Agreement, error) {
	any := filter.Or{}
	for _, field := range []string{"donorId", "ultimateDonorId", "passThrough.leadId"} {
		any = append(any, filter.Eq{Field: field, Value: stakeholderID})
	}
	list, err := r.agreements.Find(ctx, any, nil, 0)
	for _, a := range list {
		a.show(ctx)
	}
	return list, err
}

// Get gives one agreement.
func (r *Agreements) Get(ctx context.Context, id string) (*Agreement, error) {
	a, err := r.agreements.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return a.show(ctx), nil
}

// WithInstalment gives the agreement that an instalment belongs to, and the instalment. NotFound where there is none.
func (r *Agreements) WithInstalment(ctx context.Context, iid string) (*Agreement, *Instalment, error) {
	return r.instalmentBy(ctx, "instalments.id", []any{iid}, func(p Instalment) bool { return p.ID == iid })
}

// PaidBy gives an agreement and its instalment that one of some income lines has paid. NotFound where they have paid none.
func (r *Agreements) PaidBy(ctx context.Context, incomeIDs ...string) (*Agreement, *Instalment, error) {
	values := make([]any, len(incomeIDs))
	for i, id := range incomeIDs {
		values[i] = id
	}
	return r.instalmentBy(ctx, "instalments.incomeId", values, func(p Instalment) bool { return slices.Contains(incomeIDs, p.IncomeID) })
}

func (r *Agreements) instalmentBy(ctx context.Context, field string, values []any, is func(Instalment) bool) (*Agreement, *Instalment, error) {
	a, err := r.agreements.First(ctx, filter.Has{Field: field, Values: values})
	if fault.Is(err, fault.NotFound) {
		return nil, nil, noInstalment()
	}
	if err != nil {
		return nil, nil, err
	}
	a = a.show(ctx)
	return a, &a.Instalments[slices.IndexFunc(a.Instalments, is)], nil
}

// Titles gives the titles of agreements by id; those that are gone are left out.
func (r *Agreements) Titles(ctx context.Context, ids []string) (map[string]string, error) {
	in := filter.In{Field: "id"}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		in.Values = append(in.Values, id)
	}
	list, err := r.agreements.Find(ctx, in, nil, 0)
	titles := map[string]string{}
	for _, a := range list {
		titles[a.ID] = a.Title
	}
	return titles, err
}
