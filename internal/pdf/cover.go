package pdf

import "strconv"

// Fact is a name and what it is.
type Fact struct{ Name, Value string }

// Cover sets the first page: who, what, the facts that every figure inside goes by, and the contents.
func (d *Doc) Cover(organisation, title, subtitle string, facts []Fact) {
	d.covered = true
	d.f.AddPage()
	const band = 112.0
	d.box(0, 0, pageWidth, band, tones[Accent])
	d.put(d.fit(organisation, 13, "", Width), side, 34, 13, "", white)
	y := 78.0
	lines := d.wrap(title, 34, "B", Width)
	for i, line := range lines {
		d.put(line, side, y-13*float64(len(lines)-1-i), 34, "B", white)
	}
	d.put(d.fit(subtitle, 13, "", Width), side, y+13, 13, "", white)
	y = band + 14
	for _, fact := range facts {
		d.put(fact.Name, side, y, 9, "", Quiet)
		for _, line := range d.wrap(fact.Value, 9.5, "", Width-46) {
			d.put(line, side+46, y, 9.5, "", Ink)
			y += 5.4
		}
		y += 1
	}
	y += 9
	d.put("Contents", side, y, 12, "B", Accent)
	y += 4
	for _, e := range d.known {
		d.rule(side, y, Width, hairline, 0.15)
		d.put(e.title, side, y+5, 9.5, "", Ink)
		d.right(strconv.Itoa(e.page), side+Width, y+5, 9.5, "", Ink)
		y += 7.2
	}
}
