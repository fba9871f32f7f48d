package mail

import (
	"context"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/mail/mime"
)

// Server asks mail servers on behalf of people. The mail job's side implements it.
type Server interface {
	// Folders signs in to a mailbox, which need not be saved, and lists its folders.
	Folders(ctx context.Context, box *Mailbox) ([]string, error)
	// Attachment fetches one attachment of a message from a mailbox that still holds it. NotFound where
	// none does.
	Attachment(ctx context.Context, b *Body, index int) (mime.Attachment, []byte, error)
}

// maxAttachmentMail bounds the message that an attachment is taken out of, in bytes.
const maxAttachmentMail = 64 << 20

// TryMailbox signs in with settings that are not saved and lists the folders to choose from. id names the
// saved mailbox that is being edited, whose password is used where none is given; "" for a new one.
func (r *Repo) TryMailbox(ctx context.Context, id string, in MailboxInput) ([]string, error) {
	box, c := &Mailbox{}, &Credentials{}
	if in.OwnerID == "" {
		in.OwnerID = access.From(ctx).AccountID
	}
	if id != "" {
		saved, err := r.Mailbox(ctx, id)
		if err != nil {
			return nil, err
		}
		in.OwnerID = saved.OwnerID
		if saved.Host == strings.TrimSpace(in.Host) {
			if c, err = r.credentials.Get(ctx, id); err != nil {
				return nil, err
			}
			box.ID = id
		}
	}
	if err := mayOwn(ctx, in.OwnerID); err != nil {
		return nil, err
	}
	if len(in.Folders) == 0 {
		in.Folders = []string{"INBOX"} // they are what the test is to find out
	}
	if err := in.onto(box, c, r.secrets, r.db.Now()); err != nil {
		return nil, err
	}
	box.draft = c
	return r.Server.Folders(ctx, box)
}

// Attachment fetches one attachment of a message that the reader may read in full.
func (r *Repo) Attachment(ctx context.Context, messageID string, content, index int) (mime.Attachment, []byte, error) {
	b, _, err := r.Body(ctx, messageID, content)
	if err != nil {
		return mime.Attachment{}, nil, err
	}
	m, err := r.messages.Get(ctx, messageID)
	if err != nil {
		return mime.Attachment{}, nil, err
	}
	if m.Size > maxAttachmentMail {
		return mime.Attachment{}, nil, fault.New(fault.TooLarge, "The message is too large to be fetched; open it in your mail program.")
	}
	return r.Server.Attachment(ctx, b, index)
}
