package api

import (
	"context"

	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/stakeholder"
	"piper/internal/view"
)

// listTable is what a list can be asked: its filter, its sorts, its columns.
type listTable struct {
	fields  list.Fields
	sorts   map[string]string
	columns []ColumnView
	deeds   []list.Deed // none: no bulk edit
}

// listTables has a row for each list that takes a general filter.
func (a *API) listTables() map[string]listTable {
	return map[string]listTable{
		"stakeholders": {stakeholder.Fields, stakeholder.Sorts, viewColumns(stakeholderColumns(nil)), stakeholder.Deeds},
		"tasks":        {engagement.TaskFields, engagement.TaskSorts, viewColumns(taskColumns(nil, nil)), nil},
	}
}

func viewColumns[T any](columns []column[T]) []ColumnView {
	views := make([]ColumnView, len(columns))
	for i, c := range columns {
		views[i] = ColumnView{c.name, c.title}
	}
	return views
}

// viewBody is what a person may save of a view.
type viewBody struct {
	Name    string   `json:"name" minLength:"1" maxLength:"80"`
	Shared  bool     `json:"shared,omitempty"`
	Pinned  bool     `json:"pinned,omitempty"`
	Columns []string `json:"columns,omitempty" maxItems:"60"`
	Sort    string   `json:"sort,omitempty" maxLength:"200"`
	Text    string   `json:"text,omitempty" maxLength:"200"`
	Where   string   `json:"where,omitempty" maxLength:"16000"`
}

func (b viewBody) onto(v *view.View) {
	v.Name, v.Shared, v.Pinned = b.Name, b.Shared, b.Pinned
	v.Columns, v.Sort, v.Text, v.Where = b.Columns, b.Sort, b.Text, b.Where
}

// check refuses what the list itself would refuse, so that a saved view always opens.
func (a *API) checkView(name string, b *viewBody) error {
	table, ok := a.listTables()[name]
	if !ok {
		return fault.Field("list", "The list %q has no saved views.", name)
	}
	where, err := table.fields.Tidy(b.Where)
	if err != nil {
		return err
	}
	b.Where = where
	if _, err := (ListInput{Sort: b.Sort, Q: b.Text}).query(table.sorts, ""); b.Sort != "" && err != nil {
		return err
	}
	known := map[string]bool{}
	for _, c := range table.columns {
		known[c.Name] = true
	}
	var c fault.Checks
	for _, column := range b.Columns {
		c.Require(known[column], "columns", "%q is not a column of this list.", column)
	}
	return c.Err()
}

type listViewsInput struct {
	List string `query:"list" required:"true" enum:"stakeholders,calls,income,tasks"`
}

// ViewItem is a view, and whether the reader may change it.
type ViewItem struct {
	view.View
	MayChange bool `json:"mayChange"`
}

type listViewsOutput struct {
	Body struct {
		Items  []ViewItem `json:"items" nullable:"false"`
		Chosen string     `json:"chosen,omitempty" doc:"the id of the view that the reader opens the list with"`
	}
}

func (a *API) listViews(ctx context.Context, in *listViewsInput) (*listViewsOutput, error) {
	views, chosen, err := a.Views.Of(ctx, in.List)
	if err != nil {
		return nil, err
	}
	out := &listViewsOutput{}
	out.Body.Items, out.Body.Chosen = make([]ViewItem, len(views)), chosen
	for i, v := range views {
		out.Body.Items[i] = ViewItem{*v, view.MayChange(ctx, v) == nil}
	}
	return out, nil
}

type viewOutput struct {
	ETag string `header:"ETag"`
	Body *view.View
}

func savedView(v *view.View, err error) (*viewOutput, error) {
	if err != nil {
		return nil, err
	}
	return &viewOutput{etag(v.Rev), v}, nil
}

func (a *API) getView(ctx context.Context, in *IDInput) (*viewOutput, error) {
	return savedView(a.Views.Get(ctx, in.ID))
}

type createViewInput struct {
	Body struct {
		List    string   `json:"list" enum:"stakeholders,calls,income,tasks"`
		Name    string   `json:"name" minLength:"1" maxLength:"80"`
		Shared  bool     `json:"shared,omitempty"`
		Pinned  bool     `json:"pinned,omitempty"`
		Columns []string `json:"columns,omitempty" maxItems:"60"`
		Sort    string   `json:"sort,omitempty" maxLength:"200"`
		Text    string   `json:"text,omitempty" maxLength:"200"`
		Where   string   `json:"where,omitempty" maxLength:"16000"`
	}
}

func (a *API) createView(ctx context.Context, in *createViewInput) (*viewOutput, error) {
	b := viewBody{in.Body.Name, in.Body.Shared, in.Body.Pinned, in.Body.Columns, in.Body.Sort, in.Body.Text, in.Body.Where}
	if err := a.checkView(in.Body.List, &b); err != nil {
		return nil, err
	}
	v := &view.View{List: in.Body.List}
	b.onto(v)
	err := a.Views.Create(ctx, v)
	return savedView(v, err)
}

type updateViewInput struct {
	ChangeInput
	Body viewBody
}

func (a *API) updateView(ctx context.Context, in *updateViewInput) (*viewOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	old, err := a.Views.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.checkView(old.List, &in.Body); err != nil {
		return nil, err
	}
	return savedView(a.Views.Update(ctx, in.ID, rev, in.Body.onto))
}

func (a *API) deleteView(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Views.Delete(ctx, in.ID, rev)
}

type chooseViewInput struct {
	Body struct {
		List   string `json:"list" enum:"stakeholders,calls,income,tasks"`
		ViewID string `json:"viewId,omitempty" maxLength:"60" doc:"none: the list's own view"`
	}
}

func (a *API) chooseView(ctx context.Context, in *chooseViewInput) (*struct{}, error) {
	return nil, a.Views.Choose(ctx, in.Body.List, in.Body.ViewID)
}
