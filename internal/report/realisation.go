package report

import (
	"context"
	"slices"
	"strings"

	"piper/internal/finance"
	"piper/internal/store"
)

// Place is the use of a category of a project out of a fund.
type Place struct {
	Category string `json:"category"`
	FundID   string `json:"fundId,omitempty"`
	FundName string `json:"fundName,omitempty"`
	finance.Use
}

// ProjectUse is the use of a project, with its places.
type ProjectUse struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Core bool   `json:"core"`
	finance.Use
	Lines []Place `json:"lines" nullable:"false"`
}

// Realisation is budget versus realisation of a fiscal year, in hundredths of the reporting currency.
type Realisation struct {
	Year         int          `json:"year"`
	Label        string       `json:"label"`
	AsOf         store.Date   `json:"asOf"`
	Currency     string       `json:"currency"`
	BudgetID     string       `json:"budgetId,omitempty" doc:"the adopted version; empty where none was adopted"`
	Version      int          `json:"version,omitempty"`
	Total        finance.Use  `json:"total"`
	Projects     []ProjectUse `json:"projects" nullable:"false" doc:"core first, then by name"`
	NotConverted int          `json:"notConverted" doc:"expenses without a rate, which are left out"`
}

// Realisation answers for one fiscal year.
func (r *Reports) Realisation(ctx context.Context, year int) (*Realisation, error) {
	if err := checkSpan(year, year); err != nil {
		return nil, err
	}
	projects, funds, err := r.Plans.Places(ctx)
	if err != nil {
		return nil, err
	}
	budgets, err := r.Plans.AdoptedBudgets(ctx)
	if err != nil {
		return nil, err
	}
	expenses, err := r.expenses(ctx, year, "")
	if err != nil {
		return nil, err
	}
	out := &Realisation{Year: year, Label: r.fiscal.Label(year), AsOf: r.today(), Currency: r.Reporting.Code(), Projects: []ProjectUse{}}
	var budget *finance.BudgetVersion
	for _, b := range budgets {
		if b.Year == year {
			budget, out.BudgetID, out.Version = b, b.ID, b.Number
		}
	}
	for _, e := range expenses {
		if e.Worth == nil {
			out.NotConverted++
		}
	}
	all := finance.Realise(budget, expenses, projects, r.fiscal, year, r.today())
	out.Total = all.Total
	at := map[string]int{}
	for _, p := range all.Projects {
		use := ProjectUse{ID: p.ProjectID, Name: "(removed project)", Use: p.Use, Lines: []Place{}}
		if known := projects[p.ProjectID]; known != nil {
			use.Name, use.Core = known.Name, known.Core
		}
		at[p.ProjectID] = len(out.Projects)
		out.Projects = append(out.Projects, use)
	}
	for _, l := range all.Lines {
		place := Place{Category: l.Category, FundID: l.FundID, Use: l.Use}
		if f := funds[l.FundID]; f != nil {
			place.FundName = f.Name
		}
		p := &out.Projects[at[l.ProjectID]]
		p.Lines = append(p.Lines, place)
	}
	slices.SortStableFunc(out.Projects, func(a, b ProjectUse) int {
		switch {
		case a.Core != b.Core && a.Core:
			return -1
		case a.Core != b.Core:
			return 1
		}
		return strings.Compare(store.Fold(a.Name), store.Fold(b.Name))
	})
	return out, nil
}
