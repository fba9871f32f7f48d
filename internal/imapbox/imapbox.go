// Package imapbox reads IMAP mailboxes and never changes them: folders are examined, bodies are peeked at.
// It is the only package that knows go-imap.
//
// Every method honours its context by closing the connection, after which the client is of no more use; the
// error then wraps the context's. Every other failure of the network or the server is fault.Unavailable with
// a sentence for the person who set the mailbox up.
package imapbox

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
)

// Account says how one mailbox is reached.
type Account struct {
	Host     string
	Port     int    // 0: 993 with TLS on, 143 otherwise
	TLS      string // "on", "starttls" or "off"
	CAPEM    []byte // certificates to trust instead of the system's; nil for the system's
	User     string
	Password string
	// XOAUTH2Token gives a fresh access token; nil signs in with Password.
	XOAUTH2Token func(ctx context.Context) (string, error)
	Timeout      time.Duration // longest silence of the server that is borne; 0: one minute
	AllowPrivate bool          // whether loopback and private addresses may be dialled; used where Dial is nil
	// Dial connects; nil: a dialer that refuses private addresses unless AllowPrivate.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Folder is the state of a folder at the moment it was opened.
type Folder struct {
	UIDValidity uint32
	UIDNext     uint32 // 0 where the server does not tell
	Messages    uint32
}

// Raw is one message as the server gave it.
type Raw struct {
	UID          uint32
	InternalDate time.Time
	Size         int64  // of the whole message on the server
	Body         []byte // the message, or its headers; the receiver owns it
	HeadersOnly  bool   // the message is over the bound, so Body ends with its headers
}

// Client is one signed-in connection. It is not safe for concurrent use.
type Client struct {
	imap     *imapclient.Client
	conn     *watched
	broken   atomic.Bool
	messages uint32 // in the open folder
}

// answerBudget bounds the answers that are not messages, in bytes; perUID is added for each message of the
// folder where UIDs are listed.
const (
	answerBudget = 2 << 20
	perUID       = 24
)

// run does one exchange with the server under ctx. what says, for the error, what was being done.
func (c *Client) run(ctx context.Context, what string, budget int64, do func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.broken.Load() {
		return unavailable(nil, "The connection to the mail server is closed.")
	}
	c.conn.begin(budget)
	stop := context.AfterFunc(ctx, func() {
		c.broken.Store(true)
		c.conn.Close()
	})
	err := do()
	stop()
	c.conn.end()
	if err == nil && ctx.Err() == nil {
		return nil
	}
	var own callerError
	if ctx.Err() != nil || !answered(err) && !errors.As(err, &own) {
		c.broken.Store(true)
		c.conn.Close()
	}
	return explain(ctx, err, c.conn.failure(), what)
}

// Close signs out, waiting at most two seconds for the server to agree, and closes the connection.
func (c *Client) Close() error {
	if c.broken.Swap(true) {
		c.imap.Close()
		return nil
	}
	timer := time.AfterFunc(2*time.Second, func() { c.conn.Close() })
	c.conn.begin(answerBudget)
	c.imap.Logout().Wait() // whether the server agrees makes no difference
	timer.Stop()
	c.imap.Close() // nor does an error of a connection that is given up
	return nil
}
