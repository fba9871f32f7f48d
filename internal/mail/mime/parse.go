package mime

import (
	"bytes"
	"strings"

	"piper/internal/fault"
)

// Parse reads one mail. An error is fault.Invalid, means that the mail is unreadable and says why; see the
// package comment. Parse keeps no reference to raw.
func Parse(raw []byte) (*Message, error) {
	m, w, h, body, err := begin(raw)
	if err != nil {
		return nil, err
	}
	pieces := w.walk(h, body, place{root: true})
	if len(pieces) == 0 && w.nested != nil { // nothing but a forwarded mail: its text is what there is to read
		inner := walker{problems: w.problems, text: maxText, html: maxHTML, wanted: -1, parts: w.parts}
		ih, content := readHeader(w.nested, &inner.problems)
		pieces = inner.walk(&ih, content, place{root: true, depth: 1})
		w.problems = inner.problems
	}
	m.headers(h, w)
	m.setTexts(pieces)
	m.Attachments = w.attachments
	m.AutoSubmitted = m.AutoSubmitted || w.report
	m.Problems = w.list
	m.ContentHash = contentHash(m)
	return m, nil
}

// ParseHeaders reads a mail of which only the headers were fetched. Its ContentHash differs from that of
// the whole mail.
func ParseHeaders(raw []byte) (*Message, error) {
	m, w, h, _, err := begin(raw)
	if err != nil {
		return nil, err
	}
	if c := parseMedia(h.first("content-type")); len(c.params) > 0 {
		w.charset = string(c.get("charset"))
	}
	m.headers(h, w)
	m.HeadersOnly = true
	m.Problems = w.list
	m.ContentHash = contentHash(m)
	return m, nil
}

// OpenAttachment decodes one attachment of a mail: at most 256 MiB of it. fault.NotFound when the mail has
// none with that index.
func OpenAttachment(raw []byte, index int) (Attachment, []byte, error) {
	_, w, h, body, err := begin(raw)
	if err != nil {
		return Attachment{}, nil, err
	}
	w.wanted = index
	w.walk(h, body, place{root: true})
	if index < 0 || index >= len(w.attachments) {
		return Attachment{}, nil, fault.New(fault.NotFound, "This mail has no such attachment.")
	}
	return w.attachments[index], bytes.Clone(w.opened), nil
}

// begin reads the header of the mail and decides whether it is one.
func begin(raw []byte) (*Message, *walker, *header, []byte, error) {
	w := &walker{text: maxText, html: maxHTML, wanted: -1}
	b := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, '\n') < 0 && bytes.IndexByte(b, '\r') >= 0 {
		w.add("Lines end in an old way.")
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	if trimmed := bytes.TrimLeft(b, "\r\n"); len(trimmed) < len(b) {
		w.add("Blank lines before the headers were left out.")
		b = trimmed
	}
	if len(bytes.Trim(b, " \t\r\n\x00")) == 0 {
		return nil, nil, nil, nil, fault.New(fault.Invalid, "The mail is empty.")
	}
	h, body := readHeader(b, &w.problems)
	if h.total == 0 {
		return nil, nil, nil, nil, fault.New(fault.Invalid, "The mail has no headers.")
	}
	if !h.isMail {
		return nil, nil, nil, nil, fault.New(fault.Invalid, "The mail has none of the headers that every mail has, such as From, Date or Subject.")
	}
	return &Message{Size: int64(len(raw))}, w, &h, body, nil
}

// headers fills in what the header says. The walk has found the charset by then.
func (m *Message) headers(h *header, w *walker) {
	automatic := h.has("x-autoreply") || h.has("x-autorespond")
	for i := range h.fields {
		v := h.fields[i].value
		switch h.fields[i].key {
		case "message-id":
			if m.MessageID == "" {
				m.MessageID = messageID(v)
			}
		case "in-reply-to":
			m.InReplyTo = append(m.InReplyTo, messageIDs(v, &w.problems)...)
		case "references":
			m.References = append(m.References, messageIDs(v, &w.problems)...)
		case "subject":
			if m.Subject == "" {
				m.Subject = cutRunes(decodeText(v, w.charset), maxSubject)
			}
		case "date":
			if m.Date.IsZero() {
				m.Date = parseDate(v)
			}
		case "from":
			if len(m.From) == 0 {
				m.From = parseAddresses(nil, v, w.charset, &w.problems)
			}
		case "sender":
			m.Sender = parseAddresses(m.Sender, v, w.charset, &w.problems)
		case "reply-to":
			m.ReplyTo = parseAddresses(m.ReplyTo, v, w.charset, &w.problems)
		case "to":
			m.To = parseAddresses(m.To, v, w.charset, &w.problems)
		case "cc":
			m.Cc = parseAddresses(m.Cc, v, w.charset, &w.problems)
		case "bcc":
			m.Bcc = parseAddresses(m.Bcc, v, w.charset, &w.problems)
		case "auto-submitted":
			value := strings.ToLower(string(unfold(v)))
			automatic = automatic || value != "" && !strings.HasPrefix(value, "no")
		case "precedence":
			switch strings.ToLower(string(unfold(v))) {
			case "auto_reply", "auto-reply", "junk":
				automatic = true
			}
		case "return-path":
			automatic = automatic || string(unfold(v)) == "<>"
		}
	}
	m.AutoSubmitted = automatic
}

// setTexts makes the plain text and the HTML of the pieces.
func (m *Message) setTexts(pieces []piece) {
	var texts, shown []string
	rich := false
	for _, p := range pieces {
		rich = rich || p.html != ""
		s := p.plain
		if s == "" {
			s = cleanText(htmlToText(p.html))
		}
		if s != "" {
			texts = append(texts, s)
		}
	}
	m.Text = cutBytes(strings.Join(texts, "\n\n"), maxText)
	if !rich {
		return
	}
	for _, p := range pieces {
		if p.html == "" {
			shown = append(shown, asHTML(p.plain))
		} else {
			shown = append(shown, sanitise(p.html))
		}
	}
	m.HTML = strings.Join(shown, "")
}
