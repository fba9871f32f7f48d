package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/merge"
	"piper/internal/run"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// duplicatesJob is the name of the job that looks for duplicates.
const duplicatesJob = "duplicates"

// pairView is a pair with what a person tells the two by; a record that is gone meanwhile is missing.
type pairView struct {
	merge.Suspect
	First  *stakeholder.Stakeholder `json:"first,omitempty"`
	Second *stakeholder.Stakeholder `json:"second,omitempty"`
}

type listDuplicatesInput struct {
	ListInput
	State    string `query:"state" enum:"open,different"`
	Kind     string `query:"kind" maxLength:"20"`
	MinScore int    `query:"minScore" minimum:"0" maximum:"100"`
	Of       string `query:"stakeholderId" maxLength:"60" doc:"pairs with this stakeholder"`
}

type listDuplicatesOutput struct{ Body store.Page[pairView] }

func (a *API) listDuplicates(ctx context.Context, in *listDuplicatesInput) (*listDuplicatesOutput, error) {
	if in.Q != "" {
		return nil, fault.Field("q", "Pairs are not searched by words.")
	}
	q, err := in.query(merge.SuspectSorts, "-score")
	if err != nil {
		return nil, err
	}
	page, err := a.Merges.Suspects(ctx, merge.SuspectSearch{State: in.State, Kind: in.Kind, MinScore: in.MinScore, Of: in.Of}, q)
	if err != nil {
		return nil, err
	}
	out := &listDuplicatesOutput{store.Page[pairView]{Items: make([]*pairView, len(page.Items)), Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}}
	for i, s := range page.Items {
		v := &pairView{Suspect: *s}
		for id, into := range map[string]**stakeholder.Stakeholder{s.A: &v.First, s.B: &v.Second} {
			one, err := a.Stakeholders.Get(ctx, id)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			if err == nil {
				*into = one
			}
		}
		out.Body.Items[i] = v
	}
	return out, nil
}

type decideDuplicateInput struct {
	ChangeInput
	Body struct {
		State merge.State `json:"state" enum:"open,different" doc:"different: they are not the same, for good"`
	}
}

type suspectOutput struct {
	ETag string `header:"ETag"`
	Body *merge.Suspect
}

func (a *API) decideDuplicate(ctx context.Context, in *decideDuplicateInput) (*suspectOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	s, err := a.Merges.Decide(ctx, in.ID, rev, in.Body.State)
	if err != nil {
		return nil, err
	}
	return &suspectOutput{etag(s.Rev), s}, nil
}

type duplicateSearchOutput struct {
	Body struct {
		Last *run.Run `json:"last,omitempty" doc:"the search that is under way or was the last"`
	}
}

func (a *API) duplicateSearch(ctx context.Context, _ *struct{}) (*duplicateSearchOutput, error) {
	out := &duplicateSearchOutput{}
	last, err := a.Runs.Last(ctx, duplicatesJob)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	out.Body.Last = last
	return out, err
}

func (a *API) findDuplicates(ctx context.Context, _ *struct{}) (*runOutput, error) {
	rec, err := a.Jobs.RunNow(ctx, duplicatesJob, access.From(ctx).Name)
	return &runOutput{rec}, err
}

// mergeBody says what is merged into what.
type mergeBody struct {
	SurvivorID  string                  `json:"survivorId" minLength:"1" maxLength:"60" doc:"the record that stays"`
	LoserID     string                  `json:"loserId" minLength:"1" maxLength:"60" doc:"the record that goes"`
	SurvivorRev int64                   `json:"survivorRev,omitempty" minimum:"0" doc:"the revision that was compared; needed to merge"`
	LoserRev    int64                   `json:"loserRev,omitempty" minimum:"0"`
	Choices     map[string]merge.Choice `json:"choices,omitempty" doc:"by field: survivor, loser, or both for lists; lists are united unless told"`
}

func (b mergeBody) input() merge.Input {
	return merge.Input{SurvivorID: b.SurvivorID, LoserID: b.LoserID, SurvivorRev: b.SurvivorRev, LoserRev: b.LoserRev, Choices: b.Choices}
}

type mergeInput struct{ Body mergeBody }

// countView counts documents of one sort.
type countView struct {
	What  string `json:"what" doc:"in the plural: income lines"`
	Count int    `json:"count"`
}

type previewOutput struct {
	Body struct {
		Survivor *stakeholder.Stakeholder `json:"survivor"`
		Loser    *stakeholder.Stakeholder `json:"loser"`
		Result   *stakeholder.Stakeholder `json:"result" doc:"the survivor as it would be"`
		Fields   []merge.FieldChoice      `json:"fields" nullable:"false" doc:"in which the two differ"`
		Moved    []countView              `json:"moved" nullable:"false" doc:"what would name the survivor instead, as far as the reader may see it"`
		Removed  []countView              `json:"removed" nullable:"false" doc:"what would be set aside until an undo: the survivor has its like already, or it would name the survivor twice"`
	}
}

func (a *API) previewMerge(ctx context.Context, in *mergeInput) (*previewOutput, error) {
	p, err := a.Merges.Preview(ctx, in.Body.input())
	if err != nil {
		return nil, err
	}
	out := &previewOutput{}
	for _, one := range []struct {
		doc  []byte
		into **stakeholder.Stakeholder
	}{{p.Survivor, &out.Body.Survivor}, {p.Loser, &out.Body.Loser}, {p.Result, &out.Body.Result}} {
		if err := json.Unmarshal(one.doc, one.into); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "A stored stakeholder cannot be read.")
		}
	}
	out.Body.Fields = append([]merge.FieldChoice{}, p.Fields...)
	out.Body.Moved, out.Body.Removed = countsFor(ctx, p.Moved), countsFor(ctx, p.Removed)
	return out, nil
}

// mergeView is a merge as people see it. Counts of what only some may see are not told here.
type mergeView struct {
	store.Meta
	SurvivorID   string        `json:"survivorId"`
	LoserID      string        `json:"loserId"`
	SurvivorName string        `json:"survivorName"`
	LoserName    string        `json:"loserName"`
	Kind         string        `json:"kind"`
	Outcome      merge.Outcome `json:"outcome" enum:"done,undone"`
	ByName       string        `json:"byName"`
	UndoneBy     string        `json:"undoneBy,omitempty"`
	UndoneAt     store.Instant `json:"undoneAt,omitempty"`
}

func viewOf(r *merge.Record) *mergeView {
	return &mergeView{Meta: r.Meta, SurvivorID: r.SurvivorID, LoserID: r.LoserID, SurvivorName: r.SurvivorName, LoserName: r.LoserName,
		Kind: r.Kind, Outcome: r.Outcome, ByName: r.ByName, UndoneBy: r.UndoneBy, UndoneAt: r.UndoneAt}
}

type mergeOutput struct{ Body *mergeView }

func (a *API) mergeStakeholders(ctx context.Context, in *mergeInput) (*mergeOutput, error) {
	rec, err := a.Merges.Merge(ctx, in.Body.input())
	if err != nil {
		return nil, err
	}
	return &mergeOutput{viewOf(rec)}, nil
}

type listMergesInput struct {
	ListInput
	Of string `query:"stakeholderId" maxLength:"60" doc:"merges that this stakeholder had a part in"`
}

type listMergesOutput struct{ Body store.Page[mergeView] }

func (a *API) listMerges(ctx context.Context, in *listMergesInput) (*listMergesOutput, error) {
	if in.Q != "" {
		return nil, fault.Field("q", "Merges are not searched by words.")
	}
	q, err := in.query(merge.RecordSorts, "-createdAt")
	if err != nil {
		return nil, err
	}
	page, err := a.Merges.Merges(ctx, in.Of, q)
	if err != nil {
		return nil, err
	}
	out := &listMergesOutput{store.Page[mergeView]{Items: make([]*mergeView, len(page.Items)), Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}}
	for i, r := range page.Items {
		out.Body.Items[i] = viewOf(r)
	}
	return out, nil
}

type undoMergeOutput struct {
	Body struct {
		Merge *mergeView  `json:"merge"`
		Since []countView `json:"since" nullable:"false" doc:"made after the merge: they stay with the survivor"`
		Kept  []string    `json:"kept" nullable:"false" doc:"fields of the survivor that were changed since, and stay as they are"`
		Left  []countView `json:"left" nullable:"false" doc:"could not be put back, because they were changed since"`
	}
}

func (a *API) undoMerge(ctx context.Context, in *IDInput) (*undoMergeOutput, error) {
	u, err := a.Merges.Undo(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &undoMergeOutput{}
	out.Body.Merge, out.Body.Kept = viewOf(u.Record), u.Kept
	out.Body.Since, out.Body.Left = countsFor(ctx, u.Since), countsFor(ctx, u.Left)
	return out, nil
}

// counted says what documents of a collection are called, and who may know how many there are. A
// collection that is not in it is told to administrators only; "" is not told at all, as its documents
// come with others that are.
var counted = map[string]struct {
	what string
	perm access.Permission
}{
	"stakeholders": {"people and units of it", access.StakeholdersRead},
	"messages":     {"messages", access.MailRead},
	"threads":      {"conversations", access.MailRead},
	"bodies":       {},
	"income":       {"income lines", access.FinanceRead},
	"interactions": {"interactions", access.StakeholdersRead},
	"tasks":        {"tasks", access.StakeholdersRead},
	"affiliations": {"affiliations", access.StakeholdersRead},
	"relations":    {"relations", access.StakeholdersRead},
	"positions":    {"positions", access.AdvocacyRead},
	"suspects":     {},
}

// countsFor names counts and leaves out those that the reader may not know, in order of name.
func countsFor(ctx context.Context, counts map[string]int) []countView {
	list := []countView{}
	for name, n := range counts {
		c, known := counted[name]
		if !known {
			c.what, c.perm = strings.ReplaceAll(name, "_", " "), access.AdminRead
		}
		if c.what != "" && access.From(ctx).May(c.perm) {
			list = append(list, countView{c.what, n})
		}
	}
	slices.SortFunc(list, func(a, b countView) int { return strings.Compare(a.What, b.What) })
	return list
}
