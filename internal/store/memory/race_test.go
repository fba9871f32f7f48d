//go:build race

package memory_test

// underRace asks for the short suite: the race detector makes everything some ten times slower.
const underRace = true
