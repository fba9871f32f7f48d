package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"piper/internal/imapbox/imaptest"
	"piper/internal/mail/mailtest"
)

// TestKillWhileReadingMail: a run of the mail job that was killed, several times over, ends with the same
// data as one that was left alone.
func TestKillWhileReadingMail(t *testing.T) {
	t.Parallel()
	const messages, senders = 3000, 20
	server := imaptest.Memory(t, imaptest.User{Name: "ana", Password: "secret"})
	generated := mailtest.Generated{Seed: 5, Senders: 2 * senders}
	for i, raw := range generated.Messages(messages) {
		if _, err := server.Append("ana", "INBOX", time.Unix(1_700_000_000+int64(i), 0), raw); err != nil {
			t.Fatal(err)
		}
	}
	open := func() *house {
		h := newHouse(t)
		h.administrator()
		h.must("secret\n", "mailbox", "add", "--owner", "ana@example.org", "--host", server.Host, "--port", strconv.Itoa(server.Port),
			"--tls=off", "--user", "ana", "--password-stdin", "--folder", "INBOX")
		h.serve()
		for i := range senders { // the other half stays unknown, and is forgotten
			if status, body := h.ask(http.MethodPost, "/api/v1/stakeholders", fmt.Appendf(nil, `{"kind":"person","name":"Sender %d","emails":[{"address":%q}]}`, i, generated.Sender(i))); status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
		}
		if err := h.serving.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = h.serving.Wait()
		return h
	}

	calm := open()
	calm.must("", "job", "mail")

	harried := open()
	for _, after := range []time.Duration{150, 300, 450, 250} {
		cmd := harried.command("job", "mail")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Second) {
		_, status := harried.run("", "job", "mail")
		if status == 0 {
			break
		}
		if status != 4 || time.Now().After(deadline) { // 4: the dead process's lease has not run out yet
			t.Fatalf("the job after the kills: exit %d", status)
		}
	}

	want, got := calm.everything(), harried.everything()
	if len(want) < messages/4 {
		t.Fatalf("only %d messages were kept: this shows nothing", len(want))
	}
	if !slices.Equal(want, got) {
		t.Fatalf("left alone: %d messages; killed four times: %d, or others", len(want), len(got))
	}
	if out, status := harried.run("", "audit", "verify"); status != 0 {
		t.Fatalf("audit verify after the kills: %s", out)
	}
}

// everything lists the messages, with how many share their thread, and what was set aside.
func (h *house) everything() []string {
	h.t.Helper()
	h.serve()
	defer func() { _ = h.serving.Process.Kill(); _ = h.serving.Wait() }()
	var list []string
	threads := map[string]int{}
	type message struct {
		MessageID, ThreadID, Subject, Date string
	}
	var all []message
	for cursor := ""; ; {
		var page struct {
			Items []message
			Next  string
		}
		_, body := h.ask(http.MethodGet, "/api/v1/messages?limit=500&cursor="+cursor, nil)
		if err := json.Unmarshal(body, &page); err != nil {
			h.t.Fatalf("%v: %s", err, body)
		}
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	for _, m := range all {
		threads[m.ThreadID]++
	}
	for _, m := range all {
		list = append(list, fmt.Sprintf("%s %s %s %d", m.MessageID, m.Date, m.Subject, threads[m.ThreadID]))
	}
	var box struct {
		Items []struct{ Kept, Forgotten, Withheld, Unreadable int }
	}
	_, body := h.ask(http.MethodGet, "/api/v1/mail/accounting", nil)
	if err := json.Unmarshal(body, &box); err != nil {
		h.t.Fatalf("%v: %s", err, body)
	}
	if len(box.Items) != 1 || box.Items[0].Kept == 0 || box.Items[0].Forgotten == 0 {
		h.t.Fatalf("the accounting of the mailbox: %s", body)
	}
	list = append(list, fmt.Sprint("accounting ", box.Items))
	slices.Sort(list)
	return list
}
