package engagement

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mentioned gives the accounts whose name stands in the text behind an @, in order of id. Where one name
// begins with another ("@Ana Lima", "@Ana"), the longer one counts. Case does not matter; a letter or
// digit right before the @ (an e-mail address) or right behind the name does.
func mentioned(text string, names map[string]string) []string {
	folded := strings.ToLower(text)
	var found []string
	for at := 0; ; {
		i := strings.IndexByte(folded[at:], '@')
		if i < 0 {
			break
		}
		at += i + 1
		if r, _ := utf8.DecodeLastRuneInString(folded[:at-1]); at > 1 && isWord(r) {
			continue
		}
		found = append(found, longest(folded[at:], names)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// longest gives the accounts with the longest name that the text begins with; two may share one.
func longest(text string, names map[string]string) []string {
	var ids []string
	length := 0
	for id, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || len(name) < length || !strings.HasPrefix(text, name) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[len(name):]); len(text) > len(name) && isWord(r) {
			continue
		}
		if len(name) > length {
			ids, length = nil, len(name)
		}
		ids = append(ids, id)
	}
	return ids
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
