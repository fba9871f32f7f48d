// Package award knows what others were granted: the past awards of funders, as they publish them. An import
// reads a file of 360Giving, of IATI or of the EU's Financial Transparency System and attaches its awards to
// funders, so that the page of a donor shows whom they fund, how much, when and where.
//
// What an award is, in each source:
//
//   - 360Giving: one grant of the list, at its amountAwarded; never at amountDisbursed. An amount of zero is
//     rejected, since nothing was awarded (publishers use it for the partners of a joint grant).
//   - IATI: one outgoing commitment, a transaction of type 2 ("C" and the word "commitment" in 1.0x), which the
//     standard defines as a firm written obligation to provide a stated amount. Disbursements (3, D) and expenditure
//     (4, E) pay out what was committed before, incoming funds (1, 11) are the award of another activity, and budgets
//     are plans: counting any of them as well would count the same money twice, so they are set aside and counted.
//     The funder is the provider; where it is left out, the reporting organisation, as the standard has it for
//     outgoing funds. The currency is that of the value, else the activity's default.
//   - FTS: one row, which is one beneficiary of one commitment, at the beneficiary's contracted amount, else
//     the estimated one. The commitment's own total stands in each of its rows and is never read.
//
// A negative amount takes something back and lowers sums. Awards to persons are counted with amount and year only.
package award

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"piper/internal/money"
	"piper/internal/store"
)

// Kind is the standard in which a file is written.
type Kind string

// The kinds.
const (
	ThreeSixty Kind = "360giving"
	IATI       Kind = "iati"
	FTS        Kind = "fts"
)

// Kinds lists them.
var Kinds = []Kind{ThreeSixty, IATI, FTS}

// Award is one grant that a funder has made. It is not changed by people.
type Award struct {
	store.Meta
	Key           string      `json:"key"` // kind and the id that the publisher gave it; of a person's award a digest of it
	Kind          Kind        `json:"kind" enum:"360giving,iati,fts"`
	ExternalID    string      `json:"externalId,omitempty"`
	FunderID      string      `json:"funderId" doc:"the party that gave it"`
	FunderName    string      `json:"funderName" doc:"as the source writes it"`
	RecipientID   string      `json:"recipientId,omitempty" doc:"the party that got it; none where it is a person or not named"`
	RecipientName string      `json:"recipientName,omitempty"`
	Person        bool        `json:"person,omitempty" doc:"the recipient is a person; nothing but amount and year is kept"`
	Title         string      `json:"title,omitempty"`
	Programme     string      `json:"programme,omitempty"`
	Date          store.Date  `json:"date,omitempty"`
	Year          int         `json:"year"`
	Countries     []string    `json:"countries" nullable:"false" doc:"where the money is used; else where the recipient is"`
	Amount        money.Money `json:"amount"`
	money.Frozen
	Unsettled bool    `json:"unsettled,omitempty"`
	ImportID  string  `json:"importId" doc:"the import that wrote it"`
	Seqs      []int64 `json:"seqs" nullable:"false" doc:"numbers of the imports that brought it as it is"`
	Next      []int64 `json:"next" nullable:"false" doc:"numbers of the imports that brought another version"`
}

// Organisation is a funder or recipient as a source names it.
type Organisation struct {
	Name    string
	ID      string // by the register of its country: "GB-CHC-1159982"
	Country string // ISO 3166-1 alpha-2
}

// Grant is what a parser has read, before money and parties are known.
type Grant struct {
	Place      string // where in the file: "grant 12", "row 40"
	ExternalID string
	Funder     Organisation
	Recipient  Organisation
	Person     bool
	Title      string
	Programme  string
	Date       store.Date // "" where only the year is known
	Year       int
	Countries  []string
	Amount     string // decimal text, a point for the decimal mark
	Currency   string // as written
}

// AwardReject is one record of a file that was not taken, and why.
type AwardReject struct {
	Place  string `json:"place" doc:"where in the file"`
	Ref    string `json:"ref,omitempty" doc:"the publisher's id"`
	Reason string `json:"reason"`
}

// Sink takes what a parser finds, in the order of the file. Each record comes once: as a grant, as a
// reject, or as something that is no award.
type Sink interface {
	Grant(g Grant) error
	Reject(place, ref, reason string) error
	Aside(what string) error // no award, by the words in which it is counted: "disbursements"
}

// keyOf names an award over all imports. The id of an award to a person may name them, so only its digest is kept.
func keyOf(kind Kind, g *Grant) string {
	if !g.Person {
		return string(kind) + " " + g.ExternalID
	}
	sum := sha256.Sum256([]byte(g.ExternalID))
	return string(kind) + " person " + hex.EncodeToString(sum[:16])
}

// same reports whether two versions of an award say the same.
func (a *Award) same(b *Award) bool {
	if a.FunderID != b.FunderID || a.FunderName != b.FunderName || a.RecipientID != b.RecipientID || a.RecipientName != b.RecipientName ||
		a.Person != b.Person || a.Title != b.Title || a.Programme != b.Programme || a.Date != b.Date || a.Year != b.Year || a.Amount != b.Amount ||
		len(a.Countries) != len(b.Countries) {
		return false
	}
	for i := range a.Countries {
		if a.Countries[i] != b.Countries[i] {
			return false
		}
	}
	return true
}

// ref is how people are told of a grant: not by the id of one to a person, which may name them.
func (g *Grant) ref() string {
	if g.Person {
		return ""
	}
	return g.ExternalID
}

// day is the day at whose rate a grant is converted: the last of its year where no other is known.
func (g *Grant) day() store.Date { return dayOf(g.Date, g.Year) }

func dayOf(day store.Date, year int) store.Date {
	if day != "" {
		return day
	}
	return store.Date(fmt.Sprintf("%04d-12-31", year))
}

// award makes an award of a grant, with the keys of its parties in the place of their ids.
func (g *Grant) award(kind Kind, convert Convert) (*Award, error) {
	amount, err := money.ParseDecimal(g.Amount, g.Currency)
	if err != nil {
		return nil, err
	}
	a := &Award{Key: keyOf(kind, g), Kind: kind, FunderID: partyKey(g.Funder), FunderName: g.Funder.Name, Person: g.Person, Year: g.Year,
		Amount: amount, Countries: []string{}, Seqs: []int64{}, Next: []int64{}}
	if a.Frozen, a.Unsettled, err = convert(amount, g.day()); err != nil {
		return nil, err
	}
	if g.Person { // the day says more of them than the year
		return a, nil
	}
	a.ExternalID, a.Title, a.Programme, a.Date, a.Countries = g.ExternalID, g.Title, g.Programme, g.Date, g.Countries
	if g.Recipient.Name != "" {
		a.RecipientName, a.RecipientID = g.Recipient.Name, partyKey(g.Recipient)
	}
	return a, nil
}
