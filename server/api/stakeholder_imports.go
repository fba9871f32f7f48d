package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/stakeholder/importer"
	"piper/internal/store"
)

// importJob is the job that does what imports wait for.
const importJob = "imports"

type listStakeholderImportsInput struct{ ListInput }

type listStakeholderImportsOutput struct {
	Body store.Page[importer.StakeholderImport]
}

func (a *API) listStakeholderImports(ctx context.Context, in *listStakeholderImportsInput) (*listStakeholderImportsOutput, error) {
	page, err := a.Imports.Page(ctx, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listStakeholderImportsOutput{page}, err
}

// uploadStakeholders takes a file, as the part "file" of a form or as the body itself, and answers with the import
// that it became, its columns mapped as far as their names tell.
func (a *API) uploadStakeholders(c *gin.Context) {
	name, data, err := upload(c, importer.MaxFile, "")
	if err != nil {
		writeProblem(c, err)
		return
	}
	imp, err := a.Imports.Upload(c.Request.Context(), name, data)
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("ETag", etag(imp.Rev))
	c.JSON(http.StatusOK, imp)
}

type importFieldsOutput struct {
	Body struct {
		Items []importer.Field `json:"items" nullable:"false"`
	}
}

func (a *API) importFields(context.Context, *struct{}) (*importFieldsOutput, error) {
	out := &importFieldsOutput{}
	out.Body.Items = importer.Fields
	return out, nil
}

type stakeholderImportOutput struct {
	ETag string `header:"ETag"`
	Body *importer.StakeholderImport
}

func givenImport(imp *importer.StakeholderImport, err error) (*stakeholderImportOutput, error) {
	if err != nil {
		return nil, err
	}
	return &stakeholderImportOutput{etag(imp.Rev), imp}, nil
}

func (a *API) getStakeholderImport(ctx context.Context, in *IDInput) (*stakeholderImportOutput, error) {
	return givenImport(a.Imports.Get(ctx, in.ID))
}

type setStakeholderImportInput struct {
	ChangeInput
	Body importer.Settings
}

func (a *API) setStakeholderImport(ctx context.Context, in *setStakeholderImportInput) (*stakeholderImportOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return givenImport(a.Imports.Set(ctx, in.ID, rev, in.Body))
}

func (a *API) discardStakeholderImport(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Imports.Discard(ctx, in.ID, rev)
}

// startJob starts a job for what now waits for it. Where the job runs already, it finds that itself; the timetable sees to
// what comes at the moment it ends.
func (a *API) startJob(ctx context.Context, name string) error {
	if _, err := a.Jobs.RunNow(ctx, name, access.From(ctx).Name); err != nil && !fault.Is(err, fault.Busy) {
		return err
	}
	return nil
}

// begin starts the job for an import that now waits for it.
func (a *API) begin(ctx context.Context, imp *importer.StakeholderImport, err error) (*stakeholderImportOutput, error) {
	if err == nil {
		err = a.startJob(ctx, importJob)
	}
	return givenImport(imp, err)
}

func (a *API) checkStakeholderImport(ctx context.Context, in *IDInput) (*stakeholderImportOutput, error) {
	imp, err := a.Imports.Check(ctx, in.ID)
	return a.begin(ctx, imp, err)
}

func (a *API) applyStakeholderImport(ctx context.Context, in *IDInput) (*stakeholderImportOutput, error) {
	imp, err := a.Imports.Apply(ctx, in.ID)
	return a.begin(ctx, imp, err)
}

func (a *API) revertStakeholderImport(ctx context.Context, in *IDInput) (*stakeholderImportOutput, error) {
	imp, err := a.Imports.Revert(ctx, in.ID)
	return a.begin(ctx, imp, err)
}

func (a *API) stopStakeholderImport(ctx context.Context, in *IDInput) (*stakeholderImportOutput, error) {
	return givenImport(a.Imports.StopWork(ctx, in.ID))
}

type listImportRowsInput struct {
	IDInput
	ListInput
	Verdict string `query:"verdict" enum:"create,update,skip,error"`
}

type listImportRowsOutput struct {
	Body store.Page[importer.ImportRow]
}

func (a *API) listImportRows(ctx context.Context, in *listImportRowsInput) (*listImportRowsOutput, error) {
	page, err := a.Imports.Rows(ctx, in.ID, importer.Verdict(in.Verdict), in.Q, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listImportRowsOutput{page}, err
}

// importErrors streams the rows that could not be taken as they stand in the file, with line and reason, so
// that they can be corrected and imported by themselves.
func (a *API) importErrors(c *gin.Context) {
	ctx := c.Request.Context()
	imp, err := a.Imports.Get(ctx, c.Param("id"))
	if err != nil {
		writeProblem(c, err)
		return
	}
	columns := make([]string, 0, len(imp.Columns)+2)
	for _, col := range imp.Columns {
		columns = append(columns, col.Header)
	}
	out := startCSV(c, "errors.csv", append(columns, "line", "reason")...)
	out.finish(a.Imports.Unplaced(ctx, imp, func(r *importer.ImportRow) error {
		return out.row(append(r.Cells, strconv.Itoa(r.N), r.Reason)...)
	}))
}

type listMappingsOutput struct {
	Body struct {
		Items []*importer.Mapping `json:"items" nullable:"false"`
	}
}

func (a *API) listMappings(ctx context.Context, _ *struct{}) (*listMappingsOutput, error) {
	out := &listMappingsOutput{}
	var err error
	out.Body.Items, err = a.Imports.Mappings(ctx)
	return out, err
}

type saveMappingInput struct {
	IDInput
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"100"`
	}
}

type mappingOutput struct{ Body *importer.Mapping }

func (a *API) saveMapping(ctx context.Context, in *saveMappingInput) (*mappingOutput, error) {
	m, err := a.Imports.SaveMapping(ctx, in.ID, strings.TrimSpace(in.Body.Name))
	return &mappingOutput{m}, err
}

type useMappingInput struct {
	ChangeInput
	Body struct {
		MappingID string `json:"mappingId" maxLength:"60"`
	}
}

func (a *API) useMapping(ctx context.Context, in *useMappingInput) (*stakeholderImportOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return givenImport(a.Imports.UseMapping(ctx, in.ID, rev, in.Body.MappingID))
}

func (a *API) deleteMapping(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, a.Imports.DeleteMapping(ctx, in.ID)
}
