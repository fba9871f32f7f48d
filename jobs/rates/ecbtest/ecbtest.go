// Package ecbtest answers like the European Central Bank's rate pages, with invented rates: for tests and
// for the demonstration, which must work without a network.
package ecbtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"net/http"
	"path"
	"strings"
	"time"
)

// parities are about what a euro was worth; the rates swing a few per cent around them.
var parities = []struct {
	currency string
	rate     float64
	decimals int
}{
	{"USD", 1.09, 4}, {"JPY", 162.5, 2}, {"CZK", 24.9, 3}, {"DKK", 7.46, 4}, {"GBP", 0.856, 5}, {"HUF", 395, 2},
	{"PLN", 4.28, 4}, {"RON", 5.02, 4}, {"SEK", 11.2, 4}, {"CHF", 0.952, 4}, {"ISK", 147, 1}, {"NOK", 11.6, 4}, {"TRY", 46.5, 4},
}

// Handler serves daily, ninety-day and whole history for working days from first up to today.
func Handler(first time.Time, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		today := now().UTC().Truncate(24 * time.Hour)
		days := workingDays(first, today)
		if len(days) == 0 {
			http.NotFound(w, r)
			return
		}
		switch path.Base(r.URL.Path) {
		case "eurofxref-daily.xml":
			writeXML(w, days[len(days)-1:])
		case "eurofxref-hist-90d.xml":
			writeXML(w, workingDays(today.AddDate(0, 0, -90), today))
		case "eurofxref-hist.xml":
			writeXML(w, days)
		case "eurofxref-hist.zip":
			writeZIP(w, days)
		default:
			http.NotFound(w, r)
		}
	})
}

func workingDays(first, last time.Time) []time.Time {
	var days []time.Time
	for d := first.UTC().Truncate(24 * time.Hour); !d.After(last); d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			days = append(days, d)
		}
	}
	return days
}

// Rate gives the invented rate of a day: the same each time it is asked for.
func Rate(i int, day time.Time) string {
	p := parities[i]
	t := float64(day.Unix()) / 86400
	return fmt.Sprintf("%.*f", p.decimals, p.rate*(1+0.03*math.Sin(t/97+float64(i))+0.01*math.Sin(t/11+2*float64(i))))
}

func writeXML(w http.ResponseWriter, days []time.Time) {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><Cube>`)
	for k := len(days) - 1; k >= 0; k-- {
		fmt.Fprintf(&b, `<Cube time="%s">`, days[k].Format(time.DateOnly))
		for i, p := range parities {
			fmt.Fprintf(&b, `<Cube currency="%s" rate="%s"/>`, p.currency, Rate(i, days[k]))
		}
		b.WriteString("</Cube>")
	}
	b.WriteString("</Cube></gesmes:Envelope>")
	w.Header().Set("Content-Type", "application/xml")
	_, _ = w.Write(b.Bytes())
}

func writeZIP(w http.ResponseWriter, days []time.Time) {
	var text strings.Builder
	text.WriteString("Date,")
	for _, p := range parities {
		text.WriteString(p.currency + ",")
	}
	for k := len(days) - 1; k >= 0; k-- {
		text.WriteString("\n" + days[k].Format(time.DateOnly) + ",")
		for i := range parities {
			text.WriteString(Rate(i, days[k]) + ",")
		}
	}
	text.WriteString("\n")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("eurofxref-hist.csv")
	if err == nil {
		_, err = f.Write([]byte(text.String()))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		http.Error(w, "the archive could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	_, _ = w.Write(b.Bytes())
}
