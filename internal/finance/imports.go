package finance

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// ImportState is where an import stands.
type ImportState string

// The states. Only lines of live imports are seen.
const (
	Staged    ImportState = "staged"    // its lines are being written
	Live      ImportState = "live"      // all its lines are there
	Reverted  ImportState = "reverted"  // taken back by a person
	Abandoned ImportState = "abandoned" // it never came to its end
)

// ImportKind is what a file was of: income line by line, or the gifts of a campaign, which an Import then names.
type ImportKind string

// The kinds.
const (
	OfIncome ImportKind = "income"
	OfGifts  ImportKind = "gifts"
)

// Import is one file of income that was, or is being, imported.
type Import struct {
	store.Meta
	Seq          int64         `json:"seq"`
	Name         string        `json:"name"` // of the file
	Hash         string        `json:"hash"` // SHA-256 of its bytes
	State        ImportState   `json:"state"`
	Rows         int           `json:"rows"`
	Written      int           `json:"written"` // lines stored so far
	NotConverted int           `json:"notConverted"`
	FirstDate    store.Date    `json:"firstDate,omitempty"`
	LastDate     store.Date    `json:"lastDate,omitempty"`
	NewDonors    int           `json:"newDonors"`
	By           string        `json:"by,omitempty"` // name of the account
	LiveAt       store.Instant `json:"liveAt,omitempty"`
	RevertedAt   store.Instant `json:"revertedAt,omitempty"`
	Swept        bool          `json:"swept,omitempty"` // its lines are gone

	// Of a file of gifts.
	DonorID string               `json:"donorId,omitempty"` // the campaign
	Gifts   int                  `json:"gifts,omitempty"`   // payments that it brought, or of which it brought what was given back
	Columns map[GiftField]string `json:"columns,omitempty"` // which column said what, for the next file
}

// How long the lines of a reverted import stay behind the gate, for readers who are under way, and how
// long an import may be silent before it counts as dead.
const (
	sweepAfter = time.Hour
	deadAfter  = 15 * time.Minute
)

// Imports lists imports of a kind that people may know of, the newest first; "" stands for all kinds.
func (r *Repo) Imports(ctx context.Context, kind ImportKind, q store.Query) (store.Page[Import], error) {
	where := filter.And{filter.In{Field: "state", Values: []any{string(Live), string(Reverted)}}}
	switch campaign := (filter.Exists{Field: "donorId"}); kind {
	case OfGifts:
		where = append(where, campaign)
	case OfIncome:
		where = append(where, filter.Not{Expr: campaign})
	}
	q.Where = where
	q.Sort = []driver.Key{{Path: "seq", Desc: true}}
	return r.imports.Page(ctx, q)
}

// liveTwin gives a Duplicate fault where a file of the same content is imported already.
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

// begin gives the import its number and hides it. An earlier attempt at the same file that never came
// to its end is given up: if its process still lives, it finds that out with its next batch.
func (r *Repo) begin(ctx context.Context, imp *Import) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.liveTwin(ctx, imp.Hash); err != nil {
			return err
		}
		started, err := r.imports.Find(ctx, filter.And{filter.Eq{Field: "hash", Value: imp.Hash}, filter.Eq{Field: "state", Value: string(Staged)}}, nil, 0)
		if err != nil {
			return err
		}
		for _, s := range started {
			if err := r.setState(ctx, s.ID, Staged, Abandoned); err != nil {
				return err
			}
		}
		err = r.moveGate(ctx, func(g *gate) {
			g.Last++
			imp.Seq = g.Last
			g.hide(imp.Seq)
		})
		if err != nil {
			return err
		}
		imp.State = Staged
		return r.imports.Create(ctx, imp)
	})
}

// write stores one batch of lines, behind the gate.
func (r *Repo) write(ctx context.Context, imp *Import, lines []*Income) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.imports.Update(ctx, imp.ID, func(i *Import) error {
			if i.State != Staged {
				return fault.New(fault.Busy, "This import was given up, because the same file was imported once more.")
			}
			i.Written += len(lines)
			return nil
		})
		if err != nil {
			return err
		}
		return r.lines.CreateMany(ctx, lines)
	})
}

// publish makes the import visible, in the caller's Tx.
func (r *Repo) publish(ctx context.Context, imp *Import) error {
	if err := r.liveTwin(ctx, imp.Hash); err != nil {
		return err
	}
	done, err := r.imports.Update(ctx, imp.ID, func(i *Import) error {
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
	return r.moveGate(ctx, func(g *gate) { g.show(imp.Seq) })
}

// Revert takes a live import back: its lines are gone from every list and figure at once. The donors
// that it added stay.
func (r *Repo) Revert(ctx context.Context, id string) (*Import, error) {
	imp, err := r.imports.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if imp.Gifts > 0 { // one record for each payment goes
		ctx = audit.Bulk(ctx, "taking back the import of "+imp.Name)
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.setState(ctx, id, Live, Reverted); err != nil {
			return err
		}
		var err error
		if imp, err = r.imports.Get(ctx, id); err != nil {
			return err
		}
		if err := r.mayGo(ctx, imp); err != nil {
			return err
		}
		if err := r.unsettleImport(ctx, id); err != nil {
			return err
		}
		if imp.Gifts > 0 {
			if err := r.revertGifts(ctx, imp); err != nil {
				return err
			}
		}
		return r.moveGate(ctx, func(g *gate) { g.hide(imp.Seq) })
	})
	return imp, err
}

// unsettleImport makes due again what lines of an import had paid.
func (r *Repo) unsettleImport(ctx context.Context, id string) error {
	if r.Expectations == nil {
		return nil
	}
	var ids []string
	err := r.lines.Scan(ctx, filter.Eq{Field: "importId", Value: id}, []string{"id"}, func(v []any) error {
		line, _ := v[0].(string)
		ids = append(ids, line)
		return nil
	})
	for part := range slices.Chunk(ids, rateBatch) {
		if err == nil {
			err = r.Expectations.Unsettle(ctx, part...)
		}
	}
	return err
}

// mayGo refuses to take back an import with lines in a closed year, or with lines to which others belong that
// would stay.
func (r *Repo) mayGo(ctx context.Context, imp *Import) error {
	if err := r.touch(ctx); err != nil {
		return err
	}
	books, err := r.Books(ctx)
	if err != nil {
		return err
	}
	own := filter.Eq{Field: "importId", Value: imp.ID}
	for _, year := range books.Closed {
		first, after := r.Fiscal.Range(year, year)
		n, err := r.lines.Count(ctx, append(Search{From: first, Before: after}.where(), own))
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Invalid, "%s of this import lie in the fiscal year %s, which is closed. Reopen it first, or reverse the lines.", many(n, "line", "lines"), r.Fiscal.Label(year))
		}
	}
	if err := r.expensesMayGo(ctx, imp.ID); err != nil { // the fees of gifts
		return err
	}
	others, err := r.lines.Find(ctx, filter.Or{filter.Exists{Field: "refundOf"}, filter.Exists{Field: "reversalOf"}}, nil, 0)
	if err != nil {
		return err
	}
	for _, l := range others {
		of, err := r.lines.Get(ctx, cmp.Or(l.RefundOf, l.ReversalOf))
		if err == nil && of.ImportID == imp.ID {
			return fault.New(fault.Invalid, "A line of this import was refunded or reversed on %s. Remove that first.", l.Date)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// dayOfEachYear gives one day of each fiscal year in which lines lie.
func (r *Repo) dayOfEachYear(lines []*Income) []store.Date {
	years := map[int]store.Date{}
	for _, l := range lines {
		years[r.Fiscal.Year(l.Date)] = l.Date
	}
	return slices.Collect(maps.Values(years))
}

func (r *Repo) setState(ctx context.Context, id string, from, to ImportState) error {
	_, err := r.imports.Update(ctx, id, func(i *Import) error {
		if i.State != from {
			return fault.New(fault.Invalid, "This import is %s and cannot be %s.", i.State, to)
		}
		i.State, i.RevertedAt = to, r.db.Now()
		return nil
	})
	return err
}

// Sweep removes the lines of imports that were reverted, or that died on the way, once nobody can be
// reading them any more. It may stop at any moment and go on the next time.
func (r *Repo) Sweep(ctx context.Context) (removed int, err error) {
	all, err := r.imports.Find(ctx, filter.In{Field: "state", Values: []any{string(Staged), string(Reverted), string(Abandoned)}}, nil, 0)
	if err != nil {
		return 0, err
	}
	now := r.db.Clock()
	for _, imp := range all {
		switch imp.State {
		case Staged:
			if now.Sub(imp.UpdatedAt.Time()) < deadAfter {
				continue
			}
			if err := r.setState(ctx, imp.ID, Staged, Abandoned); err != nil {
				return removed, err
			}
		case Reverted:
			if imp.Swept || now.Sub(imp.RevertedAt.Time()) < sweepAfter {
				continue
			}
		case Live, Abandoned:
		}
		n, err := r.sweep(ctx, imp)
		if removed += n; err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func (r *Repo) sweep(ctx context.Context, imp *Import) (removed int, err error) {
	where := filter.Eq{Field: "importId", Value: imp.ID}
	for {
		lines, err := r.lines.Find(ctx, where, nil, rateBatch)
		if err != nil {
			return removed, err
		}
		if len(lines) == 0 {
			break
		}
		err = r.db.Tx(ctx, func(ctx context.Context) error {
			for _, l := range lines {
				if err := r.lines.Delete(ctx, l.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += len(lines)
	}
	return removed, r.db.Tx(ctx, func(ctx context.Context) error {
		if imp.State == Reverted {
			if _, err := r.imports.Update(ctx, imp.ID, func(i *Import) error { i.Swept = true; return nil }); err != nil {
				return err
			}
		} else if err := r.imports.Delete(ctx, imp.ID); err != nil {
			return err
		}
		return r.moveGate(ctx, func(g *gate) { g.show(imp.Seq) })
	})
}

// Import gives one import.
func (r *Repo) Import(ctx context.Context, id string) (*Import, error) { return r.imports.Get(ctx, id) }
