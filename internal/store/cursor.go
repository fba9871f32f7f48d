package store

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// cursor is a position in a sorted list: where the last document of a page stands.
type cursor struct {
	Digest string `json:"d"`           // of the query it belongs to
	Values []any  `json:"v,omitempty"` // per key of the sort, null where the document has none
	Before string `json:"b,omitempty"` // instead of Values, in the order of insertion: the id

	values []any // Values as string, int64, bool or nil
}

// maxCursor bounds what is decoded at all.
const maxCursor = 1 << 16

var errCursor = errors.New("store: the cursor is damaged or belongs to another query")

// next gives the cursor of the page after the one that ends with doc.
func (p *plan) next(doc []byte) (string, error) {
	m, err := readMeta(doc)
	if err != nil {
		return "", engineFault(err)
	}
	c := cursor{Digest: p.digest}
	if len(p.sort) == 0 {
		c.Before = m.ID
	} else {
		values, err := p.c.extract.Extract(doc)
		if err != nil {
			return "", p.c.fault(err, m.ID)
		}
		for _, k := range p.sort {
			c.Values = append(c.Values, p.c.valueOf(k.Path, m.ID, values))
		}
	}
	b, err := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// valueOf gives the value of a scalar field, nil where it is missing.
func (c *core) valueOf(path, id string, values [][]any) any {
	for i, f := range c.schema.Fields {
		if f.Path != path {
			continue
		}
		if len(values[i]) == 0 {
			return nil
		}
		return values[i][0]
	}
	return id
}

// readCursor checks that text is a cursor of this very query.
func (p *plan) readCursor(text string) (*cursor, error) {
	if len(text) > maxCursor {
		return nil, errCursor
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, err
	}
	var c cursor
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if err := dec.Decode(&c); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errCursor
	}
	if c.Digest != p.digest || len(c.Values) != len(p.sort) || (c.Before == "") != (len(p.sort) > 0) || cleanText(c.Before) != c.Before {
		return nil, errCursor
	}
	for i, k := range p.sort {
		v := c.Values[i]
		if v == nil && k.Path != "id" {
			c.values = append(c.values, nil)
			continue
		}
		if number, ok := v.(json.Number); ok {
			if v, err = strconv.ParseInt(string(number), 10, 64); err != nil {
				return nil, err
			}
		}
		f, _ := p.c.schema.Field(k.Path)
		if !isKind(v, f.Kind) {
			return nil, errCursor
		}
		c.values = append(c.values, v)
	}
	return &c, nil
}

func isKind(v any, kind driver.Kind) bool {
	switch v := v.(type) {
	case string:
		return kind == driver.String && cleanText(v) == v
	case int64:
		return kind == driver.Int
	case bool:
		return kind == driver.Bool
	}
	return false
}

// after gives the conditions of what comes after the position last in the sort: ranges that follow
// each other. A missing value is below every value, so a first key has values on one side and none on
// the other; asking for each side alone lets an engine walk its index from the position on, which it
// could not do for both at once.
func after(sort []driver.Key, last []any) []filter.Expr {
	key, v := sort[0], last[0]
	none := filter.Not{Expr: filter.Exists{Field: key.Path}}
	if len(sort) == 1 {
		return []filter.Expr{beyond(key, v)}
	}
	rest := filter.And{equal(key, v), afterWithin(sort[1:], last[1:])}
	switch {
	case v == nil && key.Desc:
		return []filter.Expr{rest}
	case v == nil:
		return []filter.Expr{rest, filter.Exists{Field: key.Path}}
	}
	op := filter.Gte
	if key.Desc {
		op = filter.Lte
	}
	strict := filter.Compare{Field: key.Path, Op: op[:1], Value: v}
	here := filter.And{filter.Compare{Field: key.Path, Op: op, Value: v}, filter.Or{strict, rest}}
	if key.Desc {
		return []filter.Expr{here, none}
	}
	return []filter.Expr{here}
}

// afterWithin is after as one condition.
func afterWithin(sort []driver.Key, last []any) filter.Expr {
	if len(sort) == 1 {
		return beyond(sort[0], last[0])
	}
	return filter.Or{
		beyond(sort[0], last[0]),
		filter.And{equal(sort[0], last[0]), afterWithin(sort[1:], last[1:])},
	}
}

// beyond is the condition of a value after v under one key.
func beyond(key driver.Key, v any) filter.Expr {
	exists := filter.Exists{Field: key.Path}
	switch {
	case v == nil && key.Desc:
		return filter.Or{} // nothing is below a missing value
	case v == nil:
		return exists
	case key.Desc && key.Path == "id":
		return filter.Compare{Field: key.Path, Op: filter.Lt, Value: v}
	case key.Desc:
		return filter.Or{filter.Compare{Field: key.Path, Op: filter.Lt, Value: v}, filter.Not{Expr: exists}}
	}
	return filter.Compare{Field: key.Path, Op: filter.Gt, Value: v}
}

func equal(key driver.Key, v any) filter.Expr {
	if v == nil {
		return filter.Not{Expr: filter.Exists{Field: key.Path}}
	}
	return filter.Eq{Field: key.Path, Value: v}
}

// digest tells queries apart, so that a cursor of one is refused by another.
func digest(where filter.Expr, text *driver.Text, sort []driver.Key) string {
	h := fnv.New64a()
	describe(h, where)
	if text != nil {
		fmt.Fprintf(h, "|%q%q", text.Prefixes, text.Either)
	}
	fmt.Fprintf(h, "|%v", sort)
	return strconv.FormatUint(h.Sum64(), 36)
}

// describe writes e so that no two expressions read the same, but for the order of what stands side by side.
func describe(w io.Writer, e filter.Expr) {
	switch e := e.(type) {
	case filter.And:
		describeAll(w, "and", e)
	case filter.Or:
		describeAll(w, "or", e)
	case filter.Not:
		describeAll(w, "not", []filter.Expr{e.Expr})
	default:
		fmt.Fprintf(w, "%#v", e)
	}
}

func describeAll(w io.Writer, name string, parts []filter.Expr) {
	said := make([]string, len(parts))
	for i, p := range parts {
		var b strings.Builder
		describe(&b, p)
		said[i] = b.String()
	}
	slices.Sort(said)
	fmt.Fprintf(w, "%s(%s)", name, strings.Join(said, ","))
}
