package main

import (
	"context"
	"time"

	"piper/internal/engagement"
	"piper/internal/mail"
	"piper/internal/store"
	"piper/internal/tie"
	"piper/jobs/ties"
)

// crowd is from how many people on a mail counts as one among many.
const crowd = 11

// contacts are what ties are measured from.
func (a *App) contacts() []ties.Source { return []ties.Source{a.mailContacts, a.interactionContacts} }

func (a *App) mailContacts(ctx context.Context, since store.Instant, add func(tie.Pair, tie.Contact)) error {
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
}

// meant says what sort of contact an interaction is. A note is none: it is written about somebody.
var meant = map[engagement.Kind]tie.Kind{engagement.Meeting: tie.Meeting, engagement.Phone: tie.Phone, engagement.Event: tie.Event}

// interactionContacts counts an interaction for each of us who took part; where nobody is named, for who
// wrote it down.
func (a *App) interactionContacts(ctx context.Context, since store.Instant, add func(tie.Pair, tie.Contact)) error {
	search := engagement.InteractionSearch{From: store.Date(since.Time().Format(time.DateOnly))}
	return a.engagement.EachInteraction(ctx, search, "", func(i *engagement.Interaction) error {
		kind, counts := meant[i.Kind]
		if !counts {
			return nil
		}
		us := i.ParticipantIDs
		if len(us) == 0 {
			us = []string{i.AuthorID}
		}
		for _, account := range us {
			for _, id := range i.StakeholderIDs {
				add(tie.Pair{StakeholderID: id, AccountID: account}, tie.Contact{Day: tie.DayOf(i.At), Kind: kind, Private: i.Private})
			}
		}
		return nil
	})
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
