package api

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/finance/statement"
	"piper/internal/store"
)

// importStatement takes a statement, as the part "file" of a form or as the body itself. With dryRun=true nothing
// is kept.
func (a *API) importStatement(c *gin.Context) {
	name, data, err := upload(c, statement.MaxFile, "")
	if err != nil {
		writeProblem(c, err)
		return
	}
	result, err := a.Bank.Import(c.Request.Context(), name, data, c.Query("dryRun") == "true")
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.JSON(http.StatusOK, result)
}

type listStatementsInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor string `query:"cursor" maxLength:"2000"`
}

type listStatementsOutput struct {
	Body store.Page[finance.Statement]
}

func (a *API) listStatements(ctx context.Context, in *listStatementsInput) (*listStatementsOutput, error) {
	page, err := a.Bank.Statements(ctx, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listStatementsOutput{page}, err
}

type statementOutput struct{ Body *finance.Statement }

func (a *API) revertStatement(ctx context.Context, in *IDInput) (*statementOutput, error) {
	s, err := a.Bank.Revert(ctx, in.ID)
	return &statementOutput{s}, err
}

// BankEntryView is a payment with what it may be, and names.
type BankEntryView struct {
	finance.BankEntry
	DonorName   string           `json:"donorName,omitempty"`
	Suggestions []SuggestionView `json:"suggestions" nullable:"false" doc:"the likeliest first"`
}

// SuggestionView is a suggestion with the donor's name.
type SuggestionView struct {
	finance.Suggestion
	DonorName string `json:"donorName"`
}

// BankFilter is what narrows a list of payments.
type BankFilter struct {
	State     finance.EntryState `query:"state" enum:"proposed,accepted,ignored,payout"`
	Statement string             `query:"statementId" maxLength:"60"`
	DonorID   string             `query:"donorId" maxLength:"60" doc:"whose income it became"`
	From      store.Date         `query:"from" maxLength:"10" doc:"the first day"`
	To        store.Date         `query:"to" maxLength:"10" doc:"the last day"`
}

// checkDay refuses what is no day, at the field that was asked by.
func checkDay(field string, day store.Date) error {
	if _, err := store.ParseDate(string(day)); day != "" && err != nil {
		return fault.Field(field, "%q is not a day of the form 2026-03-29.", day)
	}
	return nil
}

func (f BankFilter) search() (finance.EntrySearch, error) {
	if err := cmp.Or(checkDay("from", f.From), checkDay("to", f.To)); err != nil {
		return finance.EntrySearch{}, err
	}
	return finance.EntrySearch{State: f.State, StatementID: f.Statement, DonorID: f.DonorID, From: f.From, To: f.To}, nil
}

type listBankEntriesInput struct {
	ListInput
	BankFilter
}

type bankEntryPage struct {
	Items        []BankEntryView `json:"items" nullable:"false"`
	Total        int             `json:"total"`
	TotalIsFloor bool            `json:"totalIsFloor,omitempty"`
	Next         string          `json:"next,omitempty"`
}

type listBankEntriesOutput struct{ Body bankEntryPage }

func (a *API) listBankEntries(ctx context.Context, in *listBankEntriesInput) (*listBankEntriesOutput, error) {
	q, err := in.query(finance.EntrySorts, "-date")
	if err != nil {
		return nil, err
	}
	search, err := in.search()
	if err != nil {
		return nil, err
	}
	page, err := a.Bank.Entries(ctx, search, q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewEntries(ctx, page.Items)
	return &listBankEntriesOutput{bankEntryPage{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

// viewEntries adds suggestions and names.
func (a *API) viewEntries(ctx context.Context, list []*finance.BankEntry) ([]BankEntryView, error) {
	suggestions, err := a.Bank.Suggestions(ctx, list)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, e := range list {
		if e.DonorID != "" {
			ids = append(ids, e.DonorID)
		}
		for _, s := range suggestions[e.ID] {
			ids = append(ids, s.DonorID)
		}
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]BankEntryView, len(list))
	for i, e := range list {
		out[i] = BankEntryView{BankEntry: *e, DonorName: names[e.DonorID], Suggestions: []SuggestionView{}}
		for _, s := range suggestions[e.ID] {
			out[i].Suggestions = append(out[i].Suggestions, SuggestionView{s, names[s.DonorID]})
		}
	}
	return out, nil
}

type bankEntryOutput struct {
	ETag string `header:"ETag"`
	Body *BankEntryView
}

func (a *API) savedEntry(ctx context.Context, e *finance.BankEntry, err error) (*bankEntryOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewEntries(ctx, []*finance.BankEntry{e})
	if err != nil {
		return nil, err
	}
	return &bankEntryOutput{etag(e.Rev), &views[0]}, nil
}

type acceptEntryInput struct {
	ChangeInput
	Body struct {
		DonorID         string `json:"donorId" minLength:"1" maxLength:"60"`
		UltimateDonorID string `json:"ultimateDonorId,omitempty" maxLength:"60"`
		ExpectedID      string `json:"expectedId,omitempty" maxLength:"60" doc:"the expected payment that it is"`
		IncomeKinds
	}
}

func (a *API) acceptBankEntry(ctx context.Context, in *acceptEntryInput) (*bankEntryOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	say := finance.Entry{DonorID: in.Body.DonorID, UltimateDonorID: in.Body.UltimateDonorID}
	in.Body.IncomeKinds.onto(&say)
	e, err := a.Bank.Accept(ctx, in.ID, rev, say, in.Body.ExpectedID)
	return a.savedEntry(ctx, e, err)
}

type ignoreEntryInput struct {
	ChangeInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"why it is no income"`
	}
}

func (a *API) ignoreBankEntry(ctx context.Context, in *ignoreEntryInput) (*bankEntryOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	e, err := a.Bank.Ignore(ctx, in.ID, rev, in.Body.Reason)
	return a.savedEntry(ctx, e, err)
}

func (a *API) reopenBankEntry(ctx context.Context, in *ChangeInput) (*bankEntryOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	e, err := a.Bank.Reopen(ctx, in.ID, rev)
	return a.savedEntry(ctx, e, err)
}

// exportBankEntries streams the list as CSV, in order of id.
func (a *API) exportBankEntries(c *gin.Context) {
	out := startCSV(c, "payments.csv", "id", "statement_id", "account", "date", "amount", "currency", "charges", "payer", "iban", "text", "reference", "bank_reference",
		"state", "donor_id", "income_id", "reason", "gift_import_ids", "kept_by_platform")
	search, err := BankFilter{State: finance.EntryState(c.Query("state")), Statement: c.Query("statementId"), DonorID: c.Query("donorId"),
		From: store.Date(c.Query("from")), To: store.Date(c.Query("to"))}.search()
	if err != nil {
		out.finish(err)
		return
	}
	out.finish(a.Bank.EachEntry(c.Request.Context(), search, c.Query("q"), func(e *finance.BankEntry) error {
		imports, kept := []string{}, int64(0)
		for _, p := range e.Payout {
			imports, kept = append(imports, p.ImportID), kept+p.Kept
		}
		return out.row(e.ID, e.StatementID, e.Account, string(e.Date), e.Amount.Decimal(), e.Amount.Currency, finance.Money{Minor: e.Charges, Currency: e.Amount.Currency}.Decimal(),
			e.Payer, e.IBAN, e.Remittance, e.EndToEnd, e.BankRef, string(e.State), e.DonorID, e.LineID, e.Reason, strings.Join(imports, "; "),
			finance.Money{Minor: kept, Currency: e.Amount.Currency}.Decimal())
	}))
}
