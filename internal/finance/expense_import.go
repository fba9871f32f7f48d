package finance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/sheet"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// MaxExpenseFile bounds a file of expenses, in bytes, and MaxExpenseRows its lines: it is written by one
// transaction.
const (
	MaxExpenseFile = 16 << 20
	MaxExpenseRows = 20_000
)

// ExpenseColumns are the columns of a file of expenses. Without fund and text it can do; without state every
// line is realised.
var ExpenseColumns = []string{"date", "project", "fund", "category", "amount", "currency", "state", "text"}

const (
	exDate = iota
	exProject
	exFund
	exCategory
	exAmount
	exCurrency
	exState
	exText
)

// ExpenseImport is a file of expenses that was imported.
type ExpenseImport struct {
	store.Meta
	Name string `json:"name"`
	Hash string `json:"hash" doc:"SHA-256 of the file, so that the same is not imported twice"`
	Rows int    `json:"rows"`
	By   string `json:"by,omitempty"`
}

// ExpenseResult is what an import came to, or would come to.
type ExpenseResult struct {
	DryRun       bool       `json:"dryRun"`
	ImportID     string     `json:"importId,omitempty"`
	Rows         int        `json:"rows"`
	Created      int        `json:"created"`
	NotConverted int        `json:"notConverted"`
	Notes        []string   `json:"notes" nullable:"false"`
	ErrorCount   int        `json:"errorCount"`
	Errors       []RowError `json:"errors" nullable:"false"`
}

// ImportExpenses reads a file, CSV or XLSX, and puts all its lines into the books, or none: all in one
// transaction. A dry run comes to the same verdict and writes nothing. Projects and funds are named, by name
// or by code, and must be there.
func (r *Repo) ImportExpenses(ctx context.Context, name string, data []byte, dryRun bool) (*ExpenseResult, error) {
	if len(data) > MaxExpenseFile {
		return nil, fault.New(fault.TooLarge, "The file is larger than %d MB. Split it.", MaxExpenseFile>>20)
	}
	book, err := sheet.Open(name, data, sheet.Options{Exact: true})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	file := &ExpenseImport{Name: clip(oneLine(name)), Hash: hex.EncodeToString(sum[:]), By: access.From(ctx).Name}
	var res *ExpenseResult
	err = r.db.Tx(audit.Bulk(ctx, "import of "+file.Name), func(ctx context.Context) error {
		res = &ExpenseResult{DryRun: dryRun, Notes: append([]string{}, book.Notes...), Errors: []RowError{}}
		if _, err := r.files.First(ctx, filter.Eq{Field: "hash", Value: file.Hash}); err == nil {
			return fault.New(fault.Duplicate, "This file has been imported already. Take that import back first if you mean to import it again.")
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		if !dryRun {
			if err := r.touchExpenses(ctx); err != nil { // before looking, so that no year is closed meanwhile
				return err
			}
		}
		books, err := r.Books(ctx)
		if err != nil {
			return err
		}
		shut := func(day store.Date) error { return r.refusal(books, byExpense, day) }
		list, err := r.readExpenses(ctx, book, &expenseReader{res: res, shut: shut})
		if err != nil || dryRun {
			return err
		}
		if res.ErrorCount > 0 {
			return (&Result{ErrorCount: res.ErrorCount, Errors: res.Errors}).fault()
		}
		file.ID, file.Rows = store.NewID(), len(list)
		for _, e := range list {
			e.ImportID = file.ID
		}
		res.ImportID, res.Created = file.ID, len(list)
		if err := r.files.Create(ctx, file); err != nil {
			return err
		}
		return r.expenses.CreateMany(ctx, list)
	})
	return res, err
}

// ExpenseImports gives a page of imports, the newest first.
func (r *Repo) ExpenseImports(ctx context.Context, q store.Query) (store.Page[ExpenseImport], error) {
	q.Sort = []driver.Key{{Path: "createdAt", Desc: true}}
	return r.files.Page(ctx, q)
}

// RevertExpenses takes an import back: its expenses go, also those that were changed since.
func (r *Repo) RevertExpenses(ctx context.Context, id string) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		file, err := r.files.Get(ctx, id)
		if err != nil {
			return err
		}
		ctx = audit.Bulk(ctx, "taking back the import of "+file.Name)
		if err := r.touchExpenses(ctx); err != nil { // before looking
			return err
		}
		if err := r.expensesMayGo(ctx, id); err != nil {
			return err
		}
		list, err := r.expenses.Find(ctx, filter.Eq{Field: "importId", Value: id}, nil, 0)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := r.expenses.Delete(ctx, e.ID); err != nil {
				return err
			}
		}
		return r.files.Delete(ctx, id)
	})
}

// expensesMayGo refuses to take back an import with expenses in a closed year.
func (r *Repo) expensesMayGo(ctx context.Context, id string) error {
	books, err := r.Books(ctx)
	if err != nil {
		return err
	}
	for _, year := range books.Closed {
		first, after := r.Fiscal.Range(year, year)
		n, err := r.expenses.Count(ctx, ExpenseSearch{From: first, Before: after, ImportID: id}.where())
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Invalid, "%s in the fiscal year %s, which is closed. Reopen it first, or correct it by %s.", many(n, "expense of this import lies", "expenses of this import lie"), r.Fiscal.Label(year), byExpense)
		}
	}
	return nil
}

// expenseReader understands the lines of a file.
type expenseReader struct {
	res      *ExpenseResult
	shut     func(store.Date) error // why the books take nothing of a day
	places   [8]int                 // of each column in a row, -1 where it is not there
	projects map[string]string
	funds    map[string]string
	decimal  sheet.Marks
	order    sheet.Orders
}

func (x *expenseReader) reject(line int, column, value, format string, args ...any) {
	if x.res.ErrorCount++; len(x.res.Errors) < maxNamed {
		x.res.Errors = append(x.res.Errors, RowError{Row: line, Field: column, Value: clip(value), Message: fmt.Sprintf(format, args...)})
	}
}

func (r *Repo) readExpenses(ctx context.Context, book *sheet.Book, x *expenseReader) ([]*Expense, error) {
	if err := x.header(book.Header); err != nil {
		return nil, err
	}
	projects, funds, err := r.Places(ctx)
	if err != nil {
		return nil, err
	}
	x.projects, x.funds = map[string]string{}, map[string]string{}
	for id, p := range projects {
		x.projects[store.Fold(p.Code)] = id
		x.projects[p.SortName] = id
	}
	delete(x.projects, "")
	for id, f := range funds {
		x.funds[f.SortName] = id
	}
	// The columns of numbers and dates are understood as wholes, then every line.
	err = book.Rows(func(row sheet.Row) error {
		if x.res.Rows++; x.res.Rows > MaxExpenseRows {
			return fault.New(fault.TooLarge, "The file has more than %d lines. Split it.", MaxExpenseRows)
		}
		if n, ok := sheet.SplitNumber(x.cell(row, exAmount), symbol(x.cell(row, exCurrency))); ok {
			x.decimal.See(n)
		}
		if p, ok := sheet.SplitDate(x.cell(row, exDate)); ok {
			x.order.See(p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if x.res.Rows == 0 {
		return nil, fault.Field("file", "The file has a header and no lines.")
	}
	var list []*Expense
	var first, last store.Date
	err = book.Rows(func(row sheet.Row) error {
		if e := x.read(row); e != nil {
			list = append(list, e)
			if first == "" || e.Date < first {
				first = e.Date
			}
			last = max(last, e.Date)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rates, err := r.RateTable(ctx, first, last)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		err := e.convert(rates)
		switch {
		case fault.Is(err, fault.Invalid):
			x.reject(e.Row, "amount", e.Amount.String(), "The amount is too large.")
		case err != nil:
			return nil, err
		case e.Worth == nil:
			x.res.NotConverted++
		}
	}
	slices.SortStableFunc(x.res.Errors, func(a, b RowError) int { return a.Row - b.Row })
	return list, nil
}

func (x *expenseReader) header(header []string) error {
	for i := range x.places {
		x.places[i] = -1
	}
	var c fault.Checks
	for i, h := range header {
		name := columnName(h)
		at := indexOf(ExpenseColumns, name)
		if name == "" {
			continue
		}
		c.Require(at >= 0, clip(strings.TrimSpace(h)), "This column is not known. The columns are %s.", strings.Join(ExpenseColumns, ", "))
		if at >= 0 {
			c.Require(x.places[at] < 0, name, "This column is there twice.")
			x.places[at] = i
		}
	}
	for _, at := range [...]int{exDate, exProject, exCategory, exAmount, exCurrency} {
		c.Require(x.places[at] >= 0, ExpenseColumns[at], "This column is missing.")
	}
	return c.Err()
}

func (x *expenseReader) cell(row sheet.Row, column int) string {
	if at := x.places[column]; at >= 0 && at < len(row.Cells) {
		return strings.TrimSpace(row.Cells[at])
	}
	return ""
}

// read gives the expense of a line, nil where something is wrong in it.
func (x *expenseReader) read(row sheet.Row) *Expense {
	before := x.res.ErrorCount
	wrong := func(column int, format string, args ...any) {
		x.reject(row.Line, ExpenseColumns[column], x.cell(row, column), format, args...)
	}
	e := &Expense{Row: row.Line, Category: categoryOf(x.cell(row, exCategory)), Text: x.cell(row, exText), State: Realised}
	if parts, ok := sheet.SplitDate(x.cell(row, exDate)); !ok {
		wrong(exDate, "This is not a date such as 2025-12-31, 31/12/2025 or 31.12.2025.")
	} else if date, problem := x.order.Read(parts); problem != "" {
		wrong(exDate, "%s", problem)
	} else if err := x.shut(store.Date(date)); err != nil {
		wrong(exDate, "%s", fault.Reason(err))
	} else {
		e.Date = store.Date(date)
	}
	if e.ProjectID = x.projects[store.Fold(x.cell(row, exProject))]; e.ProjectID == "" {
		wrong(exProject, "No project has this name or code.")
	}
	if name := x.cell(row, exFund); name != "" {
		if e.FundID = x.funds[store.Fold(name)]; e.FundID == "" {
			wrong(exFund, "No fund has this name.")
		}
	}
	if e.Category == "" || utf8.RuneCountInString(e.Category) > maxCategory {
		wrong(exCategory, "A category of at most %d characters is needed.", maxCategory)
	}
	if utf8.RuneCountInString(e.Text) > maxText {
		wrong(exText, "The text is longer than %d characters.", maxText)
	}
	code, err := money.ParseCurrency(x.cell(row, exCurrency))
	if err != nil {
		wrong(exCurrency, "This is not an ISO 4217 currency code such as EUR or CHF.")
	}
	if n, ok := sheet.SplitNumber(x.cell(row, exAmount), symbol(code)); !ok {
		wrong(exAmount, "This is not a number such as 1234.56 or 1.234,56.")
	} else if minor, problem := x.decimal.Read(n, money.Exponent(code)); problem != "" && code != "" {
		wrong(exAmount, "%s", problem)
	} else if minor == 0 {
		wrong(exAmount, "An amount is needed.")
	} else {
		e.Amount = Money{Minor: minor, Currency: code}
	}
	if state := x.cell(row, exState); state != "" {
		var ok bool
		if e.State, ok = codeOf(state, []ExpenseState{Realised, Committed}, nil); !ok {
			wrong(exState, "This is not one of realised, committed.")
		}
	}
	if x.res.ErrorCount > before {
		return nil
	}
	return e
}
