package api

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/sheet"
)

// incomeColumns is what a list of income can show.
func incomeColumns(reporting money.Reporting) []column[incomeLine] {
	type one = incomeLine
	all := []column[one]{
		{"date", "Date", 12, func(l *one) sheet.Cell { return sheet.Day(l.Date) }},
		{"donor", "Donor", 34, func(l *one) sheet.Cell { return l.DonorName }},
		{"ultimateDonor", "Money of", 34, func(l *one) sheet.Cell { return l.UltimateDonorName }},
		{"earmarking", "Earmarking", 16, func(l *one) sheet.Cell { return string(l.Earmarking) }},
		{"restriction", "Restriction", 14, func(l *one) sheet.Cell { return string(l.Restriction) }},
		{"sourceType", "Source type", 14, func(l *one) sheet.Cell { return string(l.SourceType) }},
		{"amount", "Amount", 16, func(l *one) sheet.Cell { return amountCell(&l.Amount) }},
		{"currency", "Currency", 9, func(l *one) sheet.Cell { return l.Amount.Currency }},
		{"worth", "In " + reporting.Code(), 16, func(l *one) sheet.Cell { return amountCell(l.Worth) }},
		{"rate", "Rate", 12, func(l *one) sheet.Cell { return l.Rate }},
		{"rateDate", "Rate of", 12, func(l *one) sheet.Cell { return sheet.Day(l.RateDate) }},
		{"project", "Project", 22, func(l *one) sheet.Cell { return l.Project }},
		{"fund", "Fund", 22, func(l *one) sheet.Cell { return l.Fund }},
		{"forYear", "For the year", 10, func(l *one) sheet.Cell { return yearCell(l.ForYear) }},
		{"reference", "Reference", 24, func(l *one) sheet.Cell { return l.Reference }},
		{"note", "Note", 40, func(l *one) sheet.Cell { return l.Note }},
		{"standing", "Standing", 28, func(l *one) sheet.Cell { return strings.Join(l.words(), "; ") }},
		{"updatedAt", "Changed", 17, func(l *one) sheet.Cell { return l.UpdatedAt.Time() }},
		{"id", "Id", 28, func(l *one) sheet.Cell { return l.ID }},
	}
	if reporting.Code() == money.Euro {
		return all // nothing is converted by way of another currency
	}
	return append(all,
		column[one]{"crossRate", "Rate of " + reporting.Code(), 12, func(l *one) sheet.Cell { return l.CrossRate }},
		column[one]{"crossDate", reporting.Code() + " rate of", 12, func(l *one) sheet.Cell { return sheet.Day(l.CrossDate) }})
}

// words says what a line is to others, and whether its year is closed.
func (l *incomeLine) words() []string {
	var said []string
	for _, mark := range [...]struct {
		is   bool
		word string
	}{
		{l.Reversed, "taken back"}, {l.ReversalOf != "", "takes a line back"}, {l.RefundOf != "", "refund"},
		{l.SplitID != "", "part of a payment"}, {l.EntryID != "", "from the bank"}, {l.Closed, "year closed"},
	} {
		if mark.is {
			said = append(said, mark.word)
		}
	}
	return said
}

func yearCell(year int) sheet.Cell {
	if year == 0 {
		return ""
	}
	return int64(year)
}

// incomeExport reads which lines an address asks for, and what of them. The columns of a program begin with those of
// an import.
func (a *API) incomeExport(c *gin.Context) (export[incomeLine], error) {
	e := export[incomeLine]{name: "income", title: "Income", columns: incomeColumns(a.Reporting), amounts: []string{"amount"}, cells: incomeCells,
		names: []string{"donor", "ultimate_donor", "date", "amount", "currency", "earmarking", "restriction", "source_type",
			"worth", "worth_currency", "rate", "rate_date", "cross_rate", "cross_date", "rate_source", "id", "import_id", "row"}}
	ctx := c.Request.Context()
	year, err := queryYear(c, "year", 0)
	if err != nil {
		return e, err
	}
	search, err := a.incomeSearch(ctx, IncomeFilter{Year: year, DonorID: c.Query("donorId"), UltimateID: c.Query("ultimateDonorId"),
		View: c.Query("view"), Earmarking: c.Query("earmarking"), Restriction: c.Query("restriction"),
		SourceType: c.Query("sourceType"), ImportID: c.Query("importId"), Where: c.Query("where")}, c.Query("q"))
	if err != nil {
		return e, err
	}
	q, err := ListInput{Sort: c.Query("sort")}.query(finance.Sorts, "-date")
	known := map[string]string{}
	e.walk = func(fn func(*incomeLine) error) error {
		return a.Finance.Walk(ctx, search, q, func(page []*finance.Income) error {
			lines, err := a.standing(ctx, page, known)
			if err != nil {
				return err
			}
			return each(lines, fn)
		})
	}
	return e, err
}

func incomeCells(l *incomeLine) []string {
	worth := orEmpty(l.Worth)
	return []string{l.DonorName, l.UltimateDonorName, string(l.Date), l.Amount.Decimal(), l.Amount.Currency, string(l.Earmarking),
		string(l.Restriction), string(l.SourceType), decimal(l.Worth), worth.Currency, l.Rate, string(l.RateDate), l.CrossRate, string(l.CrossDate), l.RateSource, l.ID, l.ImportID, strconv.Itoa(l.Row)}
}
