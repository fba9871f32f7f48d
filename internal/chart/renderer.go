package chart

import (
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// renderer is a surface on go-chart, whose pixels may be smaller than the nominal ones.
type renderer struct {
	r     gochart.Renderer
	scale float64
}

func newRenderer(r gochart.Renderer, scale float64) renderer {
	r.SetDPI(72) // one point is one pixel
	return renderer{r, scale}
}

func (s renderer) px(v float64) int { return int(math.Round(v * s.scale)) }

func opaque(c [3]uint8) drawing.Color { return drawing.Color{R: c[0], G: c[1], B: c[2], A: 255} }

func (s renderer) trace(points [][2]float64) {
	for i, at := range points {
		if i == 0 {
			s.r.MoveTo(s.px(at[0]), s.px(at[1]))
		} else {
			s.r.LineTo(s.px(at[0]), s.px(at[1]))
		}
	}
}

func (s renderer) Polygon(points [][2]float64, fill [3]uint8) {
	s.r.ResetStyle()
	s.r.SetFillColor(opaque(fill))
	s.trace(points)
	s.r.Close()
	s.r.Fill()
}

func (s renderer) Polyline(points [][2]float64, width float64, stroke [3]uint8) {
	s.r.ResetStyle()
	s.r.SetStrokeColor(opaque(stroke))
	s.r.SetStrokeWidth(width * s.scale)
	s.trace(points)
	s.r.Stroke()
}

func (s renderer) Text(text string, x, baseline, size float64, fill [3]uint8) {
	s.r.ResetStyle()
	s.r.SetFontColor(opaque(fill))
	s.r.SetFontSize(size * s.scale)
	s.r.Text(text, s.px(x), s.px(baseline))
}

func (s renderer) TextWidth(text string, size float64) float64 {
	s.r.ResetStyle()
	s.r.SetFontSize(size * s.scale)
	return float64(s.r.MeasureText(text).Width()) / s.scale
}
