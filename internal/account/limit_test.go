package account

import (
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
)

func TestLimitOnAttempts(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		h.account(t, "a@example.org", access.Board)
		try := func(email, pw, ip string) error {
			_, err := h.SignIn(t.Context(), email, pw, From{IP: ip})
			return err
		}
		for _, email := range []string{"a@example.org", "nobody@example.org"} {
			for range perAccountAndNetwork {
				wantCode(t, try(email, "wrong", "192.0.2.1"), fault.Unauthenticated)
			}
			wantCode(t, try(email, "wrong", "192.0.2.1"), fault.TooMany)
		}
		wantCode(t, try("a@example.org", password, "192.0.2.1"), fault.TooMany)
		other := open(t, h.engine, h.clock, Options{})
		if _, err := other.SignIn(t.Context(), "a@example.org", password, From{IP: "192.0.2.1"}); !fault.Is(err, fault.TooMany) {
			t.Errorf("another process lets it try on: %v", err)
		}
		must(t, try("a@example.org", password, "198.51.100.7")) // its owner, from elsewhere
		h.clock.add(window)
		must(t, try("a@example.org", password, "192.0.2.1"))
	})
}

func TestLimitPerNetworkAndPerAccount(t *testing.T) {
	h := newHouse(t)
	h.account(t, "a@example.org", access.Board)
	var err error
	for i := range perNetwork + 1 { // one host of an IPv6 network, every account once, from changing addresses
		_, err = h.SignIn(t.Context(), time.Duration(i).String()+"@example.org", "wrong",
			From{IP: "2001:db8::" + string("0123456789abcdef"[i%16])})
	}
	wantCode(t, err, fault.TooMany)
	for i := range perAccount + 1 { // one account, from changing networks
		_, err = h.SignIn(t.Context(), "a@example.org", "wrong", From{IP: "10.0." + time.Duration(i).String()})
	}
	wantCode(t, err, fault.TooMany)
}

func TestSuccessesAreNotCounted(t *testing.T) {
	h := newHouse(t)
	h.account(t, "a@example.org", access.Board)
	for range 2 * perNetwork {
		h.signIn(t, "a@example.org")
	}
	for range 3 * perAccountAndNetwork { // mistyping now and then locks nobody out
		_, err := h.SignIn(t.Context(), "a@example.org", "wrong", office)
		wantCode(t, err, fault.Unauthenticated)
		h.signIn(t, "a@example.org")
	}
}

func TestManyAtOnceCannotSlipThroughTheLimit(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		h.account(t, "a@example.org", access.Board)
		var wg sync.WaitGroup
		var mu sync.Mutex
		checked := 0
		for range 5 * perAccountAndNetwork {
			wg.Go(func() {
				_, err := h.SignIn(t.Context(), "a@example.org", "wrong", office)
				mu.Lock()
				defer mu.Unlock()
				if fault.Is(err, fault.Unauthenticated) {
					checked++
				} else if !fault.Is(err, fault.TooMany) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if checked != perAccountAndNetwork {
			t.Errorf("%d passwords were checked, want %d", checked, perAccountAndNetwork)
		}
	})
}
