package api

import (
	"context"

	"piper/internal/finance"
	"piper/internal/store"
)

// IncomeBody is what a person may write of an income line.
type IncomeBody struct {
	DonorID         string        `json:"donorId" minLength:"1" maxLength:"60" doc:"who paid; of a membership fee the member"`
	UltimateDonorID string        `json:"ultimateDonorId,omitempty" maxLength:"60" doc:"whose money it is; the donor where empty"`
	Date            store.Date    `json:"date" maxLength:"10" doc:"of receipt, YYYY-MM-DD"`
	Amount          finance.Money `json:"amount"`
	IncomeKinds
}

// IncomeKinds is what sort of money it is.
type IncomeKinds struct {
	Earmarking  finance.Earmarking  `json:"earmarking" enum:"unearmarked,soft,earmarked,tight"`
	Restriction finance.Restriction `json:"restriction" enum:"unrestricted,designated,restricted"`
	SourceType  finance.SourceType  `json:"sourceType" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
	Note        string              `json:"note,omitempty" maxLength:"2000"`
	Reference   string              `json:"reference,omitempty" maxLength:"120" doc:"as the payer wrote it"`
	Project     string              `json:"project,omitempty" maxLength:"120" doc:"what the money is for"`
	Fund        string              `json:"fund,omitempty" maxLength:"120" doc:"with which money it is kept"`
	ForYear     int                 `json:"forYear,omitempty" minimum:"0" maximum:"2100" doc:"the fiscal year it was paid for; figures of cash go by date"`
}

func (k IncomeKinds) onto(e *finance.Entry) {
	e.Earmarking, e.Restriction, e.SourceType = k.Earmarking, k.Restriction, k.SourceType
	e.Note, e.Reference, e.Project, e.Fund, e.ForYear = k.Note, k.Reference, k.Project, k.Fund, k.ForYear
}

func (b IncomeBody) entry() finance.Entry {
	e := finance.Entry{DonorID: b.DonorID, UltimateDonorID: b.UltimateDonorID, Date: b.Date, Amount: b.Amount}
	b.IncomeKinds.onto(&e)
	return e
}

type incomeOutput struct {
	ETag string `header:"ETag"`
	Body *incomeLine
}

func (a *API) savedIncome(ctx context.Context, l *finance.Income, err error) (*incomeOutput, error) {
	if err != nil {
		return nil, err
	}
	lines, err := a.standing(ctx, []*finance.Income{l}, map[string]string{})
	if err != nil {
		return nil, err
	}
	return &incomeOutput{etag(l.Rev), &lines[0]}, nil
}

type createIncomeInput struct{ Body IncomeBody }

func (a *API) createIncome(ctx context.Context, in *createIncomeInput) (*incomeOutput, error) {
	l, err := a.Ledger.Add(ctx, in.Body.entry())
	return a.savedIncome(ctx, l, err)
}

func (a *API) getIncome(ctx context.Context, in *IDInput) (*incomeOutput, error) {
	l, err := a.Ledger.Line(ctx, in.ID)
	return a.savedIncome(ctx, l, err)
}

type updateIncomeInput struct {
	ChangeInput
	Body IncomeBody
}

func (a *API) updateIncome(ctx context.Context, in *updateIncomeInput) (*incomeOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	l, err := a.Ledger.Update(ctx, in.ID, rev, in.Body.entry())
	return a.savedIncome(ctx, l, err)
}

func (a *API) deleteIncome(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Ledger.Remove(ctx, in.ID, rev)
}

type refundIncomeInput struct {
	IDInput
	Body struct {
		Amount finance.Money `json:"amount" doc:"how much was given back, as a positive amount"`
		Date   store.Date    `json:"date" maxLength:"10"`
		Note   string        `json:"note,omitempty" maxLength:"2000"`
	}
}

func (a *API) refundIncome(ctx context.Context, in *refundIncomeInput) (*incomeOutput, error) {
	l, err := a.Ledger.Refund(ctx, in.ID, in.Body.Amount, in.Body.Date, in.Body.Note)
	return a.savedIncome(ctx, l, err)
}

type reverseIncomeInput struct {
	ChangeInput
	Body struct {
		Date store.Date `json:"date,omitempty" maxLength:"10" doc:"in an open year; today where empty"`
		Note string     `json:"note,omitempty" maxLength:"2000"`
	}
}

func (a *API) reverseIncome(ctx context.Context, in *reverseIncomeInput) (*incomeOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	l, err := a.Ledger.Reverse(ctx, in.ID, rev, in.Body.Date, in.Body.Note)
	return a.savedIncome(ctx, l, err)
}

// IncomePart is one part of a payment.
type IncomePart struct {
	DonorID         string `json:"donorId" minLength:"1" maxLength:"60"`
	UltimateDonorID string `json:"ultimateDonorId,omitempty" maxLength:"60"`
	Minor           int64  `json:"minor" doc:"its amount, in minor units of the payment's currency"`
	IncomeKinds
}

type splitIncomeInput struct {
	ChangeInput
	Body struct {
		Parts []IncomePart `json:"parts" minItems:"2" maxItems:"200" doc:"they add up to the payment exactly"`
	}
}

type splitIncomeOutput struct {
	Body struct {
		Items []incomeLine `json:"items" nullable:"false"`
	}
}

func (a *API) splitIncome(ctx context.Context, in *splitIncomeInput) (*splitIncomeOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	parts := make([]finance.Entry, len(in.Body.Parts))
	for i, p := range in.Body.Parts {
		parts[i] = finance.Entry{DonorID: p.DonorID, UltimateDonorID: p.UltimateDonorID, Amount: finance.Money{Minor: p.Minor}}
		p.IncomeKinds.onto(&parts[i])
	}
	lines, err := a.Ledger.Split(ctx, in.ID, rev, parts)
	if err != nil {
		return nil, err
	}
	out := &splitIncomeOutput{}
	out.Body.Items, err = a.standing(ctx, lines, map[string]string{})
	return out, err
}

// BooksView is which fiscal years are closed, and which could be.
type BooksView struct {
	Years   []BookYear        `json:"years" nullable:"false" doc:"the latest first"`
	History []finance.Closing `json:"history" nullable:"false" doc:"the latest first"`
}

// BookYear is a fiscal year of the books.
type BookYear struct {
	Year   int        `json:"year"`
	Label  string     `json:"label"`
	First  store.Date `json:"first"`
	Closed bool       `json:"closed"`
}

type booksOutput struct{ Body BooksView }

// bookYears is how many years back the books are shown.
const bookYears = 8

func (a *API) viewBooks(b *finance.Books, err error) (*booksOutput, error) {
	if err != nil {
		return nil, err
	}
	fiscal, out := a.Reports.Fiscal(), &booksOutput{BooksView{Years: []BookYear{}, History: []finance.Closing{}}}
	closed := map[int]bool{}
	this := fiscal.Year(store.Date(a.DB.Now()[:10]))
	from := this - bookYears + 1
	for _, year := range b.Closed {
		closed[year] = true
		from = min(from, year)
	}
	for year := this; year >= from; year-- {
		first, _ := fiscal.Range(year, year)
		out.Body.Years = append(out.Body.Years, BookYear{year, fiscal.Label(year), first, closed[year]})
	}
	for i := len(b.History) - 1; i >= 0; i-- {
		out.Body.History = append(out.Body.History, b.History[i])
	}
	return out, nil
}

func (a *API) getBooks(ctx context.Context, _ *struct{}) (*booksOutput, error) {
	return a.viewBooks(a.Finance.Books(ctx))
}

type YearInput struct {
	Year int `path:"year" minimum:"1950" maximum:"2100"`
}

type yearPreviewOutput struct {
	Body struct {
		finance.YearPreview
		Payments int `json:"payments" doc:"payments of the bank in it that nobody has decided"`
	}
}

func (a *API) previewYear(ctx context.Context, in *YearInput) (*yearPreviewOutput, error) {
	p, err := a.Finance.PreviewYear(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	out := &yearPreviewOutput{}
	out.Body.YearPreview = *p
	first, after := a.Reports.Fiscal().Range(in.Year, in.Year)
	out.Body.Payments, err = a.Bank.Undecided(ctx, first, after)
	return out, err
}

func (a *API) closeYear(ctx context.Context, in *YearInput) (*booksOutput, error) {
	return a.viewBooks(a.Finance.CloseYear(ctx, in.Year))
}

type reopenYearInput struct {
	YearInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func (a *API) reopenYear(ctx context.Context, in *reopenYearInput) (*booksOutput, error) {
	return a.viewBooks(a.Finance.ReopenYear(ctx, in.Year, in.Body.Reason))
}
