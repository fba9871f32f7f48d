package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/mail"
	"piper/internal/mail/mime"
	"piper/internal/secret"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// mailDesk serves the operations on mail to whoever a request says it is from.
type mailDesk struct {
	t      *testing.T
	engine *gin.Engine
	repo   *mail.Repo
	ctx    context.Context
}

// everybody is a Directory in which every address belongs to somebody.
type everybody struct{}

func (everybody) Lookup(_ context.Context, addresses []string) (map[string][]string, error) {
	found := map[string][]string{}
	for _, a := range addresses {
		found[a] = []string{"s-" + a}
	}
	return found, nil
}

// mailServer is a mail.Server with one attachment and one password.
type mailServer struct{ repo *mail.Repo }

func (s mailServer) Folders(ctx context.Context, box *mail.Mailbox) ([]string, error) {
	password, _, err := s.repo.Secret(ctx, box)
	if err != nil {
		return nil, err
	}
	if password != "right" {
		return nil, fault.New(fault.Unavailable, "The server refused the password.")
	}
	return []string{"INBOX", "Sent"}, nil
}

func (mailServer) Attachment(_ context.Context, b *mail.Body, index int) (mime.Attachment, []byte, error) {
	if index >= len(b.Attachments) {
		return mime.Attachment{}, nil, fault.New(fault.NotFound, "The message has no such attachment.")
	}
	return b.Attachments[index], []byte("<script>"), nil
}

func newMailDesk(t *testing.T) *mailDesk {
	t.Helper()
	gin.SetMode(gin.TestMode)
	installProblems()
	d := &mailDesk{t: t, engine: gin.New(), ctx: access.AsSystem(context.Background(), "test")}
	db := store.New(memory.New(), store.Options{})
	box, err := secret.New(bytes.Repeat([]byte{7}, secret.KeySize))
	d.ok(err)
	d.repo = mail.NewRepo(db, box)
	d.repo.Server = mailServer{d.repo}
	d.ok(db.Start(d.ctx, nil))
	t.Cleanup(func() { _ = db.Close() })
	d.engine.Use(func(c *gin.Context) {
		who, role, _ := strings.Cut(c.GetHeader("From"), " ")
		r := access.Reader{AccountID: who, Role: access.Role(role)}
		c.Request = c.Request.WithContext(access.With(c.Request.Context(), r))
	})
	cfg := huma.DefaultConfig("Piper", "1")
	cfg.CreateHooks = nil
	cfg.RejectUnknownQueryParameters = true
	cfg.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	h := humagin.New(d.engine, cfg)
	a := &API{Deps: Deps{DB: db, Mail: d.repo}}
	for _, r := range a.routes() {
		noun, _, _ := strings.Cut(strings.TrimPrefix(r.path, "/"), "/")
		switch {
		case !strings.Contains(" threads messages mailboxes guardrail mail ", " "+noun+" "):
		case r.raw != nil:
			d.engine.Handle(r.method, strings.NewReplacer("{", ":", "}", "").Replace(r.path), r.raw)
		default:
			r.typed(h, huma.Operation{OperationID: r.id, Method: r.method, Path: r.path, DefaultStatus: http.StatusOK})
		}
	}
	return d
}

func (d *mailDesk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// ask sends a request from somebody ("ann advocate").
func (d *mailDesk) ask(from, method, path, body, ifMatch string) *httptest.ResponseRecorder {
	d.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("From", from)
	if ifMatch != "" {
		req.Header.Set("If-Match", ifMatch)
	}
	w := httptest.NewRecorder()
	d.engine.ServeHTTP(w, req)
	return w
}

// want asks, expects a status and gives the body.
func (d *mailDesk) want(status int, from, method, path, body, ifMatch string) map[string]any {
	d.t.Helper()
	w := d.ask(from, method, path, body, ifMatch)
	if w.Code != status {
		d.t.Fatalf("%s: %s %s: %d %s", from, method, path, w.Code, w.Body)
	}
	out := map[string]any{}
	if w.Body.Len() > 0 {
		d.ok(json.Unmarshal(w.Body.Bytes(), &out))
	}
	return out
}

// fill sets up ann's mailbox with one message and gives its id and its thread's.
func (d *mailDesk) fill() (message, thread string) {
	d.t.Helper()
	box, err := d.repo.CreateMailbox(d.ctx, mail.MailboxInput{OwnerID: "ann", Host: "imap.example.org", User: "ann@example.org",
		Password: "right", Folders: []string{"INBOX"}, Enabled: true})
	d.ok(err)
	folder, err := d.repo.BeginFolder(d.ctx, box.ID, "INBOX", 1)
	d.ok(err)
	in, err := d.repo.Intake(d.ctx, box, everybody{})
	d.ok(err)
	p, err := in.Prepare(mail.Incoming{UID: 1, Received: time.Now(), Size: 10, Message: &mime.Message{
		MessageID: "1@x", ContentHash: "h", Subject: "<b>Offer</b>", From: []mime.Address{{Address: "donor@example.org"}},
		Text: "Purple text", HTML: "<p>Purple text</p>", Attachments: []mime.Attachment{{Name: "a.html", Type: "text/html"}}}})
	d.ok(err)
	_, err = in.Save(d.ctx, mail.Batch{Folder: folder, Items: []*mail.Prepared{p}, Through: 1})
	d.ok(err)
	list := d.want(200, "ann advocate", "GET", "/messages", "", "")
	item := list["items"].([]any)[0].(map[string]any)
	return item["id"].(string), item["threadId"].(string)
}

const settings = `{"host":"imap.example.org","user":"ann@example.org","password":"right","folders":["INBOX"],"enabled":true}`

func TestMailboxesOverHTTP(t *testing.T) {
	d := newMailDesk(t)
	made := d.want(200, "ann advocate", "POST", "/mailboxes", settings, "")
	if made["ownerId"] != "ann" || made["port"] != 993.0 || made["name"] != "ann@example.org" {
		t.Errorf("made %v", made)
	}
	path := "/mailboxes/" + made["id"].(string)
	for _, w := range []*httptest.ResponseRecorder{d.ask("ann advocate", "GET", path, "", ""), d.ask("root administrator", "GET", "/mailboxes", "", "")} {
		if text := w.Body.String(); w.Code != 200 || strings.Contains(text, "sealed") || strings.Contains(text, `"password":`) || strings.Contains(text, "right") || !strings.Contains(text, `"host":"imap.example.org"`) {
			t.Errorf("shown: %d %s", w.Code, text)
		}
	}
	d.want(404, "bob advocate", "GET", path, "", "")
	d.want(404, "bob advocate", "PUT", path, settings, `"1"`)
	d.want(404, "bob advocate", "DELETE", path, "", `"1"`)
	if list := d.want(200, "bob advocate", "GET", "/mailboxes", "", ""); list["total"] != 0.0 {
		t.Errorf("bob's list: %v", list)
	}
	d.want(403, "bob advocate", "POST", "/mailboxes", strings.Replace(settings, "{", `{"ownerId":"ann",`, 1), "")
	d.want(428, "ann advocate", "PUT", path, settings, "")
	d.want(412, "ann advocate", "PUT", path, settings, `"7"`)
	moved := strings.Replace(strings.Replace(settings, "imap.example.org", "evil.example.org", 1), `"password":"right",`, "", 1)
	if p := d.want(422, "root administrator", "PUT", path, moved, `"1"`); !strings.Contains(p["detail"].(string), "password") {
		t.Errorf("a stored password can be sent to another server: %v", p)
	}
	kept := strings.Replace(settings, `"password":"right",`, "", 1)
	d.want(200, "ann advocate", "PUT", path, strings.Replace(kept, `"enabled":true`, `"enabled":false`, 1), `"1"`)
	tried := d.want(200, "ann advocate", "POST", "/mailboxes/test?id="+made["id"].(string), kept, "")
	if len(tried["folders"].([]any)) != 2 {
		t.Errorf("tried %v", tried)
	}
	d.want(502, "ann advocate", "POST", "/mailboxes/test", strings.Replace(settings, "right", "wrong", 1), "")
	d.want(422, "ann advocate", "POST", "/mailboxes", `{"host":"","user":""}`, "")
	d.want(422, "ann advocate", "POST", "/mailboxes", strings.Replace(settings, "{", `{"colour":"red",`, 1), "")
	if w := d.ask("ann advocate", "DELETE", path, "", `"2"`); w.Code >= 300 {
		t.Errorf("deleting: %d %s", w.Code, w.Body)
	}
	d.want(404, "ann advocate", "GET", path, "", "")
}

func TestMailOverHTTP(t *testing.T) {
	d := newMailDesk(t)
	message, thread := d.fill()
	if list := d.want(200, "ann advocate", "GET", "/threads?q=offer&stakeholder=s-donor@example.org&sort=-lastAt", "", ""); list["total"] != 1.0 {
		t.Errorf("threads: %v", list)
	}
	if list := d.want(200, "ann advocate", "GET", "/messages?q=purple&thread="+thread, "", ""); list["total"] != 1.0 {
		t.Errorf("messages: %v", list)
	}
	got := d.want(200, "ann advocate", "GET", "/threads/"+thread, "", "")
	if len(got["messages"].([]any)) != 1 || got["thread"].(map[string]any)["mine"] != true {
		t.Errorf("thread: %v", got)
	}
	body := d.want(200, "ann advocate", "GET", "/messages/"+message+"/body", "", "")
	if body["text"] != "Purple text" || len(body["attachments"].([]any)) != 1 {
		t.Errorf("body: %v", body)
	}
	page := d.ask("ann advocate", "GET", "/messages/"+message+"/html", "", "")
	if h := page.Header().Get("Content-Security-Policy"); !strings.Contains(h, "default-src 'none'") || !strings.Contains(h, "sandbox") {
		t.Errorf("policy of the page: %s", h)
	}
	if text := page.Body.String(); !strings.Contains(text, "<title>&lt;b&gt;Offer") || !strings.Contains(text, "<p>Purple") {
		t.Errorf("page: %s", text)
	}
	file := d.ask("ann advocate", "GET", "/messages/"+message+"/attachments/0", "", "")
	if h := file.Header(); h.Get("Content-Type") != "application/octet-stream" || h.Get("Content-Disposition") != `attachment; filename=a.html` || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers of an attachment: %v", h)
	}
	d.want(404, "ann advocate", "GET", "/messages/"+message+"/attachments/7", "", "")
	d.want(422, "ann advocate", "GET", "/messages/"+message+"/attachments/x", "", "")
	d.want(422, "ann advocate", "GET", "/threads?sort=subject", "", "")
	d.want(422, "ann advocate", "GET", "/messages?cursor=nonsense", "", "")

	all := []string{"/threads/" + thread, "/messages/" + message, "/messages/" + message + "/body", "/messages/" + message + "/html", "/messages/" + message + "/attachments/0"}
	for _, path := range all {
		d.want(404, "bob advocate", "GET", path, "", "")
		d.want(404, "root administrator", "GET", path, "", "")
		d.want(403, "eve board", "GET", path, "", "")
	}
	d.want(428, "ann advocate", "PUT", "/threads/"+thread+"/sharing", `{"level":"full"}`, "")
	d.want(422, "ann advocate", "PUT", "/threads/"+thread+"/sharing", `{"level":"everything"}`, `"1"`)
	d.want(200, "ann advocate", "PUT", "/threads/"+thread+"/sharing", `{"level":"full"}`, `"1"`)
	d.want(412, "ann advocate", "PUT", "/threads/"+thread+"/sharing", `{"level":"private"}`, `"1"`)
	for _, path := range all {
		if w := d.ask("bob advocate", "GET", path, "", ""); w.Code != 200 {
			t.Errorf("of a shared thread, %s: %d %s", path, w.Code, w.Body)
		}
		d.want(403, "eve board", "GET", path, "", "")
	}
}

func TestGuardrailOverHTTP(t *testing.T) {
	d := newMailDesk(t)
	if g := d.want(200, "root administrator", "GET", "/guardrail", "", ""); g["rev"] != 0.0 || len(g["words"].([]any)) == 0 {
		t.Errorf("the default rules: %v", g)
	}
	rules := `{"words":["red folder"],"senders":[],"recipients":["helpline@*"]}`
	d.want(403, "ann advocate", "PUT", "/guardrail", rules, `"0"`)
	d.want(200, "root administrator", "PUT", "/guardrail", rules, `"0"`)
	d.want(412, "root administrator", "PUT", "/guardrail", rules, `"0"`)
	d.want(422, "root administrator", "PUT", "/guardrail", `{"words":[],"senders":["*"],"recipients":[]}`, `"1"`)
	for body, want := range map[string]any{`{"text":"the RED Folder"}`: true, `{"to":["Helpline@x.org"]}`: true, `{"subject":"redfolder"}`: false} {
		if got := d.want(200, "root administrator", "POST", "/guardrail/test", body, ""); got["withheld"] != want {
			t.Errorf("%s: %v", body, got)
		}
	}
	d.fill()
	if a := d.want(200, "root administrator", "GET", "/mail/accounting", "", ""); a["total"] != 1.0 || a["items"].([]any)[0].(map[string]any)["kept"] != 1.0 {
		t.Errorf("accounting: %v", a)
	}
	if a := d.want(200, "bob advocate", "GET", "/mail/accounting", "", ""); a["total"] != 0.0 {
		t.Errorf("bob's accounting: %v", a)
	}
	if s := d.want(200, "root administrator", "GET", "/mail/set-aside?reason=withheld", "", ""); s["total"] != 0.0 {
		t.Errorf("set aside: %v", s)
	}
}
