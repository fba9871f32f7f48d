package mail

import (
	"context"
	"encoding/pem"
	"net/url"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Auth says how Piper signs in to a mailbox.
type Auth string

// The ways to sign in.
const (
	AuthPassword Auth = "password"
	AuthXOAuth2  Auth = "xoauth2" // an access token, got by a refresh token from TokenURL
)

// Mailbox is the settings of one IMAP account that Piper reads. What it signs in with lies apart, in its
// Credentials.
type Mailbox struct {
	store.Meta
	OwnerID   string   `json:"ownerId"`
	Name      string   `json:"name"`
	Host      string   `json:"host"`
	Port      int      `json:"port"`
	TLS       string   `json:"tls"`             // on, starttls, off
	CAPEM     string   `json:"caPem,omitempty"` // trust these certificates instead of the system's
	User      string   `json:"user"`
	Addresses []string `json:"addresses"` // the owner's own; they count for nobody
	Auth      Auth     `json:"auth"`
	TokenURL  string   `json:"tokenUrl,omitempty"`
	ClientID  string   `json:"clientId,omitempty"`
	Scopes    []string `json:"scopes,omitempty"`
	Folders   []string `json:"folders"` // nothing else is read
	Enabled   bool     `json:"enabled"`

	PasswordSetAt store.Instant `json:"passwordSetAt"` // when somebody last wrote a password or connected it

	draft *Credentials // of a mailbox that is not saved
}

// Credentials is what Piper signs in to a mailbox with, sealed. They lie beside the settings (same id) and
// outside the audit journal, which keeps what it is given: that they were set is told by PasswordSetAt.
type Credentials struct {
	store.Meta
	Password []byte `json:"password"`         // or refresh token
	Client   []byte `json:"client,omitempty"` // the OAuth client's secret, where its provider gives it one
}

// own reports the owner's addresses as a set.
func (m *Mailbox) own() map[string]bool {
	own := map[string]bool{}
	for _, a := range m.Addresses {
		own[a] = true
	}
	if strings.Contains(m.User, "@") {
		own[strings.ToLower(m.User)] = true
	}
	return own
}

// MailboxInput is what a person says about a mailbox. An empty Password or ClientSecret keeps the stored one.
type MailboxInput struct {
	OwnerID, Name, Host string
	Port                int
	TLS, CAPEM, User    string
	Addresses           []string
	Auth                Auth
	Password            string // refresh token where Auth is xoauth2
	TokenURL, ClientID  string
	ClientSecret        string
	Scopes, Folders     []string
	Enabled             bool
}

// onto checks the input and puts it onto a mailbox and its credentials.
func (in MailboxInput) onto(m *Mailbox, c *Credentials, secrets Secrets, now store.Instant) error {
	in.tidy()
	if err := in.check(c.Password != nil); err != nil {
		return err
	}
	m.OwnerID, m.Name, m.Host, m.Port, m.TLS, m.CAPEM = in.OwnerID, in.Name, in.Host, in.Port, in.TLS, in.CAPEM
	m.User, m.Addresses, m.Auth, m.TokenURL, m.ClientID = in.User, in.Addresses, in.Auth, in.TokenURL, in.ClientID
	m.Scopes, m.Folders, m.Enabled = in.Scopes, in.Folders, in.Enabled
	for _, s := range []struct {
		plain  string
		sealed *[]byte
	}{{in.Password, &c.Password}, {in.ClientSecret, &c.Client}} {
		if s.plain == "" {
			continue
		}
		sealed, err := secrets.Seal([]byte(s.plain))
		if err != nil {
			return fault.Wrap(err, fault.Internal, "The password could not be encrypted.")
		}
		*s.sealed, m.PasswordSetAt = sealed, now
	}
	return nil
}

// tidy trims what people type and fills in what is usual.
func (in *MailboxInput) tidy() {
	for _, s := range []*string{&in.Name, &in.Host, &in.User, &in.TokenURL, &in.ClientID, &in.CAPEM} {
		*s = strings.TrimSpace(*s)
	}
	if in.TLS == "" {
		in.TLS = "on"
	}
	if in.Port == 0 {
		in.Port = 143
		if in.TLS == "on" {
			in.Port = 993
		}
	}
	if in.Auth == "" {
		in.Auth = AuthPassword
	}
	if in.Name == "" {
		in.Name = in.User
	}
	folders := []string{}
	for _, f := range in.Folders {
		if f = strings.TrimSpace(f); strings.EqualFold(f, "inbox") {
			f = "INBOX"
		}
		if f != "" && !slices.Contains(folders, f) {
			folders = append(folders, f)
		}
	}
	in.Folders = folders
	addresses := []string{}
	for _, a := range in.Addresses {
		addresses = append(addresses, strings.ToLower(strings.TrimSpace(a)))
	}
	in.Addresses = notNil(set(addresses))
}

// check refuses settings that cannot work.
func (in *MailboxInput) check(hasSecret bool) error {
	var c fault.Checks
	c.Require(in.OwnerID != "", "ownerId", "Say whose mailbox this is.")
	c.Require(in.Host != "" && !strings.ContainsAny(in.Host, "/ @"), "host", "Write the name of the IMAP server, like imap.example.org.")
	c.Require(in.Port > 0 && in.Port < 65536, "port", "A port is a number from 1 to 65535; IMAP has 993 or 143.")
	c.Require(slices.Contains([]string{"on", "starttls", "off"}, in.TLS), "tls", "Choose on, starttls or off.")
	c.Require(in.User != "", "user", "Write the name to sign in with; mostly the address.")
	c.Require(in.Password != "" || hasSecret, "password", "A password is needed to sign in.")
	c.Require(len(in.Folders) > 0, "folders", "Name at least one folder; no other is read.")
	c.Require(len(in.Folders) <= 200, "folders", "There can be no more than 200 folders.")
	for _, a := range in.Addresses {
		c.Require(strings.Count(a, "@") == 1, "addresses", "%q is not an e-mail address.", a)
	}
	if in.CAPEM != "" {
		block, _ := pem.Decode([]byte(in.CAPEM))
		c.Require(block != nil && block.Type == "CERTIFICATE", "caPem", "This is not a certificate in PEM form.")
	}
	c.Require(in.Auth == AuthPassword || in.Auth == AuthXOAuth2, "auth", "Choose password or xoauth2.")
	if in.Auth == AuthXOAuth2 {
		u, err := url.Parse(in.TokenURL)
		c.Require(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "tokenUrl", "Write the address at which the provider gives tokens.")
		c.Require(in.ClientID != "", "clientId", "The provider's client id is needed.")
	}
	return c.Err()
}

// ownedBy limits mailboxes to those whose settings the reader of ctx may see: their own, and all of them
// for administrators and Piper itself.
func ownedBy(ctx context.Context) (filter.Expr, error) {
	r := access.From(ctx)
	switch {
	case r.System() || r.May(access.AdminRead):
		return nil, nil
	case !r.May(access.MailRead):
		return nil, access.Require(ctx, access.MailRead)
	}
	return filter.Eq{Field: "ownerId", Value: r.AccountID}, nil
}

// Mailboxes lists the mailboxes whose settings the reader may see, by name.
func (r *Repo) Mailboxes(ctx context.Context) ([]*Mailbox, error) {
	where, err := ownedBy(ctx)
	if err != nil {
		return nil, err
	}
	return r.mailboxes.Find(ctx, where, []driver.Key{{Path: "name"}}, 0)
}

// Mailbox gives one of them, NotFound where the reader may not see it.
func (r *Repo) Mailbox(ctx context.Context, id string) (*Mailbox, error) {
	where, err := ownedBy(ctx)
	if err != nil {
		return nil, err
	}
	return r.mailboxes.First(ctx, filter.And{filter.Eq{Field: "id", Value: id}, where})
}

// mayOwn refuses to set up or change a mailbox of somebody else without the right to.
func mayOwn(ctx context.Context, ownerID string) error {
	r := access.From(ctx)
	if r.System() || r.May(access.AdminWrite) || r.AccountID == ownerID && r.May(access.MailWrite) {
		return nil
	}
	return fault.New(fault.Forbidden, "Only an administrator sets up a mailbox for somebody else.")
}

// CreateMailbox adds a mailbox. An empty OwnerID means the reader.
func (r *Repo) CreateMailbox(ctx context.Context, in MailboxInput) (*Mailbox, error) {
	if in.OwnerID == "" {
		in.OwnerID = access.From(ctx).AccountID
	}
	if err := mayOwn(ctx, in.OwnerID); err != nil {
		return nil, err
	}
	m, c := &Mailbox{}, &Credentials{}
	if err := in.onto(m, c, r.secrets, r.db.Now()); err != nil {
		return nil, err
	}
	return m, r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.mailboxes.Create(ctx, m); err != nil {
			return err
		}
		c.ID = m.ID
		if err := r.credentials.Create(ctx, c); err != nil {
			return err
		}
		state := &MailboxState{Folders: []FolderState{}}
		state.ID = m.ID
		return r.states.Create(ctx, state)
	})
}

// UpdateMailbox changes revision rev. The owner stays: what the mailbox has brought is that person's.
func (r *Repo) UpdateMailbox(ctx context.Context, id string, rev int64, in MailboxInput) (*Mailbox, error) {
	m, err := r.Mailbox(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := mayOwn(ctx, m.OwnerID); err != nil {
		return nil, err
	}
	if in.OwnerID != "" && in.OwnerID != m.OwnerID {
		return nil, fault.Field("ownerId", "A mailbox cannot change hands, because its messages would.")
	}
	in.OwnerID = m.OwnerID
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.credentials.Update(ctx, id, func(c *Credentials) error {
			_, err = r.mailboxes.UpdateAt(ctx, id, rev, func(m *Mailbox) error {
				if m.Host != strings.TrimSpace(in.Host) && in.Password == "" {
					return fault.Field("password", "Write the password again, so that it is not sent to a server it was not meant for.")
				}
				return in.onto(m, c, r.secrets, r.db.Now())
			})
			return err
		})
		return err
	})
	return m, err
}

// DeleteMailbox forgets a mailbox: its settings, its password and the account of what was not kept. The
// messages that were kept stay with their owner.
func (r *Repo) DeleteMailbox(ctx context.Context, id string, rev int64) error {
	m, err := r.Mailbox(ctx, id)
	if err != nil {
		return err
	}
	if err := mayOwn(ctx, m.OwnerID); err != nil {
		return err
	}
	if m.Rev != rev {
		return fault.New(fault.Stale, "The mailbox has changed since you read it.")
	}
	// Switched off first, so that no run writes what is being removed.
	if _, err := r.mailboxes.UpdateAt(ctx, id, rev, func(m *Mailbox) error { m.Enabled = false; return nil }); err != nil {
		return err
	}
	if err := r.dropAside(ctx, filter.Eq{Field: "mailboxId", Value: id}); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.states.Delete(ctx, id); err != nil {
			return err
		}
		if err := r.credentials.Delete(ctx, id); err != nil {
			return err
		}
		return r.mailboxes.Delete(ctx, id)
	})
}

// Secret opens a mailbox's password or refresh token, and the OAuth client's secret. Only what signs in
// to the server calls it.
func (r *Repo) Secret(ctx context.Context, m *Mailbox) (password, client string, err error) {
	c := m.draft
	if c == nil {
		if c, err = r.credentials.Get(ctx, m.ID); err != nil {
			return "", "", err
		}
	}
	plain, err := r.secrets.Open(c.Password)
	if err != nil {
		return "", "", fault.Wrap(err, fault.Unavailable, "The password of the mailbox %s cannot be decrypted; was Piper's key file changed? Write it again.", m.Name)
	}
	if c.Client == nil {
		return string(plain), "", nil
	}
	secret, err := r.secrets.Open(c.Client)
	if err != nil {
		return "", "", fault.Wrap(err, fault.Unavailable, "The client secret of the mailbox %s cannot be decrypted; write it again.", m.Name)
	}
	return string(plain), string(secret), nil
}

// RotateSecret keeps a refresh token that the provider has given in place of the old one.
func (r *Repo) RotateSecret(ctx context.Context, id, token string) error {
	sealed, err := r.secrets.Seal([]byte(token))
	if err != nil {
		return fault.Wrap(err, fault.Internal, "The new token could not be encrypted.")
	}
	_, err = r.credentials.Update(ctx, id, func(c *Credentials) error { c.Password = sealed; return nil })
	return err
}
