package mime

import "slices"

// Bounds on one mail, so that a bomb costs little. What is over a bound is cut or left out and named in
// Message.Problems; nothing here makes a mail unreadable.
const (
	maxFields      = 1000      // header fields kept of one part, counting only those Piper reads
	maxValue       = 64 << 10  // bytes of one header field
	maxHeader      = 1 << 20   // bytes of all header fields of one part, counting only those Piper reads
	maxEntry       = 4 << 10   // bytes of one entry of an address list
	maxWord        = 4 << 10   // bytes of one RFC 2047 word
	maxSubject     = 1000      // characters
	maxName        = 200       // characters of a display name or a file name
	maxAddress     = 320       // bytes of one address
	maxAddresses   = 2000      // addresses of one header
	maxReferences  = 100       // Message-IDs of one header: the first and the last 99
	maxMessageID   = 998       // bytes of one Message-ID
	maxDepth       = 20        // multiparts inside multiparts
	maxParts       = 1000      // parts of all multiparts together
	maxAttachments = 500       //
	maxText        = 1 << 20   // bytes of Message.Text
	maxHTML        = 1 << 20   // bytes of HTML before it is sanitised
	maxParams      = 50        // parameters of one Content-Type or Content-Disposition
	maxProblems    = 20        // sentences in Message.Problems
	maxAttachment  = 256 << 20 // bytes that OpenAttachment decodes
)

// problems gathers what was repaired, each sentence once.
type problems struct{ list []string }

func (p *problems) add(sentence string) {
	if len(p.list) < maxProblems && !slices.Contains(p.list, sentence) {
		p.list = append(p.list, sentence)
	}
}
