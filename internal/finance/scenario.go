package finance

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// ChangeKind is what a scenario supposes.
type ChangeKind string

// The kinds of change.
const (
	LoseDonor       ChangeKind = "loseDonor"       // nothing of a donor is paid or earned from a day on
	CutProgramme    ChangeKind = "cutProgramme"    // a project, or all but the core, costs a percentage less from a day on
	DelayInstalment ChangeKind = "delayInstalment" // an instalment is paid some months later; what it pays for is done in time
	WinOpportunity  ChangeKind = "winOpportunity"  // an opportunity is secured, at its full value
	MissOpportunity ChangeKind = "missOpportunity" // an opportunity is declined
	AddIncome       ChangeKind = "addIncome"       // unearmarked, unrestricted money comes in, in equal parts each month
)

// ChangeKinds lists them.
var ChangeKinds = []ChangeKind{LoseDonor, CutProgramme, DelayInstalment, WinOpportunity, MissOpportunity, AddIncome}

// Supposition is one change that a scenario makes. Which fields it needs depends on its kind.
type Supposition struct {
	Kind      ChangeKind `json:"kind" enum:"loseDonor,cutProgramme,delayInstalment,winOpportunity,missOpportunity,addIncome"`
	DonorID   string     `json:"donorId,omitempty" maxLength:"60" doc:"of loseDonor"`
	View      View       `json:"view,omitempty" enum:"direct,ultimate" doc:"of loseDonor: whoever pays, or whose money it is; ultimate where empty"`
	Date      store.Date `json:"date,omitempty" maxLength:"10" doc:"of loseDonor, cutProgramme and addIncome: the first day"`
	ProjectID string     `json:"projectId,omitempty" maxLength:"60" doc:"of cutProgramme; empty for every project but the core"`
	Percent   int        `json:"percent,omitempty" minimum:"0" maximum:"100" doc:"of cutProgramme"`
	LineID    string     `json:"lineId,omitempty" maxLength:"60" doc:"of delayInstalment, winOpportunity and missOpportunity"`
	Months    int        `json:"months,omitempty" minimum:"0" maximum:"120" doc:"of delayInstalment, and of addIncome: over how many months"`
	Cents     int64      `json:"cents,omitempty" doc:"of addIncome: the whole amount, in hundredths of the reporting currency"`
}

// Scenario is a saved "what if".
type Scenario struct {
	store.Meta
	Name        string        `json:"name"`
	SortName    string        `json:"sortName"`
	Description string        `json:"description,omitempty"`
	Changes     []Supposition `json:"changes" nullable:"false"`
	By          string        `json:"by,omitempty" doc:"name of who saved it last"`
}

// Bounds of a scenario.
const (
	maxSuppositions = 50
	maxWords        = 4000
)

// tidy puts a scenario into its one form and gives an Invalid fault that names every field that is wrong.
func (s *Scenario) tidy() error {
	var c fault.Checks
	s.Name, s.Description = oneLine(strings.TrimSpace(s.Name)), strings.TrimSpace(s.Description)
	s.SortName = store.Fold(s.Name)
	c.Require(s.Name != "", "name", "A name is needed.")
	c.Require(utf8.RuneCountInString(s.Name) <= maxName, "name", "The name is longer than %d characters.", maxName)
	c.Require(utf8.RuneCountInString(s.Description) <= maxWords, "description", "The description is longer than %d characters.", maxWords)
	c.Require(len(s.Changes) <= maxSuppositions, "changes", "A scenario has at most %d changes.", maxSuppositions)
	if s.Changes == nil {
		s.Changes = []Supposition{}
	}
	lines := map[string]bool{}
	for i := range s.Changes {
		at := fmt.Sprintf("changes[%d].", i)
		s.Changes[i].check(&c, at)
		if id := s.Changes[i].LineID; id != "" {
			c.Require(!lines[id], at+"lineId", "Another change of this scenario is about it already.")
			lines[id] = true
		}
	}
	return c.Err()
}

func (s *Supposition) check(c *fault.Checks, at string) {
	day := func() {
		_, err := store.ParseDate(string(s.Date))
		c.Require(err == nil, at+"date", "A day of the form 2026-03-29 is needed.")
	}
	switch s.Kind {
	case LoseDonor:
		c.Require(s.DonorID != "", at+"donorId", "Say which donor.")
		c.Require(s.View == "" || s.View == Direct || s.View == Ultimate, at+"view", "%q is neither direct nor ultimate.", s.View)
		day()
	case CutProgramme:
		c.Require(s.Percent >= 1 && s.Percent <= 100, at+"percent", "A cut is between 1 and 100 percent.")
		day()
	case DelayInstalment:
		c.Require(s.LineID != "", at+"lineId", "Say which instalment.")
		c.Require(s.Months >= 1 && s.Months <= MaxMonths, at+"months", "A delay is between 1 and %d months.", MaxMonths)
	case WinOpportunity, MissOpportunity:
		c.Require(s.LineID != "", at+"lineId", "Say which opportunity.")
	case AddIncome:
		c.Require(s.Cents > 0 && s.Cents <= money.MaxWorth, at+"cents", "The amount must be positive, and not too large.")
		c.Require(s.Months >= 0 && s.Months <= MaxMonths, at+"months", "Between 1 and %d months.", MaxMonths)
		day()
	default:
		c.Require(false, at+"kind", "%q is not a change that a scenario knows.", s.Kind)
	}
}

// Suppose gives the outlook as it would be with the changes of a scenario; the outlook itself stays as it is.
// Changes that name a line, a donor or a project that is not there change nothing. They are made in an order
// of their own, so that the order in which a person adds them makes no difference: what becomes of
// opportunities first, since those that are won can be lost with their donor.
func (o *Outlook) Suppose(changes []Supposition) *Outlook {
	next := *o
	next.Secured, next.Pipeline, next.Costs = slices.Clone(o.Secured), slices.Clone(o.Pipeline), slices.Clone(o.Costs)
	changes = slices.Clone(changes)
	slices.SortFunc(changes, func(a, b Supposition) int {
		if by := indexOf(order, a.Kind) - indexOf(order, b.Kind); by != 0 {
			return by
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, c := range changes {
		switch c.Kind {
		case WinOpportunity, MissOpportunity:
			next.decide(c)
		case AddIncome:
			next.add(c)
		case DelayInstalment:
			next.delay(c)
		case LoseDonor:
			next.lose(c)
		case CutProgramme:
			next.cut(c)
		}
	}
	return &next
}

// order is the one in which changes are made.
var order = []ChangeKind{MissOpportunity, WinOpportunity, AddIncome, DelayInstalment, LoseDonor, CutProgramme}

func (o *Outlook) decide(c Supposition) {
	kept := o.Pipeline[:0]
	for _, l := range o.Pipeline {
		switch {
		case l.ID != c.LineID:
			kept = append(kept, l)
		case c.Kind == WinOpportunity:
			l.Probability = 100
			o.Secured = append(o.Secured, l)
		}
	}
	o.Pipeline = kept
}

// AddedDonor is the donor of money that a scenario adds: nobody in particular.
const AddedDonor = "supposed"

func (o *Outlook) add(c Supposition) {
	months := max(c.Months, 1)
	weights := make([]int64, months)
	for i := range weights {
		weights[i] = 1
	}
	first := MonthOf(c.Date)
	for i, cents := range money.Split(c.Cents, weights) {
		m := o.Reporting.Of(cents)
		day := c.Date
		if i > 0 {
			day = (first + Month(i)).First()
		}
		o.Secured = append(o.Secured, Expected{ID: AddedDonor, DonorID: AddedDonor, UltimateID: AddedDonor, Due: day, Amount: m, Worth: &m,
			Earmarking: Unearmarked, Restriction: Unrestricted, SourceType: "other"})
	}
}

func (o *Outlook) delay(c Supposition) {
	for i := range o.Secured {
		l := &o.Secured[i]
		if l.ID == c.LineID && l.Due != "" {
			if l.From == "" { // it was earned when due, and stays so
				l.From, l.To = l.Due, l.Due
			}
			l.Due = shift(l.Due, c.Months)
		}
	}
}

// shift moves a day by months; the last day of a shorter month stands for a day that it does not have.
func shift(d store.Date, months int) store.Date {
	m := MonthOf(d) + Month(months)
	day := store.Date(m.String() + string(d[7:]))
	return min(day, m.Last())
}

func (o *Outlook) lose(c Supposition) {
	view := c.View
	if view == "" {
		view = Ultimate
	}
	for _, lines := range [...][]Expected{o.Secured, o.Pipeline} {
		for i := range lines {
			if lines[i].Payer(view) == c.DonorID {
				lines[i].stop(c.Date)
			}
		}
	}
}

func (l *Expected) stop(day store.Date) {
	if l.stops == "" || day < l.stops {
		l.stops = day
	}
}

// cut lowers costs from a day on; a month in which the day falls is cut by its days after.
func (o *Outlook) cut(c Supposition) {
	from := MonthOf(c.Date)
	for i := range o.Costs {
		cost := &o.Costs[i]
		if cost.Month < from || c.ProjectID == "" && cost.Core || c.ProjectID != "" && cost.ProjectID != c.ProjectID {
			continue
		}
		subject := cost.Cents
		if cost.Month == from {
			subject -= before(cost.Cents, from.firstDay(), (from + 1).firstDay(), dayOf(c.Date))
		}
		cost.Cents -= share(subject, int64(c.Percent), 100)
	}
}
