package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"piper/internal/store/driver"
)

// TestTokensPass puts tokens into the index that a tokenizer would split or fold, and finds each by
// every beginning of it, and no other document.
func TestTokensPass(t *testing.T) {
	e := withNotes(t)
	tokens := []string{
		"plain", "a-b", "a:b", "x.y@z", "Upper", "upper", "żółw", "日本語", "\"quoted\"", "star*", "(or)", "a", "ab", "abc", "abcd", "abcdefgh",
		driver.SightMark + "acc:01-X", driver.SightMark + "acc:01-x", "naïve", "and", "or", "not", "near",
	}
	for i, token := range tokens {
		d := note(fmt.Sprint("n", i))
		d.Tokens = "every " + token
		if err := e.Insert(t.Context(), notes, []driver.Doc{d}); err != nil {
			t.Fatal(err)
		}
	}
	for _, token := range tokens {
		runes := []rune(token)
		for n := 1; n <= len(runes); n++ {
			prefix := string(runes[:n])
			var want []string
			for i, other := range tokens {
				if strings.HasPrefix(other, prefix) || strings.HasPrefix("every", prefix) {
					want = append([]string{fmt.Sprint("n", i)}, want...)
				}
			}
			found, err := e.Find(t.Context(), notes, driver.Query{Text: &driver.Text{Prefixes: []string{prefix, "every"}}, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			if got := idsOf(t, found); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", prefix, got, want)
			}
		}
	}
	sight := func(tokens ...string) int {
		n, err := e.Count(t.Context(), notes, driver.Query{Text: &driver.Text{Prefixes: []string{"every"}, Sight: tokens}}, 100)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := sight(driver.SightMark + "acc:01-X"); n != 1 {
		t.Errorf("a sight finds %d", n)
	}
	if n := sight(driver.SightMark+"acc:01-X", driver.SightMark+"acc:01-x"); n != 2 {
		t.Errorf("two sights find %d", n)
	}
	if n := sight(); n != len(tokens) {
		t.Errorf("no limit finds %d", n)
	}
	if n, _ := e.Count(t.Context(), notes, driver.Query{Text: &driver.Text{Sight: []string{}}}, 100); n != 0 {
		t.Errorf("nothing to see finds %d", n)
	}
}

// TestTermsSurviveRollback rolls back the transaction that wrote a term first.
func TestTermsSurviveRollback(t *testing.T) {
	e := withNotes(t)
	search := func(ctx context.Context) int {
		n, err := e.Count(ctx, notes, driver.Query{Text: &driver.Text{Prefixes: []string{"climate"}}}, 10)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	write := func(ctx context.Context, id string) {
		d := note(id)
		d.Tokens = "climatic climates"
		if err := e.Insert(ctx, notes, []driver.Doc{d}); err != nil {
			t.Fatal(err)
		}
	}
	undone := errors.New("undone")
	err := e.Tx(t.Context(), func(ctx context.Context) error {
		write(ctx, "a")
		if n := search(ctx); n != 1 {
			t.Errorf("inside: %d", n)
		}
		return undone
	})
	if !errors.Is(err, undone) || search(t.Context()) != 0 {
		t.Errorf("undone, but %v and %d found", err, search(t.Context()))
	}
	write(t.Context(), "b")
	if n := search(t.Context()); n != 1 {
		t.Errorf("afterwards: %d", n)
	}
	// Many terms of one beginning go another way.
	for i := range 3 * spelledTerms {
		d := note(fmt.Sprint("c", i))
		d.Tokens = fmt.Sprint("climates", i)
		if err := e.Insert(t.Context(), notes, []driver.Doc{d}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := e.Count(t.Context(), notes, driver.Query{Text: &driver.Text{Prefixes: []string{"climates"}}}, 100); n != 1+3*spelledTerms {
		t.Errorf("%d found, %v", n, err)
	}
}

// TestOneSegment changes documents of one transaction against the order of the index, which is written at
// once all the same: as many segments as transactions.
func TestOneSegment(t *testing.T) {
	e := withNotes(t)
	var docs []driver.Doc
	for i := range 40 {
		docs = append(docs, note(fmt.Sprint("n", i)))
	}
	if err := e.Insert(t.Context(), notes, docs); err != nil {
		t.Fatal(err)
	}
	err := e.Tx(t.Context(), func(ctx context.Context) error {
		for _, d := range slices.Backward(docs) {
			d.Rev, d.Tokens = 2, "all again"
			if err := e.Replace(ctx, notes, d, 1); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = e.writer.alone(t.Context(), func(c *conn) error {
		n, err := c.number(t.Context(), `SELECT count(DISTINCT segid) FROM "notes__fts_idx"`)
		if n != 2 {
			t.Errorf("two transactions made %d segments", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"all": len(docs), "again": len(docs), "n7": 0} {
		n, err := e.Count(t.Context(), notes, driver.Query{Text: &driver.Text{Prefixes: []string{text}}}, 100)
		if err != nil || n != want {
			t.Errorf("%d have %q, want %d, %v", n, text, want, err)
		}
	}
}
