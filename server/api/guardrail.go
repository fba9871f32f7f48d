package api

import (
	"context"

	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/store"
)

type guardrailOutput struct {
	ETag string `header:"ETag"`
	Body *mail.Guardrail
}

func (a *API) getGuardrail(ctx context.Context, _ *struct{}) (*guardrailOutput, error) {
	g, err := a.Mail.Guardrail(ctx)
	if err != nil {
		return nil, err
	}
	return &guardrailOutput{etag(g.Rev), g}, nil
}

type setGuardrailInput struct {
	IfMatch string `header:"If-Match" doc:"the rules' ETag"`
	Body    struct {
		Words      []string `json:"words" maxItems:"500"`
		Senders    []string `json:"senders" maxItems:"500"`
		Recipients []string `json:"recipients" maxItems:"500"`
	}
}

// setGuardrail puts rules into force from the next mail run on.
func (a *API) setGuardrail(ctx context.Context, in *setGuardrailInput) (*guardrailOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	g, err := a.Mail.SetGuardrail(ctx, rev, in.Body.Words, in.Body.Senders, in.Body.Recipients)
	if err != nil {
		return nil, err
	}
	return &guardrailOutput{etag(g.Rev), g}, nil
}

type testGuardrailInput struct {
	Body struct {
		Subject string   `json:"subject,omitempty" maxLength:"2000"`
		From    string   `json:"from,omitempty" maxLength:"320"`
		To      []string `json:"to,omitempty" maxItems:"50"`
		Text    string   `json:"text,omitempty" maxLength:"100000"`
	}
}

type testGuardrailOutput struct {
	Body struct {
		Withheld bool   `json:"withheld"`
		Rule     string `json:"rule,omitempty" doc:"the first rule that matches"`
	}
}

// testGuardrail asks the rules in force about an invented message. Nothing of it is kept.
func (a *API) testGuardrail(ctx context.Context, in *testGuardrailInput) (*testGuardrailOutput, error) {
	g, err := a.Mail.Guardrail(ctx)
	if err != nil {
		return nil, err
	}
	m := &mime.Message{Subject: in.Body.Subject, Text: in.Body.Text, From: mail.Addresses(in.Body.From), To: mail.Addresses(in.Body.To...)}
	out := &testGuardrailOutput{}
	out.Body.Rule, out.Body.Withheld = g.Guard().Withholds(m)
	return out, nil
}

type accountingOutput struct {
	Body struct {
		Items []mail.MailboxAccount `json:"items" nullable:"false"`
		Total int                   `json:"total"`
	}
}

// mailAccounting says what became of every message in the folders that Piper reads.
func (a *API) mailAccounting(ctx context.Context, _ *struct{}) (*accountingOutput, error) {
	list, err := a.Mail.Accounting(ctx)
	if err != nil {
		return nil, err
	}
	out := &accountingOutput{}
	out.Body.Items, out.Body.Total = list, len(list)
	return out, nil
}

type listSetAsideInput struct {
	Limit  int         `query:"limit" minimum:"1" maximum:"500"`
	Cursor string      `query:"cursor" maxLength:"2000"`
	Reason mail.Reason `query:"reason" enum:"forgotten,withheld,unreadable"`
}

type listSetAsideOutput struct{ Body store.Page[mail.AsideView] }

// listSetAside lists the messages that were not kept; there is nothing of their content to see.
func (a *API) listSetAside(ctx context.Context, in *listSetAsideInput) (*listSetAsideOutput, error) {
	page, err := a.Mail.SetAside(ctx, in.Reason, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listSetAsideOutput{page}, err
}
