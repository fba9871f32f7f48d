package main

import (
	"os"
	"runtime"
	"runtime/debug"
	measures "runtime/metrics"
)

// Settings of the garbage collector. What Piper holds is small (some 10 MB: the data is in the file), and what
// a request needs is soon garbage. At Go's standard a collection would begin after every few lists; so it
// begins at five times what is held, as long as that stays below a bound, and at twice what is held at the
// latest: an import of a million lines holds more than any bound, and would do nothing but collect to get
// below it.
const (
	gcBound  = 160 << 20 // bytes
	gcAtMost = 400       // percent of what is held that may come to it before the next collection
	gcLeast  = 100
)

// tuneCollector sets the garbage collector anew after each collection, unless GOGC or GOMEMLIMIT say otherwise.
func tuneCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(gcAtMost)
	afterCollection()
}

// afterCollection is called by the collection that finds what the last one has left behind.
func afterCollection() {
	held := []measures.Sample{{Name: "/gc/heap/live:bytes"}}
	measures.Read(held)
	debug.SetGCPercent(gcPercent(held[0].Value.Uint64()))
	left := new([64]byte)
	runtime.AddCleanup(left, func(int) { afterCollection() }, 0)
}

// gcPercent gives by how much memory may grow when so many bytes of it are held.
func gcPercent(held uint64) int {
	if held == 0 {
		return gcAtMost
	}
	return int(min(gcAtMost, max(gcLeast, (gcBound-min(gcBound, float64(held)))/float64(held)*100)))
}
