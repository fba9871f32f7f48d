package mime

import (
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is what HTML of a mail may hold when it is shown: the elements of ordinary writing, tables and
// the old attributes mails still lay out with. No style, no script, no form, nothing that is fetched: an
// image stays only where it is an attachment of the same mail (cid:), and otherwise leaves its alt text.
// Links open apart and carry nothing of ours. Marks by which mail programs tell quotes are kept, so that a
// screen can fold them.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br",
		"caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
		"figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
		"kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike",
		"strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
		"var", "wbr")
	p.AllowNoAttrs().OnElements("a", "span", "font", "img", "div", "p")

	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.AllowAttrs("href").Matching(regexp.MustCompile(`^(?i:https?://|mailto:|tel:)`)).OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?i:cid:)`)).OnElements("img")
	p.RequireNoFollowOnLinks(false)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)

	size := regexp.MustCompile(`^[0-9]{1,4}%?$`)
	colour := regexp.MustCompile(`^(?:#?[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})$`)
	p.AllowAttrs("alt", "title").OnElements("img", "a", "abbr", "acronym")
	p.AllowAttrs("width", "height").Matching(size).OnElements("img", "table", "td", "th", "col", "colgroup", "hr")
	p.AllowAttrs("align", "valign").Matching(regexp.MustCompile(`^[a-zA-Z]{3,10}$`)).OnElements("img", "table", "td", "th", "tr", "tbody", "thead", "p", "div", "h1", "h2", "h3", "h4", "hr", "col")
	p.AllowAttrs("border", "cellpadding", "cellspacing", "colspan", "rowspan", "span", "start", "size").Matching(size).OnElements("img", "table", "td", "th", "col", "colgroup", "ol", "hr", "font")
	p.AllowAttrs("bgcolor").Matching(colour).OnElements("table", "td", "th", "tr")
	p.AllowAttrs("color").Matching(colour).OnElements("font")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z-]{2,20}$`)).Globally()

	p.AllowAttrs("type").Matching(regexp.MustCompile(`^cite$`)).OnElements("blockquote")
	p.AllowAttrs("class").Matching(quoteClass).OnElements("div", "blockquote")
	p.AllowAttrs("id").Matching(quoteID).OnElements("div")
	return p
})

// quoteClass and quoteID are the marks of quoted mail in the HTML of the common programs.
var (
	quoteClass = regexp.MustCompile(`^(?:gmail_quote|gmail_attr|gmail_quote_container|gmail_extra|yahoo_quoted|protonmail_quote|moz-cite-prefix|OutlookMessageHeader|moz-forward-container)(?: (?:gmail_quote|gmail_attr|gmail_quote_container))?$`)
	quoteID    = regexp.MustCompile(`^(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION)$`)
)

// sanitise makes HTML of a mail fit to be shown in a sandboxed frame.
func sanitise(source string) string {
	var out strings.Builder
	out.Grow(len(source))
	if err := policy().SanitizeReaderToWriter(strings.NewReader(source), &out); err != nil {
		return "" // neither side can fail; if one does, nothing is shown rather than half
	}
	return withoutNUL(strings.TrimSpace(out.String()))
}

// asHTML shows a plain part beside HTML parts.
func asHTML(text string) string { return "<pre>" + html.EscapeString(text) + "</pre>" }
