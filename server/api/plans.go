package api

import (
	"context"

	"piper/internal/finance"
	"piper/internal/store"
)

// PageInput is what a short list takes.
type PageInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"the next of the page before"`
}

func (in PageInput) query() store.Query { return store.Query{Limit: in.Limit, Cursor: in.Cursor} }

// pageOf and recordOf are the answers of nouns that are shown as they are stored.
type pageOf[T any] struct{ Body store.Page[T] }

type recordOf[T any] struct {
	ETag string `header:"ETag"`
	Body *T
}

func paged[T any](page store.Page[T], err error) (*pageOf[T], error) { return &pageOf[T]{page}, err }

// saved answers with a record and its revision.
func saved[T any](t *T, rev func(*T) int64, err error) (*recordOf[T], error) {
	if err != nil {
		return nil, err
	}
	return &recordOf[T]{etag(rev(t)), t}, nil
}

func revOfProject(p *finance.Project) int64 { return p.Rev }
func revOfFund(f *finance.Fund) int64       { return f.Rev }

func (a *API) listProjects(ctx context.Context, in *PageInput) (*pageOf[finance.Project], error) {
	return paged(a.Finance.Projects(ctx, in.query()))
}

func (a *API) getProject(ctx context.Context, in *IDInput) (*recordOf[finance.Project], error) {
	p, err := a.Finance.Project(ctx, in.ID)
	return saved(p, revOfProject, err)
}

// ProjectBody is what a person may write.
type ProjectBody struct {
	Name string     `json:"name" minLength:"1" maxLength:"300"`
	Code string     `json:"code,omitempty" maxLength:"60" doc:"what the books call it"`
	Core bool       `json:"core,omitempty" doc:"its budget is the core budget"`
	From store.Date `json:"from,omitempty" maxLength:"10"`
	To   store.Date `json:"to,omitempty" maxLength:"10"`
}

func (b ProjectBody) onto(p *finance.Project) {
	p.Name, p.Code, p.Core, p.From, p.To = b.Name, b.Code, b.Core, b.From, b.To
}

type createProjectInput struct{ Body ProjectBody }

func (a *API) createProject(ctx context.Context, in *createProjectInput) (*recordOf[finance.Project], error) {
	p := &finance.Project{}
	in.Body.onto(p)
	err := a.Finance.AddProject(ctx, p)
	return saved(p, revOfProject, err)
}

type updateProjectInput struct {
	ChangeInput
	Body ProjectBody
}

func (a *API) updateProject(ctx context.Context, in *updateProjectInput) (*recordOf[finance.Project], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	p, err := a.Finance.UpdateProject(ctx, in.ID, rev, in.Body.onto)
	return saved(p, revOfProject, err)
}

// deleted answers the removal of a record by its revision.
func deleted(ctx context.Context, in *ChangeInput, remove func(context.Context, string, int64) error) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, remove(ctx, in.ID, rev)
}

func (a *API) deleteProject(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteProject)
}

func (a *API) listFunds(ctx context.Context, in *PageInput) (*pageOf[finance.Fund], error) {
	return paged(a.Finance.Funds(ctx, in.query()))
}

func (a *API) getFund(ctx context.Context, in *IDInput) (*recordOf[finance.Fund], error) {
	f, err := a.Finance.Fund(ctx, in.ID)
	return saved(f, revOfFund, err)
}

// FundBody is what a person may write.
type FundBody struct {
	Name        string              `json:"name" minLength:"1" maxLength:"300"`
	Restriction finance.Restriction `json:"restriction" enum:"unrestricted,designated,restricted"`
}

type createFundInput struct{ Body FundBody }

func (a *API) createFund(ctx context.Context, in *createFundInput) (*recordOf[finance.Fund], error) {
	f := &finance.Fund{Name: in.Body.Name, Restriction: in.Body.Restriction}
	err := a.Finance.AddFund(ctx, f)
	return saved(f, revOfFund, err)
}

type updateFundInput struct {
	ChangeInput
	Body FundBody
}

func (a *API) updateFund(ctx context.Context, in *updateFundInput) (*recordOf[finance.Fund], error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	f, err := a.Finance.UpdateFund(ctx, in.ID, rev, func(f *finance.Fund) { f.Name, f.Restriction = in.Body.Name, in.Body.Restriction })
	return saved(f, revOfFund, err)
}

func (a *API) deleteFund(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	return deleted(ctx, in, a.Finance.DeleteFund)
}
