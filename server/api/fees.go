package api

import (
	"context"
	"fmt"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/money"
	"piper/internal/report"
	"piper/internal/sheet"
)

func revOfFee(f *finance.FeeYear) int64 { return f.Rev }

func (a *API) listFees(ctx context.Context, in *PageInput) (*pageOf[finance.FeeYear], error) {
	return paged(a.Finance.Fees(ctx, in.query()))
}

func (a *API) getFee(ctx context.Context, in *IDInput) (*recordOf[finance.FeeYear], error) {
	f, err := a.Finance.Fee(ctx, in.ID)
	return saved(f, revOfFee, err)
}

// FeeBody is what a person may write of the fee of a year.
type FeeBody struct {
	Year       int                    `json:"year" minimum:"1950" maximum:"2100" doc:"fiscal year"`
	Amount     finance.Money          `json:"amount" doc:"of every member"`
	Exceptions []finance.FeeException `json:"exceptions,omitempty" maxItems:"500"`
	Note       string                 `json:"note,omitempty" maxLength:"2000" doc:"who decided it, and when"`
}

// checkedFee refuses exceptions of nobody.
func (a *API) checkedFee(ctx context.Context, b FeeBody) error {
	ids := make([]string, len(b.Exceptions))
	for i, e := range b.Exceptions {
		ids[i] = e.MemberID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return err
	}
	var c fault.Checks
	for i, id := range ids {
		c.Require(id == "" || names[id] != "", fmt.Sprintf("exceptions[%d].memberId", i), "There is no such stakeholder.")
	}
	return c.Err()
}

func (b FeeBody) onto(f *finance.FeeYear) {
	f.Year, f.Amount, f.Exceptions, f.Note = b.Year, b.Amount, b.Exceptions, b.Note
}

type createFeeInput struct{ Body FeeBody }

func (a *API) createFee(ctx context.Context, in *createFeeInput) (*recordOf[finance.FeeYear], error) {
	if err := a.checkedFee(ctx, in.Body); err != nil {
		return nil, err
	}
	f := &finance.FeeYear{}
	in.Body.onto(f)
	err := a.Finance.AddFee(ctx, f)
	return saved(f, revOfFee, err)
}

type updateFeeInput struct {
	ChangeInput
	Body FeeBody
}

func (a *API) updateFee(ctx context.Context, in *updateFeeInput) (*recordOf[finance.FeeYear], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	if err := a.checkedFee(ctx, in.Body); err != nil {
		return nil, err
	}
	f, err := a.Finance.UpdateFee(ctx, in.ID, rev, in.Body.onto)
	return saved(f, revOfFee, err)
}

func (a *API) deleteFee(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteFee)
}

type feeOverviewInput struct {
	Year int    `query:"year" doc:"fiscal year that comes first; this one unless told"`
	Q    string `query:"q" maxLength:"200" doc:"words of the member's name"`
	Sort string `query:"sort" enum:"-outstanding,outstanding,name,-name,-paid,paid" doc:"-outstanding unless told; of the year that comes first"`
}

type feeOverviewOutput struct{ Body *report.FeeOverview }

func (a *API) feeOverview(ctx context.Context, in *feeOverviewInput) (*feeOverviewOutput, error) {
	o, err := a.Reports.FeeOverview(ctx, in.Year, in.Q, in.Sort)
	return &feeOverviewOutput{o}, err
}

type feeLinesInput struct {
	ID   string `path:"id" maxLength:"60" doc:"of the payer"`
	Year int    `query:"year" required:"true" doc:"fiscal year whose fee it is"`
}

// FeeLineList is the lines behind a figure, all of them.
type FeeLineList struct {
	Items []incomeLine `json:"items" nullable:"false"`
	Total int          `json:"total"`
}

type feeLinesOutput struct{ Body FeeLineList }

func (a *API) feeLines(ctx context.Context, in *feeLinesInput) (*feeLinesOutput, error) {
	list, err := a.Reports.FeeLines(ctx, in.ID, in.Year)
	if err != nil {
		return nil, err
	}
	lines, err := a.standing(ctx, list, map[string]string{})
	return &feeLinesOutput{FeeLineList{lines, len(lines)}}, err
}

// exportFees gives the overview with a line for each member and year.
func (a *API) exportFees(format string) gin.HandlerFunc {
	return a.exportTable("membership-fees", format, func(ctx context.Context, c *gin.Context) (table, error) {
		year, err := queryYear(c, "year", 0)
		if err != nil {
			return table{}, err
		}
		o, err := a.Reports.FeeOverview(ctx, year, c.Query("q"), c.Query("sort"))
		if err != nil {
			return table{}, err
		}
		amount := func(m *finance.Money) sheet.Cell {
			if m == nil {
				return ""
			}
			return sheet.Decimal{Units: m.Minor, Places: money.Exponent(m.Currency)}
		}
		t := table{columns: []string{"member", "member_id", "is_member", "year", "due", "paid", "outstanding", "currency", "reason", "lines_not_compared", "as_of"}}
		for _, p := range o.Payers {
			isMember := "no"
			if p.Member {
				isMember = "yes"
			}
			for i, cell := range p.Cells {
				t.rows = append(t.rows, []sheet.Cell{p.Name, p.ID, isMember, o.Labels[i], amount(cell.Due), amount(&cell.Paid), amount(cell.Outstanding),
					cell.Paid.Currency, cell.Reason, int64(cell.Elsewhere), sheet.Day(o.AsOf)})
			}
		}
		return t, nil
	})
}
