package diligence

import (
	"context"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// HitState says what people think of a match. A name alone never confirms one.
type HitState string

// The states.
const (
	PossibleHit  HitState = "possible"  // nobody has judged it
	ConfirmedHit HitState = "confirmed" // it is them
	DismissedHit HitState = "dismissed" // it is somebody else; stays so until the entry changes
)

// Hit is an entry of the sanctions list whose name is like one of a stakeholder's, as it was found and as it was judged.
type Hit struct {
	store.Meta
	StakeholderID string        `json:"stakeholderId"`
	EntryID       string        `json:"entryId" doc:"the list's logicalId"`
	EntryHash     string        `json:"entryHash"`
	Entry         SanctionEntry `json:"entry" doc:"as the list had it when it was last found"`
	Ours          string        `json:"ours" doc:"the name of ours that is alike"`
	Theirs        string        `json:"theirs" doc:"the name of the list"`
	Weak          bool          `json:"weak,omitempty" doc:"the list itself calls that name weak"`
	Bears         bool          `json:"bears,omitempty" doc:"ours is an organisation that bears the name of a listed person"`
	Score         int           `json:"score" minimum:"0" maximum:"100" doc:"how alike the names are; it says nothing of whether it is them"`
	Reasons       []string      `json:"reasons" nullable:"false"`
	State         HitState      `json:"state" enum:"possible,confirmed,dismissed"`
	Judgement     *Judgement    `json:"judgement,omitempty"`
	Earlier       *Judgement    `json:"earlier,omitempty" doc:"what was said before the entry changed"`
	Gone          bool          `json:"gone" doc:"the list no longer has such an entry; of one that was dismissed also: no such name of ours is left"`
}

// Judgement says why a match is, or is not, the stakeholder.
type Judgement struct {
	State      HitState   `json:"state" enum:"confirmed,dismissed"`
	Reason     string     `json:"reason"`
	Identifier Identifier `json:"identifier"`
	By         string     `json:"by" doc:"an account"`
	On         store.Date `json:"on"`
}

// IdentifierKinds are what tells two of one name apart.
var IdentifierKinds = []string{"birth-date", "birth-place", "country", "address", "register-number", "document", "function", "other"}

// Identifier is the second thing beside the name by which a match was judged.
type Identifier struct {
	Kind   string `json:"kind" enum:"birth-date,birth-place,country,address,register-number,document,function,other"`
	Ours   string `json:"ours" maxLength:"300" doc:"what it is with ours, and where that is known from"`
	Theirs string `json:"theirs" maxLength:"300" doc:"what it is on the list"`
}

// look is when one of ours was last held against a list.
type look struct {
	store.Meta
	StakeholderID string        `json:"stakeholderId"`
	At            store.Instant `json:"at"`
	Seq           int64         `json:"seq"`
	List          string        `json:"list"`
	Names         []string      `json:"names"`
	Turn          int64         `json:"turn,omitempty"` // see hold
}

// HitSearch says which matches a list shows. Empty fields do not narrow it.
type HitSearch struct {
	StakeholderID string
	State         HitState
	Current       bool // only those that the list still has
}

// HitSorts maps what matches may be sorted by to the declared field.
var HitSorts = map[string]string{"score": "score", "updatedAt": "updatedAt"}

// Hits gives a page of matches; q carries sort, limit and cursor.
func (r *Repo) Hits(ctx context.Context, s HitSearch, q store.Query) (store.Page[Hit], error) {
	w := filter.And{}
	for field, value := range map[string]string{"stakeholderId": s.StakeholderID, "state": string(s.State)} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.Current {
		w = append(w, filter.Eq{Field: "gone", Value: false})
	}
	q.Where = w
	return r.hits.Page(ctx, q)
}

// GetHit gives one match.
func (r *Repo) GetHit(ctx context.Context, id string) (*Hit, error) { return r.hits.Get(ctx, id) }

// Judge says of revision rev of a match whether it is them. It needs a second identifier: the name alone never says.
func (r *Repo) Judge(ctx context.Context, id string, rev int64, j Judgement) (*Hit, error) {
	j.Reason, j.Identifier.Ours, j.Identifier.Theirs = strings.TrimSpace(j.Reason), oneLine(j.Identifier.Ours), oneLine(j.Identifier.Theirs)
	j.By, j.On = access.From(ctx).AccountID, r.Today()
	var k fault.Checks
	k.Require(j.State == ConfirmedHit || j.State == DismissedHit, "state", "Say confirmed or dismissed.")
	k.Require(j.Reason != "", "reason", "Say why.")
	k.Require(len(j.Reason) <= maxNote, "reason", "The reason is longer than 5,000 bytes.")
	k.Require(slices.Contains(IdentifierKinds, j.Identifier.Kind), "identifier.kind", "Name what tells them apart beside the name: %s.", strings.Join(IdentifierKinds, ", "))
	k.Require(j.Identifier.Ours != "", "identifier.ours", "Say what it is with ours. A name alone confirms nothing and clears nobody.")
	k.Require(j.Identifier.Theirs != "", "identifier.theirs", "Say what it is on the list.")
	k.Require(len(j.Identifier.Ours) <= 1200 && len(j.Identifier.Theirs) <= 1200, "identifier.ours", "This is too long.")
	if err := k.Err(); err != nil {
		return nil, err
	}
	var saved *Hit
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = r.hits.UpdateAt(ctx, id, rev, func(h *Hit) error {
			h.State, h.Judgement = j.State, &j
			return nil
		})
		if err != nil {
			return err
		}
		return r.hold(ctx, saved.StakeholderID)
	})
	return saved, err
}

// hold lets nobody else judge matches of one of ours, or decide on its case, in the transaction of ctx: whoever does so
// writes its look, so that of two at once one has to begin anew. Reading alone holds nothing on an engine whose transactions
// read a snapshot.
func (r *Repo) hold(ctx context.Context, stakeholderID string) error {
	looks, err := r.looksOf(ctx, []string{stakeholderID})
	if l := looks[stakeholderID]; err == nil && l != nil {
		_, err = r.looks.Update(ctx, l.ID, func(l *look) error { l.Turn++; return nil })
	}
	return err
}

// found puts a match onto the hit that there is of it. What people have said stays, but that a changed entry has to be
// looked at again where it was dismissed.
func (h *Hit) found(m Match) {
	h.Gone = false
	if h.EntryHash == m.Hash && h.State != PossibleHit {
		return
	}
	if h.EntryHash != m.Hash && h.State == DismissedHit {
		h.State, h.Earlier, h.Judgement = PossibleHit, h.Judgement, nil
	}
	h.EntryHash, h.Entry = m.Hash, *m.Entry
	h.Ours, h.Theirs, h.Weak, h.Bears, h.Score, h.Reasons = m.Ours, m.Theirs, m.Weak, m.Bears, m.Score, m.Reasons
	if h.Reasons == nil {
		h.Reasons = []string{}
	}
}

// JudgedAlike refuses that two of ours become one where the same entry is confirmed for one of them and not for the other: one
// of the two hits goes in a merge, and it must not be the one that says so. The fault says no more than that they differ, as
// people merge who may not read what was found.
func (r *Repo) JudgedAlike(ctx context.Context, survivorID, loserID string) error {
	of, err := r.hitsOf(ctx, []string{survivorID, loserID})
	if err != nil {
		return err
	}
	for _, a := range of[survivorID] {
		for _, b := range of[loserID] {
			if a.EntryID == b.EntryID && (a.State == ConfirmedHit) != (b.State == ConfirmedHit) {
				return fault.Field("loserId", "The two are judged differently under due diligence. Have the matches on the sanctions list judged alike for both, then merge.")
			}
		}
	}
	return nil
}

// hitsOf gives the matches of some stakeholders, by stakeholder, the most alike first.
func (r *Repo) hitsOf(ctx context.Context, ids []string) (map[string][]*Hit, error) {
	of := map[string][]*Hit{}
	for part := range slices.Chunk(ids, chunk) {
		list, err := r.hits.Find(ctx, filter.In{Field: "stakeholderId", Values: anys(part)}, []driver.Key{{Path: "score", Desc: true}}, 0)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			of[h.StakeholderID] = append(of[h.StakeholderID], h)
		}
	}
	return of, nil
}

// chunk bounds how many values one query names.
const chunk = 400
