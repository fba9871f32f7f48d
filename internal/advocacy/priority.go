package advocacy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Priority is one thing that we work for.
type Priority struct {
	ID      string `json:"id" maxLength:"60"`
	Name    string `json:"name" maxLength:"120"`
	Retired bool   `json:"retired,omitempty" doc:"offered for new positions no longer; those taken stay"`
}

// Priorities is all of them in their order, one document.
type Priorities struct {
	store.Meta
	Priorities []Priority `json:"priorities" nullable:"false"`
}

// Called gives the name of a priority.
func (p *Priorities) Called(id string) string {
	for _, one := range p.Priorities {
		if one.ID == id {
			return one.Name
		}
	}
	return ""
}

const (
	planID        = "priorities"
	maxPriorities = 50
	maxName       = 120
)

// standardPriorities are those of a Piper in which nobody has written others: nine subjects of the work against trafficking
// in human beings, for a secretariat to replace by those of its own strategic plan.
func standardPriorities() []Priority {
	return []Priority{
		{ID: "rights-based-assistance", Name: "Assistance that does not depend on testimony"},
		{ID: "compensation", Name: "Access to compensation and unpaid wages"},
		{ID: "non-punishment", Name: "Non-punishment of trafficked persons"},
		{ID: "residence", Name: "Residence, and no unsafe return"},
		{ID: "labour-exploitation", Name: "Labour exploitation and decent work"},
		{ID: "safe-migration", Name: "Safe migration and prevention"},
		{ID: "data-protection", Name: "Data protection of trafficked persons"},
		{ID: "participation", Name: "Participation of those concerned"},
		{ID: "civil-society", Name: "Space and money for civil society"},
	}
}

// Priorities gives the priorities, at revision 0 while nobody has written any.
func (r *Repo) Priorities(ctx context.Context) (*Priorities, error) {
	plan, err := r.priorities.Get(ctx, planID)
	if fault.Is(err, fault.NotFound) {
		return &Priorities{Priorities: standardPriorities()}, nil
	}
	return plan, err
}

// SetPriorities writes all priorities; Stale where they have changed since revision rev. One on which somebody has a position
// can be retired, not left out.
func (r *Repo) SetPriorities(ctx context.Context, rev int64, list []Priority) (plan *Priorities, err error) {
	if err := checkPriorities(list); err != nil {
		return nil, err
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		before, err := r.Priorities(ctx)
		if err != nil {
			return err
		}
		if err := r.checkKept(ctx, before.Priorities, list); err != nil {
			return err
		}
		if rev > 0 {
			plan, err = r.priorities.UpdateAt(ctx, planID, rev, func(p *Priorities) error { p.Priorities = list; return nil })
			return err
		}
		plan = &Priorities{Meta: store.Meta{ID: planID}, Priorities: list}
		if err = r.priorities.Create(ctx, plan); fault.Is(err, fault.Duplicate) {
			return fault.New(fault.Stale, "The priorities have changed since you opened them.")
		}
		return err
	})
	return plan, err
}

func (r *Repo) checkKept(ctx context.Context, before, list []Priority) error {
	for _, old := range before {
		if slices.ContainsFunc(list, func(p Priority) bool { return p.ID == old.ID }) {
			continue
		}
		n, err := r.positions.Count(ctx, filter.Eq{Field: "priorityId", Value: old.ID})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Field("priorities", "There are positions on “%s”. Retire it instead of leaving it out.", old.Name)
		}
	}
	return nil
}

func checkPriorities(list []Priority) error {
	var c fault.Checks
	c.Require(len(list) > 0, "priorities", "At least one priority is needed.")
	c.Require(len(list) <= maxPriorities, "priorities", "There are more than %d priorities.", maxPriorities)
	ids, names := map[string]bool{}, map[string]bool{}
	for i := range list {
		p, at := &list[i], fmt.Sprintf("priorities[%d].", i)
		p.Name = strings.Join(strings.Fields(p.Name), " ")
		if p.ID == "" {
			p.ID = store.NewID()
		}
		c.Require(!ids[p.ID], at+"id", "Two priorities have the same id.")
		c.Require(p.Name != "", at+"name", "A name is needed.")
		c.Require(utf8.RuneCountInString(p.Name) <= maxName, at+"name", "The name is longer than %d characters.", maxName)
		name := store.Fold(p.Name)
		c.Require(name == "" || !names[name], at+"name", "Two priorities are called the same.")
		ids[p.ID], names[name] = true, true
	}
	return c.Err()
}
