package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// granter is a funder whose awards the demonstration has. What it gives is invented.
type granter struct {
	name, country, currency, programme string
	grants                             []granted
}

// granted is one award: so many years ago, in thousands of the funder's currency.
type granted struct {
	yearsAgo, month, thousands int
	to, country, title         string
}

// granters: three are stakeholders by name and country, one is under another name, two are strangers.
var granters = []granter{
	{"Sigrid Rausing Trust", "GB", "GBP", "Migrants and refugees", []granted{
		{1, 3, 60, "Fundacja Latarnia", "PL", "Helpline in five languages"}, {1, 9, 45, "Wayfarers' Law Centre", "GB", "Compensation claims"},
		{2, 3, 55, "Fundacja Latarnia", "PL", "Helpline in five languages"}, {2, 6, 80, "Casa Aberta", "PT", "Core costs"},
		{3, 4, 40, "Asociația Far", "RO", "Safe return of children"}, {3, 11, 120, "Wayfarers' Law Centre", "GB", "Strategic litigation"},
		{4, 5, 35, "Fakulta Haven", "CZ", "Advice at the workplace"}, {6, 2, 50, "Casa Aberta", "PT", "Core costs"},
	}},
	{"Oak Foundation", "CH", "CHF", "International human rights", []granted{
		{0, 2, 250, "Porto Seguro Barcelona", "ES", "Peer support"}, {1, 5, 400, "Migrant Workers' Desk", "DE", "Core support"},
		{2, 1, 150, "Leuchtfeuer e.V.", "DE", "Counselling in rural areas"}, {2, 10, 320, "Hearth Alliance", "BE", "Movement building"},
		{3, 7, 180, "Associazione Lampara", "IT", "Mobile teams in agriculture"}, {4, 3, 500, "Migrant Workers' Desk", "DE", "Core support"},
		{5, 6, 90, "Fakulta Haven", "CZ", "Legal aid fund"},
	}},
	{"King Baudouin Foundation", "BE", "EUR", "Social justice", []granted{
		{0, 4, 25, "Hearth Alliance", "BE", "Housing after the shelter"}, {1, 4, 20, "Payoke's Friends", "BE", "Volunteers"},
		{1, 10, 40, "Фундація «Маяк»", "UA", "Displaced and at risk"}, {2, 4, 30, "Фундація «Маяк»", "UA", "Displaced and at risk"},
		{3, 10, 15, "Payoke's Friends", "BE", "Volunteers"}, {2, 12, -5, "Hearth Alliance", "BE", "Unspent part given back"},
	}},
	{"Robert Bosch Stiftung GmbH", "DE", "EUR", "Inequality", []granted{
		{1, 6, 110, "Leuchtfeuer e.V.", "DE", "Inequality and work"}, {2, 6, 75, "Ženský dom Bratislava", "SK", "A network of counsellors"},
		{4, 9, 60, "Leuchtfeuer e.V.", "DE", "Inequality and work"},
	}},
	{"Nordhav Fonden", "DK", "EUR", "People at sea", []granted{
		{0, 1, 300, "Fyrtårnet", "DK", "A house at the harbour"}, {1, 1, 280, "Østerlys", "SE", "Outreach at sea"},
		{2, 1, 260, "Fyrtårnet", "DK", "Seafarers' advice"}, {3, 1, 900, "Østerlys", "SE", "Outreach at sea"}, {5, 1, 200, "Østerlys", "SE", "Outreach at sea"},
	}},
	{"Solstice Community Trust", "IE", "EUR", "Winter fund", []granted{
		{1, 8, 12, "Shoreline Refuge", "IE", "Warm rooms"}, {2, 8, 10, "Shoreline Refuge", "IE", "Warm rooms"}, {3, 8, 9, "Shoreline Refuge", "IE", "Warm rooms"},
	}},
}

// addAwards lets the fundraiser import what funders have published.
func (p *piper) addAwards(ctx context.Context) error {
	as, err := p.as(ctx, 1)
	if err != nil {
		return err
	}
	data, err := awardsFile(time.Now().Year())
	if err != nil {
		return err
	}
	if err := as.send(ctx, http.MethodPost, "/api/v1/award-imports?name=funders.json", "application/octet-stream", bytes.NewReader(data)); err != nil {
		return err
	}
	id, err := as.awaitAwards(ctx, "checked")
	if err != nil {
		return err
	}
	if err := as.call(ctx, http.MethodPost, "/api/v1/award-imports/"+id+"/apply", nil, nil); err != nil {
		return err
	}
	_, err = as.awaitAwards(ctx, "live")
	return err
}

// awaitAwards asks until the job has brought the newest import of awards where it shall be, and gives its id.
func (p *piper) awaitAwards(ctx context.Context, state string) (string, error) {
	for deadline := time.Now().Add(2 * time.Minute); ; {
		var page struct {
			Items []struct{ ID, State, Message string }
		}
		if err := p.call(ctx, http.MethodGet, "/api/v1/award-imports?limit=1", nil, &page); err != nil {
			return "", err
		}
		one := page.Items[0]
		if one.State == state {
			return one.ID, nil
		}
		if time.Now().After(deadline) {
			return "", fmt.Errorf("the import of awards is still %s after two minutes: %s", one.State, one.Message)
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// awardsFile writes the awards in the shape of 360Giving, with one to a person and one of nothing, which is not taken.
func awardsFile(year int) ([]byte, error) {
	type object map[string]any
	var list []object
	add := func(f granter, amount, day, to, country, title string) object {
		one := object{"id": fmt.Sprintf("360G-demo-%03d", len(list)+1), "title": title, "currency": f.currency, "amountAwarded": json.Number(amount), "awardDate": day,
			"fundingOrganization":   []object{{"name": f.name, "addressCountry": f.country}},
			"recipientOrganization": []object{{"name": to, "addressCountry": country}},
			"beneficiaryLocation":   []object{{"countryCode": country}},
			"grantProgramme":        []object{{"title": f.programme}}}
		list = append(list, one)
		return one
	}
	for _, f := range granters {
		for _, g := range f.grants {
			day := fmt.Sprintf("%d-%02d-10", year-g.yearsAgo, g.month)
			add(f, fmt.Sprintf("%d000", g.thousands), day, g.to, g.country, g.title)
		}
	}
	solstice := granters[len(granters)-1]
	person := add(solstice, "1500", fmt.Sprintf("%d-05-02", year-1), "", "", "")
	delete(person, "recipientOrganization")
	person["recipientIndividual"] = object{"id": "demo-person"}
	add(solstice, "0", fmt.Sprintf("%d-05-03", year-1), "Shoreline Refuge", "IE", "Partner of a joint grant")
	return json.MarshalIndent(object{"version": "1.1", "grants": list}, "", "  ")
}
