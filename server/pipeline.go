package main

import (
	"context"

	"piper/internal/access"
	"piper/internal/engagement"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/store"
	"piper/internal/timeline"
	"piper/server/api"
)

// taskTemplates are the templates of tasks as the pipeline uses them.
type taskTemplates struct{ *engagement.Repo }

func (t taskTemplates) ApplyTemplate(ctx context.Context, templateID, stakeholderID, ownerID string, anchor store.Date, key string) error {
	_, err := t.Apply(ctx, templateID, engagement.Application{StakeholderID: stakeholderID, OwnerID: ownerID, Anchor: anchor, Key: key})
	return err
}

// hoped is the pipeline as the reports read it.
type hoped struct{ pipeline *funding.Pipeline }

// Hopes gives what is still to be decided and what was awarded. What is not unearmarked is taken to be restricted,
// and earmarked where nobody has said how tightly, as it is with an agreement.
func (h hoped) Hopes(ctx context.Context) (open, awarded []finance.Expected, err error) {
	undecided, won, err := h.pipeline.Hopes(ctx)
	return expected(undecided), expected(won), err
}

func expected(hopes []funding.Hope) []finance.Expected {
	out := make([]finance.Expected, 0, len(hopes))
	for _, h := range hopes {
		if h.Ask == nil {
			continue // nothing is asked for yet, or the reader reads no amounts
		}
		l := finance.Expected{ID: h.ID, RecordID: h.ID, Title: h.Title, DonorID: h.DonorID, Due: h.Due, From: h.From, To: h.To, Spread: true,
			Amount: *h.Ask, Worth: h.Worth, Earmarking: finance.Earmarking(h.Earmarking), Restriction: finance.Restricted,
			SourceType: finance.SourceType(h.SourceType), Probability: h.Probability}
		switch l.Earmarking {
		case "":
			l.Earmarking = finance.Earmarked
		case finance.Unearmarked:
			l.Restriction = finance.Unrestricted
		}
		if l.SourceType == "" {
			l.SourceType = "other"
		}
		out = append(out, l)
	}
	return out
}

// stageSource shows changes of stage in the timeline of the donor and of partners.
func (a *App) stageSource() timeline.Source {
	return timeline.Source{Name: "stage", Kinds: []string{"stage"}, Needs: access.FundingRead,
		Read: func(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
			list, err := a.pipeline.MovesAfter(ctx, id, after.At, after.ID, limit)
			return entries(list, err, func(m *funding.MoveOf) timeline.Entry {
				text := m.Words()
				if m.Note != "" {
					text += ". " + m.Note
				}
				return timeline.Entry{ID: m.ID, Kind: "stage", At: m.At, Date: m.Date, Title: m.Title, Text: text, By: m.By, Opportunity: m.OpportunityID}
			})
		}}
}

// opportunityFinder finds opportunities by words; hits name no amounts.
func (a *App) opportunityFinder() api.Finder {
	return api.Finder{Kind: "opportunity", Needs: access.FundingRead, Find: finder(func(ctx context.Context, words string, limit int) ([]*funding.Opportunity, error) {
		page, err := a.pipeline.Page(ctx, funding.OpportunitySearch{}, store.Query{Text: words, Limit: limit, NoTotal: true})
		return page.Items, err
	}, func(o *funding.Opportunity) api.Hit {
		rule, _ := o.Stage.Rule()
		return api.Hit{Kind: "opportunity", ID: o.ID, Title: o.Title, Subtitle: rule.Name, At: o.UpdatedAt}
	})}
}
