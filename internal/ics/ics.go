// Package ics writes calendars for other programs to subscribe to. It knows no noun.
package ics

import (
	"bytes"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"piper/internal/fault"
)

// Event is one entry of a calendar: on a civil day, or at a moment.
type Event struct {
	UID      string // the same for the same thing, whenever it is asked for
	Title    string
	Text     string
	URL      string
	Day      string    // "2026-03-29": that day on every wall, never a moment. "" where it has a moment
	At       time.Time // where it has no Day: shown in Brussels time, half an hour long, ending then
	Modified time.Time
}

// Type is the media type of a calendar.
const Type = "text/calendar; charset=utf-8"

const zone = "Europe/Brussels"

// Write gives a calendar of that name. The same events give the same bytes.
func Write(name string, events []Event) ([]byte, error) {
	brussels, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "The time zone of deadlines is missing.")
	}
	cal := ics.NewCalendarFor("Piper")
	cal.SetProductId("-//Piper//Feeds//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(clean(name))
	cal.SetRefreshInterval("PT1H")
	cal.SetXPublishedTTL("PT1H")
	addBrussels(cal)
	for _, e := range events {
		add(cal, e, brussels)
	}
	var buf bytes.Buffer
	if err := cal.SerializeTo(&buf, ics.WithNewLineWindows); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "The calendar cannot be written.")
	}
	return buf.Bytes(), nil
}

const local = "20060102T150405"

func add(cal *ics.Calendar, e Event, brussels *time.Location) {
	event := cal.AddEvent(clean(e.UID))
	event.SetDtStampTime(e.Modified)
	event.SetLastModifiedAt(e.Modified)
	event.SetSummary(clean(e.Title))
	if e.Text != "" {
		event.SetDescription(clean(e.Text))
	}
	if e.URL != "" {
		event.SetURL(strings.NewReplacer("\r", "", "\n", "").Replace(e.URL))
	}
	if day, err := time.Parse(time.DateOnly, e.Day); err == nil {
		event.SetProperty(ics.ComponentPropertyDtStart, day.Format("20060102"), ics.WithValue("DATE"))
		event.SetProperty(ics.ComponentPropertyDtEnd, day.AddDate(0, 0, 1).Format("20060102"), ics.WithValue("DATE"))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		return
	}
	end := e.At.In(brussels)
	event.SetProperty(ics.ComponentPropertyDtStart, end.Add(-30*time.Minute).In(brussels).Format(local), ics.WithTZID(zone))
	event.SetProperty(ics.ComponentPropertyDtEnd, end.Format(local), ics.WithTZID(zone))
	event.SetTimeTransparency(ics.TransparencyTransparent)
}

// clean keeps a text to characters that a calendar may hold.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// addBrussels says when the clocks change, for programs that do not know the zone by its name.
func addBrussels(cal *ics.Calendar) {
	tz := cal.AddTimezone(zone)
	winter := tz.AddStandard()
	winter.SetProperty("DTSTART", "19961027T030000")
	winter.SetProperty("RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
	winter.SetProperty("TZOFFSETFROM", "+0200")
	winter.SetProperty("TZOFFSETTO", "+0100")
	winter.SetProperty("TZNAME", "CET")
	summer := &ics.Daylight{}
	summer.SetProperty("DTSTART", "19810329T020000")
	summer.SetProperty("RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
	summer.SetProperty("TZOFFSETFROM", "+0100")
	summer.SetProperty("TZOFFSETTO", "+0200")
	summer.SetProperty("TZNAME", "CEST")
	tz.Components = append(tz.Components, summer)
}
