package main

import (
	"context"

	"piper/internal/award"
	"piper/internal/finance"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// grantees is what awards need of stakeholders.
type grantees struct{ *stakeholder.Repo }

func (g grantees) Same(ctx context.Context, parties []award.Organisation) ([]string, error) {
	list := make([]stakeholder.Naming, len(parties))
	for i, p := range parties {
		list[i] = stakeholder.Naming{Name: p.Name, Country: p.Country, Number: p.ID}
	}
	return g.Repo.Same(ctx, list)
}

func (g grantees) Identity(ctx context.Context, id string) (award.Organisation, []string, error) {
	s, err := g.Get(ctx, id)
	if err != nil {
		return award.Organisation{}, nil, err
	}
	var numbers []string
	for _, one := range s.ExternalIDs {
		numbers = append(numbers, one.Value)
	}
	return award.Organisation{Name: s.Name, Country: s.Country}, numbers, nil
}

func (g grantees) Family(ctx context.Context, id string) ([]string, error) {
	roots, err := g.Roots(ctx)
	if err != nil {
		return nil, err
	}
	family := []string{id}
	for member, root := range roots {
		if root == id && member != id {
			family = append(family, member)
		}
	}
	return family, nil
}

func (g grantees) Members(ctx context.Context) (map[string]string, error) {
	return g.WithRole(ctx, "member")
}

// awardBooks is what awards need of money: the ECB's rates.
type awardBooks struct{ *finance.Repo }

func (b awardBooks) Converter(ctx context.Context, first, last store.Date) (award.Convert, error) {
	table, err := b.RateTable(ctx, first, last)
	if err != nil {
		return nil, err
	}
	return table.Worth, nil
}
