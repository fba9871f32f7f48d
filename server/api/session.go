package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/fault"
	"piper/internal/store"
)

// DemoAccount is an account of the demonstration, shown with its password on the sign-in page. A real
// installation has none.
type DemoAccount struct {
	Email    string      `json:"email"`
	Password string      `json:"password"`
	Role     access.Role `json:"role"`
	Name     string      `json:"name"`
}

type demoView struct {
	Accounts []DemoAccount `json:"accounts"`
}

func (a *API) demo() *demoView {
	if len(a.Demo) == 0 {
		return nil
	}
	return &demoView{Accounts: a.Demo}
}

type signedInAccount struct {
	ID    string      `json:"id"`
	Email string      `json:"email"`
	Name  string      `json:"name"`
	Role  access.Role `json:"role"`
}

type sessionView struct {
	Account     signedInAccount     `json:"account"`
	Permissions []access.Permission `json:"permissions"`
	Digest      bool                `json:"digest" doc:"a mail of the day is wanted"`
	Currency    string              `json:"currency" doc:"the reporting currency, in which the books are kept and every figure is"`
	Demo        *demoView           `json:"demo,omitempty"`
}

func (a *API) viewSession(who *account.Account, r access.Reader) sessionView {
	return sessionView{
		Account:     signedInAccount{ID: who.ID, Email: who.Email, Name: who.Name, Role: who.Role},
		Permissions: r.Permissions(), Digest: !who.NoDigest, Currency: a.Reporting.Code(), Demo: a.demo(),
	}
}

// CookieInput reads the session cookie, for the operations that only a browser may use. It is exported
// because huma reads no parameters of embedded types that are not.
type CookieInput struct {
	Secret string `cookie:"piper_session"`
	https  bool
}

// Resolve notes whether the browser came over TLS, to Piper itself or to a proxy before it. A lie in
// that header harms only the liar, whose cookie then does not come back.
func (in *CookieInput) Resolve(ctx huma.Context) []error {
	in.https = ctx.TLS() != nil || ctx.Header("X-Forwarded-Proto") == "https"
	return nil
}

// cookie holds a session's secret until the session ends; "" takes the cookie away.
func (in *CookieInput) cookie(secret string, ends time.Time) http.Cookie {
	c := http.Cookie{
		Name: SessionCookie, Value: secret, Path: "/", Expires: ends,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: in.https,
	}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// inBrowser gives the session of the cookie and refuses whoever has none of their own: what changes how
// an account signs in needs somebody who has signed in, not a program with a token.
func (a *API) inBrowser(ctx context.Context, in CookieInput) (*account.Session, error) {
	s, err := a.Accounts.SessionOf(ctx, in.Secret)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		return nil, err
	}
	if err != nil || s.AccountID != access.From(ctx).AccountID || access.From(ctx).ReadOnly {
		return nil, fault.New(fault.Forbidden, "This needs a sign-in with a password; a token does not do.")
	}
	return s, nil
}

func from(ctx context.Context) account.From {
	o := originOf(ctx)
	return account.From{IP: o.IP, UserAgent: o.Agent}
}

type sessionOutput struct{ Body sessionView }

func (a *API) getSession(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	r := access.From(ctx)
	who, err := a.Accounts.Get(ctx, r.AccountID)
	if err != nil {
		return nil, err
	}
	return &sessionOutput{a.viewSession(who, r)}, nil
}

type changeSettingsInput struct {
	Body struct {
		Digest bool `json:"digest" doc:"whether to get a mail of the day where there is something to say"`
	}
}

// changeSettings sets what the reader's own account wants. A token that may only read changes nothing.
func (a *API) changeSettings(ctx context.Context, in *changeSettingsInput) (*sessionOutput, error) {
	r := access.From(ctx)
	if r.ReadOnly {
		return nil, fault.New(fault.Forbidden, "This token may only read.")
	}
	who, err := a.Accounts.SetDigest(ctx, in.Body.Digest)
	if err != nil {
		return nil, err
	}
	return &sessionOutput{a.viewSession(who, r)}, nil
}

type signInInput struct {
	CookieInput
	Body struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"1024"`
	}
}

type signedInOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      sessionView
}

func (a *API) signedIn(in *account.SignedIn, c *CookieInput) *signedInOutput {
	r := access.Reader{AccountID: in.Account.ID, Name: in.Account.Name, Role: in.Account.Role}
	return &signedInOutput{SetCookie: c.cookie(in.Secret, in.EndsAt), Body: a.viewSession(in.Account, r)}
}

func (a *API) signIn(ctx context.Context, in *signInInput) (*signedInOutput, error) {
	s, err := a.Accounts.SignIn(ctx, in.Body.Email, in.Body.Password, from(ctx))
	if err != nil {
		return nil, err
	}
	return a.signedIn(s, &in.CookieInput), nil
}

type signedOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (a *API) signOut(ctx context.Context, in *CookieInput) (*signedOutOutput, error) {
	if err := a.Accounts.SignOut(ctx, in.Secret); err != nil {
		return nil, err
	}
	return &signedOutOutput{in.cookie("", time.Time{})}, nil
}

// hintsOutput is what the sign-in page needs to know before anybody has signed in.
type hintsOutput struct {
	Body struct {
		Demo       *demoView `json:"demo,omitempty"`
		NeedsSetup bool      `json:"needsSetup" doc:"there is no account yet; Piper has printed a link on its terminal"`
	}
}

func (a *API) sessionHints(ctx context.Context, _ *struct{}) (*hintsOutput, error) {
	needed, err := a.Accounts.NeedsSetup(ctx)
	if err != nil {
		return nil, err
	}
	out := &hintsOutput{}
	out.Body.Demo, out.Body.NeedsSetup = a.demo(), needed
	return out, nil
}

type setupInput struct {
	CookieInput
	Body struct {
		Token    string `json:"token" maxLength:"200" doc:"from the link that Piper printed"`
		Email    string `json:"email" maxLength:"254"`
		Name     string `json:"name" maxLength:"200"`
		Password string `json:"password" maxLength:"1024"`
	}
}

func (a *API) setup(ctx context.Context, in *setupInput) (*signedInOutput, error) {
	b := in.Body
	s, err := a.Accounts.Setup(ctx, b.Token, account.New{Email: b.Email, Name: b.Name, Password: b.Password}, from(ctx))
	if err != nil {
		return nil, err
	}
	return a.signedIn(s, &in.CookieInput), nil
}

type changePasswordInput struct {
	CookieInput
	Body struct {
		Current string `json:"current" maxLength:"1024"`
		Next    string `json:"next" maxLength:"1024"`
	}
}

func (a *API) changePassword(ctx context.Context, in *changePasswordInput) (*signedInOutput, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	s, err := a.Accounts.ChangePassword(ctx, in.Body.Current, in.Body.Next, from(ctx))
	if err != nil {
		return nil, err
	}
	return a.signedIn(s, &in.CookieInput), nil
}

type ownSession struct {
	ID        string        `json:"id"`
	Current   bool          `json:"current" doc:"the one that asks"`
	IP        string        `json:"ip"`
	UserAgent string        `json:"userAgent"`
	CreatedAt store.Instant `json:"createdAt"`
	LastSeen  store.Instant `json:"lastSeenAt" doc:"at most ten minutes behind"`
	ExpiresAt store.Instant `json:"expiresAt"`
}

type listSessionsOutput struct {
	Body struct {
		Items []ownSession `json:"items"`
		Total int          `json:"total"`
	}
}

func (a *API) listSessions(ctx context.Context, in *CookieInput) (*listSessionsOutput, error) {
	list, err := a.Accounts.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	current := ""
	if s, err := a.Accounts.SessionOf(ctx, in.Secret); err == nil {
		current = s.ID
	}
	out := &listSessionsOutput{}
	out.Body.Items, out.Body.Total = make([]ownSession, len(list)), len(list)
	for i, s := range list {
		out.Body.Items[i] = ownSession{
			ID: s.ID, Current: s.ID == current, IP: s.IP, UserAgent: s.UserAgent,
			CreatedAt: s.CreatedAt, LastSeen: s.SeenAt, ExpiresAt: s.ExpiresAt,
		}
	}
	return out, nil
}

type endOwnInput struct {
	CookieInput
	ID string `path:"id" maxLength:"60"`
}

func (a *API) endSession(ctx context.Context, in *endOwnInput) (*struct{}, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	return nil, a.Accounts.EndSession(ctx, in.ID)
}
