package account

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Session is one browser that has signed in. Only the hash of its secret is kept.
type Session struct {
	store.Meta
	AccountID string        `json:"accountId"`
	Hash      string        `json:"hash"`
	Epoch     int64         `json:"epoch"` // the account's at sign-in; another one means that it is over
	IP        string        `json:"ip"`
	UserAgent string        `json:"userAgent"`
	SeenAt    store.Instant `json:"seenAt"`    // last use, at most touchEvery behind
	ExpiresAt store.Instant `json:"expiresAt"` // when it ends if it is not used; never after EndsAt
	EndsAt    store.Instant `json:"endsAt"`
}

// touchEvery is how often the use of a session is written down.
const touchEvery = 10 * time.Minute

// maxSessions is how many sessions an account has at most; the one that was idle longest ends first.
const maxSessions = 50

// SignedIn is what a successful sign-in gives.
type SignedIn struct {
	Secret  string // for the cookie; it cannot be had again
	Account *Account
	EndsAt  time.Time
}

// SignIn checks an address and a password and begins a session. Whether the address is unknown, the
// account closed or the password wrong, the answer is the same and takes as long. fault.TooMany after
// too many attempts.
func (r *Repo) SignIn(ctx context.Context, email, password string, from From) (*SignedIn, error) {
	ctx = system(ctx)
	normal, _ := NormalEmail(email)
	keys := attemptKeys(normal, from)
	if err := r.take(ctx, keys); err != nil {
		return nil, err
	}
	a, err := r.accounts.First(ctx, filter.Eq{Field: "email", Value: normal})
	if fault.Is(err, fault.NotFound) {
		a = &Account{Closed: true}
	} else if err != nil {
		return nil, err
	}
	if len(password) > maxPassword {
		password = ""
	}
	ok, err := r.passwords.match(ctx, password, a.PasswordHash)
	if err != nil {
		return nil, err
	}
	if !ok || a.Closed {
		return nil, r.refuse(ctx, a, from)
	}
	var in *SignedIn
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		now, err := r.accounts.Get(ctx, a.ID)
		if err != nil {
			return err
		}
		if now.Closed || now.PasswordHash != a.PasswordHash {
			return errSignIn()
		}
		if err := r.giveBack(ctx, keys); err != nil {
			return err
		}
		if in, err = r.begin(ctx, now, from); err != nil {
			return err
		}
		return r.record(access.With(ctx, now.Reader()), "signed in", map[string]string{"from": from.IP})
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

func errSignIn() error {
	return fault.New(fault.Unauthenticated, "The e-mail address or the password is not right.")
}

// refuse writes the failed attempt down. What was typed as an address is named only where it is one of
// ours: people type passwords into the wrong box.
func (r *Repo) refuse(ctx context.Context, a *Account, from From) error {
	email := a.Email
	if email == "" {
		email = "an unknown address"
	}
	if err := r.record(ctx, "sign-in refused", map[string]string{"email": email, "from": from.IP}); err != nil {
		return err
	}
	return errSignIn()
}

// begin makes a session of a.
func (r *Repo) begin(ctx context.Context, a *Account, from From) (*SignedIn, error) {
	secret, now := newSecret(), r.db.Clock()
	ends := now.Add(r.opts.Longest)
	s := &Session{
		AccountID: a.ID, Hash: digestOf(secret).String(), Epoch: a.Epoch, IP: from.IP, UserAgent: from.agent(),
		SeenAt: store.At(now), EndsAt: store.At(ends), ExpiresAt: store.At(r.expiry(now, ends)),
	}
	if err := r.trimSessions(ctx, a.ID); err != nil {
		return nil, err
	}
	if err := r.sessions.Create(ctx, s); err != nil {
		return nil, err
	}
	return &SignedIn{Secret: secret, Account: a, EndsAt: ends}, nil
}

func (r *Repo) expiry(now, ends time.Time) time.Time {
	if idle := now.Add(r.opts.Idle); idle.Before(ends) {
		return idle
	}
	return ends
}

// trimSessions makes room for one more session.
func (r *Repo) trimSessions(ctx context.Context, accountID string) error {
	list, err := r.sessionsOf(ctx, accountID)
	if err != nil {
		return err
	}
	for len(list) >= maxSessions {
		if err := r.sessions.Delete(ctx, list[len(list)-1].ID); err != nil {
			return err
		}
		list = list[:len(list)-1]
	}
	return nil
}

// sessionsOf gives the sessions of an account, the one used last first.
func (r *Repo) sessionsOf(ctx context.Context, accountID string) ([]*Session, error) {
	list, err := r.sessions.Find(ctx, filter.Eq{Field: "accountId", Value: accountID}, []driver.Key{{Path: "id"}}, 10*maxSessions)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b *Session) int { return b.SeenAt.Time().Compare(a.SeenAt.Time()) })
	return list, nil
}

// Sessions gives the reader's own sessions that are still good, the one used last first.
func (r *Repo) Sessions(ctx context.Context) ([]*Session, error) {
	me, err := r.accounts.Get(ctx, access.From(ctx).AccountID)
	if err != nil {
		return nil, err
	}
	list, err := r.sessionsOf(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	now := r.db.Clock()
	return slices.DeleteFunc(list, func(s *Session) bool { return s.Epoch != me.Epoch || !now.Before(s.ExpiresAt.Time()) }), nil
}

// SessionOf gives the good session that a cookie's secret belongs to; fault.Unauthenticated.
func (r *Repo) SessionOf(ctx context.Context, secret string) (*Session, error) {
	s, _, err := r.session(system(ctx), digestOf(secret))
	return s, err
}

// session looks a session up and checks it and its account.
func (r *Repo) session(ctx context.Context, d digest) (*Session, *Account, error) {
	s, err := r.sessions.First(ctx, filter.Eq{Field: "hash", Value: d.String()})
	if fault.Is(err, fault.NotFound) {
		return nil, nil, errSignedOut()
	}
	if err != nil {
		return nil, nil, err
	}
	a, err := r.accounts.Get(ctx, s.AccountID)
	if err != nil {
		return nil, nil, err
	}
	if a.Closed || s.Epoch != a.Epoch || !r.db.Clock().Before(s.ExpiresAt.Time()) {
		return nil, nil, errSignedOut()
	}
	return s, a, nil
}

func errSignedOut() error { return fault.New(fault.Unauthenticated, "Please sign in.") }

// bySession gives whom a session belongs to and until when that holds.
func (r *Repo) bySession(ctx context.Context, d digest) (access.Reader, time.Time, error) {
	s, a, err := r.session(ctx, d)
	if err != nil {
		return access.Reader{}, time.Time{}, err
	}
	now := r.db.Clock()
	if now.Sub(s.SeenAt.Time()) >= touchEvery {
		_, err := r.sessions.Update(ctx, s.ID, func(s *Session) error {
			s.SeenAt, s.ExpiresAt = store.At(now), store.At(r.expiry(now, s.EndsAt.Time()))
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) {
			// The request itself is good; the next one will try again.
			slog.WarnContext(ctx, "account: could not write down the use of a session", "error", err)
		}
	}
	return a.Reader(), s.ExpiresAt.Time(), nil
}

// SignOut ends the session of a cookie's secret; one that is not known is out already.
func (r *Repo) SignOut(ctx context.Context, secret string) error {
	ctx = system(ctx)
	s, a, err := r.session(ctx, digestOf(secret))
	if fault.Is(err, fault.Unauthenticated) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.endSession(access.With(ctx, a.Reader()), s.ID, "signed out")
}

// EndSession ends one of the reader's own sessions; fault.NotFound.
func (r *Repo) EndSession(ctx context.Context, id string) error {
	s, err := r.sessions.Get(ctx, id)
	if err != nil {
		return err
	}
	if s.AccountID != access.From(ctx).AccountID {
		return fault.New(fault.NotFound, "There is no such session.")
	}
	return r.endSession(ctx, id, "session ended")
}

func (r *Repo) endSession(ctx context.Context, id, what string) error {
	defer r.cache.clear()
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.sessions.Delete(ctx, id); err != nil {
			return err
		}
		return r.record(ctx, what, map[string]string{"session": id})
	})
}

// endSessions ends every session of an account. Raising its Epoch has already made them worthless.
func (r *Repo) endSessions(ctx context.Context, accountID string) error {
	list, err := r.sessionsOf(ctx, accountID)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := r.sessions.Delete(ctx, s.ID); err != nil {
			return err
		}
	}
	return nil
}
