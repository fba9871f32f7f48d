package audit

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piper/internal/access"
	"piper/internal/fault"
)

func TestEveryWriteLeavesAnEntry(t *testing.T) {
	h := newHouse(t)
	p := &paper{Title: "Draft", Tags: []string{"a"}, Secret: "s3", Pin: "1234", Login: map[string]any{"user": "x", "password": "p"}}
	must(t, h.papers.Create(anna(t), p))
	_, err := h.papers.Update(anna(t), p.ID, func(p *paper) error {
		p.Title, p.Tags, p.Pin = "Final", nil, "9876"
		return nil
	})
	must(t, err)
	must(t, h.papers.Delete(access.AsSystem(t.Context(), "job tidy"), p.ID))

	got := h.all(t)
	if len(got) != 3 {
		t.Fatalf("%d entries, want 3", len(got))
	}
	type line struct {
		By, ByName, What, Collection, RecordID string
		Rev                                    int64
		Changes                                []FieldChange
	}
	var lines []line
	for _, e := range got {
		lines = append(lines, line{e.By, e.ByName, e.What, e.Collection, e.RecordID, e.RecordRev, e.Changes})
		if e.At != h.db.Now() {
			t.Errorf("at %s, want %s", e.At, h.db.Now())
		}
	}
	secret := func(field string) FieldChange { return FieldChange{Field: field, Form: Secret} }
	want := []line{
		{"a1", "Anna Berg", Created, "papers", p.ID, 1, []FieldChange{
			secret("login"), secret("pin"), secret("secret"), {Field: "tags", New: `["a"]`}, {Field: "title", New: `"Draft"`},
		}},
		{"a1", "Anna Berg", Updated, "papers", p.ID, 2, []FieldChange{
			secret("pin"), {Field: "tags", Old: `["a"]`}, {Field: "title", Old: `"Draft"`, New: `"Final"`},
		}},
		{"", "job tidy", Removed, "papers", p.ID, 2, []FieldChange{
			secret("login"), secret("pin"), secret("secret"), {Field: "title", Old: `"Final"`},
		}},
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Error(d)
	}
	h.seal(t)
	if r := h.verify(t); !r.Intact {
		t.Error(r)
	}
}

func TestEntryAndChangeAreOneTransaction(t *testing.T) {
	h := newHouse(t)
	boom := errors.New("boom")
	err := h.db.Tx(anna(t), func(ctx context.Context) error {
		if err := h.papers.Create(ctx, &paper{Title: "lost"}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if n := len(h.all(t)); n != 0 {
		t.Errorf("%d entries about a change that was undone", n)
	}
}

func TestNobodyCannotWrite(t *testing.T) {
	h := newHouse(t)
	ctx := access.With(t.Context(), access.Reader{})
	if err := h.papers.Create(ctx, &paper{Title: "x"}); !fault.Is(err, fault.Internal) {
		t.Fatalf("a change without an author gave %v", err)
	}
	if n, _ := h.papers.Count(anna(t), nil); n != 0 {
		t.Error("the change was kept")
	}
}

func TestQuietAndUnchangedFieldsLeaveNoEntry(t *testing.T) {
	h := newHouse(t)
	p := h.create(t, "one")[0]
	for i := range int64(3) {
		_, err := h.papers.Update(anna(t), p.ID, func(p *paper) error { p.Seen = i + 1; return nil })
		must(t, err)
	}
	if n := len(h.all(t)); n != 1 {
		t.Errorf("%d entries, want the creation alone", n)
	}
}

func TestLongValuesAreKeptAsDigest(t *testing.T) {
	h := newHouse(t)
	p := h.create(t, "one")[0]
	_, err := h.papers.Update(anna(t), p.ID, func(p *paper) error { p.Text = strings.Repeat("ž", maxValue); return nil })
	must(t, err)
	c := h.all(t)[1].Changes[0]
	if c.Form != Digest || c.Old != "" || !strings.Contains(c.New, `"length":2050}`) {
		t.Errorf("got %+v", c)
	}
}

func TestBulkIsOneEntryPerTransaction(t *testing.T) {
	h := newHouse(t)
	old := h.create(t, "one", "two")
	ctx := Bulk(anna(t), "import of papers.csv")
	must(t, h.db.Tx(ctx, func(ctx context.Context) error {
		if err := h.papers.CreateMany(ctx, []*paper{{Title: "a"}, {Title: "b"}, {Title: "c"}}); err != nil {
			return err
		}
		if _, err := h.papers.Update(ctx, old[0].ID, func(p *paper) error { p.Title = "1"; return nil }); err != nil {
			return err
		}
		return h.papers.Delete(ctx, old[1].ID)
	}))
	list := h.all(t)
	if len(list) != 3 {
		t.Fatalf("%d entries, want 3", len(list))
	}
	e := list[2]
	if e.What != "import of papers.csv" || e.Collection != "papers" || len(e.Digest) != 64 || e.Counts["papers"] != (Tally{3, 1, 1}) {
		t.Errorf("got %+v", e)
	}
}

func TestRecordKeepsFactsAndNoSecrets(t *testing.T) {
	h := newHouse(t)
	must(t, h.Record(anna(t), "signed\x00 \xffin", map[string]string{"from": "192.0.2.1", "password": "oops"}))
	e := h.all(t)[0]
	if d := cmp.Diff([]FieldChange{{Field: "from", New: `"192.0.2.1"`}, {Field: "password", Form: Secret}}, e.Changes); d != "" {
		t.Error(d)
	}
	h.seal(t)
	if r := h.verify(t); !r.Intact {
		t.Errorf("text that no engine keeps as it is breaks the seal: %+v", r)
	}
}

func TestListIsNewestFirstAndFiltered(t *testing.T) {
	h := newHouse(t)
	p := h.create(t, "one", "two", "three")
	must(t, h.Record(access.AsSystem(t.Context(), "backup"), "backup", nil))
	for _, c := range []struct {
		q    Query
		want int
	}{{Query{}, 4}, {Query{Collection: "papers"}, 3}, {Query{RecordID: p[1].ID}, 1}, {Query{By: "a1"}, 3}, {Query{By: "a2"}, 0}} {
		page, err := h.List(anna(t), c.q)
		must(t, err)
		if len(page.Items) != c.want {
			t.Errorf("%+v: %d entries, want %d", c.q, len(page.Items), c.want)
		}
		for i := 1; i < len(page.Items); i++ {
			if page.Items[i-1].ID < page.Items[i].ID {
				t.Errorf("%+v: not newest first", c.q)
			}
		}
	}
	first, err := h.List(anna(t), Query{Limit: 3})
	must(t, err)
	rest, err := h.List(anna(t), Query{Limit: 3, Cursor: first.Next})
	must(t, err)
	if len(first.Items) != 3 || len(rest.Items) != 1 || first.Total != 4 {
		t.Errorf("pages of %d and %d, total %d", len(first.Items), len(rest.Items), first.Total)
	}
}

// FuzzDiff checks that applying what diff says to the old document gives the new one.
func FuzzDiff(f *testing.F) {
	f.Add([]byte(`{"a":1,"b":[1,2]}`), []byte(`{"a":2,"c":null}`))
	f.Add([]byte(`{"hash":"x"}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		was, err1 := fields(before)
		is, err2 := fields(after)
		if err1 != nil || err2 != nil {
			t.Skip("not two documents")
		}
		changes, err := diff(before, after, Rules{})
		must(t, err)
		got := map[string]FieldChange{}
		for _, c := range changes {
			got[c.Field] = c
		}
		for name, v := range is {
			c, listed := got[name]
			switch {
			case listed == bytes.Equal(was[name], v) && !slices.Contains(leftOut, name):
				t.Errorf("field %q: listed %v", name, listed)
			case listed && c.Form == Plain && c.New != clean(string(v)):
				t.Errorf("field %q: new value %q", name, c.New)
			case listed && c.Form == Secret && (c.Old != "" || c.New != ""):
				t.Errorf("field %q: a secret was written down", name)
			}
		}
		for name := range was {
			if _, stays := is[name]; !stays && got[name].Field == "" && !slices.Contains(leftOut, name) {
				t.Errorf("field %q went away unnoticed", name)
			}
		}
	})
}
