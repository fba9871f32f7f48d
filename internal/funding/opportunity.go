package funding

import (
	"piper/internal/money"
	"piper/internal/store"
)

// Opportunity is money that we may ask for, from the first thought to the donor's answer. Amounts are
// pointers because a reader who may not see how much money it is gets none.
type Opportunity struct {
	store.Meta
	Title     string     `json:"title"`
	SortTitle string     `json:"sortTitle" doc:"the title folded for sorting: lower case, no diacritics"`
	DonorID   string     `json:"donorId,omitempty" doc:"who would pay; a prospect may be without"`
	Programme string     `json:"programme,omitempty"`
	CallID    string     `json:"callId,omitempty" doc:"the call for proposals that it answers"`
	OwnerID   string     `json:"ownerId" doc:"the account that looks after it"`
	Stage     Stage      `json:"stage" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn"`
	Since     store.Date `json:"since" doc:"the day on which it entered the stage"`

	Ask *money.Money `json:"ask,omitempty" doc:"what we ask for ourselves: our part, where there is a consortium. Absent for who may not read amounts"`
	money.Frozen
	CoFinancing Match      `json:"coFinancing"`
	Overhead    int        `json:"overhead,omitempty" doc:"indirect costs that may be charged, in hundredths of a percent of the direct ones"`
	From        store.Date `json:"from,omitempty" doc:"first day of the work that it would pay for"`
	To          store.Date `json:"to,omitempty" doc:"last day"`
	Deadline    store.Date `json:"deadline,omitempty" doc:"when our next paper has to be with the donor"`
	Decision    store.Date `json:"decision,omitempty" doc:"when the donor is expected to decide"`

	Probability       int    `json:"probability" doc:"in percent; 100 once awarded, 0 once lost"`
	ProbabilityReason string `json:"probabilityReason,omitempty" doc:"why a person has set it; without, it is the suggested one"`
	Earmarking        string `json:"earmarking,omitempty" doc:"how tightly the money would be tied: unearmarked, soft, earmarked or tight"`

	OurRole  string    `json:"ourRole,omitempty" doc:"lead, partner or associated; empty where we ask alone"`
	OurShare int       `json:"ourShare,omitempty" doc:"of the whole project, in hundredths of a percent"`
	Partners []Partner `json:"partners" nullable:"false"`
	Effort   []Effort  `json:"effort" nullable:"false" doc:"the work that asking has cost, by day"`
	GoNoGo   *GoNoGo   `json:"goNoGo,omitempty"`
	Lost     *Lost     `json:"lost,omitempty" doc:"of what was declined or withdrawn"`
	Notes    string    `json:"notes,omitempty"`

	Log       []StageMove       `json:"log" nullable:"false" doc:"every change of stage, the oldest first; the first is its beginning"`
	Applied   []AppliedTemplate `json:"applied" nullable:"false" doc:"stages whose template of tasks was applied"`
	Begun     int               `json:"begun,omitempty" doc:"how many agreements were begun from it, drafts that are gone included"`
	TrashedAt store.Instant     `json:"trashedAt,omitempty"`
	Key       string            `json:"key,omitempty" doc:"what its author's program called it, so that sending twice makes one"`
}

// Match is what we must bring ourselves.
type Match struct {
	Points int          `json:"points,omitempty" minimum:"0" maximum:"10000" doc:"hundredths of a percent of the total cost"`
	Amount *money.Money `json:"amount,omitempty"`
}

// Partner is a member or movement in the consortium.
type Partner struct {
	StakeholderID string `json:"stakeholderId" maxLength:"60"`
	Role          string `json:"role" enum:"lead,partner,associated"`
	Share         int    `json:"share,omitempty" minimum:"0" maximum:"10000" doc:"of the whole project, in hundredths of a percent"`
}

// Effort is a part of the work that asking has cost.
type Effort struct {
	Date      store.Date `json:"date" maxLength:"10"`
	Quarters  int        `json:"quarters" minimum:"1" maximum:"4000" doc:"quarters of a working day: 6 is a day and a half"`
	AccountID string     `json:"accountId" maxLength:"60"`
	Note      string     `json:"note,omitempty" maxLength:"500"`
}

// GoNoGo is the recorded decision whether to ask at all.
type GoNoGo struct {
	Decision string      `json:"decision" enum:"go,no-go"`
	Date     store.Date  `json:"date" maxLength:"10"`
	By       []string    `json:"by" nullable:"false" maxItems:"20" doc:"accounts that decided"`
	Reasons  string      `json:"reasons" maxLength:"5000"`
	Criteria []Criterion `json:"criteria" nullable:"false" maxItems:"20"`
}

// Criterion is one thing that was weighed.
type Criterion struct {
	Name  string `json:"name" minLength:"1" maxLength:"120"`
	Score int    `json:"score" minimum:"1" maximum:"5" doc:"5 speaks most for asking"`
}

// Lost says why nothing came of it.
type Lost struct {
	Reason string `json:"reason" enum:"eligibility,fit,quality,competition,budget,timing,capacity,strategy,partner,integrity,other"`
	Text   string `json:"text,omitempty" maxLength:"5000" doc:"in words; needed with other"`
}

// LostReasons lists the reasons: first those of donors, then our own.
var LostReasons = []string{"eligibility", "fit", "quality", "competition", "budget", "timing", "capacity", "strategy", "partner", "integrity", "other"}

// StageMove is one change of stage.
type StageMove struct {
	From Stage         `json:"from,omitempty" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn" doc:"empty at its beginning"`
	To   Stage         `json:"to" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn"`
	Date store.Date    `json:"date" doc:"the day it happened"`
	At   store.Instant `json:"at" doc:"where it stands in a timeline: when it was noted, or noon of an earlier day"`
	By   string        `json:"by" doc:"account id"`
	Note string        `json:"note,omitempty"`
}

// AppliedTemplate remembers that a stage has brought its tasks.
type AppliedTemplate struct {
	Stage      Stage         `json:"stage"`
	TemplateID string        `json:"templateId"`
	At         store.Instant `json:"at"`
}

// EffortQuarters is the work so far, in quarters of a day.
func (o *Opportunity) EffortQuarters() int {
	sum := 0
	for _, e := range o.Effort {
		sum += e.Quarters
	}
	return sum
}

// Applies reports whether the stage has brought its tasks already.
func (o *Opportunity) hasApplied(s Stage) bool {
	for _, a := range o.Applied {
		if a.Stage == s {
			return true
		}
	}
	return false
}
