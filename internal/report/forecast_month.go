package report

import (
	"context"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/store"
)

// ForecastShare is what one line puts into a month of a forecast.
type ForecastShare struct {
	Kind        string         `json:"kind" enum:"agreement,award,opportunity,work"`
	RecordID    string         `json:"recordId,omitempty" doc:"of the agreement, the opportunity or the project"`
	Title       string         `json:"title"`
	PayerID     string         `json:"payerId,omitempty"`
	PayerName   string         `json:"payerName,omitempty" doc:"in the view asked for"`
	Due         store.Date     `json:"due,omitempty"`
	From        store.Date     `json:"from,omitempty"`
	To          store.Date     `json:"to,omitempty"`
	Amount      *finance.Money `json:"amount,omitempty" doc:"the whole of the line, as agreed or asked for"`
	Probability *int           `json:"probability,omitempty" doc:"percent; of opportunities only"`
	Cents       int64          `json:"cents" doc:"what of it counts in this month, in hundredths of the reporting currency"`
}

// ForecastPart is one figure of a month with the lines that it is made of, the largest first; they add up to it.
type ForecastPart struct {
	Cents int64           `json:"cents"`
	Lines []ForecastShare `json:"lines" nullable:"false"`
}

// ForecastMonth is what the figures of one month of a forecast are made of.
type ForecastMonth struct {
	Head
	Weighting finance.Weighting `json:"weighting" enum:"discount,cutoff,none"`
	Month     string            `json:"month" doc:"YYYY-MM"`
	Secured   ForecastPart      `json:"secured"`
	Weighted  ForecastPart      `json:"weighted"`
	CoreCost  *ForecastPart     `json:"coreCost" doc:"null where no core budget was adopted"`
	Cost      ForecastPart      `json:"cost"`
}

// ForecastMonth answers for one month of the forecast, "2027-03".
func (r *Reports) ForecastMonth(ctx context.Context, lens finance.Lens, month string) (*ForecastMonth, error) {
	m := finance.MonthOf(store.Date(month + "-01"))
	if m.String() != month || m < lens.From || m >= lens.From+finance.Month(lens.Months) {
		return nil, fault.Field("month", "%q is not a month of the forecast, which runs from %s to %s.", month, lens.From, lens.From+finance.Month(lens.Months)-1)
	}
	o, _, err := r.outlook(ctx, lens)
	if err != nil {
		return nil, err
	}
	rows := o.Rows(lens, m)
	named, err := r.shareNames(ctx, lens, rows)
	if err != nil {
		return nil, err
	}
	out := &ForecastMonth{Head: Head{Basis: lens.Basis, AsOf: r.today(), View: lens.View, Currency: r.Reporting.Code()}, Weighting: lens.Weighting, Month: month,
		Secured: named.part(rows.Secured, false), Weighted: named.part(rows.Pipeline, true), Cost: named.part(rows.Costs, false)}
	if o.HasCore {
		core := named.part(rows.Core, false)
		out.CoreCost = &core
	}
	return out, nil
}

// shareNames is what lines are called by.
type shareNames struct {
	view     finance.View
	payers   map[string]string
	projects map[string]*finance.Project
}

func (r *Reports) shareNames(ctx context.Context, lens finance.Lens, rows finance.MonthRows) (n shareNames, err error) {
	n.view = lens.View
	var ids []string
	for _, list := range [][]finance.Share{rows.Secured, rows.Pipeline} {
		for _, s := range list {
			ids = append(ids, s.Line.Payer(lens.View))
		}
	}
	if n.payers, err = r.donors.Names(ctx, ids); err != nil {
		return n, err
	}
	n.projects, _, err = r.Plans.Places(ctx)
	return n, err
}

func (n shareNames) part(list []finance.Share, pipeline bool) ForecastPart {
	part := ForecastPart{Lines: []ForecastShare{}}
	for _, s := range list {
		part.Cents += s.Cents
		part.Lines = append(part.Lines, n.shown(s, pipeline))
	}
	return part
}

func (n shareNames) shown(s finance.Share, pipeline bool) ForecastShare {
	if s.Cost != nil {
		work := ForecastShare{Kind: "work", Title: "All work, a twelfth of the annual spend", Cents: s.Cents}
		if p := n.projects[s.Cost.ProjectID]; p != nil {
			work.RecordID, work.Title = p.ID, p.Name
		} else if s.Cost.ProjectID != "" {
			work.Title = "A project that was removed"
		}
		return work
	}
	l := s.Line
	amount := l.Amount
	out := ForecastShare{Kind: "agreement", RecordID: l.RecordID, Title: l.Title, PayerID: l.Payer(n.view), Due: l.Due, From: l.From, To: l.To, Amount: &amount, Cents: s.Cents}
	if out.PayerName = n.payers[out.PayerID]; out.PayerName == "" { // a hope of nobody in particular
		out.PayerID = ""
	}
	switch {
	case pipeline:
		out.Kind, out.Probability = "opportunity", &l.Probability
	case l.Spread: // no payment is agreed yet
		out.Kind = "award"
	}
	return out
}
