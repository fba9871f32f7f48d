package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/advocacy"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// PositionFilter is what narrows a list of positions.
type PositionFilter struct {
	Stakeholder string `query:"stakeholder" maxLength:"60"`
	Priority    string `query:"priority" maxLength:"60"`
	Stance      string `query:"stance" enum:"opposed,sceptical,neutral,supportive,champion"`
}

func (f PositionFilter) search() advocacy.Search {
	return advocacy.Search{StakeholderID: f.Stakeholder, PriorityID: f.Priority, Stance: f.Stance}
}

// positionView is a position with what it is about and whose it is.
type positionView struct {
	advocacy.Position
	Stakeholder stakeholder.Party `json:"stakeholder"`
	Priority    string            `json:"priority" doc:"its name"`
}

func (a *API) viewPositions(ctx context.Context, list []*advocacy.Position) ([]positionView, error) {
	plan, err := a.Advocacy.Priorities(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, one := range list {
		ids[i] = one.StakeholderID
	}
	parties, err := a.Stakeholders.Parties(ctx, ids)
	views := make([]positionView, len(list))
	for i, one := range list {
		views[i] = positionView{*one, party(parties, one.StakeholderID), plan.Called(one.PriorityID)}
	}
	return views, err
}

type listPositionsInput struct {
	ListInput
	PositionFilter
}

type listPositionsOutput struct{ Body viewList[positionView] }

func (a *API) listPositions(ctx context.Context, in *listPositionsInput) (*listPositionsOutput, error) {
	q, err := in.query(advocacy.Sorts, "-date,-createdAt")
	if err != nil {
		return nil, err
	}
	page, err := a.Advocacy.Positions(ctx, in.search(), q)
	if err != nil {
		return nil, err
	}
	views, err := a.viewPositions(ctx, page.Items)
	return &listPositionsOutput{viewList[positionView]{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type positionOutput struct {
	ETag string `header:"ETag"`
	Body positionView
}

func (a *API) savedPosition(ctx context.Context, one *advocacy.Position, err error) (*positionOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.viewPositions(ctx, []*advocacy.Position{one})
	if err != nil {
		return nil, err
	}
	return &positionOutput{etag(one.Rev), views[0]}, nil
}

func (a *API) getPosition(ctx context.Context, in *IDInput) (*positionOutput, error) {
	one, err := a.Advocacy.Position(ctx, in.ID)
	return a.savedPosition(ctx, one, err)
}

// positionBody is what a person may write.
type positionBody struct {
	StakeholderID string     `json:"stakeholderId" minLength:"1" maxLength:"60"`
	PriorityID    string     `json:"priorityId" minLength:"1" maxLength:"60"`
	Date          store.Date `json:"date,omitempty" maxLength:"10" doc:"YYYY-MM-DD; today in Brussels where empty"`
	Stance        string     `json:"stance" enum:"opposed,sceptical,neutral,supportive,champion"`
	Influence     int        `json:"influence,omitempty" minimum:"0" maximum:"5" doc:"from 1, little, to 5, much; 0 where nobody has said"`
	Interest      int        `json:"interest,omitempty" minimum:"0" maximum:"5" doc:"from 1, little, to 5, much; 0 where nobody has said"`
	Evidence      string     `json:"evidence" maxLength:"8000" doc:"by what we know it: a vote, a speech, a letter"`
	Link          string     `json:"link,omitempty" maxLength:"2000" doc:"where that can be read"`
}

func (b positionBody) onto(one *advocacy.Position) {
	one.StakeholderID, one.PriorityID, one.Date, one.Stance = b.StakeholderID, b.PriorityID, b.Date, b.Stance
	one.Influence, one.Interest, one.Evidence, one.Link = b.Influence, b.Interest, b.Evidence, b.Link
}

type createPositionInput struct{ Body positionBody }

func (a *API) createPosition(ctx context.Context, in *createPositionInput) (*positionOutput, error) {
	one := &advocacy.Position{}
	in.Body.onto(one)
	err := a.Advocacy.AddPosition(ctx, one)
	return a.savedPosition(ctx, one, err)
}

type updatePositionInput struct {
	ChangeInput
	Body positionBody
}

func (a *API) updatePosition(ctx context.Context, in *updatePositionInput) (*positionOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	one, err := a.Advocacy.UpdatePosition(ctx, in.ID, rev, in.Body.onto)
	return a.savedPosition(ctx, one, err)
}

func (a *API) deletePosition(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Advocacy.DeletePosition(ctx, in.ID, rev)
}

type coursesOutput struct {
	Body struct {
		Items []advocacy.Course `json:"items" nullable:"false"`
	}
}

func (a *API) stakeholderPositions(ctx context.Context, in *IDInput) (out *coursesOutput, err error) {
	out = &coursesOutput{}
	out.Body.Items, err = a.Advocacy.Courses(ctx, in.ID)
	return out, err
}

// exportPositions streams the list as CSV, in order of id.
func (a *API) exportPositions(c *gin.Context) {
	out := startCSV(c, "positions.csv", "id", "stakeholder_id", "stakeholder", "priority", "date", "stance", "influence", "interest", "evidence", "link", "updated_at")
	search := PositionFilter{Stakeholder: c.Query("stakeholder"), Priority: c.Query("priority"), Stance: c.Query("stance")}.search()
	ctx := c.Request.Context()
	said := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	out.finish(a.Advocacy.EachPosition(ctx, search, c.Query("q"), func(list []*advocacy.Position) error {
		views, err := a.viewPositions(ctx, list)
		if err != nil {
			return err
		}
		for _, v := range views {
			if err := out.row(v.ID, v.StakeholderID, v.Stakeholder.Name, v.Priority, string(v.Date), v.Stance, said(v.Influence), said(v.Interest),
				v.Evidence, v.Link, string(v.UpdatedAt)); err != nil {
				return err
			}
		}
		return nil
	}))
}

type prioritiesOutput struct {
	ETag string `header:"ETag"`
	Body *advocacy.Priorities
}

func (a *API) getPriorities(ctx context.Context, _ *struct{}) (*prioritiesOutput, error) {
	plan, err := a.Advocacy.Priorities(ctx)
	if err != nil {
		return nil, err
	}
	return &prioritiesOutput{etag(plan.Rev), plan}, nil
}

type setPrioritiesInput struct {
	IfMatch string `header:"If-Match"`
	Body    struct {
		Priorities []advocacy.Priority `json:"priorities" maxItems:"50"`
	}
}

func (a *API) setPriorities(ctx context.Context, in *setPrioritiesInput) (*prioritiesOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	plan, err := a.Advocacy.SetPriorities(ctx, rev, in.Body.Priorities)
	if err != nil {
		return nil, err
	}
	return &prioritiesOutput{etag(plan.Rev), plan}, nil
}
