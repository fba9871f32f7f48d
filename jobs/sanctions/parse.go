package sanctions

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"piper/internal/diligence"
	"piper/internal/store"
)

// Head is what the file says of itself.
type Head struct {
	Generated string // when it was made, as it is written: 2018-12-21T14:39:54.511+01:00
	FileID    string
}

// Reject is an entry that cannot be taken, with the reason.
type Reject struct{ Ref, Reason string }

// Bounds of an entry; far above what the list has, so that a broken file fills no store.
const (
	maxText  = 2000
	maxParts = 1000 // names, births … of one entry
)

// The file: what it says stands in attributes, and in remarks.
type entity struct {
	LogicalID string   `xml:"logicalId,attr"`
	Reference string   `xml:"euReferenceNumber,attr"`
	UN        string   `xml:"unitedNationId,attr"`
	Details   string   `xml:"designationDetails,attr"`
	Remarks   []string `xml:"remark"`
	Subject   struct {
		Code string `xml:"code,attr"`
	} `xml:"subjectType"`
	Regulations []regulation `xml:"regulation"`
	Names       []alias      `xml:"nameAlias"`
	Births      []birth      `xml:"birthdate"`
	Citizens    []place      `xml:"citizenship"`
	Addresses   []place      `xml:"address"`
	Numbers     []number     `xml:"identification"`
}

type regulation struct {
	Programme string `xml:"programme,attr"`
	Title     string `xml:"numberTitle,attr"`
	Date      string `xml:"publicationDate,attr"`
	URL       string `xml:"publicationUrl"`
}

type alias struct {
	Whole    string `xml:"wholeName,attr"`
	First    string `xml:"firstName,attr"`
	Middle   string `xml:"middleName,attr"`
	Last     string `xml:"lastName,attr"`
	Function string `xml:"function,attr"`
	Gender   string `xml:"gender,attr"`
	Language string `xml:"nameLanguage,attr"`
	Strong   string `xml:"strong,attr"`
}

type birth struct {
	Date     string `xml:"birthdate,attr"`
	Year     string `xml:"year,attr"`
	Circa    string `xml:"circa,attr"`
	Calendar string `xml:"calendarType,attr"`
	City     string `xml:"city,attr"`
	Place    string `xml:"place,attr"`
	Country  string `xml:"countryIso2Code,attr"`
}

type place struct {
	Street  string `xml:"street,attr"`
	City    string `xml:"city,attr"`
	Zip     string `xml:"zipCode,attr"`
	Region  string `xml:"region,attr"`
	Name    string `xml:"countryDescription,attr"`
	Country string `xml:"countryIso2Code,attr"`
}

type number struct {
	Kind    string `xml:"identificationTypeDescription,attr"`
	Code    string `xml:"identificationTypeCode,attr"`
	Number  string `xml:"number,attr"`
	Country string `xml:"countryIso2Code,attr"`
}

// errNotTheList is a file of another kind: a page of an error, another list.
var errNotTheList = errors.New("this is not the EU's consolidated list of financial sanctions")

// Parse reads the file xmlFullSanctionsList_1_1 (SOURCES: European Commission, financial sanctions files) entry by entry
// and gives each to take; the whole is never in memory. It is an error where the file ends before its end, so that what
// was read before must be thrown away. An entry that cannot be understood goes to reject.
func Parse(r io.Reader, take func(*diligence.SanctionEntry) error, reject func(Reject)) (head Head, err error) {
	dec := xml.NewDecoder(r)
	root, err := next(dec)
	if err != nil {
		return head, fmt.Errorf("%w: %w", errNotTheList, err)
	}
	if root == nil || root.Name.Local != "export" {
		return head, errNotTheList
	}
	head = Head{Generated: cut(attr(root, "generationDate"), 40), FileID: cut(attr(root, "globalFileId"), 40)}
	seen := map[string]bool{}
	for {
		start, err := next(dec)
		if err != nil {
			return head, fmt.Errorf("the list ends before its end: %w", err)
		}
		if start == nil {
			break
		}
		if start.Name.Local != "sanctionEntity" {
			if err := dec.Skip(); err != nil {
				return head, fmt.Errorf("the list ends before its end: %w", err)
			}
			continue
		}
		var e entity
		if err := dec.DecodeElement(&e, start); err != nil {
			return head, fmt.Errorf("the list ends before its end: %w", err)
		}
		one, reason := e.entry()
		if reason == "" && seen[one.LogicalID] {
			reason = "The list has this entry twice."
		}
		if reason != "" {
			reject(Reject{Ref: cut(e.Reference+" "+e.LogicalID, 80), Reason: reason})
			continue
		}
		seen[one.LogicalID] = true
		if err := take(one); err != nil {
			return head, err
		}
	}
	return head, nil
}

// next gives the next element that begins, nil where the one around it ends.
func next(dec *xml.Decoder) (*xml.StartElement, error) {
	for {
		token, err := dec.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return &t, nil
		case xml.EndElement:
			return nil, nil
		}
	}
}

func attr(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *entity) entry() (*diligence.SanctionEntry, string) {
	one := &diligence.SanctionEntry{LogicalID: cut(e.LogicalID, 40), Reference: cut(e.Reference, 80), UN: cut(e.UN, 80), Kind: "organisation"}
	switch e.Subject.Code {
	case "person":
		one.Kind = "person"
	case "enterprise":
	default:
		return nil, fmt.Sprintf("It is neither a person nor an enterprise, but %q.", cut(e.Subject.Code, 40))
	}
	if one.LogicalID == "" {
		return nil, "It has no number of its own (logicalId)."
	}
	for _, a := range part(e.Names) {
		name := cut(a.Whole, maxText)
		if name == "" {
			name = cut(a.First+" "+a.Middle+" "+a.Last, maxText)
		}
		if name != "" {
			one.Names = append(one.Names, diligence.SanctionName{Name: name, Language: cut(a.Language, 10), Weak: a.Strong == "false",
				Function: cut(a.Function, maxText), Gender: cut(a.Gender, 10)})
		}
	}
	if len(one.Names) == 0 {
		return nil, "It has no name."
	}
	for _, b := range part(e.Births) {
		if known := b.birth(); known != (diligence.SanctionBirth{}) {
			one.Births = append(one.Births, known)
		}
	}
	for _, c := range part(e.Citizens) {
		one.Countries = add(one.Countries, country(c.Country))
	}
	for _, a := range part(e.Addresses) {
		one.Countries = add(one.Countries, country(a.Country))
		one.Addresses = add(one.Addresses, a.line())
	}
	for _, n := range part(e.Numbers) {
		kind := cut(n.Kind, 80)
		if kind == "" {
			kind = cut(n.Code, 80)
		}
		if no := cut(n.Number, 200); no != "" {
			one.Numbers = append(one.Numbers, diligence.SanctionNumber{Kind: kind, Number: no, Country: country(n.Country)})
		}
	}
	for _, r := range part(e.Regulations) {
		one.Programmes = add(one.Programmes, cut(r.Programme, 40))
		if title := cut(r.Title, 200); title != "" {
			one.Regulations = append(one.Regulations, diligence.Regulation{Title: title, Date: day(r.Date), URL: web(r.URL)})
		}
	}
	for _, text := range append(part(e.Remarks), e.Details) {
		one.Remarks = add(one.Remarks, cut(text, maxText))
	}
	one.Arrange()
	return one, ""
}

func (b birth) birth() diligence.SanctionBirth {
	known := diligence.SanctionBirth{Date: day(b.Date), Place: cut(strings.TrimSpace(b.City+" "+b.Place), 200), Country: country(b.Country)}
	if year, err := strconv.Atoi(b.Year); err == nil && year > 0 && year < 3000 && known.Date == "" {
		known.Year = year
	}
	if known.Date == "" && known.Year == 0 {
		return diligence.SanctionBirth{Place: known.Place, Country: known.Country}
	}
	known.Circa = b.Circa == "true"
	if b.Calendar != "GREGORIAN" {
		known.Calendar = cut(b.Calendar, 20)
	}
	return known
}

func (p place) line() string {
	var parts []string
	for _, s := range []string{p.Street, strings.TrimSpace(p.Zip + " " + p.City), p.Region} {
		parts = add(parts, cut(s, 300))
	}
	if len(parts) > 0 && country(p.Country) != "" {
		parts = add(parts, cut(p.Name, 80))
	}
	return strings.Join(parts, ", ")
}

// country gives a code, "" for 00, which the list writes where it knows none.
func country(code string) string {
	if !isCountry.MatchString(code) {
		return ""
	}
	return code
}

var isCountry = regexp.MustCompile(`^[A-Z]{2}$`)

// day gives a civil date, also of an instant; "" where it is none.
func day(s string) store.Date {
	d, err := store.ParseDate(s[:min(len(s), 10)])
	if err != nil {
		return ""
	}
	return d
}

// web gives an address that may stand behind a link, "" for anything else.
func web(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxText || !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return ""
	}
	return s
}

func part[T any](list []T) []T { return list[:min(len(list), maxParts)] }

func add(list []string, s string) []string {
	if s == "" {
		return list
	}
	return append(list, s)
}

// cut puts a text on one line, of at most so many bytes.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
