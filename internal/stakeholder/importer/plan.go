package importer

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
)

// lookupBatch is how many rows are matched at once.
const lookupBatch = 400

// mark is the digest of something by which two records are the same one.
type mark [16]byte

// marksOf gives the marks of the strict rule.
func marksOf(s *stakeholder.Stakeholder) []mark {
	keys := s.StrictKeys()
	marks := make([]mark, len(keys))
	for i, key := range keys {
		sum := sha256.Sum256([]byte(key))
		marks[i] = mark(sum[:16])
	}
	return marks
}

// organisation is one that rows name.
type organisation struct {
	id    string
	name  string
	line  int // of the first row that names it
	there bool
}

// planner makes the plan of an import: the verdict of every row.
type planner struct {
	im     *Importer
	imp    *StakeholderImport
	conv   *converter
	plan   string
	counts ImportCounts

	seen    map[mark]int             // what the file's rows are known by → line
	first   map[int]*employed        // line of a person who is imported → what the file knows of their posts so far
	orgs    map[string]*organisation // by folded name
	parents map[string]string        // folded names of the file's organisations → that of their parent
	recent  map[string]int64         // revisions of who was written in the second in which the plan began
	out     []*ImportRow
	tell    func(done int, phase string) error
}

// makePlan reads the file and gives every row its verdict. Rows of an earlier plan stay until they are swept.
func (im *Importer) makePlan(ctx context.Context, imp *StakeholderImport, tell func(int, string) error) (*planner, error) {
	book, err := im.book(ctx, imp)
	if err != nil {
		return nil, err
	}
	p := &planner{im: im, imp: imp, conv: newConverter(imp), plan: imp.ID + "-" + store.NewID(), tell: tell,
		seen: map[mark]int{}, first: map[int]*employed{}, orgs: map[string]*organisation{}, parents: map[string]string{}, recent: map[string]int64{}}
	imp.PlannedAt = im.db.Now()
	if imp.Known, _, err = im.people.Count(ctx, imp.PlannedAt); err != nil {
		return nil, err
	}
	recent, err := im.people.ChangedSince(ctx, imp.PlannedAt, muchChanged)
	if err != nil {
		return nil, err
	}
	for _, s := range recent {
		p.recent[s.ID] = s.Rev
	}
	if err := p.survey(ctx, book); err != nil {
		return nil, err
	}
	p.conv.noteGuesses(imp)
	// Organisations go first, so that persons find those that the file brings.
	for _, kinds := range [][]stakeholder.Kind{{stakeholder.Organisation}, {stakeholder.Person, ""}} {
		if err := p.pass(ctx, book, kinds); err != nil {
			return nil, err
		}
	}
	if err := p.bring(ctx); err != nil {
		return nil, err
	}
	return p, p.flush(ctx, true)
}

// survey finds the organisations that rows name: those that are there get their id, others a new one.
func (p *planner) survey(ctx context.Context, book *sheet.Book) error {
	err := book.Rows(func(r sheet.Row) error {
		p.conv.watch(r.Cells)
		name, kind, org := p.conv.outline(r.Cells)
		fold := store.Fold(org)
		if fold != "" && p.orgs[fold] == nil {
			p.orgs[fold] = &organisation{id: store.NewID(), name: org, line: r.Line}
		}
		if kind == stakeholder.Organisation {
			p.parents[store.Fold(name)] = fold
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	folds := make([]string, 0, len(p.orgs))
	for fold := range p.orgs {
		folds = append(folds, fold)
	}
	found, err := p.im.people.Organisations(ctx, folds)
	for fold, id := range found {
		p.orgs[fold].id, p.orgs[fold].there = id, true
	}
	return err
}

// circular reports whether an organisation of the file is, by way of others of the file, part of itself.
func (p *planner) circular(fold string) bool {
	next := fold
	for range 20 {
		if next = p.parents[next]; next == "" {
			return false
		}
		if next == fold {
			return true
		}
	}
	return true
}

type pending struct {
	line  int
	cells []string
	d     *draft
}

func (p *planner) pass(ctx context.Context, book *sheet.Book, kinds []stakeholder.Kind) error {
	batch := make([]pending, 0, lookupBatch)
	err := book.Rows(func(r sheet.Row) error {
		if _, kind, _ := p.conv.outline(r.Cells); !slices.Contains(kinds, kind) {
			return nil
		}
		batch = append(batch, pending{r.Line, slices.Clone(r.Cells), p.conv.read(r)})
		if len(batch) < lookupBatch {
			return nil
		}
		err := p.match(ctx, batch)
		batch = batch[:0]
		return err
	})
	if err != nil {
		return err
	}
	return p.match(ctx, batch)
}

// match decides on rows together, so that those who are there already are looked up in few questions.
func (p *planner) match(ctx context.Context, batch []pending) error {
	var addresses, folds, numbers []string
	for _, b := range batch {
		addresses = append(addresses, b.d.s.Addresses()...)
		folds = append(folds, b.d.s.SortName)
		for _, id := range b.d.s.ExternalIDs {
			numbers = append(numbers, id.Value)
		}
	}
	there, err := p.im.people.Twins(ctx, addresses, folds, numbers)
	if err != nil {
		return err
	}
	known := map[mark][]*stakeholder.Stakeholder{}
	for _, s := range there {
		for _, m := range marksOf(s) {
			known[m] = append(known[m], s)
		}
	}
	var persons []string
	for _, s := range there {
		if s.Kind == stakeholder.Person {
			persons = append(persons, s.ID)
		}
	}
	posts, err := p.im.people.PostsOf(ctx, persons)
	if err != nil {
		return err
	}
	for _, b := range batch {
		p.out = append(p.out, p.decide(b, known, posts))
	}
	if err := p.flush(ctx, false); err != nil {
		return err
	}
	return p.tell(p.counts.Rows, "checking")
}

func (p *planner) decide(b pending, known map[mark][]*stakeholder.Stakeholder, posts map[string][]*stakeholder.Affiliation) *ImportRow {
	s := b.d.s
	row := p.row(b.line, s.Name)
	p.counts.Rows++
	if s.Kind == stakeholder.Organisation && b.d.organisation != "" && p.circular(s.SortName) {
		b.d.wrong = append(b.d.wrong, wrong{-1, "The organisations of the file are part of each other in a circle."})
	}
	if len(b.d.wrong) > 0 {
		return p.judge(row, IsWrong, b.d.reason(), b.cells)
	}
	marks := marksOf(s)
	for _, m := range marks {
		if line, ok := p.seen[m]; ok {
			return p.again(row, b, line)
		}
	}
	for _, m := range marks {
		p.seen[m] = b.line
	}
	var twin *stakeholder.Stakeholder
	for _, m := range marks {
		for _, t := range known[m] {
			if twin != nil && twin.ID != t.ID {
				return p.judge(row, IsWrong, fmt.Sprintf("It fits two records: “%s” and “%s”. Merge them, or correct the row.", twin.Name, t.Name), b.cells)
			}
			twin = t
		}
	}
	if b.d.organisation != "" {
		s.ParentID = p.orgs[store.Fold(b.d.organisation)].id
	}
	if twin == nil {
		s.ID = store.NewID()
		if o := p.orgs[s.SortName]; o != nil && s.Kind == stakeholder.Organisation && !o.there {
			s.ID, o.there = o.id, true
		}
		row.TargetID, row.Doc = s.ID, s
		p.employ(row, b, nil)
		return p.judge(row, ToCreate, "", nil)
	}
	row.TargetID, row.Rev = twin.ID, twin.Rev
	if twin.Kind == s.Kind && p.imp.Policy != Skip {
		p.employ(row, b, posts[twin.ID])
	}
	return p.meet(row, b, s, twin)
}

// meet decides on a row whose stakeholder is there already.
func (p *planner) meet(row *ImportRow, b pending, s, twin *stakeholder.Stakeholder) *ImportRow {
	if o := p.orgs[s.SortName]; o != nil && s.Kind == stakeholder.Organisation && twin.Kind == s.Kind && !o.there {
		o.id, o.there = twin.ID, true
	}
	switch {
	case twin.Kind != s.Kind:
		return p.judge(row, ToSkip, fmt.Sprintf("Its address or number is that of “%s” (%s).", twin.Name, twin.Kind), nil)
	case p.imp.Policy == Skip:
		return p.judge(row, ToSkip, fmt.Sprintf("“%s” is there already.", twin.Name), nil)
	case s.ParentID == twin.ID:
		s.ParentID = ""
	}
	after := *twin
	blend(&after, s, p.imp.Policy)
	if err := after.Tidy(); err != nil {
		return p.judge(row, IsWrong, sentence(err), b.cells)
	}
	if row.Changes = stakeholder.Differences(twin, &after); len(row.Changes) == 0 && row.Post == nil {
		return p.judge(row, ToSkip, fmt.Sprintf("“%s” is there already, and the row has nothing new.", twin.Name), nil)
	}
	return p.judge(row, ToUpdate, "", nil)
}

// bring adds the organisations that rows name and that are neither there nor a row of the file.
func (p *planner) bring(ctx context.Context) error {
	for _, o := range p.orgs {
		if o.there {
			continue
		}
		s := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: o.name}
		if err := s.Tidy(); err != nil {
			return err
		}
		s.ID = o.id
		for _, m := range marksOf(s) {
			p.seen[m] = o.line
		}
		row := p.row(o.line, o.name)
		row.Brought, row.TargetID, row.Doc = true, s.ID, s
		p.out = append(p.out, p.judge(row, ToCreate, fmt.Sprintf("Named by line %d.", o.line), nil))
		p.counts.Organisations++
		if err := p.flush(ctx, false); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) row(line int, name string) *ImportRow {
	row := &ImportRow{Plan: p.plan, N: line, Name: name}
	row.ID = fmt.Sprintf("%s-%09d-%s", p.plan, line, store.NewID())
	return row
}

func (p *planner) judge(row *ImportRow, v Verdict, reason string, cells []string) *ImportRow {
	row.Verdict, row.Reason, row.Cells = v, reason, cells
	switch {
	case v != ToCreate && v != ToUpdate:
		row.Post = nil
	case row.Post != nil:
		p.counts.Posts++
	}
	switch v {
	case ToCreate:
		p.counts.Create++
	case ToUpdate:
		p.counts.Update++
	case ToSkip:
		p.counts.Skip++
	case IsWrong:
		p.counts.Error++
	}
	return row
}

func (p *planner) flush(ctx context.Context, all bool) error {
	if len(p.out) < rowBatch && !all || len(p.out) == 0 {
		return nil
	}
	for _, row := range p.out {
		row.Names = row.named()
	}
	err := p.im.rows.CreateMany(ctx, p.out)
	p.out = p.out[:0]
	return err
}

// blend puts what a row says onto a record, as the policy has it.
func blend(into, from *stakeholder.Stakeholder, policy Policy) {
	text := func(to *string, v string) {
		if v != "" && (*to == "" || policy == Overwrite) {
			*to = v
		}
	}
	if policy == Overwrite {
		into.Name = from.Name
	}
	text(&into.Country, from.Country)
	text(&into.Website, from.Website)
	text(&into.Notes, from.Notes)
	if from.Basis != nil && (into.Basis == nil || policy == Overwrite) {
		into.Basis = from.Basis
	}
	text(&into.ParentID, from.ParentID)
	if len(into.Roles) == 0 || policy == Overwrite {
		into.Roles = append(slices.Clone(into.Roles), from.Roles...)
	}
	if len(into.Tags) == 0 || policy == Overwrite {
		into.Tags = append(slices.Clone(into.Tags), from.Tags...)
	}
	if len(into.Emails) == 0 || policy == Overwrite {
		into.Emails = append(slices.Clone(into.Emails), from.Emails...)
	}
	if len(into.ExternalIDs) == 0 || policy == Overwrite {
		into.ExternalIDs = append(slices.Clone(into.ExternalIDs), from.ExternalIDs...)
	}
	if len(into.OtherNames) == 0 || policy == Overwrite {
		into.OtherNames = append(slices.Clone(into.OtherNames), from.OtherNames...)
	}
	if len(into.Phones) == 0 || policy == Overwrite {
		into.Phones = slices.Clone(into.Phones)
		for _, f := range from.Phones {
			if !slices.ContainsFunc(into.Phones, func(have stakeholder.Phone) bool { return store.Fold(have.Number) == store.Fold(f.Number) }) {
				into.Phones = append(into.Phones, f)
			}
		}
	}
}

// sentence gives what an error says to a person.
func sentence(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Message
	}
	return "It cannot be saved."
}
