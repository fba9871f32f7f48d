package main

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// post says that a person holds or held a post. Years are counted back from this one: "-2" is the year before
// last, "-2-09" September of it.
type post struct{ person, at, title, from, to string }

var posts = []post{
	{"Mireille Vandenbroucke", "Head of Unit D.5, DG HOME", "Head of Unit", "-2-09", ""},
	{"Ulrike Stanzl", "Head of Unit D.5, DG HOME", "Head of Unit", "-6-02", "-2-08"},
	{"Kaspar Lindholm", "Head of Unit D.5, DG HOME", "Head of Unit", "-9", "-6-01"},
	{"Mireille Vandenbroucke", "DG HOME (Migration and Home Affairs)", "Policy officer", "-7", "-2-08"},
	{"Tomasz Łęcki", "DG HOME (Migration and Home Affairs)", "Project officer, AMIF and ISF grants", "-3-04", ""},
	{"Aoife Brennan", "DG JUST (Justice and Consumers)", "Grant officer, CERV", "-4", ""},
	{"Ulrike Stanzl", "DG EMPL (Employment, Social Affairs)", "Adviser", "-2-09", ""},
	{"Giulia Ferrante", "LIBE Committee", "Shadow rapporteur", "-2-07", ""},
	{"Søren Kjeldgaard", "Chair of the LIBE Committee", "Chair", "-2-07", ""},
	{"Branislav Horváth", "Chair of the LIBE Committee", "Chair", "-7-07", "-2-06"},
	{"Branislav Horváth", "LIBE Committee", "Member", "-2-07", ""},
	{"Anneliese Röder", "FEMM Committee", "Rapporteur", "-2-07", ""},
	{"Anneliese Röder", "LIBE Committee", "Substitute member", "-2-09", ""},
	{"Anneliese Röder", "Leuchtfeuer e.V.", "Chair of the board", "-12", "-3"},
	{"Clémence Aubrey", "GRETA", "Administrator of the secretariat", "-5", ""},
	{"Yusuf Demirel", "ODIHR", "Adviser on combating trafficking", "-4-11", ""},
	{"Rowan Ashdown", "Oak Foundation", "Programme director", "-8", ""},
	{"Petra Nováková", "Fakulta Haven", "Director", "-10", ""},
}

// bond is a relation of the demonstration.
type bond struct {
	kind, subject, object, from, to string
	strength                        int
	source                          string
}

var bonds = []bond{
	{"funds", "DG HOME (Migration and Home Affairs)", "Fakulta Haven", "-4", "", 4, "Funding & Tenders portal"},
	{"funds", "DG HOME (Migration and Home Affairs)", "United Nations Office on Drugs and Crime", "-6", "", 3, "Annual activity report"},
	{"oversees", "LIBE Committee", "DG HOME (Migration and Home Affairs)", "", "", 3, "Rules of procedure"},
	{"works-with", "DG HOME (Migration and Home Affairs)", "DG JUST (Justice and Consumers)", "", "", 5, ""},
	{"works-with", "DG HOME (Migration and Home Affairs)", "GRETA", "-8", "", 2, "Joint visits"},
	{"advises", "Victim Support Europe", "DG HOME (Migration and Home Affairs)", "-5", "", 2, "Civil society platform"},
	{"allied-with", "PICUM", "European Women's Lobby", "-9", "-3", 2, ""},
	{"allied-with", "PICUM", "Social Platform", "-10", "", 4, ""},
	{"member-of", "PICUM", "Social Platform", "-12", "", 4, "Their website"},
	{"member-of", "Victim Support Europe", "Social Platform", "-6", "", 3, "Their website"},
	{"works-with", "Anneliese Röder", "Giulia Ferrante", "-2", "", 4, "Joint amendments on the directive"},
	{"opposes", "Branislav Horváth", "Anneliese Röder", "-1", "", 2, "Vote in committee"},
	{"advises", "European Women's Lobby", "Anneliese Röder", "-3", "", 3, "Hearing"},
	{"works-with", "Anneliese Röder", "Leuchtfeuer e.V.", "-12", "", 5, "Chaired their board"},
}

// stand is where a stakeholder of the demonstration stands on one of the standard priorities.
type stand struct {
	who, priority, stance string
	days                  int // back from today
	influence, interest   int
	evidence, link        string
}

var stands = []stand{
	{"Anneliese Röder", "compensation", "neutral", 410, 4, 2, "Opening statement in committee: “has to be studied”.", ""},
	{"Anneliese Röder", "compensation", "supportive", 160, 5, 4, "Her draft report takes up unpaid wages in Article 17.", "https://www.europarl.europa.eu/committees/en/femm/home/highlights"},
	{"Anneliese Röder", "compensation", "champion", 30, 5, 5, "Tabled our amendment, and spoke for it in the hearing.", ""},
	{"Anneliese Röder", "non-punishment", "supportive", 95, 5, 3, "Letter to the Commission, with eleven others.", ""},
	{"Giulia Ferrante", "compensation", "supportive", 60, 4, 3, "Co-signed the amendments.", ""},
	{"Giulia Ferrante", "residence", "sceptical", 45, 4, 4, "Asked in committee who would pay for it.", ""},
	{"Branislav Horváth", "residence", "opposed", 120, 3, 4, "Voted against in committee; explanation of vote.", ""},
	{"Branislav Horváth", "compensation", "neutral", 200, 3, 1, "Abstained.", ""},
	{"DG HOME (Migration and Home Affairs)", "compensation", "supportive", 300, 5, 4, "Communication on the strategy, action 12.", ""},
	{"DG HOME (Migration and Home Affairs)", "residence", "opposed", 280, 5, 3, "Non-paper to the working party.", ""},
	{"Clémence Aubrey", "compensation", "champion", 240, 3, 5, "Asks every government how many were awarded any.", ""},
}

// addLinks records them by the API.
func (p *piper) addLinks(ctx context.Context, ids map[string]string) error {
	for _, one := range posts {
		in := map[string]any{"personId": ids[one.person], "atId": ids[one.at], "title": one.title, "from": back(one.from), "to": back(one.to)}
		if err := p.call(ctx, http.MethodPost, "/api/v1/affiliations", in, nil); err != nil {
			return err
		}
	}
	for _, one := range bonds {
		in := map[string]any{"type": one.kind, "subjectId": ids[one.subject], "objectId": ids[one.object], "from": back(one.from), "to": back(one.to),
			"strength": one.strength, "source": one.source}
		if err := p.call(ctx, http.MethodPost, "/api/v1/relations", in, nil); err != nil {
			return err
		}
	}
	advocate, err := p.as(ctx, 2)
	if err != nil {
		return err
	}
	for _, one := range stands {
		in := map[string]any{"stakeholderId": ids[one.who], "priorityId": one.priority, "stance": one.stance, "influence": one.influence,
			"interest": one.interest, "evidence": one.evidence, "link": one.link, "date": time.Now().AddDate(0, 0, -one.days).Format(time.DateOnly)}
		if err := advocate.call(ctx, http.MethodPost, "/api/v1/positions", in, nil); err != nil {
			return err
		}
	}
	return nil
}

// back makes a date of years counted back from this one.
func back(date string) string {
	if date == "" {
		return ""
	}
	years, month, exact := strings.Cut(date[1:], "-")
	n, _ := strconv.Atoi(years)
	if date = strconv.Itoa(time.Now().Year() - n); exact {
		date += "-" + month
	}
	return date
}
