package api

import (
	"context"
	"encoding/json"
	"maps"

	"piper/internal/edit"
	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/store"
)

type previewEditInput struct {
	Body struct {
		List       string           `json:"list" enum:"stakeholders,opportunities,agreements,tasks"`
		IDs        []string         `json:"ids,omitempty" maxItems:"5000" doc:"the records; none means all that the filter and the words find"`
		Where      string           `json:"where,omitempty" maxLength:"16000" doc:"the filter, as the list takes it"`
		Text       string           `json:"text,omitempty" maxLength:"200" doc:"words to search for"`
		Trashed    bool             `json:"trashed,omitempty" doc:"those in the trash instead of the others"`
		Operations []list.Operation `json:"operations" minItems:"1" maxItems:"20"`
	}
}

type editOutput struct{ Body *edit.Edit }

func editResult(e *edit.Edit, err error) (*editOutput, error) {
	if err != nil {
		return nil, err
	}
	return &editOutput{e}, nil
}

func (a *API) previewEdit(ctx context.Context, in *previewEditInput) (*editOutput, error) {
	table, err := a.listTable(ctx, in.Body.List)
	if err != nil {
		return nil, err
	}
	if table.deeds == nil {
		return nil, fault.Field("list", "The list %q has no bulk edit.", in.Body.List)
	}
	where, err := table.fields.Where(in.Body.Where)
	if err != nil {
		return nil, err
	}
	sel := list.Selection{IDs: in.Body.IDs, Where: where, Text: in.Body.Text, Trashed: in.Body.Trashed}
	return editResult(a.Edits.Preview(ctx, in.Body.List, sel, in.Body.Operations))
}

func (a *API) getEdit(ctx context.Context, in *IDInput) (*editOutput, error) {
	return editResult(a.Edits.Get(ctx, in.ID))
}

func (a *API) applyEdit(ctx context.Context, in *IDInput) (*editOutput, error) {
	return editResult(a.Edits.Apply(ctx, in.ID))
}

func (a *API) undoEdit(ctx context.Context, in *IDInput) (*editOutput, error) {
	return editResult(a.Edits.Undo(ctx, in.ID))
}

type listEditsInput struct {
	List   string `query:"list" required:"true" enum:"stakeholders,opportunities,agreements,tasks"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor string `query:"cursor" maxLength:"2000"`
}

type listEditsOutput struct{ Body store.Page[edit.Edit] }

func (a *API) listEdits(ctx context.Context, in *listEditsInput) (*listEditsOutput, error) {
	page, err := a.Edits.Page(ctx, in.List, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listEditsOutput{page}, err
}

type listEditRowsInput struct {
	IDInput
	State  []edit.RowState `query:"state,explode" maxItems:"6" enum:"planned,failing,done,skipped,undone,kept" doc:"any of them"`
	Limit  int             `query:"limit" minimum:"1" maximum:"500"`
	Cursor string          `query:"cursor" maxLength:"2000"`
}

type listEditRowsOutput struct {
	Body struct {
		store.Page[edit.Step]
		Names map[string]string `json:"names" doc:"the names of the records that the reader may see, and of organisations and accounts in their changes, by id"`
	}
}

func (a *API) listEditRows(ctx context.Context, in *listEditRowsInput) (*listEditRowsOutput, error) {
	rows, err := a.Edits.Rows(ctx, in.ID, in.State, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	table, err := a.listTable(ctx, rows.List)
	if err != nil {
		return nil, err
	}
	out := &listEditRowsOutput{}
	out.Body.Page, out.Body.Names = rows.Page, rows.Names
	values, err := a.namesOfValues(ctx, table.deeds, rows.Items)
	maps.Copy(out.Body.Names, values)
	return out, err
}

// namesOfValues names what the changes of rows refer to: stakeholders and accounts.
func (a *API) namesOfValues(ctx context.Context, deeds []list.Deed, rows []*edit.Step) (map[string]string, error) {
	of := map[string]string{} // field → what its value names
	for _, deed := range deeds {
		if deed.Kind == list.Record {
			of[deed.Field] = deed.Of
		}
	}
	var stakeholders, accounts []string
	for _, row := range rows {
		for _, c := range row.Changes {
			for _, value := range []string{c.Old, c.New} {
				var id string
				switch {
				case of[c.Field] == "" || json.Unmarshal([]byte(value), &id) != nil || id == "":
				case of[c.Field] == list.OfAccount:
					accounts = append(accounts, id)
				default:
					stakeholders = append(stakeholders, id)
				}
			}
		}
	}
	names, err := a.Stakeholders.Names(ctx, stakeholders)
	if err != nil || len(accounts) == 0 {
		return names, err
	}
	staff, err := a.Accounts.Names(ctx)
	for _, id := range accounts {
		names[id] = staff[id]
	}
	return names, err
}
