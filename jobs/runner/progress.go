package runner

import (
	"sync"

	"piper/internal/run"
)

// maxRejects bounds what a run record holds; the count beside it goes on.
const maxRejects = 500

// Progress is how a job tells what it has done. It is safe for use by several goroutines.
type Progress struct {
	mu       sync.Mutex
	counts   map[string]int64
	rejects  []run.Reject
	total    int64
	finished int64
	message  string
	partial  bool
}

// NewProgress makes an empty one; tests of jobs use it too.
func NewProgress() *Progress { return &Progress{counts: map[string]int64{}} }

// Count adds n to a count of the run: "created", "changed", "kept" …
func (p *Progress) Count(name string, n int) {
	p.mu.Lock()
	p.counts[name] += int64(n)
	p.mu.Unlock()
}

// Total says how many units of work there are, once that is known.
func (p *Progress) Total(n int) {
	p.mu.Lock()
	p.total = int64(n)
	p.mu.Unlock()
}

// Done adds n to the units of work that are behind us.
func (p *Progress) Done(n int) {
	p.mu.Lock()
	p.finished += int64(n)
	p.mu.Unlock()
}

// Reject notes one record that could not be taken. It counts under "rejected".
func (p *Progress) Reject(ref, reason string) {
	p.mu.Lock()
	p.counts["rejected"]++
	if len(p.rejects) < maxRejects {
		p.rejects = append(p.rejects, run.Reject{Ref: ref, Reason: reason})
	}
	p.mu.Unlock()
}

// Say sets the run's sentence for a person.
func (p *Progress) Say(sentence string) {
	p.mu.Lock()
	p.message = sentence
	p.mu.Unlock()
}

// Partial says that the run did a part of its work only, and what is missing.
func (p *Progress) Partial(sentence string) {
	p.mu.Lock()
	p.partial = true
	if p.message == "" {
		p.message = sentence
	} else {
		p.message += " " + sentence
	}
	p.mu.Unlock()
}

// into copies what is known so far onto the run record.
func (p *Progress) into(r *run.Run) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r.Counts = make(map[string]int64, len(p.counts))
	for k, v := range p.counts {
		r.Counts[k] = v
	}
	r.Rejects = append([]run.Reject{}, p.rejects...)
	r.Total, r.Finished = p.total, p.finished
	if p.message != "" {
		r.Message = p.message
	}
}

// changedSomething reports whether a count says that the data is not as before.
func (p *Progress) changedSomething() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, n := range p.counts {
		if n > 0 && !idle[name] {
			return true
		}
	}
	return false
}

// idle are the counts that leave data as it was.
var idle = map[string]bool{"unchanged": true, "seen": true, "fetched": true, "duplicates": true, "rejected": true, "sources": true, "mailboxes": true, "stale": true}
