// Package sanctions brings the EU's consolidated list of financial sanctions in and holds donors against it.
package sanctions

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"piper/internal/diligence"
	"piper/internal/fault"
	"piper/jobs/runner"
)

// Options say from where the list comes. Empty ones have defaults.
type Options struct {
	Client *http.Client
	URL    string
	Pause  time.Duration // before the second attempt; doubled before the third
}

const (
	maxFile  = 256 << 20 // bytes; the list has 25 million
	attempts = 3
)

type job struct {
	repo *diligence.Repo
	opts Options
}

// New gives the work of the job: the list, where it has changed, and then everyone whose money may be taken. Where the
// list cannot be had they are held against the one that is known, and the run says so.
func New(repo *diligence.Repo, opts Options) func(context.Context, *runner.Progress) error {
	if opts.Client == nil {
		opts.Client = http.DefaultClient
	}
	if opts.Pause == 0 {
		opts.Pause = 2 * time.Second
	}
	return (&job{repo, opts}).run
}

func (j *job) run(ctx context.Context, p *runner.Progress) error {
	said, fetching := j.refresh(ctx, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	tally, err := j.repo.ScreenAll(ctx, func(n, of int) { p.Total(of); p.Done(n) })
	p.Count("seen", tally.Screened)
	p.Count("matches", tally.Created)
	p.Count("reopened", tally.Reopened)
	p.Count("gone", tally.Gone)
	if err != nil || fetching != nil {
		return errors.Join(fetching, err)
	}
	p.Say(said + " " + sentence(tally))
	return nil
}

func sentence(t diligence.Tally) string {
	s := fmt.Sprintf("%d donors and parties of agreements were held against it", t.Screened)
	switch n := t.Created + t.Reopened; n {
	case 0:
		return s + "; nothing new was found."
	case 1:
		return s + "; one possible match waits for a judgement."
	default:
		return s + fmt.Sprintf("; %d possible matches wait for a judgement.", n)
	}
}

// refresh brings the list in where it has changed, and says how that went.
func (j *job) refresh(ctx context.Context, p *runner.Progress) (said string, err error) {
	known, err := j.repo.List(ctx)
	if err != nil {
		return "", err
	}
	file, done, err := scratch()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, done()) }()
	etag, err := j.fetch(ctx, known, file)
	if errors.Is(err, errSame) {
		p.Count("unchanged", known.Entries)
		return "The list has not changed.", j.repo.Checked(ctx, diligence.ListInfo{ETag: known.ETag, URL: j.opts.URL})
	}
	if err != nil {
		return "", err
	}
	return j.take(ctx, p, known, file, diligence.ListInfo{ETag: etag, URL: j.opts.URL})
}

// scratch opens a file for the list, and gives what ends it. It has no name any more where the system can do without, so that
// a killed run leaves nothing behind; Windows can not, and it is removed at the end.
func scratch() (*os.File, func() error, error) {
	file, err := os.CreateTemp("", "sanctions-*.xml")
	if err != nil {
		return nil, nil, err
	}
	if os.Remove(file.Name()) == nil {
		return file, file.Close, nil
	}
	return file, func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }, nil
}

// take reads the file twice: once to see that it is whole and whether it says anything new, and once to bring it in. So
// nothing is written of a file that breaks off, and nothing for a list that was merely made anew.
func (j *job) take(ctx context.Context, p *runner.Progress, known diligence.ListInfo, file *os.File, info diligence.ListInfo) (string, error) {
	hashes := map[string]string{}
	head, err := j.read(file, func(e *diligence.SanctionEntry) error { hashes[e.LogicalID] = e.Hash(); return ctx.Err() },
		func(r Reject) { p.Reject(r.Ref, r.Reason) })
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "The EU's sanctions list could not be read, so the one that is known stays: %v.", err)
	}
	p.Count("fetched", len(hashes))
	switch {
	case len(hashes) == 0:
		return "", fault.New(fault.Internal, "The EU's sanctions list came without an entry, so the one that is known stays.")
	case 2*len(hashes) < known.Entries:
		return "", fault.New(fault.Internal, "The EU's sanctions list came with %d entries, and the one that is known has %d. A list does not shrink like that, so it stays.", len(hashes), known.Entries)
	}
	info.Generated, info.FileID = head.Generated, head.FileID
	if diligence.DigestOf(hashes) == known.Digest {
		p.Count("unchanged", len(hashes))
		return "The list says what it said before.", j.repo.Checked(ctx, info)
	}
	err = j.repo.Bring(ctx, info, func(keep func(*diligence.SanctionEntry) error) error {
		_, err := j.read(file, keep, func(Reject) {})
		return err
	})
	if err != nil {
		return "", err
	}
	p.Count("entries", len(hashes))
	return fmt.Sprintf("A new list of %d entries came in.", len(hashes)), nil
}

func (j *job) read(file *os.File, take func(*diligence.SanctionEntry) error, reject func(Reject)) (Head, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Head{}, err
	}
	return Parse(bufio.NewReaderSize(file, 1<<16), take, reject)
}

// errSame is the answer that the list is as we know it; errPassing marks a failure that may pass by itself.
var (
	errSame    = errors.New("not modified")
	errPassing = errors.New("passing")
)

// fetch puts the list into a file, trying again where the server is busy, and gives its ETag.
func (j *job) fetch(ctx context.Context, known diligence.ListInfo, file *os.File) (etag string, err error) {
	for i := range attempts {
		if i > 0 {
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-time.After(j.opts.Pause << (i - 1)):
			}
		}
		if etag, err = j.get(ctx, known, file); err == nil || errors.Is(err, errSame) {
			return etag, err
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if !errors.Is(err, errPassing) {
			break
		}
	}
	return "", runner.Unavailable(err, "The EU's sanctions list could not be fetched. Donors were held against the one that is known.")
}

func (j *job) get(ctx context.Context, known diligence.ListInfo, file *os.File) (string, error) {
	if err := file.Truncate(0); err != nil {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, j.opts.URL, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("User-Agent", "Piper")
	if known.ETag != "" && known.URL == j.opts.URL {
		req.Header.Set("If-None-Match", known.ETag)
	}
	res, err := j.opts.Client.Do(req)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errPassing, err)
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case res.StatusCode == http.StatusNotModified:
		return "", errSame
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests:
		return "", fmt.Errorf("%w: it answered %s", errPassing, res.Status)
	case res.StatusCode != http.StatusOK:
		return "", fmt.Errorf("it answered %s", res.Status)
	}
	n, err := io.Copy(file, io.LimitReader(res.Body, maxFile+1))
	if err != nil {
		return "", fmt.Errorf("%w: %w", errPassing, err)
	}
	if n > maxFile {
		return "", fmt.Errorf("it is larger than %d MB", maxFile>>20)
	}
	return res.Header.Get("ETag"), nil
}
