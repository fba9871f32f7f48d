package finance

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// Reserve is a dated statement of what the organisation owns, in hundredths of the reporting currency.
type Reserve struct {
	store.Meta
	Date           store.Date `json:"date"`
	Unrestricted   int64      `json:"unrestricted" doc:"unrestricted funds, in cents"`
	Designated     int64      `json:"designated" doc:"of them set aside by the board, in cents"`
	NetFixedAssets int64      `json:"netFixedAssets" doc:"of them tied up in things, less loans on them, in cents"`
	AnnualSpend    int64      `json:"annualSpend" doc:"operating spend of a year, in cents"`
	Note           string     `json:"note,omitempty"`
}

// Free gives free reserves: unrestricted − designated − net fixed assets, in cents. They can be negative.
func (r *Reserve) Free() int64 { return r.Unrestricted - r.Designated - r.NetFixedAssets }

// Months gives the months of free reserves: free reserves ÷ (annual operating spend ÷ 12), nil where no spend
// is known.
func (r *Reserve) Months() *float64 {
	if r.AnnualSpend <= 0 {
		return nil
	}
	return edge(new(big.Rat).Mul(big.NewRat(r.Free(), r.AnnualSpend), big.NewRat(12, 1)))
}

func (r *Reserve) tidy() error {
	var c fault.Checks
	_, err := store.ParseDate(string(r.Date))
	c.Require(err == nil, "date", "A day of the form 2026-12-31 is needed.")
	r.Note = strings.TrimSpace(r.Note)
	c.Require(utf8.RuneCountInString(r.Note) <= maxWords, "note", "The note is longer than %d characters.", maxWords)
	for field, cents := range map[string]int64{"unrestricted": r.Unrestricted, "designated": r.Designated, "netFixedAssets": r.NetFixedAssets, "annualSpend": r.AnnualSpend} {
		c.Require(cents <= money.MaxWorth && cents >= -money.MaxWorth, field, "The amount is too large.")
	}
	c.Require(r.Designated >= 0, "designated", "What is set aside cannot be negative.")
	c.Require(r.AnnualSpend >= 0, "annualSpend", "Spend cannot be negative.")
	return c.Err()
}

// SpendOf gives the costs of months for which no budget was ever adopted: a twelfth of the statement's annual
// operating spend each. With nothing coming in, free reserves then last their months.
func SpendOf(r *Reserve, from Month, months int) []Cost {
	twelfths := money.Split(r.AnnualSpend, []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
	costs := make([]Cost, months)
	for i := range costs {
		m := from + Month(i)
		costs[i] = Cost{Month: m, Cents: twelfths[int(m)%12]}
	}
	return costs
}
