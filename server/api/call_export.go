package api

import (
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/calls"
	"piper/internal/sheet"
)

// callColumns is what a list of calls can show.
func callColumns() []column[CallItem] {
	type one = CallItem
	budget := func(c *one) *calls.Budget { return orEmpty(c.Budget) }
	return []column[one]{
		{"title", "Call", 60, func(c *one) sheet.Cell { return c.Title }},
		{"identifier", "Identifier", 28, func(c *one) sheet.Cell { return c.Identifier }},
		{"programme", "Programme", 34, func(c *one) sheet.Cell { return c.ProgrammeLabel }},
		{"kind", "Kind", 10, func(c *one) sheet.Cell { return string(c.Kind) }},
		{"state", "State", 12, func(c *one) sheet.Cell { return string(c.State) }},
		{"opens", "Opens", 12, func(c *one) sheet.Cell { return sheet.Day(c.Opens) }},
		{"deadline", "Deadline", 12, func(c *one) sheet.Cell { return sheet.Day(c.NextDeadline) }},
		{"deadlines", "All deadlines", 26, func(c *one) sheet.Cell { return joined(c.Deadlines, deadlineText) }},
		{"typeOfAction", "Type of action", 28, func(c *one) sheet.Cell { return strings.Join(c.TypeOfAction, "; ") }},
		{"callTitle", "Part of", 34, func(c *one) sheet.Cell { return c.CallTitle }},
		{"budget", "Budget", 16, func(c *one) sheet.Cell { return centsCell(budget(c).Total) }},
		{"minGrant", "Smallest grant", 16, func(c *one) sheet.Cell { return centsCell(budget(c).MinContribution) }},
		{"maxGrant", "Largest grant", 16, func(c *one) sheet.Cell { return centsCell(budget(c).MaxContribution) }},
		{"currency", "Currency", 9, func(c *one) sheet.Cell { return budget(c).Currency }},
		{"languages", "Languages", 14, func(c *one) sheet.Cell { return strings.Join(c.Languages, "; ") }},
		{"url", "Page", 40, func(c *one) sheet.Cell { return c.URL }},
		{"firstSeenAt", "First seen", 17, func(c *one) sheet.Cell { return c.FirstSeenAt.Time() }},
		{"changedAt", "Changed", 17, func(c *one) sheet.Cell { return c.ChangedAt.Time() }},
		{"id", "Id", 28, func(c *one) sheet.Cell { return c.ID }},
	}
}

// callExport reads which calls an address asks for, and what of them.
func (a *API) callExport(c *gin.Context) (export[CallItem], error) {
	e := export[CallItem]{name: "calls", title: "Calls", columns: callColumns(), amounts: []string{"budget", "minGrant", "maxGrant"}, cells: callCells,
		names: []string{"id", "reference", "identifier", "title", "state", "opens", "next_deadline", "deadlines", "programme",
			"programme_label", "call_identifier", "type_of_action", "budget", "currency", "min_grant", "max_grant", "url", "languages",
			"first_seen_at", "changed_at"}}
	q, err := ListInput{Sort: c.Query("sort"), Q: c.Query("q")}.query(callSorts, "deadline")
	if err != nil {
		return e, err
	}
	s, err := CallFilter{State: c.QueryArray("state"), Programme: c.Query("programme"), SourceID: c.Query("sourceId"), DeadlineAfter: c.Query("deadline_after"),
		DeadlineBefore: c.Query("deadline_before"), ChangedAfter: c.Query("changed_after"), Where: c.Query("where")}.search()
	ctx, now := c.Request.Context(), a.Calls.Now()
	e.walk = func(fn func(*CallItem) error) error {
		return a.Calls.Walk(ctx, s, q, func(page []*calls.Call) error {
			for _, call := range page {
				item := itemOf(call, now)
				if err := fn(&item); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return e, err
}

func deadlineText(d calls.Deadline) string {
	return strings.TrimSpace(string(d.Date) + " " + d.Time)
}

func callCells(c *CallItem) []string {
	var total, currency, low, high string
	if b := c.Budget; b != nil {
		currency = b.Currency
		total, low, high = units(b.Total), units(b.MinContribution), units(b.MaxContribution)
	}
	return []string{c.ID, c.Reference, c.Identifier, c.Title, string(c.State), string(c.Opens), string(c.NextDeadline), joined(c.Deadlines, deadlineText),
		c.Programme, c.ProgrammeLabel, c.CallIdentifier, strings.Join(c.TypeOfAction, "; "), total, currency, low, high, c.URL,
		strings.Join(c.Languages, "; "), string(c.FirstSeenAt), string(c.ChangedAt)}
}

// centsCell is an amount of a budget, nothing where the source gives none.
func centsCell(minor int64) sheet.Cell {
	if minor == 0 {
		return ""
	}
	return sheet.Decimal{Units: minor, Places: 2}
}

// units writes minor units as a decimal number, "" for none.
func units(minor int64) string {
	if minor == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%02d", minor/100, minor%100)
}
