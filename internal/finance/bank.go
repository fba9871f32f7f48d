package finance

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/finance/statement"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Statement is one file from the bank that was imported.
type Statement struct {
	store.Meta
	Name       string        `json:"name"`
	Hash       string        `json:"hash"`
	Format     string        `json:"format"`
	Accounts   []string      `json:"accounts" nullable:"false"`
	From       store.Date    `json:"from,omitempty"`
	To         store.Date    `json:"to,omitempty"`
	Credits    int           `json:"credits" doc:"payments that came in"`
	Added      int           `json:"added" doc:"of these, how many no other statement had brought"`
	Debits     int           `json:"debits" doc:"payments that went out or came back; they are not kept"`
	Pending    int           `json:"pending" doc:"not booked yet; a later statement brings them"`
	By         string        `json:"by,omitempty"`
	RevertedAt store.Instant `json:"revertedAt,omitempty"`
}

// EntryState is what became of a payment.
type EntryState string

// The states.
const (
	Proposed EntryState = "proposed" // nobody has said yet what it is
	Accepted EntryState = "accepted" // it is income
	Ignored  EntryState = "ignored"  // it is none: a transfer of our own, say
)

// BankEntry is a payment that came in.
type BankEntry struct {
	store.Meta
	Key         string        `json:"key"`
	StatementID string        `json:"statementId"`
	Account     string        `json:"account"`
	Date        store.Date    `json:"date"`
	Amount      Money         `json:"amount"`
	Charges     int64         `json:"charges,omitempty" doc:"what banks took on the way, in minor units"`
	Payer       string        `json:"payer,omitempty"`
	IBAN        string        `json:"iban,omitempty" doc:"of the payer"`
	Remittance  string        `json:"remittance,omitempty" doc:"what the payer wrote"`
	EndToEnd    string        `json:"endToEnd,omitempty" doc:"the payer's own reference"`
	State       EntryState    `json:"state" enum:"proposed,accepted,ignored"`
	DonorID     string        `json:"donorId,omitempty"`
	ExpectedID  string        `json:"expectedId,omitempty" doc:"the expected payment that it is"`
	LineID      string        `json:"lineId,omitempty" doc:"the income line that was made of it"`
	DecidedAt   store.Instant `json:"decidedAt,omitempty"`
	DecidedBy   string        `json:"decidedBy,omitempty"`
}

// payerAccount remembers from which account a donor has paid.
type payerAccount struct {
	store.Meta
	IBAN    string `json:"iban"`
	DonorID string `json:"donorId"`
}

// Bank takes statements in and makes income of their payments.
type Bank struct {
	repo       *Repo
	ledger     *Ledger
	donors     Donors
	statements *store.Collection[Statement]
	entries    *store.Collection[BankEntry]
	payers     *store.Collection[payerAccount]

	// Expectations knows which payments are due; nil: nobody does. Set before the first use.
	Expectations Expectations
}

// NewBank declares the collections.
func NewBank(repo *Repo, ledger *Ledger, donors Donors) *Bank {
	db := repo.db
	return &Bank{repo: repo, ledger: ledger, donors: donors,
		statements: store.Declare(db, store.Spec[Statement]{
			Name: "bank_statements", Fields: []driver.Field{{Path: "hash"}, {Path: "revertedAt"}},
			Indexes: [][]driver.Key{{{Path: "hash"}}}, Audited: true,
		}),
		entries: store.Declare(db, store.Spec[BankEntry]{
			Name: "bank_entries",
			Fields: []driver.Field{{Path: "key"}, {Path: "statementId"}, {Path: "state"}, {Path: "date"}, {Path: "donorId"},
				{Path: "amount.minor", Kind: driver.Int}},
			Unique:  [][]string{{"key"}},
			Indexes: [][]driver.Key{{{Path: "state"}, {Path: "date", Desc: true}}, {{Path: "statementId"}}, {{Path: "date", Desc: true}}, {{Path: "donorId"}}},
			Refs:    []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
			Audited: true,
		}),
		payers: store.Declare(db, store.Spec[payerAccount]{
			Name: "payer_accounts", Fields: []driver.Field{{Path: "iban"}, {Path: "donorId"}},
			Unique: [][]string{{"iban"}}, Indexes: [][]driver.Key{{{Path: "donorId"}}},
			Refs:    []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove", Derived: true}},
			Audited: true,
		}),
	}
}

// StatementResult is what an import of a statement came to, or would come to.
type StatementResult struct {
	Statement
	DryRun  bool         `json:"dryRun"`
	Known   int          `json:"known" doc:"payments that an earlier statement had brought"`
	Preview []*BankEntry `json:"preview" nullable:"false" doc:"the first of the new payments"`
}

// Import reads a statement and, unless it is a dry run, keeps its incoming payments as proposals. A payment
// that another statement has brought is known by its key, so importing a statement twice, or one that
// overlaps, adds nothing twice; two processes at once meet in the unique key, and one of them fails whole.
func (b *Bank) Import(ctx context.Context, name string, data []byte, dryRun bool) (*StatementResult, error) {
	f, err := statement.Parse(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	res := &StatementResult{DryRun: dryRun, Preview: []*BankEntry{}}
	res.Name, res.Hash, res.Format, res.Accounts, res.By = clip(name), hex.EncodeToString(sum[:]), f.Format, f.Accounts, access.From(ctx).Name
	if res.Name == "" {
		res.Name = "statement"
	}
	res.Pending = f.Pending
	credits := b.credits(f, res)
	if dryRun {
		fresh, err := b.fresh(ctx, credits)
		res.note(fresh)
		return res, err
	}
	err = b.repo.db.Tx(audit.Bulk(ctx, "bank statement "+res.Name), func(ctx context.Context) error {
		fresh, err := b.fresh(ctx, credits)
		if err != nil {
			return err
		}
		res.Meta = store.Meta{ID: store.NewID()}
		res.note(fresh)
		if len(fresh) == 0 {
			return fault.Field("file", "Every payment of this statement is here already. Nothing was imported.")
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

// credits makes proposals of the payments that came in, and counts the others.
func (b *Bank) credits(f *statement.File, res *StatementResult) []*BankEntry {
	var list []*BankEntry
	for _, e := range f.Entries {
		if res.From == "" || e.Date < res.From {
			res.From = e.Date
		}
		res.To = max(res.To, e.Date)
		if e.Amount.Minor <= 0 || e.Reversed {
			res.Debits++
			continue
		}
		list = append(list, &BankEntry{Key: e.Key, Account: e.Account, Date: e.Date, Amount: e.Amount, Charges: e.Charges, Payer: e.Payer,
			IBAN: e.IBAN, Remittance: e.Remittance, EndToEnd: e.EndToEnd, State: Proposed})
	}
	res.Credits = len(list)
	return list
}

func (res *StatementResult) note(fresh []*BankEntry) {
	res.Added, res.Known = len(fresh), res.Credits-len(fresh)
	res.Preview = append([]*BankEntry{}, fresh[:min(len(fresh), previewLines)]...)
}

// fresh gives those that no statement has brought yet.
func (b *Bank) fresh(ctx context.Context, list []*BankEntry) ([]*BankEntry, error) {
	var fresh []*BankEntry
	for from := 0; from < len(list); from += rateBatch {
		part := list[from:min(from+rateBatch, len(list))]
		keys := make([]any, len(part))
		for i, e := range part {
			keys[i] = e.Key
		}
		known, err := b.entries.Find(ctx, filter.In{Field: "key", Values: keys}, nil, 0)
		if err != nil {
			return nil, err
		}
		have := map[string]bool{}
		for _, k := range known {
			have[k.Key] = true
		}
		for _, e := range part {
			if !have[e.Key] {
				fresh = append(fresh, e)
			}
		}
	}
	return fresh, nil
}

// Statements gives a page of statements, the last first.
func (b *Bank) Statements(ctx context.Context, q store.Query) (store.Page[Statement], error) {
	q.Sort = []driver.Key{{Path: "id", Desc: true}}
	return b.statements.Page(ctx, q)
}

// EntrySearch says which payments a list shows. Empty fields do not narrow it.
type EntrySearch struct {
	State       EntryState
	StatementID string
}

func (s EntrySearch) where() filter.And {
	var w filter.And
	for field, value := range map[string]string{"state": string(s.State), "statementId": s.StatementID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	return w
}

// EntrySorts maps what payments may be sorted by to the declared field.
var EntrySorts = map[string]string{"date": "date", "amount": "amount.minor"}

// Entries gives a page of payments; q carries sort, limit and cursor.
func (b *Bank) Entries(ctx context.Context, s EntrySearch, q store.Query) (store.Page[BankEntry], error) {
	q.Where = s.where()
	return b.entries.Page(ctx, q)
}

// EachEntry calls fn for every payment of a search, in order of id.
func (b *Bank) EachEntry(ctx context.Context, s EntrySearch, fn func(*BankEntry) error) error {
	return b.entries.Each(ctx, s.where(), fn)
}

// Accept makes an income line of revision rev of a payment, as say says, and remembers from which account the
// donor pays. Day and amount are the bank's.
func (b *Bank) Accept(ctx context.Context, id string, rev int64, say Entry, expectedID string) (*BankEntry, error) {
	return b.decide(ctx, id, rev, func(ctx context.Context, e *BankEntry) error {
		if e.State == Accepted {
			return fault.New(fault.Invalid, "This payment is income already. Take that back first.")
		}
		say.Date, say.Amount = e.Date, e.Amount
		if say.Reference == "" {
			say.Reference = beginning(cmp.Or(e.EndToEnd, e.Remittance), maxLabel)
		}
		l := &Income{EntryID: e.ID}
		if err := b.ledger.add(ctx, say, l); err != nil {
			return err
		}
		e.State, e.DonorID, e.LineID, e.ExpectedID = Accepted, l.DonorID, l.ID, expectedID
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

// Ignore says that revision rev of a payment is no income.
func (b *Bank) Ignore(ctx context.Context, id string, rev int64) (*BankEntry, error) {
	return b.decide(ctx, id, rev, func(_ context.Context, e *BankEntry) error {
		if e.State == Accepted {
			return fault.New(fault.Invalid, "This payment is income already. Take that back first.")
		}
		e.State = Ignored
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
		e.State, e.DonorID, e.LineID, e.ExpectedID = Proposed, "", "", ""
		return nil
	})
}

// withdraw removes the lines that were made of a payment.
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
	return nil
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

func beginning(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
