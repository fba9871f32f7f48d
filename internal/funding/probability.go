package funding

import "fmt"

// Decided is one opportunity that a donor has answered.
type Decided struct {
	SourceType string // the donor's, as income lines have it; empty where it is not known
	Programme  string
	Awarded    bool
}

// Wins counts answers. What was withdrawn is none.
type Wins struct {
	Awarded int `json:"awarded"`
	Decided int `json:"decided" doc:"awarded and declined"`
}

// Chance is the probability that our own history speaks for, and what it was made from.
type Chance struct {
	Percent     int    `json:"percent"`
	OfType      Wins   `json:"ofType" doc:"with donors of the same type, other programmes"`
	OfProgramme Wins   `json:"ofProgramme" doc:"with the same type and programme"`
	Reason      string `json:"reason" doc:"in a sentence"`
}

// prior is how many answers of our own weigh as much as the stage's default: few answers move it little.
const prior = 8

// Suggest gives the probability of an opportunity in a stage. The win rate, awarded ÷ (awarded + declined)
// (METRICS.md), is drawn towards what is less special, so that one lucky answer is no certainty: that of the
// programme to that of the donor type, and that to the chance of a submission in the table of stages. No answer
// counts in both. A stage before the submission keeps its share of it, because not all that is begun is sent.
// Closed stages are what they are.
func Suggest(stage Stage, sourceType, programme string, decided []Decided) Chance {
	rule, _ := stage.Rule()
	if !rule.Open {
		return Chance{Percent: rule.Chance, Reason: "It is decided."}
	}
	var s Chance
	for _, d := range decided {
		wins := &s.OfType
		switch {
		case d.SourceType != sourceType || sourceType == "":
			continue
		case d.Programme == programme && programme != "":
			wins = &s.OfProgramme
		}
		wins.Decided++
		if d.Awarded {
			wins.Awarded++
		}
	}
	full, _ := StageSubmitted.Rule()
	// the rate as a fraction, first drawn to the table, then to the type
	num, den := int64(full.Chance), int64(100)
	for _, w := range []Wins{s.OfType, s.OfProgramme} {
		num, den = int64(w.Awarded)*den+prior*num, int64(w.Decided+prior)*den
	}
	num, den = num*int64(rule.Chance), den*int64(full.Chance)
	s.Percent = int((200*num + den) / (2 * den))
	s.Percent = min(max(s.Percent, 1), 99)
	s.Reason = s.reason(rule)
	return s
}

func (s Chance) reason(rule StageRule) string {
	all := s.OfType.Decided + s.OfProgramme.Decided
	if all == 0 {
		return fmt.Sprintf("%d %% is usual at the stage %s; no donor of this type has answered us yet.", rule.Chance, rule.Name)
	}
	text := fmt.Sprintf("Donors of this type have said yes %d of %d times", s.OfType.Awarded+s.OfProgramme.Awarded, all)
	if n := s.OfProgramme.Decided; n > 0 {
		text += fmt.Sprintf(", %d of %d in this programme", s.OfProgramme.Awarded, n)
	}
	return fmt.Sprintf("%s; %d %% is usual at the stage %s, and the fewer the answers, the more that counts.", text, rule.Chance, rule.Name)
}
