package main

import "testing"

// Up to a bound much may be added to what is held, beyond it as much again.
func TestGCPercent(t *testing.T) {
	for held, want := range map[uint64]int{0: 400, 10 << 20: 400, 32 << 20: 400, 64 << 20: 150, 80 << 20: 100, 160 << 20: 100, 2 << 30: 100} {
		if got := gcPercent(held); got != want {
			t.Errorf("%d MB held: %d %%, want %d", held>>20, got, want)
		}
	}
}
