package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
)

// window is the time in which attempts are counted.
const window = 15 * time.Minute

// How many failed attempts a window allows. The account has many more than one network at one account,
// so that a stranger cannot lock its owner out from afar.
const (
	perAccountAndNetwork = 10
	perAccount           = 100
	perNetwork           = 100
)

// attempt counts sign-ins that have not succeeded. The counts live in the store: several processes
// agree on them, a restart does not forget them, and an attempt costs far more than the write anyway,
// for its password hash. Its ID is a hash, so that what was typed is not kept.
type attempt struct {
	store.Meta
	Count  int           `json:"count"`
	EndsAt store.Instant `json:"endsAt"` // when the window is over and the count void
}

type attemptKey struct {
	id    string
	limit int
}

// attemptKeys gives the counts that an attempt adds to.
func attemptKeys(email string, from From) []attemptKey {
	network := networkOf(from.IP)
	key := func(limit int, parts ...string) attemptKey {
		h := sha256.New()
		for _, p := range parts {
			h.Write([]byte(p))
			h.Write([]byte{0})
		}
		return attemptKey{id: hex.EncodeToString(h.Sum(nil)[:16]), limit: limit}
	}
	return []attemptKey{
		key(perAccountAndNetwork, "both", email, network),
		key(perAccount, "account", email),
		key(perNetwork, "network", network),
	}
}

// networkOf gives the address, or the /64 of an IPv6 one: a single host has a whole /64 to itself.
func networkOf(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// take counts an attempt before the password is looked at, so that many at once cannot slip through;
// giveBack takes it off again after a success. fault.TooMany where one of the counts is used up; then
// nothing is counted.
func (r *Repo) take(ctx context.Context, keys []attemptKey) error {
	for tries := 0; ; tries++ {
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			now := r.db.Clock()
			for _, k := range keys {
				if err := r.takeOne(ctx, k, now); err != nil {
					return err
				}
			}
			return nil
		})
		// Two first attempts at once may both try to make the count.
		if (fault.Is(err, fault.Duplicate) || fault.Is(err, fault.Stale)) && tries < 5 {
			continue
		}
		return err
	}
}

func (r *Repo) takeOne(ctx context.Context, k attemptKey, now time.Time) error {
	ends := store.At(now.Add(window))
	_, err := r.attempts.Get(ctx, k.id)
	if fault.Is(err, fault.NotFound) {
		a := &attempt{Count: 1, EndsAt: ends}
		a.ID = k.id
		return r.attempts.Create(ctx, a)
	}
	if err != nil {
		return err
	}
	_, err = r.attempts.Update(ctx, k.id, func(a *attempt) error {
		if left := a.EndsAt.Time().Sub(now); left <= 0 {
			a.Count, a.EndsAt = 0, ends
		} else if a.Count >= k.limit {
			return fault.New(fault.TooMany, "There were too many attempts to sign in. Please try again in %d minutes.", int(left/time.Minute)+1)
		}
		a.Count++
		return nil
	})
	return err
}

// giveBack takes one attempt off each count, and forgives the earlier ones from this network.
func (r *Repo) giveBack(ctx context.Context, keys []attemptKey) error {
	for i, k := range keys {
		_, err := r.attempts.Update(ctx, k.id, func(a *attempt) error {
			a.Count = max(0, a.Count-1)
			if i == 0 {
				a.Count = 0
			}
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}
