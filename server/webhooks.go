package main

import (
	"context"
	"encoding/json"

	"piper/internal/access"
	"piper/internal/finance"
	"piper/internal/webhook"
)

// webhookNouns is what webhooks may be told of, a row for each kind of record. Mail is none of them, and of
// notes and tasks only those that the team may see.
func (a *App) webhookNouns() []webhook.Noun {
	return []webhook.Noun{
		{Name: "stakeholder", Collection: "stakeholders", Needs: access.StakeholdersRead, Merges: true, Read: reads(a.stakeholders.Get)},
		{Name: "affiliation", Collection: "affiliations", Needs: access.StakeholdersRead, Read: reads(a.stakeholders.Affiliation)},
		{Name: "relation", Collection: "relations", Needs: access.StakeholdersRead, Read: reads(a.stakeholders.Relation)},
		{Name: "position", Collection: "positions", Needs: access.AdvocacyRead, Read: reads(a.advocacy.Position)},
		{Name: "interaction", Collection: "interactions", Needs: access.EngagementRead, Read: reads(a.engagement.Interaction)},
		{Name: "task", Collection: "tasks", Needs: access.EngagementRead, Read: reads(a.engagement.Task)},
		{Name: "call", Collection: "calls", Needs: access.CallsRead, Read: func(ctx context.Context, id string) (any, error) {
			seen, err := a.calls.Get(ctx, id)
			if err != nil {
				return nil, err
			}
			return seen.Call, nil
		}},
		{Name: "income", Collection: "income", Needs: access.FinanceRead, Shown: isWritten, Read: reads(a.ledger.Line)},
		// An import of income is told of as one, once it is whole, or taken back.
		{Name: "income-import", Collection: "income_imports", Needs: access.FinanceRead, Shown: isLiveImport, Read: reads(a.finance.Import)},
	}
}

func reads[T any](read func(context.Context, string) (*T, error)) func(context.Context, string) (any, error) {
	return func(ctx context.Context, id string) (any, error) {
		record, err := read(ctx, id)
		if err != nil {
			return nil, err
		}
		return record, nil
	}
}

// isWritten tells of an income line that somebody wrote; those of an import are told of with it.
func isWritten(doc []byte) bool {
	var line struct {
		ImportID string `json:"importId"`
	}
	return json.Unmarshal(doc, &line) == nil && line.ImportID == ""
}

func isLiveImport(doc []byte) bool {
	var imp struct {
		State finance.ImportState `json:"state"`
	}
	return json.Unmarshal(doc, &imp) == nil && imp.State == finance.Live
}
