package main

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/advocacy"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/funding"
	"piper/internal/mail"
	"piper/internal/timeline"
)

// timeline is what each room shows of its records in the timeline of a stakeholder.
func (a *App) timeline() *timeline.Timeline {
	return timeline.New(
		timeline.Source{Name: "interaction", Kinds: []string{"meeting", "phone", "event", "note"}, Needs: access.EngagementRead, Read: a.interactionEntries},
		timeline.Source{Name: "task", Kinds: []string{"task"}, Needs: access.EngagementRead, Read: a.taskEntries},
		timeline.Source{Name: "position", Kinds: []string{"position"}, Needs: access.AdvocacyRead, Read: a.positionEntries},
		timeline.Source{Name: "mail", Kinds: []string{"mail"}, Needs: access.MailRead, Read: a.mailEntries},
		timeline.Source{Name: "agreement", Kinds: []string{"agreement"}, Needs: access.FundingRead, Read: a.agreementEntries},
		a.stageSource(),
		timeline.Source{Name: "change", Kinds: []string{"change"}, Needs: access.StakeholdersRead, Read: a.changeEntries},
	)
}

func (a *App) interactionEntries(ctx context.Context, id string, kinds []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	var wanted []engagement.Kind
	if len(kinds) < len(engagement.Kinds) {
		for _, k := range kinds {
			wanted = append(wanted, engagement.Kind(k))
		}
	}
	list, err := a.engagement.InteractionsAfter(ctx, id, wanted, after.At, after.ID, limit)
	return entries(list, err, func(i *engagement.Interaction) timeline.Entry {
		text, cut := beginning(i.Minutes)
		return timeline.Entry{ID: i.ID, Kind: string(i.Kind), At: i.At, Date: i.Date, Time: i.Time, Title: i.Title, Text: text, Cut: cut,
			By: i.AuthorID, Private: i.Private, Rev: i.Rev, With: i.ParticipantIDs, Mentions: named(i.Mentions)}
	})
}

func (a *App) taskEntries(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	list, err := a.engagement.TasksDoneAfter(ctx, id, after.At, after.ID, limit)
	return entries(list, err, func(t *engagement.Task) timeline.Entry {
		text, cut := beginning(t.Notes)
		return timeline.Entry{ID: t.ID, Kind: "task", At: t.DoneAt, Title: t.Title, Text: text, Cut: cut, By: t.DoneBy, Private: t.Private,
			Mentions: named(t.Mentions)}
	})
}

// named gives the accounts of mentions.
func named(mentions []engagement.Mention) []string {
	ids := make([]string, len(mentions))
	for i, m := range mentions {
		ids[i] = m.AccountID
	}
	return ids
}

func (a *App) mailEntries(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	list, err := a.mail.HeadlinesAfter(ctx, id, after.At, after.ID, limit)
	return entries(list, err, func(m *mail.Headline) timeline.Entry {
		from := m.From.Name
		if from == "" {
			from = m.From.Address
		}
		return timeline.Entry{ID: m.ID, Kind: "mail", At: m.Date, Title: m.Subject, Text: m.Snippet, ByName: from, Thread: m.ThreadID}
	})
}

// positionEntries shows where a stakeholder came to stand, on the day since when it is known.
func (a *App) positionEntries(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	plan, err := a.advocacy.Priorities(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.advocacy.PositionsAfter(ctx, id, after.At, after.ID, limit)
	return entries(list, err, func(p *advocacy.Position) timeline.Entry {
		text, cut := beginning(p.Evidence)
		return timeline.Entry{ID: p.ID, Kind: "position", At: p.At, Date: p.Date, Title: plan.Called(p.PriorityID) + ": " + p.Stance, Text: text, Cut: cut}
	})
}

func (a *App) changeEntries(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	list, err := a.audit.Before(ctx, "stakeholders", id, after.At, after.ID, limit)
	return entries(list, err, func(e *audit.Entry) timeline.Entry {
		fields := make([]string, len(e.Changes))
		for i, c := range e.Changes {
			fields[i] = c.Field
		}
		return timeline.Entry{ID: e.ID, Kind: "change", At: e.At, Title: e.What, By: e.By, ByName: e.ByName, Fields: slices.Clip(fields)}
	})
}

// agreementEntries shows what happened under the agreements with a stakeholder, without amounts.
func (a *App) agreementEntries(ctx context.Context, id string, _ []string, after timeline.Position, limit int) ([]timeline.Entry, error) {
	list, err := a.agreements.Happened(ctx, id, after.At, after.ID, limit)
	return entries(list, err, func(h *funding.Happening) timeline.Entry {
		return timeline.Entry{ID: h.ID, Kind: "agreement", At: h.At, Date: h.Day, Title: h.What, Text: h.Agreement, By: h.By, Agreement: h.AgreementID}
	})
}

func entries[T any](list []*T, err error, show func(*T) timeline.Entry) ([]timeline.Entry, error) {
	out := make([]timeline.Entry, len(list))
	for i, item := range list {
		out[i] = show(item)
	}
	return out, err
}

// shown is how much of a text a timeline has, in characters.
const shown = 600

// beginning gives the part of a text that a timeline has, and whether there is more. It ends with a line
// where it can, so that marks of Markdown stay whole, else with a word.
func beginning(text string) (part string, cut bool) {
	if utf8.RuneCountInString(text) <= shown {
		return text, false
	}
	part = string([]rune(text)[:shown])
	for _, end := range []string{"\n", " "} {
		if at := strings.LastIndex(part, end); at > len(part)/2 {
			return strings.TrimSpace(part[:at]) + " …", true
		}
	}
	return part + "…", true
}
