package store

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the words of text in small letters, without marks and punctuation, with single spaces
// between them: for sort keys, and to match what people write differently. "Łódź-Süd" → "lodz sud".
func Fold(text string) string {
	f := folders.Get().(*folder)
	defer f.free()
	f.fold(text)
	return string(bytes.TrimSuffix(f.buf, []byte{' '}))
}

// Latin gives folded text (Fold, Tokens) with Cyrillic and Greek letters as the Latin ones that people type
// for them: "шевченко" → "shevchenko". Each letter stands for itself, so that the beginning of a word gives
// the beginning of what the word gives.
func Latin(folded string) string {
	at := strings.IndexFunc(folded, func(r rune) bool { _, ok := latin[r]; return ok })
	if at < 0 {
		return folded
	}
	var out strings.Builder
	out.WriteString(folded[:at])
	for _, r := range folded[at:] {
		if s, ok := latin[r]; ok {
			out.WriteString(s)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// latin is by folded letters: й has become и by then, and ї і.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'ђ': "dj", 'ѓ': "gj", 'е': "e", 'є': "ye", 'ж': "zh",
	'з': "z", 'ѕ': "dz", 'и': "i", 'і': "i", 'ј': "j", 'к': "k", 'ќ': "kj", 'л': "l", 'љ': "lj", 'м': "m", 'н': "n",
	'њ': "nj", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'ћ': "c", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'џ': "dz", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m",
	'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// span is where a word stands in a folded text. dense says that its script puts no spaces between
// words.
type span struct {
	from, to int32
	dense    bool
}

// folder gathers folded words, each with a space after it.
type folder struct {
	buf   []byte
	spans []span
	from  int // where the word at hand begins
	dense bool
	latin bool // whether a word has letters that are found as Latin ones (spell.go)

	unique []span // the tokens made of the words, each once (tokens.go)
	slots  []slot
	bits   int // of the length of slots
}

// folders are kept for their memory: a mail is folded in some microseconds, most of which would
// otherwise go into making room.
var folders = sync.Pool{New: func() any { return new(folder) }}

// free gives f back; nothing of it may be in use any more.
func (f *folder) free() {
	if cap(f.buf) > maxKept {
		return
	}
	*f = folder{buf: f.buf[:0], spans: f.spans[:0], unique: f.unique, slots: f.slots}
	folders.Put(f)
}

func (f *folder) fold(text string) {
	text = text[:min(len(text), maxFolded)]
	f.buf = slices.Grow(f.buf, len(text)+len(text)/8+1)
	for i := 0; i < len(text); {
		if !f.dense {
			buf := f.buf
			for ; i < len(text); i++ {
				l := byteFold[text[i]]
				if l <= parts {
					break
				}
				buf = append(buf, l)
			}
			if f.buf = buf; i == len(text) {
				break
			}
		}
		switch byteFold[text[i]] {
		case parts:
			f.end()
			f.dense = false
			i++
		case notASCII:
			r, n := utf8.DecodeRuneInString(text[i:])
			f.rune(r)
			i += n
		default: // a letter after a word of a script without spaces
			f.script(false)
		}
	}
	f.end()
	f.dense = false
}

const (
	maxFolded = 1 << 24 // how much of one text is looked at, in bytes
	maxKept   = 1 << 18 // the longest text whose memory is kept for the next
)

// end closes the word at hand, if there is one.
func (f *folder) end() {
	if len(f.buf) > f.from {
		f.spans = append(f.spans, span{int32(f.from), int32(len(f.buf)), f.dense})
		f.buf = append(f.buf, ' ')
		f.from = len(f.buf)
	}
}

func (f *folder) rune(r rune) {
	if r >= firstHan && r <= lastHan {
		f.script(true)
		f.buf = utf8.AppendRune(f.buf, r)
		return
	}
	f.latin = f.latin || isSpelled(r)
	var folded string
	if r < tableEnd {
		folded = foldTable()[r-utf8.RuneSelf]
	} else {
		folded = foldRune(r)
	}
	switch folded {
	case "": // a mark, or something invisible
	case " ":
		f.end()
		f.dense = false
	default:
		f.script(isDense(r))
		f.buf = append(f.buf, folded...)
	}
}

// script ends the word where scripts with and without spaces between words meet.
func (f *folder) script(dense bool) {
	if dense != f.dense {
		f.end()
		f.dense = dense
	}
}

// What byteFold gives besides letters and digits.
const (
	notASCII = 0
	parts    = 1
)

// byteFold gives the small letter or digit of an ASCII byte, parts where it parts words.
var byteFold = func() (t [256]byte) {
	for c := range t[:utf8.RuneSelf] {
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		default:
			t[c] = parts
		}
	}
	return t
}()

// special are letters that are written as others but do not decompose to them, and signs that do not
// belong to a word though Unicode counts them as letters or decomposes them to some.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i",
	'ĸ': "k", 'ŋ': "n", 'ŧ': "t", 'ƀ': "b", 'ɓ': "b", 'ƈ': "c", 'ɗ': "d", 'ƒ': "f", 'ǥ': "g", 'ɠ': "g",
	'ƙ': "k", 'ƥ': "p", 'ɨ': "i", 'ɉ': "j", 'ƚ': "l", 'ɵ': "o", 'ɍ': "r", 'ʉ': "u", 'ƶ': "z", 'ȥ': "z",
	'ς': "σ", 'ǝ': "ə", '™': " ", '℠': " ",
}

// foldTable holds the folds of the runes up to tableEnd, where nearly all text lies but Han and Hangul.
// It is made when the first text needs it.
var foldTable = sync.OnceValue(func() *[tableEnd - utf8.RuneSelf]string {
	t := new([tableEnd - utf8.RuneSelf]string)
	for r := rune(utf8.RuneSelf); r < tableEnd; r++ {
		t[r-utf8.RuneSelf] = foldRune(r)
	}
	return t
})

const (
	tableEnd = 0x2100
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// foldRune gives the small letters and digits of r; "" where it is part of a word without one of its
// own (a mark, a soft hyphen), " " where it parts words.
func foldRune(r rune) string {
	if s, ok := special[unicode.ToLower(r)]; ok {
		return s
	}
	if unicode.IsMark(r) || unicode.Is(unicode.Cf, r) {
		return ""
	}
	var room [64]byte
	out := make([]byte, 0, 8)
	for _, d := range string(norm.NFKD.AppendString(room[:0], string(r))) {
		d = unicode.ToLower(d)
		if s, ok := special[d]; ok {
			out = append(out, s...)
		} else if unicode.IsDigit(d) || unicode.IsLetter(d) && !isApostrophe(d) {
			out = utf8.AppendRune(out, d)
		}
	}
	if len(out) == 0 {
		return " "
	}
	return string(out)
}

// isApostrophe reports the modifier letters that stand for an apostrophe, which people type as
// punctuation just as well.
func isApostrophe(r rune) bool { return r >= 0x02B9 && r <= 0x02DF }

// dense lists the scripts without spaces between words, in ascending order.
var dense = [][2]rune{
	{0x0E01, 0x0EFF}, // Thai, Lao
	{0x1000, 0x109F}, // Myanmar
	{0x1780, 0x17FF}, // Khmer
	{0x1950, 0x19DF}, // Tai
	{0x1A20, 0x1AAF}, // Tai Tham
	{0x2E80, 0x2FDF}, // Han radicals
	{0x3005, 0x3007}, // Han signs
	{0x3031, 0x30FF}, // kana
	{0x31F0, 0x31FF}, // kana
	{0x3400, 0x9FFF}, // Han
	{0xAA60, 0xAADF}, // Myanmar, Tai Viet
	{0xF900, 0xFAFF}, // Han
	{0xFF66, 0xFF9F}, // kana of half width
	{0x1B000, 0x1B16F},
	{0x20000, 0x3FFFF},
}

func isDense(r rune) bool {
	for _, d := range dense {
		if r < d[0] {
			return false
		}
		if r <= d[1] {
			return true
		}
	}
	return false
}
