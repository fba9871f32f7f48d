package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// line is one field of a record on the page.
type line struct {
	Name  string
	Value string
	Lines []line
}

// inner are fields that say nothing to a person.
var inner = []string{"rev", "seen", "sight", "sortName", "key", "salt", "mac", "commitment", "contents", "personInTrash", "atInTrash",
	"subjectInTrash", "objectInTrash"}

// pageParts is the page in pieces, so that it can be written while it is read. Its policy lets nothing run and
// nothing be fetched.
var pageParts = template.Must(template.New("page").Parse(`
{{define "head"}}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>What is held about {{.Name}}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d2321}h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:1px solid #c9d1ce;margin-top:2.2rem}
article{break-inside:avoid;border:1px solid #dde3e0;border-radius:6px;padding:.6rem 1rem;margin:.8rem 0}dl{margin:0;display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.15rem 1rem}dt{color:#55605c}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><h1>What is held about {{.Name}}</h1><p>Made on {{.At}} by {{.By}} with Piper, for a request under Article 15 GDPR. The same is in data.json for programs.</p>{{end}}
{{define "section"}}<h2>{{.}}</h2>{{end}}
{{define "record"}}<article>{{template "lines" .}}</article>
{{end}}
{{define "lines"}}<dl>{{range .}}<dt>{{.Name}}</dt><dd>{{if .Lines}}{{template "lines" .Lines}}{{else}}{{.Value}}{{end}}</dd>{{end}}</dl>{{end}}
{{define "withheld"}}<h2>Held privately by colleagues</h2><p>These are not in this archive. The colleagues have been asked for them.</p>
{{range .}}<article><dl><dt>What</dt><dd>{{.Label}}</dd><dt>Date</dt><dd>{{.Date}}</dd><dt>With</dt><dd>{{range $i, $n := .With}}{{if $i}}, {{end}}{{$n}}{{end}}</dd></dl></article>
{{end}}{{end}}
{{define "foot"}}</body></html>
{{end}}`))

func (a *Archive) writePage(ctx context.Context, w io.Writer) error {
	head := struct{ Name, At, By string }{a.found.person.Name, string(a.at)[:10], a.by}
	if err := pageParts.ExecuteTemplate(w, "head", head); err != nil {
		return err
	}
	for _, name := range a.found.names {
		if err := pageParts.ExecuteTemplate(w, "section", labelOf(name)); err != nil {
			return err
		}
		err := a.each(ctx, name, func(doc []byte) error {
			t, err := parse(doc)
			if err != nil {
				return err
			}
			return pageParts.ExecuteTemplate(w, "record", linesOf(t))
		})
		if err != nil {
			return err
		}
	}
	if len(a.found.withheld) > 0 {
		if err := pageParts.ExecuteTemplate(w, "withheld", a.found.withheld); err != nil {
			return err
		}
	}
	return pageParts.ExecuteTemplate(w, "foot", nil)
}

// linesOf gives the fields of a record in order of name, without empty ones and those that say nothing.
func linesOf(t tree) []line {
	var list []line
	for _, key := range slices.Sorted(maps.Keys(t)) {
		if slices.Contains(inner, key) {
			continue
		}
		if l, ok := lineOf(spaced(key), t[key]); ok {
			list = append(list, l)
		}
	}
	return list
}

func lineOf(name string, v any) (line, bool) {
	l := line{Name: name}
	switch c := v.(type) {
	case string:
		l.Value = c
	case json.Number:
		l.Value = c.String()
	case bool:
		l.Value = map[bool]string{true: "yes", false: "no"}[c]
	case tree:
		l.Lines = linesOf(c)
	case []any:
		var plain []string
		for i, e := range c {
			if text, ok := e.(string); ok {
				plain = append(plain, text)
			} else if inner, ok := lineOf(fmt.Sprint(i+1), e); ok {
				l.Lines = append(l.Lines, inner)
			}
		}
		l.Value = strings.Join(plain, "\n")
	}
	return l, l.Value != "" || len(l.Lines) > 0
}

// spaced makes words of a field's name: "createdAt" → "Created at".
func spaced(key string) string {
	var b strings.Builder
	for i, r := range key {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(r))
		case unicode.IsUpper(r):
			b.WriteRune(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
