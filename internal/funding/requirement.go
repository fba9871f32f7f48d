package funding

import (
	"fmt"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// RequirementState says how far a duty is.
type RequirementState string

// The states. What was rejected is owed again, as what is open.
const (
	RequirementOpen      RequirementState = "open"
	RequirementSubmitted RequirementState = "submitted"
	RequirementAccepted  RequirementState = "accepted"
	RequirementRejected  RequirementState = "rejected"
	RequirementWaived    RequirementState = "waived"
)

var (
	requirementKinds  = []string{"narrative", "financial", "audit", "visibility", "other"}
	requirementStates = []string{"open", "submitted", "accepted", "rejected", "waived"}
)

// Requirement is a report, an audit or another duty under an agreement, with a date.
type Requirement struct {
	ID          string           `json:"id"`
	Kind        string           `json:"kind" enum:"narrative,financial,audit,visibility,other"`
	Title       string           `json:"title"`
	Due         store.Date       `json:"due"`
	OwnerID     string           `json:"ownerId,omitempty" doc:"the account that must see to it"`
	State       RequirementState `json:"state" enum:"open,submitted,accepted,rejected,waived"`
	SubmittedOn store.Date       `json:"submittedOn,omitempty"`
	DecidedOn   store.Date       `json:"decidedOn,omitempty" doc:"when it was accepted, rejected or waived"`
	Note        string           `json:"note,omitempty" doc:"the evidence: what was sent, where it lies"`
	RuleID      string           `json:"ruleId,omitempty" doc:"the rule that proposed it"`
	TaskIDs     []string         `json:"taskIds" nullable:"false" doc:"the tasks made for it"`
}

// Owed reports whether we must still do it.
func (q *Requirement) Owed() bool {
	return q.State == RequirementOpen || q.State == RequirementRejected
}

// Overdue reports whether it should have been done before that day.
func (q *Requirement) Overdue(day store.Date) bool { return q.Owed() && q.Due < day }

func (q *Requirement) tidy(c *fault.Checks, i int, day store.Date) {
	at := func(field string) string { return fmt.Sprintf("requirements[%d].%s", i, field) }
	q.Title, q.Note = oneLine(q.Title), oneLine(q.Note)
	if q.State == "" {
		q.State = RequirementOpen
	}
	if q.TaskIDs == nil {
		q.TaskIDs = []string{}
	}
	oneOf(c, at("kind"), q.Kind, requirementKinds)
	oneOf(c, at("state"), string(q.State), requirementStates)
	c.Require(q.Title != "", at("title"), "A title is needed.")
	c.Require(utf8.RuneCountInString(q.Title) <= maxAgreementTitle, at("title"), "The title is longer than %d characters.", maxAgreementTitle)
	c.Require(len(q.Note) <= 4*maxShortText, at("note"), "The note is longer than %d bytes.", 4*maxShortText)
	c.Require(q.Due != "", at("due"), "Say when it is due.")
	for field, d := range map[string]store.Date{"due": q.Due, "submittedOn": q.SubmittedOn, "decidedOn": q.DecidedOn} {
		checkDate(c, at(field), d)
	}
	c.Require(q.SubmittedOn <= day, at("submittedOn"), "The day of submission lies ahead.")
	c.Require(q.DecidedOn <= day, at("decidedOn"), "The day of the decision lies ahead.")
	c.Require(q.DecidedOn == "" || q.DecidedOn >= q.SubmittedOn, at("decidedOn"), "It was decided before it was submitted.")
}

// move puts a requirement into a state on a day. What the state says nothing about is emptied.
func (q *Requirement) move(state RequirementState, on store.Date) error {
	switch state {
	case RequirementOpen:
		q.SubmittedOn, q.DecidedOn = "", ""
	case RequirementSubmitted:
		q.SubmittedOn, q.DecidedOn = on, ""
	case RequirementAccepted, RequirementRejected:
		if q.SubmittedOn == "" {
			return fault.Field("state", "It is submitted before it is accepted or rejected.")
		}
		q.DecidedOn = on
	case RequirementWaived:
		q.DecidedOn = on
	}
	q.State = state
	return nil
}
