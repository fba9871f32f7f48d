package report

import (
	"context"

	"piper/internal/finance"
	"piper/internal/store"
)

// ForecastYear is one whole fiscal year of a forecast, amounts in cents.
type ForecastYear struct {
	Year        int      `json:"year"`
	Label       string   `json:"label"`
	Secured     int64    `json:"secured"`
	Weighted    int64    `json:"weighted"`
	Change      *float64 `json:"change" doc:"secured against the year before"`
	Alert       bool     `json:"alert"`
	HHI         *float64 `json:"hhi"`
	EUShare     *float64 `json:"euShare"`
	Unearmarked *float64 `json:"unearmarked"`
}

// Forecast is 36 months from this one, amounts in cents. All arrays run along months.
type Forecast struct {
	Head
	Weighting    finance.Weighting `json:"weighting" enum:"discount,cutoff,none"`
	Name         string            `json:"name,omitempty" doc:"of the scenario; empty for the base"`
	Months       []string          `json:"months" nullable:"false" doc:"YYYY-MM"`
	Secured      []int64           `json:"secured" nullable:"false"`
	Weighted     []int64           `json:"weighted" nullable:"false"`
	CoreCost     []int64           `json:"coreCost" doc:"null where no core budget was adopted"`
	Cost         []int64           `json:"cost" nullable:"false" doc:"of all work: the adopted budget, or a twelfth of the annual spend of the reserve statement"`
	Free         []int64           `json:"free" doc:"free reserves at the end of each month; null without a statement"`
	FreeAtStart  *int64            `json:"freeAtStart"`
	ReserveDate  store.Date        `json:"reserveDate,omitempty" doc:"of the statement that free reserves start from"`
	CliffMonth   string            `json:"cliffMonth" doc:"first month in which secured, accrued money is less than core cost; empty for none"`
	Exhausted    *float64          `json:"exhausted" doc:"months until free reserves reach zero; null where they last"`
	Years        []ForecastYear    `json:"years" nullable:"false"`
	NotConverted int               `json:"notConverted" doc:"lines without a rate, which are left out"`
	Undated      int               `json:"undated" doc:"opportunities and awards without a day on which their money may come, which are in no month"`
}

// Forecast answers for the coming months.
func (r *Reports) Forecast(ctx context.Context, lens finance.Lens) (*Forecast, error) {
	o, statement, err := r.outlook(ctx, lens)
	if err != nil {
		return nil, err
	}
	return r.shown(o, statement, lens, ""), nil
}

// shown gives a forecast the form in which it is shown.
func (r *Reports) shown(o *finance.Outlook, statement *finance.Reserve, lens finance.Lens, name string) *Forecast {
	f := o.Forecast(lens)
	out := &Forecast{Head: Head{Basis: lens.Basis, AsOf: r.today(), View: lens.View, Currency: r.Reporting.Code()}, Weighting: lens.Weighting, Name: name,
		Secured: f.Secured, Weighted: f.Weighted, CoreCost: f.CoreCost, Cost: f.Cost, Free: f.Free, FreeAtStart: o.Free, Exhausted: f.Exhausted,
		Years: []ForecastYear{}, NotConverted: f.NotConverted, Undated: f.Undated, CliffMonth: r.cliffOf(f, lens).Month}
	if statement != nil {
		out.ReserveDate = statement.Date
	}
	for i := range lens.Months {
		out.Months = append(out.Months, (lens.From + finance.Month(i)).String())
	}
	for _, y := range f.Years {
		out.Years = append(out.Years, ForecastYear{Year: y.Year, Label: r.fiscal.Label(y.Year), Secured: y.Secured, Weighted: y.Weighted, Change: y.Change,
			Alert: y.Alert, HHI: y.Figures.HHI, EUShare: y.Figures.Metric(finance.MetricEUShare), Unearmarked: y.Figures.Unearmarked})
	}
	return out
}

// MaxCompared is how many scenarios are held against the base at once.
const MaxCompared = 3

// Compare gives the base and then every scenario, in the order asked for.
func (r *Reports) Compare(ctx context.Context, lens finance.Lens, scenarios []*finance.Scenario) ([]*Forecast, error) {
	o, statement, err := r.outlook(ctx, lens)
	if err != nil {
		return nil, err
	}
	list := []*Forecast{r.shown(o, statement, lens, "")}
	for _, s := range scenarios {
		list = append(list, r.shown(o.Suppose(s.Changes), statement, lens, s.Name))
	}
	return list, nil
}

// DonorLoss is what the end of one donor would mean.
type DonorLoss struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Cents  int64    `json:"cents" doc:"expected from the donor from that day on, within the months"`
	Months *float64 `json:"months" doc:"until free reserves reach zero; null where they last, or are not known"`
}

// LossTest says of every donor what it would mean if they stopped.
type LossTest struct {
	Head
	Weighting   finance.Weighting `json:"weighting"`
	Stop        store.Date        `json:"stop" doc:"the first day on which the donor pays nothing"`
	Horizon     int               `json:"horizon" doc:"how many months are looked at"`
	FreeAtStart *int64            `json:"freeAtStart" doc:"null without a reserve statement"`
	ReserveDate store.Date        `json:"reserveDate,omitempty"`
	Without     *float64          `json:"without" doc:"months with every donor"`
	Donors      []DonorLoss       `json:"donors" nullable:"false" doc:"the worst first"`
}

// LossTest answers for every donor at once.
func (r *Reports) LossTest(ctx context.Context, lens finance.Lens, stop store.Date) (*LossTest, error) {
	o, statement, err := r.outlook(ctx, lens)
	if err != nil {
		return nil, err
	}
	if stop == "" {
		stop = r.today()
	}
	without, losses := o.LossTest(lens, stop)
	t := &LossTest{Head: Head{Basis: lens.Basis, AsOf: r.today(), View: lens.View, Currency: r.Reporting.Code()}, Weighting: lens.Weighting, Stop: stop,
		Horizon: lens.Months, FreeAtStart: o.Free, Without: without, Donors: []DonorLoss{}}
	if statement != nil {
		t.ReserveDate = statement.Date
	}
	ids := make([]string, len(losses))
	for i, l := range losses {
		ids[i] = l.ID
	}
	names, err := r.donors.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, l := range losses {
		t.Donors = append(t.Donors, DonorLoss{ID: l.ID, Name: nameOf(names, l.ID), Cents: l.Cents, Months: l.Months})
	}
	return t, nil
}
