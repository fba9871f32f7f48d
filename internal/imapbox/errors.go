package imapbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"github.com/emersion/go-imap/v2"

	"piper/internal/fault"
)

func unavailable(err error, format string, args ...any) error {
	return fault.Wrap(err, fault.Unavailable, format, args...)
}

// answered tells a refusal by the server, after which the connection still works, from a broken connection.
func answered(err error) bool {
	var refusal *imap.Error
	return errors.As(err, &refusal) && refusal.Type != imap.StatusResponseTypeBye
}

// callerError carries an error of the caller's own function out of an exchange as it is.
type callerError struct{ error }

func (e callerError) Unwrap() error { return e.error }

// explain turns the failure of an exchange into an error for the caller. network is what ended the
// connection, if anything did.
func explain(ctx context.Context, err, network error, what string) error {
	var own callerError
	if errors.As(err, &own) {
		return own.error
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", what, context.Cause(ctx))
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	var refusal *imap.Error
	switch {
	case errors.As(err, &refusal):
		return unavailable(err, "The mail server refused while %s.", what)
	case errors.Is(network, os.ErrDeadlineExceeded):
		return unavailable(err, "The mail server stayed silent while %s.", what)
	case errors.Is(network, errTooMuch):
		return unavailable(err, "The mail server sent far more than it was asked for while %s.", what)
	}
	return unavailable(err, "The connection to the mail server broke while %s.", what)
}

// explainDial turns a failure to connect into a sentence that says what to look at.
func explainDial(ctx context.Context, err error, a Account) error {
	return explainConnect(ctx, err, nil, a)
}

// explainConnect does the same where a connection was made and then broke; network is what ended it.
func explainConnect(ctx context.Context, err, network error, a Account) error {
	if ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("connecting to %s: %w", a.Host, context.Cause(ctx))
	}
	var (
		known    *fault.Error
		dns      *net.DNSError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		notTLS   tls.RecordHeaderError
	)
	port := a.port()
	switch {
	case errors.As(err, &known): // a dialer of the caller's: whatever it refuses, this mailbox cannot be reached
		return unavailable(err, "%s", known.Message)
	case errors.As(err, &dns):
		return unavailable(err, "There is no mail server with the name %s.", a.Host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return unavailable(err, "%s does not accept connections on port %d.", a.Host, port)
	case errors.As(err, &unknown):
		return unavailable(err, "The certificate of %s is not signed by an authority that is trusted here.", a.Host)
	case errors.As(err, &hostname):
		return unavailable(err, "The certificate that %s showed is for another name.", a.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return unavailable(err, "The certificate of %s has expired or is not valid yet.", a.Host)
	case errors.As(err, &invalid):
		return unavailable(err, "The certificate of %s is not valid.", a.Host)
	case errors.As(err, &notTLS):
		return unavailable(err, "%s does not speak TLS on port %d; perhaps it wants STARTTLS.", a.Host, port)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(network, os.ErrDeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return unavailable(err, "%s did not answer on port %d in time.", a.Host, port)
	}
	return unavailable(err, "No connection to the mail server %s on port %d.", a.Host, port)
}
