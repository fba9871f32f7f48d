package funding

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// RequirementRule proposes a requirement for agreements that it fits. RequirementRules are data that a fundraiser edits: thresholds
// change from one programme to the next, and the agreement itself has the last word.
type RequirementRule struct {
	ID          string       `json:"id" maxLength:"60"`
	Label       string       `json:"label" maxLength:"300" doc:"where the rule comes from, for people"`
	Kind        string       `json:"kind" enum:"narrative,financial,audit,visibility,other"`
	Title       string       `json:"title" maxLength:"300"`
	SourceTypes []string     `json:"sourceTypes" nullable:"false" doc:"any of these; none: every source"`
	Programmes  []string     `json:"programmes" nullable:"false" doc:"the programme has one of these words; none: every programme"`
	Except      []string     `json:"except" nullable:"false" doc:"the programme has none of these words"`
	Above       *money.Money `json:"above,omitempty" doc:"only where the agreement is worth more than this; in EUR or the reporting currency"`
	When        string       `json:"when" enum:"start,end,yearly" doc:"counted from the first day of the term, the last, or every full year within it"`
	Days        int          `json:"days" minimum:"-3650" maximum:"3650" doc:"due so many days after that"`
}

// RequirementRules is all of them, one document.
type RequirementRules struct {
	store.Meta
	Rules []RequirementRule `json:"rules" nullable:"false"`
}

const (
	rulesID  = "rules"
	maxRules = 100
)

// toCheck marks every standard rule: what it says is usual, not what was signed.
const toCheck = " Check it against the agreement."

// standardRules are those of a Piper in which nobody has written others. The thresholds for certificates on the
// financial statements are those of the model grant agreements, per beneficiary: EUR 430,000 of EU contribution
// under Horizon Europe, EUR 325,000 under other programmes with the corporate model grant agreement.
func standardRules() []RequirementRule {
	euros := func(n int64) *money.Money { return &money.Money{Minor: n * 100, Currency: money.Euro} }
	list := []RequirementRule{
		{ID: "interim-report", Label: "A report every year." + toCheck, Kind: "narrative", Title: "Interim report", When: "yearly", Days: 60},
		{ID: "final-narrative", Label: "A final report 60 days after the end." + toCheck, Kind: "narrative", Title: "Final narrative report", When: "end", Days: 60},
		{ID: "final-financial", Label: "A final financial report 60 days after the end." + toCheck, Kind: "financial", Title: "Final financial report", When: "end", Days: 60},
		{ID: "certificate-horizon", Label: "Certificate on the financial statements above EUR 430,000 of EU contribution, Horizon." + toCheck, Kind: "audit",
			Title: "Certificate on the financial statements", SourceTypes: []string{"eu"}, Programmes: []string{"horizon"}, Above: euros(430_000), When: "end", Days: 60},
		{ID: "certificate-eu", Label: "Certificate on the financial statements above EUR 325,000 of EU contribution, other programmes." + toCheck, Kind: "audit",
			Title: "Certificate on the financial statements", SourceTypes: []string{"eu"}, Except: []string{"horizon"}, Above: euros(325_000), When: "end", Days: 60},
		{ID: "emblem", Label: "EU emblem and funding statement on what is published." + toCheck, Kind: "visibility",
			Title: "EU emblem and funding statement", SourceTypes: []string{"eu"}, When: "start", Days: 30},
	}
	for i := range list {
		list[i].arrange()
	}
	return list
}

func (u *RequirementRule) arrange() {
	for _, list := range []*[]string{&u.SourceTypes, &u.Programmes, &u.Except} {
		if *list == nil {
			*list = []string{}
		}
	}
}

// Rules gives the rules, at revision 0 while nobody has written any.
func (r *Agreements) Rules(ctx context.Context) (*RequirementRules, error) {
	rules, err := r.rules.Get(ctx, rulesID)
	if fault.Is(err, fault.NotFound) {
		return &RequirementRules{Rules: standardRules()}, nil
	}
	return rules, err
}

// SetRules writes all rules; Stale where they have changed since revision rev.
func (r *Agreements) SetRules(ctx context.Context, rev int64, list []RequirementRule) (*RequirementRules, error) {
	if err := r.checkRules(list); err != nil {
		return nil, err
	}
	if rev == 0 {
		rules := &RequirementRules{Meta: store.Meta{ID: rulesID}, Rules: list}
		err := r.rules.Create(ctx, rules)
		if fault.Is(err, fault.Duplicate) {
			return nil, fault.New(fault.Stale, "The rules have changed since you opened them.")
		}
		return rules, err
	}
	return r.rules.UpdateAt(ctx, rulesID, rev, func(rules *RequirementRules) error { rules.Rules = list; return nil })
}

func (r *Agreements) checkRules(list []RequirementRule) error {
	var c fault.Checks
	c.Require(len(list) <= maxRules, "rules", "There are more than %d rules.", maxRules)
	seen := map[string]bool{}
	for i := range list {
		u, at := &list[i], func(field string) string { return fmt.Sprintf("rules[%d].%s", i, field) }
		u.arrange()
		u.Title, u.Label = oneLine(u.Title), oneLine(u.Label)
		if u.ID == "" {
			u.ID = store.NewID()
		}
		c.Require(!seen[u.ID], at("id"), "Two rules have the same id.")
		seen[u.ID] = true
		c.Require(u.Title != "", at("title"), "A title is needed.")
		oneOf(&c, at("kind"), u.Kind, requirementKinds)
		oneOf(&c, at("when"), u.When, []string{"start", "end", "yearly"})
		for _, s := range u.SourceTypes {
			oneOf(&c, at("sourceTypes"), s, sourceTypes)
		}
		checkAmount(&c, at("above"), u.Above, "")
		c.Require(u.Above == nil || u.Above.Currency == money.Euro || u.Above.Currency == r.Reporting.Code(), at("above"), "A threshold is in %s.", strings.Join(slices.Compact([]string{money.Euro, r.Reporting.Code()}), " or "))
		c.Require(u.Days >= -3650 && u.Days <= 3650, at("days"), "A requirement is at most ten years away.")
	}
	return c.Err()
}

// exceeds reports whether an agreement is of more than a threshold, by its amount where that is in the currency of the
// threshold, as thresholds of the EU are in euros, and else by its worth. What cannot be compared is above none.
func (a *Agreement) exceeds(above money.Money) bool {
	for _, of := range []*money.Money{a.Amount, a.Worth} {
		if of != nil && of.Currency == above.Currency {
			return of.Minor > above.Minor
		}
	}
	return false
}

// fits reports whether a rule speaks about an agreement.
func (u *RequirementRule) fits(a *Agreement) bool {
	programme := store.Fold(a.Programme)
	has := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.Contains(programme, store.Fold(w)) })
	}
	switch {
	case len(u.SourceTypes) > 0 && !slices.Contains(u.SourceTypes, a.SourceType):
		return false
	case len(u.Programmes) > 0 && !has(u.Programmes), has(u.Except):
		return false
	case u.Above != nil && !a.exceeds(*u.Above):
		return false
	}
	return true
}

// days gives when a rule's requirement is due under an agreement: once, or once for every full year of the term
// but the one with which it ends, for which there is the final report.
func (u *RequirementRule) days(a *Agreement) []store.Date {
	if a.From == "" || a.To == "" {
		return nil
	}
	switch u.When {
	case "start":
		return []store.Date{plusDays(a.From, u.Days)}
	case "end":
		return []store.Date{plusDays(a.To, u.Days)}
	}
	var list []store.Date
	for n := 1; ; n++ {
		year := store.Date(a.From.Time().AddDate(n, 0, -1).Format("2006-01-02")) // last day of the n-th year
		if year >= a.To {
			return list
		}
		list = append(list, plusDays(year, u.Days))
	}
}

// Propose gives the requirements that the rules have for an agreement and that it has not got. Nothing is written.
func (a *Agreement) Propose(rules []RequirementRule) []Requirement {
	list := []Requirement{}
	for _, u := range rules {
		if !u.fits(a) {
			continue
		}
		days := u.days(a)
		for n, due := range days {
			title := u.Title
			if len(days) > 1 {
				title = fmt.Sprintf("%s %d", u.Title, n+1)
			}
			has := slices.ContainsFunc(a.Requirements, func(q Requirement) bool {
				return q.RuleID == u.ID && (q.Title == title || q.Due == due)
			})
			if !has {
				list = append(list, Requirement{Kind: u.Kind, Title: title, Due: due, State: RequirementOpen, RuleID: u.ID, Note: u.Label, TaskIDs: []string{}})
			}
		}
	}
	return list
}
