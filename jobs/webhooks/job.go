// Package webhooks sends what waits in the outbox of webhooks.
package webhooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/webhook"
	"piper/jobs/runner"
)

// How far a run goes with a webhook before it leaves it to the next one, and how many are served at once.
const (
	page      = 100
	inARow    = 3 // failures after which an address gets a rest
	atOnce    = 4
	maxAnswer = 64 << 10 // bytes of an answer that are read
)

// Deps is what the job works with.
type Deps struct {
	Hooks     *webhook.Repo
	HTTP      *http.Client  // the one way out
	Patience  time.Duration // how long an address may take to answer; 0: ten seconds
	UserAgent string
	Now       func() time.Time // the clock that attempts are timed by
}

// New gives the work of the job.
func New(d Deps) func(context.Context, *runner.Progress) error {
	if d.Patience == 0 {
		d.Patience = 10 * time.Second
	}
	s := &sender{Deps: d, client: &http.Client{
		Transport: d.HTTP.Transport,
		// A redirect could lead where nobody has said that records may go.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	return s.work
}

type sender struct {
	Deps
	client *http.Client
}

// work serves every webhook; a slow one holds up only itself.
func (s *sender) work(ctx context.Context, p *runner.Progress) error {
	hooks, err := s.Hooks.Hooks(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, h := range hooks {
		group.Go(func() error { return s.serve(ctx, h, p) })
	}
	return group.Wait()
}

// serve sends what is due for one webhook, in order, until nothing is or it fails too often.
func (s *sender) serve(ctx context.Context, h *webhook.Hook, p *runner.Progress) error {
	failures := 0
	for after := ""; ; {
		due, err := s.Hooks.Due(ctx, h, after, page)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, d := range due {
			after = d.ID
			try, sent, err := s.attempt(ctx, d.ID)
			switch {
			case err != nil:
				return err
			case !sent:
				continue
			case try.OK():
				failures = 0
				p.Count("delivered", 1)
			default:
				failures++
				p.Count("failed", 1)
			}
			if failures == inARow || ctx.Err() != nil {
				return ctx.Err()
			}
		}
	}
}

// attempt makes one attempt at a delivery, if it is its turn.
func (s *sender) attempt(ctx context.Context, id string) (try webhook.Try, sent bool, err error) {
	d, h, ok, err := s.Hooks.Begin(ctx, id)
	if err != nil || !ok {
		return try, false, err
	}
	try = s.try(ctx, h, d)
	if ctx.Err() != nil && !try.OK() {
		return try, true, nil // the job was ended: that says nothing about the address
	}
	return try, true, s.Hooks.End(context.WithoutCancel(ctx), d, try)
}

// try makes the body of a delivery and sends it. Where there is none to make, that is what came of it.
func (s *sender) try(ctx context.Context, h *webhook.Hook, d *webhook.Delivery) webhook.Try {
	secret, err := s.Hooks.Secret(ctx, h.ID)
	var record any
	if err == nil {
		record, err = s.Hooks.Record(ctx, h, d)
	}
	var body []byte
	if err == nil {
		body, err = d.Body(record)
	}
	if err != nil {
		return webhook.Try{At: store.At(s.Now()), Fault: fault.Reason(err)}
	}
	return s.send(ctx, h.URL, secret, d.EventID, body)
}

// send posts a body and says what came of it. Only a 2xx status is a success.
func (s *sender) send(ctx context.Context, url, secret, id string, body []byte) webhook.Try {
	ctx, cancel := context.WithTimeout(ctx, s.Patience)
	defer cancel()
	started := s.Now()
	try := webhook.Try{At: store.At(started)}
	resp, err := s.post(ctx, url, secret, id, started, body)
	if err != nil {
		try.Millis, try.Fault = s.Now().Sub(started).Milliseconds(), reason(err, s.Patience)
		return try
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	try.Millis, try.Status, try.Answer = s.Now().Sub(started).Milliseconds(), resp.StatusCode, webhook.Text(answer)
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		try.Fault = fmt.Sprintf("The address answered %d, a redirect. Redirects are not followed; write the final address.", resp.StatusCode)
	case resp.StatusCode < 200 || resp.StatusCode >= 300:
		try.Fault = fmt.Sprintf("The address answered %d.", resp.StatusCode)
	case err != nil:
		try.Fault = reason(err, s.Patience)
	}
	return try
}

func (s *sender) post(ctx context.Context, url, secret, id string, at time.Time, body []byte) (*http.Response, error) {
	signature, err := webhook.Sign(secret, id, at, body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", s.UserAgent)
	req.Header.Set(webhook.IDHeader, id)
	req.Header.Set(webhook.TimeHeader, fmt.Sprint(at.Unix()))
	req.Header.Set(webhook.SignatureHeader, signature)
	return s.client.Do(req)
}

// reason says in a sentence why no answer came.
func reason(err error, patience time.Duration) string {
	var f *fault.Error
	switch {
	case errors.As(err, &f):
		return f.Message // the dialer's: a private address
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("The address did not answer within %s.", patience)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "The address closed the connection without a whole answer."
	}
	return "The address could not be reached."
}
