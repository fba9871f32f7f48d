package api

import (
	"net/http"
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
