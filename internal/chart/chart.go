// Package chart draws Piper's charts, once, for screens, SVG and PNG alike. It has its own layouts on
// go-chart's Renderer, because the stock ones normalise, collide and do not escape, and it knows nothing
// of donors or income: callers bring names and numbers.
package chart

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

	gochart "github.com/wcharczuk/go-chart/v2"
)

// Format is what a drawing is written as.
type Format string

// The formats. SVG can be enlarged at will; PNG is drawn at twice its nominal size.
const (
	SVG Format = "svg"
	PNG Format = "png"
)

// ContentType gives the media type of a format.
func (f Format) ContentType() string {
	if f == PNG {
		return "image/png"
	}
	return "image/svg+xml"
}

// Suffix is the name of a format in capitals.
func (f Format) Suffix() string { return strings.ToUpper(string(f)) }

// Nominal size of a chart in pixels, and how much larger a PNG is drawn.
const (
	Width    = 900
	Height   = 420
	pngScale = 2
	// Margin is what a chart leaves empty at each side.
	Margin = 24.0
)

// draw runs a layout on a fresh canvas and writes the result.
func draw(w io.Writer, format Format, title, description string, layout func(c *canvas)) error {
	face, err := gochart.GetDefaultFont()
	if err != nil {
		return fmt.Errorf("loading the chart font: %w", err)
	}
	if format == PNG {
		r, err := gochart.PNG(Width*pngScale, Height*pngScale)
		if err != nil {
			return fmt.Errorf("making a PNG canvas: %w", err)
		}
		r.SetFont(face)
		layout(newCanvas(newRenderer(r, pngScale), Width, Height))
		return r.Save(w)
	}
	r, err := gochart.SVG(Width, Height)
	if err != nil {
		return fmt.Errorf("making an SVG canvas: %w", err)
	}
	r.SetFont(face)
	layout(newCanvas(newRenderer(escaping{r}, 1), Width, Height))
	var b bytes.Buffer
	if err := r.Save(&b); err != nil {
		return err
	}
	_, err = w.Write(named(b.Bytes(), title, description))
	return err
}

// named gives the SVG a size and the words that a screen reader speaks.
func named(svg []byte, title, description string) []byte {
	head := fmt.Sprintf(` width="%d" height="%d" role="img" aria-labelledby="t d"><title id="t">%s</title><desc id="d">%s</desc>`,
		Width, Height, escape(title), escape(description))
	return bytes.Replace(svg, []byte(">"), []byte(head), 1)
}

// escaping writes text into SVG as text: go-chart itself writes it as markup.
type escaping struct{ gochart.Renderer }

func (e escaping) Text(body string, x, y int) { e.Renderer.Text(escape(body), x, y) }

// escape makes any string fit for XML, which has no place for control characters even when escaped.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "�")))
}
