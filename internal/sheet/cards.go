package sheet

import (
	"bufio"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Card is one vCard to write.
type Card struct {
	UID          string
	Name         string
	IsCompany    bool   // an organisation, not a person
	Organisation string // that a person belongs to, or an organisation is part of
	Title        string // the post
	Emails       []CardValue
	Phones       []CardValue
	Country      string // its name
	Website      string
	Categories   []string
	Revised      time.Time
}

// CardValue is an address or a number; a Label of "work", "home" or "mobile" becomes its type.
type CardValue struct{ Value, Label string }

// CardType is the media type of vCards.
const CardType = "text/vcard; charset=utf-8"

// cardTypes are the labels that vCard has a type for.
var cardTypes = map[string]string{"work": "WORK", "home": "HOME", "private": "HOME", "mobile": "CELL"}

// WriteCard writes one card in version 3.0, which Outlook, Apple and Google all read, in UTF-8. It is written
// here and not by the library that reads cards, which leaves semicolons inside values and escapes the
// commas between them.
func WriteCard(w io.Writer, c Card) error {
	out := &cardWriter{w: bufio.NewWriter(w)}
	out.raw("BEGIN", "VCARD")
	out.raw("VERSION", "3.0")
	out.text("PRODID", "-//Piper//EN")
	out.text("UID", c.UID)
	if c.IsCompany {
		out.parts("N", "", "", "", "", "")
		out.text("FN", c.Name)
		if c.Organisation == "" {
			out.parts("ORG", c.Name)
		} else {
			out.parts("ORG", c.Organisation, c.Name)
		}
		out.raw("X-ABSHOWAS", "COMPANY")
	} else {
		given, family := splitName(c.Name)
		out.parts("N", family, given, "", "", "")
		out.text("FN", c.Name)
		if c.Organisation != "" {
			out.parts("ORG", c.Organisation)
		}
	}
	out.text("TITLE", c.Title)
	for _, e := range c.Emails {
		out.text("EMAIL;TYPE=INTERNET"+cardType(e.Label), e.Value)
	}
	for _, p := range c.Phones {
		out.text("TEL;TYPE=VOICE"+cardType(p.Label), p.Value)
	}
	if c.Country != "" {
		out.parts("ADR;TYPE=WORK", "", "", "", "", "", "", c.Country)
	}
	if c.Website != "" { // an address has no escapes
		out.raw("URL", strings.NewReplacer("\r", "", "\n", "").Replace(c.Website))
	}
	if len(c.Categories) > 0 {
		out.list("CATEGORIES", c.Categories)
	}
	if !c.Revised.IsZero() {
		out.raw("REV", c.Revised.UTC().Format("20060102T150405Z"))
	}
	out.raw("END", "VCARD")
	if out.err == nil {
		out.err = out.w.Flush()
	}
	return out.err
}

func cardType(label string) string {
	if t := cardTypes[strings.ToLower(strings.TrimSpace(label))]; t != "" {
		return "," + t
	}
	return ""
}

// splitName takes the last word for the family name: what is on record is one name as it is written.
func splitName(name string) (given, family string) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "", ""
	}
	last := len(words) - 1
	return strings.Join(words[:last], " "), words[last]
}

// cardWriter writes lines, escaped and folded, until the first error.
type cardWriter struct {
	w   *bufio.Writer
	err error
}

var cardEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// text writes one value; nothing where there is none.
func (c *cardWriter) text(name, value string) {
	if value != "" {
		c.raw(name, cardEscapes.Replace(value))
	}
}

func (c *cardWriter) parts(name string, values ...string) { c.joined(name, ";", values) }

func (c *cardWriter) list(name string, values []string) { c.joined(name, ",", values) }

func (c *cardWriter) joined(name, mark string, values []string) {
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = cardEscapes.Replace(v)
	}
	c.raw(name, strings.Join(escaped, mark))
}

// cardLine is how many bytes a line has at most.
const cardLine = 75

// raw writes a line as it is, folded between characters.
func (c *cardWriter) raw(name, value string) {
	line := name + ":" + strings.ToValidUTF8(value, "\ufffd")
	for room := cardLine; c.err == nil; room = cardLine - 1 {
		if len(line) <= room {
			_, c.err = c.w.WriteString(line + "\r\n")
			return
		}
		for !utf8.RuneStart(line[room]) {
			room--
		}
		_, c.err = c.w.WriteString(line[:room] + "\r\n ")
		line = line[room:]
	}
}
