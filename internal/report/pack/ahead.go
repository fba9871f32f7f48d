package pack

import (
	"fmt"

	"piper/internal/chart"
	"piper/internal/finance"
	"piper/internal/pdf"
	"piper/internal/report"
)

func (c *PackContent) aheadLead() string {
	f := c.Forecast
	switch {
	case f.CoreCost == nil:
		return "No core budget was adopted, so it cannot be told when secured money falls short of core cost."
	case f.CliffMonth == "":
		return "Secured money covers core cost in every one of the next 36 months."
	}
	return "From " + month(f.CliffMonth) + " on, secured money is less than core cost."
}

func (c *PackContent) ahead(d *pdf.Doc) {
	f := c.Forecast
	if c.Basis == finance.Signed {
		d.Note("What is signed lies in the past, so this chapter and the next look ahead on the cash basis.")
	}
	draw(d, f.Chart(), 340)
	t := pdf.Table{Title: "By fiscal year, in " + c.currency(), Columns: []pdf.Column{{Title: "Year", Share: 1.6}, {Title: "Secured", Share: 2, Right: true}, {Title: "Change", Share: 3, Right: true}, {Title: "Pipeline, weighted", Share: 2, Right: true},
		{Title: "HHI", Share: 1.2, Right: true}, {Title: "EU share", Share: 1.4, Right: true}, {Title: "Unearmarked", Share: 1.8, Right: true}}}
	for _, y := range f.Years {
		row := texts(y.Label, chart.Whole(y.Secured), "", chart.Whole(y.Weighted), say(string(finance.MetricHHI), y.HHI), percent(y.EUShare), percent(y.Unearmarked))
		row.Cells[2] = pdf.Cell{Text: say("", y.Change)}
		if y.Alert {
			row.Cells[2] = pdf.Cell{Text: "alert: " + say("", y.Change), Tone: pdf.Red}
		}
		t.Rows = append(t.Rows, row)
	}
	d.Table(t)
	switch {
	case f.FreeAtStart == nil:
		d.Note("There is no reserve statement, so it is not told how long free reserves last.")
	case f.Exhausted == nil:
		d.Para(fmt.Sprintf("Free reserves of %s %s, by the statement of %s, last through these 36 months if the weighted pipeline comes in as expected.", c.currency(), chart.Whole(*f.FreeAtStart), longDay(f.ReserveDate)))
	default:
		d.Para(fmt.Sprintf("Free reserves of %s %s, by the statement of %s, reach zero after %s months.", c.currency(), chart.Whole(*f.FreeAtStart), longDay(f.ReserveDate), say(string(finance.MetricReserveMonths), f.Exhausted)))
	}
	d.Note("Costs are those of the adopted budget; a year without one costs what the last one before it does. The pipeline counts what is asked for × probability.")
}

// shownLosses is how many donors the loss test of the pack lists.
const shownLosses = 12

func (c *PackContent) lossesLead() string {
	l := c.Losses
	switch {
	case l.FreeAtStart == nil:
		return "There is no reserve statement, so it cannot be told how long free reserves would last."
	case len(l.Donors) == 0:
		return "Nothing is expected of any donor in the months ahead."
	case l.Donors[0].Months == nil:
		return fmt.Sprintf("Whichever donor stopped, free reserves would last through the next %d months.", l.Horizon)
	}
	text := fmt.Sprintf("If %s paid nothing from %s on and costs stayed as they are, free reserves would last %s months", l.Donors[0].Name, longDay(l.Stop), say("reserveMonths", l.Donors[0].Months))
	if l.Without != nil {
		return text + fmt.Sprintf("; with every donor %s.", say("reserveMonths", l.Without))
	}
	return text + fmt.Sprintf("; with every donor they last through all %d.", l.Horizon)
}

func (c *PackContent) losses(d *pdf.Doc) {
	l := c.Losses
	if len(l.Donors) == 0 {
		return
	}
	t := pdf.Table{Columns: []pdf.Column{{Title: "Donor who stops", Share: 5}, {Title: "Expected from then on, " + c.currency(), Share: 2.4, Right: true}, {Title: "Months until free reserves reach zero", Share: 5}}}
	for i, one := range l.Donors {
		if i == shownLosses {
			break
		}
		row := texts(one.Name, chart.Whole(one.Cents), "")
		row.Cells[2] = c.lasting(one.Months)
		t.Rows = append(t.Rows, row)
	}
	sum := texts("With every donor", "", "")
	sum.Cells[2], sum.Strong = c.lasting(l.Without), true
	t.Rows = append(t.Rows, sum)
	d.Table(t)
	if n := len(l.Donors) - shownLosses; n > 0 {
		d.Note(fmt.Sprintf("The worst %d of %d donors of whom money is expected.", shownLosses, len(l.Donors)))
	}
}

// lasting is a bar of months; one over its whole length lasts through all of them.
func (c *PackContent) lasting(months *float64) pdf.Cell {
	full := 1.0
	limits := c.Dashboard.Limits.ReserveMonths
	switch {
	case c.Losses.FreeAtStart == nil:
		return pdf.Cell{Text: "n/a"}
	case months == nil:
		return pdf.Cell{Text: fmt.Sprintf("over %d", c.Losses.Horizon), Bar: &full, Tone: pdf.Ink}
	}
	share := *months / float64(c.Losses.Horizon)
	cell := pdf.Cell{Text: say("reserveMonths", months), Bar: &share}
	switch {
	case *months < limits.Red:
		cell.Tone = pdf.Red
	case *months < limits.Amber:
		cell.Tone = pdf.Amber
	}
	return cell
}

// shownTunes is how many donors with strings the pack shows.
const shownTunes = 8

func (c *PackContent) tunesLead() string {
	if len(c.Tunes.Donors) == 0 {
		return "No conditions are recorded that bind us today."
	}
	gravest := 0
	for _, t := range c.Tunes.Donors {
		for _, s := range t.Strings {
			if s.Severity == 3 {
				gravest++
			}
		}
	}
	text := fmt.Sprintf("%d donors attach conditions that bind us today.", len(c.Tunes.Donors))
	if len(c.Tunes.Donors) == 1 {
		text = "One donor attaches conditions that bind us today."
	}
	switch gravest {
	case 0:
		return text + " None touches what we stand for."
	case 1:
		return text + " One of them touches what we stand for."
	}
	return text + fmt.Sprintf(" %d of them touch what we stand for.", gravest)
}

func (c *PackContent) tunes(d *pdf.Doc) {
	for i, t := range c.Tunes.Donors {
		if i == shownTunes {
			d.Note(fmt.Sprintf("Of %d donors with conditions the %d with the largest share of income are shown.", len(c.Tunes.Donors), shownTunes))
			break
		}
		title := t.Name
		if t.Share != nil {
			title += fmt.Sprintf(" · %s of the income of %s", percent(t.Share), c.years())
		}
		table := pdf.Table{Title: title, Columns: []pdf.Column{{Title: "Condition", Share: 6}, {Title: "Kind", Share: 2}, {Title: "How grave", Share: 3}}}
		for _, s := range t.Strings {
			text := s.Text
			if s.Clause != "" {
				text += " (" + s.Clause + ")"
			}
			row := texts(text, kindWords[s.Kind], severityWords[s.Severity])
			if s.Severity == 3 {
				row.Cells[2].Tone = pdf.Red
			}
			table.Rows = append(table.Rows, row)
		}
		d.Table(table)
	}
}

func (c *PackContent) targets(d *pdf.Doc) {
	if len(c.Dashboard.Targets) == 0 {
		d.Para("The board has set no targets.")
		return
	}
	t := pdf.Table{Columns: []pdf.Column{{Title: "Target", Share: 4}, {Title: "Start", Share: 2.2, Right: true}, {Title: "Now", Share: 1.8, Right: true}, {Title: "Expected by now", Share: 2, Right: true}, {Title: "Where we are", Share: 2.4}}}
	for _, a := range c.Dashboard.Targets {
		metric := string(a.Metric)
		row := texts(fmt.Sprintf("%s %s %s by the end of %d", metricWords[metric], a.Comparison, say(metric, &a.Value), a.Year),
			fmt.Sprintf("%s (%d)", say(metric, a.StartValue), a.StartYear), say(metric, a.Now), say(metric, a.Expected), "")
		row.Cells[4] = standing(a)
		t.Rows = append(t.Rows, row)
		if a.Basis != c.Basis || a.View != c.View {
			row.Cells[0].Text += fmt.Sprintf(" (%s basis, by %s donor)", a.Basis, a.View)
		}
	}
	d.Table(t)
	d.Note("Expected is where a straight line from the start to the target is at the end of " + c.Dashboard.Label + ".")
}

func standing(a report.Aim) pdf.Cell {
	switch {
	case a.Reached != nil && *a.Reached:
		return pdf.Cell{Text: "Reached", Tone: pdf.Good}
	case a.OnTrack == nil:
		return pdf.Cell{Text: "n/a"}
	case *a.OnTrack:
		return pdf.Cell{Text: "On track", Tone: pdf.Good}
	}
	return pdf.Cell{Text: "Behind the line", Tone: pdf.Amber}
}

// shownLeft is how many lines that are left out are listed.
const shownLeft = 20

func (c *PackContent) meaning(d *pdf.Doc) {
	for _, one := range c.Definitions {
		d.Define(one.Term, one.Meaning)
	}
	if c.Donors.NotConvertedCount == 0 && len(c.Donors.NetNegative) == 0 {
		d.Heading("What was left out", 24)
		d.Para("Nothing: every line of these years is converted, and no donor got back more than they gave.")
		return
	}
	c.leftOut(d)
}

func (c *PackContent) leftOut(d *pdf.Doc) {
	if n := c.Donors.NotConvertedCount; n > 0 {
		t := pdf.Table{Title: "Left out: lines that are not converted", Columns: []pdf.Column{{Title: "Donor", Share: 4}, {Title: "Day", Share: 2.2}, {Title: "Amount", Share: 2.2, Right: true}, {Title: "Why", Share: 4}}}
		for _, u := range c.Donors.NotConverted[:min(len(c.Donors.NotConverted), shownLeft)] {
			t.Rows = append(t.Rows, texts(u.DonorName, longDay(u.Date), u.Amount.Currency+" "+chart.Whole(u.Amount.Minor), u.Reason))
		}
		d.Table(t)
		if n > shownLeft {
			d.Note(fmt.Sprintf("The first %d of %d lines that are not converted.", shownLeft, n))
		}
	}
	t := pdf.Table{Title: "Left out: donors who got back more than they gave", Columns: []pdf.Column{{Title: "Donor", Share: 4}, {Title: "Year", Share: 2}, {Title: "Net, " + c.currency(), Share: 2, Right: true}}}
	for _, n := range c.Donors.NetNegative[:min(len(c.Donors.NetNegative), shownLeft)] {
		t.Rows = append(t.Rows, texts(n.Name, c.labelOf(n.Year), chart.Whole(n.Amount.Minor)))
	}
	d.Table(t)
	if n := len(c.Donors.NetNegative); n > shownLeft {
		d.Note(fmt.Sprintf("The first %d of %d.", shownLeft, n))
	}
}

func (c *PackContent) labelOf(year int) string {
	if i := year - c.From; i >= 0 && i < len(c.Donors.Labels) {
		return c.Donors.Labels[i]
	}
	return fmt.Sprint(year)
}
