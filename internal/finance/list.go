package finance

import (
	"context"

	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Fields is what a list of income may be filtered by. family gives the ids of a stakeholder and of everybody who is
// part of them, whose money counts as theirs in the ultimate view.
func Fields(fiscal Fiscal, reporting money.Reporting, family func(id string) ([]string, error)) list.Fields {
	return list.Fields{
		{Name: "year", Label: "Fiscal year", Kind: list.Number, As: fiscal.is},
		{Name: "date", Label: "Date", Path: "date", Kind: list.Day},
		{Name: "donorId", Label: "Paid by", Path: "donorId", Kind: list.Record, Of: list.OfStakeholder},
		{Name: "ultimateDonorId", Label: "Money of", Kind: list.Record, Of: list.OfStakeholder, As: func(_ list.Op, id any) (filter.Expr, error) {
			ids, err := family(id.(string))
			return oneOf("ultimateDonorId", ids), err
		}},
		{Name: "earmarking", Label: "Earmarking", Path: "earmarking", Kind: list.Choice, Values: list.Texts(EarmarkingLevels)},
		{Name: "restriction", Label: "Restriction", Path: "restriction", Kind: list.Choice, Values: list.Texts(Restrictions)},
		{Name: "sourceType", Label: "Source type", Path: "sourceType", Kind: list.Choice, Values: list.Texts(SourceTypes)},
		{Name: "worth", Label: "Amount in " + reporting.Code(), Path: "worth.minor", Kind: list.Amount},
		{Name: "project", Label: "Project", Path: "project", Kind: list.Word},
		{Name: "fund", Label: "Fund", Path: "fund", Kind: list.Word},
	}
}

// is compares a date's fiscal year.
func (f Fiscal) is(op list.Op, value any) (filter.Expr, error) {
	year := value.(int64)
	if year < 1950 || year > 2100 {
		return nil, fault.Field("where", "%d is not a year between 1950 and 2100.", year)
	}
	first, after := f.Range(int(year), int(year))
	from := filter.Compare{Field: "date", Op: filter.Gte, Value: string(first)}
	until := filter.Compare{Field: "date", Op: filter.Lt, Value: string(after)}
	switch op {
	case list.AtLeast:
		return from, nil
	case list.AtMost:
		return until, nil
	}
	return filter.And{from, until}, nil
}

// Walk calls fn with the lines of a search, page by page, in the order of q. What is imported or taken back meanwhile
// changes nothing of it.
func (r *Repo) Walk(ctx context.Context, s Search, q store.Query, fn func([]*Income) error) error {
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	q.Where = append(s.where(), open...)
	return r.lines.Walk(ctx, q, fn)
}
