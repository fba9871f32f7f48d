package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// paging: over ties, missing values and mixed directions every document comes exactly once, in order.
func (s suite) paging(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	var list []*thing
	for i := range 60 {
		x := &thing{Tags: []string{}, Name: []string{"", "a", "a", "b", "B", "é", "z'"}[i%7]}
		if i%4 != 0 {
			x.Count = ptr(int64(i%3 - 1))
		}
		if i%5 > 1 {
			x.Done = ptr(i%5 == 2)
		}
		if i%3 == 0 {
			x.Detail = &detail{Level: int64(i % 2)}
		}
		list = append(list, x)
	}
	must(t, things.CreateMany(ctx, list))
	var sorts [][]driver.Key
	for _, paths := range []string{"", "id", "name", "count", "done", "detail.level", "name count", "count name", "done detail.level name", "detail.level id", "rev"} {
		n := len(strings.Fields(paths))
		for directions := range 1 << n {
			var sort []driver.Key
			for i, p := range strings.Fields(paths) {
				sort = append(sort, driver.Key{Path: p, Desc: directions>>i&1 == 1})
			}
			sorts = append(sorts, sort)
		}
	}
	where := filter.Not{Expr: filter.Eq{Field: "name", Value: "b"}}
	var want []*thing
	for _, x := range list {
		if x.Name != "b" {
			want = append(want, x)
		}
	}
	for i, sort := range sorts {
		if s.caps.Quick && i%6 != 0 {
			continue
		}
		slices.SortFunc(want, func(a, b *thing) int { return compareThings(a, b, sort) })
		for _, limit := range []int{1, 7, 500} {
			if limit == 1 && s.caps.Quick {
				continue
			}
			var got []string
			q := store.Query{Where: where, Sort: sort, Limit: limit}
			for page := 0; page == 0 || q.Cursor != ""; page++ {
				p, err := things.Page(ctx, q)
				must(t, err)
				if p.Total != len(want) || page > len(want) {
					t.Fatalf("%v: page %d says there are %d, want %d", sort, page, p.Total, len(want))
				}
				for _, x := range p.Items {
					got = append(got, x.ID)
				}
				q.Cursor = p.Next
			}
			if fmt.Sprint(got) != fmt.Sprint(idsOf(want)) {
				t.Fatalf("sorted by %v in pages of %d: %d documents, not all in order", sort, limit, len(got))
			}
		}
	}
}

func idsOf(list []*thing) (ids []string) {
	for _, x := range list {
		ids = append(ids, x.ID)
	}
	return ids
}

// compareThings is the order that a sort means, written down a second time.
func compareThings(a, b *thing, sort []driver.Key) int {
	for _, k := range sort {
		c := 0
		switch k.Path {
		case "id":
			c = cmp.Compare(a.ID, b.ID)
		case "name":
			c = cmp.Compare(a.Name, b.Name) // "" is not stored and is below all
		case "count":
			c = comparePointers(a.Count, b.Count)
		case "rev":
			c = cmp.Compare(a.Rev, b.Rev)
		case "done":
			number := func(b *bool) *int {
				if b == nil {
					return nil
				}
				if *b {
					return ptr(1)
				}
				return ptr(0)
			}
			c = comparePointers(number(a.Done), number(b.Done))
		case "detail.level":
			level := func(x *thing) *int64 {
				if x.Detail == nil {
					return nil
				}
				return &x.Detail.Level
			}
			c = comparePointers(level(a), level(b))
		}
		if k.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(a.ID, b.ID)
}

func comparePointers[V cmp.Ordered](a, b *V) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

// pagingWhileWriting: what is written between two pages neither repeats nor hides another document.
func (s suite) pagingWhileWriting(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	list := numbered(30)
	must(t, things.CreateMany(ctx, list))
	for _, desc := range []bool{false, true} {
		seen := map[string]int{}
		q := store.Query{Sort: []driver.Key{{Path: "name", Desc: desc}}, Limit: 4, Where: filter.Compare{Field: "name", Op: filter.Lt, Value: "1"}}
		for page := 0; page == 0 || q.Cursor != ""; page++ {
			p, err := things.Page(ctx, q)
			must(t, err)
			for _, x := range p.Items {
				seen[x.Name]++
			}
			last := p.Items[len(p.Items)-1]
			if page%2 == 0 && last.Name != "0029" && last.Name != "0000" {
				must(t, things.Delete(ctx, last.ID)) // the very document the cursor stands on
			}
			must(t, things.Create(ctx, &thing{Name: "1 outside", Tags: []string{}}))
			q.Cursor = p.Next
		}
		n, err := things.Count(ctx, filter.Compare{Field: "name", Op: filter.Lt, Value: "1"})
		must(t, err)
		for name, times := range seen {
			if times != 1 {
				t.Fatalf("%s came %d times", name, times)
			}
		}
		if len(seen) < n {
			t.Fatalf("%d documents came, %d are there", len(seen), n)
		}
	}
}
