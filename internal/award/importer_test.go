package award

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
)

// people is a small directory: stakeholders by id.
type people map[string]Organisation

func (p people) Same(_ context.Context, list []Organisation) ([]string, error) {
	out := make([]string, len(list))
	for i, o := range list {
		for id, s := range p {
			if o.ID != "" && s.ID == o.ID || o.Country != "" && s.Country == o.Country && store.Fold(s.Name) == store.Fold(o.Name) {
				out[i] = id
			}
		}
	}
	return out, nil
}

func (p people) Identity(_ context.Context, id string) (Organisation, []string, error) {
	return p[id], []string{p[id].ID}, nil
}
func (p people) Family(_ context.Context, id string) ([]string, error) { return []string{id}, nil }
func (p people) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if s, ok := p[id]; ok {
			names[id] = s.Name
		}
	}
	return names, nil
}
func (p people) Members(context.Context) (map[string]string, error) {
	members := map[string]string{}
	for id, s := range p {
		if strings.HasPrefix(id, "member") {
			members[id] = s.Name
		}
	}
	return members, nil
}

// halves converts pounds at 0.5 for one euro, from a moment on.
type halves struct{ open bool }

func (h *halves) Converter(context.Context, store.Date, store.Date) (Convert, error) {
	return func(m money.Money, _ store.Date) (money.Frozen, bool, error) {
		switch {
		case m.Currency == money.Euro:
			return money.Frozen{Worth: &m}, false, nil
		case m.Currency == "GBP" && h.open:
			return money.Frozen{Worth: &money.Money{Minor: m.Minor * 2, Currency: "EUR"}, Rate: "0.5", RateSource: "test"}, false, nil
		}
		return money.Frozen{}, true, nil
	}, nil
}

type house struct {
	t      *testing.T
	ctx    context.Context
	engine *watched
	db     *store.DB
	repo   *Repo
	im     *Importer
	rates  *halves
	now    time.Time
	mu     sync.Mutex
}

func newHouse(t *testing.T, who people) *house {
	t.Helper()
	h := &house{t: t, ctx: access.AsSystem(t.Context(), "test"), rates: &halves{open: true}, now: time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)}
	h.engine = &watched{Engine: memory.New()}
	h.db = store.New(h.engine, store.Options{Now: func() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.now }})
	h.repo = NewRepo(h.db, who, nil)
	h.im = NewImporter(h.repo, h.rates)
	if err := h.db.Start(h.ctx, nil); err != nil {
		t.Fatal(err)
	}
	return h
}

// grant is one grant of a made-up file.
type grant struct {
	id, to string
	amount int
	year   int
}

func file(note string, grants ...grant) []byte {
	var list []map[string]any
	for _, g := range grants {
		list = append(list, map[string]any{"id": g.id, "title": "t", "currency": "EUR", "amountAwarded": g.amount, "awardDate": fmt.Sprintf("%d-06-01", g.year),
			"fundingOrganization":   []any{map[string]any{"id": "GB-CHC-1", "name": "Harbour Trust"}},
			"recipientOrganization": []any{map[string]any{"name": g.to, "addressCountry": "PL"}}})
	}
	b, _ := json.Marshal(map[string]any{"note": note, "grants": list})
	return b
}

// quiet is a run that nobody watches.
type quiet struct{}

func (quiet) Count(string, int) {}
func (quiet) Say(string)        {}

// work lets the job run, and gives how an import then stands.
func (h *house) work(ctx context.Context, id string) *AwardImport {
	h.t.Helper()
	if err := h.im.Work(ctx, quiet{}); err != nil {
		h.t.Fatal(err)
	}
	imp, err := h.repo.ImportOf(h.ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return imp
}

// check uploads a file and lets it be read.
func (h *house) check(data []byte) *AwardImport {
	h.t.Helper()
	imp, err := h.im.Upload(h.ctx, "grants.json", data)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.work(h.ctx, imp.ID)
}

// take imports a file.
func (h *house) take(data []byte) *AwardImport {
	h.t.Helper()
	imp := h.check(data)
	if imp.State != Checked {
		h.t.Fatalf("it is %s: %s", imp.State, imp.Message)
	}
	if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
		h.t.Fatal(err)
	}
	done := h.work(h.ctx, imp.ID)
	if done.State != Live {
		h.t.Fatalf("it is %s: %s", done.State, done.Message)
	}
	if kept, err := h.repo.files.Kept(h.ctx); err != nil || len(kept) > 0 {
		h.t.Fatalf("%d files are kept, %v", len(kept), err)
	}
	return done
}

func (h *house) later(d time.Duration) {
	h.mu.Lock()
	h.now = h.now.Add(d)
	h.mu.Unlock()
}

// seen lists the visible awards as "id to amount".
func (h *house) seen() []string {
	h.t.Helper()
	var list []string
	err := h.repo.Each(h.ctx, Search{}, "", func(a *Award) error {
		list = append(list, fmt.Sprintf("%s %s %d", a.ExternalID, a.RecipientName, a.Amount.Minor/100))
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func (h *house) wantSeen(want ...string) {
	h.t.Helper()
	if got := h.seen(); !slices.Equal(got, want) {
		h.t.Errorf("seen are %q, not %q", got, want)
	}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	h := newHouse(t, people{})
	first := h.take(file("1", grant{"a", "X", 10, 2020}, grant{"b", "Y", 20, 2021}))
	if first.Created != 2 || first.Records != 2 || first.Funders != 1 || first.FirstYear != 2020 || first.LastYear != 2021 {
		t.Errorf("%+v", first.Counts)
	}
	if _, err := h.im.Upload(h.ctx, "again", file("1", grant{"a", "X", 10, 2020}, grant{"b", "Y", 20, 2021})); !fault.Is(err, fault.Duplicate) {
		t.Errorf("the same file again: %v", err)
	}
	dry := h.check(file("2", grant{"a", "X", 10, 2020}, grant{"c", "Z", 5, 2020}))
	if dry.Created != 1 || dry.Unchanged != 1 || dry.State != Checked {
		t.Errorf("what it would bring: %+v", dry)
	}
	if err := h.im.Discard(h.ctx, dry.ID, dry.Rev); err != nil {
		t.Fatal(err)
	}
	h.wantSeen("a X 10", "b Y 20")
	second := h.take(file("2", grant{"a", "X", 10, 2020}, grant{"b", "Y", 25, 2021}))
	if second.Unchanged != 1 || second.Changed != 1 || second.Created != 0 {
		t.Errorf("%+v", second.Counts)
	}
	h.wantSeen("a X 10", "b Y 25")
	if _, err := h.repo.Revert(h.ctx, first.ID); err != nil {
		t.Fatal(err)
	}
	h.wantSeen("a X 10", "b Y 25") // the second file brought them too
	if _, err := h.repo.Revert(h.ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	h.wantSeen()
	if _, err := h.repo.Revert(h.ctx, second.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("reverted twice: %v", err)
	}
	h.take(file("1", grant{"a", "X", 10, 2020}, grant{"b", "Y", 20, 2021}))
	h.wantSeen("a X 10", "b Y 20")
}

// TestImportsAgainstModel does random imports and reverts, and holds what is seen against a plain model: of each
// id the version of the last live import that has it.
func TestImportsAgainstModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for round := range 20 {
		h := newHouse(t, people{})
		type imported struct {
			id     string
			grants map[string]grant
			live   bool
		}
		var done []*imported
		for step := range 14 {
			if rng.IntN(3) == 0 && len(done) > 0 {
				if one := done[rng.IntN(len(done))]; one.live {
					one.live = false
					if _, err := h.repo.Revert(h.ctx, one.id); err != nil {
						t.Fatal(err)
					}
				}
			} else {
				one := &imported{grants: map[string]grant{}, live: true}
				var list []grant
				for _, id := range []string{"a", "b", "c", "d"} {
					if rng.IntN(2) == 0 {
						g := grant{id, "X", 1 + rng.IntN(3), 2020}
						one.grants[id], list = g, append(list, g)
					}
				}
				if len(list) == 0 {
					continue
				}
				one.id = h.take(file(fmt.Sprint(step), list...)).ID
				done = append(done, one)
			}
			if rng.IntN(4) == 0 {
				h.later(2 * time.Hour)
				if _, err := h.repo.Sweep(h.ctx); err != nil {
					t.Fatal(err)
				}
			}
			var want []string
			for _, id := range []string{"a", "b", "c", "d"} {
				for i := len(done) - 1; i >= 0; i-- {
					if g, ok := done[i].grants[id]; ok && done[i].live {
						want = append(want, fmt.Sprintf("%s X %d", id, g.amount))
						break
					}
				}
			}
			if got := h.seen(); !slices.Equal(got, want) {
				t.Fatalf("round %d, step %d: seen are %q, the model has %q", round, step, got, want)
			}
		}
	}
}

// TestPersonsAreNotKept: of an award to a person nothing is stored but amount and year.
func TestPersonsAreNotKept(t *testing.T) {
	h := newHouse(t, people{})
	data, err := os.ReadFile("testdata/grants.json")
	if err != nil {
		t.Fatal(err)
	}
	res := h.take(data)
	if res.Persons != 1 || res.Created != 3 || res.Rejected != 7 || res.Records != 10 {
		t.Errorf("%+v", res.Counts)
	}
	page, err := h.repo.Rejects(h.ctx, res.ID, store.Query{})
	if err != nil || page.Total != 7 || page.Items[0].Place != "grant 3" {
		t.Errorf("%+v, %v", page, err)
	}
	for _, name := range []string{"awards", "award_parties", "award_rejects", "award_imports", "award_plans"} {
		for _, d := range h.db.Declared() {
			if d.Name != name {
				continue
			}
			err := d.Raw.Each(h.ctx, func(doc []byte) error {
				for _, secret := range []string{"Jane", "person-9", "lantern-2", "2021-02-04", "Bursary"} {
					if strings.Contains(string(doc), secret) {
						t.Errorf("%s holds %q: %s", name, secret, doc)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if again := h.check(append(data, ' ')); again.Unchanged != 3 || again.Created != 0 {
		t.Errorf("again: %+v", again)
	}
}

func TestGivingOf(t *testing.T) {
	who := people{"funder": {Name: "Harbour Trust", ID: "GB-CHC-1"}, "member1": {Name: "Y Dom", Country: "PL"}}
	h := newHouse(t, who)
	h.take(file("1", grant{"a", "X", 100, 2018}, grant{"b", "Y dom", 200, 2020}, grant{"c", "Y Dom", 300, 2021}, grant{"d", "X", -50, 2021}, grant{"e", "Z", 1000, 2021}))
	g, err := h.repo.GivingOf(h.ctx, "funder")
	if err != nil {
		t.Fatal(err)
	}
	if g.Awards != 5 || g.Worth != 155000 || len(g.Years) != 4 || g.Years[1] != (YearSum{Year: 2019}) || g.Years[3] != (YearSum{2021, 3, 125000}) {
		t.Errorf("%+v", g)
	}
	if *g.Sizes != (Sizes{4, 10000, 17500, 25000, 47500, 100000}) {
		t.Errorf("sizes are %+v", *g.Sizes)
	}
	if len(g.Members) != 1 || g.Members[0].StakeholderID != "member1" || g.Members[0].Worth != 50000 || g.Members[0].Awards != 2 || g.Members[0].LastYear != 2021 {
		t.Errorf("members: %+v", g.Members)
	}
	if len(g.Known) != 1 || g.Known[0].How != ByMatch || g.Recipients[0].Name != "Z" {
		t.Errorf("%+v, %+v", g.Known, g.Recipients)
	}
	// A person says otherwise, and a stakeholder that comes later is found without anything being done.
	page, err := h.repo.Funders(h.ctx, FunderSearch{Linked: "yes"}, 0, "")
	if err != nil || len(page.Items) != 1 || page.Items[0].Is != "funder" || page.Items[0].Worth != 155000 {
		t.Fatalf("%+v, %v", page, err)
	}
	f := page.Items[0]
	if _, err := h.repo.Link(h.ctx, f.ID, f.Rev, "nobody at all", false); !fault.Is(err, fault.Invalid) {
		t.Errorf("linked with nobody known: %v", err)
	}
	p, err := h.repo.Link(h.ctx, f.ID, f.Rev, "", true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.repo.Link(h.ctx, f.ID, f.Rev, "funder", false); !fault.Is(err, fault.Stale) {
		t.Errorf("linked an older revision: %v", err)
	}
	if g, err := h.repo.GivingOf(h.ctx, "funder"); err != nil || g.Awards != 0 {
		t.Errorf("%+v, %v", g, err)
	}
	who["later"] = Organisation{Name: "Harbour & Co"}
	if _, err := h.repo.Link(h.ctx, p.ID, p.Rev, "later", false); err != nil {
		t.Fatal(err)
	}
	if g, err := h.repo.GivingOf(h.ctx, "later"); err != nil || g.Awards != 5 || g.Known[0].How != ByPerson {
		t.Errorf("%+v, %v", g, err)
	}
}

// TestSummariseAddsUp: years and countries each add up to the total, for any awards.
func TestSummariseAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		var list []*Award
		total := int64(0)
		for range rng.IntN(30) {
			a := &Award{Year: 2000 + rng.IntN(25), RecipientID: fmt.Sprint(rng.IntN(5)), Countries: []string{"PL", "BE", "GB", "UA"}[:rng.IntN(5)]}
			if rng.IntN(5) > 0 {
				a.Worth = &money.Money{Minor: rng.Int64N(1e9) - 1e8, Currency: "EUR"}
				total += a.Worth.Minor
			}
			list = append(list, a)
		}
		g := Summarise(list)
		years, places, got, n := int64(0), int64(0), int64(0), 0
		for _, y := range g.Years {
			years, n = years+y.Worth, n+y.Awards
		}
		for _, c := range g.Countries {
			places += c.Worth
		}
		for _, r := range g.Recipients {
			got += r.Worth
		}
		if g.Worth != total || years != total || places != total || got != total || n != len(list) {
			t.Fatalf("total %d: sum %d, years %d, countries %d, recipients %d; %d of %d awards", total, g.Worth, years, places, got, n, len(list))
		}
		if s := g.Sizes; s != nil && (s.Smallest > s.Lower || s.Lower > s.Median || s.Median > s.Upper || s.Upper > s.Largest || s.Smallest <= 0) {
			t.Fatalf("%+v", *s)
		}
	}
}

func TestReconvert(t *testing.T) {
	h := newHouse(t, people{})
	h.rates.open = false
	data, err := os.ReadFile("testdata/grants.json")
	if err != nil {
		t.Fatal(err)
	}
	if res := h.take(data); res.NotConverted != 2 {
		t.Errorf("%+v", res.Counts)
	}
	before, err := h.repo.Funders(h.ctx, FunderSearch{}, 0, "")
	if err != nil || before.Items[0].Worth != 0 && before.Items[0].Worth != -25000 {
		t.Fatalf("%+v, %v", before, err)
	}
	h.rates.open = true
	if n, err := h.im.Reconvert(h.ctx); err != nil || n != 2 {
		t.Fatalf("%d, %v", n, err)
	}
	after, err := h.repo.Funders(h.ctx, FunderSearch{}, 0, "")
	if err != nil || after.Items[0].Worth != 2*(1200050+90000) {
		t.Errorf("%+v, %v", after, err)
	}
	if n, err := h.repo.awards.Count(h.ctx, filter.Eq{Field: "unsettled", Value: true}); err != nil || n != 0 {
		t.Errorf("%d unsettled, %v", n, err)
	}
}
