package finance

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Reserves gives a page of reserve statements, the newest first.
func (r *Repo) Reserves(ctx context.Context, q store.Query) (store.Page[Reserve], error) {
	q.Sort = []driver.Key{{Path: "date", Desc: true}}
	return r.reserves.Page(ctx, q)
}

// ReservesUpTo gives every statement up to a day, by date.
func (r *Repo) ReservesUpTo(ctx context.Context, day store.Date) ([]*Reserve, error) {
	return r.reserves.Find(ctx, filter.Compare{Field: "date", Op: filter.Lte, Value: string(day)}, []driver.Key{{Path: "date"}}, 0)
}

// Reserve gives one statement.
func (r *Repo) Reserve(ctx context.Context, id string) (*Reserve, error) {
	return r.reserves.Get(ctx, id)
}

// AddReserve adds a statement. There is one for a day.
func (r *Repo) AddReserve(ctx context.Context, s *Reserve) error { return add(ctx, r.reserves, s) }

// UpdateReserve changes revision rev of a statement.
func (r *Repo) UpdateReserve(ctx context.Context, id string, rev int64, fn func(*Reserve)) (*Reserve, error) {
	return change(ctx, r.reserves, id, rev, fn)
}

// DeleteReserve removes revision rev of a statement.
func (r *Repo) DeleteReserve(ctx context.Context, id string, rev int64) error {
	return r.reserves.DeleteAt(ctx, id, rev, nil)
}

// Scenarios gives a page of scenarios, by name.
func (r *Repo) Scenarios(ctx context.Context, q store.Query) (store.Page[Scenario], error) {
	q.Sort = []driver.Key{{Path: "sortName"}}
	return r.scenarios.Page(ctx, q)
}

// Scenario gives one scenario.
func (r *Repo) Scenario(ctx context.Context, id string) (*Scenario, error) {
	return r.scenarios.Get(ctx, id)
}

// AddScenario adds a scenario. Two scenarios cannot have one name.
func (r *Repo) AddScenario(ctx context.Context, s *Scenario) error {
	s.By = access.From(ctx).Name
	return add(ctx, r.scenarios, s)
}

// UpdateScenario changes revision rev of a scenario.
func (r *Repo) UpdateScenario(ctx context.Context, id string, rev int64, fn func(*Scenario)) (*Scenario, error) {
	return change(ctx, r.scenarios, id, rev, func(s *Scenario) {
		fn(s)
		s.By = access.From(ctx).Name
	})
}

// DeleteScenario removes revision rev of a scenario.
func (r *Repo) DeleteScenario(ctx context.Context, id string, rev int64) error {
	return r.scenarios.DeleteAt(ctx, id, rev, nil)
}

// Targets gives a page of targets, by year.
func (r *Repo) Targets(ctx context.Context, q store.Query) (store.Page[Target], error) {
	q.Sort = []driver.Key{{Path: "year"}}
	return r.targets.Page(ctx, q)
}

// AllTargets gives every target, by year.
func (r *Repo) AllTargets(ctx context.Context) ([]*Target, error) {
	return r.targets.Find(ctx, nil, []driver.Key{{Path: "year"}}, 0)
}

// Target gives one target.
func (r *Repo) Target(ctx context.Context, id string) (*Target, error) { return r.targets.Get(ctx, id) }

// AddTarget adds a target.
func (r *Repo) AddTarget(ctx context.Context, t *Target) error { return add(ctx, r.targets, t) }

// UpdateTarget changes revision rev of a target.
func (r *Repo) UpdateTarget(ctx context.Context, id string, rev int64, fn func(*Target)) (*Target, error) {
	return change(ctx, r.targets, id, rev, fn)
}

// DeleteTarget removes revision rev of a target.
func (r *Repo) DeleteTarget(ctx context.Context, id string, rev int64) error {
	return r.targets.DeleteAt(ctx, id, rev, nil)
}

// limitsID is the id of the one record of limits.
const limitsID = "limits"

// Limits gives the limits of the dashboard: those that were chosen, or the standard ones at revision 0.
func (r *Repo) Limits(ctx context.Context) (*Limits, error) {
	l, err := r.limits.Get(ctx, limitsID)
	if fault.Is(err, fault.NotFound) {
		return StandardLimits(), nil
	}
	return l, err
}

// SetLimits changes revision rev of the limits.
func (r *Repo) SetLimits(ctx context.Context, rev int64, fn func(*Limits)) (*Limits, error) {
	by := access.From(ctx).Name
	if rev == 0 {
		l := StandardLimits()
		fn(l)
		l.ID, l.By = limitsID, by
		if err := l.tidy(); err != nil {
			return nil, err
		}
		err := r.limits.Create(ctx, l)
		if fault.Is(err, fault.Duplicate) {
			return nil, fault.New(fault.Stale, "The limits have changed since you opened them.")
		}
		return l, err
	}
	return change(ctx, r.limits, limitsID, rev, func(l *Limits) {
		fn(l)
		l.By = by
	})
}
