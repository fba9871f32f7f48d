package funding

import (
	"slices"

	"piper/internal/store"
)

// Stage says how far an opportunity is.
type Stage string

// The stages, in the order of the board.
const (
	StageProspect    Stage = "prospect"
	StageCultivation Stage = "cultivation"
	StageConceptNote Stage = "conceptNote"
	StageProposal    Stage = "proposal"
	StageSubmitted   Stage = "submitted"
	StageAwarded     Stage = "awarded"
	StageDeclined    Stage = "declined"
	StageWithdrawn   Stage = "withdrawn"
)

// StageRule is what holds in a stage and where one may go from it. The board, the forms and every write read
// the same rules.
type StageRule struct {
	Stage  Stage    `json:"stage" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn"`
	Name   string   `json:"name"`
	Open   bool     `json:"open" doc:"still to be decided; only these count in weighted sums"`
	Chance int      `json:"chance" doc:"probability in percent where nothing else is known"`
	Next   []Stage  `json:"next" nullable:"false" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn" doc:"where one may go from here; from a closed stage back into an open one, with a note that says why"`
	Needs  []string `json:"needs" nullable:"false" doc:"fields that have to be filled in while it stands here"`
	// anchor gives the day that a template of tasks counts from, on entering.
	anchor func(*Opportunity) store.Date
}

// stages is the table of the pipeline. An opportunity may skip open stages and go back; an award follows a
// submission, and a refusal something that the donor has seen.
var stages = []StageRule{
	{StageProspect, "Prospect", true, 10,
		[]Stage{StageCultivation, StageConceptNote, StageProposal, StageSubmitted, StageWithdrawn}, []string{}, sinceOf},
	{StageCultivation, "Cultivation", true, 20,
		[]Stage{StageProspect, StageConceptNote, StageProposal, StageSubmitted, StageDeclined, StageWithdrawn}, []string{"donorId"}, sinceOf},
	{StageConceptNote, "Concept note", true, 30,
		[]Stage{StageProspect, StageCultivation, StageProposal, StageSubmitted, StageDeclined, StageWithdrawn}, []string{"donorId"}, deadlineOf},
	{StageProposal, "Proposal", true, 40,
		[]Stage{StageProspect, StageCultivation, StageConceptNote, StageSubmitted, StageDeclined, StageWithdrawn}, []string{"donorId", "ask"}, deadlineOf},
	{StageSubmitted, "Submitted", true, 50,
		[]Stage{StageConceptNote, StageProposal, StageAwarded, StageDeclined, StageWithdrawn}, []string{"donorId", "ask"}, decisionOf},
	{StageAwarded, "Awarded", false, 100,
		[]Stage{StageSubmitted}, []string{"donorId", "ask"}, fromOf},
	{StageDeclined, "Declined", false, 0,
		[]Stage{StageCultivation, StageConceptNote, StageProposal, StageSubmitted}, []string{"donorId", "lost"}, sinceOf},
	{StageWithdrawn, "Withdrawn", false, 0,
		[]Stage{StageProspect, StageCultivation, StageConceptNote, StageProposal, StageSubmitted}, []string{"lost"}, sinceOf},
}

// StageRules gives the table, in the order of the board.
func StageRules() []StageRule { return slices.Clone(stages) }

// Rule gives the rule of a stage; ok is false where there is no such stage.
func (s Stage) Rule() (rule StageRule, ok bool) {
	i := slices.IndexFunc(stages, func(r StageRule) bool { return r.Stage == s })
	if i < 0 {
		return StageRule{}, false
	}
	return stages[i], true
}

// Open reports whether it is still to be decided.
func (s Stage) Open() bool { r, _ := s.Rule(); return r.Open }

// Lost reports whether it came to nothing, which needs a reason.
func (s Stage) Lost() bool { return s == StageDeclined || s == StageWithdrawn }

// name is the stage in words.
func (s Stage) name() string { r, _ := s.Rule(); return r.Name }

// places gives a list of stages as the store compares them.
func places(keep func(StageRule) bool) []any {
	var list []any
	for _, r := range stages {
		if keep(r) {
			list = append(list, string(r.Stage))
		}
	}
	return list
}

func sinceOf(o *Opportunity) store.Date    { return o.Since }
func deadlineOf(o *Opportunity) store.Date { return firstOf(o.Deadline, o.Since) }
func decisionOf(o *Opportunity) store.Date { return firstOf(o.Decision, o.Since) }
func fromOf(o *Opportunity) store.Date     { return firstOf(o.From, o.Since) }

func firstOf(dates ...store.Date) store.Date {
	for _, d := range dates {
		if d != "" {
			return d
		}
	}
	return ""
}
