package imapbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"piper/internal/fault"
)

// defaultTimeout is the longest silence that is borne where the account says nothing.
const defaultTimeout = time.Minute

// Dial connects and signs in. Every failure is fault.Unavailable with a sentence that says what to look at:
// the name, the port, the certificate, or the password.
func Dial(ctx context.Context, a Account) (*Client, error) {
	silence := a.Timeout
	if silence <= 0 {
		silence = defaultTimeout
	}
	// Until it is signed in the server gets one silence for everything.
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	security, err := a.tlsConfig()
	if err != nil {
		return nil, err
	}
	dial := a.Dial
	if dial == nil {
		dial = guardedDial(a.AllowPrivate)
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(a.Host, strconv.Itoa(a.port())))
	if err != nil {
		return nil, explainDial(ctx, err, a)
	}
	c := &Client{conn: watch(conn, silence)}
	if err := c.greet(ctx, a, security); err != nil {
		c.conn.Close()
		return nil, err
	}
	return c, nil
}

// greet secures the connection, waits for the greeting and signs in.
func (c *Client) greet(ctx context.Context, a Account, security *tls.Config) error {
	c.conn.begin(answerBudget)
	defer c.conn.end()
	stop := context.AfterFunc(ctx, func() { c.conn.Close() })
	defer stop()
	switch a.TLS {
	case "on":
		secure := tls.Client(c.conn, security)
		if err := secure.HandshakeContext(ctx); err != nil {
			return explainConnect(ctx, err, c.conn.failure(), a)
		}
		c.imap = imapclient.New(secure, nil)
	case "starttls":
		client, err := startTLS(ctx, c.conn, security)
		if answered(err) {
			return unavailable(err, "%s does not offer STARTTLS on port %d.", a.Host, a.port())
		}
		if err != nil {
			return explainConnect(ctx, err, c.conn.failure(), a)
		}
		c.imap = client
	default:
		c.imap = imapclient.New(c.conn, nil)
	}
	if err := c.imap.WaitGreeting(); err != nil {
		// Where the network did not fail, the server said BYE or something that is not IMAP; go-imap does not
		// reliably tell which.
		if ctx.Err() == nil && c.conn.failure() == nil {
			return unavailable(err, "%s turned the connection away, or is no IMAP server.", a.Host)
		}
		return explainConnect(ctx, err, c.conn.failure(), a)
	}
	return c.signIn(ctx, a)
}

// startTLS upgrades in a goroutine of its own, because go-imap waits for ever for a server that agrees and
// then goes away.
func startTLS(ctx context.Context, conn net.Conn, security *tls.Config) (*imapclient.Client, error) {
	type result struct {
		client *imapclient.Client
		err    error
	}
	done := make(chan result, 1)
	go func() {
		client, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: security})
		done <- result{client, err}
	}()
	select {
	case r := <-done:
		return r.client, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (c *Client) signIn(ctx context.Context, a Account) error {
	if c.imap.State() == imap.ConnStateAuthenticated { // PREAUTH
		return nil
	}
	var err error
	switch caps := c.imap.Caps(); {
	case a.XOAUTH2Token != nil:
		token, tokenErr := a.XOAUTH2Token(ctx)
		if tokenErr != nil {
			return unavailable(tokenErr, "No access token for %s could be had.", a.User)
		}
		err = c.imap.Authenticate(&xoauth2{user: a.User, token: token})
	case caps.Has(imap.AuthCap(sasl.Plain)):
		err = c.imap.Authenticate(sasl.NewPlainClient("", a.User, a.Password))
	case caps.Has(imap.CapLoginDisabled):
		return unavailable(nil, "%s does not take passwords over an unprotected connection; switch TLS on.", a.Host)
	default:
		err = c.imap.Login(a.User, a.Password).Wait()
	}
	if answered(err) {
		return unavailable(err, "%s did not accept the sign-in of %s.", a.Host, a.User)
	}
	if err != nil {
		return explainConnect(ctx, err, c.conn.failure(), a)
	}
	return nil
}

func (a Account) port() int {
	switch {
	case a.Port > 0:
		return a.Port
	case a.TLS == "on":
		return 993
	}
	return 143
}

func (a Account) tlsConfig() (*tls.Config, error) {
	switch a.TLS {
	case "on", "starttls", "off":
	default:
		return nil, fault.Field("tls", "must be on, starttls or off")
	}
	config := &tls.Config{ServerName: a.Host, MinVersion: tls.VersionTLS12}
	if len(a.CAPEM) > 0 {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(a.CAPEM) {
			return nil, fault.Field("caPem", "holds no certificate in PEM form")
		}
	}
	return config, nil
}

// guardedDial dials, and looks at each address after the name was resolved, so that a name cannot lead to a
// private address on its second lookup.
func guardedDial(allowPrivate bool) func(ctx context.Context, network, addr string) (net.Conn, error) {
	d := &net.Dialer{}
	if !allowPrivate {
		d.Control = func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() || sharedSpace.Contains(ip) {
				return fault.New(fault.Unavailable, "The mail server is at a private address, and those are not allowed here.")
			}
			return nil
		}
	}
	return d.DialContext
}

// sharedSpace is carrier-grade NAT, RFC 6598, which Go does not count as private.
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")
