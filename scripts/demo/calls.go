package main

import (
	"fmt"
	"time"

	"piper/jobs/calls/sediatest"
)

// theme is a kind of call that the portal has several of.
type theme struct {
	code, programme, action, callTitle string
	titles                             []string
	budget                             int64 // whole euros
	keywords                           []string
}

var themes = []theme{
	{"CERV-%d-DAPHNE", "43251589", "CERV-LS CERV Lump Sum Grants", "Prevent and combat gender-based violence and violence against children", []string{
		"Prevention of and response to gender-based violence by empowering those who give support",
		"Capacity building for shelters and counselling services across borders",
		"Protecting children at risk of exploitation online",
	}, 24_800_000, []string{"gender-based violence", "victims", "children"}},
	{"CERV-%d-OG-SGA", "43251589", "CERV-OG Operating Grants", "Operating grants to framework partners active in the area of Union values", []string{
		"Framework partners in the area of victims' rights and protection",
	}, 8_400_000, []string{"operating grant", "core funding"}},
	{"AMIF-%d-TF2-AG-THB", "43251447", "AMIF-PJG AMIF Project Grants", "Transnational actions on asylum, migration and integration", []string{
		"Assistance, support and integration of third-country nationals who were trafficked",
		"Legal pathways and prevention of labour exploitation of seasonal workers",
	}, 10_000_000, []string{"trafficking in human beings", "integration"}},
	{"ISF-%d-TF2-AG-THB", "43252368", "ISF-PJG ISF Project Grants", "Call for proposals on trafficking in human beings", []string{
		"Countering trafficking in human beings: referral, identification and the demand side",
		"Digital dimension of trafficking in human beings: cooperation with service providers",
	}, 7_000_000, []string{"trafficking in human beings", "law enforcement"}},
	{"JUST-%d-JACC", "43252386", "JUST-PJG JUST Project Grants", "Action grants to support access to justice", []string{
		"Access to compensation for victims of intentional violent crime",
		"Training of justice professionals on victims' rights",
	}, 12_000_000, []string{"victims' rights", "compensation"}},
	{"HORIZON-CL2-%d-TRANSFORMATIONS", "43108390", "HORIZON-RIA HORIZON Research and Innovation Actions", "A sustainable future for Europe", []string{
		"Work in platform economies and the risk of exploitation",
		"Minimum income schemes and the hardest to reach",
		"Care work, migration and mobility across Europe",
	}, 9_500_000, []string{"research", "labour"}},
	{"ERASMUS-EDU-%d-COOP", "43353764", "ERASMUS-LS ERASMUS Lump Sum Grants", "Cooperation partnerships", []string{
		"Partnerships for cooperation submitted by European NGOs",
	}, 15_000_000, []string{"education", "NGOs"}},
	{"DIGITAL-%d-SAFER", "43152860", "DIGITAL-SIMPLE DIGITAL Simple Grants", "Accelerating best use of technologies", []string{
		"Safer Internet Centres", "Reporting of illegal content: tools for hotlines",
	}, 6_000_000, []string{"internet", "hotlines"}},
	{"ESF-%d-SOC-INNOV", "43254019", "ESF-PJG ESF Project Grants", "Social innovations", []string{
		"Social innovations for a fair transition of workers in agriculture and care",
	}, 11_000_000, []string{"social innovation", "workers"}},
}

// portalRows is what the portal's search knows: some calls to come, most of them open, some closed that
// it still calls open, and one in two languages, as the real one has.
func portalRows(now time.Time) []sediatest.Row {
	day := func(offset int) string { return now.AddDate(0, 0, offset).Format(time.DateOnly) }
	var rows []sediatest.Row
	number := 50_130_000
	for round := range 4 {
		for t, th := range themes {
			for i, title := range th.titles {
				number += 17
				identifier := fmt.Sprintf(th.code, now.Year()+round/2) + fmt.Sprintf("-%02d", 1+i+round*4)
				opens := -150 + round*75 + t*9 + i*5
				c := sediatest.Call{
					Number: number, Identifier: identifier, Title: title, CallIdentifier: fmt.Sprintf(th.code, now.Year()+round/2), CallTitle: th.callTitle,
					Programme: th.programme, TypeOfAction: th.action, Forthcoming: opens > 0, Opens: day(opens),
					Deadlines:   []string{day(opens + 95 + i*12)},
					Description: describe(title, th),
					Conditions:  "<p>Proposals are submitted by a consortium of at least three legal entities from three different Member States. Public bodies and non-profit organisations may take part.</p>",
					Keywords:    th.keywords,
					Budget:      map[string]int64{fmt.Sprint(now.Year() + round/2): th.budget / int64(len(th.titles))},
					MinGrant:    250_000, MaxGrant: 1_500_000, Grants: 4 + i*3,
				}
				if i == 1 && round%2 == 0 {
					c.TwoStage = true
					c.Deadlines = append(c.Deadlines, day(opens+190))
				}
				row := c.Row()
				rows = append(rows, row)
				if t == 0 && i == 0 {
					rows = append(rows, row.InLanguage("fr", "Prévenir la violence fondée sur le genre et y répondre"))
				}
			}
		}
	}
	return rows
}

func describe(title string, th theme) string {
	return "<h4>Objective</h4><p>" + title + ". The action strengthens organisations that work with people at risk in at least three Member States, and makes what works known to those who decide.</p>" +
		"<h4>Activities that can be funded</h4><ul><li>mutual learning and exchange of good practice;</li><li>training of professionals who are likely to come into contact with people in need of support;</li>" +
		"<li>design of protocols, working methods and tools;</li><li>raising awareness, also among employers.</li></ul>" +
		"<h4>Expected results</h4><p>Better identification and support, and a measurable increase in the capacity of those who give it. Subjects: " + th.keywords[0] + ".</p>"
}

// feedItems is what foundations announce in their own feeds, where the deadline is only in the prose.
func feedItems(now time.Time) []sediatest.Item {
	item := func(i int, title, text string) sediatest.Item {
		return sediatest.Item{GUID: fmt.Sprintf("foundation-%d", i), Title: title, Link: fmt.Sprintf("https://foundations.example.org/calls/%d", i),
			Description: "<p>" + text + "</p>", Published: now.AddDate(0, 0, -7*i), Categories: []string{"civil society"}}
	}
	return []sediatest.Item{
		item(1, "Core support for networks that defend rights at work", "Three years of unearmarked support, up to 80,000 euros a year. Concept notes by the end of the quarter."),
		item(2, "Small grants for learning exchanges between helplines", "Up to 15,000 euros for two organisations or more."),
		item(3, "Fund for organisations displaced by war", "For associations from Ukraine and those who host them."),
		item(4, "Strategic litigation: unpaid wages and compensation", "Support of test cases, with a network of lawyers &amp; researchers."),
		item(5, "Fellowship for advocates in small secretariats", "A paid sabbatical of three months."),
	}
}
