package finance

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// FeeYear is the membership fee of one fiscal year, as it was decided: what every member pays, and who pays something
// else. Each year has its own, so a change of the next leaves the ones before as they were.
type FeeYear struct {
	store.Meta
	Year       int            `json:"year"`
	Amount     Money          `json:"amount" doc:"of every member"`
	Exceptions []FeeException `json:"exceptions" nullable:"false"`
	Note       string         `json:"note,omitempty" doc:"who decided it, and when"`
}

// FeeException is a member who pays something else than the others.
type FeeException struct {
	MemberID string `json:"memberId"`
	Minor    int64  `json:"minor" doc:"in minor units of the fee's currency; 0: nothing is due"`
	Reason   string `json:"reason,omitempty"`
}

// maxExceptions bounds the exceptions of a year, maxFeeNote its texts in characters.
const (
	maxExceptions = 500
	maxFeeNote    = 500
)

func declareFees(db *store.DB) *store.Collection[FeeYear] {
	return store.Declare(db, store.Spec[FeeYear]{
		Name:    "fee_years",
		Fields:  []driver.Field{{Path: "year", Kind: driver.Int}, {Path: "exceptions.memberId", Multi: true}},
		Unique:  [][]string{{"year"}},
		Indexes: [][]driver.Key{{{Path: "exceptions.memberId"}}},
		Refs:    []store.Ref{{Field: "exceptions.memberId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
		Audited: true,
	})
}

func (f *FeeYear) tidy() error {
	var c fault.Checks
	c.Require(f.Year >= 1950 && f.Year <= 2100, "year", "%d is not a year between 1950 and 2100.", f.Year)
	code, err := money.ParseCurrency(f.Amount.Currency)
	c.Require(err == nil, "amount", "%q is not an ISO 4217 currency code such as EUR or CHF.", f.Amount.Currency)
	f.Amount.Currency = code
	c.Require(f.Amount.Minor >= 0, "amount", "A fee cannot be negative.")
	c.Require(f.Amount.Minor <= money.MaxWorth, "amount", "The amount is too large.")
	f.Note = strings.TrimSpace(f.Note)
	c.Require(utf8.RuneCountInString(f.Note) <= maxFeeNote, "note", "The note is longer than %d characters.", maxFeeNote)
	c.Require(len(f.Exceptions) <= maxExceptions, "exceptions", "At most %d members can be exceptions.", maxExceptions)
	seen := map[string]bool{}
	if f.Exceptions == nil {
		f.Exceptions = []FeeException{}
	}
	for i := range f.Exceptions {
		e := &f.Exceptions[i]
		at := func(field string) string { return fmt.Sprintf("exceptions[%d].%s", i, field) }
		e.Reason = strings.TrimSpace(e.Reason)
		c.Require(e.MemberID != "", at("memberId"), "Say which member this is.")
		c.Require(e.MemberID == "" || !seen[e.MemberID], at("memberId"), "This member is an exception already.")
		c.Require(e.Minor >= 0, at("minor"), "A fee cannot be negative.")
		c.Require(e.Minor <= money.MaxWorth, at("minor"), "The amount is too large.")
		c.Require(utf8.RuneCountInString(e.Reason) <= maxFeeNote, at("reason"), "The reason is longer than %d characters.", maxFeeNote)
		seen[e.MemberID] = true
	}
	return c.Err()
}

// Fees gives a page of the fees of years, the newest first.
func (r *Repo) Fees(ctx context.Context, q store.Query) (store.Page[FeeYear], error) {
	q.Sort = []driver.Key{{Path: "year", Desc: true}}
	return r.fees.Page(ctx, q)
}

// AllFees gives the fees of every year.
func (r *Repo) AllFees(ctx context.Context) ([]*FeeYear, error) { return r.fees.Find(ctx, nil, nil, 0) }

// Fee gives the fee of one year.
func (r *Repo) Fee(ctx context.Context, id string) (*FeeYear, error) { return r.fees.Get(ctx, id) }

// AddFee sets the fee of a year that has none.
func (r *Repo) AddFee(ctx context.Context, f *FeeYear) error { return add(ctx, r.fees, f) }

// UpdateFee changes revision rev of the fee of a year.
func (r *Repo) UpdateFee(ctx context.Context, id string, rev int64, fn func(*FeeYear)) (*FeeYear, error) {
	return change(ctx, r.fees, id, rev, fn)
}

// DeleteFee removes revision rev of the fee of a year: then nothing is due for it.
func (r *Repo) DeleteFee(ctx context.Context, id string, rev int64) error {
	return r.fees.DeleteAt(ctx, id, rev, nil)
}

// DueOf gives what a member owes for the year, and why where it is not what all do.
func (f *FeeYear) DueOf(memberID string) (Money, string) {
	for _, e := range f.Exceptions {
		if e.MemberID == memberID {
			return Money{Minor: e.Minor, Currency: f.Amount.Currency}, e.Reason
		}
	}
	return f.Amount, ""
}

// Towards gives what a line counts towards a fee in a currency: lines in that currency by their amount, and towards a
// fee in the reporting currency every other line by its frozen worth. false: it cannot be compared.
func (l *Income) Towards(currency string) (minor int64, ok bool) {
	switch {
	case l.Amount.Currency == currency:
		return l.Amount.Minor, true
	case l.Worth != nil && l.Worth.Currency == currency:
		return l.Worth.Minor, true
	}
	return 0, false
}

// FeeYears gives for each membership line by its id the fiscal year whose fee it is: the year that it says, and else that
// of its day. What gives something back or takes a line back belongs to the year of that line.
func FeeYears(lines []*Income, f Fiscal) map[string]int {
	years := make(map[string]int, len(lines))
	for _, l := range lines {
		if years[l.ID] = l.ForYear; l.ForYear == 0 {
			years[l.ID] = f.Year(l.Date)
		}
	}
	for _, l := range lines {
		of := l.RefundOf
		if l.ReversalOf != "" {
			of = l.ReversalOf
		}
		if year := years[of]; year != 0 && l.ForYear == 0 {
			years[l.ID] = year
		}
	}
	return years
}
