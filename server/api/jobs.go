package api

import (
	"context"

	"piper/internal/access"
	"piper/internal/run"
	"piper/internal/store"
)

// JobControl starts and watches jobs; the runner is one.
type JobControl interface {
	Timetable(ctx context.Context) ([]run.Row, error)
	RunNow(ctx context.Context, name, by string) (*run.Run, error)
	StopRun(ctx context.Context, id string) (*run.Run, error)
}

type listJobsOutput struct {
	Body struct {
		Items []run.Row `json:"items" nullable:"false"`
	}
}

func (a *API) listJobs(ctx context.Context, _ *struct{}) (*listJobsOutput, error) {
	rows, err := a.Jobs.Timetable(ctx)
	out := &listJobsOutput{}
	out.Body.Items = rows
	return out, err
}

type jobInput struct {
	Name string `path:"name" maxLength:"40"`
}

type runOutput struct{ Body *run.Run }

func (a *API) runJob(ctx context.Context, in *jobInput) (*runOutput, error) {
	rec, err := a.Jobs.RunNow(ctx, in.Name, access.From(ctx).Name)
	return &runOutput{rec}, err
}

type listRunsInput struct {
	ListInput
	Job     string `query:"job" maxLength:"40"`
	Outcome string `query:"outcome" enum:"running,done,unchanged,partial,unavailable,failed,stopped"`
}

type listRunsOutput struct{ Body rawList[run.Run] }

func (a *API) listRuns(ctx context.Context, in *listRunsInput) (*listRunsOutput, error) {
	q, err := in.query(run.Sorts, "-startedAt")
	if err != nil {
		return nil, err
	}
	var page store.RawPage
	page, err = a.Runs.Page(ctx, in.Job, in.Outcome, q)
	return &listRunsOutput{rawList[run.Run]{page}}, err
}

func (a *API) getRun(ctx context.Context, in *IDInput) (*runOutput, error) {
	rec, err := a.Runs.Get(ctx, in.ID)
	return &runOutput{rec}, err
}

func (a *API) stopRun(ctx context.Context, in *IDInput) (*runOutput, error) {
	rec, err := a.Jobs.StopRun(ctx, in.ID)
	return &runOutput{rec}, err
}
