package funding

import (
	"context"

	"piper/internal/access"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// AgreementFields is what agreements may be filtered by, by amounts only by who reads them. The state follows from
// the dates, as of today. family gives the ids of a stakeholder and of everybody who is part of them.
func (r *Agreements) AgreementFields(ctx context.Context, family func(id string) ([]string, error)) list.Fields {
	today := r.Today()
	fields := list.Fields{
		{Name: "title", Label: "Title", Path: "sortTitle", Kind: list.Text},
		{Name: "number", Label: "Number", Path: "number", Kind: list.Word},
		{Name: "state", Label: "State", Kind: list.Choice, Values: list.Texts(AgreementStates), As: func(_ list.Op, v any) (filter.Expr, error) {
			return AgreementState(v.(string)).where(today), nil
		}},
		{Name: "donorId", Label: "Paid by", Path: "donorId", Kind: list.Record, Of: list.OfStakeholder},
		{Name: "ultimateDonorId", Label: "Money of", Kind: list.Record, Of: list.OfStakeholder, As: func(_ list.Op, id any) (filter.Expr, error) {
			ids, err := family(id.(string))
			in := filter.In{Field: "ultimateDonorId"}
			for _, id := range ids {
				in.Values = append(in.Values, id)
			}
			return in, err
		}},
		{Name: "leadId", Label: "Passed on by", Path: "passThrough.leadId", Kind: list.Record, Of: list.OfStakeholder},
		{Name: "ownerId", Label: "Looked after by", Path: "ownerId", Kind: list.Record, Of: list.OfAccount, Tidy: access.Mine(ctx)},
		{Name: "programme", Label: "Programme", Path: "programme", Kind: list.Word},
		{Name: "sourceType", Label: "Source type", Path: "sourceType", Kind: list.Choice, Values: sourceTypes},
		{Name: "earmarking", Label: "Earmarking", Path: "earmarking", Kind: list.Choice, Values: earmarkings},
		{Name: "operatingGrant", Label: "Operating grant", Path: "operatingGrant", Kind: list.YesNo},
		{Name: "signedOn", Label: "Signed", Path: "signedOn", Kind: list.Day},
		{Name: "from", Label: "Begins", Path: "from", Kind: list.Day},
		{Name: "to", Label: "Ends", Path: "to", Kind: list.Day},
		{Name: "closedOn", Label: "Closed", Path: "closedOn", Kind: list.Day},
		{Name: "updatedAt", Label: "Changed", Path: "updatedAt", Kind: list.Moment},
	}
	if seesAmounts(ctx) {
		fields = append(fields, list.Field{Name: "amount", Label: "Amount in " + r.Reporting.Code(), Path: "worth.minor", Kind: list.Amount})
	}
	return fields
}

// AgreementSorts maps what agreements may be sorted by to the declared field. By amount only who may read amounts
// sorts: the order would tell.
func AgreementSorts(ctx context.Context) map[string]string {
	sorts := map[string]string{"title": "sortTitle", "signedOn": "signedOn", "from": "from", "to": "to", "updatedAt": "updatedAt"}
	if seesAmounts(ctx) {
		sorts["amount"] = "worth.minor"
	}
	return sorts
}

// Walk calls fn with the agreements of a search, page by page, in the order of q.
func (r *Agreements) Walk(ctx context.Context, s AgreementSearch, q store.Query, fn func([]*Agreement) error) error {
	q.Where = r.where(s)
	return r.agreements.Walk(ctx, q, func(page []*Agreement) error {
		for _, a := range page {
			a.show(ctx)
		}
		return fn(page)
	})
}
