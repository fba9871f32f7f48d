package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// documents: create, read, change and delete one.
func (s suite) documents(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	a := &thing{Name: "a", Tags: []string{"x"}}
	must(t, things.Create(ctx, a))
	if a.ID == "" || a.Rev != 1 || a.CreatedAt.IsZero() || a.UpdatedAt != a.CreatedAt {
		t.Fatalf("meta after Create: %+v", a.Meta)
	}
	got, err := things.Get(ctx, a.ID)
	must(t, err)
	if !reflect.DeepEqual(got, a) {
		t.Fatalf("got %+v, want %+v", got, a)
	}
	got, err = things.Update(ctx, a.ID, func(x *thing) error { x.Name = "b"; x.ID, x.Rev = "other", 99; return nil })
	must(t, err)
	if got.Rev != 2 || got.ID != a.ID || got.Name != "b" {
		t.Fatalf("after Update: %+v", got)
	}
	if got, err = things.Update(ctx, a.ID, func(*thing) error { return nil }); err != nil || got.Rev != 2 {
		t.Fatalf("an Update that changes nothing made revision %d, %v", got.Rev, err)
	}
	_, err = things.UpdateAt(ctx, a.ID, 1, func(x *thing) error { x.Name = "c"; return nil })
	wantCode(t, err, fault.Stale)
	got, err = things.UpdateAt(ctx, a.ID, 2, func(x *thing) error { x.Name = "c"; return nil })
	must(t, err)
	old := *got
	got.Name = "d"
	must(t, things.ReplaceMany(ctx, []*thing{got}))
	old.Name = "e"
	wantCode(t, things.ReplaceMany(ctx, []*thing{&old}), fault.Stale)
	if old.Rev != 3 {
		t.Fatalf("a refused ReplaceMany left revision %d in the caller's hands, want 3", old.Rev)
	}
	refuse := errors.New("no")
	if _, err := things.Update(ctx, a.ID, func(x *thing) error { x.Name = "f"; return refuse }); !errors.Is(err, refuse) {
		t.Fatalf("the error of fn came back as %v", err)
	}
	if got, err = things.Get(ctx, a.ID); err != nil || got.Name != "d" || got.Rev != 4 {
		t.Fatalf("at the end: %+v %v", got, err)
	}
	wantCode(t, things.DeleteAt(ctx, a.ID, 0, nil), fault.RevisionRequired)
	wantCode(t, things.DeleteAt(ctx, a.ID, 3, nil), fault.Stale)
	if err := things.DeleteAt(ctx, a.ID, 4, func(_ context.Context, x *thing) error {
		if x.Name != "d" {
			t.Errorf("asked about %q, not about what is stored", x.Name)
		}
		return refuse
	}); !errors.Is(err, refuse) {
		t.Fatalf("the error of may came back as %v", err)
	}
	must(t, things.DeleteAt(ctx, a.ID, 4, nil))
	wantCode(t, things.DeleteAt(ctx, a.ID, 4, nil), fault.NotFound)
	b := &thing{Name: "d"}
	must(t, things.Create(ctx, b))
	must(t, things.Delete(ctx, b.ID))
	for _, id := range []string{a.ID, "", "no such", "'; --", "a\x00b"} {
		_, err = things.Get(ctx, id)
		wantCode(t, err, fault.NotFound)
	}
	wantCode(t, things.Delete(ctx, a.ID), fault.NotFound)
	_, err = things.Update(ctx, a.ID, func(*thing) error { return nil })
	wantCode(t, err, fault.NotFound)
	_, err = things.First(ctx, filter.Eq{Field: "name", Value: "d"})
	wantCode(t, err, fault.NotFound)
	if _, err = things.Get(context.Background(), a.ID); fault.CodeOf(err) != fault.Internal {
		t.Fatalf("a read without a reader: %v", err)
	}
}

// insert: preset ids, and all or none.
func (s suite) insert(t *testing.T) {
	db, things := s.things(t, nil)
	ctx := everyone()
	odd := []string{"a", "A", "ä", "a b", "%", "_", "x'y\"z", "$gt", "a.b", "日本", "🎻", strings.Repeat("l", 200), "0"}
	for _, id := range odd {
		must(t, things.Create(ctx, &thing{Meta: store.Meta{ID: id}, Name: id, Tags: []string{}}))
	}
	for _, id := range odd {
		got, err := things.Get(ctx, id)
		must(t, err)
		if got.Name != id || got.ID != id {
			t.Fatalf("id %q gave %q", id, got.ID)
		}
		wantCode(t, things.Create(ctx, &thing{Meta: store.Meta{ID: id}, Tags: []string{}}), fault.Duplicate)
	}
	for _, id := range []string{"nul\x00", "\xff", strings.Repeat("l", 201)} {
		wantCode(t, things.Create(ctx, &thing{Meta: store.Meta{ID: id}, Tags: []string{}}), fault.Invalid)
	}
	must(t, things.CreateMany(ctx, nil))
	wantCount(t, ctx, things, len(odd))
	s.need(t, s.caps.Transactions, "it keeps the first documents of a batch when a later one is refused")
	err := things.CreateMany(ctx, []*thing{{Tags: []string{}}, {Tags: []string{}}, {Meta: store.Meta{ID: "a"}, Tags: []string{}}})
	wantCode(t, err, fault.Duplicate)
	wantCount(t, ctx, things, len(odd))
	must(t, db.Ping(ctx))
}

// hostileDocuments: what goes in comes out.
func (s suite) hostileDocuments(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	deep := []any{[]any{"x", nil}}
	if !s.caps.NestedArrays {
		deep = []any{"x", nil}
	}
	for i, text := range hostileTexts {
		in := &thing{Name: text, Tags: []string{text, "", text}, Body: text, Detail: &detail{Colour: text, Level: math.MinInt64},
			Count: ptr(int64(math.MaxInt64)), Numbers: []int64{math.MinInt64, -1, 0, math.MaxInt64}, Lines: []line{{}, {Code: text, Marks: []string{text}}},
			Extra: map[string]any{"null": nil, "list": []any{}, "object": map[string]any{}, "text": text, "deep": deep, "half": 0.5, "Ключ": true}}
		must(t, things.Create(ctx, in))
		raw, err := things.GetRaw(ctx, in.ID)
		must(t, err)
		want, err := json.Marshal(in)
		must(t, err)
		if a, b := canonical(t, raw), canonical(t, want); a != b {
			t.Fatalf("document %d came back as\n%s\nwant\n%s", i, a, b)
		}
		found, err := things.Find(ctx, filter.Eq{Field: "name", Value: text}, nil, 0)
		must(t, err)
		if text != "" && (len(found) != 1 || found[0].ID != in.ID) {
			t.Fatalf("%q found %d documents", text, len(found))
		}
	}
	wantCode(t, things.Create(ctx, &thing{Tags: []string{}, Extra: map[string]any{"a.b": 1}}), fault.Invalid)
	wantCode(t, things.Create(ctx, &thing{Tags: []string{}, Extra: map[string]any{"x": map[string]any{"$set": 1}}}), fault.Invalid)
}

// canonical gives JSON with sorted keys and exact numbers.
func canonical(t *testing.T, b []byte) string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var v any
	must(t, dec.Decode(&v))
	out, err := json.Marshal(v)
	must(t, err)
	return string(out)
}

// brokenText: a NUL and bytes that are not UTF-8 become U+FFFD, on the way in and in questions.
func (s suite) brokenText(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	for _, text := range []string{"a\x00b", "a\xffb", "\x00", `\u0000 as text`, "\\\x00"} {
		in := &thing{Name: text, Tags: []string{text}, Body: text, Extra: map[string]any{"x": text}}
		must(t, things.Create(ctx, in))
		want := strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
		for _, asked := range []string{text, want} {
			got, err := things.First(ctx, filter.And{filter.Eq{Field: "name", Value: asked}, filter.Has{Field: "tags", Values: []any{asked}},
				filter.Contains{Field: "name", Part: asked}}, driver.Key{Path: "name"}, driver.Key{Path: "id", Desc: true})
			must(t, err)
			if got.Name != want || got.Body != want || got.Extra["x"] != want || got.ID != in.ID && text != "a\xffb" {
				t.Fatalf("%q came back as %q", text, got.Name)
			}
		}
	}
}

// each: in order of id, until told to stop.
func (s suite) each(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	list := numbered(1200)
	must(t, things.CreateMany(ctx, list))
	n := 0
	last := ""
	must(t, things.Each(ctx, filter.Compare{Field: "name", Op: filter.Gte, Value: "0100"}, func(x *thing) error {
		if x.ID <= last {
			return fmt.Errorf("%s came after %s", x.ID, last)
		}
		last = x.ID
		n++
		return nil
	}))
	if n != 1100 {
		t.Fatalf("Each gave %d documents, want 1100", n)
	}
	stop := errors.New("enough")
	n = 0
	err := things.Each(ctx, nil, func(*thing) error {
		if n++; n == 7 {
			return stop
		}
		return nil
	})
	if err != stop || n != 7 {
		t.Fatalf("stopped at %d with %v", n, err)
	}
}

// scan: what the columns say is what the documents say, in a transaction and outside, until told to stop.
func (s suite) scan(t *testing.T) {
	db, things := s.things(t, nil)
	ctx := everyone()
	list := numbered(600)
	yes, no, place, zero, most := true, false, "Łódź \x1f 'quoted'", int64(0), int64(math.MaxInt64)
	list[0].Done, list[1].Done, list[2].Place, list[3].Count, list[4].Count = &yes, &no, &place, &zero, &most
	list[5].Detail = &detail{Colour: "red", Level: 7}
	for i, odd := range []string{"", "\x00", "a\x00b", "\x1e", "\x1f\x1f", "ÿ", "þÿ", "\u00ff\u00fe"} {
		list[10+i].Place, list[20+i].Name = &odd, "9 "+odd
	}
	must(t, things.CreateMany(ctx, list))
	fields := []string{"id", "name", "place", "count", "done", "detail.level"}
	check := func(ctx context.Context, where filter.Expr) {
		t.Helper()
		want := map[string]string{}
		must(t, things.Each(ctx, where, func(x *thing) error {
			row := []any{x.ID, x.Name, nil, nil, nil, nil}
			if x.Name == "" {
				row[1] = nil
			}
			if x.Place != nil {
				row[2] = *x.Place
			}
			if x.Count != nil {
				row[3] = *x.Count
			}
			if x.Done != nil {
				row[4] = *x.Done
			}
			if x.Detail != nil {
				row[5] = x.Detail.Level
			}
			want[x.ID] = fmt.Sprintf("%#v", row)
			return nil
		}))
		got := map[string]string{}
		must(t, things.Scan(ctx, where, fields, func(v []any) error {
			got[v[0].(string)] = fmt.Sprintf("%#v", v)
			return nil
		}))
		if len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("a scan gave %d rows, and the documents are %d: %v, want %v", len(got), len(want), got[list[2].ID], want[list[2].ID])
		}
	}
	check(ctx, nil)
	check(ctx, filter.Compare{Field: "name", Op: filter.Gte, Value: "0100"})
	check(ctx, filter.Exists{Field: "detail.level"})
	check(ctx, filter.Not{Expr: filter.Exists{Field: "place"}})
	must(t, db.Tx(ctx, func(ctx context.Context) error {
		must(t, things.Create(ctx, &thing{Name: "of this transaction", Tags: []string{}}))
		check(ctx, filter.Compare{Field: "name", Op: filter.Gte, Value: "0500"})
		return nil
	}))
	stop, n := errors.New("enough"), 0
	err := things.Scan(ctx, nil, []string{"id"}, func([]any) error {
		if n++; n == 7 {
			return stop
		}
		return nil
	})
	if err != stop || n != 7 {
		t.Fatalf("stopped at %d with %v", n, err)
	}
}

// cancelled: a context that has ended reads and writes nothing.
func (s suite) cancelled(t *testing.T) {
	db, things := s.things(t, nil)
	a := &thing{Name: "a", Tags: []string{}}
	must(t, things.Create(everyone(), a))
	ctx, cancel := context.WithCancel(everyone())
	cancel()
	if _, err := things.Get(ctx, a.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v", err)
	}
	if err := things.Create(ctx, &thing{Tags: []string{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Create: %v", err)
	}
	if err := db.Tx(ctx, func(context.Context) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Tx: %v", err)
	}
	wantCount(t, everyone(), things, 1)
}

func (s suite) backup(t *testing.T) {
	s.need(t, s.caps.Backup, "backups are made by its own tools")
	db, things := s.things(t, nil)
	must(t, things.CreateMany(everyone(), numbered(10)))
	var b bytes.Buffer
	must(t, db.Backup(everyone(), &b))
	if b.Len() == 0 {
		t.Fatal("the backup is empty")
	}
}

// bulk: many documents at once, and totals that stop counting.
func (s suite) bulk(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	n, replaced := 10_001, 1_001
	if s.caps.Quick {
		n, replaced = 150, 40
	}
	list := numbered(n)
	must(t, things.CreateMany(ctx, list))
	wantCount(t, ctx, things, n)
	page, err := things.Page(ctx, store.Query{Sort: []driver.Key{{Path: "name", Desc: true}}, Limit: 3})
	must(t, err)
	if page.TotalIsFloor != (n > 10_000) || page.Total != min(n, 10_000) || page.Items[0].Name != list[n-1].Name && n < 10_000 {
		t.Fatalf("page of %d: total %d, floor %v", n, page.Total, page.TotalIsFloor)
	}
	for _, x := range list {
		x.Tags = []string{"bulk"}
	}
	must(t, things.ReplaceMany(ctx, list[:replaced]))
	tagged, err := things.Count(ctx, filter.Has{Field: "tags", Values: []any{"bulk"}})
	must(t, err)
	if tagged != replaced {
		t.Fatalf("%d tagged after ReplaceMany, want %d", tagged, replaced)
	}
}

// declaredAnew: a program that declares more finds it in what was stored before.
func (s suite) declaredAnew(t *testing.T) {
	engine := s.open(t)
	before := store.New(engine, store.Options{})
	old := store.Declare(before, store.Spec[thing]{Name: "things", Fields: []driver.Field{{Path: "name"}, {Path: "done", Kind: driver.Bool}}})
	start(t, before)
	ctx := everyone()
	place := "there"
	n := 700
	if s.caps.Quick {
		n = 120
	}
	list := numbered(n)
	for i, x := range list {
		x.Tags, x.Count, x.Key, x.Place = []string{"even", "odd"}[i%2:][:1], ptr(int64(i)), fmt.Sprint("k", i), &place
	}
	list[n-1].Name = "Rosenberg"
	must(t, old.CreateMany(ctx, list))

	after := store.New(engine, store.Options{})
	things := store.Declare(after, thingSpec())
	start(t, after)
	t.Cleanup(func() { must(t, after.Close()) })
	odd, err := things.Count(ctx, filter.And{filter.Has{Field: "tags", Values: []any{"odd"}}, filter.Compare{Field: "count", Op: filter.Lt, Value: 100}})
	must(t, err)
	if odd != 50 {
		t.Fatalf("%d documents by newly declared fields, want 50", odd)
	}
	err = things.Create(ctx, &thing{Key: "k7", Place: &place, Tags: []string{}})
	wantCode(t, err, fault.Duplicate)
	got, err := things.First(ctx, nil, driver.Key{Path: "count", Desc: true})
	must(t, err)
	if got.ID != list[n-1].ID {
		t.Fatalf("sorted by a newly declared field, %q is first", got.Name)
	}

	// The words that are declared anew find it too: in part, nearly right, and as it is written later.
	found := func(text string, near bool) int {
		page, err := things.Page(ctx, store.Query{Text: text, Near: near})
		must(t, err)
		return page.Total
	}
	for text, near := range map[string]bool{"senber": false, "Rosenbarg": true} {
		if found(text, near) != 1 {
			t.Errorf("%q does not find what was stored before words were declared", text)
		}
	}
	_, err = things.Update(ctx, got.ID, func(x *thing) error { x.Name = "Lindqvist"; return nil })
	must(t, err)
	if found("Rosenberg", false) != 0 || found("Lindqvist", false) != 1 {
		t.Error("words from before an update are left")
	}
}
