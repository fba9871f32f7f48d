package calls

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"piper/internal/calls"
)

// sediaPage is one answer of the portal's search.
type sediaPage struct {
	Total int
	Rows  []json.RawMessage
}

// readPage reads an answer of the portal's search. An answer of another shape is an error: the portal
// reports failures with status 200 as well.
func readPage(body []byte) (sediaPage, error) {
	var answer struct {
		Total   *int              `json:"totalResults"`
		Results []json.RawMessage `json:"results"`
		Type    string            `json:"type"`
		Message string            `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return sediaPage{}, fmt.Errorf("the answer is no search result: %w", err)
	}
	if answer.Total == nil {
		return sediaPage{}, fmt.Errorf("the answer is no search result but an error of type %q: %q", answer.Type, answer.Message)
	}
	if *answer.Total < 0 {
		return sediaPage{}, fmt.Errorf("the answer has a total of %d", *answer.Total)
	}
	return sediaPage{Total: *answer.Total, Rows: answer.Results}, nil
}

// sediaRow is one row of the portal's index: the words of one call in one language.
type sediaRow struct {
	Reference string `json:"reference"`
	URL       string `json:"url"`
	Language  string `json:"language"`
	Summary   string `json:"summary"`
	Metadata  struct {
		Identifier     values `json:"identifier"`
		CallIdentifier values `json:"callIdentifier"`
		CallTitle      values `json:"callTitle"`
		Title          values `json:"title"`
		Type           values `json:"type"`
		Status         values `json:"status"`
		Programme      values `json:"frameworkProgramme"`
		StartDate      values `json:"startDate"`
		DeadlineDate   values `json:"deadlineDate"`
		DeadlineModel  values `json:"deadlineModel"`
		TypesOfAction  values `json:"typesOfAction"`
		Description    values `json:"descriptionByte"`
		Conditions     values `json:"topicConditions"`
		Keywords       values `json:"keywords"`
		Tags           values `json:"tags"`
		BudgetOverview values `json:"budgetOverview"`
	} `json:"metadata"`
}

// values is a metadata field. The portal gives arrays of strings, whatever the field holds; anything
// else that could be meant is taken as well, and what could not is no value.
type values []string

func (v *values) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '[' {
		b = append(append([]byte{'['}, b...), ']')
	}
	if json.Unmarshal(b, (*[]string)(v)) == nil {
		return nil // as it should be
	}
	*v = nil
	var list []any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&list); err != nil {
		return err
	}
	for _, x := range list {
		switch x := x.(type) {
		case string:
			*v = append(*v, x)
		case json.Number, bool:
			*v = append(*v, fmt.Sprint(x))
		}
	}
	return nil
}

func (v values) first() string {
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

// references that carry a language: 50130852TOPICSen, 13405COMPETITIVE_CALLen, 185978PROSPECTSEN. The
// old ones (45747793HORIZON…1701820800000) do not.
var languageSuffix = regexp.MustCompile(`^([0-9]+(?:TOPICS|COMPETITIVE_CALL|PROSPECTS|TENDERS))([A-Za-z]{2})$|^([0-9]+[A-Z_]+)([a-z]{2})$`)

// splitReference parts a reference from its language; "" where it names none.
func splitReference(reference string) (base, language string) {
	if m := languageSuffix.FindStringSubmatch(reference); m != nil {
		return m[1] + m[3], strings.ToLower(m[2] + m[4])
	}
	return reference, ""
}

// maxReference bounds a source's key of a call, in bytes.
const maxReference = 400

// version is one row on its way into a record.
type version struct {
	row      sediaRow
	base     string
	language string
	raw      string
}

// parseSEDIA makes records of the portal's rows: rows in several languages become one record, with
// English words where there are any, and repeated rows count once.
func parseSEDIA(rows []json.RawMessage) parsed {
	var p parsed
	groups := map[string][]version{}
	for i, raw := range rows {
		v, reason := readRow(raw)
		if reason != "" {
			p.Rejects = append(p.Rejects, reject{Ref: cmp.Or(shorten(v.row.Reference, 100), fmt.Sprintf("row %d", i+1)), Reason: reason})
			continue
		}
		groups[v.base] = append(groups[v.base], v)
	}
	for _, group := range groups {
		versions, repeated := oneOfEach(group)
		p.Duplicates += repeated
		rec := recordOf(versions)
		if len(rec.Call.Notes) > 0 {
			p.Unread++
		}
		p.Records = append(p.Records, rec)
	}
	slices.SortFunc(p.Records, func(a, b calls.Record) int { return cmp.Compare(a.Call.Reference, b.Call.Reference) })
	return p
}

// readRow reads one row, or gives the reason why it cannot be taken.
func readRow(raw json.RawMessage) (v version, reason string) {
	if err := json.Unmarshal(raw, &v.row); err != nil {
		return v, "The row could not be read: its fields are of another kind than they should be."
	}
	v.row.Reference = line(v.row.Reference)
	switch {
	case v.row.Reference == "":
		return v, "The row has no reference, so it cannot be told from others."
	case len(v.row.Reference) > maxReference:
		return v, fmt.Sprintf("The row's reference is longer than %d bytes.", maxReference)
	}
	v.base, v.language = splitReference(v.row.Reference)
	if v.language == "" {
		v.language = strings.ToLower(line(v.row.Language))
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return v, "The row is no JSON."
	}
	v.raw = strings.ToValidUTF8(compact.String(), "\uFFFD")
	return v, ""
}

// oneOfEach keeps one row of each language, the preferred language first, and counts the others. Of
// rows that differ under one reference, which one is kept must not depend on the order they came in.
func oneOfEach(group []version) (kept []version, repeated int) {
	slices.SortFunc(group, func(a, b version) int {
		if a.language != b.language && (a.language == "en" || b.language == "en") {
			if a.language == "en" {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.language, b.language), cmp.Compare(b.raw, a.raw))
	})
	kept = slices.CompactFunc(slices.Clone(group), func(a, b version) bool { return a.language == b.language })
	return kept, len(group) - len(kept)
}

// kinds of the portal's type codes.
var kinds = map[string]calls.Kind{"0": calls.Tender, "1": calls.Topic, "2": calls.External, "8": calls.Cascade}

// saidStates of the portal's status codes.
var saidStates = map[string]calls.State{"31094501": calls.Forthcoming, "31094502": calls.Open, "31094503": calls.Closed}

// recordOf makes one record of the language rows of one call; the first row has the words.
func recordOf(versions []version) calls.Record {
	rec := calls.Record{}
	var languages []string
	for _, v := range versions {
		rec.Rows = append(rec.Rows, v.raw)
		if v.language != "" {
			languages = append(languages, v.language)
		}
	}
	rec.Hash = hashOf(rec.Rows)
	slices.Sort(languages)

	main := versions[0]
	m := &main.row.Metadata
	c := &rec.Call
	c.Reference, c.Language, c.Languages = main.base, main.language, languages
	c.Identifier = line(m.Identifier.first())
	c.Kind = kinds[m.Type.first()]
	if c.Kind == "" {
		c.Kind = calls.Topic
	}
	c.CallIdentifier, c.CallTitle = line(m.CallIdentifier.first()), line(m.CallTitle.first())
	c.Title = cmp.Or(line(m.Title.first()), line(main.row.Summary), c.CallTitle, c.Identifier, c.Reference)
	c.SaidState = string(saidStates[m.Status.first()])
	c.Programme = line(m.Programme.first())
	c.ProgrammeLabel = calls.ProgrammeLabel(c.Programme)
	for _, t := range m.TypesOfAction {
		if t = line(t); t != "" && !slices.Contains(c.TypeOfAction, t) {
			c.TypeOfAction = append(c.TypeOfAction, t)
		}
	}
	c.Description, c.Conditions = clean(m.Description.first()), clean(m.Conditions.first())
	c.Summary = cmp.Or(unless(line(main.row.Summary), c.Title), unless(c.CallTitle, c.Title, c.CallIdentifier))
	if c.Summary == "" {
		c.Summary = calls.PlainText(c.Description)
	}
	c.Summary = shorten(c.Summary, maxSummary)
	c.Keywords = keywords(append(slices.Clone(m.Keywords), m.Tags...), c.Identifier, c.CallIdentifier)
	c.URL = link(&main.row, c)

	var notes []string
	c.Opens, notes = opening(m.StartDate, notes)
	c.Deadlines, notes = deadlines(m.DeadlineDate, m.DeadlineModel.first(), notes)
	c.Budget, notes = budget(m.BudgetOverview.first(), c.Identifier, notes)
	c.Notes = notes
	return rec
}

// unless gives s, or "" where it is one of others.
func unless(s string, others ...string) string {
	if slices.Contains(others, s) {
		return ""
	}
	return s
}

const maxKeywords = 100

// keywords gives each keyword once, without the identifiers that the portal puts among them. One
// string may hold a JSON array of them.
func keywords(list values, identifiers ...string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range identifiers {
		seen[id] = true
	}
	for _, k := range list {
		parts := []string{k}
		if strings.HasPrefix(k, "[") {
			var inner []string
			if json.Unmarshal([]byte(k), &inner) == nil {
				parts = inner
			}
		}
		for _, part := range parts {
			if part = line(part); part != "" && !seen[part] && len(out) < maxKeywords {
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	return out
}

const portal = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/"

var leadingNumber = regexp.MustCompile(`^[0-9]+`)

// link gives the page of a call for people. The portal's own link may be a data file; for cascade and
// external calls it is used where it is a page, because it holds a number that nothing else in the row
// does.
func link(row *sediaRow, c *calls.Call) string {
	if c.Kind == calls.Topic && c.Identifier != "" {
		return portal + "topic-details/" + url.PathEscape(c.Identifier)
	}
	given := strings.TrimSpace(row.URL)
	if u, err := url.Parse(given); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		!strings.Contains(u.Path, "/data/") && !strings.HasSuffix(u.Path, ".json") {
		return u.String()
	}
	number := leadingNumber.FindString(c.Reference)
	switch {
	case number != "" && c.Kind == calls.Cascade:
		return portal + "competitive-calls-cs/" + number
	case number != "" && c.Kind == calls.External:
		return portal + "prospect-details/" + number
	case number != "" && c.Kind == calls.Tender:
		return portal + "tender-details/" + number
	}
	return ""
}
