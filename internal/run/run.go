// Package run keeps the records of executed jobs: how each ended, its counts, and what it could not take.
package run

import (
	"context"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Outcome is how a run ended, or that it has not.
type Outcome string

// The outcomes.
const (
	Running     Outcome = "running"
	Done        Outcome = "done"        // worked, and something changed
	Unchanged   Outcome = "unchanged"   // worked, and there was nothing new
	Partial     Outcome = "partial"     // worked for a part; Rejects and Message say what is missing
	Unavailable Outcome = "unavailable" // the source did not answer as it should; nothing was changed
	Failed      Outcome = "failed"      // our failure, or the source's nonsense; old data is kept
	Stopped     Outcome = "stopped"     // a person or a shutdown ended it; the next run goes on from there
)

// Reject is one record that a run could not take, and why.
type Reject struct {
	Ref    string `json:"ref"`
	Reason string `json:"reason"`
}

// Run is one execution of a job.
type Run struct {
	store.Meta
	Job       string           `json:"job"`
	Outcome   Outcome          `json:"outcome" enum:"running,done,unchanged,partial,unavailable,failed,stopped"`
	Message   string           `json:"message" doc:"a sentence for a person"`
	Counts    map[string]int64 `json:"counts"`
	Rejects   []Reject         `json:"rejects" nullable:"false" doc:"the first 500 of them"`
	StartedAt store.Instant    `json:"startedAt"`
	EndedAt   store.Instant    `json:"endedAt,omitempty"`
	Finished  int64            `json:"finished" doc:"units of work that are behind us"`
	Total     int64            `json:"total" doc:"units of work in all; 0 while unknown"`
	By        string           `json:"by" doc:"timetable, command line, or the name of who started it"`
	Stop      bool             `json:"stop,omitempty" doc:"somebody asked it to stop"`
	Fence     int64            `json:"fence,omitempty" doc:"the number of the lease that it ran under"`
}

// Row is one line of the timetable as a person sees it.
type Row struct {
	Name      string        `json:"name"`
	Title     string        `json:"title"`
	When      string        `json:"when" doc:"the schedule in plain English"`
	Next      store.Instant `json:"next"`
	TwiceSafe string        `json:"twiceSafe" doc:"why running it twice does no harm"`
	Quiet     bool          `json:"quiet" doc:"housekeeping of which only failures leave a record"`
	Last      *Run          `json:"last,omitempty" doc:"the run that is under way or was the last"`
}

// Sorts maps what a list of runs may be sorted by to the declared field.
var Sorts = map[string]string{"startedAt": "startedAt"}

// Repo keeps run records.
type Repo struct {
	db   *store.DB
	runs *store.Collection[Run]
}

// NewRepo declares the collection.
func NewRepo(db *store.DB) *Repo {
	return &Repo{db: db, runs: store.Declare(db, store.Spec[Run]{
		Name:   "runs",
		Fields: []driver.Field{{Path: "job"}, {Path: "outcome"}, {Path: "startedAt"}},
		Indexes: [][]driver.Key{
			{{Path: "startedAt", Desc: true}},
			{{Path: "job"}, {Path: "startedAt", Desc: true}},
			{{Path: "outcome"}, {Path: "startedAt", Desc: true}},
		},
		Words: func(r *Run) store.Words {
			return store.Words{Names: []string{r.Job}, Texts: []string{r.Message, string(r.Outcome), r.By}}
		},
	})}
}

// Page gives a page of stored records; empty job and outcome do not narrow it.
func (r *Repo) Page(ctx context.Context, job, outcome string, q store.Query) (store.RawPage, error) {
	var w filter.And
	if job != "" {
		w = append(w, filter.Eq{Field: "job", Value: job})
	}
	if outcome != "" {
		w = append(w, filter.Eq{Field: "outcome", Value: outcome})
	}
	q.Where = w
	return r.runs.PageRaw(ctx, q)
}

// Get gives one record, or NotFound.
func (r *Repo) Get(ctx context.Context, id string) (*Run, error) { return r.runs.Get(ctx, id) }

// Last gives a job's latest run, or NotFound.
func (r *Repo) Last(ctx context.Context, job string) (*Run, error) {
	return r.runs.First(ctx, filter.Eq{Field: "job", Value: job}, driver.Key{Path: "startedAt", Desc: true})
}

// Open saves the record of a run that begins, and ends those of earlier runs of the job that never came
// to say how they ended: the caller holds the job's lease, so nobody can be running them.
func (r *Repo) Open(ctx context.Context, run *Run) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		dead, err := r.runs.Find(ctx, filter.And{filter.Eq{Field: "job", Value: run.Job}, filter.Eq{Field: "outcome", Value: string(Running)}}, nil, 100)
		if err != nil {
			return err
		}
		for _, d := range dead {
			_, err := r.runs.Update(ctx, d.ID, func(d *Run) error {
				d.Outcome, d.EndedAt = Failed, r.db.Now()
				d.Message = "Piper was killed before this run ended. What it had saved is kept; the next run goes on from there."
				return nil
			})
			if err != nil {
				return err
			}
		}
		return r.runs.Create(ctx, run)
	})
}

// Create saves a record that is complete already.
func (r *Repo) Create(ctx context.Context, run *Run) error { return r.runs.Create(ctx, run) }

// Update changes a record.
func (r *Repo) Update(ctx context.Context, id string, change func(*Run) error) (*Run, error) {
	return r.runs.Update(ctx, id, change)
}

// keep is how long records are kept.
const keep = 90 * 24 * time.Hour

// Sweep removes ended records that are older than 90 days and tells how many.
func (r *Repo) Sweep(ctx context.Context) (removed int, err error) {
	old := filter.And{
		filter.Compare{Field: "startedAt", Op: filter.Lt, Value: string(store.At(r.db.Clock().Add(-keep)))},
		filter.Not{Expr: filter.Eq{Field: "outcome", Value: string(Running)}},
	}
	for {
		batch, err := r.runs.Find(ctx, old, nil, 200)
		if err != nil || len(batch) == 0 {
			return removed, err
		}
		for _, run := range batch {
			if err := r.runs.Delete(ctx, run.ID); err != nil && !fault.Is(err, fault.NotFound) {
				return removed, err
			}
			removed++
		}
	}
}
