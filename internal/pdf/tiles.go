package pdf

// Tile is one figure by itself: what it is, how much, and in small what to know of it.
type Tile struct {
	Name  string
	Value string
	Mark  string // in words; "" for none
	Tone  Tone   // of the mark
	Small string
}

// Tiles sets figures in rows of three.
func (d *Doc) Tiles(list []Tile) {
	const columns, gap, height = 3, 4.0, 33.0
	width := (Width - gap*(columns-1)) / columns
	for i, t := range list {
		if i%columns == 0 {
			if i > 0 {
				d.Space(height + gap)
			}
			d.Need(height)
		}
		x, y := side+float64(i%columns)*(width+gap), d.f.GetY()
		d.box(x, y, width, height, wash)
		d.box(x, y, 0.9, height, markTone(t))
		d.put(d.fit(t.Name, 8.5, "", width-8), x+5, y+6.6, 8.5, "", Quiet)
		d.put(t.Value, x+5, y+16, 19, "B", Ink)
		if t.Mark != "" {
			text := d.fit(t.Mark, 8, "B", width-12)
			ground := grounds[t.Tone]
			d.box(x+5, y+19.4, d.wide(text, 8, "B")+4, 5.2, ground)
			d.put(text, x+7, y+23, 8, "B", t.Tone)
		}
		d.put(d.fit(t.Small, 7.5, "", width-8), x+5, y+29.6, 7.5, "", Quiet)
	}
	d.Space(height + 5)
}

func markTone(t Tile) [3]int {
	if t.Mark == "" {
		return hairline
	}
	return tones[t.Tone]
}
