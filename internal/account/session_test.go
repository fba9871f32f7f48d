package account

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/fault"
)

func TestSignInGivesASessionThatSurvivesARestart(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "Anna@Example.org", access.Advocate)
	in, err := h.SignIn(t.Context(), " ANNA@example.org ", password, office)
	must(t, err)
	again := open(t, h.engine, h.clock, Options{})
	r, err := again.Authenticate(t.Context(), in.Secret)
	must(t, err)
	if r.AccountID != a.ID || r.Role != access.Advocate || r.Name != a.Name || r.ReadOnly {
		t.Errorf("got %+v", r)
	}
	if list, err := again.Sessions(as(t, a)); err != nil || len(list) != 1 || list[0].IP != office.IP || list[0].UserAgent != "Firefox" {
		t.Errorf("sessions %+v, %v", list, err)
	}
}

func TestSignInNeverTellsWhatWasWrong(t *testing.T) {
	h := newHouse(t)
	h.account(t, "admin@example.org", access.Administrator)
	closed := h.account(t, "closed@example.org", access.Advocate)
	_, err := h.Change(admin(t), closed.ID, closed.Rev, Edit{Name: closed.Name, Role: closed.Role, Closed: true})
	must(t, err)
	var messages []string
	for _, try := range [][2]string{
		{"admin@example.org", "wrong password"}, {"admin@example.org", ""}, {"nobody@example.org", password},
		{"closed@example.org", password}, {"not an address", password}, {"", ""}, {"admin@example.org", strings.Repeat("x", 5000)},
	} {
		_, err := h.SignIn(t.Context(), try[0], try[1], office)
		wantCode(t, err, fault.Unauthenticated)
		var f *fault.Error
		if errors.As(err, &f) {
			messages = append(messages, f.Message)
		}
	}
	if len(slices.Compact(messages)) != 1 {
		t.Errorf("different answers: %q", messages)
	}
}

// What takes the time is the password hash: it is made for nobody too, at the same cost.
func TestUnknownAccountCostsAHash(t *testing.T) {
	params := *quick
	params.Memory, params.Iterations = 8192, 4
	p := newPasswords(&params)
	got, salt, key, err := argon2id.DecodeHash(p.nobody)
	must(t, err)
	if *got != params || len(salt) != int(params.SaltLength) || len(key) != int(params.KeyLength) {
		t.Errorf("nobody's hash costs %+v, others' %+v", *got, params)
	}
	start := time.Now()
	ok, err := p.match(t.Context(), "", "")
	must(t, err)
	// Several milliseconds of work; without the hash it would be a few nanoseconds.
	if took := time.Since(start); ok || took < time.Millisecond {
		t.Errorf("matches: %v, in %v", ok, took)
	}
}

func TestSessionEndsWhenIdleAndInAnyCase(t *testing.T) {
	h := open(t, newHouse(t).engine, &clock{t: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)},
		Options{Idle: time.Hour, Longest: 5 * time.Hour})
	h.account(t, "a@example.org", access.Board)
	idle, used := h.signIn(t, "a@example.org"), h.signIn(t, "a@example.org")
	for range 9 {
		h.clock.add(30 * time.Minute)
		if !h.good(t, used.Secret) {
			t.Fatal("a session in use has ended")
		}
	}
	if h.good(t, idle.Secret) {
		t.Error("an idle session goes on")
	}
	h.clock.add(30 * time.Minute)
	if h.good(t, used.Secret) {
		t.Error("a session outlives its longest time")
	}
	n, err := h.Sweep(t.Context())
	must(t, err)
	if n < 2 {
		t.Errorf("swept %d", n)
	}
	if left, _ := h.sessions.Count(admin(t), nil); left != 0 {
		t.Errorf("%d sessions are left", left)
	}
}

func TestSignOutAndEndOthersAreFeltAtOnce(t *testing.T) {
	h := newHouse(t)
	a, b := h.account(t, "a@example.org", access.Board), h.account(t, "b@example.org", access.Board)
	one, two := h.signIn(t, "a@example.org"), h.signIn(t, "a@example.org")
	if !h.good(t, one.Secret) || !h.good(t, two.Secret) {
		t.Fatal("not signed in")
	}
	must(t, h.SignOut(t.Context(), one.Secret))
	must(t, h.SignOut(t.Context(), one.Secret))
	if h.good(t, one.Secret) || !h.good(t, two.Secret) {
		t.Error("signing out ended the wrong session, or none")
	}
	list, err := h.Sessions(as(t, a))
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d sessions", len(list))
	}
	wantCode(t, h.EndSession(as(t, b), list[0].ID), fault.NotFound)
	if !h.good(t, two.Secret) {
		t.Error("somebody else ended it")
	}
	must(t, h.EndSession(as(t, a), list[0].ID))
	if h.good(t, two.Secret) {
		t.Error("an ended session goes on")
	}
}

func TestAnAccountHasBoundedSessions(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Board)
	first := h.signIn(t, "a@example.org")
	for range maxSessions {
		h.clock.add(time.Second)
		h.signIn(t, "a@example.org")
	}
	if list, err := h.Sessions(as(t, a)); err != nil || len(list) != maxSessions {
		t.Errorf("%d sessions, %v", len(list), err)
	}
	if h.good(t, first.Secret) {
		t.Error("the oldest goes on")
	}
}

// Another process learns of a revocation when its memory of the secret is over, and no later.
func TestOtherProcessesLearnWithinTheCacheTime(t *testing.T) {
	h := newHouse(t)
	other := open(t, h.engine, h.clock, Options{})
	a := h.account(t, "a@example.org", access.Board)
	in := h.signIn(t, "a@example.org")
	if !other.good(t, in.Secret) {
		t.Fatal("not signed in")
	}
	_, err := h.Change(admin(t), a.ID, a.Rev, Edit{Name: a.Name, Role: access.Advocate})
	must(t, err)
	h.clock.add(other.opts.Cache)
	if other.good(t, in.Secret) {
		t.Error("the other process still lets it in")
	}
}

// An answer that was looked up before a revocation must not be remembered after it.
func TestCacheForgetsAnswersFromBeforeAChange(t *testing.T) {
	var c cache
	d, now := digestOf("x"), time.Now()
	gen := c.generation()
	c.clear()
	c.put(gen, d, access.Reader{AccountID: "a"}, now.Add(time.Hour))
	if _, ok := c.get(d, now); ok {
		t.Error("remembered")
	}
	for i := range maxKnown + 5 {
		c.put(c.generation(), digestOf(fmt.Sprint(i)), access.Reader{}, now.Add(time.Hour))
	}
	if len(c.known) > maxKnown {
		t.Errorf("%d are remembered", len(c.known))
	}
}

func TestSecretsAreNotStored(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Board)
	in := h.signIn(t, "a@example.org")
	secret, _, err := h.IssueToken(admin(t), a.ID, NewToken{Name: "x", Scope: ReadScope})
	must(t, err)
	for name, get := range map[string]func() ([]byte, error){
		"account": func() ([]byte, error) { return h.accounts.GetRaw(admin(t), a.ID) },
		"session": func() ([]byte, error) {
			s, err := h.SessionOf(t.Context(), in.Secret)
			must(t, err)
			return h.sessions.GetRaw(admin(t), s.ID)
		},
		"token": func() ([]byte, error) {
			list, err := h.TokensOf(admin(t), a.ID)
			must(t, err)
			return h.tokens.GetRaw(admin(t), list[0].ID)
		},
	} {
		raw, err := get()
		must(t, err)
		for _, s := range []string{password, in.Secret, secret, strings.TrimPrefix(secret, TokenPrefix)} {
			if strings.Contains(string(raw), s) {
				t.Errorf("the %s holds a secret: %s", name, raw)
			}
		}
	}
}

func TestEventsOfSignIn(t *testing.T) {
	h := newHouse(t)
	h.account(t, "a@example.org", access.Board)
	in := h.signIn(t, "a@example.org")
	_, err := h.SignIn(t.Context(), "hunter2-in-the-wrong-box", "x", office)
	wantCode(t, err, fault.Unauthenticated)
	must(t, h.SignOut(t.Context(), in.Secret))
	want := []string{"created", "signed in", "sign-in refused", "signed out"}
	if got := h.events(t); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	h := newHouse(b)
	a := h.account(b, "a@example.org", access.Board)
	secret, _, err := h.IssueToken(admin(b), a.ID, NewToken{Name: "x", Scope: ReadScope})
	must(b, err)
	for b.Loop() {
		if _, err := h.Authenticate(b.Context(), secret); err != nil {
			b.Fatal(err)
		}
	}
}

// A sign-in that commits while the account changes leaves a session from before the change.
func TestSessionFromBeforeAChangeIsWorthless(t *testing.T) {
	h := newHouse(t)
	a := h.account(t, "a@example.org", access.Board)
	_, err := h.Change(admin(t), a.ID, a.Rev, Edit{Name: a.Name, Role: access.Advocate})
	must(t, err)
	in, err := h.begin(admin(t), a, office) // as the account was
	must(t, err)
	if h.good(t, in.Secret) {
		t.Error("it lets somebody in")
	}
	if list, err := h.Sessions(as(t, a)); err != nil || len(list) != 0 {
		t.Errorf("it is listed: %+v, %v", list, err)
	}
}
