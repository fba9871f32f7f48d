package award

import (
	"context"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Books knows exchange rates; package finance is it.
type Books interface {
	// Converter gives what says the worth of amounts on days from first to last, and whether a day not
	// yet published may still say otherwise. An amount out of bounds is an Invalid fault.
	Converter(ctx context.Context, first, last store.Date) (Convert, error)
}

// Convert is what Books gives.
type Convert func(amount money.Money, on store.Date) (frozen money.Frozen, unsettled bool, err error)

// Importer brings files of awards in: what a file would do can be read before it is done, all of it becomes visible in
// one write, and that write can be taken back.
type Importer struct {
	repo  *Repo
	books Books
}

// NewImporter makes an importer.
func NewImporter(repo *Repo, books Books) *Importer { return &Importer{repo: repo, books: books} }

// tell notes how far the work is: of a phase, so many records of so many; 0 where that is not known yet. Its error
// ends the work.
type tell func(phase string, n, of int) error

// batch is one file on its way in.
type batch struct {
	counts  Counts
	grants  []Grant
	awards  []*Award // of grants, in their order
	rejects []AwardReject
	seen    map[string]string      // key → place
	parties map[string]*AwardParty // by key; a new one has revision 0
	of      int                    // records, where the file was read before
	tell    tell
}

func newBatch(of int, tell tell) *batch {
	return &batch{counts: Counts{Aside: map[string]int{}}, seen: map[string]string{}, parties: map[string]*AwardParty{}, of: of, tell: tell}
}

// Grant implements Sink: an id that came before in the file is a reject.
func (b *batch) Grant(g Grant) error {
	key := keyOf(b.counts.Kind, &g)
	if first, twice := b.seen[key]; twice {
		return b.Reject(g.Place, g.ref(), "The same award came before, in "+first+".")
	}
	b.seen[key] = g.Place
	b.grants = append(b.grants, g)
	return b.record()
}

// Reject implements Sink.
func (b *batch) Reject(place, ref, reason string) error {
	b.reject(place, ref, reason)
	return b.record()
}

// Aside implements Sink.
func (b *batch) Aside(what string) error {
	b.counts.Aside[what]++
	return b.record()
}

func (b *batch) record() error {
	b.counts.Records++
	return b.tell(reading, b.counts.Records, b.of)
}

func (b *batch) reject(place, ref, reason string) {
	b.counts.Rejected++
	b.rejects = append(b.rejects, AwardReject{place, oneLine(ref, maxRef), reason})
}

// read reads the file of an import and says what each record is worth and whose it is.
func (im *Importer) read(ctx context.Context, imp *AwardImport, tell tell) (*batch, error) {
	data, err := im.repo.files.Read(ctx, imp.ID, imp.Size)
	if err != nil {
		return nil, err
	}
	b := newBatch(imp.Records, tell)
	if b.counts.Kind, err = Parse(imp.Name, data, b); err != nil {
		return nil, err
	}
	return b, im.value(ctx, b)
}

// value gives every grant its money and its parties; amounts that are wrong become rejects.
func (im *Importer) value(ctx context.Context, b *batch) error {
	var first, last store.Date
	for i := range b.grants {
		day := b.grants[i].day()
		if first == "" || day < first {
			first = day
		}
		last = max(last, day)
	}
	if len(b.grants) == 0 {
		return nil
	}
	convert, err := im.books.Converter(ctx, first, last)
	if err != nil {
		return err
	}
	valued, keys := make([]*Award, 0, len(b.grants)), map[string]Organisation{}
	for i := range b.grants {
		g := &b.grants[i]
		a, err := g.award(b.counts.Kind, convert)
		if fault.Is(err, fault.Invalid) {
			b.reject(g.Place, g.ref(), fault.Reason(err))
			continue
		}
		if err != nil {
			return err
		}
		if keys[a.FunderID] = g.Funder; a.RecipientID != "" {
			keys[a.RecipientID] = g.Recipient
		}
		valued = append(valued, a)
	}
	b.awards = valued
	return im.name(ctx, b, keys)
}

// name puts the ids of parties in the place of their keys. Those that are not known yet get theirs now.
func (im *Importer) name(ctx context.Context, b *batch, keys map[string]Organisation) error {
	sorted := make([]string, 0, len(keys))
	for k := range keys {
		sorted = append(sorted, k)
	}
	slices.Sort(sorted)
	known, err := im.repo.byKeys(ctx, sorted)
	if err != nil {
		return err
	}
	for _, k := range sorted {
		p := known[k]
		if p == nil {
			o := keys[k]
			p = &AwardParty{Key: k, Name: o.Name, SortName: store.Fold(o.Name), OrgID: o.ID, Country: o.Country}
			p.ID = store.NewID()
		}
		b.parties[k] = p
	}
	funders := map[string]bool{}
	for _, a := range b.awards {
		a.FunderID = b.parties[a.FunderID].ID
		funders[a.FunderID] = true
		if a.RecipientID != "" {
			a.RecipientID = b.parties[a.RecipientID].ID
		}
	}
	b.counts.Funders = len(funders)
	return nil
}

// plan says what an import has to write.
type plan struct {
	fresh   []*Award // new awards and new versions
	changed []string // keys of those that get another version
	same    []*Award // those that stay, as they are stored
}

// compare holds the awards of a file against those that are visible.
func (im *Importer) compare(ctx context.Context, g *gate, b *batch) (plan, error) {
	var p plan
	done := 0
	for part := range slices.Chunk(b.awards, chunk) {
		if err := b.tell(comparing, done, len(b.awards)); err != nil {
			return p, err
		}
		done += len(part)
		keys := make([]any, len(part))
		for i, a := range part {
			keys[i] = a.Key
		}
		found, err := im.repo.awards.Find(ctx, append(g.open(), filter.In{Field: "key", Values: keys}), nil, 0)
		if err != nil {
			return p, err
		}
		visible := map[string]*Award{}
		for _, a := range found {
			visible[a.Key] = a
		}
		for _, a := range part {
			b.counts.see(a)
			switch was := visible[a.Key]; {
			case was == nil:
				b.counts.Created++
				p.fresh = append(p.fresh, a)
			case was.same(a):
				b.counts.Unchanged++
				p.same = append(p.same, was)
			default:
				b.counts.Changed++
				p.fresh, p.changed = append(p.fresh, a), append(p.changed, a.Key)
			}
		}
	}
	return p, nil
}

func (c *Counts) see(a *Award) {
	if a.Person {
		c.Persons++
	}
	if a.Worth == nil {
		c.NotConverted++
	}
	if c.FirstYear == 0 || a.Year < c.FirstYear {
		c.FirstYear = a.Year
	}
	c.LastYear = max(c.LastYear, a.Year)
}

// write writes everything behind the gate, part by part.
func (im *Importer) write(ctx context.Context, imp *AwardImport, b *batch, p plan) error {
	r := im.repo
	var parties []*AwardParty
	for _, one := range b.parties {
		if one.Rev == 0 {
			parties = append(parties, one)
		}
	}
	slices.SortFunc(parties, func(x, y *AwardParty) int { return strings.Compare(x.ID, y.ID) })
	for _, a := range p.fresh {
		a.ImportID, a.Seqs = imp.ID, []int64{imp.Seq}
	}
	of := len(parties) + len(p.fresh) + len(p.changed) + len(p.same)
	mark := func(ctx context.Context, where filter.Expr, add func(*Award)) error {
		found, err := r.awards.Find(ctx, where, nil, 0)
		if err != nil {
			return err
		}
		for _, a := range found {
			add(a)
		}
		return r.awards.ReplaceMany(ctx, found)
	}
	return firstError(
		func() error { return parts(ctx, r, imp, of, parties, r.parties.CreateMany) },
		func() error { return parts(ctx, r, imp, of, p.fresh, r.awards.CreateMany) },
		func() error {
			return parts(ctx, r, imp, of, p.changed, func(ctx context.Context, keys []string) error {
				older := filter.And{filter.In{Field: "key", Values: anys(keys)}, filter.Not{Expr: filter.Has{Field: "seqs", Values: []any{imp.Seq}}}}
				return mark(ctx, older, func(a *Award) { a.Next = append(a.Next, imp.Seq) })
			})
		},
		func() error {
			return parts(ctx, r, imp, of, p.same, func(ctx context.Context, stay []*Award) error {
				keys, ids := make([]any, len(stay)), map[string]bool{}
				for i, a := range stay {
					keys[i], ids[a.ID] = a.Key, true
				}
				// The other versions step back behind this import too, so that they stay hidden when the one that
				// corrected them is taken back.
				return mark(ctx, filter.In{Field: "key", Values: keys}, func(a *Award) {
					if ids[a.ID] {
						a.Seqs = append(a.Seqs, imp.Seq)
					} else {
						a.Next = append(a.Next, imp.Seq)
					}
				})
			})
		},
	)
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// parts writes a list, one transaction for each part of it.
func parts[T any](ctx context.Context, r *Repo, imp *AwardImport, of int, list []T, write func(context.Context, []T) error) error {
	for part := range slices.Chunk(list, writeBatch) {
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			if err := r.going(ctx, imp, len(part), of); err != nil {
				return err
			}
			return write(ctx, part)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
