package calls

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"piper/internal/fault"
)

// Options says how sources are spoken with. The zero value of a field is its default.
type Options struct {
	Client      *http.Client
	UserAgent   string
	Spacing     time.Duration // between the starts of two requests; 200 ms, negative for none
	Attempts    int           // tries of one request; 4
	FirstPause  time.Duration // before the second try, doubled before each further one; 1 s
	LongestWait time.Duration // a Retry-After beyond this ends the run; 2 min
	Timeout     time.Duration // of one try; 60 s
	MaxBody     int64         // bytes of one answer; 64 MB
	Window      int           // rows that the EU portal gives out of one search; 10,000
}

func (o Options) withDefaults() Options {
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	if o.UserAgent == "" {
		o.UserAgent = "Piper (calls for proposals; reads once a day)"
	}
	if o.Spacing == 0 {
		o.Spacing = 200 * time.Millisecond
	}
	if o.Attempts == 0 {
		o.Attempts = 4
	}
	if o.FirstPause == 0 {
		o.FirstPause = time.Second
	}
	if o.LongestWait == 0 {
		o.LongestWait = 2 * time.Minute
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.MaxBody == 0 {
		o.MaxBody = 64 << 20
	}
	if o.Window == 0 {
		o.Window = 10_000
	}
	return o
}

// client asks a source politely and more than once.
type client struct {
	Options
	mu   sync.Mutex
	next time.Time // when the next request may start
}

// answer is what a source said, its body read.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// ask sends a request, again after a pause where the source is overloaded or silent, and gives the
// first answer with status 200 or 304. What remains is an Unavailable fault. build is called for each
// try, so that each has a fresh body.
func (c *client) ask(ctx context.Context, name string, build func(ctx context.Context) (*http.Request, error)) (*answer, error) {
	pause := c.FirstPause
	for try := 1; ; try++ {
		if err := c.takeTurn(ctx); err != nil {
			return nil, err
		}
		a, err := c.once(ctx, build)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if fault.Is(err, fault.TooLarge) {
			return nil, err
		}
		if err == nil && (a.Status == http.StatusOK || a.Status == http.StatusNotModified) {
			return a, nil
		}
		passing := err != nil || a.Status >= 500 || a.Status == http.StatusTooManyRequests || a.Status == http.StatusRequestTimeout
		if err == nil {
			err = fmt.Errorf("status %d: %.200s", a.Status, a.Body)
		}
		wait := pause
		if a != nil {
			wait = max(wait, retryAfter(a.Header.Get("Retry-After")))
		}
		if !passing || try == c.Attempts || wait > c.LongestWait {
			return nil, unavailable(name, a, err)
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
		pause *= 2
	}
}

// unavailable says in a sentence why a source could not be read.
func unavailable(name string, a *answer, err error) error {
	switch {
	case a != nil && a.Status == http.StatusTooManyRequests:
		return fault.Wrap(err, fault.Unavailable, "%s asks to be left alone for a while (status 429).", name)
	case a != nil && a.Status >= 500:
		return fault.Wrap(err, fault.Unavailable, "%s is not working at the moment (status %d).", name, a.Status)
	case a != nil:
		return fault.Wrap(err, fault.Unavailable, "%s refused to answer (status %d). Its address may have changed.", name, a.Status)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(err, fault.Unavailable, "%s did not answer in time.", name)
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return fault.Wrap(err, fault.Unavailable, "%s could not be reached. %s", name, f.Message)
	}
	return fault.Wrap(err, fault.Unavailable, "%s could not be reached. Check its address; if that is right, nothing is lost: the next run tries again.", name)
}

func (c *client) once(ctx context.Context, build func(ctx context.Context) (*http.Request, error)) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	req, err := build(ctx)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.UserAgent)
	res, err := c.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, c.MaxBody+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > c.MaxBody {
		return nil, fault.New(fault.TooLarge, "The source's answer is larger than %d MB.", c.MaxBody>>20)
	}
	return &answer{Status: res.StatusCode, Header: res.Header, Body: body}, nil
}

// takeTurn waits until the next request may start.
func (c *client) takeTurn(ctx context.Context) error {
	c.mu.Lock()
	now := time.Now()
	at := c.next
	if at.Before(now) {
		at = now
	}
	c.next = at.Add(max(c.Spacing, 0))
	c.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(v string) time.Duration {
	if seconds, err := strconv.ParseUint(v, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return time.Until(at)
	}
	return 0
}
