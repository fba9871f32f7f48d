package engagement

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Mention is a colleague named in an interaction or a task with an @ before the name.
type Mention struct {
	AccountID string        `json:"accountId"`
	At        store.Instant `json:"at"` // when they were first named in it
}

// mentionsIn notes who is named in the text of a record with an @, keeping since when. Of a private record
// only those are noted whom its sight tokens, seen, let read it: nobody is told of what they could not see.
func mentionsIn(text string, names map[string]string, seen []string, was []Mention, now store.Instant) []Mention {
	since := map[string]store.Instant{}
	for _, m := range was {
		since[m.AccountID] = m.At
	}
	list := []Mention{}
	for _, id := range mentioned(text, names) {
		if slices.Contains(seen, access.TeamToken) || slices.Contains(seen, access.OwnerToken(id)) {
			list = append(list, Mention{id, cmpOr(since[id], now)})
		}
	}
	return list
}

// namedSince gives the records in which an account was first named after a moment and that the reader may
// see, the last changed first.
func namedSince[T any](ctx context.Context, c *store.Collection[T], accountID string, since store.Instant, mentions func(*T) []Mention) ([]*T, error) {
	list, err := c.Find(ctx, filter.And{
		filter.Has{Field: "mentions.accountId", Values: []any{accountID}},
		filter.Compare{Field: "updatedAt", Op: filter.Gt, Value: string(since)},
	}, []driver.Key{{Path: "updatedAt", Desc: true}}, 0)
	return slices.DeleteFunc(list, func(one *T) bool {
		return !slices.ContainsFunc(mentions(one), func(m Mention) bool { return m.AccountID == accountID && m.At > since })
	}), err
}

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
