// Package stakeholder knows the people, organisations and seats that matter to the secretariat.
package stakeholder

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"piper/internal/fault"
	"piper/internal/store"
)

// Kind is what a stakeholder is by nature; what it is to us is its roles.
type Kind string

// The kinds.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
	Seat         Kind = "seat" // an office within an organisation, which outlives its holder
)

// Kinds lists them.
var Kinds = []Kind{Person, Organisation, Seat}

// Roles lists what a stakeholder can be to us; it may be several at once.
var Roles = []string{"donor", "igo", "mep", "movement", "member", "government", "business", "media", "other"}

// Email is an address at which a stakeholder is reached. Mail from or to it is linked to them.
type Email struct {
	Address string `json:"address" maxLength:"254" doc:"kept in lower case"`
	Label   string `json:"label,omitempty" maxLength:"60"`
}

// Phone is a telephone number as people write it.
type Phone struct {
	Number string `json:"number" maxLength:"60"`
	Label  string `json:"label,omitempty" maxLength:"60"`
}

// Digits gives the number as a telephone dials it: the digits, with + before them where the number begins
// with the code of a country. What stands behind a word or a # (an extension) counts too.
func (p Phone) Digits() string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.Replace(p.Number, "(0)", "", 1))
	if strings.HasPrefix(p.Number, "+") {
		return "+" + digits
	}
	if rest, ok := strings.CutPrefix(digits, "00"); ok {
		return "+" + rest
	}
	return digits
}

// OtherName is a name beside the first one: in another script or language, or short.
type OtherName struct {
	Name  string `json:"name" maxLength:"300"`
	Label string `json:"label,omitempty" maxLength:"60" doc:"which: a language, a script, acronym, former"`
}

// Stakeholder is a person, an organisation or a seat. The collection is public-shape: everything on the record
// may be read by every access role.
type Stakeholder struct {
	store.Meta
	Kind        Kind          `json:"kind" enum:"person,organisation,seat"`
	Name        string        `json:"name"`
	SortName    string        `json:"sortName" doc:"the name folded for sorting and matching: lower case, no diacritics"`
	OtherNames  []OtherName   `json:"otherNames,omitempty" nullable:"false"`
	Roles       []string      `json:"roles" nullable:"false"`
	Country     string        `json:"country,omitempty" doc:"ISO 3166-1 alpha-2; Greece is GR, the United Kingdom GB, Kosovo XK"`
	Emails      []Email       `json:"emails" nullable:"false"`
	Phones      []Phone       `json:"phones" nullable:"false"`
	Website     string        `json:"website,omitempty"`
	Tags        []string      `json:"tags" nullable:"false"`
	ExternalIDs []ExternalID  `json:"externalIds,omitempty" nullable:"false"`
	ParentID    string        `json:"parentId,omitempty" doc:"the organisation it is part of; for a person, the one it is filed under"`
	Donor       *Donor        `json:"donor,omitempty"`
	IGO         *IGO          `json:"igo,omitempty"`
	MEP         *MEP          `json:"mep,omitempty"`
	Movement    *Movement     `json:"movement,omitempty"`
	Basis       *Basis        `json:"basis,omitempty" doc:"of persons only"`
	Notes       string        `json:"notes,omitempty"`
	TrashedAt   store.Instant `json:"trashedAt,omitempty"`
}

// Addresses lists the stakeholder's e-mail addresses.
func (s *Stakeholder) Addresses() []string {
	list := make([]string, 0, len(s.Emails))
	for _, e := range s.Emails {
		list = append(list, e.Address)
	}
	return list
}

// Describe says in a few words what the stakeholder is: "organisation · donor, igo · BE".
func (s *Stakeholder) Describe() string {
	parts := []string{string(s.Kind)}
	if len(s.Roles) > 0 {
		parts = append(parts, strings.Join(s.Roles, ", "))
	}
	if s.Country != "" {
		parts = append(parts, s.Country)
	}
	return strings.Join(parts, " · ")
}

// countryAliases are the codes that EU institutions and people use beside ISO's.
var countryAliases = map[string]string{"EL": "GR", "UK": "GB"}

// tidy puts a record into its one form and gives an Invalid fault that names every field that is wrong.
func (s *Stakeholder) tidy() error {
	var c fault.Checks
	s.Name = oneLine(s.Name)
	s.SortName = store.Fold(s.Name)
	c.Require(s.Name != "", "name", "A name is needed.")
	c.Require(len([]rune(s.Name)) <= 300, "name", "The name is longer than 300 characters.")
	c.Require(slices.Contains(Kinds, s.Kind), "kind", "The kind is person, organisation or seat.")
	c.Require(s.Kind != Seat || s.ParentID != "", "parentId", "A seat belongs to an organisation. Choose which.")
	s.tidyOtherNames(&c)

	s.Roles = unique(s.Roles, strings.ToLower)
	for _, r := range s.Roles {
		c.Require(slices.Contains(Roles, r), "roles", "%q is not a role; there are %s.", r, strings.Join(Roles, ", "))
	}

	s.Country = strings.ToUpper(strings.TrimSpace(s.Country))
	if iso, ok := countryAliases[s.Country]; ok {
		s.Country = iso
	}
	c.Require(s.Country == "" || isCountry(s.Country), "country", "%q is not the two-letter code of a country.", s.Country)

	s.tidyContacts(&c)
	s.tidyExternalIDs(&c)
	s.tidyDetails(&c)

	s.Website = strings.TrimSpace(s.Website)
	if s.Website != "" {
		if !strings.Contains(s.Website, "://") {
			s.Website = "https://" + s.Website
		}
		u, err := url.Parse(s.Website)
		c.Require(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", "website", "%q is not a web address.", s.Website)
	}
	s.Tags = unique(s.Tags, oneLine)
	for _, t := range s.Tags {
		c.Require(len([]rune(t)) <= 60, "tags", "The tag %q is longer than 60 characters.", t)
	}
	c.Require(len(s.Notes) <= 20_000, "notes", "The notes are longer than 20,000 characters.")
	return c.Err()
}

// tidyOtherNames drops empty names, repetitions and the first name over again.
func (s *Stakeholder) tidyOtherNames(c *fault.Checks) {
	var names []OtherName
	seen := map[string]bool{s.Name: true}
	for i, n := range s.OtherNames {
		n.Name, n.Label = oneLine(n.Name), oneLine(n.Label)
		noLonger(c, n.Name, 300, field("otherNames", i, "name"))
		noLonger(c, n.Label, 60, field("otherNames", i, "label"))
		if n.Name != "" && !seen[n.Name] {
			seen[n.Name] = true
			names = append(names, n)
		}
	}
	s.OtherNames = names
}

// tidyContacts drops empty addresses and numbers, and repetitions. Numbers are the same that have the
// same digits.
func (s *Stakeholder) tidyContacts(c *fault.Checks) {
	emails, seen := []Email{}, map[string]bool{}
	for i, e := range s.Emails {
		e.Address, e.Label = strings.ToLower(strings.TrimSpace(e.Address)), strings.TrimSpace(e.Label)
		if e.Address == "" || seen[e.Address] {
			continue
		}
		seen[e.Address] = true
		parsed, err := mail.ParseAddress(e.Address)
		c.Require(err == nil && parsed.Address == e.Address, field("emails", i, "address"), "%q is not an e-mail address.", e.Address)
		emails = append(emails, e)
	}
	s.Emails = emails

	phones := []Phone{}
	for i, p := range s.Phones {
		p.Number, p.Label = oneLine(p.Number), oneLine(p.Label)
		noLonger(c, p.Number, 60, field("phones", i, "number"))
		digits := p.Digits()
		if p.Number == "" || digits != "" && seen[digits] {
			continue
		}
		seen[digits] = true
		phones = append(phones, p)
	}
	s.Phones = phones
}

// isCountry reports whether a code in capitals is that of a country. EU, which is none, ISO has reserved for
// bodies of the Union.
func isCountry(code string) bool {
	if len(code) != 2 {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() || code == "EU"
}

// unique tidies each text and drops empty ones and repetitions, keeping the order.
func unique(list []string, tidy func(string) string) []string {
	out, seen := []string{}, map[string]bool{}
	for _, v := range list {
		v = tidy(strings.TrimSpace(v))
		if v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
