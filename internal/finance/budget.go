package finance

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// BudgetState is where a version of a budget stands.
type BudgetState string

// The states.
const (
	Draft      BudgetState = "draft"
	Adopted    BudgetState = "adopted"    // by the board; frozen
	Superseded BudgetState = "superseded" // adopted once, then another version was; frozen
)

// BudgetVersion is one version of the plan of a fiscal year.
type BudgetVersion struct {
	store.Meta
	Year       int           `json:"year" doc:"fiscal year"`
	Number     int           `json:"number" doc:"of the version; the first of a year is 1"`
	Note       string        `json:"note,omitempty"`
	State      BudgetState   `json:"state" enum:"draft,adopted,superseded"`
	AdoptedFor int           `json:"adoptedFor,omitempty" doc:"the year, while this version is the adopted one"`
	AdoptedAt  store.Instant `json:"adoptedAt,omitempty"`
	AdoptedBy  string        `json:"adoptedBy,omitempty" doc:"name of who recorded it"`
	Lines      []BudgetLine  `json:"lines" nullable:"false"`
}

// BudgetLine plans what a category of a project may cost out of a fund.
type BudgetLine struct {
	ProjectID string `json:"projectId" maxLength:"60"`
	FundID    string `json:"fundId,omitempty" maxLength:"60"`
	Category  string `json:"category" minLength:"1" maxLength:"100"`
	Cents     int64  `json:"cents" minimum:"0" doc:"hundredths of the reporting currency"`
}

const (
	maxBudgetLines = 2000
	maxCategory    = 100 // characters
)

// Overhead is the category under which projects are charged for indirect costs: what core recovers of them.
const Overhead = "Overhead"

// tidy puts a budget into its one form. projects and funds hold the ids that exist.
func (b *BudgetVersion) tidy(projects map[string]*Project, funds map[string]*Fund) error {
	var c fault.Checks
	c.Require(b.Year >= 1950 && b.Year <= 2100, "year", "%d is not a year between 1950 and 2100.", b.Year)
	b.Note = strings.TrimSpace(b.Note)
	c.Require(utf8.RuneCountInString(b.Note) <= maxWords, "note", "The note is longer than %d characters.", maxWords)
	c.Require(len(b.Lines) <= maxBudgetLines, "lines", "A budget has at most %d lines.", maxBudgetLines)
	if b.Lines == nil {
		b.Lines = []BudgetLine{}
	}
	seen := map[BudgetLine]bool{}
	for i := range b.Lines {
		l, at := &b.Lines[i], func(field string) string { return fmt.Sprintf("lines[%d].%s", i, field) }
		l.Category = categoryOf(l.Category)
		c.Require(projects[l.ProjectID] != nil, at("projectId"), "There is no such project.")
		c.Require(l.FundID == "" || funds[l.FundID] != nil, at("fundId"), "There is no such fund.")
		c.Require(l.Category != "", at("category"), "A category is needed.")
		c.Require(utf8.RuneCountInString(l.Category) <= maxCategory, at("category"), "The category is longer than %d characters.", maxCategory)
		c.Require(l.Cents >= 0 && l.Cents <= money.MaxWorth, at("cents"), "The amount must not be negative, nor too large.")
		place := BudgetLine{ProjectID: l.ProjectID, FundID: l.FundID, Category: store.Fold(l.Category)}
		c.Require(!seen[place], at("category"), "Another line has the same project, fund and category.")
		seen[place] = true
	}
	return c.Err()
}

// categoryOf puts a category into its one form; "overhead" in any case is Overhead.
func categoryOf(s string) string {
	s = oneLine(strings.TrimSpace(s))
	if store.Fold(s) == store.Fold(Overhead) {
		return Overhead
	}
	return s
}
