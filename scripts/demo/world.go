package main

import (
	"errors"
	"net"
	"net/http"
	"time"

	"piper/internal/imapbox/imaptest"
	"piper/jobs/calls/sediatest"
	"piper/jobs/rates/ecbtest"
)

// world is everything outside Piper: the portal of calls, a feed, the ECB, a sanctions list, a mail server and programs that hear of changes.
type world struct {
	url       string
	http      *http.Server
	mail      *imaptest.Server
	mailboxes []mailbox
}

// mailbox is what a colleague's mail program would be set up with.
type mailbox struct{ owner, name, user, password string }

func startWorld() (*world, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	now := time.Now()
	mux := http.NewServeMux()
	mux.Handle("/sedia", sediatest.New(portalRows(now)...))
	mux.Handle("/rss", sediatest.NewFeed("Foundations' calls", feedItems(now)...))
	mux.Handle("/ecb/", http.StripPrefix("/ecb", ecbtest.Handler(now.AddDate(-9, 0, 0), time.Now)))
	mux.Handle("/sanctions", sanctionsList(now))
	mux.Handle("/receiver", &receiver{})
	mux.HandleFunc("/out-of-order", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "The planner is being repaired.", http.StatusServiceUnavailable)
	})
	w := &world{url: "http://" + listener.Addr().String(), http: &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = w.http.Serve(listener) }()

	w.mailboxes = []mailbox{
		{accounts[1].Email, "Jonas (fundraising)", "jonas", "jonas-imap"},
		{accounts[2].Email, "Katarzyna (advocacy)", "katarzyna", "katarzyna-imap"},
	}
	var users []imaptest.User
	for _, box := range w.mailboxes {
		users = append(users, imaptest.User{Name: box.user, Password: box.password})
	}
	if w.mail, err = imaptest.Start("127.0.0.1:0", users...); err != nil {
		return nil, errors.Join(err, w.http.Close())
	}
	return w, errors.Join(w.deliver(now), nil)
}

func (w *world) close() {
	_ = w.http.Close()
	_ = w.mail.Close()
}
