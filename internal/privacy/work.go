package privacy

import (
	"context"
	"fmt"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// underWay are the states in which the job has something to do.
var underWay = filter.In{Field: "state", Values: []any{string(Planning), string(Working), string(Scrubbing)}}

// Waiting reports whether there is work for the job.
func (r *Repo) Waiting(ctx context.Context) (bool, error) {
	n, err := r.requests.Count(access.AsSystem(ctx, "privacy"), underWay)
	return n > 0, err
}

// Progress is how the work tells what it has done.
type Progress interface {
	Count(name string, n int)
	Say(sentence string)
}

// Work makes the plans that are due and carries on with the erasures that are confirmed, each to its end. The
// caller holds a lease, so that nobody else does the same. What cannot be done is written on the request and tried
// again by the next run.
func (r *Repo) Work(ctx context.Context, p Progress) error {
	list, err := r.requests.Find(ctx, underWay, nil, 0)
	if err != nil {
		return err
	}
	var failed error
	for _, q := range list {
		on := access.OnBehalf(ctx, q.ByID, q.By)
		var err error
		if q.State == Planning {
			err = r.planOne(on, q)
			p.Count("planned", 1)
		} else {
			err = r.eraseOne(on, q)
			p.Count("erased", 1)
		}
		if err != nil && ctx.Err() != nil {
			return err
		}
		if err != nil {
			failed = err
			_, err := r.requests.Update(on, q.ID, func(q *DataRequest) error { q.Problem = fault.Reason(failed); return nil })
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
	}
	return failed
}

// planOne makes the plan of an erasure. One that was changed or dropped meanwhile is left alone.
func (r *Repo) planOne(ctx context.Context, q *DataRequest) error {
	counts, err := r.plan(ctx, q)
	if err != nil {
		return err
	}
	_, err = r.requests.UpdateAt(ctx, q.ID, q.Rev, func(q *DataRequest) error {
		q.State, q.Counts, q.Problem = Planned, counts, ""
		return nil
	})
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Stale) {
		return nil
	}
	return err
}

// maxPasses bounds how often the walk begins anew because somebody has written the name again meanwhile.
const maxPasses = 6

// eraseOne carries an erasure to its end from wherever it is.
func (r *Repo) eraseOne(ctx context.Context, q *DataRequest) (err error) {
	if q.State == Working {
		if q, err = r.takeAway(ctx, q); err != nil {
			return err
		}
	}
	if err := r.db.Scrub(ctx); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.requests.Update(ctx, q.ID, func(q *DataRequest) error {
			q.State, q.DoneAt, q.Problem = Done, r.db.Now(), ""
			return nil
		})
		if err != nil {
			return err
		}
		return r.Journal.Record(ctx, "erasure done", map[string]string{"request": q.ID})
	})
}

// takeAway takes the person out of everything until a whole pass finds nothing, and then out of the request.
func (r *Repo) takeAway(ctx context.Context, q *DataRequest) (*DataRequest, error) {
	q, err := r.begin(ctx, q)
	if err != nil {
		return nil, err
	}
	why := "Erasure of a person, request " + q.ID
	bulk := audit.Bulk(ctx, "erasure of a person")
	t, e := r.target(q), r.eraser(q)
	for pass := 0; ; pass++ {
		if pass == maxPasses {
			return nil, fault.New(fault.Busy, "The person is written about again and again while the erasure works. It is tried again.")
		}
		found, err := r.pass(bulk, t, e)
		if err != nil {
			return nil, err
		}
		if _, err := r.Journal.EraseWhere(ctx, why, false, r.inJournal(q, e)); err != nil {
			return nil, err
		}
		if found == 0 {
			break
		}
	}
	id := q.StakeholderID
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		about, err := r.requests.Find(ctx, filter.Eq{Field: "stakeholderId", Value: id}, nil, 0)
		if err != nil {
			return err
		}
		for _, one := range about { // exports know the name too
			one.StakeholderID, one.OpenFor, one.Name, one.Forms = "", "", "", []NameForm{}
			if one.ID == q.ID {
				one.State, one.Problem = Scrubbing, ""
				q = one
			}
		}
		return r.requests.ReplaceMany(ctx, about)
	})
	return q, err
}

// begin notes what is going to be done and makes the pseudonym for the books, once.
func (r *Repo) begin(ctx context.Context, q *DataRequest) (*DataRequest, error) {
	if q.Begun {
		return q, nil
	}
	counts, err := r.plan(ctx, q)
	if err != nil {
		return nil, err
	}
	books := false
	for _, c := range counts {
		books = books || c.Pseudonymised > 0
	}
	err = r.db.Tx(audit.Bulk(ctx, "erasure of a person"), func(ctx context.Context) error {
		pseudonymID := ""
		if books {
			p, err := r.People.Person(ctx, q.StakeholderID)
			if err != nil {
				return err
			}
			if pseudonymID, err = r.People.AddPseudonym(ctx, donorName(q.Code), p, store.Date(r.db.Now()[:10])); err != nil {
				return err
			}
		}
		q, err = r.requests.Update(ctx, q.ID, func(q *DataRequest) error {
			q.Begun, q.Counts, q.PseudonymID = true, counts, pseudonymID
			return nil
		})
		return err
	})
	return q, err
}

// pass goes once through everything, and gives how much it found to do.
func (r *Repo) pass(ctx context.Context, t Target, e *eraser) (found int, err error) {
	for _, s := range r.Steps {
		c, err := s.Do(ctx, t, false)
		if err != nil {
			return found, err
		}
		found += c.Removed + c.Unlinked + c.Pseudonymised + c.Rewritten
	}
	ids := map[string][]string{}
	var order []store.Declared
	_, err = e.walk(ctx, r.db, func(d store.Declared, id string) {
		if ids[d.Name] == nil {
			order = append(order, d)
		}
		ids[d.Name] = append(ids[d.Name], id)
	})
	if err != nil {
		return found, err
	}
	for _, d := range order {
		found += len(ids[d.Name])
		if err := e.apply(ctx, r.db, d, ids[d.Name]); err != nil {
			return found, fmt.Errorf("erasing from %s: %w", d.Name, err)
		}
	}
	gone, err := r.removeRecord(ctx, e.id)
	if gone {
		found++
	}
	return found, err
}

// removeRecord removes the stakeholder itself, once.
func (r *Repo) removeRecord(ctx context.Context, id string) (bool, error) {
	for _, d := range r.db.Declared() {
		if d.Name != stakeholders {
			continue
		}
		err := d.Raw.Remove(ctx, id)
		if fault.Is(err, fault.NotFound) {
			return false, nil
		}
		return err == nil, err
	}
	return false, nil
}
