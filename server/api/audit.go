package api

import (
	"context"
	"encoding/json"

	"piper/internal/audit"
	"piper/internal/store"
)

// auditEntry is an entry of the journal as administrators see it.
type auditEntry struct {
	ID         string                 `json:"id"`
	At         store.Instant          `json:"at"`
	By         string                 `json:"by" doc:"account id; empty where Piper itself did it"`
	ByName     string                 `json:"byName"`
	What       string                 `json:"what" doc:"created, updated, removed, erased, or the words of an event or a bulk write"`
	Collection string                 `json:"collection,omitempty"`
	RecordID   string                 `json:"recordId,omitempty"`
	RecordRev  int64                  `json:"recordRev,omitempty"`
	Changes    []auditChange          `json:"changes"`
	Counts     map[string]audit.Tally `json:"counts,omitempty"`
	Digest     string                 `json:"digest,omitempty"`
	Erased     bool                   `json:"erased,omitempty" doc:"the values were taken out at a person's request"`
	Aside      bool                   `json:"aside,omitempty" doc:"it names a record that was merged into another; the record of that merge keeps it"`
}

type auditChange struct {
	Field string          `json:"field"`
	Form  string          `json:"form,omitempty" enum:"secret,digest" doc:"secret: only that it changed; digest: old and new are hash and length"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}

func viewEntry(e *audit.Entry) auditEntry {
	v := auditEntry{
		ID: e.ID, At: e.At, By: e.By, ByName: e.ByName, What: e.What, Collection: e.Collection, RecordID: e.RecordID,
		RecordRev: e.RecordRev, Counts: e.Counts, Digest: e.Digest, Erased: e.ErasedBy != "", Aside: e.AsideBy != "",
		Changes: make([]auditChange, len(e.Changes)),
	}
	for i, c := range e.Changes {
		v.Changes[i] = auditChange{Field: c.Field, Form: c.Form, Old: valueOf(c.Old), New: valueOf(c.New)}
	}
	return v
}

// valueOf gives a kept value as it is. One that somebody has made invalid JSON of is shown as text: a
// list must not fail over what verifying finds.
func valueOf(kept string) json.RawMessage {
	if kept == "" || json.Valid([]byte(kept)) {
		return json.RawMessage(kept)
	}
	text, _ := json.Marshal(kept) // a string always encodes
	return text
}

type listAuditInput struct {
	Limit      int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor     string `query:"cursor" maxLength:"2000" doc:"the next of the page before; goes with the same filters"`
	Collection string `query:"collection" maxLength:"60" doc:"such as stakeholders"`
	RecordID   string `query:"recordId" maxLength:"200"`
	By         string `query:"by" maxLength:"60" doc:"account id"`
}

type listAuditOutput struct {
	Body struct {
		Items        []auditEntry `json:"items"`
		Total        int          `json:"total"`
		TotalIsFloor bool         `json:"totalIsFloor,omitempty"`
		Next         string       `json:"next,omitempty"`
	}
}

func (a *API) listAudit(ctx context.Context, in *listAuditInput) (*listAuditOutput, error) {
	page, err := a.Audit.List(ctx, audit.Query{Collection: in.Collection, RecordID: in.RecordID, By: in.By, Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &listAuditOutput{}
	out.Body.Items = make([]auditEntry, len(page.Items))
	for i, e := range page.Items {
		out.Body.Items[i] = viewEntry(e)
	}
	out.Body.Total, out.Body.TotalIsFloor, out.Body.Next = page.Total, page.TotalIsFloor, page.Next
	return out, nil
}

type verifyAuditOutput struct{ Body audit.Report }

// verifyAudit seals what waits and reads the whole journal. A sealer that refuses to build on a broken
// chain is no reason not to say what is broken.
func (a *API) verifyAudit(ctx context.Context, _ *struct{}) (*verifyAuditOutput, error) {
	_, sealErr := a.Audit.SealAll(ctx)
	report, err := a.Audit.Verify(ctx)
	if err != nil {
		return nil, err
	}
	if sealErr != nil {
		noteError(ctx, sealErr)
	}
	return &verifyAuditOutput{report}, nil
}
