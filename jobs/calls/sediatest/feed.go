package sediatest

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Item is one item of a feed.
type Item struct {
	GUID        string
	Title       string
	Link        string
	Description string // HTML
	Published   time.Time
	Categories  []string
}

// Feed is an http.Handler that serves a feed and answers conditional requests. It is safe for
// concurrent use.
type Feed struct {
	mu       sync.Mutex
	title    string
	atom     bool
	items    []Item
	requests int
	spared   int
}

// NewFeed makes a feed of RSS 2.0.
func NewFeed(title string, items ...Item) *Feed { return &Feed{title: title, items: items} }

// NewAtom makes a feed of Atom.
func NewAtom(title string, items ...Item) *Feed { return &Feed{title: title, items: items, atom: true} }

// Set makes the feed hold these items from now on.
func (f *Feed) Set(items ...Item) {
	f.mu.Lock()
	f.items = items
	f.mu.Unlock()
}

// Requests gives how many requests there were, and how many of them were answered with 304.
func (f *Feed) Requests() (all, unchanged int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requests, f.spared
}

// ServeHTTP serves the feed.
func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	kind, doc := "application/rss+xml", any(f.rss())
	if f.atom {
		kind, doc = "application/atom+xml", f.atom10()
	}
	body, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		http.Error(w, "the feed cannot be written", http.StatusInternalServerError)
		return
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		f.spared++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	_, _ = w.Write(append([]byte(xml.Header), body...))
}

type rss struct {
	XMLName xml.Name  `xml:"rss"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"channel>title"`
	Items   []rssItem `xml:"channel>item"`
}

type rssItem struct {
	GUID        string   `xml:"guid,omitempty"`
	Title       string   `xml:"title,omitempty"`
	Link        string   `xml:"link,omitempty"`
	Description string   `xml:"description,omitempty"`
	PubDate     string   `xml:"pubDate,omitempty"`
	Categories  []string `xml:"category"`
}

func (f *Feed) rss() rss {
	out := rss{Version: "2.0", Title: f.title}
	for _, i := range f.items {
		item := rssItem{GUID: i.GUID, Title: i.Title, Link: i.Link, Description: i.Description, Categories: i.Categories}
		if !i.Published.IsZero() {
			item.PubDate = i.Published.Format(time.RFC1123Z)
		}
		out.Items = append(out.Items, item)
	}
	return out
}

type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string   `xml:"id,omitempty"`
	Title   string   `xml:"title,omitempty"`
	Link    atomLink `xml:"link"`
	Summary atomText `xml:"summary"`
	Updated string   `xml:"updated,omitempty"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func (f *Feed) atom10() atom {
	out := atom{Title: f.title}
	for _, i := range f.items {
		entry := atomEntry{ID: i.GUID, Title: i.Title, Link: atomLink{Href: i.Link}, Summary: atomText{Type: "html", Text: i.Description}}
		if !i.Published.IsZero() {
			entry.Updated = i.Published.UTC().Format(time.RFC3339)
		}
		out.Entries = append(out.Entries, entry)
	}
	return out
}
