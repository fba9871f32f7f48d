package stakeholder

import (
	"context"
	"strconv"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
)

// Succeed gives a post to its next holder, in one step: revision rev of the former holder's affiliation ends
// right before the next one begins, and the next is recorded at the same organisation or seat. How exactly
// the end is known is how exactly the beginning is: who begins on 2026-09-16 follows somebody who left on
// 2026-09-15, who begins in 2026-09 somebody who left in 2026-08. A former holder who has left before stays as
// recorded. Without a title the next has that of the former.
func (r *Repo) Succeed(ctx context.Context, id string, rev int64, next *Affiliation) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		former, err := r.affiliations.Get(ctx, id)
		if err != nil {
			return err
		}
		one := *next
		if one.AtID = former.AtID; one.Title == "" {
			one.Title = former.Title
		}
		if err := one.tidy(); err != nil {
			return err
		}
		var c fault.Checks
		c.Require(one.From != "", "from", "Say when the next one begins, so that the former one can end before.")
		c.Require(one.PersonID != former.PersonID, "personId", "This is who holds the post already.")
		if err := c.Err(); err != nil {
			return err
		}
		end := rightBefore(one.From)
		if before(end, former.From) {
			return fault.Field("from", "The former holder began on %s; the next one can begin only after that.", former.From)
		}
		if _, err := r.UpdateAffiliation(ctx, id, rev, func(a *Affiliation) {
			if a.Overlaps(one.Span) {
				a.To = end
			}
		}); err != nil {
			return err
		}
		if err := r.CreateAffiliation(ctx, &one); err != nil {
			return err
		}
		*next = one
		return nil
	})
}

// rightBefore gives the day before a day, the month before a month, the year before a year.
func rightBefore(from string) string {
	switch len(from) {
	case len("2026"):
		year, _ := strconv.Atoi(from)
		return time.Date(year-1, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
	case len("2026-11"):
		day, _ := store.ParseDate(from + "-01")
		return day.Time().AddDate(0, -1, 0).Format("2006-01")
	}
	return store.Date(from).Time().AddDate(0, 0, -1).Format(time.DateOnly)
}
