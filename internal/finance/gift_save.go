package finance

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

const moneyBound = money.MaxMinor

// write makes the lines of the books: income of what was given and given back, gross, and expenses of what the platform
// took.
func (w *giftWork) write(ctx context.Context, res *GiftResult) (income []*Income, expenses []*Expense, err error) {
	var first, last store.Date
	for _, l := range w.lines {
		if l.Amount.Minor == 0 {
			continue // fees that came back whole
		}
		res.Lines = append(res.Lines, *l)
		if first == "" || l.Date < first {
			first = l.Date
		}
		last = max(last, l.Date)
	}
	kinds := []string{"gifts", "refunds", "fees"}
	slices.SortFunc(res.Lines, func(a, b GiftLine) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Amount.Currency, b.Amount.Currency), slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind))
	})
	if len(res.Lines) == 0 {
		return nil, nil, nil
	}
	rates, err := w.im.repo.RateTable(ctx, first, last)
	if err != nil {
		return nil, nil, err
	}
	for i := range res.Lines {
		l := &res.Lines[i]
		var known bool
		if l.Kind == "fees" {
			e := &Expense{Date: l.Date, ProjectID: w.form.ProjectID, Category: w.form.Category, State: Realised, Amount: l.Amount, Row: l.row,
				Text: fmt.Sprintf("Fees on %s, %s", many(l.Count, "payment", "payments"), l.Month)}
			err = e.convert(rates)
			known, expenses = e.EUR != nil, append(expenses, e)
		} else {
			line := &Income{DonorID: w.form.DonorID, UltimateDonorID: w.form.DonorID, Date: l.Date, Amount: l.Amount, Earmarking: w.form.Earmarking,
				Restriction: w.form.Restriction, SourceType: "public", Row: l.row, Note: giftNote(l)}
			err = rates.Convert(line)
			known, income = line.EUR != nil, append(income, line)
		}
		switch {
		case fault.Is(err, fault.Invalid):
			w.sheet.reject(l.row, GiftGross, l.Amount.String(), "The amounts of this month are too large.")
		case err != nil:
			return nil, nil, err
		case !known:
			res.NotConverted++
		}
	}
	return income, expenses, nil
}

func giftNote(l *GiftLine) string {
	if l.Kind == "refunds" {
		return fmt.Sprintf("Given back of %s, %s", many(l.Count, "gift", "gifts"), l.Month)
	}
	return fmt.Sprintf("%s, %s", many(l.Count, "gift", "gifts"), l.Month)
}

// save writes the import with all that belongs to it, in the transaction of ctx.
func (w *giftWork) save(ctx context.Context, res *GiftResult, income []*Income, expenses []*Expense) error {
	r, imp := w.im.repo, w.imp
	if err := r.moveGate(ctx, func(g *gate) { g.Last++; imp.Seq = g.Last }); err != nil {
		return err
	}
	imp.ID, imp.State, imp.LiveAt = store.NewID(), Live, r.db.Now()
	imp.Rows, imp.Written, imp.Gifts, imp.NotConverted = len(income), len(income), len(w.fresh)+len(w.backs), res.NotConverted
	imp.FirstDate, imp.LastDate = income[0].Date, income[0].Date
	for _, l := range income {
		l.ImportID, l.Seq = imp.ID, imp.Seq
		imp.FirstDate, imp.LastDate = min(imp.FirstDate, l.Date), max(imp.LastDate, l.Date)
	}
	for _, e := range expenses {
		e.ImportID = imp.ID
	}
	for _, g := range w.fresh {
		g.ImportID = imp.ID
		for i := range g.Backs {
			g.Backs[i].ImportID = imp.ID
		}
	}
	if err := r.imports.Create(ctx, imp); err != nil {
		return err
	}
	if err := r.lines.CreateMany(ctx, income); err != nil {
		return err
	}
	if err := r.expenses.CreateMany(ctx, expenses); err != nil {
		return err
	}
	if err := r.gifts.CreateMany(ctx, w.fresh); err != nil {
		return err
	}
	for _, b := range w.backs {
		_, err := r.gifts.Update(ctx, b.id, func(g *Gift) error {
			g.Backs = append(g.Backs, GiftBack{ImportID: imp.ID, Minor: b.minor})
			return nil
		})
		if err != nil {
			return err
		}
	}
	res.ImportID = imp.ID
	return nil
}

// revertGifts takes back what an import of gifts has brought beside its lines, in the transaction of ctx.
func (r *Repo) revertGifts(ctx context.Context, importID string) error {
	own, err := r.gifts.Find(ctx, filter.Eq{Field: "importId", Value: importID}, nil, 0)
	if err != nil {
		return err
	}
	for _, g := range own {
		for _, b := range g.Backs {
			if b.ImportID != importID {
				return fault.New(fault.Invalid, "A later file says that a gift of this import was given back. Revert that file first.")
			}
		}
	}
	for _, g := range own {
		if err := r.gifts.Delete(ctx, g.ID); err != nil {
			return err
		}
	}
	backs, err := r.gifts.Find(ctx, filter.Has{Field: "backs.importId", Values: []any{importID}}, nil, 0)
	if err != nil {
		return err
	}
	for _, g := range backs {
		_, err := r.gifts.Update(ctx, g.ID, func(g *Gift) error {
			g.Backs = slices.DeleteFunc(g.Backs, func(b GiftBack) bool { return b.ImportID == importID })
			return nil
		})
		if err != nil {
			return err
		}
	}
	fees, err := r.expenses.Find(ctx, filter.Eq{Field: "importId", Value: importID}, nil, 0)
	if err != nil {
		return err
	}
	for _, e := range fees {
		if err := r.expenses.Delete(ctx, e.ID); err != nil {
			return err
		}
	}
	return nil
}
