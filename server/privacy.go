package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"piper/config"
	"piper/internal/engagement"
	"piper/internal/mail"
	"piper/internal/privacy"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// dataSubjects is the room of stakeholders as the room of privacy needs it.
type dataSubjects struct{ *stakeholder.Repo }

// Person gives one. An address that somebody else has too is not theirs alone, and stays.
func (d dataSubjects) Person(ctx context.Context, id string) (*privacy.Person, error) {
	s, err := d.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &privacy.Person{ID: s.ID, Rev: s.Rev, Kind: string(s.Kind), Name: s.Name, Country: s.Country}
	for _, n := range s.OtherNames {
		p.OtherNames = append(p.OtherNames, n.Name)
	}
	for _, n := range s.Phones {
		p.Phones = append(p.Phones, n.Number)
	}
	if s.Donor != nil {
		p.SourceType = s.Donor.SourceType
	}
	holders, err := d.Lookup(ctx, s.Addresses())
	for _, a := range s.Addresses() {
		if !slices.ContainsFunc(holders[a], func(other string) bool { return other != id }) {
			p.Addresses = append(p.Addresses, a)
		}
	}
	return p, err
}

// OtherNames calls fn with every name of everybody else.
func (d dataSubjects) OtherNames(ctx context.Context, id string, fn func(string)) error {
	return d.Walk(ctx, stakeholder.Search{}, "", []driver.Key{{Path: "id"}}, func(s *stakeholder.Stakeholder) error {
		if s.ID == id {
			return nil
		}
		fn(s.Name)
		for _, n := range s.OtherNames {
			fn(n.Name)
		}
		return nil
	})
}

// EachPerson calls fn for every person.
func (d dataSubjects) EachPerson(ctx context.Context, fn func(privacy.Standing) error) error {
	return d.Walk(ctx, stakeholder.Search{Kind: string(stakeholder.Person)}, "", []driver.Key{{Path: "id"}}, func(s *stakeholder.Stakeholder) error {
		one := privacy.Standing{ID: s.ID, Country: s.Country, CreatedAt: s.CreatedAt}
		if s.Basis != nil {
			one.Basis = s.Basis.LawfulBasis
		}
		return fn(one)
	})
}

// Hide puts one into the trash.
func (d dataSubjects) Hide(ctx context.Context, id string) error {
	s, err := d.Get(ctx, id)
	if err == nil && s.TrashedAt == "" {
		_, err = d.Trash(ctx, id, s.Rev)
	}
	return err
}

// AddPseudonym adds a donor who stands for an erased one. That the books are kept by law is the basis for the
// little that is left.
func (d dataSubjects) AddPseudonym(ctx context.Context, name string, p *privacy.Person, today store.Date) (string, error) {
	s := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: name, Country: p.Country, Roles: []string{"donor"},
		Basis: &stakeholder.Basis{LawfulBasis: "legal-obligation", Source: "Erasure: the books are kept by law", Date: today}}
	if p.SourceType != "" {
		s.Donor = &stakeholder.Donor{SourceType: p.SourceType}
	}
	err := d.Create(ctx, s)
	return s.ID, err
}

// wirePrivacy makes the room, and tells it what the others do themselves in an erasure.
func (a *App) wirePrivacy(digest func(string) string) {
	a.privacy = privacy.NewRepo(a.db, privacy.Options{
		People: dataSubjects{a.stakeholders}, Journal: a.audit, Digest: digest,
		Colleagues: a.accounts.Names, AskHolder: a.askHolder, EachContact: a.eachContact, Rules: a.retentionRules(),
		Confirmed: func(ctx context.Context, t privacy.Target) error {
			return a.mail.BlockAddresses(ctx, t.ErasureID, t.Addresses)
		},
		Steps: []privacy.Step{
			{Do: a.eraseMerges, Covers: []string{"merges", "merge_parts"}},
			{Do: a.erasePacks, Covers: []string{"board_pack_files"}},
			{Do: a.eraseImports, Covers: []string{"stakeholder_import_rows"}},
			{Do: a.eraseAwardFiles, Covers: []string{"award_import_files"}},
			{Do: a.eraseMail, Covers: []string{"messages", "bodies", "threads"}},
			{Do: oldCopies(a.cfg), Covers: nil},
		},
	})
}

// answerWithin is how many days a colleague has: the law gives one month for the whole answer.
const answerWithin = 14

// askHolder gives a colleague the task to share what they keep private of a person, or to hand it over.
func (a *App) askHolder(ctx context.Context, accountID string, p *privacy.Person, n int) error {
	names, err := a.accounts.Names(ctx)
	if err != nil || names[accountID] == "" {
		return err
	}
	_, err = a.engagement.AddTask(ctx, &engagement.Task{
		Title: "Subject access: share or hand over what you keep private of " + p.Name, OwnerID: accountID, Private: true, StakeholderIDs: []string{p.ID},
		Notes: fmt.Sprintf("They have asked what is held about them. You keep %d mails or notes that nobody else may read. Share them in full, then the export has them, or hand them over yourself.", n),
		Due:   store.Date(a.db.Clock().AddDate(0, 0, answerWithin).Format(time.DateOnly)),
	}, "")
	return err
}

// eachContact tells of everything that happened with somebody.
func (a *App) eachContact(ctx context.Context, fn func(string, store.Instant)) error {
	err := a.engagement.EachInteraction(ctx, engagement.InteractionSearch{}, "", func(i *engagement.Interaction) error {
		for _, id := range i.StakeholderIDs {
			fn(id, i.At)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.mail.EachInvolved(ctx, fn)
}

// eraseMerges ends the undo of merges that the person had a part in.
func (a *App) eraseMerges(ctx context.Context, t privacy.Target, dry bool) (c privacy.Effect, err error) {
	c.Collection = "merges"
	if dry {
		page, err := a.merges.Merges(ctx, t.StakeholderID, store.Query{Limit: 1})
		c.Removed = page.Total
		return c, err
	}
	c.Removed, err = a.merges.Forget(ctx, t.StakeholderID, "Erasure of a person, request "+t.ErasureID)
	return c, err
}

func (a *App) eraseImports(ctx context.Context, t privacy.Target, dry bool) (privacy.Effect, error) {
	n, err := a.imports.Forget(ctx, t.StakeholderID, t.Named, dry)
	return privacy.Effect{Collection: "stakeholder_import_rows", Removed: n.Rows + n.Files}, err
}

// eraseAwardFiles removes the files of awards that wait: they may name anybody.
func (a *App) eraseAwardFiles(ctx context.Context, _ privacy.Target, dry bool) (privacy.Effect, error) {
	n, err := a.awards.Forget(ctx, dry)
	return privacy.Effect{Collection: "award_import_files", Removed: n}, err
}

func (a *App) eraseMail(ctx context.Context, t privacy.Target, dry bool) (privacy.Effect, error) {
	n, err := a.mail.Forget(ctx, mail.Gone{StakeholderID: t.StakeholderID, Addresses: t.Addresses, Name: t.Pseudonym.Name, Address: t.Pseudonym.Address}, dry)
	return privacy.Effect{Collection: "messages", Removed: n.Removed, Pseudonymised: n.Emptied + n.Redacted, Rewritten: n.Emptied}, err
}

// settled is how old an unfinished copy has to be before it counts as left behind.
const settled = 10 * time.Minute

// oldCopies removes what a restore has kept of the store as it was before, and copies that a backup or a restore
// which was killed has left in the data folder: the person is in them. Backups that were finished lie elsewhere,
// and are for people to look after.
func oldCopies(cfg config.Config) func(context.Context, privacy.Target, bool) (privacy.Effect, error) {
	return func(_ context.Context, _ privacy.Target, dry bool) (privacy.Effect, error) {
		c := privacy.Effect{Collection: "copies"}
		for _, pattern := range []string{storeFile + "*.before-restore-*", ".restore-*", ".piper-backup-*"} {
			files, err := filepath.Glob(cfg.Path(pattern))
			if err != nil {
				return c, err
			}
			for _, f := range files {
				info, err := os.Stat(f)
				if err != nil || pattern[0] == '.' && time.Since(info.ModTime()) < settled {
					continue // gone, or somebody is at it
				}
				c.Removed++
				if dry {
					continue
				}
				if err := os.RemoveAll(f); err != nil {
					return c, err
				}
			}
		}
		return c, nil
	}
}
