package mime

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"piper/internal/mail/mailtest"
)

// row is what testdata/reader.py says of one message.
type row struct {
	From, To, Cc, References []string
	MessageID                string `json:"messageId"`
	Date                     *int64
	RawDate, RawFrom         string
	Subject                  string
}

// agreed is how many of the 6,743 messages may differ from Python 3.11, field by field. Each was looked at:
//
//   - from: addresses in raw Big5, which we decode and Python cannot.
//   - to, cc: raw Big5 again; a colon in the local part, from which Python drops what is before it; "@host" and "\"\"@host", which are no addresses; a header cut by a junk line, after
//     which Python reads no more headers.
//   - message-id: white space inside, which we leave out; no brackets and two words, which we take for
//     missing; "<id> (added by …)", of which we take the id; the junk line.
//   - date: years written 0102, which we take for 2002; "GMT+1" and "PM", which Python ignores or refuses;
//     a zone of five digits; the junk line.
//   - subject: RFC 2047 words with raw bytes inside; text without a charset, read by the charset of the body;
//     a space before a word, which Python loses; wide spaces, which the comparison folds; the junk line.
var agreed = map[string]int{"from": 2, "to": 9, "cc": 1, "message-id": 6, "date": 21, "subject": 19}

// TestAgainstPython compares the parser with Python's email package over the corpora.
func TestAgainstPython(t *testing.T) {
	list := mailtest.Load(t)
	rows := askPython(t, list)
	differ := map[string]int{}
	show := func(field string, m mailtest.Message, ours, theirs any) {
		differ[field]++
		t.Logf("%s %s/%s:\n  ours   %v\n  python %v", field, m.Folder, m.Name, ours, theirs)
	}
	for i, m := range list {
		got, err := Parse(m.Raw)
		if err != nil {
			continue
		}
		want := rows[i]
		if ours := sorted(got.From); !slices.Equal(ours, want.From) {
			show("from", m, ours, append(want.From, want.RawFrom))
		}
		if ours := sorted(got.To); !slices.Equal(ours, want.To) {
			show("to", m, ours, want.To)
		}
		if ours := sorted(got.Cc); !slices.Equal(ours, want.Cc) {
			show("cc", m, ours, want.Cc)
		}
		if theirs := strings.Trim(want.MessageID, "<> "); got.MessageID != theirs {
			show("message-id", m, got.MessageID, theirs)
		}
		if got.Subject != want.Subject {
			show("subject", m, got.Subject, want.Subject)
		}
		switch {
		case want.Date == nil && got.Date.IsZero():
		case want.Date == nil || got.Date.IsZero() || got.Date.Unix() != *want.Date:
			show("date", m, got.Date, want.RawDate)
		}
	}
	for field, n := range differ {
		if n > agreed[field] {
			t.Errorf("%s: %d differences, %d are known", field, n, agreed[field])
		}
	}
	t.Logf("%d messages, differences: %v", len(list), differ)
}

func sorted(list []Address) []string {
	out := []string{}
	for _, a := range list {
		out = append(out, a.Address)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// askPython runs the reader once over all messages.
func askPython(t *testing.T, list []mailtest.Message) []row {
	t.Helper()
	python := mailtest.Python(t)
	var in, out bytes.Buffer
	for _, m := range list {
		binary.Write(&in, binary.BigEndian, uint64(len(m.Raw)))
		in.Write(m.Raw)
	}
	cmd := exec.Command(python, "testdata/reader.py")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	var rows []row
	for scanner := bufio.NewReader(&out); ; {
		var r row
		line, err := scanner.ReadBytes('\n')
		if err != nil {
			break
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) != len(list) {
		t.Fatalf("Python read %d of %d messages", len(rows), len(list))
	}
	return rows
}
