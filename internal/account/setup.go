package account

import (
	"context"
	"crypto/subtle"
	"slices"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// setupFor is how long a set-up link is good.
const setupFor = 24 * time.Hour

// maxLinks bounds the links that are good at the same time; each start of the server prints one.
const maxLinks = 10

// setupID is the id of the one setup document.
const setupID = "setup"

// setup is the one document about the accounts as a whole. What must not happen twice at once writes it.
type setup struct {
	store.Meta
	Links      []link        `json:"links"`
	DoneAt     store.Instant `json:"doneAt,omitempty"`
	Departures int64         `json:"departures"` // administrators closed or demoted
}

// link is a set-up secret that has been handed out.
type link struct {
	Hash      string        `json:"hash"`
	ExpiresAt store.Instant `json:"expiresAt"`
}

// updateSetup changes the setup document, which it makes first where it is missing.
func (r *Repo) updateSetup(ctx context.Context, fn func(*setup) error) error {
	_, err := r.setups.Update(ctx, setupID, fn)
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	s := &setup{Links: []link{}}
	s.ID = setupID
	if err := fn(s); err != nil {
		return err
	}
	return r.setups.Create(ctx, s)
}

// NeedsSetup reports whether there is no account yet.
func (r *Repo) NeedsSetup(ctx context.Context) (bool, error) {
	if r.settled.Load() {
		return false, nil
	}
	n, err := r.accounts.Count(system(ctx), nil)
	if err != nil {
		return false, err
	}
	r.settled.Store(n > 0)
	return n == 0, nil
}

// OfferSetup gives a new set-up secret while there is no account, and "" when there is one. It is good
// for a day and for one use; earlier ones stay good beside it until then.
func (r *Repo) OfferSetup(ctx context.Context) (secret string, err error) {
	ctx = access.AsSystem(ctx, "set-up")
	needed, err := r.NeedsSetup(ctx)
	if err != nil || !needed {
		return "", err
	}
	secret = newSecret()
	hash, now := digestOf(secret).String(), r.db.Clock()
	offer := func(s *setup) error {
		s.Links = slices.DeleteFunc(s.Links, func(l link) bool { return !now.Before(l.ExpiresAt.Time()) })
		if extra := len(s.Links) - maxLinks + 1; extra > 0 {
			s.Links = s.Links[extra:]
		}
		s.Links = append(s.Links, link{Hash: hash, ExpiresAt: store.At(now.Add(setupFor))})
		return nil
	}
	err = r.updateSetup(ctx, offer)
	if fault.Is(err, fault.Duplicate) { // another process made the document at the same moment
		err = r.updateSetup(ctx, offer)
	}
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Setup makes the first account, an administrator, and signs it in. Of several who use good links at
// once, one succeeds.
func (r *Repo) Setup(ctx context.Context, secret string, n New, from From) (*SignedIn, error) {
	ctx = access.AsSystem(ctx, "set-up")
	n.Role = access.Administrator
	hash := digestOf(secret).String()
	s, err := r.setups.Get(ctx, setupID)
	if fault.Is(err, fault.NotFound) {
		return nil, errSetup()
	}
	if err != nil {
		return nil, err
	}
	// The cheap look first: only who holds a link may have passwords hashed.
	if err := r.checkLink(s, hash); err != nil {
		return nil, err
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	passwordHash, err := r.passwords.hash(ctx, n.Password)
	if err != nil {
		return nil, err
	}
	var in *SignedIn
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		err := r.updateSetup(ctx, func(s *setup) error {
			if err := r.checkLink(s, hash); err != nil {
				return err
			}
			s.DoneAt, s.Links = r.db.Now(), []link{}
			return nil
		})
		if err != nil {
			return err
		}
		have, err := r.accounts.Count(ctx, nil)
		if err != nil {
			return err
		}
		if have > 0 {
			return errSetup()
		}
		a, err := r.add(ctx, n, passwordHash)
		if err != nil {
			return err
		}
		if in, err = r.begin(ctx, a, from); err != nil {
			return err
		}
		return r.record(access.With(ctx, a.Reader()), "signed in", map[string]string{"from": from.IP})
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

// checkLink gives an error unless hash is that of a good link.
func (r *Repo) checkLink(s *setup, hash string) error {
	now := r.db.Clock()
	if s.DoneAt.IsZero() {
		for _, l := range s.Links {
			if subtle.ConstantTimeCompare([]byte(l.Hash), []byte(hash)) == 1 && now.Before(l.ExpiresAt.Time()) {
				return nil
			}
		}
	}
	return errSetup()
}

func errSetup() error {
	return fault.New(fault.Forbidden, "This set-up link is not valid, or no longer. Piper prints a new one when it is started without accounts.")
}
