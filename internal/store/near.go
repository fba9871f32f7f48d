package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/store/driver"
)

// A word is near another if few slips make one of the other: a letter too many, too few, wrong, or
// swapped with its neighbour. One slip is forgiven in words of four letters or more, two from seven on. Where
// the slips are, the beginning or the end of the word is as it should be; so a name is looked up by
// its length and either of these, and what comes up is compared letter by letter.
const (
	shortNear = 4 // letters of the shortest word that may be nearly right
	longNear  = 7 // from here on two slips

	maxNear     = 8    // so many near words count, the nearest
	maxCompared = 3000 // of each beginning or end and length
)

// nearKeys gives the keys of names: for every word its length with its letters forward and backward.
func nearKeys(names []string) (keys []string) {
	for _, name := range names {
		for _, folded := range Tokens(name) {
			for _, word := range Spellings(folded) {
				if n := utf8.RuneCountInString(word); n >= shortNear {
					keys = append(keys, nearKey(driver.NearForward, n)+word, nearKey(driver.NearBackward, n)+backward(word))
				}
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// nearKey begins the keys of words of n letters; the length is one character.
func nearKey(mark string, n int) string { return mark + string(rune('0'+n)) }

// words sets what a document must hold for the words of a query. Nothing can be found where there are
// none, or where near words are asked for and none is near.
func (p *plan) words(ctx context.Context, typed []string, near bool) error {
	p.nothing = len(typed) == 0 || near
	for _, word := range typed {
		list := Spellings(word)
		if near {
			words, err := p.c.near(ctx, list)
			if err != nil {
				return err
			}
			if len(words) > 0 {
				p.nothing = false
				list = append(list, words...)
			}
		}
		if len(list) == 1 {
			p.text.Prefixes = append(p.text.Prefixes, list[0])
		} else {
			p.text.Either = append(p.text.Either, list)
		}
	}
	return nil
}

// near gives the words of names that are near one of these, the nearest first. Which words there are does
// not depend on the reader; what is found by them does.
func (c *core) near(ctx context.Context, spellings []string) ([]string, error) {
	slips := map[string]int{} // of each word
	for _, typed := range spellings {
		letters := []rune(typed)
		n := len(letters)
		if n < shortNear {
			continue
		}
		most, head := 1, (n-1)/2
		if n >= longNear {
			most, head = 2, n/3
		}
		tail := n - head - 1
		if most == 2 {
			tail = head + 1
		}
		for length := max(n-most, shortNear); length <= n+most; length++ {
			for _, key := range [...]string{
				nearKey(driver.NearForward, length) + string(letters[:head]),
				nearKey(driver.NearBackward, length) + backward(string(letters[n-tail:])),
			} {
				keys, err := c.db.engine.Near(ctx, c.schema, key, maxCompared)
				if err != nil {
					return nil, engineFault(err)
				}
				for _, key := range keys {
					word, _ := driver.NearWord(key)
					if strings.HasPrefix(word, typed) {
						continue
					}
					if d := slipsBetween(letters, []rune(word)); d <= most {
						if old, known := slips[word]; !known || d < old {
							slips[word] = d
						}
					}
				}
			}
		}
	}
	words := make([]string, 0, len(slips))
	for word := range slips {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(slips[a]-slips[b], cmp.Compare(a, b)) })
	return words[:min(maxNear, len(words))], nil
}

func backward(word string) string {
	letters := []rune(word)
	slices.Reverse(letters)
	return string(letters)
}

// slipsBetween counts the slips that make a of b, each letter being part of one slip at most.
func slipsBetween(a, b []rune) int {
	const most = maxTokenRunes + 1
	var rows [3][most + 1]int
	two, one, row := &rows[0], &rows[1], &rows[2]
	a, b = a[:min(len(a), most)], b[:min(len(b), most)]
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i, x := range a {
		row[0] = i + 1
		for j, y := range b {
			d := one[j]
			if x != y {
				d++
			}
			d = min(d, one[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				d = min(d, two[j-1]+1)
			}
			row[j+1] = d
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}
