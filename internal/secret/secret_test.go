package secret_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"piper/internal/secret"
)

func box(t *testing.T, fill byte) *secret.Box {
	t.Helper()
	b, err := secret.New(bytes.Repeat([]byte{fill}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealAndOpen(t *testing.T) {
	b, plain := box(t, 1), []byte("a password")
	one, err := b.Seal(plain)
	if err != nil {
		t.Fatal(err)
	}
	two, err := b.Seal(plain)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(one, two) || bytes.Contains(one, plain) {
		t.Fatal("sealing shows that two texts are equal, or shows the text")
	}
	if got, err := b.Open(one); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%q, %v", got, err)
	}
	for i := range one {
		changed := bytes.Clone(one)
		changed[i] ^= 1
		if _, err := b.Open(changed); err == nil {
			t.Fatalf("a change of byte %d went unseen", i)
		}
	}
	if _, err := box(t, 2).Open(one); err == nil {
		t.Fatal("another key opened it")
	}
	if _, err := b.Open(nil); err == nil {
		t.Fatal("opened nothing")
	}
}

func TestDigest(t *testing.T) {
	a, b := box(t, 1), box(t, 2)
	if again := a.Digest("x"); again != a.Digest("x") || a.Digest("x") == a.Digest("y") || a.Digest("x") == b.Digest("x") {
		t.Fatal("a digest depends on the text and the key and nothing else")
	}
}

func TestLoadKeyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	keys := make([][]byte, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = secret.LoadKey(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if !bytes.Equal(k, keys[0]) || len(k) != secret.KeySize {
			t.Fatal("two processes at their first start have different keys")
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.LoadKey(path); err == nil {
		t.Fatal("a damaged key was taken")
	}
}
