package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/list"
	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/merge"
	"piper/internal/privacy"
	"piper/internal/stakeholder"
	"piper/internal/stakeholder/importer"
	"piper/internal/store"
	"piper/internal/view"
	"piper/jobs/runner"
)

// traces are what no byte of the data folder may hold after an erasure: the name as written and folded, the
// surname and its endings in the search index, another spelling, addresses and the number.
var traces = []string{"Zoë", "Żółkiewska", "ółkiewska", "olkiewsk", "ZOLKIEWSK", "Zolkiewsk", "zwoelfgruen", "zoe.z@", "5556677", "555 66 77"}

// subject fills a whole Piper with one person wherever a person can be.
type subject struct {
	*world
	admin  context.Context
	person *stakeholder.Stakeholder
}

// administered is a Piper with an administrator, and nobody in it yet.
func administered(t *testing.T) *subject {
	s := &subject{world: newWorld(t)}
	_, err := s.app.accounts.Add(access.AsSystem(t.Context(), "test"), account.New{Email: "ana@example.org", Name: "Ana", Role: access.Administrator, Password: "a long enough password"})
	s.ok(err)
	ana, err := s.app.accounts.ByEmail(s.system, "ana@example.org")
	s.ok(err)
	s.admin = access.With(t.Context(), ana.Reader())
	return s
}

func newSubject(t *testing.T) *subject {
	s := administered(t)
	p := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Zoë Żółkiewska", Country: "PL", Roles: []string{"donor"},
		Donor: &stakeholder.Donor{SourceType: "foundation"}, OtherNames: []stakeholder.OtherName{{Name: "Zoe Zolkiewski"}},
		Emails: []stakeholder.Email{{Address: "zoe.z@zwoelfgruen.example.org"}, {Address: "z@zwoelfgruen.example.net"}},
		Phones: []stakeholder.Phone{{Number: "+32 2 555 66 77"}}, Notes: "Zoë likes letters."}
	s.ok(s.app.stakeholders.Create(s.me, p))
	s.person = p
	s.engage()
	s.mails()
	s.others()
	return s
}

func (s *subject) engage() {
	ids := []string{s.person.ID, s.a.ID}
	_, err := s.app.engagement.Record(s.admin, &engagement.Interaction{Kind: engagement.Meeting, Title: "Lunch with Żółkiewska, Zoë", StakeholderIDs: ids,
		Minutes: "ZOE\u0308 ZOLKIEWSKA said: write to zoe.z@zwoelfgruen.example.org or +32 2 555 66 77."}, nil, "")
	s.ok(err)
	_, err = s.app.engagement.Record(s.admin, &engagement.Interaction{Kind: engagement.Note, Private: true, Minutes: "Ms Żółkiewska hesitates.", StakeholderIDs: ids}, nil, "")
	s.ok(err)
	_, err = s.app.engagement.Record(s.admin, &engagement.Interaction{Kind: engagement.Note, Minutes: "Zoë\nŻółkiewska was named here.", StakeholderIDs: []string{s.a.ID}}, nil, "")
	s.ok(err)
	_, err = s.app.engagement.AddTask(s.admin, &engagement.Task{Title: "Thank Zoë Żółkiewska", StakeholderIDs: ids}, "")
	s.ok(err)
	s.ok(s.app.engagement.Follow(s.admin, s.person.ID))
	s.ok(s.app.stakeholders.CreateAffiliation(s.me, &stakeholder.Affiliation{PersonID: s.person.ID, AtID: s.a.ID, Title: "Assistant of Zoë Żółkiewska"}))
	s.ok(s.app.views.Create(s.admin, &view.View{List: "stakeholders", Name: "Around Zolkiewska", Where: `["name","contains","Zoë Żółkiewska"]`, Shared: true}))
}

// send takes in one message between addresses.
func (s *subject) send(subject, text, html string, from string, to ...string) {
	s.t.Helper()
	s.uid++
	m := &mime.Message{MessageID: fmt.Sprint("m", s.uid, "@x.org"), Subject: subject, Date: time.Date(2026, 1, 1, 0, 0, int(s.uid), 0, time.UTC),
		From: []mime.Address{{Name: nameAt(from), Address: from}}, Text: text, HTML: html, Size: 100, ContentHash: fmt.Sprintf("%064x", s.uid)}
	for _, a := range to {
		m.To = append(m.To, mime.Address{Name: nameAt(a), Address: a})
	}
	p, err := s.in.Prepare(mail.Incoming{UID: s.uid, Received: m.Date, Size: m.Size, Message: m})
	s.ok(err)
	_, err = s.in.Save(s.system, mail.Batch{Folder: s.folder, Items: []*mail.Prepared{p}, Through: s.uid})
	s.ok(err)
}

func nameAt(address string) string {
	if strings.Contains(address, "zwoelfgruen") {
		return "Żółkiewska (Zoë)"
	}
	return ""
}

func (s *subject) mails() {
	zoe, office := "zoe.z@zwoelfgruen.example.org", s.a.Emails[0].Address
	s.send("Żółkiewska writes", "Yours, Zoë Żółkiewska", "<p>Zo&euml; Żółkiewska</p>", zoe, "team@x.org")
	s.send("To all", "Yours, Zoë Żółkiewska", "", zoe, office)
	s.send("Re: To all", "Dear Zoë Żółkiewska, and all", "<b>Zoë</b> Żółkiewska; Zo&euml; &#379;&oacute;łkiewska", office, zoe, "third@x.org")
	s.send("About her", "Ask Zoë Żółkiewska", "", office, "team@x.org")
	s.send("Nobody known", "Zoë", "", "stranger@x.org", "z2@x.org")
}

func (s *subject) others() {
	csv := "donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n" +
		"Zoë Żółkiewska,,2025-01-02,100.00,EUR,soft,restricted,foundation\nPayer,Zoe Zolkiewska,2025-01-03,7.50,EUR,soft,restricted,foundation\nPayer,,2025-01-04,1.00,EUR,soft,restricted,eu\n"
	_, err := s.app.importer.Import(access.With(s.t.Context(), access.Reader{AccountID: "fred", Name: "Fred", Role: access.Fundraiser}), "income.csv", []byte(csv), false)
	s.ok(err)

	imp, err := s.app.imports.Upload(s.me, "people.csv", []byte("name,kind,country,email\nZoë Żółkiewska,person,PL,zoe.z@zwoelfgruen.example.org\nElm Trust,organisation,DE,\n"))
	s.ok(err)
	for _, step := range []func(context.Context, string) (*importer.StakeholderImport, error){s.app.imports.Check, s.app.imports.Apply} {
		_, err := step(s.me, imp.ID)
		s.ok(err)
		s.ok(s.app.imports.Work(s.system, runner.NewProgress()))
	}

	twin := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Zoë Żółkiewska", Notes: "z@zwoelfgruen.example.net"}
	s.ok(s.app.stakeholders.Create(s.me, twin))
	_, err = s.app.merges.FindDuplicates(s.system, func(int, int) {})
	s.ok(err)
	now, err := s.app.stakeholders.Get(s.me, s.person.ID)
	s.ok(err)
	_, err = s.app.merges.Merge(s.me, merge.Input{SurvivorID: now.ID, LoserID: twin.ID, SurvivorRev: now.Rev, LoserRev: twin.Rev})
	s.ok(err)
	e, err := s.app.edits.Preview(s.me, "stakeholders", list.Selection{IDs: []string{s.person.ID, s.a.ID}}, []list.Operation{{Do: "addTag", Value: "friend of Zoë Żółkiewska"}})
	s.ok(err)
	_, err = s.app.edits.Apply(s.me, e.ID)
	s.ok(err)
	s.person, err = s.app.stakeholders.Get(s.me, s.person.ID)
	s.ok(err)
}

// found lists the traces in the bytes of every file of the data folder.
func (s *subject) found() []string { return s.holding(traces) }

func (s *subject) holding(traces []string) (list []string) {
	s.t.Helper()
	s.ok(filepath.WalkDir(s.app.cfg.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range traces {
			if i := bytes.Index(b, []byte(w)); i >= 0 {
				list = append(list, fmt.Sprintf("%s holds %q: …%q…", filepath.Base(path), w, b[max(0, i-80):min(len(b), i+60)]))
			}
		}
		return err
	}))
	return list
}

// totals sums the income by purse, and gives who pays.
func (s *subject) totals() (string, []string) {
	sums, donors := map[finance.SourceType]int64{}, []string{}
	s.ok(s.app.finance.Each(s.system, finance.Search{}, func(l *finance.Income) error {
		sums[l.SourceType] += l.Worth.Minor
		donors = append(donors, l.DonorID, l.UltimateDonorID)
		return nil
	}))
	return fmt.Sprint(sums), donors
}

func (s *subject) work() error { return s.app.privacy.Work(s.system, runner.NewProgress()) }

// planned asks for the erasure and has it planned.
func (s *subject) planned() *privacy.DataRequest {
	s.t.Helper()
	q, err := s.app.privacy.AskErasure(s.admin, s.person.ID)
	s.ok(err)
	s.ok(s.work())
	q, err = s.app.privacy.Request(s.admin, q.ID)
	s.ok(err)
	if q.State != privacy.Planned {
		s.t.Fatalf("%+v", q)
	}
	return q
}

func (s *subject) confirm(q *privacy.DataRequest) *privacy.DataRequest {
	s.t.Helper()
	q, err := s.app.privacy.Confirm(s.admin, q.ID, q.Rev, privacy.Confirmation{Name: s.person.Name, Ground: "consent-withdrawn", Reason: "She asked us to."})
	s.ok(err)
	return q
}

// TestErasure: after an erasure no byte of any file in the data folder tells the person, the books are the
// same, and the chain of the journal is whole.
func TestErasure(t *testing.T) {
	s := newSubject(t)
	old := s.app.cfg.Path("piper.db.before-restore-20260101T000000Z")
	s.ok(os.WriteFile(old, []byte("Zoë Żółkiewska"), 0o600))
	s.ok(os.WriteFile(s.app.cfg.Path(".piper-backup-1"), []byte("Zoë Żółkiewska"), 0o600))
	long := time.Now().Add(-time.Hour)
	s.ok(os.Chtimes(s.app.cfg.Path(".piper-backup-1"), long, long))
	_, err := s.app.audit.SealAll(s.system)
	s.ok(err)
	before, donors := s.totals()
	if !slices.Contains(donors, s.person.ID) || len(s.found()) < len(traces) {
		t.Fatalf("the person is not everywhere, so nothing is shown: %v", s.found())
	}

	q := s.planned()
	for _, want := range []string{"stakeholders", "merges", "stakeholder_import_rows", "messages", "interactions", "income", "journal", "copies", "edit_rows", "follows", "affiliations"} {
		if !slices.ContainsFunc(q.Counts, func(c privacy.Effect) bool { return c.Collection == want }) {
			t.Errorf("the plan does not tell of %s: %+v", want, q.Counts)
		}
	}
	excerpts, _, err := s.app.privacy.Texts(access.With(t.Context(), access.Reader{AccountID: "other", Name: "Otto", Role: access.Administrator}), q.ID)
	s.ok(err)
	if len(excerpts) == 0 || slices.ContainsFunc(excerpts, func(e privacy.Excerpt) bool {
		return strings.Contains(e.Before, "hesitates") || strings.Contains(e.Before, "Yours")
	}) {
		t.Errorf("an administrator is shown other people's notes or mail, or nothing: %v", excerpts)
	}
	s.confirm(q)
	s.ok(s.work())

	q, err = s.app.privacy.Request(s.admin, q.ID)
	s.ok(err)
	if q.State != privacy.Done || q.Name != "" || len(q.Forms) > 0 || q.StakeholderID != "" || q.Reason != "She asked us to." {
		t.Errorf("%+v", q)
	}
	for _, trace := range s.found() {
		t.Error(trace)
	}
	after, donors := s.totals()
	if after != before || slices.Contains(donors, s.person.ID) || !slices.Contains(donors, q.PseudonymID) {
		t.Errorf("income was %s and is %s, paid by %v", before, after, donors)
	}
	p, err := s.app.stakeholders.Get(s.admin, q.PseudonymID)
	s.ok(err)
	if !strings.HasPrefix(p.Name, "Erased donor ") || p.Country != "PL" || p.Donor == nil || p.Donor.SourceType != "foundation" || len(p.Emails)+len(p.Phones)+len(p.Tags)+len(p.OtherNames) > 0 || p.Notes != "" {
		t.Errorf("the pseudonym is %+v", p)
	}
	report, err := s.app.audit.Verify(s.system)
	s.ok(err)
	if !report.Intact {
		t.Error(report.Sentence, report.Findings)
	}
	page, err := s.app.privacy.Requests(s.admin, privacy.Search{Subject: "ZOE ZOLKIEWSKA"}, store.Query{})
	s.ok(err)
	if len(page.Items) != 1 {
		t.Error("who knows the name does not find the record of the erasure")
	}
	s.comesNotBack()
}

// comesNotBack: the next sync, and a folder that was renumbered, bring nothing of the person.
func (s *subject) comesNotBack() {
	s.t.Helper()
	boxes, err := s.app.mail.Mailboxes(s.system)
	s.ok(err)
	s.folder, err = s.app.mail.BeginFolder(s.system, boxes[0].ID, "INBOX", 2)
	s.ok(err)
	s.uid = 0
	s.mails() // by the intake that has known the person's addresses from before
	s.in, err = s.app.mail.Intake(s.system, boxes[0], s.app.stakeholders)
	s.ok(err)
	s.folder, err = s.app.mail.BeginFolder(s.system, boxes[0].ID, "INBOX", 3)
	s.ok(err)
	s.uid = 0
	s.mails()
	s.uid = 100
	s.send("New", "Yours, Zoë Żółkiewska", "", "z@zwoelfgruen.example.net", s.a.Emails[0].Address)
	for _, trace := range s.found() {
		s.t.Error("came back: ", trace)
	}
}

// TestErasureIsRefused: where it would be about nobody, twice, unconfirmed, or would name the person.
func TestErasureIsRefused(t *testing.T) {
	s := newSubject(t)
	want := func(what string, err error, code fault.Code) {
		t.Helper()
		if !fault.Is(err, code) {
			t.Errorf("%s: %v, want %s", what, err, code)
		}
	}
	_, err := s.app.privacy.AskErasure(s.me, s.person.ID)
	want("by an advocate", err, fault.Forbidden)
	_, err = s.app.privacy.AskErasure(s.admin, s.a.ID)
	want("of an organisation", err, fault.Invalid)
	_, err = s.app.privacy.AskErasure(s.admin, "nobody")
	want("of nobody", err, fault.NotFound)
	q := s.planned()
	_, err = s.app.privacy.AskErasure(s.admin, s.person.ID)
	want("a second time", err, fault.Duplicate)
	ok := privacy.Confirmation{Name: "Zoë Żółkiewska", Ground: "objection", Reason: "Asked."}
	for field, change := range map[string]func(*privacy.Confirmation){
		"name": func(c *privacy.Confirmation) { c.Name = "Zoë" }, "ground": func(c *privacy.Confirmation) { c.Ground = "because" },
		"reason": func(c *privacy.Confirmation) { c.Reason = "zolkiewska asked" },
	} {
		c := ok
		change(&c)
		_, err := s.app.privacy.Confirm(s.admin, q.ID, q.Rev, c)
		want(field, err, fault.Invalid)
		if err != nil && !strings.Contains(err.Error(), "["+field+":") {
			t.Errorf("the fault does not name %s: %v", field, err)
		}
	}
	_, err = s.app.privacy.Confirm(s.admin, q.ID, q.Rev+1, ok)
	want("a plan that changed", err, fault.Stale)
	s.ok(s.app.privacy.Drop(s.admin, q.ID, q.Rev))
	if _, err := s.app.stakeholders.Get(s.admin, s.person.ID); err != nil {
		t.Error("dropped, and gone all the same")
	}
}

// TestErasureSurvivesKills: the process dies after every commit in turn; the job goes on and comes to the same end.
func TestErasureSurvivesKills(t *testing.T) {
	s := newSubject(t)
	before, _ := s.totals()
	q := s.confirm(s.planned())
	kills := 0
	for budget := 1; ; budget++ {
		left := budget
		dying := store.WithGuard(s.system, func(context.Context) error {
			if left--; left < 0 {
				return fmt.Errorf("killed")
			}
			return nil
		})
		if err := s.app.privacy.Work(dying, runner.NewProgress()); err == nil {
			break
		}
		if kills++; kills > 200 {
			t.Fatal("it does not come to an end")
		}
	}
	if kills < 5 {
		t.Fatalf("killed %d times only, so little is shown", kills)
	}
	now, err := s.app.privacy.Request(s.admin, q.ID)
	s.ok(err)
	after, _ := s.totals()
	if now.State != privacy.Done || after != before {
		t.Errorf("%+v; income was %s and is %s", now, before, after)
	}
	for _, trace := range s.found() {
		t.Error(trace)
	}
	s.ok(s.work()) // once more is nothing
	pseudonyms, err := s.app.stakeholders.Search(s.admin, "Erased donor", 10)
	s.ok(err)
	if len(pseudonyms) != 1 {
		t.Errorf("%d pseudonyms", len(pseudonyms))
	}
}
