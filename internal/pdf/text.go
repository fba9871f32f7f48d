package pdf

import (
	"strings"
	"unicode"
)

// clean makes any string fit to be set: signs beyond the basic plane, which the font does not have, become a box, and
// control characters a blank.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar, r > 0xFFFF:
			return '□'
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "□"))
}

// wrap breaks a text into lines no wider than room: at blanks that may be broken at, and inside a word where it alone is wider.
func (d *Doc) wrap(text string, size float64, style string, room float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line := ""
		for word := range strings.SplitSeq(clean(paragraph), " ") {
			if word == "" {
				continue
			}
			longer := strings.TrimPrefix(line+" "+word, " ")
			if d.wide(longer, size, style) <= room {
				line = longer
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for line = word; d.wide(line, size, style) > room; {
				n := d.fitting(line, size, style, room)
				lines, line = append(lines, line[:n]), line[n:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting gives how many bytes of a word go into room, at least one sign.
func (d *Doc) fitting(word string, size float64, style string, room float64) int {
	n := 0
	for i, r := range word {
		end := i + len(string(r))
		if n > 0 && d.wide(word[:end], size, style) > room {
			break
		}
		n = end
	}
	return n
}

// fit shortens a text until it is no wider than room.
func (d *Doc) fit(s string, size float64, style string, room float64) string {
	if d.wide(s, size, style) <= room {
		return s
	}
	s = clean(s)
	return strings.TrimSpace(s[:d.fitting(s, size, style, room-d.wide("…", size, style))]) + "…"
}
