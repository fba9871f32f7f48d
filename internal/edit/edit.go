// Package edit changes many records at a time, so that a person sees beforehand what will happen, and can
// take it back afterwards. A preview stages one row per record with the revision that was looked at; applying
// and undoing go through the rows part by part, each part one transaction of records and rows together. So
// after a crash every row says truly whether its record was changed, and the rest can be done or undone.
package edit

import (
	"context"

	"piper/internal/access"
	"piper/internal/list"
	"piper/internal/store"
)

// State says how far an edit is.
type State string

// The states.
const (
	Staging   State = "staging"   // the preview is being made
	Previewed State = "previewed" // nothing is changed yet
	Applying  State = "applying"  // some records are changed; apply goes on, undo takes back
	Applied   State = "applied"
	Undoing   State = "undoing"
	Undone    State = "undone"
)

// Edit is one bulk edit.
type Edit struct {
	store.Meta
	List       string           `json:"list" enum:"stakeholders,opportunities,agreements,tasks"`
	Operations []list.Operation `json:"operations" nullable:"false"`
	State      State            `json:"state" enum:"staging,previewed,applying,applied,undoing,undone"`
	AccountID  string           `json:"accountId"`
	By         string           `json:"by" doc:"the name of who made it"`
	Counts     Counts           `json:"counts"`
	AppliedAt  store.Instant    `json:"appliedAt,omitempty" doc:"when the first record was changed"`
	UndoneAt   store.Instant    `json:"undoneAt,omitempty"`
	Sight      []string         `json:"sight" nullable:"false"`
}

// Counts says what became, or would become, of the records.
type Counts struct {
	Chosen    int `json:"chosen" doc:"records the edit is about"`
	Changing  int `json:"changing" doc:"of them, those it would change"`
	Unchanged int `json:"unchanged" doc:"already as they should be"`
	Failing   int `json:"failing" doc:"it cannot be done to them"`
	Done      int `json:"done" doc:"changed"`
	Skipped   int `json:"skipped" doc:"changed by somebody since the preview, and left alone"`
	Undone    int `json:"undone" doc:"back as they were"`
	Kept      int `json:"kept" doc:"not, or not wholly, put back, because they have changed since"`
}

// RowState says what became of one record.
type RowState string

// The states of a row.
const (
	Planned RowState = "planned"
	Failing RowState = "failing"
	Done    RowState = "done"
	Skipped RowState = "skipped"
	Back    RowState = "undone"
	Kept    RowState = "kept"
)

// Step is one record of an edit: a row of its preview. It holds no name, so that an erasure finds none here.
type Step struct {
	store.Meta
	EditID   string             `json:"editId"`
	RecordID string             `json:"recordId"`
	Rev      int64              `json:"recordRev" doc:"the revision that was previewed"`
	State    RowState           `json:"state" enum:"planned,failing,done,skipped,undone,kept"`
	Changes  []list.FieldChange `json:"changes" nullable:"false"`
	Names    []string           `json:"names,omitempty" doc:"the records that the changes name"`
	Why      string             `json:"why,omitempty" doc:"why it fails, was skipped, or was kept"`
}

// Records is what an edit needs of the noun that it changes. Each writes at most one record, all in the
// running transaction, and an error of the named codes leaves that record as it was.
type Records interface {
	// Check gives an Invalid fault where an operation can be done to no record.
	Check(ctx context.Context, ops []list.Operation) error
	// Plan calls fn with what the operations would do to every record chosen, in order of id.
	Plan(ctx context.Context, sel list.Selection, ops []list.Operation, fn func(list.Planned) error) error
	// Apply changes revision rev: Stale where the record has changed since, NotFound where it is gone,
	// Invalid where it can no longer be done.
	Apply(ctx context.Context, id string, rev int64, ops []list.Operation) ([]list.FieldChange, error)
	// Undo puts back each field that still has its new value and names the others.
	Undo(ctx context.Context, id string, was []list.FieldChange) (kept []string, err error)
	// Names gives the name of each id that exists and that the reader may see.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Target is a list whose records can be edited in bulk. list.Bulk is what its noun makes its Records of.
type Target struct {
	Records Records
	Reads   access.Permission // to see what was edited
	Needs   access.Permission // to edit
}

// MaxRecords is how many records one edit can be about.
const MaxRecords = 200_000
