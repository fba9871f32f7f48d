// Package work is how a job does what people have asked for: one thing after the other, each of which can be stopped and
// ends where it waits for a person again, with a sentence that says why.
package work

import (
	"context"
	"errors"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// ErrStop is the end of work that a person has stopped.
var ErrStop = errors.New("stopped by a person")

// Stopped is what a person reads of work that was stopped.
const Stopped = "Stopped. Nothing of it was saved."

// Progress is told how far the work is.
type Progress interface {
	Count(name string, n int)
	Say(sentence string)
}

// All does what is due, the oldest first, until nothing is. What one leaves due is done again, so it has to put an end to that
// by itself.
func All[T any](ctx context.Context, of *store.Collection[T], due filter.Expr, one func(context.Context, *T) error) error {
	for {
		waiting, err := of.Find(ctx, due, []driver.Key{{Path: "id"}}, 1)
		if err != nil || len(waiting) == 0 {
			return err
		}
		if err := one(ctx, waiting[0]); err != nil {
			return err
		}
	}
}

// End ends the work on one thing that failed with err. settle puts the thing back to where it waits for a person, with a
// sentence for them; stopped says whether it was a person who ended it. A shutdown settles nothing: the work goes on when
// Piper is back. What End gives is an error of the job, not of the thing.
func End(ctx context.Context, err error, settle func(ctx context.Context, stopped bool, message string) error) error {
	switch {
	case errors.Is(err, ErrStop):
		return settle(ctx, true, Stopped)
	case ctx.Err() != nil:
		return ctx.Err()
	case fault.CodeOf(err) == fault.Internal:
		return errors.Join(err, settle(context.WithoutCancel(ctx), false, "It failed by a fault in Piper; nothing of it was saved. The log has the details."))
	}
	return settle(ctx, false, fault.Reason(err))
}
