package statement

import (
	"cmp"
	"slices"
	"strings"

	"piper/internal/money"
	"piper/internal/store"
)

// Booking is what two statements have to agree on to speak of the same money: one line of an account. A bank may
// write it as one movement in MT940 and take it apart in CAMT.053, and it numbers and shortens texts differently in
// each, so no single number of it can be a key.
type Booking struct {
	Format    string
	Account   string
	Date      store.Date
	ValueDate store.Date
	NoDay     bool // no booking day was given: Date is the value date
	Whole     money.Money
	BankRef   string
	EndToEnd  string // this and what follows only where the booking is one movement
	Payer     string
	IBAN      string
	Text      string
}

// Booking gives the booking that a movement is, or is a part of.
func (e *Entry) Booking(format string) Booking {
	b := Booking{Format: format, Account: e.Account, Date: e.Date, ValueDate: e.ValueDate, NoDay: e.NoDay, Whole: e.Whole, BankRef: e.BankRef}
	if e.Whole == e.Amount {
		b.EndToEnd, b.Payer, b.IBAN, b.Text = e.EndToEnd, e.Payer, e.IBAN, e.Remittance
	}
	return b
}

// copyKey is the same for two bookings of one format that say the same, word by word.
func (b *Booking) copyKey() string {
	return strings.Join([]string{b.Format, b.Account, string(b.Date), string(b.ValueDate), b.Whole.String(), b.BankRef, b.EndToEnd, b.IBAN,
		store.Fold(b.Payer), store.Fold(b.Text)}, "\x1f")
}

// What speaks for two bookings being one, beside account, amount and day; the more, the sooner they are paired.
const (
	identical    = 32 // in one format, word by word
	sameBankRef  = 16
	sameEndToEnd = 8
	sameIBAN     = 4
	samePayer    = 2
	sameText     = 1
)

// minRef is from how many characters on a reference may be a shortened form of another.
const minRef = 8

// likeness gives how much speaks for two bookings being the same; ok is false where they are not.
//
// In one format a bank writes the same booking in the same words. Across formats a reference that both give and
// that is the same proves it. References that differ prove nothing there, as banks number each format by itself:
// then payer, account or text have to agree. Where one of the two says too little to compare, account, amount and
// day are enough, each booking being paired with one other at most.
func likeness(a, b *Booking) (score int, ok bool) {
	if a.Account != b.Account || a.Whole != b.Whole || !sameDay(a, b) {
		return 0, false
	}
	if a.Format == b.Format {
		ok = a.BankRef == b.BankRef && a.EndToEnd == b.EndToEnd && a.IBAN == b.IBAN &&
			store.Fold(a.Payer) == store.Fold(b.Payer) && store.Fold(a.Text) == store.Fold(b.Text)
		return identical, ok
	}
	bank, order := compareRef(a.BankRef, b.BankRef), compareRef(a.EndToEnd, b.EndToEnd)
	if bank > 0 {
		score += sameBankRef
	}
	if order > 0 {
		score += sameEndToEnd
	}
	// Many who pay write the same order reference; beside another account it proves nothing.
	proved := bank > 0 || order > 0 && compareIBAN(a.IBAN, b.IBAN) >= 0
	against := false
	for _, s := range [...]struct{ verdict, points int }{
		{compareIBAN(a.IBAN, b.IBAN), sameIBAN}, {comparePayer(a.Payer, b.Payer), samePayer}, {compareText(a.words(), b.words()), sameText},
	} {
		if s.verdict > 0 {
			score += s.points
		}
		against = against || s.verdict < 0
	}
	switch {
	case proved:
		return score, true
	case bank < 0 || order < 0:
		return score, !against && score > 0
	}
	return score, !against
}

func sameDay(a, b *Booking) bool {
	return a.Date == b.Date || (a.NoDay || b.NoDay) && a.ValueDate == b.ValueDate
}

// compareRef is 1 where two references are the same, one perhaps shortened or with a letter before it, -1 where they
// differ and 0 where one is missing. The same holds for the other comparisons.
func compareRef(a, b string) int {
	a, b = plain(a), plain(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == "":
		return 0
	case a == b, len(a) >= minRef && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a)):
		return 1
	}
	return -1
}

func plain(s string) string { return strings.ReplaceAll(store.Fold(s), " ", "") }

func compareIBAN(a, b string) int {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	}
	return -1
}

// comparePayer bears with a name that was cut off: MT940 has room for two lines of it.
func comparePayer(a, b string) int {
	a, b = plain(a), plain(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == "":
		return 0
	case strings.HasPrefix(b, a):
		return 1
	}
	return -1
}

// words are those of whatever was written, wherever a format puts it.
func (b *Booking) words() []string {
	words := strings.Fields(store.Fold(b.Payer + " " + b.Text + " " + b.EndToEnd))
	slices.Sort(words)
	return slices.Compact(words)
}

// compareText is 1 where at least half of the words of the shorter text are in the longer.
func compareText(a, b []string) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	shared := 0
	for _, w := range a {
		if _, ok := slices.BinarySearch(b, w); ok {
			shared++
		}
	}
	if 2*shared >= len(a) {
		return 1
	}
	return -1
}

// Pair says for each of fresh which of known it is, -1 for none. Each of known is at most one of fresh: those that
// are most alike are paired first, equals in their order, so that two equal gifts of one day stay two.
func Pair(fresh, known []Booking) []int {
	type purse struct {
		account string
		whole   money.Money
	}
	type pair struct{ score, fresh, known int }
	byPurse := map[purse][]int{}
	for k := range known {
		at := purse{known[k].Account, known[k].Whole}
		byPurse[at] = append(byPurse[at], k)
	}
	out, taken := make([]int, len(fresh)), map[int]bool{}
	// Copies word by word first: a file of many equal gifts that comes again is not compared each with each.
	copies := map[string][]int{}
	for k := range known {
		at := known[k].copyKey()
		copies[at] = append(copies[at], k)
	}
	for i := range fresh {
		out[i] = -1
		if at := fresh[i].copyKey(); len(copies[at]) > 0 {
			out[i], copies[at] = copies[at][0], copies[at][1:]
			taken[out[i]] = true
		}
	}
	var pairs []pair
	for i := range fresh {
		if out[i] >= 0 {
			continue
		}
		for _, k := range byPurse[purse{fresh[i].Account, fresh[i].Whole}] {
			if taken[k] {
				continue
			}
			if score, ok := likeness(&fresh[i], &known[k]); ok {
				pairs = append(pairs, pair{score, i, k})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.fresh, y.fresh), cmp.Compare(x.known, y.known))
	})
	for _, p := range pairs {
		if out[p.fresh] < 0 && !taken[p.known] {
			out[p.fresh], taken[p.known] = p.known, true
		}
	}
	return out
}
