package award

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
	"piper/internal/work"
)

// The phases of work.
const (
	waiting   = "waiting"
	reading   = "reading"
	comparing = "comparing"
	saving    = "saving"
)

// Upload keeps a file to be read. A file that waits already is not kept twice: its import is given, and is read again
// where it had come to a stop. Duplicate where the file is imported. Killed on its way it leaves parts for the sweep.
func (im *Importer) Upload(ctx context.Context, name string, data []byte) (*AwardImport, error) {
	if err := bounds(data); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	by := access.From(ctx)
	imp := &AwardImport{Name: oneLine(name, 120), Hash: hex.EncodeToString(sum[:]), Size: int64(len(data)), State: Checking, Phase: waiting,
		Counts: Counts{Aside: map[string]int{}}, ByID: by.AccountID, By: by.Name}
	if imp.Name == "" {
		imp.Name = "awards"
	}
	if err := im.repo.liveTwin(ctx, imp.Hash); err != nil {
		return nil, err
	}
	if twin, err := im.waitingTwin(ctx, imp.Hash); err != nil || twin != nil {
		return twin, err
	}
	imp.ID = store.NewID()
	if err := im.repo.files.Keep(ctx, imp.ID, data); err != nil {
		return nil, err
	}
	return imp, im.repo.imports.Create(ctx, imp)
}

// waitingTwin gives the import of the same file that waits, nil for none. One whose file is gone does not count.
func (im *Importer) waitingTwin(ctx context.Context, hash string) (*AwardImport, error) {
	waits := filter.In{Field: "state", Values: []any{string(Checking), string(Checked), string(Applying), string(Stopped)}}
	twins, err := im.repo.imports.Find(ctx, filter.And{filter.Eq{Field: "hash", Value: hash}, waits}, nil, 0)
	if err != nil {
		return nil, err
	}
	for _, twin := range twins {
		there, err := im.repo.files.Has(ctx, twin.ID)
		switch {
		case err != nil:
			return nil, err
		case there && twin.State == Stopped:
			return im.Check(ctx, twin.ID)
		case there:
			return twin, nil
		}
	}
	return nil, nil //nolint:nilnil // no twin is no fault
}

// move changes an import that is in one of some states; Invalid where it is not.
func (im *Importer) move(ctx context.Context, id string, from []State, change func(*AwardImport) error) (*AwardImport, error) {
	return im.repo.imports.Update(ctx, id, func(i *AwardImport) error {
		if !slices.Contains(from, i.State) {
			return fault.New(fault.Invalid, "This import is %s; that cannot be done now.", i.State)
		}
		return change(i)
	})
}

// Check asks for the file of an import that had come to a stop to be read again.
func (im *Importer) Check(ctx context.Context, id string) (*AwardImport, error) {
	return im.move(ctx, id, []State{Stopped}, func(i *AwardImport) error {
		i.idle("")
		i.State, i.Phase = Checking, waiting
		return nil
	})
}

// Apply asks for what the file holds to be imported.
func (im *Importer) Apply(ctx context.Context, id string) (*AwardImport, error) {
	return im.move(ctx, id, []State{Checked}, func(i *AwardImport) error {
		if i.Created+i.Changed+i.Unchanged == 0 {
			return fault.New(fault.Invalid, "There is no award in the file that could be imported.")
		}
		i.idle("")
		i.State, i.Phase = Applying, waiting
		return nil
	})
}

// StopWork asks the work on an import to end; nothing of it is saved. What has not begun ends at once.
func (im *Importer) StopWork(ctx context.Context, id string) (*AwardImport, error) {
	return im.move(ctx, id, []State{Checking, Applying}, func(i *AwardImport) error {
		if i.Stop = true; i.Phase == waiting {
			i.halt(work.Stopped)
		}
		return nil
	})
}

// Discard removes an import that was not applied, with its file. Stale where it has changed since revision rev.
func (im *Importer) Discard(ctx context.Context, id string, rev int64) error {
	if _, err := im.repo.abandon(ctx, id, rev); err != nil {
		return err
	}
	return im.repo.files.Remove(ctx, id)
}

func (r *Repo) abandon(ctx context.Context, id string, rev int64) (*AwardImport, error) {
	return r.imports.UpdateAt(ctx, id, rev, func(i *AwardImport) error {
		if i.State != Checked && i.State != Stopped {
			return fault.New(fault.Invalid, "This import is %s; that cannot be done now.", i.State)
		}
		i.State = Abandoned
		return nil
	})
}

// halt puts an import back to where it waits for a person.
func (imp *AwardImport) halt(message string) {
	imp.leave()
	imp.idle(message)
	imp.State = map[State]State{Checking: Stopped, Applying: Checked}[imp.State]
}

var due = filter.In{Field: "state", Values: []any{string(Checking), string(Applying)}}

// Waiting reports whether an import has work to be done.
func (im *Importer) Waiting(ctx context.Context) (bool, error) {
	n, err := im.repo.imports.Count(ctx, due)
	return n > 0, err
}

// Work does what imports wait for, one after the other, so no two are written at once. It can be broken off anywhere and begun
// again: whatever was not visible is done anew.
func (im *Importer) Work(ctx context.Context, p work.Progress) error {
	return work.All(ctx, im.repo.imports, due, func(ctx context.Context, imp *AwardImport) error {
		return im.one(access.OnBehalf(ctx, imp.ByID, imp.By), imp, p)
	})
}

// one does the work of one import. An error is one of the work as a whole, not of the import.
func (im *Importer) one(ctx context.Context, imp *AwardImport, p work.Progress) error {
	err := im.take(ctx, imp)
	switch {
	case err == nil && imp.State == Applying:
		p.Count("imported", 1)
		p.Say("Imported " + imp.Name + ".")
		return nil
	case err == nil:
		p.Count("read", 1)
		return nil
	case errors.Is(err, errMoved) || fault.Is(err, fault.Stale):
		return nil // what is visible has changed: it is compared anew, a few times
	}
	return work.End(ctx, err, func(ctx context.Context, _ bool, message string) error { return im.end(ctx, imp, message) })
}

// end puts an import back to where it waits for a person, unless somebody else has.
func (im *Importer) end(ctx context.Context, imp *AwardImport, message string) error {
	_, err := im.repo.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
		if i.State == imp.State {
			i.halt(message)
		}
		return nil
	})
	return gone(err)
}

// take begins the work on an import and does it.
func (im *Importer) take(ctx context.Context, imp *AwardImport) error {
	now, err := im.repo.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
		if i.State != imp.State || i.Stop {
			return work.ErrStop
		}
		i.Phase, i.Finished, i.Of = reading, 0, imp.Records
		i.Tries++
		return nil
	})
	if err != nil {
		return err
	}
	if now.Tries > maxTries {
		return fault.New(fault.Unavailable, "It was begun %d times and came to no end. Nothing of it was saved.", maxTries)
	}
	if imp.State == Checking {
		return im.check(ctx, imp, im.teller(ctx, imp))
	}
	return im.apply(audit.Bulk(ctx, "import of "+imp.Name), imp, im.teller(ctx, imp))
}

// teller notes how far the work is, at most once a second within a phase.
func (im *Importer) teller(ctx context.Context, imp *AwardImport) tell {
	was, said := reading, time.Now()
	return func(phase string, n, of int) error {
		if phase == was && time.Since(said) < time.Second {
			return nil
		}
		was, said = phase, time.Now()
		_, err := im.repo.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
			if i.State != imp.State || i.Stop {
				return work.ErrStop
			}
			i.Phase, i.Finished, i.Of = phase, n, of
			return nil
		})
		return err
	}
}

// understand reads the file of an import and holds it against what is visible now.
func (im *Importer) understand(ctx context.Context, imp *AwardImport, tell tell) (*batch, plan, error) {
	b, err := im.read(ctx, imp, tell)
	if err != nil {
		return nil, plan{}, err
	}
	gate, err := im.repo.gate(ctx)
	if err != nil {
		return nil, plan{}, err
	}
	imp.GateTurn = gate.Rev
	p, err := im.compare(ctx, gate, b)
	return b, p, err
}

// check finds out what the file would bring.
func (im *Importer) check(ctx context.Context, imp *AwardImport, tell tell) error {
	r := im.repo
	b, _, err := im.understand(ctx, imp, tell)
	if err != nil {
		return err
	}
	if err := r.dropRejects(ctx, imp.ID); err != nil { // of an earlier reading
		return err
	}
	list := make([]*rejected, len(b.rejects))
	for i, one := range b.rejects {
		list[i] = &rejected{AwardReject: one, ImportID: imp.ID, N: i}
	}
	for part := range slices.Chunk(list, writeBatch) {
		if err := r.db.Tx(ctx, func(ctx context.Context) error { return r.rejects.CreateMany(ctx, part) }); err != nil {
			return err
		}
	}
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, _, err := r.plans.Upsert(ctx, filter.Eq{Field: "id", Value: imp.ID}, func(p *storedPlan, _ bool) error {
			p.ID = imp.ID
			p.Who, p.Preview = b.shown()
			return nil
		})
		if err != nil {
			return err
		}
		_, err = r.imports.Update(ctx, imp.ID, func(i *AwardImport) error {
			if i.State != Checking || i.Stop {
				return work.ErrStop
			}
			i.idle("")
			i.State, i.Counts = Checked, b.counts
			return nil
		})
		return err
	})
}

// apply imports the file: everything is written behind the gate, and then the gate opens.
func (im *Importer) apply(ctx context.Context, imp *AwardImport, tell tell) error {
	r := im.repo
	b, p, err := im.understand(ctx, imp, tell)
	if err != nil {
		return err
	}
	err = firstError(
		func() error { return r.begin(ctx, imp) },
		func() error { return im.write(ctx, imp, b, p) },
		func() error { return r.publish(ctx, imp, b.counts) },
	)
	if err == nil {
		_ = r.files.Remove(ctx, imp.ID) // else the sweep does
	}
	return err
}
