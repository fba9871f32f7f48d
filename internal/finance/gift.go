package finance

import (
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// Gift is one payment of somebody to a campaign, as a platform lists it. It is kept so that it counts once, whatever
// files it comes in. Nothing is kept of who gave: no name, no address, no message, and of the platform's number of the
// payment only a hash.
type Gift struct {
	store.Meta
	DonorID  string     `json:"donorId"`  // the pool: the campaign, which stands for all who gave to it
	Key      string     `json:"key"`      // keyed hash of the number of the payment
	ImportID string     `json:"importId"` // that brought the gift; empty where files have brought money back of it only
	Gross    int64      `json:"gross"`    // as given, in minor units; 0 where ImportID is empty
	Currency string     `json:"currency"`
	Backs    []GiftBack `json:"backs,omitempty"`
}

// GiftBack is what an import has brought of a gift that was given back: a line of a file, or the total that a file states
// beside the gift.
type GiftBack struct {
	ImportID string     `json:"importId"`
	Date     store.Date `json:"date"`            // on which it went back; of a total, by which it had
	Minor    int64      `json:"minor"`           // positive
	Fee      int64      `json:"fee,omitempty"`   // what the platform took for it, or gave back of its fee, in minor units; of lines only
	Total    bool       `json:"total,omitempty"` // not a line: all that had gone back by the day
}

// back gives what is known to have been given back of a gift, in minor units: the sum of the lines or, where that is more,
// a total with the lines of later days. A total may be told of a later day than it is of, and so count what those lines
// count too; more than the gift it never makes. It depends on what was brought and not on the order, and never falls when
// something is added.
func (g *Gift) back() int64 {
	most := g.backLines("")
	for _, b := range g.Backs {
		if b.Total {
			most = max(most, min(b.Minor+g.backLines(b.Date), g.Gross))
		}
	}
	return most
}

// backLines sums the lines of days after one.
func (g *Gift) backLines(after store.Date) (minor int64) {
	for _, b := range g.Backs {
		if !b.Total && b.Date > after {
			minor += b.Minor
		}
	}
	return minor
}

// imports gives the imports that have brought something of a gift.
func (g *Gift) imports() []string {
	list := []string{g.ImportID}
	for _, b := range g.Backs {
		list = append(list, b.ImportID)
	}
	return list
}

func declareGifts(db *store.DB) *store.Collection[Gift] {
	return store.Declare(db, store.Spec[Gift]{
		Name:    "gifts",
		Fields:  []driver.Field{{Path: "donorId"}, {Path: "key"}, {Path: "importId"}, {Path: "backs.importId", Multi: true}},
		Unique:  [][]string{{"donorId", "key"}},
		Indexes: [][]driver.Key{{{Path: "importId"}}, {{Path: "backs.importId"}}},
		Refs:    []store.Ref{{Field: "donorId", Collection: "stakeholders", OnMerge: "repoint", OnErase: "pseudonym"}},
		Audited: true,
	})
}

// GiftField is something that a column of a file of gifts may say.
type GiftField string

// The fields. Without a day, an amount and a number of the payment a file cannot be read.
const (
	GiftDate     GiftField = "date"
	GiftGross    GiftField = "gross"
	GiftPayment  GiftField = "paymentId"
	GiftFee      GiftField = "fee"
	GiftNet      GiftField = "net"
	GiftCurrency GiftField = "currency"
	GiftState    GiftField = "state"
	GiftBackOn   GiftField = "refundedOn"
)

// giftWords are the names that platforms give to the columns, folded, the likeliest first. Names of people, addresses and
// messages have no field, so no mapping reaches them by itself.
var giftWords = []struct {
	field GiftField
	words []string
}{
	{GiftPayment, []string{"payment id", "transaction id", "donation id", "payment reference", "reference", "charge id", "order id", "source", "id", "transaktions id", "spenden id", "numero de transaction"}},
	{GiftDate, []string{"date", "created", "created utc", "payment date", "donation date", "donated at", "paid at", "created at", "datum", "buchungsdatum", "date du don", "fecha", "data"}},
	{GiftGross, []string{"gross", "gross amount", "amount", "donation amount", "donation", "betrag", "brutto", "spendenbetrag", "montant", "montant brut", "importe", "importo"}},
	{GiftFee, []string{"fee", "fees", "platform fee", "processing fee", "transaction fee", "gebuhr", "gebuhren", "frais", "commission", "comision"}},
	{GiftNet, []string{"net", "net amount", "payout amount", "netto", "montant net", "neto"}},
	{GiftCurrency, []string{"currency", "currency code", "wahrung", "devise", "moneda", "valuta"}},
	{GiftState, []string{"refunded", "status", "state", "payment status", "amount refunded", "refunded amount", "erstattet", "rembourse", "statut"}},
	{GiftBackOn, []string{"refunded on", "refund date", "date refunded", "refunded at", "refunded date utc"}},
}

// GiftColumns finds, by their names, which columns say what. A column says one thing only.
func GiftColumns(header []string) map[GiftField]string {
	found := map[GiftField]string{}
	taken := map[string]bool{}
	for _, one := range giftWords {
		for _, word := range one.words {
			at := slices.IndexFunc(header, func(h string) bool { return !taken[h] && store.Fold(h) == word })
			if at >= 0 {
				found[one.field], taken[header[at]] = header[at], true
				break
			}
		}
	}
	return found
}

// GiftForm is what a person says of a file of gifts.
type GiftForm struct {
	DonorID     string               // the pool
	Columns     map[GiftField]string // the name of the column of each field; nil: found out
	Currency    string               // of a file without a column for it
	Earmarking  Earmarking           // unearmarked where empty
	Restriction Restriction          // unrestricted where empty
	ProjectID   string               // the work that bears the fees of the platform
	Category    string               // of the fees, in the books
}

// FeeCategory is the category of a platform's fees where a person has not said another.
const FeeCategory = "Fundraising fees"

func (f *GiftForm) tidy() error {
	if f.Earmarking == "" {
		f.Earmarking = Unearmarked
	}
	if f.Restriction == "" {
		f.Restriction = Unrestricted
	}
	if f.Category = categoryOf(f.Category); f.Category == "" {
		f.Category = FeeCategory
	}
	var c fault.Checks
	c.Require(f.DonorID != "", "donorId", "Say which campaign the gifts were for.")
	c.Require(slices.Contains(EarmarkingLevels, f.Earmarking), "earmarking", "The earmarking is unearmarked, soft, earmarked or tight.")
	c.Require(slices.Contains(Restrictions, f.Restriction), "restriction", "The restriction is unrestricted, designated or restricted.")
	c.Require(len([]rune(f.Category)) <= maxCategory, "category", "The category is longer than %d characters.", maxCategory)
	return c.Err()
}

// places finds the columns of a form in a header.
func (f *GiftForm) places(header []string) (map[GiftField]int, error) {
	var c fault.Checks
	places := map[GiftField]int{}
	for field, name := range f.Columns {
		if name == "" {
			continue
		}
		known := slices.ContainsFunc(giftWords, func(one struct {
			field GiftField
			words []string
		}) bool {
			return one.field == field
		})
		at := slices.Index(header, name)
		c.Require(known, "columns", "There is no field %q.", string(field))
		c.Require(at >= 0, "columns."+string(field), "The file has no column %q.", clip(name))
		places[field] = at
	}
	for field, what := range map[GiftField]string{GiftDate: "the day", GiftGross: "what was given", GiftPayment: "the number of the payment, by which it counts once"} {
		_, there := places[field]
		c.Require(there || f.Columns[field] != "", "columns."+string(field), "Choose the column that has %s.", what)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	// A file without names of columns would lose its first gift, and leave what somebody wrote in their place.
	if _, day := sheet.SplitDate(dayPart(header[places[GiftDate]])); day {
		return nil, fault.Field("file", "The first line of the file has to name its columns.")
	}
	if _, number := sheet.SplitNumber(header[places[GiftGross]], ""); number {
		return nil, fault.Field("file", "The first line of the file has to name its columns.")
	}
	return places, nil
}

// dayPart takes the hour off a day: "31/12/2025, 18:04".
func dayPart(s string) string {
	if day, hour, ok := strings.Cut(strings.TrimSpace(s), " "); ok && strings.Contains(hour, ":") {
		return strings.TrimSuffix(day, ",")
	}
	return s
}
