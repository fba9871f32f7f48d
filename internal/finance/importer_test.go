package finance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
)

// clock is a clock that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// directory is a small set of donors, kept in memory.
type directory struct {
	names   map[string]string // id → name
	parents map[string]string
	fail    error
}

func (d *directory) Find(_ context.Context, names []string) (map[string]string, error) {
	found := map[string]string{}
	for _, n := range names {
		for id, have := range d.names {
			if store.Fold(have) == store.Fold(n) {
				found[n] = id
			}
		}
	}
	return found, nil
}

func (d *directory) CreateDonors(_ context.Context, names map[string]string) error {
	if d.fail != nil {
		return d.fail
	}
	for id, n := range names {
		d.names[id] = n
	}
	return nil
}

func (d *directory) Names(context.Context, []string) (map[string]string, error) { return d.names, nil }
func (d *directory) Roots(context.Context) (map[string]string, error)           { return d.parents, nil }
func (d *directory) Matching(context.Context, string, int) ([]string, error)    { return nil, nil }

type house struct {
	t      *testing.T
	ctx    context.Context
	db     *store.DB
	repo   *Repo
	donors *directory
	im     *Importer
	ledger *Ledger
	bank   *Bank
	clock  *clock
}

func open(t *testing.T) *house {
	t.Helper()
	return openOn(t, memory.New())
}

func openOn(t *testing.T, engine driver.Engine) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}, donors: &directory{names: map[string]string{}}}
	h.db = store.New(engine, store.Options{Now: h.clock.now})
	h.repo = NewRepo(h.db)
	h.im = NewImporter(h.repo, h.donors, testDigest)
	h.ledger = NewLedger(h.repo, h.donors)
	h.bank = NewBank(h.repo, h.ledger, h.donors)
	h.ctx = access.AsSystem(context.Background(), "test")
	if err := h.db.Start(h.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.db.Close() })
	return h
}

func (h *house) visible(t *testing.T) []*Income {
	t.Helper()
	var lines []*Income
	if err := h.repo.Each(h.ctx, Search{}, func(l *Income) error { lines = append(lines, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return lines
}

func (h *house) stored(t *testing.T) int {
	t.Helper()
	n, err := h.repo.lines.Count(h.ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const two = header + "DG JUST,,2025-03-01,300.00,EUR,soft,restricted,eu\nStiftung Ä,dg just,2025-04-01,-50,USD,tight,restricted,foundation\n"

func TestImport(t *testing.T) {
	h := open(t)
	h.donors.names["d1"] = "Dg Just"
	dry, err := h.im.Import(h.ctx, "a.csv", []byte(two), true)
	if err != nil {
		t.Fatal(err)
	}
	if dry.Valid != 2 || dry.Created != 0 || len(dry.NewDonors) != 1 || dry.NewDonors[0] != "Stiftung Ä" || dry.NotConverted != 1 || len(dry.Preview) != 2 {
		t.Errorf("%+v", dry)
	}
	if h.stored(t) != 0 || len(h.donors.names) != 1 {
		t.Error("a dry run wrote something")
	}
	res, err := h.im.Import(h.ctx, "a.csv", []byte(two), false)
	if err != nil {
		t.Fatal(err)
	}
	if res.Created != 2 || len(h.donors.names) != 2 {
		t.Errorf("%+v, donors %v", res, h.donors.names)
	}
	lines := h.visible(t)
	if len(lines) != 2 || lines[0].DonorID != "d1" || lines[1].UltimateDonorID != "d1" || lines[0].Row != 2 || lines[0].ImportID != res.ImportID {
		t.Errorf("%+v", lines)
	}
	if lines[1].Worth != nil || !lines[1].Unsettled || lines[0].Worth.Minor != 30000 {
		t.Errorf("%+v %+v", lines[0], lines[1])
	}
}

// Somebody who pages through the ledger goes on while a colleague's import arrives, and while it is taken back.
func TestPagingGoesOnWhileAnImportArrives(t *testing.T) {
	h := open(t)
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil {
		t.Fatal(err)
	}
	q := store.Query{Sort: []driver.Key{{Path: "date"}}, Limit: 1}
	first, err := h.repo.Page(h.ctx, Search{}, q)
	if err != nil || first.Total != 2 || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	second, err := h.im.Import(h.ctx, "b.csv", []byte(header+"Oak,,2025-05-01,10.00,EUR,soft,restricted,foundation\n"), false)
	if err != nil {
		t.Fatal(err)
	}
	q.Cursor, q.Limit = first.Next, 10
	for _, want := range []int{2, 1} {
		rest, err := h.repo.Page(h.ctx, Search{}, q)
		if err != nil || len(rest.Items) != want {
			t.Fatalf("%d lines, want %d: %v", len(rest.Items), want, err)
		}
		if want == 1 {
			break
		}
		if _, err := h.repo.Revert(h.ctx, second.ImportID); err != nil {
			t.Fatal(err)
		}
	}
}

func TestImportTwiceIsRefused(t *testing.T) {
	h := open(t)
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil {
		t.Fatal(err)
	}
	for _, dry := range []bool{true, false} {
		if _, err := h.im.Import(h.ctx, "b.csv", []byte(two), dry); !fault.Is(err, fault.Duplicate) || !strings.Contains(err.Error(), "a.csv") {
			t.Errorf("dry %v: %v", dry, err)
		}
	}
	if len(h.visible(t)) != 2 {
		t.Error("lines were doubled")
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	h := open(t)
	bad := two + "X,,2025-13-01,1,EUR,soft,restricted,eu\nY,,2025-01-01,1,EUR,soft,restricted,lottery\n"
	res, err := h.im.Import(h.ctx, "a.csv", []byte(bad), false)
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.Invalid || len(f.Fields) != 2 || f.Fields[0].Field != "date" || !strings.Contains(f.Fields[1].Message, "Row 5") {
		t.Errorf("%v", err)
	}
	if res.Valid != 2 || res.Created != 0 || res.ErrorCount != 2 {
		t.Errorf("%+v", res)
	}
	dry, err := h.im.Import(h.ctx, "a.csv", []byte(bad), true)
	if err != nil || dry.ErrorCount != 2 {
		t.Errorf("%+v, %v", dry, err)
	}
	if h.stored(t) != 0 || len(h.donors.names) != 0 {
		t.Error("something was written")
	}
}

// A process that dies between two batches leaves lines that nobody sees; the file can be imported again
// at once, and the sweep removes what was left.
func TestImportThatDiedIsInvisibleAndSwept(t *testing.T) {
	h := open(t)
	imp := &Import{Name: "a.csv", Hash: "h"}
	imp.ID = store.NewID()
	if err := h.repo.begin(h.ctx, imp); err != nil {
		t.Fatal(err)
	}
	line := &Income{DonorID: "d", UltimateDonorID: "d", Date: "2025-01-01", Amount: Money{Minor: 1, Currency: "EUR"}, ImportID: imp.ID, Seq: imp.Seq}
	if err := h.repo.write(h.ctx, imp, []*Income{line}); err != nil {
		t.Fatal(err)
	}
	if h.stored(t) != 1 || len(h.visible(t)) != 0 {
		t.Fatalf("stored %d, visible %d", h.stored(t), len(h.visible(t)))
	}
	again := &Import{Name: "a.csv", Hash: "h"}
	again.ID = store.NewID()
	if err := h.repo.begin(h.ctx, again); err != nil {
		t.Fatal(err)
	}
	late := &Income{DonorID: "d", UltimateDonorID: "d", Date: "2025-01-01", Amount: Money{Minor: 1, Currency: "EUR"}, ImportID: imp.ID, Seq: imp.Seq}
	if err := h.repo.write(h.ctx, imp, []*Income{late}); !fault.Is(err, fault.Busy) {
		t.Errorf("the first import went on: %v", err)
	}
	if err := h.db.Tx(h.ctx, func(ctx context.Context) error { return h.repo.publish(ctx, again) }); err != nil {
		t.Fatal(err)
	}
	if removed, err := h.repo.Sweep(h.ctx); err != nil || removed != 1 || h.stored(t) != 0 {
		t.Errorf("removed %d, stored %d, %v", removed, h.stored(t), err)
	}
	if g, err := h.repo.gate(h.ctx); err != nil || len(g.Hidden) != 0 || g.Last != 2 {
		t.Errorf("gate %+v, %v", g, err)
	}
}

func TestSweepLeavesAnImportThatIsUnderWay(t *testing.T) {
	h := open(t)
	imp := &Import{Name: "a.csv", Hash: "h"}
	imp.ID = store.NewID()
	if err := h.repo.begin(h.ctx, imp); err != nil {
		t.Fatal(err)
	}
	if _, err := h.repo.Sweep(h.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := h.repo.imports.Get(h.ctx, imp.ID); err != nil {
		t.Errorf("it was swept: %v", err)
	}
	h.clock.at = h.clock.at.Add(deadAfter)
	if _, err := h.repo.Sweep(h.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := h.repo.imports.Get(h.ctx, imp.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("it was not swept: %v", err)
	}
}

func TestImportThatFailsAtTheEndLeavesNothing(t *testing.T) {
	h := open(t)
	h.donors.fail = errors.New("no room")
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err == nil {
		t.Fatal("no error")
	}
	if len(h.visible(t)) != 0 {
		t.Error("lines are visible")
	}
	if removed, err := h.repo.Sweep(h.ctx); err != nil || removed != 2 {
		t.Errorf("removed %d, %v", removed, err)
	}
	h.donors.fail = nil
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil || len(h.visible(t)) != 2 {
		t.Errorf("afterwards: %v", err)
	}
}

// A reader who has read the gate goes on seeing what it said.
func TestReaderSeesOneState(t *testing.T) {
	h := open(t)
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil {
		t.Fatal(err)
	}
	where, err := h.repo.open(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	count := func() int {
		n, err := h.repo.lines.Count(h.ctx, where)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	imports, err := h.repo.Imports(h.ctx, "", store.Query{})
	if err != nil || len(imports.Items) != 1 {
		t.Fatalf("%v %v", imports, err)
	}
	if _, err := h.im.Import(h.ctx, "b.csv", []byte(two+"Z,,2025-01-01,1,EUR,soft,restricted,eu\n"), false); err != nil {
		t.Fatal(err)
	}
	if _, err := h.repo.Revert(h.ctx, imports.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 2 {
		t.Errorf("a reader under way sees %d lines", n)
	}
	if n := len(h.visible(t)); n != 3 {
		t.Errorf("a new reader sees %d lines", n)
	}
}

func TestRevert(t *testing.T) {
	h := open(t)
	res, err := h.im.Import(h.ctx, "a.csv", []byte(two), false)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := h.repo.Revert(h.ctx, res.ImportID)
	if err != nil || imp.State != Reverted || len(h.visible(t)) != 0 {
		t.Errorf("%+v, %v", imp, err)
	}
	if _, err := h.repo.Revert(h.ctx, res.ImportID); !fault.Is(err, fault.Invalid) {
		t.Errorf("reverted twice: %v", err)
	}
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil {
		t.Errorf("the file cannot be imported again: %v", err)
	}
	h.clock.at = h.clock.at.Add(sweepAfter)
	if removed, err := h.repo.Sweep(h.ctx); err != nil || removed != 2 || h.stored(t) != 2 {
		t.Errorf("removed %d, stored %d, %v", removed, h.stored(t), err)
	}
	if removed, err := h.repo.Sweep(h.ctx); err != nil || removed != 0 {
		t.Errorf("swept again: %d, %v", removed, err)
	}
}

func TestImportInBatches(t *testing.T) {
	h := open(t)
	var b strings.Builder
	b.WriteString(header)
	for i := range writeBatch + 3 {
		fmt.Fprintf(&b, "Donor %d,,2025-01-01,%d.00,EUR,soft,restricted,membership\n", i%50, i)
	}
	res, err := h.im.Import(h.ctx, "a.csv", []byte(b.String()), false)
	if err != nil || res.Created != writeBatch+3 || len(h.visible(t)) != writeBatch+3 || len(h.donors.names) != 50 {
		t.Errorf("%v, visible %d", err, len(h.visible(t)))
	}
}

func TestReconvert(t *testing.T) {
	h := open(t)
	if _, err := h.im.Import(h.ctx, "a.csv", []byte(two), false); err != nil {
		t.Fatal(err)
	}
	save := func(date, rate string) {
		t.Helper()
		if _, _, err := h.repo.SaveRates(h.ctx, []*RateDay{{Date: storeDate(date), Rates: map[string]string{"USD": rate}}}); err != nil {
			t.Fatal(err)
		}
	}
	dollars := func() *Income {
		t.Helper()
		if _, err := h.repo.Reconvert(h.ctx); err != nil {
			t.Fatal(err)
		}
		for _, l := range h.visible(t) {
			if l.Amount.Currency == "USD" {
				return l
			}
		}
		t.Fatal("no line in dollars")
		return nil
	}
	save("2025-03-28", "1.00")
	if l := dollars(); l.Worth.Minor != -5000 || !l.Unsettled || l.RateDate != "2025-03-28" {
		t.Errorf("an earlier day is known: %+v", l)
	}
	save("2025-04-02", "5.00")
	if l := dollars(); l.Worth.Minor != -5000 || l.Unsettled || l.RateSource != ECB {
		t.Errorf("a later day settles it: %+v", l)
	}
	save("2025-04-01", "2.00")
	if l := dollars(); l.Worth.Minor != -5000 || l.Rate != "1.00" {
		t.Errorf("a frozen rate moved: %+v", l)
	}
}

func TestSaveRates(t *testing.T) {
	h := open(t)
	day := func(rates map[string]string) []*RateDay {
		return []*RateDay{{Date: "2025-03-28", Rates: rates}}
	}
	for _, c := range []struct {
		rates            map[string]string
		created, updated int
	}{
		{map[string]string{"HUF": "306.60"}, 1, 0},
		{map[string]string{"HUF": "306.6"}, 0, 0},
		{map[string]string{"HUF": "306.6", "USD": "1.1"}, 0, 1},
		{map[string]string{"HUF": "307"}, 0, 1},
	} {
		created, updated, err := h.repo.SaveRates(h.ctx, day(c.rates))
		if err != nil || created != c.created || updated != c.updated {
			t.Errorf("%v: created %d updated %d, %v", c.rates, created, updated, err)
		}
	}
	if d, err := h.repo.LatestRateDay(h.ctx); err != nil || d != "2025-03-28" {
		t.Errorf("%s, %v", d, err)
	}
}
