package award

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"piper/internal/fault"
)

// grant360 is a grant of the 360Giving standard. Fields that publishers add are passed over.
type grant360 struct {
	ID                  string      `json:"id"`
	Title               string      `json:"title"`
	Currency            string      `json:"currency"`
	AmountAwarded       json.Number `json:"amountAwarded"`
	AwardDate           string      `json:"awardDate"`
	FundingOrganization []org360    `json:"fundingOrganization"`
	RecipientOrg        []org360    `json:"recipientOrganization"`
	RecipientIndividual any         `json:"recipientIndividual"`
	Programme           []struct {
		Title string `json:"title"`
	} `json:"grantProgramme"`
	Beneficiary []struct {
		CountryCode string `json:"countryCode"`
	} `json:"beneficiaryLocation"`
}

type org360 struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	AddressCountry string `json:"addressCountry"`
}

func (o org360) organisation() Organisation {
	return Organisation{Name: o.Name, ID: o.ID, Country: o.AddressCountry}.tidy()
}

// parseThreeSixty reads a 360Giving package, {"grants": […]}, grant by grant. A grant that is no object of the
// standard is a reject; text that is no JSON is an Invalid fault on "file".
func parseThreeSixty(data []byte, sink Sink) error {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fault.Field("file", "This is no 360Giving file: it is not a JSON object with a list “grants”.")
	}
	found := false
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return brokenJSON(dec, err)
		}
		if name != "grants" || found {
			var skipped json.RawMessage
			if err := dec.Decode(&skipped); err != nil {
				return brokenJSON(dec, err)
			}
			continue
		}
		found = true
		if err := grantList(dec, sink); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return brokenJSON(dec, err)
	}
	if !found {
		return fault.Field("file", "This is no 360Giving file: it has no list “grants”.")
	}
	return nil
}

func grantList(dec *json.Decoder, sink Sink) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return fault.Field("file", "This is no 360Giving file: “grants” is not a list.")
	}
	for n := 1; dec.More(); n++ {
		place := fmt.Sprintf("grant %d", n)
		var g grant360
		err := dec.Decode(&g)
		switch {
		case broken(err):
			return brokenJSON(dec, err)
		case err != nil: // the decoder has read the whole grant and can go on
			err = sink.Reject(place, g.ref(), odd(err))
		default:
			err = g.emit(place, sink)
		}
		if err != nil {
			return err
		}
	}
	_, err := dec.Token()
	if err != nil {
		return brokenJSON(dec, err)
	}
	return nil
}

// broken reports whether the text itself is wrong, not only what it says.
func broken(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func odd(err error) string {
	var field *json.UnmarshalTypeError
	if errors.As(err, &field) && field.Field != "" {
		return fmt.Sprintf("The field %s is not what the standard says.", field.Field)
	}
	return "A field is not what the standard says."
}

func brokenJSON(dec *json.Decoder, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.Field("file", "The file breaks off in the middle. Download it again.")
	}
	f := fault.Field("file", "The file is not right JSON near byte %d.", dec.InputOffset())
	f.Err = err
	return f
}

// ref is what the publisher calls the grant; nothing where it goes to a person, whom it may name.
func (g *grant360) ref() string {
	if g.RecipientIndividual != nil {
		return ""
	}
	return oneLine(g.ID, maxRef)
}

// emit checks a grant and hands it on.
func (g *grant360) emit(place string, sink Sink) error {
	ref, person := g.ref(), g.RecipientIndividual != nil
	amount, wrong := readAmount(g.AmountAwarded.String())
	day, year, wrongDay := readDay(g.AwardDate)
	switch {
	case strings.TrimSpace(g.ID) == "":
		return sink.Reject(place, "", "The grant has no id.")
	case wrong != "":
		return sink.Reject(place, ref, wrong)
	case wrongDay != "":
		return sink.Reject(place, ref, wrongDay)
	case len(g.FundingOrganization) == 0:
		return sink.Reject(place, ref, "The grant names no funder.")
	case len(g.RecipientOrg) == 0 && !person:
		return sink.Reject(place, ref, "The grant names no recipient.")
	}
	out := Grant{Place: place, ExternalID: oneLine(g.ID, maxRef), Funder: g.FundingOrganization[0].organisation(), Person: person,
		Date: day, Year: year, Amount: amount, Currency: g.Currency}
	if out.Funder.Name == "" {
		return sink.Reject(place, ref, "The grant names no funder.")
	}
	if !person {
		out.Recipient, out.Title = g.RecipientOrg[0].organisation(), oneLine(g.Title, maxTitle)
		if len(g.Programme) > 0 {
			out.Programme = oneLine(g.Programme[0].Title, maxTitle)
		}
		var where []string
		for _, b := range g.Beneficiary {
			where = append(where, b.CountryCode)
		}
		if out.Countries = countries(where); len(out.Countries) == 0 {
			out.Countries = countries([]string{out.Recipient.Country})
		}
	}
	return sink.Grant(out)
}
