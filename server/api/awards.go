package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/award"
	"piper/internal/fault"
	"piper/internal/store"
)

// AwardFilter is what narrows a list of awards.
type AwardFilter struct {
	FunderID      string     `query:"funderId" maxLength:"60" doc:"an organisation as a source names it"`
	StakeholderID string     `query:"stakeholderId" maxLength:"60" doc:"the funder, with everyone who is part of it"`
	RecipientID   string     `query:"recipientId" maxLength:"60"`
	Kind          award.Kind `query:"kind" enum:"360giving,iati,fts"`
	Country       string     `query:"country" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	Year          int        `query:"year"`
	AtLeast       int64      `query:"atLeast" minimum:"0" doc:"whole units of the reporting currency"`
	ImportID      string     `query:"importId" maxLength:"60" doc:"the import that wrote it"`
}

func (f AwardFilter) search() award.Search {
	return award.Search{FunderID: f.FunderID, StakeholderID: f.StakeholderID, RecipientID: f.RecipientID, Kind: f.Kind,
		Country: strings.ToUpper(f.Country), Year: f.Year, AtLeast: min(f.AtLeast, 1e13) * 100, ImportID: f.ImportID}
}

type listAwardsInput struct {
	ListInput
	AwardFilter
}

type listAwardsOutput struct{ Body store.Page[award.Award] }

func (a *API) listAwards(ctx context.Context, in *listAwardsInput) (*listAwardsOutput, error) {
	q, err := in.query(award.Sorts, "-year,-amount")
	if err != nil {
		return nil, err
	}
	page, err := a.Awards.Page(ctx, in.search(), q)
	return &listAwardsOutput{page}, err
}

// exportAwards streams the list as CSV, in order of id.
func (a *API) exportAwards(c *gin.Context) {
	out := startCSV(c, "awards.csv", "funder", "recipient", "recipient_is_person", "title", "programme", "date", "year", "countries", "amount", "currency",
		"worth", "worth_currency", "rate", "rate_date", "cross_rate", "cross_date", "source", "external_id", "id")
	f := AwardFilter{FunderID: c.Query("funderId"), StakeholderID: c.Query("stakeholderId"), RecipientID: c.Query("recipientId"),
		Kind: award.Kind(c.Query("kind")), Country: c.Query("country"), ImportID: c.Query("importId")}
	var err error
	if f.Year, err = queryYear(c, "year", 0); err == nil && c.Query("atLeast") != "" {
		if f.AtLeast, err = strconv.ParseInt(c.Query("atLeast"), 10, 64); err != nil || f.AtLeast < 0 {
			err = fault.Field("atLeast", "%q is not a whole amount.", c.Query("atLeast"))
		}
	}
	if err != nil {
		out.finish(err)
		return
	}
	out.finish(a.Awards.Each(c.Request.Context(), f.search(), c.Query("q"), func(x *award.Award) error {
		return out.row(x.FunderName, x.RecipientName, strconv.FormatBool(x.Person), x.Title, x.Programme, string(x.Date), strconv.Itoa(x.Year),
			strings.Join(x.Countries, " "), x.Amount.Decimal(), x.Amount.Currency, decimal(x.Worth), orEmpty(x.Worth).Currency, x.Rate, string(x.RateDate), x.CrossRate, string(x.CrossDate), string(x.Kind), x.ExternalID, x.ID)
	}))
}

// FunderFilter is what narrows a list of funders.
type FunderFilter struct {
	Q      string `query:"q" maxLength:"200" doc:"parts of the name"`
	Linked string `query:"linked" enum:"yes,no" doc:"whether the funder is known to be one of our stakeholders"`
}

type listFundersInput struct {
	FunderFilter
	Sort   string `query:"sort" enum:"worth,-worth,name,-name,awards,-awards,lastYear,-lastYear" doc:"-worth unless told"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor string `query:"cursor" maxLength:"20"`
}

type listFundersOutput struct{ Body award.FunderPage }

func (a *API) listFunders(ctx context.Context, in *listFundersInput) (*listFundersOutput, error) {
	page, err := a.Awards.Funders(ctx, award.FunderSearch{Text: in.Q, Linked: in.Linked, Sort: in.Sort}, in.Limit, in.Cursor)
	return &listFundersOutput{page}, err
}

func (a *API) exportFunders(c *gin.Context) {
	out := startCSV(c, "funders.csv", "funder", "organisation_id", "country", "awards", "worth", "worth_currency", "first_year", "last_year", "stakeholder", "stakeholder_id", "known_by")
	s := award.FunderSearch{Text: c.Query("q"), Linked: c.Query("linked"), Sort: c.Query("sort")}
	for cursor := ""; ; {
		page, err := a.Awards.Funders(c.Request.Context(), s, 500, cursor)
		for i := 0; err == nil && i < len(page.Items); i++ {
			f := &page.Items[i]
			err = out.row(f.Name, f.OrgID, f.Country, strconv.Itoa(f.Awards), a.Reporting.Of(f.Worth).Decimal(), a.Reporting.Code(), strconv.Itoa(f.FirstYear),
				strconv.Itoa(f.LastYear), f.Stakeholder, f.Is, f.How)
		}
		if cursor = page.Next; err != nil || cursor == "" {
			out.finish(err)
			return
		}
	}
}

// PartyAnswer is an organisation of the sources, with the stakeholder that it is and those that it may be.
type PartyAnswer struct {
	*award.AwardParty
	Is          string      `json:"is,omitempty" doc:"the stakeholder that it is"`
	How         string      `json:"how,omitempty" enum:",person,match" doc:"how that is known"`
	Stakeholder string      `json:"stakeholder,omitempty" doc:"its name"`
	Suggestions []NearParty `json:"suggestions" nullable:"false" doc:"organisations of ours with a similar name"`
}

// NearParty is a stakeholder that a party may be.
type NearParty struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Describe string `json:"describe"`
}

type partyOutput struct {
	ETag string `header:"ETag"`
	Body PartyAnswer
}

// maxSuggestions is how many stakeholders are offered for a party.
const maxSuggestions = 5

func (a *API) partyAnswer(ctx context.Context, p *award.AwardParty) (*partyOutput, error) {
	is, name, err := a.Awards.Who(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &partyOutput{etag(p.Rev), PartyAnswer{AwardParty: p, Is: is.ID, How: is.How, Stakeholder: name, Suggestions: []NearParty{}}}
	found, err := a.Stakeholders.Alike(ctx, p.Name, maxSuggestions)
	for _, s := range found {
		out.Body.Suggestions = append(out.Body.Suggestions, NearParty{s.ID, s.Name, s.Describe()})
	}
	return out, err
}

func (a *API) getParty(ctx context.Context, in *IDInput) (*partyOutput, error) {
	p, err := a.Awards.Party(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return a.partyAnswer(ctx, p)
}

type linkPartyInput struct {
	ChangeInput
	Body struct {
		StakeholderID string `json:"stakeholderId,omitempty" maxLength:"60" doc:"who it is; empty leaves it to number and name"`
		Nobody        bool   `json:"nobody,omitempty" doc:"it is none of our stakeholders"`
	}
}

func (a *API) linkParty(ctx context.Context, in *linkPartyInput) (*partyOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	p, err := a.Awards.Link(ctx, in.ID, rev, in.Body.StakeholderID, in.Body.Nobody)
	if err != nil {
		return nil, err
	}
	return a.partyAnswer(ctx, p)
}

type givingOutput struct{ Body *award.Giving }

func (a *API) giving(ctx context.Context, in *IDInput) (*givingOutput, error) {
	if _, err := a.Stakeholders.Get(ctx, in.ID); err != nil {
		return nil, err
	}
	g, err := a.Awards.GivingOf(ctx, in.ID)
	return &givingOutput{g}, err
}

func (a *API) partyGiving(ctx context.Context, in *IDInput) (*givingOutput, error) {
	g, err := a.Awards.GivingOfParty(ctx, in.ID)
	return &givingOutput{g}, err
}

type listAwardImportsOutput struct{ Body store.Page[award.AwardImport] }

func (a *API) listAwardImports(ctx context.Context, in *PageInput) (*listAwardImportsOutput, error) {
	page, err := a.Awards.Imports(ctx, in.query())
	return &listAwardImportsOutput{page}, err
}

type awardImportOutput struct {
	ETag string `header:"ETag"`
	Body *award.AwardImport
}

func givenAwardImport(imp *award.AwardImport, err error) (*awardImportOutput, error) {
	if err != nil {
		return nil, err
	}
	return &awardImportOutput{etag(imp.Rev), imp}, nil
}

func (a *API) getAwardImport(ctx context.Context, in *IDInput) (*awardImportOutput, error) {
	return givenAwardImport(a.Awards.ImportOf(ctx, in.ID))
}

type awardPlanOutput struct{ Body *award.AwardPlan }

func (a *API) awardPlan(ctx context.Context, in *IDInput) (*awardPlanOutput, error) {
	plan, err := a.Awards.Plan(ctx, in.ID)
	return &awardPlanOutput{plan}, err
}

// beginAwards starts the job for an import that now waits for it.
func (a *API) beginAwards(ctx context.Context, imp *award.AwardImport, err error) (*awardImportOutput, error) {
	if err == nil {
		err = a.startJob(ctx, awardJob)
	}
	return givenAwardImport(imp, err)
}

func (a *API) checkAwardImport(ctx context.Context, in *IDInput) (*awardImportOutput, error) {
	imp, err := a.AwardImports.Check(ctx, in.ID)
	return a.beginAwards(ctx, imp, err)
}

func (a *API) applyAwardImport(ctx context.Context, in *IDInput) (*awardImportOutput, error) {
	imp, err := a.AwardImports.Apply(ctx, in.ID)
	return a.beginAwards(ctx, imp, err)
}

func (a *API) stopAwardImport(ctx context.Context, in *IDInput) (*awardImportOutput, error) {
	return givenAwardImport(a.AwardImports.StopWork(ctx, in.ID))
}

func (a *API) discardAwardImport(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.AwardImports.Discard(ctx, in.ID, rev)
}

func (a *API) revertAwardImport(ctx context.Context, in *IDInput) (*awardImportOutput, error) {
	return givenAwardImport(a.Awards.Revert(ctx, in.ID))
}

type listRejectsInput struct {
	IDInput
	Limit  int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor string `query:"cursor" maxLength:"2000"`
}

type listRejectsOutput struct{ Body award.RejectPage }

func (a *API) listAwardRejects(ctx context.Context, in *listRejectsInput) (*listRejectsOutput, error) {
	page, err := a.Awards.Rejects(ctx, in.ID, store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listRejectsOutput{page}, err
}

func (a *API) exportAwardRejects(c *gin.Context) {
	out := startCSV(c, "rejects.csv", "place", "external_id", "reason")
	q := store.Query{Limit: 500}
	for {
		page, err := a.Awards.Rejects(c.Request.Context(), c.Param("id"), q)
		for i := 0; err == nil && i < len(page.Items); i++ {
			err = out.row(page.Items[i].Place, page.Items[i].Ref, page.Items[i].Reason)
		}
		if q.Cursor = page.Next; err != nil || q.Cursor == "" {
			out.finish(err)
			return
		}
	}
}

// awardJob is the job that does what imports of awards wait for.
const awardJob = "award-imports"

// uploadAwards takes a file of awards, as the part "file" of a form or as the body itself, and answers with the import
// that it became. A job reads it then.
func (a *API) uploadAwards(c *gin.Context) {
	name, data, err := upload(c, award.MaxFile, "")
	if err != nil {
		writeProblem(c, err)
		return
	}
	ctx := c.Request.Context()
	imp, err := a.AwardImports.Upload(ctx, name, data)
	out, err := a.beginAwards(ctx, imp, err)
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("ETag", out.ETag)
	c.JSON(http.StatusOK, out.Body)
}
