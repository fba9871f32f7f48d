package api

import (
	"cmp"
	"context"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/sheet"
	"piper/internal/store"
)

type moveOpportunityInput struct {
	ChangeInput
	Body struct {
		Stage funding.Stage `json:"stage" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn"`
		On    store.Date    `json:"on,omitempty" maxLength:"10" doc:"the day it happened; today where empty"`
		Note  string        `json:"note,omitempty" maxLength:"1000" doc:"needed to open again what was closed"`
		Lost  *funding.Lost `json:"lost,omitempty" doc:"why nothing came of it: needed by declined and withdrawn"`
	}
}

func (a *API) moveOpportunity(ctx context.Context, in *moveOpportunityInput) (*opportunityOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	o, err := a.Pipeline.Move(ctx, in.ID, rev, funding.Transition{To: in.Body.Stage, On: in.Body.On, Note: in.Body.Note, Lost: in.Body.Lost})
	return a.opportunityOf(ctx, o, err)
}

type setEffortInput struct {
	ChangeInput
	Body struct {
		Effort []funding.Effort `json:"effort" maxItems:"2000" doc:"all of it, in the place of what was there"`
	}
}

func (a *API) setEffort(ctx context.Context, in *setEffortInput) (*opportunityOutput, error) {
	return a.changeOpportunity(ctx, in.ChangeInput, func(o *funding.Opportunity) { o.Effort = in.Body.Effort })
}

type setGoNoGoInput struct {
	ChangeInput
	Body funding.GoNoGo
}

func (a *API) setGoNoGo(ctx context.Context, in *setGoNoGoInput) (*opportunityOutput, error) {
	decision := in.Body
	return a.changeOpportunity(ctx, in.ChangeInput, func(o *funding.Opportunity) { o.GoNoGo = &decision })
}

type boardInput struct {
	Q string `query:"q" maxLength:"200" doc:"words to search for"`
	OpportunityFilter
}

// BoardColumn is a stage with its sums and its cards.
type BoardColumn struct {
	funding.StageRule
	funding.Sums
	Cards []*OpportunityItem `json:"cards" nullable:"false" doc:"at most 100: open ones in order of their deadline, closed ones the last first"`
}

type boardOutput struct {
	Body struct {
		Columns []BoardColumn `json:"columns" nullable:"false"`
		Total   funding.Sums  `json:"total" doc:"of all open columns"`
	}
}

func (a *API) pipelineBoard(ctx context.Context, in *boardInput) (*boardOutput, error) {
	s, err := a.opportunitySearch(ctx, in.OpportunityFilter)
	if err != nil {
		return nil, err
	}
	board, err := a.Pipeline.Board(ctx, s, in.Q)
	if err != nil {
		return nil, err
	}
	out := &boardOutput{}
	out.Body.Total, out.Body.Columns = board.Total, make([]BoardColumn, len(board.Columns))
	for i, c := range board.Columns {
		items, err := a.opportunityItems(ctx, c.Cards)
		if err != nil {
			return nil, err
		}
		out.Body.Columns[i] = BoardColumn{c.StageRule, c.Sums, items}
	}
	return out, nil
}

type stagesOutput struct {
	Body struct {
		Stages      []funding.StageRule `json:"stages" nullable:"false"`
		LostReasons []string            `json:"lostReasons" nullable:"false"`
	}
}

func (a *API) pipelineStages(context.Context, *struct{}) (*stagesOutput, error) {
	out := &stagesOutput{}
	out.Body.Stages, out.Body.LostReasons = funding.StageRules(), funding.LostReasons
	return out, nil
}

type returnsInput struct {
	From store.Date `query:"from" maxLength:"10" doc:"decided on this day or later"`
	To   store.Date `query:"to" maxLength:"10" doc:"decided on this day or before"`
}

type returnsOutput struct {
	Body struct {
		Items []*funding.Return `json:"items" nullable:"false"`
	}
}

func (a *API) pipelineReturns(ctx context.Context, in *returnsInput) (*returnsOutput, error) {
	if err := cmp.Or(checkDay("from", in.From), checkDay("to", in.To)); err != nil {
		return nil, err
	}
	items, err := a.Pipeline.Returns(ctx, funding.Period{From: in.From, To: in.To})
	out := &returnsOutput{}
	out.Body.Items = items
	return out, err
}

type stageTemplatesOutput struct {
	ETag string `header:"ETag"`
	Body *funding.StageTemplates
}

func (a *API) getStageTemplates(ctx context.Context, _ *struct{}) (*stageTemplatesOutput, error) {
	t, err := a.Pipeline.StageTemplates(ctx)
	if err != nil {
		return nil, err
	}
	return &stageTemplatesOutput{etag(t.Rev), t}, nil
}

type setStageTemplatesInput struct {
	IfMatch string `header:"If-Match" doc:"the ETag of what was there"`
	Body    struct {
		Templates []funding.StageTemplate `json:"templates" maxItems:"8"`
	}
}

func (a *API) setStageTemplates(ctx context.Context, in *setStageTemplatesInput) (*stageTemplatesOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	for _, one := range in.Body.Templates {
		if _, err := a.Engagement.Template(ctx, one.TemplateID); err != nil {
			return nil, err
		}
	}
	t, err := a.Pipeline.SetStageTemplates(ctx, rev, in.Body.Templates)
	if err != nil {
		return nil, err
	}
	return &stageTemplatesOutput{etag(t.Rev), t}, nil
}

// opportunityColumns are what the list can show and export. Those of amounts are there for who may read them.
func (a *API) opportunityColumns(ctx context.Context) []column[OpportunityItem] {
	type one = OpportunityItem
	all := []column[one]{
		{"title", "Opportunity", 44, func(o *one) sheet.Cell { return o.Title }},
		{"donor", "Donor", 32, func(o *one) sheet.Cell { return o.Donor }},
		{"programme", "Programme", 24, func(o *one) sheet.Cell { return o.Programme }},
		{"stage", "Stage", 14, func(o *one) sheet.Cell { rule, _ := o.Stage.Rule(); return rule.Name }},
		{"since", "Since", 12, func(o *one) sheet.Cell { return sheet.Day(o.Since) }},
		{"owner", "Owner", 22, func(o *one) sheet.Cell { return o.Owner }},
		{"probability", "Probability, %", 12, func(o *one) sheet.Cell { return int64(o.Probability) }},
		{"deadline", "Deadline", 12, func(o *one) sheet.Cell { return sheet.Day(o.Deadline) }},
		{"decision", "Decision", 12, func(o *one) sheet.Cell { return sheet.Day(o.Decision) }},
		{"from", "From", 12, func(o *one) sheet.Cell { return sheet.Day(o.From) }},
		{"to", "To", 12, func(o *one) sheet.Cell { return sheet.Day(o.To) }},
		{"earmarking", "Earmarking", 14, func(o *one) sheet.Cell { return o.Earmarking }},
		{"effort", "Effort, days", 12, func(o *one) sheet.Cell { return sheet.Decimal{Units: int64(o.AllQuarters) * 25, Places: 2} }},
		{"lost", "Lost because of", 18, func(o *one) sheet.Cell { return orEmpty(o.Lost).Reason }},
		{"updatedAt", "Changed", 17, func(o *one) sheet.Cell { return o.UpdatedAt.Time() }},
		{"id", "Id", 28, func(o *one) sheet.Cell { return o.ID }},
	}
	if !access.From(ctx).May(access.AmountsRead) {
		return all
	}
	return append(all,
		column[one]{"ask", "Ask", 16, func(o *one) sheet.Cell { return amountCell(o.Ask) }},
		column[one]{"currency", "Currency", 9, func(o *one) sheet.Cell { return orEmpty(o.Ask).Currency }},
		column[one]{"worth", "In " + a.Reporting.Code(), 16, func(o *one) sheet.Cell { return amountCell(o.Worth) }},
		column[one]{"rateDate", "Rate of", 12, func(o *one) sheet.Cell { return sheet.Day(o.RateDate) }})
}

func amountCell(m *money.Money) sheet.Cell {
	if m == nil {
		return ""
	}
	return sheet.Decimal{Units: m.Minor, Places: money.Exponent(m.Currency)}
}

// opportunityExport reads which opportunities an address asks for, and what of them.
func (a *API) opportunityExport(c *gin.Context) (export[OpportunityItem], error) {
	ctx := c.Request.Context()
	e := export[OpportunityItem]{name: "opportunities", title: "Opportunities", columns: a.opportunityColumns(ctx), amounts: []string{"ask"}}
	s, err := a.opportunitySearch(ctx, OpportunityFilter{Stage: c.QueryArray("stage"), Open: c.Query("open") == "true", Owner: c.Query("ownerId"), Donor: c.Query("donorId"),
		Programme: c.Query("programme"), Call: c.Query("callId"), DecisionFrom: store.Date(c.Query("decisionFrom")),
		DecisionTo: store.Date(c.Query("decisionTo")), Trashed: c.Query("trashed") == "true", Where: c.Query("where")})
	if err != nil {
		return e, err
	}
	q, err := ListInput{Sort: c.Query("sort"), Q: c.Query("q")}.query(funding.OpportunitySorts(ctx), "deadline")
	e.walk = func(fn func(*OpportunityItem) error) error {
		return a.Pipeline.Walk(ctx, s, q, func(page []*funding.Opportunity) error {
			items, err := a.opportunityItems(ctx, page)
			if err != nil {
				return err
			}
			for _, item := range items {
				if err := fn(item); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return e, err
}
