package audit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"maps"
	"slices"
	"strconv"
)

// The first part of every MAC names what it is for, so that one can never be passed off as another.
const (
	entryDomain = "piper audit entry 1"
	sealDomain  = "piper audit seal 1"
	headDomain  = "piper audit head 1"
)

// put feeds parts to h, each behind its length, so that no two lists of parts feed the same bytes.
func put(h hash.Hash, parts ...string) {
	var n [binary.MaxVarintLen64]byte
	for _, p := range parts {
		h.Write(n[:binary.PutUvarint(n[:], uint64(len(p)))])
		h.Write([]byte(p))
	}
}

func sum(h hash.Hash) string { return base64.RawURLEncoding.EncodeToString(h.Sum(nil)) }

func number(n int64) string { return strconv.FormatInt(n, 10) }

// commit gives e its salt, commitment and mac. Everything else of e is final by now.
func (j *Journal) commit(e *Entry) {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	e.Salt = base64.RawURLEncoding.EncodeToString(salt)
	e.Commitment = commitment(e)
	e.Mac = j.entryMac(e)
}

// commitment is over the values alone.
func commitment(e *Entry) string {
	h := hmac.New(sha256.New, []byte(e.Salt))
	for _, c := range e.Changes {
		put(h, c.Old, c.New)
	}
	return sum(h)
}

// entryMac is over all that stays of e for good: who, when, what, which fields, and the commitment.
func (j *Journal) entryMac(e *Entry) string {
	h := hmac.New(sha256.New, j.key)
	put(h, entryDomain, e.ID, string(e.At), e.By, e.ByName, e.What, e.Collection, e.RecordID,
		number(e.RecordRev), e.Digest, e.Commitment)
	put(h, number(int64(len(e.Changes))))
	for _, c := range e.Changes {
		put(h, c.Field, c.Form)
	}
	put(h, number(int64(len(e.Counts))))
	for _, name := range slices.Sorted(maps.Keys(e.Counts)) {
		t := e.Counts[name]
		put(h, name, number(t.Created), number(t.Updated), number(t.Removed))
	}
	put(h, e.Erases...)
	return sum(h)
}

// sealMac is over a whole seal, the one before it included.
func (j *Journal) sealMac(s *Seal) string {
	h := hmac.New(sha256.New, j.key)
	put(h, sealDomain, number(s.Seq), string(s.At), s.From, s.To, number(s.Total), s.Prev)
	for _, it := range s.Items {
		put(h, it.Entry, it.Mac)
	}
	return sum(h)
}

// headMac keeps a head file from being written by someone who knows the chain but not the key.
func headMac(key []byte, seq int64, mac string) string {
	h := hmac.New(sha256.New, key)
	put(h, headDomain, number(seq), mac)
	return sum(h)
}

// same compares two MACs in constant time.
func same(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }
