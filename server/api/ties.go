package api

import (
	"context"
	"maps"
	"slices"

	"piper/internal/account"
	"piper/internal/stakeholder"
	"piper/internal/tie"
)

// tieView is a tie as the page of a stakeholder shows it.
type tieView struct {
	*tie.Known
	AccountName     string `json:"accountName"`
	Left            bool   `json:"left" doc:"the account is closed"`
	StakeholderName string `json:"stakeholderName" doc:"of an organisation's tie: the person by way of whom it is known"`
}

type tieListOutput struct {
	Body struct {
		Items []tieView `json:"items" nullable:"false"`
	}
}

// listTies gives who knows a stakeholder; an organisation is known also by way of its people, a seat by way
// of whoever holds it.
func (a *API) listTies(ctx context.Context, in *IDInput) (*tieListOutput, error) {
	one, err := a.Stakeholders.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	names := map[string]string{one.ID: one.Name}
	group, err := a.group(ctx, one, names)
	if err != nil {
		return nil, err
	}
	known, err := a.Ties.Of(ctx, group.Members)
	if err != nil {
		return nil, err
	}
	us, err := a.colleagues(ctx)
	if err != nil {
		return nil, err
	}
	out := &tieListOutput{}
	out.Body.Items = make([]tieView, 0, len(known))
	for _, k := range known {
		who := us[k.AccountID]
		out.Body.Items = append(out.Body.Items, tieView{k, who.Name, who.Closed, names[k.StakeholderID]})
	}
	return out, nil
}

// group gives those whose ties count for a stakeholder and, where names is not nil, puts their names into it.
func (a *API) group(ctx context.Context, one *stakeholder.Stakeholder, names map[string]string) (tie.Group, error) {
	g := tie.Group{ID: one.ID, Members: []string{one.ID}}
	if one.Kind == stakeholder.Person {
		return g, nil
	}
	people := stakeholder.Search{Kind: string(stakeholder.Person), ParentID: one.ID}
	err := a.Stakeholders.Walk(ctx, people, "", nil, func(s *stakeholder.Stakeholder) error {
		g.Members = append(g.Members, s.ID)
		return nil
	})
	if err != nil {
		return g, err
	}
	holders := stakeholder.AffiliationSearch{WithinID: one.ID, State: stakeholder.Current}
	err = a.Stakeholders.EachAffiliation(ctx, holders, "", func(list []*stakeholder.Affiliation) error {
		for _, post := range list {
			if !slices.Contains(g.Members, post.PersonID) {
				g.Members = append(g.Members, post.PersonID)
			}
		}
		return nil
	})
	if err != nil || names == nil {
		return g, err
	}
	known, err := a.Stakeholders.Names(ctx, g.Members)
	maps.Copy(names, known)
	return g, err
}

// colleagues gives every account by its id.
func (a *API) colleagues(ctx context.Context) (map[string]*account.Account, error) {
	us := map[string]*account.Account{}
	for cursor := ""; ; {
		page, err := a.Accounts.List(ctx, 500, cursor)
		if err != nil {
			return nil, err
		}
		for _, one := range page.Items {
			us[one.ID] = one
		}
		if cursor = page.Next; cursor == "" {
			return us, nil
		}
	}
}

// KeyInput says which stakeholders are the key ones.
type KeyInput struct {
	Tag  string `query:"tag" maxLength:"60" doc:"those with this tag; \"key\" unless a tag or a role is given"`
	Role string `query:"role" maxLength:"30" doc:"those with this role"`
}

func (in KeyInput) search() stakeholder.Search {
	if in.Tag == "" && in.Role == "" {
		in.Tag = "key"
	}
	return stakeholder.Search{Tag: in.Tag, Role: in.Role}
}

// knownAs is how a stakeholder is known to us, with names.
type knownAs struct {
	tie.Standing
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"person,organisation,seat"`
	Roles    []string `json:"roles" nullable:"false"`
	Accounts []named  `json:"accounts" nullable:"false" doc:"the names of the accounts in knowers and once"`
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// standings says how the stakeholders of a search are known, in order of name.
func (a *API) standings(ctx context.Context, search stakeholder.Search) ([]knownAs, map[string]*account.Account, error) {
	var groups []tie.Group
	var people []*stakeholder.Stakeholder
	err := a.Stakeholders.Walk(ctx, search, "", nil, func(s *stakeholder.Stakeholder) error {
		g, err := a.group(ctx, s, nil)
		groups, people = append(groups, g), append(people, s)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	us, err := a.colleagues(ctx)
	if err != nil {
		return nil, nil, err
	}
	ties, err := a.Ties.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	here := map[string]bool{}
	for id, who := range us {
		here[id] = !who.Closed
	}
	list := make([]knownAs, 0, len(groups))
	for i, s := range tie.Standings(groups, ties, here) {
		k := knownAs{Standing: s, Name: people[i].Name, Kind: string(people[i].Kind), Roles: people[i].Roles, Accounts: []named{}}
		for _, of := range [][]tie.Knower{s.Knowers, s.Once} {
			for _, w := range of {
				if who := us[w.AccountID]; who != nil && !slices.Contains(k.Accounts, named{who.ID, who.Name}) {
					k.Accounts = append(k.Accounts, named{who.ID, who.Name})
				}
			}
		}
		list = append(list, k)
	}
	slices.SortStableFunc(list, func(a, b knownAs) int { return compareNames(a.Name, b.Name) })
	return list, us, nil
}

type coldOutput struct {
	Body struct {
		Items []knownAs `json:"items" nullable:"false"`
		Total int       `json:"total"`
		Keys  int       `json:"keys" doc:"how many key stakeholders there are"`
	}
}

// coldTies lists the key stakeholders whom somebody knew well and nobody does now, the latest first.
func (a *API) coldTies(ctx context.Context, in *KeyInput) (*coldOutput, error) {
	all, _, err := a.standings(ctx, in.search())
	if err != nil {
		return nil, err
	}
	out := &coldOutput{}
	out.Body.Keys, out.Body.Items = len(all), []knownAs{}
	for _, k := range all {
		if k.Cold {
			out.Body.Items = append(out.Body.Items, k)
		}
	}
	slices.SortStableFunc(out.Body.Items, func(a, b knownAs) int { return -compareNames(string(a.ColdSince), string(b.ColdSince)) })
	out.Body.Total = len(out.Body.Items)
	return out, nil
}
