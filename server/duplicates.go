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
	phones := make([]string, 0, len(s.Phones))
	for _, p := range s.Phones {
		phones = append(phones, p.Number)
	}
	return merge.Profile{ID: s.ID, Kind: string(s.Kind), Name: s.Name, Country: s.Country, ParentID: s.ParentID,
		Emails: s.Addresses(), Phones: phones, Website: s.Website}
}
