package importer

import (
	"regexp"
	"slices"
	"strings"

	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// dateFields are the fields that hold a day; of a post a month or a year does, too.
var dateFields = []string{"basisDate", "postFrom", "postTo"}

// partDates are a month or a year alone: 2024, 2024-09, 09/2024, 09.2024.
var (
	yearAlone  = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)
	monthFirst = regexp.MustCompile(`^(0?[1-9]|1[0-2])[./-]((?:19|20)[0-9]{2})$`)
	yearMonth  = regexp.MustCompile(`^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$`)
)

// watch takes the dates of a row into account: all dates of a column say together whether the day comes first.
func (c *converter) watch(cells []string) {
	for _, field := range dateFields {
		for _, i := range c.columns[field] {
			if parts, ok := sheet.SplitDate(cells[i]); ok {
				order := c.orders[i]
				order.See(parts)
				c.orders[i] = order
			}
		}
	}
}

// dayFirst begins the note on columns in which no date says what comes first.
const dayFirst = "The day was read before the month in: "

// noteGuesses notes the columns in which, by the rows that were watched, nothing says whether the day or the month
// comes first, so that the day is taken. What was noted by fewer rows goes.
func (c *converter) noteGuesses(imp *StakeholderImport) {
	var headers []string
	for i, column := range imp.Columns {
		if o := c.orders[i]; o.Ambiguous && !o.DayFirst && !o.MonthFirst {
			headers = append(headers, column.Header)
		}
	}
	imp.Notes = slices.DeleteFunc(imp.Notes, func(note string) bool { return strings.HasPrefix(note, dayFirst) })
	if len(headers) > 0 {
		imp.Notes = append(imp.Notes, dayFirst+strings.Join(headers, ", ")+".")
	}
}

// date gives a field as 2024-09-16, or what is wrong with it.
func (c *converter) date(cells []string, field string, partial bool) (date, text string, column int, fault string) {
	text, column = c.one(cells, field)
	switch {
	case text == "":
		return "", "", column, ""
	case partial && (yearAlone.MatchString(text) || yearMonth.MatchString(text)):
		return text, text, column, ""
	case partial && monthFirst.MatchString(text):
		m := monthFirst.FindStringSubmatch(text)
		return m[2] + "-" + ("0" + m[1])[len(m[1])-1:], text, column, ""
	}
	parts, ok := sheet.SplitDate(text)
	if !ok {
		return "", text, column, "It is no date of a form such as 2025-12-31 or 31/12/2025."
	}
	order := c.orders[column]
	if column < 0 {
		order.See(parts)
	}
	date, fault = order.Read(parts)
	return date, text, column, fault
}

// basis reads why, from where and since when the data of a person are held.
func (c *converter) basis(d *draft, cells []string, bad func(column int, format string, args ...any)) {
	if d.s.Kind != stakeholder.Person {
		return
	}
	word, at := c.one(cells, "basis")
	source, sourceAt := c.one(cells, "basisSource")
	date, text, dateAt, fault := c.date(cells, "basisDate", false)
	if fault != "" {
		bad(dateAt, "“%s”: %s", clip(text), fault)
	}
	if word == "" && source == "" && text == "" {
		return
	}
	if word == "" {
		bad(max(sourceAt, dateAt), "A lawful basis is needed beside its source or date.")
		return
	}
	b := &stakeholder.Basis{LawfulBasis: basisWords[store.Fold(strings.TrimSpace(word))], Source: oneLine(source), Date: store.Date(date)}
	if b.LawfulBasis == "" {
		bad(at, "“%s” is not a lawful basis; there are %s.", clip(word), strings.Join(stakeholder.LawfulBases, ", "))
		return
	}
	d.s.Basis = b
}

// term reads since when and until when a post is held.
func (c *converter) term(cells []string, bad func(column int, format string, args ...any)) stakeholder.Span {
	var span stakeholder.Span
	for _, end := range []struct {
		field string
		to    *string
	}{{"postFrom", &span.From}, {"postTo", &span.To}} {
		date, text, at, fault := c.date(cells, end.field, true)
		if fault != "" {
			bad(at, "“%s”: %s", clip(text), fault)
		}
		*end.to = date
	}
	if n := min(len(span.From), len(span.To)); n > 0 && span.To[:n] < span.From[:n] {
		_, at := c.one(cells, "postTo")
		bad(at, "The post ends before it begins.")
	}
	return span
}
