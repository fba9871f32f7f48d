package pdf

// Column is a column of a table.
type Column struct {
	Title string
	Share float64 // of the width, beside the others'
	Right bool    // of numbers
}

// Cell is one text of a table. Of a cell with a bar the rest of the column is the bar, from 0 to 1.
type Cell struct {
	Text string
	Tone Tone
	Bar  *float64
}

// Row is a row; a strong one sums up those above it.
type Row struct {
	Cells  []Cell
	Strong bool
}

// Table is a table; its head is repeated on every page that it goes over.
type Table struct {
	Title   string // over it; "" for none
	Columns []Column
	Rows    []Row
}

const (
	cellSize   = 8.5
	headSize   = 7.5
	lineHeight = 4.3
	padding    = 1.5 // above and below the text of a row
	gutter     = 4.0 // between columns
)

// whole is up to which height, in millimetres, a table is not parted.
const whole = 90.0

// Table sets a table. A small one stays whole; of a larger one no row is parted, and neither title nor head nor last
// row stands alone.
func (d *Doc) Table(t Table) {
	if len(t.Rows) == 0 {
		return
	}
	widths := t.widths()
	lines, heights, sum := make([][][]string, len(t.Rows)), make([]float64, len(t.Rows)), 0.0
	for i, row := range t.Rows {
		lines[i], heights[i] = d.measure(row, widths)
		sum += heights[i]
	}
	room := sum
	if sum > whole {
		room = heights[0] + heights[1]
	}
	room += d.headHeight(t, widths)
	if t.Title != "" {
		d.Heading(t.Title, room)
	} else {
		d.Need(room)
	}
	d.tableHead(t, widths)
	last := len(t.Rows) - 1
	for i, row := range t.Rows {
		if d.left() < heights[i] || i == last-1 && d.left() < heights[i]+heights[last] {
			d.f.AddPage()
			d.tableHead(t, widths)
		}
		d.row(t, row, lines[i], widths, heights[i])
	}
	d.rule(side, d.f.GetY(), Width, hairline, 0.2)
	d.Space(3)
}

func (t Table) widths() []float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += c.Share
	}
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = (Width + gutter) * c.Share / sum
	}
	return widths
}

func (d *Doc) measure(row Row, widths []float64) (lines [][]string, height float64) {
	most := 1
	for i, c := range row.Cells {
		room := widths[i] - gutter
		if c.Bar != nil {
			room = barText
		}
		lines = append(lines, d.wrap(c.Text, cellSize, style(row), room))
		most = max(most, len(lines[i]))
	}
	return lines, lineHeight*float64(most) + 2*padding
}

func style(row Row) string {
	if row.Strong {
		return "B"
	}
	return ""
}

func (d *Doc) headLines(t Table, widths []float64) (lines [][]string, most int) {
	for i, c := range t.Columns {
		lines = append(lines, d.wrap(c.Title, headSize, "B", widths[i]-gutter))
		most = max(most, len(lines[i]))
	}
	return lines, most
}

func (d *Doc) headHeight(t Table, widths []float64) float64 {
	_, most := d.headLines(t, widths)
	return 3.6*float64(most) + 2.4
}

func (d *Doc) tableHead(t Table, widths []float64) {
	lines, most := d.headLines(t, widths)
	x, y := side, d.f.GetY()
	for i, c := range t.Columns {
		for k, line := range lines[i] { // they stand on the rule
			d.cell(line, x, y+3.6*float64(most-len(lines[i])+k)+2.8, widths[i]-gutter, headSize, "B", Quiet, c.Right)
		}
		x += widths[i]
	}
	y += 3.6*float64(most) + 1.4
	accent := tones[Accent]
	d.rule(side, y, Width, accent, 0.4)
	d.f.SetY(y + 0.6)
}

func (d *Doc) cell(text string, x, baseline, width, size float64, style string, t Tone, toRight bool) {
	if toRight {
		d.right(text, x+width, baseline, size, style, t)
		return
	}
	d.put(text, x, baseline, size, style, t)
}

// barText is the room that the text of a cell with a bar has.
const barText = 21.0

func (d *Doc) row(t Table, row Row, lines [][]string, widths []float64, height float64) {
	x, y := side, d.f.GetY()
	if row.Strong {
		d.box(side, y, Width, height, wash)
	}
	d.rule(side, y, Width, hairline, 0.15)
	for i, c := range row.Cells {
		width := widths[i] - gutter
		if c.Bar != nil {
			long := max(0, min(1, *c.Bar)) * (width - barText)
			d.box(x+barText, y+padding+0.4, max(long, 0.3), lineHeight-0.8, barTones[c.Tone])
		}
		for k, line := range lines[i] {
			d.cell(line, x, y+padding+lineHeight*float64(k)+3.2, width, cellSize, style(row), c.Tone, t.Columns[i].Right && c.Bar == nil)
		}
		x += widths[i]
	}
	d.f.SetY(y + height)
}

var barTones = map[Tone][3]int{Ink: {110, 143, 178}, Quiet: {184, 191, 199}, Good: {94, 164, 124}, Amber: {224, 158, 60}, Red: {201, 82, 70}, Accent: {24, 58, 96}}
