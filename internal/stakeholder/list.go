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
	{Name: "name", Path: "sortName", Kind: list.Text},
	{Name: "kind", Path: "kind", Kind: list.Choice, Values: []string{string(Person), string(Organisation), string(Seat)}},
	{Name: "roles", Path: "roles", Kind: list.Choices, Values: Roles},
	{Name: "country", Path: "country", Kind: list.Word, Tidy: country},
	{Name: "tags", Path: "tags", Kind: list.Words},
	{Name: "email", Path: "emails.address", Kind: list.Words, Tidy: strings.ToLower},
	{Name: "parentId", Path: "parentId", Kind: list.Record},
	{Name: "donor.sourceType", Path: "donor.sourceType", Kind: list.Choice, Values: SourceTypes},
	{Name: "donor.dueDiligence", Path: "donor.dueDiligence", Kind: list.Choice, Values: DueDiligences},
	{Name: "createdAt", Path: "createdAt", Kind: list.Moment},
	{Name: "updatedAt", Path: "updatedAt", Kind: list.Moment},
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
	if len(sort) == 0 {
		sort = []driver.Key{{Path: "id"}}
	}
	q := store.Query{Where: s.where(), Text: text, Sort: sort, Limit: 500}
	for {
		page, err := r.all.Page(ctx, q)
		if err != nil {
			return err
		}
		for _, one := range page.Items {
			if err := fn(one); err != nil {
				return err
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return nil
		}
	}
}
