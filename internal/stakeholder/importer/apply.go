package importer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// errOutdated says that stakeholders were changed since the plan in a way that could alter it.
var errOutdated = errors.New("the plan is outdated")

// muchChanged is how many changed stakeholders are compared with a plan; more make it anew.
const muchChanged = 1000

// attempts is how often a plan is made anew because somebody was quicker.
const attempts = 3

// apply makes the plan visible, in one transaction. The plan is made anew first where stakeholders have
// changed since.
func (im *Importer) apply(ctx context.Context, imp *StakeholderImport, tell func(int, string) error) error {
	var p *planner
	for range attempts {
		if err := tell(imp.Finished, "saving"); err != nil {
			return err
		}
		err := im.commit(ctx, imp, p)
		if !errors.Is(err, errOutdated) {
			return err
		}
		if p, err = im.makePlan(ctx, imp, tell); err != nil {
			return err
		}
		imp.Plan, imp.Counts = p.plan, p.counts
		if err := im.keepPlan(ctx, imp, Applying); err != nil {
			return err
		}
	}
	return fault.New(fault.Busy, "Stakeholders were changed again and again while the import was about to be saved. Nothing was imported; try again.")
}

// keepPlan writes down which plan counts.
func (im *Importer) keepPlan(ctx context.Context, imp *StakeholderImport, then State) error {
	_, err := im.imports.Update(ctx, imp.ID, func(i *StakeholderImport) error {
		i.Plan, i.Counts, i.PlannedAt, i.Known, i.State = imp.Plan, imp.Counts, imp.PlannedAt, imp.Known, then
		i.Notes = imp.Notes
		return nil
	})
	return err
}

// current checks, inside the commit, that the plan is still right. p is nil where the plan was made by an
// earlier run; then nothing at all may have changed.
func (im *Importer) current(ctx context.Context, imp *StakeholderImport, p *planner) error {
	all, older, err := im.people.Count(ctx, imp.PlannedAt)
	if err != nil {
		return err
	}
	changed, err := im.people.ChangedSince(ctx, imp.PlannedAt, muchChanged)
	switch {
	case err != nil:
		return err
	case len(changed) == muchChanged, older > imp.Known, all < imp.Known:
		return errOutdated
	case p == nil && (len(changed) > 0 || all != imp.Known):
		return errOutdated
	}
	created := 0
	for _, s := range changed {
		if p.recent[s.ID] == s.Rev {
			continue
		}
		if p.recent[s.ID] == 0 && s.CreatedAt >= imp.PlannedAt {
			created++
		}
		for _, m := range marksOf(s) {
			if _, ok := p.seen[m]; ok {
				return errOutdated
			}
		}
		if o := p.orgs[s.SortName]; o != nil {
			return errOutdated
		}
	}
	if all != imp.Known+created {
		return errOutdated
	}
	return nil
}

// commit writes all records in one transaction, which is what makes them visible. Killed before its end,
// it leaves nothing.
func (im *Importer) commit(ctx context.Context, imp *StakeholderImport, p *planner) error {
	return im.db.Tx(audit.Bulk(ctx, "import of "+imp.Name), func(ctx context.Context) error {
		if err := im.current(ctx, imp, p); err != nil {
			return err
		}
		for _, verdict := range []Verdict{ToCreate, ToUpdate} {
			save := im.create
			if verdict == ToUpdate {
				save = im.update
			}
			if err := im.eachBatch(ctx, imp.Plan, verdict, save); err != nil {
				return err
			}
		}
		_, err := im.imports.Update(ctx, imp.ID, func(i *StakeholderImport) error {
			if i.State != Applying || i.Plan != imp.Plan {
				return fault.New(fault.Busy, "Somebody else works on this import.")
			}
			now := im.db.Clock()
			i.State, i.AppliedAt, i.Until, i.Finished, i.Phase, i.Message = Live, store.At(now), store.At(now.Add(keptFor)), i.Counts.Rows, "", ""
			return nil
		})
		return err
	})
}

// eachBatch calls fn with the rows of a plan that have a verdict, some thousand at a time, in order.
func (im *Importer) eachBatch(ctx context.Context, plan string, verdict Verdict, fn func(context.Context, []*ImportRow) error) error {
	for after := ""; ; {
		batch, err := im.rows.Find(ctx, filter.And{filter.Eq{Field: "plan", Value: plan}, filter.Eq{Field: "verdict", Value: string(verdict)},
			filter.Compare{Field: "id", Op: filter.Gt, Value: after}}, []driver.Key{{Path: "id"}}, rowBatch)
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := fn(ctx, batch); err != nil {
			return err
		}
		after = batch[len(batch)-1].ID
		if len(batch) < rowBatch {
			return nil
		}
	}
}

func (im *Importer) create(ctx context.Context, batch []*ImportRow) error {
	list := make([]*stakeholder.Stakeholder, len(batch))
	for i, row := range batch {
		list[i] = row.Doc
	}
	if err := im.people.CreateMany(ctx, list); err != nil {
		return err
	}
	return im.addPosts(ctx, batch, nil)
}

func (im *Importer) update(ctx context.Context, batch []*ImportRow) error {
	now, err := im.people.ByID(ctx, targets(batch))
	if err != nil {
		return err
	}
	list := make([]*stakeholder.Stakeholder, 0, len(batch))
	var added []string
	for _, row := range batch {
		s := now[row.TargetID]
		if s == nil {
			return errOutdated
		}
		if len(row.Changes) == 0 {
			continue // it brings a post and nothing else, whatever an earlier row made of the record
		}
		if s.Rev != row.Rev {
			return errOutdated
		}
		had := map[string]bool{}
		for _, a := range s.Addresses() {
			had[a] = true
		}
		missed, err := s.Redo(row.Changes)
		if err != nil {
			return err
		}
		if len(missed) > 0 {
			return errOutdated
		}
		for _, a := range s.Addresses() {
			if !had[a] {
				added = append(added, a)
			}
		}
		list = append(list, s)
	}
	if err := im.people.ReplaceMany(ctx, list, added); err != nil {
		return err
	}
	posts, err := im.people.PostsOf(ctx, targets(batch))
	if err != nil {
		return err
	}
	return im.addPosts(ctx, batch, posts)
}

func targets(batch []*ImportRow) []string {
	ids := make([]string, len(batch))
	for i, row := range batch {
		ids[i] = row.TargetID
	}
	return ids
}

// revert takes an import back in one transaction: what it created is removed, unless it was changed or
// something refers to it since; fields that it changed get their old value, unless they have changed again.
func (im *Importer) revert(ctx context.Context, imp *StakeholderImport) error {
	return im.db.Tx(audit.Bulk(ctx, "import of "+imp.Name+" taken back"), func(ctx context.Context) error {
		var back Back
		if err := im.eachBatch(ctx, imp.Plan, ToUpdate, func(ctx context.Context, batch []*ImportRow) error { return im.restore(ctx, batch, &back) }); err != nil {
			return err
		}
		kept, err := im.keep(ctx, imp)
		if err != nil {
			return err
		}
		err = im.eachBatch(ctx, imp.Plan, ToCreate, func(ctx context.Context, batch []*ImportRow) error {
			var told []*ImportRow
			for _, row := range batch {
				if row.TargetID == "" {
					back.Kept++
					continue
				}
				if row.Kept = kept[row.TargetID]; row.Kept != "" {
					told = append(told, row)
					back.Kept++
					continue
				}
				if row.Post != nil {
					if err := im.people.RemovePost(ctx, row.Post.ID); err != nil {
						return err
					}
				}
				if err := im.people.Remove(ctx, row.TargetID); err != nil {
					return err
				}
				back.Removed++
			}
			return im.rows.ReplaceMany(ctx, told)
		})
		if err != nil {
			return err
		}
		_, err = im.imports.Update(ctx, imp.ID, func(i *StakeholderImport) error {
			if i.State != Reverting {
				return fault.New(fault.Busy, "Somebody else works on this import.")
			}
			i.State, i.RevertedAt, i.Back, i.Phase, i.Message = Reverted, im.db.Now(), back, "", ""
			return nil
		})
		return err
	})
}

// restore gives updated records their old values back, and takes away the posts that they got.
func (im *Importer) restore(ctx context.Context, batch []*ImportRow, back *Back) error {
	now, err := im.people.ByID(ctx, targets(batch))
	if err != nil {
		return err
	}
	posts, err := im.ownPosts(ctx, batch)
	if err != nil {
		return err
	}
	var list []*stakeholder.Stakeholder
	var told []*ImportRow
	for _, row := range batch {
		if row.TargetID == "" {
			back.Kept++
			continue
		}
		s := now[row.TargetID]
		if s == nil {
			row.Kept = "It is gone."
			told = append(told, row)
			continue
		}
		missed, err := s.Undo(row.Changes)
		if err != nil {
			return err
		}
		restored := len(missed) < len(row.Changes)
		if restored {
			list = append(list, s)
		}
		if row.Post != nil {
			switch asLeft, there := posts[row.Post.ID]; {
			case asLeft:
				if err := im.people.RemovePost(ctx, row.Post.ID); err != nil {
					return err
				}
				restored = true
			case there:
				missed = append(missed, "post")
			}
		}
		if restored {
			back.Restored++
		}
		if len(missed) > 0 {
			row.Kept = fmt.Sprintf("Changed since: %s.", strings.Join(missed, ", "))
			told = append(told, row)
			back.Kept++
		}
	}
	if err := im.people.ReplaceMany(ctx, list, nil); err != nil {
		return err
	}
	return im.rows.ReplaceMany(ctx, told)
}

// keep says of the records that an import created which stay when it is taken back, and why: those that were
// changed since, those that something else refers to, and those that one which stays refers to.
func (im *Importer) keep(ctx context.Context, imp *StakeholderImport) (map[string]string, error) {
	made := map[string]bool{}
	kept := map[string]string{}
	above := map[string][]string{} // what a record needs: what it is part of, and where it has its post
	untouched := map[string]bool{} // posts, which go and stay with their person
	err := im.eachBatch(ctx, imp.Plan, ToCreate, func(ctx context.Context, batch []*ImportRow) error {
		now, err := im.people.ByID(ctx, targets(batch))
		for id, s := range now {
			made[id] = true
			if s.ParentID != "" {
				above[id] = append(above[id], s.ParentID)
			}
			if s.Rev > 1 && s.TrashedAt == "" {
				kept[id] = "It was changed since."
			}
		}
		if err != nil {
			return err
		}
		posts, err := im.ownPosts(ctx, batch)
		for _, row := range batch {
			if row.Post != nil && posts[row.Post.ID] {
				untouched[row.Post.ID] = true
				above[row.TargetID] = append(above[row.TargetID], row.Post.AtID)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = im.db.Referring(ctx, "stakeholders", made, []string{rowsName}, func(collection, id, target string) {
		if collection == "stakeholders" && made[id] || collection == "affiliations" && untouched[id] {
			return
		}
		if kept[target] == "" {
			kept[target] = "Something refers to it since: " + strings.ReplaceAll(collection, "_", " ") + "."
		}
	})
	if err != nil {
		return nil, err
	}
	for next := slices.Collect(maps.Keys(kept)); len(next) > 0; {
		id := next[0]
		next = next[1:]
		for _, of := range above[id] {
			if made[of] && kept[of] == "" {
				kept[of] = "One that stays is part of it, or works there."
				next = append(next, of)
			}
		}
	}
	return kept, nil
}
