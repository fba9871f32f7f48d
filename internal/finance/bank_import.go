package finance

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/finance/statement"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// StatementResult is what an import of a statement came to, or would come to.
type StatementResult struct {
	Statement
	DryRun  bool         `json:"dryRun"`
	Known   int          `json:"known" doc:"payments that an earlier statement had brought"`
	Preview []*BankEntry `json:"preview" nullable:"false" doc:"the first of the new payments"`
	Before  []*BankEntry `json:"before" nullable:"false" doc:"the first of those that were there, as the earlier statement has them"`
}

// Import reads a statement and, unless it is a dry run, keeps its incoming payments as proposals. A payment that
// another statement has brought, in whichever format, comes no second time: statement.Pair says which are the same.
// Two imports at once take turns, so the second sees what the first has brought.
func (b *Bank) Import(ctx context.Context, name string, data []byte, dryRun bool) (*StatementResult, error) {
	f, err := statement.Parse(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	res := &StatementResult{DryRun: dryRun, Preview: []*BankEntry{}}
	res.Name, res.Hash, res.Format, res.Accounts, res.By = clip(name), hex.EncodeToString(sum[:]), f.Format, accounts(f), access.From(ctx).Name
	if res.Name == "" {
		res.Name = "statement"
	}
	res.Pending = f.Pending
	if dryRun {
		if err := b.knownAs(ctx, f, res); err != nil {
			return nil, err
		}
		_, err := b.fresh(ctx, b.credits(f, res), res)
		return res, err
	}
	err = b.repo.db.Tx(audit.Bulk(ctx, "bank statement "+res.Name), func(ctx context.Context) error {
		if err := b.repo.touch(ctx); err != nil { // before looking
			return err
		}
		if err := b.knownAs(ctx, f, res); err != nil {
			return err
		}
		fresh, err := b.fresh(ctx, b.credits(f, res), res)
		if err != nil {
			return err
		}
		res.Meta = store.Meta{ID: store.NewID()}
		if len(fresh) == 0 {
			return fault.Field("file", "%s", res.nothingNew())
		}
		for _, e := range fresh {
			e.StatementID = res.ID
		}
		s := res.Statement
		if err := b.statements.Create(ctx, &s); err != nil {
			return err
		}
		res.Statement = s
		return b.entries.CreateMany(ctx, fresh)
	})
	if err != nil {
		return nil, err
	}
	return res, nil
}

func (res *StatementResult) nothingNew() string {
	if res.Credits == 0 {
		return "No payment came in on this statement. Nothing was imported."
	}
	return fmt.Sprintf("Every payment of this statement is already there from %s. Nothing was imported.", res.Already[0].Name)
}

func accounts(f *statement.File) []string {
	list := slices.Clone(f.Accounts)
	slices.Sort(list)
	return slices.Compact(list)
}

// knownAs calls each account of a file by the name that earlier statements have for it: one may write the IBAN, another
// the national number that the IBAN ends with. Where two accounts would fit it stays as it is.
func (b *Bank) knownAs(ctx context.Context, f *statement.File, res *StatementResult) error {
	known := map[string]bool{}
	err := b.statements.Each(ctx, nil, func(s *Statement) error {
		for _, own := range s.Accounts {
			known[own] = s.RevertedAt == "" || known[own]
		}
		return nil
	})
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, own := range f.Accounts {
		var fits []string
		for name, live := range known {
			if live && statement.SameAccount(own, name) {
				fits = append(fits, name)
			}
		}
		if !known[own] && len(fits) == 1 {
			names[own] = fits[0]
		}
	}
	for i, own := range f.Accounts {
		f.Accounts[i] = cmp.Or(names[own], own)
	}
	for i := range f.Entries {
		f.Entries[i].Account = cmp.Or(names[f.Entries[i].Account], f.Entries[i].Account)
	}
	res.Accounts = accounts(f)
	return nil
}

// credits makes proposals of the payments that came in, and counts the others.
func (b *Bank) credits(f *statement.File, res *StatementResult) []*BankEntry {
	var list []*BankEntry
	res.From, res.To, res.Debits = "", "", 0
	for _, e := range f.Entries {
		if res.From == "" || e.Date < res.From {
			res.From = e.Date
		}
		res.To = max(res.To, e.Date)
		if e.Amount.Minor <= 0 || e.Reversed {
			res.Debits++
			continue
		}
		list = append(list, &BankEntry{Format: f.Format, Line: e.Line, Account: e.Account, Date: e.Date, ValueDate: e.ValueDate, NoDay: e.NoDay, Amount: e.Amount,
			Whole: e.Whole.Minor, Charges: e.Charges, Payer: e.Payer, IBAN: e.IBAN, Remittance: e.Remittance, EndToEnd: e.EndToEnd, BankRef: e.BankRef, State: Proposed})
	}
	res.Credits = len(list)
	return list
}

// booking gives what a payment, or that of which it is a part, is known by.
func (e *BankEntry) booking() statement.Booking {
	m := statement.Entry{Account: e.Account, Date: e.Date, ValueDate: e.ValueDate, NoDay: e.NoDay, Whole: Money{Minor: e.Whole, Currency: e.Amount.Currency},
		Amount: e.Amount, Payer: e.Payer, IBAN: e.IBAN, Remittance: e.Remittance, EndToEnd: e.EndToEnd, BankRef: e.BankRef}
	return m.Booking(e.Format)
}

// lineKey is which booking of which statement a payment belongs to.
type lineKey struct {
	statement string
	line      int
}

// booked puts payments together by booking, in order of their first payment.
func booked(list []*BankEntry) (bookings []statement.Booking, parts [][]*BankEntry) {
	at := map[lineKey]int{}
	for _, e := range list {
		key := lineKey{e.StatementID, e.Line}
		i, ok := at[key]
		if !ok {
			i = len(bookings)
			at[key], bookings, parts = i, append(bookings, e.booking()), append(parts, nil)
		}
		parts[i] = append(parts[i], e)
	}
	return bookings, parts
}

// valueDays is how far a booking day may be from the value date by which another statement knows the booking.
const valueDays = 10

// fresh gives those that no statement has brought yet, each with its key, and notes in res what was there.
func (b *Bank) fresh(ctx context.Context, list []*BankEntry, res *StatementResult) ([]*BankEntry, error) {
	var there []*BankEntry
	if len(list) > 0 {
		known, err := b.entries.Find(ctx, filter.And{oneOf("account", res.Accounts),
			filter.Compare{Field: "date", Op: filter.Gte, Value: string(addDays(res.From, -valueDays))},
			filter.Compare{Field: "date", Op: filter.Lte, Value: string(addDays(res.To, valueDays))}}, nil, 0)
		if err != nil {
			return nil, err
		}
		there = known
	}
	slices.SortStableFunc(there, func(x, y *BankEntry) int {
		return cmp.Or(cmp.Compare(x.StatementID, y.StatementID), cmp.Compare(x.Line, y.Line))
	})
	taken := map[string]bool{}
	for _, e := range there {
		taken[e.Key] = true
	}
	bookings, parts := booked(list)
	knownBookings, knownParts := booked(there)
	var fresh []*BankEntry
	counts := map[string]int{}
	res.Before = []*BankEntry{}
	for i, k := range statement.Pair(bookings, knownBookings) {
		if k < 0 {
			for _, e := range parts[i] {
				e.number(taken)
			}
			fresh = append(fresh, parts[i]...)
			continue
		}
		counts[knownParts[k][0].StatementID] += len(parts[i])
		if len(res.Before) < previewLines {
			res.Before = append(res.Before, knownParts[k]...)
		}
	}
	res.Added, res.Known = len(fresh), res.Credits-len(fresh)
	res.Preview = append([]*BankEntry{}, fresh[:min(len(fresh), previewLines)]...)
	return fresh, b.already(ctx, counts, res)
}

// number gives a payment the first key that nobody has.
func (e *BankEntry) number(taken map[string]bool) {
	for n := 0; ; n++ {
		// Never another text: houses keep these keys.
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x1f%s\x1f%s %s\x1f%d", e.Account, e.Date, e.Amount.Decimal(), e.Amount.Currency, n))
		if e.Key = hex.EncodeToString(sum[:16]); !taken[e.Key] {
			taken[e.Key] = true
			return
		}
	}
}

// already names the statements that had brought payments, the one with most of them first.
func (b *Bank) already(ctx context.Context, counts map[string]int, res *StatementResult) error {
	res.Already = []Already{}
	for id, n := range counts {
		s, err := b.statements.Get(ctx, id)
		if err != nil {
			return err
		}
		res.Already = append(res.Already, Already{StatementID: id, Name: s.Name, Count: n})
	}
	slices.SortFunc(res.Already, func(x, y Already) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.StatementID, y.StatementID))
	})
	return nil
}

// Revert takes a statement back: its payments go, and the lines that were made of them. Nothing goes where one
// of these lies in a closed year or others belong to it.
func (b *Bank) Revert(ctx context.Context, id string) (*Statement, error) {
	var s *Statement
	err := b.repo.db.Tx(audit.Bulk(ctx, "bank statement taken back"), func(ctx context.Context) (err error) {
		s, err = b.statements.Update(ctx, id, func(s *Statement) error {
			if s.RevertedAt != "" {
				return fault.New(fault.Invalid, "This statement was taken back already.")
			}
			s.RevertedAt = b.repo.db.Now()
			return nil
		})
		if err != nil {
			return err
		}
		list, err := b.entries.Find(ctx, filter.Eq{Field: "statementId", Value: id}, nil, 0)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := b.withdraw(ctx, e); err != nil {
				return fmt.Errorf("the payment of %s by %s: %w", e.Date, e.Payer, err)
			}
			if err := b.entries.Delete(ctx, e.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return s, err
}
