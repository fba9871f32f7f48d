package api

import (
	"context"
	"slices"
	"time"

	"piper/internal/calls"
	"piper/internal/fault"
	"piper/internal/store"
)

// CallFilter is what narrows a list of calls.
type CallFilter struct {
	State          []string `query:"state,explode" enum:"forthcoming,open,closed,unknown" maxItems:"4" doc:"any of them; every state unless told. It follows from the dates at the moment of asking"`
	Programme      string   `query:"programme" maxLength:"60" doc:"the source's code"`
	SourceID       string   `query:"sourceId" maxLength:"60"`
	DeadlineAfter  string   `query:"deadline_after" maxLength:"10" doc:"the next deadline is on that day or later"`
	DeadlineBefore string   `query:"deadline_before" maxLength:"10" doc:"the next deadline is on that day or earlier"`
	ChangedAfter   string   `query:"changed_after" maxLength:"40" doc:"new, or with an entry in its log, since that day or moment"`
	Where          string   `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"and\",[\"state\",\"is\",\"open\"],[\"deadline\",\"before\",\"2027-01-01\"]]"`
}

// search checks what narrows a list; Invalid with every wrong field.
func (f CallFilter) search() (calls.Search, error) {
	s := calls.Search{Programme: f.Programme, SourceID: f.SourceID, Where: f.Where}
	var c fault.Checks
	for _, state := range f.State {
		c.Require(slices.Contains(calls.States, calls.State(state)), "state", "%q is not one of forthcoming, open, closed and unknown.", state)
		s.States = append(s.States, calls.State(state))
	}
	day := func(field, value string) store.Date {
		d, err := store.ParseDate(value)
		c.Require(err == nil || value == "", field, "Must be a day of the form 2026-11-21.")
		return d
	}
	s.DeadlineAfter, s.DeadlineBefore = day("deadline_after", f.DeadlineAfter), day("deadline_before", f.DeadlineBefore)
	if f.ChangedAfter != "" {
		at, err := time.Parse(time.RFC3339, f.ChangedAfter)
		if err != nil {
			at, err = time.ParseInLocation(time.DateOnly, f.ChangedAfter, store.Brussels)
		}
		c.Require(err == nil, "changed_after", "Must be a day of the form 2026-11-21, or a moment of the form 2026-11-21T22:57:00Z.")
		s.ChangedAfter = store.At(at)
	}
	return s, c.Err()
}

// CallItem is a call as a list shows it: without its long texts.
type CallItem struct {
	store.Meta
	SourceID       string           `json:"sourceId"`
	Reference      string           `json:"reference" doc:"the source's own key, without a language"`
	Identifier     string           `json:"identifier"`
	Kind           calls.Kind       `json:"kind" enum:"topic,external,cascade,tender,item"`
	Title          string           `json:"title"`
	State          calls.State      `json:"state" enum:"forthcoming,open,closed,unknown" doc:"follows from the dates at the moment of asking"`
	Opens          store.Date       `json:"opens,omitempty"`
	Deadlines      []calls.Deadline `json:"deadlines" nullable:"false"`
	NextDeadline   store.Date       `json:"nextDeadline,omitempty" doc:"the first that is not past, else the last"`
	Programme      string           `json:"programme"`
	ProgrammeLabel string           `json:"programmeLabel"`
	CallIdentifier string           `json:"callIdentifier,omitempty"`
	CallTitle      string           `json:"callTitle,omitempty"`
	TypeOfAction   []string         `json:"typeOfAction" nullable:"false"`
	Budget         *calls.Budget    `json:"budget,omitempty" doc:"amounts are minor units of the currency"`
	URL            string           `json:"url"`
	Language       string           `json:"language,omitempty"`
	Languages      []string         `json:"languages" nullable:"false"`
	Summary        string           `json:"summary,omitempty"`
	Keywords       []string         `json:"keywords" nullable:"false"`
	SaidState      string           `json:"saidState,omitempty" doc:"what the source claims, which is often out of date"`
	Published      store.Instant    `json:"published,omitempty"`
	FirstSeenAt    store.Instant    `json:"firstSeenAt"`
	ChangedAt      store.Instant    `json:"changedAt"`
	Changes        []calls.Change   `json:"changes" nullable:"false" doc:"oldest first"`
}

func itemOf(c *calls.Call, now store.Instant) CallItem {
	item := CallItem{
		Meta: c.Meta, SourceID: c.SourceID, Reference: c.Reference, Identifier: c.Identifier, Kind: c.Kind, Title: c.Title,
		State: c.StateAt(now), Opens: c.Opens, Deadlines: c.Deadlines, Programme: c.Programme, ProgrammeLabel: c.ProgrammeLabel,
		CallIdentifier: c.CallIdentifier, CallTitle: c.CallTitle, TypeOfAction: c.TypeOfAction, Budget: c.Budget, URL: c.URL,
		Language: c.Language, Languages: c.Languages, Summary: c.Summary, Keywords: c.Keywords, SaidState: c.SaidState,
		Published: c.Published, FirstSeenAt: c.FirstSeenAt, ChangedAt: c.ChangedAt, Changes: c.Changes,
	}
	if next, ok := c.Next(now); ok {
		item.NextDeadline = next.Date
	}
	return item
}

// callPage is a call as its own page shows it.
type callPage struct {
	CallItem
	Description string        `json:"description,omitempty" doc:"sanitised HTML"`
	Conditions  string        `json:"conditions,omitempty" doc:"sanitised HTML"`
	Notes       []string      `json:"notes,omitempty" doc:"what could not be read, in sentences"`
	Hash        string        `json:"hash" doc:"of the source's own bytes, which are kept"`
	LastSeenAt  store.Instant `json:"lastSeenAt" doc:"when the source last listed it"`
}

type listCallsInput struct {
	ListInput
	CallFilter
}

type listCallsOutput struct {
	Body struct {
		Items        []CallItem `json:"items" nullable:"false"`
		Total        int        `json:"total"`
		TotalIsFloor bool       `json:"totalIsFloor,omitempty"`
		Next         string     `json:"next,omitempty"`
	}
}

// callSorts maps what a list of calls may be sorted by to the declared field.
var callSorts = map[string]string{"deadline": "nextDeadline", "opens": "opens", "updatedAt": "updatedAt", "changedAt": "changedAt", "title": "sortTitle"}

func (a *API) listCalls(ctx context.Context, in *listCallsInput) (*listCallsOutput, error) {
	q, err := in.query(callSorts, "deadline")
	if err != nil {
		return nil, err
	}
	s, err := in.search()
	if err != nil {
		return nil, err
	}
	page, err := a.Calls.Page(ctx, s, q)
	if err != nil {
		return nil, err
	}
	out := &listCallsOutput{}
	out.Body.Items = make([]CallItem, len(page.Items))
	now := a.Calls.Now()
	for i, c := range page.Items {
		out.Body.Items[i] = itemOf(c, now)
	}
	out.Body.Total, out.Body.TotalIsFloor, out.Body.Next = page.Total, page.TotalIsFloor, page.Next
	return out, nil
}

type callOutput struct {
	ETag string `header:"ETag"`
	Body callPage
}

func (a *API) getCall(ctx context.Context, in *IDInput) (*callOutput, error) {
	c, err := a.Calls.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &callOutput{etag(c.Rev), callPage{CallItem: itemOf(&c.Call, a.Calls.Now()), Description: c.Description,
		Conditions: c.Conditions, Notes: c.Notes, Hash: c.Hash, LastSeenAt: c.LastSeenAt}}, nil
}

type callFacetsOutput struct{ Body calls.Facets }

func (a *API) callFacets(ctx context.Context, _ *struct{}) (*callFacetsOutput, error) {
	f, err := a.Calls.Facets(ctx)
	return &callFacetsOutput{f}, err
}
