package sediatest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxPageSize is how many rows the real portal gives at once.
const maxPageSize = 100

// Portal is an http.Handler that answers as the portal's search does. It is safe for concurrent use.
type Portal struct {
	Window int // rows that it gives out of one search; New makes it 10,000, as the real one has it

	mu       sync.Mutex
	index    []entry
	answers  map[string][]entry // what was found for a form, until the index changes
	faults   []*Fault
	requests int
}

// New makes a portal that holds these rows.
func New(rows ...Row) *Portal {
	p := &Portal{Window: 10_000}
	p.Set(rows...)
	return p
}

// Set makes the portal hold these rows from now on.
func (p *Portal) Set(rows ...Row) {
	index := indexOf(rows)
	p.mu.Lock()
	p.index, p.answers = index, map[string][]entry{}
	p.mu.Unlock()
}

// Requests gives how many requests there were.
func (p *Portal) Requests() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// Fault is something that goes wrong, for a page or for all.
type Fault struct {
	Page       int           // of this page only; 0 is any
	Times      int           // so many times; 0 is until Heal
	Status     int           // answer with this status
	RetryAfter string        // header of that name
	Body       string        // answer with this body
	NoRows     bool          // say how many rows there are, and give none
	Leave      int           // leave so many rows out of the page
	Delay      time.Duration // answer late
}

// Fail makes something go wrong from now on. Several faults take turns: the first that fits a request
// is used.
func (p *Portal) Fail(f Fault) {
	p.mu.Lock()
	p.faults = append(p.faults, &f)
	p.mu.Unlock()
}

// Heal ends every fault.
func (p *Portal) Heal() {
	p.mu.Lock()
	p.faults = nil
	p.mu.Unlock()
}

// ErrorBody is what the real portal says with status 200 when it has failed.
const ErrorBody = `{"type":"throwable","message":"An error occurred","status":500}`

// take gives the fault that a request for a page meets, or one that does nothing.
func (p *Portal) take(page int) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests++
	for i, f := range p.faults {
		if f.Page != 0 && f.Page != page {
			continue
		}
		met := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				p.faults = slices.Delete(p.faults, i, i+1)
			}
		}
		return met
	}
	return Fault{}
}

// ServeHTTP answers a search.
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, _ := strconv.Atoi(r.URL.Query().Get("pageNumber"))
	size, _ := strconv.Atoi(r.URL.Query().Get("pageSize"))
	if number < 1 {
		number = 1
	}
	if size < 1 || size > maxPageSize {
		size = maxPageSize
	}
	ask, status := readForm(r) // to its end: only then a client that goes away is noticed
	f := p.take(number)
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
			return
		}
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	switch {
	case f.Status != 0 || f.Body != "":
		say(w, max(f.Status, http.StatusOK), f.Body)
	case r.Method != http.MethodPost:
		say(w, http.StatusMethodNotAllowed, `{"type":"businessError","message":"Request method 'GET' is not supported"}`)
	case r.URL.Query().Get("apiKey") == "":
		say(w, http.StatusUnauthorized, `{"type":"businessError","message":"The API key is missing"}`)
	case status == http.StatusBadRequest:
		say(w, status, `{"type":"businessError","message":"Invalid Query format"}`)
	case status != http.StatusOK:
		say(w, status, `{"type":"throwable"}`)
	case number*size > p.Window:
		say(w, http.StatusBadRequest, `{"type":"businessError","message":"Result window is too large"}`)
	default:
		p.search(w, r, ask, f, number, size)
	}
}

func (p *Portal) search(w http.ResponseWriter, r *http.Request, ask form, f Fault, number, size int) {
	found := p.find(ask)
	page := []json.RawMessage{}
	for i := (number - 1) * size; i < min(number*size, len(found)); i++ {
		page = append(page, found[i].json)
	}
	if f.NoRows {
		page = page[:0]
	}
	page = page[:max(0, len(page)-f.Leave)]
	body, err := json.Marshal(map[string]any{
		"apiVersion": "2.151", "terms": r.URL.Query().Get("text"), "responseTime": 65, "totalResults": len(found),
		"pageNumber": number, "pageSize": size, "sort": ask.sortName(), "results": page,
		"queryLanguage": map[string]any{"language": "en", "probability": 0.0}, "bestBets": []any{}, "warnings": []any{},
	})
	if err != nil {
		say(w, http.StatusInternalServerError, `{"type":"throwable"}`)
		return
	}
	say(w, http.StatusOK, string(body))
}

// find gives the rows that a form asks for, in its order. Paging asks for the same many times over.
func (p *Portal) find(ask form) []entry {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked, err := json.Marshal(ask)
	if err != nil {
		panic(err) // it came as JSON
	}
	key := string(asked)
	if found, ok := p.answers[key]; ok {
		return found
	}
	found := []entry{}
	for _, e := range p.index {
		if ask.matches(e) {
			found = append(found, e)
		}
	}
	ask.order(found)
	p.answers[key] = found
	return found
}

func say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A client that has gone away is its own affair.
	_, _ = w.Write([]byte(strings.TrimSpace(body)))
}
