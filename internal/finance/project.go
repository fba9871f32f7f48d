package finance

import (
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// Project is work with a budget and an end. A core project has no end: it is what the organisation costs
// whatever it does.
type Project struct {
	store.Meta
	Name     string     `json:"name"`
	SortName string     `json:"sortName"`
	Code     string     `json:"code,omitempty" doc:"what the books call it"`
	Core     bool       `json:"core" doc:"its budget is the core budget"`
	From     store.Date `json:"from,omitempty"`
	To       store.Date `json:"to,omitempty"`
}

// Fund is money kept together by purpose.
type Fund struct {
	store.Meta
	Name        string      `json:"name"`
	SortName    string      `json:"sortName"`
	Restriction Restriction `json:"restriction" enum:"unrestricted,designated,restricted"`
}

func (p *Project) tidy() error {
	var c fault.Checks
	p.Name, p.SortName = named(&c, p.Name)
	p.Code = oneLine(strings.TrimSpace(p.Code))
	c.Require(utf8.RuneCountInString(p.Code) <= 60, "code", "The code is longer than 60 characters.")
	for field, day := range map[string]store.Date{"from": p.From, "to": p.To} {
		if day != "" {
			_, err := store.ParseDate(string(day))
			c.Require(err == nil, field, "%q is not a date of the form 2026-03-29.", day)
		}
	}
	c.Require(p.From == "" || p.To == "" || p.To >= p.From, "to", "The project ends before it begins.")
	return c.Err()
}

func (f *Fund) tidy() error {
	var c fault.Checks
	f.Name, f.SortName = named(&c, f.Name)
	c.Require(indexOf(Restrictions, f.Restriction) >= 0, "restriction", "%q is not one of unrestricted, designated, restricted.", f.Restriction)
	return c.Err()
}

// named checks a name, and gives it in its one form with the form that sorts it and keeps it unique.
func named(c *fault.Checks, s string) (name, sortName string) {
	name = oneLine(strings.TrimSpace(s))
	sortName = store.Fold(name)
	c.Require(sortName != "", "name", "A name with letters or digits is needed.")
	c.Require(utf8.RuneCountInString(name) <= maxName, "name", "The name is longer than %d characters.", maxName)
	return name, sortName
}
