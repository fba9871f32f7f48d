package list

import (
	"slices"

	"piper/internal/store"
)

// Verb is how a deed changes a field.
type Verb string

// The verbs.
const (
	Set    Verb = "set"
	Add    Verb = "add"
	Remove Verb = "remove"
	Move   Verb = "move" // the whole record, into the trash or out of it
)

// Deed is one thing that a bulk edit can do, as a screen needs it to offer it. A noun declares its table.
type Deed struct {
	Do     string   `json:"do" doc:"as an operation names it"`
	Field  string   `json:"field" doc:"the field that it changes"`
	Label  string   `json:"label" doc:"what is changed, as people read it"`
	Verb   Verb     `json:"verb" enum:"set,add,remove,move"`
	Kind   Kind     `json:"kind,omitempty" enum:"choice,choices,text,word,words,record,day,moment,number,yesNo" doc:"of its value; none: it takes no value"`
	Of     string   `json:"of,omitempty" doc:"what its value names"`
	Values []string `json:"values,omitempty" doc:"of a choice: the closed set"`
	Blank  bool     `json:"blank,omitempty" doc:"an empty value clears the field"`
	Note   string   `json:"note,omitempty" doc:"what people should know before they do it"`
}

// Operation is one thing that a bulk edit does to each record.
type Operation struct {
	Do    string `json:"do" maxLength:"30" doc:"one of the deeds that the list describes, such as addTag or setOwner"`
	Value string `json:"value,omitempty" maxLength:"200" doc:"the tag, word, day or id; empty clears the field, where it may be empty"`
}

// refuses says why a value cannot be one of the deed's, "" where it can be as far as its kind goes.
func (d Deed) refuses(value string) string {
	switch {
	case d.Kind == "":
		return ""
	case value == "" && d.Blank:
		return ""
	case value == "":
		return "Say what to " + string(d.Verb) + "."
	case d.Kind == Choice && !slices.Contains(d.Values, value):
		return "“" + value + "” is not one of the values that can be set."
	case d.Kind == Day:
		if _, err := store.ParseDate(value); err != nil {
			return "“" + value + "” is not a date of the form 2026-03-29."
		}
	}
	return ""
}
