package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/store"
	"piper/internal/store/memory"
)

type deafMetrics struct{}

func (deafMetrics) Handler() http.Handler                      { return http.NotFoundHandler() }
func (deafMetrics) Request(string, string, int, time.Duration) {}

// frontDoor is the whole web face over accounts and the journal alone.
type frontDoor struct {
	t        *testing.T
	handler  http.Handler
	accounts *account.Repo
	journal  *audit.Journal
	ctx      context.Context
}

const doorPassword = "correct horse"

func newFrontDoor(t *testing.T) *frontDoor {
	t.Helper()
	db := store.New(memory.New(), store.Options{})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts := account.NewRepo(db, account.Options{Params: quick, Journal: journal})
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{},
		Auth: accounts, Accounts: accounts, Audit: journal})
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *frontDoor) account(email string, role access.Role) *account.Account {
	d.t.Helper()
	a, err := d.accounts.Add(d.ctx, account.New{Email: email, Name: "Anna", Role: role, Password: doorPassword})
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// with is what a request carries beside its body.
type with struct{ cookie, bearer, ifMatch, origin, key string }

// ask sends a request, expects a status, and gives the answer's body and cookie.
func (d *frontDoor) ask(method, path, body string, w with, status int) (map[string]any, *http.Cookie) {
	d.t.Helper()
	req := httptest.NewRequest(method, "http://piper.example"+path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Firefox")
	if w.cookie != "" {
		req.AddCookie(&http.Cookie{Name: SessionCookie, Value: w.cookie})
	}
	for name, value := range map[string]string{"If-Match": w.ifMatch, "Origin": w.origin, "Idempotency-Key": w.key} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if w.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+w.bearer)
	}
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, req)
	if rec.Code != status {
		d.t.Fatalf("%s %s: %d, want %d: %s", method, path, rec.Code, status, rec.Body)
	}
	if s := rec.Body.String(); strings.Contains(s, "argon2id") || strings.Contains(s, `"hash":`) {
		d.t.Errorf("%s %s shows a hash: %s", method, path, s)
	}
	var out map[string]any
	if rec.Body.Len() > 0 {
		_ = json.Unmarshal(rec.Body.Bytes(), &out) // the refusal of another origin is plain text
	}
	if list := rec.Result().Cookies(); len(list) > 0 {
		return out, list[0]
	}
	return out, nil
}

func (d *frontDoor) signIn(email string) string {
	d.t.Helper()
	_, c := d.ask("POST", "/api/v1/session", `{"email":"`+email+`","password":"`+doorPassword+`"}`, with{}, 200)
	return c.Value
}

func TestSignInOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	d.account("anna@example.org", access.Advocate)
	d.ask("GET", "/api/v1/session", "", with{}, 401)
	out, _ := d.ask("POST", "/api/v1/session", `{"email":"anna@example.org","password":"wrong"}`, with{}, 401)
	if out["code"] != "unauthenticated" || out["detail"] != "The e-mail address or the password is not right." {
		t.Errorf("got %v", out)
	}
	out, c := d.ask("POST", "/api/v1/session", `{"email":"Anna@example.org","password":"`+doorPassword+`"}`, with{}, 200)
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" || c.Expires.Before(time.Now().Add(24*time.Hour)) {
		t.Errorf("cookie %+v", c)
	}
	if who := out["account"].(map[string]any); who["email"] != "anna@example.org" || who["role"] != "advocate" {
		t.Errorf("got %v", out)
	}
	out, _ = d.ask("GET", "/api/v1/session", "", with{cookie: c.Value}, 200)
	if p := out["permissions"].([]any); len(p) == 0 {
		t.Errorf("got %v", out)
	}
	out, _ = d.ask("GET", "/api/v1/sessions", "", with{cookie: c.Value}, 200)
	if s := out["items"].([]any)[0].(map[string]any); s["current"] != true || s["userAgent"] != "Firefox" || s["ip"] != "192.0.2.1" {
		t.Errorf("got %v", s)
	}
	d.ask("DELETE", "/api/v1/session", "", with{cookie: c.Value, origin: "https://evil.example"}, 403)
	_, gone := d.ask("DELETE", "/api/v1/session", "", with{cookie: c.Value}, 204)
	if gone.MaxAge >= 0 {
		t.Errorf("the cookie stays: %+v", gone)
	}
	d.ask("GET", "/api/v1/session", "", with{cookie: c.Value}, 401)
	d.ask("DELETE", "/api/v1/session", "", with{}, 204)
}

func TestCookieIsSecureBehindTLS(t *testing.T) {
	d := newFrontDoor(t)
	d.account("anna@example.org", access.Advocate)
	req := httptest.NewRequest("POST", "http://piper.example/api/v1/session", strings.NewReader(`{"email":"anna@example.org","password":"`+doorPassword+`"}`))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Forwarded-Proto", "https")
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, req)
	if c := rec.Result().Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("cookies %v", c)
	}
}

func TestSetupOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	if out, _ := d.ask("GET", "/api/v1/session/hints", "", with{}, 200); out["needsSetup"] != true {
		t.Errorf("got %v", out)
	}
	secret, err := d.accounts.OfferSetup(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	body := func(token string) string {
		return `{"token":"` + token + `","email":"a@example.org","name":"A","password":"` + doorPassword + `"}`
	}
	d.ask("POST", "/api/v1/setup", body("x"), with{}, 403)
	out, c := d.ask("POST", "/api/v1/setup", body(secret), with{}, 200)
	if out["account"].(map[string]any)["role"] != "administrator" {
		t.Errorf("got %v", out)
	}
	d.ask("GET", "/api/v1/accounts", "", with{cookie: c.Value}, 200)
	d.ask("POST", "/api/v1/setup", body(secret), with{}, 403)
	if out, _ := d.ask("GET", "/api/v1/session/hints", "", with{}, 200); out["needsSetup"] != false {
		t.Errorf("got %v", out)
	}
}

func TestTokensOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	d.account("admin@example.org", access.Administrator)
	cookie := d.signIn("admin@example.org")
	d.ask("POST", "/api/v1/tokens", `{"name":"x","scope":"all"}`, with{cookie: cookie}, 422)
	read, _ := d.ask("POST", "/api/v1/tokens", `{"name":"reader","scope":"read"}`, with{cookie: cookie}, 200)
	write, _ := d.ask("POST", "/api/v1/tokens", `{"name":"writer","scope":"write","expiresAt":"2099-01-01T00:00:00Z"}`, with{cookie: cookie}, 200)
	r, w := with{bearer: read["token"].(string)}, with{bearer: write["token"].(string)}
	body := `{"email":"b@example.org","name":"B","role":"board","password":"` + doorPassword + `"}`
	d.ask("GET", "/api/v1/accounts", "", r, 200)
	d.ask("POST", "/api/v1/accounts", body, r, 403)
	d.ask("POST", "/api/v1/accounts", body, w, 200)
	// A program that holds a token cannot make itself at home with it.
	for _, x := range []with{r, w, {bearer: r.bearer, cookie: cookie}} {
		d.ask("POST", "/api/v1/tokens", `{"name":"more","scope":"write"}`, x, 403)
		d.ask("PUT", "/api/v1/session/password", `{"current":"`+doorPassword+`","next":"another one"}`, x, 403)
		d.ask("DELETE", "/api/v1/tokens/"+write["id"].(string), "", x, 403)
	}
	list, _ := d.ask("GET", "/api/v1/tokens", "", with{cookie: cookie}, 200)
	if items := list["items"].([]any); len(items) != 2 || items[0].(map[string]any)["expiresAt"] != "2099-01-01T00:00:00Z" || items[0].(map[string]any)["token"] != nil {
		t.Errorf("got %v", list)
	}
	d.ask("DELETE", "/api/v1/tokens/"+read["id"].(string), "", with{cookie: cookie}, 204)
	d.ask("GET", "/api/v1/accounts", "", r, 401)
}

func TestPasswordOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	d.account("a@example.org", access.Board)
	here, there := d.signIn("a@example.org"), d.signIn("a@example.org")
	out, _ := d.ask("PUT", "/api/v1/session/password", `{"current":"wrong","next":"another one"}`, with{cookie: here}, 422)
	if f := out["errors"].([]any)[0].(map[string]any); f["field"] != "current" {
		t.Errorf("got %v", out)
	}
	_, c := d.ask("PUT", "/api/v1/session/password", `{"current":"`+doorPassword+`","next":"another one"}`, with{cookie: here}, 200)
	d.ask("GET", "/api/v1/session", "", with{cookie: here}, 401)
	d.ask("GET", "/api/v1/session", "", with{cookie: there}, 401)
	d.ask("GET", "/api/v1/session", "", with{cookie: c.Value}, 200)
}

func TestAccountsOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	d.account("admin@example.org", access.Administrator)
	d.account("board@example.org", access.Board)
	cookie := d.signIn("admin@example.org")
	d.ask("GET", "/api/v1/accounts", "", with{cookie: d.signIn("board@example.org")}, 403)
	out, _ := d.ask("POST", "/api/v1/accounts", `{"email":"board@example.org","name":"B","role":"board","password":"`+doorPassword+`"}`, with{cookie: cookie}, 409)
	if f := out["errors"].([]any)[0].(map[string]any); f["field"] != "email" {
		t.Errorf("got %v", out)
	}
	d.ask("POST", "/api/v1/accounts", `{"email":"c@example.org","name":"C","role":"king","password":"`+doorPassword+`"}`, with{cookie: cookie}, 422)
	d.ask("POST", "/api/v1/accounts", `{"email":"c@example.org","name":"C","role":"board","password":"`+doorPassword+`","hash":"x"}`, with{cookie: cookie}, 422)
	list, _ := d.ask("GET", "/api/v1/accounts?limit=1", "", with{cookie: cookie}, 200)
	if list["total"] != 2.0 || list["next"] == nil {
		t.Errorf("got %v", list)
	}
	admin := list["items"].([]any)[0].(map[string]any)
	path := "/api/v1/accounts/" + admin["id"].(string)
	body := `{"name":"Anna","role":"board","closed":false}`
	d.ask("PUT", path, body, with{cookie: cookie}, 428)
	d.ask("PUT", path, body, with{cookie: cookie, ifMatch: `"7"`}, 412)
	out, _ = d.ask("PUT", path, body, with{cookie: cookie, ifMatch: `"1"`}, 422)
	if f := out["errors"].([]any)[0].(map[string]any); f["field"] != "role" {
		t.Errorf("got %v", out)
	}
	out, _ = d.ask("PUT", path, `{"name":"Anna B.","role":"administrator","closed":false}`, with{cookie: cookie, ifMatch: `"1"`}, 200)
	if out["name"] != "Anna B." || out["rev"] != 2.0 {
		t.Errorf("got %v", out)
	}
	d.ask("GET", path, "", with{cookie: cookie}, 200)
	d.ask("GET", "/api/v1/accounts/nobody", "", with{cookie: cookie}, 404)
}

func TestAuditOverHTTP(t *testing.T) {
	d := newFrontDoor(t)
	a := d.account("admin@example.org", access.Administrator)
	cookie := d.signIn("admin@example.org")
	d.account("board@example.org", access.Board)
	d.ask("GET", "/api/v1/audit", "", with{cookie: d.signIn("board@example.org")}, 403)
	out, _ := d.ask("GET", "/api/v1/audit?collection=accounts&recordId="+a.ID, "", with{cookie: cookie}, 200)
	items := out["items"].([]any)
	if len(items) != 1 {
		t.Fatalf("got %v", out)
	}
	e := items[0].(map[string]any)
	if e["what"] != "created" || e["byName"] != "test" || e["recordId"] != a.ID {
		t.Errorf("got %v", e)
	}
	seen := map[string]any{}
	for _, c := range e["changes"].([]any) {
		c := c.(map[string]any)
		seen[c["field"].(string)] = c["new"]
	}
	if seen["email"] != "admin@example.org" || seen["closed"] != false || seen["passwordHash"] != nil {
		t.Errorf("got %v", seen)
	}
	out, _ = d.ask("GET", "/api/v1/audit?by="+a.ID, "", with{cookie: cookie}, 200)
	if out["total"] != 1.0 {
		t.Errorf("got %v", out)
	}
	d.ask("GET", "/api/v1/audit?cursor=junk", "", with{cookie: cookie}, 422)
	out, _ = d.ask("GET", "/api/v1/audit/verify", "", with{cookie: cookie}, 200)
	if out["intact"] != true || out["entries"] != 4.0 || out["seals"] != 1.0 {
		t.Errorf("got %v", out)
	}
}
