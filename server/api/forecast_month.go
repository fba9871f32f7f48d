package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/money"
	"piper/internal/report"
	"piper/internal/sheet"
)

type forecastMonthInput struct {
	Month string `path:"month" maxLength:"7" doc:"YYYY-MM"`
	LensInput
}

type forecastMonthOutput struct{ Body *report.ForecastMonth }

func (a *API) forecastMonth(ctx context.Context, in *forecastMonthInput) (*forecastMonthOutput, error) {
	lens, err := a.lens(in.LensInput)
	if err != nil {
		return nil, err
	}
	m, err := a.Reports.ForecastMonth(ctx, lens, in.Month)
	return &forecastMonthOutput{m}, err
}

// exportForecastMonth gives the lines behind the figures of a month, each figure's together.
func (a *API) exportForecastMonth(format string) gin.HandlerFunc {
	return a.exportTable("forecast-month", format, func(ctx context.Context, c *gin.Context) (table, error) {
		lens, err := a.lensOf(c)
		if err != nil {
			return table{}, err
		}
		m, err := a.Reports.ForecastMonth(ctx, lens, c.Param("month"))
		if err != nil {
			return table{}, err
		}
		t := table{columns: []string{"month", "figure", "kind", "title", "payer", "due", "from", "to", "amount", "currency", "probability", "counts", "counts_currency", "basis", "weighting", "as_of"}}
		add := func(figure string, part report.ForecastPart) {
			for _, l := range part.Lines {
				var amount, currency, probability sheet.Cell = "", "", ""
				if l.Amount != nil {
					amount, currency = sheet.Decimal{Units: l.Amount.Minor, Places: money.Exponent(l.Amount.Currency)}, l.Amount.Currency
				}
				if l.Probability != nil {
					probability = strconv.Itoa(*l.Probability)
				}
				t.rows = append(t.rows, []sheet.Cell{m.Month, figure, l.Kind, l.Title, l.PayerName, sheet.Day(l.Due), sheet.Day(l.From), sheet.Day(l.To),
					amount, currency, probability, cents(l.Cents), m.Currency, string(m.Basis), string(m.Weighting), sheet.Day(m.AsOf)})
			}
		}
		add("secured", m.Secured)
		add("pipeline", m.Weighted)
		if m.CoreCost != nil {
			add("core_cost", *m.CoreCost)
		}
		add("all_work", m.Cost)
		return t, nil
	})
}
