// Package mime turns the bytes of one mail, as they come from the world, into a Message that the rest of
// Piper can trust: valid UTF-8 without NUL, bounded in every direction, HTML that cannot reach out of its
// frame. It repairs what can be repaired and says so in Message.Problems.
//
// # What is unreadable
//
// Parse fails only where there is nothing to stand on: the bytes are empty, or they hold no header field
// at all, or none of the fields that make a mail a mail (From, Sender, Reply-To, To, Cc, Bcc, Date,
// Subject, Message-ID, In-Reply-To, References, Received, Return-Path, Delivered-To, MIME-Version,
// Content-Type). Everything else is parsed: a body that contradicts its headers becomes plain text, and a
// part over a bound is cut or left out, each with a sentence in Problems.
package mime

import "time"

// Address is one mailbox of a header. Address is lower-case "local@domain", the local part in quotes
// only where it needs them; a domain keeps the form it was written in (IDN in UTF-8 or as xn--). An entry in
// which no address could be found is left out.
type Address struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
}

// Attachment is one part that is not the text of the mail. Index is stable for the same bytes, so that
// OpenAttachment finds the part again.
type Attachment struct {
	Index     int    `json:"index"`
	Name      string `json:"name"`                // never empty, no path separators
	Type      string `json:"type"`                // lower-case media type
	Size      int64  `json:"size"`                // decoded bytes
	Hash      string `json:"hash"`                // SHA-256 of the decoded bytes, hex
	Inline    bool   `json:"inline,omitempty"`    // shown inside the HTML rather than beside it
	ContentID string `json:"contentId,omitempty"` // without <>
}

// Message is what Piper knows of one mail.
type Message struct {
	MessageID     string // without <>, "" when missing
	InReplyTo     []string
	References    []string // oldest first, without repetition
	Subject       string
	Date          time.Time // UTC, zero when the header is missing or senseless
	From          []Address
	Sender        []Address
	ReplyTo       []Address
	To            []Address
	Cc            []Address
	Bcc           []Address
	Text          string // plain text; made from the HTML where there is nothing else
	HTML          string // sanitised, remote content blocked; "" when the mail has none
	Attachments   []Attachment
	Size          int64    // bytes parsed
	ContentHash   string   // hex; the same for copies of one mail, whatever way they came
	Problems      []string // what was repaired, each a sentence for a person
	AutoSubmitted bool     // sent by a machine in answer to a mail, or in bulk by a list
	HeadersOnly   bool     // made by ParseHeaders
}
