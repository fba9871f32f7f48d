// Package list is the vocabulary that every list shares: the table of what a noun may be filtered by, the
// filter that a person puts together, which records a bulk edit is about, and what it does to them. It knows
// no noun; a noun declares its table here, and rooms that work with any list (views, bulk edits, exports)
// read it.
package list

import (
	"slices"
	"time"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// Kind is what a field holds, which decides the operators it takes.
type Kind string

// The kinds.
const (
	Choice  Kind = "choice"  // one text of a closed set
	Choices Kind = "choices" // any number of texts of a closed set
	Text    Kind = "text"    // words; Path is kept folded (store.Fold)
	Word    Kind = "word"    // one text that is matched as it is
	Words   Kind = "words"   // any number of them: tags
	Record  Kind = "record"  // the id of another record
	Day     Kind = "day"     // a civil date
	Moment  Kind = "moment"  // an instant; compared by its day in UTC
	Number  Kind = "number"  // an integer
	Amount  Kind = "amount"  // an amount of the currency that Label names: asked for with at most two decimals, kept in hundredths
	YesNo   Kind = "yesNo"   // true or false
)

// Op is an operator of a leaf.
type Op string

// The operators. A record without a value in the field satisfies only IsNot, HasNot and Empty.
const (
	Is       Op = "is"
	IsNot    Op = "isNot"
	AnyOf    Op = "any"
	Contains Op = "contains" // every word of the value, as any part of the text
	Before   Op = "before"   // on an earlier day
	After    Op = "after"    // on a later day
	From     Op = "from"     // on that day or a later one
	Until    Op = "until"    // on that day or an earlier one
	AtLeast  Op = "atLeast"
	AtMost   Op = "atMost"
	Has      Op = "has" // one of the values
	HasNot   Op = "hasNot"
	Empty    Op = "empty"
	NotEmpty Op = "notEmpty"
)

// Takes says how many values stand behind an operator: none, one, or many, which is one to a hundred.
func (o Op) Takes() string {
	switch o {
	case Empty, NotEmpty:
		return "none"
	case AnyOf, Has, HasNot:
		return "many"
	}
	return "one"
}

var operators = map[Kind][]Op{
	Choice:  {Is, IsNot, AnyOf, Empty, NotEmpty},
	Choices: {Has, HasNot, Empty, NotEmpty},
	Text:    {Contains, Is, IsNot, Empty, NotEmpty},
	Word:    {Is, IsNot, AnyOf, Empty, NotEmpty},
	Words:   {Has, HasNot, Empty, NotEmpty},
	Record:  {Is, IsNot, AnyOf, Empty, NotEmpty},
	Day:     {Is, Before, After, From, Until, Empty, NotEmpty},
	Moment:  {Is, Before, After, From, Until, Empty, NotEmpty},
	Number:  {Is, IsNot, AtLeast, AtMost, Empty, NotEmpty},
	Amount:  {AtLeast, AtMost, Is, IsNot, Empty, NotEmpty},
	YesNo:   {Is},
}

// derived are the operators that a derived field can have: it always has a value.
var derived = []Op{Is, IsNot, AnyOf, AtLeast, AtMost}

// Operators lists what the field may be asked.
func (f Field) Operators() []Op {
	if f.As == nil {
		return operators[f.Kind]
	}
	return slices.DeleteFunc(slices.Clone(operators[f.Kind]), func(op Op) bool { return !slices.Contains(derived, op) })
}

// What the values of a Word, Words or Record name, where a screen has more than a text field for it.
const (
	OfCountry      = "country"      // ISO 3166-1 alpha-2
	OfOrganisation = "organisation" // the id of a stakeholder
	OfStakeholder  = "stakeholder"
	OfAccount      = "account"
)

// Field is one thing that a list may be filtered by.
type Field struct {
	Name   string              // as callers write it; never "and", "or", "not"
	Label  string              // as people read it
	Path   string              // the declared field of the collection
	Kind   Kind                // what it holds
	Of     string              // what its values name; "" for nothing in particular
	Values []string            // of a Choice or Choices: the closed set
	Tidy   func(string) string // brings a value into the form that is stored; nil leaves it as it is
	As     Meaning             // of a derived field, which no record holds; then there is no Path
}

// Meaning says what records a comparison with a derived field finds, such as a state that follows from dates. op is
// Is or, of a Number or Amount, also AtLeast and AtMost; value is a text, an int64 of a Number or Amount (cents), or a
// bool of a YesNo. Every other operator follows from these.
type Meaning func(op Op, value any) (filter.Expr, error)

// Texts are the codes of a closed set as the values of a field.
func Texts[T ~string](codes []T) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c)
	}
	return out
}

// Fields is the table of one noun.
type Fields []Field

// Field gives the field of that name.
func (f Fields) Field(name string) (Field, bool) {
	i := slices.IndexFunc(f, func(x Field) bool { return x.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return f[i], true
}

func (f Field) tidy(value string) string {
	if f.Tidy == nil {
		return value
	}
	return f.Tidy(value)
}

// text is the filter of a text leaf: the folded words, each anywhere in the folded field.
func (f Field) text(value string) filter.Expr {
	var all filter.And
	for _, word := range splitWords(store.Fold(value)) {
		all = append(all, filter.Contains{Field: f.Path, Part: word})
	}
	return all
}

// days is the filter of a leaf about a day. A civil date is compared as it is; of an instant the whole day
// counts, from midnight to midnight UTC.
func (f Field) days(op Op, day store.Date) filter.Expr {
	next := string(store.At(day.Time().Add(24 * time.Hour)))[:len(time.DateOnly)]
	compare := func(op filter.Op, day string) filter.Expr {
		return filter.Compare{Field: f.Path, Op: op, Value: day}
	}
	switch {
	case op == Before:
		return compare(filter.Lt, string(day))
	case op == From:
		return compare(filter.Gte, string(day))
	case op == After:
		return compare(filter.Gte, next)
	case op == Until:
		return compare(filter.Lt, next)
	case f.Kind == Day:
		return filter.Eq{Field: f.Path, Value: string(day)}
	}
	return filter.And{compare(filter.Gte, string(day)), compare(filter.Lt, next)}
}
