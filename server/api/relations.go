package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/stakeholder"
)

// RelationFilter is what narrows a list of relations.
type RelationFilter struct {
	Stakeholder string `query:"stakeholder" maxLength:"60" doc:"at either end"`
	Type        string `query:"type" maxLength:"40"`
	State       string `query:"state" enum:"past,current,future" doc:"as of today"`
}

func (f RelationFilter) search() stakeholder.RelationSearch {
	return stakeholder.RelationSearch{StakeholderID: f.Stakeholder, Type: f.Type, State: stakeholder.State(f.State)}
}

// relationView is a relation with what its ends are called.
type relationView struct {
	stakeholder.Relation
	Subject stakeholder.Party `json:"subject"`
	Object  stakeholder.Party `json:"object"`
	State   stakeholder.State `json:"state" enum:"past,current,future" doc:"as of today"`
}

// viewRelations names the ends of relations.
func (a *API) viewRelations(ctx context.Context, list []*stakeholder.Relation) ([]relationView, error) {
	ids := make([]string, 0, 2*len(list))
	for _, one := range list {
		ids = append(ids, one.SubjectID, one.ObjectID)
	}
	parties, err := a.Stakeholders.Parties(ctx, ids)
	views := make([]relationView, len(list))
	for i, one := range list {
		views[i] = relationView{*one, party(parties, one.SubjectID), party(parties, one.ObjectID), one.Span.At(a.Stakeholders.Today())}
	}
	return views, err
}

type listRelationsInput struct {
	ListInput
	RelationFilter
}

type listRelationsOutput struct{ Body viewList[relationView] }

func (a *API) listRelations(ctx context.Context, in *listRelationsInput) (*listRelationsOutput, error) {
	q, err := in.query(stakeholder.RelationSorts, "type,-from")
	if err != nil {
		return nil, err
	}
	page, err := a.Stakeholders.Relations(ctx, in.search(), q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewRelations(ctx, page.Items)
	return &listRelationsOutput{viewList[relationView]{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type relationOutput struct {
	ETag string `header:"ETag"`
	Body relationView
}

func (a *API) savedRelation(ctx context.Context, one *stakeholder.Relation, err error) (*relationOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewRelations(ctx, []*stakeholder.Relation{one})
	if err != nil {
		return nil, err
	}
	return &relationOutput{etag(one.Rev), views[0]}, nil
}

func (a *API) getRelation(ctx context.Context, in *IDInput) (*relationOutput, error) {
	one, err := a.Stakeholders.Relation(ctx, in.ID)
	return a.savedRelation(ctx, one, err)
}

// relationBody is what a person may write.
type relationBody struct {
	Type      string `json:"type" minLength:"1" maxLength:"40" doc:"one of the relation types"`
	SubjectID string `json:"subjectId" minLength:"1" maxLength:"60"`
	ObjectID  string `json:"objectId" minLength:"1" maxLength:"60"`
	From      string `json:"from,omitempty" maxLength:"10" doc:"2026-11-21, 2026-11 or 2026"`
	To        string `json:"to,omitempty" maxLength:"10" doc:"2026-11-21, 2026-11 or 2026; absent where it goes on"`
	Strength  int    `json:"strength,omitempty" minimum:"0" maximum:"5" doc:"from 1, loose, to 5, close; 0 where nobody has said"`
	Source    string `json:"source,omitempty" maxLength:"300" doc:"how we know"`
	Note      string `json:"note,omitempty" maxLength:"1000"`
}

func (b relationBody) onto(one *stakeholder.Relation) {
	one.Type, one.SubjectID, one.ObjectID = b.Type, b.SubjectID, b.ObjectID
	one.Span = stakeholder.Span{From: b.From, To: b.To}
	one.Strength, one.Source, one.Note = b.Strength, b.Source, b.Note
}

type createRelationInput struct{ Body relationBody }

func (a *API) createRelation(ctx context.Context, in *createRelationInput) (*relationOutput, error) {
	one := &stakeholder.Relation{}
	in.Body.onto(one)
	err := a.Stakeholders.CreateRelation(ctx, one)
	return a.savedRelation(ctx, one, err)
}

type updateRelationInput struct {
	ChangeInput
	Body relationBody
}

func (a *API) updateRelation(ctx context.Context, in *updateRelationInput) (*relationOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Stakeholders.UpdateRelation(ctx, in.ID, rev, in.Body.onto)
	return a.savedRelation(ctx, one, err)
}

func (a *API) deleteRelation(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Stakeholders.DeleteRelation(ctx, in.ID, rev)
}

// exportRelations streams the list as CSV, in order of id.
func (a *API) exportRelations(c *gin.Context) {
	out := startCSV(c, "relations.csv", "id", "type", "subject_id", "subject", "object_id", "object", "from", "to", "state", "strength", "source", "note", "updated_at")
	search := RelationFilter{Stakeholder: c.Query("stakeholder"), Type: c.Query("type"), State: c.Query("state")}.search()
	ctx := c.Request.Context()
	out.finish(a.Stakeholders.EachRelation(ctx, search, c.Query("q"), func(list []*stakeholder.Relation) error {
		views, err := a.viewRelations(ctx, list)
		if err != nil {
			return err
		}
		for _, v := range views {
			strength := ""
			if v.Strength > 0 {
				strength = strconv.Itoa(v.Strength)
			}
			if err := out.row(v.ID, v.Type, v.SubjectID, v.Subject.Name, v.ObjectID, v.Object.Name, v.From, v.To, string(v.State),
				strength, v.Source, v.Note, string(v.UpdatedAt)); err != nil {
				return err
			}
		}
		return nil
	}))
}

type networkOutput struct{ Body *stakeholder.Network }

func (a *API) stakeholderNetwork(ctx context.Context, in *IDInput) (*networkOutput, error) {
	n, err := a.Stakeholders.Network(ctx, in.ID)
	return &networkOutput{n}, err
}

type listRelationTypesOutput struct {
	Body struct {
		Items []stakeholder.RelationType `json:"items" nullable:"false"`
		Total int                        `json:"total"`
	}
}

func (a *API) listRelationTypes(context.Context, *struct{}) (*listRelationTypesOutput, error) {
	out := &listRelationTypesOutput{}
	out.Body.Items, out.Body.Total = stakeholder.RelationTypes, len(stakeholder.RelationTypes)
	return out, nil
}
