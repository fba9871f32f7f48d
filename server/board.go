package main

import (
	"context"
	"encoding/json"

	"piper/internal/board"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/privacy"
	"piper/internal/report"
	"piper/internal/report/pack"
	"piper/internal/store"
)

// packMaker makes board packs of the reports.
type packMaker struct {
	organisation string
	reports      *report.Reports
	agreements   *funding.Agreements
}

func (m packMaker) Gather(ctx context.Context, p *board.BoardPack, before []byte) ([]byte, store.Date, error) {
	var old *pack.PackContent
	if before != nil {
		var err error
		if old, err = pack.Read(before); err != nil {
			return nil, "", err
		}
	}
	c, err := pack.Gather(ctx, m.reports, m.agreements, pack.Order{Organisation: m.organisation, Title: p.Title, Notes: p.Notes, MadeBy: p.By, MadeAt: p.MadeAt,
		By: report.By{View: finance.View(p.View), Basis: finance.Basis(p.Basis)}, From: p.From, To: p.To}, old)
	if err != nil {
		return nil, "", err
	}
	data, err := json.Marshal(c)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Internal, "The figures of a board pack cannot be written.")
	}
	return data, c.AsOf, nil
}

func (m packMaker) Set(content []byte) ([]byte, error) {
	c, err := pack.Read(content)
	if err != nil {
		return nil, err
	}
	return c.PDF()
}

// erasePacks puts the pseudonym into board packs in the place of the person. The figures stay.
func (a *App) erasePacks(ctx context.Context, t privacy.Target, dry bool) (privacy.Effect, error) {
	n, err := a.board.Rewrite(ctx, func(content []byte) ([]byte, bool, error) {
		return t.Rewrite(content)
	}, dry)
	return privacy.Effect{Collection: "board_pack_files", Rewritten: n.Packs}, err
}
