// Package secret keeps what must not lie open in the store: it encrypts passwords and bytes, and makes
// keyed hashes of addresses. Its key lives outside the store.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// Box seals and opens with one key.
type Box struct {
	aead    cipher.AEAD
	hashKey []byte
}

// New makes a box of a key of KeySize bytes.
func New(key []byte) (*Box, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("a key has %d bytes, not %d", KeySize, len(key))
	}
	sealing, err := hkdf.Key(sha256.New, key, nil, "piper seal", KeySize)
	if err != nil {
		return nil, err
	}
	hashing, err := hkdf.Key(sha256.New, key, nil, "piper keyed hash", KeySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &Box{aead: aead, hashKey: hashing}, err
}

// Seal encrypts and authenticates plain (AES-256-GCM); every call gives other bytes.
func (b *Box) Seal(plain []byte) ([]byte, error) {
	nonce := make([]byte, b.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return b.aead.Seal(nonce, nonce, plain, nil), nil
}

// Open gives back what was sealed. It fails where the text was changed or sealed with another key.
func (b *Box) Open(sealed []byte) ([]byte, error) {
	n := b.aead.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("this was never sealed")
	}
	plain, err := b.aead.Open(nil, sealed[:n], sealed[n:], nil)
	if err != nil {
		return nil, errors.New("this was sealed with another key, or changed")
	}
	return plain, nil
}

// Digest gives a keyed hash of text (HMAC-SHA256, hex): equal for equal texts, and of no use to somebody
// who has the store but not the key.
func (b *Box) Digest(text string) string {
	m := hmac.New(sha256.New, b.hashKey)
	m.Write([]byte(text))
	return hex.EncodeToString(m.Sum(nil))
}

// LoadKey reads the key file at path, or makes it (mode 0600) where there is none. Two processes that
// start at once end up with the same key.
func LoadKey(path string) ([]byte, error) {
	for range 2 {
		text, err := os.ReadFile(path)
		if err == nil {
			key, err := hex.DecodeString(string(text))
			if err != nil || len(key) != KeySize {
				return nil, fmt.Errorf("the key file %s is damaged", path)
			}
			return key, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err := makeKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the key file %s could not be made", path)
}

// makeKey writes a whole key beside path and links it there, so that nobody ever reads a part of one.
func makeKey(path string) error {
	key := make([]byte, KeySize)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(hex.EncodeToString(key))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
