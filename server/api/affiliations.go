package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"piper/internal/stakeholder"
)

// AffiliationFilter is what narrows a list of affiliations.
type AffiliationFilter struct {
	Stakeholder string `query:"stakeholder" maxLength:"60" doc:"at either end"`
	Person      string `query:"person" maxLength:"60"`
	At          string `query:"at" maxLength:"60" doc:"the organisation or the seat itself"`
	Within      string `query:"within" maxLength:"60" doc:"the organisation, or a seat that is part of it"`
	State       string `query:"state" enum:"past,current,future" doc:"as of today"`
}

func (f AffiliationFilter) search() stakeholder.AffiliationSearch {
	return stakeholder.AffiliationSearch{StakeholderID: f.Stakeholder, PersonID: f.Person, AtID: f.At, WithinID: f.Within, State: stakeholder.State(f.State)}
}

// affiliationView is an affiliation with what its ends are called.
type affiliationView struct {
	stakeholder.Affiliation
	Person stakeholder.Party `json:"person"`
	At     stakeholder.Party `json:"at"`
	State  stakeholder.State `json:"state" enum:"past,current,future" doc:"as of today"`
}

// viewAffiliations names the ends of affiliations.
func (a *API) viewAffiliations(ctx context.Context, list []*stakeholder.Affiliation) ([]affiliationView, error) {
	ids := make([]string, 0, 2*len(list))
	for _, one := range list {
		ids = append(ids, one.PersonID, one.AtID)
	}
	parties, err := a.Stakeholders.Parties(ctx, ids)
	views := make([]affiliationView, len(list))
	for i, one := range list {
		views[i] = affiliationView{*one, party(parties, one.PersonID), party(parties, one.AtID), one.Span.At(a.Stakeholders.Today())}
	}
	return views, err
}

// party is the end of a link, also where its record is gone.
func party(parties map[string]stakeholder.Party, id string) stakeholder.Party {
	if p, ok := parties[id]; ok {
		return p
	}
	return stakeholder.Party{ID: id}
}

type listAffiliationsInput struct {
	ListInput
	AffiliationFilter
}

// viewList is a page of views.
type viewList[T any] struct {
	Items        []T    `json:"items" nullable:"false"`
	Total        int    `json:"total"`
	TotalIsFloor bool   `json:"totalIsFloor,omitempty"`
	Next         string `json:"next,omitempty"`
}

type listAffiliationsOutput struct{ Body viewList[affiliationView] }

func (a *API) listAffiliations(ctx context.Context, in *listAffiliationsInput) (*listAffiliationsOutput, error) {
	q, err := in.query(stakeholder.AffiliationSorts, "-from")
	if err != nil {
		return nil, err
	}
	page, err := a.Stakeholders.Affiliations(ctx, in.search(), q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewAffiliations(ctx, page.Items)
	return &listAffiliationsOutput{viewList[affiliationView]{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type affiliationOutput struct {
	ETag string `header:"ETag"`
	Body affiliationView
}

func (a *API) savedAffiliation(ctx context.Context, one *stakeholder.Affiliation, err error) (*affiliationOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewAffiliations(ctx, []*stakeholder.Affiliation{one})
	if err != nil {
		return nil, err
	}
	return &affiliationOutput{etag(one.Rev), views[0]}, nil
}

func (a *API) getAffiliation(ctx context.Context, in *IDInput) (*affiliationOutput, error) {
	one, err := a.Stakeholders.Affiliation(ctx, in.ID)
	return a.savedAffiliation(ctx, one, err)
}

// affiliationBody is what a person may write.
type affiliationBody struct {
	PersonID string `json:"personId" minLength:"1" maxLength:"60"`
	AtID     string `json:"atId" minLength:"1" maxLength:"60" doc:"an organisation, or a seat"`
	Title    string `json:"title,omitempty" maxLength:"200"`
	From     string `json:"from,omitempty" maxLength:"10" doc:"2026-11-21, 2026-11 or 2026"`
	To       string `json:"to,omitempty" maxLength:"10" doc:"2026-11-21, 2026-11 or 2026; absent where it goes on"`
	Primary  bool   `json:"primary,omitempty" doc:"takes the mark off the person's other posts"`
	Note     string `json:"note,omitempty" maxLength:"1000"`
}

func (b affiliationBody) onto(one *stakeholder.Affiliation) {
	one.PersonID, one.AtID, one.Title, one.Primary, one.Note = b.PersonID, b.AtID, b.Title, b.Primary, b.Note
	one.Span = stakeholder.Span{From: b.From, To: b.To}
}

type createAffiliationInput struct{ Body affiliationBody }

func (a *API) createAffiliation(ctx context.Context, in *createAffiliationInput) (*affiliationOutput, error) {
	one := &stakeholder.Affiliation{}
	in.Body.onto(one)
	err := a.Stakeholders.CreateAffiliation(ctx, one)
	return a.savedAffiliation(ctx, one, err)
}

type updateAffiliationInput struct {
	ChangeInput
	Body affiliationBody
}

func (a *API) updateAffiliation(ctx context.Context, in *updateAffiliationInput) (*affiliationOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Stakeholders.UpdateAffiliation(ctx, in.ID, rev, in.Body.onto)
	return a.savedAffiliation(ctx, one, err)
}

func (a *API) deleteAffiliation(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Stakeholders.DeleteAffiliation(ctx, in.ID, rev)
}

// successorBody is what is to be said of the next holder of a post.
type successorBody struct {
	PersonID string `json:"personId" minLength:"1" maxLength:"60"`
	Title    string `json:"title,omitempty" maxLength:"200" doc:"that of the former holder where empty"`
	From     string `json:"from" minLength:"1" maxLength:"10" doc:"2026-11-21, 2026-11 or 2026; the former holder's post ends right before"`
	Note     string `json:"note,omitempty" maxLength:"1000"`
}

type succeedInput struct {
	ChangeInput
	Body successorBody
}

func (a *API) succeed(ctx context.Context, in *succeedInput) (*affiliationOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	next := &stakeholder.Affiliation{PersonID: in.Body.PersonID, Title: in.Body.Title, Span: stakeholder.Span{From: in.Body.From}, Note: in.Body.Note}
	err = a.Stakeholders.Succeed(ctx, in.ID, rev, next)
	return a.savedAffiliation(ctx, next, err)
}

// exportAffiliations streams the list as CSV, in order of id.
func (a *API) exportAffiliations(c *gin.Context) {
	out := startCSV(c, "affiliations.csv", "id", "person_id", "person", "at_id", "at", "within", "title", "from", "to", "state", "primary", "note", "updated_at")
	search := AffiliationFilter{Stakeholder: c.Query("stakeholder"), Person: c.Query("person"), At: c.Query("at"), Within: c.Query("within"),
		State: c.Query("state")}.search()
	ctx := c.Request.Context()
	out.finish(a.Stakeholders.EachAffiliation(ctx, search, c.Query("q"), func(list []*stakeholder.Affiliation) error {
		views, err := a.viewAffiliations(ctx, list)
		if err != nil {
			return err
		}
		for _, v := range views {
			if err := out.row(v.ID, v.PersonID, v.Person.Name, v.AtID, v.At.Name, v.At.Within, v.Title, v.From, v.To, string(v.State),
				yesOrNo(v.Primary), v.Note, string(v.UpdatedAt)); err != nil {
				return err
			}
		}
		return nil
	}))
}

func yesOrNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
