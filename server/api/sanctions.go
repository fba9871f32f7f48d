package api

import (
	"context"

	"piper/internal/diligence"
	"piper/internal/funding"
)

// HitFilter is what narrows a list of matches.
type HitFilter struct {
	Stakeholder string             `query:"stakeholderId" maxLength:"60"`
	State       diligence.HitState `query:"state" enum:"possible,confirmed,dismissed"`
	Current     bool               `query:"current" doc:"only those that the list still has"`
}

// HitView is a match with the names of today.
type HitView struct {
	diligence.Hit
	DonorName string `json:"donorName"`
	Title     string `json:"title" doc:"the name that stands for the entry"`
	By        string `json:"by,omitempty" doc:"who has judged it"`
}

func (a *API) hitViews(ctx context.Context, list []*diligence.Hit) ([]HitView, error) {
	ids := make([]string, len(list))
	for i, h := range list {
		ids[i] = h.StakeholderID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	staff, err := a.Accounts.Names(ctx)
	views := make([]HitView, len(list))
	for i, h := range list {
		views[i] = HitView{Hit: *h, DonorName: names[h.StakeholderID], Title: h.Entry.Name()}
		if h.Judgement != nil {
			views[i].By = staff[h.Judgement.By]
		}
	}
	return views, err
}

type listHitsInput struct {
	ListInput
	HitFilter
}

type hitPage struct {
	Items        []HitView `json:"items" nullable:"false"`
	Total        int       `json:"total"`
	TotalIsFloor bool      `json:"totalIsFloor,omitempty"`
	Next         string    `json:"next,omitempty"`
}

type listHitsOutput struct{ Body hitPage }

func (a *API) listHits(ctx context.Context, in *listHitsInput) (*listHitsOutput, error) {
	q, err := in.query(diligence.HitSorts, "-score")
	if err != nil {
		return nil, err
	}
	page, err := a.Diligence.Hits(ctx, diligence.HitSearch{StakeholderID: in.Stakeholder, State: in.State, Current: in.Current}, q)
	if err != nil {
		return nil, err
	}
	views, err := a.hitViews(ctx, page.Items)
	return &listHitsOutput{hitPage{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type hitOutput struct {
	ETag string `header:"ETag"`
	Body *HitView
}

func (a *API) savedHit(ctx context.Context, h *diligence.Hit, err error) (*hitOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.hitViews(ctx, []*diligence.Hit{h})
	if err != nil {
		return nil, err
	}
	return &hitOutput{etag(h.Rev), &views[0]}, nil
}

func (a *API) getHit(ctx context.Context, in *IDInput) (*hitOutput, error) {
	h, err := a.Diligence.GetHit(ctx, in.ID)
	return a.savedHit(ctx, h, err)
}

type judgeHitInput struct {
	ChangeInput
	Body struct {
		State      diligence.HitState   `json:"state" enum:"confirmed,dismissed"`
		Reason     string               `json:"reason" minLength:"1" maxLength:"5000"`
		Identifier diligence.Identifier `json:"identifier" doc:"what tells them apart beside the name"`
	}
}

func (a *API) judgeHit(ctx context.Context, in *judgeHitInput) (*hitOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	h, err := a.Diligence.Judge(ctx, in.ID, rev, diligence.Judgement{State: in.Body.State, Reason: in.Body.Reason, Identifier: in.Body.Identifier})
	return a.savedHit(ctx, h, err)
}

type listStateOutput struct{ Body diligence.ListState }

func (a *API) sanctionsList(ctx context.Context, _ *struct{}) (*listStateOutput, error) {
	s, err := a.Diligence.State(ctx)
	return &listStateOutput{s}, err
}

type policyOutput struct {
	ETag string `header:"ETag"`
	Body *diligence.DonorPolicy
}

func savedPolicy(p *diligence.DonorPolicy, err error) (*policyOutput, error) {
	if err != nil {
		return nil, err
	}
	return &policyOutput{etag(p.Rev), p}, nil
}

func (a *API) getDonorPolicy(ctx context.Context, _ *struct{}) (*policyOutput, error) {
	return savedPolicy(a.Diligence.Policy(ctx))
}

type setPolicyInput struct {
	IfMatch string `header:"If-Match" maxLength:"40" doc:"the ETag that was read"`
	Body    struct {
		Questions []diligence.Question `json:"questions" minItems:"1" maxItems:"60"`
	}
}

func (a *API) setDonorPolicy(ctx context.Context, in *setPolicyInput) (*policyOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedPolicy(a.Diligence.SetPolicy(ctx, rev, in.Body.Questions))
}

// DonorDiligence is how a stakeholder stands, with all its cases and matches.
type DonorDiligence struct {
	Standing diligence.DonorStanding `json:"standing"`
	Cases    []CaseView              `json:"cases" nullable:"false" doc:"the latest first"`
	Hits     []HitView               `json:"hits" nullable:"false"`
}

type donorDiligenceOutput struct{ Body *DonorDiligence }

func (a *API) donorDiligence(ctx context.Context, in *IDInput) (*donorDiligenceOutput, error) {
	standings, err := a.Diligence.Standings(ctx, []string{in.ID})
	if err != nil {
		return nil, err
	}
	cases, err := a.listCases(ctx, &listCasesInput{ListInput: ListInput{Limit: 100}, CaseFilter: CaseFilter{Donor: in.ID}})
	if err != nil {
		return nil, err
	}
	hits, err := a.listHits(ctx, &listHitsInput{ListInput: ListInput{Limit: 100}, HitFilter: HitFilter{Stakeholder: in.ID}})
	if err != nil {
		return nil, err
	}
	return &donorDiligenceOutput{&DonorDiligence{standings[in.ID], cases.Body.Items, hits.Body.Items}}, nil
}

// MoneyCheck is what due diligence says of the money of an agreement or an opportunity. It warns and never stands in
// the way.
type MoneyCheck struct {
	State     string `json:"state" enum:"missing,open,cleared,conditions,refused,expired" doc:"how the donor stands"`
	DonorID   string `json:"donorId" doc:"who is meant: who pays, or another party that must not"`
	DonorName string `json:"donorName"`
	CaseID    string `json:"caseId,omitempty"`
	Warning   string `json:"warning,omitempty" doc:"absent: nothing stands against the money"`
	Notice    string `json:"notice,omitempty"`
}

// moneyChecks says of each payer how it stands. Others of the same money (whose it is, who passes it on) need no case of
// their own, but warn where they were refused or may be on the sanctions list.
func (a *API) moneyChecks(ctx context.Context, payers [][]string, names map[string]string) ([]*MoneyCheck, error) {
	var ids []string
	for _, parties := range payers {
		ids = append(ids, parties...)
	}
	standings, err := a.Diligence.Standings(ctx, ids)
	checks := make([]*MoneyCheck, len(payers))
	for i, parties := range payers {
		for n, id := range parties {
			s := standings[id]
			grave := s.State == "refused" || s.Screening.Possible+s.Screening.Confirmed > 0
			if id == "" || n > 0 && (id == parties[0] || !grave || checks[i].Warning != "") {
				continue
			}
			checks[i] = &MoneyCheck{State: s.State, DonorID: id, DonorName: names[id], CaseID: s.CaseID, Warning: s.Warning, Notice: s.Notice}
		}
	}
	return checks, err
}

// agreementChecks is moneyChecks for agreements; what is closed is not asked about any more.
func (a *API) agreementChecks(ctx context.Context, views []AgreementView, names map[string]string) error {
	payers := make([][]string, len(views))
	for i, v := range views {
		if v.State != funding.Closed {
			payers[i] = []string{v.DonorID, v.UltimateDonorID, v.PassThrough.LeadID}
		}
	}
	checks, err := a.moneyChecks(ctx, payers, names)
	for i := range views {
		views[i].Diligence = checks[i]
	}
	return err
}

// opportunityCheck says how the donor of an opportunity stands once we have asked.
func (a *API) opportunityCheck(ctx context.Context, o *funding.Opportunity, donor string) (*MoneyCheck, error) {
	if o.DonorID == "" || o.Stage != funding.StageSubmitted && o.Stage != funding.StageAwarded {
		return nil, nil
	}
	checks, err := a.moneyChecks(ctx, [][]string{{o.DonorID}}, map[string]string{o.DonorID: donor})
	if err != nil {
		return nil, err
	}
	return checks[0], nil
}
