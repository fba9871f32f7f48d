package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/board"
	"piper/internal/fault"
	"piper/internal/report/pack"
	"piper/internal/sheet"
)

// boardJob is the job that makes the packs that were asked for.
const boardJob = "board"

// ListPacksInput narrows the list of packs.
type ListPacksInput struct {
	ListInput
	State string `query:"state" enum:"waiting,making,done,failed,stopped"`
	Basis string `query:"basis" enum:"cash,accrued,signed"`
	View  string `query:"view" enum:"direct,ultimate"`
}

func (a *API) listPacks(ctx context.Context, in *ListPacksInput) (*pageOf[board.BoardPack], error) {
	q, err := in.query(board.Sorts, "-createdAt")
	if err != nil {
		return nil, err
	}
	return paged(a.Board.Page(ctx, board.Search{State: in.State, Basis: in.Basis, View: in.View}, q))
}

// exportPacks writes the list of packs, with the hashes by which one can tell later that a pack is what it was.
func (a *API) exportPacks(c *gin.Context) {
	text := func(name string, of func(*board.BoardPack) string) column[board.BoardPack] {
		return column[board.BoardPack]{name: name, title: name, cell: func(p *board.BoardPack) sheet.Cell { return of(p) }}
	}
	columns := []column[board.BoardPack]{
		text("title", func(p *board.BoardPack) string { return p.Title }), text("state", func(p *board.BoardPack) string { return string(p.State) }),
		text("basis", func(p *board.BoardPack) string { return p.Basis }), text("view", func(p *board.BoardPack) string { return p.View }),
		text("from", func(p *board.BoardPack) string { return strconv.Itoa(p.From) }), text("to", func(p *board.BoardPack) string { return strconv.Itoa(p.To) }),
		text("made_at", func(p *board.BoardPack) string { return string(p.MadeAt) }), text("as_of", func(p *board.BoardPack) string { return string(p.AsOf) }),
		text("by", func(p *board.BoardPack) string { return p.By }), text("notes", func(p *board.BoardPack) string { return p.Notes }),
		text("content_sha256", func(p *board.BoardPack) string { return p.ContentHash }), text("pdf_sha256", func(p *board.BoardPack) string { return p.FileHash }),
	}
	exportCSV(c, "board-packs.csv", columns, func(fn func(*board.BoardPack) error) error {
		return a.Board.Each(c.Request.Context(), board.Search{}, fn)
	})
}

// AskPackInput is what a pack shall show.
type AskPackInput struct {
	Body struct {
		Title string `json:"title" minLength:"1" maxLength:"480"`
		Notes string `json:"notes,omitempty" maxLength:"32000" doc:"by the secretariat; they have a chapter of their own"`
		Basis string `json:"basis,omitempty" enum:"cash,accrued,signed" doc:"cash where empty"`
		View  string `json:"view,omitempty" enum:"direct,ultimate" doc:"ultimate where empty"`
		From  int    `json:"from,omitempty" doc:"first fiscal year; four years before the last where empty"`
		To    int    `json:"to,omitempty" doc:"last fiscal year, the one that the figures are of; the current one where empty"`
	}
}

func revOfPack(p *board.BoardPack) int64 { return p.Rev }

// askPack asks for a pack and starts the job. Where that runs already, it finds the pack itself; the timetable sees to
// one that comes at the moment it ends.
func (a *API) askPack(ctx context.Context, in *AskPackInput) (*recordOf[board.BoardPack], error) {
	by := FiguresView{View: in.Body.View, Basis: in.Body.Basis}.by()
	from, to := a.span(in.Body.From, in.Body.To)
	p := &board.BoardPack{Title: in.Body.Title, Notes: in.Body.Notes, Basis: string(by.Basis), View: string(by.View), From: from, To: to}
	if err := a.Board.Ask(ctx, p); err != nil {
		return nil, err
	}
	if _, err := a.Jobs.RunNow(ctx, boardJob, access.From(ctx).Name); err != nil && !fault.Is(err, fault.Busy) {
		return nil, err
	}
	return saved(p, revOfPack, nil)
}

// PackView is a pack with its figures.
type PackView struct {
	*board.BoardPack
	Content *pack.PackContent `json:"content" doc:"null until it is done"`
}

func (a *API) getPack(ctx context.Context, in *IDInput) (*recordOf[PackView], error) {
	p, err := a.Board.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v := &PackView{BoardPack: p}
	if p.State == board.Done {
		data, err := a.Board.Content(ctx, p)
		if err != nil {
			return nil, err
		}
		if v.Content, err = pack.Read(data); err != nil {
			return nil, err
		}
	}
	return saved(v, func(v *PackView) int64 { return v.Rev }, nil)
}

func (a *API) haltPack(ctx context.Context, in *IDInput) (*recordOf[board.BoardPack], error) {
	p, err := a.Board.Halt(ctx, in.ID)
	return saved(p, revOfPack, err)
}

func (a *API) deletePack(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Board.Remove)
}

// packFile answers with the PDF, as it was made.
func (a *API) packFile(c *gin.Context) {
	ctx := c.Request.Context()
	p, err := a.Board.Get(ctx, c.Param("id"))
	var file []byte
	if err == nil {
		file, err = a.Board.File(ctx, p)
	}
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("Content-Security-Policy", "default-src 'none'; object-src 'self'; plugin-types application/pdf")
	c.Header("Content-Disposition", `inline; filename="board-pack-`+string(p.AsOf)+`.pdf"`)
	c.Header("ETag", `"`+p.FileHash+`"`)
	c.Data(http.StatusOK, "application/pdf", file)
}

// packFigures answers with the figures as they are kept, byte for byte, so that their hash can be checked.
func (a *API) packFigures(c *gin.Context) {
	ctx := c.Request.Context()
	p, err := a.Board.Get(ctx, c.Param("id"))
	var content []byte
	if err == nil {
		content, err = a.Board.Content(ctx, p)
	}
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("Content-Disposition", `attachment; filename="board-pack-`+string(p.AsOf)+`.json"`)
	c.Data(http.StatusOK, "application/json", content)
}
