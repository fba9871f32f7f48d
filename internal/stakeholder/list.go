package stakeholder

import (
	"context"
	"strings"

	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// Fields is what a list of stakeholders may be filtered by.
var Fields = list.Fields{
	{Name: "name", Label: "Name", Path: "sortName", Kind: list.Text},
	{Name: "kind", Label: "Kind", Path: "kind", Kind: list.Choice, Values: []string{string(Person), string(Organisation), string(Seat)}},
	{Name: "roles", Label: "Role", Path: "roles", Kind: list.Choices, Values: Roles},
	{Name: "country", Label: "Country", Path: "country", Kind: list.Word, Of: list.OfCountry, Tidy: country},
	{Name: "tags", Label: "Tag", Path: "tags", Kind: list.Words},
	{Name: "email", Label: "Email", Path: "emails.address", Kind: list.Words, Tidy: strings.ToLower},
	{Name: "parentId", Label: "Part of", Path: "parentId", Kind: list.Record, Of: list.OfOrganisation},
	{Name: "donor.sourceType", Label: "Source type", Path: "donor.sourceType", Kind: list.Choice, Values: SourceTypes},
	{Name: "donor.dueDiligence", Label: "Due diligence", Path: "donor.dueDiligence", Kind: list.Choice, Values: DueDiligences},
	{Name: "donor.dueDiligenceUntil", Label: "Due diligence until", Path: "donor.dueDiligenceUntil", Kind: list.Day},
	{Name: "createdAt", Label: "Added", Path: "createdAt", Kind: list.Moment},
	{Name: "updatedAt", Label: "Changed", Path: "updatedAt", Kind: list.Moment},
}

// Deeds is what a bulk edit can do to stakeholders; operations says how.
var Deeds = []list.Deed{
	{Do: "addTag", Field: "tags", Label: "Tag", Verb: list.Add, Kind: list.Word},
	{Do: "removeTag", Field: "tags", Label: "Tag", Verb: list.Remove, Kind: list.Word},
	{Do: "addRole", Field: "roles", Label: "Role", Verb: list.Add, Kind: list.Choice, Values: Roles},
	{Do: "removeRole", Field: "roles", Label: "Role", Verb: list.Remove, Kind: list.Choice, Values: Roles},
	{Do: "setCountry", Field: "country", Label: "Country", Verb: list.Set, Kind: list.Word, Of: list.OfCountry, Blank: true},
	{Do: "setParent", Field: "parentId", Label: "Part of", Verb: list.Set, Kind: list.Record, Of: list.OfOrganisation, Blank: true},
	{Do: "trash", Field: "trashedAt", Label: "Into the trash", Verb: list.Move},
	{Do: "restore", Field: "trashedAt", Label: "Out of the trash", Verb: list.Move},
}

// country gives a code in capitals, ISO's where people write another.
func country(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	if iso, ok := countryAliases[code]; ok {
		return iso
	}
	return code
}

// Walk calls fn for every stakeholder of a list, in the order of the list. fn may write to the store; what is
// written between two pages neither repeats nor hides another.
func (r *Repo) Walk(ctx context.Context, s Search, text string, sort []driver.Key, fn func(*Stakeholder) error) error {
	return r.all.WalkEach(ctx, store.Query{Where: s.where(), Text: text, Sort: sort}, fn)
}
