package award

import (
	"context"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// AwardPlan shows what was understood of a file.
type AwardPlan struct {
	Who     []FoundIn `json:"who" nullable:"false" doc:"the funders of the file, those with most awards first"`
	Preview []*Award  `json:"preview" nullable:"false" doc:"the first awards as they were understood"`
}

// FoundIn is a funder of a file.
type FoundIn struct {
	Name          string `json:"name"`
	Awards        int    `json:"awards"`
	StakeholderID string `json:"stakeholderId,omitempty"`
	Stakeholder   string `json:"stakeholder,omitempty"`
}

// storedPlan is what is kept of it, under the id of the import. Who a funder is follows from the day on which one looks.
type storedPlan struct {
	store.Meta
	Who     []foundFunder `json:"who"`
	Preview []*Award      `json:"preview"`
}

type foundFunder struct {
	Key     string `json:"key"`
	Name    string `json:"name"`
	OrgID   string `json:"orgId,omitempty"`
	Country string `json:"country,omitempty"`
	Awards  int    `json:"awards"`
}

// How much of a file a plan shows.
const (
	shownAwards  = 20
	shownFunders = 50
)

// shown gives what is kept of a file to be looked at.
func (b *batch) shown() ([]foundFunder, []*Award) {
	counts := map[string]int{}
	for _, a := range b.awards {
		counts[a.FunderID]++
	}
	who := []foundFunder{}
	for _, p := range b.parties {
		if n := counts[p.ID]; n > 0 {
			who = append(who, foundFunder{p.Key, p.Name, p.OrgID, p.Country, n})
		}
	}
	slices.SortFunc(who, func(x, y foundFunder) int {
		if d := y.Awards - x.Awards; d != 0 {
			return d
		}
		return strings.Compare(store.Fold(x.Name)+x.Key, store.Fold(y.Name)+y.Key)
	})
	return who[:min(len(who), shownFunders)], b.awards[:min(len(b.awards), shownAwards)]
}

// Plan gives what was understood of the file of an import; NotFound before it was read.
func (r *Repo) Plan(ctx context.Context, importID string) (*AwardPlan, error) {
	kept, err := r.plans.Get(ctx, importID)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "The file of this import has not been read.")
	}
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(kept.Who))
	for i, f := range kept.Who {
		keys[i] = f.Key
	}
	known, err := r.byKeys(ctx, keys)
	if err != nil {
		return nil, err
	}
	parties := make([]*AwardParty, len(kept.Who))
	for i, f := range kept.Who {
		if parties[i] = known[f.Key]; parties[i] == nil {
			parties[i] = &AwardParty{Key: f.Key, Name: f.Name, OrgID: f.OrgID, Country: f.Country}
		}
	}
	is, err := r.identify(ctx, parties)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(is))
	for i, one := range is {
		ids[i] = one.ID
	}
	names, err := r.directory.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	plan := &AwardPlan{Who: []FoundIn{}, Preview: kept.Preview}
	for i, f := range kept.Who {
		plan.Who = append(plan.Who, FoundIn{f.Name, f.Awards, is[i].ID, names[is[i].ID]})
	}
	return plan, nil
}

// Forget removes the files that wait, as it cannot be told who is named in them; they can be sent again. dry counts and
// changes nothing. It gives how many there were.
func (r *Repo) Forget(ctx context.Context, dry bool) (int, error) {
	kept, err := r.files.Kept(ctx)
	if err != nil || dry {
		return len(kept), err
	}
	for id := range kept {
		if err := r.files.Remove(ctx, id); err != nil {
			return 0, err
		}
	}
	return len(kept), nil
}
