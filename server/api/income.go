package api

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/list"
	"piper/internal/store"
)

// maxMatches bounds how many donors the words of a search may stand for.
const maxMatches = 500

// IncomeFilter is what narrows a list of income. It is exported because huma does not look into embedded
// structs that are not.
type IncomeFilter struct {
	Year        int    `query:"year" doc:"fiscal year"`
	DonorID     string `query:"donorId" maxLength:"60" doc:"who paid; with view=ultimate, whose money it is"`
	UltimateID  string `query:"ultimateDonorId" maxLength:"60" doc:"whose money it is; the top of a tree stands for all of it, as in reports"`
	View        string `query:"view" enum:"direct,ultimate" doc:"how donorId is meant; direct unless told"`
	Earmarking  string `query:"earmarking" enum:"unearmarked,soft,earmarked,tight"`
	Restriction string `query:"restriction" enum:"unrestricted,designated,restricted"`
	SourceType  string `query:"sourceType" enum:"eu,government,igo,foundation,corporate,membership,services,public,other"`
	ImportID    string `query:"importId" maxLength:"60"`
	Where       string `query:"where" maxLength:"16000" doc:"a filter as a JSON list: [\"and\",[\"year\",\"is\",2025],[\"worth\",\"atLeast\",50000]]"`
}

// incomeFields is what income may be filtered by.
func (a *API) incomeFields(ctx context.Context) list.Fields {
	return finance.Fields(a.Reports.Fiscal(), a.Reporting, a.families(ctx))
}

// families gives a function that gives the ids of a stakeholder and, where it is the top of its tree, of everyone in that:
// as reports roll up. It reads the trees once, however often it is called, and not before.
func (a *API) families(ctx context.Context) func(id string) ([]string, error) {
	trees := sync.OnceValues(func() (map[string]string, error) { return a.Stakeholders.Roots(ctx) })
	return func(id string) ([]string, error) {
		roots, err := trees()
		return familyOf(roots, id), err
	}
}

func familyOf(roots map[string]string, id string) []string {
	family := []string{id}
	for part, root := range roots {
		if root == id && part != root {
			family = append(family, part)
		}
	}
	slices.Sort(family[1:]) // the same filter each time, as the cursor of a page belongs to one
	return family
}

// incomeSearch turns a filter and the words of a search into what the books understand. Words find
// donors by name, and the lines that they paid.
func (a *API) incomeSearch(ctx context.Context, f IncomeFilter, words string) (finance.Search, error) {
	s := finance.Search{Earmarking: finance.Earmarking(f.Earmarking), Restriction: finance.Restriction(f.Restriction),
		SourceType: finance.SourceType(f.SourceType), ImportID: f.ImportID}
	where, err := a.incomeFields(ctx).Where(f.Where)
	if err != nil {
		return s, err
	}
	s.Where = where
	if f.Year != 0 {
		if f.Year < 1950 || f.Year > 2100 {
			return s, fault.Field("year", "%d is not a year between 1950 and 2100.", f.Year)
		}
		s.From, s.Before = a.Reports.Fiscal().Range(f.Year, f.Year)
	}
	if f.View == string(finance.Ultimate) && f.UltimateID == "" {
		f.UltimateID, f.DonorID = f.DonorID, ""
	}
	if f.DonorID != "" {
		s.Donors = []string{f.DonorID}
	}
	if f.UltimateID != "" {
		family, err := a.families(ctx)(f.UltimateID)
		if err != nil {
			return s, err
		}
		s.Ultimates = family
	}
	if words != "" {
		ids, err := a.Stakeholders.Matching(ctx, words, maxMatches)
		if err != nil {
			return s, err
		}
		s.Donors = meet(s.Donors, ids)
	}
	return s, nil
}

// meet gives the ids that are in both lists; a first list that is nil does not narrow.
func meet(first, second []string) []string {
	if first == nil {
		return append([]string{}, second...)
	}
	both := []string{}
	for _, a := range first {
		for _, b := range second {
			if a == b {
				both = append(both, a)
			}
		}
	}
	return both
}

// incomeLine is a line with the names of its donors, as they are called today.
type incomeLine struct {
	finance.Income
	DonorName         string `json:"donorName"`
	UltimateDonorName string `json:"ultimateDonorName"`
	Closed            bool   `json:"closed,omitempty" doc:"its fiscal year is closed: it is corrected by a reversal only"`
	Reversed          bool   `json:"reversed,omitempty" doc:"another line takes it back"`
}

type listIncomeInput struct {
	ListInput
	IncomeFilter
}

type incomePage struct {
	Items        []incomeLine `json:"items" nullable:"false"`
	Total        int          `json:"total"`
	TotalIsFloor bool         `json:"totalIsFloor,omitempty"`
	Next         string       `json:"next,omitempty"`
}

type listIncomeOutput struct{ Body incomePage }

func (a *API) listIncome(ctx context.Context, in *listIncomeInput) (*listIncomeOutput, error) {
	input, words := in.ListInput, in.Q
	input.Q = "" // the words find donors, not lines
	q, err := input.query(finance.Sorts, "-date")
	if err != nil {
		return nil, err
	}
	search, err := a.incomeSearch(ctx, in.IncomeFilter, words)
	if err != nil {
		return nil, err
	}
	page, err := a.Finance.Page(ctx, search, q)
	if err != nil {
		return nil, err
	}
	lines, err := a.standing(ctx, page.Items, map[string]string{})
	return &listIncomeOutput{incomePage{lines, page.Total, page.TotalIsFloor, page.Next}}, err
}

// named adds the donors' names to lines; known keeps them for the next call.
func (a *API) named(ctx context.Context, lines []*finance.Income, known map[string]string) ([]incomeLine, error) {
	var missing []string
	for _, l := range lines {
		for _, id := range [...]string{l.DonorID, l.UltimateDonorID} {
			if _, ok := known[id]; !ok {
				known[id] = ""
				missing = append(missing, id)
			}
		}
	}
	if len(missing) > 0 {
		names, err := a.Stakeholders.Names(ctx, missing)
		if err != nil {
			return nil, err
		}
		for id, name := range names {
			known[id] = name
		}
	}
	out := make([]incomeLine, len(lines))
	for i, l := range lines {
		out[i] = incomeLine{Income: *l, DonorName: known[l.DonorID], UltimateDonorName: known[l.UltimateDonorID]}
	}
	return out, nil
}

// standing is named, with whether a line can still be changed.
func (a *API) standing(ctx context.Context, lines []*finance.Income, known map[string]string) ([]incomeLine, error) {
	out, err := a.named(ctx, lines, known)
	if err != nil {
		return nil, err
	}
	closed, reversed, err := a.Finance.Standing(ctx, lines)
	for i := range out {
		out[i].Closed, out[i].Reversed = closed[out[i].ID], reversed[out[i].ID]
	}
	return out, err
}

// queryYear reads a year of a raw route.
func queryYear(c *gin.Context, name string, standard int) (int, error) {
	text := c.Query(name)
	if text == "" {
		return standard, nil
	}
	year, err := strconv.Atoi(text)
	if err != nil {
		return 0, fault.Field(name, "%q is not a year.", text)
	}
	return year, nil
}

type listIncomeImportsInput struct {
	PageInput
	Kind string `query:"kind" enum:"income,gifts" doc:"what the files were of; all where it is not said"`
}

type listImportsOutput struct{ Body store.Page[finance.Import] }

func (a *API) listImports(ctx context.Context, in *listIncomeImportsInput) (*listImportsOutput, error) {
	page, err := a.Finance.Imports(ctx, finance.ImportKind(in.Kind), in.query())
	return &listImportsOutput{page}, err
}

type importOutput struct{ Body *finance.Import }

func (a *API) revertImport(ctx context.Context, in *IDInput) (*importOutput, error) {
	imp, err := a.Finance.Revert(ctx, in.ID)
	return &importOutput{imp}, err
}
