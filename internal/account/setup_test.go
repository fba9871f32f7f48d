package account

import (
	"sync"
	"testing"

	"piper/internal/access"
	"piper/internal/fault"
)

func TestSetup(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		n := New{Email: "admin@example.org", Name: "Admin", Password: password}
		_, err := h.Setup(t.Context(), "", n, office)
		wantCode(t, err, fault.Forbidden)
		old, err := h.OfferSetup(t.Context())
		must(t, err)
		h.clock.add(setupFor)
		secret, err := h.OfferSetup(t.Context())
		must(t, err)
		for _, bad := range []string{"", "x", old} {
			_, err := h.Setup(t.Context(), bad, n, office)
			wantCode(t, err, fault.Forbidden)
		}
		_, err = h.Setup(t.Context(), secret, New{Email: "x"}, office)
		wantCode(t, err, fault.Invalid)
		if needed, err := h.NeedsSetup(t.Context()); !needed || err != nil {
			t.Fatal(needed, err)
		}
		in, err := h.Setup(t.Context(), secret, n, office)
		must(t, err)
		r, err := h.Authenticate(t.Context(), in.Secret)
		must(t, err)
		if r.Role != access.Administrator {
			t.Errorf("got %+v", r)
		}
		_, err = h.Setup(t.Context(), secret, New{Email: "b@example.org", Name: "B", Password: password}, office)
		wantCode(t, err, fault.Forbidden)
		if needed, _ := h.NeedsSetup(t.Context()); needed {
			t.Error("set-up is still needed")
		}
		if again, err := h.OfferSetup(t.Context()); again != "" || err != nil {
			t.Errorf("another link is offered: %q, %v", again, err)
		}
	})
}

func TestSetupIsVoidOnceThereIsAnAccount(t *testing.T) {
	h := newHouse(t)
	secret, err := h.OfferSetup(t.Context())
	must(t, err)
	h.account(t, "a@example.org", access.Board) // made on the command line meanwhile
	_, err = h.Setup(t.Context(), secret, New{Email: "b@example.org", Name: "B", Password: password}, office)
	wantCode(t, err, fault.Forbidden)
}

func TestOneOfSeveralSetupsAtOnceSucceeds(t *testing.T) {
	for range 10 {
		onEachEngine(t, func(t *testing.T, h *house) {
			one, err := h.OfferSetup(t.Context())
			must(t, err)
			two, err := h.OfferSetup(t.Context())
			must(t, err)
			var wg sync.WaitGroup
			var mu sync.Mutex
			done := 0
			for i := range 8 {
				wg.Go(func() {
					secret := []string{one, two}[i%2]
					_, err := h.Setup(t.Context(), secret, New{Email: string(rune('a'+i)) + "@example.org", Name: "A", Password: password}, office)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						done++
					} else if !fault.Is(err, fault.Forbidden) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n, _ := h.accounts.Count(admin(t), nil); done != 1 || n != 1 {
				t.Fatalf("%d set-ups succeeded, %d accounts", done, n)
			}
		})
	}
}
