package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// entry is what the journal of these tests keeps.
type entry struct {
	store.Meta
	Text string `json:"text"`
}

// audited opens things that are audited into entries.
func (s suite) audited(t *testing.T) (*store.DB, *store.Collection[thing], *store.Collection[entry], *error) {
	t.Helper()
	db := s.db(t)
	spec := thingSpec()
	spec.Audited = true
	things := store.Declare(db, spec)
	entries := store.Declare(db, store.Spec[entry]{Name: "entries"})
	var refuse error
	db.Journal(func(ctx context.Context, changes []store.Change) error {
		var text []string
		for _, ch := range changes {
			text = append(text, fmt.Sprintf("%s r%d %v→%v", ch.Collection, ch.Rev, ch.Old != nil, ch.New != nil))
		}
		return errors.Join(entries.Create(ctx, &entry{Text: strings.Join(text, "; ")}), refuse)
	})
	start(t, db)
	return db, things, entries, &refuse
}

// journal: every write of an audited collection is told, once, with the transaction it belongs to.
func (s suite) journal(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	db, things, entries, refuse := s.audited(t)
	ctx := everyone()
	a := &thing{Name: "a", Tags: []string{}}
	must(t, things.Create(ctx, a))
	must(t, db.Tx(ctx, func(ctx context.Context) error {
		if _, err := things.Update(ctx, a.ID, func(x *thing) error { x.Name = "b"; return nil }); err != nil {
			return err
		}
		if _, err := things.Update(ctx, a.ID, func(*thing) error { return nil }); err != nil {
			return err
		}
		return things.Delete(ctx, a.ID)
	}))
	*refuse = errStop
	b := &thing{Tags: []string{}}
	if err := things.Create(ctx, b); !errors.Is(err, errStop) {
		t.Fatalf("the refusal of the journal came back as %v", err)
	}
	if b.Rev != 0 {
		t.Fatalf("a write that was undone left revision %d in the caller's hands", b.Rev)
	}
	wantCount(t, ctx, things, 0)
	list, err := entries.Find(ctx, nil, nil, 0)
	must(t, err)
	var got []string
	for _, e := range list {
		got = append(got, e.Text)
	}
	want := []string{"things r1 false→true", "things r2 true→true; things r2 true→false"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("journal\n%q, want\n%q", got, want)
	}
}

// guard: every transaction asks before it is kept.
func (s suite) guard(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	db, things := s.things(t, nil)
	calls, allowed := 0, true
	ctx := store.WithGuard(everyone(), func(ctx context.Context) error {
		calls++
		if _, err := things.Count(ctx, nil); err != nil {
			return err
		}
		if !allowed {
			return fault.New(fault.Busy, "The lease is gone.")
		}
		return nil
	})
	create := func(ctx context.Context) error { return things.Create(ctx, &thing{Tags: []string{}}) }
	must(t, create(ctx))
	must(t, db.Tx(ctx, func(ctx context.Context) error { return errors.Join(create(ctx), db.Tx(ctx, create)) }))
	if calls != 2 {
		t.Fatalf("the guard was asked %d times, want 2", calls)
	}
	allowed = false
	wantCode(t, create(ctx), fault.Busy)
	wantCode(t, db.Tx(ctx, create), fault.Busy)
	wantCount(t, everyone(), things, 3)
}

// sight: whoever may not see a document cannot read, count, change or delete it.
func (s suite) sight(t *testing.T) {
	_, things := s.things(t, withSight)
	ctx := everyone()
	mine := &thing{Name: "mine", Sight: []string{"acc:me"}, Tags: []string{}}
	shared := &thing{Name: "shared", Sight: []string{"acc:you", "team"}, Tags: []string{}}
	yours := &thing{Name: "yours", Sight: []string{"acc:you"}, Tags: []string{}}
	nobodys := &thing{Name: "nobodys", Tags: []string{}}
	must(t, things.CreateMany(ctx, []*thing{mine, shared, yours, nobodys}))
	me := as("acc:me", "team")
	for _, c := range []struct {
		ctx  context.Context
		want string
	}{{ctx, "[mine shared yours nobodys]"}, {me, "[mine shared]"}, {as("acc:you"), "[shared yours]"}, {as("acc:m"), "[]"}, {as(), "[]"}} {
		list, err := things.Find(c.ctx, nil, nil, 0)
		must(t, err)
		var names []string
		must(t, things.Each(c.ctx, filter.Or{filter.Exists{Field: "name"}}, func(x *thing) error { names = append(names, x.Name); return nil }))
		page, err := things.Page(c.ctx, store.Query{Where: filter.Not{Expr: filter.Eq{Field: "name", Value: "x"}}})
		must(t, err)
		if got := fmt.Sprint(names); got != c.want || len(list) != len(names) || page.Total != len(names) {
			t.Fatalf("reads %s, finds %d, total %d, want %s", got, len(list), page.Total, c.want)
		}
		wantCount(t, c.ctx, things, len(names))
	}
	_, err := things.Get(me, yours.ID)
	wantCode(t, err, fault.NotFound)
	_, err = things.Update(me, yours.ID, func(x *thing) error { x.Name = "taken"; return nil })
	wantCode(t, err, fault.NotFound)
	wantCode(t, things.Delete(me, yours.ID), fault.NotFound)
	wantCode(t, things.ReplaceMany(me, []*thing{yours}), fault.NotFound)
	if got, err := things.Get(ctx, yours.ID); err != nil || got.Rev != 1 {
		t.Fatalf("it was reached: %+v %v", got, err)
	}
}

// sighted: a query for a reader's own pairs finds what the sight would let them see, and one for anybody
// else's, or for something beside pairs, finds no more than that.
func (s suite) sighted(t *testing.T) {
	_, things := s.things(t, func(spec *store.Spec[thing]) { withSight(spec); spec.Sighted = "tags" })
	add := func(name string, tokens ...string) {
		x := &thing{Name: name, Sight: tokens, Tags: []string{"plain"}}
		for _, token := range tokens {
			x.Tags = append(x.Tags, token+" oak", token+" elm")
		}
		must(t, things.Create(everyone(), x))
	}
	add("mine", "acc:me")
	add("shared", "acc:you", "team")
	add("both", "acc:me", "team")
	add("yours", "acc:you")
	me := as("acc:me", "team")
	oak := func(tokens ...string) filter.Expr {
		var values []any
		for _, token := range tokens {
			values = append(values, token+" oak")
		}
		return filter.Has{Field: "tags", Values: values}
	}
	for name, c := range map[string]struct {
		ctx   context.Context
		where filter.Expr
		want  string
	}{
		"own pairs":              {me, oak("acc:me", "team"), "[both mine shared]"},
		"one of them":            {me, oak("acc:me"), "[both mine]"},
		"with more":              {me, filter.And{oak("acc:me", "team"), filter.Eq{Field: "name", Value: "mine"}}, "[mine]"},
		"somebody else's":        {me, oak("acc:you"), "[shared]"},
		"somebody else's too":    {me, oak("acc:me", "acc:you"), "[both mine shared]"},
		"no pair":                {me, filter.Has{Field: "tags", Values: []any{"plain"}}, "[both mine shared]"},
		"a beginning of a token": {as("acc:m"), oak("acc:me"), "[]"},
		"under or":               {me, filter.Or{oak("acc:me"), oak("acc:you")}, "[both mine shared]"},
		"under not":              {me, filter.Not{Expr: oak("acc:me")}, "[shared]"},
		"no values":              {me, filter.Has{Field: "tags", Values: []any{}}, "[]"},
		"nobody":                 {as(), oak("acc:me"), "[]"},
		"everybody":              {everyone(), oak("acc:you"), "[shared yours]"},
	} {
		list, err := things.Find(c.ctx, c.where, []driver.Key{{Path: "name"}}, 0)
		must(t, err)
		names := []string{}
		for _, x := range list {
			names = append(names, x.Name)
		}
		page, err := things.Page(c.ctx, store.Query{Where: c.where})
		must(t, err)
		if got := fmt.Sprint(names); got != c.want || page.Total != len(names) {
			t.Errorf("%s: finds %s, total %d, want %s", name, got, page.Total, c.want)
		}
	}
}

func withSight(spec *store.Spec[thing]) {
	spec.Fields = append([]driver.Field{{Path: "sight", Multi: true}}, spec.Fields...)
	spec.Sight = "sight"
}
