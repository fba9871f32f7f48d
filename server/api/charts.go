package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"piper/internal/chart"
	"piper/internal/report"
)

// picturePolicy lets a chart that is opened by itself style its own shapes and do nothing else.
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'"

// drawn is a figure that can be drawn.
type drawn func(ctx context.Context, from, to int, by report.By) (chart.Stack, error)

// chartDiversification draws the shares of donors over the years.
func (a *API) chartDiversification(format chart.Format) gin.HandlerFunc {
	return a.picture("diversification", format, func(ctx context.Context, from, to int, by report.By) (chart.Stack, error) {
		d, err := a.Reports.Diversification(ctx, from, to, by)
		if err != nil {
			return chart.Stack{}, err
		}
		return d.Chart(), nil
	})
}

// chartEarmarking draws the levels of earmarking over the years.
func (a *API) chartEarmarking(format chart.Format) gin.HandlerFunc {
	return a.picture("earmarking", format, func(ctx context.Context, from, to int, by report.By) (chart.Stack, error) {
		e, err := a.Reports.Earmarking(ctx, from, to, by)
		if err != nil {
			return chart.Stack{}, err
		}
		return e.Chart(), nil
	})
}

// picture answers with a drawing of the years and the view that the address asks for.
func (a *API) picture(name string, format chart.Format, draw drawn) gin.HandlerFunc {
	return func(c *gin.Context) {
		from, errFrom := queryYear(c, "from", 0)
		to, errTo := queryYear(c, "to", 0)
		by := FiguresView{View: c.Query("view"), Basis: c.Query("basis")}.by()
		var err error
		switch {
		case errFrom != nil:
			err = errFrom
		case errTo != nil:
			err = errTo
		}
		var b bytes.Buffer
		if err == nil {
			from, to = a.span(from, to)
			var s chart.Stack
			if s, err = draw(c.Request.Context(), from, to, by); err == nil {
				err = chart.WriteStack(&b, s, format)
			}
		}
		if err != nil {
			writeProblem(c, err)
			return
		}
		c.Header("Content-Security-Policy", picturePolicy)
		c.Header("Content-Disposition", fmt.Sprintf(`inline; filename="%s-%d-%d.%s"`, name, from, to, format))
		c.Data(http.StatusOK, format.ContentType(), b.Bytes())
	}
}
