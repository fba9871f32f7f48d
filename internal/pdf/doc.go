// Package pdf sets pages: headings, text, tables, tiles of figures and drawings, with a cover and page numbers. It is
// the only room that imports the PDF library, and knows nothing of what is written.
package pdf

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// The page, in millimetres: A4.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	side       = 22.0 // left and right margin
	top        = 30.0
	foot       = 24.0
	// Width is how wide the text is.
	Width = pageWidth - 2*side
)

// Tone is the colour of a text. What a colour says is said in words beside it.
type Tone int

// The tones.
const (
	Ink Tone = iota
	Quiet
	Good
	Amber
	Red
	Accent
	white
)

var tones = map[Tone][3]int{
	Ink: {31, 41, 51}, Quiet: {91, 103, 112}, Good: {21, 101, 60}, Amber: {146, 84, 0}, Red: {176, 35, 24}, Accent: {24, 58, 96}, white: {255, 255, 255},
}

// rules are the colours of lines and grounds.
var hairline, wash = [3]int{214, 220, 226}, [3]int{244, 246, 248}

// grounds lie under texts of a tone.
var grounds = map[Tone][3]int{Good: {228, 243, 234}, Amber: {252, 240, 217}, Red: {252, 231, 228}}

// Options are what every page and the file say of the document.
type Options struct {
	Title  string
	Author string
	Head   string // at the top of every page but the first
	Foot   string // at its bottom, left of the number
	Made   time.Time
}

// entry is a line of the table of contents.
type entry struct {
	title string
	page  int
}

// Doc is a document that is being set. Nothing it does fails before Make ends.
type Doc struct {
	f       *fpdf.Fpdf
	o       Options
	found   []entry // chapters of this pass
	known   []entry // chapters of the pass before
	pages   int     // of the pass before
	covered bool
}

// Make sets a document and gives the file, the same bytes for the same content. write is called twice: the second
// time the pages of the chapters are known.
func Make(o Options, write func(*Doc)) ([]byte, error) {
	draft := newDoc(o)
	write(draft)
	d := newDoc(o)
	d.known, d.pages = draft.found, draft.f.PageCount()
	write(d)
	var b bytes.Buffer
	if err := d.f.Output(&b); err != nil {
		return nil, fmt.Errorf("setting a PDF: %w", err)
	}
	return b.Bytes(), nil
}

func newDoc(o Options) *Doc {
	f := fpdf.New("P", "mm", "A4", "")
	d := &Doc{f: f, o: o}
	f.SetCatalogSort(true)
	f.SetCreationDate(o.Made.UTC())
	f.SetModificationDate(o.Made.UTC())
	f.SetTitle(o.Title, true)
	f.SetAuthor(o.Author, true)
	f.SetCreator("Piper", true)
	f.SetLang("en")
	f.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	f.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	f.SetMargins(side, top, side)
	f.SetAutoPageBreak(false, foot)
	f.SetCellMargin(0)
	f.SetHeaderFunc(d.head)
	f.SetFooterFunc(d.foot)
	return d
}

func (d *Doc) head() {
	if d.f.PageNo() == 1 && d.covered {
		return
	}
	d.put(d.o.Head, side, 17, 8, "", Quiet)
	d.rule(side, 20, Width, hairline, 0.2)
	d.f.SetXY(side, top)
}

func (d *Doc) foot() {
	if d.f.PageNo() == 1 && d.covered {
		return
	}
	y := pageHeight - 13.0
	d.put(d.o.Foot, side, y, 8, "", Quiet)
	d.right(fmt.Sprintf("%d / %d", d.f.PageNo(), max(d.pages, d.f.PageNo())), side+Width, y, 8, "", Quiet)
}

func (d *Doc) color(t Tone) { c := tones[t]; d.f.SetTextColor(c[0], c[1], c[2]) }

// put writes one line of text at its baseline.
func (d *Doc) put(s string, x, baseline, size float64, style string, t Tone) {
	d.f.SetFont("sans", style, size)
	d.color(t)
	d.f.Text(x, baseline, clean(s))
}

// right is put, ending at x.
func (d *Doc) right(s string, x, baseline, size float64, style string, t Tone) {
	d.put(s, x-d.wide(s, size, style), baseline, size, style, t)
}

func (d *Doc) wide(s string, size float64, style string) float64 {
	d.f.SetFont("sans", style, size)
	return d.f.GetStringWidth(clean(s))
}

func (d *Doc) rule(x, y, width float64, c [3]int, thick float64) {
	d.f.SetDrawColor(c[0], c[1], c[2])
	d.f.SetLineWidth(thick)
	d.f.Line(x, y, x+width, y)
}

func (d *Doc) box(x, y, w, h float64, c [3]int) {
	d.f.SetFillColor(c[0], c[1], c[2])
	d.f.Rect(x, y, w, h, "F")
}

// left gives how much of the page is left, in millimetres.
func (d *Doc) left() float64 { return pageHeight - foot - d.f.GetY() }

// Need begins a new page unless there is so much room on this one, in millimetres.
func (d *Doc) Need(room float64) {
	if d.left() < room {
		d.f.AddPage()
	}
}

// Space leaves some room, in millimetres.
func (d *Doc) Space(height float64) { d.f.SetY(d.f.GetY() + height) }

// Chapter begins a part, with a sentence or two that say what it comes to: on a new page unless so much room is left on
// this one, in millimetres.
func (d *Doc) Chapter(title, lead string, room float64) {
	if d.left() < room+14 || d.f.PageNo() == 1 {
		d.f.AddPage()
	} else {
		d.Space(8)
		d.rule(side, d.f.GetY(), Width, tones[Accent], 0.4)
		d.Space(6)
	}
	d.f.Bookmark(clean(title), 0, -1)
	d.found = append(d.found, entry{title, d.f.PageNo()})
	y := d.f.GetY()
	d.put(title, side, y+4, 19, "B", Accent)
	d.f.SetY(y + 10)
	if lead != "" {
		d.lines(lead, 11, 5.6, "", Ink)
		d.Space(5)
	}
}

// Heading stands over what follows; it is never the last thing on a page, if that needs so much room.
func (d *Doc) Heading(title string, room float64) {
	d.Space(4)
	d.Need(room + 9)
	y := d.f.GetY()
	d.put(title, side, y+4, 12, "B", Accent)
	d.f.SetY(y + 8)
}

// Para writes a paragraph.
func (d *Doc) Para(text string) {
	d.lines(text, 9.5, 4.9, "", Ink)
	d.Space(2)
}

// Note writes a paragraph of what is to be known beside figures.
func (d *Doc) Note(text string) {
	d.Space(1)
	d.lines(text, 8, 4.1, "", Quiet)
	d.Space(2)
}

func (d *Doc) lines(text string, size, height float64, style string, t Tone) {
	for _, line := range d.wrap(text, size, style, Width) {
		d.Need(height)
		y := d.f.GetY()
		d.put(line, side, y+height*0.75, size, style, t)
		d.f.SetY(y + height)
	}
}

// Define writes a term and what it means.
func (d *Doc) Define(term, meaning string) {
	const column, size, height = 46.0, 8.5, 4.3
	left := d.wrap(term, size, "B", column-4)
	lines := d.wrap(meaning, size, "", Width-column)
	d.Need(height*float64(max(len(left), len(lines))) + 2)
	y := d.f.GetY()
	for i, line := range left {
		d.put(line, side, y+height*float64(i)+3.2, size, "B", Ink)
	}
	for i, line := range lines {
		d.put(line, side+column, y+height*float64(i)+3.2, size, "", Ink)
	}
	d.f.SetY(y + height*float64(max(len(left), len(lines))) + 1.6)
}
