package sheet

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/quotedprintable"
	"slices"
	"strings"

	"github.com/emersion/go-vcard"
	"golang.org/x/text/encoding/htmlindex"

	"piper/internal/fault"
)

// cardHeader is the columns that a file of cards is read into. A cell with several values parts them by ListMark.
var cardHeader = []string{"Name", "Kind", "Organisation", "Post", "E-mail", "Phone", "Country", "Website", "Tags", "Notes", "Other names", "UID"}

// ListMark parts the values of a cell that holds several.
const ListMark = "; "

func openCards(text []byte, encodingName string) (*Book, error) {
	b := &Book{Format: VCard, Encoding: encodingName, Header: slices.Clone(cardHeader)}
	plain := modern(text)
	b.rows = func(fn func(Row) error) error {
		dec := vcard.NewDecoder(bytes.NewReader(plain))
		for n := 1; ; n++ {
			card, err := dec.Decode()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				f := fault.Field("file", "Card %d cannot be read: it has no beginning or no end.", n)
				f.Err = err
				return f
			}
			if err := fn(Row{Line: n, Cells: cardCells(card)}); err != nil {
				return err
			}
		}
	}
	cards := 0
	if err := b.rows(func(Row) error { cards++; return nil }); err != nil {
		return nil, err
	}
	if cards == 0 {
		return nil, fault.Field("file", "The file has no cards.")
	}
	return b, nil
}

func cardCells(c vcard.Card) []string {
	organisation, _, _ := strings.Cut(value(c, vcard.FieldOrganization), ";")
	organisation = strings.TrimSpace(organisation)
	name := value(c, vcard.FieldFormattedName)
	if n := c.Name(); n != nil && name == "" {
		name = strings.Join(strings.Fields(strings.Join([]string{n.GivenName, n.AdditionalName, n.FamilyName}, " ")), " ")
	}
	kind := "person"
	if k := strings.ToLower(value(c, vcard.FieldKind)); k == "org" || strings.EqualFold(value(c, "X-ABSHOWAS"), "COMPANY") || organisation != "" && (name == "" || name == organisation) {
		kind = "organisation"
		if name == "" {
			name = organisation
		}
		if name == organisation {
			organisation = ""
		}
	}
	country := ""
	if a := c.Address(); a != nil {
		country = a.Country
	}
	phones := c.Values(vcard.FieldTelephone)
	for i, p := range phones {
		phones[i] = strings.TrimPrefix(p, "tel:")
	}
	return []string{name, kind, organisation, value(c, vcard.FieldTitle), list(c.Values(vcard.FieldEmail)), list(phones), country,
		value(c, vcard.FieldURL), list(c.Categories()), value(c, vcard.FieldNote), list(c.Values(vcard.FieldNickname)), value(c, vcard.FieldUID)}
}

func value(c vcard.Card, field string) string { return strings.TrimSpace(c.PreferredValue(field)) }

func list(values []string) string {
	var kept []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return strings.Join(kept, ListMark)
}

// bulky are properties that hold pictures, sounds and keys. Nothing of them is read.
var bulky = map[string]bool{"PHOTO": true, "LOGO": true, "SOUND": true, "KEY": true}

// modern gives cards of any version in the form of version 3: parameters have names, lines are not
// folded, and text that version 2.1 wrote as quoted-printable in a charset of its own is plain UTF-8.
func modern(text []byte) []byte {
	out := make([]byte, 0, len(text))
	lines := bytes.Split(text, []byte("\n"))
	for i := 0; i < len(lines); i++ {
		line := string(bytes.TrimRight(lines[i], "\r"))
		for i+1 < len(lines) && len(lines[i+1]) > 0 && (lines[i+1][0] == ' ' || lines[i+1][0] == '\t') {
			i++
			line += string(bytes.TrimRight(lines[i][1:], "\r"))
		}
		head, body, ok := cutHead(line)
		if !ok {
			continue // blank, or nothing that could be understood
		}
		name, params := parameters(head)
		if params["ENCODING"] == "QUOTED-PRINTABLE" {
			for strings.HasSuffix(body, "=") && i+1 < len(lines) {
				i++
				body = body[:len(body)-1] + string(bytes.TrimRight(lines[i], "\r"))
			}
			body = unquoted(body, params["CHARSET"])
		} else if e := params["ENCODING"]; e == "B" || e == "BASE64" {
			if raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(body, " ", "")); err == nil {
				body = escaped(inUTF8(raw, params["CHARSET"]))
			}
		}
		if _, bare, grouped := strings.Cut(name, "."); bulky[name] || grouped && bulky[bare] {
			continue
		}
		out = append(out, name...)
		if params["TYPE"] != "" {
			out = append(append(out, ";TYPE="...), params["TYPE"]...)
		}
		if params["PREF"] != "" {
			out = append(append(out, ";PREF="...), params["PREF"]...)
		}
		out = append(append(append(out, ':'), body...), '\n')
	}
	return out
}

// cutHead parts a line at the first colon that is not within quotation marks.
func cutHead(line string) (head, body string, ok bool) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return line[:i], line[i+1:], strings.TrimSpace(line[:i]) != ""
			}
		}
	}
	return "", "", false
}

// parameters takes the beginning of a line apart. Version 2.1 names the values alone: "TEL;WORK".
func parameters(head string) (name string, params map[string]string) {
	parts := strings.Split(head, ";")
	params = map[string]string{}
	for _, p := range parts[1:] {
		key, val, named := strings.Cut(p, "=")
		key, val = strings.ToUpper(strings.TrimSpace(key)), strings.Trim(strings.TrimSpace(val), `"`)
		switch {
		case named && key == "TYPE", !named && key != "QUOTED-PRINTABLE" && key != "BASE64" && key != "8BIT" && key != "7BIT":
			if !named {
				val = key
			}
			val = strings.Map(func(r rune) rune {
				if r == ':' || r == ';' || r == '"' || r == '=' {
					return -1
				}
				return r
			}, val)
			if params["TYPE"] != "" && val != "" {
				val = params["TYPE"] + "," + val
			}
			params["TYPE"] = val
		case !named:
			params["ENCODING"] = key
		case key == "ENCODING":
			params["ENCODING"] = strings.ToUpper(val)
		case key == "CHARSET":
			params["CHARSET"] = val
		case key == "PREF" && len(val) < 4 && strings.Trim(val, "0123456789") == "":
			params["PREF"] = val
		}
	}
	return strings.ToUpper(strings.TrimSpace(parts[0])), params
}

func unquoted(body, charset string) string {
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	if err != nil {
		return body
	}
	return escaped(inUTF8(raw, charset))
}

func inUTF8(raw []byte, charset string) string {
	if charset != "" {
		if enc, err := htmlindex.Get(charset); err == nil {
			if text, err := enc.NewDecoder().Bytes(raw); err == nil {
				return string(text)
			}
		}
	}
	text, _, err := Text(raw, "")
	if err != nil {
		return ""
	}
	return string(text)
}

func escaped(s string) string {
	return strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}
