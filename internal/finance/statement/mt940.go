package statement

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// tagLine begins a field: ":61:" and what follows it.
var tagLine = regexp.MustCompile(`^:([0-9]{2}[A-Z]?):(.*)$`)

// movement is field 61: value date, booking day, direction, amount, type, references.
var movement = regexp.MustCompile(`^([0-9]{6})([0-9]{4})?(R?[CD]|E[CD])([A-Z])?([0-9]{1,15},[0-9]{0,4})([A-Z][A-Z0-9]{3})?([^\n]*)`)

// balance is field 60: direction, day, currency, amount.
var balance = regexp.MustCompile(`^[CD]([0-9]{6})([A-Z]{3})[0-9]{1,15},[0-9]{0,4}`)

type field struct{ tag, text string }

func parseMT940(data []byte) (*File, error) {
	text := string(data)
	if !utf8.ValidString(text) {
		latin, err := charmap.ISO8859_1.NewDecoder().String(text)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "The file is not text.")
		}
		text = latin
	}
	f := &File{Format: "MT940"}
	var own, currency string
	for _, one := range fields(text) {
		switch one.tag {
		case "25":
			own = account(strings.SplitN(one.text, "\n", 2)[0])
			own = ownNumber(own)
			f.Accounts = append(f.Accounts, own)
			currency = ""
		case "60F", "60M":
			m := balance.FindStringSubmatch(one.text)
			if m == nil {
				return nil, fault.Field("file", "The opening balance %q cannot be read.", clip(one.text))
			}
			code, err := money.ParseCurrency(m[2])
			if err != nil {
				return nil, fault.Field("file", "%q is no currency.", m[2])
			}
			currency = code
		case "61":
			if own == "" || currency == "" {
				return nil, fault.Field("file", "A movement stands before the account and its opening balance.")
			}
			e, err := movementOf(one.text, currency)
			if err != nil {
				return nil, err
			}
			e.Account, e.Line = own, len(f.Entries)
			f.Entries = append(f.Entries, e)
		case "86":
			if n := len(f.Entries); n > 0 && f.Entries[n-1].Account == own && f.Entries[n-1].Remittance == "" {
				f.Entries[n-1].details(one.text)
			}
		}
	}
	if len(f.Accounts) == 0 || currency == "" && len(f.Entries) == 0 {
		return nil, fault.Field("file", "This MT940 file names no account, or breaks off.")
	}
	return f, nil
}

// fields takes a message apart. Whatever lies around the fields (blocks of the SWIFT envelope, the hyphen at
// the end) is none.
func fields(text string) []field {
	var list []field
	for l := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		l = strings.TrimRight(l, "\r \t")
		if i := strings.Index(l, "{4:"); i >= 0 {
			l = l[i+len("{4:"):]
		}
		if l == "" || l == "-" || strings.HasPrefix(l, "-}") || strings.HasPrefix(l, "{") {
			continue
		}
		if m := tagLine.FindStringSubmatch(l); m != nil {
			list = append(list, field{m[1], m[2]})
		} else if n := len(list); n > 0 {
			list[n-1].text += "\n" + l
		}
	}
	return list
}

func movementOf(text, currency string) (e Entry, err error) {
	m := movement.FindStringSubmatch(text)
	if m == nil {
		return e, fault.Field("file", "The movement %q cannot be read.", clip(text))
	}
	if e.ValueDate, err = shortDay(m[1]); err != nil {
		return e, err
	}
	e.NoDay = m[2] == ""
	if e.Date = e.ValueDate; !e.NoDay {
		if e.Date, err = near(e.ValueDate, m[2]); err != nil {
			return e, err
		}
	}
	e.Amount.Currency = currency
	if e.Amount.Minor, err = amountOf(m[5], ",", currency); err != nil {
		return e, err
	}
	direction := m[3]
	if e.Reversed = direction[0] == 'R'; e.Reversed && direction == "RC" || direction == "D" || direction == "ED" {
		e.Amount.Minor = -e.Amount.Minor
	}
	e.Whole = e.Amount
	own, bank, _ := strings.Cut(m[7], "//")
	e.BankRef = line(bank)
	if own = line(own); own != "NONREF" {
		e.EndToEnd = own
	}
	return e, nil
}

// shortDay reads YYMMDD; statements are of this century.
func shortDay(s string) (store.Date, error) {
	day, err := store.ParseDate("20" + s[:2] + "-" + s[2:4] + "-" + s[4:])
	if err != nil {
		return "", fault.Field("file", "%q is not a day.", s)
	}
	return day, nil
}

// near reads MMDD as the day of that name which lies nearest to another: around New Year the years differ.
func near(value store.Date, s string) (store.Date, error) {
	year := value.Time().Year()
	var best store.Date
	gap := -1.0
	for y := year - 1; y <= year+1; y++ {
		day, err := store.ParseDate(fmt.Sprintf("%04d-%s-%s", y, s[:2], s[2:]))
		if err != nil {
			continue
		}
		if d := day.Time().Sub(value.Time()).Abs().Hours(); gap < 0 || d < gap {
			best, gap = day, d
		}
	}
	if best == "" {
		return "", fault.Field("file", "%q is not a day.", s)
	}
	return best, nil
}

// coded finds the subfields of the German form, "?20"; slashed those of the other common one, "/NAME/".
var (
	coded   = regexp.MustCompile(`\?([0-9]{2})`)
	slashed = regexp.MustCompile(`/(EREF|NAME|IBAN|REMI|ORDP|BENM|CDTRREF|BIC|TRTP|MARF|CSID|CNTP|PREF|PURP|RTRN|ISDT|ADDR|ULTD|ULTB|ID|USTD|STRD|TR)/`)
)

// details reads field 86 in whichever of its forms the bank writes it.
func (e *Entry) details(text string) {
	joined := strings.ReplaceAll(text, "\n", "")
	switch {
	case coded.MatchString(joined):
		e.codedDetails(joined)
	case slashed.MatchString(joined):
		e.slashedDetails(joined)
	default:
		e.Remittance = line(text)
	}
}

func (e *Entry) codedDetails(text string) {
	var remittance, name strings.Builder
	marks := coded.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		value := text[m[1]:end]
		switch code := text[m[2]:m[3]]; {
		case code >= "20" && code <= "29", code >= "60" && code <= "63":
			remittance.WriteString(value)
		case code == "31":
			e.IBAN = account(value)
		case code == "32", code == "33":
			name.WriteString(value)
		}
	}
	e.Payer = line(name.String())
	e.Remittance = line(remittance.String())
	e.sepa()
}

// sepaMark finds the parts that German banks write into the remittance: "EREF+", "SVWZ+".
var sepaMark = regexp.MustCompile(`(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+`)

func (e *Entry) sepa() {
	marks := sepaMark.FindAllStringSubmatchIndex(e.Remittance, -1)
	text := e.Remittance
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		switch value := line(text[m[1]:end]); text[m[2]:m[3]] {
		case "EREF":
			if value != "NOTPROVIDED" {
				e.EndToEnd = value
			}
		case "SVWZ":
			e.Remittance = value
		}
	}
}

func (e *Entry) slashedDetails(text string) {
	marks := slashed.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		value := line(text[m[1]:end])
		switch text[m[2]:m[3]] {
		case "NAME":
			e.Payer = value
		case "IBAN":
			e.IBAN = account(value)
		case "EREF":
			if value != "NOTPROVIDED" {
				e.EndToEnd = value
			}
		case "REMI", "USTD", "CDTRREF":
			e.Remittance = line(e.Remittance + " " + strings.TrimPrefix(value, "USTD//"))
		case "CNTP": // account/bank/name
			if parts := strings.SplitN(value, "/", 4); len(parts) > 2 {
				e.IBAN, e.Payer = account(parts[0]), line(parts[2])
			}
		}
	}
}
