package award

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// How a party is known to be a stakeholder.
const (
	ByPerson = "person" // somebody has said so
	ByMatch  = "match"  // by its number, or by name and country
)

func (p *AwardParty) organisation() Organisation {
	return Organisation{Name: p.Name, ID: p.OrgID, Country: p.Country}
}

// PartiesOf gives the parties that are a stakeholder, or part of one that is the top of a tree.
func (r *Repo) PartiesOf(ctx context.Context, stakeholderID string) ([]*AwardParty, error) {
	family, err := r.directory.Family(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	found := map[string]*AwardParty{}
	for part := range slices.Chunk(family, chunk) {
		said, err := r.parties.Find(ctx, filter.In{Field: "stakeholderId", Values: anys(part)}, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, p := range said {
			found[p.ID] = p
		}
	}
	likely, err := r.likely(ctx, family)
	if err != nil {
		return nil, err
	}
	is, err := r.identify(ctx, likely)
	if err != nil {
		return nil, err
	}
	for i, p := range likely {
		if slices.Contains(family, is[i].ID) {
			found[p.ID] = p
		}
	}
	list := make([]*AwardParty, 0, len(found))
	for _, p := range found {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *AwardParty) int { return compare(a.SortName, b.SortName, a.ID, b.ID) })
	return list, nil
}

// likely gives the parties of which nobody has said who they are, with a number or a name of one of the family.
func (r *Repo) likely(ctx context.Context, family []string) ([]*AwardParty, error) {
	var numbers, names []string
	for _, id := range family {
		identity, ids, err := r.directory.Identity(ctx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, ids...)
		names = append(names, store.Fold(identity.Name))
	}
	var list []*AwardParty
	for _, by := range []struct {
		field  string
		values []string
	}{{"orgId", numbers}, {"sortName", names}} {
		for part := range slices.Chunk(by.values, chunk) {
			found, err := r.parties.Find(ctx, filter.And{filter.In{Field: by.field, Values: anys(part)}, filter.Not{Expr: filter.Exists{Field: "stakeholderId"}}}, nil, 0)
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
		}
	}
	return list, nil
}

// Identified says which stakeholder a party is, and how that is known. Both are empty where nobody knows.
type Identified struct{ ID, How string }

// identify says of each party which stakeholder it is.
func (r *Repo) identify(ctx context.Context, parties []*AwardParty) ([]Identified, error) {
	out := make([]Identified, len(parties))
	var open []int
	var ask []Organisation
	for i, p := range parties {
		switch {
		case p.StakeholderID != "":
			out[i] = Identified{p.StakeholderID, ByPerson}
		case !p.Nobody:
			open, ask = append(open, i), append(ask, p.organisation())
		}
	}
	if len(ask) == 0 {
		return out, nil
	}
	same, err := r.directory.Same(ctx, ask)
	if err != nil {
		return nil, err
	}
	for j, i := range open {
		if same[j] != "" {
			out[i] = Identified{same[j], ByMatch}
		}
	}
	return out, nil
}

// Who says which stakeholder a party is, with its name; both are empty where nobody knows.
func (r *Repo) Who(ctx context.Context, p *AwardParty) (is Identified, name string, err error) {
	list, err := r.identify(ctx, []*AwardParty{p})
	if err != nil || list[0].ID == "" {
		return Identified{}, "", err
	}
	names, err := r.directory.Names(ctx, []string{list[0].ID})
	return list[0], names[list[0].ID], err
}

// Party gives one party.
func (r *Repo) Party(ctx context.Context, id string) (*AwardParty, error) {
	return r.parties.Get(ctx, id)
}

// Link says which stakeholder a party is; "" with nobody says that it is none of ours, and "" without leaves it to
// the numbers and names again. Stale where the party has changed since revision rev.
func (r *Repo) Link(ctx context.Context, id string, rev int64, stakeholderID string, nobody bool) (*AwardParty, error) {
	if stakeholderID != "" {
		names, err := r.directory.Names(ctx, []string{stakeholderID})
		if err != nil {
			return nil, err
		}
		if _, ok := names[stakeholderID]; !ok {
			return nil, fault.Field("stakeholderId", "There is no stakeholder %s.", stakeholderID)
		}
	}
	var saved *AwardParty
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = r.parties.UpdateAt(ctx, id, rev, func(p *AwardParty) error {
			p.StakeholderID, p.Nobody = stakeholderID, nobody && stakeholderID == ""
			return nil
		})
		return err
	})
	return saved, err
}

func compare(a, b, idA, idB string) int {
	switch {
	case a != b && a < b, a == b && idA < idB:
		return -1
	case a == b && idA == idB:
		return 0
	}
	return 1
}
