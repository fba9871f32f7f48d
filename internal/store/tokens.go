package store

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds of what a document is found by. They are far above what people write, and keep a mail of
// base64 from filling an index.
const (
	maxTokenRunes  = 40
	maxDocTokens   = 4000
	maxQueryTokens = 16
	minPart        = 3 // letters of the shortest part of a word of a name that is found
)

// Tokens gives the folded words of text, each once, in order of appearance: small letters and digits of
// any script without marks, ł ø đ ß æ œ þ ð ı as the letters people type for them, cut at 40 letters.
func Tokens(text string) []string {
	f := folders.Get().(*folder)
	defer f.free()
	f.fold(text)
	f.prepare()
	for _, sp := range f.spans {
		f.add(sp.from, f.cut(sp))
	}
	return strings.Fields(f.joined())
}

// queryTokens gives the prefixes that a document must have for the words a person typed. A word that
// begins another asks for nothing more than that one.
func queryTokens(text string) []string {
	tokens := Tokens(text)
	var needed []string
	for _, t := range tokens {
		implied := slices.ContainsFunc(tokens, func(o string) bool { return len(o) > len(t) && strings.HasPrefix(o, t) })
		if !implied && len(needed) < maxQueryTokens {
			needed = append(needed, t)
		}
	}
	return needed
}

// isBlank reports whether nothing was typed at all.
func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// docTokens gives what a document is found by: the words of texts, the words of names with the ends of
// each (so that a prefix of some token is any part of the word), and of scripts without spaces between
// words every end of a run. Cyrillic and Greek words are there in Latin letters, those of names in every
// spelling. They are joined by blanks, so that the garbage collector has not a pointer for each of them to follow.
func docTokens(names, texts []string) string {
	f := folders.Get().(*folder)
	defer f.free()
	for _, n := range names {
		f.fold(n)
	}
	ofNames := len(f.spans)
	for _, t := range texts {
		f.fold(t)
	}
	if f.latin {
		ofNames = f.spell(ofNames)
	}
	f.prepare()
	for i, sp := range f.spans {
		switch {
		case sp.dense:
			f.addRun(sp)
		case i < ofNames:
			f.addParts(sp)
		default:
			f.add(sp.from, f.cut(sp))
		}
		if len(f.unique) >= maxDocTokens {
			break
		}
	}
	return f.joined()
}

// Ready gives w with its tokens made, which takes most of the time of storing a long text: a caller can have
// it done while the store is busy with other documents.
func (w Words) Ready() Words {
	p := docTokens(w.Names, w.Texts)
	w.ready = &p
	return w
}

// slot is a place in the table of the tokens gathered so far: the first eight bytes of one, and where
// it is in unique, plus one.
type slot struct {
	head uint64
	at   uint32
}

// prepare readies f, in which everything is folded, for add.
func (f *folder) prepare() {
	f.buf = append(f.buf, make([]byte, 8)...) // so that head may read past the last word
	f.unique = f.unique[:0]
	f.rehash(len(f.spans))
}

// rehash makes room for that many tokens.
func (f *folder) rehash(tokens int) {
	f.bits = max(5, bits.Len(uint(2*tokens)))
	if size := 1 << f.bits; size <= cap(f.slots) {
		f.slots = f.slots[:size]
		clear(f.slots)
	} else {
		f.slots = make([]slot, size)
	}
	for i, t := range f.unique {
		head := f.head(t.from, t.to)
		*f.find(head, t.from, t.to) = slot{head, uint32(i + 1)}
	}
}

// head gives the first eight bytes of a word, padded with NUL, which no word holds.
func (f *folder) head(from, to int32) uint64 {
	h := binary.LittleEndian.Uint64(f.buf[from:])
	if n := to - from; n < 8 {
		h &= 1<<(8*n) - 1
	}
	return h
}

// tokenMix is odd and another in every process, so that nobody can write a mail whose words collide.
var tokenMix = maphash.String(maphash.MakeSeed(), "") | 1

// find gives the slot of a word, or the free one where it belongs.
func (f *folder) find(head uint64, from, to int32) *slot {
	h := head * tokenMix
	if to-from > 8 {
		h = (h ^ h>>32 ^ binary.LittleEndian.Uint64(f.buf[to-8:])) * tokenMix
	}
	h ^= h >> 29
	h *= 0x9e3779b97f4a7c15
	mask := len(f.slots) - 1
	for i := int(h>>(64-f.bits)) & mask; ; i = (i + 1) & mask {
		s := &f.slots[i]
		if s.at == 0 {
			return s
		}
		if s.head != head {
			continue
		}
		if t := f.unique[s.at-1]; to-from < 8 || bytes.Equal(f.buf[t.from:t.to], f.buf[from:to]) {
			return s
		}
	}
}

func (f *folder) add(from, to int32) {
	head := f.head(from, to)
	s := f.find(head, from, to)
	if s.at != 0 || len(f.unique) >= maxDocTokens {
		return
	}
	f.unique = append(f.unique, span{from: from, to: to})
	*s = slot{head, uint32(len(f.unique))}
	if 4*len(f.unique) > 3*len(f.slots) {
		f.rehash(2 * len(f.unique))
	}
}

// joined gives what was added, with a blank between each two.
func (f *folder) joined() string {
	size := len(f.unique)
	for _, t := range f.unique {
		size += int(t.to - t.from)
	}
	var b strings.Builder
	b.Grow(size)
	for i, t := range f.unique {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.Write(f.buf[t.from:t.to])
	}
	return b.String()
}

// cut gives the end of a word of at most maxTokenRunes letters.
func (f *folder) cut(sp span) int32 {
	if sp.to-sp.from <= maxTokenRunes {
		return sp.to
	}
	end := sp.from
	for n := 0; n < maxTokenRunes && end < sp.to; n++ {
		_, size := utf8.DecodeRune(f.buf[end:sp.to])
		end += int32(size)
	}
	return end
}

// addParts adds a word of a name and its ends of minPart letters or more.
func (f *folder) addParts(sp span) {
	to := f.cut(sp)
	left := utf8.RuneCount(f.buf[sp.from:to])
	for from := sp.from; from < to; left-- {
		if from > sp.from && left < minPart {
			return
		}
		f.add(from, to)
		_, size := utf8.DecodeRune(f.buf[from:to])
		from += int32(size)
	}
}

// addRun adds every end of a run of a script without spaces.
func (f *folder) addRun(sp span) {
	for from := sp.from; from < sp.to; {
		f.add(from, f.cut(span{from: from, to: sp.to}))
		_, size := utf8.DecodeRune(f.buf[from:sp.to])
		from += int32(size)
	}
}
