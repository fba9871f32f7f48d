package finance

import (
	"context"
	"strings"

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
	Already    []Already     `json:"already" nullable:"false" doc:"the statements that had brought the others"`
	Debits     int           `json:"debits" doc:"payments that went out or came back; they are not kept"`
	Pending    int           `json:"pending" doc:"not booked yet; a later statement brings them"`
	By         string        `json:"by,omitempty"`
	RevertedAt store.Instant `json:"revertedAt,omitempty"`
}

// Already says how many payments of a statement another one had brought before.
type Already struct {
	StatementID string `json:"statementId"`
	Name        string `json:"name"`
	Count       int    `json:"count"`
}

// EntryState is what became of a payment.
type EntryState string

// The states.
const (
	Proposed EntryState = "proposed" // nobody has said yet what it is
	Accepted EntryState = "accepted" // it is income
	Ignored  EntryState = "ignored"  // it is none: a transfer of our own, say
	PaidOut  EntryState = "payout"   // it pays out gifts that are income already
)

// BankEntry is a payment that came in.
type BankEntry struct {
	store.Meta
	Key         string        `json:"key" doc:"of account, day and amount, and a number among equals"`
	StatementID string        `json:"statementId"`
	Format      string        `json:"format"`
	Line        int           `json:"line" doc:"which booking of its statement it is, or is a part of"`
	Account     string        `json:"account"`
	Date        store.Date    `json:"date"`
	ValueDate   store.Date    `json:"valueDate"`
	NoDay       bool          `json:"noDay,omitempty" doc:"the bank gave no booking day: date is the value date"`
	Amount      Money         `json:"amount"`
	Whole       int64         `json:"whole" doc:"of the booking, in minor units"`
	Charges     int64         `json:"charges,omitempty" doc:"what banks took on the way, in minor units"`
	Payer       string        `json:"payer,omitempty"`
	IBAN        string        `json:"iban,omitempty" doc:"of the payer"`
	Remittance  string        `json:"remittance,omitempty" doc:"what the payer wrote"`
	EndToEnd    string        `json:"endToEnd,omitempty" doc:"the payer's own reference"`
	BankRef     string        `json:"bankRef,omitempty" doc:"the bank's number of the booking"`
	State       EntryState    `json:"state" enum:"proposed,accepted,ignored,payout"`
	DonorID     string        `json:"donorId,omitempty" doc:"whose income it is, or the one campaign whose gifts it pays out"`
	ExpectedID  string        `json:"expectedId,omitempty" doc:"the expected payment that it is"`
	LineID      string        `json:"lineId,omitempty" doc:"the income line that was made of it"`
	Reason      string        `json:"reason,omitempty" doc:"why it is no income"`
	Payout      []PayoutPart  `json:"payout,omitempty" doc:"the imports of gifts that it pays out"`
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
}

// NewBank declares the collections.
func NewBank(repo *Repo, ledger *Ledger, donors Donors) *Bank {
	db := repo.db
	return &Bank{repo: repo, ledger: ledger, donors: donors,
		statements: store.Declare(db, store.Spec[Statement]{
			Name: "bank_statements", Fields: []driver.Field{{Path: "hash"}, {Path: "revertedAt"}},
			Indexes: [][]driver.Key{{{Path: "hash"}}}, Audited: true,
		}),
		entries: repo.entries,
		payers: store.Declare(db, store.Spec[payerAccount]{
			Name: "payer_accounts", Fields: []driver.Field{{Path: "iban"}, {Path: "donorId"}},
			Unique: [][]string{{"iban"}}, Indexes: [][]driver.Key{{{Path: "donorId"}}},
			Refs:    []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove", Derived: true}},
			Audited: true,
		}),
	}
}

// declareEntries declares the payments. The Repo has them, too, as an import of gifts that was paid out stays.
func declareEntries(db *store.DB) *store.Collection[BankEntry] {
	return store.Declare(db, store.Spec[BankEntry]{
		Name: "bank_entries",
		Fields: []driver.Field{{Path: "key"}, {Path: "statementId"}, {Path: "state"}, {Path: "account"}, {Path: "date"}, {Path: "donorId"}, {Path: "iban"},
			{Path: "payout.importId", Multi: true}, {Path: "amount.minor", Kind: driver.Int}},
		Unique: [][]string{{"key"}},
		Indexes: [][]driver.Key{{{Path: "state"}, {Path: "date", Desc: true}}, {{Path: "statementId"}}, {{Path: "date", Desc: true}}, {{Path: "donorId"}},
			{{Path: "account"}, {Path: "date"}}, {{Path: "iban"}}, {{Path: "payout.importId"}}},
		Refs: []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
		Words: func(e *BankEntry) store.Words {
			return store.Words{Names: []string{e.Payer}, Texts: []string{e.Remittance, e.EndToEnd, e.BankRef, e.IBAN, e.Amount.Decimal()}}
		},
		Audited: true,
	})
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
	DonorID     string
	From, To    store.Date // first and last day
}

func (s EntrySearch) where() filter.And {
	var w filter.And
	for _, f := range [...]struct{ field, value string }{{"state", string(s.State)}, {"statementId", s.StatementID}, {"donorId", s.DonorID}} {
		if f.value != "" {
			w = append(w, filter.Eq{Field: f.field, Value: f.value})
		}
	}
	if s.From != "" {
		w = append(w, filter.Compare{Field: "date", Op: filter.Gte, Value: string(s.From)})
	}
	if s.To != "" {
		w = append(w, filter.Compare{Field: "date", Op: filter.Lte, Value: string(s.To)})
	}
	return w
}

// EntrySorts maps what payments may be sorted by to the declared field.
var EntrySorts = map[string]string{"date": "date", "amount": "amount.minor"}

// Entries gives a page of payments; q carries words, sort, limit and cursor.
func (b *Bank) Entries(ctx context.Context, s EntrySearch, q store.Query) (store.Page[BankEntry], error) {
	q.Where = s.where()
	return b.entries.Page(ctx, q)
}

// EachEntry calls fn for every payment of a search: in order of id, or with words the last first.
func (b *Bank) EachEntry(ctx context.Context, s EntrySearch, text string, fn func(*BankEntry) error) error {
	if strings.TrimSpace(text) == "" {
		return b.entries.Each(ctx, s.where(), fn)
	}
	return b.entries.WalkEach(ctx, store.Query{Where: s.where(), Text: text}, fn)
}

// Undecided counts the payments from one day up to another of which nobody has said what they are.
func (b *Bank) Undecided(ctx context.Context, first, after store.Date) (int, error) {
	return b.entries.Count(ctx, filter.And{filter.Eq{Field: "state", Value: string(Proposed)},
		filter.Compare{Field: "date", Op: filter.Gte, Value: string(first)}, filter.Compare{Field: "date", Op: filter.Lt, Value: string(after)}})
}
