package mail

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/mail"
	"piper/internal/mail/mime"
)

// Server asks mail servers on behalf of people: which folders there are, and for the attachments that
// Piper does not keep. It is the mail.Server of the repository.
type Server struct{ Deps }

var _ mail.Server = (*Server)(nil)

// Folders signs in to a mailbox, which need not be saved, and lists its folders.
func (s *Server) Folders(ctx context.Context, box *mail.Mailbox) ([]string, error) {
	client, err := s.dial(ctx, box)
	if err != nil {
		return nil, err
	}
	defer func() { _ = client.Close() }()
	return client.Folders(ctx)
}

func (s *Server) dial(ctx context.Context, box *mail.Mailbox) (*imapbox.Client, error) {
	account, err := s.account(ctx, box)
	if err != nil {
		return nil, err
	}
	return imapbox.Dial(ctx, account)
}

// Attachment fetches one attachment of a body that the reader of ctx may read, from whichever mailbox
// still holds the message.
func (s *Server) Attachment(ctx context.Context, b *mail.Body, index int) (mime.Attachment, []byte, error) {
	at := -1
	for i, a := range b.Attachments {
		if a.Index == index {
			at = i
		}
	}
	if at < 0 {
		return mime.Attachment{}, nil, fault.New(fault.NotFound, "The message has no such attachment.")
	}
	places, err := s.Mail.Holders(ctx, b)
	if err != nil {
		return mime.Attachment{}, nil, err
	}
	// Where the message lies is not the reader's business; that the reader may read it was checked.
	ctx = access.AsSystem(ctx, "fetching an attachment")
	err = fault.New(fault.NotFound, "The message is no longer in the mailbox, so its attachments cannot be fetched.")
	for _, h := range places {
		raw, problem := s.raw(ctx, h)
		if problem != nil {
			if fault.Is(problem, fault.Unavailable) {
				err = asFault(problem)
			}
			continue
		}
		a, data, problem := mime.OpenAttachment(raw.Body, index)
		if problem != nil || a.Hash != b.Attachments[at].Hash {
			continue
		}
		return a, data, nil
	}
	return mime.Attachment{}, nil, err
}

// raw fetches the message that lies at a place.
func (s *Server) raw(ctx context.Context, h mail.Holding) (imapbox.Raw, error) {
	box, err := s.Mail.Mailbox(ctx, h.MailboxID)
	if err != nil {
		return imapbox.Raw{}, err
	}
	state, err := s.Mail.State(ctx, h.MailboxID)
	if err != nil {
		return imapbox.Raw{}, err
	}
	folder, ok := state.FolderName(h.Folder)
	if !ok {
		return imapbox.Raw{}, fault.New(fault.NotFound, "The folder is no longer read.")
	}
	client, err := s.dial(ctx, box)
	if err != nil {
		return imapbox.Raw{}, err
	}
	defer func() { _ = client.Close() }()
	open, err := client.Open(ctx, folder)
	if err != nil {
		return imapbox.Raw{}, err
	}
	if open.UIDValidity != h.UIDValidity {
		return imapbox.Raw{}, fault.New(fault.NotFound, "The folder was renumbered; the next mail run finds the message again.")
	}
	return client.FetchOne(ctx, h.UID)
}
