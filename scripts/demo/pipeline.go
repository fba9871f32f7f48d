package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// asked is an opportunity of the demonstration. Days count from today; days of work are in quarters.
type asked struct {
	title, donor, programme string
	stage, lost             string
	since, deadline         int // days from today; a deadline of 0 is none
	euros                   int64
	currency                string
	quarters                int
	partners                []string
}

var askings = []asked{
	{"Core support 2027–2029", "Oak Foundation", "Core support", "conceptNote", "", -12, 5, 240_000, "EUR", 10, nil},
	{"Survivors in the monitoring of the directive", "DG JUST (Justice and Consumers)", "CERV", "proposal", "", -20, 26, 480_000, "EUR", 34,
		[]string{"Fakulta Haven", "Associazione Lampara"}},
	{"Operating grant 2027", "DG JUST (Justice and Consumers)", "CERV", "submitted", "", -40, 0, 350_000, "EUR", 28, nil},
	{"Safe reporting for migrant workers", "Sigrid Rausing Trust", "", "cultivation", "", -30, 60, 90_000, "GBP", 4, nil},
	{"Legal aid fund", "King Baudouin Foundation", "", "prospect", "", -6, 0, 0, "EUR", 0, nil},
	{"Training of labour inspectors", "Ministry of Foreign Affairs of Norway", "", "proposal", "", -9, 14, 60_000, "EUR", 6, nil},
	{"Core support 2024–2026", "Oak Foundation", "Core support", "awarded", "", -700, 0, 210_000, "EUR", 14, nil},
	{"Strategic litigation", "Sigrid Rausing Trust", "", "awarded", "", -420, 0, 80_000, "GBP", 9, nil},
	{"Cross-border referral", "DG JUST (Justice and Consumers)", "CERV", "declined", "competition", -380, 0, 400_000, "EUR", 46, nil},
	{"Operating grant 2026", "DG JUST (Justice and Consumers)", "CERV", "awarded", "", -330, 0, 300_000, "EUR", 30, nil},
	{"Digital safety", "Oak Foundation", "", "declined", "fit", -200, 0, 120_000, "EUR", 8, nil},
	{"Hotline for seasonal workers", "Ministry of Foreign Affairs of Norway", "", "withdrawn", "capacity", -150, 0, 50_000, "EUR", 5, nil},
}

// fillPipeline lets the fundraiser write the pipeline down: what is open, and what donors have answered, from
// which probabilities and returns follow.
func (p *piper) fillPipeline(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	var me struct{ Account struct{ ID string } }
	if err := as.call(ctx, http.MethodGet, "/api/v1/session", nil, &me); err != nil {
		return err
	}
	for _, a := range askings {
		in := map[string]any{"title": a.title, "programme": a.programme, "stage": a.stage, "since": inDays(a.since)}
		if id, err := as.firstFound(ctx, a.donor); err != nil {
			return err
		} else if id != "" {
			in["donorId"] = id
		} else {
			in["stage"] = "prospect"
		}
		if a.euros > 0 {
			in["ask"] = map[string]any{"minor": a.euros * 100, "currency": a.currency}
		}
		if a.deadline != 0 {
			in["deadline"] = inDays(a.deadline)
		}
		if a.lost != "" {
			in["lost"] = map[string]any{"reason": a.lost}
		}
		switch a.stage {
		case "submitted":
			in["decision"], in["from"], in["to"] = inDays(70), inDays(100), inDays(464)
		case "proposal", "conceptNote":
			in["from"], in["to"] = inDays(200), inDays(930)
		}
		var partners []map[string]any
		for _, name := range a.partners {
			if id, err := as.firstFound(ctx, name); err != nil {
				return err
			} else if id != "" {
				partners = append(partners, map[string]any{"stakeholderId": id, "role": "partner", "share": 2500})
			}
		}
		if len(partners) > 0 {
			in["partners"], in["ourRole"], in["ourShare"] = partners, "lead", 4000
		}
		var made struct {
			ID  string
			Rev int
		}
		if err := as.call(ctx, http.MethodPost, "/api/v1/opportunities", in, &made); err != nil {
			return err
		}
		if a.quarters == 0 {
			continue
		}
		effort := map[string]any{"effort": []map[string]any{{"date": inDays(a.since), "quarters": a.quarters, "accountId": me.Account.ID, "note": "Writing"}}}
		if err := as.callAt(ctx, http.MethodPut, "/api/v1/opportunities/"+made.ID+"/effort", fmt.Sprintf(`"%d"`, made.Rev), effort, nil); err != nil {
			return err
		}
	}
	return nil
}

// firstFound gives the id of the first stakeholder that words find, "" where there is none.
func (p *piper) firstFound(ctx context.Context, words string) (string, error) {
	var found struct{ Items []struct{ ID string } }
	err := p.call(ctx, http.MethodGet, "/api/v1/stakeholders?limit=1&q="+url.QueryEscape(words), nil, &found)
	if err != nil || len(found.Items) == 0 {
		return "", err
	}
	return found.Items[0].ID, nil
}

func inDays(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
