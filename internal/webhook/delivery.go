package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"piper/internal/store"
)

// State is where a delivery stands.
type State string

// The states.
const (
	Waiting   State = "waiting"   // to be sent, or sent again
	Delivered State = "delivered" // the address has answered with a 2xx status
	Failed    State = "failed"    // given up
)

// Delivery is one event on its way to one webhook. It holds nothing of the record but its id: what the record
// is like is read when it is sent, so that nothing that was erased since is still sent, or kept here.
type Delivery struct {
	store.Meta
	HookID    string        `json:"hookId"`
	EventID   string        `json:"eventId" doc:"the same for every webhook that is told of the event, and at every attempt"`
	Event     string        `json:"event" enum:"created,changed,removed,restored,merged,test"`
	Noun      string        `json:"noun"`
	RecordID  string        `json:"recordId"`
	RecordRev int64         `json:"recordRev"`
	Into      string        `json:"into,omitempty" doc:"of a merge: the record that is left"`
	At        store.Instant `json:"at"`
	By        string        `json:"by,omitempty" doc:"account id"`
	ByName    string        `json:"byName"`
	State     State         `json:"state" enum:"waiting,delivered,failed"`
	DueAt     store.Instant `json:"dueAt" doc:"when it is sent next"`
	Attempts  int           `json:"attempts" doc:"since it was written or replayed"`
	Tries     []Try         `json:"tries" nullable:"false" doc:"the last attempts"`
}

// Try is one attempt at a delivery.
type Try struct {
	At     store.Instant `json:"at"`
	Millis int64         `json:"millis"`
	Status int           `json:"status,omitempty" doc:"of the answer; absent where none came"`
	Answer string        `json:"answer,omitempty" doc:"the beginning of it, as text"`
	Fault  string        `json:"fault,omitempty" doc:"a sentence, where it was no success"`
}

// OK reports whether the attempt delivered.
func (t Try) OK() bool { return t.Fault == "" }

// How deliveries are tried. With these, the last attempt comes about 33 hours after the first.
const (
	MaxAttempts = 15
	firstDelay  = 30 * time.Second
	longest     = 6 * time.Hour
	claimFor    = 2 * time.Minute     // how long an attempt may take before another may begin
	keepFor     = 30 * 24 * time.Hour // how long deliveries are kept
	maxTries    = 2 * MaxAttempts
	maxAnswer   = 500 // characters
)

// delay is how long to wait after the nth failed attempt: doubling up to a longest time, of which the second
// half is left to chance, so that what failed together does not come back together. chance is in [0, 1).
func delay(n int, chance float64) time.Duration {
	d := longest
	if shift := n - 1; shift < 20 {
		d = min(longest, firstDelay<<max(shift, 0))
	}
	return d/2 + time.Duration(chance*float64(d/2))
}

// message is the body of a delivery.
type message struct {
	EventID string          `json:"eventId"`
	Event   string          `json:"event"`
	Noun    string          `json:"noun,omitempty"`
	ID      string          `json:"id,omitempty"`
	Rev     int64           `json:"rev,omitempty"`
	Into    string          `json:"into,omitempty"`
	At      store.Instant   `json:"at"`
	By      string          `json:"by,omitempty"`
	ByName  string          `json:"byName"`
	Record  json.RawMessage `json:"record,omitempty"`
}

// Body gives what is sent. record is nil where there is none to send.
func (d *Delivery) Body(record any) ([]byte, error) {
	m := message{EventID: d.EventID, Event: d.Event, Noun: d.Noun, ID: d.RecordID, Rev: d.RecordRev, Into: d.Into, At: d.At, By: d.By, ByName: d.ByName}
	if record != nil {
		var err error
		if m.Record, err = json.Marshal(record); err != nil {
			return nil, fmt.Errorf("webhook: encode the record: %w", err)
		}
	}
	return json.Marshal(m)
}

// The headers of a delivery, named and signed as the Standard Webhooks specification has it
// (https://www.standardwebhooks.com), so that its libraries verify them.
const (
	IDHeader        = "Webhook-Id"
	TimeHeader      = "Webhook-Timestamp"
	SignatureHeader = "Webhook-Signature"
)

// secretPrefix stands before the base64 of a secret, as the specification has it.
const secretPrefix = "whsec_"

// Sign gives the signature of a body: "v1," and the base64 of HMAC-SHA256 over id, seconds since 1970 and body,
// joined by full stops. The key is what stands, in base64, behind the prefix of the secret.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		return "", fmt.Errorf("webhook: the secret is not base64: %w", err)
	}
	m := hmac.New(sha256.New, key)
	fmt.Fprintf(m, "%s.%s.", id, strconv.FormatInt(at.Unix(), 10))
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
}

// Text gives the beginning of an answer as text that can be shown and kept: bytes that are none, and control
// characters but line ends and tabs, become U+FFFD.
func Text(answer []byte) string {
	var b strings.Builder
	n := 0
	for len(answer) > 0 && n < maxAnswer {
		r, size := utf8.DecodeRune(answer)
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f {
			r = utf8.RuneError
		}
		b.WriteRune(r)
		answer, n = answer[size:], n+1
	}
	return b.String()
}
