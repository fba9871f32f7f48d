package tie

import (
	"cmp"
	"slices"

	"piper/internal/store"
)

// Knower is one of us who knows somebody.
type Knower struct {
	AccountID string `json:"accountId"`
	Band      Band   `json:"band" enum:"none,weak,fair,strong"`
}

// Standing is how a stakeholder is known to us.
type Standing struct {
	StakeholderID string     `json:"stakeholderId"`
	Best          Band       `json:"best" enum:"none,weak,fair,strong"`
	Knowers       []Knower   `json:"knowers" nullable:"false" doc:"those of us who are here and know them, the strongest first"`
	Cold          bool       `json:"cold" doc:"somebody had a fair or strong tie, and nobody has now"`
	ColdSince     store.Date `json:"coldSince,omitempty" doc:"when the last such tie fell below fair"`
	Once          []Knower   `json:"once" nullable:"false" doc:"whose ties have gone cold, with the band that they had"`
}

// Group is a stakeholder together with those by way of whom it is known: an organisation by its people.
type Group struct {
	ID      string
	Members []string // the ids whose ties count, its own among them
}

// Standings gives, for each group, who knows it. here says which accounts are still ours: those who have
// left know nobody for us, but what they once had still shows as gone cold.
func Standings(groups []Group, ties []*Tie, here map[string]bool) []Standing {
	byStakeholder := map[string][]*Tie{}
	for _, t := range ties {
		byStakeholder[t.StakeholderID] = append(byStakeholder[t.StakeholderID], t)
	}
	list := make([]Standing, 0, len(groups))
	for _, g := range groups {
		s := Standing{StakeholderID: g.ID, Best: None}
		now, once := map[string]Band{}, map[string]Band{}
		for _, id := range g.Members {
			for _, t := range byStakeholder[id] {
				if here[t.AccountID] && t.Band.Knows() {
					keepBest(now, t.AccountID, t.Band)
				}
				if t.ColdSince != "" {
					keepBest(once, t.AccountID, t.Peak)
					s.ColdSince = max(s.ColdSince, t.ColdSince)
				}
			}
		}
		s.Knowers, s.Once = knowers(now), knowers(once)
		if len(s.Knowers) > 0 {
			s.Best = s.Knowers[0].Band
		}
		if s.Cold = len(once) > 0 && s.Best.rank() < Fair.rank(); !s.Cold {
			s.ColdSince, s.Once = "", []Knower{}
		}
		list = append(list, s)
	}
	return list
}

func keepBest(of map[string]Band, accountID string, band Band) {
	if b, ok := of[accountID]; !ok || band.rank() > b.rank() {
		of[accountID] = band
	}
}

func knowers(of map[string]Band) []Knower {
	list := make([]Knower, 0, len(of))
	for id, band := range of {
		list = append(list, Knower{id, band})
	}
	slices.SortFunc(list, func(a, b Knower) int { return cmp.Or(a.Band.Compare(b.Band), cmp.Compare(a.AccountID, b.AccountID)) })
	return list
}

// Loss is how many stakeholders nobody else would know if one of us left.
type Loss struct {
	AccountID string `json:"accountId"`
	Lost      int    `json:"lost" doc:"known to this account only"`
	Known     int    `json:"known" doc:"known to this account, alone or with others"`
}

// Losses counts for every account that knows somebody, the greatest loss first.
func Losses(standings []Standing) []Loss {
	by := map[string]*Loss{}
	for _, s := range standings {
		for _, k := range s.Knowers {
			if by[k.AccountID] == nil {
				by[k.AccountID] = &Loss{AccountID: k.AccountID}
			}
			by[k.AccountID].Known++
			if len(s.Knowers) == 1 {
				by[k.AccountID].Lost++
			}
		}
	}
	list := make([]Loss, 0, len(by))
	for _, l := range by {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b Loss) int {
		return cmp.Or(b.Lost-a.Lost, b.Known-a.Known, cmp.Compare(a.AccountID, b.AccountID))
	})
	return list
}
