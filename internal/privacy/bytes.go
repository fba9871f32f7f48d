package privacy

import "bytes"

// rewriteBytes puts a pseudonym into a JSON document that a room keeps as bytes, in the place of an id and of what its
// texts say; false where nothing of the person is in it. Such a document is about many: where it has the id at all, near is
// for what stands beside the id and for a text that is nothing but a form, and anywhere for the rest.
func rewriteBytes(doc []byte, id, pseudonymID string, near, anywhere *Redactor) ([]byte, bool, error) {
	t, err := parse(doc)
	if err != nil {
		return doc, false, err
	}
	n := 0
	if bytes.Contains(doc, []byte(id)) {
		_, n = rewriteBeside(t, id, anywhere, near, anywhere)
		n += swap(t, id, pseudonymID)
	} else {
		_, n = rewrite(t, anywhere)
	}
	if n == 0 {
		return doc, false, nil
	}
	out, err := encode(t)
	return out, true, err
}

// rewriteBeside is rewrite for a document about many. An object that has the id in a field of its own is about the person:
// its texts, and lists of texts, are of near. One around it, or within it, may be about somebody of the same surname.
// texts is what applies to v itself.
func rewriteBeside(v any, id string, texts, near, anywhere *Redactor) (any, int) {
	n := 0
	switch c := v.(type) {
	case string:
		if near.Is(c) {
			return near.Text(c)
		}
		return texts.Text(c)
	case tree:
		texts = anywhere
		for _, inner := range c {
			if inner == id {
				texts = near
			}
		}
		for key, inner := range c {
			if got, k := rewriteBeside(inner, id, texts, near, anywhere); k > 0 {
				c[key] = got
				n += k
			}
		}
	case []any:
		for i, inner := range c {
			if got, k := rewriteBeside(inner, id, texts, near, anywhere); k > 0 {
				c[i] = got
				n += k
			}
		}
	}
	return v, n
}

// swap puts another id wherever one stands, and gives how often.
func swap(v any, id, to string) (n int) {
	switch c := v.(type) {
	case tree:
		for key, inner := range c {
			if inner == id {
				c[key] = to
				n++
			} else {
				n += swap(inner, id, to)
			}
		}
	case []any:
		for i, inner := range c {
			if inner == id {
				c[i] = to
				n++
			} else {
				n += swap(inner, id, to)
			}
		}
	}
	return n
}
