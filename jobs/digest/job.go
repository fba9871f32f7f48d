// Package digest sends each account its mail of the day: tasks, reminders, mentions and news of the
// stakeholders that it follows.
package digest

import (
	"context"
	"fmt"

	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/postbox"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/jobs/runner"
)

// sendAt is the time in Brussels from which on digests go out.
const sendAt = "06:30"

// Post sends a mail; postbox.Box is it.
type Post interface {
	Send(ctx context.Context, m postbox.Mail) error
}

// Deps is what the job works with.
type Deps struct {
	DB           *store.DB
	Engagement   *engagement.Repo
	Accounts     *account.Repo
	Stakeholders *stakeholder.Repo
	Audit        *audit.Journal
	Post         Post   // nil: no mail server is set, and nothing is sent or claimed
	BaseURL      string // how people reach Piper; "": the mail has no links
}

type job struct{ Deps }

// New gives the work of the job digest. Each account has one digest a day, which is claimed in the store
// before it is sent (see engagement.DigestState): a run that comes after another, or in the place of one
// that was killed, sends only what has not gone out.
func New(d Deps) func(ctx context.Context, p *runner.Progress) error {
	return (&job{d}).run
}

func (j *job) run(ctx context.Context, p *runner.Progress) error {
	if j.Post == nil {
		p.Say("No mail server is set (PIPER_SMTP_HOST), so nothing is sent.")
		return nil
	}
	if !at(j.DB.Now()) {
		p.Say("It is not yet " + sendAt + " in Brussels.")
		return nil
	}
	if err := j.settle(ctx, p); err != nil {
		return err
	}
	accounts, err := j.Accounts.All(ctx)
	if err != nil {
		return err
	}
	p.Total(len(accounts))
	sent, waiting := 0, 0
	for _, a := range accounts {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		done, err := j.one(ctx, p, a)
		switch {
		case fault.Is(err, fault.Busy), fault.Is(err, fault.Duplicate): // another process has it in hand
		case err != nil:
			return err
		case done == engagement.Sent:
			sent++
		case done == engagement.Claimed:
			waiting++
		}
		p.Done(1)
	}
	p.Count("sent", sent)
	switch {
	case waiting > 0 && sent == 0:
		return fault.New(fault.Unavailable, "The mail server took none of %d digests; the next run tries again.", waiting)
	case waiting > 0:
		p.Partial(fmt.Sprintf("The mail server did not take %d digests; the next run tries again.", waiting))
	case sent == 0:
		p.Say("There was nothing to send.")
	default:
		p.Say(fmt.Sprintf("Digests sent: %d.", sent))
	}
	return nil
}

// settle writes down of the digests that a killed process was sending that nobody knows.
func (j *job) settle(ctx context.Context, p *runner.Progress) error {
	list, err := j.Engagement.BrokenOff(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := j.Engagement.MarkDigest(ctx, d, engagement.Uncertain, "Piper ended while it was being sent."); err != nil {
			return err
		}
		p.Reject("account "+d.AccountID, "Piper ended while the digest of "+string(d.Day)+" was being sent; it may or may not have arrived.")
	}
	return nil
}

// one sees to the digest of one account. It gives the state that this run has brought it to; "" where
// there was nothing to do.
func (j *job) one(ctx context.Context, p *runner.Progress, a *account.Account) (engagement.DigestState, error) {
	if a.Closed || a.NoDigest {
		return "", nil
	}
	d, err := j.Engagement.ClaimDigest(ctx, a.ID)
	if err != nil || d.State != engagement.Claimed {
		return "", err
	}
	c, err := j.compose(ctx, a, d)
	if err != nil {
		return "", err
	}
	if c.empty() {
		return engagement.Nothing, j.Engagement.MarkDigest(ctx, d, engagement.Nothing, "")
	}
	if err := j.Engagement.MarkDigest(ctx, d, engagement.Sending, ""); err != nil {
		return "", err
	}
	failed := j.Post.Send(ctx, postbox.Mail{
		ID: "digest-" + d.ID, To: a.Email, Name: a.Name, Subject: c.subject(), Text: c.text(a.Name, j.BaseURL),
	})
	// What the server has said is written down even where the run is being ended.
	return j.record(context.WithoutCancel(ctx), p, a, d, failed)
}

// record writes down what became of a digest.
func (j *job) record(ctx context.Context, p *runner.Progress, a *account.Account, d *engagement.Digest, failed error) (engagement.DigestState, error) {
	state, reason := engagement.Sent, ""
	if failed != nil {
		reason = failed.Error()
		switch postbox.FateOf(failed) {
		case postbox.NotSent:
			state = engagement.Claimed
		case postbox.Refused:
			state = engagement.Refused
		case postbox.Unknown:
			state = engagement.Uncertain
		}
		p.Reject(a.Name, fates[state])
	}
	return state, j.Engagement.MarkDigest(ctx, d, state, reason)
}

// fates are the sentences for a mail that has not gone out.
var fates = map[engagement.DigestState]string{
	engagement.Claimed:   "The mail server did not take the digest; the next run tries again.",
	engagement.Refused:   "The mail server refuses the digest. Is the address right?",
	engagement.Uncertain: "The connection broke before the mail server had answered; the digest may or may not have arrived.",
}
