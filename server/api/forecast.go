package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/report"
	"piper/internal/sheet"
	"piper/internal/store"
)

// LensInput is how a forecast is looked at.
type LensInput struct {
	FiguresView
	Weighting string `query:"weighting" enum:"discount,cutoff,none" doc:"of opportunities: amount times probability, whole from 75 % on, or not at all; discount unless told"`
}

func (a *API) lens(in LensInput) (finance.Lens, error) {
	return a.Reports.Lens(in.by(), finance.Weighting(in.Weighting))
}

// lensOf reads a lens out of an address, for answers beside huma.
func (a *API) lensOf(c *gin.Context) (finance.Lens, error) {
	in := LensInput{FiguresView{View: c.Query("view"), Basis: c.Query("basis")}, c.Query("weighting")}
	by := in.by()
	if by.View != finance.Direct && by.View != finance.Ultimate {
		return finance.Lens{}, fault.Field("view", "%q is neither direct nor ultimate.", by.View)
	}
	if by.Basis != finance.Cash && by.Basis != finance.Accrued {
		return finance.Lens{}, fault.Field("basis", "%q is neither cash nor accrued.", by.Basis)
	}
	switch finance.Weighting(in.Weighting) {
	case "", finance.Discount, finance.Cutoff, finance.SecuredOnly:
		return a.lens(in)
	}
	return finance.Lens{}, fault.Field("weighting", "%q is not one of discount, cutoff, none.", in.Weighting)
}

type forecastInput struct{ LensInput }

type forecastOutput struct{ Body *report.Forecast }

func (a *API) forecast(ctx context.Context, in *forecastInput) (*forecastOutput, error) {
	lens, err := a.lens(in.LensInput)
	if err != nil {
		return nil, err
	}
	f, err := a.Reports.Forecast(ctx, lens)
	return &forecastOutput{f}, err
}

type lossTestInput struct {
	LensInput
	Stop store.Date `query:"stop" maxLength:"10" doc:"the first day on which a donor pays nothing; today unless told"`
}

type lossTestOutput struct{ Body *report.LossTest }

func (a *API) lossTest(ctx context.Context, in *lossTestInput) (*lossTestOutput, error) {
	lens, err := a.lens(in.LensInput)
	if err != nil {
		return nil, err
	}
	if in.Stop != "" {
		if _, err := store.ParseDate(string(in.Stop)); err != nil {
			return nil, fault.Field("stop", "%q is not a date of the form 2026-03-29.", in.Stop)
		}
	}
	t, err := a.Reports.LossTest(ctx, lens, in.Stop)
	return &lossTestOutput{t}, err
}

func (a *API) exportLossTest(format string) gin.HandlerFunc {
	return a.exportTable("loss-test", format, func(ctx context.Context, c *gin.Context) (table, error) {
		lens, err := a.lensOf(c)
		if err != nil {
			return table{}, err
		}
		l, err := a.Reports.LossTest(ctx, lens, store.Date(c.Query("stop")))
		if err != nil {
			return table{}, err
		}
		t := table{columns: []string{"donor", "donor_id", "stops", "basis", "weighting", "as_of", "expected", "months_until_free_reserves_reach_zero", "currency"}}
		for _, d := range l.Donors {
			t.rows = append(t.rows, []sheet.Cell{d.Name, d.ID, sheet.Day(l.Stop), string(l.Basis), string(l.Weighting), sheet.Day(l.AsOf), cents(d.Cents), ratioCell(d.Months), l.Currency})
		}
		return t, nil
	})
}
