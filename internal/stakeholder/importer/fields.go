package importer

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Field is something that a column may be taken for.
type Field struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Constant bool   `json:"constant" doc:"whether one value may stand for every row"`

	words []string // what headers call it, folded
}

// Fields lists them. Several columns may be taken for the same field: lists take all their values, others the
// first that is not empty.
var Fields = []Field{
	{"name", "Name", false, words("name|full name|display name|nom|nom complet|vollständiger name|organisation name|organization name|name der organisation|nom de l organisation|stakeholder|kontakt|contact|contact name|fn")},
	{"firstName", "First name", false, words("first name|given name|forename|prénom|vorname")},
	{"lastName", "Last name", false, words("last name|surname|family name|nom de famille|nachname|familienname")},
	{"kind", "Kind: person or organisation", true, words("kind|type|genre|art|typ|contact type|entity type")},
	{"roles", "Roles", true, words("role|roles|rôle|rôles|rolle|rollen|stakeholder type|category|catégorie|kategorie|partner type")},
	{"email", "E-mail", false, words("email|e mail|mail|email address|e mail address|email 1|email 2|work email|adresse e mail|courriel|e mail adresse|mailadresse|adresse mail|adresse électronique|primary email|other email|email 1 address")},
	{"phone", "Telephone", false, words("phone|telephone|tel|mobile|cell|phone number|téléphone|numéro de téléphone|portable|telefon|telefonnummer|handy|mobil|business phone|mobile phone|work phone")},
	{"country", "Country", true, words("country|pays|land|country code|country region|code pays|ländercode|staat|based in")},
	{"tags", "Tags", true, words("tag|tags|label|labels|keywords|étiquettes|mots clés|mot clé|schlagwort|schlagwörter|stichworte|theme|themes|thèmes|themen|groups")},
	{"website", "Website", false, words("website|web site|web|url|homepage|site web|site internet|site|webseite|internetseite|web page|web address")},
	{"notes", "Notes", true, words("note|notes|comment|comments|remarks|remarque|remarques|commentaire|commentaires|notizen|notiz|bemerkung|bemerkungen|anmerkungen|description|beschreibung")},
	{"organisation", "Organisation they work for, or part of", true, words("organisation|organization|company|employer|parent|parent organisation|parent organization|institution|société|entreprise|employeur|organisme|structure|firma|unternehmen|arbeitgeber|einrichtung|dachorganisation|organisation mère|account name|company name")},
	{"post", "Post", false, words("post|position|job title|job|title|function|poste|fonction|titre|stelle|funktion|amt|berufsbezeichnung|role title")},
	{"postFrom", "Post since", false, words("post since|post from|in post since|job since|since|depuis|seit")},
	{"postTo", "Post until", false, words("post until|post to|job until|until|left on|jusqu au|jusqu à|bis")},
	{"basis", "Lawful basis of a person's data", true, words("lawful basis|legal basis|gdpr basis|base légale|rechtsgrundlage")},
	{"basisSource", "Source of a person's data", true, words("data source|source of data|source of the data|source des données|datenquelle")},
	{"basisDate", "Lawful basis since", true, words("lawful basis since|legal basis since|consent date|date of consent|date du consentement|einwilligung vom|datum der einwilligung")},
	{"otherNames", "Other names", false, words("other names|other name|alias|aliases|acronym|nickname|autres noms|sigle|weitere namen|abkürzung|kürzel")},
	{"id.mep", "MEP id", false, words("mep id|epid")},
	{"id.pic", "PIC", false, words("pic|pic number|participant identification code")},
	{"id.transparency-register", "Transparency Register number", false, words("transparency register|transparency register number|transparency register id|registre de transparence|transparenzregister|identification code")},
	{"id.lei", "LEI", false, words("lei|legal entity identifier")},
	{"id.oar", "OAR number", false, words("oar|oar number")},
	{"id.org-id", "Organisation id", false, words("org id|organisation id|organization id|org-id|360giving id|iati organisation id")},
	{"id.other", "Other number", false, words("external id|uid|external number|kennung")},
}

var fieldNamed = func() map[string]*Field {
	m := map[string]*Field{}
	for i := range Fields {
		m[Fields[i].Name] = &Fields[i]
	}
	return m
}()

func words(list string) []string {
	parts := strings.Split(list, "|")
	for i, p := range parts {
		parts[i] = store.Fold(p)
	}
	return parts
}

// fieldFor gives the field that a header names, "" where none does.
func fieldFor(header string) string {
	fold := headerKey(header)
	for _, f := range Fields {
		if slices.Contains(f.words, fold) {
			return f.Name
		}
	}
	if trimmed := strings.TrimRight(fold, " 0123456789"); trimmed != fold && trimmed != "" {
		return fieldFor(trimmed)
	}
	return ""
}

// headerKey folds a header: "E-Mail", "e_mail" and "E mail" are one.
func headerKey(header string) string {
	return store.Fold(strings.Join(strings.FieldsFunc(header, func(r rune) bool {
		return strings.ContainsRune(" _-/.:()'’*\u00a0", r)
	}), " "))
}

// suggest maps the columns: as a mapping that was saved for these headers does, else by their names.
func (im *Importer) suggest(ctx context.Context, imp *StakeholderImport) error {
	saved, err := im.mappings.Find(ctx, nil, nil, 0)
	if err != nil {
		return err
	}
	have := map[string]int{}
	for i, c := range imp.Columns {
		have[headerKey(c.Header)] = i
	}
	var best *Mapping
	for _, m := range saved {
		fits := len(m.Headers) > 0
		for _, h := range m.Headers {
			_, ok := have[headerKey(h.Header)]
			fits = fits && ok
		}
		if fits && (best == nil || len(m.Headers) > len(best.Headers)) {
			best = m
		}
	}
	if best != nil {
		imp.use(best)
		imp.Notes = append(imp.Notes, "The columns were mapped as saved in “"+best.Name+"”.")
		return nil
	}
	for i := range imp.Columns {
		imp.Columns[i].Field = fieldFor(imp.Columns[i].Header)
	}
	if imp.Format == sheet.VCard {
		imp.Columns[0].Field = "name"
	}
	return nil
}

func (imp *StakeholderImport) use(m *Mapping) {
	for i := range imp.Columns {
		imp.Columns[i].Field = ""
		for _, h := range m.Headers {
			if headerKey(h.Header) == headerKey(imp.Columns[i].Header) {
				imp.Columns[i].Field = h.Field
			}
		}
	}
	imp.Constants, imp.Policy = m.Constants, m.Policy
}

// Mappings lists the saved mappings by name.
func (im *Importer) Mappings(ctx context.Context) ([]*Mapping, error) {
	return im.mappings.Find(ctx, nil, []driver.Key{{Path: "key"}}, 0)
}

// SaveMapping keeps the mapping of an import under a name, in the place of one that has the name.
func (im *Importer) SaveMapping(ctx context.Context, id, name string) (*Mapping, error) {
	imp, err := im.imports.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	name = strings.Join(strings.Fields(name), " ")
	if store.Fold(name) == "" || len([]rune(name)) > 100 {
		return nil, fault.Field("name", "A name of at most 100 letters is needed.")
	}
	m, _, err := im.mappings.Upsert(ctx, filter.Eq{Field: "key", Value: store.Fold(name)}, func(m *Mapping, _ bool) error {
		m.Name, m.Key, m.Constants, m.Policy, m.Headers = name, store.Fold(name), imp.Constants, imp.Policy, []MappedHeader{}
		for _, c := range imp.Columns {
			if c.Field != "" {
				m.Headers = append(m.Headers, MappedHeader{c.Header, c.Field})
			}
		}
		return nil
	})
	return m, err
}

// UseMapping maps the columns of an import by a saved mapping.
func (im *Importer) UseMapping(ctx context.Context, id string, rev int64, mappingID string) (*StakeholderImport, error) {
	imp, err := im.imports.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := im.mappings.Get(ctx, mappingID)
	if err != nil {
		return nil, err
	}
	imp.use(m)
	return im.Set(ctx, id, rev, imp.Settings())
}

// Settings gives what was decided about the file so far.
func (imp *StakeholderImport) Settings() Settings {
	s := Settings{Options: imp.Options, Constants: imp.Constants, Policy: imp.Policy}
	for _, c := range imp.Columns {
		s.Fields = append(s.Fields, c.Field)
	}
	return s
}

// DeleteMapping removes a saved mapping.
func (im *Importer) DeleteMapping(ctx context.Context, id string) error {
	return im.mappings.Delete(ctx, id)
}

// synonyms give what a word in a file means. Keys are folded.
var (
	kindWords = synonyms(map[string]string{
		"person":       "person individual people human contact p personne individu particulier kontakt einzelperson natürliche",
		"organisation": "organisation organization org company body institution ngo association o organisme société entreprise ong firma verein verband einrichtung stiftung foundation fondation",
	})
	basisWords = phrases(map[string]string{
		"consent":              "consent|consentement|einwilligung|6(1)(a)",
		"contract":             "contract|contrat|vertrag|6(1)(b)",
		"legal-obligation":     "legal-obligation|legal obligation|obligation légale|rechtliche verpflichtung|6(1)(c)",
		"vital-interests":      "vital-interests|vital interests|intérêts vitaux|lebenswichtige interessen|6(1)(d)",
		"public-task":          "public-task|public task|mission d'intérêt public|öffentliche aufgabe|6(1)(e)",
		"legitimate-interests": "legitimate-interests|legitimate interests|legitimate interest|intérêt légitime|intérêts légitimes|berechtigtes interesse|berechtigte interessen|6(1)(f)",
	})
	roleWords = synonyms(map[string]string{
		"donor": "donor donors funder grantmaker donateur bailleur financeur spender geldgeber förderer zuwendungsgeber foundation fondation stiftung",
		"igo":   "igo intergovernmental oig", "mep": "mep eurodéputé eurodéputée député mdep europaabgeordneter europaabgeordnete",
		"movement": "movement mouvement bewegung network réseau netzwerk", "member": "member members membre mitglied",
		"government": "government gouvernement regierung behörde ministry ministère ministerium authority",
		"business":   "business company entreprise société unternehmen firma corporate", "media": "media press journalist médias presse medien journaliste",
		"other": "other autre autres andere sonstige sonstiges",
	})
)

// phrases is a table from whole phrases, folded, to what they mean.
func phrases(of map[string]string) map[string]string {
	table := map[string]string{}
	for meant, list := range of {
		for _, phrase := range words(list) {
			table[phrase] = meant
		}
	}
	return table
}

func synonyms(table map[string]string) map[string]string {
	m := map[string]string{}
	for meaning, list := range table {
		for _, w := range strings.Fields(list) {
			m[store.Fold(w)] = meaning
		}
	}
	for _, role := range stakeholder.Roles {
		if _, ok := table[role]; ok {
			m[role] = role
		}
	}
	return m
}

// countries maps names of countries in English, French and German, and what else people write, to codes.
var countries = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	namers := []display.Namer{display.Regions(language.English), display.Regions(language.French), display.Regions(language.German)}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string(a) + string(b))
			if err != nil || !region.IsCountry() || region.Canonicalize() != region {
				continue
			}
			for _, n := range namers {
				if name := n.Name(region); name != "" {
					m[store.Fold(name)] = region.String()
				}
			}
		}
	}
	for code, list := range map[string]string{
		"CZ": "Czech Republic|République tchèque|Tschechische Republik", "NL": "The Netherlands|Holland|Hollande|Pays Bas", "GB": "UK|Great Britain|England|Scotland|Wales|Grande Bretagne|Großbritannien|Angleterre",
		"US": "USA|United States of America|Etats Unis d Amérique|Vereinigte Staaten von Amerika", "MK": "Macedonia|FYROM|Macédoine|Mazedonien", "XK": "Kosovo", "MD": "Republic of Moldova|Moldavie",
		"TR": "Turkey|Türkiye|Turquie", "RU": "Russian Federation", "IE": "Republic of Ireland", "SK": "Slovak Republic", "BA": "Bosnia|Bosnia and Herzegovina", "GR": "EL|Hellas", "VA": "Holy See",
	} {
		for _, name := range strings.Split(list, "|") {
			m[store.Fold(name)] = code
		}
	}
	return m
})
