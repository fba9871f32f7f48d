//go:build !race

package mail

// underRace: the race detector makes a run some ten times as slow.
const underRace = false
