// Package mail is the job that reads mailboxes: one goroutine fetches, several parse, one saves, batch by
// batch in single transactions that carry the folder's cursor with them.
package mail

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"time"

	"piper/internal/fault"
	"piper/internal/mail"
	"piper/jobs/runner"
)

// Deps is what the job works with.
type Deps struct {
	Mail         *mail.Repo
	Directory    mail.Directory
	HTTP         *http.Client // for the token addresses of OAuth providers
	AllowPrivate bool         // whether servers at private addresses may be dialled
	// Dial replaces the dialer, for tests; nil for the usual one.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Bounds of a run. Variables, because tests have less patience.
var (
	batchSize = 2000            // messages per fetch and per transaction
	batchCost = 32 << 20        // bytes of prepared messages per transaction
	inFlight  = int64(32 << 20) // bytes of fetched messages that are in line for being saved
	maxSize   = int64(25 << 20) // bytes; of a larger message only the headers are fetched
	pause     = 2 * time.Second // before dialling again, doubled each time
	workers   = runtime.GOMAXPROCS(0)
)

// New makes the work of the job. What happens to a message that vanishes from its mailbox: nothing. What
// was known of a relation stays known when somebody tidies up their mail; only its attachments can no
// longer be fetched.
func New(d Deps) func(ctx context.Context, p *runner.Progress) error {
	return func(ctx context.Context, p *runner.Progress) error {
		r := &run{Deps: d, progress: p}
		return r.all(ctx)
	}
}

// progress is what a run tells; *runner.Progress takes it.
type progress interface {
	Count(name string, n int)
	Total(n int)
	Done(n int)
	Reject(ref, reason string)
	Say(sentence string)
	Partial(sentence string)
}

// run is one execution.
type run struct {
	Deps
	progress progress
	total    int
	said     []string
}

// all reads every enabled mailbox. One that cannot be reached does not keep the others from being read.
func (r *run) all(ctx context.Context) error {
	relinked, err := r.Mail.ApplyAddressChanges(ctx, r.Directory)
	r.progress.Count("linked", relinked.Linked)
	if err != nil {
		return err
	}
	boxes, err := r.Mail.Mailboxes(ctx)
	if err != nil {
		return err
	}
	var read, failed, unreadable int
	var problems []string
	var last error
	for _, box := range boxes {
		if !box.Enabled {
			continue
		}
		read++
		saved, err := r.mailbox(ctx, box)
		unreadable += saved.Unreadable
		if ctx.Err() != nil {
			return ctx.Err()
		}
		problem := ""
		if err != nil {
			if !fault.Is(err, fault.Unavailable) {
				return err
			}
			problem = sentence(err)
			problems = append(problems, box.Name+": "+problem)
			failed, last = failed+1, err
		}
		if err := r.Mail.EndSync(ctx, box.ID, problem); err != nil {
			return err
		}
		r.say(box.Name, saved, problem)
	}
	r.progress.Count("mailboxes", read)
	switch {
	case read == 0:
		r.progress.Say("There is no mailbox to read; add one under Settings.")
	case failed == read:
		return runner.Unavailable(last, "%s", strings.Join(problems, " "))
	case failed > 0:
		r.progress.Partial("Not every mailbox could be read.")
	}
	if unreadable > 0 {
		r.progress.Partial(fmt.Sprintf("%s could not be read; the bytes are kept, encrypted, for 30 days.", plural(unreadable, "message", "messages")))
	}
	return nil
}

// say puts a mailbox's part of the story behind those before.
func (r *run) say(name string, s mail.Saved, problem string) {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{s.Kept, "kept"}, {s.Duplicates, "kept already"}, {s.Forgotten, "forgotten"}, {s.Withheld, "withheld"}, {s.Unreadable, "unreadable"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	text := "nothing new."
	if len(parts) > 0 {
		text = strings.Join(parts, ", ") + "."
	}
	if problem != "" {
		if len(parts) == 0 {
			text = problem
		} else {
			text += " " + problem
		}
	}
	r.said = append(r.said, name+": "+text)
	r.progress.Say(strings.Join(r.said, " "))
}

// sentence is what a person is told of an error.
func sentence(err error) string {
	if f := asFault(err); f != nil {
		return f.Message
	}
	return "The mailbox could not be read."
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
