package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/store"
)

// Fees is where membership fees and what was paid of them are read from; finance.Repo is it.
type Fees interface {
	AllFees(ctx context.Context) ([]*finance.FeeYear, error)
	Each(ctx context.Context, s finance.Search, fn func(*finance.Income) error) error
}

// Members is where the member organisations are read from, names by id. A person of a member owes no fee.
type Members interface {
	Members(ctx context.Context) (map[string]string, error)
}

// FeeSpan is how many years the overview of fees shows, the newest first.
const FeeSpan = 4

// FeeCell is what a member owes and has paid for one year.
type FeeCell struct {
	Due         *finance.Money `json:"due" doc:"null where no fee was set for the year, or the payer is no member"`
	Paid        finance.Money  `json:"paid" doc:"what went back is taken off"`
	Outstanding *finance.Money `json:"outstanding" doc:"due less paid, nothing where more was paid; null where nothing is due"`
	Lines       int            `json:"lines" doc:"lines of income behind what was paid"`
	Elsewhere   int            `json:"elsewhere" doc:"lines in a currency that cannot be compared with the fee; they count in no sum"`
	Reason      string         `json:"reason,omitempty" doc:"why something else is due than of the others"`
}

// FeePayer is a member, or somebody who has paid fees and is none any more.
type FeePayer struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Member bool      `json:"member"`
	Cells  []FeeCell `json:"cells" nullable:"false" doc:"along years"`
}

// FeeTotal is a year as a whole.
type FeeTotal struct {
	FeeID       string        `json:"feeId,omitempty" doc:"of the fee that was set for the year"`
	Due         finance.Money `json:"due"`
	Paid        finance.Money `json:"paid"`
	Outstanding finance.Money `json:"outstanding"`
	Open        int           `json:"open" doc:"members of whom something is outstanding"`
}

// FeeOverview is members by years. Cells and totals run along years.
type FeeOverview struct {
	AsOf   store.Date `json:"asOf"`
	Years  []int      `json:"years" nullable:"false" doc:"the newest first"`
	Labels []string   `json:"labels" nullable:"false"`
	Totals []FeeTotal `json:"totals" nullable:"false"`
	Payers []FeePayer `json:"payers" nullable:"false"`
	Listed int        `json:"listed" doc:"how many there are without the words of a search"`
}

// FeeSorts lists what the overview may be sorted by: name, or what is outstanding, due or paid in its newest year.
var FeeSorts = []string{"-outstanding", "outstanding", "name", "-name", "-paid", "paid"}

// FeeOverview answers for a fiscal year and those before it, for members whose name has all of some words.
func (r *Reports) FeeOverview(ctx context.Context, year int, words, sort string) (*FeeOverview, error) {
	if year == 0 {
		year = r.ThisYear()
	}
	if err := feeYear(year); err != nil {
		return nil, err
	}
	b, err := r.feeBook(ctx)
	if err != nil {
		return nil, err
	}
	out := &FeeOverview{AsOf: r.today(), Payers: []FeePayer{}}
	for y := year; y > year-FeeSpan; y-- {
		out.Years, out.Labels = append(out.Years, y), append(out.Labels, r.fiscal.Label(y))
		total := FeeTotal{}
		currency := b.currency(y)
		if fee := b.fees[y]; fee != nil {
			total.FeeID = fee.ID
		}
		for _, m := range [...]*finance.Money{&total.Due, &total.Paid, &total.Outstanding} {
			m.Currency = currency
		}
		out.Totals = append(out.Totals, total)
	}
	if err := b.name(ctx, r.donors, out.Years); err != nil {
		return nil, err
	}
	for id, name := range b.names {
		p := FeePayer{ID: id, Name: name, Member: b.members[id] != ""}
		for i, y := range out.Years {
			cell := b.cell(id, y)
			out.Totals[i].count(cell)
			p.Cells = append(p.Cells, cell)
		}
		out.Listed++
		if named(name, words) {
			out.Payers = append(out.Payers, p)
		}
	}
	return out, sortFees(out.Payers, sort)
}

func (t *FeeTotal) count(cell FeeCell) {
	t.Paid.Minor += cell.Paid.Minor
	if cell.Due != nil {
		t.Due.Minor += cell.Due.Minor
		t.Outstanding.Minor += cell.Outstanding.Minor
		if cell.Outstanding.Minor > 0 {
			t.Open++
		}
	}
}

func named(name, words string) bool {
	have := store.Fold(name)
	for _, w := range strings.Fields(store.Fold(words)) {
		if !strings.Contains(have, w) {
			return false
		}
	}
	return true
}

// sortFees puts payers in order; those who are level by what is outstanding in the years before, then by name.
func sortFees(list []FeePayer, order string) error {
	order = cmp.Or(order, FeeSorts[0])
	if !slices.Contains(FeeSorts, order) {
		return fault.Field("sort", "%q is not one of %s.", order, strings.Join(FeeSorts, ", "))
	}
	field, descending := strings.CutPrefix(order, "-")
	open := func(p FeePayer, i int) int64 {
		if p.Cells[i].Outstanding == nil {
			return -1
		}
		return p.Cells[i].Outstanding.Minor
	}
	slices.SortFunc(list, func(x, y FeePayer) int {
		c := 0
		switch field {
		case "name":
			c = cmp.Compare(store.Fold(x.Name), store.Fold(y.Name))
		case "paid":
			c = cmp.Compare(x.Cells[0].Paid.Minor, y.Cells[0].Paid.Minor)
		default:
			for i := 0; i < FeeSpan && c == 0; i++ {
				c = cmp.Compare(open(x, i), open(y, i))
			}
		}
		if descending {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(store.Fold(x.Name), store.Fold(y.Name)), cmp.Compare(x.ID, y.ID))
	})
	return nil
}

// feeBook is fees, members and every line that paid one.
type feeBook struct {
	reporting money.Reporting // of years without a fee
	fees      map[int]*finance.FeeYear
	members   map[string]string
	paid      map[feeKey][]*finance.Income
	names     map[string]string
}

type feeKey struct {
	payer string
	year  int
}

func (r *Reports) feeBook(ctx context.Context) (*feeBook, error) {
	b := &feeBook{reporting: r.Reporting, fees: map[int]*finance.FeeYear{}, paid: map[feeKey][]*finance.Income{}}
	fees, err := r.Fees.AllFees(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range fees {
		b.fees[f.Year] = f
	}
	if b.members, err = r.Members.Members(ctx); err != nil {
		return nil, err
	}
	var lines []*finance.Income
	err = r.Fees.Each(ctx, finance.Search{SourceType: "membership"}, func(l *finance.Income) error {
		one := *l
		lines = append(lines, &one)
		return nil
	})
	years := finance.FeeYears(lines, r.fiscal)
	for _, l := range lines {
		key := feeKey{l.DonorID, years[l.ID]}
		b.paid[key] = append(b.paid[key], l)
	}
	return b, err
}

// name finds the names of all members, and of those who paid a fee of these years.
func (b *feeBook) name(ctx context.Context, donors Donors, years []int) error {
	b.names = map[string]string{}
	var former []string
	for id, name := range b.members {
		b.names[id] = name
	}
	for key := range b.paid {
		if b.names[key.payer] == "" && slices.Contains(years, key.year) {
			b.names[key.payer] = key.payer
			former = append(former, key.payer)
		}
	}
	names, err := donors.Names(ctx, former)
	for id, name := range names {
		b.names[id] = cmp.Or(b.members[id], name)
	}
	return err
}

func (b *feeBook) currency(year int) string {
	if fee := b.fees[year]; fee != nil {
		return fee.Amount.Currency
	}
	return b.reporting.Code()
}

// feeYear refuses years of which no overview can be.
func feeYear(year int) error {
	if year < 1950+FeeSpan || year > 2100 {
		return fault.Field("year", "%d is not a year between %d and 2100.", year, 1950+FeeSpan)
	}
	return nil
}

func (b *feeBook) cell(payer string, year int) FeeCell {
	currency := b.currency(year)
	c := FeeCell{Paid: finance.Money{Currency: currency}}
	for _, l := range b.paid[feeKey{payer, year}] {
		c.Lines++
		if minor, ok := l.Towards(currency); ok {
			c.Paid.Minor += minor
		} else {
			c.Elsewhere++
		}
	}
	if fee := b.fees[year]; fee != nil && b.members[payer] != "" {
		due, reason := fee.DueOf(payer)
		c.Due, c.Reason = &due, reason
		c.Outstanding = &finance.Money{Minor: max(0, due.Minor-c.Paid.Minor), Currency: currency}
	}
	return c
}

// FeeLines gives the lines behind what somebody has paid for a year, the newest first.
func (r *Reports) FeeLines(ctx context.Context, payer string, year int) ([]*finance.Income, error) {
	if err := feeYear(year); err != nil {
		return nil, err
	}
	b, err := r.feeBook(ctx)
	if err != nil {
		return nil, err
	}
	list := append([]*finance.Income{}, b.paid[feeKey{payer, year}]...)
	slices.SortFunc(list, func(x, y *finance.Income) int {
		return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(y.ID, x.ID))
	})
	return list, nil
}
