package api

import (
	"context"

	"piper/internal/engagement"
	"piper/internal/store"
)

type listTemplatesInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"the next of the page before"`
}

type listTemplatesOutput struct {
	Body store.Page[engagement.Template]
}

func (a *API) listTemplates(ctx context.Context, in *listTemplatesInput) (*listTemplatesOutput, error) {
	page, err := a.Engagement.Templates(ctx, in.Limit, in.Cursor)
	return &listTemplatesOutput{page}, err
}

type templateOutput struct {
	ETag string `header:"ETag"`
	Body *engagement.Template
}

func savedTemplate(t *engagement.Template, err error) (*templateOutput, error) {
	if err != nil {
		return nil, err
	}
	return &templateOutput{etag(t.Rev), t}, nil
}

func (a *API) getTemplate(ctx context.Context, in *IDInput) (*templateOutput, error) {
	return savedTemplate(a.Engagement.Template(ctx, in.ID))
}

type templateBody struct {
	Name   string            `json:"name" minLength:"1" maxLength:"300"`
	Anchor string            `json:"anchor,omitempty" maxLength:"300" doc:"what the day is that it counts from"`
	Items  []engagement.Item `json:"items" minItems:"1" maxItems:"200"`
}

func (b templateBody) onto(t *engagement.Template) {
	t.Name, t.Anchor, t.Items = b.Name, b.Anchor, b.Items
}

type createTemplateInput struct{ Body templateBody }

func (a *API) createTemplate(ctx context.Context, in *createTemplateInput) (*templateOutput, error) {
	t := &engagement.Template{}
	in.Body.onto(t)
	err := a.Engagement.AddTemplate(ctx, t)
	return savedTemplate(t, err)
}

type updateTemplateInput struct {
	ChangeInput
	Body templateBody
}

func (a *API) updateTemplate(ctx context.Context, in *updateTemplateInput) (*templateOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedTemplate(a.Engagement.UpdateTemplate(ctx, in.ID, rev, in.Body.onto))
}

func (a *API) deleteTemplate(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Engagement.DeleteTemplate(ctx, in.ID, rev)
}

type applyTemplateInput struct {
	IDInput
	Body struct {
		StakeholderID string     `json:"stakeholderId" maxLength:"60"`
		Anchor        store.Date `json:"anchor" maxLength:"10" doc:"the day that the template counts from, YYYY-MM-DD"`
		OwnerID       string     `json:"ownerId,omitempty" maxLength:"60" doc:"who does what the template gives to nobody; whoever applies it where empty"`
		Key           string     `json:"key" minLength:"1" maxLength:"100" doc:"a name of the sender's own: sent twice, the tasks are made once"`
	}
}

type tasksOutput struct {
	Body struct {
		Items []*engagement.Task `json:"items" nullable:"false"`
	}
}

func (a *API) applyTemplate(ctx context.Context, in *applyTemplateInput) (*tasksOutput, error) {
	b := in.Body
	made, err := a.Engagement.Apply(ctx, in.ID, engagement.Application{StakeholderID: b.StakeholderID, Anchor: b.Anchor, OwnerID: b.OwnerID, Key: b.Key})
	if err != nil {
		return nil, err
	}
	out := &tasksOutput{}
	out.Body.Items = made
	return out, nil
}
