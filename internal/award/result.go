package award

import (
	"context"
	"slices"
	"strings"
)

// Result is what an import came to, or would come to.
type Result struct {
	Counts
	DryRun   bool          `json:"dryRun"`
	ImportID string        `json:"importId,omitempty"`
	Who      []FoundIn     `json:"who" nullable:"false" doc:"the funders of the file, those with most awards first"`
	Rejects  []AwardReject `json:"rejects" nullable:"false" doc:"the first of them"`
	Preview  []*Award      `json:"preview" nullable:"false" doc:"the first awards as they were understood"`
}

// FoundIn is a funder of a file.
type FoundIn struct {
	Name          string `json:"name"`
	Awards        int    `json:"awards"`
	StakeholderID string `json:"stakeholderId,omitempty"`
	Stakeholder   string `json:"stakeholder,omitempty"`
}

// How much of a file a result shows.
const (
	shownRejects = 100
	shownAwards  = 20
	shownFunders = 50
)

// result shows what was understood.
func (im *Importer) result(ctx context.Context, b *batch, dryRun bool) (*Result, error) {
	res := &Result{Counts: b.counts, DryRun: dryRun, Who: []FoundIn{}, Preview: []*Award{}, Rejects: []AwardReject{}}
	res.Rejects = append(res.Rejects, b.rejects[:min(len(b.rejects), shownRejects)]...)
	res.Preview = append(res.Preview, b.awards[:min(len(b.awards), shownAwards)]...)
	counts := map[string]int{}
	for _, a := range b.awards {
		counts[a.FunderID]++
	}
	var funders []*AwardParty
	for _, p := range b.parties {
		if counts[p.ID] > 0 {
			funders = append(funders, p)
		}
	}
	slices.SortFunc(funders, func(x, y *AwardParty) int {
		if d := counts[y.ID] - counts[x.ID]; d != 0 {
			return d
		}
		return strings.Compare(x.SortName+x.ID, y.SortName+y.ID)
	})
	funders = funders[:min(len(funders), shownFunders)]
	is, err := im.repo.identify(ctx, funders)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, one := range is {
		ids = append(ids, one.ID)
	}
	names, err := im.repo.directory.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, p := range funders {
		res.Who = append(res.Who, FoundIn{p.Name, counts[p.ID], is[i].ID, names[is[i].ID]})
	}
	return res, nil
}
