package mail

// Secrets keeps what must not be readable in the store. Its keys lie outside the store. secret.Box is one.
type Secrets interface {
	// Seal encrypts; sealing the same bytes twice gives different results.
	Seal(plain []byte) ([]byte, error)
	// Open decrypts what Seal gave, and fails where a byte of it was changed.
	Open(sealed []byte) ([]byte, error)
	// Digest gives a keyed hash, the same for the same text, from which nobody without the key learns it.
	Digest(text string) string
}
