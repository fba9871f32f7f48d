package api

import (
	"bytes"
	"context"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/board"
	"piper/internal/chart"
	"piper/internal/fault"
	"piper/internal/report"
	"piper/internal/sheet"
	"piper/internal/store"
)

// embedPath is where links to charts lead; what follows it is the signed address and the format.
const embedPath = "/embeds/"

// EmbedView is a link as a list shows it.
type EmbedView struct {
	*board.Embed
	Mine bool `json:"mine"`
	Live bool `json:"live" doc:"it can be used: it was not revoked and has not run out"`
}

func (a *API) viewEmbed(ctx context.Context, e *board.Embed) *EmbedView {
	return &EmbedView{Embed: e, Mine: e.ByID == access.From(ctx).AccountID, Live: e.RevokedAt == "" && e.ExpiresAt > a.DB.Now()}
}

func (a *API) listEmbeds(ctx context.Context, in *PageInput) (*pageOf[EmbedView], error) {
	page, err := a.Board.Embeds(ctx, in.query())
	if err != nil {
		return nil, err
	}
	out := store.Page[EmbedView]{Items: []*EmbedView{}, Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}
	for _, e := range page.Items {
		out.Items = append(out.Items, a.viewEmbed(ctx, e))
	}
	return &pageOf[EmbedView]{out}, nil
}

func (a *API) exportEmbeds(c *gin.Context) {
	text := func(name string, of func(*board.Embed) string) column[board.Embed] {
		return column[board.Embed]{name: name, title: name, cell: func(e *board.Embed) sheet.Cell { return of(e) }}
	}
	columns := []column[board.Embed]{
		text("name", func(e *board.Embed) string { return e.Name }), text("chart", func(e *board.Embed) string { return e.Chart }),
		text("basis", func(e *board.Embed) string { return e.Basis }), text("view", func(e *board.Embed) string { return e.View }),
		text("by", func(e *board.Embed) string { return e.By }), text("made_at", func(e *board.Embed) string { return string(e.CreatedAt) }),
		text("expires_at", func(e *board.Embed) string { return string(e.ExpiresAt) }), text("revoked_at", func(e *board.Embed) string { return string(e.RevokedAt) }),
		text("last_read_at", func(e *board.Embed) string { return string(e.LastReadAt) }),
	}
	exportCSV(c, "embeds.csv", columns, func(fn func(*board.Embed) error) error { return a.Board.EachEmbed(c.Request.Context(), fn) })
}

type createEmbedInput struct {
	CookieInput
	Body struct {
		ChartInput
		Name  string `json:"name" minLength:"1" maxLength:"480" doc:"where it is going to be used"`
		Chart string `json:"chart" maxLength:"40"`
		Days  int    `json:"days" minimum:"1" maximum:"366" doc:"how long it can be used"`
	}
}

type createEmbedOutput struct {
	Body struct {
		EmbedView
		Path string `json:"path" doc:"the signed address below Piper's, with .svg or .png after it; it is not shown again"`
	}
}

// createEmbed makes a link. The question is asked once first, so that no link is made that shows an error.
func (a *API) createEmbed(ctx context.Context, in *createEmbedInput) (*createEmbedOutput, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	q, err := a.checkedQuestion(in.Body.ChartInput)
	if err != nil {
		return nil, err
	}
	if _, err := a.Reports.Ask(ctx, in.Body.Chart, q); err != nil {
		return nil, err
	}
	names := []string{}
	for _, kind := range report.Charts {
		names = append(names, kind.Name)
	}
	b := in.Body
	e := &board.Embed{Name: b.Name, Chart: b.Chart, Basis: b.Basis, View: b.View, Weighting: b.Weighting, From: b.From, To: b.To}
	if err := a.Board.AddEmbed(ctx, e, b.Days, names); err != nil {
		return nil, err
	}
	out := &createEmbedOutput{}
	out.Body.EmbedView, out.Body.Path = *a.viewEmbed(ctx, e), embedPath+a.Board.Address(e)
	return out, nil
}

func (a *API) revokeEmbed(ctx context.Context, in *endOwnInput) (*struct{}, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	_, err := a.Board.RevokeEmbed(ctx, in.ID)
	return nil, err
}

// serveEmbed shows the one chart of a link to whoever has it. It reads and sets no cookies. A wrong address, one that
// has run out or was revoked, and one whose maker may no longer read figures, look the same.
func (a *API) serveEmbed(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", picturePolicy+"; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // it is there to be shown in other pages
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	name := c.Param("address")
	format := chart.Format(strings.TrimPrefix(path.Ext(name), "."))
	body, err := a.embedBody(c.Request.Context(), clientIP(c), strings.TrimSuffix(name, path.Ext(name)), format)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "There is no chart at this address.")
	}
	if err != nil {
		h.Set("Cache-Control", "no-store")
		writeProblem(c, err)
		return
	}
	h.Set("Cache-Control", "private, max-age=60")
	c.Data(http.StatusOK, format.ContentType(), body)
}

var errTooOften = fault.New(fault.TooMany, "This chart was asked for too often. Try again in a minute.")

// embedBody draws the chart of an address. Wrong addresses count for the network that asks alone: they cost next to nothing,
// and must not use up what everybody has for charts.
func (a *API) embedBody(ctx context.Context, ip, address string, format chart.Format) ([]byte, error) {
	if !a.embedAsks.take(ip, a.DB.Clock()) {
		return nil, errTooOften
	}
	if format != chart.SVG && format != chart.PNG {
		return nil, fault.New(fault.NotFound, "There is no chart at this address.")
	}
	system := access.AsSystem(ctx, "chart embed")
	e, err := a.Board.ByAddress(system, address)
	if err != nil {
		return nil, err
	}
	owner, err := a.Accounts.Get(system, e.ByID)
	if err != nil {
		return nil, err
	}
	reader := access.Reader{AccountID: owner.ID, Name: owner.Name, Role: owner.Role, ReadOnly: true}
	kind, known := report.Chart(e.Chart)
	if owner.Closed || !known || !reader.May(access.FinanceRead) {
		return nil, fault.New(fault.NotFound, "There is no chart at this address.")
	}
	if !a.embedDraws.take(e.ID, a.DB.Clock()) {
		return nil, errTooOften
	}
	q, err := a.checkedQuestion(ChartInput{Basis: e.Basis, View: e.View, Weighting: e.Weighting, From: e.From, To: e.To})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := a.drawChart(access.With(ctx, reader), &b, kind, q, format); err != nil {
		return nil, err
	}
	if err := a.Board.Looked(system, e); err != nil { // the chart is there all the same
		a.Log.WarnContext(ctx, "that a link to a chart was used is not noted", "link", e.ID, "error", err)
	}
	return b.Bytes(), nil
}
