package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"piper/internal/finance"
	"piper/internal/report"
	"piper/internal/sheet"
	"piper/internal/store"
)

func revOfReserve(r *report.Standing) int64 { return r.Rev }

func (a *API) listReserves(ctx context.Context, in *PageInput) (*pageOf[report.Standing], error) {
	page, err := a.Finance.Reserves(ctx, in.query())
	if err != nil {
		return nil, err
	}
	out := store.Page[report.Standing]{Items: []*report.Standing{}, Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}
	for _, r := range page.Items {
		s, err := a.Reports.Standing(ctx, r)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, s)
	}
	return &pageOf[report.Standing]{out}, nil
}

type reserveMonthsOutput struct{ Body *report.ReserveMonths }

func (a *API) reserveMonths(ctx context.Context, _ *struct{}) (*reserveMonthsOutput, error) {
	m, err := a.Reports.ReserveMonths(ctx)
	return &reserveMonthsOutput{m}, err
}

func (a *API) savedReserve(ctx context.Context, r *finance.Reserve, err error) (*recordOf[report.Standing], error) {
	if err != nil {
		return nil, err
	}
	s, err := a.Reports.Standing(ctx, r)
	return saved(s, revOfReserve, err)
}

func (a *API) getReserve(ctx context.Context, in *IDInput) (*recordOf[report.Standing], error) {
	r, err := a.Finance.Reserve(ctx, in.ID)
	return a.savedReserve(ctx, r, err)
}

// ReserveBody is what a person may write; amounts are hundredths of the reporting currency.
type ReserveBody struct {
	Date           store.Date `json:"date" maxLength:"10"`
	Unrestricted   int64      `json:"unrestricted"`
	Designated     int64      `json:"designated" minimum:"0"`
	NetFixedAssets int64      `json:"netFixedAssets"`
	AnnualSpend    int64      `json:"annualSpend" minimum:"0"`
	Note           string     `json:"note,omitempty" maxLength:"4000"`
}

func (b ReserveBody) onto(r *finance.Reserve) {
	r.Date, r.Unrestricted, r.Designated, r.NetFixedAssets, r.AnnualSpend, r.Note = b.Date, b.Unrestricted, b.Designated, b.NetFixedAssets, b.AnnualSpend, b.Note
}

type createReserveInput struct{ Body ReserveBody }

func (a *API) createReserve(ctx context.Context, in *createReserveInput) (*recordOf[report.Standing], error) {
	r := &finance.Reserve{}
	in.Body.onto(r)
	err := a.Finance.AddReserve(ctx, r)
	return a.savedReserve(ctx, r, err)
}

type updateReserveInput struct {
	ChangeInput
	Body ReserveBody
}

func (a *API) updateReserve(ctx context.Context, in *updateReserveInput) (*recordOf[report.Standing], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	r, err := a.Finance.UpdateReserve(ctx, in.ID, rev, in.Body.onto)
	return a.savedReserve(ctx, r, err)
}

func (a *API) deleteReserve(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteReserve)
}

// exportReserves writes every statement with its figures, CSV or XLSX.
func (a *API) exportReserves(format string) gin.HandlerFunc {
	return a.exportTable("reserves", format, func(ctx context.Context, _ *gin.Context) (table, error) {
		t := table{columns: []string{"date", "unrestricted", "designated", "net_fixed_assets", "free", "annual_spend", "months", "note", "currency"}}
		list, err := a.Finance.ReservesUpTo(ctx, "9999-12-31")
		for _, r := range list {
			t.rows = append(t.rows, []sheet.Cell{sheet.Day(r.Date), cents(r.Unrestricted), cents(r.Designated), cents(r.NetFixedAssets), cents(r.Free()), cents(r.AnnualSpend), ratioCell(r.Months()), r.Note, a.Reporting.Code()})
		}
		return t, err
	})
}

// cents is an amount of the reporting currency for a spreadsheet.
func cents(c int64) sheet.Cell {
	return sheet.Decimal{Units: c, Places: 2}
}
