// Package rates fetches the euro reference rates of the European Central Bank: units of a currency for
// one euro, published around 16:00 Central European Time on TARGET days.
package rates

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

// Day is one published day. A currency that was not quoted is absent, never zero.
type Day struct {
	Date  string // YYYY-MM-DD
	Rates map[string]string
}

// Reject is a value that could not be used: the day goes on without it.
type Reject struct{ Ref, Reason string }

// maxUnpacked bounds what a ZIP may unpack to. The whole history is about 2 MB.
const maxUnpacked = 64 << 20

// Parse reads any of the ECB's files by what is in it, not by its name: the XML of a day, of ninety days
// or of the whole history, the same as CSV, the CSV in a ZIP, and the SDMX CSV of the newer service. Days
// come back in ascending order. It fails where the file holds no day at all.
func Parse(data []byte) (days []Day, rejects []Reject, err error) {
	c := collector{days: map[string]map[string]string{}}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		err = c.zip(data)
	case bytes.HasPrefix(trimmed, []byte("<")):
		err = c.xml(trimmed)
	default:
		err = c.csv(trimmed)
	}
	if err != nil {
		return nil, nil, err
	}
	for date, rates := range c.days {
		days = append(days, Day{Date: date, Rates: rates})
	}
	if len(days) == 0 {
		return nil, nil, errors.New("the file holds no published day")
	}
	sort.Slice(days, func(i, j int) bool { return days[i].Date < days[j].Date })
	return days, c.rejects, nil
}

type collector struct {
	days    map[string]map[string]string
	rejects []Reject
}

// add takes one value. "N/A", "-" and nothing mean that the currency was not quoted that day.
func (c *collector) add(date, currency, rate string) {
	rate = strings.TrimSpace(rate)
	if rate == "" || rate == "N/A" || rate == "-" || rate == "NaN" {
		return
	}
	if !isCode(currency) || !isRate(rate) {
		if len(c.rejects) < 100 {
			c.rejects = append(c.rejects, Reject{Ref: date, Reason: fmt.Sprintf("%.20q is not a rate of %.20q", rate, currency)})
		}
		return
	}
	if c.days[date] == nil {
		c.days[date] = map[string]string{}
	}
	c.days[date][currency] = rate
}

func (c *collector) zip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("the ZIP file is damaged: %w", err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".csv") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("the ZIP file is damaged: %w", err)
		}
		text, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
		_ = r.Close()
		if err != nil {
			return fmt.Errorf("the ZIP file is damaged: %w", err)
		}
		if len(text) > maxUnpacked {
			return errors.New("the ZIP file unpacks to more than 64 MB")
		}
		return c.csv(text)
	}
	return errors.New("there is no CSV file in the ZIP file")
}

// xml reads Envelope/Cube/Cube[time]/Cube[currency,rate], by local names: prefixes and quotes differ
// between years.
func (c *collector) xml(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	date, envelope := "", false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("the XML is damaged: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		envelope = envelope || start.Name.Local == "Envelope"
		if start.Name.Local != "Cube" {
			continue
		}
		var currency, rate, published string
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "time":
				published = a.Value
			case "currency":
				currency = a.Value
			case "rate":
				rate = a.Value
			}
		}
		if published != "" {
			if date, ok = readDate(published); !ok {
				return fmt.Errorf("%.40q is not a date", published)
			}
		}
		if currency != "" && date != "" {
			c.add(date, currency, rate)
		}
	}
	if !envelope {
		return errors.New("the answer is not the ECB's XML")
	}
	return nil
}

// csv reads the wide form (Date,USD,JPY,…, with a trailing comma that makes an empty last column) and the
// long one (…,CURRENCY,TIME_PERIOD,OBS_VALUE).
func (c *collector) csv(data []byte) error {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("the answer is neither the ECB's XML nor its CSV: %w", err)
	}
	at := map[string]int{}
	for i, h := range header {
		header[i] = strings.TrimSpace(h)
		at[header[i]] = i
	}
	long := false
	if _, ok := at["OBS_VALUE"]; ok {
		_, hasCurrency := at["CURRENCY"]
		_, hasPeriod := at["TIME_PERIOD"]
		if long = true; !hasCurrency || !hasPeriod {
			return errors.New("the SDMX answer lacks CURRENCY or TIME_PERIOD")
		}
	} else if header[0] != "Date" {
		return errors.New("the answer is neither the ECB's XML nor its CSV")
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the CSV is damaged: %w", err)
		}
		if long {
			c.long(record, at)
			continue
		}
		date, ok := readDate(strings.TrimSpace(record[0]))
		if !ok {
			c.rejects = append(c.rejects, Reject{Ref: fmt.Sprintf("%.40s", record[0]), Reason: "this is not a date"})
			continue
		}
		for i := 1; i < len(record) && i < len(header); i++ {
			if header[i] != "" {
				c.add(date, header[i], record[i])
			}
		}
	}
}

func (c *collector) long(record []string, at map[string]int) {
	if len(record) <= max(at["CURRENCY"], at["TIME_PERIOD"], at["OBS_VALUE"]) {
		return
	}
	if date, ok := readDate(record[at["TIME_PERIOD"]]); ok { // other periods are months and years
		c.add(date, record[at["CURRENCY"]], record[at["OBS_VALUE"]])
	}
}

// readDate reads 2026-04-13 and the daily CSV's 13 April 2026.
func readDate(s string) (string, bool) {
	for _, layout := range []string{time.DateOnly, "2 January 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

func isCode(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := 0; i < 3; i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// isRate accepts a plain positive decimal, kept as text so that nothing is lost.
func isRate(s string) bool {
	points, positive := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
			points++
		case c < '0' || c > '9':
			return false
		case c != '0':
			positive = true
		}
	}
	return positive && points <= 1 && len(s) <= 24
}
