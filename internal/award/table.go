package award

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"piper/internal/fault"
	"piper/internal/sheet"
)

// table is a sheet whose columns are found by name.
type table struct {
	at  map[string]int // column name → place
	ids map[string]int // how often an id came before
}

func newTable(book *sheet.Book) table {
	t := table{map[string]int{}, map[string]int{}}
	for i, h := range book.Header {
		if name := columnName(h); name != "" {
			if _, twice := t.at[name]; !twice {
				t.at[name] = i
			}
		}
	}
	return t
}

// columnName folds a header: case, double blanks and the forms of the apostrophe vary between years of a source.
func columnName(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("’", "'", "‘", "'", "\u00a0", " ", "*", "").Replace(s)), " "))
}

// has reports whether the table has one of the columns.
func (t table) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.at[n]; ok {
			return true
		}
	}
	return false
}

// cell gives the first of the columns that is there and not empty.
func (t table) cell(row sheet.Row, names ...string) string {
	for _, n := range names {
		if i, ok := t.at[n]; ok && row.Cells[i] != "" && row.Cells[i] != "-" {
			return row.Cells[i]
		}
	}
	return ""
}

// parseTable reads a CSV or XLSX file of 360Giving or the FTS; its columns say which.
func parseTable(name string, data []byte, sink Sink) (Kind, error) {
	book, err := sheet.Open(name, data, sheet.Options{Exact: true})
	if err != nil {
		return "", err
	}
	t := newTable(book)
	switch {
	case t.has(ftsContracted, ftsEstimated) && t.has("name of beneficiary"):
		return FTS, book.Rows(func(row sheet.Row) error { return t.fts(row, sink) })
	case t.has("amount awarded") && t.has("funding org:name", "funding org:identifier"):
		return ThreeSixty, book.Rows(func(row sheet.Row) error { return t.threeSixty(row, sink) })
	}
	return "", fault.Field("file", "These are neither the columns of 360Giving (“Identifier”, “Amount Awarded”, “Funding Org:Name” …) nor of the Financial Transparency System (“Name of beneficiary”, “Beneficiary’s contracted amount (EUR)” …).")
}

// threeSixty reads one row under the titles that the standard gives its fields.
func (t table) threeSixty(row sheet.Row, sink Sink) error {
	g := grant360{
		ID: t.cell(row, "identifier"), Title: t.cell(row, "title"), Currency: t.cell(row, "currency"),
		AmountAwarded: json.Number(t.cell(row, "amount awarded")), AwardDate: t.cell(row, "award date"),
	}
	if o := (org360{ID: t.cell(row, "funding org:identifier"), Name: t.cell(row, "funding org:name"), AddressCountry: t.cell(row, "funding org:country")}); o != (org360{}) {
		g.FundingOrganization = []org360{o}
	}
	if o := (org360{ID: t.cell(row, "recipient org:identifier"), Name: t.cell(row, "recipient org:name"), AddressCountry: t.cell(row, "recipient org:country")}); o != (org360{}) {
		g.RecipientOrg = []org360{o}
	}
	if t.cell(row, "recipient ind:identifier", "recipient ind:name") != "" {
		g.RecipientIndividual = true
	}
	if p := t.cell(row, "grant programme:title"); p != "" {
		g.Programme = append(g.Programme, struct {
			Title string `json:"title"`
		}{p})
	}
	if c := t.cell(row, "beneficiary location:country code", "beneficiary location:0:country code"); c != "" {
		g.Beneficiary = append(g.Beneficiary, struct {
			CountryCode string `json:"countryCode"`
		}{c})
	}
	return g.emit(fmt.Sprintf("row %d", row.Line), sink)
}

// The columns of the FTS that hold what one beneficiary gets.
const (
	ftsContracted = "beneficiary's contracted amount (eur)"
	ftsEstimated  = "beneficiary's estimated contracted amount (eur)"
)

// commission is the funder of everything in the FTS.
const commission = "European Commission"

// fts reads one row of the Financial Transparency System. It has no id of its own, so it is known by its year,
// commitment, budget line and beneficiary, and by the how manieth of these it is. "*****" stands for a person whose name the law does not publish any more.
func (t table) fts(row sheet.Row, sink Sink) error {
	place := fmt.Sprintf("row %d", row.Line)
	name := t.cell(row, "name of beneficiary")
	person := strings.Contains(name, "***") || strings.Contains(strings.ToLower(t.cell(row, "beneficiary type")), "natural person")
	commitment := t.cell(row, "reference of the legal commitment (lc)", "reference (budget)")
	ref := oneLine(commitment, maxRef)
	amount, wrong := readAmount(t.cell(row, ftsContracted, ftsEstimated))
	year, err := strconv.Atoi(t.cell(row, "year"))
	switch {
	case name == "":
		return sink.Reject(place, ref, "The row names no beneficiary.")
	case wrong != "":
		return sink.Reject(place, ref, wrong)
	case err != nil || year < minYear || year > maxYear:
		return sink.Reject(place, ref, fmt.Sprintf("%q is not a year.", oneLine(t.cell(row, "year"), 20)))
	case commitment == "":
		return sink.Reject(place, "", "The row names no commitment.")
	}
	vat := t.cell(row, "vat number of beneficiary", "main registration number of beneficiary", "recipient main registration number")
	id := strings.Join([]string{strconv.Itoa(year), commitment, t.cell(row, "budget line number"), name, vat, t.cell(row, "address")}, "|")
	if t.ids[id]++; t.ids[id] > 1 {
		id = fmt.Sprintf("%s|%d", id, t.ids[id])
	}
	g := Grant{Place: place, ExternalID: id, Person: person, Year: year, Amount: amount, Currency: "EUR", Funder: Organisation{Name: commission, Country: "BE"}}
	if !person {
		g.Recipient = Organisation{Name: name, Country: t.cell(row, "beneficiary country")}.tidy()
		g.Title = oneLine(t.cell(row, "subject of grant or contract"), maxTitle)
		g.Programme = oneLine(t.cell(row, "programme name", "budget line name"), maxTitle)
		if g.Countries = countries([]string{t.cell(row, "benefiting country")}); len(g.Countries) == 0 {
			g.Countries = countries([]string{g.Recipient.Country})
		}
	}
	return sink.Grant(g)
}
