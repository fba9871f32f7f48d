package mime

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// addressReader reads one address header: lists, groups, comments, quoted names, routes, and what people
// and programs make of them. It salvages whatever still looks like name and address.
type addressReader struct {
	fallback string // charset for raw 8-bit names
	p        *problems
	list     []Address
	pending  string // an entry without address: an unquoted "Surname, Name <…>"
}

// parseAddresses appends the addresses of one header value to list.
func parseAddresses(list []Address, v []byte, fallback string, p *problems) []Address {
	r := addressReader{fallback: fallback, p: p, list: list}
	r.read(unfold(v), true)
	return r.list
}

func (r *addressReader) read(v []byte, decode bool) {
	lastClose := bytes.LastIndexByte(v, ')') // a comment that is never closed is none
	for size := len(v); len(v) > 0; {
		if len(r.list) >= maxAddresses {
			r.p.add("A list of addresses is too long and was cut.")
			return
		}
		entry, separator, rest := cutEntry(v, lastClose-(size-len(v)))
		v = rest
		if separator == ':' { // the name of a group
			r.pending = ""
			continue
		}
		r.entry(entry, decode)
		if separator != ',' {
			r.pending = ""
		}
	}
}

// entry reads one "Name <local@domain>", "local@domain (Name)" or "local@domain".
func (r *addressReader) entry(entry []byte, decode bool) {
	entry = bytes.TrimSpace(entry)
	if len(entry) == 0 {
		return
	}
	if len(entry) > maxEntry {
		r.p.add("A broken address was left out.")
		return
	}
	if r.angles(entry) {
		return
	}
	spec, comment := withoutComments(entry)
	if address := r.clean(spec); address != "" {
		r.pending = ""
		r.add(r.name(comment), address)
		return
	}
	// A whole entry inside an encoded word.
	if decode && bytes.Contains(entry, []byte("=?")) {
		if decoded := decodeText(entry, r.fallback); strings.Contains(decoded, "@") && !strings.Contains(decoded, "=?") {
			r.read([]byte(decoded), false)
			return
		}
	}
	// A name and an address without brackets.
	if bytes.IndexByte(spec, '@') >= 0 {
		words := bytes.Fields(spec)
		for i, word := range words {
			if address := r.clean(word); address != "" {
				name := append(append([][]byte{}, words[:i]...), words[i+1:]...)
				r.p.add("A broken address was repaired.")
				r.pending = ""
				r.add(r.name(bytes.Join(name, []byte(" "))), address)
				return
			}
		}
		r.p.add("A broken address was left out.")
		r.pending = ""
		return
	}
	r.pending = r.name(entry)
}

func (r *addressReader) add(name, address string) {
	for i := range r.list {
		if r.list[i].Address == address {
			if r.list[i].Name == "" {
				r.list[i].Name = name
			}
			return
		}
	}
	if strings.EqualFold(name, address) {
		name = ""
	}
	r.list = append(r.list, Address{Name: name, Address: address})
}

// cutEntry cuts v at the first separator outside quotes, comments, brackets and encoded words. The
// separator is ',', ';' or ':' (end of a group's name), 0 at the end. lastClose is the position of the last
// ")" of v.
func cutEntry(v []byte, lastClose int) (entry []byte, separator byte, rest []byte) {
	depth, open, at, route := 0, false, false, false
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\':
			i++
		case c == '"' && depth == 0:
			if end := closingQuote(v[i+1:]); end >= 0 {
				i += end + 1
			}
		case c == '(' && i < lastClose:
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			open, at = true, false
			route = bytes.HasPrefix(bytes.TrimLeft(v[i+1:min(len(v), i+8)], " "), []byte("@"))
		case c == '>':
			open = false
		case c == '@':
			at = true
		case c == '=' && i+1 < len(v) && v[i+1] == '?':
			if _, _, length, ok := readWord(v[i:]); ok {
				i += length - 1
			}
		// Inside brackets a comma belongs to a route, "<@a,@b:c@d>", unless the address is already there.
		case c == ',' && (!open || at && !route):
			return v[:i], c, v[i+1:]
		case c == ';' && !open:
			return v[:i], c, v[i+1:]
		case c == ':' && !open && !at:
			return v[:i], c, v[i+1:]
		}
	}
	return v, 0, nil
}

// closingQuote finds the quote that ends a quoted string, -1 when it stays open.
func closingQuote(v []byte) int {
	for i := 0; i < len(v); i++ {
		switch v[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// angles reads the "name <spec>" of an entry, usually one; programs that forget commas write several.
func (r *addressReader) angles(v []byte) (found bool) {
	from := 0 // of the name
	for i := 0; i < len(v); i++ {
		switch v[i] {
		case '\\':
			i++
		case '"':
			if end := closingQuote(v[i+1:]); end >= 0 {
				i += end + 1
			}
		case '<':
			end := bytes.IndexByte(v[i:], '>')
			if end < 0 {
				end = len(v) - i
			}
			inner := v[i+1 : i+end]
			inner = inner[bytes.LastIndexByte(inner, '<')+1:] // "<<a@b>>"
			address := r.clean(inner)
			if address == "" {
				continue
			}
			name := r.name(bytes.TrimLeft(v[from:i], "> \t"))
			if r.pending != "" {
				name = strings.TrimSuffix(r.pending+", "+name, ", ")
				r.pending = ""
			}
			r.add(name, address)
			found = true
			i += end
			from = i + 1
		}
	}
	return found
}

// withoutComments leaves "(…)" out and gives the text of the last one.
func withoutComments(v []byte) (rest, comment []byte) {
	if bytes.IndexByte(v, '(') < 0 {
		return v, nil
	}
	depth, start := 0, 0
	for i, c := range v {
		switch {
		case c == '(':
			if depth == 0 {
				start = i + 1
			}
			depth++
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				comment = v[start:i]
			}
		case depth == 0:
			rest = append(rest, c)
		}
	}
	if depth > 0 { // never closed
		comment = v[start:]
	}
	return bytes.TrimSpace(rest), comment
}

// name gives a display name: quotes and escapes removed, words decoded, bounded.
func (r *addressReader) name(v []byte) string {
	v = bytes.TrimSpace(v)
	if bytes.IndexByte(v, '"') >= 0 || bytes.IndexByte(v, '\\') >= 0 {
		plain := make([]byte, 0, len(v))
		for i := 0; i < len(v); i++ {
			switch {
			case v[i] == '"':
			case v[i] == '\\' && i+1 < len(v) && v[i+1] < 0x80:
				i++
				plain = append(plain, v[i])
			default:
				plain = append(plain, v[i])
			}
		}
		v = plain
	}
	s := strings.Trim(decodeText(v, r.fallback), " ,;")
	if len(s) > 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		s = s[1 : len(s)-1]
	}
	return cutRunes(s, maxName)
}

// clean gives a lower-case "local@domain", "" where v is none.
func (r *addressReader) clean(v []byte) string {
	v = bytes.TrimSpace(v)
	if len(v) == 0 || len(v) > maxAddress {
		return ""
	}
	if v[0] == '@' { // a route
		i := bytes.LastIndexByte(v, ':')
		if i < 0 {
			return ""
		}
		v = v[i+1:]
	}
	if len(v) > 7 && bytes.EqualFold(v[:7], []byte("mailto:")) {
		v = v[7:]
	}
	at := bytes.LastIndexByte(v, '@')
	if at <= 0 || at == len(v)-1 {
		return ""
	}
	local := guessCharset(cleanLocal(bytes.TrimSpace(v[:at])), r.fallback)
	domain := guessCharset(bytes.ReplaceAll(bytes.Trim(v[at+1:], " .'\""), []byte(" . "), []byte(".")), r.fallback)
	local, domain = strings.ToLower(local), strings.ToLower(domain)
	if local == "" || !validDomain(domain) || strings.IndexFunc(local, isControl) >= 0 {
		return ""
	}
	return local + "@" + domain
}

// cleanLocal takes quotes off that are not needed, keeps those that are, and gives nil for what is no
// local part.
func cleanLocal(v []byte) []byte {
	v = bytes.Trim(v, "'")
	quoted := len(v) > 2 && v[0] == '"' && v[len(v)-1] == '"'
	inner := bytes.Trim(bytes.ReplaceAll(v, []byte("\\"), nil), "'\"")
	if !bytes.ContainsAny(inner, "@<>(),;:[]\" \t") {
		return inner
	}
	if quoted && bytes.IndexByte(inner, '"') < 0 && !isBlank(inner) {
		return slices.Concat([]byte("\""), inner, []byte("\""))
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || 0x7f <= r && r <= 0xa0 }

// validDomain accepts host names in any script, and address literals.
func validDomain(d string) bool {
	if len(d) > 2 && d[0] == '[' && d[len(d)-1] == ']' {
		return strings.Trim(d[1:len(d)-1], "0123456789abcdef.:ipv") == ""
	}
	for _, c := range d {
		if c < 0x80 && !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '_') {
			return false
		}
		if c >= 0x80 && !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return d != "" && d[0] != '.' && !strings.Contains(d, "..")
}
