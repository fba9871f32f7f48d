package merge

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

type person struct {
	store.Meta
	Kind      string         `json:"kind"`
	Name      string         `json:"name"`
	Country   string         `json:"country,omitempty"`
	Emails    []string       `json:"emails"`
	Tags      []string       `json:"tags"`
	Notes     string         `json:"notes,omitempty"`
	ParentID  string         `json:"parentId,omitempty"`
	Register  string         `json:"register,omitempty"`
	Facts     map[string]any `json:"facts,omitempty"`
	TrashedAt store.Instant  `json:"trashedAt,omitempty"`
}

// meeting has a list of objects, a plain list and lists inside a list.
type meeting struct {
	store.Meta
	Title    string   `json:"title"`
	Present  []guest  `json:"present"`
	Excused  []string `json:"excused"`
	Sections []struct {
		Topic string   `json:"topic"`
		Who   []string `json:"who"`
	} `json:"sections"`
	Joined []string `json:"joined"` // follows from Sections
}

type guest struct {
	ID    string `json:"id"`
	Role  string `json:"role,omitempty"`
	Spoke bool   `json:"spoke,omitempty"`
	Cents int64  `json:"cents,omitempty"`
}

type relation struct {
	store.Meta
	From   string         `json:"from"`
	To     string         `json:"to"`
	Detail map[string]any `json:"detail,omitempty"`
}

type follow struct {
	store.Meta
	Who  string `json:"who"`
	Whom string `json:"whom"`
}

type gift struct {
	store.Meta
	Donor    string `json:"donor"`
	Ultimate string `json:"ultimate"`
	Deep     struct {
		Via string `json:"via,omitempty"`
	} `json:"deep"`
}

// house is every shape of a reference over one engine.
type house struct {
	*Repo
	db        *store.DB
	people    *store.Collection[person]
	meetings  *store.Collection[meeting]
	relations *store.Collection[relation]
	follows   *store.Collection[follow]
	gifts     *store.Collection[gift]
	told      []string // addresses that Settle was told of
	circle    bool     // Settle refuses
}

func (h *house) Profiles(ctx context.Context, fn func(Profile) error) error {
	return h.people.Each(ctx, nil, func(p *person) error {
		return fn(Profile{ID: p.ID, Kind: p.Kind, Name: p.Name, Country: p.Country, Emails: p.Emails, ParentID: p.ParentID})
	})
}

func (h *house) Settle(ctx context.Context, id string) error {
	p, err := h.people.Get(ctx, id)
	if err != nil {
		return err
	}
	if h.circle {
		return fault.Field("parentId", "A circle.")
	}
	h.told = append(h.told, p.Emails...)
	return nil
}

func open(t testing.TB, engine driver.Engine) *house {
	t.Helper()
	db := store.New(engine, store.Options{})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	h := &house{db: db}
	ref := func(field, apart string) store.Ref {
		return store.Ref{Field: field, Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove", Apart: apart}
	}
	h.people = store.Declare(db, store.Spec[person]{Name: "stakeholders", Audited: true,
		Fields:  []driver.Field{{Path: "parentId"}, {Path: "register"}},
		Indexes: [][]driver.Key{{{Path: "parentId"}}}, Unique: [][]string{{"register"}},
		Refs:  []store.Ref{ref("parentId", "")},
		Words: func(p *person) store.Words { return store.Words{Names: []string{p.Name}} }})
	h.meetings = store.Declare(db, store.Spec[meeting]{Name: "meetings", Audited: true,
		Fields:  []driver.Field{{Path: "present.id", Multi: true}, {Path: "excused", Multi: true}, {Path: "sections.who", Multi: true}},
		Indexes: [][]driver.Key{{{Path: "present.id"}}, {{Path: "excused"}}, {{Path: "sections.who"}}},
		Refs:    []store.Ref{ref("present.id", ""), ref("excused", ""), ref("sections.who", "")},
		Tidy: func(m *meeting) error {
			m.Joined = []string{}
			for i := range m.Sections {
				slices.Sort(m.Sections[i].Who)
				m.Joined = append(m.Joined, m.Sections[i].Who...)
			}
			slices.Sort(m.Joined)
			m.Joined = slices.Compact(m.Joined)
			return nil
		}})
	h.relations = store.Declare(db, store.Spec[relation]{Name: "relations", // neither audited nor indexed
		Refs: []store.Ref{ref("from", "to"), ref("to", "")}})
	h.follows = store.Declare(db, store.Spec[follow]{Name: "follows", Audited: true,
		Fields: []driver.Field{{Path: "who"}, {Path: "whom"}}, Unique: [][]string{{"who", "whom"}}, Indexes: [][]driver.Key{{{Path: "whom"}}},
		Refs: []store.Ref{ref("whom", "")}})
	h.gifts = store.Declare(db, store.Spec[gift]{Name: "gifts", Audited: true,
		Fields:  []driver.Field{{Path: "donor"}, {Path: "ultimate"}, {Path: "deep.via"}},
		Indexes: [][]driver.Key{{{Path: "donor"}}, {{Path: "ultimate"}}, {{Path: "deep.via"}}},
		Refs:    []store.Ref{ref("donor", ""), ref("ultimate", ""), ref("deep.via", "")}})
	h.Repo = NewRepo(db, h, journal)
	must(t, db.Start(t.Context(), nil))
	t.Cleanup(func() { must(t, db.Close()) })
	return h
}

func onEachEngine(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("memory", func(t *testing.T) { test(t, open(t, memory.New())) })
	t.Run("sqlite", func(t *testing.T) {
		engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
		must(t, err)
		test(t, open(t, engine))
	})
}

// advocate is a context in which somebody works who may see little.
func advocate(t testing.TB) context.Context {
	return access.With(t.Context(), access.Reader{AccountID: "a1", Name: "Ada", Role: access.Advocate})
}

func (h *house) person(t testing.TB, p person) *person {
	t.Helper()
	if p.Kind == "" {
		p.Kind = "person"
	}
	must(t, h.people.Create(advocate(t), &p))
	return &p
}

func (h *house) merge(t testing.TB, survivor, loser *person) (*Record, error) {
	t.Helper()
	return h.Merge(advocate(t), h.input(t, survivor, loser))
}

func (h *house) input(t testing.TB, survivor, loser *person) Input {
	t.Helper()
	in := Input{SurvivorID: survivor.ID, LoserID: loser.ID, SurvivorRev: survivor.Rev, LoserRev: loser.Rev}
	if p, err := h.people.Get(advocate(t), survivor.ID); err == nil {
		in.SurvivorRev = p.Rev
	}
	if p, err := h.people.Get(advocate(t), loser.ID); err == nil {
		in.LoserRev = p.Rev
	}
	return in
}

// dump gives every stored document by collection and id, less the revision and the time of the last write.
func (h *house) dump(t testing.TB, but ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, d := range h.db.Declared() {
		if slices.Contains(but, d.Name) {
			continue
		}
		must(t, d.Raw.Each(access.AsSystem(t.Context(), "test"), func(doc []byte) error {
			tr, err := parse(doc)
			if err != nil {
				return err
			}
			delete(tr, "rev")
			delete(tr, "updatedAt")
			text, err := encode(tr)
			out[d.Name+" "+idOf(doc)] = string(text)
			return err
		}))
	}
	return out
}

// naming lists the collections that have id anywhere in a stored document.
func (h *house) naming(t testing.TB, id string) []string {
	t.Helper()
	var list []string
	for _, d := range h.db.Declared() {
		n := 0
		must(t, d.Raw.Each(access.AsSystem(t.Context(), "test"), func(doc []byte) error {
			if bytes.Contains(doc, []byte(id)) {
				n++
			}
			return nil
		}))
		if n > 0 {
			list = append(list, fmt.Sprintf("%s: %d", d.Name, n))
		}
	}
	return list
}

func same(t testing.TB, want, got map[string]string) {
	t.Helper()
	wrong := 0
	for key, doc := range want {
		if got[key] != doc {
			if wrong++; wrong < 5 {
				t.Errorf("%s is\n%s\nwant\n%s", key, got[key], doc)
			}
		}
	}
	for key := range got {
		if _, is := want[key]; !is {
			t.Errorf("%s is there and was not", key)
		}
	}
	if wrong >= 5 {
		t.Errorf("%d documents differ", wrong)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want code %q", err, code)
	}
}
