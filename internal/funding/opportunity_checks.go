package funding

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// Bounds of an opportunity.
const (
	maxAskTitle = 300
	maxAskNotes = 20_000
	maxPartners = 100
	maxEffort   = 2000
	wholePoints = 10_000 // hundredths of a percent
)

var consortiumRoles = []string{"lead", "partner", "associated"}

// tidy puts an opportunity into its one form and gives an Invalid fault that names every field that is wrong.
// What its stage needs has to be there, also after a change.
func (o *Opportunity) tidy(today store.Date) error {
	var c fault.Checks
	o.Title = strings.Join(strings.Fields(o.Title), " ")
	o.SortTitle = store.Fold(o.Title)
	o.Programme = strings.Join(strings.Fields(o.Programme), " ")
	o.Notes, o.ProbabilityReason = strings.TrimSpace(o.Notes), strings.TrimSpace(o.ProbabilityReason)
	c.Require(o.Title != "", "title", "A title is needed.")
	c.Require(utf8.RuneCountInString(o.Title) <= maxAskTitle, "title", "The title is longer than %d characters.", maxAskTitle)
	c.Require(utf8.RuneCountInString(o.Programme) <= 200, "programme", "The programme is longer than 200 characters.")
	c.Require(len(o.Notes) <= maxAskNotes, "notes", "The notes are longer than 20,000 characters.")
	c.Require(utf8.RuneCountInString(o.ProbabilityReason) <= 500, "probabilityReason", "The reason is longer than 500 characters.")
	c.Require(o.Earmarking == "" || slices.Contains([]string{"unearmarked", "soft", "earmarked", "tight"}, o.Earmarking),
		"earmarking", "The earmarking is unearmarked, soft, earmarked or tight.")
	o.checkDays(&c)
	checkAsk(&c, "ask", o.Ask)
	checkAsk(&c, "coFinancing.amount", o.CoFinancing.Amount)
	checkPoints(&c, "coFinancing.points", o.CoFinancing.Points)
	checkPoints(&c, "overhead", o.Overhead)
	o.checkConsortium(&c)
	o.checkEffort(&c, today)
	o.checkGoNoGo(&c, today)
	o.checkStage(&c)
	if o.Log == nil {
		o.Log = []StageMove{}
	}
	if o.Applied == nil {
		o.Applied = []AppliedTemplate{}
	}
	return c.Err()
}

func (o *Opportunity) checkDays(c *fault.Checks) {
	for field, day := range map[string]store.Date{"from": o.From, "to": o.To, "deadline": o.Deadline, "decision": o.Decision} {
		checkDay(c, field, day)
	}
	c.Require(o.From == "" || o.To == "" || o.From <= o.To, "to", "The last day is before the first.")
}

func checkDay(c *fault.Checks, field string, day store.Date) {
	if day == "" {
		return
	}
	_, err := store.ParseDate(string(day))
	c.Require(err == nil && day >= "1990-01-01" && day <= "2100-12-31", field, "%q is not a date of the form 2026-03-29.", day)
}

func checkAsk(c *fault.Checks, field string, m *money.Money) {
	if m == nil {
		return
	}
	code, err := money.ParseCurrency(m.Currency)
	c.Require(err == nil, field, "%q is not an ISO 4217 currency code such as EUR or CHF.", m.Currency)
	c.Require(m.Minor > 0 && m.Minor <= money.MaxMinor, field, "The amount is not above zero, or too large.")
	m.Currency = code
}

func checkPoints(c *fault.Checks, field string, points int) {
	c.Require(points >= 0 && points <= wholePoints, field, "A percentage is between 0 and 100.")
}

// checkConsortium wants every partner once, one lead at most, and shares that are no more than the whole.
func (o *Opportunity) checkConsortium(c *fault.Checks) {
	if o.Partners == nil {
		o.Partners = []Partner{}
	}
	if len(o.Partners) == 0 {
		o.OurRole, o.OurShare = "", 0
		return
	}
	c.Require(len(o.Partners) <= maxPartners, "partners", "There are more than %d partners.", maxPartners)
	if o.OurRole == "" {
		o.OurRole = "partner"
	}
	c.Require(slices.Contains(consortiumRoles, o.OurRole), "ourRole", "We are lead, partner or associated.")
	checkPoints(c, "ourShare", o.OurShare)
	sum, leads, seen := o.OurShare, 0, map[string]bool{}
	if o.OurRole == "lead" {
		leads++
	}
	for i, p := range o.Partners {
		at := func(name string) string { return fmt.Sprintf("partners[%d].%s", i, name) }
		c.Require(p.StakeholderID != "", at("stakeholderId"), "Say who it is.")
		c.Require(!seen[p.StakeholderID], at("stakeholderId"), "This partner is in the list twice.")
		c.Require(slices.Contains(consortiumRoles, p.Role), at("role"), "A partner is lead, partner or associated.")
		checkPoints(c, at("share"), p.Share)
		seen[p.StakeholderID] = true
		sum += p.Share
		if p.Role == "lead" {
			leads++
		}
	}
	c.Require(leads <= 1, "partners", "There is more than one lead.")
	c.Require(sum <= wholePoints, "partners", "The shares, ours included, are more than 100 %%.")
}

func (o *Opportunity) checkEffort(c *fault.Checks, today store.Date) {
	if o.Effort == nil {
		o.Effort = []Effort{}
	}
	c.Require(len(o.Effort) <= maxEffort, "effort", "There are more than %d entries.", maxEffort)
	for i, e := range o.Effort {
		at := func(name string) string { return fmt.Sprintf("effort[%d].%s", i, name) }
		c.Require(e.Date != "", at("date"), "Say on which day.")
		checkDay(c, at("date"), e.Date)
		c.Require(e.Date <= today, at("date"), "This day is yet to come.")
		c.Require(e.Quarters >= 1 && e.Quarters <= 4000, at("quarters"), "The effort is between a quarter of a day and 1,000 days.")
		o.Effort[i].Note = strings.TrimSpace(e.Note)
	}
	slices.SortStableFunc(o.Effort, func(a, b Effort) int { return strings.Compare(string(a.Date), string(b.Date)) })
}

func (o *Opportunity) checkGoNoGo(c *fault.Checks, today store.Date) {
	g := o.GoNoGo
	if g == nil {
		return
	}
	g.Reasons = strings.TrimSpace(g.Reasons)
	if g.By == nil {
		g.By = []string{}
	}
	if g.Criteria == nil {
		g.Criteria = []Criterion{}
	}
	c.Require(g.Decision == "go" || g.Decision == "no-go", "goNoGo.decision", "The decision is go or no-go.")
	c.Require(g.Date != "", "goNoGo.date", "Say on which day it was decided.")
	checkDay(c, "goNoGo.date", g.Date)
	c.Require(g.Date <= today, "goNoGo.date", "This day is yet to come.")
	c.Require(len(g.By) > 0, "goNoGo.by", "Say who decided.")
	c.Require(g.Reasons != "", "goNoGo.reasons", "Say why.")
	for i, one := range g.Criteria {
		g.Criteria[i].Name = strings.TrimSpace(one.Name)
		c.Require(g.Criteria[i].Name != "", fmt.Sprintf("goNoGo.criteria[%d].name", i), "A criterion needs a name.")
		c.Require(one.Score >= 1 && one.Score <= 5, fmt.Sprintf("goNoGo.criteria[%d].score", i), "A score is between 1 and 5.")
	}
}

// checkStage wants what the stage needs, and nothing that belongs to another.
func (o *Opportunity) checkStage(c *fault.Checks) {
	rule, ok := o.Stage.Rule()
	c.Require(ok, "stage", "There is no stage %q.", o.Stage)
	if !o.Stage.Lost() {
		o.Lost = nil
	}
	switch {
	case !rule.Open:
		o.Probability, o.ProbabilityReason = rule.Chance, ""
	default:
		c.Require(o.Probability >= 0 && o.Probability <= 100, "probability", "A probability is between 0 and 100 percent.")
	}
	for _, field := range rule.Needs {
		c.Require(o.has(field), field, "%s", fmt.Sprintf(missing[field], strings.ToLower(rule.Name)))
	}
	if l := o.Lost; l != nil {
		l.Text = strings.TrimSpace(l.Text)
		c.Require(slices.Contains(LostReasons, l.Reason), "lost.reason", "There is no reason %q.", l.Reason)
		c.Require(l.Reason != "other" || l.Text != "", "lost.text", "Say in words what the other reason is.")
		c.Require(len(l.Text) <= 5000, "lost.text", "The text is longer than 5,000 characters.")
	}
}

// missing says what a stage wants, with a place for its name.
var missing = map[string]string{
	"donorId": "Say who the donor is: the stage %s needs one.",
	"ask":     "Say how much is asked for: the stage %s needs it.",
	"lost":    "Say why nothing came of it: the stage %s needs a reason.",
}

// has reports whether a field that a stage may need is filled in.
func (o *Opportunity) has(field string) bool {
	switch field {
	case "donorId":
		return o.DonorID != ""
	case "ask":
		return o.Ask != nil
	case "lost":
		return o.Lost != nil && o.Lost.Reason != ""
	}
	return true
}
