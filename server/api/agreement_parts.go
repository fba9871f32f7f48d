package api

import (
	"context"

	"piper/internal/funding"
	"piper/internal/money"
	"piper/internal/store"
)

// PartInput names a part of an agreement. If-Match is the revision of the agreement, which is written as one.
type PartInput struct {
	ChangeInput
	Part string `path:"part" maxLength:"60"`
}

// InstalmentBody is what a person may write of an instalment.
type InstalmentBody struct {
	Kind        string               `json:"kind" enum:"prefinancing,interim,balance,other"`
	Due         store.Date           `json:"due" maxLength:"10"`
	Amount      money.Money          `json:"amount" doc:"in the agreement's currency"`
	Earmarking  string               `json:"earmarking,omitempty" enum:"unearmarked,soft,earmarked,tight" doc:"the agreement's where empty"`
	Note        string               `json:"note,omitempty" maxLength:"500"`
	Allocations []funding.Allocation `json:"allocations,omitempty" maxItems:"50" doc:"amounts follow from the weights"`
}

func (b InstalmentBody) onto(p *funding.Instalment) {
	amount := b.Amount
	p.Kind, p.Due, p.Amount, p.Earmarking, p.Note, p.Allocations = b.Kind, b.Due, &amount, b.Earmarking, b.Note, b.Allocations
}

type addInstalmentInput struct {
	ChangeInput
	Body InstalmentBody
}

func (a *API) addInstalment(ctx context.Context, in *addInstalmentInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.SetInstalment(ctx, in.ID, rev, "", in.Body.onto)
	return a.savedAgreement(ctx, one, err)
}

type updateInstalmentInput struct {
	PartInput
	Body InstalmentBody
}

func (a *API) updateInstalment(ctx context.Context, in *updateInstalmentInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.SetInstalment(ctx, in.ID, rev, in.Part, in.Body.onto)
	return a.savedAgreement(ctx, one, err)
}

type moveInstalmentInput struct {
	PartInput
	Body struct {
		State    funding.InstalmentState `json:"state" enum:"scheduled,requested,paid"`
		On       store.Date              `json:"on,omitempty" maxLength:"10" doc:"today in Brussels where empty"`
		IncomeID string                  `json:"incomeId,omitempty" maxLength:"60" doc:"of what is paid: the income line by which it came"`
		Amount   *money.Money            `json:"amount,omitempty" doc:"of what is paid: what has come, where it is not what was scheduled"`
	}
}

func (a *API) moveInstalment(ctx context.Context, in *moveInstalmentInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.MoveInstalment(ctx, in.ID, rev, in.Part, in.Body.State, in.Body.On, in.Body.IncomeID, in.Body.Amount)
	return a.savedAgreement(ctx, one, err)
}

func (a *API) deleteInstalment(ctx context.Context, in *PartInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.RemoveInstalment(ctx, in.ID, rev, in.Part)
	return a.savedAgreement(ctx, one, err)
}

// RequirementBody is what a person may write of a requirement.
type RequirementBody struct {
	Kind    string     `json:"kind" enum:"narrative,financial,audit,visibility,other"`
	Title   string     `json:"title" minLength:"1" maxLength:"300"`
	Due     store.Date `json:"due" maxLength:"10"`
	OwnerID string     `json:"ownerId,omitempty" maxLength:"60" doc:"who must see to it, and gets the task"`
	Note    string     `json:"note,omitempty" maxLength:"2000"`
}

type newRequirement struct {
	RequirementBody
	RuleID string `json:"ruleId,omitempty" maxLength:"60" doc:"the rule that proposed it"`
}

type addRequirementsInput struct {
	ChangeInput
	Body struct {
		Items      []newRequirement `json:"items" minItems:"1" maxItems:"50"`
		TemplateID string           `json:"templateId,omitempty" maxLength:"60" doc:"the template whose tasks each of them gets; else one task for its owner"`
	}
}

func (a *API) addRequirements(ctx context.Context, in *addRequirementsInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	list := make([]funding.Requirement, len(in.Body.Items))
	for i, b := range in.Body.Items {
		list[i] = funding.Requirement{Kind: b.Kind, Title: b.Title, Due: b.Due, OwnerID: b.OwnerID, Note: b.Note, RuleID: b.RuleID}
	}
	one, err := a.Agreements.AddRequirements(ctx, in.ID, rev, list, in.Body.TemplateID)
	return a.savedAgreement(ctx, one, err)
}

type updateRequirementInput struct {
	PartInput
	Body RequirementBody
}

func (a *API) updateRequirement(ctx context.Context, in *updateRequirementInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	one, err := a.Agreements.ChangeRequirement(ctx, in.ID, rev, in.Part, funding.RequirementChange{Kind: b.Kind, Title: b.Title, Due: b.Due, OwnerID: b.OwnerID, Note: b.Note})
	return a.savedAgreement(ctx, one, err)
}

type moveRequirementInput struct {
	PartInput
	Body struct {
		State funding.RequirementState `json:"state" enum:"open,submitted,accepted,rejected,waived"`
		On    store.Date               `json:"on,omitempty" maxLength:"10" doc:"today in Brussels where empty"`
		Note  string                   `json:"note,omitempty" maxLength:"2000" doc:"the evidence; what was noted stays where empty"`
	}
}

func (a *API) moveRequirement(ctx context.Context, in *moveRequirementInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.MoveRequirement(ctx, in.ID, rev, in.Part, in.Body.State, in.Body.On, in.Body.Note)
	return a.savedAgreement(ctx, one, err)
}

func (a *API) deleteRequirement(ctx context.Context, in *PartInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Agreements.RemoveRequirement(ctx, in.ID, rev, in.Part)
	return a.savedAgreement(ctx, one, err)
}

type proposedOutput struct {
	Body struct {
		Items []funding.Requirement `json:"items" nullable:"false"`
	}
}

// proposeRequirements gives what the rules have for an agreement; adding them is another step.
func (a *API) proposeRequirements(ctx context.Context, in *IDInput) (*proposedOutput, error) {
	one, err := a.Agreements.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	rules, err := a.Agreements.Rules(ctx)
	if err != nil {
		return nil, err
	}
	out := &proposedOutput{}
	out.Body.Items = one.Propose(rules.Rules)
	return out, nil
}

type rulesOutput struct {
	ETag string `header:"ETag"`
	Body *funding.RequirementRules
}

func (a *API) getRequirementRules(ctx context.Context, _ *struct{}) (*rulesOutput, error) {
	rules, err := a.Agreements.Rules(ctx)
	if err != nil {
		return nil, err
	}
	return &rulesOutput{etag(rules.Rev), rules}, nil
}

type setRulesInput struct {
	IfMatch string `header:"If-Match"`
	Body    struct {
		Rules []funding.RequirementRule `json:"rules" maxItems:"100"`
	}
}

func (a *API) setRequirementRules(ctx context.Context, in *setRulesInput) (*rulesOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	rules, err := a.Agreements.SetRules(ctx, rev, in.Body.Rules)
	if err != nil {
		return nil, err
	}
	return &rulesOutput{etag(rules.Rev), rules}, nil
}

type amendedInstalment struct {
	ID     string      `json:"id,omitempty" maxLength:"60" doc:"of one that stays; a new one has none"`
	Kind   string      `json:"kind" enum:"prefinancing,interim,balance,other"`
	Due    store.Date  `json:"due" maxLength:"10"`
	Amount money.Money `json:"amount"`
}

type amendInput struct {
	ChangeInput
	Body struct {
		On          store.Date          `json:"on" maxLength:"10" doc:"from this day on it holds"`
		Reason      string              `json:"reason" minLength:"1" maxLength:"2000"`
		From        store.Date          `json:"from,omitempty" maxLength:"10" doc:"as it was where empty"`
		To          store.Date          `json:"to,omitempty" maxLength:"10" doc:"as it was where empty"`
		Amount      *money.Money        `json:"amount,omitempty"`
		Instalments []amendedInstalment `json:"instalments,omitempty" maxItems:"200" doc:"all of them, where any changes; what was paid stays as it is"`
	}
}

func (a *API) amendAgreement(ctx context.Context, in *amendInput) (*agreementOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	amendment := funding.AmendmentInput{On: b.On, Reason: b.Reason, From: b.From, To: b.To, Amount: b.Amount}
	for _, p := range b.Instalments {
		amount := p.Amount
		amendment.Instalments = append(amendment.Instalments, funding.Instalment{ID: p.ID, Kind: p.Kind, Due: p.Due, Amount: &amount})
	}
	one, err := a.Agreements.Amend(ctx, in.ID, rev, amendment)
	return a.savedAgreement(ctx, one, err)
}
