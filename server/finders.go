package main

import (
	"cmp"
	"context"
	"strings"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/engagement"
	"piper/internal/funding"
	"piper/internal/mail"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/server/api"
)

// finders are what the search over everything asks, a row for each kind of record.
func (a *App) finders() []api.Finder {
	return []api.Finder{
		{Kind: "stakeholder", Needs: access.StakeholdersRead, Find: finder(a.stakeholders.Search, stakeholderHit), Similar: finder(a.stakeholders.Similar, stakeholderHit)},
		{Kind: "call", Needs: access.CallsRead, Find: finder(func(ctx context.Context, words string, limit int) ([]*calls.Call, error) {
			page, err := a.calls.Page(ctx, calls.Search{}, store.Query{Text: words, Limit: limit, NoTotal: true})
			return page.Items, err
		}, func(c *calls.Call) api.Hit {
			return api.Hit{Kind: "call", ID: c.ID, Title: c.Title, Subtitle: c.Identifier, At: c.UpdatedAt}
		})},
		{Kind: "agreement", Needs: access.FundingRead, Find: finder(func(ctx context.Context, words string, limit int) ([]*funding.Agreement, error) {
			page, err := a.agreements.Page(ctx, funding.AgreementSearch{}, store.Query{Text: words, Limit: limit, NoTotal: true})
			return page.Items, err
		}, func(one *funding.Agreement) api.Hit {
			return api.Hit{Kind: "agreement", ID: one.ID, Title: one.Title, Subtitle: one.Number, At: one.UpdatedAt}
		})},
		a.opportunityFinder(),
		{Kind: "interaction", Needs: access.EngagementRead, Find: a.findInteractions},
		{Kind: "task", Needs: access.EngagementRead, Find: finder(func(ctx context.Context, words string, limit int) ([]*engagement.Task, error) {
			page, err := a.engagement.Tasks(ctx, engagement.TaskSearch{}, store.Query{Text: words, Limit: limit, NoTotal: true})
			return page.Items, err
		}, taskHit)},
		{Kind: "thread", Needs: access.MailRead, Find: finder(a.mail.SearchThreads, func(t mail.Hit) api.Hit {
			return api.Hit{Kind: "thread", ID: t.ID, Title: t.Title, Subtitle: t.Subtitle, At: t.At}
		})},
	}
}

func stakeholderHit(s *stakeholder.Stakeholder) api.Hit {
	return api.Hit{Kind: "stakeholder", ID: s.ID, Title: s.Name, Subtitle: s.Describe(), At: s.UpdatedAt}
}

// findInteractions finds meetings, conversations, events and notes. Each leads to the page of the first stakeholder that it
// was with, and is called by what it was about, or where nobody has said that by the first line of its text.
func (a *App) findInteractions(ctx context.Context, words string, limit int) ([]api.Hit, error) {
	page, err := a.engagement.Interactions(ctx, engagement.InteractionSearch{}, store.Query{Text: words, Limit: limit, NoTotal: true})
	if err != nil {
		return nil, err
	}
	about := make([]string, len(page.Items)) // "" where everybody was erased: it stands on nobody's page any more
	for i, one := range page.Items {
		if len(one.StakeholderIDs) > 0 {
			about[i] = one.StakeholderIDs[0]
		}
	}
	names, err := a.stakeholders.Names(ctx, about)
	hits := make([]api.Hit, 0, len(page.Items))
	for i, one := range page.Items {
		if about[i] == "" {
			continue
		}
		title, _, _ := strings.Cut(cmp.Or(one.Title, one.Minutes), "\n")
		hits = append(hits, api.Hit{Kind: "interaction", ID: one.ID, Title: title, Subtitle: string(one.Kind) + " · " + names[about[i]], At: one.At, Date: one.Date, About: about[i]})
	}
	return hits, err
}

func taskHit(t *engagement.Task) api.Hit {
	hit := api.Hit{Kind: "task", ID: t.ID, Title: t.Title, At: t.UpdatedAt}
	if t.State != engagement.Open {
		hit.Subtitle = string(t.State)
	}
	return hit
}

// finder makes hits of what a noun finds.
func finder[T any](find func(ctx context.Context, words string, limit int) ([]T, error), hit func(T) api.Hit) func(context.Context, string, int) ([]api.Hit, error) {
	return func(ctx context.Context, words string, limit int) ([]api.Hit, error) {
		found, err := find(ctx, words, limit)
		hits := make([]api.Hit, 0, len(found))
		for _, t := range found {
			hits = append(hits, hit(t))
		}
		return hits, err
	}
}
