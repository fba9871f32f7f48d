package funding

import (
	"context"
	"slices"

	"piper/internal/store"
)

// Endings knows until when the due diligence of donors holds; its own room is it.
type Endings interface {
	// Endings gives what runs out in the next weeks, the soonest first.
	Endings(ctx context.Context) ([]Ending, error)
}

// Ending is the last day on which the due diligence of a donor holds.
type Ending struct {
	CaseID   string
	DonorID  string
	OwnerID  string // who decided it
	On       store.Date
	Modified store.Instant
}

// PartyIDs gives the stakeholders that sign, own or pass on the money of any agreement, each once, in order.
func (r *Agreements) PartyIDs(ctx context.Context) ([]string, error) {
	var ids []string
	err := r.agreements.Each(ctx, nil, func(a *Agreement) error {
		for _, id := range [...]string{a.DonorID, a.UltimateDonorID, a.PassThrough.LeadID} {
			if id != "" {
				ids = append(ids, id)
			}
		}
		return nil
	})
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// endings adds the days on which due diligence runs out to a calendar.
func (r *Agreements) endings(ctx context.Context, add func(Obligation, ...string)) error {
	if r.Due == nil {
		return nil
	}
	list, err := r.Due.Endings(ctx)
	for _, e := range list {
		add(Obligation{ID: e.CaseID + "-until", Kind: ObligationDiligence, Detail: "ends", Date: e.On, Title: "Due diligence runs out", CaseID: e.CaseID,
			DonorID: e.DonorID, OwnerID: e.OwnerID, State: obligationOpen, Modified: e.Modified}, e.DonorID)
	}
	return err
}
