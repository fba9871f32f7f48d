package funding

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Transition is a change of stage that somebody asks for.
type Transition struct {
	To   Stage
	On   store.Date // the day it happened; today where empty
	Note string
	Lost *Lost // why nothing came of it: needed by declined and withdrawn
}

// Move brings revision rev of an opportunity into another stage, writes that down, and makes the tasks of the
// stage's template, all or nothing. Asked for the stage where it stands, it changes only the reason why
// nothing came of it.
func (p *Pipeline) Move(ctx context.Context, id string, rev int64, t Transition) (*Opportunity, error) {
	t.Note = strings.TrimSpace(t.Note)
	return p.changeAt(ctx, id, rev, func(ctx context.Context, o *Opportunity) error {
		was := *o
		if err := p.enter(ctx, o, t); err != nil {
			return err
		}
		return p.settle(ctx, o, &was)
	})
}

// enter changes the stage, where the table allows it.
func (p *Pipeline) enter(ctx context.Context, o *Opportunity, t Transition) error {
	if o.TrashedAt != "" {
		return fault.New(fault.Invalid, "It is in the trash. Restore it first.")
	}
	if t.Lost != nil && t.To.Lost() {
		o.Lost = &Lost{Reason: t.Lost.Reason, Text: t.Lost.Text}
	}
	if o.Stage == t.To {
		return nil
	}
	if err := p.notAgreed(ctx, o); err != nil {
		return err
	}
	from, _ := o.Stage.Rule()
	to, ok := t.To.Rule()
	switch {
	case !ok:
		return fault.Field("stage", "There is no stage %q.", t.To)
	case !slices.Contains(from.Next, t.To):
		return fault.Field("stage", "From %s one goes to %s, not to %s.", strings.ToLower(from.Name), namesOfStages(from.Next), strings.ToLower(to.Name))
	case !from.Open && t.Note == "":
		return fault.Field("note", "Say why it is opened again.")
	case utf8.RuneCountInString(t.Note) > 1000:
		return fault.Field("note", "The note is longer than 1,000 characters.")
	}
	day := firstOf(t.On, p.today())
	if err := p.checkMoved(day, o.Since); err != nil {
		return err
	}
	o.Log = append(slices.Clone(o.Log), p.moved(ctx, StageMove{From: o.Stage, To: t.To, Date: day, Note: t.Note}))
	o.Stage, o.Since = t.To, day
	if t.To.Lost() && t.Lost == nil {
		o.Lost = nil
	}
	return nil
}

func namesOfStages(list []Stage) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = strings.ToLower(s.name())
	}
	return strings.Join(words, ", ")
}

// checkMoved wants a day that is not to come and not before the last change of stage.
func (p *Pipeline) checkMoved(day, last store.Date) error {
	var c fault.Checks
	checkDay(&c, "since", day)
	c.Require(day <= p.today(), "since", "This day is yet to come.")
	c.Require(day >= last, "since", "The last change of stage was on %s, after this day.", last)
	return c.Err()
}

// moved completes an entry of the log: who, and where it stands in a timeline.
func (p *Pipeline) moved(ctx context.Context, m StageMove) StageMove {
	m.By, m.At = access.From(ctx).AccountID, p.db.Now()
	if m.Date != m.At.Day() {
		m.At = store.Instant(string(m.Date) + "T11:00:00Z")
	}
	return m
}

// StageTemplates says which template of tasks each stage brings.
type StageTemplates struct {
	store.Meta
	Templates []StageTemplate `json:"templates" nullable:"false" maxItems:"8"`
}

// StageTemplate is the template of one stage.
type StageTemplate struct {
	Stage      Stage  `json:"stage" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn"`
	TemplateID string `json:"templateId" maxLength:"60"`
}

// habitsID is the one document of StageTemplates.
const habitsID = "pipeline"

// StageTemplates gives which template each stage brings; none as long as nobody has said so.
func (p *Pipeline) StageTemplates(ctx context.Context) (*StageTemplates, error) {
	h, err := p.habits.Get(ctx, habitsID)
	if fault.Is(err, fault.NotFound) {
		return &StageTemplates{Templates: []StageTemplate{}}, nil
	}
	return h, err
}

// SetStageTemplates says which template each stage brings. rev is 0 where nobody has said so before.
func (p *Pipeline) SetStageTemplates(ctx context.Context, rev int64, list []StageTemplate) (*StageTemplates, error) {
	seen := map[Stage]bool{}
	for i, one := range list {
		if _, ok := one.Stage.Rule(); !ok || seen[one.Stage] || one.TemplateID == "" {
			return nil, fault.Field(fmt.Sprintf("templates[%d]", i), "Each stage is named once, with one template.")
		}
		seen[one.Stage] = true
	}
	if list == nil {
		list = []StageTemplate{}
	}
	if rev == 0 {
		h := &StageTemplates{Templates: list}
		h.ID = habitsID
		err := p.habits.Create(ctx, h)
		if fault.Is(err, fault.Duplicate) {
			return nil, fault.New(fault.Stale, "Somebody else has set the templates meanwhile.")
		}
		return h, err
	}
	return p.habits.UpdateAt(ctx, habitsID, rev, func(h *StageTemplates) error { h.Templates = list; return nil })
}

// habit gives the template that the stage of an opportunity brings, "" where it brings none or has brought it.
func (p *Pipeline) habit(ctx context.Context, o *Opportunity) (string, error) {
	if o.hasApplied(o.Stage) || o.DonorID == "" { // tasks are with somebody
		return "", nil
	}
	h, err := p.StageTemplates(ctx)
	if err != nil {
		return "", err
	}
	for _, one := range h.Templates {
		if one.Stage == o.Stage {
			return one.TemplateID, nil
		}
	}
	return "", nil
}

// applyTemplate makes the tasks and remembers it on the record, in the transaction of ctx: so they are made once for
// an opportunity and a stage, whoever goes there how often. A template that is gone stops nobody.
func (p *Pipeline) applyTemplate(ctx context.Context, o *Opportunity, templateID string) (*Opportunity, error) {
	rule, _ := o.Stage.Rule()
	err := p.templates.ApplyTemplate(ctx, templateID, o.DonorID, o.OwnerID, rule.anchor(o), fmt.Sprintf("opportunity/%s/%s", o.ID, o.Stage))
	if fault.Is(err, fault.NotFound) {
		return o, nil
	}
	if err != nil {
		return nil, err
	}
	return p.all.Update(ctx, o.ID, func(o *Opportunity) error {
		o.Applied = append(o.Applied, AppliedTemplate{Stage: o.Stage, TemplateID: templateID, At: p.db.Now()})
		return nil
	})
}

// MoveOf is a change of stage with the opportunity it belongs to.
type MoveOf struct {
	StageMove
	ID            string // of the change: the opportunity's, and its place in the log
	OpportunityID string
	Title         string
}

// MovesAfter gives the changes of stage of what is asked of a donor, or with a partner, behind a place in the
// order of time, the newest first: at an instant, behind an id. The zero place is the beginning.
func (p *Pipeline) MovesAfter(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*MoveOf, error) {
	list, err := p.all.Find(ctx, filter.And{notTrashed, filter.Or{
		filter.Eq{Field: "donorId", Value: stakeholderID},
		filter.Has{Field: "partners.stakeholderId", Values: []any{stakeholderID}},
	}}, []driver.Key{{Path: "id"}}, 0)
	if err != nil {
		return nil, err
	}
	var moves []*MoveOf
	for _, o := range list {
		for i, m := range o.Log {
			one := &MoveOf{m, fmt.Sprintf("%s%04d", o.ID, i), o.ID, o.Title}
			if at == "" || one.At < at || one.At == at && one.ID > id {
				moves = append(moves, one)
			}
		}
	}
	slices.SortFunc(moves, func(a, b *MoveOf) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID)) })
	return moves[:min(limit, len(moves))], nil
}

// Words says a change of stage in words.
func (m StageMove) Words() string {
	if m.From == "" {
		return "Began as " + strings.ToLower(m.To.name())
	}
	return m.From.name() + " → " + m.To.name()
}
