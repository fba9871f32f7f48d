package mail

import (
	"context"
	"errors"
	"time"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/mail"
)

// session is one mailbox being read, over as many connections as that takes.
type session struct {
	*run
	box    *mail.Mailbox
	in     *mail.Intake
	client *imapbox.Client // nil while not connected
	served bool            // the server has let us in once
	saved  mail.Saved
}

// mailbox reads what is new in the folders of one mailbox. What was saved when it fails stays.
func (r *run) mailbox(ctx context.Context, box *mail.Mailbox) (mail.Saved, error) {
	in, err := r.Mail.Intake(ctx, box, r.Directory)
	if err != nil {
		return mail.Saved{}, err
	}
	s := &session{run: r, box: box, in: in}
	defer s.hangUp()
	var missing error
	for _, folder := range box.Folders {
		err := s.folder(ctx, folder)
		if fault.Is(err, fault.NotFound) { // somebody renamed it; the others can still be read
			missing = fault.Wrap(err, fault.Unavailable, "There is no folder %q in the mailbox.", folder)
			continue
		}
		if err != nil {
			return s.saved, err
		}
	}
	return s.saved, missing
}

// hangUp closes the connection.
func (s *session) hangUp() {
	if s.client != nil {
		_ = s.client.Close() // whatever is wrong with it, we are done with it
		s.client = nil
	}
}

// patience says how a folder is read after 0, 1, 2 … attempts in a row that brought nothing. A server that
// breaks off at one message is asked for less and less around it, in the end for its headers only.
var patience = []struct {
	batch   int
	headers bool
}{{batch: 0}, {batch: 20}, {batch: 1}, {batch: 1, headers: true}}

// folder reads what is new in a folder, dialling again when the connection breaks, as long as that
// brings something.
func (s *session) folder(ctx context.Context, name string) error {
	for attempt := 0; ; {
		how := patience[attempt]
		size, limit := batchSize, maxSize
		if how.batch > 0 {
			size = min(size, how.batch)
		}
		if how.headers {
			limit = 1
		}
		n, err := s.readFolder(ctx, name, size, limit)
		if err == nil || ctx.Err() != nil || !fault.Is(err, fault.Unavailable) {
			if err == nil && attempt > 0 { // read with reduced batches: what is left is read as usual
				attempt = 0
				continue
			}
			return errors.Join(err, ctx.Err())
		}
		s.hangUp()
		if !s.served { // a wrong password does not get better by trying, and may lock the account
			return err
		}
		if n > 0 {
			attempt = 0
		} else if attempt++; attempt == len(patience) {
			return err
		}
		select {
		case <-time.After(pause << attempt):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// readFolder reads what is new over one connection. n is how many messages were saved. With a reduced
// batch it reads one batch only.
func (s *session) readFolder(ctx context.Context, name string, size int, limit int64) (n int, err error) {
	if s.client == nil {
		account, err := s.account(ctx, s.box)
		if err != nil {
			return 0, err
		}
		if s.client, err = imapbox.Dial(ctx, account); err != nil {
			s.client = nil
			return 0, err
		}
		s.served = true
	}
	now, err := s.client.Open(ctx, name)
	if err != nil {
		return 0, err
	}
	state, err := s.Mail.BeginFolder(ctx, s.box.ID, name, now.UIDValidity)
	if err != nil {
		return 0, err
	}
	if now.UIDNext == 0 || now.UIDNext != state.UIDNext {
		if n, err = s.readNew(ctx, state, now, size, limit); err != nil {
			return n, err
		}
	}
	wanted, err := s.Mail.Wanted(ctx, s.box.ID, state)
	if err != nil || len(wanted) == 0 {
		return n, err
	}
	again := load{folder: state, asides: map[uint32]string{}}
	for _, a := range wanted {
		again.uids = append(again.uids, a.UID)
		again.asides[a.UID] = a.ID
	}
	m, err := s.load(ctx, again, size, limit)
	return n + m, err
}

// readNew reads the messages beyond the cursor.
func (s *session) readNew(ctx context.Context, state mail.FolderState, now imapbox.Folder, size int, limit int64) (int, error) {
	uids, err := s.client.UIDs(ctx, state.LastUID+1)
	if err != nil {
		return 0, err
	}
	for len(uids) > 0 && uids[0] <= state.LastUID { // "n:*" names the last message even where n is beyond it
		uids = uids[1:]
	}
	n := 0
	if len(uids) > 0 {
		reduced := size < batchSize
		if reduced {
			uids = uids[:min(len(uids), size)]
		}
		if n, err = s.load(ctx, load{folder: state, uids: uids}, size, limit); err != nil || reduced {
			return n, err
		}
	}
	return n, s.Mail.EndFolder(ctx, s.box.ID, state.Name, now.UIDNext)
}
