package privacy

import (
	"context"
	"slices"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Rule says what is removed when it has been kept long enough. Rules are data of the program; whether one is
// on, and after how many days it removes, is what administrators decide.
type Rule struct {
	Name    string
	Title   string
	What    string // a sentence: what goes, and what stays
	Days    int    // unless somebody says otherwise
	MinDays int
	// Remove removes what is older than a moment, and says how much that was; dry counts only.
	Remove func(ctx context.Context, before store.Instant, dry bool) (int, error)
}

// RetentionRule is a rule as administrators have set it.
type RetentionRule struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	What     string        `json:"what"`
	MinDays  int           `json:"minDays"`
	On       bool          `json:"on"`
	Days     int           `json:"days" doc:"how long things are kept"`
	DryAt    store.Instant `json:"dryAt,omitempty" doc:"when the last dry run was"`
	DryDays  int           `json:"dryDays,omitempty" doc:"and for how many days"`
	DryCount int           `json:"dryCount" doc:"and how much it would have removed"`
}

// Retention is how all rules are set. Only what was decided is stored; titles come from the program.
type Retention struct {
	store.Meta
	Rules []RetentionRule `json:"rules" nullable:"false"`
}

const (
	retentionID = "retention"
	// dryFor is how long a dry run lets a rule be switched on.
	dryFor   = 24 * time.Hour
	longest  = 36500 // days
	dayHours = 24 * time.Hour
)

// Retention gives every rule of the program as it is set: off until somebody switches it on.
func (r *Repo) Retention(ctx context.Context) (*Retention, error) {
	set, err := r.retention.Get(ctx, retentionID)
	if fault.Is(err, fault.NotFound) {
		set, err = &Retention{}, nil
		set.ID = retentionID
	}
	if err != nil {
		return nil, err
	}
	states := make([]RetentionRule, 0, len(r.Rules))
	for _, rule := range r.Rules {
		s := RetentionRule{Days: rule.Days}
		if i := slices.IndexFunc(set.Rules, func(s RetentionRule) bool { return s.Name == rule.Name }); i >= 0 {
			s = set.Rules[i]
		}
		s.Name, s.Title, s.What, s.MinDays = rule.Name, rule.Title, rule.What, rule.MinDays
		states = append(states, s)
	}
	set.Rules = states
	return set, nil
}

// changeRetention writes what change makes of revision rev of the settings.
func (r *Repo) changeRetention(ctx context.Context, rev int64, change func(*Retention) error) (*Retention, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	now, err := r.Retention(ctx)
	if err != nil {
		return nil, err
	}
	if now.Rev != rev {
		return nil, fault.New(fault.Stale, "The rules have changed since you read them.")
	}
	if err := change(now); err != nil {
		return nil, err
	}
	if rev > 0 {
		return r.retention.UpdateAt(ctx, retentionID, rev, func(s *Retention) error { s.Rules = now.Rules; return nil })
	}
	err = r.retention.Create(ctx, now)
	if fault.Is(err, fault.Duplicate) {
		return nil, fault.New(fault.Stale, "The rules have changed since you read them.")
	}
	return now, err
}

// DryRun counts what each rule would remove with the days it is set to, and notes it. Nothing is removed.
func (r *Repo) DryRun(ctx context.Context, rev int64) (*Retention, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	set, err := r.Retention(ctx)
	if err != nil {
		return nil, err
	}
	counts := make([]int, len(set.Rules))
	for i, s := range set.Rules {
		if counts[i], err = r.Rules[i].Remove(access.Everything(ctx), r.before(s.Days), true); err != nil {
			return nil, err
		}
	}
	return r.changeRetention(ctx, rev, func(now *Retention) error {
		for i := range now.Rules {
			now.Rules[i].DryAt, now.Rules[i].DryDays, now.Rules[i].DryCount = r.db.Now(), now.Rules[i].Days, counts[i]
		}
		return nil
	})
}

func (r *Repo) before(days int) store.Instant {
	return store.At(r.db.Clock().Add(-time.Duration(days) * dayHours))
}

// SetRule switches a rule on or off, or changes its days. It can be switched on only after a dry run of the
// same days on the same day, so that somebody has seen what goes; other days switch it off.
func (r *Repo) SetRule(ctx context.Context, rev int64, name string, on bool, days int) (*Retention, error) {
	return r.changeRetention(ctx, rev, func(now *Retention) error {
		i := slices.IndexFunc(now.Rules, func(s RetentionRule) bool { return s.Name == name })
		if i < 0 {
			return fault.New(fault.NotFound, "There is no such rule.")
		}
		s := &now.Rules[i]
		if days < s.MinDays || days > longest {
			return fault.Field("days", "Between %d and %d days.", s.MinDays, longest)
		}
		if on && (s.DryDays != days || s.DryAt == "" || r.db.Clock().Sub(s.DryAt.Time()) > dryFor) {
			return fault.Field("on", "Make a dry run with %d days first, and look at what would go.", days)
		}
		s.On, s.Days = on, days
		return nil
	})
}

// Retain removes what the rules that are on say is old enough, and tells how much of each.
func (r *Repo) Retain(ctx context.Context, p Progress) error {
	set, err := r.Retention(ctx)
	if err != nil {
		return err
	}
	for i, s := range set.Rules {
		if !s.On {
			continue
		}
		n, err := r.Rules[i].Remove(audit.Bulk(ctx, "retention: "+s.Name), r.before(s.Days), false)
		p.Count(s.Name, n)
		if err != nil {
			return err
		}
	}
	return nil
}

// Old is a rule over one collection: whatever where chooses goes, document by document.
func Old(db *store.DB, collection string, where func(before store.Instant) filter.Expr) func(context.Context, store.Instant, bool) (int, error) {
	return func(ctx context.Context, before store.Instant, dry bool) (n int, err error) {
		i := slices.IndexFunc(db.Declared(), func(d store.Declared) bool { return d.Name == collection })
		raw := db.Declared()[i].Raw
		if dry {
			return raw.Count(ctx, where(before))
		}
		for {
			docs, err := raw.Find(ctx, where(before), writeBatch)
			if err != nil || len(docs) == 0 {
				return n, err
			}
			err = db.Tx(ctx, func(ctx context.Context) error {
				for _, doc := range docs {
					if err := raw.Remove(ctx, idOf(doc)); err != nil && !fault.Is(err, fault.NotFound) {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return n, err
			}
			n += len(docs)
		}
	}
}
