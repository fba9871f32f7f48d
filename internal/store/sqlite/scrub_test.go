package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"piper/internal/store/driver"
)

// traces gives the files of the store that hold one of the words.
func traces(t *testing.T, dir string, words ...string) (found []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if n := bytes.Count(b, []byte(w)); n > 0 {
				found = append(found, fmt.Sprintf("%s holds %q %d times", filepath.Base(f), w, n))
			}
		}
	}
	return found
}

// TestScrub removes and replaces documents among hundreds of others, while somebody goes on writing, and
// looks for what they held in every byte of the store's files.
func TestScrub(t *testing.T) {
	dir := t.TempDir()
	e, err := Open(filepath.Join(dir, "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	ensure(t, e, notes)
	ctx := t.Context()
	words := []string{"Zwölfgrün", "zwolfgrun", "wolfgrun", "zwolf@example.org", "nurgflow"}
	doc := func(id string, rev int64, long int, tokens ...string) driver.Doc {
		d := note(id)
		d.Rev = rev
		d.JSON = fmt.Appendf(nil, `{"id":%q,"rev":%d,"by":%q,"tags":["all",%q],"title":%q,"pad":%q}`, id, rev, "by "+id, id, strings.Join(tokens, " "), strings.Repeat("pad ", long))
		d.Tokens = strings.Join(tokens, " ")
		for _, w := range tokens {
			letters := []rune(w)
			slices.Reverse(letters)
			d.Near = append(d.Near, driver.NearForward+"9"+w, driver.NearBackward+"9"+string(letters))
		}
		return d
	}
	for i := range 600 {
		id := fmt.Sprintf("n%04d", i)
		if err := e.Insert(ctx, notes, []driver.Doc{doc(id, 1, i*7%900, append(words, "common", fmt.Sprint("only", i))...)}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 600 {
		id := fmt.Sprintf("n%04d", i)
		if i%3 == 0 {
			err = e.Delete(ctx, notes, id, 1)
		} else {
			err = e.Replace(ctx, notes, doc(id, 2, i*3%500, "common", fmt.Sprint("only", i)), 1)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(traces(t, dir, words...)) == 0 {
		t.Fatal("nothing is left before the scrub: this test cannot fail")
	}
	var others sync.WaitGroup
	others.Go(func() {
		for i := range 50 {
			if err := e.Insert(ctx, notes, []driver.Doc{doc(fmt.Sprintf("m%04d", i), 1, 3, "common", "meanwhile")}); err != nil {
				t.Error(err)
			}
		}
	})
	if err := e.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	others.Wait()
	if found := traces(t, dir, words...); len(found) > 0 {
		t.Error(found)
	}
	count := func(prefix string) int {
		n, err := e.Count(ctx, notes, driver.Query{Text: &driver.Text{Prefixes: []string{prefix}}}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for prefix, want := range map[string]int{"common": 450, "only1": 75, "meanwhile": 50, "zwolf": 0} {
		if got := count(prefix); got != want {
			t.Errorf("%q finds %d after the scrub, want %d", prefix, got, want)
		}
	}
	for prefix, want := range map[string]int{driver.NearForward + "9common": 1, driver.NearBackward + "9nommoc": 1, driver.NearForward + "9zwo": 0,
		driver.NearBackward + "9nurg": 0} {
		if keys, err := e.Near(ctx, notes, prefix, 10); err != nil || len(keys) != want {
			t.Errorf("near %q: %q, %v", prefix, keys, err)
		}
	}
	// a word that was forgotten is learnt again
	if err := e.Insert(ctx, notes, []driver.Doc{doc("again", 1, 0, "zwolfgrun")}); err != nil {
		t.Fatal(err)
	}
	if n := count("zwolfg"); n != 1 {
		t.Errorf("a word that came back finds %d", n)
	}
	if err := e.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
}
