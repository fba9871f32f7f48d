package stakeholder

import (
	"fmt"
	"regexp"
	"strings"

	"piper/internal/fault"
)

// ExternalID is the number by which somebody else knows the stakeholder.
type ExternalID struct {
	Scheme string `json:"scheme" enum:"mep,pic,transparency-register,lei,oar,org-id,other"`
	Value  string `json:"value" minLength:"1" maxLength:"100"`
}

// scheme is one way of numbering: how a number is brought into its one form, and what is wrong with it.
type scheme struct {
	tidy  func(string) string
	wrong func(string) string // "" where it is right
}

// Schemes lists who numbers stakeholders.
var Schemes = []string{"mep", "pic", "transparency-register", "lei", "oar", "org-id", "other"}

var schemes = map[string]scheme{
	"mep":                   {compact, matches(`^[1-9][0-9]{0,6}$`, "A MEP id is the number in the address of their page at europarl.europa.eu.")},
	"pic":                   {compact, matches(`^[0-9]{9}$`, "A PIC has nine digits.")},
	"transparency-register": {compact, matches(`^[0-9]{6,13}-[0-9]{2}$`, "A number of the Transparency Register is digits, a hyphen and two more digits.")},
	"lei":                   {upper, wrongLEI},
	"oar":                   {upper, matches(`^[A-Z0-9][A-Z0-9._/-]{1,49}$`, "An OAR number is letters and digits.")},
	"org-id":                {compact, matches(`^([A-Z]{2}|360G)-[A-Za-z0-9:._/-]{1,90}$`, "An organisation id is a register and a number, as org-id.guide has them: GB-CHC-1159982.")},
	"other":                 {oneLine, func(string) string { return "" }},
}

func compact(s string) string { return strings.Join(strings.Fields(s), "") }
func upper(s string) string   { return strings.ToUpper(compact(s)) }

func matches(pattern, sentence string) func(string) string {
	right := regexp.MustCompile(pattern)
	return func(value string) string {
		if right.MatchString(value) {
			return ""
		}
		return sentence
	}
}

var leiForm = regexp.MustCompile(`^[A-Z0-9]{18}[0-9]{2}$`)

// wrongLEI checks a legal entity identifier as ISO 17442 says: with letters read as 10 to 35, the number
// leaves 1 when it is divided by 97 (ISO 7064).
func wrongLEI(value string) string {
	if !leiForm.MatchString(value) {
		return "An LEI has 18 letters or digits and two check digits."
	}
	rest := 0
	for _, c := range value {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	if rest != 1 {
		return "The check digits of this LEI are not right; one of its letters or digits is mistyped."
	}
	return ""
}

// TidyExternalID gives the number in its one form, and an Invalid fault where its scheme does not allow it.
func TidyExternalID(id ExternalID) (ExternalID, error) {
	id, at, wrong := id.tidy()
	if wrong != "" {
		return id, fault.Field(at, "%s", wrong)
	}
	return id, nil
}

// tidy says also which of the two fields is wrong, and how. An empty number is not wrong.
func (id ExternalID) tidy() (tidied ExternalID, at, wrong string) {
	id.Scheme = strings.ToLower(strings.TrimSpace(id.Scheme))
	s, ok := schemes[id.Scheme]
	if !ok {
		return id, "scheme", fmt.Sprintf("%q is none of %s.", id.Scheme, strings.Join(Schemes, ", "))
	}
	if id.Value = s.tidy(id.Value); id.Value == "" {
		return id, "", ""
	}
	if len([]rune(id.Value)) > 100 {
		return id, "value", "This is longer than 100 characters."
	}
	return id, "value", s.wrong(id.Value)
}

// tidyExternalIDs drops empty numbers and repetitions.
func (s *Stakeholder) tidyExternalIDs(c *fault.Checks) {
	var ids []ExternalID
	seen := map[ExternalID]bool{}
	for i, id := range s.ExternalIDs {
		id, at, wrong := id.tidy()
		c.Require(wrong == "", field("externalIds", i, at), "%s", wrong)
		if id.Value != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	s.ExternalIDs = ids
}
