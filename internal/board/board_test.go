package board

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/internal/work"
)

// press is a maker of which a test says what happens on the way.
type press struct {
	books  string
	during func(step string)
	err    error
}

func (p *press) Gather(_ context.Context, b *BoardPack, before []byte) ([]byte, store.Date, error) {
	p.hook("gather")
	return fmt.Appendf(nil, "%s|%s|%s", b.Title, p.books, before), "2026-11-21", p.err
}

func (p *press) Set(content []byte) ([]byte, error) {
	p.hook("set")
	return append([]byte("%PDF "), content...), nil
}

func (p *press) hook(step string) {
	if p.during != nil {
		p.during(step)
	}
}

type told struct{ made int }

func (t *told) Count(_ string, n int) { t.made += n }
func (*told) Say(string)              {}

type house struct {
	ctx   context.Context // of a fundraiser
	job   context.Context
	repo  *Repo
	press *press
	now   time.Time
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{press: &press{books: "books"}, now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return h.now }})
	h.repo = NewRepo(db, func(s string) string { return fmt.Sprintf("%x", len(s)) + digest([]byte("key"+s)) }, nil)
	h.repo.Maker = h.press
	h.ctx = access.With(context.Background(), access.Reader{AccountID: "jonas", Name: "Jonas", Role: access.Fundraiser})
	h.job = access.AsSystem(context.Background(), "job board")
	fine(t, db.Start(h.job, nil))
	t.Cleanup(func() { _ = db.Close() })
	return h
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) ask(t *testing.T, title string) *BoardPack {
	t.Helper()
	p := &BoardPack{Title: title, Basis: "cash", View: "ultimate", From: 2024, To: 2026}
	fine(t, h.repo.Ask(h.ctx, p))
	return p
}

func (h *house) work(t *testing.T) int {
	t.Helper()
	var n told
	fine(t, h.repo.Work(h.job, &n))
	return n.made
}

func (h *house) get(t *testing.T, id string) *BoardPack {
	t.Helper()
	p, err := h.repo.Get(h.ctx, id)
	fine(t, err)
	return p
}

func (h *house) kept(t *testing.T) int {
	t.Helper()
	n, err := h.repo.kept.Count(h.job, nil)
	fine(t, err)
	return n
}

func TestAPackStaysWhatItWas(t *testing.T) {
	h := open(t)
	one := h.ask(t, "one")
	if _, err := h.repo.File(h.ctx, one); !fault.Is(err, fault.NotFound) {
		t.Errorf("a pack that is not made has a file: %v", err)
	}
	h.work(t)
	h.press.books = "corrected books"
	h.now = h.now.Add(time.Hour)
	two := h.ask(t, "two")
	other := &BoardPack{Title: "accrued", Basis: "accrued", View: "ultimate", From: 2024, To: 2026}
	fine(t, h.repo.Ask(h.ctx, other))
	if n := h.work(t); n != 2 {
		t.Errorf("%d packs made", n)
	}
	content, err := h.repo.Content(h.ctx, h.get(t, one.ID))
	fine(t, err)
	if string(content) != "one|books|" {
		t.Errorf("the first pack is %q", content)
	}
	content, err = h.repo.Content(h.ctx, h.get(t, two.ID))
	fine(t, err)
	p := h.get(t, two.ID)
	if string(content) != "two|corrected books|one|books|" || p.BeforeID != one.ID || p.By != "Jonas" || p.AsOf != "2026-11-21" {
		t.Errorf("the second pack is %q, %+v", content, p)
	}
	if p := h.get(t, other.ID); p.BeforeID != "" {
		t.Error("packs of two bases are compared")
	}
}

// Killed at any step a pack leaves nothing half done, and the next run makes it whole, once.
func TestKilledHalfWay(t *testing.T) {
	for _, step := range []string{"gather", "set"} {
		t.Run(step, func(t *testing.T) {
			h := open(t)
			p := h.ask(t, "pack")
			ctx, kill := context.WithCancel(h.job)
			h.press.during = func(at string) {
				if at == step {
					kill()
				}
			}
			if err := h.repo.Work(ctx, &told{}); !errors.Is(err, context.Canceled) {
				t.Errorf("the work ended with %v", err)
			}
			if s := h.get(t, p.ID).State; s != Making || h.kept(t) != 0 {
				t.Errorf("state %s, %d files", s, h.kept(t))
			}
			h.press.during = nil
			h.work(t)
			if s := h.get(t, p.ID).State; s != Done || h.kept(t) != 1 {
				t.Errorf("afterwards: state %s, %d files", s, h.kept(t))
			}
		})
	}
}

func TestOneThatEndsTheProcessIsGivenUp(t *testing.T) {
	h := open(t)
	p := h.ask(t, "pack")
	for range maxTries {
		ctx, kill := context.WithCancel(h.job)
		h.press.during = func(string) { kill() }
		_ = h.repo.Work(ctx, &told{})
	}
	h.press.during = nil
	h.work(t)
	if p := h.get(t, p.ID); p.State != Failed || !strings.Contains(p.Message, "3 times") {
		t.Errorf("%+v", p)
	}
}

func TestStopLeavesNothing(t *testing.T) {
	h := open(t)
	waiting, running := h.ask(t, "waiting"), h.ask(t, "running")
	_, err := h.repo.Halt(h.ctx, waiting.ID)
	fine(t, err)
	h.press.during = func(step string) {
		if step == "set" {
			_, err := h.repo.Halt(h.ctx, running.ID)
			fine(t, err)
		}
	}
	h.work(t)
	for _, id := range []string{waiting.ID, running.ID} {
		if p := h.get(t, id); p.State != Stopped || p.Message != work.Stopped {
			t.Errorf("%+v", p)
		}
	}
	if h.kept(t) != 0 {
		t.Error("something is kept of a pack that was stopped")
	}
	if _, err := h.repo.Halt(h.ctx, running.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("stopped twice: %v", err)
	}
	h.now = h.now.Add(leftFor + time.Hour)
	if n, err := h.repo.Sweep(h.job); err != nil || n != 2 {
		t.Errorf("%d swept, %v", n, err)
	}
}

func TestTwoWorkersMakeOnePack(t *testing.T) {
	h := open(t)
	p := h.ask(t, "pack")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { _ = h.repo.Work(h.job, &told{}) })
	}
	wg.Wait()
	h.work(t)
	if s := h.get(t, p.ID).State; s != Done || h.kept(t) != 1 {
		t.Errorf("state %s, %d files", s, h.kept(t))
	}
	if _, err := h.repo.File(h.ctx, h.get(t, p.ID)); err != nil {
		t.Error(err)
	}
}

func TestWhatWasChangedBehindItsBackIsNotShown(t *testing.T) {
	h := open(t)
	p := h.ask(t, "pack")
	h.work(t)
	_, err := h.repo.kept.Update(h.job, p.ID, func(k *kept) error { k.Content[0] ^= 1; return nil })
	fine(t, err)
	if _, err := h.repo.File(h.ctx, h.get(t, p.ID)); !fault.Is(err, fault.Internal) {
		t.Errorf("it is shown: %v", err)
	}
}

// One damaged pack is in the way of every later one of its kind, so these say which it is, until somebody removes it.
func TestADamagedPackIsNamed(t *testing.T) {
	for name, damage := range map[string]func(*house, string) error{
		"changed": func(h *house, id string) error {
			_, err := h.repo.kept.Update(h.job, id, func(k *kept) error { k.Content[0] ^= 1; return nil })
			return err
		},
		"gone": func(h *house, id string) error { return h.repo.kept.Delete(h.job, id) },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			first := h.ask(t, "Spring")
			h.work(t)
			fine(t, damage(h, first.ID))
			h.now = h.now.Add(time.Hour)
			second := h.ask(t, "Autumn")
			h.work(t)
			want := "The pack before, “Spring”, is not what was made, so nothing can be held against it. An administrator can remove it."
			if p := h.get(t, second.ID); p.State != Failed || p.Message != want || h.kept(t) > 1 {
				t.Errorf("%+v", p)
			}
			fine(t, h.repo.Remove(h.ctx, first.ID, h.get(t, first.ID).Rev))
			third := h.ask(t, "Winter")
			h.work(t)
			if p := h.get(t, third.ID); p.State != Done || p.BeforeID != "" {
				t.Errorf("once it is removed: %+v", p)
			}
		})
	}
}

func TestFailureIsTold(t *testing.T) {
	h := open(t)
	h.press.err = fault.Field("basis", "No.")
	p := h.ask(t, "pack")
	h.work(t)
	if p := h.get(t, p.ID); p.State != Failed || p.Message != "No." {
		t.Errorf("%+v", p)
	}
	h.press.err = errors.New("broken")
	p = h.ask(t, "pack")
	if err := h.repo.Work(h.job, &told{}); err == nil {
		t.Error("a fault of Piper's own does not fail the run")
	}
	if p := h.get(t, p.ID); p.State != Failed || strings.Contains(p.Message, "broken") {
		t.Errorf("%+v", p)
	}
}

func TestWrongInputNamesTheField(t *testing.T) {
	h := open(t)
	for field, change := range map[string]func(*BoardPack){
		"title": func(p *BoardPack) { p.Title = "  " }, "notes": func(p *BoardPack) { p.Notes = strings.Repeat("x", maxNotes+1) },
		"basis": func(p *BoardPack) { p.Basis = "x" }, "view": func(p *BoardPack) { p.View = "" },
		"from": func(p *BoardPack) { p.From = 1 }, "to": func(p *BoardPack) { p.To = 2023 },
	} {
		p := &BoardPack{Title: "t", Basis: "cash", View: "direct", From: 2024, To: 2026}
		change(p)
		var f *fault.Error
		if err := h.repo.Ask(h.ctx, p); !errors.As(err, &f) || f.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestErasureRewritesFiguresAndDocument(t *testing.T) {
	h := open(t)
	p := h.ask(t, "Ana Ruiz")
	h.ask(t, "another")
	h.work(t)
	change := func(content []byte) ([]byte, bool, error) {
		if !bytes.HasPrefix(content, []byte("Ana Ruiz")) {
			return content, false, nil
		}
		return bytes.ReplaceAll(content, []byte("Ana Ruiz"), []byte("Person 7")), true, nil
	}
	if n, err := h.repo.Rewrite(h.job, change, true); err != nil || n.Packs != 1 {
		t.Errorf("a dry run: %+v, %v", n, err)
	}
	_, err := h.repo.Rewrite(h.job, change, false)
	fine(t, err)
	file, err := h.repo.File(h.ctx, h.get(t, p.ID))
	fine(t, err)
	if string(file) != "%PDF Person 7|books|" || h.get(t, p.ID).RewrittenAt == "" {
		t.Errorf("%q", file)
	}
	if n, err := h.repo.Rewrite(h.job, change, false); err != nil || n.Packs != 0 {
		t.Errorf("the second time: %+v, %v", n, err)
	}
}

func TestLinksThatOpenNothingAnswerAlike(t *testing.T) {
	h := open(t)
	link := func() *Embed {
		e := &Embed{Name: "site", Chart: "diversification"}
		fine(t, h.repo.AddEmbed(h.ctx, e, 30, []string{"diversification"}))
		return e
	}
	good, revoked, altered := link(), link(), link()
	if e, err := h.repo.ByAddress(h.job, h.repo.Address(good)); err != nil || e.ID != good.ID {
		t.Fatalf("%v, %v", e, err)
	}
	_, err := h.repo.RevokeEmbed(h.ctx, revoked.ID)
	fine(t, err)
	was := h.repo.Address(altered)
	_, err = h.repo.embeds.Update(h.job, altered.ID, func(e *Embed) error { e.Chart = "forecast"; return nil })
	fine(t, err)
	wrong := map[string]string{"revoked": h.repo.Address(revoked), "altered": was, "cut": was[:len(was)-1], "none": "", "no id": "x.y", "another's signature": good.ID + was[len(altered.ID):]}
	for name, address := range wrong {
		if _, err := h.repo.ByAddress(h.job, address); err == nil || err.Error() != errNoEmbed.Error() {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := access.With(context.Background(), access.Reader{AccountID: "eva", Name: "Eva", Role: access.Fundraiser})
	if _, err := h.repo.RevokeEmbed(other, good.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("revoked by somebody else: %v", err)
	}
	h.now = h.now.AddDate(0, 0, 30)
	if _, err := h.repo.ByAddress(h.job, h.repo.Address(good)); err == nil || err.Error() != errNoEmbed.Error() {
		t.Errorf("run out: %v", err)
	}
	h.now = h.now.Add(leftFor + time.Hour)
	if n, err := h.repo.Sweep(h.job); err != nil || n != 3 {
		t.Errorf("%d swept, %v", n, err)
	}
}
