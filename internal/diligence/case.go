// Package diligence is what the secretariat does before it takes somebody's money: a case per donor with the questions of
// the donor policy, documents, a look at the EU's consolidated list of financial sanctions, and a decision that two
// people have made.
package diligence

import (
	"slices"
	"strings"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
)

// CaseState says where a case stands on a day. It is never stored: it follows from what was decided, and from dates.
type CaseState string

// The states, in the order in which a case goes through them.
const (
	Open     CaseState = "open"     // not decided
	Decided  CaseState = "decided"  // decided, and it holds
	Expired  CaseState = "expired"  // the day until which the decision held lies behind
	Replaced CaseState = "replaced" // a later case of the same donor was decided
)

// CaseStates lists them in order.
var CaseStates = []CaseState{Open, Decided, Expired, Replaced}

// CaseOutcome is what a case comes to.
type CaseOutcome string

// The outcomes.
const (
	Accept     CaseOutcome = "accept"
	Conditions CaseOutcome = "conditions" // accept, under conditions
	Refuse     CaseOutcome = "refuse"
)

// Case is one look at a donor before its money is taken.
type Case struct {
	store.Meta
	StakeholderID string     `json:"stakeholderId" doc:"the donor"`
	OpenFor       string     `json:"openFor,omitempty" doc:"the donor, while the case is not decided: there is one open case of each"`
	Name          string     `json:"name" doc:"the donor's name when the case was opened"`
	SortName      string     `json:"sortName"`
	OpenedOn      store.Date `json:"openedOn"`
	OpenedBy      string     `json:"openedBy,omitempty" doc:"an account"`

	PolicyVersion int            `json:"policyVersion" doc:"the version of the questions that it was opened with"`
	Questions     []Question     `json:"questions" nullable:"false" doc:"as they were when it was opened"`
	Answers       []CaseAnswer   `json:"answers" nullable:"false" doc:"those that are given, in the order of the questions"`
	Documents     []CaseDocument `json:"documents" nullable:"false"`
	Notes         string         `json:"notes,omitempty"`

	Proposal   *CaseProposal `json:"proposal,omitempty" doc:"what waits for a second person"`
	Decision   *CaseDecision `json:"decision,omitempty"`
	ReplacedBy string        `json:"replacedBy,omitempty" doc:"the later case that holds instead"`
	History    []CaseStep    `json:"history" nullable:"false" doc:"the oldest first"`
}

// Question is one of the donor policy.
type Question struct {
	ID       string `json:"id,omitempty" maxLength:"40" doc:"given by Piper; stays through versions"`
	Text     string `json:"text" minLength:"1" maxLength:"500"`
	Help     string `json:"help,omitempty" maxLength:"1000" doc:"where to look, what counts"`
	Optional bool   `json:"optional,omitempty" doc:"a case can be decided without an answer"`
}

// Verdicts are what an answer may say.
var Verdicts = []string{"fine", "concern", "not-applicable"}

// CaseAnswer answers a question.
type CaseAnswer struct {
	QuestionID string `json:"questionId" maxLength:"40"`
	Verdict    string `json:"verdict" enum:"fine,concern,not-applicable"`
	Note       string `json:"note,omitempty" maxLength:"5000" doc:"needed where there is a concern"`
}

// CaseDocument says where a document lies; the document itself is not kept here.
type CaseDocument struct {
	Name  string     `json:"name" minLength:"1" maxLength:"300"`
	Kind  string     `json:"kind,omitempty" maxLength:"200" doc:"what it is: statutes, annual report, register extract"`
	Where string     `json:"where" minLength:"1" maxLength:"1000" doc:"its address on the web, or the place where it is kept"`
	Dated store.Date `json:"dated,omitempty" maxLength:"10"`
}

// CaseProposal is a decision that one person has made and a second one has not looked at.
type CaseProposal struct {
	Outcome    CaseOutcome   `json:"outcome" enum:"accept,conditions,refuse"`
	Reason     string        `json:"reason"`
	Conditions string        `json:"conditions,omitempty"`
	ExpiresOn  store.Date    `json:"expiresOn" doc:"the last day on which it holds"`
	By         string        `json:"by" doc:"an account"`
	At         store.Instant `json:"at"`
}

// CaseDecision is a proposal that another person has agreed to, with what the sanctions list said then.
type CaseDecision struct {
	CaseProposal
	ReviewerID string     `json:"reviewerId" doc:"the account that agreed; never the one that proposed"`
	On         store.Date `json:"on"`
	Remark     string     `json:"remark,omitempty" doc:"of the reviewer"`
	Screening  Screened   `json:"screening" doc:"against which list, and what became of the matches"`
}

// Screened is what holding a name against the list came to.
type Screened struct {
	At        store.Instant `json:"at,omitempty" doc:"absent: it was never done"`
	List      string        `json:"list,omitempty" doc:"when the EU made that list"`
	Names     []string      `json:"names,omitempty" nullable:"false" doc:"the names that were looked for"`
	Possible  int           `json:"possible" doc:"matches that nobody has judged"`
	Dismissed int           `json:"dismissed"`
	Confirmed int           `json:"confirmed"`
}

// CaseStep is one thing that was done with a case.
type CaseStep struct {
	At   store.Instant `json:"at"`
	By   string        `json:"by,omitempty" doc:"an account; absent: Piper itself"`
	What string        `json:"what" enum:"opened,proposed,withdrawn,returned,decided,replaced"`
	Note string        `json:"note,omitempty"`
}

// Bounds of a case.
const (
	maxQuestions = 60
	maxDocuments = 100
	maxSteps     = 200
	maxNotes     = 20_000
	maxNote      = 5000
	longest      = 5 // years for which a decision may hold
)

// StateOn gives where the case stands on a day.
func (c *Case) StateOn(day store.Date) CaseState {
	switch {
	case c.Decision == nil:
		return Open
	case c.ReplacedBy != "":
		return Replaced
	case c.Decision.ExpiresOn < day:
		return Expired
	}
	return Decided
}

// Missing gives the questions that need an answer and have none.
func (c *Case) Missing() []Question {
	list := []Question{}
	for _, q := range c.Questions {
		answered := slices.ContainsFunc(c.Answers, func(a CaseAnswer) bool { return a.QuestionID == q.ID })
		if !q.Optional && !answered {
			list = append(list, q)
		}
	}
	return list
}

// Concerns counts the answers that raise one.
func (c *Case) Concerns() int {
	n := 0
	for _, a := range c.Answers {
		if a.Verdict == "concern" {
			n++
		}
	}
	return n
}

// tidy puts what people write of a case into its one form and names every field that is wrong.
func (c *Case) tidy() error {
	var k fault.Checks
	c.Notes = strings.TrimSpace(c.Notes)
	k.Require(len(c.Notes) <= maxNotes, "notes", "The notes are longer than 20,000 bytes.")
	place := map[string]int{}
	for i, q := range c.Questions {
		place[q.ID] = i
	}
	given := map[string]bool{}
	for i := range c.Answers {
		a, field := &c.Answers[i], at("answers", i)
		a.Note = strings.TrimSpace(a.Note)
		_, known := place[a.QuestionID]
		k.Require(known, field+".questionId", "This case has no such question.")
		k.Require(!given[a.QuestionID], field+".questionId", "This question is answered twice.")
		k.Require(slices.Contains(Verdicts, a.Verdict), field+".verdict", "%q is none of %s.", a.Verdict, strings.Join(Verdicts, ", "))
		k.Require(a.Verdict != "concern" || a.Note != "", field+".note", "Say what the concern is.")
		k.Require(len(a.Note) <= maxNote, field+".note", "The note is longer than 5,000 bytes.")
		given[a.QuestionID] = true
	}
	slices.SortStableFunc(c.Answers, func(a, b CaseAnswer) int { return place[a.QuestionID] - place[b.QuestionID] })
	k.Require(len(c.Documents) <= maxDocuments, "documents", "There are more than %d documents.", maxDocuments)
	for i := range c.Documents {
		c.Documents[i].tidy(&k, at("documents", i))
	}
	return k.Err()
}

func (d *CaseDocument) tidy(k *fault.Checks, field string) {
	d.Name, d.Kind, d.Where = oneLine(d.Name), oneLine(d.Kind), oneLine(d.Where)
	k.Require(d.Name != "", field+".name", "What is it called?")
	k.Require(d.Where != "", field+".where", "Give its address, or say where it is kept.")
	k.Require(len(d.Name) <= 300*4 && len(d.Kind) <= 200*4 && len(d.Where) <= 1000*4, field+".name", "This is too long.")
	checkDate(k, field+".dated", d.Dated)
}

// tidy checks a proposal as of a day.
func (p *CaseProposal) tidy(today store.Date) error {
	var k fault.Checks
	p.Reason, p.Conditions = strings.TrimSpace(p.Reason), strings.TrimSpace(p.Conditions)
	k.Require(slices.Contains([]CaseOutcome{Accept, Conditions, Refuse}, p.Outcome), "outcome", "Say accept, conditions or refuse.")
	k.Require(p.Reason != "", "reason", "Say why.")
	k.Require(len(p.Reason) <= maxNote, "reason", "The reason is longer than 5,000 bytes.")
	k.Require(p.Outcome != Conditions || p.Conditions != "", "conditions", "Say which conditions.")
	k.Require(p.Outcome == Conditions || p.Conditions == "", "conditions", "Conditions belong to the decision “accept with conditions”.")
	k.Require(len(p.Conditions) <= maxNote, "conditions", "The conditions are longer than 5,000 bytes.")
	checkDate(&k, "expiresOn", p.ExpiresOn)
	k.Require(p.ExpiresOn > today, "expiresOn", "Say until which day it holds; that day lies ahead.")
	latest := store.Date(today.Time().AddDate(longest, 0, 0).Format(time.DateOnly))
	k.Require(p.ExpiresOn <= latest, "expiresOn", "A decision holds for at most %d years.", longest)
	return k.Err()
}

// step adds to the history; of a very long one the oldest goes.
func (c *Case) step(at store.Instant, by, what, note string) {
	c.History = append(c.History, CaseStep{At: at, By: by, What: what, Note: note})
	c.History = c.History[max(0, len(c.History)-maxSteps):]
}
