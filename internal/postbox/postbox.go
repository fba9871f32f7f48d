// Package postbox hands mails to an SMTP server. It is the only package that imports go-mail, and knows
// no noun.
package postbox

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"

	mail "github.com/wneessen/go-mail"

	"piper/internal/fault"
)

// The ways to speak to a server.
const (
	StartTLS = "starttls" // in the clear first, encrypted before anything that matters
	TLS      = "tls"      // encrypted from the beginning
	Plain    = "off"      // never encrypted: for a server on the same machine
)

// Options are the server and how to sign in to it.
type Options struct {
	Host     string
	Port     int
	TLS      string // one of the ways above
	User     string // "": without signing in
	Password string
	From     string        // an address, with a name before it if wanted: Piper <piper@example.org>
	Timeout  time.Duration // for each step of the conversation; 0: 30 s
}

// Mail is a plain text to one person.
type Mail struct {
	ID      string // becomes the Message-ID, before @ and the sender's domain
	To      string // an address
	Name    string // of the addressee
	Subject string
	Text    string
}

// Fate says what became of a mail that Send has returned an error for.
type Fate int

// The fates.
const (
	NotSent Fate = iota // the server has not taken it and may do so later
	Refused             // the server has not taken it and says that it never will
	Unknown             // the connection broke before the server had answered for the whole mail
)

// Error is a mail that has not gone out, or perhaps has.
type Error struct {
	Fate Fate
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// FateOf gives what became of the mail of an error of Send.
func FateOf(err error) Fate {
	var e *Error
	if errors.As(err, &e) {
		return e.Fate
	}
	return NotSent
}

// Box sends mail by one server.
type Box struct {
	opts   Options
	client []mail.Option
	domain string // of the sender
}

// New checks the options. Nothing is connected yet.
func New(o Options) (*Box, error) {
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	opts := []mail.Option{mail.WithPort(o.Port), mail.WithTimeout(o.Timeout), mail.WithoutNoop()}
	switch o.TLS {
	case TLS:
		opts = append(opts, mail.WithSSL())
	case Plain:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	case StartTLS:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		return nil, fault.New(fault.Invalid, "Mail is sent by %s, %s or %s, not by %q.", StartTLS, TLS, Plain, o.TLS)
	}
	if o.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if o.TLS == Plain {
			auth = mail.SMTPAuthPlainNoEnc
		}
		opts = append(opts, mail.WithSMTPAuth(auth), mail.WithUsername(o.User), mail.WithPassword(o.Password))
	}
	sender, err := netmail.ParseAddress(o.From)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "%q is not an address to send from.", o.From)
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	if _, err := mail.NewClient(o.Host, opts...); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "The mail server %q cannot be used.", o.Host)
	}
	return &Box{o, opts, domain}, nil
}

// Send hands one mail over, on a connection of its own. It returns nil only when the server has taken
// the whole mail; every other end is an *Error.
func (b *Box) Send(ctx context.Context, m Mail) error {
	msg, err := b.message(m)
	if err != nil {
		return &Error{Refused, err}
	}
	client, err := mail.NewClient(b.opts.Host, b.client...)
	if err != nil {
		return &Error{NotSent, err}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // what goes wrong after the server has taken it is no matter
		return nil
	}
	return &Error{fate(err), fmt.Errorf("mail to %s: %w", m.To, err)}
}

// fate reads the error of a delivery.
func fate(err error) Fate {
	var failed *mail.SendError
	if !errors.As(err, &failed) {
		return NotSent // there was no conversation, or it ended before the mail
	}
	code := failed.ErrorCode()
	var reply *textproto.Error
	if code == 0 && errors.As(err, &reply) {
		code = reply.Code
	}
	switch {
	case code >= 500 && (failed.Reason == mail.ErrSMTPRcptTo || failed.Reason == mail.ErrSMTPDataClose):
		return Refused // this mail or its addressee; an objection to the sender is the operator's to mend
	case code == 0 && failed.Reason == mail.ErrSMTPDataClose:
		return Unknown // all of it was written, and no answer came
	}
	return NotSent
}

func (b *Box) message(m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := msg.From(b.opts.From); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return nil, fmt.Errorf("addressee: %w", err)
	}
	msg.SetMessageIDWithValue(m.ID + "@" + b.domain)
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office answers
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return msg, nil
}
