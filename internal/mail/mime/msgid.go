package mime

import (
	"bytes"
	"slices"
	"strings"
)

// messageIDs extracts the "<…>" tokens of a References or In-Reply-To value, in order, each once. Prose
// between them ("Your message of …") says nothing reliable and is left out.
func messageIDs(v []byte, p *problems) []string {
	var ids []string
	for len(v) > 0 {
		end := bytes.IndexByte(v, '>')
		if end < 0 {
			break
		}
		start := bytes.LastIndexByte(v[:end], '<')
		if start >= 0 {
			if id := cleanID(v[start+1 : end]); id != "" && !slices.Contains(ids[max(0, len(ids)-maxReferences):], id) {
				ids = append(ids, id)
			}
		}
		v = v[end+1:]
	}
	if len(ids) > maxReferences {
		p.add("A list of earlier messages is too long and was shortened.")
		ids = append(ids[:1:1], ids[len(ids)-maxReferences+1:]...)
	}
	return ids
}

// messageID reads Message-ID; a value without brackets is taken whole if it is one word.
func messageID(v []byte) string {
	if end := bytes.IndexByte(v, '>'); end >= 0 {
		if start := bytes.LastIndexByte(v[:end], '<'); start >= 0 {
			return cleanID(v[start+1 : end])
		}
	}
	v = bytes.Trim(unfold(v), "<> \t")
	if bytes.ContainsAny(v, " \t") {
		return ""
	}
	return cleanID(v)
}

// cleanID leaves out white space, which folding puts inside, and what cannot be text.
func cleanID(v []byte) string {
	if len(v) > maxMessageID {
		return ""
	}
	s := guessCharset(v, "")
	if strings.IndexFunc(s, isSpaceOrControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isSpaceOrControl(r) {
			return -1
		}
		return r
	}, s)
}

func isSpaceOrControl(r rune) bool { return r <= ' ' || 0x7f <= r && r <= 0xa0 }
