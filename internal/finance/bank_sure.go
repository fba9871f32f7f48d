package finance

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// From which score on a suggestion is sure, and how far the next one has to be behind it. They are the
// secretariat's own choice: two strong reasons, such as the account and the amount.
const (
	sureScore = 80
	sureGap   = 20
)

// markSure marks the first of a payment's suggestions where it can be accepted unseen: it is likely enough, no other
// is near, the amount is what was due where something was, and what kind of money it is is known. Another donor, or another instalment of the same, is other.
func markSure(list []Suggestion) {
	if len(list) == 0 {
		return
	}
	s := &list[0]
	s.Sure = s.Payout == nil && s.Score >= sureScore && (s.ExpectedID == "" || s.full) && s.Earmarking != "" && s.Restriction != "" && s.SourceType != "" &&
		(len(list) == 1 || list[1].weight <= s.weight-sureGap)
}

// SurePayment is a payment with the suggestion that would be accepted.
type SurePayment struct {
	Entry      *BankEntry
	Suggestion Suggestion
}

// maxSure is how many payments one look at what is sure covers, the oldest first.
const maxSure = 500

// Sure gives the payments whose suggestion is sure, the oldest first. An expected payment that two of them would
// be is sure of neither.
func (b *Bank) Sure(ctx context.Context) ([]SurePayment, error) {
	open, err := b.entries.Find(ctx, filter.Eq{Field: "state", Value: string(Proposed)}, []driver.Key{{Path: "date"}}, maxSure)
	if err != nil {
		return nil, err
	}
	suggestions, err := b.Suggestions(ctx, open)
	if err != nil {
		return nil, err
	}
	claims := map[string]int{}
	list := []SurePayment{}
	for _, e := range open {
		if s := suggestions[e.ID]; len(s) > 0 && s[0].Sure {
			claims[s[0].ExpectedID]++
			list = append(list, SurePayment{e, s[0]})
		}
	}
	kept := list[:0]
	for _, p := range list {
		if p.Suggestion.ExpectedID == "" || claims[p.Suggestion.ExpectedID] == 1 {
			kept = append(kept, p)
		}
	}
	return kept, nil
}

// Pick names a payment of the sure ones as it was shown.
type Pick struct {
	ID         string `json:"id" minLength:"1" maxLength:"60"`
	Rev        int64  `json:"rev" minimum:"1"`
	DonorID    string `json:"donorId" minLength:"1" maxLength:"60"`
	ExpectedID string `json:"expectedId,omitempty" maxLength:"60"`
}

// Refused is a payment of several with which nothing was done, and why.
type Refused struct {
	ID      string `json:"id"`
	Message string `json:"message"`
}

// Outcome is what became of several payments.
type Outcome struct {
	Done    []*BankEntry `json:"done" nullable:"false"`
	Refused []Refused    `json:"refused" nullable:"false"`
}

// AcceptSure accepts payments by the suggestion that was shown with each, where it still is sure. Each is a write of
// its own: what was refused is told, and what was accepted before a crash stays so and can be taken back.
func (b *Bank) AcceptSure(ctx context.Context, picks []Pick) (*Outcome, error) {
	sure, err := b.Sure(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[string]Suggestion{}
	for _, p := range sure {
		byID[p.Entry.ID] = p.Suggestion
	}
	return each(picks, func(p Pick) (string, *BankEntry, error) {
		s, ok := byID[p.ID]
		if !ok || s.DonorID != p.DonorID || s.ExpectedID != p.ExpectedID {
			return p.ID, nil, fault.New(fault.Invalid, "This is not sure any more. Look at it again.")
		}
		e, err := b.Accept(ctx, p.ID, p.Rev, Entry{DonorID: s.DonorID, UltimateDonorID: s.UltimateDonorID, Earmarking: s.Earmarking,
			Restriction: s.Restriction, SourceType: s.SourceType}, s.ExpectedID)
		return p.ID, e, err
	})
}

// Mark names a revision of a payment.
type Mark struct {
	ID  string `json:"id" minLength:"1" maxLength:"60"`
	Rev int64  `json:"rev" minimum:"1"`
}

// ReopenMany makes proposals of payments again, each by a write of its own.
func (b *Bank) ReopenMany(ctx context.Context, marks []Mark) (*Outcome, error) {
	return each(marks, func(m Mark) (string, *BankEntry, error) {
		e, err := b.Reopen(ctx, m.ID, m.Rev)
		return m.ID, e, err
	})
}

// each does something with several payments. What a person can put right is told; any other failure ends it.
func each[T any](list []T, do func(T) (string, *BankEntry, error)) (*Outcome, error) {
	out := &Outcome{Done: []*BankEntry{}, Refused: []Refused{}}
	for _, one := range list {
		id, e, err := do(one)
		switch code := fault.CodeOf(err); {
		case err == nil:
			out.Done = append(out.Done, e)
		case code == fault.Invalid || code == fault.Stale || code == fault.NotFound:
			out.Refused = append(out.Refused, Refused{id, fault.Reason(err)})
		default:
			return nil, err
		}
	}
	return out, nil
}

// Due gives the expected payments of a donor, or of all, that lie around a day and may still come.
func (b *Bank) Due(ctx context.Context, donorID string, around store.Date) ([]DuePayment, error) {
	if b.repo.Expectations == nil {
		return []DuePayment{}, nil
	}
	all, err := b.repo.Expectations.Expected(ctx, addDays(around, -dueDays), addDays(around, dueDays))
	list := []DuePayment{}
	for _, x := range all {
		if donorID == "" || x.DonorID == donorID {
			list = append(list, x)
		}
	}
	return list, err
}

// dueDays is how far from a payment an expected one is offered to choose.
const dueDays = 366
