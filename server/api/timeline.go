package api

import (
	"context"

	"piper/internal/access"
	"piper/internal/timeline"
)

type timelineInput struct {
	IDInput
	Limit  int      `query:"limit" minimum:"1" maximum:"200" doc:"how many entries at most; 50 unless told"`
	Cursor string   `query:"cursor" maxLength:"2000" doc:"the next of the page before; goes with the same kinds"`
	Kinds  []string `query:"kinds,explode" maxItems:"20" enum:"meeting,phone,event,note,task,mail,stage,change,agreement,position" doc:"any of them; all unless told"`
}

type timelineOutput struct{ Body timeline.Page }

// stakeholderTimeline is open to whoever may see the stakeholder; each source looks for itself whether the
// reader may see what it has.
func (a *API) stakeholderTimeline(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
	if _, err := a.Stakeholders.GetRaw(ctx, in.ID); err != nil {
		return nil, err
	}
	page, err := a.Timeline.Page(ctx, in.ID, timeline.Query{Kinds: in.Kinds, Limit: in.Limit, Cursor: in.Cursor})
	return &timelineOutput{page}, err
}

type followsOutput struct {
	Body struct {
		StakeholderIDs []string `json:"stakeholderIds" nullable:"false"`
	}
}

func (a *API) listFollows(ctx context.Context, _ *struct{}) (*followsOutput, error) {
	ids, err := a.Engagement.Following(ctx, access.From(ctx).AccountID)
	out := &followsOutput{}
	out.Body.StakeholderIDs = ids
	return out, err
}

func (a *API) follow(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, a.Engagement.Follow(ctx, in.ID)
}

func (a *API) unfollow(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, a.Engagement.Unfollow(ctx, in.ID)
}
