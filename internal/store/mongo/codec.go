package mongo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// toBSON makes a BSON document of a JSON object, keeping the order of its keys. Whole numbers become
// int64, so that money is compared exactly.
func toBSON(doc []byte) (bson.Raw, error) {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	v, err := value(dec)
	if err != nil {
		return nil, err
	}
	d, ok := v.(bson.D)
	if !ok {
		return nil, fmt.Errorf("a document is an object, not %T", v)
	}
	return bson.Marshal(d)
}

func value(dec *json.Decoder) (any, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case json.Delim:
		if t == '[' {
			return array(dec)
		}
		return object(dec)
	case json.Number:
		return number(t)
	default:
		return t, nil // string, bool, nil
	}
}

func object(dec *json.Decoder) (any, error) {
	d := bson.D{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if strings.ContainsRune(name, 0) {
			return nil, fmt.Errorf("the key %q holds a NUL", name)
		}
		v, err := value(dec)
		if err != nil {
			return nil, err
		}
		d = append(d, bson.E{Key: name, Value: v})
	}
	_, err := dec.Token()
	return d, err
}

func array(dec *json.Decoder) (any, error) {
	a := bson.A{}
	for dec.More() {
		v, err := value(dec)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
	_, err := dec.Token()
	return a, err
}

func number(n json.Number) (any, error) {
	if i, err := n.Int64(); err == nil {
		return i, nil
	}
	if !strings.ContainsAny(n.String(), ".eE") {
		return nil, fmt.Errorf("%s is larger than 64 bits hold", n)
	}
	return n.Float64()
}

// toJSON gives the bytes that encoding/json made of the document.
func toJSON(doc bson.Raw) ([]byte, error) {
	return appendDoc(make([]byte, 0, len(doc)+len(doc)/4), doc)
}

func appendDoc(b []byte, doc bson.Raw) ([]byte, error) {
	elems, err := doc.Elements()
	if err != nil {
		return nil, err
	}
	b = append(b, '{')
	for i, el := range elems {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, el.Key()), ':')
		if b, err = appendValue(b, el.Value()); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendValue(b []byte, v bson.RawValue) ([]byte, error) {
	switch v.Type {
	case bson.TypeString:
		return appendString(b, v.StringValue()), nil
	case bson.TypeInt64:
		return strconv.AppendInt(b, v.Int64(), 10), nil
	case bson.TypeInt32:
		return strconv.AppendInt(b, int64(v.Int32()), 10), nil
	case bson.TypeDouble:
		return appendFloat(b, v.Double())
	case bson.TypeBoolean:
		return strconv.AppendBool(b, v.Boolean()), nil
	case bson.TypeNull:
		return append(b, "null"...), nil
	case bson.TypeEmbeddedDocument:
		return appendDoc(b, v.Document())
	case bson.TypeArray:
		values, err := v.Array().Values()
		if err != nil {
			return nil, err
		}
		b = append(b, '[')
		for i, x := range values {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendValue(b, x); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	return nil, fmt.Errorf("a stored document holds a %s, which Piper never writes", v.Type)
}

func appendFloat(b []byte, f float64) ([]byte, error) {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, fmt.Errorf("a stored document holds %v", f)
	}
	text, err := json.Marshal(f)
	return append(b, text...), err
}

// appendString writes s as encoding/json does with HTML escaping off.
func appendString(b []byte, s string) []byte {
	plain := utf8.ValidString(s)
	for i := 0; plain && i < len(s); i++ {
		c := s[i]
		plain = c >= 0x20 && c != '"' && c != '\\' && c != 0x7f && c != 0xe2 // 0xe2 begins U+2028, which JSON in scripts minds
	}
	if plain {
		return append(append(append(b, '"'), s...), '"')
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return append(b, bytes.TrimRight(buf.Bytes(), "\n")...)
}
