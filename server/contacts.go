package main

import (
	"context"

	"piper/internal/mail"
	"piper/internal/store"
	"piper/internal/tie"
	"piper/jobs/ties"
)

// crowd is from how many people on a mail counts as one among many.
const crowd = 11

// contacts are what ties are measured from.
func (a *App) contacts() []ties.Source {
	return []ties.Source{
		func(ctx context.Context, since store.Instant, add func(tie.Pair, tie.Contact)) error {
			return a.mail.EachContact(ctx, a.stakeholders, since, func(c mail.Contact) {
				kind := tie.Received
				if c.Sent {
					kind = tie.Sent
				}
				add(tie.Pair{StakeholderID: c.StakeholderID, AccountID: c.AccountID},
					tie.Contact{Day: tie.DayOf(c.At), Kind: kind, Crowd: c.People >= crowd, Private: c.Private})
			})
		},
	}
}
