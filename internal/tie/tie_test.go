package tie

import (
	"math/rand/v2"
	"slices"
	"testing"

	"piper/internal/store"
)

const today = 20_780 // 2026-11-23

func times(n, every, from int, kinds ...Kind) (list []Contact) {
	for i := range n {
		for _, k := range kinds {
			list = append(list, Contact{Day: today - from - i*every, Kind: k})
		}
	}
	return list
}

// The worked examples of the package's documentation.
func TestWorkedExamples(t *testing.T) {
	for name, c := range map[string]struct {
		contacts []Contact
		score    int
		band     Band
	}{
		"nothing":                       {nil, 0, None},
		"a meeting today":               {times(1, 1, 0, Meeting), 50, Fair},
		"a meeting 90 days ago":         {times(1, 1, 90, Meeting), 29, Weak},
		"a meeting 300 days ago":        {times(1, 1, 300, Meeting), 6, None},
		"two mails each way today":      {times(2, 0, 0, Sent, Received), 45, Fair},
		"a mail each way every 30 days": {times(25, 30, 0, Sent, Received), 76, Strong},
		"a newsletter every day":        {times(731, 1, 0, Received), 9, None},
		"a meeting after today":         {times(1, 1, -1, Meeting), 0, None},
		"a meeting 731 days ago":        {times(1, 1, 731, Meeting), 0, None},
	} {
		if s := Measure(c.contacts, today); s.Score != c.score || s.Band != c.band {
			t.Errorf("%s: %+v, want %d %s", name, s, c.score, c.band)
		}
	}
}

func anyContacts(r *rand.Rand) []Contact {
	list := make([]Contact, r.IntN(12))
	for i := range list {
		list[i] = Contact{Day: today - r.IntN(760), Kind: Kind(r.IntN(int(kinds))), Crowd: r.IntN(4) == 0}
	}
	return list
}

func TestMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		list := anyContacts(r)
		before := Measure(list, today)
		if before.Score < 0 || before.Score > 100 || before.Peak.rank() < before.Band.rank() {
			t.Fatalf("%+v of %+v", before, list)
		}
		more := append(slices.Clone(list), anyContacts(r)...)
		if after := Measure(more, today); after.Score < before.Score {
			t.Fatalf("frequency: %d falls to %d when %+v becomes %+v", before.Score, after.Score, list, more)
		}
		if len(list) == 0 {
			continue
		}
		later := slices.Clone(list)
		i := r.IntN(len(later))
		later[i].Day = min(today, later[i].Day+1+r.IntN(200))
		if after := Measure(later, today); after.Score < before.Score {
			t.Fatalf("recency: %d falls to %d when %+v becomes %+v", before.Score, after.Score, list, later)
		}
		r.Shuffle(len(later), func(i, j int) { later[i], later[j] = later[j], later[i] })
		if a, b := Measure(later, today), Measure(slices.Clone(later), today); a != b {
			t.Fatalf("order: %+v and %+v", a, b)
		}
		met := slices.Clone(list)
		met[i].Kind, met[i].Crowd = Meeting, false
		list[i].Kind, list[i].Crowd = Kind(r.IntN(2)), false
		// One mail can bring at most 2·1 + 0.1, a meeting brings 5.
		if meeting, mail := Measure(met, today), Measure(list, today); meeting.Score < mail.Score {
			t.Fatalf("a meeting counts less than a mail in %+v", list)
		}
	}
}

// One-way mail is no tie, however much it is, and whichever way.
func TestOneWay(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		kind := Kind(r.IntN(2))
		list := make([]Contact, r.IntN(3000))
		for i := range list {
			list[i] = Contact{Day: today - r.IntN(731), Kind: kind, Crowd: r.IntN(2) == 0}
		}
		if s := Measure(list, today); s.Peak != None {
			t.Fatalf("%d mails one way give %+v", len(list), s)
		}
	}
}

// A tie is cold from the first day on which it is neither fair nor strong, and the day stays the same
// while nothing happens.
func TestGoneCold(t *testing.T) {
	met := []Contact{{Day: today - 400, Kind: Meeting}, {Day: today - 395, Kind: Meeting}}
	day := store.Date("")
	for now := today - 395; now <= today; now++ {
		s := Measure(met, now)
		if s.Score < fairFrom && day == "" {
			day = dateOf(now)
		}
		if s.ColdSince != day {
			t.Fatalf("cold since %q on %s, want %q", s.ColdSince, dateOf(now), day)
		}
	}
	if day == "" {
		t.Fatal("it never went cold")
	}
	if s := Measure(append(met, Contact{Day: today, Kind: Meeting}), today); s.ColdSince != "" || s.Peak != Strong {
		t.Fatalf("after another meeting: %+v", s)
	}
	if s := Measure(times(1, 1, 60, Phone), today); s.ColdSince == "" && s.Peak.rank() >= Fair.rank() {
		t.Fatalf("a phone conversation: %+v", s)
	}
}

func TestReasons(t *testing.T) {
	list := append(times(6, 10, 20, Sent, Received), times(2, 30, 5, Meeting)...)
	list = append(list, times(1, 1, 400, Event)...)
	got := partsOf(list, today, func(Contact) bool { return true }).Reasons(today)
	want := []string{
		"2 meetings in 6 months, last on 18 November",
		"no event in 6 months, last on 19 October 2025",
		"12 mails both ways in 6 months, last on 3 November",
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
	one := partsOf(times(1, 1, 0, Received), today, func(Contact) bool { return true }).Reasons(today)
	if !slices.Equal(one, []string{"1 mail from them, none from us in 6 months, last on 23 November"}) {
		t.Fatalf("%q", one)
	}
}
