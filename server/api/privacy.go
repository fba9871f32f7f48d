package api

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/privacy"
	"piper/internal/store"
)

// privacyJob is the job that plans and carries out erasures.
const privacyJob = "privacy"

type privacyRequestOutput struct {
	ETag string `header:"ETag"`
	Body *privacy.Request
}

func savedRequest(q *privacy.Request, err error) (*privacyRequestOutput, error) {
	if err != nil {
		return nil, err
	}
	return &privacyRequestOutput{etag(q.Rev), q}, nil
}

type listPrivacyRequestsInput struct {
	Limit       int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor      string `query:"cursor" maxLength:"2000"`
	Kind        string `query:"kind" enum:"export,erasure"`
	State       string `query:"state" enum:"planning,planned,working,scrubbing,done"`
	Stakeholder string `query:"stakeholderId" maxLength:"60"`
	Subject     string `query:"subject" maxLength:"320" doc:"the whole name or an address of the person; finds erasures that are done, too"`
}

type listPrivacyRequestsOutput struct{ Body store.Page[privacy.Request] }

func (a *API) listPrivacyRequests(ctx context.Context, in *listPrivacyRequestsInput) (*listPrivacyRequestsOutput, error) {
	page, err := a.Privacy.Requests(ctx, privacy.Search{Kind: in.Kind, State: in.State, StakeholderID: in.Stakeholder, Subject: in.Subject},
		store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listPrivacyRequestsOutput{page}, err
}

func (a *API) getPrivacyRequest(ctx context.Context, in *IDInput) (*privacyRequestOutput, error) {
	return savedRequest(a.Privacy.Request(ctx, in.ID))
}

type subjectInput struct {
	Body struct {
		StakeholderID string `json:"stakeholderId" minLength:"1" maxLength:"60"`
	}
}

func (a *API) askErasure(ctx context.Context, in *subjectInput) (*privacyRequestOutput, error) {
	q, err := a.Privacy.AskErasure(ctx, in.Body.StakeholderID)
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

// startPrivacy has the job look at once; where it is at work already, it comes round again within a minute.
func (a *API) startPrivacy(ctx context.Context) error {
	if _, err := a.Jobs.RunNow(ctx, privacyJob, access.From(ctx).Name); err != nil && !fault.Is(err, fault.Busy) {
		return err
	}
	return nil
}

type setErasureFormsInput struct {
	ChangeInput
	Body struct {
		Forms []privacy.Form `json:"forms" maxItems:"60"`
		Texts bool           `json:"texts"`
	}
}

func (a *API) setErasureForms(ctx context.Context, in *setErasureFormsInput) (*privacyRequestOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	q, err := a.Privacy.SetForms(ctx, in.ID, rev, in.Body.Forms, in.Body.Texts)
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

func (a *API) dropErasure(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Privacy.Drop(ctx, in.ID, rev)
}

type confirmErasureInput struct {
	ChangeInput
	Body struct {
		Name   string `json:"name" maxLength:"300" doc:"the name of the person, typed by hand"`
		Ground string `json:"ground" enum:"no-longer-needed,consent-withdrawn,objection,unlawful,legal-duty,retention" doc:"the case of Article 17(1) GDPR"`
		Reason string `json:"reason" maxLength:"500" doc:"in words, without naming the person"`
	}
}

func (a *API) confirmErasure(ctx context.Context, in *confirmErasureInput) (*privacyRequestOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	q, err := a.Privacy.Confirm(ctx, in.ID, rev, privacy.Confirmation{Name: in.Body.Name, Ground: in.Body.Ground, Reason: in.Body.Reason})
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

type erasureTextsOutput struct {
	Body struct {
		Items []privacy.Excerpt `json:"items" nullable:"false"`
		More  bool              `json:"more" doc:"there are more than are shown"`
	}
}

func (a *API) erasureTexts(ctx context.Context, in *IDInput) (*erasureTextsOutput, error) {
	out := &erasureTextsOutput{}
	var err error
	out.Body.Items, out.Body.More, err = a.Privacy.Texts(ctx, in.ID)
	return out, err
}
