package mail

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"piper/internal/mail/mime"
)

// Whatever the order in which messages arrive, and however they are cut into batches and mailboxes, the
// threads are the same, and the same as a plain union of everything tied together.
func TestThreadsDoNotDependOnOrder(t *testing.T) {
	for seed := range uint64(15) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		list := hostileLetters(rnd, 60)
		var want []string
		for try := range 4 {
			w := newWorld(t)
			w.dir["a@example.org"] = []string{"s1"}
			w.dir["b@example.org"] = []string{"s2"}
			box := w.mailbox("ann")
			for rest := slices.Clone(list); len(rest) > 0; {
				n := min(1+rnd.IntN(9), len(rest))
				w.deliver(box, rest[:n]...)
				rest = rest[n:]
			}
			got := w.groups()
			if try == 0 {
				want = got
				checkAgainstUnion(t, list, len(got))
			} else if !slices.Equal(got, want) {
				t.Fatalf("seed %d: threads depend on the order:\n%v\n%v", seed, got, want)
			}
			rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
	}
}

// hostileLetters makes mail with loops, self references, missing parents and cut-off References.
func hostileLetters(rnd *rand.Rand, n int) []*mime.Message {
	id := func() string { return fmt.Sprintf("m%d@x", rnd.IntN(n*3/2)) }
	var list []*mime.Message
	used := map[string]bool{}
	for range n {
		own := id()
		if used[own] {
			continue
		}
		used[own] = true
		var refs []string
		for range rnd.IntN(4) {
			if ref := id(); rnd.IntN(3) == 0 && !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
		m := letter(own, []string{"a@example.org", "b@example.org"}[rnd.IntN(2)], "ann@home.example.org", "S"+own, refs...)
		if rnd.IntN(4) == 0 {
			m.InReplyTo = []string{id(), id()}
		}
		list = append(list, m)
	}
	return list
}

// checkAgainstUnion counts the threads of a list the naive way.
func checkAgainstUnion(t *testing.T, list []*mime.Message, got int) {
	t.Helper()
	group := map[string]int{}
	next := 0
	for _, m := range list {
		next++
		for _, id := range append([]string{m.MessageID}, references(m)...) {
			old, ok := group[id]
			group[id] = next
			if ok && old != next {
				for k, v := range group {
					if v == old {
						group[k] = next
					}
				}
			}
		}
	}
	roots := map[int]bool{}
	for _, m := range list {
		roots[group[m.MessageID]] = true
	}
	if len(roots) != got {
		t.Errorf("%d threads, the naive count says %d", got, len(roots))
	}
}

func TestReferences(t *testing.T) {
	m := letter("own@x", "ann@example.org", "bob@example.org", "S", "a@x", "own@x", "a@x", "b@x")
	m.InReplyTo = []string{"Ann@example.org", "c@x", "d@x"}
	if got := references(m); !slices.Equal(got, []string{"a@x", "b@x", "c@x"}) {
		t.Errorf("references are %v", got)
	}
	m.InReplyTo = []string{"a@x", "d@x"}
	if got := references(m); !slices.Equal(got, []string{"a@x", "b@x"}) {
		t.Errorf("with In-Reply-To among References they are %v", got)
	}
}

func TestThreadsAreNotJoinedBySubject(t *testing.T) {
	w := newWorld(t)
	w.dir["a@example.org"] = []string{"s1"}
	w.deliver(w.mailbox("ann"), letter("1@x", "a@example.org", "b@x", "Report"), letter("2@x", "a@example.org", "b@x", "Re: Report"))
	if got := w.groups(); len(got) != 2 {
		t.Errorf("threads: %v", got)
	}
}

// A parent that arrives last, when its answers already form two threads, makes one of them.
func TestLateParentJoinsThreads(t *testing.T) {
	w := newWorld(t)
	w.dir["a@example.org"] = []string{"s1"}
	box := w.mailbox("ann")
	w.deliver(box, letter("c1@x", "a@example.org", "b@x", "Re: P", "p@x"), letter("c2@x", "a@example.org", "b@x", "Re: P", "q@x"))
	if got := w.groups(); len(got) != 2 {
		t.Fatalf("before: %v", got)
	}
	w.deliver(box, letter("p@x", "a@example.org", "b@x", "P", "q@x"))
	if got := w.groups(); len(got) != 1 {
		t.Errorf("after: %v", got)
	}
}

func TestBaseSubject(t *testing.T) {
	for in, want := range map[string]string{
		"Re: AW: [list] Fwd: Straße": "strasse", "Re[2]: x": "x", "RE : note: this": "note this", "[only]": "only", "": "",
		"Programme: 2026": "programme 2026",
	} {
		if got := BaseSubject(in); got != want {
			t.Errorf("BaseSubject(%q) is %q, want %q", in, got, want)
		}
	}
}
