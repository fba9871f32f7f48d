package api

import (
	"context"

	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/list"
	"piper/internal/money"
	"piper/internal/store"
)

// AgreementFilter is what narrows a list of agreements.
type AgreementFilter struct {
	State      funding.AgreementState `query:"state" enum:"draft,signed,running,ended,closed"`
	Donor      string                 `query:"donorId" maxLength:"60" doc:"who pays"`
	Ultimate   string                 `query:"ultimateDonorId" maxLength:"60" doc:"whose money it is, with everyone who is part of them"`
	SourceType string                 `query:"sourceType" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
	Earmarking string                 `query:"earmarking" enum:"unearmarked,soft,earmarked,tight"`
	Owner      string                 `query:"ownerId" maxLength:"60" doc:"an account, or me"`
	Operating  bool                   `query:"operatingGrant" doc:"EU operating grants only"`
	From       store.Date             `query:"from" maxLength:"10" doc:"the term reaches into this day or later"`
	To         store.Date             `query:"to" maxLength:"10" doc:"the term begins on this day or before"`
	Where      string                 `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"and\",[\"state\",\"is\",\"running\"],[\"to\",\"before\",\"2027-01-01\"]]"`
}

func (a *API) agreementSearch(ctx context.Context, f AgreementFilter) (funding.AgreementSearch, error) {
	s := funding.AgreementSearch{State: f.State, DonorID: f.Donor, SourceType: f.SourceType, Earmarking: f.Earmarking,
		OwnerID: me(ctx, f.Owner), OperatingGrant: f.Operating, From: f.From, To: f.To}
	where, err := a.agreementFields(ctx).Where(f.Where)
	if err != nil {
		return s, err
	}
	s.Where = where
	if f.Ultimate != "" {
		s.Ultimates, err = a.families(ctx)(f.Ultimate)
	}
	return s, err
}

// agreementFields is what the reader may filter agreements by.
func (a *API) agreementFields(ctx context.Context) list.Fields {
	return a.Agreements.AgreementFields(ctx, a.families(ctx))
}

// AgreementView is an agreement as it is shown: with the names of today and what follows from its dates.
type AgreementView struct {
	funding.Agreement
	State             funding.AgreementState     `json:"state" enum:"draft,signed,running,ended,closed"`
	DonorName         string                     `json:"donorName"`
	UltimateDonorName string                     `json:"ultimateDonorName"`
	LeadName          string                     `json:"leadName,omitempty"`
	RenewalOfTitle    string                     `json:"renewalOfTitle,omitempty"`
	OpportunityTitle  string                     `json:"opportunityTitle,omitempty" doc:"of the award that it comes from; on its page only"`
	NextDue           store.Date                 `json:"nextDue,omitempty" doc:"the next day on which we owe something"`
	Overdue           int                        `json:"overdue" doc:"requirements that should have been done before today"`
	Progress          *funding.AgreementProgress `json:"progress,omitempty"`
	Accrued           []funding.YearPart         `json:"accrued,omitempty" doc:"its worth, spread over its term by day"`
	Notices           []string                   `json:"notices" nullable:"false"`
	Diligence         *MoneyCheck                `json:"diligence,omitempty" doc:"how the donor stands; absent where the agreement is closed"`
	Today             store.Date                 `json:"today" doc:"the day that the state was told by"`
}

// agreementViews adds names and what follows from the dates as of a day.
func (a *API) agreementViews(ctx context.Context, list []*funding.Agreement, day store.Date) ([]AgreementView, error) {
	var parties, renewed []string
	for _, one := range list {
		for _, id := range [...]string{one.DonorID, one.UltimateDonorID, one.PassThrough.LeadID} {
			if id != "" {
				parties = append(parties, id)
			}
		}
		if one.RenewalOf != "" {
			renewed = append(renewed, one.RenewalOf)
		}
	}
	names, err := a.Stakeholders.Names(ctx, parties)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	if len(renewed) > 0 {
		if titles, err = a.Agreements.Titles(ctx, renewed); err != nil {
			return nil, err
		}
	}
	views := make([]AgreementView, len(list))
	for i, one := range list {
		views[i] = AgreementView{Agreement: *one, State: one.StateOn(day), DonorName: names[one.DonorID], UltimateDonorName: names[one.UltimateDonorID],
			LeadName: names[one.PassThrough.LeadID], RenewalOfTitle: titles[one.RenewalOf], NextDue: one.NextDue(), Overdue: one.OverdueRequirements(day),
			Progress: one.Progress(), Notices: one.Notices(day), Today: day}
	}
	return views, a.agreementChecks(ctx, views, names)
}

type listAgreementsInput struct {
	ListInput
	AgreementFilter
}

type agreementPage struct {
	Items        []AgreementView `json:"items" nullable:"false"`
	Total        int             `json:"total"`
	TotalIsFloor bool            `json:"totalIsFloor,omitempty"`
	Next         string          `json:"next,omitempty"`
}

type listAgreementsOutput struct{ Body agreementPage }

func (a *API) listAgreements(ctx context.Context, in *listAgreementsInput) (*listAgreementsOutput, error) {
	q, err := in.query(funding.AgreementSorts(ctx), "-to")
	if err != nil {
		return nil, err
	}
	search, err := a.agreementSearch(ctx, in.AgreementFilter)
	if err != nil {
		return nil, err
	}
	page, err := a.Agreements.Page(ctx, search, q)
	if err != nil {
		return nil, err
	}
	views, err := a.agreementViews(ctx, page.Items, a.Agreements.Today())
	return &listAgreementsOutput{agreementPage{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type agreementOutput struct {
	ETag string `header:"ETag"`
	Body *AgreementView
}

// savedAgreement shows what a write, or a read, has given.
func (a *API) savedAgreement(ctx context.Context, one *funding.Agreement, err error) (*agreementOutput, error) {
	if err != nil {
		return nil, err
	}
	return a.agreementOn(ctx, one, a.Agreements.Today())
}

func (a *API) agreementOn(ctx context.Context, one *funding.Agreement, day store.Date) (*agreementOutput, error) {
	views, err := a.agreementViews(ctx, []*funding.Agreement{one}, day)
	if err != nil {
		return nil, err
	}
	if one.Worth != nil && one.From != "" {
		views[0].Accrued = funding.Accrue(*one.Worth, one.From, one.To, a.Reports.Fiscal().FirstMonth)
	}
	if one.OpportunityID != "" {
		o, err := a.Pipeline.Get(ctx, one.OpportunityID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if err == nil {
			views[0].OpportunityTitle = o.Title
		}
	}
	return &agreementOutput{etag(one.Rev), &views[0]}, nil
}

type getAgreementInput struct {
	IDInput
	On store.Date `query:"on" maxLength:"10" doc:"as it stood on this day; today unless told"`
}

func (a *API) getAgreement(ctx context.Context, in *getAgreementInput) (*agreementOutput, error) {
	one, err := a.Agreements.Get(ctx, in.ID)
	if err != nil || in.On == "" {
		return a.savedAgreement(ctx, one, err)
	}
	day, err := store.ParseDate(string(in.On))
	if err != nil {
		return nil, err
	}
	return a.agreementOn(ctx, one.On(day), day)
}

// AgreementBody is what a person may write of an agreement.
type AgreementBody struct {
	Title           string              `json:"title" minLength:"1" maxLength:"300"`
	Number          string              `json:"number,omitempty" maxLength:"500" doc:"contract number, as the donor writes it"`
	DonorID         string              `json:"donorId" maxLength:"60" doc:"who signs and pays"`
	UltimateDonorID string              `json:"ultimateDonorId,omitempty" maxLength:"60" doc:"whose money it is; the donor where empty"`
	PassThrough     funding.PassThrough `json:"passThrough,omitempty"`
	RenewalOf       string              `json:"renewalOf,omitempty" maxLength:"60"`
	Programme       string              `json:"programme,omitempty" maxLength:"500"`
	OwnerID         string              `json:"ownerId,omitempty" maxLength:"60"`
	SignedOn        store.Date          `json:"signedOn,omitempty" maxLength:"10" doc:"none: a draft"`
	From            store.Date          `json:"from,omitempty" maxLength:"10"`
	To              store.Date          `json:"to,omitempty" maxLength:"10"`
	ClosedOn        store.Date          `json:"closedOn,omitempty" maxLength:"10"`
	Amount          *money.Money        `json:"amount,omitempty"`
	CoFinancing     funding.CoFinancing `json:"coFinancing,omitempty"`
	Overhead        funding.Overhead    `json:"overhead,omitempty"`
	Earmarking      string              `json:"earmarking,omitempty" enum:"unearmarked,soft,earmarked,tight"`
	Restriction     string              `json:"restriction,omitempty" enum:"unrestricted,designated,restricted"`
	SourceType      string              `json:"sourceType,omitempty" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
	OperatingGrant  bool                `json:"operatingGrant,omitempty"`
	Notes           string              `json:"notes,omitempty" maxLength:"20000"`
}

func (b AgreementBody) onto(one *funding.Agreement) {
	one.Title, one.Number, one.Programme, one.Notes = b.Title, b.Number, b.Programme, b.Notes
	one.DonorID, one.UltimateDonorID, one.PassThrough, one.RenewalOf, one.OwnerID = b.DonorID, b.UltimateDonorID, b.PassThrough, b.RenewalOf, b.OwnerID
	one.SignedOn, one.From, one.To, one.ClosedOn = b.SignedOn, b.From, b.To, b.ClosedOn
	one.Amount, one.CoFinancing, one.Overhead = b.Amount, b.CoFinancing, b.Overhead
	one.Earmarking, one.Restriction, one.SourceType, one.OperatingGrant = b.Earmarking, b.Restriction, b.SourceType, b.OperatingGrant
}

type newAgreement struct {
	AgreementBody
	OpportunityID string `json:"opportunityId,omitempty" maxLength:"60" doc:"the awarded opportunity that it comes from; it may have one agreement"`
}

type createAgreementInput struct{ Body newAgreement }

func (a *API) createAgreement(ctx context.Context, in *createAgreementInput) (*agreementOutput, error) {
	one := &funding.Agreement{OpportunityID: in.Body.OpportunityID}
	in.Body.onto(one)
	made, err := a.Agreements.Create(ctx, one)
	return a.savedAgreement(ctx, made, err)
}

type updateAgreementInput struct {
	ChangeInput
	Body AgreementBody
}

func (a *API) updateAgreement(ctx context.Context, in *updateAgreementInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.Update(ctx, in.ID, rev, in.Body.onto)
	return a.savedAgreement(ctx, one, err)
}

func (a *API) deleteAgreement(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Agreements.Remove(ctx, in.ID, rev)
}
