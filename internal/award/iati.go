package award

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"piper/internal/fault"
)

// words is text that stands directly in an element (1.0x) or in its narratives (2.0x), of which the first counts.
type words struct {
	Text       string   `xml:",chardata"`
	Narratives []string `xml:"narrative"`
}

func (w words) first() string {
	for _, n := range w.Narratives {
		if n = strings.TrimSpace(n); n != "" {
			return n
		}
	}
	return strings.TrimSpace(w.Text)
}

// orgIATI is an organisation with a part in an activity. Attributes of other namespaces are not read: portals
// add theirs.
type orgIATI struct {
	words
	Attrs []xml.Attr `xml:",any,attr"`
}

func (o orgIATI) attr(name string) string { return attr(o.Attrs, name) }

func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

type coded struct {
	words
	Attrs []xml.Attr `xml:",any,attr"`
}

// transactionIATI is one transaction, of any version.
type transactionIATI struct {
	Attrs     []xml.Attr `xml:",any,attr"`
	Type      coded      `xml:"transaction-type"`
	Date      coded      `xml:"transaction-date"`
	Value     coded      `xml:"value"`
	Provider  *orgIATI   `xml:"provider-org"`
	Receiver  *orgIATI   `xml:"receiver-org"`
	Countries []coded    `xml:"recipient-country"`
	About     words      `xml:"description"`
}

// activityIATI is what is read of an activity.
type activityIATI struct {
	Attrs        []xml.Attr        `xml:",any,attr"`
	Identifier   string            `xml:"iati-identifier"`
	Other        coded             `xml:"other-identifier"`
	Reporting    orgIATI           `xml:"reporting-org"`
	Title        words             `xml:"title"`
	Participants []orgIATI         `xml:"participating-org"`
	Countries    []coded           `xml:"recipient-country"`
	Transactions []transactionIATI `xml:"transaction"`
}

// parseIATI reads a file of activities, one activity at a time.
func parseIATI(data []byte, sink Sink) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = charset
	root, ids := false, map[string]int{}
	for n := 0; ; {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) && root {
			return nil
		}
		if err != nil {
			return brokenXML(dec, err)
		}
		el, ok := t.(xml.StartElement)
		switch {
		case !ok:
			continue
		case !root:
			if el.Name.Local != "iati-activities" {
				return fault.Field("file", "This is no file of IATI activities: its root is %q.", oneLine(el.Name.Local, 60))
			}
			root = true
			continue
		case el.Name.Local != "iati-activity":
			if err := dec.Skip(); err != nil {
				return brokenXML(dec, err)
			}
			continue
		}
		n++
		var a activityIATI
		if err := dec.DecodeElement(&a, &el); err != nil {
			return brokenXML(dec, err)
		}
		if err := a.emit(n, ids, sink); err != nil {
			return err
		}
	}
}

func brokenXML(dec *xml.Decoder, err error) error {
	line, _ := dec.InputPos()
	if errors.Is(err, io.EOF) {
		return fault.Field("file", "The file breaks off in the middle. Download it again.")
	}
	f := fault.Field("file", "The file is not right XML near line %d.", line)
	f.Err = err
	return f
}

// What a transaction is, by the codes of 2.0x, the letters of 1.0x and the words of the first files.
var transactionTypes = map[string]string{
	"1": "incoming funds", "2": "", "3": "disbursements", "4": "expenditure", "5": "interest payments", "6": "loan repayments",
	"7": "reimbursements", "8": "purchases of equity", "9": "sales of equity", "10": "credit guarantees", "11": "incoming commitments",
	"12": "outgoing pledges", "13": "incoming pledges",
	"c": "", "d": "disbursements", "e": "expenditure", "if": "incoming funds", "ip": "interest payments", "lr": "loan repayments",
	"r": "reimbursements", "qp": "purchases of equity", "qs": "sales of equity", "cg": "credit guarantees",
	"commitment": "", "disbursement": "disbursements", "disbursment": "disbursements",
}

// emit hands on every transaction of an activity: commitments as grants or rejects, the others set aside.
func (a *activityIATI) emit(n int, ids map[string]int, sink Sink) error {
	id := strings.Join(strings.Fields(a.Identifier), " ")
	if id == "" {
		if other := firstOf(attr(a.Other.Attrs, "ref"), a.Other.first()); other != "" {
			id = a.Reporting.first() + " " + other
		}
	}
	for i := range a.Transactions {
		tr := &a.Transactions[i]
		place := fmt.Sprintf("activity %d, transaction %d", n, i+1)
		code := firstOf(attr(tr.Type.Attrs, "code"), attr(tr.Attrs, "type"))
		what, known := transactionTypes[strings.ToLower(code)]
		var err error
		switch {
		case !known:
			err = sink.Reject(place, oneLine(id, maxRef), fmt.Sprintf("%q is not a type of transaction.", oneLine(code, 30)))
		case what != "":
			err = sink.Aside(what)
		case id == "":
			err = sink.Reject(place, "", "The activity has no identifier.")
		default:
			err = a.commitment(place, id, ids, tr, sink)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *activityIATI) commitment(place, id string, ids map[string]int, tr *transactionIATI, sink Sink) error {
	ref := oneLine(id, maxRef)
	amount, wrong := readAmount(tr.Value.first())
	if wrong != "" {
		return sink.Reject(place, ref, wrong)
	}
	day, year, wrong := readDay(firstOf(attr(tr.Date.Attrs, "iso-date"), attr(tr.Value.Attrs, "value-date")))
	if wrong != "" {
		return sink.Reject(place, ref, wrong)
	}
	g := Grant{Place: place, Funder: a.named(tr.Provider, a.Reporting), Date: day, Year: year, Amount: amount,
		Currency: firstOf(attr(tr.Value.Attrs, "currency"), attr(a.Attrs, "default-currency")), Title: oneLine(firstOf(a.Title.first(), tr.About.first()), maxTitle)}
	if g.Funder.Name == "" {
		return sink.Reject(place, ref, "Neither the provider nor the reporting organisation is named.")
	}
	g.Recipient = a.named(tr.Receiver, a.implementer())
	where := tr.Countries
	if len(where) == 0 {
		where = a.Countries
	}
	var codes []string
	for _, c := range where {
		// Early files leave the code out or write one of their own, and say in words which country it is.
		codes = append(codes, firstOf(countryOf(attr(c.Attrs, "code")), c.first()))
	}
	if g.Countries = countries(codes); len(g.Countries) == 0 {
		g.Countries = countries([]string{g.Recipient.Country})
	}
	// A transaction's own reference is optional and not always unique. What it says, and how often the activity
	// has said so before, names it as long as the publisher does not correct it.
	key := strings.Join([]string{id, attr(tr.Attrs, "ref"), string(day), amount, g.Currency, g.Recipient.Name}, "|")
	ids[key]++
	if g.ExternalID = key; ids[key] > 1 {
		g.ExternalID = fmt.Sprintf("%s|%d", key, ids[key])
	}
	return sink.Grant(g)
}

// named gives an organisation with its name, also where only its reference is written and the name stands
// elsewhere in the activity.
func (a *activityIATI) named(org *orgIATI, otherwise orgIATI) Organisation {
	if org == nil || org.first() == "" && org.attr("ref") == "" {
		org = &otherwise
	}
	name, ref := org.first(), org.attr("ref")
	if name == "" && ref != "" {
		for _, p := range append([]orgIATI{a.Reporting}, a.Participants...) {
			if p.attr("ref") == ref && p.first() != "" {
				name = p.first()
				break
			}
		}
		if name == "" {
			name = ref
		}
	}
	return Organisation{Name: name, ID: ref}.tidy()
}

// implementer is the organisation that carries the activity out, where the activity names one only.
func (a *activityIATI) implementer() orgIATI {
	var found []orgIATI
	for _, p := range a.Participants {
		switch strings.ToLower(p.attr("role")) {
		case "4", "implementing":
			if p.first() != "" || p.attr("ref") != "" {
				found = append(found, p)
			}
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return orgIATI{}
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
