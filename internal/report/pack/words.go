package pack

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"piper/internal/chart"
	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/store"
)

// metricName gives what a metric is called in this pack, with its currency where it is an amount.
func (c *PackContent) metricName(metric string) string {
	if metric == "income" || metric == "freeReserves" {
		return metricWords[metric] + ", " + c.currency()
	}
	return metricWords[metric]
}

var metricWords = map[string]string{
	string(finance.MetricHHI): "Concentration (HHI)", string(finance.MetricTop1): "Largest donor", string(finance.MetricTop3): "Three largest donors",
	string(finance.MetricEUShare): "EU share", string(finance.MetricUnearmarked): "Unearmarked", string(finance.MetricFlexible): "Flexible",
	string(finance.MetricUnrestricted): "Unrestricted", string(finance.MetricCoreCoverage): "Core coverage",
	string(finance.MetricReserveMonths): "Months of free reserves", "income": "Income", "effective": "Effective number of funders", "freeReserves": "Free reserves",
}

// say writes the value of a metric as a person reads it.
func say(metric string, v *float64) string {
	if v == nil {
		return "n/a"
	}
	switch metric {
	case string(finance.MetricHHI):
		return minus(strconv.FormatFloat(*v, 'f', 3, 64))
	case string(finance.MetricReserveMonths), "effective":
		return minus(strconv.FormatFloat(*v, 'f', 1, 64))
	case "income", "freeReserves":
		return chart.Whole(int64(math.Round(*v * 100)))
	}
	return minus(fmt.Sprintf("%.1f %%", *v*100))
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

// change writes by how much a metric has moved.
func change(metric string, before, now *float64) string {
	if before == nil || now == nil {
		return "n/a"
	}
	by := *now - *before
	text := say(metric, &by)
	switch {
	case strings.Trim(text, "−0.,% ") == "":
		return "unchanged"
	case strings.HasSuffix(text, "%"):
		text = strings.TrimSuffix(text, "%") + "pts"
	}
	if by > 0 {
		text = "+" + text
	}
	return text
}

// percent writes a share with a blank that no line is broken at.
func percent(v *float64) string {
	if v == nil {
		return "n/a"
	}
	return fmt.Sprintf("%.0f\u00a0%%", *v*100)
}

func longDay(d store.Date) string {
	if t := d.Time(); !t.IsZero() {
		return t.Format("2 January 2006")
	}
	return string(d)
}

// month writes "2027-03" as "March 2027".
func month(m string) string {
	if t, err := time.Parse("2006-01", m); err == nil {
		return t.Format("January 2006")
	}
	return m
}

var basisWords = map[finance.Basis]string{
	finance.Cash: "Cash: counted when it is received", finance.Accrued: "Accrued: agreements alone, spread over their terms by day",
	finance.Signed: "Signed: agreements alone, with their whole value on the day of signature",
}

var viewWords = map[finance.View]string{
	finance.Ultimate: "By ultimate donor: sub-grants and departments count as the institution whose money it is",
	finance.Direct:   "By direct donor: who paid us, without looking behind them",
}

var kindWords = map[string]string{"pledge": "Pledge", "veto": "Publication veto", "data": "Data duty", "exclusivity": "Exclusivity", "audit": "Audit right", "other": "Other"}

var severityWords = map[int]string{1: "1: we can live with it", 2: "2: it costs us something", 3: "3: it touches what we stand for"}

// definitionsIn are those of internal/finance/README.md, for books in a currency.
func definitionsIn(reporting money.Reporting) []PackDefinition {
	how := "at the reference rate of the European Central Bank of the last published day on or before the day of the line; the rate is kept with the line"
	if reporting.Code() != money.Euro {
		how = "at the reference rates of the European Central Bank, by way of the euro, of the last published day on or before the day of the line; both are kept with the line"
	}
	income := "In " + reporting.Code() + ", refunds taken off, converted " + how + ". A line without a rate is in no figure and is listed as not converted."
	return append([]PackDefinition{{"Income", income}}, definitions...)
}

var definitions = []PackDefinition{
	{"Basis", "Cash counts what was received. Accrued spreads agreements over their terms by day. Signed counts agreements with their value at signature. They are never mixed in one figure."},
	{"Ultimate donor", "Whose money it really is: a sub-grant that a consortium lead pays out of Commission money is Commission money, and departments count as the institution that they belong to. A donor who got back more than they gave in a year is not part of that year and is listed."},
	{"Share", "A donor's income ÷ the income of all donors of the year."},
	{"HHI", "Herfindahl–Hirschman index: the sum of the squares of all donors' shares. 1 means one donor; with n equal donors it is 1/n."},
	{"Effective number of funders", "1 ÷ HHI: how many donors of equal size would be as concentrated."},
	{"Largest, three largest donors", "The sum of the one, or of the three, largest shares."},
	{"EU share", "Income from the European Union ÷ income."},
	{"Unearmarked, flexible", "Unearmarked ÷ income; unearmarked and softly earmarked together ÷ income. The four levels are those of the Grand Bargain: unearmarked, softly earmarked, earmarked, tightly earmarked."},
	{"Unrestricted", "Unrestricted ÷ income. Restriction is how the accounts must treat money; it is not the same as earmarking."},
	{"Core coverage", "(Unrestricted income + overhead recovered) ÷ core budget. Overhead recovered is what projects were charged under the category Overhead."},
	{"Free reserves, months", "Unrestricted funds − designated by the board − net fixed assets; divided by a twelfth of the annual operating spend."},
	{"Secured", "Instalments of signed agreements that are due in the period, or on the accrued basis what is earned in it."},
	{"Weighted pipeline", "Open opportunities: what is asked for × probability × the share of it that falls into the period."},
	{"Funding cliff", "(Secured of a year − of the year before) ÷ of the year before; alert at −25 % or less. Cliff month: the first month in which secured, accrued money is less than core cost."},
	{"Loss test", "Months until free reserves reach zero if a donor pays nothing from the day on, while costs stay as they are."},
	{"n/a", "There was nothing to divide by. It is never shown as 0 or 100 %."},
	{"Limits", "There is no agreed limit of concentration for non-profits. The limits are the secretariat's own choice and can be changed by the board. Research is mixed on whether diversification as such makes an organisation healthier, so exposure is shown beside reserves and flexibility and never as one grade."},
}
