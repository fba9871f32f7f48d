// Package calls is the job that brings calls for proposals in: from the search behind the EU Funding &
// Tenders portal, and from feeds. Fetching (client.go, fetch_*.go), reading (parse_*.go, pure) and
// saving (job.go) are apart.
package calls

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"piper/internal/audit"
	"piper/internal/calls"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/jobs/runner"
)

// job is one configured import.
type job struct {
	repo   *calls.Repo
	client *client
}

// New gives the work of the job calls: every source that is switched on is read, and its calls are
// saved. Running it twice changes nothing: calls are known by source and reference.
func New(repo *calls.Repo, o Options) func(ctx context.Context, p *runner.Progress) error {
	j := &job{repo: repo, client: &client{Options: o.withDefaults()}}
	return j.run
}

func (j *job) run(ctx context.Context, p *runner.Progress) error {
	sources, err := j.repo.Sources(ctx)
	if err != nil {
		return err
	}
	var results []result
	sum := 0
	total := func(n int) { sum += n; p.Total(sum) }
	for _, src := range sources {
		if !src.Enabled {
			continue
		}
		r := j.source(ctx, p, src, total)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := j.note(ctx, &src.Source, r); err != nil {
			return err
		}
		results = append(results, r)
	}
	if _, err := j.repo.Restate(ctx); err != nil {
		return err
	}
	return conclude(p, results)
}

// result is how one source went.
type result struct {
	counts   counts
	sentence string
	missing  []string // what the source did not give, in sentences
	feed     *feedAnswer
	err      error
}

// counts of one source, beside the tally of what was saved.
type counts struct {
	calls.Tally
	Seen, Stale, Duplicates, Rejected, Unread int
}

// source reads and saves one source. It tells total how many rows it has, once it knows.
func (j *job) source(ctx context.Context, p *runner.Progress, src *calls.SourceWithStatus, total func(n int)) result {
	var got parsed
	var r result
	switch src.Kind {
	case calls.SEDIA:
		h, err := j.client.fetchSEDIA(ctx, &src.Source, total, p.Done)
		if err != nil {
			return result{err: err}
		}
		r.missing, r.counts.Seen = h.Missing, len(h.Rows)
		got = parseSEDIA(h.Rows)
	case calls.RSS:
		a, err := j.client.fetchFeed(ctx, &src.Source, src.Status)
		if err != nil {
			return result{err: err}
		}
		if a.Unchanged {
			return result{sentence: fmt.Sprintf("%s: as before.", src.Name)}
		}
		r.feed = a
		if got, err = parseFeed(a.Body, a.ContentType, src.URL); err != nil {
			return result{err: fault.Wrap(err, fault.Invalid, "%s answered with something that is no feed. What was there is kept.", src.Name)}
		}
		r.counts.Seen = len(got.Records) + got.Duplicates + len(got.Rejects)
		total(r.counts.Seen)
		p.Done(r.counts.Seen)
	default:
		return result{err: fault.New(fault.Internal, "Piper does not know how to read a source of kind %q.", src.Kind)}
	}
	for _, x := range got.Rejects {
		p.Reject(src.Name+": "+x.Ref, x.Reason)
	}
	r.counts.Duplicates, r.counts.Rejected, r.counts.Unread = got.Duplicates, len(got.Rejects), got.Unread
	if n := len(got.Rejects); n > 0 {
		r.missing = append(r.missing, fmt.Sprintf("%d of %s could not be taken.", n, src.Name))
	}
	r.counts.Stale = stale(got.Records, j.repo.Now())
	r.counts.Tally, r.err = j.repo.Save(audit.Bulk(ctx, "calls of "+src.Name), src.ID, got.Records)
	r.sentence = r.counts.sentence(src.Name)
	return r
}

// stale counts the calls that the source claims to be open or to come while every deadline is past.
func stale(records []calls.Record, now store.Instant) int {
	n := 0
	for _, rec := range records {
		c := rec.Call // a copy; settled dates are not the record's to keep
		for _, d := range c.Deadlines {
			c.ClosesAt = max(c.ClosesAt, d.At)
		}
		if c.StateAt(now) == calls.Closed && (c.SaidState == string(calls.Open) || c.SaidState == string(calls.Forthcoming)) {
			n++
		}
	}
	return n
}

// sentence says what a source brought.
func (c counts) sentence(name string) string {
	parts := []string{fmt.Sprintf("%d new", c.Created), fmt.Sprintf("%d changed", c.Changed)}
	if c.Moved > 0 {
		parts = append(parts, fmt.Sprintf("%d of them in a deadline", c.Moved))
	}
	parts = append(parts, fmt.Sprintf("%d as before", c.Unchanged+c.Updated))
	s := fmt.Sprintf("%s: %s.", name, strings.Join(parts, ", "))
	if c.Stale > 0 {
		s += fmt.Sprintf(" %d are past although the source says that they are not.", c.Stale)
	}
	if c.Unread > 0 {
		s += fmt.Sprintf(" In %d a part could not be read; the call says which.", c.Unread)
	}
	return s
}

// numbered gives the counts under the names that a run shows.
func (c counts) numbered() map[string]int {
	return map[string]int{"seen": c.Seen, "created": c.Created, "changed": c.Changed, "updated": c.Updated, "unchanged": c.Unchanged,
		"deadlinesMoved": c.Moved, "stale": c.Stale, "duplicates": c.Duplicates}
}

// note writes down how a source went, for its page. What a feed's server gave to ask by next time is
// kept only now that its items are saved.
func (j *job) note(ctx context.Context, src *calls.Source, r result) error {
	now := j.repo.Now()
	return j.repo.SetStatus(ctx, src.ID, func(s *calls.Status) {
		s.RanAt, s.Outcome, s.Message, s.Counts = now, "done", strings.Join(append([]string{r.sentence}, r.missing...), " "), r.counts.numbered()
		switch {
		case r.err != nil && fault.Is(r.err, fault.Unavailable):
			s.Outcome, s.Message = "unavailable", said(r.err)
		case r.err != nil:
			s.Outcome, s.Message = "failed", said(r.err)
		case len(r.missing) > 0:
			s.Outcome = "partial"
		default:
			s.DoneAt = now
		}
		if r.err == nil && r.feed != nil {
			s.ValidFor, s.ETag, s.LastModified = src.URL, r.feed.ETag, r.feed.Modified
		}
	})
}

// said is the part of an error that is for people.
func said(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Code != fault.Internal {
		return f.Message
	}
	return "Reading the source failed inside Piper. The log has the details."
}

// conclude tells the run what came of all sources. A source that answered nonsense fails the run; one
// that was not there makes it partial, or unavailable where no other was read.
func conclude(p *runner.Progress, results []result) error {
	var sentences, missing []string
	var failure, absent error
	read := 0
	for _, r := range results {
		if r.err == nil {
			read++
			sentences, missing = append(sentences, r.sentence), append(missing, r.missing...)
			for name, n := range r.counts.numbered() {
				p.Count(name, n)
			}
			continue
		}
		if fault.Is(r.err, fault.Unavailable) {
			absent = errors.Join(absent, r.err)
		} else {
			failure = errors.Join(failure, r.err)
		}
		missing = append(missing, said(r.err))
	}
	if len(results) == 0 {
		sentences = []string{"No source is switched on."}
	}
	p.Say(strings.Join(sentences, " "))
	switch {
	case failure != nil:
		code := fault.Invalid
		if fault.Is(failure, fault.Internal) {
			code = fault.Internal
		}
		return fault.Wrap(errors.Join(failure, absent), code, "%s", strings.Join(append(sentences, missing...), " "))
	case absent != nil && read == 0:
		return runner.Unavailable(absent, "%s", strings.Join(missing, " "))
	case len(missing) > 0:
		p.Partial(strings.Join(missing, " "))
	}
	return nil
}
