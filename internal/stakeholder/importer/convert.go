package importer

import (
	"cmp"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// wrong is something in a row that cannot be read.
type wrong struct {
	column  int // -1 where it is in no column
	message string
}

// draft is a row as it was understood.
type draft struct {
	s            *stakeholder.Stakeholder
	organisation string // named by the row, not yet found
	post         string // at the organisation
	term         stakeholder.Span
	wrong        []wrong
}

func (d *draft) reason() string {
	list := make([]string, len(d.wrong))
	for i, w := range d.wrong {
		list[i] = w.message
	}
	return strings.Join(list, " ")
}

// converter reads rows under a mapping.
type converter struct {
	columns   map[string][]int // field → columns
	constants map[string]string
	orders    map[int]sheet.Orders // of the columns with dates, as far as they were watched
}

func newConverter(imp *StakeholderImport) *converter {
	c := &converter{columns: map[string][]int{}, constants: imp.Constants, orders: map[int]sheet.Orders{}}
	for i, col := range imp.Columns {
		if col.Field != "" {
			c.columns[col.Field] = append(c.columns[col.Field], i)
		}
	}
	return c
}

// problems says why no row could be read under the mapping.
func (c *converter) problems() []string {
	list := []string{}
	if len(c.columns["name"])+len(c.columns["firstName"])+len(c.columns["lastName"])+len(c.columns["organisation"]) == 0 {
		list = append(list, "No column gives a name. Say which one does.")
	}
	return list
}

// one gives the first value of a field that is not empty, and its column.
func (c *converter) one(cells []string, field string) (string, int) {
	for _, i := range c.columns[field] {
		if v := strings.TrimSpace(cells[i]); v != "" {
			return v, i
		}
	}
	return strings.TrimSpace(c.constants[field]), -1
}

// each calls fn with every value of a list field and its column.
func (c *converter) each(cells []string, field, marks string, fn func(value string, column int)) {
	found := false
	split := func(text string, column int) {
		for _, v := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
			if v = strings.TrimSpace(v); v != "" {
				found = true
				fn(v, column)
			}
		}
	}
	for _, i := range c.columns[field] {
		split(cells[i], i)
	}
	if !found {
		split(c.constants[field], -1)
	}
}

// outline gives of a row what other rows are matched by, without reading all of it: its name and kind, and
// the organisation that it names. kind is "" where the row has one that is not known.
func (c *converter) outline(cells []string) (name string, kind stakeholder.Kind, organisation string) {
	name, _ = c.one(cells, "name")
	first, _ := c.one(cells, "firstName")
	last, _ := c.one(cells, "lastName")
	if name == "" {
		name = strings.TrimSpace(first + " " + last)
	}
	organisation, _ = c.one(cells, "organisation")
	text, _ := c.one(cells, "kind")
	switch {
	case text != "":
		kind = stakeholder.Kind(meaning(kindWords, text))
	case first != "" || last != "" || name != "" && organisation != "":
		kind = stakeholder.Person
	case name == "" && organisation != "":
		kind = stakeholder.Organisation
	default:
		kind = stakeholder.Person
	}
	if name == "" && kind == stakeholder.Organisation {
		name, organisation = organisation, ""
	}
	if store.Fold(name) == store.Fold(organisation) {
		organisation = ""
	}
	return oneLine(name), kind, oneLine(organisation)
}

// meaning gives what a word or the first known word of a phrase means, "" for nothing.
func meaning(table map[string]string, text string) string {
	fold := store.Fold(text)
	if m, ok := table[fold]; ok {
		return m
	}
	for w := range strings.FieldsSeq(fold) {
		if m, ok := table[w]; ok {
			return m
		}
	}
	return ""
}

// read understands a row. Everything that is wrong with it is told at once.
func (c *converter) read(r sheet.Row) *draft {
	d, cells := &draft{s: &stakeholder.Stakeholder{}}, r.Cells
	bad := func(column int, format string, args ...any) {
		d.wrong = append(d.wrong, wrong{column, fmt.Sprintf(format, args...)})
	}
	if r.Beyond > 0 { // most often a delimiter that stands in a name: every field behind it is in the wrong column
		bad(-1, "The row has more fields than the header.")
	}
	s := d.s
	s.Name, s.Kind, d.organisation = c.outline(cells)
	if s.Kind == "" {
		text, at := c.one(cells, "kind")
		bad(at, "“%s” is neither a person nor an organisation.", clip(text))
		s.Kind = stakeholder.Person
	}
	c.each(cells, "roles", ";,|\n", func(v string, at int) {
		if m := meaning(roleWords, v); m != "" {
			s.Roles = append(s.Roles, m)
		} else {
			bad(at, "“%s” is not a role; there are %s.", clip(v), strings.Join(stakeholder.Roles, ", "))
		}
	})
	c.each(cells, "email", ";,|\n\t ", func(v string, at int) {
		v = strings.ToLower(strings.Trim(strings.TrimPrefix(v, "mailto:"), "<>\"'()"))
		if !strings.Contains(v, "@") && len(cells) > 0 && at >= 0 && strings.ContainsAny(cells[at], "<") {
			return // the name in "Ana Ruiz <ana@example.org>"
		}
		if a, err := mail.ParseAddress(v); err != nil || a.Address != v {
			bad(at, "“%s” is not an e-mail address.", clip(v))
			return
		}
		s.Emails = append(s.Emails, stakeholder.Email{Address: v})
	})
	c.each(cells, "phone", ";|\n", func(v string, at int) {
		if len([]rune(v)) > 60 || !strings.ContainsAny(v, "0123456789") {
			bad(at, "“%s” is not a telephone number.", clip(v))
			return
		}
		s.Phones = append(s.Phones, stakeholder.Phone{Number: v})
	})
	if text, at := c.one(cells, "country"); text != "" {
		if s.Country = countryCode(text); s.Country == "" {
			bad(at, "“%s” is not a country.", clip(text))
		}
	}
	c.each(cells, "otherNames", ";|\n", func(v string, _ int) { s.OtherNames = append(s.OtherNames, stakeholder.OtherName{Name: v}) })
	for _, scheme := range stakeholder.Schemes {
		c.each(cells, "id."+scheme, ";|\n", func(v string, at int) {
			id, err := stakeholder.TidyExternalID(stakeholder.ExternalID{Scheme: scheme, Value: v})
			if err != nil {
				bad(at, "“%s”: %s", clip(v), fieldSentence(err))
				return
			}
			s.ExternalIDs = append(s.ExternalIDs, id)
		})
	}
	c.each(cells, "tags", ";,|\n", func(v string, _ int) { s.Tags = append(s.Tags, v) })
	s.Website, _ = c.one(cells, "website")
	var notes []string
	for _, i := range c.columns["notes"] {
		if v := strings.TrimSpace(cells[i]); v != "" {
			notes = append(notes, v)
		}
	}
	if len(notes) == 0 && c.constants["notes"] != "" {
		notes = append(notes, c.constants["notes"])
	}
	s.Notes = strings.Join(notes, "\n\n")
	post, at := c.one(cells, "post")
	switch post = oneLine(post); {
	case len([]rune(post)) > 200:
		bad(at, "A post has at most 200 letters.")
	case s.Kind == stakeholder.Person && d.organisation != "":
		d.post, d.term = post, c.term(cells, bad)
	default: // nobody knows where it is held
		for _, end := range []struct{ field, word string }{{"postFrom", "since "}, {"postTo", "until "}} {
			if text, _ := c.one(cells, end.field); text != "" {
				post = strings.TrimPrefix(post+", "+end.word+oneLine(text), ", ")
			}
		}
		if post != "" {
			s.Notes = strings.TrimSpace("Post: " + post + "\n\n" + s.Notes)
		}
	}
	c.basis(d, cells, bad)
	c.tidy(d)
	return d
}

// mappedAs says which field of an import a field of the record comes from, where they are called differently.
var mappedAs = map[string]string{"emails": "email", "phones": "phone", "basis.source": "basisSource", "basis.date": "basisDate"}

// tidy puts what was read into its one form and adds what the record itself refuses.
func (c *converter) tidy(d *draft) {
	err := d.s.Tidy()
	var f *fault.Error
	if err == nil || !errors.As(err, &f) {
		return
	}
	for _, e := range f.Fields {
		field, _, _ := strings.Cut(strings.SplitN(e.Field, "[", 2)[0], ".")
		at := -1
		if columns := c.columns[cmp.Or(mappedAs[e.Field], mappedAs[field], field)]; len(columns) > 0 {
			at = columns[0]
		}
		if !slices.ContainsFunc(d.wrong, func(w wrong) bool { return w.message == e.Message }) {
			d.wrong = append(d.wrong, wrong{at, e.Message})
		}
	}
}

// fieldSentence gives what a fault says of its one field.
func fieldSentence(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && len(f.Fields) > 0 {
		return f.Fields[0].Message
	}
	return "It cannot be read."
}

func countryCode(text string) string {
	if len(text) == 2 {
		switch up := strings.ToUpper(text); {
		case up == "EL":
			return "GR"
		case up == "UK":
			return "GB"
		case up[0] >= 'A' && up[0] <= 'Z' && up[1] >= 'A' && up[1] <= 'Z':
			return up
		}
	}
	return countries()[store.Fold(text)]
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
