package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// grant is an agreement of the demonstration. Days count from today; money is in thousands of the currency.
type grant struct {
	title, number, donor, ultimate, lead, programme, source string
	earmarking, restriction, currency                       string
	thousands, signed, from, to                             int // signed 1: a draft
	coFinancing, overhead, limit                            int // hundredths of a percent
	parts                                                   []payment
	strings                                                 []attached
}

// payment is an instalment: its day, its share of the amount in percent, and how long ago it was paid, 0 for not.
type payment struct {
	kind              string
	due, share, since int
}

type attached struct {
	kind     string
	severity int
	text     string
	clause   string
}

var grants = []grant{
	{"Referral across borders", "101146203", "DG HOME (Migration and Home Affairs)", "", "", "AMIF", "eu", "tight", "restricted", "EUR", 520, -420, -400, 330, 1000, 700, 700,
		[]payment{{"prefinancing", -370, 50, 362}, {"interim", -20, 30, 0}, {"balance", 420, 20, 0}},
		[]attached{{"audit", 2, "OLAF, the Court of Auditors and the EPPO may come until five years after the balance.", "Article 25"},
			{"veto", 1, "The EU emblem and the disclaimer stand on everything that is published.", "Article 17.2"},
			{"data", 3, "Figures of beneficiaries by nationality are handed over every year, for groups of any size.", "Annex 5"}}},
	{"Compensation in practice", "101190417", "DG JUST (Justice and Consumers)", "", "", "Justice programme", "eu", "earmarked", "restricted", "EUR", 310, -300, -280, 90, 1000, 700, 700,
		[]payment{{"prefinancing", -260, 60, 251}, {"balance", 180, 40, 0}},
		[]attached{{"audit", 2, "OLAF, the Court of Auditors and the EPPO may come until five years after the balance.", "Article 25"}}},
	{"Labour exploitation in the fields", "LAM-2/7", "Fakulta Haven", "European Commission", "Fakulta Haven", "ESF+", "eu", "tight", "restricted", "EUR", 140, -500, -480, 240, 500, 700, 700,
		[]payment{{"prefinancing", -450, 40, 441}, {"interim", -80, 40, 60}, {"balance", 300, 20, 0}},
		[]attached{{"exclusivity", 2, "No other project of ours may work on seasonal labour in the same three countries.", "Partnership agreement, 8"}}},
	{"Core support", "OAK-2025-118", "Oak Foundation", "", "", "", "foundation", "unearmarked", "unrestricted", "EUR", 200, -330, -320, 400, 0, 0, 0,
		[]payment{{"prefinancing", -310, 50, 305}, {"interim", 60, 50, 0}}, nil},
	{"Safe houses, safe data", "NOR-25/0931", "Ministry of Foreign Affairs of Norway", "", "", "", "government", "soft", "restricted", "NOK", 2200, -200, -190, 540, 0, 800, 800,
		[]payment{{"prefinancing", -150, 45, 140}, {"interim", 25, 35, 0}, {"balance", 600, 20, 0}},
		[]attached{{"pledge", 3, "The organisation declares that it does not advocate the decriminalisation of buying sexual services.", "Annex C"}}},
	{"Hospitality says no", "MN-2026-03", "Hotel Group Meridian Nord", "", "", "", "corporate", "soft", "designated", "SEK", 600, -150, -140, 220, 0, 0, 0,
		[]payment{{"prefinancing", -100, 50, 96}, {"balance", 240, 50, 0}},
		[]attached{{"veto", 3, "The group reads what names the hotel trade before it is published, and may have it changed.", "Section 6"}}},
	{"Counselling by young people", "RBS-0441", "Robert Bosch Stiftung", "", "", "", "foundation", "earmarked", "restricted", "EUR", 90, -820, -800, -70, 0, 0, 0,
		[]payment{{"prefinancing", -780, 70, 770}, {"balance", -10, 30, 0}}, nil},
	{"European network, operating grant", "101300018", "European Commission", "", "", "CERV", "eu", "soft", "unrestricted", "EUR", 280, 1, 40, 404, 2000, 700, 700, nil, nil},
}

// addAgreements lets the fundraiser write the agreements down, with all that is due under them.
func (p *piper) addAgreements(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	var session struct{ Account struct{ ID string } }
	if err := as.call(ctx, http.MethodGet, "/api/v1/session", nil, &session); err != nil {
		return err
	}
	for _, g := range grants {
		if err := as.addAgreement(ctx, g, session.Account.ID); err != nil {
			return fmt.Errorf("%s: %w", g.title, err)
		}
	}
	return nil
}

// written is what Piper answers to each write: the id and the revision for the next.
type written struct {
	ID          string
	Rev         int64
	Instalments []struct{ ID, Due string }
}

func (p *piper) addAgreement(ctx context.Context, g grant, owner string) error {
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	amount := func(share int) map[string]any {
		return map[string]any{"minor": g.thousands * 1000 * share, "currency": g.currency}
	}
	ids := map[string]string{}
	for _, name := range []string{g.donor, g.ultimate, g.lead} {
		id, err := p.find(ctx, name)
		if err != nil {
			return err
		}
		ids[name] = id
	}
	in := map[string]any{"title": g.title, "number": g.number, "donorId": ids[g.donor], "ultimateDonorId": ids[g.ultimate], "passThrough": map[string]any{"leadId": ids[g.lead]},
		"programme": g.programme, "ownerId": owner, "from": day(g.from), "to": day(g.to), "amount": amount(100), "sourceType": g.source, "earmarking": g.earmarking,
		"restriction": g.restriction, "coFinancing": map[string]any{"points": g.coFinancing}, "operatingGrant": g.programme == "CERV",
		"overhead": map[string]any{"points": g.overhead, "cap": g.limit}}
	if g.signed < 1 {
		in["signedOn"] = day(g.signed)
	}
	var a written
	if err := p.call(ctx, http.MethodPost, "/api/v1/agreements", in, &a); err != nil {
		return err
	}
	path := "/api/v1/agreements/" + a.ID
	write := func(method, rest string, in any) error {
		return p.callAt(ctx, method, path+rest, strconv.FormatInt(a.Rev, 10), in, &a)
	}
	for i, part := range g.parts {
		if err := write(http.MethodPost, "/instalments", map[string]any{"kind": part.kind, "due": day(part.due), "amount": amount(part.share)}); err != nil {
			return err
		}
		if part.since > 0 {
			move := map[string]any{"state": "paid", "on": day(-part.since)}
			if err := write(http.MethodPut, "/instalments/"+a.Instalments[i].ID+"/state", move); err != nil {
				return err
			}
		}
	}
	var proposed struct{ Items []map[string]any }
	if err := p.call(ctx, http.MethodGet, path+"/requirements/proposed", nil, &proposed); err != nil {
		return err
	}
	items := []map[string]any{}
	for _, one := range proposed.Items {
		if g.signed < 1 {
			items = append(items, map[string]any{"kind": one["kind"], "title": one["title"], "due": one["due"], "ruleId": one["ruleId"], "ownerId": owner})
		}
	}
	if len(items) > 0 {
		if err := write(http.MethodPost, "/requirements", map[string]any{"items": items}); err != nil {
			return err
		}
	}
	for _, s := range g.strings {
		in := map[string]any{"agreementId": a.ID, "kind": s.kind, "severity": s.severity, "text": s.text, "clause": s.clause, "from": day(g.from)}
		if err := p.call(ctx, http.MethodPost, "/api/v1/strings", in, nil); err != nil {
			return err
		}
	}
	return nil
}

// find gives the id of a stakeholder by its name, nothing for no name.
func (p *piper) find(ctx context.Context, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	var found struct{ Items []struct{ ID, Name string } }
	if err := p.call(ctx, http.MethodGet, "/api/v1/stakeholders?limit=20&q="+url.QueryEscape(name), nil, &found); err != nil {
		return "", err
	}
	for _, one := range found.Items {
		if one.Name == name {
			return one.ID, nil
		}
	}
	return "", fmt.Errorf("there is no %s", name)
}
