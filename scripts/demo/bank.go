package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// bankAccount is the one whose statements the demonstration has.
const bankAccount = "BE71096123456769"

// credit is a payment that came in some days ago.
type credit struct {
	daysAgo, cents   int
	payer, iban      string
	text, reference  string
	outgoing, booked bool
}

// credits are payments of the last weeks: one that is an instalment, less what banks took; fees; a donor whose kind
// of money is known; a payout of gifts; a stranger; one of our own.
var credits = []credit{
	{12, 15_598_500, "European Commission DG HOME", "BE52001000000001", "101146203 interim payment, REFERRAL ACROSS BORDERS", "101146203", false, true},
	{9, 80_000, "Fakulta Haven", "CZ6508000000192000145399", "Membership fee", "FEE-NEXT-01", false, true},
	{9, 120_000, "Fyrtårnet", "DK5000400440116243", "Kontingent, membership fee", "", false, true},
	{8, 231_550, "Rue Haute Immobilière", "", "Office rent", "", true, true},
	{6, 2_500_000, "Sigrid Rausing Trust", "GB29NWBK60161331926819", "Grant, last part", "SRT-88", false, true},
	{6, 120_000, "Stripe Payments Europe", "IE29AIBK93115212345678", "Payout, A light in every window", "po_0042", false, true},
	{5, 5_000, "Wanda Przykładna", "PL61109010140000071219812874", "Dla Lanterny", "", false, true},
	{4, 3_000_000, "Lanterna aisbl, savings", "BE62510007547061", "From our savings account", "", false, true},
	{2, 40_000, "Associazione Lampara", "IT60X0542811101000000123456", "Quota", "", false, false},
}

// addStatement lets the fundraiser import what the bank gave out.
func (p *piper) addStatement(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	name := "statement-" + time.Now().Format("2006-01") + ".xml"
	return as.send(ctx, http.MethodPost, "/api/v1/bank/statements?name="+name, "application/octet-stream", strings.NewReader(camt(credits)))
}

// camt writes payments as a statement in CAMT.053.001.08.
func camt(list []credit) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>`)
	fmt.Fprintf(&b, "<Acct><Id><IBAN>%s</IBAN></Id></Acct>", bankAccount)
	for i, c := range list {
		direction, status := "CRDT", "BOOK"
		if c.outgoing {
			direction = "DBIT"
		}
		if !c.booked {
			status = "PDNG"
		}
		day := time.Now().AddDate(0, 0, -c.daysAgo).Format(time.DateOnly)
		fmt.Fprintf(&b, `<Ntry><Amt Ccy="EUR">%d.%02d</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>%s</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>2026%08d</AcctSvcrRef>`,
			c.cents/100, c.cents%100, direction, status, day, i+1)
		fmt.Fprintf(&b, `<NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>%s</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>%s</IBAN></Id></DbtrAcct></RltdPties>`,
			c.reference, c.payer, c.iban)
		fmt.Fprintf(&b, `<RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`, c.text)
	}
	b.WriteString("</Stmt></BkToCstmrStmt></Document>")
	return b.String()
}
