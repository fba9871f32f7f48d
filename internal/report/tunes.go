package report

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/store"
)

// Tune is one donor: what it pays and what it asks for in return.
type Tune struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Shares  []*float64 `json:"shares" nullable:"false" doc:"of the income, along years; null where the donor is not part of the total"`
	Share   *float64   `json:"share" doc:"of the income of all years together"`
	Strings []Strung   `json:"strings" nullable:"false" doc:"the gravest first; those that were waived last"`
}

// Strung is a string as the picture shows it.
type Strung struct {
	ID          string     `json:"id"`
	AgreementID string     `json:"agreementId,omitempty"`
	Kind        string     `json:"kind" enum:"pledge,veto,data,exclusivity,audit,other"`
	Severity    int        `json:"severity"`
	Text        string     `json:"text"`
	Clause      string     `json:"clause,omitempty"`
	From        store.Date `json:"from,omitempty"`
	To          store.Date `json:"to,omitempty"`
	Waived      bool       `json:"waived"`
	Binds       bool       `json:"binds"`
}

// Tunes says who calls which tune: the strings that each donor attaches beside its share of the income, year by
// year. Shares are fractions of the converted income of a year.
type Tunes struct {
	Head
	Years      []int    `json:"years" nullable:"false"`
	Labels     []string `json:"labels" nullable:"false"`
	Donors     []Tune   `json:"donors" nullable:"false" doc:"the largest share first; those with strings and no income behind"`
	WithShares bool     `json:"withShares" doc:"false: the reader does not read income"`

	totals  []int64            // of the income, along years
	amounts map[string][]int64 // of each donor
}

// Tunes answers for the fiscal years from … to. Without shares it reads no income and tells none.
func (r *Reports) Tunes(ctx context.Context, from, to int, by By, list []*funding.String, shares bool) (*Tunes, error) {
	t := &Tunes{Head: Head{Basis: by.Basis, AsOf: r.today(), View: by.View, Currency: r.Reporting.Code()}, Years: []int{}, Labels: []string{}, Donors: []Tune{}, WithShares: shares, amounts: map[string][]int64{}}
	at := map[string]int{}
	if shares {
		d, err := r.Diversification(ctx, from, to, by)
		if err != nil {
			return nil, err
		}
		t.Head, t.Years, t.Labels, t.totals = d.Head, d.Years, d.Labels, d.Totals
		var total int64
		for _, sum := range d.Totals {
			total += sum
		}
		for _, donor := range d.Donors {
			var sum int64
			for _, amount := range donor.Amounts {
				sum += amount
			}
			one := Tune{ID: donor.ID, Name: donor.Name, Shares: donor.Shares, Strings: []Strung{}}
			if total > 0 {
				share := float64(sum) / float64(total)
				one.Share = &share
			}
			at[one.ID], t.amounts[one.ID] = len(t.Donors), donor.Amounts
			t.Donors = append(t.Donors, one)
		}
	}
	roots, err := r.rootsFor(ctx, by.View)
	if err != nil {
		return nil, err
	}
	var unnamed []string
	for _, s := range list {
		id := s.DonorID
		if root := roots[id]; root != "" {
			id = root
		}
		k, known := at[id]
		if !known {
			k = len(t.Donors)
			at[id] = k
			t.Donors = append(t.Donors, Tune{ID: id, Shares: make([]*float64, len(t.Years)), Strings: []Strung{}})
			unnamed = append(unnamed, id)
		}
		t.Donors[k].Strings = append(t.Donors[k].Strings, Strung{ID: s.ID, AgreementID: s.AgreementID, Kind: s.Kind, Severity: s.Severity, Text: s.Text,
			Clause: s.Clause, From: s.From, To: s.To, Waived: s.Waived, Binds: s.Binds(t.AsOf)})
	}
	names, err := r.donors.Names(ctx, unnamed)
	if err != nil {
		return nil, err
	}
	for i := range t.Donors {
		d := &t.Donors[i]
		if d.Name == "" {
			d.Name = nameOf(names, d.ID)
		}
		slices.SortStableFunc(d.Strings, func(x, y Strung) int {
			return cmp.Or(yes(x.Waived)-yes(y.Waived), yes(y.Binds)-yes(x.Binds), cmp.Compare(y.Severity, x.Severity), cmp.Compare(x.ID, y.ID))
		})
	}
	slices.SortStableFunc(t.Donors, func(x, y Tune) int {
		return cmp.Or(cmp.Compare(shareOf(y), shareOf(x)), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return t, nil
}

// rootsFor gives what strings are rolled up by: in the direct view, by nothing.
func (r *Reports) rootsFor(ctx context.Context, view finance.View) (map[string]string, error) {
	if view == finance.Direct {
		return map[string]string{}, nil
	}
	return r.donors.Roots(ctx)
}

func shareOf(t Tune) float64 {
	if t.Share == nil {
		return -1
	}
	return *t.Share
}

func yes(is bool) int {
	if is {
		return 1
	}
	return 0
}
