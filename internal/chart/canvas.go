package chart

import (
	"strings"

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

// Surface is what a chart is drawn on, in nominal pixels from the upper left corner; colours are red, green and
// blue. This package has surfaces for SVG and PNG; others bring their own.
type Surface interface {
	Polygon(points [][2]float64, fill [3]uint8)
	Polyline(points [][2]float64, width float64, stroke [3]uint8)
	Text(s string, x, baseline, size float64, fill [3]uint8)
	TextWidth(s string, size float64) float64
}

// canvas lays a chart of a size out on a surface.
type canvas struct {
	on            Surface
	width, height float64
}

func newCanvas(on Surface, width, height float64) *canvas {
	c := &canvas{on: on, width: width, height: height}
	c.rect(0, 0, width, height, paper)
	return c
}

func parts(c color) [3]uint8 { return [3]uint8{c.R, c.G, c.B} }

// rect fills the rectangle between two corners.
func (c *canvas) rect(x0, y0, x1, y1 float64, fill color) {
	c.on.Polygon([][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, parts(fill))
}

// across draws a horizontal line.
func (c *canvas) across(x0, x1, y float64, stroke color) {
	c.on.Polyline([][2]float64{{x0, y}, {x1, y}}, 1, parts(stroke))
}

// path draws a line through points.
func (c *canvas) path(points [][2]float64, stroke color) { c.on.Polyline(points, 2, parts(stroke)) }

// text writes a line of text whose baseline is y.
func (c *canvas) text(s string, x, y, size float64, at align, fill color) {
	switch at {
	case center:
		x -= c.measure(s, size) / 2
	case right:
		x -= c.measure(s, size)
	case left:
	}
	c.on.Text(s, x, y, size, parts(fill))
}

// measure gives the width of a text in nominal pixels.
func (c *canvas) measure(s string, size float64) float64 { return c.on.TextWidth(s, size) }

// fit shortens a text until it is no wider than room.
func (c *canvas) fit(s string, size, room float64) string {
	if c.measure(s, size) <= room {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if c.measure(string(runes[:mid])+"…", size) <= room {
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
	if c.measure(s, size) <= room {
		return s, ""
	}
	words := strings.Fields(s)
	n := 0
	for n < len(words) && c.measure(strings.Join(words[:n+1], " "), size) <= room {
		n++
	}
	if n == 0 || n == len(words) {
		return c.fit(s, size, room), ""
	}
	return strings.Join(words[:n], " "), c.fit(strings.Join(words[n:], " "), size, room)
}
