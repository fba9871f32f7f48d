package api

import (
	"context"
	"strings"

	"piper/internal/stakeholder"
)

// StakeholderFilter is what narrows a list of stakeholders.
type StakeholderFilter struct {
	Kind    string `query:"kind" enum:"person,organisation,seat"`
	Role    string `query:"role" maxLength:"30"`
	Country string `query:"country" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	Tag     string `query:"tag" maxLength:"60"`
	Parent  string `query:"parentId" maxLength:"40"`
	Trashed bool   `query:"trashed" doc:"those in the trash instead"`
	Where   string `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"and\",[\"country\",\"is\",\"BE\"],[\"roles\",\"has\",\"donor\"]]"`
}

func (f StakeholderFilter) search() (stakeholder.Search, error) {
	where, err := stakeholder.Fields.Where(f.Where)
	return stakeholder.Search{Kind: f.Kind, Role: f.Role, Country: strings.ToUpper(f.Country), Tag: f.Tag, ParentID: f.Parent, Trashed: f.Trashed,
		Where: where}, err
}

type listStakeholdersInput struct {
	ListInput
	StakeholderFilter
}

type listStakeholdersOutput struct {
	Body rawList[stakeholder.Stakeholder]
}

func (a *API) listStakeholders(ctx context.Context, in *listStakeholdersInput) (*listStakeholdersOutput, error) {
	q, err := in.query(stakeholder.Sorts, "name")
	if err != nil {
		return nil, err
	}
	search, err := in.search()
	if err != nil {
		return nil, err
	}
	page, err := a.Stakeholders.Page(ctx, search, q)
	return &listStakeholdersOutput{rawList[stakeholder.Stakeholder]{page}}, err
}

type IDInput struct {
	ID string `path:"id" maxLength:"60"`
}

type ChangeInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the record's ETag"`
}

type rawStakeholderOutput struct {
	ETag string `header:"ETag"`
	Body rawDoc[stakeholder.Stakeholder]
}

func (a *API) getStakeholder(ctx context.Context, in *IDInput) (*rawStakeholderOutput, error) {
	doc, err := a.Stakeholders.GetRaw(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	rev, err := revOfDoc(doc)
	return &rawStakeholderOutput{etag(rev), rawDoc[stakeholder.Stakeholder]{doc}}, err
}

// stakeholderBody is what a person may write.
type stakeholderBody struct {
	Kind        stakeholder.Kind         `json:"kind" enum:"person,organisation,seat"`
	Name        string                   `json:"name" minLength:"1" maxLength:"300"`
	OtherNames  []stakeholder.OtherName  `json:"otherNames,omitempty" maxItems:"50" doc:"in other scripts or languages, or short"`
	Roles       []string                 `json:"roles,omitempty" maxItems:"20"`
	Country     string                   `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	Emails      []stakeholder.Email      `json:"emails,omitempty" maxItems:"50"`
	Phones      []stakeholder.Phone      `json:"phones,omitempty" maxItems:"50"`
	Website     string                   `json:"website,omitempty" maxLength:"500"`
	Tags        []string                 `json:"tags,omitempty" maxItems:"100"`
	ExternalIDs []stakeholder.ExternalID `json:"externalIds,omitempty" maxItems:"50"`
	ParentID    string                   `json:"parentId,omitempty" maxLength:"60" doc:"needed for a seat"`
	Donor       *stakeholder.Donor       `json:"donor,omitempty" doc:"kept while there is the role donor; so are the others with theirs"`
	IGO         *stakeholder.IGO         `json:"igo,omitempty"`
	MEP         *stakeholder.MEP         `json:"mep,omitempty"`
	Movement    *stakeholder.Movement    `json:"movement,omitempty"`
	Basis       *stakeholder.Basis       `json:"basis,omitempty" doc:"of persons only"`
	Notes       string                   `json:"notes,omitempty" maxLength:"20000"`
}

func (b stakeholderBody) onto(s *stakeholder.Stakeholder) {
	s.Kind, s.Name, s.OtherNames, s.Roles, s.Country = b.Kind, b.Name, b.OtherNames, b.Roles, b.Country
	s.Emails, s.Phones, s.Website, s.Tags, s.ExternalIDs = b.Emails, b.Phones, b.Website, b.Tags, b.ExternalIDs
	s.Donor, s.IGO, s.MEP, s.Movement, s.Basis = b.Donor, b.IGO, b.MEP, b.Movement, b.Basis
	s.ParentID, s.Notes = b.ParentID, b.Notes
}

// over is onto for a sender that does not know the whole record: what is absent stays as it is.
func (b stakeholderBody) over(s *stakeholder.Stakeholder) {
	s.Kind, s.Name = b.Kind, b.Name
	for _, text := range []struct {
		to   *string
		from string
	}{{&s.Country, b.Country}, {&s.Website, b.Website}, {&s.ParentID, b.ParentID}, {&s.Notes, b.Notes}} {
		if text.from != "" {
			*text.to = text.from
		}
	}
	overList(&s.OtherNames, b.OtherNames)
	overList(&s.Roles, b.Roles)
	overList(&s.Emails, b.Emails)
	overList(&s.Phones, b.Phones)
	overList(&s.Tags, b.Tags)
	overList(&s.ExternalIDs, b.ExternalIDs)
	overPart(&s.Donor, b.Donor)
	overPart(&s.IGO, b.IGO)
	overPart(&s.MEP, b.MEP)
	overPart(&s.Movement, b.Movement)
	overPart(&s.Basis, b.Basis)
}

func overList[T any](to *[]T, from []T) {
	if from != nil {
		*to = from
	}
}

func overPart[T any](to **T, from *T) {
	if from != nil {
		*to = from
	}
}

type createStakeholderInput struct{ Body stakeholderBody }

type stakeholderOutput struct {
	ETag string `header:"ETag"`
	Body *stakeholder.Stakeholder
}

func savedStakeholder(s *stakeholder.Stakeholder, err error) (*stakeholderOutput, error) {
	if err != nil {
		return nil, err
	}
	return &stakeholderOutput{etag(s.Rev), s}, nil
}

func (a *API) createStakeholder(ctx context.Context, in *createStakeholderInput) (*stakeholderOutput, error) {
	s := &stakeholder.Stakeholder{}
	in.Body.onto(s)
	err := a.Stakeholders.Create(ctx, s)
	return savedStakeholder(s, err)
}

type updateStakeholderInput struct {
	ChangeInput
	Body stakeholderBody
}

func (a *API) updateStakeholder(ctx context.Context, in *updateStakeholderInput) (*stakeholderOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedStakeholder(a.Stakeholders.Update(ctx, in.ID, rev, in.Body.onto))
}

func (a *API) trashStakeholder(ctx context.Context, in *ChangeInput) (*stakeholderOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedStakeholder(a.Stakeholders.Trash(ctx, in.ID, rev))
}

func (a *API) restoreStakeholder(ctx context.Context, in *IDInput) (*stakeholderOutput, error) {
	return savedStakeholder(a.Stakeholders.Restore(ctx, in.ID))
}

func (a *API) stakeholderTree(ctx context.Context, in *IDInput) (*treeOutput, error) {
	tree, err := a.Stakeholders.Tree(ctx, in.ID)
	return &treeOutput{tree}, err
}

type treeOutput struct{ Body *stakeholder.Tree }
