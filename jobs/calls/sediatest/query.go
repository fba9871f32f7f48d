package sediatest

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// form is what a search asks for. A part that is not there asks for nothing in particular.
type form struct {
	Query     query
	Languages []string
	Sort      struct{ Field, Order string }
}

// query is the small language that the portal understands.
type query struct {
	Bool *struct {
		Must []query `json:"must"`
	} `json:"bool"`
	Terms map[string][]string          `json:"terms"`
	Term  map[string]string            `json:"term"`
	Range map[string]map[string]string `json:"range"`
}

// readForm reads the parts of a search. They must be files of JSON; anything else the portal takes for
// a fault of its own (500). What it does not understand in a query is a bad request (400).
func readForm(r *http.Request) (f form, status int) {
	parts, err := r.MultipartReader()
	if err != nil {
		if r.ContentLength == 0 {
			return f, http.StatusOK // a search without a form finds everything
		}
		return f, http.StatusInternalServerError
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, http.StatusOK
		}
		if err != nil {
			return f, http.StatusInternalServerError
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if part.FileName() == "" || kind != "application/json" {
			return f, http.StatusInternalServerError
		}
		d := json.NewDecoder(part)
		d.DisallowUnknownFields()
		switch part.FormName() {
		case "query":
			err = d.Decode(&f.Query)
		case "languages":
			err = d.Decode(&f.Languages)
		case "sort":
			err = d.Decode(&f.Sort)
		}
		if err != nil {
			return f, http.StatusBadRequest
		}
	}
}

// entry is a row as the portal looks it up.
type entry struct {
	json     json.RawMessage
	language string
	fields   map[string][]string
}

func indexOf(rows []Row) []entry {
	index := make([]entry, len(rows))
	for i, r := range rows {
		b, err := json.Marshal(r)
		if err != nil {
			panic(err) // a row is made of what JSON can hold
		}
		e := entry{json: b, language: strings.ToLower(r.language()), fields: map[string][]string{}}
		metadata, _ := r.doc["metadata"].(map[string]any)
		for field := range metadata {
			e.fields[field] = r.Values(field)
		}
		index[i] = e
	}
	return index
}

func (f form) matches(e entry) bool {
	if len(f.Languages) > 0 && !slices.Contains(f.Languages, e.language) {
		return false
	}
	return f.Query.matches(e)
}

func (q query) matches(e entry) bool {
	if q.Bool != nil {
		for _, part := range q.Bool.Must {
			if !part.matches(e) {
				return false
			}
		}
	}
	for field, wanted := range q.Terms {
		if !slices.ContainsFunc(e.fields[field], func(v string) bool { return slices.Contains(wanted, v) }) {
			return false
		}
	}
	for field, wanted := range q.Term {
		if !slices.Contains(e.fields[field], wanted) {
			return false
		}
	}
	for field, bounds := range q.Range {
		if !slices.ContainsFunc(e.fields[field], func(v string) bool { return within(v, bounds) }) {
			return false
		}
	}
	return true
}

func within(v string, bounds map[string]string) bool {
	for op, bound := range bounds {
		c := cmp.Compare(v[:min(len(v), len(bound))], bound)
		if op == "gte" && c < 0 || op == "gt" && c <= 0 || op == "lte" && c > 0 || op == "lt" && c >= 0 {
			return false
		}
	}
	return true
}

// order sorts as asked; rows that are equal in it stay in the order they have.
func (f form) order(found []entry) {
	if f.Sort.Field == "" {
		return
	}
	first := func(e entry) string {
		if v := e.fields[f.Sort.Field]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	slices.SortStableFunc(found, func(a, b entry) int {
		if strings.EqualFold(f.Sort.Order, "DESC") {
			a, b = b, a
		}
		return cmp.Compare(first(a), first(b))
	})
}

func (f form) sortName() string {
	if f.Sort.Field == "" {
		return "relevance"
	}
	return f.Sort.Field + ":" + f.Sort.Order
}
