package main

import (
	"context"

	"piper/internal/merge"
	"piper/internal/stakeholder"
)

// people is the room of stakeholders as the room of merges needs it.
type people struct{ *stakeholder.Repo }

// Profiles gives every stakeholder that is not in the trash, as it is compared.
func (p people) Profiles(ctx context.Context, fn func(merge.Profile) error) error {
	return p.Walk(ctx, stakeholder.Search{}, "", nil, func(s *stakeholder.Stakeholder) error {
		return fn(profileOf(s))
	})
}

func profileOf(s *stakeholder.Stakeholder) merge.Profile {
	p := merge.Profile{ID: s.ID, Kind: string(s.Kind), Name: s.Name, Country: s.Country, ParentID: s.ParentID,
		Emails: s.Addresses(), Website: s.Website}
	for _, n := range s.OtherNames {
		p.Other = append(p.Other, n.Name)
	}
	for _, phone := range s.Phones {
		p.Phones = append(p.Phones, phone.Number)
	}
	for _, id := range s.ExternalIDs {
		if id.Scheme != "other" { // numbers of nobody in particular hold nobody apart
			p.Externals = append(p.Externals, merge.External{Scheme: id.Scheme, Value: id.Value})
		}
	}
	return p
}
