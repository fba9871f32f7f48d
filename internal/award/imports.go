package award

import (
	"context"
	"slices"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/work"
)

// State is where an import stands.
type State string

// The states. From checking and applying it goes on by itself; in the others it waits for a person. Readers of awards
// see what live imports brought.
const (
	Checking  State = "checking"  // the file is here; reading it is due or under way
	Stopped   State = "stopped"   // it could not be read, or somebody has stopped that; Message says which
	Checked   State = "checked"   // what it would bring is known
	Applying  State = "applying"  // due or under way; nothing of it is visible
	Live      State = "live"      // all of it is visible
	Reverted  State = "reverted"  // taken back
	Abandoned State = "abandoned" // nobody wanted it; the sweep removes it
)

// AwardImport is one file of awards that was, or is being, imported.
type AwardImport struct {
	store.Meta
	Counts
	Seq        int64         `json:"seq,omitempty" doc:"its number among those that were written"`
	Name       string        `json:"name" doc:"of the file"`
	Hash       string        `json:"hash" doc:"SHA-256 of its bytes"`
	Size       int64         `json:"size" doc:"bytes"`
	State      State         `json:"state" enum:"checking,stopped,checked,applying,live,reverted,abandoned"`
	Phase      string        `json:"phase,omitempty" enum:"waiting,reading,comparing,saving" doc:"what is being done"`
	Finished   int           `json:"finished" doc:"records, of the phase, that are behind us"`
	Of         int           `json:"of,omitempty" doc:"how many there are, where that is known"`
	Stop       bool          `json:"stop,omitempty" doc:"somebody has asked to stop it"`
	Message    string        `json:"message,omitempty" doc:"why it came to a stop"`
	Tries      int           `json:"tries,omitempty" doc:"how often the work was begun"`
	GateTurn   int64         `json:"gateTurn"` // revision of the gate that it was compared under
	Left       []int64       `json:"left,omitempty" doc:"numbers under which it was written in part, until the sweep"`
	ByID       string        `json:"byId,omitempty"`
	By         string        `json:"by,omitempty"`
	LiveAt     store.Instant `json:"liveAt,omitempty"`
	RevertedAt store.Instant `json:"revertedAt,omitempty"`
	Swept      bool          `json:"swept,omitempty"`
}

// Counts account for every record of a file: Records is Created + Changed + Unchanged + Rejected + the Aside.
type Counts struct {
	Kind         Kind           `json:"kind,omitempty" enum:"360giving,iati,fts" doc:"as soon as it is known"`
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
	sweepAfter = time.Hour      // how long a reverted import stays, for readers who are under way
	idleAfter  = 24 * time.Hour // how long a file waits for somebody to import it: it may name persons
	writeBatch = 1000
	maxTries   = 3 // how often work is begun before it is given up, so that a file that ends the process does not do so for ever
)

// Imports lists the imports that people may know of, the newest first.
func (r *Repo) Imports(ctx context.Context, q store.Query) (store.Page[AwardImport], error) {
	q.Where = filter.Not{Expr: filter.Eq{Field: "state", Value: string(Abandoned)}}
	q.Sort = []driver.Key{{Path: "createdAt", Desc: true}}
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
	sentence := "This file has been imported already, as “" + t.Name + "” on " + string(t.LiveAt)[:10] + ". Revert that import first if you mean to import it again."
	return &fault.Error{Code: fault.Duplicate, Message: sentence, Fields: []fault.FieldError{{Field: "file", Message: sentence}}}
}

// begin gives the import a number to be written under, and leaves that of an attempt before it to the sweep.
func (r *Repo) begin(ctx context.Context, imp *AwardImport) error {
	turn := imp.GateTurn
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.liveTwin(ctx, imp.Hash); err != nil {
			return err
		}
		var seq int64
		err := r.moveGate(ctx, func(g *gate) error {
			if g.Rev != turn {
				return errMoved
			}
			g.Last++
			seq = g.Last
			return nil
		})
		if err != nil {
			return err
		}
		begun, err := r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
			if i.State != Applying || i.Stop {
				return work.ErrStop
			}
			i.leave()
			i.Seq, i.GateTurn = seq, turn+1
			return nil
		})
		if err == nil {
			*imp = *begun
		}
		return err
	})
}

// leave gives up what was written under the import's number.
func (imp *AwardImport) leave() {
	if imp.Seq != 0 {
		imp.Left, imp.Seq = append(imp.Left, imp.Seq), 0
	}
}

var errMoved = fault.New(fault.Busy, "Another import was taken back meanwhile. Nothing was imported; import it again.")

// going notes progress in the transaction of a part, and ends the work where somebody has asked for that.
func (r *Repo) going(ctx context.Context, imp *AwardImport, n, of int) error {
	_, err := r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
		if i.State != Applying || i.Seq != imp.Seq || i.Stop {
			return work.ErrStop
		}
		if i.Phase != saving {
			i.Phase, i.Finished = saving, 0
		}
		i.Finished, i.Of = i.Finished+n, of
		return nil
	})
	return err
}

// publish makes the import visible in one write, unless what is visible has changed since it was compared.
func (r *Repo) publish(ctx context.Context, imp *AwardImport, counts Counts) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.liveTwin(ctx, imp.Hash); err != nil {
			return err
		}
		_, err := r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
			if i.State != Applying || i.Seq != imp.Seq || i.Stop {
				return work.ErrStop
			}
			i.State, i.LiveAt, i.Counts = Live, r.db.Now(), counts
			i.idle("")
			return nil
		})
		if err != nil {
			return err
		}
		return r.moveGate(ctx, func(g *gate) error {
			if g.Rev != imp.GateTurn {
				return errMoved
			}
			g.Live = append(g.Live, imp.Seq)
			return nil
		})
	})
}

// idle puts what tells of work back to nothing.
func (imp *AwardImport) idle(message string) {
	imp.Phase, imp.Finished, imp.Of, imp.Stop, imp.Message, imp.Tries = "", 0, 0, false, message, 0
}

// Revert takes a live import back: what only it brought is gone from every list and figure, and what it
// corrected is as before.
func (r *Repo) Revert(ctx context.Context, id string) (imp *AwardImport, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		imp, err = r.imports.Update(ctx, id, func(i *AwardImport) error {
			if i.State != Live {
				return fault.New(fault.Invalid, "This import is %s and cannot be %s.", i.State, Reverted)
			}
			i.State, i.RevertedAt = Reverted, r.db.Now()
			return nil
		})
		if err != nil {
			return err
		}
		return r.moveGate(ctx, func(g *gate) error {
			g.Live = slices.DeleteFunc(g.Live, func(s int64) bool { return s == imp.Seq })
			return nil
		})
	})
	return imp, err
}
