package finance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// DuePayment is a payment that is due: an instalment of an agreement, say.
type DuePayment struct {
	ID              string      `json:"id"`
	RecordID        string      `json:"recordId" doc:"of the agreement"`
	Title           string      `json:"title" doc:"of the agreement"`
	DonorID         string      `json:"donorId"`
	Amount          Money       `json:"amount"`
	Due             store.Date  `json:"due"`
	Reference       string      `json:"reference,omitempty" doc:"by which the payer may name it"`
	UltimateDonorID string      `json:"ultimateDonorId,omitempty"`
	Earmarking      Earmarking  `json:"earmarking,omitempty" enum:"unearmarked,soft,earmarked,tight"`
	Restriction     Restriction `json:"restriction,omitempty" enum:"unrestricted,designated,restricted"`
	SourceType      SourceType  `json:"sourceType,omitempty" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
}

// Expectations knows which payments are due; whoever keeps agreements is one.
type Expectations interface {
	// Expected gives the payments that are due from one day to another and not paid yet.
	Expected(ctx context.Context, from, to store.Date) ([]DuePayment, error)
	// Settle says in the transaction of ctx that an income line has paid one on a day; Invalid on the field
	// "expectedId" where there is none, it is paid already, somebody else is to pay it, or the line with the charges
	// that banks took is not what was due (Covers). What came in another currency is taken at a person's word.
	Settle(ctx context.Context, id string, line *Income, charges int64) error
	// Unsettle says in the transaction of ctx that lines pay nothing any more: what they had paid is due again.
	Unsettle(ctx context.Context, lineIDs ...string) error
}

// Suggestion is who a payment may be from, and as what. Score is from 0 to 100 and the sum of what speaks for
// it; Reasons say it in words.
type Suggestion struct {
	DonorID         string      `json:"donorId"`
	ExpectedID      string      `json:"expectedId,omitempty"`
	Title           string      `json:"title,omitempty" doc:"of the agreement under which it is expected"`
	Due             store.Date  `json:"due,omitempty" doc:"when it is expected"`
	Payout          []string    `json:"payout,omitempty" doc:"the imports of gifts of this campaign that it may pay out: then it is no income"`
	Score           int         `json:"score"`
	Sure            bool        `json:"sure" doc:"enough speaks for it, and nothing else is near; with others it can be accepted unseen"`
	Reasons         []string    `json:"reasons" nullable:"false"`
	UltimateDonorID string      `json:"ultimateDonorId,omitempty" doc:"as in the agreement, else as on the donor's last line; so are the others below"`
	Earmarking      Earmarking  `json:"earmarking,omitempty" enum:"unearmarked,soft,earmarked,tight"`
	Restriction     Restriction `json:"restriction,omitempty" enum:"unrestricted,designated,restricted"`
	SourceType      SourceType  `json:"sourceType,omitempty" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`

	weight int  // the score, not cut off at 100
	full   bool // the amount is what was due, or that less bank charges
}

// What speaks for a suggestion, and how much. They are the secretariat's own choice: an account seen before is
// nearly proof, as is the number of a contract; a name alone is not.
const (
	sameAccount   = 60
	sameName      = 40
	likeName      = 20
	sameReference = 60
	sameAmount    = 20
	netOfCharges  = 12
	onTime        = 10
)

// How far from its due day a payment may come and still speak for it, and how much banks may have taken where
// the statement does not say: half a percent, and never more than 60 units of the currency.
const (
	nearDays      = 30
	expectedDays  = 120
	chargePortion = 200
	chargeUnits   = 60
	maxSuggested  = 3
)

// knowledge is what suggestions for some payments are made of.
type knowledge struct {
	byIBAN   map[string]string   // donor
	byName   map[string]string   // by the payer's name as written: the one who has it
	likely   map[string][]string // by the payer's name as written: who has its words
	names    map[string]string
	expected []DuePayment
	gifts    []*BookedGifts // not paid out yet
	paidOut  []*BankEntry   // payments that were payouts
}

// suggest gives what a payment may be, the likeliest first, at most three. Equal scores go by donor and
// expected payment, so that the order never changes by itself.
func suggest(e *BankEntry, k knowledge) []Suggestion {
	found := map[[2]string]*Suggestion{}
	of := func(donor, expected string) *Suggestion {
		key := [2]string{donor, expected}
		if found[key] == nil {
			found[key] = &Suggestion{DonorID: donor, ExpectedID: expected, Reasons: []string{}}
			found[key].person(e, k)
		}
		return found[key]
	}
	if id := k.byIBAN[e.IBAN]; e.IBAN != "" && id != "" {
		of(id, "")
	}
	if id := k.byName[e.Payer]; id != "" {
		of(id, "")
	}
	for _, id := range k.likely[e.Payer] {
		of(id, "")
	}
	for _, x := range k.expected {
		if s := x.speaks(e); len(s.Reasons) > 0 {
			one := of(x.DonorID, x.ID)
			one.Score, one.Reasons = one.Score+s.Score, append(one.Reasons, s.Reasons...)
			one.Title, one.Due, one.full = x.Title, x.Due, s.full
			one.UltimateDonorID, one.Earmarking, one.Restriction, one.SourceType = x.UltimateDonorID, x.Earmarking, x.Restriction, x.SourceType
		}
	}
	for key := range found {
		if key[1] != "" {
			delete(found, [2]string{key[0], ""}) // what is expected of a donor says more than the donor alone
		}
	}
	payouts := k.payouts(e)
	for _, p := range payouts {
		delete(found, [2]string{p.DonorID, ""}) // that it pays gifts out says more than the campaign alone
	}
	list := slices.Clone(payouts)
	for _, s := range found {
		if s.weight = s.Score; s.weight > 0 {
			s.Score = min(s.Score, 100)
			list = append(list, *s)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.weight != b.weight {
			return a.weight > b.weight
		}
		if a.DonorID != b.DonorID {
			return a.DonorID < b.DonorID
		}
		return a.ExpectedID < b.ExpectedID
	})
	return list[:min(len(list), maxSuggested)]
}

// person adds what speaks for the donor.
func (s *Suggestion) person(e *BankEntry, k knowledge) {
	name := k.names[s.DonorID]
	if e.IBAN != "" && k.byIBAN[e.IBAN] == s.DonorID {
		s.add(sameAccount, "%s has paid from this account before.", name)
	}
	switch {
	case e.Payer != "" && k.byName[e.Payer] == s.DonorID:
		s.add(sameName, "The payer's name is that of %s.", name)
	case slices.Contains(k.likely[e.Payer], s.DonorID):
		s.add(likeName, "The payer's name is like that of %s.", name)
	}
}

func (s *Suggestion) add(points int, format string, args ...any) {
	s.Score += points
	s.Reasons = append(s.Reasons, fmt.Sprintf(format, args...))
}

// speaks says what speaks for a payment being the expected one: its reference, or its amount near its day.
func (x DuePayment) speaks(e *BankEntry) (s Suggestion) {
	if x.Amount.Currency != e.Amount.Currency {
		return s
	}
	text := store.Fold(e.Remittance + " " + e.EndToEnd)
	if ref := store.Fold(x.Reference); utf8.RuneCountInString(ref) >= 4 && strings.Contains(text, ref) {
		s.add(sameReference, "The reference %s is in the payment.", x.Reference)
	}
	days := int(e.Date.Time().Sub(x.Due.Time()).Abs().Hours() / 24)
	less := x.Amount.Minor - e.Amount.Minor
	unit := Money{Minor: less, Currency: e.Amount.Currency}
	s.full = Covers(x.Amount, e.Amount, e.Charges)
	switch {
	case !s.full:
	case less == 0:
		s.add(sameAmount, "The amount is exactly what was due.")
	case less == e.Charges:
		s.add(netOfCharges, "The amount is what was due less bank charges of %s.", unit)
	default:
		s.add(netOfCharges, "The amount is %s less than was due, as bank charges may be.", unit)
	}
	if len(s.Reasons) > 0 && days <= nearDays {
		s.add(onTime, "It came within %d days of the day on which it was due.", nearDays)
	}
	return s
}

// Covers reports whether a payment is what was due: to the cent, or that less what banks took; charges is what the
// statement says of it, 0 where it says nothing.
func Covers(due, paid Money, charges int64) bool {
	less := due.Minor - paid.Minor
	return due.Currency == paid.Currency && (less == 0 || less > 0 && (less == charges ||
		charges == 0 && less <= due.Minor/chargePortion && less <= chargeUnits*unitOf(due.Currency)))
}

// unitOf gives how many minor units one unit of a currency has.
func unitOf(currency string) int64 {
	n := int64(1)
	for range money.Exponent(currency) {
		n *= 10
	}
	return n
}

// Suggestions gives what each of some payments may be, by the id of the payment. Only proposals have any.
func (b *Bank) Suggestions(ctx context.Context, list []*BankEntry) (map[string][]Suggestion, error) {
	out := map[string][]Suggestion{}
	var open []*BankEntry
	for _, e := range list {
		if e.State == Proposed {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return out, nil
	}
	k, err := b.know(ctx, open)
	if err != nil {
		return nil, err
	}
	last := map[string]*Income{}
	for _, e := range open {
		out[e.ID] = suggest(e, k)
		for i := range out[e.ID] {
			if out[e.ID][i].Payout != nil {
				continue // no income
			}
			if err := b.asBefore(ctx, &out[e.ID][i], last); err != nil {
				return nil, err
			}
		}
		markSure(out[e.ID])
	}
	return out, nil
}

// asBefore fills in what the donor's last line was, where no agreement says it.
func (b *Bank) asBefore(ctx context.Context, s *Suggestion, last map[string]*Income) error {
	l, asked := last[s.DonorID]
	if !asked {
		open, err := b.repo.open(ctx)
		if err != nil {
			return err
		}
		lines, err := b.repo.lines.Find(ctx, append(filter.And{filter.Eq{Field: "donorId", Value: s.DonorID}}, open...), []driver.Key{{Path: "date", Desc: true}}, 1)
		if err != nil {
			return err
		}
		if len(lines) > 0 {
			l = lines[0]
		}
		last[s.DonorID] = l
	}
	if l != nil {
		s.Earmarking, s.Restriction, s.SourceType = cmp.Or(s.Earmarking, l.Earmarking), cmp.Or(s.Restriction, l.Restriction), cmp.Or(s.SourceType, l.SourceType)
		s.UltimateDonorID = cmp.Or(s.UltimateDonorID, l.UltimateDonorID)
	}
	return nil
}

// know gathers what is known about the payers of some payments.
func (b *Bank) know(ctx context.Context, list []*BankEntry) (k knowledge, err error) {
	k = knowledge{byIBAN: map[string]string{}, likely: map[string][]string{}}
	var ibans []any
	var names []string
	first, last := list[0].Date, list[0].Date
	currencies := map[string]bool{}
	for _, e := range list {
		currencies[e.Amount.Currency] = true
		first, last = min(first, e.Date), max(last, e.Date)
		if e.IBAN != "" {
			ibans = append(ibans, e.IBAN)
		}
		if e.Payer != "" && !slices.Contains(names, e.Payer) {
			names = append(names, e.Payer)
		}
	}
	accounts, err := b.payers.Find(ctx, filter.In{Field: "iban", Values: ibans}, nil, 0)
	if err != nil {
		return k, err
	}
	for _, a := range accounts {
		k.byIBAN[a.IBAN] = a.DonorID
	}
	if k.byName, err = b.donors.Find(ctx, names); err != nil {
		return k, err
	}
	ids := map[string]bool{}
	for _, name := range names {
		if k.byName[name] == "" {
			if k.likely[name], err = b.donors.Matching(ctx, name, maxSuggested); err != nil {
				return k, err
			}
		}
	}
	if b.repo.Expectations != nil {
		if k.expected, err = b.repo.Expectations.Expected(ctx, addDays(first, -expectedDays), addDays(last, expectedDays)); err != nil {
			return k, err
		}
	}
	for _, group := range [][]string{values(k.byIBAN), values(k.byName)} {
		for _, id := range group {
			ids[id] = true
		}
	}
	for _, list := range k.likely {
		for _, id := range list {
			ids[id] = true
		}
	}
	for _, x := range k.expected {
		ids[x.DonorID] = true
	}
	if err := b.knowGifts(ctx, &k, currencies); err != nil {
		return k, err
	}
	for _, g := range k.gifts {
		ids[g.DonorID] = true
	}
	all := make([]string, 0, len(ids))
	for id := range ids {
		all = append(all, id)
	}
	k.names, err = b.donors.Names(ctx, all)
	return k, err
}

func values(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for _, v := range m {
		out = append(out, v)
	}
	return out
}
