// Package importer brings files of stakeholders in: what a file would do can be read before it is done, all
// of it becomes visible in one write, and that write can be taken back.
package importer

import (
	"context"
	"slices"
	"time"

	"piper/internal/fault"
	"piper/internal/list"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/upload"
)

// State is where an import stands.
type State string

// The states. From checking, applying and reverting it goes on by itself; in the others it waits for a person.
const (
	Uploaded  State = "uploaded"  // the file is here; columns are being mapped
	Checking  State = "checking"  // a dry run is due or under way
	Checked   State = "checked"   // every row has its verdict
	Applying  State = "applying"  // due or under way; nothing of it is visible
	Live      State = "live"      // all of it is visible
	Reverting State = "reverting" // due or under way; all of it is still visible
	Reverted  State = "reverted"  // taken back
)

// Policy is what becomes of a row whose stakeholder is there already.
type Policy string

// The policies. Lists (addresses, telephone numbers, roles, tags) are added to, never shortened.
const (
	Skip      Policy = "skip"
	Fill      Policy = "fill"      // only what is empty is filled in
	Overwrite Policy = "overwrite" // what the file says replaces what was there
)

// Column says what a column of the file is.
type Column struct {
	Header  string   `json:"header"`
	Field   string   `json:"field" doc:"what it is taken for; empty: nothing"`
	Samples []string `json:"samples" nullable:"false"`
	Wrong   int      `json:"wrong" doc:"values among the first 200 rows that cannot be read as that"`
	Example string   `json:"example,omitempty" doc:"what is wrong with the first of them"`
}

// Settings are what a person decides about a file.
type Settings struct {
	Options   sheet.Options     `json:"options"`
	Fields    []string          `json:"fields" nullable:"false" doc:"by column"`
	Constants map[string]string `json:"constants,omitempty" doc:"by field: the value of every row that has none of its own"`
	Policy    Policy            `json:"policy" enum:"skip,fill,overwrite"`
}

// ImportCounts tell what a dry run or an import came to, in rows.
type ImportCounts struct {
	Rows          int `json:"rows"`
	Create        int `json:"create"`
	Update        int `json:"update"`
	Skip          int `json:"skip"`
	Error         int `json:"error"`
	Posts         int `json:"posts" doc:"of persons at organisations, that come with the created and updated"`
	Organisations int `json:"organisations" doc:"among the created: organisations that rows name and nobody had"`
}

// Back tells what a revert came to.
type Back struct {
	Removed  int `json:"removed"`
	Restored int `json:"restored"`
	Kept     int `json:"kept" doc:"records that were changed or referred to since"`
}

// StakeholderImport is one file of stakeholders.
type StakeholderImport struct {
	store.Meta
	Name       string            `json:"name"` // of the file
	Hash       string            `json:"hash" doc:"SHA-256 of its bytes"`
	Size       int64             `json:"size"`
	Format     sheet.Format      `json:"format"`
	Encoding   string            `json:"encoding,omitempty"`
	Delimiter  string            `json:"delimiter,omitempty"`
	Sheet      string            `json:"sheet,omitempty"`
	Sheets     []string          `json:"sheets,omitempty"`
	Options    sheet.Options     `json:"options"`
	Columns    []Column          `json:"columns" nullable:"false"`
	Constants  map[string]string `json:"constants,omitempty"`
	Policy     Policy            `json:"policy" enum:"skip,fill,overwrite"`
	Notes      []string          `json:"notes" nullable:"false" doc:"how the file was read, and what to look at"`
	Problems   []string          `json:"problems" nullable:"false" doc:"why it cannot be checked yet"`
	SameAs     string            `json:"sameAs,omitempty" doc:"a sentence, where a file of the same content was imported before"`
	State      State             `json:"state" enum:"uploaded,checking,checked,applying,live,reverting,reverted"`
	Message    string            `json:"message,omitempty" doc:"why it came to a stop"`
	Finished   int               `json:"finished" doc:"rows behind us"`
	Phase      string            `json:"phase,omitempty" doc:"what is being done, in a word or two"`
	Stop       bool              `json:"stop,omitempty"`
	Counts     ImportCounts      `json:"counts"`
	Back       Back              `json:"back"`
	ByID       string            `json:"byId,omitempty"`
	By         string            `json:"by"`
	AppliedAt  store.Instant     `json:"appliedAt,omitempty"`
	RevertedAt store.Instant     `json:"revertedAt,omitempty"`
	Until      store.Instant     `json:"until,omitempty" doc:"how long it can be reverted"`
	Plan       string            `json:"plan,omitempty" doc:"which rows are those of the last dry run"`
	PlannedAt  store.Instant     `json:"plannedAt,omitempty"`
	Known      int               `json:"known,omitempty" doc:"how many stakeholders there were at the dry run"`
	Swept      bool              `json:"swept,omitempty" doc:"file and rows are gone"`
}

// Under reports whether work on it is due or under way.
func (imp *StakeholderImport) Under() bool {
	return imp.State == Checking || imp.State == Applying || imp.State == Reverting
}

// Verdict is what becomes, or became, of a row.
type Verdict string

// The verdicts.
const (
	ToCreate Verdict = "create"
	ToUpdate Verdict = "update"
	ToSkip   Verdict = "skip"
	IsWrong  Verdict = "error"
)

// ImportRow is one row of a dry run.
type ImportRow struct {
	store.Meta
	Plan     string                   `json:"plan"`
	N        int                      `json:"n" doc:"line of the file"`
	Verdict  Verdict                  `json:"verdict" enum:"create,update,skip,error"`
	Name     string                   `json:"name"`
	Reason   string                   `json:"reason,omitempty"`
	Brought  bool                     `json:"brought,omitempty" doc:"an organisation that a row names"`
	TargetID string                   `json:"targetId,omitempty"`
	Rev      int64                    `json:"targetRev,omitempty"`
	Doc      *stakeholder.Stakeholder `json:"doc,omitempty"`
	Changes  []list.FieldChange       `json:"changes,omitempty"`
	Post     *RowPost                 `json:"post,omitempty"`
	Cells    []string                 `json:"cells,omitempty" doc:"of a row with an error: the row"`
	Names    []string                 `json:"names,omitempty" doc:"the records that it names beside its own"`
	Kept     string                   `json:"kept,omitempty" doc:"why a revert leaves it"`
}

// named gives the records that a row names beside its own.
func (row *ImportRow) named() []string {
	ids := list.Named(row.Changes)
	if row.Doc != nil && row.Doc.ParentID != "" {
		ids = append(ids, row.Doc.ParentID)
	}
	if row.Post != nil {
		ids = append(ids, row.Post.AtID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// merged is what is left of a row when its record, or one that it names, is merged into another: a revert does not reach
// it any more, unless that is undone.
func (row *ImportRow) merged() {
	*row = ImportRow{Meta: row.Meta, Plan: row.Plan, N: row.N, Verdict: row.Verdict, Brought: row.Brought, Kept: "It, or one that it names, was merged into another since."}
}

// MappedHeader says what the columns of a name are taken for.
type MappedHeader struct {
	Header string `json:"header"`
	Field  string `json:"field"`
}

// Mapping is a mapping that was saved under a name.
type Mapping struct {
	store.Meta
	Name      string            `json:"name"`
	Key       string            `json:"key"` // the name folded
	Headers   []MappedHeader    `json:"headers" nullable:"false"`
	Constants map[string]string `json:"constants,omitempty"`
	Policy    Policy            `json:"policy"`
}

// Bounds.
const (
	MaxFile   = 64 << 20
	rowBatch  = 2000
	keptFor   = 30 * 24 * time.Hour // file and rows of an import that is live
	forgotten = 7 * 24 * time.Hour  // of one that was never applied
)

// Importer keeps imports and carries them out.
type Importer struct {
	db       *store.DB
	people   *stakeholder.Repo
	imports  *store.Collection[StakeholderImport]
	rows     *store.Collection[ImportRow]
	files    *upload.Files
	mappings *store.Collection[Mapping]
}

const rowsName = "stakeholder_import_rows"

// New declares the collections.
func New(db *store.DB, people *stakeholder.Repo) *Importer {
	return &Importer{
		db: db, people: people,
		imports: store.Declare(db, store.Spec[StakeholderImport]{
			Name:    "stakeholder_imports",
			Fields:  []driver.Field{{Path: "state"}, {Path: "hash"}, {Path: "createdAt"}},
			Indexes: [][]driver.Key{{{Path: "state"}}, {{Path: "hash"}}, {{Path: "createdAt", Desc: true}}},
		}),
		rows: store.Declare(db, store.Spec[ImportRow]{
			Name:    rowsName,
			Fields:  []driver.Field{{Path: "plan"}, {Path: "verdict"}, {Path: "name"}, {Path: "targetId"}, {Path: "names", Multi: true}, {Path: "n", Kind: driver.Int}},
			Indexes: [][]driver.Key{{{Path: "plan"}}, {{Path: "plan"}, {Path: "verdict"}}, {{Path: "targetId"}}, {{Path: "names"}}},
			Refs: []store.Ref{
				{Field: "targetId", Collection: "stakeholders", OnMerge: "aside", OnErase: "keep"},
				{Field: "names", Collection: "stakeholders", OnMerge: "aside", OnErase: "keep"},
			},
			Aside: (*ImportRow).merged,
		}),
		files: upload.Declare(db, "stakeholder_import_files"),
		mappings: store.Declare(db, store.Spec[Mapping]{
			Name:    "stakeholder_import_mappings",
			Fields:  []driver.Field{{Path: "key"}},
			Unique:  [][]string{{"key"}},
			Audited: true,
		}),
	}
}

// Get gives an import.
func (im *Importer) Get(ctx context.Context, id string) (*StakeholderImport, error) {
	return im.imports.Get(ctx, id)
}

// Page lists imports, the newest first.
func (im *Importer) Page(ctx context.Context, q store.Query) (store.Page[StakeholderImport], error) {
	q.Sort = []driver.Key{{Path: "createdAt", Desc: true}}
	return im.imports.Page(ctx, q)
}

// Rows gives a page of the last dry run's rows, in the order of the file; an empty verdict and name do not
// narrow it.
func (im *Importer) Rows(ctx context.Context, id string, verdict Verdict, name string, q store.Query) (store.Page[ImportRow], error) {
	imp, err := im.imports.Get(ctx, id)
	if err != nil {
		return store.Page[ImportRow]{}, err
	}
	w := filter.And{filter.Eq{Field: "plan", Value: imp.Plan}}
	if verdict != "" {
		w = append(w, filter.Eq{Field: "verdict", Value: string(verdict)})
	}
	if name != "" {
		w = append(w, filter.Contains{Field: "name", Part: name})
	}
	q.Where = w
	return im.rows.Page(ctx, q)
}

// Unplaced calls fn for every row that could not be taken, with its reason, in the order of the file.
func (im *Importer) Unplaced(ctx context.Context, imp *StakeholderImport, fn func(*ImportRow) error) error {
	return im.rows.Each(ctx, filter.And{filter.Eq{Field: "plan", Value: imp.Plan}, filter.Eq{Field: "verdict", Value: string(IsWrong)}}, fn)
}

// move changes an import's state where it is one of from; Invalid where it is not.
func (im *Importer) move(ctx context.Context, id string, rev int64, from []State, change func(*StakeholderImport) error) (*StakeholderImport, error) {
	fn := func(i *StakeholderImport) error {
		for _, s := range from {
			if i.State == s {
				return change(i)
			}
		}
		return fault.New(fault.Invalid, "This import is %s; that cannot be done now.", i.State)
	}
	if rev > 0 {
		return im.imports.UpdateAt(ctx, id, rev, fn)
	}
	return im.imports.Update(ctx, id, fn)
}

// Check asks for a dry run.
func (im *Importer) Check(ctx context.Context, id string) (*StakeholderImport, error) {
	return im.move(ctx, id, 0, []State{Uploaded, Checked}, func(i *StakeholderImport) error {
		if len(i.Problems) > 0 {
			return fault.New(fault.Invalid, "%s", i.Problems[0])
		}
		i.State, i.Stop, i.Message, i.Finished, i.Phase = Checking, false, "", 0, "waiting"
		return nil
	})
}

// Apply asks for what the dry run has shown to be done.
func (im *Importer) Apply(ctx context.Context, id string) (*StakeholderImport, error) {
	return im.move(ctx, id, 0, []State{Checked}, func(i *StakeholderImport) error {
		if i.Counts.Create+i.Counts.Update == 0 {
			return fault.New(fault.Invalid, "There is nothing to import: every row is skipped or has an error.")
		}
		i.State, i.Stop, i.Message, i.Phase = Applying, false, "", "waiting"
		return nil
	})
}

// Revert asks for the import to be taken back.
func (im *Importer) Revert(ctx context.Context, id string) (*StakeholderImport, error) {
	return im.move(ctx, id, 0, []State{Live}, func(i *StakeholderImport) error {
		if i.Swept {
			return fault.New(fault.Invalid, "This import can no longer be reverted: what it changed was kept for %d days.", int(keptFor/(24*time.Hour)))
		}
		i.State, i.Stop, i.Message, i.Phase = Reverting, false, "", "waiting"
		return nil
	})
}

// StopWork asks the work on an import to end; what is not visible yet stays invisible.
func (im *Importer) StopWork(ctx context.Context, id string) (*StakeholderImport, error) {
	return im.move(ctx, id, 0, []State{Checking, Applying, Reverting}, func(i *StakeholderImport) error { i.Stop = true; return nil })
}

// Waiting reports whether an import has work to be done.
func (im *Importer) Waiting(ctx context.Context) (bool, error) {
	n, err := im.imports.Count(ctx, due)
	return n > 0, err
}

var due = filter.In{Field: "state", Values: []any{string(Checking), string(Applying), string(Reverting)}}
