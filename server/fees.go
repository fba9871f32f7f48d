package main

import (
	"context"

	"piper/internal/stakeholder"
)

// members is the member organisations as the reports read them: a person of a member has the role, too, and owes no fee.
type members struct{ stakeholders *stakeholder.Repo }

func (m members) Members(ctx context.Context) (map[string]string, error) {
	list, err := m.stakeholders.WithRoles(ctx, "member")
	names := map[string]string{}
	for _, s := range list {
		if s.Kind == stakeholder.Organisation {
			names[s.ID] = s.Name
		}
	}
	return names, err
}
