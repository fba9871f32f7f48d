package mail

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// MailboxState is how far a mailbox has been read. It lies beside the settings (same id), so that a run
// and a person who edits them do not meet. Only the mail job, under its lease, writes it.
type MailboxState struct {
	store.Meta
	Folders       []FolderState `json:"folders"`
	LastRunAt     store.Instant `json:"lastRunAt,omitempty"`
	LastSuccessAt store.Instant `json:"lastSuccessAt,omitempty"`
	LastError     string        `json:"lastError,omitempty"` // a sentence; "" after a success
}

// FolderState is the cursor of one folder and the account of every message up to it.
type FolderState struct {
	No          int    `json:"no"` // stands for the folder in holdings; never given twice
	Name        string `json:"name"`
	UIDValidity uint32 `json:"uidValidity"`
	LastUID     uint32 `json:"lastUid"` // everything up to here is accounted for
	UIDNext     uint32 `json:"uidNext"` // as the server told at the end of the last sync
	Tally
}

// Tally accounts for messages: every one ends in exactly one of these.
type Tally struct {
	Kept       int `json:"kept"`
	Forgotten  int `json:"forgotten"`
	Withheld   int `json:"withheld"`
	Unreadable int `json:"unreadable"`
}

// Folder gives the state of a folder, nil where it was never read.
func (s *MailboxState) Folder(name string) *FolderState {
	i := slices.IndexFunc(s.Folders, func(f FolderState) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &s.Folders[i]
}

// FolderName gives the name of a folder by its number.
func (s *MailboxState) FolderName(no int) (string, bool) {
	i := slices.IndexFunc(s.Folders, func(f FolderState) bool { return f.No == no })
	if i < 0 {
		return "", false
	}
	return s.Folders[i].Name, true
}

// folder gives the state of a folder, begun where it is missing.
func (s *MailboxState) folder(name string) *FolderState {
	if f := s.Folder(name); f != nil {
		return f
	}
	no := 1
	for _, f := range s.Folders {
		no = max(no, f.No+1)
	}
	s.Folders = append(s.Folders, FolderState{No: no, Name: name})
	return &s.Folders[len(s.Folders)-1]
}

// State gives how far a mailbox has been read.
func (r *Repo) State(ctx context.Context, mailboxID string) (*MailboxState, error) {
	return r.states.Get(ctx, mailboxID)
}

// States gives the state of each of several mailboxes.
func (r *Repo) States(ctx context.Context, boxes []*Mailbox) (map[string]*MailboxState, error) {
	ids := make([]any, len(boxes))
	for i, b := range boxes {
		ids[i] = b.ID
	}
	list, err := r.states.Find(ctx, filter.In{Field: "id", Values: ids}, nil, 0)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*MailboxState, len(list))
	for _, s := range list {
		byID[s.ID] = s
	}
	return byID, nil
}

// BeginFolder gives the cursor of a folder that the server shows with this UIDVALIDITY. Where that has
// changed, all UIDs that Piper knows of the folder mean nothing any more: the account of what was not
// kept is dropped and the folder is read again from the start; messages that were kept are recognised by
// their identity, so nothing doubles. Being killed half way only means that it starts again.
func (r *Repo) BeginFolder(ctx context.Context, mailboxID, name string, uidValidity uint32) (FolderState, error) {
	var out FolderState
	s, err := r.states.Get(ctx, mailboxID)
	if err != nil {
		return out, err
	}
	if f := s.Folder(name); f != nil && f.UIDValidity == uidValidity {
		return *f, nil
	} else if f != nil {
		where := filter.And{filter.Eq{Field: "mailboxId", Value: mailboxID}, filter.Eq{Field: "folder", Value: int64(f.No)}}
		if err := r.dropAside(ctx, where); err != nil {
			return out, err
		}
	}
	_, err = r.states.Update(ctx, mailboxID, func(s *MailboxState) error {
		f := s.folder(name)
		*f = FolderState{No: f.No, Name: f.Name, UIDValidity: uidValidity}
		out = *f
		return nil
	})
	return out, err
}

// EndFolder notes what the server said the next UID would be when everything before it was accounted
// for, so that the next sync sees at a glance that nothing is new.
func (r *Repo) EndFolder(ctx context.Context, mailboxID, name string, uidNext uint32) error {
	_, err := r.states.Update(ctx, mailboxID, func(s *MailboxState) error {
		s.folder(name).UIDNext = uidNext
		return nil
	})
	return err
}

// EndSync notes how a sync of the whole mailbox ended.
func (r *Repo) EndSync(ctx context.Context, mailboxID string, problem string) error {
	_, err := r.states.Update(ctx, mailboxID, func(s *MailboxState) error {
		now := r.db.Now()
		s.LastRunAt, s.LastError = now, problem
		if problem == "" {
			s.LastSuccessAt = now
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return nil // the mailbox was removed meanwhile
	}
	return err
}
