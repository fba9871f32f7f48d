package account

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Scope is what a token may do of what its account may.
type Scope string

// The scopes.
const (
	ReadScope  Scope = "read"
	WriteScope Scope = "write"
)

// Token lets a program act as an account. Only the hash of its secret is kept.
type Token struct {
	store.Meta
	AccountID  string        `json:"accountId"`
	Hash       string        `json:"hash"`
	Name       string        `json:"name"`
	Scope      Scope         `json:"scope"`
	ExpiresAt  store.Instant `json:"expiresAt,omitempty"`  // "" = never
	LastUsedAt store.Instant `json:"lastUsedAt,omitempty"` // at most useEvery behind
}

// useEvery is how often the use of a token is written down.
const useEvery = time.Hour

// maxTokens is how many tokens an account has at most.
const maxTokens = 100

// NewToken is what a token is made of.
type NewToken struct {
	Name      string
	Scope     Scope
	ExpiresAt store.Instant // "" = never
}

// IssueToken makes a token of an account. The secret cannot be had again. The caller has checked that
// the reader may speak for the account.
func (r *Repo) IssueToken(ctx context.Context, accountID string, n NewToken) (secret string, t *Token, err error) {
	n.Name = strings.TrimSpace(n.Name)
	var c fault.Checks
	checkName(&c, n.Name)
	c.Require(n.Scope == ReadScope || n.Scope == WriteScope, "scope", "The scope is read or write.")
	c.Require(n.ExpiresAt.IsZero() || n.ExpiresAt.Time().After(r.db.Clock()), "expiresAt", "The day of expiry has passed.")
	if err := c.Err(); err != nil {
		return "", nil, err
	}
	secret = TokenPrefix + newSecret()
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		a, err := r.accounts.Get(ctx, accountID)
		if err != nil {
			return err
		}
		if a.Closed {
			return fault.New(fault.Invalid, "The account %s is closed.", a.Email)
		}
		list, err := r.TokensOf(ctx, accountID)
		if err != nil {
			return err
		}
		if len(list) >= maxTokens {
			return fault.New(fault.Invalid, "An account has at most %d tokens; revoke one first.", maxTokens)
		}
		t = &Token{AccountID: a.ID, Hash: digestOf(secret).String(), Name: n.Name, Scope: n.Scope, ExpiresAt: n.ExpiresAt}
		return r.tokens.Create(ctx, t)
	})
	if err != nil {
		return "", nil, err
	}
	return secret, t, nil
}

// TokensOf gives an account's tokens, the newest first.
func (r *Repo) TokensOf(ctx context.Context, accountID string) ([]*Token, error) {
	return r.tokens.Find(ctx, filter.Eq{Field: "accountId", Value: accountID}, []driver.Key{{Path: "id", Desc: true}}, 2*maxTokens)
}

// RevokeToken ends one of the reader's own tokens; fault.NotFound.
func (r *Repo) RevokeToken(ctx context.Context, id string) error {
	defer r.cache.clear()
	t, err := r.tokens.Get(ctx, id)
	if err != nil {
		return err
	}
	if t.AccountID != access.From(ctx).AccountID {
		return fault.New(fault.NotFound, "There is no such token.")
	}
	return r.tokens.Delete(ctx, id)
}

// revokeTokens ends every token of an account.
func (r *Repo) revokeTokens(ctx context.Context, accountID string) error {
	list, err := r.TokensOf(ctx, accountID)
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := r.tokens.Delete(ctx, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// byToken gives whom a token belongs to and until when that holds; the zero time is for ever.
func (r *Repo) byToken(ctx context.Context, d digest) (access.Reader, time.Time, error) {
	invalid := func() (access.Reader, time.Time, error) {
		return access.Reader{}, time.Time{}, fault.New(fault.Unauthenticated, "This token is not valid, or no longer.")
	}
	t, err := r.tokens.First(ctx, filter.Eq{Field: "hash", Value: d.String()})
	if fault.Is(err, fault.NotFound) {
		return invalid()
	}
	if err != nil {
		return access.Reader{}, time.Time{}, err
	}
	a, err := r.accounts.Get(ctx, t.AccountID)
	if err != nil {
		return access.Reader{}, time.Time{}, err
	}
	now := r.db.Clock()
	if a.Closed || (!t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt.Time())) {
		return invalid()
	}
	if t.LastUsedAt.IsZero() || now.Sub(t.LastUsedAt.Time()) >= useEvery {
		_, err := r.tokens.Update(ctx, t.ID, func(t *Token) error { t.LastUsedAt = store.At(now); return nil })
		if err != nil && !fault.Is(err, fault.NotFound) {
			// The request itself is good; the next one will try again.
			slog.WarnContext(ctx, "account: could not write down the use of a token", "error", err)
		}
	}
	reader := a.Reader()
	reader.ReadOnly = t.Scope != WriteScope
	return reader, t.ExpiresAt.Time(), nil
}

// Authenticate gives who presents a secret: an API token, or a session's cookie. The answer is kept for
// Options.Cache, so that a revocation in another process reaches this one within that time; one in this
// process counts at once. fault.Unauthenticated where the secret is not good.
func (r *Repo) Authenticate(ctx context.Context, secret string) (access.Reader, error) {
	d, now := digestOf(secret), r.db.Clock()
	if reader, ok := r.cache.get(d, now); ok {
		return reader, nil
	}
	gen, look := r.cache.generation(), r.bySession
	if isToken(secret) {
		look = r.byToken
	}
	reader, until, err := look(system(ctx), d)
	if err != nil {
		return access.Reader{}, err
	}
	if keep := now.Add(r.opts.Cache); until.IsZero() || keep.Before(until) {
		until = keep
	}
	r.cache.put(gen, d, reader, until)
	return reader, nil
}
