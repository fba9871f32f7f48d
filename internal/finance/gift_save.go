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
			known, expenses = e.Worth != nil, append(expenses, e)
		} else {
			line := &Income{DonorID: w.form.DonorID, UltimateDonorID: w.form.DonorID, Date: l.Date, Amount: l.Amount, Earmarking: w.form.Earmarking,
				Restriction: w.form.Restriction, SourceType: "public", Row: l.row, Note: giftNote(l)}
			err = rates.Convert(line)
			known, income = line.Worth != nil, append(income, line)
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
		return fmt.Sprintf("%s, %s", many(l.Count, "refund", "refunds"), l.Month)
	}
	return fmt.Sprintf("%s, %s", many(l.Count, "gift", "gifts"), l.Month)
}

// save writes the import with all that belongs to it, in the transaction of ctx.
func (w *giftWork) save(ctx context.Context, res *GiftResult, income []*Income, expenses []*Expense) error {
	r, imp := w.im.repo, w.imp
	if err := r.moveGate(ctx, func(g *gate) { g.Last++; imp.Seq = g.Last }); err != nil {
		return err
	}
	imp.State, imp.LiveAt = Live, r.db.Now()
	imp.Rows, imp.Written, imp.NotConverted = len(income), len(income), res.NotConverted
	var days []store.Date
	for _, l := range income {
		l.ImportID, l.Seq = imp.ID, imp.Seq
		days = append(days, l.Date)
	}
	for _, e := range expenses {
		e.ImportID = imp.ID
		days = append(days, e.Date)
	}
	imp.FirstDate, imp.LastDate = slices.Min(days), slices.Max(days)
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
	for _, now := range w.known {
		_, err := r.gifts.Update(ctx, now.ID, func(g *Gift) error {
			g.ImportID, g.Gross, g.Backs = now.ImportID, now.Gross, now.Backs
			return nil
		})
		if err != nil {
			return err
		}
	}
	res.ImportID = imp.ID
	return nil
}

// revertGifts takes back what an import of gifts has brought beside its lines, in the transaction of ctx. A later file was
// compared with what this one brought, so where both have brought something of one payment, the later one goes first.
func (r *Repo) revertGifts(ctx context.Context, imp *Import) error {
	if err := r.notPaidOut(ctx, imp.ID); err != nil {
		return err
	}
	touched, err := r.gifts.Find(ctx, filter.Or{filter.Eq{Field: "importId", Value: imp.ID}, filter.Has{Field: "backs.importId", Values: []any{imp.ID}}}, nil, 0)
	if err != nil {
		return err
	}
	later, err := r.imports.Find(ctx, filter.And{filter.Compare{Field: "seq", Op: filter.Gt, Value: imp.Seq}, filter.Exists{Field: "donorId"}}, nil, 0)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, one := range later {
		names[one.ID] = one.Name
	}
	for _, g := range touched {
		for _, id := range g.imports() {
			if name, is := names[id]; is {
				return fault.New(fault.Invalid, "A later file, “%s”, builds on this import: it says more of the same payments. Revert that import first.", name)
			}
		}
	}
	for _, g := range touched {
		left := slices.DeleteFunc(slices.Clone(g.Backs), func(b GiftBack) bool { return b.ImportID == imp.ID })
		brought := g.ImportID == imp.ID
		if len(left) == 0 && (brought || g.ImportID == "") {
			err = r.gifts.Delete(ctx, g.ID)
		} else {
			_, err = r.gifts.Update(ctx, g.ID, func(g *Gift) error {
				if g.Backs = left; brought { // what an earlier file said went back of it stays
					g.ImportID, g.Gross = "", 0
				}
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	fees, err := r.expenses.Find(ctx, filter.Eq{Field: "importId", Value: imp.ID}, nil, 0)
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

// GiftsApart refuses that two campaigns become one where files of both have brought the same payment: it would count
// twice, and only one of its two records could stay.
func (r *Repo) GiftsApart(ctx context.Context, survivorID, loserID string) error {
	list, err := r.gifts.Find(ctx, filter.Eq{Field: "donorId", Value: loserID}, nil, 0)
	if err != nil {
		return err
	}
	both := 0
	for part := range slices.Chunk(list, rateBatch) {
		keys := make([]any, len(part))
		for i, g := range part {
			keys[i] = g.Key
		}
		n, err := r.gifts.Count(ctx, filter.And{filter.Eq{Field: "donorId", Value: survivorID}, filter.In{Field: "key", Values: keys}})
		if err != nil {
			return err
		}
		both += n
	}
	if both > 0 {
		return fault.Field("loserId", "%s to both of these campaigns. Revert the import of one of them, then merge.", many(both, "payment belongs", "payments belong"))
	}
	return nil
}
