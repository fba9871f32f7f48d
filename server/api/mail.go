package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/fault"
	"piper/internal/mail"
	mailmime "piper/internal/mail/mime"
	"piper/internal/store"
)

type listThreadsInput struct {
	ListInput
	Stakeholder string `query:"stakeholder" maxLength:"60"`
	Mailbox     string `query:"mailbox" maxLength:"60"`
}

type listThreadsOutput struct{ Body store.Page[mail.ThreadView] }

func (a *API) listThreads(ctx context.Context, in *listThreadsInput) (*listThreadsOutput, error) {
	q, err := in.query(mail.ThreadSorts, "-lastAt")
	if err != nil {
		return nil, err
	}
	page, err := a.Mail.Threads(ctx, mail.ThreadSearch{StakeholderID: in.Stakeholder, MailboxID: in.Mailbox}, q)
	return &listThreadsOutput{page}, err
}

// threadDoc is a thread with those of its messages that the reader may know of.
type threadDoc struct {
	Thread   *mail.ThreadView `json:"thread"`
	Messages []mail.Message   `json:"messages" nullable:"false"`
}

type getThreadOutput struct {
	ETag string `header:"ETag"`
	Body rawDoc[threadDoc]
}

func (a *API) getThread(ctx context.Context, in *IDInput) (*getThreadOutput, error) {
	t, messages, err := a.Mail.Thread(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(struct {
		Thread   *mail.ThreadView  `json:"thread"`
		Messages []json.RawMessage `json:"messages"`
	}{t, messages})
	if err != nil {
		return nil, fmt.Errorf("encoding a thread: %w", err)
	}
	return &getThreadOutput{etag(t.Rev), rawDoc[threadDoc]{doc}}, nil
}

type shareThreadInput struct {
	ChangeInput
	Body struct {
		Level mail.Level `json:"level" enum:"private,metadata,subject,full"`
	}
}

type shareThreadOutput struct {
	ETag string `header:"ETag"`
	Body *mail.ThreadView
}

// shareThread sets what the reader, as an owner, shows of a thread to the team.
func (a *API) shareThread(ctx context.Context, in *shareThreadInput) (*shareThreadOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	t, err := a.Mail.Share(ctx, in.ID, rev, in.Body.Level)
	if err != nil {
		return nil, err
	}
	return &shareThreadOutput{etag(t.Rev), t}, nil
}

type listMessagesInput struct {
	ListInput
	Stakeholder string `query:"stakeholder" maxLength:"60"`
	Thread      string `query:"thread" maxLength:"60"`
}

type listMessagesOutput struct{ Body rawList[mail.Message] }

func (a *API) listMessages(ctx context.Context, in *listMessagesInput) (*listMessagesOutput, error) {
	q, err := in.query(mail.MessageSorts, "-date")
	if err != nil {
		return nil, err
	}
	page, err := a.Mail.Messages(ctx, mail.MessageSearch{StakeholderID: in.Stakeholder, ThreadID: in.Thread}, q)
	return &listMessagesOutput{rawList[mail.Message]{page}}, err
}

type getMessageOutput struct {
	ETag string `header:"ETag"`
	Body rawDoc[mail.Message]
}

func (a *API) getMessage(ctx context.Context, in *IDInput) (*getMessageOutput, error) {
	doc, err := a.Mail.Message(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	rev, err := revOfDoc(doc)
	return &getMessageOutput{etag(rev), rawDoc[mail.Message]{doc}}, err
}

type getBodyInput struct {
	IDInput
	Wording int `query:"wording" minimum:"-1" maximum:"1000" default:"-1" doc:"which wording, where copies that came another way differ; the first unless told"`
}

// messageBody is what a message says, for its readers in full.
type messageBody struct {
	Wording       int                   `json:"wording"`
	Wordings      []int                 `json:"wordings" nullable:"false" doc:"further wordings of the same message, from copies that came another way"`
	Subject       string                `json:"subject"`
	From          []mailmime.Address    `json:"from" nullable:"false"`
	To            []mailmime.Address    `json:"to" nullable:"false"`
	Cc            []mailmime.Address    `json:"cc" nullable:"false"`
	Bcc           []mailmime.Address    `json:"bcc,omitempty"`
	ReplyTo       []mailmime.Address    `json:"replyTo,omitempty"`
	Text          string                `json:"text"`
	HTML          string                `json:"html" doc:"sanitised; to be shown in a sandboxed frame only, see /messages/{id}/html"`
	Attachments   []mailmime.Attachment `json:"attachments" nullable:"false"`
	Problems      []string              `json:"problems,omitempty" doc:"what had to be repaired to read it"`
	AutoSubmitted bool                  `json:"autoSubmitted,omitempty" doc:"sent by a machine"`
	HeadersOnly   bool                  `json:"headersOnly,omitempty" doc:"too large to be fetched whole"`
}

type getBodyOutput struct{ Body messageBody }

func (a *API) getMessageBody(ctx context.Context, in *getBodyInput) (*getBodyOutput, error) {
	b, others, err := a.Mail.Body(ctx, in.ID, in.Wording)
	if err != nil {
		return nil, err
	}
	return &getBodyOutput{messageBody{Wording: b.Content, Wordings: others, Subject: b.Subject, From: b.From, To: b.To, Cc: b.Cc, Bcc: b.Bcc,
		ReplyTo: b.ReplyTo, Text: b.Text, HTML: b.HTML, Attachments: b.Attachments, Problems: b.Problems,
		AutoSubmitted: b.AutoSubmitted, HeadersOnly: b.HeadersOnly}}, nil
}

// framePolicy lets a mail's page show itself and do nothing else: no script, no form, nothing fetched from
// anywhere. Links open in a window of their own.
const framePolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

// frameStyle keeps a mail's page inside its frame.
const frameStyle = "body{font:14px/1.5 system-ui,sans-serif;margin:12px;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}" +
	"img,table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:0 0 0 .8em;padding-left:.8em;border-left:2px solid #ccc}"

// messagePage is a mail as a page of its own, for a sandboxed frame.
func (a *API) messagePage(c *gin.Context) {
	wording, err := wordingOf(c)
	var b *mail.Body
	if err == nil {
		b, _, err = a.Mail.Body(c.Request.Context(), c.Param("id"), wording)
	}
	if err != nil {
		writeProblem(c, err)
		return
	}
	content := b.HTML
	if content == "" {
		content = "<pre>" + html.EscapeString(b.Text) + "</pre>"
	}
	var page bytes.Buffer
	fmt.Fprintf(&page, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title><base target="_blank"><style>%s</style></head><body>%s</body></html>`,
		html.EscapeString(b.Subject), frameStyle, content)
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", framePolicy)
	h.Set("Cache-Control", "private, no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	c.Data(http.StatusOK, "text/html; charset=utf-8", page.Bytes())
}

// attachment hands out one attachment, fetched from the mailbox, as a file to save: whatever it says it
// is, a browser must not show it as a page of Piper's.
func (a *API) attachment(c *gin.Context) {
	index, err := strconv.Atoi(c.Param("n"))
	if err != nil || index < 0 {
		writeProblem(c, fault.Field("n", "An attachment has a number."))
		return
	}
	wording, err := wordingOf(c)
	var found mailmime.Attachment
	var data []byte
	if err == nil {
		found, data, err = a.Mail.Attachment(c.Request.Context(), c.Param("id"), wording, index)
	}
	if err != nil {
		writeProblem(c, err)
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": found.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	c.Data(http.StatusOK, harmlessType(found.Type), data)
}

func wordingOf(c *gin.Context) (int, error) {
	text := c.Query("wording")
	if text == "" {
		return -1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fault.Field("wording", "A wording has a number.")
	}
	return n, nil
}

// harmlessType gives a media type that no browser runs; everything else is a file of unknown kind.
func harmlessType(kind string) string {
	switch {
	case strings.HasPrefix(kind, "image/") && !strings.Contains(kind, "svg"),
		strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"),
		kind == "application/pdf", kind == "text/plain", kind == "text/csv", kind == "text/calendar",
		strings.HasPrefix(kind, "application/vnd."), kind == "application/msword", kind == "application/rtf", kind == "application/zip":
		return kind
	}
	return "application/octet-stream"
}
