package pdf

import "codeberg.org/go-pdf/fpdf"

// Picture sets a drawing over the whole width. draw works in nominal pixels, width across and height down, on a
// surface whose every stroke and letter becomes a vector. What it leaves empty at both sides, margin wide, lies
// outside the text, so that the drawing begins where the text does.
func (d *Doc) Picture(width, height, margin float64, draw func(on *Surface, width, height float64)) {
	scale := Width / (width - 2*margin)
	d.Need(height * scale)
	y := d.f.GetY()
	draw(&Surface{d: d, x: side - margin*scale, y: y, scale: scale}, width, height)
	d.f.SetY(y + height*scale + 2)
}

// Surface is a part of a page that is drawn on.
type Surface struct {
	d           *Doc
	x, y, scale float64 // of the upper left corner, and of a nominal pixel, in millimetres
}

const pointsPerMM = 72 / 25.4

func (s *Surface) at(p [2]float64) fpdf.PointType {
	return fpdf.PointType{X: s.x + p[0]*s.scale, Y: s.y + p[1]*s.scale}
}

// Polygon fills a closed shape.
func (s *Surface) Polygon(points [][2]float64, fill [3]uint8) {
	list := make([]fpdf.PointType, len(points))
	for i, p := range points {
		list[i] = s.at(p)
	}
	s.d.f.SetFillColor(int(fill[0]), int(fill[1]), int(fill[2]))
	s.d.f.Polygon(list, "F")
}

// Polyline draws a line through points.
func (s *Surface) Polyline(points [][2]float64, width float64, stroke [3]uint8) {
	s.d.f.SetDrawColor(int(stroke[0]), int(stroke[1]), int(stroke[2]))
	s.d.f.SetLineWidth(width * s.scale * 0.8)
	for i, p := range points {
		at := s.at(p)
		if i == 0 {
			s.d.f.MoveTo(at.X, at.Y)
		} else {
			s.d.f.LineTo(at.X, at.Y)
		}
	}
	s.d.f.DrawPath("D")
}

// Text writes a line of text at its baseline.
func (s *Surface) Text(text string, x, baseline, size float64, fill [3]uint8) {
	s.d.f.SetFont("sans", "", size*s.scale*pointsPerMM)
	s.d.f.SetTextColor(int(fill[0]), int(fill[1]), int(fill[2]))
	at := s.at([2]float64{x, baseline})
	s.d.f.Text(at.X, at.Y, clean(text))
}

// TextWidth measures a text in nominal pixels.
func (s *Surface) TextWidth(text string, size float64) float64 {
	return s.d.wide(text, size*s.scale*pointsPerMM, "") / s.scale
}
