package api

import (
	"encoding/csv"
	"net/http"

	"github.com/gin-gonic/gin"

	"piper/internal/sheet"
)

// csvStream writes an export row by row, so that a list of any length needs no memory of its own.
type csvStream struct {
	c       *gin.Context
	w       *csv.Writer
	columns []string
	started bool
}

// startCSV prepares an export. Nothing is sent before the first row or finish, so that an error found
// before is still a problem answer.
func startCSV(c *gin.Context, name string, columns ...string) *csvStream {
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	return &csvStream{c: c, w: csv.NewWriter(c.Writer), columns: columns}
}

func (s *csvStream) start() error {
	if s.started {
		return nil
	}
	s.started = true
	s.c.Header("Content-Type", "text/csv; charset=utf-8")
	s.c.Status(http.StatusOK)
	if _, err := s.c.Writer.WriteString("\ufeff"); err != nil { // spreadsheets take UTF-8 for it only with this mark
		return err
	}
	return s.w.Write(s.columns)
}

// row writes one line.
func (s *csvStream) row(cells ...string) error {
	if err := s.start(); err != nil {
		return err
	}
	for i, cell := range cells {
		cells[i] = sheet.Harmless(cell)
	}
	return s.w.Write(cells)
}

// finish ends the export; err is what ended the reading. A stream that breaks off in the middle is cut,
// so that nobody takes a part for the whole.
func (s *csvStream) finish(err error) {
	if err == nil {
		err = s.start()
	}
	if err == nil {
		s.w.Flush()
		err = s.w.Error()
	}
	switch {
	case err == nil:
	case !s.started:
		s.c.Header("Content-Disposition", "")
		writeProblem(s.c, err)
	default:
		_ = s.c.Error(err)
		panic(http.ErrAbortHandler)
	}
}
