package ics

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // as the program has it

	ics "github.com/arran4/golang-ical"
)

var update = flag.Bool("update", false, "write the golden files anew")

var modified = time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)

var events = []Event{
	{UID: "t1@piper", Title: "Send the report; ask Röder, again", Text: "Two\nlines \\ and a comma, too", Day: "2026-03-29", URL: "https://piper.example.org/stakeholders/1", Modified: modified},
	{UID: "c1@piper", Title: "AMIF-2027: " + strings.Repeat("долгое ", 20), At: time.Date(2027, 3, 28, 15, 0, 0, 0, time.UTC), Modified: modified},
	{UID: "c2@piper", Title: "Winter\r\nDTEND:x", At: time.Date(2027, 1, 19, 16, 0, 0, 0, time.UTC), Modified: modified},
}

func TestGolden(t *testing.T) {
	for _, where := range []string{"UTC", "America/New_York", "Europe/Brussels"} {
		loc, err := time.LoadLocation(where)
		if err != nil {
			t.Fatal(err)
		}
		old := time.Local
		time.Local = loc
		got, err := Write("My tasks", events)
		time.Local = old
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", "feed.ics")
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("in %s:\n%s", where, got)
		}
	}
	text := string(bytes.ReplaceAll(mustRead(t), []byte("\r\n"), nil))
	if strings.ContainsAny(text, "\r\n") {
		t.Error("a line does not end as RFC 5545 says")
	}
}

func mustRead(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "feed.ics"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The days and moments come back as they were, over both ends of summer time.
func TestComesBack(t *testing.T) {
	cal, err := ics.ParseCalendar(bytes.NewReader(mustRead(t)))
	if err != nil {
		t.Fatal(err)
	}
	if len(cal.Events()) != len(events) {
		t.Fatalf("%d events", len(cal.Events()))
	}
	day := cal.Events()[0].GetProperty(ics.ComponentPropertyDtStart)
	if day.Value != "20260329" || day.ICalParameters["VALUE"][0] != "DATE" {
		t.Errorf("the civil day is %+v", day)
	}
	for i, e := range cal.Events()[1:] {
		end, err := e.GetEndAt()
		if err != nil || !end.Equal(events[i+1].At) {
			t.Errorf("%s ends at %v, %v", events[i+1].UID, end, err)
		}
	}
}
