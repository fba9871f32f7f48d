package mime

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlToText renders HTML as plain text in one pass over its tokens: blocks begin lines, paragraphs are
// set off, list items get a dash, quotes get "> ", a reply without quote marks gets a separator line that
// QuoteSplit knows. Link targets and images are left out.
func htmlToText(source string) string {
	w := textWriter{}
	w.out.Grow(len(source) / 2)
	z := html.NewTokenizer(strings.NewReader(source))
	skip := atom.Atom(0) // inside an element whose content is not text
	for w.out.Len() < maxText {
		switch z.Next() {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			if skip == 0 {
				w.text(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				continue
			}
			switch a {
			case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Object, atom.Iframe, atom.Select, atom.Textarea, atom.Template:
				skip = a
				continue
			}
			w.open(a)
			if hasAttr && a == atom.Div && isReplyMark(z) {
				w.separator()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				if a == skip {
					skip = 0
				}
				continue
			}
			w.close(a)
		}
	}
	return w.String()
}

// isReplyMark tells the element with which Outlook begins the mail it answers.
func isReplyMark(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "id" && string(value) == "divRplyFwdMsg" || string(key) == "class" && string(value) == "OutlookMessageHeader" {
			return true
		}
		if !more {
			return false
		}
	}
}

// textWriter lays text out as it comes.
type textWriter struct {
	out    strings.Builder
	quotes int  // open blockquotes
	pre    int  // open <pre>
	breaks int  // line ends due before the next word
	space  bool // a space is due before the next word
	inLine bool // the current line holds something
}

func (w *textWriter) open(a atom.Atom) {
	switch a {
	case atom.Br:
		w.line()
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Dl:
		w.paragraph()
	case atom.Ul, atom.Ol:
		w.block()
	case atom.Pre:
		w.paragraph()
		w.pre++
	case atom.Blockquote:
		w.block()
		w.quotes = min(w.quotes+1, maxDepth)
	case atom.Li:
		w.block()
		w.word("-")
		w.space = true
	case atom.Hr:
		w.block()
		w.word("---")
		w.block()
	case atom.Td, atom.Th:
		w.space = w.inLine
	default:
		if isBlock(a) {
			w.block()
		}
	}
}

func (w *textWriter) close(a atom.Atom) {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Dl:
		w.paragraph()
	case atom.Pre:
		w.pre = max(0, w.pre-1)
		w.paragraph()
	case atom.Blockquote:
		w.block()
		w.quotes = max(0, w.quotes-1)
	case atom.Ul, atom.Ol, atom.Li:
		w.block()
	default:
		if isBlock(a) {
			w.block()
		}
	}
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.Tr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd, atom.Address,
		atom.Center, atom.Caption, atom.Figure, atom.Figcaption, atom.Form, atom.Body, atom.Main, atom.Nav, atom.Aside:
		return true
	}
	return false
}

// text writes character data; white space counts once, except in <pre>.
func (w *textWriter) text(b []byte) {
	if w.pre > 0 {
		for i, line := range strings.Split(string(b), "\n") {
			if i > 0 {
				w.line()
			}
			if line != "" {
				w.word(line)
			}
		}
		return
	}
	start := -1
	for i, c := range b {
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			if start >= 0 {
				w.word(string(b[start:i]))
				start = -1
			}
			w.space = w.space || w.inLine
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		w.word(string(b[start:]))
	}
}

// word writes what is due, then s.
func (w *textWriter) word(s string) {
	if w.breaks > 0 {
		if w.out.Len() > 0 {
			for range w.breaks {
				w.out.WriteByte('\n')
				w.inLine = false
			}
		}
		w.breaks = 0
	}
	if !w.inLine {
		for range w.quotes {
			w.out.WriteString("> ")
		}
	} else if w.space {
		w.out.WriteByte(' ')
	}
	w.space, w.inLine = false, true
	w.out.WriteString(s)
}

// line ends the line, also an empty one; block ends it if it holds something; paragraph leaves a blank line.
func (w *textWriter) line() {
	w.breaks = min(w.breaks+1, 3)
	w.space = false
}

func (w *textWriter) block() {
	w.breaks = max(w.breaks, 1)
	w.space = false
}

func (w *textWriter) paragraph() {
	w.breaks = max(w.breaks, 2)
	w.space = false
}

// separator stands where the quoted mail begins.
func (w *textWriter) separator() {
	w.paragraph()
	w.word("-----Original Message-----")
	w.block()
}

// String gives the text, with no-break spaces as spaces.
func (w *textWriter) String() string {
	return strings.TrimSpace(strings.ReplaceAll(w.out.String(), "\u00a0", " "))
}
