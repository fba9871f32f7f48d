package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/chart"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/report"
	"piper/internal/sheet"
	"piper/internal/store"
)

// picturePolicy lets a chart that is opened by itself style its own shapes and do nothing else.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'"

// chartRoutes are the files of every chart: as pictures, and its figures for spreadsheets.
func (a *API) chartRoutes() []route {
	var list []route
	for _, kind := range report.Charts {
		for _, format := range []chart.Format{chart.SVG, chart.PNG} {
			list = append(list, raw(access.FinanceRead, http.MethodGet, "/charts/"+kind.Name+"."+string(format), kind.Name+format.Suffix(),
				kind.Title+", as "+format.Suffix(), a.picture(kind, format)))
		}
		list = append(list, raw(access.FinanceRead, http.MethodGet, "/charts/"+kind.Name+".csv", kind.Name+"CSV", kind.Title+", its figures as CSV", a.chartTable(kind, asCSV)),
			raw(access.FinanceRead, http.MethodGet, "/charts/"+kind.Name+".xlsx", kind.Name+"XLSX", kind.Title+", its figures as XLSX", a.chartTable(kind, asXLSX)))
	}
	return list
}

// question reads out of an address what a chart is asked.
func (a *API) question(c *gin.Context) (report.Question, error) {
	from, err := queryYear(c, "from", 0)
	if err != nil {
		return report.Question{}, err
	}
	to, err := queryYear(c, "to", 0)
	if err != nil {
		return report.Question{}, err
	}
	return a.checkedQuestion(ChartInput{Basis: c.Query("basis"), View: c.Query("view"), Weighting: c.Query("weighting"), From: from, To: to})
}

// ChartInput is what a chart is asked; what is empty has defaults.
type ChartInput struct {
	Basis     string `json:"basis,omitempty" enum:"cash,accrued,signed"`
	View      string `json:"view,omitempty" enum:"direct,ultimate"`
	Weighting string `json:"weighting,omitempty" enum:"discount,cutoff,none" doc:"of opportunities, in a forecast"`
	From      int    `json:"from,omitempty" doc:"first fiscal year; empty: the last five, moving with the years"`
	To        int    `json:"to,omitempty" doc:"last fiscal year"`
}

func (a *API) checkedQuestion(in ChartInput) (report.Question, error) {
	by := FiguresView{View: in.View, Basis: in.Basis}.by()
	q := report.Question{By: by, Weighting: finance.Weighting(in.Weighting)}
	q.From, q.To = a.span(in.From, in.To)
	var c fault.Checks
	c.Require(by.View == finance.Direct || by.View == finance.Ultimate, "view", "%q is neither direct nor ultimate.", by.View)
	c.Require(slices.Contains(finance.Bases, by.Basis), "basis", "%q is not one of cash, accrued, signed.", by.Basis)
	c.Require(slices.Contains([]finance.Weighting{"", finance.Discount, finance.Cutoff, finance.SecuredOnly}, q.Weighting), "weighting", "%q is not one of discount, cutoff, none.", q.Weighting)
	return q, c.Err()
}

// picture answers with a drawing.
func (a *API) picture(kind report.ChartKind, format chart.Format) gin.HandlerFunc {
	return func(c *gin.Context) {
		q, err := a.question(c)
		var b bytes.Buffer
		if err == nil {
			err = a.drawChart(c.Request.Context(), &b, kind, q, format)
		}
		if err != nil {
			writeProblem(c, err)
			return
		}
		c.Header("Content-Security-Policy", picturePolicy)
		c.Header("Content-Disposition", fmt.Sprintf(`inline; filename="%s-%d-%d.%s"`, kind.Name, q.From, q.To, format))
		c.Data(http.StatusOK, format.ContentType(), b.Bytes())
	}
}

func (a *API) drawChart(ctx context.Context, b *bytes.Buffer, kind report.ChartKind, q report.Question, format chart.Format) error {
	answer, err := kind.Answer(a.Reports, ctx, q)
	if err != nil {
		return err
	}
	return chart.WriteStack(b, answer.Chart, format)
}

// chartTable answers with the figures of a chart.
func (a *API) chartTable(kind report.ChartKind, format string) gin.HandlerFunc {
	return a.exportTable(kind.Name, format, func(ctx context.Context, c *gin.Context) (table, error) {
		q, err := a.question(c)
		if err != nil {
			return table{}, err
		}
		answer, err := kind.Answer(a.Reports, ctx, q)
		t := table{columns: answer.Columns}
		for _, row := range answer.Rows {
			cells := make([]sheet.Cell, len(row))
			for i, v := range row {
				cells[i] = chartCell(v)
			}
			t.rows = append(t.rows, cells)
		}
		return t, err
	})
}

func chartCell(v any) sheet.Cell {
	switch v := v.(type) {
	case report.Cents:
		return cents(int64(v))
	case *float64:
		return ratioCell(v)
	case store.Date:
		return sheet.Day(v)
	}
	return v
}
