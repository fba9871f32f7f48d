package rates

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/finance"
	"piper/internal/store"
	"piper/jobs/runner"
)

// Books is where rates are kept, and lines that wait for one; finance.Repo is it.
type Books interface {
	LatestRateDay(ctx context.Context) (store.Date, error)
	SaveRates(ctx context.Context, days []*finance.RateDay) (created, updated int, err error)
	Reconvert(ctx context.Context) (changed int, err error)
}

// Options say from where rates come. Empty ones have defaults.
type Options struct {
	Client *http.Client
	URL    string        // the folder that holds the ECB's files
	Pause  time.Duration // before the second attempt; doubled before each further one
}

type job struct {
	books Books
	opts  Options
}

// New gives the work of the job rates: the newest day, and as much of the history as is missing before
// it; then lines that had no rate are converted. Running it twice changes nothing: a day is kept once,
// and a frozen rate stays.
func New(books Books, opts Options) func(ctx context.Context, p *runner.Progress) error {
	if opts.URL == "" {
		opts.URL = DefaultURL
	}
	if opts.Client == nil {
		opts.Client = http.DefaultClient
	}
	if opts.Pause == 0 {
		opts.Pause = 2 * time.Second
	}
	return (&job{books: books, opts: opts}).run
}

func (j *job) run(ctx context.Context, p *runner.Progress) error {
	ctx = audit.Bulk(ctx, "exchange rates")
	days, err := j.missing(ctx, p)
	if err != nil {
		return err
	}
	p.Total(len(days))
	created, updated, err := j.books.SaveRates(ctx, convert(days))
	p.Count("created", created)
	p.Count("updated", updated)
	p.Count("unchanged", len(days)-created-updated)
	if err != nil {
		return err
	}
	p.Done(len(days))
	converted, err := j.books.Reconvert(ctx)
	p.Count("converted", converted)
	if err != nil {
		return err
	}
	p.Say(sentence(days[len(days)-1].Date, created+updated, converted))
	return nil
}

// missing fetches the smallest file that leaves no gap behind the newest day that is stored.
func (j *job) missing(ctx context.Context, p *runner.Progress) ([]Day, error) {
	latest, err := j.books.LatestRateDay(ctx)
	if err != nil {
		return nil, err
	}
	if latest == "" {
		return j.read(ctx, p, historyFile)
	}
	for _, file := range []string{dailyFile, quarterFile} {
		days, err := j.read(ctx, p, file)
		if err != nil {
			return nil, err
		}
		if !gap(string(latest), days[0].Date) {
			return days, nil
		}
	}
	return j.read(ctx, p, historyFile)
}

func (j *job) read(ctx context.Context, p *runner.Progress, file string) ([]Day, error) {
	data, err := j.fetch(ctx, file)
	if err != nil {
		return nil, err
	}
	days, rejects, err := Parse(data)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "The European Central Bank answered, but %s could not be read: %v.", file, err)
	}
	for _, r := range rejects {
		p.Reject(r.Ref, r.Reason)
	}
	p.Count("fetched", len(days))
	return days, nil
}

// gap reports whether a weekday lies between two days. A bank holiday looks like a gap and costs one
// larger file.
func gap(before, after string) bool {
	from, errFrom := time.Parse(time.DateOnly, before)
	to, errTo := time.Parse(time.DateOnly, after)
	if errFrom != nil || errTo != nil {
		return true
	}
	for d := from.AddDate(0, 0, 1); d.Before(to); d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			return true
		}
	}
	return false
}

func convert(days []Day) []*finance.RateDay {
	out := make([]*finance.RateDay, len(days))
	for i, d := range days {
		out[i] = &finance.RateDay{Date: store.Date(d.Date), Rates: d.Rates}
	}
	return out
}

func sentence(latest string, saved, converted int) string {
	day := store.Date(latest).Time().Format("2 January 2006")
	s := "Rates are known up to " + day + "."
	if saved == 0 {
		s = "Nothing new: rates are known up to " + day + "."
	}
	switch {
	case converted == 1:
		s += " One income line was converted."
	case converted > 1:
		s += fmt.Sprintf(" %d income lines were converted.", converted)
	}
	return s
}
