package mail

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"piper/internal/imapbox/imaptest"
	"piper/internal/mail"
	"piper/internal/mail/mailtest"
	"piper/internal/store"
)

// named is what testdata/senders.py says of one message.
type named struct{ From, All []string }

func askPython(t *testing.T, list []mailtest.Message) []named {
	t.Helper()
	python := mailtest.Python(t)
	var in, out bytes.Buffer
	for _, m := range list {
		if err := binary.Write(&in, binary.BigEndian, uint64(len(m.Raw))); err != nil {
			t.Fatal(err)
		}
		in.Write(m.Raw)
	}
	cmd := exec.Command(python, "testdata/senders.py")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	rows := make([]named, 0, len(list))
	for dec := json.NewDecoder(&out); dec.More(); {
		var r named
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) != len(list) {
		t.Fatalf("Python read %d of %d messages", len(rows), len(list))
	}
	return rows
}

// involving counts the messages that involve one of these addresses.
func involving(rows []named, known directory) (n int) {
	for _, r := range rows {
		if slices.ContainsFunc(r.All, func(a string) bool { return known[a] != "" }) {
			n++
		}
	}
	return n
}

// All messages of the public corpora, from a real Dovecot, against Python's count of whom they involve:
// everybody known; a tenth known and the rest added later; twice; after a renumbering; over a connection
// that keeps breaking.
func TestCorpus(t *testing.T) {
	list := mailtest.Load(t)
	if underRace { // the whole of it is run without the detector, as a step of its own
		var some []mailtest.Message
		for i := 0; i < len(list); i += 10 {
			some = append(some, list[i])
		}
		list = some
	}
	rows := askPython(t, list)
	dovecot := imaptest.Dovecot(t)
	for _, m := range list {
		if err := dovecot.Deliver("INBOX", m.Raw); err != nil {
			t.Fatal(err)
		}
	}
	var senders []string
	for _, r := range rows {
		for _, a := range r.From {
			if !strings.ContainsRune(a, '\ufffd') { // raw Big5, which Python cannot name: two messages of spam
				senders = append(senders, a)
			}
		}
	}
	slices.Sort(senders)
	senders = slices.Compact(senders)

	w := newWorld(t, onSQLite)
	w.know(senders...)
	w.mailbox("anna", dovecot.Account())
	w.mustRun()
	all := w.tally()
	t.Logf("%d messages, %d senders: %+v", len(list), len(senders), all)
	if want := involving(rows, w.dir); all.Kept != want {
		t.Errorf("%d messages are kept, the independent count says %d", all.Kept, want)
	}
	if got := all.Kept + all.Forgotten + all.Withheld + all.Unreadable; got != len(list) {
		t.Errorf("%d messages are accounted for, there are %d", got, len(list))
	}
	content := w.content()
	page, err := w.mail.SetAside(w.ctx, mail.Withheld, store.Query{})
	w.ok(err)
	for _, a := range page.Items {
		t.Logf("withheld by %s: %s/%s", a.Rule, list[a.UID-1].Folder, list[a.UID-1].Name)
	}

	checkCounts(t, w.mustRun(), map[string]int64{"fetched": 0, "kept": 0})
	w.ok(dovecot.ChangeUIDValidity("INBOX"))
	checkCounts(t, w.mustRun(), map[string]int64{"fetched": int64(len(list)), "kept": 0, "threads": 0})
	if got := w.tally(); got != all {
		t.Errorf("after a UIDVALIDITY change: %+v, before %+v", got, all)
	}
	if !slices.Equal(w.content(), content) {
		t.Error("a UIDVALIDITY change changed what is kept")
	}

	// A tenth of the senders at first, and a server that breaks off every 300 kB.
	few := newWorld(t, onSQLite)
	var later []string
	for i, a := range senders {
		if i%10 == 0 {
			few.know(a)
		} else {
			later = append(later, a)
		}
	}
	proxy := imaptest.NewProxy(t, dovecot.Host, dovecot.Port)
	proxy.BreakAfter(2_000_000)
	broken := dovecot.Account()
	broken.Port = proxy.Port
	few.mailbox("anna", broken)
	few.mustRun()
	some := few.tally()
	t.Logf("with a tenth of them known: %+v", some)
	if want := involving(rows, few.dir); some.Kept != want || some.Kept >= all.Kept {
		t.Errorf("with a tenth of the senders known %d are kept, the independent count says %d", some.Kept, want)
	}
	few.know(later...)
	few.mustRun()
	if got := few.tally(); got != all {
		t.Errorf("after the addresses were added: %+v, want %+v", got, all)
	}
	if !slices.Equal(few.content(), content) {
		t.Error("the way round by forgotten mail ends with other data than the direct one")
		show(t, content, few.content())
	}
}

// show logs the first differences between two ordered lists.
func show(t *testing.T, want, got []string) {
	shown := 0
	for _, line := range want {
		if _, ok := slices.BinarySearch(got, line); !ok && shown < 5 {
			t.Logf("missing: %.600s", line)
			shown++
		}
	}
	for _, line := range got {
		if _, ok := slices.BinarySearch(want, line); !ok && shown < 10 {
			t.Logf("too much: %.600s", line)
			shown++
		}
	}
}
