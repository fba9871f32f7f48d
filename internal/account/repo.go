package account

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Options adjust a Repo; the zero value is right for a server without a journal.
type Options struct {
	Params  *argon2id.Params // cost of a password hash; nil = OWASP
	Journal *audit.Journal   // nil = sign-ins leave no entry
	Idle    time.Duration    // a session ends when it is not used for so long; 0 = 3 days
	Longest time.Duration    // a session ends so long after the sign-in in any case; 0 = 30 days
	Cache   time.Duration    // how long another process's revocation may go unnoticed here; 0 = 5 s, < 0 = no cache
}

// Repo holds accounts, sessions, tokens and the counts of attempts.
type Repo struct {
	db        *store.DB
	opts      Options
	passwords *passwords
	cache     cache
	settled   atomic.Bool // there is an account; accounts are never deleted

	accounts *store.Collection[Account]
	sessions *store.Collection[Session]
	tokens   *store.Collection[Token]
	attempts *store.Collection[attempt]
	setups   *store.Collection[setup]
}

// NewRepo declares the collections of this noun in db.
func NewRepo(db *store.DB, opts Options) *Repo {
	if opts.Params == nil {
		opts.Params = OWASP
	}
	opts.Idle = orElse(opts.Idle, 3*24*time.Hour)
	opts.Longest = orElse(opts.Longest, 30*24*time.Hour)
	opts.Cache = orElse(opts.Cache, 5*time.Second)
	if opts.Journal != nil {
		opts.Journal.Rules("accounts", audit.Rules{Secret: []string{"passwordHash"}, Quiet: []string{"epoch"}})
		opts.Journal.Rules("tokens", audit.Rules{Secret: []string{"hash"}, Quiet: []string{"lastUsedAt"}})
	}
	return &Repo{
		db: db, opts: opts, passwords: newPasswords(opts.Params),
		accounts: store.Declare[Account](db, store.Spec[Account]{
			Name: "accounts",
			Fields: []driver.Field{
				{Path: "email", Kind: driver.String}, {Path: "name", Kind: driver.String},
				{Path: "role", Kind: driver.String}, {Path: "closed", Kind: driver.Bool},
			},
			Unique:  [][]string{{"email"}},
			Audited: true,
		}),
		// Sessions come and go with every sign-in, which leaves an event; they are not audited one by one.
		sessions: store.Declare[Session](db, store.Spec[Session]{
			Name: "sessions",
			Fields: []driver.Field{
				{Path: "hash", Kind: driver.String}, {Path: "accountId", Kind: driver.String}, {Path: "expiresAt", Kind: driver.String},
			},
			Unique:  [][]string{{"hash"}},
			Indexes: [][]driver.Key{{{Path: "accountId"}}, {{Path: "expiresAt"}}},
		}),
		tokens: store.Declare[Token](db, store.Spec[Token]{
			Name:    "tokens",
			Fields:  []driver.Field{{Path: "hash", Kind: driver.String}, {Path: "accountId", Kind: driver.String}},
			Unique:  [][]string{{"hash"}},
			Indexes: [][]driver.Key{{{Path: "accountId"}}},
			Audited: true,
		}),
		attempts: store.Declare[attempt](db, store.Spec[attempt]{
			Name:    "attempts",
			Fields:  []driver.Field{{Path: "endsAt", Kind: driver.String}},
			Indexes: [][]driver.Key{{{Path: "endsAt"}}},
		}),
		setups: store.Declare[setup](db, store.Spec[setup]{Name: "setups"}),
	}
}

func orElse(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}

// system gives the context in which this noun looks things up for somebody who has not signed in yet.
func system(ctx context.Context) context.Context { return access.AsSystem(ctx, "sign-in") }

// record leaves an event in the journal, in the transaction of ctx if it carries one.
func (r *Repo) record(ctx context.Context, what string, facts map[string]string) error {
	if r.opts.Journal == nil {
		return nil
	}
	return r.opts.Journal.Record(ctx, what, facts)
}

// Get gives an account by its id.
func (r *Repo) Get(ctx context.Context, id string) (*Account, error) { return r.accounts.Get(ctx, id) }

// ByEmail gives an account by its address, in whatever case it is written; fault.NotFound.
func (r *Repo) ByEmail(ctx context.Context, email string) (*Account, error) {
	normal, ok := NormalEmail(email)
	if !ok {
		return nil, fault.Field("email", "This is not an e-mail address.")
	}
	a, err := r.accounts.First(ctx, filter.Eq{Field: "email", Value: normal})
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "There is no account %s.", normal)
	}
	return a, err
}

// List gives accounts by name, closed ones included.
func (r *Repo) List(ctx context.Context, limit int, cursor string) (store.Page[Account], error) {
	return r.accounts.Page(ctx, store.Query{Sort: []driver.Key{{Path: "name"}}, Limit: limit, Cursor: cursor})
}

// Add makes an account; fault.Duplicate where the address is taken.
func (r *Repo) Add(ctx context.Context, n New) (*Account, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	hash, err := r.passwords.hash(ctx, n.Password)
	if err != nil {
		return nil, err
	}
	return r.add(ctx, n, hash)
}

func (r *Repo) add(ctx context.Context, n New, hash string) (*Account, error) {
	a := &Account{Email: n.Email, Name: n.Name, Role: n.Role, PasswordHash: hash}
	err := r.accounts.Create(ctx, a)
	if fault.Is(err, fault.Duplicate) {
		return nil, &fault.Error{
			Code: fault.Duplicate, Message: "There is already an account with this e-mail address.",
			Fields: []fault.FieldError{{Field: "email", Message: "There is already an account with this e-mail address."}}, Err: err,
		}
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// All gives every account, closed ones included, in order of id. There are as many as a secretariat has
// people.
func (r *Repo) All(ctx context.Context) ([]*Account, error) { return r.accounts.Find(ctx, nil, nil, 0) }

// Names gives the name of every account, closed ones included, by id.
func (r *Repo) Names(ctx context.Context) (map[string]string, error) {
	all, err := r.All(ctx)
	names := make(map[string]string, len(all))
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}

// SetDigest says whether the reader's own account gets the daily mail.
func (r *Repo) SetDigest(ctx context.Context, wanted bool) (*Account, error) {
	return r.accounts.Update(ctx, access.From(ctx).AccountID, func(a *Account) error {
		a.NoDigest = !wanted
		return nil
	})
}
