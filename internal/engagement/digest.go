package engagement

import (
	"context"
	"fmt"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// DigestState says what became of one account's mail of one day.
type DigestState string

// The states, in the order of a digest's life.
//
// Whoever makes a digest claims it in the store before anything is sent. A crash while it is claimed
// costs nothing: the next run sends it. The state sending is written right before the mail server is
// spoken to. A crash after that, or a connection that breaks before the server has answered for the whole
// mail, leaves it unknown whether the mail has gone out, and then it is not sent again: nobody is
// reminded twice of the same, and what is due stands in the next day's digest anyway. A server that
// says no, or cannot be reached, has not taken it: it is claimed again and tried once more by the next run.
const (
	Claimed   DigestState = "claimed"
	Sending   DigestState = "sending"
	Sent      DigestState = "sent"
	Nothing   DigestState = "nothing"   // there was nothing to say, so no mail
	Refused   DigestState = "refused"   // by the mail server, for good
	Uncertain DigestState = "uncertain" // nobody knows whether the mail has gone out
	Missed    DigestState = "missed"    // could not be sent all day; the next day's took over what it had to say
)

// Digest is the mail of one day to one account. It holds no content: that is made when it is sent.
type Digest struct {
	store.Meta
	AccountID string        `json:"accountId"`
	Day       store.Date    `json:"day"` // in Brussels
	State     DigestState   `json:"state"`
	Since     store.Instant `json:"since"` // it tells what is new after this
	Until     store.Instant `json:"until"` // up to this
	Problem   string        `json:"problem,omitempty"`
}

// Reminder is the record that one reminder belongs to a digest. The key (task, due day, days before,
// recipient) is unique, so there is never a second; a task that is put off to another day has new ones.
type Reminder struct {
	store.Meta
	Key      string `json:"key"`
	TaskID   string `json:"taskId"`
	DigestID string `json:"digestId"`
	Days     int    `json:"days"` // before it is due
}

// firstWindow is how far back the first digest of an account looks.
const firstWindow = 24 * time.Hour

// ClaimDigest gives the digest of today for an account; where there is none yet it is made, together with
// the reminders that have come due, in one transaction. Of two processes one makes it.
func (r *Repo) ClaimDigest(ctx context.Context, accountID string) (d *Digest, err error) {
	now := r.db.Now()
	today := now.Day()
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		d, err = r.digests.First(ctx, filter.And{filter.Eq{Field: "accountId", Value: accountID}, filter.Eq{Field: "day", Value: string(today)}})
		if err == nil || !fault.Is(err, fault.NotFound) {
			return err
		}
		d = &Digest{AccountID: accountID, Day: today, State: Claimed, Until: now}
		d.ID = store.NewID()
		if d.Since, err = r.toldUntil(ctx, accountID, now); err != nil {
			return err
		}
		if err := r.takeOver(ctx, d); err != nil {
			return err
		}
		if err := r.digests.Create(ctx, d); err != nil {
			return err
		}
		return r.claimReminders(ctx, d)
	})
	return d, err
}

// toldUntil gives the moment up to which the account has been told.
func (r *Repo) toldUntil(ctx context.Context, accountID string, now store.Instant) (store.Instant, error) {
	told := filter.In{Field: "state", Values: []any{string(Sent), string(Nothing), string(Uncertain)}}
	last, err := r.digests.Find(ctx, filter.And{filter.Eq{Field: "accountId", Value: accountID}, told}, []driver.Key{{Path: "day", Desc: true}}, 1)
	if err != nil {
		return "", err
	}
	if len(last) == 0 {
		return store.At(now.Time().Add(-firstWindow)), nil
	}
	return last[0].Until, nil
}

// takeOver moves the reminders of earlier digests that never went out to this one, which then tells what is
// new since theirs began.
func (r *Repo) takeOver(ctx context.Context, d *Digest) error {
	unsent := filter.In{Field: "state", Values: []any{string(Claimed), string(Refused)}}
	older, err := r.digests.Find(ctx, filter.And{filter.Eq{Field: "accountId", Value: d.AccountID}, unsent}, nil, 0)
	if err != nil {
		return err
	}
	for _, o := range older {
		d.Since = min(d.Since, o.Since)
		mine, err := r.reminders.Find(ctx, filter.Eq{Field: "digestId", Value: o.ID}, nil, 0)
		if err != nil {
			return err
		}
		for _, reminder := range mine {
			reminder.DigestID = d.ID
		}
		if err := r.reminders.ReplaceMany(ctx, mine); err != nil {
			return err
		}
		if _, err := r.digests.Update(ctx, o.ID, func(o *Digest) error { o.State = Missed; return nil }); err != nil {
			return err
		}
	}
	return nil
}

// claimReminders makes the reminders that have come due and that no digest has had.
func (r *Repo) claimReminders(ctx context.Context, d *Digest) error {
	tasks, err := r.tasks.Find(ctx, append(between("due", d.Day, addDays(d.Day, maxLead)),
		filter.Eq{Field: "ownerId", Value: d.AccountID}, filter.Eq{Field: "state", Value: string(Open)}), nil, 0)
	if err != nil {
		return err
	}
	var due []*Reminder
	for _, t := range tasks {
		for _, days := range t.Reminders {
			if addDays(t.Due, -days) <= d.Day {
				key := fmt.Sprintf("%s %s %d %s", t.ID, t.Due, days, d.AccountID)
				due = append(due, &Reminder{Key: key, TaskID: t.ID, DigestID: d.ID, Days: days})
			}
		}
	}
	fresh, err := r.unclaimed(ctx, due)
	if err != nil || len(fresh) == 0 {
		return err
	}
	return r.reminders.CreateMany(ctx, fresh)
}

// unclaimed leaves out the reminders that are in the store.
func (r *Repo) unclaimed(ctx context.Context, list []*Reminder) ([]*Reminder, error) {
	taken := map[string]bool{}
	for from := 0; from < len(list); from += 400 {
		in := filter.In{Field: "key"}
		for _, reminder := range list[from:min(from+400, len(list))] {
			in.Values = append(in.Values, reminder.Key)
		}
		found, err := r.reminders.Find(ctx, in, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, reminder := range found {
			taken[reminder.Key] = true
		}
	}
	fresh := list[:0]
	for _, reminder := range list {
		if !taken[reminder.Key] {
			fresh = append(fresh, reminder)
		}
	}
	return fresh, nil
}

// Reminded gives the tasks that a digest reminds of and that its account still has to do, in order of the
// due day. A task that is done meanwhile is left out.
func (r *Repo) Reminded(ctx context.Context, d *Digest) ([]*Task, error) {
	list, err := r.reminders.Find(ctx, filter.Eq{Field: "digestId", Value: d.ID}, nil, 0)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, reminder := range list {
		wanted[reminder.TaskID] = true
	}
	open, err := r.DueUntil(ctx, d.AccountID, addDays(d.Day, maxLead))
	if err != nil {
		return nil, err
	}
	tasks := []*Task{}
	for _, t := range open {
		if wanted[t.ID] {
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// MarkDigest moves a digest on. Busy where it is no longer in the state that the caller knows: somebody
// else has it in hand.
func (r *Repo) MarkDigest(ctx context.Context, d *Digest, to DigestState, problem string) error {
	saved, err := r.digests.Update(ctx, d.ID, func(stored *Digest) error {
		if stored.State != d.State {
			return fault.New(fault.Busy, "Somebody else sends this digest.")
		}
		stored.State, stored.Problem = to, problem
		return nil
	})
	if err == nil {
		*d = *saved
	}
	return err
}

// BrokenOff gives the digests that are being sent. Under the job's lease there are none at its
// beginning but those of a process that was killed.
func (r *Repo) BrokenOff(ctx context.Context) ([]*Digest, error) {
	return r.digests.Find(ctx, filter.Eq{Field: "state", Value: string(Sending)}, nil, 0)
}
