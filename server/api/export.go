package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/sheet"
)

// column is one column that a list can show and export.
type column[T any] struct {
	name  string // as callers write it
	title string // what stands above it
	width float64
	cell  func(*T) sheet.Cell
}

// columnsOf gives the columns of a comma-separated list of names, all of them where there is none.
func columnsOf[T any](all []column[T], names string) ([]column[T], error) {
	if names == "" {
		return all, nil
	}
	var chosen []column[T]
	for name := range strings.SplitSeq(names, ",") {
		found := false
		for _, c := range all {
			if c.name == name {
				chosen, found = append(chosen, c), true
			}
		}
		if !found {
			return nil, fault.Field("columns", "%q is not a column of this list; there are %s.", name, nameColumns(all))
		}
	}
	if len(chosen) > len(all) {
		return nil, fault.Field("columns", "A column is named twice.")
	}
	return chosen, nil
}

// export is a list on its way out: everything that it can show, and its rows in the order of the list.
type export[T any] struct {
	name    string // of the file
	title   string // of the sheet
	columns []column[T]
	amounts []string // columns that say nothing without the column "currency", which then stands behind them
	walk    func(func(*T) error) error

	// Of the CSV of a caller that names no columns, as programs are: names that stay, and every field. None: all columns.
	names []string
	cells func(*T) []string
}

// exportAs answers with a list as CSV or XLSX: the columns that the address names, which is what a screen shows.
func exportAs[T any](format string, read func(c *gin.Context) (export[T], error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		e, err := read(c)
		shown := c.Query("columns")
		if err == nil {
			e.columns, err = columnsOf(e.columns, withCurrency(shown, e.amounts))
		}
		switch {
		case err != nil:
			writeProblem(c, err)
		case format == asXLSX:
			exportXLSX(c, e.name+".xlsx", e.title, e.columns, e.walk)
		case shown == "" && e.cells != nil:
			out := startCSV(c, e.name+".csv", e.names...)
			out.finish(e.walk(func(one *T) error { return out.row(e.cells(one)...) }))
		default:
			exportCSV(c, e.name+".csv", e.columns, e.walk)
		}
	}
}

// withCurrency names the column of the currency behind the first amount, where there is one and the currency is missing.
func withCurrency(names string, amounts []string) string {
	list := strings.Split(names, ",")
	if slices.Contains(list, "currency") {
		return names
	}
	for i, name := range list {
		if slices.Contains(amounts, name) {
			return strings.Join(slices.Insert(list, i+1, "currency"), ",")
		}
	}
	return names
}

// each calls fn for the records of a page until one fails.
func each[T any](page []T, fn func(*T) error) error {
	for i := range page {
		if err := fn(&page[i]); err != nil {
			return err
		}
	}
	return nil
}

func nameColumns[T any](all []column[T]) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// exportCSV streams a list as CSV: the columns and the order of what is shown.
func exportCSV[T any](c *gin.Context, file string, columns []column[T], walk func(func(*T) error) error) {
	titles := make([]string, len(columns))
	for i, col := range columns {
		titles[i] = col.title
	}
	out := startCSV(c, file, titles...)
	out.finish(walk(func(one *T) error {
		cells := make([]string, len(columns))
		for i, col := range columns {
			cells[i] = plain(col.cell(one))
		}
		return out.row(cells...)
	}))
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportXLSX is exportCSV as a spreadsheet. The file is packed when all rows are written, so an error on the
// way is still a problem answer.
func exportXLSX[T any](c *gin.Context, file, name string, columns []column[T], walk func(func(*T) error) error) {
	head := make([]sheet.Column, len(columns))
	for i, col := range columns {
		head[i] = sheet.Column{Title: col.title, Width: col.width}
	}
	out, err := sheet.NewWriter(name, head)
	if err != nil {
		writeProblem(c, err)
		return
	}
	defer func() { _ = out.Close() }()
	err = walk(func(one *T) error {
		cells := make([]sheet.Cell, len(columns))
		for i, col := range columns {
			cells[i] = col.cell(one)
		}
		return out.Row(cells...)
	})
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("Content-Disposition", `attachment; filename="`+file+`"`)
	c.Header("Content-Type", xlsxType)
	c.Status(http.StatusOK)
	if err := out.Finish(c.Writer); err != nil {
		_ = c.Error(err)
		panic(http.ErrAbortHandler)
	}
}

// plain writes a cell as CSV does.
func plain(cell sheet.Cell) string {
	switch v := cell.(type) {
	case string:
		return v
	case sheet.Day:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case sheet.Decimal:
		return v.String()
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.UTC().Format(time.RFC3339)
	}
	return ""
}
