package calls_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
)

// desk is a store with a clock that a test sets.
type desk struct {
	repo *calls.Repo
	now  time.Time
	ctx  context.Context
}

func newDesk(t *testing.T, now string) *desk {
	t.Helper()
	d := &desk{ctx: access.AsSystem(context.Background(), "test")}
	d.at(t, now)
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return d.now }})
	d.repo = calls.NewRepo(db)
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return d
}

// at sets the clock to a moment in Brussels.
func (d *desk) at(t *testing.T, moment string) {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, store.Brussels)
	if err != nil {
		t.Fatal(err)
	}
	d.now = at
}

func (d *desk) save(t *testing.T, records ...calls.Record) calls.Tally {
	t.Helper()
	tally, err := d.repo.Save(d.ctx, "src", records)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func (d *desk) list(t *testing.T, s calls.Search, sort ...driver.Key) []string {
	t.Helper()
	page, err := d.repo.Page(d.ctx, s, store.Query{Sort: sort, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	refs := []string{}
	for _, c := range page.Items {
		refs = append(refs, c.Reference)
	}
	return refs
}

func (d *desk) only(t *testing.T) *calls.Seen {
	t.Helper()
	page, err := d.repo.Page(d.ctx, calls.Search{}, store.Query{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("want one call, got %d, %v", len(page.Items), err)
	}
	c, err := d.repo.Get(d.ctx, page.Items[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// record makes a record; each deadline is a day, and its hash follows from what it says.
func record(ref, title string, opens store.Date, deadlines ...store.Date) calls.Record {
	c := calls.Call{Reference: ref, Identifier: "ID-" + ref, Title: title, Opens: opens, Language: "en", Languages: []string{"en"}}
	for _, d := range deadlines {
		c.Deadlines = append(c.Deadlines, calls.Deadline{Date: d, At: calls.CutOff(d)})
	}
	return rehash(calls.Record{Call: c})
}

func rehash(r calls.Record) calls.Record {
	r.Rows = []string{fmt.Sprintf("%+v", r.Call)}
	r.Hash = r.Rows[0]
	return r
}

func TestCutOffIsBrusselsTimeInSummerAndWinter(t *testing.T) {
	for day, want := range map[store.Date]store.Instant{
		"2026-07-01": "2026-07-01T15:00:00Z",
		"2026-12-01": "2026-12-01T16:00:00Z",
	} {
		if got := calls.CutOff(day); got != want {
			t.Errorf("CutOff(%s) = %s, want %s", day, got, want)
		}
	}
	if got := store.Instant("2026-06-30T22:30:00Z").Day(); got != "2026-07-01" {
		t.Errorf("half past midnight in Brussels is on %s", got)
	}
}

// The state that a call says of itself and the filter by state must never disagree, whenever one asks.
func TestStateFollowsTheDatesAtTheMomentOfAsking(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	d.save(t,
		record("plain", "Plain", "2026-03-10", "2026-04-20"),
		record("stages", "Stages", "2026-03-10", "2026-04-20", "2026-09-01"),
		record("no-deadline", "No deadline", "2026-03-10"),
		record("no-dates", "No dates", ""),
		record("no-opening", "No opening", "", "2026-04-20"),
		record("stale", "Stale", "2023-10-04", "2024-02-07"),
		record("muddled", "Opens after it closed", "2026-12-01", "2026-02-01"),
	)
	want := []struct {
		when  string
		state map[string]calls.State
	}{
		{"2026-03-09 23:59", map[string]calls.State{"plain": "forthcoming", "stages": "forthcoming", "no-deadline": "forthcoming", "no-dates": "unknown", "no-opening": "open", "stale": "closed", "muddled": "closed"}},
		{"2026-03-10 00:00", map[string]calls.State{"plain": "open", "stages": "open", "no-deadline": "unknown", "no-dates": "unknown", "no-opening": "open", "stale": "closed", "muddled": "closed"}},
		{"2026-04-20 17:00", map[string]calls.State{"plain": "open", "stages": "open", "no-deadline": "unknown", "no-dates": "unknown", "no-opening": "open", "stale": "closed", "muddled": "closed"}},
		{"2026-04-20 17:01", map[string]calls.State{"plain": "closed", "stages": "open", "no-deadline": "unknown", "no-dates": "unknown", "no-opening": "closed", "stale": "closed", "muddled": "closed"}},
		{"2026-09-02 00:00", map[string]calls.State{"plain": "closed", "stages": "closed", "no-deadline": "unknown", "no-dates": "unknown", "no-opening": "closed", "stale": "closed", "muddled": "closed"}},
	}
	for _, w := range want {
		d.at(t, w.when)
		page, err := d.repo.Page(d.ctx, calls.Search{}, store.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			if got := c.StateAt(d.repo.Now()); got != w.state[c.Reference] {
				t.Errorf("%s: %s is %s, want %s", w.when, c.Reference, got, w.state[c.Reference])
			}
		}
		facets, err := d.repo.Facets(d.ctx)
		if err != nil {
			t.Fatal(err)
		}
		for i, state := range calls.States {
			var refs []string
			for ref, s := range w.state {
				if s == state {
					refs = append(refs, ref)
				}
			}
			got := d.list(t, calls.Search{States: []calls.State{state}})
			slices.Sort(refs)
			slices.Sort(got)
			if !slices.Equal(got, refs) {
				t.Errorf("%s: list of %s is %v, want %v", w.when, state, got, refs)
			}
			if facets.States[i].Count != len(refs) {
				t.Errorf("%s: facet %s counts %d, want %d", w.when, state, facets.States[i].Count, len(refs))
			}
		}
	}
}

func TestChangesAreToldInSentences(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	first := record("r", "Help for victims", "2026-01-10", "2026-03-12")
	first.Call.Budget = &calls.Budget{Currency: "EUR", Total: 500_000_000}
	d.save(t, rehash(first))

	second := record("r", "Help and shelter for victims", "2026-01-11", "2026-04-03")
	second.Call.Budget = &calls.Budget{Currency: "EUR", Total: 1_234_567_850}
	second.Call.Description = "<p>More</p>"
	d.at(t, "2026-03-02 06:00")
	if got, want := d.save(t, rehash(second)), (calls.Tally{Changed: 1, Moved: 1}); got != want {
		t.Errorf("tally %+v, want %+v", got, want)
	}
	third := record("r", "Help and shelter for victims", "2026-01-11", "2026-04-03", "2026-09-15")
	third.Call.Deadlines[1].Time = "12:00"
	d.at(t, "2026-03-03 06:00")
	d.save(t, rehash(third))

	want := []string{
		"Title changed from “Help for victims” to “Help and shelter for victims”.",
		"Opening moved from 10 January 2026 to 11 January 2026.",
		"Deadline moved from 12 March 2026 to 3 April 2026.",
		"Budget changed from EUR 5,000,000 to EUR 12,345,678.50.",
		"The description was changed.",
		"Deadlines moved from 3 April 2026 to 3 April 2026 and 15 September 2026 at 12:00.",
		"Budget removed; it was EUR 12,345,678.50.",
		"The description was changed.",
	}
	var got []string
	c := d.only(t)
	for _, ch := range c.Changes {
		got = append(got, ch.Sentence)
	}
	if !slices.Equal(got, want) {
		t.Errorf("log:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c.ChangedAt != store.At(d.now) || c.FirstSeenAt == c.ChangedAt || c.LastSeenAt != c.ChangedAt {
		t.Errorf("first seen %s, changed %s, last seen %s", c.FirstSeenAt, c.ChangedAt, c.LastSeenAt)
	}
}

func TestReopeningIsAChangeOfState(t *testing.T) {
	d := newDesk(t, "2026-03-20 12:00")
	d.save(t, record("r", "T", "2026-01-10", "2026-03-12"))
	d.save(t, record("r", "T", "2026-01-10", "2026-04-03"))
	if got := d.only(t).Changes[0].Sentence; got != "With the new dates the call is open; it was closed." {
		t.Error(got)
	}
}

func TestWhatIsNoChange(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	d.save(t, record("r", "T", "2026-01-10", "2026-03-12"))
	before := d.only(t)

	// The same bytes, later: only the sighting moves, also though the call has closed meanwhile.
	d.at(t, "2026-05-01 12:00")
	if got, want := d.save(t, record("r", "T", "2026-01-10", "2026-03-12")), (calls.Tally{Unchanged: 1}); got != want {
		t.Errorf("again: %+v", got)
	}
	after := d.only(t)
	if after.Rev != before.Rev || after.UpdatedAt != before.UpdatedAt || after.LastSeenAt == before.LastSeenAt {
		t.Errorf("a run without news: rev %d → %d, last seen %s → %s", before.Rev, after.Rev, before.LastSeenAt, after.LastSeenAt)
	}

	// Other bytes that say the same.
	same := record("r", "T", "2026-01-10", "2026-03-12")
	same.Hash, same.Rows = "other", []string{"other"}
	if got, want := d.save(t, same), (calls.Tally{Unchanged: 1}); got != want {
		t.Errorf("other bytes: %+v", got)
	}
	if rows, err := d.repo.Payload(d.ctx, after.ID); err != nil || !slices.Equal(rows, []string{"other"}) {
		t.Errorf("payload %v, %v", rows, err)
	}

	// A detail that the log does not follow.
	detail := record("r", "T", "2026-01-10", "2026-03-12")
	detail.Call.Keywords = []string{"shelter"}
	if got, want := d.save(t, rehash(detail)), (calls.Tally{Updated: 1}); got != want {
		t.Errorf("a detail: %+v", got)
	}

	// The same bytes read differently, as by a newer Piper, are no news of the source's.
	reread := rehash(detail)
	reread.Call.Description = "<p>now with links</p>"
	if got, want := d.save(t, reread), (calls.Tally{Updated: 1}); got != want {
		t.Errorf("reread: %+v", got)
	}
	if n := len(d.only(t).Changes); n != 0 {
		t.Errorf("%d entries in the log, want none", n)
	}
}

func TestEnglishWordsStayWhenOnlyAnotherLanguageComes(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	en := record("r", "Shelter", "2026-01-10", "2026-03-12")
	en.Call.Languages = []string{"en", "es"}
	d.save(t, rehash(en))
	es := record("r", "Refugio", "2026-01-10", "2026-03-31")
	es.Call.Language, es.Call.Languages = "es", []string{"es"}
	d.save(t, rehash(es))
	c := d.only(t)
	if c.Title != "Shelter" || c.Language != "en" || !slices.Equal(c.Languages, []string{"en", "es"}) {
		t.Errorf("%q in %s of %v", c.Title, c.Language, c.Languages)
	}
	if c.NextDeadline != "2026-03-31" || len(c.Changes) != 1 {
		t.Errorf("deadline %s, log %v", c.NextDeadline, c.Changes)
	}
}

func TestRestateMovesTheNextDeadlineOn(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	d.save(t, record("r", "T", "", "2026-03-12", "2026-06-01"), record("s", "T", "", "2026-03-12"))
	d.at(t, "2026-03-13 05:00")
	if n, err := d.repo.Restate(d.ctx); n != 1 || err != nil {
		t.Fatalf("restated %d, %v", n, err)
	}
	if got := d.list(t, calls.Search{DeadlineAfter: "2026-03-13", DeadlineBefore: "2026-06-01"}); !slices.Equal(got, []string{"r"}) {
		t.Errorf("due from now: %v", got)
	}
	if n, err := d.repo.Restate(d.ctx); n != 0 || err != nil {
		t.Errorf("a second time %d, %v", n, err)
	}
	if got, want := d.save(t, record("r", "T", "", "2026-03-12", "2026-06-01")), (calls.Tally{Unchanged: 1}); got != want {
		t.Errorf("import after restating: %+v", got)
	}
}

func TestPagesOfAStateGoOnAsTimePasses(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	var records []calls.Record
	for i := range 25 {
		r := record(fmt.Sprintf("r%02d", i), fmt.Sprintf("Title %02d", i), "", "2026-03-12")
		records = append(records, r)
	}
	d.save(t, records...)
	seen := map[string]bool{}
	cursor := ""
	for {
		page, err := d.repo.Page(d.ctx, calls.Search{States: []calls.State{calls.Open}},
			store.Query{Limit: 10, Cursor: cursor, Sort: []driver.Key{{Path: "nextDeadline"}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			seen[c.Reference] = true
		}
		if cursor = page.Next; cursor == "" {
			break
		}
		d.now = d.now.Add(time.Minute)
	}
	if len(seen) != 25 {
		t.Errorf("%d calls over all pages", len(seen))
	}
	for _, bad := range []string{"x", ".", "zzzzzzzzzzzz.x", "-5.x", "1."} {
		if _, err := d.repo.Page(d.ctx, calls.Search{}, store.Query{Cursor: bad}); !fault.Is(err, fault.Invalid) {
			t.Errorf("cursor %q: %v", bad, err)
		}
	}
}

func TestSearchFindsWordsOfTitleAndDescription(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	r := record("r", "Trafficking in human beings", "", "2026-03-12")
	r.Call.Description = "<ul><li>Unterkünfte</li><li>shelters&amp;more</li></ul>"
	d.save(t, rehash(r), record("s", "Fisheries", "", "2026-03-12"))
	for text, want := range map[string]int{"traffick": 1, "affick": 1, "unterkunft": 1, "shelt more": 1, "helter": 0, "nothing": 0} {
		page, err := d.repo.Page(d.ctx, calls.Search{}, store.Query{Text: text})
		if err != nil || page.Total != want {
			t.Errorf("%q finds %d, want %d (%v)", text, page.Total, want, err)
		}
	}
}

func TestFacetsNameTheProgrammes(t *testing.T) {
	d := newDesk(t, "2026-03-01 12:00")
	var records []calls.Record
	for i, code := range []string{"43251589", "43108390", "43108390", "99", ""} {
		r := record(fmt.Sprint(i), "T", "", "2026-03-12")
		r.Call.Programme = code
		records = append(records, r)
	}
	d.save(t, records...)
	f, err := d.repo.Facets(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := []calls.Facet{{"43108390", "Horizon Europe (HORIZON)", 2}, {"43251589", "Citizens, Equality, Rights and Values (CERV)", 1}, {"99", "99", 1}}
	if !slices.Equal(f.Programmes, want) {
		t.Errorf("%v", f.Programmes)
	}
}
