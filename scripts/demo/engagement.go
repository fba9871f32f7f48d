package main

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// entry is something that a colleague has written down: an interaction, or a task where kind is "task". days
// is how far its day lies from today.
type entry struct {
	who         int // index in accounts
	with        string
	kind, title string
	text        string
	days        int
}

// visit is how minutes look: long, with headings, lists, a link and colleagues who are asked for something.
const visit = `They come in the **second week of May**, for five days, and begin in the capital.

# What they look at
- identification, above all of people who were moved by *online* recruitment
- compensation: how many were awarded any, and how many have seen it
- the return procedures, with the safeguards of https://www.coe.int/en/web/anti-human-trafficking

# What was agreed
1. Three of our members are asked for written answers, by the end of March.
2. @Jonas Lindqvist finds out whether the travel of two members can be paid.
3. We send one joint paper of ten pages at most.

> “Figures by year, please, and say where there are none.”

They will not name those who answered. A second, shorter visit may follow in autumn, once the government has commented on the draft.`

var entries = []entry{
	{2, "Clémence Aubrey", "meeting", "Visit of the experts in spring", visit, -21},
	{2, "Clémence Aubrey", "task", "Collect the members' answers for GRETA", "", 12},
	{2, "ODIHR", "note", "", "New head of programme from January. @Jonas Lindqvist knows her from Vienna.", -3},
	{1, "Oak Foundation", "phone", "Core support after 2027", "They renew for two years at most. A concept note first, two pages.", -9},
	{1, "Oak Foundation", "task", "Concept note for core support", "Two pages:\n\n- the **reserve policy**, @Inês Carvalho has the figures\n- what core support made possible", 5},
	{1, "DG JUST (Justice and Consumers)", "task", "Send the interim report", "", -2},
	{1, "Sigrid Rausing Trust", "note", "", "Their board meets in March and October.", -30},
}

// writeDown lets the colleagues write them down, as they would by the buttons.
func (p *piper) writeDown(ctx context.Context) error {
	for _, e := range entries {
		as, err := p.as(ctx, e.who)
		if err != nil {
			return err
		}
		var found struct{ Items []struct{ ID, Name string } }
		if err := as.call(ctx, http.MethodGet, "/api/v1/stakeholders?limit=1&q="+url.QueryEscape(e.with), nil, &found); err != nil {
			return err
		}
		day := time.Now().AddDate(0, 0, e.days).Format(time.DateOnly)
		in := map[string]any{"stakeholderIds": []string{found.Items[0].ID}}
		path := "/api/v1/interactions"
		if e.kind == "task" {
			path, in["title"], in["notes"], in["due"] = "/api/v1/tasks", e.title, e.text, day
		} else {
			in["kind"], in["title"], in["minutes"], in["date"] = e.kind, e.title, e.text, day
		}
		if err := as.call(ctx, http.MethodPost, path, in, nil); err != nil {
			return err
		}
	}
	return p.writeTemplates(ctx)
}

// writeTemplates lets a colleague write down what comes up around each report.
func (p *piper) writeTemplates(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	type item struct {
		Title    string `json:"title"`
		Days     int    `json:"days"`
		Business bool   `json:"business"`
	}
	return as.call(ctx, http.MethodPost, "/api/v1/task-templates", map[string]any{"name": "Report to a donor", "anchor": "Deadline of the report",
		"items": []item{{"Ask the members for their figures", -42, false}, {"Close the books of the period", -21, false},
			{"Draft to the director", -10, true}, {"Send the report", -2, true}}}, nil)
}
