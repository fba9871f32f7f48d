package finance

import (
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// ExpenseState says whether money is gone or only promised.
type ExpenseState string

// The states. What was committed becomes realised when it is paid; it is one line, so it never counts twice.
const (
	Realised  ExpenseState = "realised"
	Committed ExpenseState = "committed"
)

// Expense is a line of spending; a negative amount is money that came back.
type Expense struct {
	store.Meta
	Date      store.Date   `json:"date" doc:"of payment; of a commitment, when it was made"`
	ProjectID string       `json:"projectId"`
	FundID    string       `json:"fundId,omitempty"`
	Category  string       `json:"category"`
	State     ExpenseState `json:"state" enum:"realised,committed"`
	Amount    Money        `json:"amount"`
	money.Frozen
	Unsettled bool   `json:"unsettled,omitempty" doc:"a day whose rates are not published yet may still speak for it"`
	Text      string `json:"text,omitempty"`
	ImportID  string `json:"importId,omitempty"`
	Row       int    `json:"row,omitempty" doc:"line of the imported file"`
}

const maxText = 1000 // characters

func (e *Expense) tidy(projects map[string]*Project, funds map[string]*Fund) error {
	var c fault.Checks
	_, err := store.ParseDate(string(e.Date))
	c.Require(err == nil, "date", "A day of the form 2026-03-29 is needed.")
	e.Category, e.Text = categoryOf(e.Category), strings.TrimSpace(e.Text)
	c.Require(projects[e.ProjectID] != nil, "projectId", "There is no such project.")
	c.Require(e.FundID == "" || funds[e.FundID] != nil, "fundId", "There is no such fund.")
	c.Require(e.Category != "", "category", "A category is needed.")
	c.Require(utf8.RuneCountInString(e.Category) <= maxCategory, "category", "The category is longer than %d characters.", maxCategory)
	c.Require(utf8.RuneCountInString(e.Text) <= maxText, "text", "The text is longer than %d characters.", maxText)
	if e.State == "" {
		e.State = Realised
	}
	c.Require(e.State == Realised || e.State == Committed, "state", "The state is realised or committed.")
	code, err := money.ParseCurrency(e.Amount.Currency)
	c.Require(err == nil, "amount", "%q is not an ISO 4217 currency code such as EUR or CHF.", e.Amount.Currency)
	e.Amount.Currency = code
	c.Require(e.Amount.Minor != 0, "amount", "An amount is needed.")
	c.Require(e.Amount.Minor <= money.MaxMinor && e.Amount.Minor >= -money.MaxMinor, "amount", "The amount is too large.")
	return c.Err()
}

// convert freezes the worth, as income's is.
func (e *Expense) convert(rates *RateTable) (err error) {
	e.Frozen, e.Unsettled, err = rates.Worth(e.Amount, e.Date)
	return err
}
