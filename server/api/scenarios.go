package api

import (
	"context"

	"piper/internal/finance"
	"piper/internal/report"
)

func revOfScenario(s *finance.Scenario) int64 { return s.Rev }

func (a *API) listScenarios(ctx context.Context, in *PageInput) (*pageOf[finance.Scenario], error) {
	return paged(a.Finance.Scenarios(ctx, in.query()))
}

func (a *API) getScenario(ctx context.Context, in *IDInput) (*recordOf[finance.Scenario], error) {
	s, err := a.Finance.Scenario(ctx, in.ID)
	return saved(s, revOfScenario, err)
}

// ScenarioBody is what a person may write.
type ScenarioBody struct {
	Name        string                `json:"name" minLength:"1" maxLength:"300"`
	Description string                `json:"description,omitempty" maxLength:"4000"`
	Changes     []finance.Supposition `json:"changes" nullable:"false" maxItems:"50"`
}

func (b ScenarioBody) onto(s *finance.Scenario) {
	s.Name, s.Description, s.Changes = b.Name, b.Description, b.Changes
}

type createScenarioInput struct{ Body ScenarioBody }

func (a *API) createScenario(ctx context.Context, in *createScenarioInput) (*recordOf[finance.Scenario], error) {
	s := &finance.Scenario{}
	in.Body.onto(s)
	err := a.Finance.AddScenario(ctx, s)
	return saved(s, revOfScenario, err)
}

type updateScenarioInput struct {
	ChangeInput
	Body ScenarioBody
}

func (a *API) updateScenario(ctx context.Context, in *updateScenarioInput) (*recordOf[finance.Scenario], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	s, err := a.Finance.UpdateScenario(ctx, in.ID, rev, in.Body.onto)
	return saved(s, revOfScenario, err)
}

func (a *API) deleteScenario(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteScenario)
}

type compareInput struct {
	LensInput
	Scenario []string `query:"scenario,explode" maxItems:"3" doc:"ids of the scenarios that stand beside the base"`
}

type compareOutput struct {
	Body struct {
		Forecasts []*report.Forecast `json:"forecasts" nullable:"false" doc:"the base first"`
	}
}

func (a *API) compareScenarios(ctx context.Context, in *compareInput) (*compareOutput, error) {
	lens, err := a.lens(in.LensInput)
	if err != nil {
		return nil, err
	}
	var scenarios []*finance.Scenario
	for _, id := range in.Scenario {
		s, err := a.Finance.Scenario(ctx, id)
		if err != nil {
			return nil, err
		}
		scenarios = append(scenarios, s)
	}
	out := &compareOutput{}
	out.Body.Forecasts, err = a.Reports.Compare(ctx, lens, scenarios)
	return out, err
}

type linesOutput struct {
	Body struct {
		Instalments   []report.Choice `json:"instalments" nullable:"false" doc:"still to be paid, the earliest first"`
		Opportunities []report.Choice `json:"opportunities" nullable:"false"`
		Donors        []report.Choice `json:"donors" nullable:"false" doc:"of whom something is expected, by name"`
	}
}

// scenarioLines says what a scenario can change.
func (a *API) scenarioLines(ctx context.Context, in *forecastInput) (*linesOutput, error) {
	lens, err := a.lens(in.LensInput)
	if err != nil {
		return nil, err
	}
	out := &linesOutput{}
	out.Body.Instalments, out.Body.Opportunities, out.Body.Donors, err = a.Reports.Choices(ctx, lens)
	return out, err
}
