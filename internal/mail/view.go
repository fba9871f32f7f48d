package mail

import (
	"piper/internal/access"
	"piper/internal/mail/mime"
	"piper/internal/store"
)

// ThreadView is a thread as one reader sees it: made of the parts that are open to that reader.
type ThreadView struct {
	store.Meta
	Subject        string         `json:"subject"` // of the earliest message; empty where the reader may not see it
	Participants   []mime.Address `json:"participants"`
	StakeholderIDs []string       `json:"stakeholderIds"`
	MailboxIDs     []string       `json:"mailboxIds"`
	OwnerIDs       []string       `json:"ownerIds"` // whose mailboxes hold what the reader sees of it
	FirstAt        store.Instant  `json:"firstAt"`
	LastAt         store.Instant  `json:"lastAt"`
	Count          int            `json:"count"`
	Sharing        Level          `json:"sharing" enum:"private,metadata,subject,full" doc:"what the reader, as an owner, shares with the team; for others, what is shared with them"`
	Mine           bool           `json:"mine" doc:"the reader holds messages of it and decides about sharing them"`
}

// view makes what the holder of these sight tokens sees of a thread; accountID is whose tokens they are.
func (t *Thread) view(accountID string, tokens []string) *ThreadView {
	var open, titled Part
	v := &ThreadView{Meta: t.Meta}
	for _, p := range t.Parts {
		if !overlap(t.Shares.readers(p.OwnerIDs, Metadata), tokens) {
			continue
		}
		open = open.plus(p)
		if overlap(t.Shares.readers(p.OwnerIDs, Subject), tokens) {
			titled = titled.plus(p)
		}
	}
	v.Subject = titled.Lead.Subject
	v.Participants = notNil(open.People)
	v.StakeholderIDs, v.MailboxIDs, v.OwnerIDs = notNil(open.StakeholderIDs), notNil(open.MailboxIDs), notNil(open.OwnerIDs)
	v.FirstAt, v.LastAt, v.Count = open.FirstAt, open.LastAt, open.Count
	v.Mine = overlap(t.owners(), []string{accountID})
	v.Sharing = t.Shares.of(accountID)
	if !v.Mine {
		v.Sharing = t.Shares.team(open.OwnerIDs)
	}
	return v
}

// viewFor makes what the reader of a context sees.
func (t *Thread) viewFor(r access.Reader, tokens []string) *ThreadView {
	if r.System() {
		tokens = t.Seen
		for _, p := range t.Parts {
			tokens = append(tokens, t.Shares.readers(p.OwnerIDs, Subject)...)
		}
	}
	return t.view(r.AccountID, tokens)
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
