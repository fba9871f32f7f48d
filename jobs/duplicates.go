package jobs

import (
	"context"
	"fmt"

	"piper/internal/merge"
	"piper/jobs/runner"
)

// duplicates gives the work of the job duplicates: it compares all stakeholders and brings the pairs that
// may be the same up to date.
func duplicates(merges *merge.Repo) func(context.Context, *runner.Progress) error {
	return func(ctx context.Context, p *runner.Progress) error {
		behind := 0
		found, err := merges.FindDuplicates(ctx, func(done, total int) {
			p.Total(total)
			p.Done(done - behind)
			behind = done
		})
		p.Done(found.Records - behind)
		p.Count("seen", found.Records)
		p.Count("created", found.Created)
		p.Count("changed", found.Changed)
		p.Count("removed", found.Removed)
		p.Count("repointed", found.Late)
		if err != nil {
			return err
		}
		p.Say(fmt.Sprintf("%d stakeholders were compared. %d possible duplicates are new.", found.Records, found.Created))
		return nil
	}
}
