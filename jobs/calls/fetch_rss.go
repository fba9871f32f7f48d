package calls

import (
	"context"
	"net/http"

	"piper/internal/calls"
)

// feedAnswer is a feed's bytes, or that they are those of last time.
type feedAnswer struct {
	Body        []byte
	ContentType string
	Unchanged   bool
	ETag        string
	Modified    string
}

// fetchFeed reads a feed, unless its server says that it is still as it was at status.
func (c *client) fetchFeed(ctx context.Context, src *calls.Source, status calls.Status) (*feedAnswer, error) {
	a, err := c.ask(ctx, src.Name, func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, src.URL, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1")
		if status.ValidFor == src.URL {
			if status.ETag != "" {
				req.Header.Set("If-None-Match", status.ETag)
			}
			if status.LastModified != "" {
				req.Header.Set("If-Modified-Since", status.LastModified)
			}
		}
		return req, nil
	})
	if err != nil {
		return nil, err
	}
	return &feedAnswer{Body: a.Body, ContentType: a.Header.Get("Content-Type"), Unchanged: a.Status == http.StatusNotModified,
		ETag: a.Header.Get("ETag"), Modified: a.Header.Get("Last-Modified")}, nil
}
