// Package funding is the money that we may ask for and the money that is signed: opportunities in the pipeline, and
// agreements with their instalments, requirements and strings.
package funding

import (
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// AgreementState says where an agreement stands on a day. It is never stored: it follows from the dates.
type AgreementState string

// The states, in the order in which an agreement goes through them.
const (
	Draft   AgreementState = "draft"   // not signed
	Signed  AgreementState = "signed"  // signed, the term has not begun
	Running AgreementState = "running" // within its term
	Ended   AgreementState = "ended"   // behind its term, with something still to settle
	Closed  AgreementState = "closed"  // settled: nothing is due any more
)

// AgreementStates lists them in order.
var AgreementStates = []AgreementState{Draft, Signed, Running, Ended, Closed}

// The closed vocabularies of money, as the books of income have them (METRICS.md).
var (
	earmarkings  = []string{"unearmarked", "soft", "earmarked", "tight"}
	restrictions = []string{"unrestricted", "designated", "restricted"}
	sourceTypes  = []string{"eu", "government", "igo", "foundation", "corporate", "membership", "services", "public", "other"}
)

// Agreement is a signed grant or contract, or one about to be signed, with what is to be paid and what is to be
// done under it. Amounts are pointers because a reader who may not see how much money it is gets none.
type Agreement struct {
	store.Meta
	Title           string      `json:"title"`
	SortTitle       string      `json:"sortTitle" doc:"the title folded for sorting: lower case, no diacritics"`
	Number          string      `json:"number,omitempty" doc:"contract number, as the donor writes it"`
	DonorID         string      `json:"donorId" doc:"who signed and pays"`
	UltimateDonorID string      `json:"ultimateDonorId" doc:"whose money it is; the donor where nothing else was said"`
	PassThrough     PassThrough `json:"passThrough"`
	OpportunityID   string      `json:"opportunityId,omitempty" doc:"the opportunity that it was awarded from"`
	RenewalOf       string      `json:"renewalOf,omitempty" doc:"the agreement that it carries on"`
	Programme       string      `json:"programme,omitempty"`
	OwnerID         string      `json:"ownerId,omitempty" doc:"the account that looks after it"`

	SignedOn store.Date `json:"signedOn,omitempty"`
	From     store.Date `json:"from,omitempty" doc:"first day of the term"`
	To       store.Date `json:"to,omitempty" doc:"last day of the term"`
	ClosedOn store.Date `json:"closedOn,omitempty"`

	Amount *money.Money `json:"amount,omitempty" doc:"as signed; absent for who may not read amounts"`
	money.Frozen
	CoFinancing CoFinancing `json:"coFinancing"`
	Overhead    Overhead    `json:"overhead"`

	Earmarking     string `json:"earmarking" enum:"unearmarked,soft,earmarked,tight" doc:"of every instalment that says nothing else"`
	Restriction    string `json:"restriction" enum:"unrestricted,designated,restricted"`
	SourceType     string `json:"sourceType" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
	OperatingGrant bool   `json:"operatingGrant" doc:"an EU operating grant, which figures show apart"`
	Notes          string `json:"notes,omitempty"`

	Instalments  []Instalment  `json:"instalments" nullable:"false"`
	Requirements []Requirement `json:"requirements" nullable:"false"`
	Amendments   []Amendment   `json:"amendments" nullable:"false" doc:"in order of their dates"`
}

// PassThrough is the way that money takes before it reaches us.
type PassThrough struct {
	LeadID string `json:"leadId,omitempty" maxLength:"60" doc:"the consortium's lead, or who else passes the money on"`
	Chain  string `json:"chain,omitempty" maxLength:"500" doc:"the way in words"`
}

// CoFinancing is what we must bring ourselves.
type CoFinancing struct {
	Points int          `json:"points,omitempty" minimum:"0" maximum:"10000" doc:"hundredths of a percent of the total cost"`
	Amount *money.Money `json:"amount,omitempty"`
}

// Overhead is what may be charged for indirect costs, in hundredths of a percent of the direct ones.
type Overhead struct {
	Points int    `json:"points,omitempty" minimum:"0" maximum:"10000"`
	Cap    int    `json:"cap,omitempty" minimum:"0" maximum:"10000" doc:"the most that the donor allows; 0 where no cap is known"`
	Rule   string `json:"rule,omitempty" maxLength:"500" doc:"the donor's rule in words, with its article"`
}

// Bounds of an agreement.
const (
	maxAgreementTitle = 300
	maxAgreementText  = 20_000 // bytes
	maxShortText      = 500
	maxParts          = 200 // instalments, requirements or amendments of one agreement
)

// StateOn gives where the agreement stands on a day.
func (a *Agreement) StateOn(day store.Date) AgreementState {
	switch {
	case a.SignedOn == "" || a.SignedOn > day:
		return Draft
	case a.ClosedOn != "" && a.ClosedOn <= day:
		return Closed
	case a.From > day:
		return Signed
	case a.To >= day:
		return Running
	}
	return Ended
}

// Active reports whether something may still be due under the agreement on a day.
func (a *Agreement) Active(day store.Date) bool {
	s := a.StateOn(day)
	return s != Draft && s != Closed
}

// currency gives the currency of the agreement, "" where it has no amount yet.
func (a *Agreement) currency() string {
	if a.Amount == nil {
		return ""
	}
	return a.Amount.Currency
}

// tidy puts an agreement into its one form and gives an Invalid fault that names every field that is wrong.
func (a *Agreement) tidy(day store.Date) error {
	var c fault.Checks
	a.Title, a.Number, a.Programme = oneLine(a.Title), oneLine(a.Number), oneLine(a.Programme)
	a.PassThrough.Chain, a.Overhead.Rule, a.Notes = oneLine(a.PassThrough.Chain), oneLine(a.Overhead.Rule), strings.TrimSpace(a.Notes)
	a.SortTitle = store.Fold(a.Title)
	if a.UltimateDonorID == "" {
		a.UltimateDonorID = a.DonorID
	}
	standard(&a.Earmarking, "earmarked")
	standard(&a.Restriction, "restricted")
	standard(&a.SourceType, "other")
	c.Require(a.Title != "", "title", "A title is needed.")
	c.Require(utf8.RuneCountInString(a.Title) <= maxAgreementTitle, "title", "The title is longer than %d characters.", maxAgreementTitle)
	for field, text := range map[string]string{"number": a.Number, "programme": a.Programme, "passThrough.chain": a.PassThrough.Chain, "overhead.rule": a.Overhead.Rule} {
		c.Require(len(text) <= maxShortText, field, "This is longer than %d bytes.", maxShortText)
	}
	c.Require(len(a.Notes) <= maxAgreementText, "notes", "The notes are longer than 20,000 bytes.")
	c.Require(a.DonorID != "", "donorId", "Say who pays.")
	c.Require(a.RenewalOf == "" || a.RenewalOf != a.ID, "renewalOf", "An agreement does not renew itself.")
	oneOf(&c, "earmarking", a.Earmarking, earmarkings)
	oneOf(&c, "restriction", a.Restriction, restrictions)
	oneOf(&c, "sourceType", a.SourceType, sourceTypes)
	c.Require(!a.OperatingGrant || a.SourceType == "eu", "operatingGrant", "An operating grant is money of the EU; say so in the source type first.")
	a.checkDates(&c, day)
	a.checkMoney(&c)
	for i := range a.Instalments {
		a.Instalments[i].tidy(&c, i, a, day)
	}
	for i := range a.Requirements {
		a.Requirements[i].tidy(&c, i, day)
	}
	a.arrange()
	return c.Err()
}

func (a *Agreement) checkDates(c *fault.Checks, day store.Date) {
	for field, d := range map[string]store.Date{"signedOn": a.SignedOn, "from": a.From, "to": a.To, "closedOn": a.ClosedOn} {
		checkDate(c, field, d)
	}
	c.Require(a.From == "" || a.To == "" || a.From <= a.To, "to", "The term ends before it begins.")
	c.Require(a.SignedOn <= day, "signedOn", "The day of signing lies ahead.")
	if a.SignedOn != "" {
		c.Require(a.From != "", "from", "A signed agreement needs the first day of its term.")
		c.Require(a.To != "", "to", "A signed agreement needs the last day of its term.")
		c.Require(a.Amount != nil, "amount", "A signed agreement needs its amount.")
	}
	c.Require(a.ClosedOn == "" || a.SignedOn != "" && a.ClosedOn >= a.SignedOn, "closedOn", "An agreement is closed after it was signed.")
	c.Require(a.ClosedOn <= day, "closedOn", "The day of closing lies ahead.")
}

func (a *Agreement) checkMoney(c *fault.Checks) {
	checkAmount(c, "amount", a.Amount, "")
	checkAmount(c, "coFinancing.amount", a.CoFinancing.Amount, "")
	percent(c, "coFinancing.points", a.CoFinancing.Points)
	percent(c, "overhead.points", a.Overhead.Points)
	percent(c, "overhead.cap", a.Overhead.Cap)
	c.Require(a.Overhead.Cap == 0 || a.Overhead.Points <= a.Overhead.Cap, "overhead.points",
		"The donor allows at most %s %%.", percentText(a.Overhead.Cap))
	c.Require(len(a.Instalments) <= maxParts, "instalments", "There are more than %d instalments.", maxParts)
	c.Require(len(a.Requirements) <= maxParts, "requirements", "There are more than %d requirements.", maxParts)
	c.Require(len(a.Amendments) <= maxParts, "amendments", "There are more than %d amendments.", maxParts)
}
