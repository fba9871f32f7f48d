package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// fundraiser is who keeps the books; administrators may not.
const fundraiser = "fundraiser@example.org"

// asked is a figure or the series of a chart, with the limit of the issue.
type asked struct {
	name, path string
	limit      time.Duration
}

// figuresAsked are read whole through the API, over the ten years of the ledger where they span years.
var figuresAsked = []asked{
	{"dashboard", "/api/v1/finance/dashboard?year=2025", 100 * time.Millisecond},
	{"dependence of a year", "/api/v1/finance/dependence?year=2025", 100 * time.Millisecond},
	{"dependence of a year, accrued", "/api/v1/finance/dependence?year=2025&basis=accrued", 100 * time.Millisecond},
	{"diversification of ten years", "/api/v1/finance/diversification?from=2016&to=2025", 100 * time.Millisecond},
	{"diversification of ten years, direct", "/api/v1/finance/diversification?from=2016&to=2025&view=direct", 100 * time.Millisecond},
	{"earmarking over ten years", "/api/v1/finance/earmarking?from=2016&to=2025", 100 * time.Millisecond},
	{"forecast of 36 months", "/api/v1/finance/forecast", 100 * time.Millisecond},
	{"strings beside shares", "/api/v1/finance/strings?from=2016&to=2025", 100 * time.Millisecond},
	{"loss test of every donor", "/api/v1/finance/losses", 300 * time.Millisecond},
}

// figures holds what the board sees against the limits of time, at three sizes of the ledger; the limits are promised
// for the middle one. Nothing is cached between two answers.
func figures(ctx context.Context, b *bench) error {
	for _, size := range b.books {
		h, err := b.booked(ctx, size)
		if err != nil {
			return err
		}
		if err := b.readFigures(ctx, h, size); err != nil {
			return err
		}
	}
	return nil
}

// booksize is how much money a house has on its books.
type booksize struct {
	lines, agreements int
	promised          bool
}

func (s booksize) String() string {
	return fmt.Sprintf("%d lines, %d agreements", s.lines, s.agreements)
}

func (s booksize) verdict(took, limit time.Duration) (target, met string) {
	if !s.promised {
		return "", ""
	}
	return "≤ " + short(limit), verdict(took <= limit)
}

func (b *bench) readFigures(ctx context.Context, h house, size booksize) error {
	fresh, err := h.copy(ctx) // a board pack is written
	if err != nil {
		return err
	}
	t, stop, err := fresh.serveFundraiser(ctx)
	if err != nil {
		return err
	}
	defer stop()
	for _, q := range figuresAsked {
		var took []time.Duration
		for range 1 + 2*b.runs {
			begun := time.Now()
			if err := t.fetch(ctx, http.MethodGet, q.path, nil, nil); err != nil {
				return err
			}
			took = append(took, time.Since(begun))
		}
		m := median(took[1:])
		target, met := size.verdict(m, q.limit)
		b.add(row{fmt.Sprintf("%s, %s", q.name, size), short(m), "", times(float64(m) / float64(q.limit)), target, met})
	}
	var took []time.Duration
	for range b.runs {
		one, err := t.boardPack(ctx)
		if err != nil {
			return err
		}
		took = append(took, one)
	}
	m := median(took)
	target, met := size.verdict(m, 2*time.Second)
	b.add(row{fmt.Sprintf("board pack, %s", size), short(m), "", times(float64(m) / float64(2*time.Second)), target, met})
	return nil
}

// boardPack asks for a board pack and waits until its PDF can be read.
func (t target) boardPack(ctx context.Context) (time.Duration, error) {
	var pack struct{ ID, State, Message string }
	begun := time.Now()
	if err := t.send(ctx, "/api/v1/board/packs", map[string]any{"title": "Bench", "to": 2025}, &pack); err != nil {
		return 0, err
	}
	for pack.State == "waiting" || pack.State == "making" {
		time.Sleep(10 * time.Millisecond)
		if err := t.fetch(ctx, http.MethodGet, "/api/v1/board/packs/"+pack.ID, nil, &pack); err != nil {
			return 0, err
		}
	}
	if pack.State != "done" {
		return 0, fmt.Errorf("the board pack is %s: %s", pack.State, pack.Message)
	}
	return time.Since(begun), nil
}

// send posts v and reads the answer into out.
func (t target) send(ctx context.Context, path string, v, out any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.fetch(ctx, http.MethodPost, path, bytes.NewReader(body), out)
}

// booked gives a house with so much on its books: an imported ledger, agreements of two instalments, an opportunity for
// every tenth of them, and an adopted budget.
func (b *bench) booked(ctx context.Context, size booksize) (house, error) {
	name := fmt.Sprintf("books-%d-%d", size.lines, size.agreements)
	full := filepath.Join(b.dir, name, "full")
	if _, err := os.Stat(full); err != nil {
		if err := os.RemoveAll(filepath.Join(b.dir, name)); err != nil {
			return house{}, err
		}
	}
	h, err := b.house(ctx, name)
	if err != nil {
		return h, err
	}
	if _, err := os.Stat(full); err == nil {
		return h, nil
	}
	b.say("filling books with " + size.String() + " …")
	file, err := b.incomeFile(size.lines)
	if err != nil {
		return h, err
	}
	if _, err := h.run(ctx, "", "import", "income", file, "--json"); err != nil {
		return h, err
	}
	if _, err := h.run(ctx, password, "account", "add", "--email", fundraiser, "--name", "Fundraiser", "--role", "fundraiser", "--password-stdin"); err != nil {
		return h, err
	}
	t, stop, err := h.serveFundraiser(ctx)
	if err != nil {
		return h, err
	}
	defer stop()
	if err := t.fillBooks(ctx, size.agreements); err != nil {
		return h, err
	}
	return h, os.WriteFile(full, nil, 0o600)
}

// serveFundraiser starts Piper on the house for the fundraiser; whether jobs still run only the administrator may ask.
func (h house) serveFundraiser(ctx context.Context) (t target, stop func(), err error) {
	token, err := h.run(ctx, "", "token", "add", "--email", fundraiser, "--scope", "write")
	if err != nil {
		return t, nil, err
	}
	if t, _, stop, err = h.serve(ctx); err != nil {
		return t, nil, err
	}
	t.token = token
	return t, stop, nil
}

func (t target) fillBooks(ctx context.Context, agreements int) error {
	var donors struct{ Items []struct{ ID string } }
	if err := t.fetch(ctx, http.MethodGet, "/api/v1/stakeholders?role=donor&limit=200", nil, &donors); err != nil {
		return err
	}
	if len(donors.Items) == 0 {
		return fmt.Errorf("the import has brought no donor")
	}
	var session struct{ Account struct{ ID string } }
	if err := t.fetch(ctx, http.MethodGet, "/api/v1/session", nil, &session); err != nil {
		return err
	}
	if err := t.adoptBudget(ctx); err != nil {
		return err
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	failed := make(chan error, 8)
	for range cap(failed) {
		wg.Go(func() {
			for i := int(next.Add(1)); i <= agreements; i = int(next.Add(1)) {
				if err := t.addAgreement(ctx, i, donors.Items[i%len(donors.Items)].ID, session.Account.ID); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func (t target) addAgreement(ctx context.Context, i int, donor, owner string) error {
	rng := rand.New(rand.NewPCG(uint64(i), 7))
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	begins := -1800 + rng.IntN(2200)
	ends := begins + 360 + rng.IntN(700)
	half := int64(500_000 + rng.IntN(20_000_000))
	euros := func(cents int64) map[string]any { return map[string]any{"minor": cents, "currency": "EUR"} }
	var a written
	if err := t.send(ctx, "/api/v1/agreements", map[string]any{"title": fmt.Sprintf("Agreement %d", i), "donorId": donor, "ownerId": owner, "signedOn": day(min(begins-20, -1)),
		"from": day(begins), "to": day(ends), "amount": euros(2 * half), "sourceType": "eu", "earmarking": "earmarked", "restriction": "restricted"}, &a); err != nil {
		return err
	}
	for _, due := range []int{begins + 30, ends + 60} {
		if err := t.sendAt(ctx, "/api/v1/agreements/"+a.ID+"/instalments", a.Rev, map[string]any{"kind": "interim", "due": day(due), "amount": euros(half)}, &a); err != nil {
			return err
		}
	}
	if i%10 > 0 {
		return nil
	}
	return t.send(ctx, "/api/v1/opportunities", map[string]any{"title": fmt.Sprintf("Opportunity %d", i), "donorId": donor, "stage": "submitted", "ask": euros(half), "since": day(-30),
		"decision": day(rng.IntN(200)), "from": day(200), "to": day(800)}, nil)
}

// written is what Piper answers to a write: the id and the revision for the next.
type written struct {
	ID  string
	Rev int64
}

// sendAt posts v to a record of that revision.
func (t target) sendAt(ctx context.Context, path string, rev int64, v, out any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.fetchAt(ctx, http.MethodPost, path, strconv.FormatInt(rev, 10), bytes.NewReader(body), out)
}

// adoptBudget gives this year a core budget, without which the forecast has nothing to hold money against.
func (t target) adoptBudget(ctx context.Context) error {
	var project, fund, budget written
	if err := t.send(ctx, "/api/v1/funds", map[string]any{"name": "General", "restriction": "unrestricted"}, &fund); err != nil {
		return err
	}
	if err := t.send(ctx, "/api/v1/projects", map[string]any{"name": "Secretariat", "code": "CORE", "core": true}, &project); err != nil {
		return err
	}
	lines := []map[string]any{{"projectId": project.ID, "fundId": fund.ID, "category": "Staff", "cents": 40_000_000}}
	if err := t.send(ctx, "/api/v1/budgets", map[string]any{"year": time.Now().Year(), "lines": lines}, &budget); err != nil {
		return err
	}
	return t.sendAt(ctx, "/api/v1/budgets/"+budget.ID+"/adopt", budget.Rev, nil, &budget)
}
