package finance

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// compare holds the payments of the file against those that earlier files have brought.
func (w *giftWork) compare(ctx context.Context, res *GiftResult) error {
	known := map[string]*Gift{}
	for part := range slices.Chunk(w.sheet.gifts, rateBatch) {
		keys := make([]any, len(part))
		for i, g := range part {
			keys[i] = g.key
		}
		list, err := w.im.repo.gifts.Find(ctx, filter.And{filter.Eq{Field: "donorId", Value: w.form.DonorID}, filter.In{Field: "key", Values: keys}}, nil, 0)
		if err != nil {
			return err
		}
		for _, g := range list {
			known[g.Key] = g
		}
	}
	books, err := w.im.repo.Books(ctx)
	if err != nil {
		return err
	}
	w.lines = map[giftGroup]*GiftLine{}
	feeless := 0
	for _, g := range w.sheet.gifts {
		if brings := w.take(books, g, known[g.key], res); brings && g.feeless {
			feeless++
		}
	}
	if feeless > 0 {
		res.Notes = append(res.Notes, "What the platform took of "+many(feeless, "gift", "gifts")+
			" cannot be told: the file has no fee, and money went back, so the net does not say it. Enter it by hand, or choose a column for the fee.")
	}
	return nil
}

// take counts what is new of a payment: the gift itself, where no file has brought it, and what went back of it. was is
// what is known, nil for nothing.
func (w *giftWork) take(books *Books, g *given, was *Gift, res *GiftResult) (brings bool) {
	gift := &Gift{DonorID: w.form.DonorID, Key: g.key, Currency: g.currency}
	if was != nil {
		gift = was
	}
	if brings = g.gross > 0 && gift.Gross == 0; brings {
		gift.Gross, gift.ImportID = g.gross, w.imp.ID
	}
	if g.currency != gift.Currency || g.gross > 0 && g.gross != gift.Gross {
		w.sheet.reject(g.line, GiftGross, Money{Minor: g.gross, Currency: g.currency}.String(), "An earlier file has %s for this payment.",
			Money{Minor: cmp.Or(gift.Gross, -gift.back()), Currency: gift.Currency})
		return false
	}
	fresh := gift.learn(g, w.im.repo.today(), w.imp.ID)
	if back := gift.back(); back > cmp.Or(gift.Gross, money.MaxMinor) {
		w.sheet.reject(g.backLine, GiftGross, Money{Minor: back, Currency: g.currency}.String(), "More is given back than the %s that were given.", Money{Minor: gift.Gross, Currency: gift.Currency})
		return false
	}
	if brings {
		if !w.open(books, g.line, g.date) {
			return false
		}
		res.Gifts++
		w.count("gifts", g.currency, g.line, g.date, g.gross)
		w.count("fees", g.currency, g.line, g.date, g.fee)
	}
	for _, b := range fresh {
		if brings && b.line == g.line && g.backOn == "" { // it went back, and the file does not say when
			b.date = g.date
		}
		if (b.minor != 0 || b.fee != 0) && !w.open(books, b.line, b.date) {
			return false
		}
		w.count("refunds", g.currency, b.line, b.date, -b.minor)
		w.count("fees", g.currency, b.line, b.date, b.fee)
	}
	switch {
	case slices.ContainsFunc(fresh, func(b giftBack) bool { return b.minor > 0 }):
		res.GivenBack++
	case !brings:
		res.Known++
	}
	switch {
	case !brings && len(fresh) == 0:
		return false
	case was == nil:
		w.fresh = append(w.fresh, gift)
	default:
		w.known = append(w.known, gift)
	}
	w.imp.Gifts++
	return brings
}

// learn notes at a gift what a file says went back of it, and gives what is new of that. A line is known if a line of that
// day and amount is, each for one: two equal lines of one file are two, and the same two in the next file are these. How
// much of a new line is new money depends on the totals that may have counted it; what was taken for it is new either way.
func (g *Gift) learn(file *given, today store.Date, importID string) (fresh []giftBack) {
	note := func(line giftBack, total bool) {
		before, minor := g.back(), line.minor
		g.Backs = append(g.Backs, GiftBack{ImportID: importID, Date: line.date, Minor: minor, Fee: line.fee, Total: total})
		line.minor = g.back() - before
		fresh = append(fresh, line)
	}
	known := slices.Clone(g.Backs)
	by := cmp.Or(file.backOn, today) // a total without a day is of now
	for _, line := range file.backs {
		by = max(by, line.date)
		at := slices.IndexFunc(known, func(b GiftBack) bool { return !b.Total && b.Date == line.date && b.Minor == line.minor })
		if at >= 0 {
			known = slices.Delete(known, at, at+1)
			continue
		}
		note(line, false)
	}
	if file.stated > g.back() {
		note(giftBack{line: file.line, date: by, minor: file.stated}, true)
	}
	return fresh
}

// open refuses days that the books cannot take.
func (w *giftWork) open(books *Books, line int, day store.Date) bool {
	if err := w.im.repo.refusal(books, byReversal, day); err != nil {
		w.sheet.reject(line, GiftDate, string(day), "%s", fault.Reason(err))
		return false
	}
	if day > addDays(w.im.repo.today(), 1) { // tomorrow has begun somewhere
		w.sheet.reject(line, GiftDate, string(day), "This day lies ahead.")
		return false
	}
	return true
}

// count adds an amount to the line of its month.
func (w *giftWork) count(kind, currency string, line int, day store.Date, minor int64) {
	if minor == 0 {
		return
	}
	month := MonthOf(day).String()
	key := giftGroup{kind, month, currency}
	l := w.lines[key]
	if l == nil {
		l = &GiftLine{Kind: kind, Month: month, Amount: Money{Currency: currency}, row: line}
		w.lines[key] = l
	}
	l.Count++
	l.Date, l.row = max(l.Date, day), min(l.row, line)
	if l.Amount.Minor += minor; l.Amount.Minor > moneyBound || l.Amount.Minor < -moneyBound {
		w.sheet.reject(line, GiftGross, l.Amount.String(), "The amounts of this month are too large.")
		l.Amount.Minor = 0
	}
}
