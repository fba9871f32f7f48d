package award

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Funder is a party with what it gave in all.
type Funder struct {
	AwardParty
	Awards      int    `json:"awards"`
	Worth       int64  `json:"worth" doc:"cents; what is not converted is not in it"`
	FirstYear   int    `json:"firstYear"`
	LastYear    int    `json:"lastYear"`
	Is          string `json:"is,omitempty" doc:"the stakeholder that it is"`
	How         string `json:"how,omitempty" enum:",person,match" doc:"how that is known"`
	Stakeholder string `json:"stakeholder,omitempty" doc:"its name"`
}

// FunderPage is a page of funders, those who gave most first.
type FunderPage struct {
	Items []Funder `json:"items" nullable:"false"`
	Total int      `json:"total"`
	Next  string   `json:"next,omitempty"`
}

// overview remembers the sums of all funders until something changes them.
type overview struct {
	mu   sync.Mutex
	rev  int64
	sums []Funder
}

// sums gives all funders of visible awards with what they gave.
func (r *Repo) sums(ctx context.Context) ([]Funder, error) {
	g, err := r.gate(ctx)
	if err != nil {
		return nil, err
	}
	r.overview.mu.Lock()
	defer r.overview.mu.Unlock()
	if r.overview.sums != nil && r.overview.rev == g.Rev {
		return r.overview.sums, nil
	}
	byID := map[string]*Funder{}
	err = r.awards.Each(ctx, g.open(), func(a *Award) error {
		f := entry(byID, a.FunderID, Funder{FirstYear: a.Year})
		f.Awards++
		f.FirstYear, f.LastYear = min(f.FirstYear, a.Year), max(f.LastYear, a.Year)
		if a.Worth != nil {
			f.Worth += a.Worth.Minor
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	list := make([]Funder, 0, len(byID))
	ids := make([]string, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	parties, err := r.partiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for id, p := range parties {
		f := *byID[id]
		f.AwardParty = *p
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Funder) int { return larger(a.Worth, b.Worth, a.SortName+a.ID, b.SortName+b.ID) })
	r.overview.rev, r.overview.sums = g.Rev, list
	return list, nil
}

// FunderSearch says which funders a list shows.
type FunderSearch struct {
	Text   string // words of the name
	Linked string // "yes": those who are stakeholders of ours, "no": the others, "": all
	Sort   string // of FunderSorts; "": "-worth"
}

// FunderSorts says how funders may be ordered, each also downwards with a minus before it. Those who are alike
// stand as by "-worth": who gave most first.
var FunderSorts = map[string]func(a, b *Funder) int{
	"worth":    func(a, b *Funder) int { return cmp.Compare(a.Worth, b.Worth) },
	"name":     func(a, b *Funder) int { return strings.Compare(a.SortName, b.SortName) },
	"awards":   func(a, b *Funder) int { return cmp.Compare(a.Awards, b.Awards) },
	"lastYear": func(a, b *Funder) int { return cmp.Compare(a.LastYear, b.LastYear) },
}

// Funders gives a page of funders, those who gave most first unless a sort is named. The cursor is a place in that order.
func (r *Repo) Funders(ctx context.Context, s FunderSearch, limit int, cursor string) (FunderPage, error) {
	page := FunderPage{Items: []Funder{}}
	from := 0
	if cursor != "" {
		n, err := strconv.Atoi(cursor)
		if err != nil || n < 0 {
			return page, fault.Field("cursor", "This is no cursor of this list.")
		}
		from = n
	}
	if limit <= 0 {
		limit = 50
	}
	list, err := r.funders(ctx, s)
	if err != nil {
		return page, err
	}
	page.Total = len(list)
	from = min(from, len(list))
	to := min(from+limit, len(list))
	page.Items = append(page.Items, list[from:to]...)
	if to < len(list) {
		page.Next = strconv.Itoa(to)
	}
	return page, nil
}

func (r *Repo) funders(ctx context.Context, s FunderSearch) ([]Funder, error) {
	sort, down := strings.CutPrefix(s.Sort, "-")
	order := FunderSorts[sort]
	if order == nil && s.Sort != "" {
		return nil, fault.Field("sort", "%q is not a sort of this list.", s.Sort)
	}
	all, err := r.sums(ctx)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(store.Fold(s.Text))
	var list []Funder
	var ids []string
	for _, f := range all {
		if every(words, f.SortName) {
			list, ids = append(list, f), append(ids, f.ID)
		}
	}
	byID, err := r.partiesByID(ctx, ids) // links change without the gate
	if err != nil {
		return nil, err
	}
	parties := make([]*AwardParty, len(list))
	for i := range list {
		parties[i] = byID[list[i].ID]
		list[i].AwardParty = *parties[i]
	}
	is, err := r.identify(ctx, parties)
	if err != nil {
		return nil, err
	}
	ids = ids[:0]
	for _, one := range is {
		if one.ID != "" {
			ids = append(ids, one.ID)
		}
	}
	names, err := r.directory.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for i, f := range list {
		f.Is, f.How, f.Stakeholder = is[i].ID, is[i].How, names[is[i].ID]
		if s.Linked == "" || (s.Linked == "yes") == (f.Is != "") {
			kept = append(kept, f)
		}
	}
	if order != nil {
		slices.SortStableFunc(kept, func(a, b Funder) int {
			if down {
				return order(&b, &a)
			}
			return order(&a, &b)
		})
	}
	return kept, nil
}

func every(words []string, name string) bool {
	for _, w := range words {
		if !strings.Contains(name, w) {
			return false
		}
	}
	return true
}

// Reconvert looks again at awards that had no rate, or whose rate a day published later may overrule.
func (im *Importer) Reconvert(ctx context.Context) (changed int, err error) {
	r := im.repo
	open, err := r.awards.Find(ctx, filter.Eq{Field: "unsettled", Value: true}, nil, 0)
	if err != nil || len(open) == 0 {
		return 0, err
	}
	first, last := dayOf(open[0].Date, open[0].Year), dayOf(open[0].Date, open[0].Year)
	for _, a := range open {
		first, last = min(first, dayOf(a.Date, a.Year)), max(last, dayOf(a.Date, a.Year))
	}
	convert, err := im.books.Converter(ctx, first, last)
	if err != nil {
		return 0, err
	}
	var settled []*Award
	for _, a := range open {
		was := *a
		if a.Frozen, a.Unsettled, err = convert(a.Amount, dayOf(a.Date, a.Year)); err != nil {
			return 0, err
		}
		if was.Unsettled != a.Unsettled || !was.SameRates(a.Frozen) {
			settled = append(settled, a)
		}
	}
	for part := range slices.Chunk(settled, writeBatch) {
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			if err := r.awards.ReplaceMany(ctx, part); err != nil {
				return err
			}
			return r.moveGate(ctx, func(g *gate) error { g.Turn++; return nil })
		})
		if fault.Is(err, fault.Stale) || fault.Is(err, fault.NotFound) {
			continue // an import or a sweep was first; the next night looks again
		}
		if err != nil {
			return changed, err
		}
		changed += len(part)
	}
	return changed, nil
}
