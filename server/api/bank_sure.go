package api

import (
	"context"

	"piper/internal/finance"
	"piper/internal/store"
)

// SurePaymentView is a payment that can be accepted unseen, and as what.
type SurePaymentView struct {
	finance.BankEntry
	Suggestion SuggestionView `json:"suggestion"`
}

type surePaymentsOutput struct {
	Body struct {
		Items []SurePaymentView `json:"items" nullable:"false" doc:"the oldest first"`
	}
}

func (a *API) listSurePayments(ctx context.Context, _ *struct{}) (*surePaymentsOutput, error) {
	list, err := a.Bank.Sure(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.Suggestion.DonorID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	out := &surePaymentsOutput{}
	out.Body.Items = make([]SurePaymentView, len(list))
	for i, p := range list {
		out.Body.Items[i] = SurePaymentView{*p.Entry, SuggestionView{p.Suggestion, names[p.Suggestion.DonorID]}}
	}
	return out, err
}

// BankOutcome is what became of several payments.
type BankOutcome struct {
	Done    []BankEntryView   `json:"done" nullable:"false"`
	Refused []finance.Refused `json:"refused" nullable:"false" doc:"with these nothing was done"`
}

type bankOutcomeOutput struct{ Body BankOutcome }

func (a *API) viewOutcome(ctx context.Context, o *finance.Outcome, err error) (*bankOutcomeOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewEntries(ctx, o.Done)
	return &bankOutcomeOutput{BankOutcome{views, o.Refused}}, err
}

type acceptSureInput struct {
	Body struct {
		Items []finance.Pick `json:"items" minItems:"1" maxItems:"500" doc:"as they were shown"`
	}
}

func (a *API) acceptSurePayments(ctx context.Context, in *acceptSureInput) (*bankOutcomeOutput, error) {
	o, err := a.Bank.AcceptSure(ctx, in.Body.Items)
	return a.viewOutcome(ctx, o, err)
}

type reopenPaymentsInput struct {
	Body struct {
		Items []finance.Mark `json:"items" minItems:"1" maxItems:"500"`
	}
}

func (a *API) reopenPayments(ctx context.Context, in *reopenPaymentsInput) (*bankOutcomeOutput, error) {
	o, err := a.Bank.ReopenMany(ctx, in.Body.Items)
	return a.viewOutcome(ctx, o, err)
}

type expectedPaymentsInput struct {
	DonorID string     `query:"donorId" maxLength:"60"`
	Around  store.Date `query:"around" required:"true" maxLength:"10" doc:"a year before and after this day is looked at"`
}

type expectedPaymentsOutput struct {
	Body struct {
		Items []finance.DuePayment `json:"items" nullable:"false" doc:"in order of agreement and day"`
	}
}

func (a *API) listExpectedPayments(ctx context.Context, in *expectedPaymentsInput) (*expectedPaymentsOutput, error) {
	out := &expectedPaymentsOutput{}
	if err := checkDay("around", in.Around); err != nil {
		return nil, err
	}
	var err error
	out.Body.Items, err = a.Bank.Due(ctx, in.DonorID, in.Around)
	return out, err
}
