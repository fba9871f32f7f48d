package api

import (
	"context"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/report"
)

// FiguresView is the view and the basis of a figure; the ultimate view leads. Exported for huma, as
// IncomeFilter is.
type FiguresView struct {
	View  string `query:"view" enum:"direct,ultimate" doc:"by who paid, or by whose money it is; ultimate unless told"`
	Basis string `query:"basis" enum:"cash,accrued,signed" doc:"received, spread over terms by day, or at signature; cash unless told"`
}

func (v FiguresView) by() report.By {
	by := report.By{View: finance.View(v.View), Basis: finance.Basis(v.Basis)}
	if by.View == "" {
		by.View = finance.Ultimate
	}
	if by.Basis == "" {
		by.Basis = finance.Cash
	}
	return by
}

type dependenceInput struct {
	FiguresView
	Year int `query:"year" doc:"fiscal year; the current one unless told"`
}

type dependenceOutput struct{ Body *report.Dependence }

func (a *API) dependence(ctx context.Context, in *dependenceInput) (*dependenceOutput, error) {
	year := in.Year
	if year == 0 {
		year = a.Reports.ThisYear()
	}
	if year < 1950 || year > 2100 {
		return nil, fault.Field("year", "%d is not a year between 1950 and 2100.", year)
	}
	d, err := a.Reports.Dependence(ctx, year, in.by())
	return &dependenceOutput{d}, err
}

// shownYears is how many years are shown unless told.
const shownYears = 5

// span gives the years asked for: the last five up to this one where nothing was said.
func (a *API) span(from, to int) (first, last int) {
	if to == 0 {
		to = max(from, a.Reports.ThisYear())
	}
	if from == 0 {
		from = to - shownYears + 1
	}
	return from, to
}

type spanInput struct {
	FiguresView
	From int `query:"from" doc:"first fiscal year; four years before the last unless told"`
	To   int `query:"to" doc:"last fiscal year; the current one unless told"`
}

type diversificationOutput struct{ Body *report.Diversification }

func (a *API) diversification(ctx context.Context, in *spanInput) (*diversificationOutput, error) {
	from, to := a.span(in.From, in.To)
	d, err := a.Reports.Diversification(ctx, from, to, in.by())
	return &diversificationOutput{d}, err
}

type earmarkingOutput struct{ Body *report.Earmarking }

func (a *API) earmarking(ctx context.Context, in *spanInput) (*earmarkingOutput, error) {
	from, to := a.span(in.From, in.To)
	e, err := a.Reports.Earmarking(ctx, from, to, in.by())
	return &earmarkingOutput{e}, err
}

type giverInput struct {
	IDInput
	View string `query:"view" enum:"direct,ultimate" doc:"by who paid, or by whose money it is; ultimate unless told"`
	From int    `query:"from" doc:"first fiscal year; four years before the last unless told"`
	To   int    `query:"to" doc:"last fiscal year; the current one unless told"`
}

type giverOutput struct{ Body *report.Giver }

func (a *API) stakeholderIncome(ctx context.Context, in *giverInput) (*giverOutput, error) {
	if _, err := a.Stakeholders.Get(ctx, in.ID); err != nil {
		return nil, err
	}
	from, to := a.span(in.From, in.To)
	g, err := a.Reports.Giver(ctx, in.ID, from, to, FiguresView{View: in.View}.by().View)
	return &giverOutput{g}, err
}
