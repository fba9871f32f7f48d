package finance

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Accept makes an income line of revision rev of a payment, as say says, and remembers from which account the
// donor pays. Day and amount are the bank's. The expected payment that it is, where one is named, is paid by it.
func (b *Bank) Accept(ctx context.Context, id string, rev int64, say Entry, expectedID string) (*BankEntry, error) {
	return b.decide(ctx, id, rev, func(ctx context.Context, e *BankEntry) error {
		if err := e.mayBecome(); err != nil {
			return err
		}
		say.Date, say.Amount = e.Date, e.Amount
		if say.Reference == "" {
			say.Reference = beginning(cmp.Or(e.EndToEnd, e.Remittance), maxLabel)
		}
		l := &Income{EntryID: e.ID}
		if err := b.ledger.add(ctx, say, l); err != nil {
			return err
		}
		e.State, e.DonorID, e.LineID, e.ExpectedID, e.Reason = Accepted, l.DonorID, l.ID, expectedID, ""
		if err := b.settle(ctx, expectedID, l, e.Charges); err != nil {
			return err
		}
		if e.IBAN == "" {
			return nil
		}
		_, _, err := b.payers.Upsert(ctx, filter.Eq{Field: "iban", Value: e.IBAN}, func(p *payerAccount, _ bool) error {
			p.IBAN, p.DonorID = e.IBAN, l.DonorID
			return nil
		})
		return err
	})
}

// mayBecome refuses to say of a payment what it is where it counts as something already.
func (e *BankEntry) mayBecome() error {
	switch e.State {
	case Accepted:
		return fault.New(fault.Invalid, "This payment is income already. Take that back first.")
	case PaidOut:
		return fault.New(fault.Invalid, "This payment is a payout of gifts already. Take that back first.")
	case Proposed, Ignored:
	}
	return nil
}

// settle says of an expected payment that a line has paid it.
func (b *Bank) settle(ctx context.Context, expectedID string, l *Income, charges int64) error {
	switch {
	case expectedID == "":
		return nil
	case b.repo.Expectations == nil:
		return fault.Field("expectedId", "Nothing is known of expected payments.")
	}
	return b.repo.Expectations.Settle(ctx, expectedID, l, charges)
}

// Ignore says that revision rev of a payment is no income, and why.
func (b *Bank) Ignore(ctx context.Context, id string, rev int64, reason string) (*BankEntry, error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var c fault.Checks
	c.Require(reason != "", "reason", "Say why it is no income.")
	c.Require(utf8.RuneCountInString(reason) <= maxReason, "reason", "The reason is longer than %d characters.", maxReason)
	if err := c.Err(); err != nil {
		return nil, err
	}
	return b.decide(ctx, id, rev, func(_ context.Context, e *BankEntry) error {
		if err := e.mayBecome(); err != nil {
			return err
		}
		e.State, e.Reason = Ignored, reason
		return nil
	})
}

// Reopen makes a proposal of revision rev of a payment again; the line that was made of it goes, if its year is
// open.
func (b *Bank) Reopen(ctx context.Context, id string, rev int64) (*BankEntry, error) {
	return b.decide(ctx, id, rev, func(ctx context.Context, e *BankEntry) error {
		if err := b.withdraw(ctx, e); err != nil {
			return err
		}
		e.State, e.DonorID, e.LineID, e.ExpectedID, e.Reason, e.Payout = Proposed, "", "", "", "", nil
		return nil
	})
}

// withdraw removes the lines that were made of a payment; what it had paid is expected again, and that the donor pays
// from this account is known by other payments only.
func (b *Bank) withdraw(ctx context.Context, e *BankEntry) error {
	lines, err := b.repo.lines.Find(ctx, filter.Eq{Field: "entryId", Value: e.ID}, nil, 0)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := b.repo.touch(ctx, l.Date); err != nil {
			return err
		}
		if err := b.ledger.loose(ctx, l); err != nil {
			return err
		}
		if err := b.repo.lines.Delete(ctx, l.ID); err != nil {
			return err
		}
	}
	if err := b.forgetPayer(ctx, e); err != nil {
		return err
	}
	if e.LineID == "" || b.repo.Expectations == nil {
		return nil
	}
	return b.repo.Expectations.Unsettle(ctx, e.LineID)
}

// forgetPayer takes back what a payment had taught of whose its account is: whose it is by the one that was accepted last
// of the others, or nobody's.
func (b *Bank) forgetPayer(ctx context.Context, e *BankEntry) error {
	if e.State != Accepted || e.IBAN == "" {
		return nil
	}
	p, err := b.payers.First(ctx, filter.Eq{Field: "iban", Value: e.IBAN})
	if fault.Is(err, fault.NotFound) || err == nil && p.DonorID != e.DonorID {
		return nil
	}
	if err != nil {
		return err
	}
	same, err := b.entries.Find(ctx, filter.And{filter.Eq{Field: "iban", Value: e.IBAN}, filter.Eq{Field: "state", Value: string(Accepted)}}, nil, 0)
	if err != nil {
		return err
	}
	var last *BankEntry
	for _, o := range same {
		if o.ID != e.ID && (last == nil || o.DecidedAt > last.DecidedAt) {
			last = o
		}
	}
	if last == nil {
		return b.payers.Delete(ctx, p.ID)
	}
	_, err = b.payers.Update(ctx, p.ID, func(p *payerAccount) error { p.DonorID = last.DonorID; return nil })
	return err
}

// decide changes a payment and what belongs to it as one.
func (b *Bank) decide(ctx context.Context, id string, rev int64, change func(context.Context, *BankEntry) error) (*BankEntry, error) {
	var saved *BankEntry
	err := b.repo.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = b.entries.UpdateAt(ctx, id, rev, func(e *BankEntry) error {
			if err := change(ctx, e); err != nil {
				return err
			}
			e.DecidedAt, e.DecidedBy = b.repo.db.Now(), access.From(ctx).Name
			return nil
		})
		return err
	})
	return saved, err
}

func beginning(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
