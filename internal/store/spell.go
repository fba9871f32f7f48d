package store

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Spellings gives a folded word in Latin letters: first as Latin has it, then as people write it by the
// rules of their countries, each once. A word of other letters has one spelling, itself.
//
// Latin goes by sound, near the English usage of BGN/PCGN. The others are Ukraine's resolution 55 of
// 2010, Bulgaria's law of transliteration of 2009, the Serbian and Macedonian alphabets in Latin without
// their marks, and ELOT 743 (ISO 843) for Greek. ISO 9 itself is of little use here: it differs by marks,
// which are folded away.
func Spellings(word string) []string {
	first := Latin(word)
	if first == word {
		return []string{word}
	}
	if first == "" { // a sign of softness alone
		return []string{word}
	}
	list := []string{cutWord(first)}
	for _, other := range [...]string{ukrainian(word), national(word, bulgarian), national(word, southern), greek(word)} {
		if other = cutWord(other); other != "" && !slices.Contains(list, other) {
			list = append(list, other)
		}
	}
	return list
}

// isSpelled tells whether a letter may have a place in the tables of Latin letters.
func isSpelled(r rune) bool { return r >= 0x370 && r < 0x530 }

var bulgarian = map[rune]string{'х': "h", 'щ': "sht", 'ъ': "a"}

// southern is Serbian and Macedonian, whose marks people leave out.
var southern = map[rune]string{'х': "h", 'ц': "c", 'ч': "c", 'ш': "s", 'ж': "z", 'ђ': "d", 'ѓ': "g", 'ќ': "k"}

// national is Latin but for some letters.
func national(word string, own map[rune]string) string {
	var out strings.Builder
	for _, r := range word {
		if s, ok := own[r]; ok {
			out.WriteString(s)
		} else if s, ok := latin[r]; ok {
			out.WriteString(s)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// ukrainian: й has become и in folding; after a vowel it can be nothing else.
func ukrainian(word string) string {
	var out strings.Builder
	before := rune(0)
	for _, r := range word {
		s, ok := latin[r]
		switch {
		case r == 'г':
			s = "h"
		case r == 'и' && !strings.ContainsRune("аеєиіоуюя", before):
			s = "y"
		case before != 0 && strings.ContainsRune("єюя", r):
			s = "i" + strings.TrimPrefix(s, "y")
		case !ok:
			s = string(r)
		}
		out.WriteString(s)
		before = r
	}
	return out.String()
}

// greek has the pairs of letters that are one sound.
func greek(word string) string {
	letters := []rune(word)
	var out strings.Builder
	for i, r := range letters {
		var before, after rune
		if i > 0 {
			before = letters[i-1]
		}
		if i+1 < len(letters) {
			after = letters[i+1]
		}
		switch {
		case r == 'υ' && before == 'ο':
			out.WriteByte('u')
		case r == 'υ' && strings.ContainsRune("αεη", before) && before != 0:
			if after == 0 || strings.ContainsRune("θκξπστφχψ", after) {
				out.WriteByte('f')
			} else {
				out.WriteByte('v')
			}
		case r == 'γ' && after != 0 && strings.ContainsRune("γξχ", after):
			out.WriteByte('n')
		case r == 'μ' && after == 'π' && i == 0:
		case r == 'π' && before == 'μ' && i == 1:
			out.WriteByte('b')
		default:
			if s, ok := latin[r]; ok {
				out.WriteString(s)
			} else {
				out.WriteRune(r)
			}
		}
	}
	return out.String()
}

// cutWord cuts a word to the letters by which it is known.
func cutWord(word string) string {
	if len(word) <= maxTokenRunes {
		return word
	}
	n := 0
	for i := range word {
		if n == maxTokenRunes {
			return word[:i]
		}
		n++
	}
	return word
}

// spell puts Cyrillic and Greek words into Latin letters, those of names in every spelling. It gives how
// many words are of names then.
func (f *folder) spell(ofNames int) int {
	spans, names := make([]span, 0, len(f.spans)+8), 0
	for i, sp := range f.spans {
		if i == ofNames {
			names = len(spans)
		}
		word := f.buf[sp.from:sp.to]
		if sp.dense || !hasSpelled(word) {
			spans = append(spans, sp)
			continue
		}
		list := []string{Latin(string(word))}
		if i < ofNames {
			list = Spellings(string(word))
		}
		for _, s := range list {
			if s == "" {
				spans = append(spans, sp)
				continue
			}
			from := int32(len(f.buf))
			f.buf = append(append(f.buf, s...), ' ')
			spans = append(spans, span{from: from, to: int32(len(f.buf) - 1)})
		}
	}
	if ofNames == len(f.spans) {
		names = len(spans)
	}
	f.spans = spans
	return names
}

func hasSpelled(word []byte) bool {
	for i := 0; i < len(word); {
		if word[i] < 0xCD { // below the lead bytes of both scripts
			i++
			continue
		}
		r, n := utf8.DecodeRune(word[i:])
		if isSpelled(r) {
			return true
		}
		i += n
	}
	return false
}
