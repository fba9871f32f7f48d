package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/imapbox/imaptest"
	"piper/internal/mail/mailtest"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

// late is how many messages come after the mailbox was read.
const late = 100

// mailbox compares the mail job with a bare fetch of the same bytes and with mbsync followed by notmuch.
func mailbox(ctx context.Context, b *bench) error {
	host := &hosting{b: b}
	dovecot := imaptest.Dovecot(host)
	g := mailtest.Generated{Seed: 1, Senders: 500}
	var after [][]byte
	batch := make([][]byte, 0, 1000)
	for i, raw := range g.Messages(b.mails + late*b.slowRuns) {
		if i >= b.mails {
			after = append(after, raw)
			continue
		}
		if batch = append(batch, raw); len(batch) == cap(batch) || i == b.mails-1 {
			if err := dovecot.Deliver("INBOX", batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	var bare, sync, index, ours, nothing, noSync, hundred []time.Duration
	kept := 0.0
	if _, err := bareFetch(dovecot); err != nil { // the first opens the folder for Dovecot, too
		return err
	}
	var piper target
	for range b.slowRuns {
		took, err := bareFetch(dovecot)
		if err != nil {
			return err
		}
		bare = append(bare, took)
		h, err := b.mailHouse(ctx, dovecot, g)
		if err != nil {
			return err
		}
		var stop func()
		if piper, _, stop, err = h.serve(ctx); err != nil {
			return err
		}
		err = func() error {
			defer stop()
			took, _, counts, err := piper.jobRun(ctx, "mail")
			if err != nil {
				return err
			}
			ours = append(ours, took)
			kept = float64(counts["kept"]) / float64(b.mails)
			if took, _, _, err = piper.jobRun(ctx, "mail"); err != nil {
				return err
			}
			nothing = append(nothing, took)
			return nil
		}()
		if err != nil {
			return err
		}
		peers, err := b.mbsync(ctx, dovecot)
		if err != nil {
			return err
		}
		sync, index, noSync = append(sync, peers[0]), append(index, peers[1]), append(noSync, peers[2])
	}
	// New mail in the house of the last run.
	h, err := b.house(ctx, "mail")
	if err != nil {
		return err
	}
	piper, _, stop, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	for range b.slowRuns {
		if err := dovecot.Deliver("INBOX", after[:late]...); err != nil {
			return err
		}
		after = after[late:]
		took, _, _, err := piper.jobRun(ctx, "mail")
		if err != nil {
			return err
		}
		hundred = append(hundred, took)
	}
	fetch, all := float64(median(ours))/float64(median(bare)), float64(median(sync)+median(index))/float64(median(ours))
	name := fmt.Sprintf("mail, %d messages", b.mails)
	b.add(row{name + ", kept", fmt.Sprintf("%.1f %%", 100*kept), "", "", "≥ 95 %", verdict(kept >= 0.95)})
	b.add(row{name, short(median(ours)), "bare fetch " + short(median(bare)), times(fetch), "≤ 10.00×", verdict(fetch <= 10)})
	b.add(row{name, short(median(ours)), fmt.Sprintf("mbsync %s + notmuch new %s", short(median(sync)), short(median(index))), times(all) + " as fast", "≥ 10.00×", verdict(all >= 10)})
	idle := float64(median(nothing)) / float64(median(noSync))
	b.add(row{"mail, nothing new", short(median(nothing)), "mbsync " + short(median(noSync)), times(idle), "≤ 0.50×", verdict(idle <= 0.5)})
	b.add(row{"mail, 100 new messages", short(median(hundred)), "", "", "< 300 ms", verdict(median(hundred) < 300*time.Millisecond)})
	return nil
}

// mailHouse makes a house that knows most senders and reads the mailbox.
func (b *bench) mailHouse(ctx context.Context, d *imaptest.DovecotServer, g mailtest.Generated) (house, error) {
	if err := os.RemoveAll(filepath.Join(b.dir, "mail")); err != nil {
		return house{}, err
	}
	h, err := b.house(ctx, "mail")
	if err != nil {
		return h, err
	}
	if err := knowSenders(ctx, h.store(), g); err != nil {
		return h, err
	}
	_, err = h.run(ctx, d.Password, "mailbox", "add", "--owner", email, "--host", d.Host, "--port", strconv.Itoa(d.Port), "--tls=off",
		"--user", d.User, "--password-stdin", "--folder", "INBOX")
	return h, err
}

// knowSenders makes stakeholders of all senders but one in fifty.
func knowSenders(ctx context.Context, file string, g mailtest.Generated) error {
	engine, err := sqlite.Open(file)
	if err != nil {
		return err
	}
	db := store.New(engine, store.Options{})
	people := stakeholder.NewRepo(db)
	ctx = audit.Bulk(access.AsSystem(ctx, "bench"), "bench")
	if err := db.Join(ctx); err != nil {
		return err
	}
	defer db.Close()
	return db.Tx(ctx, func(ctx context.Context) error {
		for i := range g.Senders {
			if i%50 == 0 {
				continue
			}
			s := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: fmt.Sprintf("Sender %d", i), Emails: []stakeholder.Email{{Address: g.Sender(i)}}}
			if err := people.Create(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// mbsync copies the mailbox to a Maildir, indexes that, and syncs again with nothing new.
func (b *bench) mbsync(ctx context.Context, d *imaptest.DovecotServer) (times [3]time.Duration, err error) {
	dir, err := filepath.Abs(filepath.Join(b.dir, "peers"))
	if err != nil {
		return times, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return times, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "mail"), 0o755); err != nil {
		return times, err
	}
	files := map[string]string{
		"mbsyncrc": fmt.Sprintf("IMAPAccount a\nHost %s\nPort %d\nUser %s\nPass %s\nSSLType None\nAuthMechs PLAIN\n\nIMAPStore far\nAccount a\n\n"+
			"MaildirStore near\nPath %s/mail/\nInbox %s/mail/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState *\n",
			d.Host, d.Port, d.User, d.Password, dir, dir),
		"notmuchrc": fmt.Sprintf("[database]\npath=%s/mail\n[user]\nname=Bench\nprimary_email=%s\n[new]\ntags=unread\n", dir, email),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return times, err
		}
	}
	for i, args := range [][]string{{"mbsync", "-q", "-c", filepath.Join(dir, "mbsyncrc"), "c"}, {"notmuch", "--config=" + filepath.Join(dir, "notmuchrc"), "new", "--quiet"},
		{"mbsync", "-q", "-c", filepath.Join(dir, "mbsyncrc"), "c"}} {
		c := exec.CommandContext(ctx, args[0], args[1:]...)
		begun := time.Now()
		if out, err := c.CombinedOutput(); err != nil {
			return times, fmt.Errorf("%s: %w: %s", args[0], err, out)
		}
		times[i] = time.Since(begun)
	}
	return times, nil
}

// bareFetch fetches every message of the INBOX in batches of 500 and throws it away.
func bareFetch(d *imaptest.DovecotServer) (time.Duration, error) {
	begun := time.Now()
	conn, err := net.Dial("tcp", net.JoinHostPort(d.Host, strconv.Itoa(d.Port)))
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 256<<10)
	exists := 0
	command := func(tag, text string) error {
		if _, err := io.WriteString(conn, tag+" "+text+"\r\n"); err != nil {
			return err
		}
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return err
			}
			line = strings.TrimRight(line, "\r\n")
			if n, ok := strings.CutSuffix(line, " EXISTS"); ok {
				exists, _ = strconv.Atoi(strings.TrimPrefix(n, "* "))
			}
			if strings.HasSuffix(line, "}") {
				size, err := strconv.Atoi(line[strings.LastIndexByte(line, '{')+1 : len(line)-1])
				if err != nil {
					return err
				}
				if _, err := in.Discard(size); err != nil {
					return err
				}
			}
			if rest, ok := strings.CutPrefix(line, tag+" "); ok {
				if !strings.HasPrefix(rest, "OK") {
					return fmt.Errorf("%s: %s", text, rest)
				}
				return nil
			}
		}
	}
	if err := command("a", "LOGIN "+d.User+" "+d.Password); err != nil {
		return 0, err
	}
	if err := command("b", "EXAMINE INBOX"); err != nil {
		return 0, err
	}
	for at := 1; at <= exists; at += 500 {
		if err := command("c", fmt.Sprintf("FETCH %d:%d (UID INTERNALDATE BODY.PEEK[])", at, min(exists, at+499))); err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}

// hosting lets the bench use a server that is made for tests.
type hosting struct{ b *bench }

func (h *hosting) Helper()          {}
func (h *hosting) Cleanup(f func()) { h.b.cleanups = append(h.b.cleanups, f) }
func (h *hosting) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf(format, args...))
}
func (h *hosting) Skipf(format string, args ...any) { h.Fatalf(format, args...) }
