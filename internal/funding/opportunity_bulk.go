package funding

import (
	"context"
	"errors"
	"slices"

	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// OpportunityDeeds is what a bulk edit can do to opportunities. A stage that needs a reason is entered one by one.
var OpportunityDeeds = []list.Deed{
	{Do: "setOwner", Field: "ownerId", Label: "Owner", Verb: list.Set, Kind: list.Record, Of: list.OfAccount},
	{Do: "setStage", Field: "stage", Label: "Stage", Verb: list.Set, Kind: list.Choice, Values: stagesInBulk(),
		Note: "As of today. A stage brings the tasks of its template; an undo leaves those that were made."},
	{Do: "setDecision", Field: "decision", Label: "Expected decision", Verb: list.Set, Kind: list.Day, Blank: true},
}

// stagesInBulk are the stages that one enters without saying why.
func stagesInBulk() []string {
	var words []string
	for _, r := range stages {
		if !slices.Contains(r.Needs, "lost") {
			words = append(words, string(r.Stage))
		}
	}
	return words
}

// Bulk is how opportunities are changed many at a time, by the rules of one.
func (p *Pipeline) Bulk() *list.Bulk[Opportunity] {
	return &list.Bulk[Opportunity]{
		Deeds: OpportunityDeeds,
		All:   p.all,
		Meta:  func(o *Opportunity) store.Meta { return o.Meta },
		Name:  func(o *Opportunity) string { return o.Title },
		Where: func(sel list.Selection) filter.Expr {
			return OpportunitySearch{Trashed: sel.Trashed, Where: sel.Where}.where()
		},
		Accounts: p.staff.Names,
		Refuse: func(_ context.Context, op list.Operation) (string, error) {
			if op.Do != "setDecision" {
				return "", nil
			}
			var c fault.Checks
			checkDay(&c, "value", store.Date(op.Value))
			if err := c.Err(); err != nil {
				return fault.Reason(err), nil
			}
			return "", nil
		},
		Do:      p.bulkDo,
		Settle:  p.settle,
		Save:    p.bulkSave,
		Bare:    bareOpportunity,
		Follows: map[string][]string{"stage": {"probability", "probabilityReason"}},
		Back:    p.bulkBack,
	}
}

func (p *Pipeline) bulkDo(ctx context.Context, o *Opportunity, op list.Operation) error {
	switch op.Do {
	case "setOwner":
		o.OwnerID = op.Value
	case "setDecision":
		o.Decision = store.Date(op.Value)
	case "setStage":
		return p.enter(ctx, o, Transition{To: Stage(op.Value)})
	}
	return nil
}

// bulkSave is changeAt for a caller that passes over single records: where the tasks of a stage fail, the whole part
// fails.
func (p *Pipeline) bulkSave(ctx context.Context, id string, rev int64, change func(context.Context, *Opportunity) error) (*Opportunity, error) {
	o, err := p.changeAt(ctx, id, rev, change)
	if failed := (tasksFailed{}); errors.As(err, &failed) {
		return nil, fault.Wrap(err, fault.Internal, "The tasks of the stage cannot be made.")
	}
	return o, err
}

// bulkBack takes a change of stage out of the log again, so that the times in each stage are as if it had not been.
// The journal keeps both.
func (p *Pipeline) bulkBack(ctx context.Context, o, was *Opportunity) error {
	if o.Stage == was.Stage {
		return nil
	}
	last := len(o.Log) - 1
	if last < 1 || o.Log[last].From != o.Stage || o.Log[last].To != was.Stage {
		return fault.New(fault.Invalid, "It has changed its stage since, and is left as it is.")
	}
	if err := p.notAgreed(ctx, was); err != nil {
		return err
	}
	o.Log = slices.Clone(o.Log[:last])
	o.Since = o.Log[last-1].Date
	return nil
}

// bareOpportunity leaves what a bulk edit changes. The log says the stage, so its day and the moves follow; a
// probability that nobody has set by hand is the suggested one.
func bareOpportunity(o *Opportunity) {
	bare := Opportunity{OwnerID: o.OwnerID, Stage: o.Stage, Decision: o.Decision, ProbabilityReason: o.ProbabilityReason}
	if bare.ProbabilityReason != "" {
		bare.Probability = o.Probability
	}
	*o = bare
}
