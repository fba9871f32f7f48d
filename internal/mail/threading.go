package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"piper/internal/mail/mime"
	"piper/internal/store"
)

// Threading follows JWZ without joining by subject, in the form that does not depend on the order of
// arrival: every message ties its own Message-ID to the ones it refers to, and a thread is what is tied
// together. Ids that are only referred to are remembered, so that a message that arrives after its
// answers, or never, still holds them together.
//
// JWZ builds a tree and leaves out a link that would contradict an earlier one; which link came earlier
// is chance. Taking every link gives the same threads for the same messages, loops and cut-off
// References included: no link can point the wrong way, because links have no direction here.

// Key is a Message-ID that some message has or refers to, and the thread it belongs to. Its id is made
// of the Message-ID, so that looking up a batch of them is one query.
type Key struct {
	store.Meta
	ThreadID   string   `json:"threadId"`
	MessageIDs []string `json:"messages,omitempty"` // Message.ID of the messages that have it; mostly one, none where it is only referred to
}

// keyID makes the id of a Key from a Message-ID.
func keyID(messageID string) string {
	sum := sha256.Sum256([]byte(messageID))
	return "m" + hex.EncodeToString(sum[:16])
}

// identity gives the id of a message's own Key: from its Message-ID, from its content where it has none.
func identity(m *mime.Message) string {
	if m.MessageID != "" {
		return keyID(m.MessageID)
	}
	return "c" + m.ContentHash
}

// references gives the Message-IDs that m refers to, oldest first: References, then the first of
// In-Reply-To. Addresses are left out (old programs wrote "Message from Ann <ann@example.org> of Monday"
// and all answers to Ann would become one thread), and so is the message itself.
func references(m *mime.Message) []string {
	people := map[string]bool{}
	for _, list := range [][]mime.Address{m.From, m.Sender, m.ReplyTo, m.To, m.Cc, m.Bcc} {
		for _, a := range list {
			people[a.Address] = true
		}
	}
	refs := make([]string, 0, len(m.References)+1)
	take := func(id string) bool {
		if id == "" || id == m.MessageID || people[strings.ToLower(id)] || slices.Contains(refs, id) {
			return false
		}
		refs = append(refs, id)
		return true
	}
	for _, id := range m.References {
		take(id)
	}
	for _, id := range m.InReplyTo {
		if slices.Contains(refs, id) || take(id) {
			break
		}
	}
	return refs
}
