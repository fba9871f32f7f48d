package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/sqlite"
)

// amount is how much a store is filled with.
type amount struct{ stakeholders, messages int }

func (a amount) String() string {
	return fmt.Sprintf("%d stakeholders, %d messages", a.stakeholders, a.messages)
}

// What the records are made of. Countries and tags are drawn evenly, words as in any language: the first
// far more often than the last.
const (
	countryCount = 30
	tagCount     = 200
	surnameCount = 2000
	busy         = 2000 // the stakeholders to whom half of all messages go
)

// asks are questions that have answers in the store.
type asks struct {
	IDs, Busy, Countries, Tags, Names, Words []string
}

// seed fills the store of a data folder through Piper's own collections, as fast as these can.
func seed(ctx context.Context, file, ownerID string, n amount, say func(string)) error {
	engine, err := sqlite.Open(file)
	if err != nil {
		return err
	}
	db := store.New(engine, store.Options{})
	people, post := stakeholder.NewRepo(db), mail.NewRepo(db, plain{})
	ctx = audit.Bulk(access.AsSystem(ctx, "bench"), "bench")
	if err := db.Join(ctx); err != nil {
		return err
	}
	defer db.Close()
	s := &seeder{rng: rand.New(rand.NewPCG(1, 2)), words: wordList(4000), people: people, post: post, db: db, say: say}
	if err := s.stakeholders(ctx, n.stakeholders); err != nil {
		return err
	}
	return s.messages(ctx, ownerID, n.messages)
}

type seeder struct {
	rng    *rand.Rand
	words  []string
	people *stakeholder.Repo
	post   *mail.Repo
	db     *store.DB
	say    func(string)
	ids    []string
}

func wordList(n int) []string {
	rng := rand.New(rand.NewPCG(5, 6))
	syllables := []string{"ka", "ri", "mo", "ten", "sul", "per", "an", "do", "vi", "gra", "lo", "ne", "ster", "pu", "ci", "za", "be", "hol", "ta", "ren", "mi", "ku"}
	list, seen := make([]string, 0, n), map[string]bool{}
	for len(list) < n {
		w := ""
		for range 2 + rng.IntN(3) {
			w += syllables[rng.IntN(len(syllables))]
		}
		if !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	return list
}

func (s *seeder) word() string {
	f := s.rng.Float64()
	return s.words[int(f*f*f*float64(len(s.words)))]
}

func (s *seeder) text(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = s.word()
	}
	return strings.Join(list, " ")
}

func title(w string) string { return strings.ToUpper(w[:1]) + w[1:] }

var given = []string{"Anna", "Bruno", "Chiara", "Dmitri", "Elif", "Fatima", "Goran", "Hanna", "Ivan", "Jana", "Katja", "Luca", "Maria", "Nikos", "Olga", "Piotr"}

func country(i int) string {
	return []string{"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}[i%countryCount]
}

func tag(i int) string { return fmt.Sprintf("topic-%03d", i%tagCount) }

func address(i int) string { return fmt.Sprintf("person%d@office%d.example.org", i, i%977) }

// stakeholders adds n, the first ones being those who write most.
func (s *seeder) stakeholders(ctx context.Context, n int) error {
	const batch = 5000
	surnames := wordList(4000)[:surnameCount]
	for at := 0; at < n; at += batch {
		err := s.db.Tx(ctx, func(ctx context.Context) error {
			for i := at; i < min(n, at+batch); i++ {
				p := &stakeholder.Stakeholder{Kind: stakeholder.Person, Roles: []string{stakeholder.Roles[s.rng.IntN(len(stakeholder.Roles))]},
					Name:    given[s.rng.IntN(len(given))] + " " + title(surnames[s.rng.IntN(surnameCount)]),
					Country: country(s.rng.IntN(countryCount)), Tags: []string{tag(s.rng.IntN(tagCount)), tag(s.rng.IntN(tagCount))},
					Emails:  []stakeholder.Email{{Address: address(i)}},
					Phones:  []stakeholder.Phone{{Number: fmt.Sprintf("+32 2 %07d", i)}},
					Website: fmt.Sprintf("https://office%d.example.org/", i%977), Notes: s.text(20)}
				if err := s.people.Create(ctx, p); err != nil {
					return err
				}
				s.ids = append(s.ids, p.ID)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if at%(10*batch) == 0 {
			s.say(fmt.Sprintf("%d stakeholders", at))
		}
	}
	return nil
}

// messages takes in n messages of one mailbox, in threads of five on average, as the mail job would after
// parsing them.
func (s *seeder) messages(ctx context.Context, ownerID string, n int) error {
	const batch = 5000
	if n == 0 {
		return nil
	}
	box, err := s.post.CreateMailbox(ctx, mail.MailboxInput{OwnerID: ownerID, Name: "bench", Host: "imap.example.org", User: "office@example.org", Password: "none", Folders: []string{"INBOX"}})
	if err != nil {
		return err
	}
	in, err := s.post.Intake(ctx, box, s.people)
	if err != nil {
		return err
	}
	folder, err := s.post.BeginFolder(ctx, box.ID, "INBOX", 1)
	if err != nil {
		return err
	}
	office := mime.Address{Name: "Office", Address: "office@example.org"}
	begun := time.Date(2016, 1, 1, 8, 0, 0, 0, time.UTC)
	for at := 0; at < n; at += batch {
		items := make([]*mail.Prepared, 0, batch)
		for i := at; i < min(n, at+batch); i++ {
			who := s.rng.IntN(len(s.ids))
			if i%2 == 0 {
				who = s.rng.IntN(min(busy, len(s.ids)))
			}
			m := &mime.Message{MessageID: fmt.Sprintf("%d@bench.example.org", i), Subject: title(s.text(5)), Date: begun.Add(time.Duration(i) * 10 * time.Minute),
				From: []mime.Address{{Name: "Person " + title(s.word()), Address: address(who)}}, To: []mime.Address{office},
				Text: s.text(40), Size: 4000, ContentHash: fmt.Sprintf("%064x", i)}
			if i%5 != 0 {
				m.References = []string{fmt.Sprintf("%d@bench.example.org", i-i%5)}
				m.InReplyTo = m.References
			}
			p, err := in.Prepare(mail.Incoming{UID: uint32(i + 1), Received: m.Date, Size: m.Size, Message: m})
			if err != nil {
				return err
			}
			items = append(items, p)
		}
		if _, err := in.Save(ctx, mail.Batch{Folder: folder, Items: items, Through: uint32(min(n, at+batch))}); err != nil {
			return err
		}
		if at%(10*batch) == 0 {
			s.say(fmt.Sprintf("%d messages", at))
		}
	}
	return nil
}

// plain stands in for the key of secrets, which the seeded mailbox never needs again.
type plain struct{}

func (plain) Seal(b []byte) ([]byte, error) { return b, nil }
func (plain) Open(b []byte) ([]byte, error) { return b, nil }
func (plain) Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
