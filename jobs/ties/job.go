// Package ties measures, every night, how well each of us knows each stakeholder.
package ties

import (
	"context"
	"fmt"

	"piper/internal/store"
	"piper/internal/tie"
	"piper/jobs/runner"
)

// Source gives the contacts of one kind since a moment: mail, interactions. server/app.go makes them of
// the nouns.
type Source func(ctx context.Context, since store.Instant, add func(tie.Pair, tie.Contact)) error

// New gives the work of the job ties. It reads everything that counts, and writes what has changed since
// the night before; running it twice writes nothing the second time.
func New(ties *tie.Repo, sources ...Source) func(ctx context.Context, p *runner.Progress) error {
	return func(ctx context.Context, p *runner.Progress) error {
		today, ledger, contacts := ties.Today(), tie.Ledger{}, 0
		for _, source := range sources {
			err := source(ctx, tie.LookBack(today), func(pair tie.Pair, c tie.Contact) {
				ledger[pair] = append(ledger[pair], c)
				contacts++
			})
			if err != nil {
				return err
			}
		}
		p.Count("contacts", contacts)
		p.Total(len(ledger))
		saved, err := ties.Save(ctx, ledger, today, p.Done)
		p.Count("created", saved.Created)
		p.Count("updated", saved.Updated)
		p.Count("removed", saved.Removed)
		p.Count("unchanged", saved.Unchanged)
		if err != nil {
			return err
		}
		p.Say(fmt.Sprintf("Measured how well we know %d stakeholders, one colleague at a time.", stakeholders(ledger)))
		return nil
	}
}

func stakeholders(ledger tie.Ledger) int {
	seen := map[string]bool{}
	for pair := range ledger {
		seen[pair.StakeholderID] = true
	}
	return len(seen)
}
