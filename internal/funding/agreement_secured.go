package funding

import (
	"context"
	"math/big"
	"time"

	"piper/internal/money"
	"piper/internal/store"
)

// SecuredLine is one instalment of a signed agreement, as forecasts and dependence read it, or what no instalment is
// fixed for: then it has neither InstalmentID nor Date. The lines of an agreement add up to what it is worth: its
// value at signature, at the rate of that day, divided over its instalments.
type SecuredLine struct {
	AgreementID     string
	Title           string // of the agreement
	Number          string // of the contract
	InstalmentID    string
	OpportunityID   string // that it was awarded from
	DonorID         string
	UltimateDonorID string
	Signed          store.Date
	From, To        store.Date   // the term
	Date            store.Date   // paid on, else due
	Amount          *money.Money // in the agreement's currency
	Worth           *money.Money // nil: no rate was known at signature, so it counts in no figure
	Earmarking      string
	Restriction     string
	SourceType      string
	OperatingGrant  bool
	State           InstalmentState
}

// AccruedLine is the part of a signed agreement that falls into one fiscal year: its value spread over its term by
// day. The basis is accrued.
type AccruedLine struct {
	AgreementID     string
	DonorID         string
	UltimateDonorID string
	Year            int // fiscal year, named after the calendar year in which it begins
	Worth           *money.Money
	Earmarking      string
	Restriction     string
	SourceType      string
	OperatingGrant  bool
}

// Secured gives the instalments of every agreement that is signed, closed ones included, in order of agreement and
// due date, in one read. A reader who may not see amounts gets lines without.
func (r *Agreements) Secured(ctx context.Context) ([]SecuredLine, error) {
	var lines []SecuredLine
	err := r.eachSigned(ctx, func(a *Agreement) {
		worth, rest := a.instalmentWorths()
		whole := SecuredLine{AgreementID: a.ID, Title: a.Title, Number: a.Number, OpportunityID: a.OpportunityID, DonorID: a.DonorID, UltimateDonorID: a.UltimateDonorID, Signed: a.SignedOn, From: a.From, To: a.To,
			Earmarking: a.Earmarking, Restriction: a.Restriction, SourceType: a.SourceType, OperatingGrant: a.OperatingGrant, State: Scheduled}
		for i, p := range a.Instalments {
			line := whole
			line.InstalmentID, line.Date, line.Amount, line.Worth, line.State = p.ID, p.Due, p.Amount, worth[i], p.State
			if p.PaidOn != "" {
				line.Date = p.PaidOn
			}
			if p.Earmarking != "" {
				line.Earmarking = p.Earmarking
			}
			lines = append(lines, line)
		}
		if p := a.Progress(); p != nil && p.Unplanned.Minor > 0 {
			whole.Amount, whole.Worth = &p.Unplanned, rest
			lines = append(lines, whole)
		}
	})
	return lines, err
}

// Accrued gives what every signed agreement is worth in each fiscal year, of which first is the first month.
func (r *Agreements) Accrued(ctx context.Context, first time.Month) ([]AccruedLine, error) {
	var lines []AccruedLine
	err := r.eachSigned(ctx, func(a *Agreement) {
		line := AccruedLine{AgreementID: a.ID, DonorID: a.DonorID, UltimateDonorID: a.UltimateDonorID, Earmarking: a.Earmarking,
			Restriction: a.Restriction, SourceType: a.SourceType, OperatingGrant: a.OperatingGrant}
		if a.Worth == nil {
			line.Year = fiscalYear(a.From, first)
			lines = append(lines, line)
			return
		}
		for _, part := range Accrue(*a.Worth, a.From, a.To, first) {
			line.Year, line.Worth = part.Year, &part.Amount
			lines = append(lines, line)
		}
	})
	return lines, err
}

func (r *Agreements) eachSigned(ctx context.Context, fn func(*Agreement)) error {
	today := r.Today()
	return r.agreements.Each(ctx, nil, func(a *Agreement) error {
		if a.StateOn(today) != Draft {
			fn(a.show(ctx))
		}
		return nil
	})
}

// instalmentWorths divides what the agreement is worth over its instalments, exactly; what is in none of them
// keeps its part, the rest. Instalments beyond the amount are converted at the agreement's own rate. nil: not
// converted.
func (a *Agreement) instalmentWorths() (worth []*money.Money, rest *money.Money) {
	worth = make([]*money.Money, len(a.Instalments))
	if a.Worth == nil || a.Amount == nil || a.Amount.Minor == 0 {
		return worth, nil
	}
	weights := make([]int64, 0, len(a.Instalments)+1)
	var sum int64
	for _, p := range a.Instalments {
		weights = append(weights, p.Amount.Minor)
		sum += p.Amount.Minor
	}
	total := a.Worth.Minor
	if left := a.Amount.Minor - sum; left >= 0 {
		weights = append(weights, left)
	} else {
		total = scale(a.Worth.Minor, sum, a.Amount.Minor)
	}
	for i, part := range money.Split(total, weights) {
		one := &money.Money{Minor: part, Currency: a.Worth.Currency}
		if i < len(worth) {
			worth[i] = one
		} else {
			rest = one
		}
	}
	return worth, rest
}

// scale gives n times num over den, to the nearest unit; none of them is negative.
func scale(n, num, den int64) int64 {
	x := new(big.Int).Mul(big.NewInt(n), big.NewInt(num))
	x.Lsh(x, 1).Add(x, big.NewInt(den)) // (2·n·num + den) / 2·den
	return x.Quo(x, big.NewInt(2*den)).Int64()
}

// YearPart is a part of an amount in one fiscal year.
type YearPart struct {
	Year   int         `json:"year" doc:"fiscal year, named after the calendar year in which it begins"`
	Days   int         `json:"days" doc:"days of the term within it"`
	Amount money.Money `json:"amount"`
}

// Accrue spreads an amount over a term by day: each fiscal year, of which first is the first month, gets as much as
// it has of the term's days, both ends included. The parts add up exactly. nil where the term has no day.
func Accrue(amount money.Money, from, to store.Date, first time.Month) []YearPart {
	if from == "" || to == "" || from > to {
		return nil
	}
	var parts []YearPart
	var days []int64
	for year := fiscalYear(from, first); year <= fiscalYear(to, first); year++ {
		begins := store.At(time.Date(year, month(first), 1, 0, 0, 0, 0, time.UTC))[:10]
		next := store.At(time.Date(year+1, month(first), 1, 0, 0, 0, 0, time.UTC))[:10]
		a, b := max(from, store.Date(begins)), min(plusDays(to, 1), store.Date(next))
		n := daysApart(a, b)
		parts, days = append(parts, YearPart{Year: year, Days: n}), append(days, int64(n))
	}
	for i, part := range money.Split(amount.Minor, days) {
		parts[i].Amount = money.Money{Minor: part, Currency: amount.Currency}
	}
	return parts
}

func month(first time.Month) time.Month {
	if first < time.January || first > time.December {
		return time.January
	}
	return first
}

// fiscalYear gives the fiscal year of a date.
func fiscalYear(d store.Date, first time.Month) int {
	t := d.Time()
	if t.Month() < month(first) {
		return t.Year() - 1
	}
	return t.Year()
}
