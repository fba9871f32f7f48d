package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/gin-gonic/gin"

	"piper/internal/fault"
)

// Problem is the body of every error answer: RFC 9457 problem details with Piper's code and the fields
// at fault. It never holds internal error text.
type Problem struct {
	Type   string             `json:"type"`
	Title  string             `json:"title"`
	Status int                `json:"status"`
	Detail string             `json:"detail"`
	Code   fault.Code         `json:"code"`
	Errors []fault.FieldError `json:"errors,omitempty"`
}

// Error is for the log.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// GetStatus tells huma the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma what to call the body.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Code]int{
	fault.Invalid:          http.StatusUnprocessableEntity,
	fault.NotFound:         http.StatusNotFound,
	fault.Duplicate:        http.StatusConflict,
	fault.Stale:            http.StatusPreconditionFailed,
	fault.RevisionRequired: http.StatusPreconditionRequired,
	fault.Unauthenticated:  http.StatusUnauthorized,
	fault.Forbidden:        http.StatusForbidden,
	fault.TooLarge:         http.StatusRequestEntityTooLarge,
	fault.TooMany:          http.StatusTooManyRequests,
	fault.Busy:             http.StatusConflict,
	fault.Unavailable:      http.StatusBadGateway,
	fault.Internal:         http.StatusInternalServerError,
}

// codeOf is the way back, for errors that the web layer itself finds (a body that is no JSON, an
// unknown query parameter).
var codeOf = map[int]fault.Code{
	http.StatusBadRequest:            fault.Invalid,
	http.StatusUnprocessableEntity:   fault.Invalid,
	http.StatusUnsupportedMediaType:  fault.Invalid,
	http.StatusNotFound:              fault.NotFound,
	http.StatusMethodNotAllowed:      fault.NotFound,
	http.StatusNotAcceptable:         fault.Invalid,
	http.StatusRequestEntityTooLarge: fault.TooLarge,
	http.StatusRequestTimeout:        fault.Unavailable,
}

func newProblem(status int, code fault.Code, detail string, fields []fault.FieldError) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Code: code, Errors: fields}
}

// problemOf turns any error into a problem; what carries no code is our own failure and says no more
// than that.
func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return newProblem(http.StatusRequestEntityTooLarge, fault.TooLarge, "The request is larger than Piper accepts here.", nil)
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Code != fault.Internal {
		return newProblem(statusOf[f.Code], f.Code, f.Message, f.Fields)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return newProblem(http.StatusServiceUnavailable, fault.Unavailable, "The request was given up before it finished.", nil)
	}
	return newProblem(http.StatusInternalServerError, fault.Internal, "Something went wrong inside Piper. The log has the details.", nil)
}

// writeProblem answers a raw route with a problem and ends it.
func writeProblem(c *gin.Context, err error) {
	p := problemOf(err)
	_ = c.Error(err)
	body, _ := json.Marshal(p)
	c.Abort()
	c.Data(p.Status, p.ContentType(""), body)
}

// installProblems makes huma's own errors (validation, malformed bodies) problems of ours.
func installProblems() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		var fields []fault.FieldError
		for _, err := range errs {
			var d *huma.ErrorDetail
			if errors.As(err, &d) {
				fields = append(fields, fieldAtFault(d))
			} else if err != nil {
				fields = append(fields, fault.FieldError{Message: "The request could not be read."})
			}
		}
		code, ok := codeOf[status]
		if !ok {
			code = fault.Internal
		}
		switch {
		case code == fault.TooLarge:
			msg = "The request is larger than Piper accepts here."
		case code == fault.Invalid && len(fields) == 1 && fields[0].Field != "":
			msg = fields[0].Field + ": " + fields[0].Message
		case code == fault.Internal:
			msg = "Something went wrong inside Piper. The log has the details."
		}
		return newProblem(status, code, msg, fields)
	}
	huma.NewErrorWithContext = func(_ huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return huma.NewError(status, msg, errs...)
	}
}

// fieldAtFault says which field huma found wrong, and what is wrong with it. Of a field that is missing huma
// names the object that lacks it, of a body that readJSON refused the whole body.
func fieldAtFault(d *huma.ErrorDetail) fault.FieldError {
	out := fault.FieldError{Field: fieldName(d.Location), Message: d.Message}
	before, after, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	if rest, ok := strings.CutPrefix(d.Message, before); ok && strings.HasSuffix(rest, after) {
		out.Field, out.Message = fieldName(d.Location+"."+strings.TrimSuffix(rest, after)), "This is missing."
	}
	if field, message, ok := strings.Cut(d.Message, fieldMark); ok {
		out.Field, out.Message = cmp.Or(field, out.Field), message
	}
	return out
}

// fieldName is a field as the caller wrote it: "body.emails[0].address" is "emails[0].address".
func fieldName(location string) string {
	for _, prefix := range []string{"body.", "query.", "path.", "header.", "form."} {
		if rest, ok := strings.CutPrefix(location, prefix); ok {
			return rest
		}
	}
	return location
}
