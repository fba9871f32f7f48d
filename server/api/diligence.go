package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/diligence"
	"piper/internal/funding"
	"piper/internal/store"
)

// CaseFilter is what narrows a list of cases of due diligence.
type CaseFilter struct {
	State   diligence.CaseState   `query:"state" enum:"open,decided,expired,replaced"`
	Outcome diligence.CaseOutcome `query:"outcome" enum:"accept,conditions,refuse"`
	Donor   string                `query:"donorId" maxLength:"60"`
	RunsOut bool                  `query:"runsOut" doc:"only those that hold, and run out within 60 days"`
	Waiting bool                  `query:"waiting" doc:"only those that wait for a second person"`
}

func (f CaseFilter) search() diligence.CaseSearch {
	return diligence.CaseSearch{State: f.State, Outcome: f.Outcome, StakeholderID: f.Donor, RunsOut: f.RunsOut, Waiting: f.Waiting}
}

// CaseView is a case as it is shown: with names of today and where it stands.
type CaseView struct {
	diligence.Case
	State      diligence.CaseState     `json:"state" enum:"open,decided,expired,replaced"`
	DonorName  string                  `json:"donorName"`
	Standing   diligence.DonorStanding `json:"standing" doc:"how the donor stands today, by all its cases"`
	Concerns   int                     `json:"concerns" doc:"answers that raise one"`
	Unanswered int                     `json:"unanswered" doc:"questions that need an answer and have none"`
	Names      map[string]string       `json:"names" doc:"of the accounts that it names, by id"`
	MayAgree   bool                    `json:"mayAgree" doc:"the reader is a second person who may agree to what is proposed"`
	Today      store.Date              `json:"today"`
}

func (a *API) caseViews(ctx context.Context, list []*diligence.Case) ([]CaseView, error) {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.StakeholderID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	standings, err := a.Diligence.Standings(ctx, ids)
	if err != nil {
		return nil, err
	}
	staff, err := a.Accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	reader, today, views := access.From(ctx), a.Diligence.Today(), make([]CaseView, len(list))
	for i, c := range list {
		v := CaseView{Case: *c, State: c.StateOn(today), DonorName: names[c.StakeholderID], Standing: standings[c.StakeholderID],
			Concerns: c.Concerns(), Unanswered: len(c.Missing()), Names: map[string]string{}, Today: today}
		for _, step := range c.History {
			v.Names[step.By] = staff[step.By]
		}
		v.MayAgree = c.Proposal != nil && c.Proposal.By != reader.AccountID && reader.May(access.ReviewsWrite)
		views[i] = v
	}
	return views, nil
}

type listCasesInput struct {
	ListInput
	CaseFilter
}

type casePage struct {
	Items        []CaseView `json:"items" nullable:"false"`
	Total        int        `json:"total"`
	TotalIsFloor bool       `json:"totalIsFloor,omitempty"`
	Next         string     `json:"next,omitempty"`
}

type listCasesOutput struct{ Body casePage }

func (a *API) listCases(ctx context.Context, in *listCasesInput) (*listCasesOutput, error) {
	q, err := in.query(diligence.CaseSorts, "-openedOn")
	if err != nil {
		return nil, err
	}
	page, err := a.Diligence.Cases(ctx, in.search(), q)
	if err != nil {
		return nil, err
	}
	views, err := a.caseViews(ctx, page.Items)
	return &listCasesOutput{casePage{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

// exportCases streams the list as CSV, the latest first.
func (a *API) exportCases(c *gin.Context) {
	ctx := c.Request.Context()
	out := startCSV(c, "due-diligence.csv", "id", "donor", "state", "opened_on", "outcome", "decided_on", "expires_on", "proposed_by", "reviewer", "reason", "conditions",
		"concerns", "unanswered", "screened_against", "possible", "dismissed", "confirmed", "warning")
	f := CaseFilter{State: diligence.CaseState(c.Query("state")), Outcome: diligence.CaseOutcome(c.Query("outcome")), Donor: c.Query("donorId"),
		RunsOut: c.Query("runsOut") == "true", Waiting: c.Query("waiting") == "true"}
	q, err := ListInput{Limit: 500, Sort: c.Query("sort"), Q: c.Query("q")}.query(diligence.CaseSorts, "-openedOn")
	if err != nil {
		out.finish(err)
		return
	}
	for {
		page, err := a.Diligence.Cases(ctx, f.search(), q)
		if err != nil {
			out.finish(err)
			return
		}
		views, err := a.caseViews(ctx, page.Items)
		for i := 0; err == nil && i < len(views); i++ {
			err = out.row(caseCells(&views[i])...)
		}
		if q.Cursor = page.Next; err != nil || q.Cursor == "" {
			out.finish(err)
			return
		}
	}
}

func caseCells(v *CaseView) []string {
	d := v.Decision
	if d == nil {
		d = &diligence.CaseDecision{Screening: v.Standing.Screening}
	}
	s := d.Screening
	return []string{v.ID, v.DonorName, string(v.State), string(v.OpenedOn), string(d.Outcome), string(d.On), string(d.ExpiresOn), v.Names[d.By], v.Names[d.ReviewerID],
		d.Reason, d.Conditions, strconv.Itoa(v.Concerns), strconv.Itoa(v.Unanswered), s.List, strconv.Itoa(s.Possible), strconv.Itoa(s.Dismissed), strconv.Itoa(s.Confirmed),
		v.Standing.Warning}
}

type caseOutput struct {
	ETag string `header:"ETag"`
	Body *CaseView
}

func (a *API) savedCase(ctx context.Context, c *diligence.Case, err error) (*caseOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.caseViews(ctx, []*diligence.Case{c})
	if err != nil {
		return nil, err
	}
	return &caseOutput{etag(c.Rev), &views[0]}, nil
}

func (a *API) getCase(ctx context.Context, in *IDInput) (*caseOutput, error) {
	c, err := a.Diligence.Case(ctx, in.ID)
	return a.savedCase(ctx, c, err)
}

type openCaseInput struct {
	Body struct {
		StakeholderID string `json:"stakeholderId" minLength:"1" maxLength:"60" doc:"the donor"`
	}
}

func (a *API) openCase(ctx context.Context, in *openCaseInput) (*caseOutput, error) {
	c, err := a.Diligence.OpenCase(ctx, in.Body.StakeholderID)
	return a.savedCase(ctx, c, err)
}

// CaseBody is what a person may write of an open case.
type CaseBody struct {
	Answers   []diligence.CaseAnswer   `json:"answers,omitempty" maxItems:"60"`
	Documents []diligence.CaseDocument `json:"documents,omitempty" maxItems:"100"`
	Notes     string                   `json:"notes,omitempty" maxLength:"20000"`
}

type updateCaseInput struct {
	ChangeInput
	Body CaseBody
}

func (a *API) updateCase(ctx context.Context, in *updateCaseInput) (*caseOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	c, err := a.Diligence.UpdateCase(ctx, in.ID, rev, diligence.CaseFields{Answers: in.Body.Answers, Documents: in.Body.Documents, Notes: in.Body.Notes})
	return a.savedCase(ctx, c, err)
}

func (a *API) removeCase(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Diligence.RemoveCase(ctx, in.ID, rev)
}

type previewCaseInput struct {
	IDInput
	Outcome   diligence.CaseOutcome `query:"outcome" required:"true" enum:"accept,conditions,refuse"`
	ExpiresOn store.Date            `query:"expiresOn" maxLength:"10"`
}

// DecisionPreview is what a decision would do, and for which agreements.
type DecisionPreview struct {
	diligence.CasePreview
	Agreements []PreviewedAgreement `json:"agreements" nullable:"false" doc:"those of the donor that are not closed"`
}

// PreviewedAgreement is an agreement whose warning a decision would set or take away.
type PreviewedAgreement struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type previewCaseOutput struct{ Body *DecisionPreview }

func (a *API) previewCase(ctx context.Context, in *previewCaseInput) (*previewCaseOutput, error) {
	p, err := a.Diligence.Preview(ctx, in.ID, in.Outcome, in.ExpiresOn)
	if err != nil {
		return nil, err
	}
	c, err := a.Diligence.Case(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.Agreements.Of(ctx, c.StakeholderID)
	out := &DecisionPreview{CasePreview: *p, Agreements: []PreviewedAgreement{}}
	for _, one := range list {
		if one.DonorID == c.StakeholderID && one.StateOn(a.Agreements.Today()) != funding.Closed {
			out.Agreements = append(out.Agreements, PreviewedAgreement{one.ID, one.Title})
		}
	}
	return &previewCaseOutput{out}, err
}

type proposeInput struct {
	ChangeInput
	Body struct {
		Outcome    diligence.CaseOutcome `json:"outcome" enum:"accept,conditions,refuse"`
		Reason     string                `json:"reason" minLength:"1" maxLength:"5000"`
		Conditions string                `json:"conditions,omitempty" maxLength:"5000"`
		ExpiresOn  store.Date            `json:"expiresOn" maxLength:"10" doc:"the last day on which it holds, within five years"`
	}
}

func (a *API) proposeDecision(ctx context.Context, in *proposeInput) (*caseOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	c, err := a.Diligence.Propose(ctx, in.ID, rev, diligence.CaseProposal{Outcome: in.Body.Outcome, Reason: in.Body.Reason,
		Conditions: in.Body.Conditions, ExpiresOn: in.Body.ExpiresOn})
	return a.savedCase(ctx, c, err)
}

type returnInput struct {
	ChangeInput
	Body struct {
		Note string `json:"note,omitempty" maxLength:"5000" doc:"what is missing; needed unless one takes one's own proposal back"`
	}
}

func (a *API) returnProposal(ctx context.Context, in *returnInput) (*caseOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	c, err := a.Diligence.Return(ctx, in.ID, rev, in.Body.Note)
	return a.savedCase(ctx, c, err)
}

type decideInput struct {
	ChangeInput
	Body struct {
		Remark string `json:"remark,omitempty" maxLength:"5000"`
	}
}

func (a *API) decideCase(ctx context.Context, in *decideInput) (*caseOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	c, err := a.Diligence.Decide(ctx, in.ID, rev, in.Body.Remark)
	return a.savedCase(ctx, c, err)
}
