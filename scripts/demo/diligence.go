package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// listed is an entry of the demonstration's own sanctions list. Everybody on it is invented.
type listed struct {
	id, kind, programme, country, born, number, address, function, remark string
	names                                                                 []string
}

var sanctioned = []listed{
	{"9001", "enterprise", "DEMO-A", "AE", "", "FZE-48812", "Warehouse 14, Free Zone South, Ras al-Badr", "", "Has chartered ships for listed persons.", []string{"Meridian Nord Hotels Group FZE", "Меридиан Норд Хотелс", "Groupe hôtelier Meridian Nord"}},
	{"9002", "person", "DEMO-A", "AE", "1961-04-02", "", "", "Owner of Meridian Nord Hotels Group FZE", "", []string{"Qasim Walid al-Badri", "Kassem Oualid El Badri", "قاسم وليد البدري"}},
	{"9003", "person", "DEMO-B", "", "1974", "P 5510223", "", "", "", []string{"Драгомир Вуйкович", "Dragomir Vujković"}},
	{"9004", "enterprise", "DEMO-B", "", "", "", "", "", "", []string{"Northern Lights Shipping Company", "Nordlys Rederi"}},
	{"9005", "enterprise", "DEMO-C", "", "", "", "", "", "", []string{"Bank of the Eastern Delta"}},
	{"9006", "person", "DEMO-C", "", "1958-11-30", "", "", "Former minister", "", []string{"Théodule Mbangi-Koto"}},
}

// sanctionsList serves the list as the Commission does.
func sanctionsList(now time.Time) http.HandlerFunc {
	var out strings.Builder
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="%s" globalFileId="4711">`,
		now.AddDate(0, 0, -2).Format(time.RFC3339))
	for _, e := range sanctioned {
		fmt.Fprintf(&out, `<sanctionEntity euReferenceNumber="EU.DEMO.%s" logicalId="%s"><remark>%s</remark><regulation programme="%s" numberTitle="2026/%s (invented)" publicationDate="2026-03-02"/><subjectType code="%s"/>`,
			e.id, e.id, e.remark, e.programme, e.id, e.kind)
		for _, n := range e.names {
			fmt.Fprintf(&out, `<nameAlias wholeName="%s" function="%s" strong="true"/>`, n, e.function)
		}
		switch len(e.born) {
		case len(time.DateOnly):
			fmt.Fprintf(&out, `<birthdate birthdate="%s" calendarType="GREGORIAN"/>`, e.born)
		case 4:
			fmt.Fprintf(&out, `<birthdate year="%s" calendarType="GREGORIAN" circa="true"/>`, e.born)
		}
		if e.country != "" {
			fmt.Fprintf(&out, `<address street="%s" countryIso2Code="%s" countryDescription="UNITED ARAB EMIRATES"/>`, e.address, e.country)
		}
		if e.number != "" {
			fmt.Fprintf(&out, `<identification number="%s" identificationTypeDescription="Register or passport number"/>`, e.number)
		}
		out.WriteString(`</sanctionEntity>`)
	}
	out.WriteString(`</export>`)
	text := out.String()
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		_, _ = w.Write([]byte(text))
	}
}

// checked is a case of the demonstration: how far it has come, and until when it holds.
type checked struct {
	donor, outcome, reason, conditions string
	days                               int // until when, from today
	agreed                             bool
	concern                            string
	document, kind, where              string
}

var checkedDonors = []checked{
	{"Oak Foundation", "accept", "Known for seven years; it publishes its money, its grants and its board.", "", 520, true, "", "Annual report 2025", "Annual report", "https://oakfnd.example.org/annual-report-2025.pdf"},
	{"DG HOME (Migration and Home Affairs)", "accept", "Public money under the Financial Regulation.", "", 700, true, "", "Grant agreement, general conditions", "Contract", "Shared drive, Agreements/AMIF"},
	{"Ministry of Foreign Affairs of Norway", "conditions", "Public money with a declaration in Annex C that members may read differently.", "The board decides on each declaration before it is signed.", 41, true, "Annex C asks us to declare against decriminalisation.", "Grant letter NOR-25/0931", "Contract", "Shared drive, Agreements/Norway"},
	{"Robert Bosch Stiftung", "accept", "Endowed foundation, independent of the company in what it funds.", "", 730, false, "", "Transparency report 2025", "Annual report", "https://bosch-stiftung.example.org/transparency"},
	{"Hotel Group Meridian Nord", "", "", "", 0, false, "It wants to read what names the hotel trade before it is published.", "Register extract 556677-8899", "Register extract", "https://bolagsverket.example.org/556677-8899"},
}

// checkDonors lets the fundraiser open cases and the board's member agree to most of them. The sanctions list is in by then.
func (p *piper) checkDonors(ctx context.Context) error {
	fundraiser, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	reviewer, err := p.as(ctx, 3)
	if err != nil {
		return err
	}
	for _, d := range checkedDonors {
		if err := fundraiser.checkDonor(ctx, reviewer, d); err != nil {
			return fmt.Errorf("%s: %w", d.donor, err)
		}
	}
	return nil
}

func (p *piper) checkDonor(ctx context.Context, reviewer *piper, d checked) error {
	id, err := p.find(ctx, d.donor)
	if err != nil {
		return err
	}
	var c struct {
		ID        string
		Rev       int64
		Questions []struct{ ID string }
	}
	if err := p.call(ctx, http.MethodPost, "/api/v1/diligence/cases", map[string]any{"stakeholderId": id}, &c); err != nil {
		return err
	}
	path := "/api/v1/diligence/cases/" + c.ID
	answers := []map[string]any{}
	for i, q := range c.Questions {
		answer := map[string]any{"questionId": q.ID, "verdict": "fine"}
		if d.concern != "" && q.ID == "strings" {
			answer["verdict"], answer["note"] = "concern", d.concern
		}
		if d.outcome == "" && i%2 == 1 && answer["verdict"] == "fine" {
			continue // somebody is at it
		}
		answers = append(answers, answer)
	}
	in := map[string]any{"answers": answers, "documents": []map[string]any{{"name": d.document, "kind": d.kind, "where": d.where}}}
	if err := p.callAt(ctx, http.MethodPut, path, fmt.Sprint(c.Rev), in, &c); err != nil || d.outcome == "" {
		return err
	}
	in = map[string]any{"outcome": d.outcome, "reason": d.reason, "conditions": d.conditions, "expiresOn": time.Now().AddDate(0, 0, d.days).Format(time.DateOnly)}
	if err := p.callAt(ctx, http.MethodPost, path+"/proposal", fmt.Sprint(c.Rev), in, &c); err != nil || !d.agreed {
		return err
	}
	return reviewer.callAt(ctx, http.MethodPost, path+"/decision", fmt.Sprint(c.Rev), map[string]any{}, nil)
}
