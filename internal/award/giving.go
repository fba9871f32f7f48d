package award

import (
	"context"
	"slices"
	"strings"

	"piper/internal/money"
	"piper/internal/store/filter"
)

// Giving is what a funder has given, as far as imported awards tell. Sums are hundredths of the reporting currency; awards that are
// not converted count as awards and are in no sum.
type Giving struct {
	Awards       int            `json:"awards"`
	Worth        int64          `json:"worth" doc:"hundredths of the reporting currency, as are all sums"`
	Persons      int            `json:"persons" doc:"of the awards, those to persons"`
	NotConverted int            `json:"notConverted"`
	Years        []YearSum      `json:"years" nullable:"false" doc:"every year from the first to the last"`
	Countries    []CountryShare `json:"countries" nullable:"false" doc:"the largest first; an award for several countries is split evenly among them"`
	Sizes        *Sizes         `json:"sizes,omitempty" doc:"absent where there is no positive award with a worth"`
	Recipients   []Received     `json:"recipients" nullable:"false" doc:"those who got most"`
	Members      []Received     `json:"members" nullable:"false" doc:"our members among all recipients"`
	Known        []FunderAlias  `json:"known" nullable:"false" doc:"as what the sources know the funder"`
}

// YearSum is one year.
type YearSum struct {
	Year   int   `json:"year"`
	Awards int   `json:"awards"`
	Worth  int64 `json:"worth"`
}

// CountryShare is what went to one country; "" where the source does not say.
type CountryShare struct {
	Country string `json:"country"`
	Awards  int    `json:"awards"`
	Worth   int64  `json:"worth"`
}

// Sizes describes how large awards are: those with a positive worth. Quartiles are by linear interpolation between
// the two nearest awards (Hyndman and Fan 1996, type 7), rounded to the cent.
type Sizes struct {
	Count    int   `json:"count"`
	Smallest int64 `json:"smallest"`
	Lower    int64 `json:"lower" doc:"a quarter of the awards is smaller"`
	Median   int64 `json:"median"`
	Upper    int64 `json:"upper" doc:"a quarter of the awards is larger"`
	Largest  int64 `json:"largest"`
}

// Received is what one organisation got.
type Received struct {
	PartyID       string `json:"partyId"`
	Name          string `json:"name"`
	StakeholderID string `json:"stakeholderId,omitempty"`
	Awards        int    `json:"awards"`
	Worth         int64  `json:"worth"`
	LastYear      int    `json:"lastYear"`
}

// FunderAlias is a party that the funder is.
type FunderAlias struct {
	PartyID string `json:"partyId"`
	Name    string `json:"name"`
	OrgID   string `json:"orgId,omitempty"`
	How     string `json:"how" enum:"person,match"`
}

// topRecipients is how many recipients a page shows.
const topRecipients = 15

// Summarise adds awards up. Members and Known are left to the caller.
func Summarise(awards []*Award) Giving {
	g := Giving{Years: []YearSum{}, Countries: []CountryShare{}, Recipients: []Received{}, Members: []Received{}, Known: []FunderAlias{}}
	years, where, got := map[int]*YearSum{}, map[string]*CountryShare{}, map[string]*Received{}
	var sizes []int64
	for _, a := range awards {
		g.Awards++
		worth := int64(0)
		if a.Worth == nil {
			g.NotConverted++
		} else if worth = a.Worth.Minor; worth > 0 {
			sizes = append(sizes, worth)
		}
		g.Worth += worth
		y := entry(years, a.Year, YearSum{Year: a.Year})
		y.Awards, y.Worth = y.Awards+1, y.Worth+worth
		if a.Person {
			g.Persons++
			continue
		}
		places := a.Countries
		if len(places) == 0 {
			places = []string{""}
		}
		for i, part := range evenly(worth, len(places)) {
			s := entry(where, places[i], CountryShare{Country: places[i]})
			s.Awards, s.Worth = s.Awards+1, s.Worth+part
		}
		if a.RecipientID != "" {
			r := entry(got, a.RecipientID, Received{PartyID: a.RecipientID, Name: a.RecipientName})
			r.Awards, r.Worth, r.LastYear = r.Awards+1, r.Worth+worth, max(r.LastYear, a.Year)
		}
	}
	g.Years, g.Sizes = span(years), sizesOf(sizes)
	for _, s := range where {
		g.Countries = append(g.Countries, *s)
	}
	slices.SortFunc(g.Countries, func(a, b CountryShare) int { return larger(a.Worth, b.Worth, a.Country, b.Country) })
	for _, r := range got {
		g.Recipients = append(g.Recipients, *r)
	}
	slices.SortFunc(g.Recipients, func(a, b Received) int { return larger(a.Worth, b.Worth, a.Name+a.PartyID, b.Name+b.PartyID) })
	return g
}

func entry[K comparable, V any](m map[K]*V, key K, empty V) *V {
	if m[key] == nil {
		m[key] = &empty
	}
	return m[key]
}

func larger(a, b int64, x, y string) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return strings.Compare(x, y)
}

// evenly parts an amount; the parts add up to it.
func evenly(amount int64, n int) []int64 {
	weights := make([]int64, n)
	for i := range weights {
		weights[i] = 1
	}
	return money.Split(amount, weights)
}

// span lists every year from the first to the last, those without an award too.
func span(years map[int]*YearSum) []YearSum {
	if len(years) == 0 {
		return []YearSum{}
	}
	first, last := maxYear, minYear
	for y := range years {
		first, last = min(first, y), max(last, y)
	}
	list := make([]YearSum, 0, last-first+1)
	for y := first; y <= last; y++ {
		list = append(list, *entry(years, y, YearSum{Year: y}))
	}
	return list
}

func sizesOf(list []int64) *Sizes {
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	return &Sizes{Count: len(list), Smallest: list[0], Lower: quantile(list, 1), Median: quantile(list, 2), Upper: quantile(list, 3), Largest: list[len(list)-1]}
}

// quantile gives the value below which so many quarters of the sorted list lie.
func quantile(list []int64, quarters int) int64 {
	at := (len(list) - 1) * quarters // in quarters of a place
	i, rest := at/4, int64(at%4)
	if rest == 0 {
		return list[i]
	}
	return list[i] + ((list[i+1]-list[i])*rest+2)/4
}

// GivingOf tells what a stakeholder has given, with our members among those who got it.
func (r *Repo) GivingOf(ctx context.Context, stakeholderID string) (*Giving, error) {
	parties, err := r.PartiesOf(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	g, err := r.givingOf(ctx, parties)
	if err != nil {
		return nil, err
	}
	how, err := r.identify(ctx, parties)
	if err != nil {
		return nil, err
	}
	for i, p := range parties {
		g.Known = append(g.Known, FunderAlias{p.ID, p.Name, p.OrgID, how[i].How})
	}
	return g, nil
}

// GivingOfParty tells the same of one organisation of the sources, whether it is a stakeholder or not; Known is empty.
func (r *Repo) GivingOfParty(ctx context.Context, id string) (*Giving, error) {
	p, err := r.parties.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return r.givingOf(ctx, []*AwardParty{p})
}

func (r *Repo) givingOf(ctx context.Context, parties []*AwardParty) (*Giving, error) {
	var awards []*Award
	if len(parties) > 0 {
		open, err := r.open(ctx)
		if err != nil {
			return nil, err
		}
		err = r.awards.Each(ctx, append(open, filter.In{Field: "funderId", Values: idsOf(parties)}), func(a *Award) error {
			awards = append(awards, a)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	g := Summarise(awards)
	if err := r.meetMembers(ctx, &g); err != nil {
		return nil, err
	}
	g.Recipients = g.Recipients[:min(len(g.Recipients), topRecipients)]
	return &g, nil
}

// meetMembers says who of the recipients are stakeholders, and which of them our members.
func (r *Repo) meetMembers(ctx context.Context, g *Giving) error {
	members, err := r.directory.Members(ctx)
	if err != nil {
		return err
	}
	ids := make([]string, len(g.Recipients))
	for i := range g.Recipients {
		ids[i] = g.Recipients[i].PartyID
	}
	byID, err := r.partiesByID(ctx, ids)
	if err != nil {
		return err
	}
	var list []*AwardParty
	var at []int
	for i := range g.Recipients {
		if p := byID[g.Recipients[i].PartyID]; p != nil {
			list, at = append(list, p), append(at, i)
		}
	}
	is, err := r.identify(ctx, list)
	if err != nil {
		return err
	}
	united := map[string]*Received{}
	for j, i := range at {
		one := &g.Recipients[i]
		one.StakeholderID = is[j].ID
		name, ours := members[one.StakeholderID]
		if !ours {
			continue
		}
		m := entry(united, one.StakeholderID, Received{PartyID: one.PartyID, Name: name, StakeholderID: one.StakeholderID})
		m.Awards, m.Worth, m.LastYear = m.Awards+one.Awards, m.Worth+one.Worth, max(m.LastYear, one.LastYear)
	}
	for _, m := range united {
		g.Members = append(g.Members, *m)
	}
	slices.SortFunc(g.Members, func(a, b Received) int { return larger(a.Worth, b.Worth, a.Name, b.Name) })
	return nil
}
