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
			signIn, err := a.signInAddresses(ctx)
			if err != nil {
				return err
			}
			return a.mail.EachContact(ctx, a.stakeholders, signIn, since, func(c mail.Contact) {
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

// signInAddresses gives the address that each account signs in with.
func (a *App) signInAddresses(ctx context.Context) (map[string]string, error) {
	addresses := map[string]string{}
	for cursor := ""; ; {
		page, err := a.accounts.List(ctx, 500, cursor)
		if err != nil {
			return nil, err
		}
		for _, one := range page.Items {
			addresses[one.ID] = one.Email
		}
		if cursor = page.Next; cursor == "" {
			return addresses, nil
		}
	}
}
