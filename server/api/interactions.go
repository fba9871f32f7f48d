package api

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/engagement"
	"piper/internal/store"
)

// InteractionFilter is what narrows a list of interactions.
type InteractionFilter struct {
	Kind        engagement.Kind `query:"kind" enum:"meeting,phone,event,note"`
	Stakeholder string          `query:"stakeholderId" maxLength:"60"`
	Author      string          `query:"authorId" maxLength:"60"`
	From        store.Date      `query:"from" maxLength:"10" doc:"the first day, YYYY-MM-DD"`
	To          store.Date      `query:"to" maxLength:"10" doc:"the last day"`
	Trashed     bool            `query:"trashed" doc:"those in the trash instead"`
}

func (f InteractionFilter) search() engagement.InteractionSearch {
	return engagement.InteractionSearch{Kind: f.Kind, StakeholderID: f.Stakeholder, AuthorID: f.Author, From: f.From, To: f.To, Trashed: f.Trashed}
}

type listInteractionsInput struct {
	ListInput
	InteractionFilter
}

type listInteractionsOutput struct {
	Body store.Page[engagement.Interaction]
}

func (a *API) listInteractions(ctx context.Context, in *listInteractionsInput) (*listInteractionsOutput, error) {
	q, err := in.query(engagement.InteractionSorts, "-at")
	if err != nil {
		return nil, err
	}
	page, err := a.Engagement.Interactions(ctx, in.search(), q)
	return &listInteractionsOutput{page}, err
}

type interactionOutput struct {
	ETag string `header:"ETag"`
	Body *engagement.Interaction
}

func savedInteraction(i *engagement.Interaction, err error) (*interactionOutput, error) {
	if err != nil {
		return nil, err
	}
	return &interactionOutput{etag(i.Rev), i}, nil
}

func (a *API) getInteraction(ctx context.Context, in *IDInput) (*interactionOutput, error) {
	return savedInteraction(a.Engagement.Interaction(ctx, in.ID))
}

// InteractionBody is what a person may write.
type InteractionBody struct {
	Kind           engagement.Kind `json:"kind" enum:"meeting,phone,event,note"`
	Title          string          `json:"title,omitempty" maxLength:"300"`
	Date           store.Date      `json:"date,omitempty" maxLength:"10" doc:"YYYY-MM-DD; today in Brussels where empty"`
	Time           string          `json:"time,omitempty" maxLength:"5" doc:"HH:MM"`
	Minutes        string          `json:"minutes,omitempty" maxLength:"50000" doc:"Markdown; @Name in it mentions a colleague"`
	StakeholderIDs []string        `json:"stakeholderIds" minItems:"1" maxItems:"200"`
	ParticipantIDs []string        `json:"participantIds,omitempty" maxItems:"200" doc:"accounts that took part"`
	Private        bool            `json:"private,omitempty" doc:"readable by its author alone"`
}

func (b InteractionBody) onto(i *engagement.Interaction) {
	i.Kind, i.Title, i.Date, i.Time, i.Minutes = b.Kind, b.Title, b.Date, b.Time, b.Minutes
	i.StakeholderIDs, i.ParticipantIDs, i.Private = b.StakeholderIDs, b.ParticipantIDs, b.Private
}

// newInteractionBody brings the tasks that follow from it.
type newInteractionBody struct {
	InteractionBody
	Tasks []followUpBody `json:"tasks,omitempty" maxItems:"50" doc:"tasks that follow from it, made with it"`
	Key   string         `json:"key,omitempty" maxLength:"100" doc:"a name of the sender's own: sent twice, it is made once"`
}

// followUpBody is a task that follows from an interaction; whom it is about is as there.
type followUpBody struct {
	Title   string     `json:"title" minLength:"1" maxLength:"300"`
	Due     store.Date `json:"due,omitempty" maxLength:"10"`
	OwnerID string     `json:"ownerId,omitempty" maxLength:"60" doc:"the author where empty"`
}

type createInteractionInput struct{ Body newInteractionBody }

func (a *API) createInteraction(ctx context.Context, in *createInteractionInput) (*interactionOutput, error) {
	i := &engagement.Interaction{}
	in.Body.onto(i)
	tasks := make([]*engagement.Task, len(in.Body.Tasks))
	for n, t := range in.Body.Tasks {
		tasks[n] = &engagement.Task{Title: t.Title, Due: t.Due, OwnerID: t.OwnerID}
	}
	return savedInteraction(a.Engagement.Record(ctx, i, tasks, in.Body.Key))
}

type updateInteractionInput struct {
	ChangeInput
	Body InteractionBody
}

func (a *API) updateInteraction(ctx context.Context, in *updateInteractionInput) (*interactionOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedInteraction(a.Engagement.UpdateInteraction(ctx, in.ID, rev, in.Body.onto))
}

func (a *API) trashInteraction(ctx context.Context, in *ChangeInput) (*interactionOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedInteraction(a.Engagement.TrashInteraction(ctx, in.ID, rev))
}

func (a *API) restoreInteraction(ctx context.Context, in *IDInput) (*interactionOutput, error) {
	return savedInteraction(a.Engagement.RestoreInteraction(ctx, in.ID))
}

// exportInteractions streams the list as CSV, in order of id. Days are written as they were typed.
func (a *API) exportInteractions(c *gin.Context) {
	out := startCSV(c, "interactions.csv", "id", "kind", "date", "time", "title", "minutes", "stakeholders", "stakeholder_ids", "participants", "author", "private")
	ctx := c.Request.Context()
	search := InteractionFilter{Kind: engagement.Kind(c.Query("kind")), Stakeholder: c.Query("stakeholderId"), Author: c.Query("authorId"),
		From: store.Date(c.Query("from")), To: store.Date(c.Query("to")), Trashed: c.Query("trashed") == "true"}.search()
	names, err := a.Accounts.Names(ctx)
	if err != nil {
		out.finish(err)
		return
	}
	nameAll := a.namer(ctx)
	out.finish(a.Engagement.EachInteraction(ctx, search, c.Query("q"), func(i *engagement.Interaction) error {
		with, err := nameAll(i.StakeholderIDs)
		if err != nil {
			return err
		}
		private := ""
		if i.Private {
			private = "yes"
		}
		return out.row(i.ID, string(i.Kind), string(i.Date), i.Time, i.Title, i.Minutes, strings.Join(with, "; "),
			strings.Join(i.StakeholderIDs, "; "), strings.Join(called(i.ParticipantIDs, names), "; "), names[i.AuthorID], private)
	}))
}

// namer gives the names of stakeholders, asking for each only once.
func (a *API) namer(ctx context.Context) func(ids []string) ([]string, error) {
	known := map[string]string{}
	return func(ids []string) ([]string, error) {
		var missing []string
		for _, id := range ids {
			if _, ok := known[id]; !ok {
				missing = append(missing, id)
			}
		}
		if len(missing) > 0 {
			found, err := a.Stakeholders.Names(ctx, missing)
			if err != nil {
				return nil, err
			}
			for _, id := range missing {
				known[id] = found[id]
			}
		}
		return called(ids, known), nil
	}
}

func called(ids []string, names map[string]string) []string {
	list := make([]string, 0, len(ids))
	for _, id := range ids {
		if name := names[id]; name != "" {
			list = append(list, name)
		}
	}
	return list
}
