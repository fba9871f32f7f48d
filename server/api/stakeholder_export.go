package api

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/sheet"
	"piper/internal/stakeholder"
)

// stakeholderColumns is what a list of stakeholders can show. parent gives the name of an organisation.
func stakeholderColumns(parent func(id string) string) []column[stakeholder.Stakeholder] {
	type one = stakeholder.Stakeholder
	return []column[one]{
		{"name", "Name", 40, func(s *one) sheet.Cell { return s.Name }},
		{"kind", "Kind", 14, func(s *one) sheet.Cell { return string(s.Kind) }},
		{"roles", "Roles", 22, func(s *one) sheet.Cell { return strings.Join(s.Roles, "; ") }},
		{"country", "Country", 9, func(s *one) sheet.Cell { return s.Country }},
		{"email", "Email", 32, func(s *one) sheet.Cell { return strings.Join(s.Addresses(), "; ") }},
		{"phone", "Phone", 20, func(s *one) sheet.Cell { return phones(s) }},
		{"website", "Website", 28, func(s *one) sheet.Cell { return s.Website }},
		{"tags", "Tags", 24, func(s *one) sheet.Cell { return strings.Join(s.Tags, "; ") }},
		{"parent", "Part of", 32, func(s *one) sheet.Cell { return parent(s.ParentID) }},
		{"notes", "Notes", 50, func(s *one) sheet.Cell { return s.Notes }},
		{"createdAt", "Added", 17, func(s *one) sheet.Cell { return s.CreatedAt.Time() }},
		{"updatedAt", "Changed", 17, func(s *one) sheet.Cell { return s.UpdatedAt.Time() }},
		{"id", "Id", 28, func(s *one) sheet.Cell { return s.ID }},
	}
}

func phones(s *stakeholder.Stakeholder) string {
	list := make([]string, len(s.Phones))
	for i, p := range s.Phones {
		list[i] = p.Number
	}
	return strings.Join(list, "; ")
}

// stakeholderExport reads which stakeholders an address asks for, and what of them.
func (a *API) stakeholderExport(c *gin.Context) (export[stakeholder.Stakeholder], error) {
	ctx := c.Request.Context()
	e := export[stakeholder.Stakeholder]{name: "stakeholders", title: "Stakeholders", columns: stakeholderColumns(a.parentName(ctx)), cells: stakeholderCells,
		names: []string{"id", "kind", "name", "roles", "country", "emails", "phones", "website", "tags", "parent_id", "notes", "created_at", "updated_at",
			"other_names", "external_ids", "source_type", "due_diligence", "igo_body", "mep_group", "mep_committees", "causes", "lawful_basis", "basis_source", "basis_date"}}
	search, err := StakeholderFilter{Kind: c.Query("kind"), Role: c.Query("role"), Country: c.Query("country"), Tag: c.Query("tag"),
		Parent: c.Query("parentId"), Trashed: c.Query("trashed") == "true", Where: c.Query("where")}.search()
	if err != nil {
		return e, err
	}
	q, err := ListInput{Sort: c.Query("sort"), Q: c.Query("q")}.query(stakeholder.Sorts, "name")
	e.walk = func(fn func(*stakeholder.Stakeholder) error) error {
		return a.Stakeholders.Walk(ctx, search, q.Text, q.Sort, fn)
	}
	return e, err
}

// parentName gives names of organisations, each asked for once.
func (a *API) parentName(ctx context.Context) func(id string) string {
	known := map[string]string{"": ""}
	return func(id string) string {
		name, ok := known[id]
		if !ok {
			names, _ := a.Stakeholders.Names(ctx, []string{id}) // without a name the cell stays empty
			name = names[id]
			known[id] = name
		}
		return name
	}
}

func stakeholderCells(s *stakeholder.Stakeholder) []string {
	return append([]string{s.ID, string(s.Kind), s.Name, strings.Join(s.Roles, "; "), s.Country, strings.Join(s.Addresses(), "; "),
		phones(s), s.Website, strings.Join(s.Tags, "; "), s.ParentID, s.Notes, string(s.CreatedAt), string(s.UpdatedAt)}, detailCells(s)...)
}

// detailCells are the columns of an export that few records fill.
func detailCells(s *stakeholder.Stakeholder) []string {
	donor, igo, mep, movement, basis := orEmpty(s.Donor), orEmpty(s.IGO), orEmpty(s.MEP), orEmpty(s.Movement), orEmpty(s.Basis)
	return []string{
		joined(s.OtherNames, func(n stakeholder.OtherName) string { return n.Name }),
		joined(s.ExternalIDs, func(id stakeholder.ExternalID) string { return id.Scheme + " " + id.Value }),
		donor.SourceType, donor.DueDiligence, igo.Body, mep.Group, strings.Join(mep.Committees, "; "),
		strings.Join(movement.Causes, "; "), basis.LawfulBasis, basis.Source, string(basis.Date),
	}
}

func orEmpty[T any](p *T) *T {
	if p == nil {
		return new(T)
	}
	return p
}

// joined writes a list into one cell.
func joined[T any](list []T, text func(T) string) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = text(v)
	}
	return strings.Join(texts, "; ")
}
