package finance

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// A payout is one payment of a platform for many gifts. The gifts are in the books by the platform's own list, gross and
// with its fees, so the payout makes no line and changes no figure. It says which imports of gifts it pays out, and so
// what of them has still to come.

// PayoutPart is what a payout has of one import of gifts, in minor units of the payment.
type PayoutPart struct {
	ImportID string `json:"importId"`
	Name     string `json:"name" doc:"of the file of gifts"`
	Minor    int64  `json:"minor" doc:"of the payment; below zero where more of the import went back than came in"`
	Kept     int64  `json:"kept,omitempty" doc:"what the platform kept beyond the fees in the books: nothing more comes of this import"`
}

// BookedGifts is what one import of gifts has brought into the books in one currency.
type BookedGifts struct {
	ImportID string     `json:"importId"`
	Name     string     `json:"name" doc:"of the file of gifts"`
	DonorID  string     `json:"donorId" doc:"the campaign"`
	From     store.Date `json:"from" doc:"the day of its first line in the books, of which each month has one"`
	To       store.Date `json:"to" doc:"the day of the last"`
	Net      Money      `json:"net" doc:"what was given, less what went back and the fees"`
	Left     Money      `json:"left" doc:"of the net, what no payout has had yet"`

	months map[string]int64 // the net of each month, YYYY-MM
}

// Gifts gives what live imports of gifts have brought in a currency, in order of their last day. ids, where there are any, are
// the imports that are asked for.
func (b *Bank) Gifts(ctx context.Context, currency string, ids ...string) ([]*BookedGifts, error) {
	where := filter.And{filter.Exists{Field: "donorId"}, filter.Eq{Field: "state", Value: string(Live)}}
	if len(ids) > 0 {
		where = append(where, oneOf("id", ids))
	}
	imports, err := b.repo.imports.Find(ctx, where, nil, 0)
	if err != nil {
		return nil, err
	}
	booked := map[string]*BookedGifts{}
	for _, imp := range imports {
		booked[imp.ID] = &BookedGifts{ImportID: imp.ID, Name: imp.Name, DonorID: imp.DonorID, months: map[string]int64{}}
	}
	for part := range slices.Chunk(imports, rateBatch) {
		of := filter.In{Field: "importId"}
		for _, imp := range part {
			of.Values = append(of.Values, imp.ID)
		}
		err := b.repo.lines.Each(ctx, of, func(l *Income) error {
			booked[l.ImportID].count(l.Date, l.Amount, currency, 1)
			return nil
		})
		if err != nil {
			return nil, err
		}
		err = b.repo.expenses.Each(ctx, of, func(e *Expense) error {
			booked[e.ImportID].count(e.Date, e.Amount, currency, -1)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	list := []*BookedGifts{}
	for _, imp := range imports {
		if g := booked[imp.ID]; g.From != "" {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(x, y *BookedGifts) int {
		return cmp.Or(cmp.Compare(x.To, y.To), cmp.Compare(x.From, y.From), cmp.Compare(x.ImportID, y.ImportID))
	})
	return list, b.lessPaidOut(ctx, currency, list)
}

// count adds a line of the books in this currency: income, or with sign -1 an expense.
func (g *BookedGifts) count(day store.Date, amount Money, currency string, sign int64) {
	if amount.Currency != currency {
		return
	}
	if g.From == "" || day < g.From {
		g.From = day
	}
	g.To = max(g.To, day)
	g.Net = Money{Minor: g.Net.Minor + sign*amount.Minor, Currency: currency}
	g.months[string(day)[:len("2006-01")]] += sign * amount.Minor
}

// lessPaidOut says of each import what is left of its net.
func (b *Bank) lessPaidOut(ctx context.Context, currency string, list []*BookedGifts) error {
	had := map[string]int64{}
	err := b.entries.Each(ctx, filter.Eq{Field: "state", Value: string(PaidOut)}, func(e *BankEntry) error {
		for _, p := range e.Payout {
			if e.Amount.Currency == currency {
				had[p.ImportID] += p.Minor + p.Kept
			}
		}
		return nil
	})
	for _, g := range list {
		g.Left = Money{Minor: g.Net.Minor - had[g.ImportID], Currency: currency}
	}
	return err
}

// PayOut says that revision rev of a payment pays out gifts that are in the books by these imports, and so is no income.
// It has the oldest of them first. With last nothing more comes of them: what is left then the platform has kept, and the
// payout notes it; it becomes no expense, as fees are booked by what a platform's own list says of them. A payment of more than is
// left of the imports is refused, since the rest would be income that is in no line.
func (b *Bank) PayOut(ctx context.Context, id string, rev int64, importIDs []string, last bool) (*BankEntry, error) {
	ids := slices.Compact(slices.Sorted(slices.Values(importIDs)))
	if len(ids) == 0 {
		return nil, fault.Field("importIds", "Say which gifts it pays out.")
	}
	return b.decide(ctx, id, rev, func(ctx context.Context, e *BankEntry) error {
		if err := e.mayBecome(); err != nil {
			return err
		}
		if err := b.repo.touch(ctx); err != nil { // before looking, so that two payouts of the same gifts take turns
			return err
		}
		gifts, err := b.Gifts(ctx, e.Amount.Currency, ids...)
		if err != nil {
			return err
		}
		if len(gifts) < len(ids) {
			return fault.Field("importIds", "One of these imports has no gifts in %s, or was taken back.", e.Amount.Currency)
		}
		parts, err := payOut(e.Amount, gifts, last)
		if err != nil {
			return err
		}
		e.State, e.Payout, e.Reason, e.DonorID = PaidOut, parts, "", gifts[0].DonorID
		if slices.ContainsFunc(gifts, func(g *BookedGifts) bool { return g.DonorID != e.DonorID }) {
			e.DonorID = "" // of several campaigns
		}
		return nil
	})
}

// payOut divides a payment among imports of gifts: the whole of those of which more went back than came in, then the oldest
// first. The parts add up to the payment.
func payOut(amount Money, gifts []*BookedGifts, last bool) ([]PayoutPart, error) {
	rest, left := amount.Minor, int64(0)
	for _, g := range gifts {
		left += g.Left.Minor
		rest -= min(g.Left.Minor, 0)
	}
	if over := amount.Minor - left; over > 0 {
		return nil, fault.Field("importIds", "The payment is %s more than is left of these gifts. Choose all that it pays out; if they are not in the books yet, import their file first.",
			Money{Minor: over, Currency: amount.Currency})
	}
	parts := []PayoutPart{}
	for _, g := range gifts {
		part := PayoutPart{ImportID: g.ImportID, Name: g.Name, Minor: min(g.Left.Minor, rest)}
		if g.Left.Minor > 0 {
			rest -= part.Minor
		} else {
			part.Minor = g.Left.Minor
		}
		if last {
			part.Kept = g.Left.Minor - part.Minor
		}
		if part.Minor != 0 || part.Kept != 0 {
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// notPaidOut refuses to take back an import of gifts that a payment at the bank pays out: the payment would be left in no figure.
func (r *Repo) notPaidOut(ctx context.Context, importID string) error {
	list, err := r.entries.Find(ctx, filter.Has{Field: "payout.importId", Values: []any{importID}}, []driver.Key{{Path: "date"}}, 1)
	if err != nil || len(list) == 0 {
		return err
	}
	return fault.New(fault.Invalid, "The payment of %s of %s at the bank is a payout of these gifts. Take that back first.", list[0].Amount, list[0].Date)
}
