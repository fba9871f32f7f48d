package api

import (
	"context"
	"maps"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/list"
)

// ListDescription is what a screen needs to ask a list: everything that can be filtered, shown, sorted and
// changed in bulk, so that no rule of it stands in the browser.
type ListDescription struct {
	Fields   []FieldView  `json:"fields" nullable:"false"`
	Columns  []ColumnView `json:"columns" nullable:"false" doc:"in the order of the list's own exports"`
	Sorts    []string     `json:"sorts" nullable:"false"`
	Deeds    []list.Deed  `json:"deeds" nullable:"false" doc:"what a bulk edit can do; none: the list has no bulk edit"`
	MaxDepth int          `json:"maxDepth" doc:"groups within groups of one filter, the outermost counted"`
}

// FieldView is one field that the list may be filtered by.
type FieldView struct {
	Name      string    `json:"name"`
	Label     string    `json:"label"`
	Kind      list.Kind `json:"kind" enum:"choice,choices,text,word,words,record,day,moment,number,amount,yesNo"`
	Of        string    `json:"of,omitempty" doc:"what its values name: country, organisation, stakeholder, account"`
	Operators []OpView  `json:"operators" nullable:"false"`
	Values    []string  `json:"values,omitempty" doc:"of a choice: the closed set"`
}

// OpView is an operator and how many values stand behind it.
type OpView struct {
	Op    list.Op `json:"op" enum:"is,isNot,any,contains,before,after,from,until,atLeast,atMost,has,hasNot,empty,notEmpty"`
	Takes string  `json:"takes" enum:"none,one,many"`
}

// ColumnView is one column that the list can show and export.
type ColumnView struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

type describeListInput struct {
	List string `path:"list" enum:"stakeholders,tasks,calls,income,agreements,opportunities"`
}

type describeListOutput struct{ Body ListDescription }

func (a *API) describeList(ctx context.Context, in *describeListInput) (*describeListOutput, error) {
	table, err := a.listTable(ctx, in.List)
	if err != nil {
		return nil, err
	}
	d := ListDescription{Fields: []FieldView{}, Columns: table.columns, Sorts: slices.Sorted(maps.Keys(table.sorts)), Deeds: table.deeds, MaxDepth: list.MaxDepth}
	if d.Deeds == nil {
		d.Deeds = []list.Deed{}
	}
	for _, f := range table.fields {
		view := FieldView{Name: f.Name, Label: f.Label, Kind: f.Kind, Of: f.Of, Values: f.Values}
		for _, op := range f.Operators() {
			view.Operators = append(view.Operators, OpView{op, op.Takes()})
		}
		d.Fields = append(d.Fields, view)
	}
	return &describeListOutput{d}, nil
}

type namesInput struct {
	IDs string `query:"ids" required:"true" maxLength:"16000" doc:"ids, parted by commas; at most 500"`
}

type namesOutput struct {
	Body struct {
		Names map[string]string `json:"names" doc:"the name of each id that exists"`
	}
}

// maxNames is how many names one question may ask for.
const maxNames = 500

// stakeholderNames names the stakeholders that other records mention.
func (a *API) stakeholderNames(ctx context.Context, in *namesInput) (*namesOutput, error) {
	ids := strings.Split(in.IDs, ",")
	if len(ids) > maxNames {
		return nil, fault.Field("ids", "There are more than %d ids.", maxNames)
	}
	out := &namesOutput{}
	var err error
	out.Body.Names, err = a.Stakeholders.Names(ctx, ids)
	return out, err
}
