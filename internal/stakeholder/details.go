package stakeholder

import (
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
)

// Donor is what is known of a stakeholder with the role donor.
type Donor struct {
	SourceType   string `json:"sourceType,omitempty" enum:"eu,government,igo,foundation,corporate,membership,services,public,other" doc:"the kind of purse, as income lines have it"`
	DueDiligence string `json:"dueDiligence,omitempty" enum:"open,cleared,conditions,refused" doc:"how the check of the donor stands; absent where none was begun. It follows from the donor's cases and cannot be written here"`
	PolicyNotes  string `json:"policyNotes,omitempty" maxLength:"5000" doc:"what they fund and on which terms"`

	DueDiligenceUntil store.Date `json:"dueDiligenceUntil,omitempty" maxLength:"10" doc:"the last day on which that holds; it follows from the cases, too"`
}

// IGO is what is known of a stakeholder with the role igo.
type IGO struct {
	Body    string `json:"body,omitempty" maxLength:"200" doc:"the organ within it: a directorate, a monitoring group"`
	Mandate string `json:"mandate,omitempty" maxLength:"5000"`
}

// MEP is what is known of a stakeholder with the role mep; the country is the stakeholder's own.
type MEP struct {
	Group      string   `json:"group,omitempty" maxLength:"120" doc:"the political group"`
	Committees []string `json:"committees,omitempty" maxItems:"30" doc:"by their codes: LIBE, FEMM"`
}

// Movement is what is known of a stakeholder with the role movement.
type Movement struct {
	Causes []string `json:"causes,omitempty" maxItems:"50"`
}

// Basis says why the secretariat may hold data about a person.
type Basis struct {
	LawfulBasis string     `json:"lawfulBasis" enum:"consent,contract,legal-obligation,vital-interests,public-task,legitimate-interests" doc:"one of the six of Article 6(1) GDPR"`
	Source      string     `json:"source,omitempty" maxLength:"300" doc:"where the data came from"`
	Date        store.Date `json:"date,omitempty" doc:"since when the basis holds"`
}

// The closed lists of the fields above.
var (
	SourceTypes   = []string{"eu", "government", "igo", "foundation", "corporate", "membership", "services", "public", "other"}
	DueDiligences = []string{"open", "cleared", "conditions", "refused"}
	LawfulBases   = []string{"consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"}
)

// tidyDetails puts the details of roles and the basis into their one form. Details go with their role:
// those of a role that the stakeholder does not have, and empty ones, are dropped.
func (s *Stakeholder) tidyDetails(c *fault.Checks) {
	if d := s.Donor; d != nil {
		d.PolicyNotes = strings.TrimSpace(d.PolicyNotes)
		among(c, d.SourceType, SourceTypes, "donor.sourceType")
		among(c, d.DueDiligence, DueDiligences, "donor.dueDiligence")
		noLonger(c, d.PolicyNotes, 5000, "donor.policyNotes")
		if *d == (Donor{}) || !s.is("donor") {
			s.Donor = nil
		}
	}
	if d := s.IGO; d != nil {
		d.Body, d.Mandate = oneLine(d.Body), strings.TrimSpace(d.Mandate)
		noLonger(c, d.Body, 200, "igo.body")
		noLonger(c, d.Mandate, 5000, "igo.mandate")
		if *d == (IGO{}) || !s.is("igo") {
			s.IGO = nil
		}
	}
	if d := s.MEP; d != nil {
		d.Group, d.Committees = oneLine(d.Group), unique(d.Committees, oneLine)
		noLonger(c, d.Group, 120, "mep.group")
		eachNoLonger(c, d.Committees, 120, "mep.committees")
		if d.Group == "" && len(d.Committees) == 0 || !s.is("mep") {
			s.MEP = nil
		}
	}
	if d := s.Movement; d != nil {
		d.Causes = unique(d.Causes, oneLine)
		eachNoLonger(c, d.Causes, 120, "movement.causes")
		if len(d.Causes) == 0 || !s.is("movement") {
			s.Movement = nil
		}
	}
	s.tidyBasis(c)
}

func (s *Stakeholder) tidyBasis(c *fault.Checks) {
	b := s.Basis
	if b == nil {
		return
	}
	b.Source = oneLine(b.Source)
	if *b == (Basis{}) {
		s.Basis = nil
		return
	}
	c.Require(s.Kind == Person, "basis", "Only data about a person needs a lawful basis.")
	c.Require(slices.Contains(LawfulBases, b.LawfulBasis), "basis.lawfulBasis", "Choose one of the six lawful bases.")
	noLonger(c, b.Source, 300, "basis.source")
	if b.Date != "" {
		_, err := store.ParseDate(string(b.Date))
		c.Require(err == nil, "basis.date", "%q is not a date of the form 2026-11-21.", b.Date)
	}
}

// dueDiligence gives the state of the check, "" where none was begun, and the last day on which it holds.
func (s *Stakeholder) dueDiligence() (state string, until store.Date) {
	if s.Donor == nil {
		return "", ""
	}
	return s.Donor.DueDiligence, s.Donor.DueDiligenceUntil
}

// keepDueDiligence leaves the state of the check of a donor as it was: cases decide it. A form that was read before it
// changed, or that leaves it out, does no harm; one that says something else is refused.
func (s *Stakeholder) keepDueDiligence(state string, until store.Date) error {
	if now, _ := s.dueDiligence(); now != "" && now != state {
		return fault.Field("donor.dueDiligence", "The due diligence of a donor follows from its case. Decide the case instead.")
	}
	if s.Donor == nil && state != "" {
		s.Donor = &Donor{}
	}
	if s.Donor != nil {
		s.Donor.DueDiligence, s.Donor.DueDiligenceUntil = state, until
	}
	return nil
}

func (s *Stakeholder) is(role string) bool { return slices.Contains(s.Roles, role) }

func among(c *fault.Checks, value string, list []string, field string) {
	c.Require(value == "" || slices.Contains(list, value), field, "%q is none of %s.", value, strings.Join(list, ", "))
}

// noLonger bounds a text, in characters.
func noLonger(c *fault.Checks, text string, limit int, field string) {
	c.Require(len(text) <= limit || len([]rune(text)) <= limit, field, "This is longer than %d characters.", limit)
}

func eachNoLonger(c *fault.Checks, list []string, limit int, field string) {
	for _, v := range list {
		noLonger(c, v, limit, field)
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
