package account

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Change edits revision rev of an account; fault.Stale where it has another one. A new role or password
// and closing end all its sessions; closing revokes its tokens too. The last administrator who can sign
// in stays one: fault.Invalid.
func (r *Repo) Change(ctx context.Context, id string, rev int64, e Edit) (*Account, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	var hash string
	if e.Password != "" {
		var err error
		if hash, err = r.passwords.hash(ctx, e.Password); err != nil {
			return nil, err
		}
	}
	var after *Account
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		before, err := r.accounts.Get(ctx, id)
		if err != nil {
			return err
		}
		ends := e.Role != before.Role || hash != "" || (e.Closed && !before.Closed)
		after, err = r.accounts.UpdateAt(ctx, id, rev, func(a *Account) error {
			a.Name, a.Role, a.Closed = e.Name, e.Role, e.Closed
			if hash != "" {
				a.PasswordHash = hash
			}
			if ends {
				a.Epoch++
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := r.keepAdministrator(ctx, before, after); err != nil {
			return err
		}
		if !ends {
			return nil
		}
		if err := r.endSessions(ctx, id); err != nil {
			return err
		}
		if after.Closed {
			return r.revokeTokens(ctx, id)
		}
		return nil
	})
	r.cache.clear()
	if err != nil {
		return nil, err
	}
	return after, nil
}

// keepAdministrator fails where the change from before to after leaves nobody who can administer.
func (r *Repo) keepAdministrator(ctx context.Context, before, after *Account) error {
	administers := func(a *Account) bool { return a.Role == access.Administrator && !a.Closed }
	if !administers(before) || administers(after) {
		return nil
	}
	// Two administrators who demote each other at the same moment each see the other in office. Both
	// write this document, so one of the two transactions meets the other and is run again.
	if err := r.updateSetup(ctx, func(s *setup) error { s.Departures++; return nil }); err != nil {
		return err
	}
	n, err := r.accounts.Count(ctx, filter.And{
		filter.Eq{Field: "role", Value: string(access.Administrator)},
		filter.Eq{Field: "closed", Value: false},
	})
	if err != nil || n > 0 {
		return err
	}
	if after.Closed {
		return fault.Field("closed", "This is the last administrator; make another one first.")
	}
	return fault.Field("role", "This is the last administrator; make another one first.")
}

// ChangePassword gives the reader's own account a new password. All sessions end; the one from which
// this was asked goes on as a new one.
func (r *Repo) ChangePassword(ctx context.Context, current, next string, from From) (*SignedIn, error) {
	var c fault.Checks
	checkPassword(&c, "next", next)
	if err := c.Err(); err != nil {
		return nil, err
	}
	me, err := r.accounts.Get(ctx, access.From(ctx).AccountID)
	if err != nil {
		return nil, err
	}
	keys := attemptKeys(me.Email, from)
	if err := r.take(ctx, keys); err != nil {
		return nil, err
	}
	ok, err := r.passwords.match(ctx, current, me.PasswordHash)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fault.Field("current", "This is not your password.")
	}
	hash, err := r.passwords.hash(ctx, next)
	if err != nil {
		return nil, err
	}
	var in *SignedIn
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		after, err := r.accounts.UpdateAt(ctx, me.ID, me.Rev, func(a *Account) error {
			a.PasswordHash = hash
			a.Epoch++
			return nil
		})
		if err != nil {
			return err
		}
		if err := r.endSessions(ctx, me.ID); err != nil {
			return err
		}
		if err := r.giveBack(ctx, keys); err != nil {
			return err
		}
		in, err = r.begin(ctx, after, from)
		return err
	})
	r.cache.clear()
	if err != nil {
		return nil, err
	}
	return in, nil
}
