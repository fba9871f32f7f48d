package statement

import (
	"bytes"
	"encoding/xml"
	"strings"

	"golang.org/x/net/html/charset"

	"piper/internal/fault"
	"piper/internal/money"
)

// The parts of a CAMT.053 message that are read, versions 02 to 13: names without their namespace, which is all
// that differs between most of them. Where a version has moved something, both places are here.
type camt struct {
	Statements []camtStatement `xml:"BkToCstmrStmt>Stmt"`
}

type camtStatement struct {
	Account struct {
		IBAN  string `xml:"Id>IBAN"`
		Other string `xml:"Id>Othr>Id"`
	} `xml:"Acct"`
	Entries []camtEntry `xml:"Ntry"`
}

type camtEntry struct {
	Ref       string     `xml:"NtryRef"`
	Amount    camtAmount `xml:"Amt"`
	Direction string     `xml:"CdtDbtInd"`
	Reversed  bool       `xml:"RvslInd"`
	Status    camtStatus `xml:"Sts"`
	Booked    camtDay    `xml:"BookgDt"`
	Value     camtDay    `xml:"ValDt"`
	BankRef   string     `xml:"AcctSvcrRef"`
	Info      string     `xml:"AddtlNtryInf"`
	Charges   camtFees   `xml:"Chrgs"`
	Details   []camtTx   `xml:"NtryDtls>TxDtls"`
}

type camtAmount struct {
	Text     string `xml:",chardata"`
	Currency string `xml:"Ccy,attr"`
}

// camtStatus is text up to version 03, and a code inside from 04 on.
type camtStatus struct {
	Text string `xml:",chardata"`
	Code string `xml:"Cd"`
}

type camtDay struct {
	Day  string `xml:"Dt"`
	Time string `xml:"DtTm"`
}

func (d camtDay) text() string {
	if d.Day != "" {
		return d.Day
	}
	return d.Time
}

// camtFees lists charges: each directly up to version 03, as records from 04 on.
type camtFees struct {
	Amounts []camtAmount `xml:"Amt"`
	Records []camtAmount `xml:"Rcrd>Amt"`
}

type camtTx struct {
	EndToEnd  string     `xml:"Refs>EndToEndId"`
	BankRef   string     `xml:"Refs>AcctSvcrRef"`
	Amount    camtAmount `xml:"Amt"`
	Nested    camtAmount `xml:"AmtDtls>TxAmt>Amt"`
	Direction string     `xml:"CdtDbtInd"`
	Charges   camtFees   `xml:"Chrgs"`
	Debtor    camtParty  `xml:"RltdPties>Dbtr"`
	DebtorAcc camtAcc    `xml:"RltdPties>DbtrAcct"`
	Creditor  camtParty  `xml:"RltdPties>Cdtr"`
	CredAcc   camtAcc    `xml:"RltdPties>CdtrAcct"`
	Free      []string   `xml:"RmtInf>Ustrd"`
	Refs      []string   `xml:"RmtInf>Strd>CdtrRefInf>Ref"`
	Info      string     `xml:"AddtlTxInf"`
}

// camtParty is a name up to version 07, and a party with a name from 08 on.
type camtParty struct {
	Name  string `xml:"Nm"`
	Party string `xml:"Pty>Nm"`
}

type camtAcc struct {
	IBAN  string `xml:"Id>IBAN"`
	Other string `xml:"Id>Othr>Id"`
}

func parseCAMT(data []byte) (*File, error) {
	var doc camt
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	if err := d.Decode(&doc); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "The file is not well-formed XML, or breaks off.")
	}
	if len(doc.Statements) == 0 {
		return nil, fault.Field("file", "This XML file is no account statement (CAMT.053).")
	}
	f, booking := &File{Format: "CAMT.053"}, 0
	for _, s := range doc.Statements {
		own := account(s.Account.IBAN + s.Account.Other)
		if own == "" {
			return nil, fault.Field("file", "A statement in the file does not say of which account it is.")
		}
		f.Accounts = append(f.Accounts, own)
		for _, n := range s.Entries {
			if status := strings.TrimSpace(n.Status.Text + n.Status.Code); status != "BOOK" {
				f.Pending++
				continue
			}
			entries, err := n.entries(own)
			if err != nil {
				return nil, err
			}
			for i := range entries {
				entries[i].Line = booking
			}
			booking++
			f.Entries = append(f.Entries, entries...)
		}
	}
	return f, nil
}

// entries gives the movements of an entry: one, or those of a batch where each says its amount and together they
// are the whole.
func (n camtEntry) entries(own string) ([]Entry, error) {
	whole, err := n.whole(own)
	if err != nil {
		return nil, err
	}
	if len(n.Details) < 2 {
		if len(n.Details) == 1 {
			if whole.Charges == 0 {
				err = n.Details[0].Charges.into(&whole)
			}
			whole = whole.with(n.Details[0])
		}
		return []Entry{whole}, err
	}
	var list []Entry
	var sum int64
	for _, tx := range n.Details {
		e := whole
		a := tx.Amount
		if a.Text == "" {
			a = tx.Nested
		}
		if a.Text == "" || a.Currency != whole.Amount.Currency {
			return []Entry{whole}, nil
		}
		if e.Amount.Minor, err = amountOf(a.Text, ".", a.Currency); err != nil {
			return nil, err
		}
		if isDebit(tx.Direction, n.Direction) {
			e.Amount.Minor = -e.Amount.Minor
		}
		e.Charges, sum = 0, sum+e.Amount.Minor
		list = append(list, e.with(tx))
	}
	if sum != whole.Amount.Minor {
		return []Entry{whole}, nil
	}
	return list, nil
}

func (n camtEntry) whole(own string) (e Entry, err error) {
	e = Entry{Account: own, BankRef: line(n.BankRef), Remittance: line(n.Info), Reversed: n.Reversed}
	if e.Amount.Currency, err = money.ParseCurrency(n.Amount.Currency); err != nil {
		return e, fault.Field("file", "An entry is in %q, which is no currency.", clip(n.Amount.Currency))
	}
	if e.Amount.Minor, err = amountOf(n.Amount.Text, ".", e.Amount.Currency); err != nil {
		return e, err
	}
	if isDebit(n.Direction, "") {
		e.Amount.Minor = -e.Amount.Minor
	}
	booked, value := n.Booked.text(), n.Value.text()
	if booked == "" {
		booked = value
	}
	if e.Date, err = dayOf(booked); err != nil {
		return e, err
	}
	e.ValueDate, e.NoDay, e.Whole = e.Date, n.Booked.text() == "", e.Amount
	if value != "" {
		if e.ValueDate, err = dayOf(value); err != nil {
			return e, err
		}
	}
	return e, n.Charges.into(&e)
}

// into adds charges in the entry's currency.
func (f camtFees) into(e *Entry) error {
	for _, a := range append(f.Amounts, f.Records...) {
		if a.Currency != e.Amount.Currency {
			continue
		}
		minor, err := amountOf(a.Text, ".", a.Currency)
		if err != nil {
			return err
		}
		e.Charges += minor
	}
	return nil
}

func isDebit(direction, otherwise string) bool {
	if direction = strings.TrimSpace(direction); direction == "" {
		direction = strings.TrimSpace(otherwise)
	}
	return direction == "DBIT"
}

// with adds what the details of a movement say. Who stands at the other end depends on its direction.
func (e Entry) with(tx camtTx) Entry {
	party, acc := tx.Debtor, tx.DebtorAcc
	if e.Amount.Minor < 0 {
		party, acc = tx.Creditor, tx.CredAcc
	}
	e.Payer, e.IBAN = line(party.Name+party.Party), account(acc.IBAN+acc.Other)
	if text := line(strings.Join(append(tx.Free, tx.Refs...), " ")); text != "" {
		e.Remittance = text
	} else if tx.Info != "" {
		e.Remittance = line(tx.Info)
	}
	if id := line(tx.EndToEnd); id != "NOTPROVIDED" {
		e.EndToEnd = id
	}
	// A part of a batch keeps the number of its booking, by which the other format knows it.
	if ref := line(tx.BankRef); ref != "" && e.Whole == e.Amount {
		e.BankRef = ref
	}
	return e
}
