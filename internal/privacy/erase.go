package privacy

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
)

// plainName makes words of a collection's name: "due_diligence_cases" → "Due diligence cases".
func plainName(collection string) string {
	words := []rune(strings.ReplaceAll(collection, "_", " "))
	if len(words) > 0 {
		words[0] = unicode.ToUpper(words[0])
	}
	return string(words)
}

// AskErasure opens the erasure of a person. Nothing is changed before somebody has seen the plan that the job
// makes of it and confirms. Duplicate where one is open for that person already.
func (r *Repo) AskErasure(ctx context.Context, stakeholderID string) (*DataRequest, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	p, err := r.person(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	forms, err := formsOf(ctx, r.People, p)
	if err != nil {
		return nil, err
	}
	by := access.From(ctx)
	req := &DataRequest{Kind: Erasure, State: Planning, StakeholderID: p.ID, OpenFor: p.ID, Name: p.Name, Hashes: r.hashesOf(p),
		Code: newCode(), Forms: forms, Texts: true, Counts: []Effect{}, ByID: by.AccountID, By: by.Name}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.requests.Create(ctx, req); err != nil {
			return err
		}
		return r.Journal.Record(ctx, "erasure asked for", map[string]string{"request": req.ID})
	})
	if fault.Is(err, fault.Duplicate) {
		return nil, fault.New(fault.Duplicate, "An erasure of %s is open already.", p.Name)
	}
	return req, err
}

// person gives a stakeholder that is one.
func (r *Repo) person(ctx context.Context, id string) (*Person, error) {
	p, err := r.People.Person(ctx, id)
	if err != nil {
		return nil, err
	}
	if p.Kind != "person" {
		return nil, fault.Field("stakeholderId", "%s is not a person. Only persons have the rights of a data subject.", p.Name)
	}
	return p, nil
}

// maxForms bounds what texts are searched for.
const maxForms = 60

// SetForms changes what is looked for in texts, or that texts stay as they are; the plan is made anew.
func (r *Repo) SetForms(ctx context.Context, id string, rev int64, forms []NameForm, texts bool) (*DataRequest, error) {
	var c fault.Checks
	c.Require(len(forms) <= maxForms, "forms", "There are more than %d.", maxForms)
	tidy := []NameForm{}
	for _, f := range forms {
		f.Text = strings.Join(strings.Fields(f.Text), " ")
		c.Require(len(store.Fold(f.Text)) >= 2, "forms", "%q is too short to be looked for.", f.Text)
		tidy = append(tidy, f)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return r.requests.UpdateAt(ctx, id, rev, func(q *DataRequest) error {
		if q.Kind != Erasure || q.State != Planning && q.State != Planned {
			return fault.New(fault.Stale, "This erasure is confirmed; what it looks for can no longer be changed.")
		}
		q.Forms, q.Texts, q.Chosen, q.State = tidy, texts, true, Planning
		return nil
	})
}

// Drop takes back an erasure that is not confirmed, or removes the record of an export.
func (r *Repo) Drop(ctx context.Context, id string, rev int64) error {
	return r.requests.DeleteAt(ctx, id, rev, func(ctx context.Context, q *DataRequest) error {
		if q.State != Planning && q.State != Planned {
			return fault.New(fault.Stale, "This erasure is confirmed and can no longer be taken back.")
		}
		return r.Journal.Record(ctx, "erasure dropped", map[string]string{"request": id})
	})
}

// Confirmation is what a person says to have somebody erased.
type Confirmation struct {
	Name   string // of the person, typed by hand
	Ground string // one of Grounds
	Reason string // in words, without naming the person
}

// Confirm begins an erasure whose plan a person has seen: the person goes out of sight, and mail stops taking
// their addresses in. The job does the rest.
func (r *Repo) Confirm(ctx context.Context, id string, rev int64, c Confirmation) (q *DataRequest, err error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		now, err := r.requests.Get(ctx, id)
		if err != nil {
			return err
		}
		if now.Kind != Erasure || now.State != Planned {
			return fault.New(fault.Stale, "There is no plan to confirm. Wait for it, or ask for the erasure anew.")
		}
		p, err := r.person(ctx, now.StakeholderID)
		if err != nil {
			return err
		}
		if err := check(c, p, now.Forms); err != nil {
			return err
		}
		forms := now.Forms
		if !now.Chosen { // the record may have changed since the plan
			if forms, err = formsOf(ctx, r.People, p); err != nil {
				return err
			}
		}
		if err := r.People.Hide(ctx, p.ID); err != nil {
			return err
		}
		if q, err = r.requests.UpdateAt(ctx, id, rev, func(q *DataRequest) error {
			q.State, q.Ground, q.Reason, q.ConfirmedAt = Working, c.Ground, strings.TrimSpace(c.Reason), r.db.Now()
			q.Forms, q.Name = withAddresses(forms, p.Addresses), p.Name
			return nil
		}); err != nil {
			return err
		}
		t := r.target(q)
		if err := r.Confirmed(ctx, t); err != nil {
			return err
		}
		return r.Journal.Record(ctx, "erasure confirmed", map[string]string{"request": id, "ground": c.Ground})
	})
	return q, err
}

// withAddresses makes sure that addresses are looked for whatever somebody took off the list: they are what mail
// would be known by.
func withAddresses(forms []NameForm, addresses []string) []NameForm {
	for _, a := range addresses {
		if !slices.ContainsFunc(forms, func(f NameForm) bool { return f.Text == a }) {
			forms = append(forms, NameForm{Text: a, Everywhere: true})
		}
	}
	return forms
}

func check(c Confirmation, p *Person, forms []NameForm) error {
	var checks fault.Checks
	checks.Require(store.Fold(c.Name) == store.Fold(p.Name) && strings.TrimSpace(c.Name) != "", "name", "Type the name exactly as it stands on the record.")
	checks.Require(slices.Contains(Grounds, c.Ground), "ground", "Choose the legal ground.")
	reason := strings.TrimSpace(c.Reason)
	checks.Require(reason != "", "reason", "Say in a few words why.")
	checks.Require(len([]rune(reason)) <= 500, "reason", "The reason is longer than 500 characters.")
	all := newRedactor(forms, Pseudonym{}, func(NameForm) bool { return true })
	checks.Require(!all.Has(reason), "reason", "Say it without the name: this record is kept.")
	return checks.Err()
}

// target is the person of a request as rooms are told.
func (r *Repo) target(q *DataRequest) Target {
	t := Target{ErasureID: q.ID, StakeholderID: q.StakeholderID, Pseudonym: pseudonymOf(q.Code)}
	for _, f := range q.Forms {
		if strings.Contains(f.Text, "@") {
			t.Addresses = append(t.Addresses, strings.ToLower(f.Text))
		}
	}
	t.Named = newRedactor(q.Forms, t.Pseudonym, func(f NameForm) bool { return f.Everywhere }).Has
	everywhere := r.eraser(q).anywhere
	whole := newRedactor(q.Forms, t.Pseudonym, func(NameForm) bool { return true })
	t.Rewrite = func(doc []byte) ([]byte, bool, error) {
		return rewriteBytes(doc, q.StakeholderID, q.PseudonymID, whole, everywhere)
	}
	return t
}

func (r *Repo) eraser(q *DataRequest) *eraser {
	e := &eraser{id: q.StakeholderID, pseudonymID: q.PseudonymID}
	forms, p := q.Forms, pseudonymOf(q.Code)
	if !q.Texts { // addresses go all the same
		forms = slices.DeleteFunc(slices.Clone(forms), func(f NameForm) bool { return !strings.Contains(f.Text, "@") })
	}
	e.near = newRedactor(forms, p, func(NameForm) bool { return true })
	e.anywhere = newRedactor(forms, p, func(f NameForm) bool { return f.Everywhere })
	return e
}

// plan counts what the erasure would do.
func (r *Repo) plan(ctx context.Context, q *DataRequest) ([]Effect, error) {
	t, e := r.target(q), r.eraser(q)
	var told []string
	counts := []Effect{{Collection: stakeholders, Label: "The record of the person", Removed: 1}}
	for _, s := range r.Steps {
		c, err := s.Do(ctx, t, true)
		if err != nil {
			return nil, err
		}
		told = append(told, s.Covers...)
		if c.Removed+c.Unlinked+c.Pseudonymised+c.Rewritten > 0 {
			c.Label = labelOf(c.Collection)
			counts = append(counts, c)
		}
	}
	walked, err := e.walk(ctx, r.db, func(store.Declared, string) {})
	if err != nil {
		return nil, err
	}
	for _, c := range walked {
		if !slices.Contains(told, c.Collection) {
			counts = append(counts, c)
		}
	}
	n, err := r.Journal.EraseWhere(ctx, "", true, r.inJournal(q, e))
	if n > 0 {
		counts = append(counts, Effect{Collection: "journal", Label: labelOf("journal"), Rewritten: n})
	}
	return counts, err
}

// inJournal chooses the entries that say who the person is: those about the record, and those of others whose
// values name the person.
func (r *Repo) inJournal(q *DataRequest, e *eraser) func(*audit.Entry) bool {
	return func(entry *audit.Entry) bool {
		if entry.Collection == stakeholders && entry.RecordID == q.StakeholderID {
			return slices.ContainsFunc(entry.Changes, func(c audit.FieldChange) bool { return c.Old+c.New != "" })
		}
		return slices.ContainsFunc(entry.Changes, func(c audit.FieldChange) bool {
			for _, v := range []string{c.Old, c.New} {
				redactor := e.anywhere
				if strings.Contains(v, q.StakeholderID) {
					redactor = e.near
				}
				if redactor.Has(v) {
					return true
				}
			}
			return false
		})
	}
}
