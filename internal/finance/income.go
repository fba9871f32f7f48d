// Package finance knows income: its lines, how they are imported and converted, and the figures that a
// board reads from them. README.md defines every figure; this package is that page in Go.
package finance

import (
	"strings"

	"piper/internal/money"
	"piper/internal/store"
)

// Earmarking is how tightly the donor has tied the money, in the four levels of the Grand Bargain.
type Earmarking string

// The levels, from the freest.
const (
	Unearmarked Earmarking = "unearmarked"
	Soft        Earmarking = "soft"
	Earmarked   Earmarking = "earmarked"
	Tight       Earmarking = "tight"
)

// EarmarkingLevels lists the levels in their order.
var EarmarkingLevels = []Earmarking{Unearmarked, Soft, Earmarked, Tight}

// Restriction is how the accounts treat the money; it is independent of earmarking.
type Restriction string

// The restrictions. Designated money is unrestricted money that the board has set aside.
const (
	Unrestricted Restriction = "unrestricted"
	Designated   Restriction = "designated"
	Restricted   Restriction = "restricted"
)

// Restrictions lists them in order.
var Restrictions = []Restriction{Unrestricted, Designated, Restricted}

// SourceType is the kind of purse that the money comes from.
type SourceType string

// SourceTypes lists the kinds in the order in which they are shown.
var SourceTypes = []SourceType{"eu", "government", "igo", "foundation", "corporate", "membership", "services", "public", "other"}

// Income is one ledger line: money received (cash basis), or given back where the amount is negative.
type Income struct {
	store.Meta
	DonorID         string      `json:"donorId"`         // who paid
	UltimateDonorID string      `json:"ultimateDonorId"` // whose money it is; the donor where nothing else was said
	Date            store.Date  `json:"date"`            // of receipt
	Amount          Money       `json:"amount"`          // as paid
	money.Frozen                // of Amount, on Date; its Worth is nil: not converted
	Unsettled       bool        `json:"unsettled,omitempty"` // no rate yet, or a later published day may still be the right one
	Earmarking      Earmarking  `json:"earmarking"`
	Restriction     Restriction `json:"restriction"`
	SourceType      SourceType  `json:"sourceType"`
	ImportID        string      `json:"importId,omitempty"`
	Row             int         `json:"row,omitempty"` // line of the imported file; its header is line 1
	Seq             int64       `json:"seq"`           // number of the import; readers see those behind the gate only

	// Of lines that people write.
	Note       string `json:"note,omitempty"`
	Reference  string `json:"reference,omitempty"`  // as the payer wrote it
	Project    string `json:"project,omitempty"`    // what the money is for
	Fund       string `json:"fund,omitempty"`       // with which money it is kept
	ForYear    int    `json:"forYear,omitempty"`    // the fiscal year it was paid for; figures of cash go by Date
	SplitID    string `json:"splitId,omitempty"`    // the same for all parts of one payment
	RefundOf   string `json:"refundOf,omitempty"`   // the line of which this one gives something back
	ReversalOf string `json:"reversalOf,omitempty"` // the line that this one takes back whole
	EntryID    string `json:"entryId,omitempty"`    // the entry of a bank statement that it was made from
}

// View says by whom income is grouped.
type View string

// The views. Direct never rolls up; Ultimate looks through intermediaries and rolls up to the root of
// the organisation tree, and it is the one that leads.
const (
	Direct   View = "direct"
	Ultimate View = "ultimate"
)

// Payer gives the id under which a line counts in a view. roots holds the root of every stakeholder
// that has a parent; one that is not in it is its own root.
func (v View) Payer(line *Income, roots map[string]string) string {
	if v == Direct {
		return line.DonorID
	}
	id := line.UltimateDonorID
	if id == "" {
		id = line.DonorID
	}
	if root := roots[id]; root != "" {
		return root
	}
	return id
}

// codeOf reads one of a closed list as people write it: any case, spaces or hyphens for underscores, and the
// longer words of a screen.
func codeOf[T ~string](s string, codes []T, labels map[string]T) (T, bool) {
	key := strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '\u00a0'
	}), " "))
	for _, c := range codes {
		if string(c) == key {
			return c, true
		}
	}
	c, ok := labels[key]
	return c, ok
}

var earmarkingLabels = map[string]Earmarking{
	"softly earmarked": Soft, "softly": Soft, "soft earmarked": Soft,
	"tightly earmarked": Tight, "tightly": Tight, "not earmarked": Unearmarked,
}

var sourceTypeLabels = map[string]SourceType{
	"european union": "eu", "governments": "government", "foundations": "foundation", "corporations": "corporate",
	"membership fees": "membership", "membership fee": "membership", "service": "services", "public giving": "public",
}
