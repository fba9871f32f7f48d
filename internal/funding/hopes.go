package funding

import (
	"context"

	"piper/internal/store"
)

// Hope is an opportunity as forecasts read it: what is still to be decided, or was awarded.
type Hope struct {
	*Opportunity
	SourceType string     // of the donor; empty where it is not known
	Due        store.Date // when the money may come, where no term is known; "" where no day is
}

// Hopes gives the open opportunities and the awards. A reader who may not see amounts gets them
// without. What is not decided yet brings nothing before today, nor before the donor decides; an award without a
// term has no day: when its money comes is for its agreement to say.
func (p *Pipeline) Hopes(ctx context.Context) (open, awarded []Hope, err error) {
	list, err := p.find(ctx, OpportunitySearch{Stages: hopeful})
	if err != nil {
		return nil, nil, err
	}
	types, err := p.typesOf(ctx, list)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range list {
		h := Hope{Opportunity: o.show(ctx), SourceType: types[o.DonorID]}
		if !o.Stage.Open() {
			awarded = append(awarded, h)
			continue
		}
		if h.Due = max(o.Decision, o.From); h.Due != "" {
			h.Due = max(h.Due, p.today())
		}
		open = append(open, h)
	}
	return open, awarded, nil
}

// hopeful are the stages of which money may come.
var hopeful = []Stage{StageProspect, StageCultivation, StageConceptNote, StageProposal, StageSubmitted, StageAwarded}
