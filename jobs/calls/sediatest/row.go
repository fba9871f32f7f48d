// Package sediatest stands in for the outside world of the job calls: a portal that answers as the
// search behind EU Funding & Tenders does, with its traps, and a feed. The demonstration and tests feed
// them with what they like.
package sediatest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Row is one row of the portal's index: one call in one language.
type Row struct {
	doc map[string]any // as the search gives it
}

// Call describes a call in the words of people; Row makes it what the portal's index holds.
type Call struct {
	Number         int    // of the portal; the reference is made of it
	Kind           string // "topic" (or ""), "cascade" or "external"
	Identifier     string
	Title          string
	CallIdentifier string
	CallTitle      string
	Programme      string // code, "43251589"
	TypeOfAction   string
	Forthcoming    bool     // what the portal claims; else open
	Opens          string   // "2026-03-01"
	Deadlines      []string // "2026-06-01", or "2026-06-01T14:30" in Brussels
	TwoStage       bool
	Description    string // HTML
	Conditions     string // HTML
	Keywords       []string
	Budget         map[string]int64 // whole euros by year
	MinGrant       int64            // whole euros
	MaxGrant       int64            // whole euros
	Grants         int
}

// Row makes the row, in English.
func (c Call) Row() Row {
	stem, code := "TOPICSen", "1"
	switch c.Kind {
	case "cascade":
		stem, code = "COMPETITIVE_CALLen", "8"
	case "external":
		stem, code = "PROSPECTSEN", "2"
	}
	status, sortStatus := "31094502", "1"
	if c.Forthcoming {
		status, sortStatus = "31094501", "2"
	}
	model := "single-stage"
	if c.TwoStage {
		model = "two-stage"
	}
	reference := strconv.Itoa(c.Number) + stem
	page := "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/" + c.Identifier
	metadata := map[string]any{}
	set := func(field string, values ...string) {
		list := []any{}
		for _, v := range values {
			if v != "" {
				list = append(list, v)
			}
		}
		metadata[field] = list
	}
	set("identifier", c.Identifier)
	set("title", c.Title)
	set("callIdentifier", c.CallIdentifier)
	set("callTitle", c.CallTitle)
	set("frameworkProgramme", c.Programme)
	set("typesOfAction", c.TypeOfAction)
	set("type", code)
	set("status", status)
	set("sortStatus", sortStatus)
	set("DATASOURCE", "SEDIA")
	set("REFERENCE", reference)
	set("programmePeriod", "2021 - 2027")
	set("startDate", stampOf(c.Opens))
	set("es_SortDate", stampOf(c.Opens))
	set("deadlineModel", model)
	set("descriptionByte", c.Description)
	set("topicConditions", c.Conditions)
	set("keywords", append([]string{c.Identifier, c.CallIdentifier}, c.Keywords...)...)
	set("language", "en")
	set("url", page)
	set("focusArea")
	if c.Budget != nil {
		set("budgetOverview", c.budget())
	}
	r := Row{doc: map[string]any{
		"apiVersion": "2.151", "reference": reference, "url": page, "contentType": "text/plain", "language": "en",
		"databaseLabel": "SEDIA", "database": "SEDIA", "summary": c.Title, "weight": 4.0, "groupById": sortStatus,
		"accessRestriction": false, "metadata": metadata,
	}}
	return r.WithDeadlines(c.Deadlines...)
}

func (c Call) budget() string {
	years := map[string]string{}
	columns := []string{}
	for year, euros := range c.Budget {
		years[year] = strconv.FormatInt(euros, 10)
		columns = append(columns, year)
	}
	entry := func(identifier string, years map[string]string) map[string]any {
		return map[string]any{"action": identifier + " - " + c.TypeOfAction, "expectedGrants": c.Grants,
			"minContribution": c.MinGrant, "maxContribution": c.MaxGrant, "budgetYearMap": years, "plannedOpeningDate": c.Opens}
	}
	// The overview of a real topic holds its neighbours too.
	overview, err := json.Marshal(map[string]any{
		"budgetYearsColumns": columns,
		"budgetTopicActionMap": map[string]any{
			strconv.Itoa(c.Number):     []any{entry(c.Identifier, years)},
			strconv.Itoa(c.Number + 1): []any{entry(c.Identifier+"-NEIGHBOUR", map[string]string{"2026": "999000000"})},
		},
	})
	if err != nil {
		panic(err) // strings and numbers can be encoded
	}
	return string(overview)
}

// Read takes recorded answers of the search and gives their rows, byte for byte in meaning.
func Read(pages ...[]byte) ([]Row, error) {
	var rows []Row
	for i, page := range pages {
		var answer struct {
			Results []map[string]any `json:"results"`
		}
		d := json.NewDecoder(strings.NewReader(string(page)))
		d.UseNumber()
		if err := d.Decode(&answer); err != nil {
			return nil, fmt.Errorf("reading answer %d: %w", i+1, err)
		}
		for _, doc := range answer.Results {
			rows = append(rows, Row{doc: doc})
		}
	}
	return rows, nil
}

// With gives the row with a metadata field of these values.
func (r Row) With(field string, values ...string) Row {
	out := r.copy()
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	metadata, _ := out.doc["metadata"].(map[string]any)
	metadata[field] = list
	return out
}

// WithDeadlines gives the row with these deadlines: stages or cut-offs, "2026-06-01" or
// "2026-06-01T14:30" in Brussels.
func (r Row) WithDeadlines(deadlines ...string) Row {
	stamps := make([]string, len(deadlines))
	for i, d := range deadlines {
		stamps[i] = stampOf(d)
	}
	return r.With("deadlineDate", stamps...)
}

// InLanguage gives the row of the same call in another language ("es").
func (r Row) InLanguage(language, title string) Row {
	out := r.With("title", title).With("language", language)
	out.doc["reference"] = r.Reference()[:len(r.Reference())-2] + language
	out.doc["language"] = language
	out.doc["summary"] = title
	return out.With("REFERENCE", out.Reference())
}

// Stale gives the row that the portal's old index may still hold of a topic: under a reference of
// another form, with a deadline of years ago, and yet claimed to be forthcoming.
func (r Row) Stale() Row {
	out := r.With("status", "31094501").With("DATASOURCE", "SEDIA_PRD_CENTRICITY").
		With("startDate", "2023-10-04T00:00:00.000+0000").With("deadlineDate", "2024-02-07T17:00:00.000+0000")
	number := strings.TrimRight(r.Reference(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
	out.doc["reference"] = number + "HORIZONResearchandInnovationActions1696377600000"
	return out
}

// WithReference gives the row under another reference.
func (r Row) WithReference(reference string) Row {
	out := r.copy()
	out.doc["reference"] = reference
	return out
}

// Reference gives the row's key in the index.
func (r Row) Reference() string {
	s, _ := r.doc["reference"].(string)
	return s
}

// Values gives a metadata field.
func (r Row) Values(field string) []string {
	metadata, _ := r.doc["metadata"].(map[string]any)
	list, _ := metadata[field].([]any)
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func (r Row) language() string {
	s, _ := r.doc["language"].(string)
	return s
}

func (r Row) copy() Row {
	doc := make(map[string]any, len(r.doc))
	for k, v := range r.doc {
		doc[k] = v
	}
	metadata := map[string]any{}
	if m, ok := doc["metadata"].(map[string]any); ok {
		for k, v := range m {
			metadata[k] = v
		}
	}
	doc["metadata"] = metadata
	return Row{doc: doc}
}

// stampOf gives a date as the portal writes it: Brussels time with an offset that is not meant.
func stampOf(date string) string {
	switch {
	case date == "":
		return ""
	case strings.Contains(date, "T"):
		return date + ":00.000+0000"
	}
	return date + "T00:00:00.000+0000"
}

// MarshalJSON gives the row as the search does.
func (r Row) MarshalJSON() ([]byte, error) { return json.Marshal(r.doc) }
