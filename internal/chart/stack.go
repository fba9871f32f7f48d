package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"
)

// Stack is a chart of stacked bars, one bar per label, with figures under each bar.
type Stack struct {
	Title    string
	Subtitle string // basis, view, as-of date
	Footer   string // what is left out, thresholds; "" for none
	Empty    string // the sentence shown where there is nothing to draw
	Void     string // the words where one label has nothing; "no income" unless told
	Labels   []string
	Series   []Series // the first lies lowest
	Rows     []Row    // under the axis, first row first
	Line     *Series  // drawn across the bars: what they are held against
	Share    bool     // values are portions of 1 and the axis goes to 100 %
	Currency string   // of amounts, where Share is false
	Ordered  bool     // the series are steps of one scale, not things of different kinds
	Named    bool     // the labels are names, not times: each is written, as far as there is room, and the line ends with each
}

// Series is one band of every bar. Values has one number per label; negative ones hang below zero.
type Series struct {
	Name   string
	Values []float64
	Muted  bool
}

// Row is a line of figures under the bars: its name and one text per label.
type Row struct {
	Name  string
	Cells []string
}

// The layout, in nominal pixels.
const (
	margin      = Margin
	legendWidth = 214.0
	plotTop     = 78.0
	rowHeight   = 19.0
	titleSize   = 17.0
	smallSize   = 11.5
)

// WriteStack draws the chart.
func WriteStack(w io.Writer, s Stack, format Format) error {
	return draw(w, format, s.Title, s.describe(), s.layout)
}

// DrawStack draws the chart on a surface of a size. A chart without a title leaves no room for one.
func DrawStack(on Surface, s Stack, width, height float64) { s.layout(newCanvas(on, width, height)) }

// describe puts the chart into words for those who do not see it.
func (s Stack) describe() string {
	if s.empty() {
		return s.Empty
	}
	var b strings.Builder
	b.WriteString(s.Subtitle)
	for i, label := range s.Labels {
		fmt.Fprintf(&b, ". %s:", label)
		for _, r := range s.Rows {
			fmt.Fprintf(&b, " %s %s;", r.Name, r.Cells[i])
		}
	}
	return b.String()
}

func (s Stack) empty() bool {
	for i := range s.Labels {
		if !s.nothing(i) {
			return false
		}
	}
	return true
}

// nothing reports whether a label has no bar.
func (s Stack) nothing(i int) bool {
	for _, series := range s.Series {
		if series.Values[i] != 0 {
			return false
		}
	}
	return true
}

func (s Stack) layout(c *canvas) {
	up := s.untitled()
	c.text(c.fit(s.Title, titleSize, c.width-2*margin), margin, 32, titleSize, left, ink)
	if s.Footer != "" {
		c.text(c.fit(s.Footer, smallSize-0.5, c.width-2*margin), margin, c.height-12, smallSize-0.5, left, quiet)
	}
	if s.empty() {
		c.text(c.fit(s.Subtitle, smallSize, c.width-2*margin), margin, 52-up, smallSize, left, quiet)
		c.text(s.Empty, c.width/2, c.height/2+8, 15, center, quiet)
		return
	}
	p := s.measure(c)
	c.text(c.fit(s.Subtitle+p.inUnits(s), smallSize, c.width-2*margin), margin, 52-up, smallSize, left, quiet)
	p.grid(c, s)
	for i := range s.Labels {
		p.bar(c, s, i)
	}
	if s.Line != nil {
		p.line(c, s.Line, s.Named)
	}
	p.foot(c, s)
	s.legend(c, p)
}

// untitled gives by how much everything moves up where there is no title.
func (s Stack) untitled() float64 {
	if s.Title == "" {
		return 30
	}
	return 0
}

// plot is where the bars stand.
type plot struct {
	left, right, top, bottom float64
	axis                     axis
	unit                     unit
	slot, thick              float64 // width of a label's place, and of its bar
}

func (s Stack) measure(c *canvas) plot {
	p := plot{left: 84, right: c.width - math.Min(legendWidth, c.width*0.26) - margin, top: plotTop - s.untitled(), unit: unit{by: 1}}
	for _, r := range s.Rows {
		p.left = math.Min(170, math.Max(p.left, margin+c.measure(r.Name, smallSize)+16))
	}
	p.bottom = c.height - 34 - rowHeight*float64(len(s.Rows)+1)
	low, high := s.extent()
	if s.Share {
		p.axis = axis{low: 0, high: 1, step: 0.25}
		if low < 0 || high > 1.0001 {
			p.axis = axisFor(low, high, 5)
		}
	} else {
		p.unit = unitFor(math.Max(high, -low))
		p.axis = axisFor(low/p.unit.by, high/p.unit.by, 5)
	}
	p.slot = (p.right - p.left) / float64(len(s.Labels))
	p.thick = math.Min(p.slot*0.64, 84)
	return p
}

// extent gives how far the bars reach below and above zero.
func (s Stack) extent() (low, high float64) {
	for i := range s.Labels {
		var below, above float64
		for _, series := range s.Series {
			if v := series.Values[i]; v < 0 {
				below += v
			} else {
				above += v
			}
		}
		if s.Line != nil {
			above = math.Max(above, s.Line.Values[i])
		}
		low, high = math.Min(low, below), math.Max(high, above)
	}
	return low, high
}

func (p plot) grid(c *canvas, s Stack) {
	for _, t := range p.axis.ticks() {
		y := p.axis.place(t, p.top, p.bottom)
		tone := rule
		if math.Abs(t) < p.axis.step/1000 {
			tone = strong
		}
		c.across(p.left, p.right, y, tone)
		label := number(t, p.axis.step)
		if s.Share {
			label = number(t*100, p.axis.step*100) + " %"
		}
		c.text(label, p.left-8, y+4, smallSize, right, quiet)
	}
}

// inUnits says what the numbers of the axis are.
func (p plot) inUnits(s Stack) string {
	if s.Share {
		return ""
	}
	return " · " + strings.TrimSpace(s.Currency+" "+p.unit.name)
}

// bar draws the bands of one label, positive ones upwards and negative ones downwards from zero.
func (p plot) bar(c *canvas, s Stack, i int) {
	x0 := p.left + p.slot*(float64(i)+0.5) - p.thick/2
	if s.nothing(i) && p.slot > 64 {
		c.text(cmp.Or(s.Void, "no income"), x0+p.thick/2, p.axis.place(0, p.top, p.bottom)-8, smallSize, center, quiet)
	}
	var below, above float64
	for k, series := range s.Series {
		v := series.Values[i] / p.unit.by
		if v == 0 {
			continue
		}
		from := above
		if v < 0 {
			from = below
			below += v
		} else {
			above += v
		}
		y0, y1 := p.axis.place(from, p.top, p.bottom), p.axis.place(from+v, p.top, p.bottom)
		fill := colorOf(s, k)
		c.rect(x0, y1, x0+p.thick, y0, fill)
		if height := math.Abs(y0 - y1); height > 3 {
			c.across(x0, x0+p.thick, y1, paper) // neighbours stay apart where their colours are close
			label := number(v, p.axis.step/10)
			if s.Share {
				label = fmt.Sprintf("%.0f %%", v*100)
			}
			if height >= 15 && c.measure(label, smallSize) <= p.thick-6 {
				c.text(label, x0+p.thick/2, (y0+y1)/2+4.5, smallSize, center, inkOn(fill))
			}
		}
	}
}

// line steps across the bars, level over each label.
func (p plot) line(c *canvas, s *Series, apart bool) {
	var points [][2]float64
	for i, v := range s.Values {
		y := p.axis.place(v/p.unit.by, p.top, p.bottom)
		points = append(points, [2]float64{p.left + p.slot*float64(i), y}, [2]float64{p.left + p.slot*float64(i+1), y})
		if apart || i == len(s.Values)-1 {
			c.path(points, ink)
			points = nil
		}
	}
}

// foot writes labels and figures under the bars, leaving out every second, third, … where they would touch.
func (p plot) foot(c *canvas, s Stack) {
	widest := 0.0
	for i, label := range s.Labels {
		if !s.Named {
			widest = math.Max(widest, c.measure(label, smallSize+0.5))
		}
		for _, r := range s.Rows {
			widest = math.Max(widest, c.measure(r.Cells[i], smallSize))
		}
	}
	every := int(math.Ceil((widest + 6) / p.slot))
	y := p.bottom + 18
	for k := -1; k < len(s.Rows); k++ {
		if k >= 0 {
			c.text(c.fit(s.Rows[k].Name, smallSize, p.left-margin-12), margin, y, smallSize, left, quiet)
		}
		for i := range s.Labels {
			if (len(s.Labels)-1-i)%every != 0 { // the newest is always there
				continue
			}
			x := p.left + p.slot*(float64(i)+0.5)
			if k < 0 {
				c.text(c.fit(s.Labels[i], smallSize+0.5, p.slot*float64(every)-6), x, y, smallSize+0.5, center, ink)
			} else {
				c.text(s.Rows[k].Cells[i], x, y, smallSize, center, ink)
			}
		}
		y += rowHeight
	}
}

// legend names the bands in the order in which they lie on each other, the topmost first. A long name
// takes two lines.
func (s Stack) legend(c *canvas, p plot) {
	const size = smallSize + 0.5
	x, y := p.right+margin, p.top+6
	room := c.width - x - 20 - 12
	for i := len(s.Series) - 1; i >= 0; i-- {
		c.rect(x, y-9, x+12, y+3, colorOf(s, i))
		first, second := c.wrap(s.Series[i].Name, size, room)
		c.text(first, x+20, y+1.5, size, left, ink)
		if second != "" {
			y += 15
			c.text(second, x+20, y+1.5, size, left, ink)
		}
		y += 22
	}
	if s.Line != nil {
		c.path([][2]float64{{x, y - 3}, {x + 12, y - 3}}, ink)
		c.text(c.fit(s.Line.Name, size, room), x+20, y+1.5, size, left, ink)
	}
}
