package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

type quiet struct{}

func (quiet) Total(int)         {}
func (quiet) Done(int)          {}
func (quiet) Count(string, int) {}
func (quiet) Say(string)        {}

type house struct {
	t       *testing.T
	ctx     context.Context
	db      *store.DB
	people  *stakeholder.Repo
	im      *Importer
	journal *audit.Journal
}

func newHouse(t *testing.T) *house {
	t.Helper()
	engine, err := sqlite.Open(t.TempDir() + "/piper.db")
	if err != nil {
		t.Fatal(err)
	}
	db := store.New(engine, store.Options{})
	t.Cleanup(func() { _ = db.Close() })
	h := &house{t: t, ctx: access.AsSystem(context.Background(), "test"), db: db}
	h.journal = audit.New(db, []byte(strings.Repeat("k", 32)), "")
	h.people = stakeholder.NewRepo(db)
	h.im = New(db, h.people)
	if err := db.Start(h.ctx, nil); err != nil {
		t.Fatal(err)
	}
	return h
}

// checked uploads a file and makes its dry run.
func (h *house) checked(text string, policy Policy) *StakeholderImport {
	h.t.Helper()
	imp, err := h.im.Upload(h.ctx, "people.csv", []byte(text))
	if err != nil {
		h.t.Fatal(err)
	}
	s := imp.Settings()
	s.Policy = policy
	if imp, err = h.im.Set(h.ctx, imp.ID, imp.Rev, s); err != nil {
		h.t.Fatal(err)
	}
	return h.do(h.im.Check(h.ctx, imp.ID))
}

// do works until the import waits for a person.
func (h *house) do(imp *StakeholderImport, err error) *StakeholderImport {
	h.t.Helper()
	if err == nil {
		err = h.im.Work(h.ctx, quiet{})
	}
	if err == nil {
		imp, err = h.im.Get(h.ctx, imp.ID)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return imp
}

// all lists who is there: name, kind, country, parent, addresses.
func (h *house) all() []string {
	h.t.Helper()
	names := map[string]string{}
	var list []*stakeholder.Stakeholder
	if err := h.people.Walk(h.ctx, stakeholder.Search{}, "", nil, func(s *stakeholder.Stakeholder) error {
		names[s.ID] = s.Name
		list = append(list, s)
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, s := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s %s", s.Kind, s.Name, s.Country, names[s.ParentID], strings.Join(s.Addresses(), ","), strings.Join(s.Roles, ","))))
	}
	slices.Sort(out)
	return out
}

func (h *house) rows(imp *StakeholderImport) []string {
	h.t.Helper()
	page, err := h.im.Rows(h.ctx, imp.ID, "", "", store.Query{Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, r := range page.Items {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s %s", r.N, r.Verdict, r.Name, r.Reason)))
	}
	return out
}

const file = `Vorname;Nachname;Firma;E-Mail;Land;Rolle
Ana;Ruiz;La Strada;ana@x.eu;Spanien;Medien
Bo;Å;La  Strada;bo@x.eu;Suède;Spender
Ana;Ruiz;;ana@x.eu;;
Cy;Z;;not an address;Atlantis;king
`

// What a dry run says is what an import does, and a revert leaves everything as it was.
func TestImportAndRevert(t *testing.T) {
	h := newHouse(t)
	before := h.all()
	imp := h.checked(file, Skip)
	if imp.State != Checked || imp.Counts != (ImportCounts{Rows: 4, Create: 3, Skip: 1, Error: 1, Posts: 2, Organisations: 1}) {
		t.Fatalf("%+v %v", imp, h.rows(imp))
	}
	rows := h.rows(imp)
	if len(h.all()) != 0 || len(rows) != 5 || !strings.Contains(strings.Join(rows, "\n"), "4 skip Ana Ruiz It is the same as line 2 of this file.") {
		t.Fatalf("after the dry run: %q %q", h.all(), rows)
	}
	if last := rows[len(rows)-1]; !strings.Contains(last, "Atlantis") || !strings.Contains(last, "king") || !strings.Contains(last, "not an address") && !strings.Contains(last, "“not”") {
		t.Errorf("not all that is wrong is told: %s", last)
	}
	imp = h.do(h.im.Apply(h.ctx, imp.ID))
	want := []string{"organisation La Strada", "person Ana Ruiz ES La Strada ana@x.eu media", "person Bo Å SE La Strada bo@x.eu donor"}
	if got := h.all(); imp.State != Live || !slices.Equal(got, want) {
		t.Fatalf("%s %q", imp.State, got)
	}
	entries, err := h.journal.List(h.ctx, audit.Query{Collection: "stakeholders"})
	if err != nil || len(entries.Items) != 1 || entries.Items[0].Digest == "" || entries.Items[0].Counts["stakeholders"].Created != 3 {
		t.Errorf("the journal has %+v, %v", entries.Items, err)
	}
	again, err := h.im.Upload(h.ctx, "again.csv", []byte(file))
	if err != nil || !strings.Contains(again.SameAs, "imported already") {
		t.Errorf("the same file again: %+v %v", again, err)
	}
	imp = h.do(h.im.Revert(h.ctx, imp.ID))
	if got := h.all(); imp.State != Reverted || imp.Back.Removed != 3 || !slices.Equal(got, before) {
		t.Fatalf("%+v %q", imp, got)
	}
	if _, err := h.im.Revert(h.ctx, imp.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("reverted twice: %v", err)
	}
}

// A row that has more fields than the header is not taken with the last of them lost; empty ones behind it are nothing.
func TestRowsThatAreTooLong(t *testing.T) {
	h := newHouse(t)
	imp := h.checked("name,email,country\nAna Ruiz,ana@x.eu,ES\nRuiz, Bo,bo@x.eu,ES\nCy Ek,cy@x.eu,SE,,\n", Skip)
	rows := h.rows(imp)
	if imp.Counts.Create != 2 || imp.Counts.Error != 1 || !strings.Contains(strings.Join(rows, "\n"), "more fields than the header") {
		t.Errorf("%+v %q", imp.Counts, rows)
	}
}

func TestPolicies(t *testing.T) {
	for policy, want := range map[Policy]string{
		Skip: "person Ana Ruiz  ana@x.eu", Fill: "person Ana Ruiz ES ana@x.eu media", Overwrite: "person Ana Ruiz-Gil ES ana@x.eu,gil@x.eu media",
	} {
		h := newHouse(t)
		ana := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Ana Ruiz", Emails: []stakeholder.Email{{Address: "ana@x.eu"}}}
		if err := h.people.Create(h.ctx, ana); err != nil {
			t.Fatal(err)
		}
		before := h.all()
		imp := h.checked("name,email,country,role\nAna Ruiz-Gil,ana@x.eu; gil@x.eu,ES,media\n", policy)
		if policy == Skip {
			if imp.Counts.Skip != 1 {
				t.Errorf("%+v", imp.Counts)
			}
			continue
		}
		imp = h.do(h.im.Apply(h.ctx, imp.ID))
		if got := strings.Join(strings.Fields(h.all()[0]), " "); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s: %q, want %q", policy, got, want)
		}
		imp = h.do(h.im.Revert(h.ctx, imp.ID))
		if got := h.all(); imp.Back.Restored != 1 || !slices.Equal(got, before) {
			t.Errorf("%s reverted: %+v %q, before %q", policy, imp.Back, got, before)
		}
	}
}

// A revert keeps what was changed, or what something else refers to, since.
func TestRevertKeeps(t *testing.T) {
	h := newHouse(t)
	imp := h.do(h.im.Apply(h.ctx, h.checked("name,kind,organisation\nAna,person,Alpha\nBo,person,Beta\nCy,person,Gamma\n", Skip).ID))
	found, err := h.people.Find(h.ctx, []string{"Ana", "Beta"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.people.Update(h.ctx, found["Ana"], 1, func(s *stakeholder.Stakeholder) { s.Notes = "met" }); err != nil {
		t.Fatal(err)
	}
	if err := h.people.Create(h.ctx, &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Dee", ParentID: found["Beta"]}); err != nil {
		t.Fatal(err)
	}
	imp = h.do(h.im.Revert(h.ctx, imp.ID))
	want := []string{"organisation Alpha", "organisation Beta", "person Ana  Alpha", "person Dee  Beta"}
	if got := h.all(); imp.Back.Kept != 3 || imp.Back.Removed != 3 || !slices.Equal(got, want) {
		t.Fatalf("%+v %q", imp.Back, got)
	}
}

// Who comes between the dry run and the import is seen.
func TestSomebodyWasQuicker(t *testing.T) {
	h := newHouse(t)
	imp := h.checked("name,email\nAna,ana@x.eu\nBo,bo@x.eu\n", Skip)
	if err := h.people.Create(h.ctx, &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Ana R.", Emails: []stakeholder.Email{{Address: "ana@x.eu"}}}); err != nil {
		t.Fatal(err)
	}
	imp = h.do(h.im.Apply(h.ctx, imp.ID))
	if imp.State != Live || imp.Counts.Create != 1 || imp.Counts.Skip != 1 || len(h.all()) != 2 {
		t.Fatalf("%+v %q", imp, h.all())
	}
}

// The number of a register is enough to know a stakeholder by.
func TestNumbers(t *testing.T) {
	h := newHouse(t)
	oak := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Oak", ExternalIDs: []stakeholder.ExternalID{{Scheme: "pic", Value: "999999999"}}}
	if err := h.people.Create(h.ctx, oak); err != nil {
		t.Fatal(err)
	}
	imp := h.checked("name,kind,PIC,acronym\nOak Foundation,organisation,999 999 999,OF\nElm,organisation,12,\n", Overwrite)
	if imp.Counts != (ImportCounts{Rows: 2, Update: 1, Error: 1}) {
		t.Fatalf("%+v %q", imp.Counts, h.rows(imp))
	}
	h.do(h.im.Apply(h.ctx, imp.ID))
	if now, err := h.people.Get(h.ctx, oak.ID); err != nil || now.Name != "Oak Foundation" || len(now.OtherNames) != 1 || len(now.ExternalIDs) != 1 {
		t.Fatalf("%+v %v", now, err)
	}
}

func TestMappingIsSaved(t *testing.T) {
	h := newHouse(t)
	const odd = "wer;wohin\nAna;ana@x.eu\n"
	imp, err := h.im.Upload(h.ctx, "odd.csv", []byte(odd))
	if err != nil || len(imp.Problems) == 0 {
		t.Fatalf("%+v %v", imp, err)
	}
	s := imp.Settings()
	s.Fields = []string{"name", "email"}
	if imp, err = h.im.Set(h.ctx, imp.ID, imp.Rev, s); err != nil || len(imp.Problems) > 0 {
		t.Fatalf("%+v %v", imp, err)
	}
	if _, err := h.im.SaveMapping(h.ctx, imp.ID, "Odd ones"); err != nil {
		t.Fatal(err)
	}
	if imp, err = h.im.Upload(h.ctx, "odd again.csv", []byte(odd+"Bo;bo@x.eu\n")); err != nil || imp.Columns[1].Field != "email" || !strings.Contains(strings.Join(imp.Notes, ""), "Odd ones") {
		t.Fatalf("%+v %v", imp, err)
	}
}

func TestHeaders(t *testing.T) {
	for header, want := range map[string]string{"E-Mail": "email", "e_mail 2": "email", "Prénom": "firstName", "PAYS": "country", "Ländercode": "country", "Job Title": "post", "Site web": "website", "Employeur": "organisation", "Shoe size": ""} {
		if got := fieldFor(header); got != want {
			t.Errorf("%s is taken for %q, want %q", header, got, want)
		}
	}
	for name, want := range map[string]string{"Germany": "DE", "Allemagne": "DE", "Deutschland": "DE", "EL": "GR", "uk": "GB", "Tschechien": "CZ", "Kosovo": "XK", "Nowhere": ""} {
		if got := countryCode(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Ana", "ana@x.eu; \"B\" <b@x.eu>", "Spanien", "media, king", "person")
	f.Fuzz(func(t *testing.T, name, email, country, roles, kind string) {
		imp := &StakeholderImport{Columns: []Column{{Field: "name"}, {Field: "email"}, {Field: "country"}, {Field: "roles"}, {Field: "kind"}}}
		d := newConverter(imp).read(sheet.Row{Cells: []string{name, email, country, roles, kind}})
		if len(d.wrong) == 0 {
			if err := d.s.Tidy(); err != nil || d.s.Name == "" {
				t.Fatalf("%+v was taken: %v", d.s, err)
			}
		}
	})
}
