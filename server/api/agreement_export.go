package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/sheet"
	"piper/internal/store"
)

// agreementColumns is what a list of agreements can show. Those of amounts are there for who may read them. staff names
// those of us.
func agreementColumns(ctx context.Context, staff map[string]string, reporting money.Reporting) []column[AgreementView] {
	type one = AgreementView
	all := []column[one]{
		{"title", "Agreement", 44, func(v *one) sheet.Cell { return v.Title }},
		{"number", "Number", 22, func(v *one) sheet.Cell { return v.Number }},
		{"donor", "Donor", 32, func(v *one) sheet.Cell { return v.DonorName }},
		{"ultimateDonor", "Money of", 32, func(v *one) sheet.Cell { return v.UltimateDonorName }},
		{"lead", "Passed on by", 32, func(v *one) sheet.Cell { return v.LeadName }},
		{"programme", "Programme", 24, func(v *one) sheet.Cell { return v.Programme }},
		{"owner", "Looked after by", 22, func(v *one) sheet.Cell { return staff[v.OwnerID] }},
		{"state", "State", 12, func(v *one) sheet.Cell { return string(v.State) }},
		{"sourceType", "Source type", 14, func(v *one) sheet.Cell { return v.SourceType }},
		{"earmarking", "Earmarking", 14, func(v *one) sheet.Cell { return v.Earmarking }},
		{"restriction", "Restriction", 14, func(v *one) sheet.Cell { return v.Restriction }},
		{"signedOn", "Signed", 12, func(v *one) sheet.Cell { return sheet.Day(v.SignedOn) }},
		{"from", "Begins", 12, func(v *one) sheet.Cell { return sheet.Day(v.From) }},
		{"to", "Ends", 12, func(v *one) sheet.Cell { return sheet.Day(v.To) }},
		{"nextDue", "Owed next", 12, func(v *one) sheet.Cell { return sheet.Day(v.NextDue) }},
		{"overdue", "Overdue", 9, func(v *one) sheet.Cell { return int64(v.Overdue) }},
		{"diligence", "Due diligence", 30, func(v *one) sheet.Cell { return v.warning() }},
		{"updatedAt", "Changed", 17, func(v *one) sheet.Cell { return v.UpdatedAt.Time() }},
		{"id", "Id", 28, func(v *one) sheet.Cell { return v.ID }},
	}
	if !access.From(ctx).May(access.AmountsRead) {
		return all
	}
	return append(all,
		column[one]{"amount", "Amount", 16, func(v *one) sheet.Cell { return amountCell(v.Amount) }},
		column[one]{"currency", "Currency", 9, func(v *one) sheet.Cell { return orEmpty(v.Amount).Currency }},
		column[one]{"worth", "In " + reporting.Code(), 16, func(v *one) sheet.Cell { return amountCell(v.Worth) }},
		column[one]{"paid", "Paid", 16, func(v *one) sheet.Cell { return amountCell(paidOf(v)) }})
}

func paidOf(v *AgreementView) *money.Money {
	if v.Progress == nil {
		return nil
	}
	return &v.Progress.Paid
}

// agreementExport reads which agreements an address asks for, and what of them. Amounts are empty for who may not read them.
func (a *API) agreementExport(c *gin.Context) (export[AgreementView], error) {
	ctx := c.Request.Context()
	staff, err := a.Accounts.Names(ctx)
	e := export[AgreementView]{name: "agreements", title: "Agreements", columns: agreementColumns(ctx, staff, a.Reporting), amounts: []string{"amount", "paid"}, cells: agreementCells,
		names: []string{"id", "title", "number", "donor", "ultimate_donor", "lead", "state", "signed_on", "from", "to", "closed_on",
			"amount", "currency", "worth", "worth_currency", "rate", "cross_rate", "paid", "requested", "scheduled", "co_financing_percent", "overhead_percent", "earmarking",
			"restriction", "source_type", "operating_grant", "programme", "next_due", "overdue", "due_diligence", "notes"}}
	if err != nil {
		return e, err
	}
	search, err := a.agreementSearch(ctx, AgreementFilter{State: funding.AgreementState(c.Query("state")), Donor: c.Query("donorId"), Ultimate: c.Query("ultimateDonorId"),
		SourceType: c.Query("sourceType"), Earmarking: c.Query("earmarking"), Owner: c.Query("ownerId"), Operating: c.Query("operatingGrant") == "true",
		From: store.Date(c.Query("from")), To: store.Date(c.Query("to")), Where: c.Query("where")})
	if err != nil {
		return e, err
	}
	q, err := ListInput{Sort: c.Query("sort"), Q: c.Query("q")}.query(funding.AgreementSorts(ctx), "-to")
	day := a.Agreements.Today()
	e.walk = func(fn func(*AgreementView) error) error {
		return a.Agreements.Walk(ctx, search, q, func(page []*funding.Agreement) error {
			views, err := a.agreementViews(ctx, page, day)
			if err != nil {
				return err
			}
			return each(views, fn)
		})
	}
	return e, err
}

func agreementCells(v *AgreementView) []string {
	currency, paid, requested, scheduled := "", "", "", ""
	if v.Amount != nil {
		currency = v.Amount.Currency
	}
	if p := v.Progress; p != nil {
		paid, requested, scheduled = p.Paid.Decimal(), p.Requested.Decimal(), p.Scheduled.Decimal()
	}
	return []string{v.ID, v.Title, v.Number, v.DonorName, v.UltimateDonorName, v.LeadName, string(v.State), string(v.SignedOn), string(v.From), string(v.To),
		string(v.ClosedOn), decimal(v.Amount), currency, decimal(v.Worth), orEmpty(v.Worth).Currency, v.Rate, v.CrossRate, paid, requested, scheduled, percentOf(v.CoFinancing.Points),
		percentOf(v.Overhead.Points), v.Earmarking, v.Restriction, v.SourceType, strconv.FormatBool(v.OperatingGrant), v.Programme,
		string(v.NextDue), strconv.Itoa(v.Overdue), v.warning(), v.Notes}
}

// warning gives what due diligence says against the money, "" where it says nothing.
func (v *AgreementView) warning() string {
	if v.Diligence == nil {
		return ""
	}
	return v.Diligence.Warning
}

// decimal writes an amount, or nothing.
func decimal(m *money.Money) string {
	if m == nil {
		return ""
	}
	return m.Decimal()
}

// percentOf writes hundredths of a percent as a percentage: 725 is "7.25", 0 is nothing.
func percentOf(points int) string {
	if points == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(points)/100, 'f', -1, 64)
}
