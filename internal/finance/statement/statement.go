// Package statement reads account statements as banks give them out: CAMT.053 (ISO 20022, XML) and MT940 (SWIFT).
// It is pure: bytes in, entries out.
package statement

import (
	"bytes"
	"strings"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// MaxFile bounds a statement, in bytes.
const MaxFile = 16 << 20

// maxEntries bounds what one file may hold.
const maxEntries = 20_000

// Entry is one movement on an account.
type Entry struct {
	Account    string // IBAN, or the bank's own number
	Date       store.Date
	ValueDate  store.Date
	NoDay      bool        // the bank gives no booking day: Date is the value date
	Line       int         // which booking of the file it is, or is a part of, from 0
	Whole      money.Money // of the booking
	Amount     money.Money // positive: money that came in
	Charges    int64       // what banks took from it on its way, in minor units, where they say so
	Payer      string
	IBAN       string // the other account
	Remittance string // what the payer wrote
	EndToEnd   string // the payer's own reference
	BankRef    string // the bank's number of the movement
	Reversed   bool   // it takes an earlier movement back
}

// File is a statement, or several in one file.
type File struct {
	Format   string // "CAMT.053", "MT940"
	Accounts []string
	Entries  []Entry
	Pending  int // movements that are not booked yet, which are left out
}

// Parse reads a file of either format. It gives an Invalid fault with a sentence where it is neither, or
// broken: a statement is read whole or not at all.
func Parse(data []byte) (*File, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.TooLarge, "The file is larger than %d MB.", MaxFile>>20)
	}
	data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte("\xef\xbb\xbf"))
	var f *File
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("<")):
		f, err = parseCAMT(data)
	case bytes.Contains(data, []byte(":60F:")) || bytes.Contains(data, []byte(":60M:")) || bytes.Contains(data, []byte(":25:")):
		f, err = parseMT940(data)
	default:
		return nil, fault.Field("file", "This is neither a CAMT.053 file (XML) nor an MT940 file.")
	}
	if err != nil {
		return nil, err
	}
	if len(f.Entries) > maxEntries {
		return nil, fault.New(fault.TooLarge, "The file has more than %d entries. Split it.", maxEntries)
	}
	return f, nil
}

// amountOf reads a decimal amount exactly: digits with at most one mark before the decimals.
func amountOf(text, mark, currency string) (int64, error) {
	whole, decimals, _ := strings.Cut(strings.TrimSpace(text), mark)
	exponent := money.Exponent(currency)
	decimals = strings.TrimRight(decimals, "0")
	if whole == "" || len(whole) > 15 || len(decimals) > exponent || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, fault.Field("file", "%q is not an amount in %s.", clip(text), currency)
	}
	var minor int64
	for _, c := range whole + decimals + strings.Repeat("0", exponent-len(decimals)) {
		if minor > money.MaxMinor {
			break
		}
		minor = minor*10 + int64(c-'0')
	}
	if minor > money.MaxMinor {
		return 0, fault.Field("file", "The amount %q is too large.", clip(text))
	}
	return minor, nil
}

// dayOf reads the day of "2026-03-29" or "2026-03-29T10:00:00+01:00".
func dayOf(text string) (store.Date, error) {
	text = strings.TrimSpace(text)
	day, err := store.ParseDate(text[:min(len(text), 10)])
	if err != nil {
		return "", fault.Field("file", "%q is not a day.", clip(text))
	}
	return day, nil
}

// line makes one line of text of bounded length.
func line(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
	if r := []rune(s); len(r) > maxText {
		return string(r[:maxText])
	}
	return s
}

// maxText bounds what is kept of a text, in characters.
const maxText = 1000

// account brings an account number into one form: an IBAN without blanks, in capitals.
func account(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(line(s)), ""))
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
