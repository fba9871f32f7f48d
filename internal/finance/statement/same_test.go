package statement

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"piper/internal/money"
)

// bookings gives those of a file, in order.
func bookings(f *File) []Booking {
	var list []Booking
	at := -1
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Line != at {
			at = e.Line
			list = append(list, e.Booking(f.Format))
		}
	}
	return list
}

func read(t *testing.T, name string) []Booking {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return bookings(f)
}

// TestOneMonthInBothFormats: every booking of a month that the bank gives out as CAMT.053 is found again in its MT940,
// whatever each has cut, numbered anew, put together or left out; and none of another payment.
func TestOneMonthInBothFormats(t *testing.T) {
	camt, mt := read(t, "both.xml"), read(t, "both.sta")
	if len(camt) != 8 || len(mt) != 9 {
		t.Fatalf("%d and %d bookings", len(camt), len(mt))
	}
	if got := Pair(camt, mt); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5, 6, 7}) {
		t.Errorf("CAMT in MT940: %v", got)
	}
	// The last of the MT940 is of the same day and amount as another, and by somebody else.
	if got := Pair(mt, camt); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5, 6, 7, -1}) {
		t.Errorf("MT940 in CAMT: %v", got)
	}
}

// TestSame says, case by case, what makes two bookings one.
func TestSame(t *testing.T) {
	base := Booking{Format: "CAMT.053", Account: "BE71", Date: "2026-03-03", ValueDate: "2026-03-03", Whole: money.Money{Minor: 5000, Currency: "EUR"},
		BankRef: "2026030300011", EndToEnd: "OAK-2026-014", Payer: "Oak Foundation", IBAN: "CH93", Text: "Grant of March"}
	for name, c := range map[string]struct {
		change func(*Booking)
		same   bool
	}{
		"the same":                                {func(*Booking) {}, true},
		"another account":                         {func(b *Booking) { b.Account = "BE72" }, false},
		"another day":                             {func(b *Booking) { b.Date = "2026-03-04" }, false},
		"another amount":                          {func(b *Booking) { b.Whole.Minor++ }, false},
		"another currency":                        {func(b *Booking) { b.Whole.Currency = "CHF" }, false},
		"another bank reference":                  {func(b *Booking) { b.BankRef = "2026030300012" }, false},
		"another payer":                           {func(b *Booking) { b.Payer = "Oak Trust" }, false},
		"MT940, in other words":                   {func(b *Booking) { b.Format, b.Payer, b.Text = "MT940", "", "OAK FOUNDATION GRANT OF MARCH" }, true},
		"MT940, nothing said":                     {func(b *Booking) { *b = Booking{Format: "MT940", Account: b.Account, Date: b.Date, Whole: b.Whole} }, true},
		"MT940, a letter before the reference":    {func(b *Booking) { b.Format, b.BankRef, b.Text = "MT940", "B"+b.BankRef, "paid" }, true},
		"MT940, other references, the same payer": {func(b *Booking) { b.Format, b.BankRef, b.EndToEnd = "MT940", "X1", "77" }, true},
		"MT940, other references, no more said": {func(b *Booking) {
			b.Format, b.BankRef, b.EndToEnd, b.Payer, b.IBAN, b.Text = "MT940", "X1", "", "", "", ""
		}, false},
		"MT940, no reference, another payer":                   {func(b *Booking) { b.Format, b.BankRef, b.EndToEnd, b.Payer = "MT940", "", "", "Elm" }, false},
		"MT940, no reference, another account":                 {func(b *Booking) { b.Format, b.BankRef, b.EndToEnd, b.IBAN = "MT940", "", "", "FR76" }, false},
		"MT940 without a booking day, same value":              {func(b *Booking) { b.Format, b.NoDay, b.Date, b.ValueDate = "MT940", true, "2026-03-03", "2026-03-03" }, true},
		"MT940, the same order reference from another account": {func(b *Booking) { b.Format, b.BankRef, b.IBAN = "MT940", "", "FR76" }, false},
		"MT940, a name cut off":                                {func(b *Booking) { b.Format, b.BankRef, b.EndToEnd, b.Payer = "MT940", "", "", "OAK FOUNDAT" }, true},
	} {
		other := base
		c.change(&other)
		for _, pair := range [][2]Booking{{base, other}, {other, base}} {
			if got := Pair(pair[:1], pair[1:])[0] == 0; got != c.same {
				t.Errorf("%s: same is %v", name, got)
			}
		}
	}
}

// TestPairing: each booking is paired with one other at most, only what is alike is paired, nothing that is alike is
// left over on both sides, and a statement is always wholly in itself.
func TestPairing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	some := func() []Booking {
		list := make([]Booking, r.IntN(12))
		for i := range list {
			list[i] = Booking{Format: pick("CAMT.053", "MT940"), Account: "BE71", Date: "2026-03-03", ValueDate: "2026-03-03", Whole: money.Money{Minor: int64(1 + r.IntN(2)), Currency: "EUR"},
				BankRef: pick("", "", "REF-00000001", "REF-00000002"), EndToEnd: pick("", "E1", "E2"), Payer: pick("", "Oak", "Elm"), IBAN: pick("", "CH1", "CH2"), Text: pick("", "gift", "fee 2026")}
		}
		return list
	}
	count := func(pairs []int) (n int) {
		seen := map[int]bool{}
		for _, k := range pairs {
			if k >= 0 && seen[k] {
				t.Fatal("two are the same one")
			}
			if k >= 0 {
				seen[k] = true
				n++
			}
		}
		return n
	}
	for range 2000 {
		a, b := some(), some()
		if n := count(Pair(a, a)); n != len(a) {
			t.Fatalf("%d of %d are in their own statement: %+v", n, len(a), a)
		}
		there := Pair(a, b)
		count(there)
		for i, k := range there {
			if k >= 0 {
				if _, ok := likeness(&a[i], &b[k]); !ok {
					t.Fatalf("%+v and %+v are not alike", a[i], b[k])
				}
			}
		}
		// What is left on both sides is nowhere alike: nothing comes twice that could have been paired.
		left := map[int]bool{}
		for k := range b {
			left[k] = !slices.Contains(there, k)
		}
		for i, k := range there {
			for other := range b {
				if _, ok := likeness(&a[i], &b[other]); k < 0 && left[other] && ok {
					t.Fatalf("%+v and %+v are alike, and neither is paired", a[i], b[other])
				}
			}
		}
	}
}

// TestOwnNumber: the account of an MT940 is written as CAMT.053 has it.
func TestOwnNumber(t *testing.T) {
	for in, want := range map[string]string{
		"BE71096123456769": "BE71096123456769", "NL13TEST0123456789EUR": "NL13TEST0123456789", "37040044/0532013000": "DE89370400440532013000",
		"37040044/532013000EUR": "DE89370400440532013000", "BANKBEBBXXX/BE71096123456769": "BE71096123456769", "12-345678-9": "12-345678-9",
		"PL61109010140000071219812874PLN": "PL61109010140000071219812874", "NO9386011117947NOK": "NO9386011117947", "GB29NWBK60161331926819": "GB29NWBK60161331926819",
	} {
		if got := ownNumber(strings.TrimSpace(in)); got != want {
			t.Errorf("%s: %s, not %s", in, got, want)
		}
	}
}
