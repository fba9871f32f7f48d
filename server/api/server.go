package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/fault"
)

// SessionCookie is the name of the cookie that holds a browser's session secret.
const SessionCookie = "piper_session"

// Authenticator turns the secret of a session cookie or a bearer token into a reader, or gives an
// Unauthenticated fault.
type Authenticator interface {
	Authenticate(ctx context.Context, secret string) (access.Reader, error)
}

// Handler builds the whole web face: the API, what stands beside it, and the front end under every
// other path. It fails where a route is missing from the table.
func (a *API) Handler() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.ContextWithFallback = true
	_ = engine.SetTrustedProxies(a.TrustedProxies)

	docs, perms := a.mountOn(engine)
	if err := checkTable(engine, perms); err != nil {
		return nil, err
	}
	a.openapi = docs
	engine.NoMethod(func(c *gin.Context) {
		p := newProblem(http.StatusMethodNotAllowed, fault.NotFound, "This address does not take "+c.Request.Method+".", nil)
		writeProblem(c, p)
	})
	engine.NoRoute(a.web())
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p := newProblem(http.StatusForbidden, fault.Forbidden, "This request comes from another site's page.", nil)
		w.Header().Set("Content-Type", p.ContentType(""))
		w.WriteHeader(p.Status)
		_ = json.NewEncoder(w).Encode(p)
	}))
	return origins.Handler(engine), nil
}

// mountOn puts the middleware and the table on the engine.
func (a *API) mountOn(engine *gin.Engine) (docs []byte, perms map[string]access.Permission) {
	perms = map[string]access.Permission{}
	engine.Use(a.observe, recoverPanic, secureHeaders, a.authenticate, guard(perms))
	h, table := a.mount(engine)
	for k, v := range table {
		perms[k] = v
	}
	docs, err := h.OpenAPI().MarshalJSON()
	if err != nil {
		panic(err) // the document is made of our own types
	}
	return docs, perms
}

// note is what the request's log line learns on the way.
type note struct {
	mu  sync.Mutex
	err error
}

type noteKey struct{}

// noteError keeps the cause of a failed operation for the log; the browser only gets the problem.
func noteError(ctx context.Context, err error) {
	if n, ok := ctx.Value(noteKey{}).(*note); ok {
		n.mu.Lock()
		n.err = err
		n.mu.Unlock()
	}
}

// observe measures and logs every request. Addresses and search words may be personal data, so the log
// has the route's pattern, never the query.
func (a *API) observe(c *gin.Context) {
	started := time.Now()
	n := &note{}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), noteKey{}, n))
	c.Next()
	route, status, took := c.FullPath(), c.Writer.Status(), time.Since(started)
	a.Metrics.Request(c.Request.Method, route, status, took)
	n.mu.Lock()
	err := n.err
	n.mu.Unlock()
	if err == nil && len(c.Errors) > 0 {
		err = c.Errors.Last().Err
	}
	level := slog.LevelDebug
	switch {
	case status >= 500:
		level = slog.LevelError
	case status >= 400:
		level = slog.LevelInfo
	}
	if a.Log.Enabled(c, level) {
		a.Log.Log(c, level, "request", "method", c.Request.Method, "route", route, "status", status,
			"ms", took.Milliseconds(), "account", access.From(c.Request.Context()).AccountID, "error", err)
	}
}

func recoverPanic(c *gin.Context) {
	defer func() {
		if p := recover(); p != nil {
			err, ok := p.(error)
			if ok && err == http.ErrAbortHandler { //nolint:errorlint // the sentinel is compared by identity in net/http too
				panic(p)
			}
			writeProblem(c, fault.New(fault.Internal, "panic: %v", p))
		}
	}()
	c.Next()
}

func secureHeaders(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store")
	}
	c.Next()
}

// authenticate finds out who asks. A missing secret makes nobody of the reader, a wrong one is an
// answer of its own, so that a program with a revoked token learns it at once.
func (a *API) authenticate(c *gin.Context) {
	secret, isToken := bearer(c.Request)
	if !isToken {
		if cookie, err := c.Request.Cookie(SessionCookie); err == nil {
			secret = cookie.Value
		}
	}
	ctx := context.WithValue(c.Request.Context(), originKey{}, Origin{IP: clientIP(c), Agent: c.Request.UserAgent()})
	if secret != "" && strings.HasPrefix(c.Request.URL.Path, "/api/") {
		reader, err := a.Auth.Authenticate(ctx, secret)
		switch {
		case err == nil:
			ctx = access.With(ctx, reader)
		case isToken:
			writeProblem(c, err)
			return
		case !fault.Is(err, fault.Unauthenticated):
			writeProblem(c, err)
			return
		}
	}
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// guard asks the table before any handler runs. A pattern that is not in it is closed to everybody.
func guard(perms map[string]access.Permission) gin.HandlerFunc {
	return func(c *gin.Context) {
		pattern := c.FullPath()
		if pattern == "" {
			c.Next() // the front end, or a problem 404
			return
		}
		perm, ok := perms[c.Request.Method+" "+pattern]
		if !ok {
			writeProblem(c, fault.New(fault.Forbidden, "Nobody may use this address."))
			return
		}
		if err := access.Require(c.Request.Context(), perm); err != nil {
			writeProblem(c, err)
			return
		}
		c.Next()
	}
}

func bearer(r *http.Request) (string, bool) {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	return strings.TrimSpace(secret), true
}

func clientIP(c *gin.Context) string {
	if ip := c.ClientIP(); ip != "" {
		return ip
	}
	host, _, _ := net.SplitHostPort(c.Request.RemoteAddr)
	return host
}

// Origin is where a request came from; sign-in limits and the list of sessions use it.
type Origin struct{ IP, Agent string }

type originKey struct{}

// originOf gives the origin of a request's context.
func originOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}
