package tie

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

type house struct {
	t    *testing.T
	repo *Repo
	ctx  context.Context
}

func newHouse(t *testing.T) *house {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	db := store.New(engine, store.Options{Now: func() time.Time { return time.Unix(today*86400, 0) }})
	h := &house{t, NewRepo(db), access.AsSystem(t.Context(), "test")}
	h.ok(db.Start(h.ctx, nil))
	t.Cleanup(func() { _ = db.Close() })
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) save(l Ledger, day int) Saved {
	h.t.Helper()
	s, err := h.repo.Save(h.ctx, l, day, func(int) {})
	h.ok(err)
	return s
}

func as(t *testing.T, id string, role access.Role) context.Context {
	return access.With(t.Context(), access.Reader{AccountID: id, Role: role})
}

func private(list []Contact) []Contact {
	for i := range list {
		list[i].Private = true
	}
	return list
}

// Strength that rests on private mail is a band for everybody but its owner; the board sees nothing that
// comes from mail, shared or not.
func TestWhoSeesWhatATieRestsOn(t *testing.T) {
	mails := func() []Contact { return times(4, 3, 1, Sent, Received) }
	meeting := times(1, 1, 5, Meeting)
	for name, c := range map[string]struct {
		contacts         []Contact
		team, mailToTeam bool // colleagues see the score; and words about mail
	}{
		"private mail":               {private(mails()), false, false},
		"shared mail":                {mails(), true, true},
		"private mail and a meeting": {append(private(mails()), meeting...), false, false},
		"one private among shared":   {append(mails(), private(times(1, 1, 40, Sent))...), false, false},
		"meeting":                    {meeting, true, false},
	} {
		h := newHouse(t)
		h.save(Ledger{{"s1", "ann"}: c.contacts}, today)
		met := slices.ContainsFunc(c.contacts, func(c Contact) bool { return c.Kind == Meeting })
		mail := slices.ContainsFunc(c.contacts, func(c Contact) bool { return c.Kind == Sent })
		for _, who := range []struct {
			id                  string
			role                access.Role
			detail, wordsOfMail bool
		}{
			{"ann", access.Advocate, true, mail},
			{"bob", access.Advocate, c.team, c.mailToTeam},
			{"fay", access.Fundraiser, c.team, c.mailToTeam},
			{"root", access.Administrator, c.team, c.mailToTeam},
			{"eve", access.Board, false, false},
		} {
			list, err := h.repo.Of(as(t, who.id, who.role), []string{"s1"})
			h.ok(err)
			if len(list) != 1 || list[0].Band == "" {
				t.Fatalf("%s, %s: %+v", name, who.id, list)
			}
			words := strings.Join(list[0].Reasons, "; ")
			if (list[0].Score != nil) != who.detail || (list[0].Parts != nil) != who.detail ||
				strings.Contains(words, "mail") != who.wordsOfMail || strings.Contains(words, "meeting") != met {
				t.Errorf("%s, %s (%s): score %v, %q", name, who.id, who.role, list[0].Score != nil, words)
			}
		}
		if list, err := h.repo.Of(t.Context(), []string{"s1"}); err == nil && len(list) > 0 && list[0].Score != nil {
			t.Errorf("%s: nobody in particular sees the score", name)
		}
	}
}

// A private interaction counts for the owner and is told to nobody else.
func TestPrivateMeeting(t *testing.T) {
	h := newHouse(t)
	h.save(Ledger{{"s1", "ann"}: private(times(1, 1, 5, Meeting))}, today)
	for id, sees := range map[string]bool{"ann": true, "bob": false} {
		list, err := h.repo.Of(as(t, id, access.Advocate), []string{"s1"})
		h.ok(err)
		if (len(list[0].Reasons) > 0) != sees {
			t.Errorf("%s reads %q", id, list[0].Reasons)
		}
	}
}

// Twice is once; what a merge has doubled becomes one; who never knew each other has no tie.
func TestSave(t *testing.T) {
	h := newHouse(t)
	l := Ledger{}
	for i := range 450 { // more than one transaction
		l[Pair{"s" + string(rune('a'+i%26)) + strings.Repeat("x", i/26), "ann"}] = times(1, 1, i%80, Meeting)
	}
	l[Pair{"news", "ann"}] = times(300, 1, 0, Received)
	if s := h.save(l, today); s.Created != 450 || s.Updated+s.Removed+s.Unchanged != 0 {
		t.Fatalf("first: %+v", s)
	}
	if s := h.save(l, today); s.Unchanged != 450 || s.Created+s.Updated+s.Removed != 0 {
		t.Fatalf("second: %+v", s)
	}
	ties, err := h.repo.All(h.ctx)
	h.ok(err)
	_, err = h.repo.ties.Update(h.ctx, ties[0].ID, func(t *Tie) error { t.StakeholderID = ties[1].StakeholderID; return nil })
	h.ok(err)
	if s := h.save(l, today); s.Created != 1 || s.Removed != 1 || s.Updated+s.Unchanged != 449 {
		t.Fatalf("after a merge: %+v", s)
	}
	if s := h.save(Ledger{}, today); s.Removed != 450 {
		t.Fatalf("emptied: %+v", s)
	}
	if n, err := h.repo.details.Count(h.ctx, nil); n != 0 || err != nil {
		t.Fatalf("%d details are left, %v", n, err)
	}
}

// Broken off in the middle, the night's work is whole pair by pair, and the next run finishes it.
func TestSaveBrokenOff(t *testing.T) {
	h := newHouse(t)
	l := Ledger{}
	for i := range 450 {
		l[Pair{"s" + strings.Repeat("x", i), "ann"}] = times(1, 1, 0, Meeting)
	}
	ctx, cancel := context.WithCancel(h.ctx)
	if _, err := h.repo.Save(ctx, l, today, func(int) { cancel() }); err == nil {
		t.Fatal("it went on")
	}
	ties, err := h.repo.All(h.ctx)
	h.ok(err)
	details, err := h.repo.details.Count(h.ctx, nil)
	h.ok(err)
	if len(ties) != perTx || details != perTx {
		t.Fatalf("%d ties, %d details", len(ties), details)
	}
	if s := h.save(l, today); s.Created != 250 || s.Unchanged != perTx {
		t.Fatalf("%+v", s)
	}
}

func TestStandings(t *testing.T) {
	ties := []*Tie{
		{StakeholderID: "dg", AccountID: "ann", Band: Weak, Peak: Strong, ColdSince: "2026-05-01"},
		{StakeholderID: "head", AccountID: "ann", Band: Strong, Peak: Strong},
		{StakeholderID: "mep", AccountID: "ann", Band: Weak, Peak: Fair, ColdSince: "2026-08-01"},
		{StakeholderID: "mep", AccountID: "gone", Band: Strong, Peak: Strong},
		{StakeholderID: "fund", AccountID: "ann", Band: Fair, Peak: Fair},
		{StakeholderID: "fund", AccountID: "bob", Band: Weak, Peak: Weak},
	}
	groups := []Group{{"dg", []string{"dg", "head"}}, {"mep", []string{"mep"}}, {"fund", []string{"fund"}}, {"new", []string{"new"}}}
	s := Standings(groups, ties, map[string]bool{"ann": true, "bob": true})
	if s[0].Cold || s[0].Best != Strong || len(s[0].Knowers) != 1 {
		t.Errorf("an organisation known by its head: %+v", s[0])
	}
	if !s[1].Cold || s[1].ColdSince != "2026-08-01" || len(s[1].Knowers) != 1 {
		t.Errorf("whom a colleague who left knew: %+v", s[1])
	}
	if len(s[2].Knowers) != 2 || s[2].Knowers[0].AccountID != "ann" {
		t.Errorf("known to two: %+v", s[2])
	}
	if s[3].Cold || s[3].Best != None || len(s[3].Knowers) != 0 {
		t.Errorf("known to nobody: %+v", s[3])
	}
	if l := Losses(s); len(l) != 2 || l[0] != (Loss{"ann", 2, 3}) || l[1] != (Loss{"bob", 0, 1}) {
		t.Errorf("losses: %+v", l)
	}
}
