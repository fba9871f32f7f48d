package list

import "piper/internal/store/filter"

// Selection says which records a bulk edit is about: those of Ids or, where there are none, all that
// Where and Text find. The noun adds what its own lists leave out.
type Selection struct {
	IDs     []string
	Where   filter.Expr
	Text    string
	Trashed bool // those in the trash instead of the others
}

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
}

// Operation is one thing that a bulk edit does to each record.
type Operation struct {
	Do    string `json:"do" maxLength:"30" doc:"addTag, removeTag, addRole, removeRole, setCountry, setParent, trash or restore"`
	Value string `json:"value,omitempty" maxLength:"200" doc:"the tag, role, country or id; empty clears a country or a parent"`
}

// FieldChange is what became of one field of a record.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old" doc:"as JSON; null: no value"`
	New   string `json:"new" doc:"as JSON; null: no value"`
}

// Planned is what a bulk edit would do to one record. Without Changes and Why it would do nothing.
type Planned struct {
	ID      string
	Rev     int64         // the revision that was looked at
	Changes []FieldChange // in order of Field
	Why     string        // why it cannot be done; then there are no Changes
}
