package api

import (
	"context"

	"piper/internal/mail"
	"piper/internal/store"
)

// MailboxFields are the settings of a mailbox that may be shown.
type MailboxFields struct {
	OwnerID   string    `json:"ownerId,omitempty" maxLength:"60" doc:"whose mailbox it is; the writer's own unless told"`
	Name      string    `json:"name,omitempty" maxLength:"200"`
	Host      string    `json:"host" maxLength:"255"`
	Port      int       `json:"port,omitempty" minimum:"0" maximum:"65535" doc:"993 with TLS, 143 otherwise, unless told"`
	TLS       string    `json:"tls,omitempty" enum:"on,starttls,off"`
	CAPEM     string    `json:"caPem,omitempty" maxLength:"20000" doc:"a certificate to trust instead of the system's"`
	User      string    `json:"user" maxLength:"320"`
	Addresses []string  `json:"addresses" required:"false" nullable:"false" maxItems:"50" doc:"the owner's own addresses; they count for nobody"`
	Auth      mail.Auth `json:"auth,omitempty" enum:"password,xoauth2"`
	TokenURL  string    `json:"tokenUrl,omitempty" maxLength:"500"`
	ClientID  string    `json:"clientId,omitempty" maxLength:"500"`
	Scopes    []string  `json:"scopes,omitempty" maxItems:"20"`
	Folders   []string  `json:"folders" required:"false" nullable:"false" maxItems:"200" doc:"nothing else is read"`
	Enabled   bool      `json:"enabled" required:"false"`
}

// mailboxBody is what a person may write.
type mailboxBody struct {
	MailboxFields
	Password     string `json:"password,omitempty" maxLength:"20000" doc:"or the refresh token; empty keeps the stored one. Never given out"`
	ClientSecret string `json:"clientSecret,omitempty" maxLength:"2000" doc:"empty keeps the stored one. Never given out"`
}

func (b mailboxBody) input() mail.MailboxInput {
	return mail.MailboxInput{OwnerID: b.OwnerID, Name: b.Name, Host: b.Host, Port: b.Port, TLS: b.TLS, CAPEM: b.CAPEM, User: b.User,
		Addresses: b.Addresses, Auth: b.Auth, Password: b.Password, TokenURL: b.TokenURL, ClientID: b.ClientID,
		ClientSecret: b.ClientSecret, Scopes: b.Scopes, Folders: b.Folders, Enabled: b.Enabled}
}

// mailboxView is a mailbox as its owner and administrators see it, without its secrets.
type mailboxView struct {
	store.Meta
	MailboxFields
	PasswordSetAt store.Instant `json:"passwordSetAt" doc:"when a password was last written"`
	State         *mailboxState `json:"state,omitempty"`
}

// mailboxState is how far a mailbox has been read.
type mailboxState struct {
	Folders       []mail.FolderState `json:"folders" nullable:"false"`
	LastRunAt     store.Instant      `json:"lastRunAt,omitempty"`
	LastSuccessAt store.Instant      `json:"lastSuccessAt,omitempty"`
	LastError     string             `json:"lastError,omitempty"`
}

func viewMailbox(m *mail.Mailbox, s *mail.MailboxState) *mailboxView {
	v := &mailboxView{Meta: m.Meta, PasswordSetAt: m.PasswordSetAt, MailboxFields: MailboxFields{OwnerID: m.OwnerID, Name: m.Name, Host: m.Host, Port: m.Port, TLS: m.TLS,
		CAPEM: m.CAPEM, User: m.User, Addresses: m.Addresses, Auth: m.Auth, TokenURL: m.TokenURL, ClientID: m.ClientID,
		Scopes: m.Scopes, Folders: m.Folders, Enabled: m.Enabled}}
	if s != nil {
		v.State = &mailboxState{Folders: s.Folders, LastRunAt: s.LastRunAt, LastSuccessAt: s.LastSuccessAt, LastError: s.LastError}
	}
	return v
}

type listMailboxesInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"500" doc:"taken for symmetry; all mailboxes come on one page"`
}

type listMailboxesOutput struct{ Body store.Page[mailboxView] }

// listMailboxes lists the reader's own mailboxes; for an administrator those of everybody, settings only.
func (a *API) listMailboxes(ctx context.Context, _ *listMailboxesInput) (*listMailboxesOutput, error) {
	boxes, err := a.Mail.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	states, err := a.Mail.States(ctx, boxes)
	if err != nil {
		return nil, err
	}
	out := &listMailboxesOutput{Body: store.Page[mailboxView]{Items: []*mailboxView{}, Total: len(boxes)}}
	for _, m := range boxes {
		out.Body.Items = append(out.Body.Items, viewMailbox(m, states[m.ID]))
	}
	return out, nil
}

type mailboxOutput struct {
	ETag string `header:"ETag"`
	Body *mailboxView
}

func (a *API) savedMailbox(ctx context.Context, m *mail.Mailbox, err error) (*mailboxOutput, error) {
	if err != nil {
		return nil, err
	}
	states, err := a.Mail.States(ctx, []*mail.Mailbox{m})
	if err != nil {
		return nil, err
	}
	return &mailboxOutput{etag(m.Rev), viewMailbox(m, states[m.ID])}, nil
}

func (a *API) getMailbox(ctx context.Context, in *IDInput) (*mailboxOutput, error) {
	m, err := a.Mail.Mailbox(ctx, in.ID)
	return a.savedMailbox(ctx, m, err)
}

type createMailboxInput struct{ Body mailboxBody }

func (a *API) createMailbox(ctx context.Context, in *createMailboxInput) (*mailboxOutput, error) {
	m, err := a.Mail.CreateMailbox(ctx, in.Body.input())
	return a.savedMailbox(ctx, m, err)
}

type updateMailboxInput struct {
	ChangeInput
	Body mailboxBody
}

func (a *API) updateMailbox(ctx context.Context, in *updateMailboxInput) (*mailboxOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	m, err := a.Mail.UpdateMailbox(ctx, in.ID, rev, in.Body.input())
	return a.savedMailbox(ctx, m, err)
}

// deleteMailbox forgets a mailbox. The messages that were kept stay with their owner.
func (a *API) deleteMailbox(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Mail.DeleteMailbox(ctx, in.ID, rev)
}

type testMailboxInput struct {
	ID   string `query:"id" maxLength:"60" doc:"the saved mailbox being edited, whose password is used where none is given"`
	Body mailboxBody
}

type testMailboxOutput struct {
	Body struct {
		Folders []string `json:"folders" nullable:"false"`
	}
}

// testMailbox signs in with settings that need not be saved and lists the folders to choose from.
func (a *API) testMailbox(ctx context.Context, in *testMailboxInput) (*testMailboxOutput, error) {
	folders, err := a.Mail.TryMailbox(ctx, in.ID, in.Body.input())
	if err != nil {
		return nil, err
	}
	out := &testMailboxOutput{}
	out.Body.Folders = append([]string{}, folders...)
	return out, nil
}
