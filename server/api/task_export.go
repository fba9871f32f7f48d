package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/engagement"
	"piper/internal/sheet"
	"piper/internal/store"
)

// taskColumns is what a list of tasks can show. accounts names those of us, about the stakeholders.
func taskColumns(accounts map[string]string, about func(ids []string) string) []column[engagement.Task] {
	type one = engagement.Task
	return []column[one]{
		{"title", "What", 44, func(t *one) sheet.Cell { return t.Title }},
		{"due", "Due", 12, func(t *one) sheet.Cell { return sheet.Day(t.Due) }},
		{"state", "State", 10, func(t *one) sheet.Cell { return string(t.State) }},
		{"owner", "Owner", 22, func(t *one) sheet.Cell { return accounts[t.OwnerID] }},
		{"stakeholders", "Stakeholders", 34, func(t *one) sheet.Cell { return about(t.StakeholderIDs) }},
		{"reminders", "Reminders", 14, func(t *one) sheet.Cell { return joined(t.Reminders, strconv.Itoa) }},
		{"notes", "Notes", 50, func(t *one) sheet.Cell { return t.Notes }},
		{"doneAt", "Done", 17, func(t *one) sheet.Cell { return t.DoneAt.Time() }},
		{"author", "Added by", 22, func(t *one) sheet.Cell { return accounts[t.AuthorID] }},
		{"createdAt", "Added", 17, func(t *one) sheet.Cell { return t.CreatedAt.Time() }},
		{"updatedAt", "Changed", 17, func(t *one) sheet.Cell { return t.UpdatedAt.Time() }},
		{"id", "Id", 28, func(t *one) sheet.Cell { return t.ID }},
	}
}

// taskExport reads which tasks an address asks for, and what of them. Days are written as they were typed.
func (a *API) taskExport(c *gin.Context) (export[engagement.Task], error) {
	ctx := c.Request.Context()
	about := a.aboutWhom(ctx)
	accounts, err := a.Accounts.Names(ctx)
	e := export[engagement.Task]{name: "tasks", title: "Tasks", columns: taskColumns(accounts, about),
		names: []string{"id", "title", "due", "state", "owner", "stakeholders", "stakeholder_ids", "reminders", "notes", "done_at", "done_by", "author"},
		cells: func(t *engagement.Task) []string {
			return []string{t.ID, t.Title, string(t.Due), string(t.State), accounts[t.OwnerID], about(t.StakeholderIDs), strings.Join(t.StakeholderIDs, "; "),
				joined(t.Reminders, strconv.Itoa), t.Notes, string(t.DoneAt), accounts[t.DoneBy], accounts[t.AuthorID]}
		}}
	if err != nil {
		return e, err
	}
	search, err := TaskFilter{Owner: c.Query("ownerId"), State: engagement.State(c.Query("state")), Stakeholder: c.Query("stakeholderId"),
		Interaction: c.Query("interactionId"), From: store.Date(c.Query("from")), To: store.Date(c.Query("to")), Overdue: c.Query("overdue") == "true",
		Where: c.Query("where")}.search(ctx, a.DB.Now().Day())
	if err != nil {
		return e, err
	}
	q, err := ListInput{Sort: c.Query("sort"), Q: c.Query("q")}.query(engagement.TaskSorts, "due")
	e.walk = func(fn func(*engagement.Task) error) error {
		return a.Engagement.WalkTasks(ctx, search, q.Text, q.Sort, fn)
	}
	return e, err
}

// aboutWhom names stakeholders in one cell, each asked for once.
func (a *API) aboutWhom(ctx context.Context) func(ids []string) string {
	name := a.parentName(ctx)
	return func(ids []string) string { return joined(ids, name) }
}
