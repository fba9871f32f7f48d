package main

import (
	"context"

	"piper/internal/access"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// secured is the agreements as the reports read them.
type secured struct{ agreements *funding.Agreements }

func (s secured) Secured(ctx context.Context) ([]finance.Expected, error) {
	lines, err := s.agreements.Secured(ctx)
	out := make([]finance.Expected, 0, len(lines))
	for _, l := range lines {
		if l.Amount == nil {
			continue // the reader reads no amounts, so there is nothing to reckon with
		}
		id := l.InstalmentID
		if id == "" {
			id = l.AgreementID
		}
		out = append(out, finance.Expected{ID: id, RecordID: l.AgreementID, Title: l.Title, DonorID: l.DonorID, UltimateID: l.UltimateDonorID,
			Signed: l.Signed, Due: l.Date, From: l.From, To: l.To, Amount: *l.Amount, Worth: l.Worth, Earmarking: finance.Earmarking(l.Earmarking),
			Restriction: finance.Restriction(l.Restriction), SourceType: finance.SourceType(l.SourceType), OpportunityID: l.OpportunityID})
	}
	return out, err
}

// Expected gives the instalments that the bank's statements may bring.
func (s secured) Expected(ctx context.Context, from, to store.Date) ([]finance.DuePayment, error) {
	lines, err := s.agreements.Secured(ctx)
	due := []finance.DuePayment{}
	for _, l := range lines {
		if l.Amount != nil && l.InstalmentID != "" && l.State != funding.Paid && from <= l.Date && l.Date <= to {
			due = append(due, finance.DuePayment{ID: l.InstalmentID, RecordID: l.AgreementID, Title: l.Title, DonorID: l.DonorID, Amount: *l.Amount, Due: l.Date,
				Reference: l.Number, UltimateDonorID: l.UltimateDonorID, Earmarking: finance.Earmarking(l.Earmarking),
				Restriction: finance.Restriction(l.Restriction), SourceType: finance.SourceType(l.SourceType)})
		}
	}
	return due, err
}

// Settle says of an instalment that a line of the books has paid it: one of who pays, over what was due.
func (s secured) Settle(ctx context.Context, id string, line *finance.Income, charges int64) error {
	a, part, err := s.agreements.WithInstalment(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return fault.Field("expectedId", "There is no such instalment.")
	}
	if err != nil {
		return err
	}
	switch {
	case part.State == funding.Paid:
		return fault.Field("expectedId", "This instalment is paid already.")
	case line.DonorID != a.DonorID && line.DonorID != a.PassThrough.LeadID:
		return fault.Field("expectedId", "This instalment is of “%s”, which somebody else pays.", a.Title)
	case part.Amount == nil:
		return fault.Field("expectedId", "There is no such instalment.")
	case part.Amount.Currency != line.Amount.Currency && farBelow(line, a, part):
		return fault.Field("expectedId", "%s came, which is worth far less than the %s that were due. Change or divide the instalment in the agreement first.", line.Amount, part.Amount)
	case part.Amount.Currency != line.Amount.Currency: // the bank has changed it; whoever accepts it says that it is enough
	case !finance.Covers(*part.Amount, line.Amount, charges):
		return fault.Field("expectedId", "%s came, which is not what was due. Change or divide the instalment in the agreement first.", line.Amount)
	}
	_, err = s.agreements.MoveInstalment(ctx, a.ID, a.Rev, id, funding.Paid, line.Date, line.ID, nil)
	if fault.Is(err, fault.Invalid) {
		return fault.Field("expectedId", "%s", fault.Reason(err))
	}
	return err
}

// farBelow reports whether what came in another currency is worth less than four fifths of what was due, by the rates of
// both days: more than rates move. Where one of them is not converted it cannot be told.
func farBelow(line *finance.Income, a *funding.Agreement, part *funding.Instalment) bool {
	if line.Worth == nil || a.Worth == nil || a.Amount == nil || a.Amount.Minor == 0 || a.Amount.Currency != part.Amount.Currency {
		return false
	}
	due := float64(part.Amount.Minor) * float64(a.Worth.Minor) / float64(a.Amount.Minor)
	return float64(line.Worth.Minor) < 0.8*due
}

// Unsettle makes due again what lines had paid. By hand one line may have been named for several instalments.
func (s secured) Unsettle(ctx context.Context, lineIDs ...string) error {
	for {
		a, part, err := s.agreements.PaidBy(ctx, lineIDs...)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := s.agreements.SetInstalment(ctx, a.ID, a.Rev, part.ID, func(p *funding.Instalment) { p.PaidOn, p.IncomeID = "", "" }); err != nil {
			return err
		}
	}
}

// todo makes the tasks of requirements where tasks are kept.
type todo struct{ tasks *engagement.Repo }

func (t todo) Make(ctx context.Context, w funding.Wish) ([]string, error) {
	if w.TemplateID == "" {
		one, err := t.tasks.AddTask(ctx, &engagement.Task{Title: w.Title, Due: w.Due, OwnerID: w.OwnerID, StakeholderIDs: []string{w.About}}, w.Key)
		if err != nil {
			return nil, err
		}
		return []string{one.ID}, nil
	}
	made, err := t.tasks.Apply(ctx, w.TemplateID, engagement.Application{StakeholderID: w.About, Anchor: w.Due, OwnerID: w.OwnerID, Key: w.Key})
	ids := make([]string, len(made))
	for i, one := range made {
		ids[i] = one.ID
	}
	return ids, err
}

func (t todo) Settle(ctx context.Context, ids []string, done bool) error {
	from, to := engagement.Open, engagement.Done
	if !done {
		from, to = to, from
	}
	return t.each(ctx, ids, func(one *engagement.Task) {
		if one.State == from {
			one.State = to
		}
	})
}

func (t todo) Shift(ctx context.Context, ids []string, days int) error {
	return t.each(ctx, ids, func(one *engagement.Task) {
		if one.State == engagement.Open && one.Due != "" {
			one.Due = engagement.DaysLater(one.Due, days)
		}
	})
}

// each changes tasks; those that are gone, or that the reader does not see, are passed over.
func (t todo) each(ctx context.Context, ids []string, change func(*engagement.Task)) error {
	for _, id := range ids {
		one, err := t.tasks.Task(ctx, id)
		if err == nil {
			_, err = t.tasks.UpdateTask(ctx, id, one.Rev, change)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// powers are those whom we lobby, as the reports read them.
type powers struct {
	people     *stakeholder.Repo
	engagement *engagement.Repo
}

func (p powers) Powers(ctx context.Context) ([]report.Power, error) {
	list, err := p.people.WithRoles(ctx, "igo", "government", "mep")
	out := make([]report.Power, 0, len(list))
	for _, s := range list {
		out = append(out, report.Power{ID: s.ID, Name: s.Name, Body: s.Kind == stakeholder.Organisation})
	}
	return out, err
}

func (p powers) Meetings(ctx context.Context, ids []string, from store.Date) ([][]string, error) {
	if !access.From(ctx).May(access.EngagementRead) {
		return nil, nil
	}
	return p.engagement.Meetings(ctx, ids, from)
}
