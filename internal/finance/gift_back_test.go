package finance

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
)

var inEuros = GiftForm{DonorID: "pool", ProjectID: "core", Currency: "EUR"}

// withFee makes a file of gifts out of lines of "number, day, amount, fee".
func withFee(lines ...string) string {
	return "id,date,amount,fee\n" + strings.Join(lines, "\n") + "\n"
}

// wantBooks checks what the books have of income and of fees, in cents.
func (h *house) wantBooks(income, fees int64) {
	h.t.Helper()
	if i, f := h.books(); sum(i) != income || sum(f) != fees {
		h.t.Errorf("income %v is %d, not %d; fees %v are %d, not %d", i, sum(i), income, f, sum(f), fees)
	}
}

// What went back counts in whatever file it comes, once: also where files do not overlap, and where two parts of a gift went
// back on one day.
func TestEachRefundCounts(t *testing.T) {
	h := openPool(t)
	h.giveIn(withFee("p,2026-01-01,50.00,1.00", "p,2026-02-01,-5.00,0.10"), inEuros)
	h.wantBooks(4_500, 110)
	h.giveIn(withFee("p,2026-03-01,-5.00,0.10", "p,2026-03-01,-5.00,0.10"), inEuros) // does not have the line of February
	h.wantBooks(3_500, 130)
	h.giveIn(withFee("p,2026-01-01,50.00,1.00", "p,2026-02-01,-5.00,0.10", "p,2026-03-01,-5.00,0.10", "p,2026-03-01,-5.00,0.10", "p,2026-04-01,-2.00,0.20"), inEuros)
	h.wantBooks(3_300, 150)                                                          // overlaps: the line of April is new, with its fee
	h.giveIn(withFee("p,2026-04-01,-2.00,0.20", "p,2026-04-01,-2.00,0.20"), inEuros) // and once more, later on that day
	h.wantBooks(3_100, 170)
	dry, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(withFee("p,2026-04-02,-40.00,0")), inEuros, true)
	must(t, err)
	if dry.ErrorCount != 1 || dry.Errors[0].Row != 2 {
		t.Errorf("%+v", dry)
	}
}

// A platform's month may have what went back of a gift of another month. The file with the gift may come later.
func TestRefundBeforeItsGift(t *testing.T) {
	h := openPool(t)
	back := h.giveIn(withFee("p,2026-02-01,-20.00,0.30", "q,2026-02-01,1.00,0"), inEuros)
	h.wantBooks(-1_900, 30)
	gift := h.giveIn(withFee("p,2026-01-01,50.00,1.00"), inEuros)
	h.wantBooks(3_100, 130)
	if gift.Gifts != 1 || gift.GivenBack != 0 {
		t.Errorf("%+v", gift)
	}
	dry, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(withFee("p,2026-01-01,49.00,1.00")), inEuros, true)
	must(t, err)
	if dry.ErrorCount != 1 {
		t.Errorf("%+v", dry)
	}
	_, err = h.repo.Revert(h.ctx, back.ImportID)
	wantFault(t, err, fault.Invalid, "")
	_, err = h.repo.Revert(h.ctx, gift.ImportID)
	must(t, err)
	h.wantBooks(-1_900, 30)
	h.giveIn(withFee("p,2026-01-01,49.00,1.00"), inEuros) // what was wrong in the file that was taken back is forgotten
	h.wantBooks(3_000, 130)
}

// Some files state beside a gift what went back of it in all, others have lines. Money counts once, what was taken for a line
// counts when the line comes, and taking the file back takes that back.
func TestTotalsAndLinesOfRefunds(t *testing.T) {
	h := openPool(t)
	h.giveIn("id,date,amount,fee,refunded\np,2026-01-01,50.00,1.00,15.00\n", inEuros)
	h.wantBooks(3_500, 100)
	lines := withFee("p,2026-02-01,-10.00,0.10")
	first := h.giveIn(lines, inEuros)
	h.wantBooks(3_500, 110)
	_, err := h.repo.Revert(h.ctx, first.ImportID)
	must(t, err)
	h.wantBooks(3_500, 100)
	h.giveIn(lines, inEuros)
	h.wantBooks(3_500, 110)
	h.giveIn(withFee("p,2026-02-02,-10.00,0"), inEuros) // 5.00 of it were in the total
	h.wantBooks(3_000, 110)
	h.giveIn("id,date,amount,fee,refunded,refund date\np,2026-01-01,50.00,1.00,22.00,2026-04-01\n", inEuros)
	h.wantBooks(2_800, 110)
	h.giveIn(withFee("p,2026-05-01,-1.00,0"), inEuros) // after that total
	h.wantBooks(2_700, 110)
	h.giveIn("id,date,amount,fee,refunded\np,2026-01-01,50.00,1.00,yes\n", inEuros)
	h.wantBooks(0, 110)
}

// Where the net is told and the fee is not, and money went back, nobody can tell the fee: that is said.
func TestFeeThatCannotBeTold(t *testing.T) {
	h := openPool(t)
	file := "id,date,amount,net,refunded\np,2026-01-01,50.00,40.00,9.00\nq,2026-01-01,50.00,49.00,\n"
	dry, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(file), inEuros, true)
	must(t, err)
	if !slices.ContainsFunc(dry.Notes, func(s string) bool { return strings.Contains(s, "took of 1 gift cannot be told") }) {
		t.Error(dry.Notes)
	}
	h.giveIn(file, inEuros)
	h.wantBooks(9_100, 100)
	dry, err = h.im.ImportGifts(h.ctx, "a.csv", []byte(file+"\n"), inEuros, true)
	must(t, err)
	if len(dry.Notes) != 0 { // they are known by now
		t.Error(dry.Notes)
	}
}

// Two campaigns that know one payment stay two.
func TestCampaignsWithOnePaymentStayApart(t *testing.T) {
	h := openPool(t)
	other := inEuros
	other.DonorID = "other"
	h.giveIn(withFee("p,2026-01-01,50.00,1.00"), inEuros)
	h.giveIn(withFee("q,2026-01-01,50.00,1.00"), other)
	must(t, h.repo.GiftsApart(h.ctx, "pool", "other"))
	second := h.giveIn(withFee("p,2026-01-01,50.00,1.00", "p,2026-02-01,-50.00,0"), other)
	wantFault(t, h.repo.GiftsApart(h.ctx, "pool", "other"), fault.Invalid, "loserId")
	_, err := h.repo.Revert(h.ctx, second.ImportID)
	must(t, err)
	must(t, h.repo.GiftsApart(h.ctx, "pool", "other"))
}

// event is a line of a platform's list.
type event struct {
	number     string
	day        store.Date
	minor, fee int64
}

// happened makes a year of gifts and of what went back of them, some of it twice on a day, in the order of the days.
func happened(r *rand.Rand) (list []event) {
	day := func(n int) store.Date { return addDays("2025-06-01", n) }
	for i := range 1 + r.IntN(6) {
		number, on, left := fmt.Sprint("p", i), r.IntN(100), 1_000+r.Int64N(9_000)
		list = append(list, event{number, day(on), left, r.Int64N(90)})
		for range r.IntN(4) {
			part := 100 * (1 + r.Int64N(5))
			if left -= part; left < 0 {
				break
			}
			on += r.IntN(3) * r.IntN(40)
			list = append(list, event{number, day(on), -part, r.Int64N(30)})
		}
	}
	slices.SortStableFunc(list, func(a, b event) int { return strings.Compare(string(a.day), string(b.day)) })
	return list
}

// asFile writes the lines of the days from one to another, or, with totals, its gifts with what had gone back of them since.
func asFile(list []event, from, to store.Date, totals bool, r *rand.Rand) string {
	back := map[string]int64{}
	for _, e := range list {
		if e.minor < 0 && (e.day <= to || r.IntN(2) == 0) {
			back[e.number] -= e.minor
		}
	}
	var rows []string
	for _, e := range list {
		if e.day < from || e.day > to || totals && e.minor < 0 {
			continue
		}
		state := int64(0)
		if totals {
			state = back[e.number]
		}
		rows = append(rows, fmt.Sprintf("%s,%s,%d.%02d,%d.%02d,%d.%02d", e.number, e.day, e.minor/100, max(e.minor, -e.minor)%100, e.fee/100, e.fee%100, state/100, state%100))
	}
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return "id,date,amount,fee,refunded\n" + strings.Join(rows, "\n") + "\n"
}

// Whatever files of one campaign come, overlapping, apart, in any order, with lines or totals of what went back: once all has
// come, the books have what happened, and when all is taken back, the last first, they have nothing.
func TestGiftFilesInAnyOrder(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		list := happened(r)
		first, last := list[0].day, list[len(list)-1].day
		var files []string
		for from := first; from <= last; {
			to := addDays(from, r.IntN(90))
			files = append(files, asFile(list, from, to, false, r))
			from = addDays(to, 1-r.IntN(2)*r.IntN(20))
			from = max(from, addDays(first, 1))
		}
		for range r.IntN(3) {
			files = append(files, asFile(list, first, addDays(first, r.IntN(200)), true, r))
		}
		r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		h := openPool(t)
		var done []string
		for _, file := range files {
			res, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(file), inEuros, false)
			if err == nil {
				done = append(done, res.ImportID)
			} else if dry, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(file), inEuros, true); err == nil && len(dry.Lines)+dry.ErrorCount > 0 {
				t.Errorf("seed %d: %+v\n%s", seed, dry, file)
			}
		}
		var income, fees int64
		for _, e := range list {
			income, fees = income+e.minor, fees+e.fee
		}
		h.wantBooks(income, fees)
		for _, id := range slices.Backward(done) {
			_, err := h.repo.Revert(h.ctx, id)
			must(t, err)
		}
		h.wantBooks(0, 0)
		if n, err := h.repo.gifts.Count(h.ctx, nil); err != nil || n != 0 {
			t.Error(n, err)
		}
		if t.Failed() {
			t.Fatalf("seed %d: %+v\n%s", seed, list, strings.Join(files, "\n"))
		}
	}
}
