// Package account knows who may use Piper: accounts, the sessions and tokens that they sign in with,
// and how many attempts anybody has.
package account

import (
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// Account is a person who uses Piper. It is stored as it is and never sent to anybody: the web layer
// has its own shape, without the hash.
type Account struct {
	store.Meta
	Email        string      `json:"email"` // lower case, unique for good
	Name         string      `json:"name"`
	Role         access.Role `json:"role"`
	Closed       bool        `json:"closed"`             // may not sign in; the name stays on what the person did
	NoDigest     bool        `json:"noDigest,omitempty"` // wants no daily mail
	PasswordHash string      `json:"passwordHash"`
	// Epoch is carried by every session; raising it ends all of them at once, in every process.
	Epoch int64 `json:"epoch"`
}

// Reader is the account as it acts, and as Piper reads on its behalf.
func (a *Account) Reader() access.Reader {
	return access.Reader{AccountID: a.ID, Name: a.Name, Role: a.Role}
}

// Bounds of what people may enter, in bytes unless said otherwise.
const (
	maxEmail    = 254
	maxName     = 200
	minPassword = 8 // characters, as NIST SP 800-63B asks
	maxPassword = 1024
)

// New is what an account is made of.
type New struct {
	Email    string
	Name     string
	Role     access.Role
	Password string
}

func (n *New) check() error {
	var c fault.Checks
	email, ok := NormalEmail(n.Email)
	c.Require(ok, "email", "This is not an e-mail address.")
	n.Email, n.Name = email, strings.TrimSpace(n.Name)
	checkName(&c, n.Name)
	checkRole(&c, n.Role)
	checkPassword(&c, "password", n.Password)
	return c.Err()
}

// Edit is what an administrator may change about an account.
type Edit struct {
	Name     string
	Role     access.Role
	Closed   bool
	Password string // "" = stays
}

func (e *Edit) check() error {
	var c fault.Checks
	e.Name = strings.TrimSpace(e.Name)
	checkName(&c, e.Name)
	checkRole(&c, e.Role)
	if e.Password != "" {
		checkPassword(&c, "password", e.Password)
	}
	return c.Err()
}

func checkName(c *fault.Checks, name string) {
	c.Require(name != "", "name", "Please give a name.")
	c.Require(len(name) <= maxName, "name", "The name is longer than %d bytes.", maxName)
}

func checkRole(c *fault.Checks, role access.Role) {
	c.Require(slices.Contains(access.Roles, role), "role", "The role is one of %s.", roleList())
}

func checkPassword(c *fault.Checks, field, password string) {
	c.Require(utf8.RuneCountInString(password) >= minPassword, field, "The password needs at least %d characters.", minPassword)
	c.Require(len(password) <= maxPassword, field, "The password is longer than %d bytes.", maxPassword)
}

func roleList() string {
	names := make([]string, len(access.Roles))
	for i, r := range access.Roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// NormalEmail gives the one form in which an address is kept and compared; ok is false where it is not
// a bare e-mail address.
func NormalEmail(text string) (email string, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if len(text) > maxEmail {
		return "", false
	}
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text {
		return "", false
	}
	return text, true
}

// From says where a request comes from, for the list of sessions and the limit on attempts.
type From struct {
	IP        string
	UserAgent string
}

// maxUserAgent bounds what a browser may say about itself, in bytes.
const maxUserAgent = 300

func (f From) agent() string {
	s := strings.ToValidUTF8(f.UserAgent, "")
	for len(s) > maxUserAgent {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}
