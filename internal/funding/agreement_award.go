package funding

import (
	"context"
	"strings"

	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Opportunities knows what agreements are awarded from; the pipeline is it.
type Opportunities interface {
	// Hold gives an opportunity and lets nobody move it until the transaction of ctx is over.
	Hold(ctx context.Context, id string) (*Opportunity, error)
}

// AwardedFrom gives the agreement that was made from an opportunity; ok is false where there is none yet.
func (r *Agreements) AwardedFrom(ctx context.Context, opportunityID string) (a *Agreement, ok bool, err error) {
	a, err = r.agreements.First(ctx, filter.Eq{Field: "opportunityId", Value: opportunityID})
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return a.show(ctx), true, nil
}

// checkAward refuses an agreement from an opportunity that is not there, was not awarded, or has its agreement.
func (r *Agreements) checkAward(ctx context.Context, a *Agreement) error {
	if a.OpportunityID == "" {
		return nil
	}
	o, err := r.Opportunities.Hold(ctx, a.OpportunityID)
	switch {
	case fault.Is(err, fault.NotFound):
		return fault.Field("opportunityId", "There is no opportunity %s.", a.OpportunityID)
	case err != nil:
		return err
	case o.TrashedAt != "":
		return fault.Field("opportunityId", "“%s” is in the trash. Restore it first.", o.Title)
	case o.Stage != StageAwarded:
		return fault.Field("opportunityId", "“%s” was not awarded: it stands at %s.", o.Title, strings.ToLower(o.Stage.name()))
	}
	first, ok, err := r.AwardedFrom(ctx, o.ID)
	if ok {
		return hasAgreement(first)
	}
	return err
}

func hasAgreement(first *Agreement) error {
	return fault.Field("opportunityId", "This award has its agreement already: “%s”.", first.Title)
}
