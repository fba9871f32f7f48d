package finance

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Entry is what a person says of a line.
type Entry struct {
	DonorID         string
	UltimateDonorID string // the donor where empty
	Date            store.Date
	Amount          Money
	Earmarking      Earmarking
	Restriction     Restriction
	SourceType      SourceType
	Note            string
	Reference       string
	Project, Fund   string
	ForYear         int // 0: not said
}

// Bounds of what people may write, in characters.
const (
	maxNote  = 2000
	maxLabel = 120
	maxParts = 200 // of one payment
)

// onto checks an entry and puts it onto a line, all but its worth.
func (e Entry) onto(l *Income) error {
	var c fault.Checks
	e.Note = strings.TrimSpace(e.Note)
	for _, s := range []*string{&e.Reference, &e.Project, &e.Fund} {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	_, err := store.ParseDate(string(e.Date))
	c.Require(err == nil && e.Date >= "1950-01-01" && e.Date < "2101-01-01", "date", "%q is not a date of the form 2026-03-29 between 1950 and 2100.", e.Date)
	code, err := money.ParseCurrency(e.Amount.Currency)
	c.Require(err == nil, "amount.currency", "%q is not an ISO 4217 currency code such as EUR or CHF.", e.Amount.Currency)
	e.Amount.Currency = code
	c.Require(e.Amount.Minor != 0, "amount", "An amount of nothing is no income.")
	c.Require(e.Amount.Minor <= money.MaxMinor && e.Amount.Minor >= -money.MaxMinor, "amount", "The amount is too large.")
	c.Require(slices.Contains(EarmarkingLevels, e.Earmarking), "earmarking", "The earmarking is unearmarked, soft, earmarked or tight.")
	c.Require(slices.Contains(Restrictions, e.Restriction), "restriction", "The restriction is unrestricted, designated or restricted.")
	c.Require(slices.Contains(SourceTypes, e.SourceType), "sourceType", "There is no source type %q.", e.SourceType)
	c.Require(e.DonorID != "", "donorId", "Say who paid.")
	c.Require(utf8.RuneCountInString(e.Note) <= maxNote, "note", "The note is longer than %d characters.", maxNote)
	for field, text := range map[string]string{"reference": e.Reference, "project": e.Project, "fund": e.Fund} {
		c.Require(utf8.RuneCountInString(text) <= maxLabel, field, "This is longer than %d characters.", maxLabel)
	}
	c.Require(e.ForYear == 0 || e.ForYear >= 1950 && e.ForYear <= 2100, "forYear", "%d is not a year between 1950 and 2100.", e.ForYear)
	if err := c.Err(); err != nil {
		return err
	}
	if e.UltimateDonorID == "" {
		e.UltimateDonorID = e.DonorID
	}
	l.DonorID, l.UltimateDonorID, l.Date, l.Amount = e.DonorID, e.UltimateDonorID, e.Date, e.Amount
	l.Earmarking, l.Restriction, l.SourceType = e.Earmarking, e.Restriction, e.SourceType
	l.Note, l.Reference, l.Project, l.Fund, l.ForYear = e.Note, e.Reference, e.Project, e.Fund, e.ForYear
	return nil
}

// Ledger is where people write lines, one by one.
type Ledger struct {
	repo   *Repo
	donors Donors
}

// NewLedger makes a ledger over the lines of a Repo.
func NewLedger(repo *Repo, donors Donors) *Ledger { return &Ledger{repo: repo, donors: donors} }

// Line gives one line that readers may see.
func (g *Ledger) Line(ctx context.Context, id string) (*Income, error) {
	open, err := g.repo.open(ctx)
	if err != nil {
		return nil, err
	}
	return g.repo.lines.First(ctx, append(filter.And{filter.Eq{Field: "id", Value: id}}, open...))
}

// Add writes a line.
func (g *Ledger) Add(ctx context.Context, e Entry) (*Income, error) {
	l := &Income{}
	return l, g.repo.db.Tx(ctx, func(ctx context.Context) error { return g.add(ctx, e, l) })
}

// add writes a new line in the transaction of ctx.
func (g *Ledger) add(ctx context.Context, e Entry, l *Income) error {
	if err := g.fill(ctx, e, l); err != nil {
		return err
	}
	if err := g.repo.touch(ctx, l.Date); err != nil {
		return err
	}
	return g.repo.lines.Create(ctx, l)
}

// fill puts an entry onto a line, with what it is worth.
func (g *Ledger) fill(ctx context.Context, e Entry, l *Income) error {
	if err := e.onto(l); err != nil {
		return err
	}
	names, err := g.donors.Names(ctx, []string{l.DonorID, l.UltimateDonorID})
	if err != nil {
		return err
	}
	var c fault.Checks
	c.Require(names[l.DonorID] != "", "donorId", "There is no such stakeholder.")
	c.Require(names[l.UltimateDonorID] != "", "ultimateDonorId", "There is no such stakeholder.")
	if err := c.Err(); err != nil {
		return err
	}
	return g.convert(ctx, l)
}

func (g *Ledger) convert(ctx context.Context, l *Income) error {
	table := NewRateTable(g.repo.Reporting, nil, "")
	if l.Amount.Currency != g.repo.Reporting.Code() {
		var err error
		if table, err = g.repo.RateTable(ctx, l.Date, l.Date); err != nil {
			return err
		}
	}
	return table.Convert(l)
}

// Update changes revision rev of a line. A line and its new day have to lie in open years. The amount of a
// part of a payment, of a line that comes from the bank, and of one of which something was given back stays
// true to what it belongs to.
func (g *Ledger) Update(ctx context.Context, id string, rev int64, e Entry) (*Income, error) {
	var saved *Income
	err := g.repo.db.Tx(ctx, func(ctx context.Context) (err error) {
		if err := g.visible(ctx, id); err != nil {
			return err
		}
		saved, err = g.repo.lines.UpdateAt(ctx, id, rev, func(l *Income) error {
			was := *l
			if was.ReversalOf != "" {
				return fault.New(fault.Invalid, "This line takes another one back and cannot be changed.")
			}
			if err := g.notReversed(ctx, id); err != nil {
				return err
			}
			if err := g.fill(ctx, e, l); err != nil {
				return err
			}
			if l.Amount != was.Amount {
				if err := g.mayResize(ctx, &was, l); err != nil {
					return err
				}
			}
			if l.Date != was.Date && (was.EntryID != "" || was.SplitID != "") {
				return fault.Field("date", "The day is that of the whole payment.")
			}
			if l.Amount == was.Amount && l.Date == was.Date { // what is frozen stays so
				l.Frozen, l.Unsettled = was.Frozen, was.Unsettled
			}
			return g.repo.touch(ctx, was.Date, l.Date)
		})
		return err
	})
	return saved, err
}

// visible refuses a line that is hidden with its import.
func (g *Ledger) visible(ctx context.Context, id string) error {
	_, err := g.Line(ctx, id)
	return err
}

func (g *Ledger) mayResize(ctx context.Context, was, l *Income) error {
	switch {
	case was.SplitID != "":
		return fault.Field("amount", "This is a part of one payment, and its parts have to add up to it.")
	case was.EntryID != "":
		return fault.Field("amount", "The amount comes from the bank statement.")
	case was.RefundOf != "" && l.Amount.Minor > 0:
		return fault.Field("amount", "A refund is a negative amount.")
	case was.RefundOf != "":
		return g.checkRefund(ctx, was.RefundOf, l.Amount, was.ID)
	}
	back, err := g.refunded(ctx, was.ID, "")
	if err != nil || back == 0 {
		return err
	}
	if l.Amount.Currency != was.Amount.Currency || l.Amount.Minor < back {
		return fault.Field("amount", "Of this line %s was given back already.", Money{Minor: back, Currency: was.Amount.Currency})
	}
	return nil
}

// entryOf gives back what a person said of a line.
func entryOf(l *Income) Entry {
	return Entry{DonorID: l.DonorID, UltimateDonorID: l.UltimateDonorID, Date: l.Date, Amount: l.Amount, Earmarking: l.Earmarking,
		Restriction: l.Restriction, SourceType: l.SourceType, Note: l.Note, Reference: l.Reference, Project: l.Project, Fund: l.Fund, ForYear: l.ForYear}
}

// current gives a line if rev is its revision.
func (g *Ledger) current(ctx context.Context, id string, rev int64) (*Income, error) {
	l, err := g.Line(ctx, id)
	if err != nil {
		return nil, err
	}
	return g.repo.lines.UpdateAt(ctx, l.ID, rev, func(*Income) error { return nil })
}

// loose refuses to take away a line to which others belong.
func (g *Ledger) loose(ctx context.Context, l *Income) error {
	if l.ReversalOf != "" {
		return fault.New(fault.Invalid, "This line takes another one back and stays.")
	}
	if err := g.notReversed(ctx, l.ID); err != nil {
		return err
	}
	back, err := g.refunded(ctx, l.ID, "")
	if err != nil {
		return err
	}
	if back != 0 {
		return fault.New(fault.Invalid, "Of this line %s was given back. Remove the refund first.", Money{Minor: back, Currency: l.Amount.Currency})
	}
	return nil
}

// Remove takes revision rev of a line out of the books. In a closed year nothing is removed: Reverse it.
func (g *Ledger) Remove(ctx context.Context, id string, rev int64) error {
	return g.repo.db.Tx(ctx, func(ctx context.Context) error {
		l, err := g.current(ctx, id, rev)
		if err != nil {
			return err
		}
		switch {
		case l.SplitID != "":
			return fault.New(fault.Invalid, "This is a part of one payment. Reverse it, or change the part.")
		case l.EntryID != "":
			return fault.New(fault.Invalid, "This line comes from the bank. Take the match back there.")
		}
		if err := g.repo.touch(ctx, l.Date); err != nil {
			return err
		}
		if err := g.loose(ctx, l); err != nil {
			return err
		}
		if err := g.repo.lines.Delete(ctx, id); err != nil {
			return err
		}
		return g.unpaid(ctx, l)
	})
}
