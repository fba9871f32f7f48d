package calls

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"piper/internal/calls"
	"piper/internal/fault"
)

// pageSize is how many rows the portal gives at once.
const pageSize = 100

// every official language: some topics have no English row.
var languages = []string{"en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
	"mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"}

// asked are the states that the portal is asked for: forthcoming and open.
var asked = []string{"31094501", "31094502"}

// haul is what one source gave in one run.
type haul struct {
	Rows    []json.RawMessage
	Total   int      // how many the source says there are
	Missing []string // sentences about what it did not give
}

// slice is a part of the portal's index that is asked for by itself.
type slice struct {
	programmes []string
	from, to   string // of the opening day, from ≤ day < to; "" for no bound
}

// fetchSEDIA reads every forthcoming and open call of the portal that the source asks for. The rows
// may hold repetitions. Progress is told as rows come in.
func (c *client) fetchSEDIA(ctx context.Context, src *calls.Source, total, done func(n int)) (*haul, error) {
	h := &haul{}
	first, err := c.page(ctx, src, slice{programmes: src.Programmes}, 1)
	if err != nil {
		return nil, err
	}
	h.Total = first.Total
	total(first.Total)
	if len(first.Rows) == 0 && first.Total > 0 {
		return nil, fault.New(fault.Invalid, "%s says that it has %d calls but gave none. What was there is kept.", src.Name, first.Total)
	}
	if first.Total <= c.Window {
		if err := c.rest(ctx, src, slice{programmes: src.Programmes}, first, h, done); err != nil {
			return nil, err
		}
	} else if err := c.byProgramme(ctx, src, h, done); err != nil {
		return nil, err
	}
	if got := len(h.Rows); got < h.Total {
		h.Missing = append(h.Missing, fmt.Sprintf("%s says that it has %d rows but gave only %d.", src.Name, h.Total, got))
	}
	return h, nil
}

// rest reads the pages of a slice after its first. A short or empty page is not the end while the
// source says that there are more rows; the pages after it may still be whole.
func (c *client) rest(ctx context.Context, src *calls.Source, s slice, first sediaPage, h *haul, done func(n int)) error {
	p := first
	got := 0
	for number := 1; ; number++ {
		h.Rows = append(h.Rows, p.Rows...)
		got += len(p.Rows)
		done(len(p.Rows))
		if number*pageSize >= min(first.Total, c.Window) {
			return nil
		}
		var err error
		if p, err = c.page(ctx, src, s, number+1); err != nil {
			return err
		}
	}
}

// byProgramme reads an index that is larger than the portal's window in slices: by programme, and a
// programme that is still too large by opening day.
func (c *client) byProgramme(ctx context.Context, src *calls.Source, h *haul, done func(n int)) error {
	programmes := slices.Clone(src.Programmes)
	if len(programmes) == 0 {
		programmes = calls.ProgrammeCodes()
	}
	slices.Sort(programmes)
	for _, code := range programmes {
		if err := c.byDay(ctx, src, slice{programmes: []string{code}}, h, done); err != nil {
			return err
		}
	}
	return nil
}

// Opening days lie between these; a slice of one programme that is too large is halved in between.
const earliest, latest = "2000-01-01", "2100-01-01"

func (c *client) byDay(ctx context.Context, src *calls.Source, s slice, h *haul, done func(n int)) error {
	first, err := c.page(ctx, src, s, 1)
	if err != nil {
		return err
	}
	if first.Total <= c.Window {
		return c.rest(ctx, src, s, first, h, done)
	}
	from, to := cmp.Or(s.from, earliest), cmp.Or(s.to, latest)
	middle, ok := halfway(from, to)
	if !ok {
		h.Missing = append(h.Missing, fmt.Sprintf("More calls open on %s than %s gives out.", from, src.Name))
		return c.rest(ctx, src, s, first, h, done)
	}
	for _, half := range []slice{{s.programmes, from, middle}, {s.programmes, middle, to}} {
		if err := c.byDay(ctx, src, half, h, done); err != nil {
			return err
		}
	}
	return nil
}

// halfway gives the day between two days, false where there is none.
func halfway(from, to string) (string, bool) {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	days := int(b.Sub(a).Hours() / 24)
	if errA != nil || errB != nil || days < 2 {
		return "", false
	}
	return a.AddDate(0, 0, days/2).Format(time.DateOnly), true
}

// page asks for one page of a slice.
func (c *client) page(ctx context.Context, src *calls.Source, s slice, number int) (sediaPage, error) {
	target, err := searchURL(src.URL, number)
	if err != nil {
		return sediaPage{}, err
	}
	body, contentType, err := searchBody(src, s)
	if err != nil {
		return sediaPage{}, err
	}
	a, err := c.ask(ctx, src.Name, func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
		if err == nil {
			req.Header.Set("Content-Type", contentType)
			req.Header.Set("Accept", "application/json")
		}
		return req, err
	})
	if err != nil {
		return sediaPage{}, err
	}
	p, err := readPage(a.Body)
	if err != nil {
		return p, fault.Wrap(err, fault.Invalid, "%s answered with an error instead of calls. What was there is kept.", src.Name)
	}
	return p, nil
}

// searchURL adds what the portal wants to see in the address.
func searchURL(base string, number int) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "The source's address cannot be read.")
	}
	q := u.Query()
	if q.Get("apiKey") == "" {
		q.Set("apiKey", "SEDIA")
	}
	q.Set("text", "***")
	q.Set("pageSize", strconv.Itoa(pageSize))
	q.Set("pageNumber", strconv.Itoa(number))
	u.RawQuery = strings.ReplaceAll(q.Encode(), "%2A", "*") // as the portal's own page sends it
	return u.String(), nil
}

// searchBody makes the form. Its parts must be files of JSON: as plain fields the portal answers 500,
// and a query in the address it ignores without a word.
func searchBody(src *calls.Source, s slice) (body []byte, contentType string, err error) {
	types := src.Types
	if len(types) == 0 {
		types = calls.DefaultTypes
	}
	must := []any{terms("type", types), terms("status", asked)}
	if len(s.programmes) > 0 {
		must = append(must, terms("frameworkProgramme", s.programmes))
	}
	if s.from != "" {
		must = append(must, map[string]any{"range": map[string]any{"startDate": map[string]string{"gte": s.from, "lt": s.to}}})
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, part := range []struct {
		name  string
		value any
	}{
		{"query", map[string]any{"bool": map[string]any{"must": must}}},
		{"languages", languages},
		{"sort", map[string]string{"field": "startDate", "order": "DESC"}},
	} {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="blob"`, part.name))
		header.Set("Content-Type", "application/json")
		pw, err := w.CreatePart(header)
		if err != nil {
			return nil, "", err
		}
		if err := json.NewEncoder(pw).Encode(part.value); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return b.Bytes(), w.FormDataContentType(), nil
}

func terms(field string, values []string) any {
	return map[string]any{"terms": map[string][]string{field: values}}
}
