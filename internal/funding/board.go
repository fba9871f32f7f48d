package funding

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/store"
)

// Column is one stage of the board.
type Column struct {
	StageRule
	Sums
	Cards []*Opportunity `json:"cards" nullable:"false" doc:"at most 100: open ones in order of their deadline, closed ones the last first"`
}

// Board is the pipeline by stage.
type Board struct {
	Columns []Column `json:"columns" nullable:"false"`
	Total   Sums     `json:"total" doc:"of all open columns"`
}

// cards is how many a column shows; its sums are of all.
const cards = 100

// Board gives a search by stage. With text it shows what the words find.
func (p *Pipeline) Board(ctx context.Context, s OpportunitySearch, text string) (*Board, error) {
	list, err := p.matching(ctx, s, text)
	if err != nil {
		return nil, err
	}
	by := map[Stage][]*Opportunity{}
	var open []*Opportunity
	for _, o := range list {
		by[o.Stage] = append(by[o.Stage], o)
		if o.Stage.Open() {
			open = append(open, o)
		}
	}
	b := &Board{Columns: []Column{}, Total: SumUp(open, Period{}, p.Reporting).show(ctx)}
	for _, rule := range stages {
		part := by[rule.Stage]
		slices.SortFunc(part, order(rule.Open))
		col := Column{StageRule: rule, Sums: SumUp(part, Period{}, p.Reporting).show(ctx), Cards: []*Opportunity{}}
		for _, o := range part[:min(cards, len(part))] {
			col.Cards = append(col.Cards, o.show(ctx))
		}
		b.Columns = append(b.Columns, col)
	}
	return b, nil
}

// matching gives all of a search, by words too, as they are stored.
func (p *Pipeline) matching(ctx context.Context, s OpportunitySearch, text string) ([]*Opportunity, error) {
	if text == "" {
		return p.find(ctx, s)
	}
	var all []*Opportunity
	err := p.all.Walk(ctx, store.Query{Where: s.where(), Text: text}, func(page []*Opportunity) error {
		all = append(all, page...)
		return nil
	})
	return all, err
}

// order puts what is due first on top, what has no deadline below, and of what is closed the last first.
func order(open bool) func(a, b *Opportunity) int {
	const never = "9999"
	return func(a, b *Opportunity) int {
		if !open {
			return cmp.Or(cmp.Compare(b.Since, a.Since), cmp.Compare(a.SortTitle, b.SortTitle), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(firstOf(a.Deadline, never), firstOf(b.Deadline, never)), cmp.Compare(a.SortTitle, b.SortTitle), cmp.Compare(a.ID, b.ID))
	}
}
