// Package stakeholder knows the people, organisations and seats that matter to the secretariat.
package stakeholder

import (
	"net/mail"
	"net/url"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// Kind is what a stakeholder is by nature; what it is to us is its roles.
type Kind string

// The kinds.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
)

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

// Stakeholder is a person or an organisation. The collection is public-shape: everything on the record
// may be read by every access role.
type Stakeholder struct {
	store.Meta
	Kind      Kind          `json:"kind" enum:"person,organisation"`
	Name      string        `json:"name"`
	SortName  string        `json:"sortName" doc:"the name folded for sorting and matching: lower case, no diacritics"`
	Roles     []string      `json:"roles" nullable:"false"`
	Country   string        `json:"country,omitempty" doc:"ISO 3166-1 alpha-2; Greece is GR, the United Kingdom GB, Kosovo XK"`
	Emails    []Email       `json:"emails" nullable:"false"`
	Phones    []Phone       `json:"phones" nullable:"false"`
	Website   string        `json:"website,omitempty"`
	Tags      []string      `json:"tags" nullable:"false"`
	ParentID  string        `json:"parentId,omitempty" doc:"the organisation it is part of, or for a person works for"`
	Notes     string        `json:"notes,omitempty"`
	TrashedAt store.Instant `json:"trashedAt,omitempty"`
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
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	s.SortName = store.Fold(s.Name)
	c.Require(s.Name != "", "name", "A name is needed.")
	c.Require(len([]rune(s.Name)) <= 300, "name", "The name is longer than 300 characters.")
	c.Require(s.Kind == Person || s.Kind == Organisation, "kind", "The kind is person or organisation.")

	known := map[string]bool{}
	for _, r := range Roles {
		known[r] = true
	}
	s.Roles = unique(s.Roles, strings.ToLower)
	for _, r := range s.Roles {
		c.Require(known[r], "roles", "%q is not a role; there are %s.", r, strings.Join(Roles, ", "))
	}

	s.Country = strings.ToUpper(strings.TrimSpace(s.Country))
	if iso, ok := countryAliases[s.Country]; ok {
		s.Country = iso
	}
	c.Require(s.Country == "" || isCountry(s.Country), "country", "%q is not a two-letter country code.", s.Country)

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
	for _, p := range s.Phones {
		p.Number, p.Label = strings.TrimSpace(p.Number), strings.TrimSpace(p.Label)
		if p.Number != "" {
			phones = append(phones, p)
		}
	}
	s.Phones = phones

	s.Website = strings.TrimSpace(s.Website)
	if s.Website != "" {
		if !strings.Contains(s.Website, "://") {
			s.Website = "https://" + s.Website
		}
		u, err := url.Parse(s.Website)
		c.Require(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", "website", "%q is not a web address.", s.Website)
	}
	s.Tags = unique(s.Tags, func(t string) string { return strings.Join(strings.Fields(t), " ") })
	for _, t := range s.Tags {
		c.Require(len([]rune(t)) <= 60, "tags", "The tag %q is longer than 60 characters.", t)
	}
	c.Require(len(s.Notes) <= 20_000, "notes", "The notes are longer than 20,000 characters.")
	return c.Err()
}

func isCountry(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
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
