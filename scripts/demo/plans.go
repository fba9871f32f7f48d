package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// programme is work of the secretariat with what a year of it may cost, in thousands of euros by category, and
// how much of the present year's was spent so far.
type programme struct {
	name, code string
	core       bool
	plan       []planned
}

type planned struct {
	category  string
	thousands int
	realised  int // percent
	committed int // percent
}

var programmes = []programme{
	{"Secretariat", "CORE", true, []planned{{"Staff", 310, 84, 0}, {"Office", 48, 79, 6}, {"Governance", 36, 92, 0}, {"Travel", 18, 71, 11}}},
	{"Safe return", "SR-7", false, []planned{{"Staff", 140, 80, 0}, {"Partners", 120, 66, 30}, {"Travel", 34, 103, 4}, {"Overhead", 20, 85, 0}}},
	{"Ending impunity", "EI-2", false, []planned{{"Staff", 95, 77, 0}, {"Research", 60, 40, 45}, {"Events", 42, 58, 20}, {"Overhead", 14, 70, 0}}},
}

// statements are reserves at the end of years before this one, in thousands.
var statements = []struct{ before, unrestricted, designated, assets, spend int }{
	{3, 380, 60, 22, 860}, {2, 352, 60, 18, 905}, {1, 318, 60, 15, 930},
}

// plan lets the fundraiser enter projects, budgets, expenses and reserves, and the board its targets.
func (p *piper) plan(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	year := time.Now().Year()
	var saved struct{ ID string }
	if err := as.call(ctx, http.MethodPost, "/api/v1/funds", map[string]any{"name": "General", "restriction": "unrestricted"}, &saved); err != nil {
		return err
	}
	fund, ids := saved.ID, make([]string, len(programmes))
	for i, one := range programmes {
		if err := as.call(ctx, http.MethodPost, "/api/v1/projects", map[string]any{"name": one.name, "code": one.code, "core": one.core}, &saved); err != nil {
			return err
		}
		ids[i] = saved.ID
	}
	for back := range 3 {
		if err := as.planYear(ctx, year-back, ids, fund); err != nil {
			return err
		}
	}
	for _, s := range statements {
		body := map[string]any{"date": fmt.Sprintf("%d-12-31", year-s.before), "unrestricted": s.unrestricted * 100_000, "designated": s.designated * 100_000,
			"netFixedAssets": s.assets * 100_000, "annualSpend": s.spend * 100_000, "note": "Audited accounts"}
		if err := as.call(ctx, http.MethodPost, "/api/v1/reserves", body, nil); err != nil {
			return err
		}
	}
	if err := as.suppose(ctx, year); err != nil {
		return err
	}
	board, err := p.as(ctx, 3)
	if err != nil {
		return err
	}
	for _, target := range []map[string]any{
		{"metric": "euShare", "comparison": "below", "value": 0.5, "year": year + 2, "startYear": year - 2},
		{"metric": "reserveMonths", "comparison": "above", "value": 6, "year": year + 3, "startYear": year - 2},
	} {
		if err := board.call(ctx, http.MethodPost, "/api/v1/targets", target, nil); err != nil {
			return err
		}
	}
	return nil
}

// planYear enters and adopts the budget of a year, and what was spent of it.
func (p *piper) planYear(ctx context.Context, year int, ids []string, fund string) error {
	var lines []map[string]any
	for i, one := range programmes {
		for _, plan := range one.plan {
			line := map[string]any{"projectId": ids[i], "category": plan.category, "cents": plan.thousands * 100_000}
			if one.core {
				line["fundId"] = fund
			}
			lines = append(lines, line)
		}
	}
	var saved struct{ ID string }
	if err := p.call(ctx, http.MethodPost, "/api/v1/budgets", map[string]any{"year": year, "lines": lines}, &saved); err != nil {
		return err
	}
	if err := p.callAt(ctx, http.MethodPost, "/api/v1/budgets/"+saved.ID+"/adopt", `"1"`, nil, nil); err != nil {
		return err
	}
	for i, one := range programmes {
		for _, plan := range one.plan {
			for state, percent := range map[string]int{"realised": plan.realised, "committed": plan.committed} {
				if percent == 0 || state == "committed" && year < time.Now().Year() {
					continue
				}
				body := map[string]any{"date": fmt.Sprintf("%d-01-31", year), "projectId": ids[i], "category": plan.category, "state": state,
					"amount": map[string]any{"minor": plan.thousands * 1000 * percent, "currency": "EUR"}, "text": plan.category + " of the year"}
				if one.core {
					body["fundId"] = fund
				}
				if err := p.call(ctx, http.MethodPost, "/api/v1/expenses", body, nil); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// suppose saves scenarios to hold against the base.
func (p *piper) suppose(ctx context.Context, year int) error {
	var lines struct {
		Donors []struct{ ID, Title string }
	}
	if err := p.call(ctx, http.MethodGet, "/api/v1/finance/lines", nil, &lines); err != nil {
		return err
	}
	scenarios := []map[string]any{
		{"name": "Programmes cut by a fifth", "description": "From next January on, the core unchanged.",
			"changes": []map[string]any{{"kind": "cutProgramme", "percent": 20, "date": fmt.Sprintf("%d-01-01", year+1)}}},
		{"name": "A friends' circle", "description": "Unearmarked gifts of 90,000 over a year and a half.",
			"changes": []map[string]any{{"kind": "addIncome", "cents": 9_000_000, "months": 18, "date": fmt.Sprintf("%d-03-01", year+1)}}},
	}
	for _, d := range lines.Donors {
		if d.Title == "European Commission" {
			scenarios = append(scenarios, map[string]any{"name": "Without the Commission", "description": "No payment from next July on.",
				"changes": []map[string]any{{"kind": "loseDonor", "donorId": d.ID, "date": fmt.Sprintf("%d-07-01", year+1)}}})
		}
	}
	for _, s := range scenarios {
		if err := p.call(ctx, http.MethodPost, "/api/v1/scenarios", s, nil); err != nil {
			return err
		}
	}
	return nil
}
