package audit

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// edit changes an entry in the store without Piper's journal taking part.
func (h *house) edit(t testing.TB, id string, fn func(e *Entry)) {
	t.Helper()
	_, err := h.entries.Update(access.AsSystem(t.Context(), "test"), id, func(e *Entry) error { fn(e); return nil })
	must(t, err)
}

// overwrite puts anything in the place of an entry, as an editor of the file could.
func (h *house) overwrite(t testing.TB, e *Entry, doc string) {
	t.Helper()
	schema := &driver.Schema{Name: "journal", Fields: []driver.Field{{Path: "by"}, {Path: "collection"}, {Path: "recordId"}, {Path: "at"}}}
	must(t, h.engine.Ensure(t.Context(), []*driver.Schema{schema}))
	must(t, h.engine.Delete(t.Context(), schema, e.ID, e.Rev))
	must(t, h.engine.Insert(t.Context(), schema, []driver.Doc{{ID: e.ID, Rev: e.Rev, JSON: []byte(doc), Values: make([][]any, 4)}}))
}

func (h *house) overwriteSeal(t testing.TB, s *Seal, doc string) {
	t.Helper()
	schema := &driver.Schema{Name: "seals"}
	must(t, h.engine.Ensure(t.Context(), []*driver.Schema{schema}))
	must(t, h.engine.Delete(t.Context(), schema, s.ID, s.Rev))
	must(t, h.engine.Insert(t.Context(), schema, []driver.Doc{{ID: s.ID, Rev: s.Rev, JSON: []byte(doc)}}))
}

func (h *house) editSeal(t testing.TB, seq int64, fn func(s *Seal)) {
	t.Helper()
	_, err := h.seals.Update(access.AsSystem(t.Context(), "test"), sealID(seq), func(s *Seal) error { fn(s); return nil })
	must(t, err)
}

func (h *house) remove(t testing.TB, e *Entry) {
	t.Helper()
	must(t, h.entries.Delete(access.AsSystem(t.Context(), "test"), e.ID))
}

// Each case starts from three seals with two entries each: papers p0 to p5, entry i about paper i.
func TestVerifyFindsEachKindOfTampering(t *testing.T) {
	cases := []struct {
		name   string
		tamper func(t *testing.T, h *house, e []*Entry)
		kind   Kind
		says   string // part of the sentence; "" = any
		entry  int    // the entry it names; -1 = none
	}{
		{"a value was changed", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[2].ID, func(e *Entry) { e.Changes[0].New = `"forged"` })
		}, Changed, "old or new values were changed", 2},
		{"the author was changed", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[2].ID, func(e *Entry) { e.By, e.ByName = "a2", "Ben" })
		}, Changed, "is not as Piper wrote it", 2},
		{"the time was changed", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[3].ID, func(e *Entry) { e.At = "2020-01-01T00:00:00Z" })
		}, Changed, "is not as Piper wrote it", 3},
		{"a value and its commitment were changed", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[2].ID, func(e *Entry) { e.Changes[0].New = `"forged"`; e.Commitment = commitment(e) })
		}, Changed, "is not as Piper wrote it", 2},
		{"one true entry was put in the place of another", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[2].ID, func(x *Entry) {
				m := x.Meta
				*x = *e[3]
				x.Meta = m
			})
		}, Changed, "", 2},
		{"an entry is no JSON any more", func(t *testing.T, h *house, e []*Entry) { h.overwrite(t, e[2], `{"id":`) }, Changed, "can no longer be read", 2},
		{"an entry has a field of another kind", func(t *testing.T, h *house, e []*Entry) { h.overwrite(t, e[3], `{"changes":7}`) }, Changed, "can no longer be read", 3},
		{"an entry is missing beside one that is no JSON", func(t *testing.T, h *house, e []*Entry) {
			h.overwrite(t, e[2], "{")
			h.remove(t, e[3])
		}, Missing, "is missing", 3},
		{"a seal is no JSON any more", func(t *testing.T, h *house, _ []*Entry) { h.overwriteSeal(t, h.sealNumber(t, 2), "{") },
			Forged, "Seal 2 can no longer be read", -1},
		{"the newest seal is no JSON any more", func(t *testing.T, h *house, _ []*Entry) { h.overwriteSeal(t, h.sealNumber(t, 3), `{"seq":"3"}`) },
			Forged, "Seal 3 can no longer be read", -1},
		{"an entry is missing behind a seal that is no JSON", func(t *testing.T, h *house, e []*Entry) {
			h.overwriteSeal(t, h.sealNumber(t, 2), "{")
			h.remove(t, e[4])
		}, Missing, "is missing", 4},
		{"an entry is missing under a seal whose revision was taken away", func(t *testing.T, h *house, e []*Entry) {
			s := *h.sealNumber(t, 2)
			at := s
			s.Rev = 0
			doc, err := json.Marshal(s)
			must(t, err)
			h.overwriteSeal(t, &at, string(doc))
			h.remove(t, e[3])
		}, Missing, "is missing", 3},
		{"an entry is missing", func(t *testing.T, h *house, e []*Entry) { h.remove(t, e[1]) }, Missing, "is missing", 1},
		{"the newest entry is missing", func(t *testing.T, h *house, e []*Entry) { h.remove(t, e[5]) }, Missing, "is missing", 5},
		{"a seal in the middle is missing", func(t *testing.T, h *house, _ []*Entry) { h.removeSeal(t, 2) }, Missing, "Seals 2 to 2 are missing", -1},
		{"the first seal is missing", func(t *testing.T, h *house, _ []*Entry) { h.removeSeal(t, 1) }, Missing, "Seals 1 to 1", -1},
		{"the end was cut off", func(t *testing.T, h *house, e []*Entry) {
			h.removeSeal(t, 3)
			h.remove(t, e[4])
			h.remove(t, e[5])
		}, CutOff, "ends at seal 2", -1},
		{"everything was cut off", func(t *testing.T, h *house, e []*Entry) {
			for i := range int64(3) {
				h.removeSeal(t, i+1)
			}
			for _, x := range e {
				h.remove(t, x)
			}
		}, CutOff, "seals 1 to 3 were made", -1},
		{"the newest seal alone was cut off", func(t *testing.T, h *house, _ []*Entry) { h.removeSeal(t, 3) }, CutOff, "ends at seal 2", -1},
		{"two seals changed places", func(t *testing.T, h *house, _ []*Entry) {
			one, two := h.sealNumber(t, 1), h.sealNumber(t, 2)
			h.editSeal(t, 1, func(s *Seal) { m := s.Meta; *s = *two; s.Meta = m })
			h.editSeal(t, 2, func(s *Seal) { m := s.Meta; *s = *one; s.Meta = m })
		}, Reordered, "the order was changed", -1},
		{"two entries of a seal changed places", func(t *testing.T, h *house, _ []*Entry) {
			h.editSeal(t, 2, func(s *Seal) { s.Items[0], s.Items[1] = s.Items[1], s.Items[0] })
		}, Forged, "Seal 2", -1},
		{"an entry was taken off its seal", func(t *testing.T, h *house, e []*Entry) {
			h.editSeal(t, 2, func(s *Seal) { s.Items = s.Items[:1] })
			h.remove(t, e[3])
		}, Forged, "Seal 2", -1},
		{"the chain was made again without the key", func(t *testing.T, h *house, _ []*Entry) { h.forgeChain(t) },
			Forged, "without the key", -1},
		{"an entry was slipped in", func(t *testing.T, h *house, e []*Entry) {
			x := *e[2]
			x.Meta = store.Meta{ID: e[2].ID + "0"} // right after the one that it is a copy of
			must(t, h.entries.Create(access.AsSystem(t.Context(), "test"), &x))
		}, Changed, "Piper did not write it", -1},
		{"an entry was slipped in at the end", func(t *testing.T, h *house, e []*Entry) {
			x := *e[2]
			x.Meta = store.Meta{ID: store.NewID()}
			must(t, h.entries.Create(access.AsSystem(t.Context(), "test"), &x))
		}, Changed, "Piper did not write it", -1},
		{"an entry was slipped in and the sealer took it", func(t *testing.T, h *house, e []*Entry) {
			x := *e[2]
			x.Meta = store.Meta{ID: e[2].ID + "0"}
			must(t, h.entries.Create(access.AsSystem(t.Context(), "test"), &x))
			if n := h.seal(t); n != 1 {
				t.Errorf("sealed %d", n)
			}
		}, Changed, "Piper did not write it", -1},
		{"an old entry stands among sealed ones", func(t *testing.T, h *house, e []*Entry) {
			x, err := h.begin(anna(t), "late")
			must(t, err)
			x.ID = e[2].ID + "0"
			h.commit(x)
			must(t, h.entries.Create(anna(t), x))
			h.clock.add(sealWithin + time.Second)
		}, Unsealed, "no seal for more than 30 minutes", -1},
		{"an entry waits for too long", func(t *testing.T, h *house, _ []*Entry) {
			h.create(t, "p6")
			h.clock.add(sealWithin + time.Second)
		}, Unsealed, "no seal for more than 30 minutes", -1},
		{"values were erased without an erasure", func(t *testing.T, h *house, e []*Entry) {
			h.edit(t, e[2].ID, func(x *Entry) { x.Salt, x.Changes[0].New, x.ErasedBy = "", "", e[5].ID })
		}, Changed, "no erasure says so", 2},
		{"the head file is gone", func(t *testing.T, h *house, _ []*Entry) { must(t, os.Remove(h.head)) }, NoHead, "cannot be ruled out", -1},
		{"the head file was set back by hand", func(t *testing.T, h *house, _ []*Entry) {
			s := h.sealNumber(t, 1)
			must(t, writeHead(h.head, []byte("some other key"), 1, s.Mac))
		}, NoHead, "not written with this audit key", -1},
	}
	for _, c := range cases {
		onEachEngine(t, func(t *testing.T, h *house) {
			t.Run(c.name, func(t *testing.T) {
				for _, pair := range [][]string{{"p0", "p1"}, {"p2", "p3"}, {"p4", "p5"}} {
					h.create(t, pair...)
					h.seal(t)
				}
				if r := h.verify(t); !r.Intact || r.Found != 0 || r.Sentence != "The audit journal is intact: 6 entries under 3 seals." {
					t.Fatalf("before: %+v", r)
				}
				e := h.all(t)
				c.tamper(t, h, e)
				r := h.verify(t)
				if r.Intact {
					t.Fatal("found nothing")
				}
				for _, f := range r.Findings {
					if f.Kind == c.kind && strings.Contains(f.Sentence, c.says) && (c.entry < 0 || f.Entry == e[c.entry].ID) {
						return
					}
				}
				t.Errorf("not among the findings: %+v", r.Findings)
			})
		})
	}
}

// Whatever single byte of whatever entry or seal is changed, verifying finds it.
func TestVerifyFindsAnyEdit(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	flip := func(s *string) bool {
		if *s == "" {
			return false
		}
		b := []byte(*s)
		i := random.IntN(len(b))
		b[i] = b[i]&^1 | (b[i]&1 ^ 1) // the lowest bit, which keeps it ASCII
		*s = string(b)
		return true
	}
	for range 100 {
		h := newHouse(t)
		h.create(t, "one", "two")
		h.seal(t)
		h.create(t, "three")
		h.seal(t)
		list := h.all(t)
		e := list[random.IntN(len(list))]
		what, changed := random.IntN(15), false
		if what < 9 {
			h.edit(t, e.ID, func(e *Entry) {
				changed = flip([]*string{(*string)(&e.At), &e.By, &e.ByName, &e.What, &e.Collection, &e.RecordID,
					&e.Changes[0].Field, &e.Changes[0].New, &e.Commitment}[what])
			})
		} else {
			h.editSeal(t, 1+random.Int64N(2), func(s *Seal) {
				changed = flip([]*string{(*string)(&s.At), &s.Items[0].Entry, &s.Items[0].Mac, &s.Mac, &s.From, &s.To}[what-9])
			})
		}
		if r := h.verify(t); changed && r.Intact {
			t.Fatalf("seed %d: edit %d was not found", seed, what)
		}
	}
}

func TestErasureKeepsTheChain(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		p := h.create(t, "Maria Example", "other")[0]
		h.seal(t)
		_, err := h.papers.Update(anna(t), p.ID, func(p *paper) error { p.Title = "M. Example"; return nil })
		must(t, err)
		n, err := h.Erase(anna(t), "papers", p.ID, "Asked for on 1 March.")
		must(t, err)
		if n != 2 {
			t.Errorf("emptied %d, want 2", n)
		}
		h.seal(t)
		if r := h.verify(t); !r.Intact || r.Entries != 4 {
			t.Errorf("got %+v", r)
		}
		for _, e := range h.all(t) {
			raw, err := h.entries.GetRaw(access.AsSystem(t.Context(), "test"), e.ID)
			must(t, err)
			if strings.Contains(string(raw), "Example") {
				t.Errorf("still there: %s", raw)
			}
		}
		if n, err := h.Erase(anna(t), "papers", p.ID, "again"); n != 0 || err != nil {
			t.Errorf("the second time emptied %d, %v", n, err)
		}
	})
}

func TestLateSealIsANoteNotAFinding(t *testing.T) {
	h := newHouse(t)
	h.create(t, "one")
	h.clock.add(48 * time.Hour) // Piper was stopped over the weekend
	h.seal(t)
	if r := h.verify(t); !r.Intact || len(r.Notes) != 1 {
		t.Errorf("got %+v", r)
	}
}

func TestReportIsBounded(t *testing.T) {
	h := newHouse(t)
	for range 3 * maxFindings / 2 {
		h.create(t, "x")
	}
	h.seal(t)
	for _, e := range h.all(t) {
		h.remove(t, e)
	}
	if r := h.verify(t); len(r.Findings) != maxFindings || r.Found != 3*maxFindings/2 {
		t.Errorf("%d findings listed of %d", len(r.Findings), r.Found)
	}
}
