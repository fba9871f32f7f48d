package calls

import (
	"encoding/json"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piper/internal/calls"
	"piper/jobs/calls/sediatest"
)

// topic is a whole row of the usual kind.
var topic = sediatest.Call{
	Number: 50130852, Identifier: "CERV-2026-DAPHNE", Title: "Prevent  &amp; combat\nviolence", CallIdentifier: "CERV-2026", CallTitle: "DAPHNE call",
	Programme: "43251589", TypeOfAction: "CERV Project  Grants", Opens: "2026-01-15", Deadlines: []string{"2026-04-22"},
	Description: `<p onclick="x()">Victims of <b>trafficking</b></p><script>alert(1)</script><img src="https://example.org/t.gif"><a href="javascript:x">a</a><a href="https://example.org/x">b</a>`,
	Conditions:  "<ul><li>Two partners</li></ul>", Keywords: []string{"shelter", "shelter", "CERV-2026", `["gender","law"]`},
	Budget: map[string]int64{"2026": 24_000_000, "2027": 1_500_000}, MinGrant: 100_000, MaxGrant: 1_000_000, Grants: 30,
}

func rowsOf(t testing.TB, rows ...sediatest.Row) []json.RawMessage {
	t.Helper()
	var out []json.RawMessage
	for _, r := range rows {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func one(t *testing.T, rows ...sediatest.Row) calls.Call {
	t.Helper()
	p := parseSEDIA(rowsOf(t, rows...))
	if len(p.Records) != 1 || len(p.Rejects) != 0 {
		t.Fatalf("%d records, rejects %v", len(p.Records), p.Rejects)
	}
	return p.Records[0].Call
}

func TestARowBecomesACall(t *testing.T) {
	want := calls.Call{
		Reference: "50130852TOPICS", Identifier: "CERV-2026-DAPHNE", Kind: calls.Topic, Title: "Prevent & combat violence",
		Opens:     "2026-01-15",
		Deadlines: []calls.Deadline{{Date: "2026-04-22", At: "2026-04-22T15:00:00Z"}},
		Programme: "43251589", ProgrammeLabel: "Citizens, Equality, Rights and Values (CERV)",
		CallIdentifier: "CERV-2026", CallTitle: "DAPHNE call", TypeOfAction: []string{"CERV Project Grants"},
		Budget: &calls.Budget{Currency: "EUR", Total: 2_550_000_000, MinContribution: 10_000_000, MaxContribution: 100_000_000, ExpectedGrants: 30,
			Years: []calls.YearAmount{{Year: "2026", Amount: 2_400_000_000}, {Year: "2027", Amount: 150_000_000}}},
		URL:      "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/CERV-2026-DAPHNE",
		Language: "en", Languages: []string{"en"}, Summary: "DAPHNE call",
		Description: `<p>Victims of <b>trafficking</b></p>a<a href="https://example.org/x" rel="nofollow noreferrer noopener" target="_blank">b</a>`,
		Conditions:  "<ul><li>Two partners</li></ul>", Keywords: []string{"shelter", "gender", "law"}, SaidState: "open",
	}
	if diff := cmp.Diff(want, one(t, topic.Row())); diff != "" {
		t.Error(diff)
	}
}

func TestReferencesLoseTheirLanguage(t *testing.T) {
	for reference, want := range map[string][2]string{
		"50130852TOPICSen":        {"50130852TOPICS", "en"},
		"50130852TOPICSES":        {"50130852TOPICS", "es"},
		"13405COMPETITIVE_CALLen": {"13405COMPETITIVE_CALL", "en"},
		"185978PROSPECTSEN":       {"185978PROSPECTS", "en"},
		"77NEW_KINDro":            {"77NEW_KIND", "ro"},
		"45747793HORIZONCoordinationandSupportActions1701820800000": {"45747793HORIZONCoordinationandSupportActions1701820800000", ""},
		"en": {"en", ""},
	} {
		if base, language := splitReference(reference); base != want[0] || language != want[1] {
			t.Errorf("%s: %q %q", reference, base, language)
		}
	}
}

func TestLanguageRowsBecomeOneCall(t *testing.T) {
	en := topic.Row()
	es, ro := en.InLanguage("es", "Prevenir"), en.InLanguage("ro", "Prevenirea")
	c := one(t, es, en, ro)
	if c.Title != "Prevent & combat violence" || c.Language != "en" || !slices.Equal(c.Languages, []string{"en", "es", "ro"}) {
		t.Errorf("%q in %s of %v", c.Title, c.Language, c.Languages)
	}
	if c := one(t, ro, es); c.Title != "Prevenir" || c.Language != "es" || c.Reference != "50130852TOPICS" {
		t.Errorf("without English: %q in %s", c.Title, c.Language)
	}
}

func TestAnOldAndANewRowOfATopicAreTwoCalls(t *testing.T) {
	p := parseSEDIA(rowsOf(t, topic.Row(), topic.Row().Stale(), topic.Row()))
	if len(p.Records) != 2 || p.Duplicates != 1 {
		t.Fatalf("%d records, %d duplicates", len(p.Records), p.Duplicates)
	}
	now := calls.CutOff("2026-03-01")
	if got := stale(p.Records, now); got != 1 {
		t.Errorf("%d stale", got)
	}
	if old := p.Records[0].Call; old.Deadlines[0].Time != "17:00" || old.Deadlines[0].At != "2024-02-07T16:00:00Z" {
		t.Errorf("old row's deadline %+v", old.Deadlines[0])
	}
}

func TestSeveralDeadlines(t *testing.T) {
	row := topic.Row().WithDeadlines("2026-09-14T14:30", "2026-04-08", "2026-04-08")
	c := one(t, row.With("deadlineModel", "two-stage"))
	want := []calls.Deadline{
		{Date: "2026-04-08", At: "2026-04-08T15:00:00Z", Label: "First stage"},
		{Date: "2026-09-14", Time: "14:30", At: "2026-09-14T12:30:00Z", Label: "Second stage"},
	}
	if diff := cmp.Diff(want, c.Deadlines); diff != "" {
		t.Error(diff)
	}
	c = one(t, row.WithDeadlines("2026-04-08", "2026-05-08", "2026-06-08").With("deadlineModel", "multiple cut-off"))
	if len(c.Deadlines) != 3 || c.Deadlines[2].Label != "Cut-off 3 of 3" {
		t.Errorf("%+v", c.Deadlines)
	}
}

func TestWhatCannotBeReadIsNotedAndNotFatal(t *testing.T) {
	c := one(t, topic.Row().With("deadlineDate", "soon", "9999-12-31T00:00:00.000+0000", "2026-04-22").
		With("startDate", "0001-01-01T00:00:00.000+0000").With("budgetOverview", `{"budgetTopicActionMap":{"1":[{"action":"CERV`))
	want := []string{
		`The opening date "0001-01-01T00:00:00.000+0000" could not be read.`,
		`The deadline "soon" could not be read.`,
		`The deadline "9999-12-31T00:00:00.000+0000" could not be read.`,
		"The budget could not be read.",
	}
	if !slices.Equal(c.Notes, want) || len(c.Deadlines) != 1 || c.Budget != nil || c.Opens != "" {
		t.Errorf("notes %q, deadlines %v, budget %v", c.Notes, c.Deadlines, c.Budget)
	}
}

func TestBudgetIsOfThisTopicAlone(t *testing.T) {
	entry := func(action, year, min string) string {
		return `{"action":"` + action + ` - HORIZON-RIA","expectedGrants":2,"minContribution":` + min + `,"maxContribution":"3000000","budgetYearMap":{"2026":` + year + `}}`
	}
	overview := `{"budgetTopicActionMap":{"1":[` + entry("X-01", `"170760699"`, "1000000") + `,` + entry("X-01-two-stage", `"5"`, "1") + `],"2":[` +
		entry("X-02", `"170760699"`, "1") + `,` + entry("X-01", `"170760699"`, "1000000") + `,` + entry("X-01", `1.5E6`, "500000.50") + `]}}`
	b, notes := budget(overview, "X-01", nil)
	want := &calls.Budget{Currency: "EUR", Total: 17_226_069_900, MinContribution: 50_000_050, MaxContribution: 300_000_000, ExpectedGrants: 4,
		Years: []calls.YearAmount{{Year: "2026", Amount: 17_226_069_900}}}
	if diff := cmp.Diff(want, b); diff != "" || notes != nil {
		t.Error(diff, notes)
	}
	for _, bad := range []string{"", "null", "{}", `{"budgetTopicActionMap":{"1":[]}}`, `{"budgetTopicActionMap":{"1":[{"action":"X-01","budgetYearMap":{"2026":"none"}}]}}`} {
		if b, notes := budget(bad, "X-01", nil); b != nil || notes != nil {
			t.Errorf("%s: %v %v", bad, b, notes)
		}
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[amount]int64{"24000000": 2_400_000_000, "1.5E7": 1_500_000_000, "0.075": 7, "12.5": 1250, "-1": 0, "-1e3": 0,
		"": 0, "none": 0, "null": 0, "1e999999999": 0, "99999999999999999999": 0, "1.é": 0, "NaN": 0, "+5": 0, "1,5": 0} {
		if got := text.minor(); got != want {
			t.Errorf("%s is %d cents, want %d", text, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	cascade := sediatest.Call{Number: 13405, Kind: "cascade", Identifier: "PARENT-2024"}.Row()
	external := sediatest.Call{Number: 185978, Kind: "external", Identifier: "EuropeAid/185978"}.Row()
	given := func(r sediatest.Row, u string) sediatest.Row {
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := sediatest.Read([]byte(`{"results":[` + strings.ReplaceAll(string(b), "topic-details/"+r.Values("identifier")[0], u) + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		return rows[0]
	}
	for want, row := range map[string]sediatest.Row{
		portal + "topic-details/CERV-2026-DAPHNE": topic.Row(),
		portal + "topic-details/A%2FB":            sediatest.Call{Number: 1, Identifier: "A/B"}.Row(),
		portal + "competitive-calls-cs/48939761":  given(cascade, "competitive-calls-cs/48939761"),
		portal + "competitive-calls-cs/13405":     given(cascade, "data/topicDetails/x.json"),
		portal + "prospect-details/185978":        given(external, "x.json"),
	} {
		if got := one(t, row).URL; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestRowsThatCannotBeTaken(t *testing.T) {
	rows := []json.RawMessage{
		[]byte(`null`), []byte(`5`), []byte(`{"reference":""}`), []byte(`{"reference":"1TOPICSen","metadata":[]}`),
		[]byte(`{"reference":"` + strings.Repeat("x", 500) + `"}`),
		[]byte(`{"reference":"2TOPICSen"}`),
		[]byte(`{"reference":"3TOPICSen","metadata":{"title":"one string","status":31094501,"type":[1,null,{"a":1}],"identifier":null,"deadlineDate":[]}}`),
	}
	p := parseSEDIA(rows)
	if len(p.Rejects) != 5 || len(p.Records) != 2 {
		t.Fatalf("rejects %v, %d records", p.Rejects, len(p.Records))
	}
	if p.Records[0].Call.Title != "2TOPICS" {
		t.Errorf("a stub is called %q", p.Records[0].Call.Title)
	}
	if c := p.Records[1].Call; c.Title != "one string" || c.SaidState != "forthcoming" || c.Kind != calls.Topic {
		t.Errorf("%+v", c)
	}
}

func TestAnswersThatAreNoPage(t *testing.T) {
	for _, body := range []string{"", "<html>", "[]", `{"results":[]}`, sediatest.ErrorBody, `{"totalResults":-1}`, `{"totalResults":"x"}`} {
		if _, err := readPage([]byte(body)); err == nil {
			t.Errorf("%s is taken for a page", body)
		}
	}
	if p, err := readPage([]byte(`{"totalResults":0,"results":null}`)); err != nil || p.Total != 0 {
		t.Errorf("an empty page: %v", err)
	}
}

func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	base := topic.Row()
	rows := rowsOf(t, base, base.InLanguage("es", "Uno"), base.InLanguage("es", "Dos"), base.With("title", "Another"), base.Stale(),
		base.WithReference("9TOPICSro"), base.WithReference("9TOPICSde"), base.WithReference("9TOPICS"), base.WithReference("8PROSPECTSEN"))
	want := parseSEDIA(rows)
	rng := rand.New(rand.NewSource(1))
	for range 50 {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if diff := cmp.Diff(want, parseSEDIA(rows)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func FuzzParseSEDIA(f *testing.F) {
	for _, row := range rowsOf(f, topic.Row(), topic.Row().Stale(), topic.Row().InLanguage("es", "x")) {
		f.Add([]byte(`{"totalResults":1,"results":[` + string(row) + `]}`))
	}
	f.Add([]byte(sediatest.ErrorBody))
	f.Add([]byte(`{"totalResults":2,"results":[null,{"reference":"1TOPICSen","metadata":{"budgetOverview":["{"],"deadlineDate":"x"}}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		page, err := readPage(body)
		if err != nil {
			return
		}
		p := parseSEDIA(page.Rows)
		if got := len(p.Rejects) + p.Duplicates; got > len(page.Rows) {
			t.Errorf("%d rows accounted for twice", got-len(page.Rows))
		}
		for i, rec := range p.Records {
			c := rec.Call
			if c.Reference == "" || c.Title == "" || rec.Hash == "" || len(rec.Rows) == 0 {
				t.Errorf("an incomplete record %+v", c)
			}
			if i > 0 && p.Records[i-1].Call.Reference >= c.Reference {
				t.Errorf("%q comes twice or out of order", c.Reference)
			}
			if lower := strings.ToLower(c.Description + c.Conditions); strings.Contains(lower, "<script") || strings.Contains(lower, "<img") {
				t.Errorf("unclean HTML %q", lower)
			}
		}
	})
}
