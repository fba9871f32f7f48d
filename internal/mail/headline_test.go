package mail

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"piper/internal/mail/mime"
	"piper/internal/store"
)

// A headline is the message as it was stored, whatever its text is made of.
func TestReadHeadline(t *testing.T) {
	for name, m := range map[string]Message{
		"plain": {Meta: store.Meta{ID: "01a"}, Full: []string{"acc:1", "acc:2"}, Clear: []string{"acc:1"}, ThreadID: "01t", Subject: "Agenda", Snippet: "Dear all,",
			Date: "2026-03-01T10:00:00Z", From: mime.Address{Name: "Ana Kovač", Address: "ana@example.org"}},
		"no name":    {Meta: store.Meta{ID: "01b"}, Full: []string{"acc:1"}, From: mime.Address{Address: "office@example.org"}},
		"escapes":    {Meta: store.Meta{ID: "01c"}, Subject: "\"Łódź\" \\ tab\t line\n \u2028 <b>&", Snippet: "😀\u0001", From: mime.Address{Name: `"Шевченко, О."`, Address: "o@example.org"}},
		"look-alike": {Meta: store.Meta{ID: "01d"}, Subject: "seen", To: []mime.Address{{Name: "from", Address: "id@example.org"}}, Contents: []Content{{Hash: "subject", OwnerIDs: []string{"full"}}}},
		"empty":      {},
	} {
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		h, err := readHeadline(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := Headline{ID: m.ID, Full: m.Full, Clear: m.Clear, ThreadID: m.ThreadID, Subject: m.Subject, Snippet: m.Snippet, Date: m.Date, From: m.From}
		if diff := cmp.Diff(&want, h, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, bad := range []string{``, `[]`, `{"id":1}`, `{"subject":["two"]}`, `{"subject":"cut`} {
		if h, err := readHeadline([]byte(bad)); err == nil {
			t.Errorf("%s was read as %+v", bad, h)
		}
	}
}
