package pack

import (
	"fmt"

	"piper/internal/chart"
	"piper/internal/finance"
	"piper/internal/pdf"
	"piper/internal/report"
)

// shownDonors is how many donors a table of the pack names.
const shownDonors = 10

func (c *PackContent) donorsLead() string {
	last := len(c.Donors.Years) - 1
	if c.Donors.HHI[last] == nil {
		return "No income is counted in " + c.yearName() + "."
	}
	return fmt.Sprintf("%s donors in %s; as concentrated as %s donors of equal size. %s of the income is from the European Union.", number(c.paying()), c.yearName(),
		say("effective", c.Donors.EffectiveFunders[last]), percent(c.Sources.EUShare[last]))
}

func number(n int) string { return chart.Whole(int64(n) * 100) }

// paying counts the donors of the last year.
func (c *PackContent) paying() int {
	n := 0
	for _, d := range c.Donors.Donors {
		if d.Shares[len(d.Shares)-1] != nil {
			n++
		}
	}
	return n
}

func (c *PackContent) donors(d *pdf.Doc) {
	draw(d, c.Donors.Chart(), 330)
	if len(c.Donors.Donors) > 0 {
		c.donorTable(d)
	}
	draw(d, c.Sources.Chart(), 310)
}

func (c *PackContent) donorTable(d *pdf.Doc) {
	labels, totals := c.Donors.Labels, c.Donors.Totals
	first := max(0, len(labels)-3)
	t := pdf.Table{Columns: []pdf.Column{{Title: "Income in " + c.currency() + " thousand, share of the year", Share: 5}}}
	for _, l := range labels[first:] {
		t.Columns = append(t.Columns, pdf.Column{Title: l, Share: 2, Right: true}, pdf.Column{Title: "share", Share: 1.2, Right: true})
	}
	for i, one := range c.Donors.Donors {
		if i == shownDonors {
			break
		}
		row := texts(one.Name)
		for k := first; k < len(labels); k++ {
			amount, share := "", ""
			if one.Amounts[k] != 0 {
				amount, share = chart.Thousands(one.Amounts[k]), percent(one.Shares[k])
			}
			row.Cells = append(row.Cells, pdf.Cell{Text: amount}, pdf.Cell{Text: share, Tone: pdf.Quiet})
		}
		t.Rows = append(t.Rows, row)
	}
	sum := texts(fmt.Sprintf("All %s donors", number(len(c.Donors.Donors))))
	for k := first; k < len(labels); k++ {
		sum.Cells = append(sum.Cells, pdf.Cell{Text: chart.Thousands(totals[k])}, pdf.Cell{})
	}
	sum.Strong = true
	t.Rows = append(t.Rows, sum)
	t.Title = "Donors"
	if len(c.Donors.Donors) > shownDonors {
		t.Title = fmt.Sprintf("The %d largest donors over these years", shownDonors)
	}
	d.Table(t)
}

func (c *PackContent) freedomLead() string {
	last := len(c.Earmarking.Years) - 1
	if c.Earmarking.Totals[last] == 0 {
		return "No income is counted in " + c.yearName() + "."
	}
	return fmt.Sprintf("%s of the income of %s is unearmarked, %s with softly earmarked money.", percent(c.Earmarking.UnearmarkedRatio[last]), c.yearName(), percent(c.Earmarking.FlexibleRatio[last]))
}

func (c *PackContent) freedom(d *pdf.Doc) {
	e := c.Earmarking
	draw(d, e.Chart(), 340)
	t := pdf.Table{Title: "In figures", Columns: []pdf.Column{{Title: c.currency() + " thousand", Share: 4}}}
	for _, l := range e.Labels {
		t.Columns = append(t.Columns, pdf.Column{Title: l, Share: 2, Right: true})
	}
	for _, level := range e.Levels {
		row := texts(report.LevelNames[level.Level])
		for _, a := range level.Amounts {
			row.Cells = append(row.Cells, pdf.Cell{Text: chart.Thousands(a)})
		}
		t.Rows = append(t.Rows, row)
	}
	sum := texts("Income")
	for _, a := range e.Totals {
		sum.Cells = append(sum.Cells, pdf.Cell{Text: chart.Thousands(a)})
	}
	sum.Strong = true
	t.Rows = append(t.Rows, sum)
	for _, ratio := range []struct {
		name   string
		values []*float64
	}{{"Unearmarked", e.UnearmarkedRatio}, {"Flexible", e.FlexibleRatio}, {"Unrestricted", e.UnrestrictedRatio}} {
		row := texts(ratio.name + " ÷ income")
		for _, v := range ratio.values {
			row.Cells = append(row.Cells, pdf.Cell{Text: percent(v)})
		}
		t.Rows = append(t.Rows, row)
	}
	if len(e.Labels) <= 8 {
		d.Table(t)
	}
	cover := c.Dashboard.Coverage
	d.Table(pdf.Table{Title: "Core coverage in " + c.yearName(), Columns: []pdf.Column{{Title: "Part", Share: 4}, {Title: c.currency(), Share: 2, Right: true}}, Rows: []pdf.Row{
		texts("Unrestricted income", chart.Whole(cover.Unrestricted)), texts("Overhead recovered", chart.Whole(cover.Recovered)), texts("Core budget", budgetWords(cover.CoreBudget)),
		{Cells: texts("Core coverage", say(string(finance.MetricCoreCoverage), cover.Ratio)).Cells, Strong: true},
	}})
}

func budgetWords(cents int64) string {
	if cents == 0 {
		return "none adopted"
	}
	return chart.Whole(cents)
}

func (c *PackContent) reservesLead() string {
	r := c.Dashboard.Reserve
	if r == nil {
		return "There is no reserve statement, so free reserves are not known."
	}
	text := fmt.Sprintf("On %s free reserves were %s %s", longDay(r.Date), c.currency(), chart.Whole(r.Free))
	if r.Months != nil {
		text += fmt.Sprintf(": %s months of operating spend", say(string(finance.MetricReserveMonths), r.Months))
	}
	switch r.Mark {
	case report.Red:
		return text + fmt.Sprintf(", fewer than the red limit of %g.", c.Dashboard.Limits.ReserveMonths.Red)
	case report.Amber:
		return text + fmt.Sprintf(", fewer than the amber limit of %g.", c.Dashboard.Limits.ReserveMonths.Amber)
	}
	return text + "."
}

func (c *PackContent) reserves(d *pdf.Doc) {
	list := c.Reserves
	if len(list) == 0 {
		return
	}
	list = list[max(0, len(list)-8):]
	draw(d, report.ReservesChart(list, c.currency()), 300)
	t := pdf.Table{Title: "Statements, in " + c.currency(), Columns: []pdf.Column{{Title: "Statement of", Share: 3}, {Title: "Unrestricted", Share: 2, Right: true}, {Title: "Designated", Share: 2, Right: true}, {Title: "Net fixed assets", Share: 2, Right: true},
		{Title: "Free", Share: 2, Right: true}, {Title: "Annual spend", Share: 2, Right: true}, {Title: "Months", Share: 1.2, Right: true}}}
	for _, s := range list {
		t.Rows = append(t.Rows, texts(longDay(s.Date), chart.Whole(s.Unrestricted), chart.Whole(s.Designated), chart.Whole(s.NetFixedAssets), chart.Whole(s.Free), chart.Whole(s.AnnualSpend), say(string(finance.MetricReserveMonths), s.Months)))
	}
	d.Table(t)
}
