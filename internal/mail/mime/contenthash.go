package mime

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
)

// contentHash identifies a mail by what its author sent: the instant, the senders, the subject, the words
// of the text and the attachments. What servers add on the way (Received, mbox quoting of "From ", line
// ends, trailing space) does not change it.
func contentHash(m *Message) string {
	h := sha256.New()
	part := func(s string) { // length first, so that no two mails run together
		io.WriteString(h, strconv.Itoa(len(s)))
		io.WriteString(h, ":")
		io.WriteString(h, s)
	}
	if m.Date.IsZero() {
		part("")
	} else {
		part(strconv.FormatInt(m.Date.Unix(), 10))
	}
	from := make([]string, 0, len(m.From))
	for _, a := range m.From {
		from = append(from, a.Address)
	}
	slices.Sort(from)
	part(strings.Join(from, ","))
	part(strings.ToLower(m.Subject))
	if m.HeadersOnly {
		part("headers only")
	}
	for _, a := range m.Attachments {
		part(a.Hash)
	}
	hashWords(h, m.Text)
	return hex.EncodeToString(h.Sum(nil))
}

// hashWords hashes a text without its white space and mbox quoting.
func hashWords(h hash.Hash, text string) {
	var buf [2048]byte
	n := 0
	for text != "" {
		if text[0] == '>' {
			if rest := strings.TrimLeft(text, ">"); strings.HasPrefix(rest, "From ") {
				text = rest
			}
		}
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			end = len(text)
		}
		for i := 0; i < end; {
			if n > len(buf)/2 {
				h.Write(buf[:n])
				n = 0
			}
			for stop := min(end, i+len(buf)/2-1); i < stop; i++ {
				if c := text[i]; c > ' ' {
					buf[n] = c
					n++
				}
			}
		}
		text = text[min(end+1, len(text)):]
	}
	h.Write(buf[:n])
}
