package api

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// ListInput is what every list takes. It is exported, as every embedded input is, because the web layer reads
// exported fields only.
type ListInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"how many items at most; 50 unless told"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"the next of the page before; goes with the same filters and sort"`
	Sort   string `query:"sort" maxLength:"200" doc:"a field, with - before it for descending"`
	Q      string `query:"q" maxLength:"200" doc:"words to search for, by the beginning or, in names, any part of a word"`
}

// query makes the store's query; sorts maps the names that callers may sort by to declared fields.
func (in ListInput) query(sorts map[string]string, standard string) (store.Query, error) {
	q := store.Query{Limit: in.Limit, Cursor: in.Cursor, Text: in.Q}
	wanted := in.Sort
	if wanted == "" {
		if in.Q != "" {
			return q, nil // found by words: the newest first, the cheapest order of the index
		}
		wanted = standard
	}
	for part := range strings.SplitSeq(wanted, ",") {
		name, desc := strings.CutPrefix(strings.TrimSpace(part), "-")
		path, ok := sorts[name]
		if !ok {
			return q, fault.Field("sort", "%q is not a field to sort by; there are %s.", name, strings.Join(slices.Sorted(maps.Keys(sorts)), ", "))
		}
		q.Sort = append(q.Sort, driver.Key{Path: path, Desc: desc})
	}
	return q, nil
}

// bodyWriter is a body that already is JSON.
type bodyWriter interface{ writeJSON(w io.Writer) error }

// rawList is a page of stored documents of T, passed through without decoding: T must be public-shape.
type rawList[T any] struct{ store.RawPage }

// Schema tells the OpenAPI document what the bytes are.
func (rawList[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[store.Page[T]](), true, "")
}

func (l rawList[T]) writeJSON(w io.Writer) error {
	size := 64
	for _, item := range l.Items {
		size += len(item) + 1
	}
	b := make([]byte, 0, size)
	b = append(b, `{"items":[`...)
	for i, item := range l.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, item...)
	}
	b = append(b, `],"total":`...)
	b = strconv.AppendInt(b, int64(l.Total), 10)
	if l.TotalIsFloor {
		b = append(b, `,"totalIsFloor":true`...)
	}
	if l.Next != "" {
		b = append(b, `,"next":"`...)
		b = append(b, l.Next...) // base64url: nothing to escape
		b = append(b, '"')
	}
	b = append(b, '}')
	_, err := w.Write(b)
	return err
}

// rawDoc is one stored document of T.
type rawDoc[T any] struct{ bytes []byte }

// Schema tells the OpenAPI document what the bytes are.
func (rawDoc[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[T](), true, "")
}

func (d rawDoc[T]) writeJSON(w io.Writer) error {
	_, err := w.Write(d.bytes)
	return err
}

// jsonFormat writes stored bytes as they are and encodes everything else.
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		if b, ok := v.(bodyWriter); ok {
			return b.writeJSON(w)
		}
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	},
	Unmarshal: readJSON,
}

// etag names a revision as HTTP does.
func etag(rev int64) string { return `"` + strconv.FormatInt(rev, 10) + `"` }

// revOf reads If-Match. A write that does not say which revision it changes is refused, so that nobody
// overwrites what a colleague saved a minute ago.
func revOf(ifMatch string) (int64, error) {
	if ifMatch == "" {
		return 0, fault.New(fault.RevisionRequired, "Say which revision you are changing: send the record's ETag as If-Match.")
	}
	s := strings.TrimPrefix(strings.TrimSpace(ifMatch), "W/")
	rev, err := strconv.ParseInt(strings.Trim(s, `"`), 10, 64)
	if err != nil {
		return 0, fault.Field("If-Match", "%q is not a revision.", ifMatch)
	}
	return rev, nil
}

// revOfDoc reads the revision out of a stored document, for the ETag.
func revOfDoc(doc []byte) (int64, error) {
	var meta store.Meta
	if err := json.Unmarshal(doc, &meta); err != nil {
		return 0, fmt.Errorf("reading a stored document: %w", err)
	}
	return meta.Rev, nil
}
