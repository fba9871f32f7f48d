package audit

import (
	"fmt"
	"time"

	"piper/internal/store"
)

// Kind says what is wrong.
type Kind string

// The kinds of findings.
const (
	Changed   Kind = "changed"   // an entry is not as it was written
	Missing   Kind = "missing"   // a sealed entry, or a seal, is gone
	CutOff    Kind = "cut off"   // the end of the chain is gone
	Reordered Kind = "reordered" // a seal stands in another's place
	Forged    Kind = "forged"    // a seal or an entry was not made with the audit key
	Unsealed  Kind = "unsealed"  // an entry has waited too long for its seal
	NoHead    Kind = "no head"   // the head file cannot be read, so a cut-off end cannot be ruled out
)

// Finding is one thing that is wrong with the journal. Sentence says it to a person.
type Finding struct {
	Kind     Kind   `json:"kind"`
	Seal     int64  `json:"seal,omitempty"`
	Entry    string `json:"entry,omitempty"`
	Sentence string `json:"sentence"`
}

// Report is what Verify found.
type Report struct {
	Intact   bool      `json:"intact"`
	Sentence string    `json:"sentence"` // the whole in one sentence
	Seals    int64     `json:"seals"`
	Entries  int64     `json:"entries"`  // sealed ones that were looked at
	Waiting  int64     `json:"waiting"`  // not yet sealed
	Findings []Finding `json:"findings"` // the first maxFindings
	Found    int64     `json:"found"`    // how many there are in all
	Notes    []string  `json:"notes"`    // worth knowing, not wrong
}

// maxFindings bounds a report; a store that was edited wholesale would fill the screen otherwise.
const maxFindings = 100

func (r *Report) add(kind Kind, seal int64, entry, format string, args ...any) {
	r.Found++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, Finding{Kind: kind, Seal: seal, Entry: entry, Sentence: fmt.Sprintf(format, args...)})
	}
}

func (r *Report) conclude() {
	r.Intact = r.Found == 0
	switch {
	case !r.Intact && r.Found == 1:
		r.Sentence = "The audit journal is not intact: 1 finding."
	case !r.Intact:
		r.Sentence = fmt.Sprintf("The audit journal is not intact: %d findings.", r.Found)
	case r.Entries == 0:
		r.Sentence = "The audit journal is intact; nothing has been sealed yet."
	default:
		r.Sentence = fmt.Sprintf("The audit journal is intact: %d entries under %d seals.", r.Entries, r.Seals)
	}
}

// describe names an entry in words: "stakeholders 01J… was updated by Anna Berg on 3 March 2026 at 14:05:00 UTC".
func describe(e *Entry) string {
	who := e.ByName
	if who == "" {
		who = e.By
	}
	if e.RecordID == "" {
		return fmt.Sprintf("%q by %s on %s", e.What, who, moment(e.At))
	}
	return fmt.Sprintf("%s %s was %s by %s on %s", e.Collection, e.RecordID, e.What, who, moment(e.At))
}

func moment(at store.Instant) string {
	if at.IsZero() {
		return "an unknown day"
	}
	return at.Time().UTC().Format("2 January 2006 at 15:04:05 UTC")
}

// later reports whether b is more than d after a.
func later(a, b store.Instant, d time.Duration) bool {
	return !a.IsZero() && !b.IsZero() && b.Time().Sub(a.Time()) > d
}
