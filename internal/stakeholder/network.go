package stakeholder

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

const (
	// maxNeighbours bounds how many neighbours are shown at once: more than a picture of one ring can tell apart.
	maxNeighbours = 40
	// maxLinks bounds what is read of each sort of link.
	maxLinks = 500
)

// The kinds of links, in the order in which they count where not all neighbours are shown.
const (
	LinkRelation    = "relation"
	LinkAffiliation = "affiliation"
	LinkParent      = "parent"
	LinkPart        = "part"
)

var linkKinds = []string{LinkRelation, LinkAffiliation, LinkParent, LinkPart}

// Neighbour is a stakeholder right beside another, with everything that links the two today.
type Neighbour struct {
	ID    string        `json:"id"`
	Name  string        `json:"name"`
	Kind  Kind          `json:"kind" enum:"person,organisation,seat"`
	Roles []string      `json:"roles" nullable:"false"`
	Links []NetworkLink `json:"links" nullable:"false"`
}

// NetworkLink is one link, said from the stakeholder in the middle: it "funds", or "is funded by".
type NetworkLink struct {
	Kind     string `json:"kind" enum:"relation,affiliation,parent,part"`
	Words    string `json:"words,omitempty" doc:"of a relation its label as read from the middle, of an affiliation its title"`
	Strength int    `json:"strength,omitempty" doc:"of a relation, from 1 to 5"`
}

// Network is a stakeholder's neighbourhood.
type Network struct {
	Neighbours []Neighbour `json:"neighbours" nullable:"false" doc:"at most 40: relations first, the closest before others; then posts, what it is part of, its parts; by name in each"`
	More       int         `json:"more" doc:"how many more there are, at least"`
}

// Network gives who is linked with a stakeholder today, by relations, posts and the tree. What is in the trash is
// left out. Of each sort at most 500 links are looked at.
func (r *Repo) Network(ctx context.Context, id string) (*Network, error) {
	s, err := r.all.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	links, err := r.linksOf(ctx, s)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(links))
	for other := range links {
		ids = append(ids, other)
	}
	n := &Network{Neighbours: []Neighbour{}}
	err = inChunks(ids, func(part []any) error {
		return r.eachFound(ctx, filter.And{filter.In{Field: "id", Values: part}, notTrashed}, func(s *Stakeholder) error {
			n.Neighbours = append(n.Neighbours, Neighbour{ID: s.ID, Name: s.Name, Kind: s.Kind, Roles: s.Roles, Links: links[s.ID]})
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(n.Neighbours, closerFirst)
	n.More = max(0, len(n.Neighbours)-maxNeighbours)
	n.Neighbours = n.Neighbours[:len(n.Neighbours)-n.More]
	return n, nil
}

// linksOf gives what links a stakeholder with each of its neighbours, what counts most first.
func (r *Repo) linksOf(ctx context.Context, s *Stakeholder) (map[string][]NetworkLink, error) {
	links := map[string][]NetworkLink{}
	relations, err := r.relations.Find(ctx, r.relationsWhere(RelationSearch{StakeholderID: s.ID, State: Current}), nil, maxLinks)
	if err != nil {
		return nil, err
	}
	for _, l := range relations {
		t, _ := relationType(l.Type)
		other, words := l.ObjectID, t.Label
		if l.ObjectID == s.ID {
			other, words = l.SubjectID, t.Back
		}
		links[other] = append(links[other], NetworkLink{Kind: LinkRelation, Words: cmp.Or(words, l.Type), Strength: l.Strength})
	}
	where, err := r.affiliationsWhere(ctx, AffiliationSearch{StakeholderID: s.ID, State: Current})
	if err != nil {
		return nil, err
	}
	posts, err := r.affiliations.Find(ctx, where, nil, maxLinks)
	if err != nil {
		return nil, err
	}
	for _, a := range posts {
		other := a.AtID
		if a.AtID == s.ID {
			other = a.PersonID
		}
		links[other] = append(links[other], NetworkLink{Kind: LinkAffiliation, Words: a.Title})
	}
	parts, err := r.all.Find(ctx, filter.And{filter.Eq{Field: "parentId", Value: s.ID}, notTrashed}, []driver.Key{{Path: "sortName"}}, maxLinks)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		links[p.ID] = append(links[p.ID], NetworkLink{Kind: LinkPart})
	}
	if s.ParentID != "" {
		links[s.ParentID] = append(links[s.ParentID], NetworkLink{Kind: LinkParent})
	}
	for _, list := range links {
		slices.SortFunc(list, func(a, b NetworkLink) int {
			return cmp.Or(rank(a)-rank(b), b.Strength-a.Strength, compare(a.Words, b.Words))
		})
	}
	return links, nil
}

func rank(l NetworkLink) int { return slices.Index(linkKinds, l.Kind) }

func closerFirst(a, b Neighbour) int {
	return cmp.Or(rank(a.Links[0])-rank(b.Links[0]), b.Links[0].Strength-a.Links[0].Strength, compare(a.Name, b.Name), compare(a.ID, b.ID))
}
