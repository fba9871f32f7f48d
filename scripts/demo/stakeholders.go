package main

import (
	"context"
	"net/http"
	"strings"
)

// party is a stakeholder of the demonstration. parent names another one above it in the list.
type party struct {
	kind, name, roles, country, email, tags, parent string
}

// slug makes an address of an invented person: "Zofia Malinowska" is at zofia.malinowska@example.org.
func slug(name string) string {
	folded := strings.NewReplacer("á", "a", "à", "a", "ã", "a", "ä", "a", "å", "a", "ą", "a", "č", "c", "ç", "c", "ć", "c", "é", "e", "è", "e", "ê", "e", "ě", "e", "ę", "e",
		"í", "i", "î", "i", "ï", "i", "ł", "l", "ñ", "n", "ń", "n", "ó", "o", "ö", "o", "ø", "o", "ő", "o", "ř", "r", "š", "s", "ś", "s", "ș", "s", "ț", "t", "ú", "u", "ü", "u", "ý", "y", "ž", "z", "ż", "z", "đ", "d", "ă", "a").
		Replace(strings.ToLower(name))
	return strings.Join(strings.Fields(folded), ".")
}

func person(name, roles, country, domain, tags, parent string) party {
	return party{kind: "person", name: name, roles: roles, country: country, email: slug(name) + "@" + domain + ".example.org", tags: tags, parent: parent}
}

// organisation is a real or invented institution; its address is invented in any case.
func organisation(name, roles, country, domain, tags, parent string) party {
	p := party{kind: "organisation", name: name, roles: roles, country: country, tags: tags, parent: parent}
	if domain != "" {
		p.email = "info@" + domain + ".example.org"
	}
	return p
}

func seat(name, roles, parent string) party {
	return party{kind: "seat", name: name, roles: roles, parent: parent}
}

var parties = []party{
	organisation("European Commission", "donor, igo", "BE", "", "EU institution", ""),
	organisation("DG HOME (Migration and Home Affairs)", "donor, igo", "BE", "home", "EU institution, anti-trafficking, key", "European Commission"),
	organisation("DG JUST (Justice and Consumers)", "donor, igo", "BE", "just", "EU institution, victims' rights", "European Commission"),
	organisation("DG EMPL (Employment, Social Affairs)", "igo", "BE", "empl", "EU institution", "European Commission"),
	organisation("European Parliament", "igo", "BE", "", "EU institution", ""),
	organisation("LIBE Committee", "igo", "BE", "libe", "EU institution", "European Parliament"),
	organisation("FEMM Committee", "igo", "BE", "femm", "EU institution, gender", "European Parliament"),
	organisation("Council of Europe", "igo", "FR", "coe", "Île-de-France office", ""),
	organisation("GRETA", "igo", "FR", "greta", "monitoring", "Council of Europe"),
	organisation("OSCE", "igo", "AT", "osce", "", ""),
	organisation("ODIHR", "igo", "PL", "odihr", "national referral", "OSCE"),
	organisation("United Nations Office on Drugs and Crime", "donor, igo", "AT", "unodc", "voluntary trust fund", ""),
	organisation("International Labour Organization", "igo", "CH", "ilo", "labour exploitation", ""),
	organisation("Ministry of Foreign Affairs of Norway", "donor, government", "NO", "mfa-no", "Nordic", ""),
	organisation("Swiss Federal Department of Foreign Affairs", "donor, government", "CH", "fdfa", "", ""),
	organisation("King Baudouin Foundation", "donor", "BE", "kbf", "foundation", ""),
	organisation("Oak Foundation", "donor", "CH", "oak", "foundation, core support", ""),
	organisation("Sigrid Rausing Trust", "donor", "GB", "srt", "foundation, core support", ""),
	organisation("Robert Bosch Stiftung", "donor", "DE", "bosch", "foundation", ""),
	organisation("Hotel Group Meridian Nord", "donor, business", "SE", "meridian", "hospitality", ""),
	organisation("PICUM", "movement", "BE", "picum", "undocumented migrants", ""),
	organisation("European Women's Lobby", "movement", "BE", "ewl", "gender", ""),
	organisation("Victim Support Europe", "movement", "BE", "vse", "victims' rights", ""),
	organisation("Social Platform", "movement", "BE", "social", "", ""),
	organisation("Fakulta Haven", "member", "CZ", "haven-cz", "labour exploitation", ""),
	organisation("Fundacja Latarnia", "member", "PL", "latarnia", "helpline", ""),
	organisation("Casa Segura Lisboa", "member", "PT", "casasegura", "shelter network", ""),
	organisation("Associazione Lampara", "member", "IT", "lampara", "labour exploitation, agriculture", ""),
	organisation("Fyrtårnet", "member", "DK", "fyrtaarnet", "", ""),
	organisation("Ženský dom Bratislava", "member", "SK", "zdb", "gender", ""),
	organisation("Porto Seguro Barcelona", "member", "ES", "portoseguro", "", ""),
	organisation("Leuchtfeuer e.V.", "member", "DE", "leuchtfeuer", "counselling", ""),
	organisation("Фундація «Маяк»", "member", "UA", "mayak", "war and displacement", ""),
	organisation("Φάρος Αθήνας", "member", "GR", "faros", "asylum", ""),
	organisation("Szivárvány Híd Alapítvány", "member", "HU", "hid", "", ""),
	organisation("Asociația Far", "member", "RO", "far", "child protection", ""),

	seat("Head of Unit D.5, DG HOME", "igo", "DG HOME (Migration and Home Affairs)"),
	seat("EU Anti-Trafficking Coordinator", "igo", "DG HOME (Migration and Home Affairs)"),
	seat("Chair of the LIBE Committee", "mep", "LIBE Committee"),

	person("Ulrike Stanzl", "igo", "AT", "empl", "", ""),
	person("Kaspar Lindholm", "igo", "SE", "home", "", ""),
	person("Mireille Vandenbroucke", "igo", "BE", "home", "anti-trafficking", "DG HOME (Migration and Home Affairs)"),
	person("Tomasz Łęcki", "igo", "PL", "home", "grants", "DG HOME (Migration and Home Affairs)"),
	person("Aoife Brennan", "igo", "IE", "just", "grants, victims' rights", "DG JUST (Justice and Consumers)"),
	person("Giulia Ferrante", "mep", "IT", "ep", "LIBE, shadow rapporteur", "LIBE Committee"),
	person("Søren Kjeldgaard", "mep", "DK", "ep", "LIBE", "LIBE Committee"),
	person("Anneliese Röder", "mep", "DE", "ep", "FEMM, rapporteur, key", "FEMM Committee"),
	person("Branislav Horváth", "mep", "SK", "ep", "LIBE, key", "LIBE Committee"),
	person("Clémence Aubrey", "igo", "FR", "greta", "monitoring", "GRETA"),
	person("Yusuf Demirel", "igo", "PL", "odihr", "national referral", "ODIHR"),
	person("Ingrid Nygaard", "government, donor", "NO", "mfa-no", "Nordic", "Ministry of Foreign Affairs of Norway"),
	person("Matthias Zgraggen", "government", "CH", "fdfa", "key", "Swiss Federal Department of Foreign Affairs"),
	person("Hélène Dupriez", "donor", "BE", "kbf", "", "King Baudouin Foundation"),
	person("Rowan Ashdown", "donor", "CH", "oak", "core support, key", "Oak Foundation"),
	person("Imogen Firth", "donor", "GB", "srt", "core support", "Sigrid Rausing Trust"),
	person("Lukas Brandt", "donor", "DE", "bosch", "", "Robert Bosch Stiftung"),
	person("Noor van Dijk", "movement", "NL", "picum", "", "PICUM"),
	person("Petra Nováková", "member", "CZ", "haven-cz", "labour exploitation", "Fakulta Haven"),
	person("Zofia Malinowska", "member", "PL", "latarnia", "helpline", "Fundacja Latarnia"),
	person("Beatriz Monteiro", "member", "PT", "casasegura", "", "Casa Segura Lisboa"),
	person("Alessandro Bruni", "member", "IT", "lampara", "agriculture", "Associazione Lampara"),
	person("Mette Østergaard", "member", "DK", "fyrtaarnet", "", "Fyrtårnet"),
	person("Katharina Weiß", "member", "DE", "leuchtfeuer", "counselling", "Leuchtfeuer e.V."),
	{kind: "person", name: "Олена Шевченко", roles: "member", country: "UA", email: "olena.shevchenko@mayak.example.org", tags: "war and displacement", parent: "Фундація «Маяк»"},
	{kind: "person", name: "Ελένη Παπαδοπούλου", roles: "member", country: "GR", email: "eleni.papadopoulou@faros.example.org", tags: "asylum", parent: "Φάρος Αθήνας"},
	person("Ioana Dumitrescu", "member", "RO", "far", "child protection", "Asociația Far"),
	person("Charlotte Meunier", "media", "FR", "presse", "investigations", ""),
	// The same again, as a business card and an old list would have her: the search for duplicates finds them.
	{kind: "person", name: "MEUNIER, Charlotte", roles: "media", country: "FR", email: "c.meunier@freelance.example.org"},
}

// purses are the source types of donors, by which win rates are counted.
var purses = map[string]string{
	"European Commission": "eu", "DG HOME (Migration and Home Affairs)": "eu", "DG JUST (Justice and Consumers)": "eu",
	"United Nations Office on Drugs and Crime": "igo", "Ministry of Foreign Affairs of Norway": "government",
	"Swiss Federal Department of Foreign Affairs": "government", "King Baudouin Foundation": "foundation", "Oak Foundation": "foundation",
	"Sigrid Rausing Trust": "foundation", "Robert Bosch Stiftung": "foundation", "Hotel Group Meridian Nord": "corporate",
}

// addStakeholders adds them by the API, parents first as the list has them.
func (p *piper) addStakeholders(ctx context.Context) error {
	ids := map[string]string{}
	for _, s := range parties {
		in := map[string]any{"kind": s.kind, "name": s.name, "country": s.country}
		if s.roles != "" {
			roles := strings.Split(s.roles, ", ")
			in["roles"] = roles
			if basis := basisOf(roles); s.kind == "person" && basis != nil {
				in["basis"] = basis
			}
		}
		if s.tags != "" {
			in["tags"] = strings.Split(s.tags, ", ")
		}
		if s.email != "" {
			in["emails"] = []map[string]string{{"address": s.email, "label": "work"}}
		}
		if purse := purses[s.name]; purse != "" {
			in["donor"] = map[string]string{"sourceType": purse}
		}
		if s.parent != "" {
			in["parentId"] = ids[s.parent]
		}
		var saved struct{ ID string }
		if err := p.call(ctx, http.MethodPost, "/api/v1/stakeholders", in, &saved); err != nil {
			return err
		}
		ids[s.name] = saved.ID
	}
	return p.addLinks(ctx, ids)
}
