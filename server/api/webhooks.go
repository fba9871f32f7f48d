package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/webhook"
)

// WebhookView is a webhook with how it stands. Its secret is never among it.
type WebhookView struct {
	webhook.Hook
	webhook.Tally
}

func (a *API) viewWebhook(ctx context.Context, h *webhook.Hook) (*WebhookView, error) {
	tally, err := a.Webhooks.Tally(ctx, h.ID)
	return &WebhookView{*h, tally}, err
}

type listWebhooksOutput struct {
	Body struct {
		Items  []*WebhookView `json:"items" nullable:"false"`
		Total  int            `json:"total"`
		Events []string       `json:"events" nullable:"false" doc:"every event that a webhook may be told of"`
	}
}

func (a *API) listWebhooks(ctx context.Context, _ *struct{}) (*listWebhooksOutput, error) {
	hooks, err := a.Webhooks.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	out := &listWebhooksOutput{}
	out.Body.Items, out.Body.Total, out.Body.Events = make([]*WebhookView, len(hooks)), len(hooks), a.Webhooks.Events()
	for i, h := range hooks {
		if out.Body.Items[i], err = a.viewWebhook(ctx, h); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type webhookOutput struct {
	ETag string `header:"ETag"`
	Body *WebhookView
}

func (a *API) savedWebhook(ctx context.Context, h *webhook.Hook, err error) (*webhookOutput, error) {
	if err != nil {
		return nil, err
	}
	view, err := a.viewWebhook(ctx, h)
	return &webhookOutput{etag(h.Rev), view}, err
}

func (a *API) getWebhook(ctx context.Context, in *IDInput) (*webhookOutput, error) {
	h, err := a.Webhooks.Hook(ctx, in.ID)
	return a.savedWebhook(ctx, h, err)
}

// webhookBody is what an administrator may write.
type webhookBody struct {
	Name       string      `json:"name" minLength:"1" maxLength:"200"`
	URL        string      `json:"url" minLength:"1" maxLength:"1000" doc:"of https"`
	Events     []string    `json:"events" minItems:"1" maxItems:"200" doc:"noun.event, such as stakeholder.changed"`
	Role       access.Role `json:"role" enum:"administrator,fundraiser,advocate,board" doc:"the access role that it reads as"`
	WithRecord bool        `json:"withRecord,omitempty" doc:"send the record too, as that role may read it"`
}

func (b webhookBody) onto(h *webhook.Hook) {
	h.Name, h.URL, h.Events, h.Role, h.WithRecord = b.Name, b.URL, b.Events, b.Role, b.WithRecord
}

type createWebhookInput struct{ Body webhookBody }

type webhookSecretOutput struct {
	ETag string `header:"ETag"`
	Body struct {
		WebhookView
		Secret string `json:"secret" doc:"what deliveries are signed with; it cannot be had again"`
	}
}

func (a *API) withSecret(ctx context.Context, h *webhook.Hook, secret string, err error) (*webhookSecretOutput, error) {
	saved, err := a.savedWebhook(ctx, h, err)
	if err != nil {
		return nil, err
	}
	out := &webhookSecretOutput{ETag: saved.ETag}
	out.Body.WebhookView, out.Body.Secret = *saved.Body, secret
	return out, nil
}

func (a *API) createWebhook(ctx context.Context, in *createWebhookInput) (*webhookSecretOutput, error) {
	h := &webhook.Hook{}
	in.Body.onto(h)
	secret, err := a.Webhooks.Create(ctx, h)
	return a.withSecret(ctx, h, secret, err)
}

func (a *API) rotateWebhook(ctx context.Context, in *ChangeInput) (*webhookSecretOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	h, secret, err := a.Webhooks.Rotate(ctx, in.ID, rev)
	return a.withSecret(ctx, h, secret, err)
}

type updateWebhookInput struct {
	ChangeInput
	Body webhookBody
}

func (a *API) updateWebhook(ctx context.Context, in *updateWebhookInput) (*webhookOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	h, err := a.Webhooks.Update(ctx, in.ID, rev, in.Body.onto)
	return a.savedWebhook(ctx, h, err)
}

func (a *API) deleteWebhook(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Webhooks.Delete(ctx, in.ID, rev)
}

type pauseWebhookInput struct {
	ChangeInput
	Body struct {
		Paused bool `json:"paused"`
	}
}

func (a *API) pauseWebhook(ctx context.Context, in *pauseWebhookInput) (*webhookOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	set := a.Webhooks.Resume
	if in.Body.Paused {
		set = a.Webhooks.Pause
	}
	h, err := set(ctx, in.ID, rev)
	return a.savedWebhook(ctx, h, err)
}

type deliveryOutput struct{ Body *webhook.Delivery }

func (a *API) testWebhook(ctx context.Context, in *IDInput) (*deliveryOutput, error) {
	d, err := a.Webhooks.SendTest(ctx, in.ID)
	return &deliveryOutput{d}, err
}

type replayInput struct {
	IDInput
	Delivery string `path:"delivery" maxLength:"60"`
}

func (a *API) replayDelivery(ctx context.Context, in *replayInput) (*deliveryOutput, error) {
	d, err := a.Webhooks.Replay(ctx, in.ID, in.Delivery)
	return &deliveryOutput{d}, err
}

type replayOutput struct {
	Body struct {
		Replayed int `json:"replayed" doc:"how many deliveries will be sent again"`
	}
}

func (a *API) replayWebhook(ctx context.Context, in *IDInput) (*replayOutput, error) {
	n, err := a.Webhooks.ReplayFailed(ctx, in.ID)
	out := &replayOutput{}
	out.Body.Replayed = n
	return out, err
}

type listDeliveriesInput struct {
	IDInput
	Limit  int           `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string        `query:"cursor" maxLength:"2000"`
	State  webhook.State `query:"state" enum:"waiting,delivered,failed"`
}

type listDeliveriesOutput struct{ Body store.Page[webhook.Delivery] }

func (a *API) listDeliveries(ctx context.Context, in *listDeliveriesInput) (*listDeliveriesOutput, error) {
	if _, err := a.Webhooks.Hook(ctx, in.ID); err != nil {
		return nil, err
	}
	page, err := a.Webhooks.Deliveries(ctx, webhook.Search{HookID: in.ID, State: in.State}, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listDeliveriesOutput{page}, err
}

// exportDeliveries streams the log as CSV, the oldest first, with the last attempt at each.
func (a *API) exportDeliveries(c *gin.Context) {
	out := startCSV(c, "deliveries.csv", "id", "event_id", "noun", "event", "record_id", "at", "by", "state", "attempts", "last_attempt", "ms", "status", "fault", "answer")
	search := webhook.Search{HookID: c.Param("id"), State: webhook.State(c.Query("state"))}
	out.finish(a.Webhooks.EachDelivery(c.Request.Context(), search, func(d *webhook.Delivery) error {
		var last webhook.Try
		if n := len(d.Tries); n > 0 {
			last = d.Tries[n-1]
		}
		return out.row(d.ID, d.EventID, d.Noun, d.Event, d.RecordID, string(d.At), d.ByName, string(d.State), strconv.Itoa(d.Attempts),
			string(last.At), strconv.FormatInt(last.Millis, 10), strconv.Itoa(last.Status), last.Fault, last.Answer)
	}))
}
