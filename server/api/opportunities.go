package api

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
)

// OpportunityFilter is what narrows a list of opportunities, and the board.
type OpportunityFilter struct {
	Stage        []string   `query:"stage,explode" maxItems:"8" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn" doc:"any of them"`
	Open         bool       `query:"open" doc:"only those still to be decided"`
	Owner        string     `query:"ownerId" maxLength:"60" doc:"an account, or me"`
	Donor        string     `query:"donorId" maxLength:"60"`
	Programme    string     `query:"programme" maxLength:"200"`
	Call         string     `query:"callId" maxLength:"60"`
	DecisionFrom store.Date `query:"decisionFrom" maxLength:"10" doc:"a decision is expected on this day or later"`
	DecisionTo   store.Date `query:"decisionTo" maxLength:"10" doc:"a decision is expected on this day or before"`
	Trashed      bool       `query:"trashed" doc:"those in the trash instead"`
	Where        string     `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"and\",[\"stage\",\"is\",\"submitted\"],[\"decision\",\"before\",\"2027-01-01\"]]"`
}

func (a *API) opportunitySearch(ctx context.Context, f OpportunityFilter) (funding.OpportunitySearch, error) {
	if f.Owner == "me" {
		f.Owner = access.From(ctx).AccountID
	}
	s := funding.OpportunitySearch{Open: f.Open, OwnerID: f.Owner, DonorID: f.Donor, Programme: f.Programme, CallID: f.Call,
		DecisionFrom: f.DecisionFrom, DecisionTo: f.DecisionTo, Trashed: f.Trashed}
	for _, stage := range f.Stage {
		if _, ok := funding.Stage(stage).Rule(); !ok {
			return s, fault.Field("stage", "There is no stage %q.", stage)
		}
		s.Stages = append(s.Stages, funding.Stage(stage))
	}
	if err := cmp.Or(checkDay("decisionFrom", f.DecisionFrom), checkDay("decisionTo", f.DecisionTo)); err != nil {
		return s, err
	}
	where, err := a.Pipeline.OpportunityFields(ctx).Where(f.Where)
	s.Where = where
	return s, err
}

// OpportunityItem is an opportunity with the names of who is in it.
type OpportunityItem struct {
	funding.Opportunity
	Donor       string `json:"donor,omitempty" doc:"the donor's name"`
	Owner       string `json:"owner,omitempty" doc:"the owner's name"`
	AllQuarters int    `json:"effortQuarters" doc:"all effort so far, in quarters of a day"`
}

// opportunityItems adds names to opportunities.
func (a *API) opportunityItems(ctx context.Context, list []*funding.Opportunity) ([]*OpportunityItem, error) {
	ids := make([]string, len(list))
	for i, o := range list {
		ids[i] = o.DonorID
	}
	donors, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	staff, err := a.Accounts.Names(ctx)
	items := make([]*OpportunityItem, len(list))
	for i, o := range list {
		items[i] = &OpportunityItem{Opportunity: *o, Donor: donors[o.DonorID], Owner: staff[o.OwnerID], AllQuarters: o.EffortQuarters()}
	}
	return items, err
}

type listOpportunitiesInput struct {
	ListInput
	OpportunityFilter
}

type listOpportunitiesOutput struct {
	Body store.Page[OpportunityItem]
}

func (a *API) listOpportunities(ctx context.Context, in *listOpportunitiesInput) (*listOpportunitiesOutput, error) {
	q, err := in.query(funding.OpportunitySorts(ctx), "deadline")
	if err != nil {
		return nil, err
	}
	s, err := a.opportunitySearch(ctx, in.OpportunityFilter)
	if err != nil {
		return nil, err
	}
	page, err := a.Pipeline.Page(ctx, s, q)
	if err != nil {
		return nil, err
	}
	items, err := a.opportunityItems(ctx, page.Items)
	return &listOpportunitiesOutput{store.Page[OpportunityItem]{Items: items, Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}}, err
}

// opportunityPage is one opportunity with what its page shows beside it.
type opportunityPage struct {
	OpportunityItem
	Names      map[string]string `json:"names" doc:"of partners and of accounts that it names, by id"`
	Call       string            `json:"call,omitempty" doc:"the call's title"`
	Diligence  *MoneyCheck       `json:"diligence,omitempty" doc:"how the donor stands, from the stage submitted on"`
	Suggestion *funding.Chance   `json:"suggestion" doc:"the probability that our own history speaks for"`
	Agreement  *AwardAgreement   `json:"agreement,omitempty" doc:"of an award: the agreement that was made from it"`
	SourceType string            `json:"sourceType,omitempty" doc:"of the donor, where it is known"`
}

// AwardAgreement is the agreement that an award has become.
type AwardAgreement struct {
	ID    string                 `json:"id"`
	Title string                 `json:"title"`
	State funding.AgreementState `json:"state" enum:"draft,signed,running,ended,closed"`
}

type opportunityOutput struct {
	ETag string `header:"ETag"`
	Body opportunityPage
}

// opportunityOf shows one opportunity, as every read and write of one answers.
func (a *API) opportunityOf(ctx context.Context, o *funding.Opportunity, err error) (*opportunityOutput, error) {
	if err != nil {
		return nil, err
	}
	items, err := a.opportunityItems(ctx, []*funding.Opportunity{o})
	if err != nil {
		return nil, err
	}
	page := opportunityPage{OpportunityItem: *items[0]}
	if page.Names, err = a.namesIn(ctx, o); err != nil {
		return nil, err
	}
	if o.CallID != "" {
		titles, err := a.Calls.Titles(ctx, []string{o.CallID})
		if err != nil {
			return nil, err
		}
		page.Call = titles[o.CallID]
	}
	if o.DonorID != "" {
		types, err := a.Stakeholders.SourceTypes(ctx, []string{o.DonorID})
		if err != nil {
			return nil, err
		}
		page.SourceType = types[o.DonorID]
	}
	made, ok, err := a.Agreements.AwardedFrom(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	if ok {
		page.Agreement = &AwardAgreement{made.ID, made.Title, made.StateOn(a.Agreements.Today())}
	}
	if page.Diligence, err = a.opportunityCheck(ctx, o, page.Donor); err != nil {
		return nil, err
	}
	s, err := a.Pipeline.Suggest(ctx, o)
	page.Suggestion = &s
	return &opportunityOutput{etag(o.Rev), page}, err
}

func (a *API) namesIn(ctx context.Context, o *funding.Opportunity) (map[string]string, error) {
	ids := make([]string, len(o.Partners))
	for i, p := range o.Partners {
		ids[i] = p.StakeholderID
	}
	names, err := a.Stakeholders.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	staff, err := a.Accounts.Names(ctx)
	accounts := []string{}
	for _, m := range o.Log {
		accounts = append(accounts, m.By)
	}
	for _, e := range o.Effort {
		accounts = append(accounts, e.AccountID)
	}
	if o.GoNoGo != nil {
		accounts = append(accounts, o.GoNoGo.By...)
	}
	for _, id := range slices.Compact(accounts) {
		names[id] = staff[id]
	}
	return names, err
}

func (a *API) getOpportunity(ctx context.Context, in *IDInput) (*opportunityOutput, error) {
	o, err := a.Pipeline.Get(ctx, in.ID)
	return a.opportunityOf(ctx, o, err)
}

// OpportunityBody is what a person may write.
type OpportunityBody struct {
	Title             string            `json:"title" minLength:"1" maxLength:"300"`
	DonorID           string            `json:"donorId,omitempty" maxLength:"60" doc:"needed from cultivation on"`
	Programme         string            `json:"programme,omitempty" maxLength:"200"`
	CallID            string            `json:"callId,omitempty" maxLength:"60"`
	OwnerID           string            `json:"ownerId,omitempty" maxLength:"60" doc:"whoever adds it where empty"`
	Ask               *money.Money      `json:"ask,omitempty" doc:"our part, where there is a consortium; converted at today's rate, which stays"`
	CoFinancing       *funding.Match    `json:"coFinancing,omitempty"`
	Overhead          int               `json:"overhead,omitempty" minimum:"0" maximum:"10000" doc:"hundredths of a percent"`
	From              store.Date        `json:"from,omitempty" maxLength:"10"`
	To                store.Date        `json:"to,omitempty" maxLength:"10"`
	Deadline          store.Date        `json:"deadline,omitempty" maxLength:"10"`
	Decision          store.Date        `json:"decision,omitempty" maxLength:"10" doc:"when the donor is expected to decide"`
	Probability       *int              `json:"probability,omitempty" minimum:"0" maximum:"100" doc:"with a reason; without both it is the suggested one"`
	ProbabilityReason string            `json:"probabilityReason,omitempty" maxLength:"500"`
	Earmarking        string            `json:"earmarking,omitempty" maxLength:"20" doc:"unearmarked, soft, earmarked or tight"`
	OurRole           string            `json:"ourRole,omitempty" maxLength:"20" doc:"lead, partner or associated"`
	OurShare          int               `json:"ourShare,omitempty" minimum:"0" maximum:"10000" doc:"of the whole project, in hundredths of a percent"`
	Partners          []funding.Partner `json:"partners,omitempty" maxItems:"100"`
	Notes             string            `json:"notes,omitempty" maxLength:"20000"`
}

// check wants a reason beside a probability that somebody sets by hand.
func (b OpportunityBody) check() error {
	if b.Probability != nil && b.ProbabilityReason == "" {
		return fault.Field("probabilityReason", "Say why it is another probability than the suggested one.")
	}
	if b.Probability == nil && b.ProbabilityReason != "" {
		return fault.Field("probability", "Say which probability the reason is for.")
	}
	return nil
}

func (b OpportunityBody) onto(o *funding.Opportunity) {
	o.Title, o.DonorID, o.Programme, o.CallID, o.Ask = b.Title, b.DonorID, b.Programme, b.CallID, b.Ask
	o.Overhead, o.From, o.To, o.Deadline, o.Decision = b.Overhead, b.From, b.To, b.Deadline, b.Decision
	o.ProbabilityReason, o.Earmarking, o.Notes = b.ProbabilityReason, b.Earmarking, b.Notes
	o.OurRole, o.OurShare, o.Partners = b.OurRole, b.OurShare, b.Partners
	o.CoFinancing = funding.Match{}
	if b.CoFinancing != nil {
		o.CoFinancing = *b.CoFinancing
	}
	if b.Probability != nil {
		o.Probability = *b.Probability
	}
	if b.OwnerID != "" {
		o.OwnerID = b.OwnerID
	}
}

type newOpportunityBody struct {
	OpportunityBody
	Stage funding.Stage `json:"stage,omitempty" enum:"prospect,cultivation,conceptNote,proposal,submitted,awarded,declined,withdrawn" doc:"where it stands already; a prospect where empty"`
	Since store.Date    `json:"since,omitempty" maxLength:"10" doc:"since when it stands there; today where empty"`
	Lost  *funding.Lost `json:"lost,omitempty" doc:"needed by what was declined or withdrawn"`
	Key   string        `json:"key,omitempty" maxLength:"100" doc:"a name of the sender's own: sent twice, it is made once"`
}

type createOpportunityInput struct{ Body newOpportunityBody }

func (a *API) createOpportunity(ctx context.Context, in *createOpportunityInput) (*opportunityOutput, error) {
	b := in.Body
	if err := b.check(); err != nil {
		return nil, err
	}
	o := &funding.Opportunity{Stage: b.Stage, Since: b.Since, Lost: b.Lost}
	b.onto(o)
	made, err := a.Pipeline.Create(ctx, o, b.Key)
	return a.opportunityOf(ctx, made, err)
}

type updateOpportunityInput struct {
	ChangeInput
	Body OpportunityBody
}

func (a *API) updateOpportunity(ctx context.Context, in *updateOpportunityInput) (*opportunityOutput, error) {
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	return a.changeOpportunity(ctx, in.ChangeInput, in.Body.onto)
}

func (a *API) changeOpportunity(ctx context.Context, in ChangeInput, change func(*funding.Opportunity)) (*opportunityOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	o, err := a.Pipeline.Update(ctx, in.ID, rev, change)
	return a.opportunityOf(ctx, o, err)
}

func (a *API) trashOpportunity(ctx context.Context, in *ChangeInput) (*opportunityOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	o, err := a.Pipeline.Trash(ctx, in.ID, rev)
	return a.opportunityOf(ctx, o, err)
}

func (a *API) restoreOpportunity(ctx context.Context, in *IDInput) (*opportunityOutput, error) {
	o, err := a.Pipeline.Restore(ctx, in.ID)
	return a.opportunityOf(ctx, o, err)
}
