package engagement

import (
	"context"
	"slices"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// Follows are the stakeholders that one account follows: what changes about them is in its digest. The
// document has the account's id.
type Follows struct {
	store.Meta
	StakeholderIDs []string `json:"stakeholderIds" nullable:"false"`
}

const maxFollows = 2000

// Following gives the ids of the stakeholders that an account follows.
func (r *Repo) Following(ctx context.Context, accountID string) ([]string, error) {
	f, err := r.follows.Get(ctx, accountID)
	if fault.Is(err, fault.NotFound) {
		return []string{}, nil
	}
	if err != nil {
		return nil, err
	}
	return distinct(f.StakeholderIDs), nil
}

// Follow lets the reader follow a stakeholder. Twice is once.
func (r *Repo) Follow(ctx context.Context, stakeholderID string) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.checkStakeholders(ctx, []string{stakeholderID}); err != nil {
			return err
		}
		return r.changeFollows(ctx, func(ids []string) []string { return distinct(append(ids, stakeholderID)) })
	})
}

// Unfollow ends that. It is no fault not to have followed.
func (r *Repo) Unfollow(ctx context.Context, stakeholderID string) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		return r.changeFollows(ctx, func(ids []string) []string {
			return slices.DeleteFunc(ids, func(id string) bool { return id == stakeholderID })
		})
	})
}

// changeFollows changes the reader's list in the transaction of ctx. The first two of one account at the
// same moment both make the document; the transaction that comes second is refused and may be repeated.
func (r *Repo) changeFollows(ctx context.Context, change func([]string) []string) error {
	me := access.From(ctx).AccountID
	if me == "" {
		return fault.New(fault.Forbidden, "Only an account can follow.")
	}
	_, err := r.follows.Get(ctx, me)
	if fault.Is(err, fault.NotFound) {
		f := &Follows{StakeholderIDs: change(nil)}
		f.ID = me
		return r.follows.Create(ctx, f)
	}
	if err != nil {
		return err
	}
	_, err = r.follows.Update(ctx, me, func(f *Follows) error {
		f.StakeholderIDs = change(f.StakeholderIDs)
		if len(f.StakeholderIDs) > maxFollows {
			return fault.Field("stakeholderId", "One account follows at most %d stakeholders.", maxFollows)
		}
		return nil
	})
	return err
}
