package diligence

import (
	"context"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// CaseSorts maps what cases may be sorted by to the declared field.
var CaseSorts = map[string]string{"name": "sortName", "openedOn": "openedOn", "decidedOn": "decision.on", "expiresOn": "decision.expiresOn", "updatedAt": "updatedAt"}

// CaseSearch says which cases a list shows. Empty fields do not narrow it.
type CaseSearch struct {
	State         CaseState
	Outcome       CaseOutcome
	StakeholderID string
	RunsOut       bool // decided, and only for Soon more days
	Waiting       bool // a second person has to look at it
}

// Soon is how many days ahead a case that runs out is told of.
const Soon = 60

func (r *Repo) where(s CaseSearch) filter.Expr {
	w, today := filter.And{}, r.Today()
	for field, value := range map[string]string{"stakeholderId": s.StakeholderID, "decision.outcome": string(s.Outcome)} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.RunsOut {
		s.State = Decided
		last := store.Date(today.Time().AddDate(0, 0, Soon).Format("2006-01-02"))
		w = append(w, filter.Compare{Field: "decision.expiresOn", Op: filter.Lte, Value: string(last)})
	}
	if s.Waiting {
		w = append(w, filter.Exists{Field: "proposal.outcome"})
	}
	decided, replaced := filter.Exists{Field: "decision.on"}, filter.Exists{Field: "replacedBy"}
	over := filter.Compare{Field: "decision.expiresOn", Op: filter.Lt, Value: string(today)}
	switch s.State {
	case Open:
		w = append(w, filter.Not{Expr: decided})
	case Decided:
		w = append(w, decided, filter.Not{Expr: replaced}, filter.Not{Expr: over})
	case Expired:
		w = append(w, decided, filter.Not{Expr: replaced}, over)
	case Replaced:
		w = append(w, decided, replaced)
	}
	return w
}

// Cases gives a page of cases; q carries text, sort, limit and cursor.
func (r *Repo) Cases(ctx context.Context, s CaseSearch, q store.Query) (store.Page[Case], error) {
	q.Where = r.where(s)
	return r.cases.Page(ctx, q)
}

// Case gives one case.
func (r *Repo) Case(ctx context.Context, id string) (*Case, error) { return r.cases.Get(ctx, id) }

// OpenCase opens a case of a donor, with the questions of today, and holds the donor against the list. There is one open
// case of each: where there is one, it is a Duplicate fault.
func (r *Repo) OpenCase(ctx context.Context, stakeholderID string) (*Case, error) {
	who, err := r.subject(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	policy, err := r.Policy(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := r.ScreenOne(ctx, who.ID); err != nil { // first, so that what fails here leaves no case
		return nil, err
	}
	me := access.From(ctx).AccountID
	c := &Case{StakeholderID: who.ID, OpenFor: who.ID, Name: who.Names[0], SortName: store.Fold(who.Names[0]), OpenedOn: r.Today(), OpenedBy: me,
		PolicyVersion: policy.Version, Questions: policy.Questions, Answers: []CaseAnswer{}, Documents: []CaseDocument{}}
	c.step(r.db.Now(), me, "opened", "")
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.cases.Create(ctx, c); err != nil {
			return err
		}
		return r.follow(ctx, who.ID)
	})
	if fault.Is(err, fault.Duplicate) {
		return nil, &fault.Error{Code: fault.Duplicate, Message: "There is an open case of this donor already.",
			Fields: []fault.FieldError{{Field: "stakeholderId", Message: "There is an open case of this donor already."}}, Err: err}
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// CaseFields is what people write of a case while it is open.
type CaseFields struct {
	Answers   []CaseAnswer
	Documents []CaseDocument
	Notes     string
}

// UpdateCase changes revision rev of an open case. What was proposed is taken back, as it was proposed on other grounds.
func (r *Repo) UpdateCase(ctx context.Context, id string, rev int64, in CaseFields) (*Case, error) {
	return r.cases.UpdateAt(ctx, id, rev, func(c *Case) error {
		if err := c.stillOpen(); err != nil {
			return err
		}
		c.Answers, c.Documents, c.Notes = slices.Clone(in.Answers), slices.Clone(in.Documents), in.Notes
		if c.Answers == nil {
			c.Answers = []CaseAnswer{}
		}
		if c.Documents == nil {
			c.Documents = []CaseDocument{}
		}
		if c.Proposal != nil {
			c.Proposal = nil
			c.step(r.db.Now(), access.From(ctx).AccountID, "withdrawn", "The case was changed.")
		}
		return c.tidy()
	})
}

// RemoveCase takes an open case out that was a mistake.
func (r *Repo) RemoveCase(ctx context.Context, id string, rev int64) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		var whose string
		err := r.cases.DeleteAt(ctx, id, rev, func(_ context.Context, c *Case) error {
			whose = c.StakeholderID
			return c.stillOpen()
		})
		if err != nil {
			return err
		}
		return r.follow(ctx, whose)
	})
}

func (c *Case) stillOpen() error {
	if c.Decision != nil {
		return fault.New(fault.Invalid, "This case was decided on %s and stays as it is. Open a new one to look at the donor again.", inWords(c.Decision.On))
	}
	return nil
}

// CasePreview says what a decision would do, and what stands in its way.
type CasePreview struct {
	Blockers []string   `json:"blockers" nullable:"false" doc:"the decision cannot be made before these are gone"`
	Notices  []string   `json:"notices" nullable:"false" doc:"worth a second look"`
	From     string     `json:"from,omitempty" enum:"open,cleared,conditions,refused" doc:"how the donor stands now; absent: nothing was ever decided"`
	To       string     `json:"to" enum:"cleared,conditions,refused"`
	Until    store.Date `json:"until"`
	Replaces string     `json:"replaces,omitempty" doc:"the case that holds until now"`
}

// Preview gives what a decision of that outcome would do. It writes nothing but what is found on the list.
func (r *Repo) Preview(ctx context.Context, id string, outcome CaseOutcome, expiresOn store.Date) (*CasePreview, error) {
	c, err := r.cases.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := c.stillOpen(); err != nil {
		return nil, err
	}
	seen, err := r.screened(ctx, []string{c.StakeholderID})
	if err != nil {
		return nil, err
	}
	p := &CasePreview{Blockers: c.blockers(outcome, seen[c.StakeholderID]), Notices: []string{}, To: standings[outcome], Until: expiresOn}
	if n := c.Concerns(); n > 0 && outcome == Accept {
		p.Notices = append(p.Notices, plural(n, "One answer raises a concern, and there are no conditions.", "%d answers raise a concern, and there are no conditions."))
	}
	if len(c.Documents) == 0 {
		p.Notices = append(p.Notices, "The case names no document.")
	}
	before, err := r.casesOf(ctx, []string{c.StakeholderID})
	if err != nil {
		return nil, err
	}
	held := before[c.StakeholderID]
	p.From, _ = held.stand()
	if held.decided != nil {
		p.Replaces = held.decided.ID
	}
	return p, nil
}

// blockers gives what has to be done before a case can come to an outcome.
func (c *Case) blockers(outcome CaseOutcome, s Screened) []string {
	list := []string{}
	if n := len(c.Missing()); n > 0 {
		list = append(list, plural(n, "One question has no answer.", "%d questions have no answer."))
	}
	if s.Possible > 0 {
		list = append(list, plural(s.Possible, "One possible match on the sanctions list is not judged.", "%d possible matches on the sanctions list are not judged."))
	}
	if outcome == Refuse {
		return list
	}
	if s.At == "" {
		list = append(list, "The donor was never held against the sanctions list, as none has come in. An administrator can run the job “sanctions”.")
	}
	if s.Confirmed > 0 {
		list = append(list, "A match on the sanctions list is confirmed, so the donor can only be refused.")
	}
	return list
}

// ready holds the donor against the list of now and refuses where something is left to do.
func (r *Repo) ready(ctx context.Context, c *Case, outcome CaseOutcome) error {
	if _, err := r.ScreenOne(ctx, c.StakeholderID); err != nil {
		return err
	}
	_, err := r.unblocked(ctx, c, outcome)
	return err
}

// unblocked gives what the last look at the donor has found, and refuses where something is left to do, or where the list
// is another by now. Within a transaction that holds the donor it is so until that ends.
func (r *Repo) unblocked(ctx context.Context, c *Case, outcome CaseOutcome) (Screened, error) {
	g, err := r.gate(ctx)
	if err != nil {
		return Screened{}, err
	}
	looks, err := r.looksOf(ctx, []string{c.StakeholderID})
	if err != nil {
		return Screened{}, err
	}
	if l := looks[c.StakeholderID]; l != nil && l.Seq != g.Live {
		return Screened{}, errNewList
	}
	of, err := r.screened(ctx, []string{c.StakeholderID})
	if err != nil {
		return Screened{}, err
	}
	s := of[c.StakeholderID]
	if list := c.blockers(outcome, s); len(list) > 0 {
		return s, fault.Field("outcome", "%s", strings.Join(list, " "))
	}
	return s, nil
}

// Propose writes down a decision on revision rev of an open case, which counts once another person agrees.
func (r *Repo) Propose(ctx context.Context, id string, rev int64, p CaseProposal) (*Case, error) {
	p.By, p.At = access.From(ctx).AccountID, r.db.Now()
	if p.By == "" {
		return nil, fault.New(fault.Forbidden, "A decision needs somebody who makes it.")
	}
	if err := p.tidy(r.Today()); err != nil {
		return nil, err
	}
	before, err := r.cases.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := before.stillOpen(); err != nil {
		return nil, err
	}
	if err := r.ready(ctx, before, p.Outcome); err != nil {
		return nil, err
	}
	return r.cases.UpdateAt(ctx, id, rev, func(c *Case) error {
		if err := c.stillOpen(); err != nil {
			return err
		}
		c.Proposal = &p
		c.step(p.At, p.By, "proposed", outcomeWords[p.Outcome]+": "+p.Reason)
		return nil
	})
}

// Return gives a proposal back: its author takes it back, anybody else says what is missing.
func (r *Repo) Return(ctx context.Context, id string, rev int64, note string) (*Case, error) {
	note = strings.TrimSpace(note)
	me := access.From(ctx).AccountID
	return r.cases.UpdateAt(ctx, id, rev, func(c *Case) error {
		if c.Proposal == nil {
			return fault.New(fault.Invalid, "No decision is proposed on this case.")
		}
		what := "withdrawn"
		if me != c.Proposal.By {
			what = "returned"
			if note == "" {
				return fault.Field("note", "Say what is missing.")
			}
		}
		if len(note) > maxNote {
			return fault.Field("note", "The note is longer than 5,000 bytes.")
		}
		c.Proposal = nil
		c.step(r.db.Now(), me, what, note)
		return nil
	})
}

// Decide makes the proposal of revision rev the decision. Only another person than the one who made it can: what one has
// overlooked, two seldom do. In the same transaction what stands in its way is asked again, the decision before it is replaced
// and the donor follows.
func (r *Repo) Decide(ctx context.Context, id string, rev int64, remark string) (*Case, error) {
	remark = strings.TrimSpace(remark)
	me := access.From(ctx).AccountID
	before, err := r.cases.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	switch {
	case before.Proposal == nil:
		if err := before.stillOpen(); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.Invalid, "No decision is proposed on this case.")
	case me == "" || me == before.Proposal.By:
		return nil, fault.New(fault.Forbidden, "Another person than the one who proposed the decision has to agree to it.")
	case len(remark) > maxNote:
		return nil, fault.Field("remark", "The remark is longer than 5,000 bytes.")
	}
	if err := before.Proposal.tidy(r.Today()); err != nil {
		return nil, err
	}
	if err := r.ready(ctx, before, before.Proposal.Outcome); err != nil {
		return nil, err
	}
	var saved *Case
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.hold(ctx, before.StakeholderID); err != nil {
			return err
		}
		seen, err := r.unblocked(ctx, before, before.Proposal.Outcome)
		if err != nil {
			return err
		}
		saved, err = r.cases.UpdateAt(ctx, id, rev, func(c *Case) error {
			if c.Proposal == nil || *c.Proposal != *before.Proposal {
				return fault.New(fault.Stale, "The proposal has changed since you read it.")
			}
			c.Decision = &CaseDecision{CaseProposal: *c.Proposal, ReviewerID: me, On: r.Today(), Remark: remark, Screening: seen}
			c.Proposal, c.OpenFor = nil, ""
			c.step(r.db.Now(), me, "decided", remark)
			return nil
		})
		if err != nil {
			return err
		}
		if err := r.replaceOlder(ctx, saved); err != nil {
			return err
		}
		return r.follow(ctx, saved.StakeholderID)
	})
	return saved, err
}

// replaceOlder marks what was decided on the donor before.
func (r *Repo) replaceOlder(ctx context.Context, by *Case) error {
	older, err := r.cases.Find(ctx, filter.And{filter.Eq{Field: "stakeholderId", Value: by.StakeholderID}, filter.Exists{Field: "decision.on"},
		filter.Not{Expr: filter.Exists{Field: "replacedBy"}}}, nil, 0)
	if err != nil {
		return err
	}
	for _, one := range older {
		if one.ID == by.ID {
			continue
		}
		if _, err := r.cases.Update(ctx, one.ID, func(c *Case) error {
			c.ReplacedBy = by.ID
			c.step(r.db.Now(), access.From(ctx).AccountID, "replaced", "")
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
