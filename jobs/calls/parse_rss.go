package calls

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"

	"piper/internal/calls"
	"piper/internal/store"
)

// parseFeed makes records of a feed, RSS of any version or Atom. contentType is the header of that
// name; base is the feed's address, for links that are not whole. An error means that it is no feed.
func parseFeed(body []byte, contentType, base string) (parsed, error) {
	var p parsed
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(utf8Of(body, contentType)))
	if err != nil {
		return p, fmt.Errorf("reading a feed: %w", err)
	}
	items := map[string][]calls.Record{}
	for i, item := range feed.Items {
		rec, reason := recordOfItem(item, feed, base)
		if reason != "" {
			p.Rejects = append(p.Rejects, reject{Ref: fmt.Sprintf("item %d", i+1), Reason: reason})
			continue
		}
		items[rec.Call.Reference] = append(items[rec.Call.Reference], rec)
	}
	for _, same := range items {
		p.Duplicates += len(same) - 1
		p.Records = append(p.Records, slices.MaxFunc(same, func(a, b calls.Record) int {
			return cmp.Or(cmp.Compare(a.Call.Published, b.Call.Published), cmp.Compare(a.Hash, b.Hash))
		}))
	}
	slices.SortFunc(p.Records, func(a, b calls.Record) int { return cmp.Compare(a.Call.Reference, b.Call.Reference) })
	return p, nil
}

// recordOfItem makes a record of one item, or gives the reason why it cannot be taken. A feed states no
// deadline in any field, and Piper does not guess one out of prose.
func recordOfItem(item *gofeed.Item, feed *gofeed.Feed, base string) (rec calls.Record, reason string) {
	raw, err := json.Marshal(item)
	if err != nil {
		return rec, "The item could not be read."
	}
	rec.Rows = []string{string(raw)}
	rec.Hash = hashOf(rec.Rows)

	c := &rec.Call
	c.Kind = calls.Item
	c.Description = clean(cmp.Or(item.Content, item.Description))
	text := calls.PlainText(c.Description)
	c.URL = absolute(item.Link, feed.Link, base)
	c.Title = cmp.Or(plainLine(item.Title), shorten(text, 120), c.URL)
	if c.Title == "" {
		return rec, "The item has no title, no link and no text."
	}
	c.Reference = cmp.Or(line(item.GUID), c.URL, "text:"+hashOf([]string{c.Title, text}))
	if len(c.Reference) > maxReference {
		c.Reference = "long:" + hashOf([]string{c.Reference})
	}
	c.Identifier = unless(shorten(c.Reference, 80), shorten(c.URL, 80))
	if strings.HasPrefix(c.Identifier, "http") || strings.HasPrefix(c.Identifier, "text:") || strings.HasPrefix(c.Identifier, "long:") {
		c.Identifier = ""
	}
	c.Summary = shorten(cmp.Or(unless(plainLine(item.Description), c.Title), text), maxSummary)
	c.Keywords = keywords(item.Categories)
	if l := strings.ToLower(line(feed.Language)); len(l) >= 2 && len(l) <= 12 {
		c.Language, _, _ = strings.Cut(l, "-")
		c.Languages = []string{c.Language}
	}
	at := item.PublishedParsed
	if at == nil {
		at = item.UpdatedParsed
	}
	if at != nil && plausible(*at) {
		c.Published = store.At(*at)
	}
	return rec, ""
}

// absolute makes a link whole: against the feed's own link, else against its address. "" for what a
// browser should not be sent to.
func absolute(link string, bases ...string) string {
	link = strings.TrimSpace(printable(link))
	if link == "" {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	for _, base := range bases {
		b, err := url.Parse(strings.TrimSpace(base))
		if err == nil && !u.IsAbs() && b.Host != "" {
			u = b.ResolveReference(u)
		}
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}
