package finance

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// booksID is the id of the one Books.
const booksID = "books"

// Books says which fiscal years are closed: their lines and expenses stay as they are, and what is wrong in them is
// corrected in a year that is open. Every write of a line or an expense touches this document, so that it
// and the closing of its year, or two refunds of one line, cannot pass each other unseen.
type Books struct {
	store.Meta
	Currency string    `json:"currency,omitempty"` // the reporting currency; empty: EUR
	Closed   []int     `json:"closed" nullable:"false"`
	History  []Closing `json:"history" nullable:"false"`
	Turn     int64     `json:"turn"`
}

// Closing is one time that a fiscal year was closed or opened again.
type Closing struct {
	Year   int           `json:"year"`
	Closed bool          `json:"closed" doc:"false: opened again"`
	At     store.Instant `json:"at"`
	By     string        `json:"by"`
	Reason string        `json:"reason,omitempty"`
}

func (b *Books) reporting() string { return money.Reporting(b.Currency).Code() }

func (b *Books) keepIn(reporting money.Reporting) {
	if b.Currency = ""; reporting.Code() != money.Euro {
		b.Currency = reporting.Code()
	}
}

// SettleCurrency holds the setting of the reporting currency against what the books are kept in. Books that hold amounts keep
// their currency: their worths are frozen in it, plans and statements are written in it alone. held says in words
// what is in the store, "" for nothing: then the books are kept in the currency of the setting from now on.
func (r *Repo) SettleCurrency(ctx context.Context, held func(ctx context.Context) (string, error)) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		b, err := r.Books(ctx)
		if err != nil || b.reporting() == r.Reporting.Code() {
			return err
		}
		what, err := held(ctx)
		if err != nil {
			return err
		}
		if what != "" {
			return fault.New(fault.Unavailable, "The books are kept in %[1]s and hold %[3]s, so they cannot be changed to %[2]s. Set PIPER_REPORTING_CURRENCY=%[1]s, or begin with an empty data folder in %[2]s and import into it.",
				b.reporting(), r.Reporting.Code(), what)
		}
		_, _, err = r.books.Upsert(ctx, filter.Eq{Field: "id", Value: booksID}, func(b *Books, isNew bool) error {
			if isNew {
				b.ID, b.Closed, b.History = booksID, []int{}, []Closing{}
			}
			b.keepIn(r.Reporting)
			return nil
		})
		return err
	})
}

// Books gives the state of the books; rev 0 where no year was ever closed.
func (r *Repo) Books(ctx context.Context) (*Books, error) {
	b, err := r.books.Get(ctx, booksID)
	if fault.Is(err, fault.NotFound) {
		return &Books{Closed: []int{}, History: []Closing{}}, nil
	}
	return b, err
}

// changeBooks changes the books in the transaction of ctx.
func (r *Repo) changeBooks(ctx context.Context, fn func(*Books) error) (*Books, error) {
	b, _, err := r.books.Upsert(ctx, filter.Eq{Field: "id", Value: booksID}, func(b *Books, isNew bool) error {
		if isNew {
			b.ID, b.Closed, b.History = booksID, []int{}, []Closing{}
			b.keepIn(r.Reporting)
		}
		if b.reporting() != r.Reporting.Code() { // of two processes with different settings, one must not write
			return fault.New(fault.Unavailable, "The books are kept in %s, and this Piper was started with %s. Start it again.", b.reporting(), r.Reporting.Code())
		}
		b.Turn++
		return fn(b)
	})
	return b, err
}

// correction is how a closed year is put right, as a refusal says it.
type correction string

// An expense has no reversal: money that came back has always been one with a negative amount.
const (
	byReversal correction = "a reversal in a year that is open"
	byExpense  correction = "an expense dated in a year that is open, of a negative amount to take one back"
)

// touch begins a write of lines of these days in the transaction of ctx: it refuses days in a closed year.
func (r *Repo) touch(ctx context.Context, days ...store.Date) error {
	return r.touchBy(ctx, byReversal, days)
}

// touchExpenses is touch for a write of expenses.
func (r *Repo) touchExpenses(ctx context.Context, days ...store.Date) error {
	return r.touchBy(ctx, byExpense, days)
}

func (r *Repo) touchBy(ctx context.Context, how correction, days []store.Date) error {
	_, err := r.changeBooks(ctx, func(b *Books) error {
		for _, day := range days {
			if err := r.refusal(b, how, day); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// refusal says that a day lies in a closed year, nil where it does not.
func (r *Repo) refusal(b *Books, how correction, day store.Date) error {
	if !slices.Contains(b.Closed, r.Fiscal.Year(day)) {
		return nil
	}
	return fault.Field("date", "The fiscal year %s is closed. Correct it by %s, or reopen it.", r.Fiscal.Label(r.Fiscal.Year(day)), how)
}

// YearPreview is what closing a fiscal year would lock.
type YearPreview struct {
	Year         int    `json:"year"`
	Label        string `json:"label"`
	Closed       bool   `json:"closed"`
	Lines        int    `json:"lines"`
	Worth        Money  `json:"worth" doc:"what its lines are together, refunds and reversals netted; those not converted are in no sum"`
	NotConverted int    `json:"notConverted" doc:"lines without a rate"`
	Expenses     int    `json:"expenses"`
	Unsettled    int    `json:"unsettled" doc:"lines and expenses whose rate may still come or change: with any, the year cannot be closed"`
}

// PreviewYear says what closing a year would lock.
func (r *Repo) PreviewYear(ctx context.Context, year int) (*YearPreview, error) {
	if err := r.checkYear(year); err != nil {
		return nil, err
	}
	b, err := r.Books(ctx)
	if err != nil {
		return nil, err
	}
	first, after := r.Fiscal.Range(year, year)
	rates, err := r.RateTable(ctx, first, after)
	if err != nil {
		return nil, err
	}
	p := &YearPreview{Year: year, Label: r.Fiscal.Label(year), Closed: slices.Contains(b.Closed, year), Worth: r.Reporting.Of(0)}
	err = r.expenses.Each(ctx, ExpenseSearch{From: first, Before: after}.where(), func(e *Expense) error {
		p.Expenses++
		if e.Unsettled && !rates.Silent(e.Worth, e.Date) {
			p.Unsettled++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, r.Each(ctx, Search{From: first, Before: after}, func(l *Income) error {
		p.Lines++
		if l.Unsettled && !rates.Silent(l.Worth, l.Date) {
			p.Unsettled++
		}
		if l.Worth == nil {
			p.NotConverted++
		} else {
			p.Worth.Minor += l.Worth.Minor
		}
		return nil
	})
}

// Standing says of some lines which lie in a closed year, and which were taken back.
func (r *Repo) Standing(ctx context.Context, lines []*Income) (closed, reversed map[string]bool, err error) {
	closed, reversed = map[string]bool{}, map[string]bool{}
	b, err := r.Books(ctx)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]any, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
		closed[l.ID] = slices.Contains(b.Closed, r.Fiscal.Year(l.Date))
	}
	back, err := r.lines.Find(ctx, filter.In{Field: "reversalOf", Values: ids}, nil, 0)
	for _, l := range back {
		reversed[l.ReversalOf] = true
	}
	return closed, reversed, err
}

// ClosedExpenses says of some expenses which lie in a closed year.
func (r *Repo) ClosedExpenses(ctx context.Context, list []*Expense) (map[string]bool, error) {
	closed := map[string]bool{}
	b, err := r.Books(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		closed[e.ID] = slices.Contains(b.Closed, r.Fiscal.Year(e.Date))
	}
	return closed, nil
}

// CloseYear closes a fiscal year. A year that has not begun cannot be closed, nor one with lines or expenses whose rate
// may still come, since their worth would change. A line in a currency that the bank did not quote in those days stays
// without a rate: nothing that comes later speaks for it, so it is closed like the rest.
func (r *Repo) CloseYear(ctx context.Context, year int) (*Books, error) {
	if err := r.checkYear(year); err != nil {
		return nil, err
	}
	var books *Books
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		if err := r.settleYear(ctx, year); err != nil {
			return err
		}
		books, err = r.changeBooks(ctx, func(b *Books) error {
			if slices.Contains(b.Closed, year) {
				return fault.Field("year", "The fiscal year %s is closed already.", r.Fiscal.Label(year))
			}
			b.Closed = append(b.Closed, year)
			slices.Sort(b.Closed)
			b.History = append(b.History, Closing{Year: year, Closed: true, At: r.db.Now(), By: access.From(ctx).Name})
			return nil
		})
		return err
	})
	return books, err
}

// settleYear refuses a year with lines or expenses whose rate may still come, and settles those that stay without one.
func (r *Repo) settleYear(ctx context.Context, year int) error {
	open, err := r.open(ctx)
	if err != nil {
		return err
	}
	first, after := r.Fiscal.Range(year, year)
	rates, err := r.RateTable(ctx, first, after)
	if err != nil {
		return err
	}
	where := append(append(Search{From: first, Before: after}.where(), open...), filter.Eq{Field: "unsettled", Value: true})
	lines, err := r.lines.Find(ctx, where, nil, 0)
	if err != nil {
		return err
	}
	spent, err := r.expenses.Find(ctx, append(ExpenseSearch{From: first, Before: after}.where(), filter.Eq{Field: "unsettled", Value: true}), nil, 0)
	if err != nil {
		return err
	}
	waiting := 0
	for _, l := range lines {
		if l.Unsettled = !rates.Silent(l.Worth, l.Date); l.Unsettled {
			waiting++
		}
	}
	for _, e := range spent {
		if e.Unsettled = !rates.Silent(e.Worth, e.Date); e.Unsettled {
			waiting++
		}
	}
	if waiting > 0 {
		return fault.Field("year", "In %s %s no settled exchange rate yet. Close the year once the rates job has brought it, or change the currency.",
			r.Fiscal.Label(year), many(waiting, "line has", "lines have"))
	}
	if err := r.lines.ReplaceMany(ctx, lines); err != nil {
		return err
	}
	return r.expenses.ReplaceMany(ctx, spent)
}

// maxReason is in characters.
const maxReason = 500

// ReopenYear opens a closed year again, for a reason that stays on record.
func (r *Repo) ReopenYear(ctx context.Context, year int, reason string) (*Books, error) {
	reason = strings.TrimSpace(reason)
	var c fault.Checks
	c.Require(reason != "", "reason", "Say why the year is opened again.")
	c.Require(utf8.RuneCountInString(reason) <= maxReason, "reason", "The reason is longer than %d characters.", maxReason)
	if err := c.Err(); err != nil {
		return nil, err
	}
	var books *Books
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		books, err = r.changeBooks(ctx, func(b *Books) error {
			i := slices.Index(b.Closed, year)
			if i < 0 {
				return fault.Field("year", "The fiscal year %s is not closed.", r.Fiscal.Label(year))
			}
			b.Closed = slices.Delete(b.Closed, i, i+1)
			b.History = append(b.History, Closing{Year: year, At: r.db.Now(), By: access.From(ctx).Name, Reason: reason})
			return nil
		})
		return err
	})
	return books, err
}

func (r *Repo) checkYear(year int) error {
	first, _ := r.Fiscal.Range(year, year)
	if year < 1950 || first > r.today() {
		return fault.Field("year", "%d is not a fiscal year that has begun.", year)
	}
	return nil
}

func (r *Repo) today() store.Date { return store.Date(r.db.Now()[:10]) }
