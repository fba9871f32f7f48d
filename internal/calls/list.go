package calls

import (
	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Kinds lists every kind of call.
var Kinds = []Kind{Topic, External, Cascade, Tender, Item}

// Fields is what a list of calls may be filtered by at a moment, as the state of a call follows from its dates.
func Fields(now store.Instant) list.Fields {
	return list.Fields{
		{Name: "state", Label: "State", Kind: list.Choice, Values: list.Texts(States), As: func(_ list.Op, v any) (filter.Expr, error) {
			return State(v.(string)).where(now), nil
		}},
		{Name: "programme", Label: "Programme", Path: "programme", Kind: list.Word},
		{Name: "kind", Label: "Kind", Path: "kind", Kind: list.Choice, Values: list.Texts(Kinds)},
		{Name: "typeOfAction", Label: "Type of action", Path: "typeOfAction", Kind: list.Words},
		{Name: "deadline", Label: "Next deadline", Path: "nextDeadline", Kind: list.Day},
		{Name: "closesAt", Label: "Last deadline", Path: "closesAt", Kind: list.Moment},
		{Name: "opens", Label: "Opens", Path: "opens", Kind: list.Day},
		{Name: "budget", Label: "Budget in EUR", Kind: list.Amount, As: budgetIs},
		{Name: "firstSeenAt", Label: "First seen", Path: "firstSeenAt", Kind: list.Moment},
		{Name: "changedAt", Label: "Changed by the source", Path: "changedAt", Kind: list.Moment},
	}
}

// budgetIs compares budgets in euros alone: those in other currencies are never converted.
func budgetIs(op list.Op, cents any) (filter.Expr, error) {
	return filter.And{filter.Eq{Field: "budget.currency", Value: "EUR"}, list.Compare("budget.total", op, cents)}, nil
}
