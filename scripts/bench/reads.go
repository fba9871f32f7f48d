package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// question is one kind of read, as each server is asked it.
type question struct {
	name                    string
	piper, bare, pocketbase func(*rand.Rand) request
}

// collect asks Piper for what the questions are about.
func collect(ctx context.Context, t target) (a asks, err error) {
	type list struct {
		Items []struct{ ID string }
		Next  string
	}
	ids := func(path string, pages int) (ids []string, err error) {
		for cursor := ""; pages > 0; pages-- {
			var l list
			if err := t.fetch(ctx, http.MethodGet, "/api/v1/stakeholders?limit=500&"+path+"&cursor="+cursor, nil, &l); err != nil {
				return nil, err
			}
			for _, item := range l.Items {
				ids = append(ids, item.ID)
			}
			if cursor = l.Next; cursor == "" {
				break
			}
		}
		return ids, nil
	}
	if a.IDs, err = ids("sort=name", 10); err != nil {
		return a, err
	}
	if a.Busy, err = ids("sort=updatedAt", busy/500); err != nil { // in the order in which they were added
		return a, err
	}
	for i := range countryCount {
		a.Countries = append(a.Countries, country(i))
	}
	for i := range tagCount {
		a.Tags = append(a.Tags, tag(i))
	}
	words := wordList(4000)
	for i := range 200 {
		a.Names, a.Words = append(a.Names, words[i*9]), append(a.Words, words[40+i*15])
	}
	return a, nil
}

func questions(a asks) []question {
	pick := func(list []string, before, after string) func(*rand.Rand) request {
		return func(rng *rand.Rand) request {
			return request{path: before + url.QueryEscape(list[rng.IntN(len(list))]) + after}
		}
	}
	const api, pb, filter = "/api/v1", "/api/collections", "/records?perPage=50&filter="
	return []question{
		{"get", pick(a.IDs, api+"/stakeholders/", ""), pick(a.IDs, "/stakeholders/", ""), pick(a.IDs, pb+"/stakeholders/records/", "")},
		{"list of 50 by country, sorted by name, with total", pick(a.Countries, api+"/stakeholders?sort=name&country=", ""),
			pick(a.Countries, "/stakeholders?country=", ""), pick(a.Countries, pb+"/stakeholders"+filter+"country%3D%22", "%22&sort=sortName")},
		{"list by tag", pick(a.Tags, api+"/stakeholders?tag=", ""), pick(a.Tags, "/stakeholders?tag=", ""),
			pick(a.Tags, pb+"/stakeholders"+filter+"tags~%22", "%22&sort=sortName")},
		{"saved view: donors of a country, changed last first", pick(a.Countries, api+"/stakeholders?sort=-updatedAt&where="+url.QueryEscape(`["and",["roles","has","donor"],["country","is","`), url.QueryEscape(`"]]`)),
			pick(a.Countries, "/stakeholders?donors=", ""), pick(a.Countries, pb+"/stakeholders"+filter+url.QueryEscape(`roles~"donor"&&country="`), "%22&sort=-updated")},
		{"timeline of one stakeholder", pick(a.Busy, api+"/stakeholders/", "/timeline"), pick(a.Busy, "/stakeholders/", "/timeline"),
			pick(a.Busy, pb+"/messages"+filter+"stakeholder%3D%22", "%22&sort=-date")},
		{"messages of one stakeholder, newest first", pick(a.Busy, api+"/messages?stakeholder=", ""), pick(a.Busy, "/messages?stakeholder=", ""),
			pick(a.Busy, pb+"/messages"+filter+"stakeholder%3D%22", "%22&sort=-date")},
		{"search for a name", pick(a.Names, api+"/stakeholders?q=", ""), pick(a.Names, "/stakeholders?q=", ""),
			pick(a.Names, pb+"/stakeholders"+filter+"name~%22", "%22&sort=-id")},
		{"search for a word in messages", pick(a.Words, api+"/messages?q=", ""), pick(a.Words, "/messages?q=", ""),
			pick(a.Words, pb+"/messages"+filter+"snippet~%22", "%22&sort=-id")},
	}
}

// reads compares reading over HTTP with a bare handler on the same file and with PocketBase on the same data.
func reads(ctx context.Context, b *bench) error {
	h, err := b.filled(ctx, b.size)
	if err != nil {
		return err
	}
	piper, _, stop, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	bare, stopBare, err := b.peer(ctx, "bare", "/stakeholders?country=BE", "-file", h.store())
	if err != nil {
		return err
	}
	defer stopBare()
	pocketbase, stopPB, err := b.peer(ctx, "pocketbase", "/api/health", "-data", filepath.Join(h.dir, "pocketbase"), "-from", h.store())
	if err != nil {
		return err
	}
	defer stopPB()
	a, err := collect(ctx, piper)
	if err != nil {
		return err
	}
	for _, q := range questions(a) {
		if !strings.Contains(q.name, b.asking) {
			continue
		}
		for _, clients := range []int{1, 16} {
			r, err := b.compare(ctx, clients, []target{piper, bare, pocketbase}, []func(*rand.Rand) request{q.piper, q.bare, q.pocketbase})
			if err != nil {
				return err
			}
			b.addRead(fmt.Sprintf("%s, %s", q.name, people(clients)), r[0], r[1], r[2])
		}
	}
	return b.memory(piper, "anonymous memory after the reads")
}

// addRead judges by half of bare, or by four times PocketBase where that is less.
func (b *bench) addRead(what string, piper, bare, pocketbase rate) {
	ratio, other := piper.perSecond/bare.perSecond, piper.perSecond/pocketbase.perSecond
	r := row{what: what, piper: perSecond(piper), peer: "bare " + perSecond(bare) + ", PocketBase " + perSecond(pocketbase),
		ratio: times(ratio) + ", " + times(other), target: "≥ 0.50× bare", met: verdict(ratio >= 0.5)}
	if bare.perSecond/2 > 4*pocketbase.perSecond {
		r.target, r.met = "≥ 0.50× bare or 4× PocketBase", verdict(ratio >= 0.5 || other >= 4)
	}
	b.add(r)
}

func people(n int) string {
	if n == 1 {
		return "1 client"
	}
	return fmt.Sprintf("%d clients", n)
}

// creates compares durable creates, Piper's with its audit entry.
func creates(ctx context.Context, b *bench) error {
	h, err := b.filled(ctx, b.size)
	if err != nil {
		return err
	}
	if h, err = h.copy(ctx); err != nil {
		return err
	}
	piper, _, stop, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	pocketbase, stopPB, err := b.peer(ctx, "pocketbase", "/api/health", "-data", filepath.Join(h.dir, "pocketbase"), "-from", h.store())
	if err != nil {
		return err
	}
	defer stopPB()
	words := wordList(4000)
	body := func(rng *rand.Rand, more string) []byte {
		word := func() string { return words[rng.IntN(len(words))] }
		first, last := given[rng.IntN(len(given))], word()
		return fmt.Appendf(nil, `{"kind":"person","name":"%s %s","roles":["other"],"country":"BE","emails":[{"address":"%s@%s.example.org"}],"tags":["created"],"notes":"Met %s of %s at the %s conference."%s}`,
			first, title(last), last, word(), word(), word(), word(), more)
	}
	for _, clients := range []int{1, 16} {
		r, err := b.compare(ctx, clients, []target{piper, pocketbase}, []func(*rand.Rand) request{
			func(rng *rand.Rand) request { return request{"/api/v1/stakeholders", body(rng, "")} },
			func(rng *rand.Rand) request {
				return request{"/api/collections/stakeholders/records", body(rng, `,"sortName":"created","phones":[]`)}
			},
		})
		if err != nil {
			return err
		}
		ratio := r[0].perSecond / r[1].perSecond
		b.add(row{"durable create with audit entry, " + people(clients), perSecond(r[0]), "PocketBase, synchronous=FULL " + perSecond(r[1]), times(ratio), "≥ 1.00×", verdict(ratio >= 1)})
	}
	return nil
}

// memory adds what a process holds that belongs to no file.
func (b *bench) memory(t target, what string) error {
	bytes, err := anonymous(t.pid)
	if err != nil {
		return err
	}
	b.add(row{what, fmt.Sprintf("%.0f MB", float64(bytes)/1e6), "", "", "< 250 MB", verdict(bytes < 250e6)})
	return nil
}

// start measures from the start of the program to its first answer from a full store, and what the first
// load of the front end brings.
func start(ctx context.Context, b *bench) error {
	h, err := b.filled(ctx, b.size)
	if err != nil {
		return err
	}
	var list []time.Duration
	for run := range b.runs {
		t, took, stop, err := h.serve(ctx)
		if err != nil {
			return err
		}
		list = append(list, took)
		if run == 0 {
			err = b.memory(t, "anonymous memory after the first answer")
		}
		stop()
		if err != nil {
			return err
		}
	}
	took := median(list)
	b.add(row{"cold start to the first answer, " + b.size.String(), short(took), "", "", "< 300 ms", verdict(took < 300*time.Millisecond)})
	return b.firstLoad()
}
