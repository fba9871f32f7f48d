package api

import (
	"context"

	"piper/internal/access"
	"piper/internal/engagement"
	"piper/internal/store"
)

// TaskFilter is what narrows a list of tasks.
type TaskFilter struct {
	Owner       string           `query:"ownerId" maxLength:"60" doc:"an account, or me"`
	State       engagement.State `query:"state" enum:"open,done,dropped"`
	Stakeholder string           `query:"stakeholderId" maxLength:"60"`
	Interaction string           `query:"interactionId" maxLength:"60"`
	From        store.Date       `query:"from" maxLength:"10" doc:"due on this day or later"`
	To          store.Date       `query:"to" maxLength:"10" doc:"due on this day or before"`
	Overdue     bool             `query:"overdue" doc:"open, and due before today in Brussels"`
	Where       string           `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"due\",\"before\",\"2026-12-01\"]"`
}

func (f TaskFilter) search(ctx context.Context, today store.Date) (engagement.TaskSearch, error) {
	if f.Owner == "me" {
		f.Owner = access.From(ctx).AccountID
	}
	where, err := engagement.TaskFields(ctx, today).Where(f.Where)
	return engagement.TaskSearch{OwnerID: f.Owner, State: f.State, StakeholderID: f.Stakeholder, InteractionID: f.Interaction, From: f.From, To: f.To,
		Overdue: f.Overdue, Where: where}, err
}

type listTasksInput struct {
	ListInput
	TaskFilter
}

type listTasksOutput struct {
	Body store.Page[engagement.Task]
}

func (a *API) listTasks(ctx context.Context, in *listTasksInput) (*listTasksOutput, error) {
	q, err := in.query(engagement.TaskSorts, "due")
	if err != nil {
		return nil, err
	}
	search, err := in.search(ctx, a.DB.Now().Day())
	if err != nil {
		return nil, err
	}
	page, err := a.Engagement.Tasks(ctx, search, q)
	return &listTasksOutput{page}, err
}

type taskOutput struct {
	ETag string `header:"ETag"`
	Body *engagement.Task
}

func savedTask(t *engagement.Task, err error) (*taskOutput, error) {
	if err != nil {
		return nil, err
	}
	return &taskOutput{etag(t.Rev), t}, nil
}

func (a *API) getTask(ctx context.Context, in *IDInput) (*taskOutput, error) {
	return savedTask(a.Engagement.Task(ctx, in.ID))
}

// TaskBody is what a person may write.
type TaskBody struct {
	Title          string           `json:"title" minLength:"1" maxLength:"300"`
	Notes          string           `json:"notes,omitempty" maxLength:"20000" doc:"Markdown; @Name in it mentions a colleague"`
	Due            store.Date       `json:"due,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
	OwnerID        string           `json:"ownerId,omitempty" maxLength:"60" doc:"who must do it; whoever adds it where empty"`
	StakeholderIDs []string         `json:"stakeholderIds,omitempty" maxItems:"200"`
	State          engagement.State `json:"state,omitempty" enum:"open,done,dropped" doc:"open where empty"`
	Reminders      []int            `json:"reminders,omitempty" maxItems:"10" doc:"days before it is due; a new task without has 7, 1 and 0"`
	Private        bool             `json:"private,omitempty" doc:"readable by its author and its owner alone"`
}

func (b TaskBody) onto(t *engagement.Task) {
	t.Title, t.Notes, t.Due, t.StakeholderIDs, t.Reminders, t.Private = b.Title, b.Notes, b.Due, b.StakeholderIDs, b.Reminders, b.Private
	t.State = b.State
	if b.OwnerID != "" {
		t.OwnerID = b.OwnerID
	}
}

type newTaskBody struct {
	TaskBody
	InteractionID string `json:"interactionId,omitempty" maxLength:"60" doc:"the interaction that it follows from"`
	Key           string `json:"key,omitempty" maxLength:"100" doc:"a name of the sender's own: sent twice, it is made once"`
}

type createTaskInput struct{ Body newTaskBody }

func (a *API) createTask(ctx context.Context, in *createTaskInput) (*taskOutput, error) {
	t := &engagement.Task{InteractionID: in.Body.InteractionID}
	in.Body.onto(t)
	return savedTask(a.Engagement.AddTask(ctx, t, in.Body.Key))
}

type updateTaskInput struct {
	ChangeInput
	Body TaskBody
}

func (a *API) updateTask(ctx context.Context, in *updateTaskInput) (*taskOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedTask(a.Engagement.UpdateTask(ctx, in.ID, rev, in.Body.onto))
}

type setTaskStateInput struct {
	ChangeInput
	Body struct {
		State engagement.State `json:"state" enum:"open,done,dropped"`
	}
}

func (a *API) setTaskState(ctx context.Context, in *setTaskStateInput) (*taskOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedTask(a.Engagement.UpdateTask(ctx, in.ID, rev, func(t *engagement.Task) { t.State = in.Body.State }))
}
