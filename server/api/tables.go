package api

import (
	"context"
	"math"

	"github.com/gin-gonic/gin"

	"piper/internal/sheet"
)

// table is a set of figures as a spreadsheet takes it.
type table struct {
	columns []string
	rows    [][]sheet.Cell
}

// The formats of a table.
const (
	asCSV  = "csv"
	asXLSX = "xlsx"
)

// exportTable answers with a table, CSV or XLSX: the same figures as the screen and the chart.
func (a *API) exportTable(name, format string, make func(ctx context.Context, c *gin.Context) (table, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		t, err := make(c.Request.Context(), c)
		if err != nil {
			writeProblem(c, err)
			return
		}
		var columns []column[[]sheet.Cell]
		for i, title := range t.columns {
			columns = append(columns, column[[]sheet.Cell]{name: title, title: title, width: 18, cell: func(row *[]sheet.Cell) sheet.Cell { return (*row)[i] }})
		}
		walk := func(fn func(*[]sheet.Cell) error) error {
			for i := range t.rows {
				if err := fn(&t.rows[i]); err != nil {
					return err
				}
			}
			return nil
		}
		if format == asXLSX {
			exportXLSX(c, name+".xlsx", name, columns, walk)
			return
		}
		exportCSV(c, name+".csv", columns, walk)
	}
}

// ratioCell is a ratio, or a number of months, with four decimals; nil is n/a.
func ratioCell(v *float64) sheet.Cell {
	if v == nil {
		return "n/a"
	}
	return sheet.Decimal{Units: int64(math.Round(*v * 1e4)), Places: 4}
}
