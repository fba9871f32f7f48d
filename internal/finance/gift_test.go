package finance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/store"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// campaign is a file as platforms write them, with people in it. All of them are invented.
const campaign = "Name;Email;Message;Created (UTC);Transaction ID;Amount;Fee;Net;Currency;Status\n" +
	"Oda Nightjar;oda@nightjar.example;For my sister;2026-01-05 18:04;pay_1;25,00;0,85;24,15;EUR;paid\n" +
	"Bram Quillfeather;bram@quill.example;Keep going;2026-01-31 09:00;pay_2;1.000,00;30,25;969,75;EUR;paid\n" +
	"Ilse Thornapple;ilse@thorn.example;;2026-02-02 10:00;pay_3;50,00;1,70;48,30;EUR;paid\n" +
	"Ilse Thornapple;ilse@thorn.example;;2026-02-02 10:00;pay_3;50,00;1,70;48,30;EUR;paid\n" +
	"Nobody Yet;no@body.example;;2026-02-03 10:00;pay_4;10,00;;;EUR;pending\n"

var forPool = GiftForm{DonorID: "pool", ProjectID: "core"}

func testDigest(text string) string {
	sum := sha256.Sum256([]byte("a key\x1f" + text))
	return hex.EncodeToString(sum[:])
}

func openPool(t *testing.T) *house {
	h := open(t)
	h.givePool()
	return h
}

func (h *house) givePool() {
	h.t.Helper()
	h.donors.names["pool"], h.donors.names["other"] = "Lanterns 2026", "Another campaign"
	must(h.t, h.repo.AddProject(h.ctx, &Project{Meta: store.Meta{ID: "core"}, Name: "Core"}))
}

func (h *house) giveIn(file string, form GiftForm) *GiftResult {
	h.t.Helper()
	res, err := h.im.ImportGifts(h.ctx, "lanterns.csv", []byte(file), form, false)
	must(h.t, err)
	return res
}

// books gives what the books have: income by amount, and expenses.
func (h *house) books() (income, fees []int64) {
	h.t.Helper()
	for _, l := range h.visible(h.t) {
		income = append(income, l.Amount.Minor)
	}
	page, err := h.repo.Expenses(h.ctx, ExpenseSearch{}, store.Query{Limit: 100})
	must(h.t, err)
	for _, e := range page.Items {
		fees = append(fees, e.Amount.Minor)
	}
	return income, fees
}

func sum(list []int64) (n int64) {
	for _, one := range list {
		n += one
	}
	return n
}

func TestImportGifts(t *testing.T) {
	h := openPool(t)
	dry, err := h.im.ImportGifts(h.ctx, "lanterns.csv", []byte(campaign), GiftForm{DonorID: "pool"}, true)
	must(t, err)
	if dry.Gifts != 3 || dry.Repeated != 1 || dry.Unpaid != 1 || dry.ErrorCount != 0 || len(dry.Lines) != 4 || h.stored(t) != 0 {
		t.Fatalf("%+v", dry)
	}
	_, err = h.im.ImportGifts(h.ctx, "lanterns.csv", []byte(campaign), GiftForm{DonorID: "pool"}, false)
	wantFault(t, err, fault.Invalid, "projectId")
	res := h.giveIn(campaign, forPool)
	income, fees := h.books()
	if len(income) != 2 || sum(income) != 107_500 || len(fees) != 2 || sum(fees) != 3_280 || res.Lines[0].Amount.Minor != 102_500 || res.Lines[0].Date != "2026-01-31" {
		t.Fatal(income, fees, res.Lines)
	}
	for _, l := range h.visible(t) {
		if l.DonorID != "pool" || l.SourceType != "public" || l.Earmarking != Unearmarked || l.Restriction != Unrestricted || l.Worth == nil {
			t.Errorf("%+v", l)
		}
	}
	_, err = h.im.ImportGifts(h.ctx, "again.csv", []byte(campaign), forPool, false)
	wantFault(t, err, fault.Invalid, "file")
	_, err = h.im.ImportGifts(h.ctx, "again.csv", []byte(campaign), GiftForm{DonorID: "other", ProjectID: "core"}, false)
	wantFault(t, err, fault.Duplicate, "")
}

// A file that overlaps brings what is new; what was given back since comes as money back, once.
func TestGiftsOverlapAndGoBack(t *testing.T) {
	h := openPool(t)
	first := h.giveIn(campaign, forPool)
	lines := strings.Split(campaign, "\n")
	next := strings.Join([]string{lines[0], strings.Replace(lines[1], "paid", "refunded", 1), lines[2], lines[3],
		"A;;;2026-03-09;pay_9;70,00;2,00;68,00;EUR;paid", "B;;;2026-03-10;re_7;-5,00;0;-5,00;EUR;paid", "C;;;2026-03-11;pay_3;-20,00;0;-20,00;EUR;paid"}, "\n")
	second := h.giveIn(next, forPool)
	if second.Gifts != 1 || second.GivenBack != 3 || second.Known != 1 {
		t.Fatalf("%+v", second)
	}
	income, fees := h.books()
	if sum(income) != 107_500+7_000-2_500-500-2_000 || sum(fees) != 3_480 {
		t.Fatal(income, fees)
	}
	_, err := h.im.ImportGifts(h.ctx, "c.csv", []byte(next+"\n"), forPool, false)
	wantFault(t, err, fault.Invalid, "file") // nothing new
	// An older file, in which nothing had gone back, changes nothing.
	dry, err := h.im.ImportGifts(h.ctx, "d.csv", []byte(campaign+"\n\n"), forPool, true)
	must(t, err)
	if dry.Gifts+dry.GivenBack != 0 || dry.Known != 3 {
		t.Errorf("%+v", dry)
	}

	_, err = h.repo.Revert(h.ctx, first.ImportID) // a later file builds on it
	wantFault(t, err, fault.Invalid, "")
	for _, id := range []string{second.ImportID, first.ImportID} {
		_, err := h.repo.Revert(h.ctx, id)
		must(t, err)
	}
	left, err := h.repo.gifts.Count(h.ctx, nil)
	must(t, err)
	if income, fees := h.books(); len(income)+len(fees)+left != 0 {
		t.Error(income, fees, left)
	}
	h.giveIn(campaign, forPool) // and everything can come again
}

func TestGiftFaultsNameTheField(t *testing.T) {
	h := openPool(t)
	h.giveIn("id,date,amount\np1,2026-01-01,10.00\n", GiftForm{DonorID: "pool", Currency: "EUR"})
	for text, field := range map[string]GiftField{
		"p2,2026-02-31,1.00,,": GiftDate, "p2,2099-01-01,1.00,,": GiftDate, "p2,2026-02-01,one,,": GiftGross, "p2,2026-02-01,0.00,,": GiftGross,
		",2026-02-01,1.00,,": GiftPayment, "p2,2026-02-01,1.00,0.10,0.80": GiftNet, "p1,2026-01-01,11.00,,": GiftGross, "p1,2026-01-02,-11.00,,": GiftGross,
	} {
		res, err := h.im.ImportGifts(h.ctx, "a.csv", []byte("id,date,amount,fee,net\n"+text+"\n"), GiftForm{DonorID: "pool", Currency: "EUR"}, true)
		must(t, err)
		if res.ErrorCount != 1 || res.Errors[0].Field != string(field) || res.Errors[0].Row != 2 {
			t.Errorf("%s: %+v", text, res.Errors)
		}
	}
	choose, err := h.im.ImportGifts(h.ctx, "a.csv", []byte("who,when\nA,2026-01-01\n"), GiftForm{DonorID: "pool"}, true)
	must(t, err)
	if len(choose.Choose) != 3 || len(choose.Header) != 2 {
		t.Errorf("%+v", choose)
	}
	_, err = h.im.ImportGifts(h.ctx, "a.csv", []byte("p1,2026-01-01,10.00\np2,2026-01-02,3.00\n"),
		GiftForm{DonorID: "pool", Currency: "EUR", Columns: map[GiftField]string{GiftPayment: "p1", GiftDate: "2026-01-01", GiftGross: "10.00"}}, true)
	wantFault(t, err, fault.Invalid, "file")
	_, err = h.im.ImportGifts(h.ctx, "a.csv", []byte(campaign), GiftForm{DonorID: "nobody"}, true)
	wantFault(t, err, fault.Invalid, "donorId")
}

// The columns that were chosen once are those of the next file for the campaign.
func TestGiftColumnsAreKept(t *testing.T) {
	h := openPool(t)
	chosen := map[GiftField]string{GiftPayment: "Nr", GiftDate: "Tag", GiftGross: "Summe"}
	h.giveIn("Nr,Tag,Summe\n1,2026-01-01,10.00\n", GiftForm{DonorID: "pool", Currency: "EUR", Columns: chosen})
	dry, err := h.im.ImportGifts(h.ctx, "b.csv", []byte("Summe,Tag,Nr,Wer\n5.00,2026-01-02,2,Oda\n"), GiftForm{DonorID: "pool", Currency: "EUR"}, true)
	must(t, err)
	if dry.Gifts != 1 || dry.Columns[GiftGross] != "Summe" {
		t.Errorf("%+v", dry)
	}
}

// overtaken lets something happen when a transaction is about to begin.
type overtaken struct {
	*memory.Engine
	by *func()
}

func (e overtaken) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if by := *e.by; by != nil {
		*e.by = nil
		by()
	}
	return e.Engine.Tx(ctx, fn)
}

// Two imports of one file at once bring it once: the slower has read the file when the quicker writes, and finds what that
// has written. That holds for gifts and for what went back of gifts that both know.
func TestGiftsAtOnce(t *testing.T) {
	var quicker func()
	h := openOn(t, overtaken{memory.New(), &quicker})
	h.givePool()
	for _, file := range []string{campaign, campaign + "C;;;2026-03-11;pay_3;-20,00;0,30;-20,30;EUR;paid\n"} {
		quicker = func() { h.giveIn(file, forPool) }
		_, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(file), forPool, false)
		wantFault(t, err, fault.Invalid, "file")
		if quicker != nil {
			t.Fatal("nobody was quicker")
		}
	}
	if income, fees := h.books(); sum(income) != 107_500-2_000 || sum(fees) != 3_280+30 {
		t.Error(income, fees)
	}
}

// A dry run looks without a transaction, so that nobody who writes waits for it.
func TestGiftsDryRunIsARead(t *testing.T) {
	var begun func()
	h := openOn(t, overtaken{memory.New(), &begun})
	h.givePool()
	begun = func() { t.Error("a dry run began a transaction") }
	_, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(campaign), forPool, true)
	must(t, err)
	begun = nil
	h.giveIn(campaign, forPool)
}

// A verdict names the first errors and counts all; the list of errors has all, and wants what is to be chosen.
func TestGiftErrorsAreCapped(t *testing.T) {
	h := openPool(t)
	file := "id,date,amount\n" + strings.Repeat("p,2026-01-01,much\n", maxNamed+20)
	form := GiftForm{DonorID: "pool", Currency: "EUR"}
	dry, err := h.im.ImportGifts(h.ctx, "a.csv", []byte(file), form, true)
	must(t, err)
	if dry.ErrorCount != maxNamed+20 || len(dry.Errors) != maxNamed {
		t.Error(dry.ErrorCount, len(dry.Errors))
	}
	all, err := h.im.GiftErrors(h.ctx, "a.csv", []byte(file), form)
	must(t, err)
	if len(all.Errors) != maxNamed+20 {
		t.Error(len(all.Errors))
	}
	_, err = h.im.GiftErrors(h.ctx, "a.csv", []byte("who,date,amount\nA,2026-01-01,1.00\n"), form)
	wantFault(t, err, fault.Invalid, "columns.paymentId")
	form.Currency = ""
	_, err = h.im.GiftErrors(h.ctx, "a.csv", []byte(file), form)
	wantFault(t, err, fault.Invalid, "currency")
}

// Nothing of who gave is in the bytes of the store, neither after an import nor after it was taken back.
func TestGiversAreNotStored(t *testing.T) {
	dir := t.TempDir()
	engine, err := sqlite.Open(filepath.Join(dir, "piper.db"))
	must(t, err)
	h := openOn(t, engine)
	h.givePool()
	res := h.giveIn(campaign, forPool)
	clean := func() {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		must(t, err)
		var all []byte
		for _, name := range files {
			data, err := os.ReadFile(name)
			must(t, err)
			all = append(all, bytes.ToLower(data)...)
		}
		if !bytes.Contains(all, []byte("lanterns.csv")) {
			t.Fatal("the files of the store do not hold the import")
		}
		for _, word := range []string{"nightjar", "quill", "thorn", "sister", "keep going", "pay_1", "pay_4", "nobody yet", "example"} {
			if bytes.Contains(all, []byte(word)) {
				t.Errorf("%q is in the store", word)
			}
		}
	}
	clean()
	_, err = h.repo.Revert(h.ctx, res.ImportID)
	must(t, err)
	clean()
}

// What is kept of the number of a payment follows from a key, so that nobody who has the records finds the numbers by trying.
func TestGiftNumbersAreKeyed(t *testing.T) {
	h := openPool(t)
	h.giveIn("id,date,amount\n4711,2026-01-01,10.00\n", GiftForm{DonorID: "pool", Currency: "EUR"})
	h.im = NewImporter(h.repo, h.donors, func(text string) string { return testDigest("another key" + text) })
	h.giveIn("id,date,amount\n4711,2026-01-01,10.00\n\n", GiftForm{DonorID: "pool", Currency: "EUR"})
	list, err := h.repo.gifts.Find(h.ctx, nil, nil, 0)
	must(t, err)
	if len(list) != 2 || list[0].Key == list[1].Key {
		t.Errorf("%+v", list)
	}
}

// FuzzReadGifts: no file makes the reader panic, what it takes adds up, and the same file once more says nothing new.
func FuzzReadGifts(f *testing.F) {
	f.Add([]byte(campaign))
	f.Add([]byte("id,date,amount,fee,net,refunded\np,2026-01-01,-1,-0.1,,0.5\np,2026-01-01,2,0.1,1.9,yes\n"))
	f.Add([]byte("id,date,amount,net,refunded,refund date\np,2026-01-01,9,8,3,\np,2026-01-02,-2,-2,,\np,2026-01-02,-2,-2,,\nq,2026-01-02,-2,-2,,\n"))
	f.Add([]byte("Spenden-ID;Datum;Betrag;Gebühr;Netto;Währung;Status;Erstattet\n7;31.12.2025;1.234,56;-1,20;1.233,36;CHF;erstattet;1\n7;31.12.2025;-1.234,56;0,20;;CHF;;\n"))
	f.Add([]byte("id\tdate\tgross\tcurrency\tstatus\np\t12/31/2025 18:04\t€3\tEUR\trefunded\np\t12/31/2025\t(2)\tEUR\t\np\t12/31/2025\t(2)\tEUR\t\np\t12/31/2025\t3\tJPY\t\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := sheet.Open("a.csv", data, sheet.Options{})
		if err != nil {
			return
		}
		read, err := ReadGifts(book, GiftForm{Columns: GiftColumns(book.Header), Currency: "EUR"}, testDigest)
		if err != nil {
			return
		}
		keys := map[string]bool{}
		lines := read.Repeated + read.Unpaid
		for _, g := range read.gifts {
			if why := wrongGift(g); why != "" || keys[g.key] {
				t.Fatalf("%s: %+v", why, g)
			}
			keys[g.key] = true
			if lines += len(g.backs); g.gross > 0 {
				lines++
			}
		}
		if lines > read.Lines || len(read.Errors) != read.ErrorCount {
			t.Fatalf("%+v", read)
		}
	})
}

// wrongGift says what cannot be in a payment that was read, "" where nothing is wrong.
func wrongGift(g *given) string {
	var lines, fresh int64
	for _, b := range g.backs {
		if lines += b.minor; b.minor <= 0 || MonthOf(b.date) == 0 {
			return fmt.Sprintf("a line that went back is %+v", b)
		}
	}
	known := &Gift{Gross: g.gross, Currency: g.currency}
	for _, b := range known.learn(g, "2026-11-21", "an import") {
		fresh += b.minor
	}
	switch {
	case g.key == "", MonthOf(g.date) == 0, g.gross < 0, g.gross == 0 && len(g.backs) == 0:
		return "nothing was given"
	case g.stated < 0, g.stated > g.gross, g.gross > 0 && lines > g.gross, lines > moneyBound:
		return "more went back than was given"
	case fresh != known.back(), fresh != max(lines, g.stated):
		return fmt.Sprintf("%d went back, and %d is known", fresh, known.back())
	case len(known.learn(g, "2026-11-21", "the next")) > 0:
		return "the same file says something new"
	}
	return ""
}
