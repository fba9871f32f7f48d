package api

import (
	"context"

	"piper/internal/calls"
	"piper/internal/store"
)

// sourceBody is what an administrator may write.
type sourceBody struct {
	Kind       calls.SourceKind `json:"kind" enum:"sedia,rss" doc:"how it is spoken with: the EU portal's search, or a feed"`
	Name       string           `json:"name" minLength:"1" maxLength:"200"`
	URL        string           `json:"url,omitempty" maxLength:"2000" doc:"for sedia, the EU portal unless told"`
	Enabled    bool             `json:"enabled"`
	Programmes []string         `json:"programmes,omitempty" maxItems:"100" doc:"the portal's codes; none is all"`
	Types      []string         `json:"types,omitempty" maxItems:"4" doc:"the portal's codes 0, 1, 2, 8; none is grants, calls for proposals and cascade funding"`
}

func (b sourceBody) onto(s *calls.Source) {
	s.Kind, s.Name, s.URL, s.Enabled, s.Programmes, s.Types = b.Kind, b.Name, b.URL, b.Enabled, b.Programmes, b.Types
}

// lastRun is how a source went the last time it was read.
type lastRun struct {
	At      store.Instant  `json:"at"`
	Outcome string         `json:"outcome" enum:"done,partial,unavailable,failed"`
	Message string         `json:"message,omitempty"`
	Counts  map[string]int `json:"counts,omitempty"`
	DoneAt  store.Instant  `json:"doneAt,omitempty" doc:"when everything that it has was last taken"`
}

// sourceView is a source with how its last run went.
type sourceView struct {
	calls.Source
	LastRun *lastRun `json:"lastRun,omitempty"`
}

func viewSource(s *calls.SourceWithStatus) sourceView {
	v := sourceView{Source: s.Source}
	if st := s.Status; st.RanAt != "" {
		v.LastRun = &lastRun{At: st.RanAt, Outcome: st.Outcome, Message: st.Message, Counts: st.Counts, DoneAt: st.DoneAt}
	}
	return v
}

type listSourcesOutput struct {
	Body struct {
		Items []sourceView `json:"items" nullable:"false"`
		Total int          `json:"total"`
		Next  string       `json:"next,omitempty"`
	}
}

type listSourcesInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"the next of the page before"`
}

func (a *API) listSources(ctx context.Context, in *listSourcesInput) (*listSourcesOutput, error) {
	page, err := a.Calls.SourcePage(ctx, in.Limit, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &listSourcesOutput{}
	out.Body.Items = make([]sourceView, len(page.Items))
	for i, s := range page.Items {
		out.Body.Items[i] = viewSource(s)
	}
	out.Body.Total, out.Body.Next = page.Total, page.Next
	return out, nil
}

type sourceOutput struct {
	ETag string `header:"ETag"`
	Body sourceView
}

// source answers with a source as it now is.
func (a *API) source(ctx context.Context, id string) (*sourceOutput, error) {
	s, err := a.Calls.Source(ctx, id)
	if err != nil {
		return nil, err
	}
	return &sourceOutput{etag(s.Rev), viewSource(s)}, nil
}

func (a *API) getSource(ctx context.Context, in *IDInput) (*sourceOutput, error) {
	return a.source(ctx, in.ID)
}

type createSourceInput struct{ Body sourceBody }

func (a *API) createSource(ctx context.Context, in *createSourceInput) (*sourceOutput, error) {
	s := &calls.Source{}
	in.Body.onto(s)
	if err := a.Calls.CreateSource(ctx, s); err != nil {
		return nil, err
	}
	return a.source(ctx, s.ID)
}

type updateSourceInput struct {
	ChangeInput
	Body sourceBody
}

func (a *API) updateSource(ctx context.Context, in *updateSourceInput) (*sourceOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	if _, err := a.Calls.UpdateSourceAt(ctx, in.ID, rev, in.Body.onto); err != nil {
		return nil, err
	}
	return a.source(ctx, in.ID)
}

func (a *API) deleteSource(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Calls.DeleteSourceAt(ctx, in.ID, rev)
}
