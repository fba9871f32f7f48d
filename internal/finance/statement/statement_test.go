package statement

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"piper/internal/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

func show(f *File) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, accounts %q, %d pending\n", f.Format, f.Accounts, f.Pending)
	for _, e := range f.Entries {
		fmt.Fprintf(&b, "booking %d of %s\n  %s value %s %s charges %d reversed %v\n  payer %q %q\n  text %q ref %q bank %q\n",
			e.Line, e.Whole, e.Date, e.ValueDate, e.Amount, e.Charges, e.Reversed, e.Payer, e.IBAN, e.Remittance, e.EndToEnd, e.BankRef)
	}
	return b.String()
}

// TestGolden reads one statement of each form that banks write.
func TestGolden(t *testing.T) {
	for _, name := range []string{"camt-v02.xml", "camt-v08.xml", "swift.sta"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		f, err := Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(show(f)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(f); got != string(want) {
			t.Errorf("%s:\n%s\nnot\n%s", name, got, want)
		}
	}
}

// TestRefused: what is no statement, or a broken one, is refused whole, with a sentence about the file.
func TestRefused(t *testing.T) {
	camt, err := os.ReadFile("testdata/camt-v02.xml")
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, new string) string { return strings.Replace(string(camt), old, new, 1) }
	for name, text := range map[string]string{
		"nothing": "", "a table": "donor,amount\nOak,5\n", "other XML": "<a><b/></a>", "broken off": string(camt[:len(camt)/2]),
		"an amount of letters": with("49985.00", "many"), "too many decimals": with("49985.00", "1.234"), "a negative amount": with("49985.00", "-1.00"),
		"a huge amount": with("49985.00", "99999999999999999"), "no such day": with("2026-03-03", "2026-02-30"), "no currency": with(`Ccy="EUR">49985`, `Ccy="EURO">49985`),
		"no account":           with("<IBAN>BE71 0961 2345 6769</IBAN>", ""),
		"an entity of its own": with("<Document", `<!DOCTYPE x [<!ENTITY a "aaaa">]><Document a="&a;"`),
		"a broken movement":    ":20:X\n:25:BE71\n:60F:C260301EUR1,\n:61:none\n", "no opening balance": ":20:X\n:25:BE71\n:61:260301C5,NMSCNONREF\n",
	} {
		if _, err := Parse([]byte(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzParse: whatever the bytes, it ends, and what it reads is what the rest of the house may rely on.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"camt-v02.xml", "camt-v08.xml", "swift.sta"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(data)
		if err != nil {
			if code := fault.CodeOf(err); code != fault.Invalid && code != fault.TooLarge {
				t.Fatal(err)
			}
			return
		}
		for _, e := range file.Entries {
			if e.Account == "" || len(e.Date) != 10 || len(e.Amount.Currency) != 3 || len([]rune(e.Remittance)) > maxText {
				t.Fatalf("%+v", e)
			}
		}
		list := bookings(file)
		for i, k := range Pair(list, list) {
			if k < 0 {
				t.Fatalf("booking %d is not in its own statement: %+v", i, list[i])
			}
		}
	})
}
