package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"github.com/alexedwards/argon2id"
)

// TokenPrefix begins every API token, so that people and secret scanners recognise one.
const TokenPrefix = "piper_"

// OWASP is the default cost of a password hash: 19 MB, two passes, about 60 ms.
var OWASP = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// newSecret gives 256 random bits as text.
func newSecret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// digest is what is kept of a secret. The secrets are random, so no salt or slow hash is needed.
type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

func (d digest) String() string { return base64.RawURLEncoding.EncodeToString(d[:]) }

func isToken(secret string) bool { return strings.HasPrefix(secret, TokenPrefix) }

// passwords hashes and checks passwords, as many at a time as there are processors: each takes
// Params.Memory, and a crowd at the door must not take all there is.
type passwords struct {
	params *argon2id.Params
	slots  chan struct{}
	nobody string // a hash that no password has, at the same cost as a real one
}

func newPasswords(params *argon2id.Params) *passwords {
	salt, key := make([]byte, params.SaltLength), make([]byte, params.KeyLength)
	rand.Read(salt) // never fails
	rand.Read(key)
	nobody := fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", params.Memory, params.Iterations, params.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
	return &passwords{params: params, slots: make(chan struct{}, runtime.NumCPU()), nobody: nobody}
}

func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	hash, err := argon2id.CreateHash(password, p.params)
	if err != nil {
		return "", fmt.Errorf("account: hash a password: %w", err)
	}
	return hash, nil
}

// match compares in constant time. An empty hash stands for nobody's: it takes as long and never matches.
func (p *passwords) match(ctx context.Context, password, hash string) (bool, error) {
	if hash == "" {
		hash = p.nobody
	}
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("account: check a password: %w", err)
	}
	return ok, nil
}

func (p *passwords) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *passwords) leave() { <-p.slots }
