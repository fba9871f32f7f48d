package main

import (
	"context"

	"piper/internal/diligence"
	"piper/internal/funding"
	"piper/internal/stakeholder"
)

// payers are those whose money may be taken, as they are held against the sanctions list.
type payers struct {
	*stakeholder.Repo
	agreements *funding.Agreements
}

func (p payers) Subjects(ctx context.Context, ids []string) ([]diligence.Subject, error) {
	found, err := p.ByID(ctx, ids)
	list := make([]diligence.Subject, 0, len(found))
	for _, id := range ids {
		if s := found[id]; s != nil {
			list = append(list, subjectOf(s))
		}
	}
	return list, err
}

func (p payers) ToScreen(ctx context.Context) (list []diligence.Subject, err error) {
	known := map[string]bool{}
	err = p.Walk(ctx, stakeholder.Search{Role: "donor"}, "", nil, func(s *stakeholder.Stakeholder) error {
		known[s.ID] = true
		list = append(list, subjectOf(s))
		return nil
	})
	if err != nil {
		return nil, err
	}
	parties, err := p.agreements.PartyIDs(ctx)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, id := range parties {
		if !known[id] {
			others = append(others, id)
		}
	}
	more, err := p.Subjects(ctx, others)
	return append(list, more...), err
}

func subjectOf(s *stakeholder.Stakeholder) diligence.Subject {
	who := diligence.Subject{ID: s.ID, Person: s.Kind == stakeholder.Person, Names: []string{s.Name}, Country: s.Country}
	for _, n := range s.OtherNames {
		who.Names = append(who.Names, n.Name)
	}
	for _, one := range s.ExternalIDs {
		who.Numbers = append(who.Numbers, one.Value)
	}
	return who
}

// endings are the ends of due diligence as the calendar of obligations shows them.
type endings struct{ cases *diligence.Repo }

func (e endings) Endings(ctx context.Context) ([]funding.Ending, error) {
	cases, err := e.cases.RunsOut(ctx)
	list := make([]funding.Ending, len(cases))
	for i, c := range cases {
		list[i] = funding.Ending{CaseID: c.ID, DonorID: c.StakeholderID, OwnerID: c.Decision.By, On: c.Decision.ExpiresOn, Modified: c.UpdatedAt}
	}
	return list, err
}
