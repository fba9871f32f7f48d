package account

import (
	"context"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/memory"
)

func TestNormalEmail(t *testing.T) {
	for in, want := range map[string]string{
		" Anna.Berg@Example.ORG ": "anna.berg@example.org", "a+b@x.eu": "a+b@x.eu",
		"": "", "anna": "", "anna@": "", "Anna <anna@example.org>": "", "a@b, c@d": "", "a b@x.org": "",
	} {
		if got, ok := NormalEmail(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
}

func TestAddSaysEverythingThatIsWrong(t *testing.T) {
	h := newHouse(t)
	_, err := h.Add(admin(t), New{Email: "x", Name: " ", Role: "king", Password: "short"})
	wantCode(t, err, fault.Invalid)
	if fields := fieldsOf(err); len(fields) != 4 {
		t.Errorf("fields %v", fields)
	}
	h.account(t, "a@example.org", access.Board)
	_, err = h.Add(admin(t), New{Email: "A@example.org", Name: "A", Role: access.Board, Password: password})
	wantCode(t, err, fault.Duplicate)
	if fields := fieldsOf(err); len(fields) != 1 || fields[0] != "email" {
		t.Errorf("fields %v", fields)
	}
}

func fieldsOf(err error) []string {
	var names []string
	if f, ok := err.(*fault.Error); ok { //nolint:errorlint // the outermost error is what is asked about
		for _, x := range f.Fields {
			names = append(names, x.Field)
		}
	}
	return names
}

func TestChangeEndsWhatItMust(t *testing.T) {
	for name, c := range map[string]struct {
		edit             func(e *Edit)
		sessions, tokens bool // whether they go on
		newPassword      string
		canSignIn        bool
	}{
		"name":     {func(e *Edit) { e.Name = "New" }, true, true, "", true},
		"role":     {func(e *Edit) { e.Role = access.Fundraiser }, false, true, "", true},
		"password": {func(e *Edit) { e.Password = "another one" }, false, true, "another one", true},
		"closing":  {func(e *Edit) { e.Closed = true }, false, false, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			a := h.account(t, "a@example.org", access.Board)
			in := h.signIn(t, "a@example.org")
			token, _, err := h.IssueToken(admin(t), a.ID, NewToken{Name: "x", Scope: WriteScope})
			must(t, err)
			if !h.good(t, in.Secret) || !h.good(t, token) {
				t.Fatal("not in")
			}
			e := Edit{Name: a.Name, Role: a.Role}
			c.edit(&e)
			after, err := h.Change(admin(t), a.ID, a.Rev, e)
			must(t, err)
			if after.Rev != a.Rev+1 || after.Role != e.Role || after.Name != e.Name || after.Closed != e.Closed {
				t.Errorf("got %+v", after)
			}
			if h.good(t, in.Secret) != c.sessions || h.good(t, token) != c.tokens {
				t.Errorf("session %v, token %v", h.good(t, in.Secret), h.good(t, token))
			}
			pw := password
			if c.newPassword != "" {
				_, err := h.SignIn(t.Context(), "a@example.org", password, office)
				wantCode(t, err, fault.Unauthenticated)
				pw = c.newPassword
			}
			if _, err := h.SignIn(t.Context(), "a@example.org", pw, office); (err == nil) != c.canSignIn {
				t.Errorf("signing in: %v", err)
			}
			_, err = h.Change(admin(t), a.ID, a.Rev, e)
			wantCode(t, err, fault.Stale)
		})
	}
}

func TestLastAdministratorStays(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		a, b := h.account(t, "a@example.org", access.Administrator), h.account(t, "b@example.org", access.Administrator)
		b, err := h.Change(admin(t), b.ID, b.Rev, Edit{Name: "B", Role: access.Administrator, Closed: true})
		must(t, err)
		for field, e := range map[string]Edit{
			"role":   {Name: "A", Role: access.Board},
			"closed": {Name: "A", Role: access.Administrator, Closed: true},
		} {
			_, err := h.Change(admin(t), a.ID, a.Rev, e)
			wantCode(t, err, fault.Invalid)
			if f := fieldsOf(err); len(f) != 1 || f[0] != field {
				t.Errorf("fields %v, want %s", f, field)
			}
		}
		got, err := h.Get(admin(t), a.ID)
		must(t, err)
		if got.Role != access.Administrator || got.Closed || got.Rev != a.Rev {
			t.Errorf("the refused change was kept: %+v", got)
		}
		_, err = h.Change(admin(t), b.ID, b.Rev, Edit{Name: "B", Role: access.Administrator})
		must(t, err)
		_, err = h.Change(admin(t), a.ID, a.Rev, Edit{Name: "A", Role: access.Board})
		must(t, err)
	})
}

func TestTwoAdministratorsCannotDemoteEachOther(t *testing.T) {
	for range 10 {
		onEachEngine(t, func(t *testing.T, h *house) {
			pair := []*Account{h.account(t, "a@example.org", access.Administrator), h.account(t, "b@example.org", access.Administrator)}
			var wg sync.WaitGroup
			for i := range pair {
				wg.Go(func() {
					other := pair[1-i]
					_, err := h.Change(as(t, pair[i]), other.ID, other.Rev, Edit{Name: "x", Role: access.Board})
					if err != nil && !fault.Is(err, fault.Invalid) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			left := 0
			for _, a := range pair {
				got, err := h.Get(admin(t), a.ID)
				must(t, err)
				if got.Role == access.Administrator {
					left++
				}
			}
			if left != 1 {
				t.Fatalf("%d administrators are left", left)
			}
		})
	}
}

func TestChangePassword(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Board)
	here, there := h.signIn(t, "a@example.org"), h.signIn(t, "a@example.org")
	_, err := h.ChangePassword(as(t, a), "wrong", "another one", office)
	wantCode(t, err, fault.Invalid)
	_, err = h.ChangePassword(as(t, a), password, "short", office)
	wantCode(t, err, fault.Invalid)
	if !h.good(t, here.Secret) || !h.good(t, there.Secret) {
		t.Fatal("a refused change ended sessions")
	}
	in, err := h.ChangePassword(as(t, a), password, "another one", office)
	must(t, err)
	if h.good(t, here.Secret) || h.good(t, there.Secret) || !h.good(t, in.Secret) {
		t.Error("the old sessions go on, or the new one does not")
	}
	for range perAccountAndNetwork {
		_, err = h.ChangePassword(as(t, a), "guess", "another one", office)
	}
	wantCode(t, err, fault.Invalid)
	_, err = h.ChangePassword(as(t, a), "another one", "yet another", office)
	wantCode(t, err, fault.TooMany)
}

func TestTokens(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		a, b := h.account(t, "a@example.org", access.Advocate), h.account(t, "b@example.org", access.Board)
		for _, bad := range []NewToken{{Scope: ReadScope}, {Name: "x"}, {Name: "x", Scope: "all"},
			{Name: "x", Scope: ReadScope, ExpiresAt: store.At(h.clock.now())}} {
			_, _, err := h.IssueToken(as(t, a), a.ID, bad)
			wantCode(t, err, fault.Invalid)
		}
		read, _, err := h.IssueToken(as(t, a), a.ID, NewToken{Name: "reader", Scope: ReadScope})
		must(t, err)
		write, wt, err := h.IssueToken(as(t, a), a.ID, NewToken{Name: "writer", Scope: WriteScope, ExpiresAt: store.At(h.clock.now().Add(time.Hour))})
		must(t, err)
		r, err := h.Authenticate(t.Context(), read)
		must(t, err)
		if !r.May(access.CallsRead) || r.May(access.CallsWrite) || r.AccountID != a.ID {
			t.Errorf("got %+v", r)
		}
		r, err = h.Authenticate(t.Context(), write)
		must(t, err)
		if !r.May(access.CallsWrite) || r.May(access.AdminRead) {
			t.Errorf("got %+v", r)
		}
		wantCode(t, h.RevokeToken(as(t, b), wt.ID), fault.NotFound)
		h.clock.add(time.Hour)
		if h.good(t, write) || !h.good(t, read) {
			t.Error("expiry does not hold, or holds for the other")
		}
		must(t, h.RevokeToken(as(t, a), wt.ID))
		list, err := h.TokensOf(as(t, a), a.ID)
		must(t, err)
		if len(list) != 1 || list[0].Name != "reader" {
			t.Errorf("got %+v", list)
		}
		must(t, h.RevokeToken(as(t, a), list[0].ID))
		if h.good(t, read) || h.good(t, TokenPrefix) || h.good(t, "") {
			t.Error("a secret without a token is good")
		}
	})
}

func TestUseOfATokenIsWrittenDownAtMostOnceAnHour(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Advocate)
	secret, tok, err := h.IssueToken(as(t, a), a.ID, NewToken{Name: "x", Scope: ReadScope})
	must(t, err)
	for range 13 {
		h.clock.add(10 * time.Minute)
		if !h.good(t, secret) {
			t.Fatal("not good")
		}
	}
	got, err := h.tokens.Get(admin(t), tok.ID)
	must(t, err)
	if got.Rev != 1+3 || got.LastUsedAt.IsZero() {
		t.Errorf("written %d times in two hours, last %s", got.Rev-1, got.LastUsedAt)
	}
	if n := len(h.events(t)); n != 2 {
		t.Errorf("%d entries, want account and token alone", n)
	}
}

func TestHashesNeverReachTheJournal(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Board)
	_, _, err := h.IssueToken(as(t, a), a.ID, NewToken{Name: "x", Scope: ReadScope})
	must(t, err)
	_, err = h.Change(admin(t), a.ID, a.Rev, Edit{Name: a.Name, Role: a.Role, Password: "another one"})
	must(t, err)
	page, err := h.journal.List(admin(t), audit.Query{})
	must(t, err)
	for _, e := range page.Items {
		for _, c := range e.Changes {
			if (c.Field == "passwordHash" || c.Field == "hash") != (c.Form == audit.Secret) {
				t.Errorf("%s: %+v", e.Collection, c)
			}
		}
	}
	if e := page.Items[0]; e.What != audit.Updated || len(e.Changes) != 1 || e.Changes[0].Field != "passwordHash" {
		t.Errorf("got %+v", e)
	}
}

// A process without a journal works as well.
func TestWithoutAJournal(t *testing.T) {
	db := store.New(memory.New(), store.Options{})
	r := NewRepo(db, Options{Params: quick})
	must(t, db.Start(t.Context(), nil))
	secret, err := r.OfferSetup(context.Background())
	must(t, err)
	_, err = r.Setup(context.Background(), secret, New{Email: "a@example.org", Name: "A", Password: password}, office)
	must(t, err)
}
