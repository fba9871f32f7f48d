package api

import (
	"context"

	"piper/internal/finance"
	"piper/internal/report"
)

type dashboardInput struct {
	FiguresView
	Year int `query:"year" doc:"fiscal year; the current one unless told"`
}

type dashboardOutput struct{ Body *report.Dashboard }

func (a *API) dashboard(ctx context.Context, in *dashboardInput) (*dashboardOutput, error) {
	year := in.Year
	if year == 0 {
		year = a.Reports.ThisYear()
	}
	d, err := a.Reports.Dashboard(ctx, year, in.by())
	return &dashboardOutput{d}, err
}

func revOfTarget(t *finance.Target) int64 { return t.Rev }
func revOfLimits(l *finance.Limits) int64 { return l.Rev }

func (a *API) listTargets(ctx context.Context, in *PageInput) (*pageOf[finance.Target], error) {
	return paged(a.Finance.Targets(ctx, in.query()))
}

func (a *API) getTarget(ctx context.Context, in *IDInput) (*recordOf[finance.Target], error) {
	t, err := a.Finance.Target(ctx, in.ID)
	return saved(t, revOfTarget, err)
}

// TargetBody is what a person may write.
type TargetBody struct {
	Metric     finance.Metric     `json:"metric" enum:"hhi,top1,top3,euShare,unearmarked,flexible,unrestricted,coreCoverage,reserveMonths"`
	View       finance.View       `json:"view,omitempty" enum:"direct,ultimate" doc:"ultimate where empty"`
	Basis      finance.Basis      `json:"basis,omitempty" enum:"cash,accrued,signed" doc:"cash where empty"`
	Comparison finance.Comparison `json:"comparison" enum:"below,above"`
	Value      float64            `json:"value" minimum:"0" maximum:"1000" doc:"a ratio, 1 is 100 %, or months"`
	Year       int                `json:"year" doc:"the fiscal year by whose end it shall be reached"`
	StartYear  int                `json:"startYear,omitempty" doc:"the fiscal year from which progress counts; the one before this where empty"`
	Note       string             `json:"note,omitempty" maxLength:"4000"`
}

// onto sets a target. What the metric was at the start is read now, and then stays as it was: later corrections of
// the books do not move where progress is counted from.
func (a *API) onto(ctx context.Context, b TargetBody) (func(*finance.Target), error) {
	t := finance.Target{Metric: b.Metric, View: b.View, Basis: b.Basis, Comparison: b.Comparison, Value: b.Value, Year: b.Year, StartYear: b.StartYear, Note: b.Note}
	if t.StartYear == 0 {
		t.StartYear = a.Reports.ThisYear() - 1
	}
	by := FiguresView{View: string(b.View), Basis: string(b.Basis)}.by()
	start, err := a.Reports.Metric(ctx, t.Metric, t.StartYear, by)
	if err != nil {
		return nil, err
	}
	return func(old *finance.Target) {
		if old.StartValue == nil || old.Metric != t.Metric || old.StartYear != t.StartYear || old.View != by.View || old.Basis != by.Basis {
			t.StartValue = start
		} else {
			t.StartValue = old.StartValue
		}
		t.Meta = old.Meta
		*old = t
	}, nil
}

type createTargetInput struct{ Body TargetBody }

func (a *API) createTarget(ctx context.Context, in *createTargetInput) (*recordOf[finance.Target], error) {
	set, err := a.onto(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	t := &finance.Target{}
	set(t)
	err = a.Finance.AddTarget(ctx, t)
	return saved(t, revOfTarget, err)
}

type updateTargetInput struct {
	ChangeInput
	Body TargetBody
}

func (a *API) updateTarget(ctx context.Context, in *updateTargetInput) (*recordOf[finance.Target], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	set, err := a.onto(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	t, err := a.Finance.UpdateTarget(ctx, in.ID, rev, set)
	return saved(t, revOfTarget, err)
}

func (a *API) deleteTarget(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteTarget)
}

func (a *API) getLimits(ctx context.Context, _ *struct{}) (*recordOf[finance.Limits], error) {
	l, err := a.Finance.Limits(ctx)
	return saved(l, revOfLimits, err)
}

// LimitsBody is what a person may write.
type LimitsBody struct {
	HHI           finance.Limit `json:"hhi"`
	Top1          finance.Limit `json:"top1"`
	Top3          finance.Limit `json:"top3"`
	ReserveMonths finance.Limit `json:"reserveMonths"`
}

type setLimitsInput struct {
	IfMatch string `header:"If-Match" doc:"the ETag of what is changed; \"0\" while they are the ones that Piper brings"`
	Body    LimitsBody
}

func (a *API) setLimits(ctx context.Context, in *setLimitsInput) (*recordOf[finance.Limits], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	l, err := a.Finance.SetLimits(ctx, rev, func(l *finance.Limits) {
		l.HHI, l.Top1, l.Top3, l.ReserveMonths = in.Body.HHI, in.Body.Top1, in.Body.Top3, in.Body.ReserveMonths
	})
	return saved(l, revOfLimits, err)
}
