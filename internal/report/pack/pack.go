// Package pack makes the board pack: it gathers the figures of one moment, holds them against those of the pack before,
// and sets them as a document that can be put before a board. What it gathers is whole: the document is set of it
// alone, so a pack that is kept stays what it was, whatever becomes of the books.
package pack

import (
	"context"
	"encoding/json"
	"slices"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/report"
	"piper/internal/store"
)

// Order says what a pack shall show.
type Order struct {
	Organisation string
	Title        string
	By           report.By
	From, To     int // fiscal years
	Notes        string
	MadeBy       string
	MadeAt       store.Instant
}

// PackDefinition is a term of the figures and what it means, in the words of the day.
type PackDefinition struct {
	Term    string `json:"term"`
	Meaning string `json:"meaning"`
}

// PackContent is everything that a pack shows, as it was when the pack was made.
type PackContent struct {
	Organisation string                  `json:"organisation,omitempty"`
	Title        string                  `json:"title"`
	Notes        string                  `json:"notes,omitempty" doc:"by the secretariat"`
	MadeBy       string                  `json:"madeBy"`
	MadeAt       store.Instant           `json:"madeAt"`
	Basis        finance.Basis           `json:"basis" enum:"cash,accrued,signed"`
	View         finance.View            `json:"view" enum:"direct,ultimate"`
	AsOf         store.Date              `json:"asOf"`
	From         int                     `json:"from"`
	To           int                     `json:"to"`
	Running      bool                    `json:"running" doc:"the last year had not ended yet"`
	Dashboard    *report.Dashboard       `json:"dashboard"`
	Donors       *report.Diversification `json:"donors"`
	Sources      *report.Sources         `json:"sources"`
	Earmarking   *report.Earmarking      `json:"earmarking"`
	Reserves     []report.Standing       `json:"reserves" nullable:"false"`
	Forecast     *report.Forecast        `json:"forecast"`
	Losses       *report.LossTest        `json:"losses"`
	Tunes        *report.Tunes           `json:"tunes"`
	Since        *PackSince              `json:"since" doc:"null where there is no earlier pack of the same basis and view"`
	Definitions  []PackDefinition        `json:"definitions" nullable:"false"`
}

// Strings is where the conditions of donors are read from.
type Strings interface {
	AllStrings(ctx context.Context, s funding.StringSearch) ([]*funding.String, error)
}

// Gather answers every question of a pack. before is the pack that it is compared with, nil for none. Call it inside one
// transaction, so that all figures are of one moment.
func Gather(ctx context.Context, r *report.Reports, strings Strings, o Order, before *PackContent) (*PackContent, error) {
	c := &PackContent{Organisation: o.Organisation, Title: o.Title, Notes: o.Notes, MadeBy: o.MadeBy, MadeAt: o.MadeAt, Basis: o.By.Basis, View: o.By.View,
		From: o.From, To: o.To, Running: o.To >= r.ThisYear(), Definitions: definitionsIn(r.Reporting)}
	var err error
	if c.Dashboard, err = r.Dashboard(ctx, o.To, o.By); err != nil {
		return nil, err
	}
	c.AsOf = c.Dashboard.AsOf
	if c.Donors, err = r.Diversification(ctx, o.From, o.To, o.By); err != nil {
		return nil, err
	}
	if c.Sources, err = r.Sources(ctx, o.From, o.To, o.By); err != nil {
		return nil, err
	}
	if c.Earmarking, err = r.Earmarking(ctx, o.From, o.To, o.By); err != nil {
		return nil, err
	}
	if c.Reserves, err = r.AllStandings(ctx); err != nil {
		return nil, err
	}
	if err := c.look(ctx, r); err != nil {
		return nil, err
	}
	list, err := strings.AllStrings(ctx, funding.StringSearch{Binding: true})
	if err != nil {
		return nil, err
	}
	if c.Tunes, err = r.Tunes(ctx, o.From, o.To, o.By, list, true); err != nil {
		return nil, err
	}
	c.Tunes.Donors = slices.DeleteFunc(c.Tunes.Donors, func(t report.Tune) bool { return len(t.Strings) == 0 })
	c.Since = since(before, c)
	return c, nil
}

// currency is the one of every figure in the pack, which is kept with them.
func (c *PackContent) currency() string { return c.Donors.Currency }

// look adds what lies ahead. What is signed lies in the past, so a pack of that basis looks ahead at cash.
func (c *PackContent) look(ctx context.Context, r *report.Reports) error {
	by := report.By{View: c.View, Basis: c.Basis}
	if by.Basis == finance.Signed {
		by.Basis = finance.Cash
	}
	lens, err := r.Lens(by, finance.Discount)
	if err != nil {
		return err
	}
	if c.Forecast, err = r.Forecast(ctx, lens); err != nil {
		return err
	}
	c.Losses, err = r.LossTest(ctx, lens, "")
	return err
}

// Read takes a kept pack apart.
func Read(data []byte) (*PackContent, error) {
	c := &PackContent{}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "A kept board pack cannot be read.")
	}
	return c, nil
}
