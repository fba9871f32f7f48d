package api

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/list"
	"piper/internal/stakeholder"
	"piper/internal/view"
)

// listTable is what the reader may ask of a list: its filter, its sorts, its columns.
type listTable struct {
	fields  list.Fields
	sorts   map[string]string
	columns []ColumnView
	deeds   []list.Deed // none: no bulk edit
}

// listRow says who may read a list, and makes its table for a reader of that role.
type listRow struct {
	read access.Permission
	of   func(ctx context.Context) listTable
}

// listTables has a row for each list that takes a general filter.
func (a *API) listTables() map[string]listRow {
	return map[string]listRow{
		"stakeholders": {access.StakeholdersRead, func(context.Context) listTable {
			return listTable{stakeholder.Fields, stakeholder.Sorts, viewColumns(stakeholderColumns(nil)), stakeholder.Deeds}
		}},
		"tasks": {access.EngagementRead, func(ctx context.Context) listTable {
			return listTable{engagement.TaskFields(ctx, a.DB.Now().Day()), engagement.TaskSorts, viewColumns(taskColumns(nil, nil)), engagement.TaskDeeds}
		}},
		"calls": {access.CallsRead, func(context.Context) listTable {
			return listTable{calls.Fields(a.DB.Now()), callSorts, viewColumns(callColumns()), nil}
		}},
		"income": {access.FinanceRead, func(ctx context.Context) listTable {
			return listTable{a.incomeFields(ctx), finance.Sorts, viewColumns(incomeColumns(a.Reporting)), nil}
		}},
		"agreements": {access.FundingRead, func(ctx context.Context) listTable {
			return listTable{a.agreementFields(ctx), funding.AgreementSorts(ctx), viewColumns(agreementColumns(ctx, nil, a.Reporting)), funding.AgreementDeeds}
		}},
		"opportunities": {access.FundingRead, func(ctx context.Context) listTable {
			return listTable{a.Pipeline.OpportunityFields(ctx), funding.OpportunitySorts(ctx), viewColumns(a.opportunityColumns(ctx)), funding.OpportunityDeeds}
		}},
	}
}

// listTable gives what the reader may ask of a list. NotFound where there is none, Forbidden where they may not read it.
func (a *API) listTable(ctx context.Context, name string) (listTable, error) {
	row, ok := a.listTables()[name]
	if !ok {
		return listTable{}, fault.New(fault.NotFound, "There is no list called %q.", name)
	}
	if !access.From(ctx).May(row.read) {
		return listTable{}, fault.New(fault.Forbidden, "Your role does not read this list.")
	}
	return row.of(ctx), nil
}

// opens reports whether the reader of the table may filter and sort as a view does.
func (t listTable) opens(v *view.View) bool {
	_, unread := t.fields.Where(v.Where)
	_, unsorted := (ListInput{Sort: v.Sort, Q: v.Text}).query(t.sorts, "")
	return unread == nil && (v.Sort == "" || unsorted == nil)
}

// shows reports whether the reader may know of a view: their own, or one that they may open. It takes out the columns that
// are not theirs to read.
func (t listTable) shows(ctx context.Context, v *view.View) bool {
	v.Columns = slices.DeleteFunc(v.Columns, func(name string) bool { return !t.has(name) })
	return v.OwnerID == access.From(ctx).AccountID || t.opens(v)
}

func (t listTable) has(column string) bool {
	return slices.ContainsFunc(t.columns, func(c ColumnView) bool { return c.Name == column })
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

// checkView refuses what the list itself would refuse, so that a saved view always opens.
func (a *API) checkView(ctx context.Context, name string, b *viewBody) error {
	table, err := a.listTable(ctx, name)
	if err != nil {
		return err
	}
	if b.Where, err = table.fields.Tidy(b.Where); err != nil {
		return err
	}
	if _, err := (ListInput{Sort: b.Sort, Q: b.Text}).query(table.sorts, ""); b.Sort != "" && err != nil {
		return err
	}
	var c fault.Checks
	for _, column := range b.Columns {
		c.Require(table.has(column), "columns", "%q is not a column of this list.", column)
	}
	return c.Err()
}

type listViewsInput struct {
	List string `query:"list" required:"true" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
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

// listViews leaves out what others share and the reader may not ask, and columns that the reader may not see.
func (a *API) listViews(ctx context.Context, in *listViewsInput) (*listViewsOutput, error) {
	table, err := a.listTable(ctx, in.List)
	if err != nil {
		return nil, err
	}
	views, chosen, err := a.Views.Of(ctx, in.List)
	if err != nil {
		return nil, err
	}
	out := &listViewsOutput{}
	out.Body.Items, out.Body.Chosen = []ViewItem{}, chosen
	for _, v := range views {
		if !table.shows(ctx, v) {
			continue
		}
		out.Body.Items = append(out.Body.Items, ViewItem{*v, view.MayChange(ctx, v) == nil})
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
	v, err := a.Views.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	table, err := a.listTable(ctx, v.List)
	if err != nil {
		return nil, err
	}
	if !table.shows(ctx, v) {
		return nil, fault.New(fault.NotFound, "There is no such view.")
	}
	return savedView(v, nil)
}

type createViewInput struct {
	Body struct {
		List    string   `json:"list" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
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
	if err := a.checkView(ctx, in.Body.List, &b); err != nil {
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
	if err := a.checkView(ctx, old.List, &in.Body); err != nil {
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
		List   string `json:"list" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
		ViewID string `json:"viewId,omitempty" maxLength:"60" doc:"none: the list's own view"`
	}
}

func (a *API) chooseView(ctx context.Context, in *chooseViewInput) (*struct{}, error) {
	return nil, a.Views.Choose(ctx, in.Body.List, in.Body.ViewID)
}
