package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

// addGifts lets the fundraiser open a campaign and import what its platform lists, with the people who gave: they are
// invented, and none of them comes in.
func (p *piper) addGifts(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	var campaign struct{ ID string }
	body := map[string]any{"kind": "organisation", "name": "A light in every window (campaign)", "roles": []string{"donor"}, "donor": map[string]any{"sourceType": "public"}}
	if err := as.call(ctx, http.MethodPost, "/api/v1/stakeholders", body, &campaign); err != nil {
		return err
	}
	var projects struct{ Items []struct{ ID, Code string } }
	if err := as.call(ctx, http.MethodGet, "/api/v1/projects", nil, &projects); err != nil {
		return err
	}
	query := url.Values{"donorId": {campaign.ID}, "name": {"window-campaign.csv"}}
	for _, one := range projects.Items {
		if one.Code == "CORE" {
			query.Set("projectId", one.ID)
		}
	}
	return as.send(ctx, http.MethodPost, "/api/v1/income/gifts/import?"+query.Encode(), "text/csv", bytes.NewReader(giftsCSV(time.Now())))
}

// giftsCSV is a list of payments as a platform gives it out: half a year of small gifts, one of which went back.
func giftsCSV(today time.Time) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write([]string{"Payment ID", "Created (UTC)", "Supporter", "Email", "Message", "Amount", "Fee", "Net", "Currency", "Status"})
	r := rand.New(rand.NewPCG(3, 5))
	euros := []int{5, 10, 10, 20, 25, 25, 50, 100, 250}
	for i := range 140 {
		cents := euros[r.IntN(len(euros))] * 100
		fee := cents*29/1000 + 25
		status := "paid"
		if i == 90 {
			status = "refunded"
		}
		at := today.AddDate(0, 0, -170+i).Add(-time.Duration(r.IntN(600)) * time.Minute)
		_ = w.Write([]string{fmt.Sprintf("don_%05d", 41_000+i*7), at.Format("2006-01-02 15:04"), fmt.Sprintf("Supporter %d", i+1), fmt.Sprintf("supporter%d@example.org", i+1),
			"Good luck!", decimal(cents), decimal(fee), decimal(cents - fee), "EUR", status})
	}
	w.Flush()
	return out.Bytes()
}

func decimal(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
