package chart

import (
	"math"
	"strings"

	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

type color = drawing.Color

func rgb(hex uint32) color {
	return color{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255} //nolint:gosec // each is one byte of the colour
}

// The colours of everything that is not data.
var (
	ink    = rgb(0x1f2933)
	quiet  = rgb(0x5b6770)
	rule   = rgb(0xe3e7eb)
	strong = rgb(0x9aa5b1)
	paper  = rgb(0xffffff)
)

// align says which point of a text stands at its x.
type align int

const (
	left align = iota
	center
	right
)

// canvas draws in nominal pixels on a renderer that may be larger.
type canvas struct {
	r     gochart.Renderer
	scale float64
}

func newCanvas(r gochart.Renderer, scale float64) *canvas {
	r.SetDPI(72) // one point is one pixel
	c := &canvas{r: r, scale: scale}
	c.rect(0, 0, Width, Height, paper)
	return c
}

func (c *canvas) px(v float64) int { return int(math.Round(v * c.scale)) }

// rect fills the rectangle between two corners.
func (c *canvas) rect(x0, y0, x1, y1 float64, fill color) {
	c.r.ResetStyle()
	c.r.SetFillColor(fill)
	c.r.MoveTo(c.px(x0), c.px(y0))
	c.r.LineTo(c.px(x1), c.px(y0))
	c.r.LineTo(c.px(x1), c.px(y1))
	c.r.LineTo(c.px(x0), c.px(y1))
	c.r.Close()
	c.r.Fill()
}

// across draws a horizontal line.
func (c *canvas) across(x0, x1, y float64, stroke color) {
	c.r.ResetStyle()
	c.r.SetStrokeColor(stroke)
	c.r.SetStrokeWidth(math.Max(1, c.scale))
	c.r.MoveTo(c.px(x0), c.px(y))
	c.r.LineTo(c.px(x1), c.px(y))
	c.r.Stroke()
}

// path draws a line through points.
func (c *canvas) path(points [][2]float64, stroke color) {
	c.r.ResetStyle()
	c.r.SetStrokeColor(stroke)
	c.r.SetStrokeWidth(2 * c.scale)
	for i, at := range points {
		if i == 0 {
			c.r.MoveTo(c.px(at[0]), c.px(at[1]))
		} else {
			c.r.LineTo(c.px(at[0]), c.px(at[1]))
		}
	}
	c.r.Stroke()
}

// text writes a line of text whose baseline is y.
func (c *canvas) text(s string, x, y, size float64, at align, fill color) {
	switch at {
	case center:
		x -= c.width(s, size) / 2
	case right:
		x -= c.width(s, size)
	case left:
	}
	c.r.ResetStyle()
	c.r.SetFontColor(fill)
	c.r.SetFontSize(size * c.scale)
	c.r.Text(s, c.px(x), c.px(y))
}

// width measures a text in nominal pixels.
func (c *canvas) width(s string, size float64) float64 {
	c.r.ResetStyle()
	c.r.SetFontSize(size * c.scale)
	return float64(c.r.MeasureText(s).Width()) / c.scale
}

// fit shortens a text until it is no wider than room.
func (c *canvas) fit(s string, size, room float64) string {
	if c.width(s, size) <= room {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if c.width(string(runes[:mid])+"…", size) <= room {
			low = mid
		} else {
			high = mid - 1
		}
	}
	for low > 0 && runes[low-1] == ' ' {
		low--
	}
	return string(runes[:low]) + "…"
}

// wrap breaks a text at a blank into at most two lines no wider than room.
func (c *canvas) wrap(s string, size, room float64) (first, second string) {
	if c.width(s, size) <= room {
		return s, ""
	}
	words := strings.Fields(s)
	n := 0
	for n < len(words) && c.width(strings.Join(words[:n+1], " "), size) <= room {
		n++
	}
	if n == 0 || n == len(words) {
		return c.fit(s, size, room), ""
	}
	return strings.Join(words[:n], " "), c.fit(strings.Join(words[n:], " "), size, room)
}
