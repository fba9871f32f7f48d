package mime

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// piece is one text of a mail; of an alternative both forms.
type piece struct{ plain, html string }

// walker goes through the parts of one mail.
type walker struct {
	problems
	charset     string // what the mail declares for its text; a hint for raw 8-bit headers
	attachments []Attachment
	parts       int
	text, html  int    // bytes that may still be taken
	nested      []byte // the first forwarded mail
	report      bool   // a delivery report

	wanted int // index of the attachment to decode, -1 for none
	opened []byte
}

// place says where a part stands.
type place struct {
	depth   int
	root    bool
	digest  bool // parts without a type are mails
	related bool // parts belong to the HTML
}

// walk reads one part and gives its texts.
func (w *walker) walk(h *header, body []byte, at place) []piece {
	m, ok := mediaType(h.first("content-type"), at.digest)
	if !ok {
		w.add("A content type is not valid; the part was taken for plain text.")
	}
	if w.charset == "" {
		if c := m.get("charset"); len(c) > 0 {
			w.charset = string(c)
		}
	}
	major, minor, _ := strings.Cut(m.value, "/")
	if major == "multipart" {
		if at.depth >= maxDepth {
			w.add("Parts are nested too deeply; the inner ones were left out.")
			return nil
		}
		if pieces, ok := w.multipart(&m, minor, body, at); ok {
			return pieces
		}
		w.add("The parts of the mail could not be told apart; it was taken for plain text.")
		m = media{value: "text/plain", params: m.params}
		major, minor = "text", "plain"
	}
	code, known := transferOf(h.first("content-transfer-encoding"))
	if !known {
		w.add("An encoding is unknown; the part was taken as it is.")
	}
	disposition := parseMedia(h.first("content-disposition"))
	if major == "text" && !w.isFile(&m, &disposition, minor, at) {
		return w.readText(&m, minor, code, body)
	}
	w.attach(h, &m, &disposition, code, body, at)
	return nil
}

// isFile tells text that is meant to be read in the mail from text that is a file.
func (w *walker) isFile(m, disposition *media, minor string, at place) bool {
	if disposition.value == "attachment" {
		return true
	}
	switch minor {
	case "plain", "html":
		named := len(disposition.params) > 0 && disposition.text("filename", "") != "" || m.text("name", "") != ""
		return named && !at.root
	case "calendar", "vcard", "x-vcard", "directory", "csv", "css", "xml", "rtf", "rfc822-headers", "javascript", "x-amp-html":
		return true
	}
	return disposition.text("filename", "") != "" || m.text("name", "") != ""
}

// multipart walks the parts; ok is false where no boundary can be found at all.
func (w *walker) multipart(m *media, minor string, body []byte, at place) (pieces []piece, ok bool) {
	boundary := bytes.TrimRight(m.get("boundary"), " \t")
	if len(boundary) == 0 || !hasBoundary(body, boundary) {
		if boundary = guessBoundary(body); boundary == nil {
			return nil, false
		}
		w.add("The boundary between parts is not the announced one; it was guessed.")
	}
	w.report = w.report || minor == "report"
	inner := place{depth: at.depth + 1, digest: minor == "digest", related: at.related || minor == "related"}
	var best piece // of an alternative
	closed := splitParts(body, boundary, func(part []byte) bool {
		if w.parts++; w.parts > maxParts {
			w.add("The mail has too many parts; the last ones were left out.")
			return false
		}
		h, content := readHeader(part, &w.problems)
		found := w.walk(&h, content, inner)
		if minor != "alternative" {
			pieces = append(pieces, found...)
			return true
		}
		plain, rich := flatten(found)
		if best.plain == "" {
			best.plain = plain
		}
		if rich != "" {
			best.html = rich
		}
		return true
	})
	if !closed {
		w.add("The mail ends before its last part does.")
	}
	if minor == "alternative" && best != (piece{}) {
		pieces = []piece{best}
	}
	return pieces, true
}

// flatten joins the texts inside one branch of an alternative; with HTML among them it is the rich form.
func flatten(pieces []piece) (plain, rich string) {
	for _, p := range pieces {
		if p.html != "" {
			for _, p := range pieces {
				if p.html != "" {
					rich += p.html
				} else {
					rich += asHTML(p.plain)
				}
			}
			return "", rich
		}
	}
	for i, p := range pieces {
		if i > 0 {
			plain += "\n"
		}
		plain += p.plain
	}
	return plain, ""
}

// readText decodes a part that is read in the mail.
func (w *walker) readText(m *media, minor string, code transfer, body []byte) []piece {
	rich := minor == "html"
	left := &w.text
	if rich {
		left = &w.html
	}
	if code == base64Coded && readsAsWords(body) {
		w.add("A part is not encoded as it says; it was taken as it is.")
		code = asIs
	}
	raw, damaged := code.decode(body, *left+1)
	if len(raw) > *left {
		w.add("The text is too long and was cut.")
		raw = raw[:*left]
	}
	*left -= len(raw)
	if damaged {
		w.add("A part is damaged; what could be decoded was kept.")
	}
	charset := string(m.get("charset"))
	s, known := decodeCharset(charset, raw)
	if !known {
		w.add("The character set is unknown and was guessed.")
	}
	if !rich && looksLikeHTML(s) {
		w.add("A part that says it is plain text is HTML and was taken for that.")
		rich = true
	}
	if rich {
		if strings.TrimSpace(s) == "" {
			return nil
		}
		return []piece{{html: s}}
	}
	s = cleanText(s)
	switch {
	case minor == "enriched" || minor == "richtext":
		s = cleanText(stripEnriched(s))
	case strings.EqualFold(string(m.get("format")), "flowed"):
		s = unflow(s, strings.EqualFold(string(m.get("delsp")), "yes"))
	}
	if s == "" {
		return nil
	}
	return []piece{{plain: s}}
}

// attach lists a part as an attachment.
func (w *walker) attach(h *header, m, disposition *media, code transfer, body []byte, at place) {
	if len(w.attachments) >= maxAttachments {
		w.add("The mail has too many attachments; the last ones are not listed.")
		return
	}
	a := Attachment{Index: len(w.attachments), Type: m.value}
	sum := sha256.New()
	code.stream(body, func(b []byte) {
		a.Size += int64(len(b))
		sum.Write(b)
	})
	a.Hash = hex.EncodeToString(sum.Sum(nil))
	a.ContentID = messageID(h.first("content-id"))
	a.Inline = a.ContentID != "" && disposition.value != "attachment" && (at.related || disposition.value == "inline")
	name := disposition.text("filename", w.charset)
	if name == "" {
		name = m.text("name", w.charset)
	}
	if m.value == "message/rfc822" {
		inner, _ := code.decode(body, maxText)
		if name == "" {
			ih, _ := readHeader(inner, &problems{})
			name = decodeText(ih.first("subject"), w.charset)
			if name != "" {
				name += ".eml"
			}
		}
		if w.nested == nil {
			w.nested = inner
		}
	}
	a.Name = fileName(name, a)
	if a.Index == w.wanted {
		w.opened, _ = code.decode(body, maxAttachment)
	}
	w.attachments = append(w.attachments, a)
}

// splitParts calls part for each part between the delimiter lines, until it returns false. closed tells
// whether the last delimiter was there.
func splitParts(body, boundary []byte, part func([]byte) bool) (closed bool) {
	from := -1
	for pos := 0; ; {
		start, end, last := nextDelimiter(body, boundary, pos)
		if start < 0 {
			if from >= 0 {
				part(body[from:])
			}
			return false
		}
		if from >= 0 && !part(body[from:max(from, beforeLineEnd(body, start))]) {
			return true
		}
		if last {
			return true
		}
		from, pos = end, end
	}
}

// nextDelimiter finds the next line that is "--boundary" or "--boundary--", white space after it apart.
func nextDelimiter(body, boundary []byte, pos int) (start, end int, last bool) {
	for pos < len(body) {
		i := bytes.Index(body[pos:], boundary)
		if i < 0 {
			break
		}
		i += pos
		pos = i + 1
		if i < 2 || body[i-1] != '-' || body[i-2] != '-' || i > 2 && body[i-3] != '\n' && body[i-3] != '\r' {
			continue
		}
		rest := body[i+len(boundary):]
		last = bytes.HasPrefix(rest, []byte("--"))
		line, after := cutLine(rest)
		if last {
			line = line[2:]
		}
		if !isBlank(line) {
			continue
		}
		return i - 2, len(body) - len(after), last
	}
	return -1, -1, false
}

func hasBoundary(body, boundary []byte) bool {
	start, _, _ := nextDelimiter(body, boundary, 0)
	return start >= 0
}

// beforeLineEnd gives the position before the line end that belongs to a delimiter.
func beforeLineEnd(body []byte, i int) int {
	if i > 0 && body[i-1] == '\n' {
		i--
	}
	if i > 0 && body[i-1] == '\r' {
		i--
	}
	return i
}

// guessBoundary takes for the boundary a line "--something" that is followed by a Content- header.
func guessBoundary(body []byte) []byte {
	for n, rest := 0, body; n < 200 && len(rest) > 0; n++ {
		var line []byte
		line, rest = cutLine(rest)
		if len(line) < 3 || !bytes.HasPrefix(line, []byte("--")) || len(line) > 200 {
			continue
		}
		next, _ := cutLine(rest)
		name, _, ok := splitField(next)
		if ok && len(name) > 8 && bytes.EqualFold(name[:8], []byte("content-")) {
			if candidate := bytes.TrimRight(line[2:], " \t"); len(candidate) > 0 {
				return candidate
			}
		}
	}
	return nil
}
