package calls

import (
	"html"
	"strings"
	"unicode"

	"github.com/microcosm-cc/bluemonday"

	"piper/internal/calls"
)

// policy is what a description from outside may hold: text with its structure, and links that are
// opened apart from Piper. No pictures, which would tell the outside who reads.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "ul", "ol", "li", "dl", "dt", "dd",
		"blockquote", "pre", "code", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot", "tr")
	p.AllowTables()
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}()

// clean gives HTML that is safe to show.
func clean(untrusted string) string {
	return strings.TrimSpace(policy.Sanitize(printable(untrusted)))
}

// line gives one line of text: entities decoded, white space collapsed, unprintable characters gone.
func line(s string) string {
	return strings.Join(strings.Fields(printable(html.UnescapeString(s))), " ")
}

// plainLine is line for text that may hold tags.
func plainLine(s string) string {
	if strings.ContainsRune(s, '<') {
		s = calls.PlainText(clean(s))
		return strings.Join(strings.Fields(printable(s)), " ")
	}
	return line(s)
}

// printable drops what neither a browser nor a database should be given: control characters and bytes
// that are no UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// maxSummary is how much of a description stands in a list, in bytes.
const maxSummary = 400

// shorten cuts text at the last word that fits.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	cut := strings.ToValidUTF8(text[:limit], "")
	if i := strings.LastIndexByte(cut, ' '); i > limit/2 {
		cut = cut[:i]
	}
	return cut + " …"
}
