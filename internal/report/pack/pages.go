package pack

import (
	"fmt"
	"strings"

	"piper/internal/chart"
	"piper/internal/pdf"
	"piper/internal/report"
)

// chapters are the pack, in order. One that has nothing to say is left out; one whose room, in millimetres, is left on a
// page goes on there.
var chapters = []struct {
	title string
	room  float64
	shown func(*PackContent) bool
	write func(*PackContent, *pdf.Doc)
	lead  func(*PackContent) string
}{
	{"At a glance", 250, nil, (*PackContent).glance, (*PackContent).inShort},
	{"Notes by the secretariat", 60, func(c *PackContent) bool { return c.Notes != "" }, (*PackContent).notes, nil},
	{"Since the last pack", 110, nil, (*PackContent).changes, (*PackContent).sinceLead},
	{"On whom we depend", 250, nil, (*PackContent).donors, (*PackContent).donorsLead},
	{"How free the money is", 140, nil, (*PackContent).freedom, (*PackContent).freedomLead},
	{"Reserves", 170, nil, (*PackContent).reserves, (*PackContent).reservesLead},
	{"The next three years", 180, nil, (*PackContent).ahead, (*PackContent).aheadLead},
	{"If a donor stopped", 90, nil, (*PackContent).losses, (*PackContent).lossesLead},
	{"Who calls which tune", 80, nil, (*PackContent).tunes, (*PackContent).tunesLead},
	{"The board's targets", 60, nil, (*PackContent).targets, nil},
	{"What the figures mean", 250, nil, (*PackContent).meaning, nil},
}

// PDF sets the pack; the same content gives the same bytes.
func (c *PackContent) PDF() ([]byte, error) {
	head := c.Title
	if c.Organisation != "" {
		head = c.Organisation + " · " + c.Title
	}
	o := pdf.Options{Title: head, Author: c.Organisation, Head: head, Foot: "As of " + longDay(c.AsOf) + " · " + string(c.Basis) + " basis · by " + string(c.View) + " donor · " + c.currency(), Made: c.MadeAt.Time()}
	return pdf.Make(o, func(d *pdf.Doc) {
		d.Cover(c.Organisation, c.Title, "Funding and dependence · "+c.years()+" · as of "+longDay(c.AsOf), c.facts())
		for _, ch := range chapters {
			if ch.shown != nil && !ch.shown(c) {
				continue
			}
			lead := ""
			if ch.lead != nil {
				lead = ch.lead(c)
			}
			d.Chapter(ch.title, lead, ch.room)
			ch.write(c, d)
		}
	})
}

func (c *PackContent) years() string {
	labels := c.Donors.Labels
	if len(labels) == 1 {
		return labels[0]
	}
	return labels[0] + " to " + labels[len(labels)-1]
}

func (c *PackContent) facts() []pdf.Fact {
	made := longDay(c.MadeAt.Date())
	if c.MadeBy != "" {
		made += ", by " + c.MadeBy
	}
	return []pdf.Fact{
		{Name: "Basis", Value: basisWords[c.Basis]}, {Name: "Donors", Value: viewWords[c.View]},
		{Name: "As of", Value: longDay(c.AsOf) + ". Later corrections of the books do not change this pack."}, {Name: "Made", Value: made},
	}
}

// yearName is what the last year is called, with a word where it has not ended.
func (c *PackContent) yearName() string {
	if c.Running {
		return c.Dashboard.Label + " so far"
	}
	return c.Dashboard.Label
}

// draw sets a chart under a heading of its own; the heading is the chart's title.
func draw(d *pdf.Doc, s chart.Stack, height float64) {
	d.Heading(s.Title, height*0.24)
	s.Title = ""
	d.Picture(700, height, chart.Margin, func(on *pdf.Surface, w, h float64) { chart.DrawStack(on, s, w, h) })
}

func (c *PackContent) inShort() string {
	d := c.Donors
	last := len(d.Years) - 1
	var largest *report.DonorSeries
	for i := range d.Donors {
		if s := d.Donors[i].Shares[last]; s != nil && (largest == nil || *s > *largest.Shares[last]) {
			largest = &d.Donors[i]
		}
	}
	if largest == nil {
		return "No income is counted in " + c.yearName() + "."
	}
	text := fmt.Sprintf("In %s %s brought %s of the income", c.yearName(), largest.Name, percent(d.Top1[last]))
	if len(d.Donors) > 3 {
		text += ", the three largest donors " + percent(d.Top3[last])
	}
	text += ". " + percent(c.Earmarking.UnearmarkedRatio[last]) + " was unearmarked."
	if r := c.Dashboard.Reserve; r != nil && r.Months != nil {
		text += " Free reserves would pay for " + say("reserveMonths", r.Months) + " months of work, by the statement of " + longDay(r.Date) + "."
	}
	return text
}

func (c *PackContent) glance(d *pdf.Doc) {
	last := len(c.Donors.Years) - 1
	tiles := []pdf.Tile{
		{Name: c.metricName("income") + ", " + c.yearName(), Value: say("income", c.income()), Small: c.yearBefore(say("income", c.incomeBefore()))},
		{Name: "Effective number of funders", Value: say("effective", c.Donors.EffectiveFunders[last]), Small: "How many donors of equal size"},
	}
	for _, r := range c.Dashboard.Readings {
		mark, tone := markWords(r)
		tiles = append(tiles, pdf.Tile{Name: metricWords[string(r.Metric)], Value: say(string(r.Metric), r.Value), Mark: mark, Tone: tone,
			Small: c.yearBefore(say(string(r.Metric), r.Before))})
	}
	tiles = append(tiles, c.cliffTile())
	d.Tiles(tiles)
	d.Note("Limits are the secretariat's own choice: there is no agreed limit of concentration for non-profits. Exposure is shown beside reserves and flexibility, and never as one grade.")
	if c.Running {
		d.Note(c.Dashboard.Label + " has not ended: its figures are of what is in the books on " + longDay(c.AsOf) + ".")
	}
}

func (c *PackContent) incomeBefore() *float64 {
	if n := len(c.Donors.Totals); n > 1 {
		v := float64(c.Donors.Totals[n-2]) / 100
		return &v
	}
	return nil
}

func (c *PackContent) yearBefore(value string) string {
	if n := len(c.Donors.Labels); n > 1 {
		return c.Donors.Labels[n-2] + ": " + value
	}
	return "The year before: " + value
}

// markWords says of a figure in words which limit it has passed.
func markWords(r report.Reading) (string, pdf.Tone) {
	if r.Limit == nil || r.Value == nil {
		return "", pdf.Ink
	}
	side := "at or above "
	if r.Metric == "reserveMonths" {
		side = "fewer than "
	}
	limit := func(v float64) string {
		switch r.Metric {
		case "reserveMonths":
			return fmt.Sprintf("%g", v)
		case "hhi":
			return fmt.Sprintf("%.2f", v)
		}
		return fmt.Sprintf("%.0f %%", v*100)
	}
	switch r.Mark {
	case report.Red:
		return "Red: " + side + limit(r.Limit.Red), pdf.Red
	case report.Amber:
		return "Amber: " + side + limit(r.Limit.Amber), pdf.Amber
	}
	return "Within the limit of " + limit(r.Limit.Amber), pdf.Good
}

func (c *PackContent) cliffTile() pdf.Tile {
	cliff := c.Dashboard.Cliff
	t := pdf.Tile{Name: "Cliff month", Value: "n/a", Small: "No core budget was adopted"}
	switch {
	case cliff.Known && cliff.Month == "":
		t.Value, t.Small = "none", "Core cost is covered for three years"
	case cliff.Known:
		t.Value, t.Small = month(cliff.Month), "Secured money is less than core cost"
	}
	return t
}

func (c *PackContent) notes(d *pdf.Doc) {
	for paragraph := range strings.SplitSeq(c.Notes, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			d.Para(paragraph)
		}
	}
}

func (c *PackContent) sinceLead() string {
	if c.Since == nil {
		return "There is no earlier pack of this basis and view to compare with."
	}
	text := fmt.Sprintf("Compared with the pack of %s, as of %s.", longDay(c.Since.MadeAt.Date()), longDay(c.Since.AsOf))
	if c.Since.YearBefore != c.Since.YearNow {
		text += fmt.Sprintf(" That one was about %s, this one is about %s.", c.Since.YearBefore, c.Since.YearNow)
	}
	return text
}

func (c *PackContent) changes(d *pdf.Doc) {
	s := c.Since
	if s == nil {
		return
	}
	t := pdf.Table{Columns: []pdf.Column{{Title: "Figure", Share: 4}, {Title: "Then, " + s.YearBefore, Share: 2, Right: true}, {Title: "Now, " + s.YearNow, Share: 2, Right: true}, {Title: "Change", Share: 2, Right: true}}}
	for _, one := range s.Changes {
		t.Rows = append(t.Rows, texts(c.metricName(one.Metric), say(one.Metric, one.Before), say(one.Metric, one.Now), change(one.Metric, one.Before, one.Now)))
	}
	t.Rows = append(t.Rows, texts("Cliff month", orNone(s.CliffBefore), orNone(s.CliffNow), ""))
	d.Table(t)
	names := func(title string, list []string) {
		if len(list) > 0 {
			d.Define(title, joined(list, 12))
		}
	}
	names("New donors", s.NewDonors)
	names("No longer donors", s.FormerDonors)
	if len(s.Restated) == 0 {
		d.Note("The income of earlier years is what it was in that pack.")
		return
	}
	t = pdf.Table{Title: "Years whose income was corrected since", Columns: []pdf.Column{{Title: "Year", Share: 3}, {Title: "Income then, " + c.currency(), Share: 3, Right: true}, {Title: "Income now, " + c.currency(), Share: 3, Right: true}, {Title: "Difference", Share: 3, Right: true}}}
	for _, r := range s.Restated {
		t.Rows = append(t.Rows, texts(r.Label, chart.Whole(r.Before), chart.Whole(r.Now), chart.Whole(r.Now-r.Before)))
	}
	d.Table(t)
}

func orNone(m string) string {
	if m == "" {
		return "none"
	}
	return month(m)
}

func joined(list []string, most int) string {
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d others", len(list)-most)
}

func texts(list ...string) pdf.Row {
	var r pdf.Row
	for _, s := range list {
		r.Cells = append(r.Cells, pdf.Cell{Text: s})
	}
	return r
}
