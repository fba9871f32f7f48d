package funding

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Return is what asking has cost and brought, for one type of donor or one programme within it.
type Return struct {
	SourceType string `json:"sourceType" doc:"of the donor; empty where it is not known"`
	Programme  string `json:"programme,omitempty"`
	Wins
	Withdrawn    int          `json:"withdrawn"`
	WinRate      *float64     `json:"winRate" nullable:"true" doc:"awarded ÷ (awarded + declined), 0 to 1; null where nothing is decided"`
	Quarters     int          `json:"quarters" doc:"effort on all that was decided or withdrawn, in quarters of a day"`
	OpenQuarters int          `json:"openQuarters" doc:"effort on what is still open, which is in no ratio yet"`
	Brought      *money.Money `json:"brought,omitempty" doc:"awarded, in the reporting currency; absent for who may not read amounts"`
	PerDay       *money.Money `json:"perDay,omitempty" doc:"what was awarded for each day of effort; absent where there was none"`
	NotConverted int          `json:"notConverted,omitempty" doc:"awards without a rate, which are left out"`
	Programmes   []*Return    `json:"programmes,omitempty" doc:"the same by programme"`
}

// Returns gives cost and return of fundraising by type of donor, over what entered its stage within a period
// and over what is open now. Types come in the order of what they brought.
func (p *Pipeline) Returns(ctx context.Context, in Period) ([]*Return, error) {
	list, err := p.find(ctx, OpportunitySearch{})
	if err != nil {
		return nil, err
	}
	types, err := p.typesOf(ctx, list)
	if err != nil {
		return nil, err
	}
	rows := returnsOf(list, types, in, p.Reporting)
	if !seesAmount(ctx) {
		for _, r := range rows {
			r.hide()
		}
	}
	return rows, nil
}

func (r *Return) hide() {
	r.Brought, r.PerDay, r.NotConverted = nil, nil, 0
	for _, one := range r.Programmes {
		one.hide()
	}
	if r.Programme == "" {
		slices.SortStableFunc(r.Programmes, func(a, b *Return) int { return cmp.Compare(a.Programme, b.Programme) })
	}
}

// returnsOf makes the rows; types holds the source type of each donor.
func returnsOf(list []*Opportunity, types map[string]string, in Period, reporting money.Reporting) []*Return {
	byType := map[string]*Return{}
	for _, o := range list {
		kind := types[o.DonorID]
		row := byType[kind]
		if row == nil {
			row = newReturn(kind, "", reporting)
			byType[kind] = row
		}
		if !row.count(o, in) || o.Programme == "" {
			continue
		}
		i := slices.IndexFunc(row.Programmes, func(r *Return) bool { return r.Programme == o.Programme })
		if i < 0 {
			row.Programmes = append(row.Programmes, newReturn(kind, o.Programme, reporting))
			i = len(row.Programmes) - 1
		}
		row.Programmes[i].count(o, in)
	}
	rows := make([]*Return, 0, len(byType))
	for _, r := range byType {
		if r.Decided+r.Withdrawn > 0 || r.OpenQuarters > 0 {
			rows = append(rows, r)
		}
	}
	return finished(rows)
}

func newReturn(sourceType, programme string, reporting money.Reporting) *Return {
	brought := reporting.Of(0)
	return &Return{SourceType: sourceType, Programme: programme, Brought: &brought}
}

func finished(rows []*Return) []*Return {
	for _, r := range rows {
		r.finish()
		r.Programmes = finished(r.Programmes)
	}
	slices.SortFunc(rows, func(a, b *Return) int {
		return cmp.Or(cmp.Compare(b.Brought.Minor, a.Brought.Minor), cmp.Compare(a.SourceType, b.SourceType), cmp.Compare(a.Programme, b.Programme))
	})
	return rows
}

// count takes one opportunity in, and reports whether it belongs here.
func (r *Return) count(o *Opportunity, in Period) bool {
	if o.Stage.Open() {
		r.OpenQuarters += o.EffortQuarters()
		return o.EffortQuarters() > 0
	}
	if in.From != "" && o.Since < in.From || in.To != "" && o.Since > in.To {
		return false
	}
	r.Quarters += o.EffortQuarters()
	switch o.Stage {
	case StageWithdrawn:
		r.Withdrawn++
		return true
	case StageAwarded:
		r.Awarded++
		if o.Worth == nil {
			r.NotConverted++
		} else {
			r.Brought.Minor += o.Worth.Minor
		}
	}
	r.Decided++
	return true
}

// finish works the ratios out. Nothing to divide by is no ratio.
func (r *Return) finish() {
	if r.Decided > 0 {
		rate := float64(r.Awarded) / float64(r.Decided)
		r.WinRate = &rate
	}
	if r.Quarters > 0 {
		r.PerDay = &money.Money{Minor: r.Brought.Minor * 4 / int64(r.Quarters), Currency: r.Brought.Currency}
	}
}

// decided gives every answer there was but that to one opportunity, which is asked about.
func (p *Pipeline) decided(ctx context.Context, but string) ([]Decided, error) {
	answered := filter.In{Field: "stage", Values: []any{string(StageAwarded), string(StageDeclined)}}
	list, err := p.all.Find(ctx, filter.And{notTrashed, answered, filter.Not{Expr: filter.Eq{Field: "id", Value: but}}}, nil, 0)
	if err != nil {
		return nil, err
	}
	types, err := p.typesOf(ctx, list)
	out := make([]Decided, len(list))
	for i, o := range list {
		out[i] = Decided{SourceType: types[o.DonorID], Programme: o.Programme, Awarded: o.Stage == StageAwarded}
	}
	return out, err
}

func (p *Pipeline) typesOf(ctx context.Context, list []*Opportunity) (map[string]string, error) {
	ids := make([]string, 0, len(list))
	for _, o := range list {
		if o.DonorID != "" {
			ids = append(ids, o.DonorID)
		}
	}
	return p.donors.SourceTypes(ctx, ids)
}

// Suggest gives the probability that our own history speaks for.
func (p *Pipeline) Suggest(ctx context.Context, o *Opportunity) (Chance, error) {
	decided, err := p.decided(ctx, o.ID)
	if err != nil {
		return Chance{}, err
	}
	types, err := p.typesOf(ctx, []*Opportunity{o})
	return Suggest(o.Stage, types[o.DonorID], o.Programme, decided), err
}

var notTrashed = filter.Not{Expr: filter.Exists{Field: "trashedAt"}}

// today is the day in Brussels, where the secretariat's days begin and end.
func (p *Pipeline) today() store.Date { return p.db.Now().Day() }
