package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/privacy"
	"piper/internal/store"
	"piper/internal/view"
	"piper/jobs/runner"
)

// TestSubjectExport: the archive has what its maker may see, in full and harmless, and of what colleagues keep
// private no more than that it is there; those are asked by a task.
func TestSubjectExport(t *testing.T) {
	s := newSubject(t)
	_, err := s.app.accounts.Add(s.system, account.New{Email: "otto@example.org", Name: "Otto", Role: access.Administrator, Password: "a long enough password"})
	s.ok(err)
	found, err := s.app.accounts.ByEmail(s.system, "otto@example.org")
	s.ok(err)
	otto := access.With(t.Context(), found.Reader())
	_, err = s.app.engagement.Record(otto, &engagement.Interaction{Kind: engagement.Note, Minutes: "<script>alert(1)</script> & Zoë Żółkiewska", StakeholderIDs: []string{s.a.ID}}, nil, "")
	s.ok(err)
	q, err := s.app.privacy.AskExport(otto, s.person.ID)
	s.ok(err)
	archive, err := s.app.privacy.Archive(otto, q.ID)
	s.ok(err)
	var buf bytes.Buffer
	s.ok(archive.Write(otto, &buf))
	files := unzipped(t, buf.Bytes())
	var data struct {
		Subject struct {
			Name     string
			Withheld []privacy.Withheld
		}
		Records map[string][]map[string]any
	}
	s.ok(json.Unmarshal(files["data.json"], &data))
	for _, want := range []string{"stakeholders", "interactions", "tasks", "income", "affiliations", "journal"} {
		if len(data.Records[want]) == 0 {
			t.Errorf("the archive has no %s", want)
		}
	}
	page := string(files["index.html"])
	if !strings.Contains(page, "Zoë Żółkiewska") || !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp;") || strings.Contains(page, "<script") {
		t.Error("the page lacks the person, or would run what somebody typed")
	}
	for name, text := range files {
		if bytes.Contains(text, []byte("hesitates")) || bytes.Contains(text, []byte("Yours, Zo")) || bytes.Contains(text, []byte("To all")) {
			t.Errorf("%s holds a private note or mail that was not shared with its maker", name)
		}
	}
	if len(data.Subject.Withheld) != q.Withheld || q.Withheld == 0 || !slices.ContainsFunc(data.Subject.Withheld, func(w privacy.Withheld) bool { return slices.Contains(w.With, "Ana") }) {
		t.Errorf("withheld: %+v", data.Subject.Withheld)
	}
	tasks, err := s.app.engagement.Tasks(s.admin, engagement.TaskSearch{StakeholderID: s.person.ID}, store.Query{})
	s.ok(err)
	if !slices.ContainsFunc(tasks.Items, func(t *engagement.Task) bool { return strings.HasPrefix(t.Title, "Subject access") }) {
		t.Error("who keeps something private was not asked for it")
	}

	done := s.confirm(s.planned())
	s.ok(s.work())
	for _, trace := range s.found() {
		t.Error("the request for an export outlives the erasure ", done.ID, ": ", trace)
	}
	_, err = s.app.privacy.Archive(otto, q.ID)
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("an archive of somebody who was erased: %v", err)
	}
}

func unzipped(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestRetention: nothing goes before a rule was switched on after a dry run of the same days.
func TestRetention(t *testing.T) {
	s := newSubject(t)
	elm := s.stakeholder("Elm of old", "elm@old.example.org")
	// A saved view that asks for somebody is no reason to hold them.
	s.ok(s.app.views.Create(s.me, &view.View{List: "stakeholders", Name: "Parts of Elm", Where: `["parentId","is","` + elm.ID + `"]`}))
	for _, id := range []string{s.person.ID, elm.ID} {
		one, err := s.app.stakeholders.Get(s.me, id)
		s.ok(err)
		_, err = s.app.stakeholders.Trash(s.me, id, one.Rev)
		s.ok(err)
	}
	trash := slices.IndexFunc(s.app.privacy.Rules, func(r privacy.Rule) bool { return r.Name == "trash" })
	remove := s.app.privacy.Rules[trash].Remove
	s.app.privacy.Rules[trash].Remove = func(ctx context.Context, _ store.Instant, dry bool) (int, error) {
		return remove(ctx, store.At(time.Now().Add(time.Hour)), dry) // as if it were all old
	}
	set, err := s.app.privacy.Retention(s.admin)
	s.ok(err)
	for what, days := range map[string]int{"without a dry run": 365, "with too few days": 1} {
		if _, err := s.app.privacy.SetRule(s.admin, set.Rev, "trash", true, days); !fault.Is(err, fault.Invalid) {
			t.Errorf("switched on %s: %v", what, err)
		}
	}
	set, err = s.app.privacy.DryRun(s.admin, set.Rev)
	s.ok(err)
	if set.Rules[trash].DryCount != 1 {
		t.Errorf("the dry run counts %d in the trash that nothing refers to, want 1", set.Rules[trash].DryCount)
	}
	retain := func() {
		s.ok(s.app.privacy.Retain(s.system, runner.NewProgress()))
	}
	retain()
	_, err = s.app.stakeholders.Get(s.me, elm.ID)
	s.ok(err) // still off
	if _, err := s.app.privacy.SetRule(s.admin, set.Rev, "trash", true, 364); !fault.Is(err, fault.Invalid) {
		t.Errorf("switched on with other days than were tried: %v", err)
	}
	_, err = s.app.privacy.SetRule(s.admin, set.Rev, "trash", true, 365)
	s.ok(err)
	retain()
	retain()
	if _, err := s.app.stakeholders.Get(s.me, elm.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("what is old enough is still there: %v", err)
	}
	_, err = s.app.stakeholders.Get(s.me, s.person.ID)
	s.ok(err) // others refer to her
}

// TestReview: who has a basis or had contact is not up for review, who is kept comes back on the day.
func TestReview(t *testing.T) {
	s := newSubject(t)
	s.ok(s.app.privacy.Review(s.system, runner.NewProgress()))
	page, err := s.app.privacy.Reviews(s.admin, privacy.ReviewSearch{}, store.Query{})
	s.ok(err)
	if len(page.Items) > 0 {
		t.Errorf("there was contact, and yet: %+v", page.Items[0])
	}
	if err := s.app.privacy.Keep(s.admin, []string{s.person.ID}, "2020-01-01", "x"); !fault.Is(err, fault.Invalid) {
		t.Errorf("kept until a day that is past: %v", err)
	}
	s.ok(s.app.privacy.Keep(s.admin, []string{s.person.ID}, "2099-01-01", "Board member of a donor."))
	s.ok(s.app.privacy.Keep(s.admin, []string{s.person.ID}, "2098-01-01", "Twice is once."))
}
