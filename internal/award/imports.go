package award

import (
	"context"
	"slices"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// State is where an import stands.
type State string

// The states. Readers see what live imports brought.
const (
	Staged    State = "staged"
	Live      State = "live"
	Reverted  State = "reverted"
	Abandoned State = "abandoned" // it never came to its end
)

// AwardImport is one file of awards that was, or is being, imported.
type AwardImport struct {
	store.Meta
	Counts
	Seq        int64         `json:"seq"`
	Name       string        `json:"name" doc:"of the file"`
	Hash       string        `json:"hash"`
	State      State         `json:"state" enum:"staged,live,reverted,abandoned"`
	GateTurn   int64         `json:"gateTurn"` // revision of the gate that it was compared under
	Progress   int           `json:"progress"`
	By         string        `json:"by,omitempty"`
	LiveAt     store.Instant `json:"liveAt,omitempty"`
	RevertedAt store.Instant `json:"revertedAt,omitempty"`
	Swept      bool          `json:"swept,omitempty"`
}

// Counts account for every record of a file: Records is Created + Changed + Unchanged + Rejected + the Aside.
type Counts struct {
	Kind         Kind           `json:"kind" enum:"360giving,iati,fts"`
	Records      int            `json:"records" doc:"all that the file holds"`
	Created      int            `json:"created"`
	Changed      int            `json:"changed" doc:"known before, in another version"`
	Unchanged    int            `json:"unchanged" doc:"known before, as they are"`
	Rejected     int            `json:"rejected"`
	Aside        map[string]int `json:"aside" doc:"what is no award, by what it is: disbursements"`
	Persons      int            `json:"persons" doc:"of the awards, those to persons"`
	NotConverted int            `json:"notConverted"`
	Funders      int            `json:"funders"`
	FirstYear    int            `json:"firstYear,omitempty"`
	LastYear     int            `json:"lastYear,omitempty"`
}

// rejected is a stored reject.
type rejected struct {
	store.Meta
	AwardReject
	ImportID string `json:"importId"`
	N        int    `json:"n"`
}

const (
	sweepAfter = time.Hour        // how long a reverted import stays, for readers who are under way
	deadAfter  = 15 * time.Minute // how long an import may be silent
	writeBatch = 1000
)

// Imports lists the imports that people may know of, the newest first.
func (r *Repo) Imports(ctx context.Context, q store.Query) (store.Page[AwardImport], error) {
	q.Where = filter.In{Field: "state", Values: []any{string(Live), string(Reverted)}}
	q.Sort = []driver.Key{{Path: "seq", Desc: true}}
	return r.imports.Page(ctx, q)
}

// ImportOf gives one import.
func (r *Repo) ImportOf(ctx context.Context, id string) (*AwardImport, error) {
	return r.imports.Get(ctx, id)
}

// RejectPage is a page of what an import did not take.
type RejectPage struct {
	Items        []AwardReject `json:"items" nullable:"false"`
	Total        int           `json:"total"`
	TotalIsFloor bool          `json:"totalIsFloor,omitempty"`
	Next         string        `json:"next,omitempty"`
}

// Rejects gives what an import did not take, in the order of the file.
func (r *Repo) Rejects(ctx context.Context, importID string, q store.Query) (RejectPage, error) {
	q.Where = filter.Eq{Field: "importId", Value: importID}
	q.Sort = []driver.Key{{Path: "n"}}
	page, err := r.rejects.Page(ctx, q)
	out := RejectPage{Items: []AwardReject{}, Total: page.Total, TotalIsFloor: page.TotalIsFloor, Next: page.Next}
	for _, one := range page.Items {
		out.Items = append(out.Items, one.AwardReject)
	}
	return out, err
}

func (r *Repo) liveTwin(ctx context.Context, hash string) error {
	twins, err := r.imports.Find(ctx, filter.And{filter.Eq{Field: "hash", Value: hash}, filter.Eq{Field: "state", Value: string(Live)}}, nil, 1)
	if err != nil || len(twins) == 0 {
		return err
	}
	t := twins[0]
	return &fault.Error{Code: fault.Duplicate,
		Message: "This file has been imported already, as “" + t.Name + "” on " + string(t.LiveAt)[:10] + ". Revert that import first if you mean to import it again.",
		Fields:  []fault.FieldError{{Field: "file", Message: "It is the same file as import " + t.ID + "."}}}
}

// begin gives the import its number. One import is written at a time, since two could bring the same award; one
// that has been silent for long, or that began with the same file, is given up.
func (r *Repo) begin(ctx context.Context, imp *AwardImport) error {
	turn := imp.GateTurn
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.liveTwin(ctx, imp.Hash); err != nil {
			return err
		}
		started, err := r.imports.Find(ctx, filter.Eq{Field: "state", Value: string(Staged)}, nil, 0)
		if err != nil {
			return err
		}
		for _, s := range started {
			if s.Hash != imp.Hash && r.db.Clock().Sub(s.UpdatedAt.Time()) < deadAfter {
				return fault.New(fault.Busy, "“%s” is being imported. Wait until that is done.", s.Name)
			}
			if err := r.setState(ctx, s.ID, Staged, Abandoned); err != nil {
				return err
			}
		}
		err = r.moveGate(ctx, func(g *gate) error {
			if g.Rev != turn {
				return errMoved
			}
			g.Last++
			imp.Seq = g.Last
			return nil
		})
		if err != nil {
			return err
		}
		imp.GateTurn, imp.State = turn+1, Staged
		return r.imports.Create(ctx, imp)
	})
}

var errMoved = fault.New(fault.Busy, "Another import was done or taken back meanwhile. Nothing was imported; import it again.")

// going notes progress, and stops an import that was given up.
func (r *Repo) going(ctx context.Context, imp *AwardImport, n int) error {
	_, err := r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
		if i.State != Staged {
			return fault.New(fault.Busy, "This import was given up, because the same file was imported once more.")
		}
		i.Progress += n
		return nil
	})
	return err
}

// publish makes the import visible in one write, unless what is visible has changed since it was compared.
func (r *Repo) publish(ctx context.Context, imp *AwardImport) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.liveTwin(ctx, imp.Hash); err != nil {
			return err
		}
		done, err := r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
			if i.State != Staged {
				return fault.New(fault.Busy, "This import was given up, because the same file was imported once more.")
			}
			i.State, i.LiveAt = Live, r.db.Now()
			return nil
		})
		if err != nil {
			return err
		}
		*imp = *done
		return r.moveGate(ctx, func(g *gate) error {
			if g.Rev != imp.GateTurn {
				return errMoved
			}
			g.Live = append(g.Live, imp.Seq)
			return nil
		})
	})
}

// Revert takes a live import back: what only it brought is gone from every list and figure, and what it
// corrected is as before.
func (r *Repo) Revert(ctx context.Context, id string) (imp *AwardImport, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.setState(ctx, id, Live, Reverted); err != nil {
			return err
		}
		if imp, err = r.imports.Get(ctx, id); err != nil {
			return err
		}
		return r.moveGate(ctx, func(g *gate) error {
			g.Live = slices.DeleteFunc(g.Live, func(s int64) bool { return s == imp.Seq })
			return nil
		})
	})
	return imp, err
}

func (r *Repo) setState(ctx context.Context, id string, from, to State) error {
	_, err := r.imports.Update(ctx, id, func(i *AwardImport) error {
		if i.State != from {
			return fault.New(fault.Invalid, "This import is %s and cannot be %s.", i.State, to)
		}
		i.State, i.RevertedAt = to, r.db.Now()
		return nil
	})
	return err
}

// Sweep removes what imports that were reverted, or that died on the way, have left. It may stop at any moment
// and go on the next time.
func (r *Repo) Sweep(ctx context.Context) (removed int, err error) {
	all, err := r.imports.Find(ctx, filter.In{Field: "state", Values: []any{string(Staged), string(Reverted), string(Abandoned)}}, nil, 0)
	if err != nil {
		return 0, err
	}
	now := r.db.Clock()
	for _, imp := range all {
		switch {
		case imp.State == Staged && now.Sub(imp.UpdatedAt.Time()) < deadAfter,
			imp.State == Reverted && (imp.Swept || now.Sub(imp.RevertedAt.Time()) < sweepAfter):
			continue
		case imp.State == Staged:
			if err := r.setState(ctx, imp.ID, Staged, Abandoned); err != nil {
				return removed, err
			}
		}
		n, err := r.sweep(ctx, imp)
		if removed += n; err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func (r *Repo) sweep(ctx context.Context, imp *AwardImport) (removed int, err error) {
	seq := []any{imp.Seq}
	for {
		part, err := r.awards.Find(ctx, filter.Or{filter.Has{Field: "seqs", Values: seq}, filter.Has{Field: "next", Values: seq}}, nil, writeBatch)
		if err != nil {
			return removed, err
		}
		if len(part) == 0 {
			break
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			var kept []*Award
			for _, a := range part {
				a.Seqs, a.Next = without(a.Seqs, imp.Seq), without(a.Next, imp.Seq)
				if len(a.Seqs) > 0 {
					kept = append(kept, a)
				} else if err := r.awards.Delete(ctx, a.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return r.awards.ReplaceMany(ctx, kept)
		})
		if err != nil {
			return removed, err
		}
		removed += len(part)
	}
	for imp.State != Reverted {
		part, err := r.rejects.Find(ctx, filter.Eq{Field: "importId", Value: imp.ID}, nil, writeBatch)
		if err != nil {
			return removed, err
		}
		if len(part) == 0 {
			return removed, r.imports.Delete(ctx, imp.ID)
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, one := range part {
				if err := r.rejects.Delete(ctx, one.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
	}
	_, err = r.imports.Update(ctx, imp.ID, func(i *AwardImport) error { i.Swept = true; return nil })
	return removed, err
}

func without(list []int64, seq int64) []int64 {
	return slices.DeleteFunc(list, func(s int64) bool { return s == seq })
}
