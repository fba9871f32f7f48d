package finance

import (
	"fmt"
	"strings"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/sheet"
	"piper/internal/store"
)

// MaxGiftFile bounds a file of gifts, in bytes, and MaxGiftRows its lines: it is written by one transaction.
const (
	MaxGiftFile = 16 << 20
	MaxGiftRows = 20_000
)

// given is a payment as a file has it, all its lines together.
type given struct {
	line     int
	key      string
	date     store.Date
	gross    int64 // 0: the file has what went back of the gift, and not the gift
	fee      int64
	feeless  bool // the platform took something that the file does not tell
	currency string

	stated   int64 // what went back in all, as the line of the gift has it
	backOn   store.Date
	backLine int
	backs    []giftBack // lines of their own that say so
}

// giftBack is a line that says that money went back.
type giftBack struct {
	line  int
	date  store.Date
	minor int64 // positive
	fee   int64 // what the platform took for it, or gave back of its fee
}

// GiftSheet is a file of gifts that was read. Where ErrorCount is not zero nothing of it may be imported.
type GiftSheet struct {
	Lines      int // of the file, below its header
	Repeated   int // lines that say again what another has said
	Unpaid     int // lines of payments that never came
	Errors     []RowError
	ErrorCount int
	Notes      []string

	gifts []*given
}

// ReadGifts reads the lines of a file of gifts by the columns of a form. An error means that the file as a whole
// cannot be read; wrong lines are in the GiftSheet. digest makes of the number of a payment what is kept of it.
func ReadGifts(book *sheet.Book, form GiftForm, digest func(string) string) (*GiftSheet, error) {
	places, err := form.places(book.Header)
	if err != nil {
		return nil, err
	}
	x := &giftReader{into: &GiftSheet{Notes: append([]string{}, book.Notes...), Errors: []RowError{}}, places: places, digest: digest}
	if _, there := places[GiftCurrency]; !there {
		if x.currency, err = money.ParseCurrency(form.Currency); err != nil {
			return nil, fault.Field("currency", "The file does not say the currency. Choose one, such as EUR or CHF.")
		}
	}
	if err := x.look(book); err != nil {
		return nil, err
	}
	var rows []*given
	err = book.Rows(func(row sheet.Row) error {
		if g := x.read(row); g != nil {
			rows = append(rows, g)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	x.into.fold(rows)
	return x.into, nil
}

// reject notes what is wrong in a line.
func (s *GiftSheet) reject(line int, field GiftField, value, format string, args ...any) {
	s.ErrorCount++
	s.Errors = append(s.Errors, RowError{Row: line, Field: string(field), Value: clip(value), Message: fmt.Sprintf(format, args...)})
}

// giftReader understands the lines of a file.
type giftReader struct {
	into     *GiftSheet
	places   map[GiftField]int
	digest   func(string) string
	currency string // of the whole file; "" where a column says it
	decimal  sheet.Marks
	order    sheet.Orders
	feeSign  int64 // -1: the file writes fees as what goes away
}

func (x *giftReader) cell(row sheet.Row, field GiftField) string {
	if at, ok := x.places[field]; ok {
		return row.Cells[at]
	}
	return ""
}

// look understands the columns of numbers and dates as wholes.
func (x *giftReader) look(book *sheet.Book) error {
	var taken, given int // signs of the fees of gifts
	err := book.Rows(func(row sheet.Row) error {
		if x.into.Lines++; x.into.Lines > MaxGiftRows {
			return fault.New(fault.TooLarge, "The file has more than %d lines. Split it.", MaxGiftRows)
		}
		for _, field := range [...]GiftField{GiftGross, GiftFee, GiftNet} {
			if n, ok := x.number(row, field); ok {
				x.decimal.See(n)
			}
		}
		for _, field := range [...]GiftField{GiftDate, GiftBackOn} {
			if p, ok := sheet.SplitDate(dayPart(x.cell(row, field))); ok {
				x.order.See(p)
			}
		}
		if !strings.ContainsAny(x.cell(row, GiftGross), "-−(") && strings.ContainsAny(x.cell(row, GiftFee), "123456789") {
			if strings.ContainsAny(x.cell(row, GiftFee), "-−(") {
				taken++
			} else {
				given++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if x.into.Lines == 0 {
		return fault.Field("file", "The file has a header and no lines.")
	}
	if x.feeSign = 1; taken > 0 && given == 0 {
		x.feeSign = -1
	}
	if x.order.Ambiguous && !x.order.DayFirst && !x.order.MonthFirst {
		x.into.Notes = append(x.into.Notes, "No date tells whether day or month comes first; they were read as day/month/year.")
	}
	if x.order.MonthFirst && !x.order.DayFirst {
		x.into.Notes = append(x.into.Notes, "The dates were read as month/day/year.")
	}
	return nil
}

var currencySigns = map[string]string{"EUR": "€", "GBP": "£", "USD": "$"}

// number takes an amount apart, its currency before or behind it.
func (x *giftReader) number(row sheet.Row, field GiftField) (sheet.Number, bool) {
	code := x.code(row)
	text := strings.TrimSpace(x.cell(row, field))
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, code), code))
	return sheet.SplitNumber(text, currencySigns[code])
}

// code gives the currency of a line, "" for none.
func (x *giftReader) code(row sheet.Row) string {
	if x.currency != "" {
		return x.currency
	}
	code, _ := money.ParseCurrency(x.cell(row, GiftCurrency))
	return code
}

// What a state may be called, folded. Everything else has to be an amount.
var (
	unpaidWords = wordSet("pending", "failed", "cancelled", "canceled", "denied", "declined", "expired", "unpaid", "incomplete", "processing", "offen", "fehlgeschlagen", "abgebrochen")
	paidWords   = wordSet("", "no", "false", "0", "completed", "complete", "paid", "succeeded", "success", "successful", "settled", "captured", "available", "nein", "bezahlt", "non")
	backWords   = wordSet("yes", "true", "refunded", "refund", "reversed", "charged back", "chargeback", "returned", "ja", "erstattet", "rembourse", "oui")
)

func wordSet(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

// read gives the payment of a line, nil where something is wrong in it or nothing was paid.
func (x *giftReader) read(row sheet.Row) *given {
	state := store.Fold(x.cell(row, GiftState))
	if unpaidWords[state] {
		x.into.Unpaid++
		return nil
	}
	before := x.into.ErrorCount
	wrong := func(field GiftField, format string, args ...any) {
		x.into.reject(row.Line, field, x.cell(row, field), format, args...)
	}
	g := &given{line: row.Line, key: x.key(row)}
	if g.key == "" {
		wrong(GiftPayment, "The number of the payment is missing.")
	}
	day := func(field GiftField) (date store.Date) {
		if parts, ok := sheet.SplitDate(dayPart(x.cell(row, field))); !ok {
			wrong(field, "This is not a date such as 2025-12-31, 31/12/2025 or 31.12.2025.")
		} else if text, problem := x.order.Read(parts); problem != "" {
			wrong(field, "%s", problem)
		} else {
			date = store.Date(text)
		}
		return date
	}
	g.date = day(GiftDate)
	if x.cell(row, GiftBackOn) != "" {
		g.backOn = day(GiftBackOn)
	}
	if g.currency = x.code(row); g.currency == "" {
		wrong(GiftCurrency, "This is not an ISO 4217 currency code such as EUR or CHF.")
		return nil
	}
	x.amounts(row, g, state, wrong)
	if x.into.ErrorCount > before {
		return nil
	}
	return g
}

// amounts reads what was given, taken and given back.
func (x *giftReader) amounts(row sheet.Row, g *given, state string, wrong func(GiftField, string, ...any)) {
	before := x.into.ErrorCount
	amount := func(field GiftField) int64 {
		n, ok := x.number(row, field)
		if !ok {
			wrong(field, "This is not a number such as 1234.56 or 1.234,56.")
			return 0
		}
		minor, problem := x.decimal.Read(n, money.Exponent(g.currency))
		if problem != "" {
			wrong(field, "%s", problem)
		}
		return minor
	}
	if g.gross = amount(GiftGross); g.gross == 0 && x.into.ErrorCount == before {
		wrong(GiftGross, "An amount is needed.")
	}
	if x.cell(row, GiftFee) != "" {
		g.fee = x.feeSign * amount(GiftFee)
	}
	switch {
	case paidWords[state]:
	case backWords[state]:
		g.stated = max(g.gross, 0)
	default:
		n, ok := x.number(row, GiftState)
		if ok && state != "1" {
			minor, problem := x.decimal.Read(n, money.Exponent(g.currency))
			if g.stated = max(minor, -minor); problem == "" && g.stated <= max(g.gross, 0) {
				break
			}
		}
		wrong(GiftState, "It is not clear what this means. Write yes, no, or the amount that was given back.")
	}
	if x.cell(row, GiftNet) == "" || x.into.ErrorCount > before {
		return
	}
	_, hasFee := x.places[GiftFee]
	if g.stated > 0 { // some platforms take from the net what went back, others do not
		g.feeless = !hasFee
		return
	}
	net := amount(GiftNet)
	if !hasFee {
		g.fee = g.gross - net
	} else if x.into.ErrorCount == before && g.gross-g.fee != net {
		wrong(GiftNet, "Gross less fee is %s.", Money{Minor: g.gross - g.fee, Currency: g.currency})
	}
}

// key gives what is kept of the number of a payment, "" for none. The number may name somebody to the platform, and short
// numbers can be guessed, so it is a keyed hash.
func (x *giftReader) key(row sheet.Row) string {
	number := strings.TrimSpace(x.cell(row, GiftPayment))
	if number == "" {
		return ""
	}
	return x.digest("gift\x1f" + number)
}

// fold puts the lines of a payment together: a platform may list a gift twice, and what was given back as a line of
// its own, before or behind the gift.
func (s *GiftSheet) fold(rows []*given) {
	at := map[string]*given{}
	for _, g := range rows {
		if g.gross < 0 {
			continue
		}
		g.backLine = g.line
		first := at[g.key]
		switch {
		case first == nil:
			at[g.key] = g
			s.gifts = append(s.gifts, g)
		case first.date == g.date && first.gross == g.gross && first.currency == g.currency:
			s.Repeated++
			first.stated = max(first.stated, g.stated)
			if first.feeless && !g.feeless {
				first.fee, first.feeless = g.fee, false
			}
			if first.backOn == "" {
				first.backOn = g.backOn
			}
		default:
			s.reject(g.line, GiftPayment, "", "Line %d has the same number of the payment, with another day or amount.", first.line)
		}
	}
	for _, b := range rows {
		if b.gross > 0 {
			continue
		}
		gift := at[b.key]
		if gift == nil { // of a gift that this file does not have
			gift = &given{line: b.line, key: b.key, date: b.date, currency: b.currency, backLine: b.line}
			at[b.key] = gift
			s.gifts = append(s.gifts, gift)
		}
		s.giveBack(gift, b)
	}
}

// giveBack counts a line that says that money went back. Two equal lines are two, unless more would be given back than
// was given: then one repeats the other.
func (s *GiftSheet) giveBack(gift, b *given) {
	back := giftBack{line: b.line, date: b.date, minor: -b.gross, fee: b.fee}
	sum, seen := back.minor, false
	for _, one := range gift.backs {
		seen = seen || one.date == back.date && one.minor == back.minor
		sum += one.minor
	}
	tooMuch := gift.gross > 0 && sum > gift.gross || sum > money.MaxMinor
	switch {
	case b.currency != gift.currency:
		s.reject(b.line, GiftCurrency, b.currency, "The gift was in %s.", gift.currency)
	case tooMuch && seen:
		s.Repeated++
	case tooMuch:
		s.reject(b.line, GiftGross, Money{Minor: b.gross, Currency: b.currency}.String(), "More is given back than was given.")
	default:
		gift.backs, gift.backLine = append(gift.backs, back), b.line
	}
}
