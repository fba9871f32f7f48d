package funding

import (
	"context"
	"fmt"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store/filter"
)

// Create adds an opportunity, in whichever stage it stands already: since the day o.Since says, today where it
// says none. The second time the same key of the same author gives what the first time has made.
func (p *Pipeline) Create(ctx context.Context, o *Opportunity, key string) (*Opportunity, error) {
	me := access.From(ctx).AccountID
	if key != "" {
		o.Key = me + "/" + key
	}
	if o.Stage == "" {
		o.Stage = StageProspect
	}
	if o.OwnerID == "" {
		o.OwnerID = me
	}
	err := p.db.Tx(ctx, func(ctx context.Context) error {
		today := p.today()
		o.Since = firstOf(o.Since, today)
		if err := p.checkMoved(o.Since, ""); err != nil {
			return err
		}
		o.Log = []StageMove{p.moved(ctx, StageMove{To: o.Stage, Date: o.Since})}
		if err := p.settle(ctx, o, &Opportunity{}); err != nil {
			return err
		}
		if err := p.all.Create(ctx, o); err != nil {
			return err
		}
		plan, err := p.habit(ctx, o)
		if err != nil || plan == "" {
			return err
		}
		_, err = p.applyTemplate(ctx, o, plan)
		return err
	})
	if o.Key != "" && fault.Is(err, fault.Duplicate) {
		o, err = p.all.First(ctx, filter.Eq{Field: "key", Value: o.Key})
	}
	return o.show(ctx), err
}

// Update changes revision rev of an opportunity, but neither its stage nor what belongs to a change of stage.
func (p *Pipeline) Update(ctx context.Context, id string, rev int64, change func(*Opportunity)) (*Opportunity, error) {
	return p.changeAt(ctx, id, rev, func(ctx context.Context, o *Opportunity) error {
		was := *o
		change(o)
		o.Stage, o.Since, o.Log, o.Lost, o.Applied, o.Key, o.TrashedAt = was.Stage, was.Since, was.Log, was.Lost, was.Applied, was.Key, was.TrashedAt
		return p.settle(ctx, o, &was)
	})
}

// changeAt is the way of every change of what an opportunity says: change alters revision rev and settles it. A stage
// that it has entered by this brings its tasks in the same transaction.
func (p *Pipeline) changeAt(ctx context.Context, id string, rev int64, change func(context.Context, *Opportunity) error) (*Opportunity, error) {
	var saved *Opportunity
	err := p.db.Tx(ctx, func(ctx context.Context) error {
		plan := ""
		_, err := p.all.UpdateAt(ctx, id, rev, func(o *Opportunity) (err error) {
			moves := len(o.Log)
			if err := change(ctx, o); err != nil {
				return err
			}
			if plan = ""; len(o.Log) > moves {
				plan, err = p.habit(ctx, o)
			}
			return err
		})
		if err != nil {
			return err
		}
		if saved, err = p.all.Get(ctx, id); err != nil || plan == "" {
			return err
		}
		if saved, err = p.applyTemplate(ctx, saved, plan); err != nil {
			return tasksFailed{err}
		}
		return nil
	})
	return saved.show(ctx), err
}

// tasksFailed is the error of a change whose tasks could not be made: the record is written, and only giving up the
// whole transaction takes that back.
type tasksFailed struct{ error }

func (e tasksFailed) Unwrap() error { return e.error }

// settle brings an opportunity into its one form: what it names has to exist, a new ask is converted at today's
// rate, which stays with it, and a probability that nobody has set by hand is the suggested one.
func (p *Pipeline) settle(ctx context.Context, o, was *Opportunity) error {
	if o.Ask != nil && (was.Ask == nil || *o.Ask != *was.Ask || o.Worth == nil) || o.Ask == nil {
		if err := p.convert(ctx, o); err != nil {
			return err
		}
	}
	if o.Stage.Open() && o.ProbabilityReason == "" {
		s, err := p.Suggest(ctx, o)
		if err != nil {
			return err
		}
		o.Probability = s.Percent
	}
	if err := o.tidy(p.today()); err != nil {
		return err
	}
	return p.checkNames(ctx, o, was)
}

// convert freezes what the ask is worth today.
func (p *Pipeline) convert(ctx context.Context, o *Opportunity) (err error) {
	o.Frozen = money.Frozen{}
	if o.Ask == nil {
		return nil
	}
	var c fault.Checks
	checkAsk(&c, "ask", o.Ask)
	if err := c.Err(); err != nil {
		return err
	}
	o.Frozen, err = p.rates.Worth(ctx, *o.Ask, p.today())
	return err
}

// checkNames refuses ids that nobody has, where they are new.
func (p *Pipeline) checkNames(ctx context.Context, o, was *Opportunity) error {
	known := map[string]bool{was.DonorID: true}
	for _, one := range was.Partners {
		known[one.StakeholderID] = true
	}
	fresh := map[string]string{} // id → field
	if o.DonorID != "" && !known[o.DonorID] {
		fresh[o.DonorID] = "donorId"
	}
	for i, one := range o.Partners {
		if !known[one.StakeholderID] {
			fresh[one.StakeholderID] = fmt.Sprintf("partners[%d].stakeholderId", i)
		}
	}
	ids := make([]string, 0, len(fresh))
	for id := range fresh {
		ids = append(ids, id)
	}
	names, err := p.donors.Names(ctx, ids)
	if err != nil {
		return err
	}
	var c fault.Checks
	for id, field := range fresh {
		c.Require(names[id] != "", field, "There is no stakeholder %s.", id)
	}
	staff, err := p.staff.Names(ctx)
	if err != nil {
		return err
	}
	c.Require(staff[o.OwnerID] != "", "ownerId", "There is no such account.")
	for i, e := range o.Effort {
		c.Require(staff[e.AccountID] != "", fmt.Sprintf("effort[%d].accountId", i), "There is no such account.")
	}
	if g := o.GoNoGo; g != nil {
		for i, id := range g.By {
			c.Require(staff[id] != "", fmt.Sprintf("goNoGo.by[%d]", i), "There is no such account.")
		}
	}
	if o.CallID != "" && o.CallID != was.CallID {
		titles, err := p.calls.Titles(ctx, []string{o.CallID})
		if err != nil {
			return err
		}
		c.Require(titles[o.CallID] != "", "callId", "There is no call %s.", o.CallID)
	}
	return c.Err()
}

// Trash puts revision rev into the trash: off the board and out of lists, sums and search, until Restore.
func (p *Pipeline) Trash(ctx context.Context, id string, rev int64) (*Opportunity, error) {
	var saved *Opportunity
	err := p.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = p.all.UpdateAt(ctx, id, rev, func(o *Opportunity) error {
			if o.TrashedAt != "" {
				return nil
			}
			o.TrashedAt = p.db.Now()
			return p.notAgreed(ctx, o)
		})
		return err
	})
	return saved.show(ctx), err
}

// Hold gives an opportunity of which an agreement is being begun. It writes to it, so that nobody moves it or puts it
// into the trash until the transaction of ctx is over.
func (p *Pipeline) Hold(ctx context.Context, id string) (*Opportunity, error) {
	o, err := p.all.Update(ctx, id, func(o *Opportunity) error {
		o.Begun++
		return nil
	})
	return o.show(ctx), err
}

// notAgreed refuses to take an award back that has become an agreement: its money would be in no figure.
func (p *Pipeline) notAgreed(ctx context.Context, o *Opportunity) error {
	if o.Stage != StageAwarded || p.Agreements == nil {
		return nil
	}
	a, ok, err := p.Agreements.AwardedFrom(ctx, o.ID)
	if ok {
		return fault.Field("stage", "This award has its agreement: “%s”. Remove the draft first; where it is signed, the award stays.", a.Title)
	}
	return err
}

// Restore takes an opportunity out of the trash.
func (p *Pipeline) Restore(ctx context.Context, id string) (*Opportunity, error) {
	o, err := p.all.Update(ctx, id, func(o *Opportunity) error { o.TrashedAt = ""; return nil })
	return o.show(ctx), err
}
