package driver

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

var testFields = []Field{
	{Path: "a"}, {Path: "n", Kind: Int}, {Path: "b", Kind: Bool}, {Path: "list", Multi: true}, {Path: "o.a"}, {Path: "o.list.n", Kind: Int, Multi: true},
	{Path: "rows.marks", Multi: true}, {Path: `q"\é`},
}

func TestExtract(t *testing.T) {
	x := NewExtractor(testFields)
	doc := `{"skip":{"a":"no","x":[1,{"a":2}]},"a":"A\u00e9\n\ud83c\udfbb","n":-9223372036854775808,"b":true,"list":["x",null,"y",""],
		"o":{"a":"in","list":[{"n":1},{"n":null},{},{"n":3}],"z":0.5},"rows":[{"marks":["p"]},{"marks":[]},{"marks":"q"},null],"q\"\\é":"odd","tail":"\\"}`
	got, err := x.Extract([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{{"Aé\n🎻"}, {int64(-1 << 63)}, {true}, {"x", "y", ""}, {"in"}, {int64(1), int64(3)}, {"p", "q"}, {"odd"}}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %#v, want %#v", got, want)
	}
	got, err = x.Extract([]byte(`{"a":null,"list":[],"o":{},"rows":null}`))
	for i, v := range got {
		if err != nil || len(v) != 0 {
			t.Fatalf("field %d holds %v, %v", i, v, err)
		}
	}
}

func TestExtractRefuses(t *testing.T) {
	x := NewExtractor(testFields)
	for doc, field := range map[string]string{
		`{"a":["x"]}`: "a", `{"a":{}}`: "a", `{"a":1}`: "a", `{"a":true}`: "a", `{"a":"x","a":"y"}`: "a",
		`{"n":"1"}`: "n", `{"n":1.5}`: "n", `{"n":1e2}`: "n", `{"n":9223372036854775808}`: "n", `{"n":false}`: "n", `{"b":1}`: "b", `{"b":"true"}`: "b",
		`{"list":[["x"]]}`: "list", `{"list":[{}]}`: "list", `{"list":[1]}`: "list", `{"o":[{"a":"x"}]}`: "o.a", `{"rows":[{"marks":[["x"]]}]}`: "rows.marks",
	} {
		var value *ValueError
		if _, err := x.Extract([]byte(doc)); !errors.As(err, &value) || value.Field != field {
			t.Errorf("%s: got %v, want a refusal of %s", doc, err, field)
		}
	}
	for _, doc := range []string{``, `[]`, `"a"`, `{`, `{"a"`, `{"a":`, `{"a":"x`, `{"a":"x"`, `{"z":[1,2`, `{"z":"\`, `{a:1}`, `{"a" "x"}`} {
		if _, err := x.Extract([]byte(doc)); err == nil {
			t.Errorf("%q was taken", doc)
		}
	}
}

func TestCheckKeys(t *testing.T) {
	for _, doc := range []string{`{}`, `{"a":{"b":"$x","c":["d.e",""]}}`, `{"é":1, "a b" : 2}`} {
		if err := CheckKeys([]byte(doc)); err != nil {
			t.Errorf("%s: %v", doc, err)
		}
	}
	for _, doc := range []string{`{"":1}`, `{"$a":1}`, `{"a":[{"b.c":1}]}`, `{"a\u0000":1}`, `{"\u0024a" :1}`, `{"a\u002eb":{}}`} {
		if err := CheckKeys([]byte(doc)); err == nil {
			t.Errorf("%s was taken", doc)
		}
	}
}

// FuzzExtract compares the walk over bytes with encoding/json's decoder, on whatever that accepts.
func FuzzExtract(f *testing.F) {
	for _, seed := range []string{
		`{"a":"x","n":1,"b":false,"list":["y"],"o":{"a":"z","list":[{"n":2}]},"rows":[{"marks":["m"]}]}`,
		`{"a":"\u0000\ud800\"\\","n":-0,"z":{"a":[{},[],"]}"]}}`, ` { "a" : null , "list" : [ ] } `, `{"\u0061":"b","q\"\\é":"\/"}`, `{"a":"\ud83c\udfbb"}`,
	} {
		f.Add([]byte(seed))
	}
	x := NewExtractor(testFields)
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := x.Extract(doc)
		keys := CheckKeys(doc)
		if !json.Valid(doc) {
			return // it must only not panic
		}
		var v any
		dec := json.NewDecoder(strings.NewReader(string(doc)))
		dec.UseNumber()
		if dec.Decode(&v) != nil {
			return
		}
		top, isObject := v.(map[string]any)
		if !isObject || repeats(doc) {
			return // encoding/json keeps the last of repeated keys, the walk takes all
		}
		if bad := badKey(top); bad != (keys != nil) {
			t.Fatalf("CheckKeys(%s) = %v", doc, keys)
		}
		for i, field := range testFields {
			want, ok := slowValues(top, strings.Split(field.Path, "."), field, false)
			if !ok {
				if err == nil {
					t.Fatalf("%s: %s was taken", doc, field.Path)
				}
				return
			}
			if err == nil && fmt.Sprint(got[i]...) != fmt.Sprint(want...) {
				t.Fatalf("%s: %s is %q, want %q", doc, field.Path, got[i], want)
			}
		}
		if err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
	})
}

// slowValues is Extract once more, over decoded values.
func slowValues(v any, path []string, f Field, element bool) (values []any, ok bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case map[string]any:
		if len(path) == 0 {
			return nil, false
		}
		return slowValues(v[path[0]], path[1:], f, false)
	case []any:
		if element && len(path) > 0 && f.Multi {
			return nil, true
		}
		if !f.Multi || element {
			return nil, false
		}
		for _, e := range v {
			more, ok := slowValues(e, path, f, true)
			if !ok {
				return nil, false
			}
			values = append(values, more...)
		}
		return values, true
	}
	if len(path) > 0 {
		return nil, true
	}
	switch v := v.(type) {
	case string:
		return []any{v}, f.Kind == String
	case bool:
		return []any{v}, f.Kind == Bool
	case json.Number:
		n, err := v.Int64()
		return []any{n}, f.Kind == Int && err == nil
	}
	return nil, false
}

func badKey(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if k == "" || k[0] == '$' || strings.ContainsAny(k, ".\x00") || badKey(e) {
				return true
			}
		}
	case []any:
		for _, e := range v {
			if badKey(e) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether an object holds a key twice.
func repeats(doc []byte) bool {
	dec := json.NewDecoder(strings.NewReader(string(doc)))
	var stack []map[string]bool // nil for an array
	key := false
	for {
		token, err := dec.Token()
		if err != nil {
			return false
		}
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{':
				stack = append(stack, map[string]bool{})
				key = true
				continue
			case '[':
				stack = append(stack, nil)
				key = false
				continue
			}
			stack = stack[:len(stack)-1]
		case string:
			if top := stack[len(stack)-1:]; key && len(top) == 1 {
				if top[0][token] {
					return true
				}
				top[0][token] = true
				key = false
				continue
			}
		}
		key = len(stack) > 0 && stack[len(stack)-1] != nil
	}
}
