package mime

import (
	"strings"
)

// cleanText normalises a body: line ends to "\n", no NUL and no other control characters but tab, no
// white space at the end. s is valid UTF-8.
func cleanText(s string) string {
	s = strings.TrimRight(s, " \t\r\n\x00")
	dirty := false
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			dirty = true
			break
		}
	}
	if !dirty {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != 0x7f || c == '\n' || c == '\t' {
			continue
		}
		out.WriteString(s[start:i])
		start = i + 1
		if c == '\r' && (i+1 == len(s) || s[i+1] != '\n') || c == '\f' {
			out.WriteByte('\n')
		}
	}
	out.WriteString(s[start:])
	return out.String()
}

// unflow joins the soft-wrapped lines of RFC 3676 format=flowed text. deleteSpace is DelSp=yes.
func unflow(s string, deleteSpace bool) string {
	var out strings.Builder
	out.Grow(len(s))
	open, openDepth := false, 0 // the last line written awaits its continuation
	for line := range strings.SplitSeq(s, "\n") {
		content := strings.TrimLeft(line, ">")
		depth := len(line) - len(content)
		content = strings.TrimPrefix(content, " ") // space-stuffing
		signature := content == "-- "
		if open && (depth != openDepth || signature) {
			out.WriteByte('\n')
			open = false
		}
		if !open {
			if depth > 0 {
				out.WriteString(line[:depth])
				if content != "" {
					out.WriteByte(' ')
				}
			}
		}
		flowed := strings.HasSuffix(content, " ") && !signature
		if flowed && deleteSpace {
			content = content[:len(content)-1]
		}
		out.WriteString(content)
		if open, openDepth = flowed, depth; !flowed {
			out.WriteByte('\n')
		}
	}
	return strings.TrimRight(out.String(), "\n")
}

// stripEnriched turns text/enriched and text/richtext into plain text by leaving the commands out.
func stripEnriched(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	hidden := 0 // inside <param>
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		if hidden == 0 {
			out.WriteString(s[:i])
		}
		if s = s[i:]; s == "" {
			break
		}
		if strings.HasPrefix(s, "<<") {
			out.WriteByte('<')
			s = s[2:]
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		switch strings.ToLower(s[1:end]) {
		case "param":
			hidden++
		case "/param":
			hidden = max(0, hidden-1)
		case "nl", "np":
			out.WriteByte('\n')
		case "lt":
			out.WriteByte('<')
		}
		s = s[end+1:]
	}
	return out.String()
}

// looksLikeHTML tells a whole HTML document by how it begins.
func looksLikeHTML(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n\ufeff")
	if len(s) > 20 {
		s = s[:20]
	}
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "<html>") || strings.HasPrefix(s, "<html ") || strings.HasPrefix(s, "<!doctype html")
}
