package importer

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/stakeholder"
	"piper/internal/store"
)

// RowPost is the affiliation that the row of a person adds.
type RowPost struct {
	ID    string `json:"id"`
	AtID  string `json:"atId"`
	At    string `json:"at" doc:"what the organisation is called in the file"`
	Title string `json:"title,omitempty"`
	stakeholder.Span
}

// employed is a person of the file: where they are recorded to work, and the posts that rows have added.
type employed struct {
	targetID string
	have     []*stakeholder.Affiliation
	added    []*RowPost
}

// employ gives the first row of a person its post.
func (p *planner) employ(row *ImportRow, b pending, have []*stakeholder.Affiliation) {
	if b.d.s.Kind != stakeholder.Person {
		return
	}
	e := &employed{targetID: row.TargetID, have: have}
	p.first[b.line] = e
	if row.Post = p.post(b.d, have); row.Post != nil {
		e.added = append(e.added, row.Post)
	}
}

// again decides on a row of somebody who was in the file before: it adds a post that no row before it had, and
// nothing else.
func (p *planner) again(row *ImportRow, b pending, line int) *ImportRow {
	same := fmt.Sprintf("It is the same as line %d of this file.", line)
	e := p.first[line]
	if e == nil {
		return p.judge(row, ToSkip, same, nil)
	}
	post := p.post(b.d, e.have)
	if post == nil || slices.ContainsFunc(e.added, post.says) {
		return p.judge(row, ToSkip, same, nil)
	}
	e.added = append(e.added, post)
	row.TargetID, row.Post = e.targetID, post
	return p.judge(row, ToUpdate, same+" Only the post is taken from it.", nil)
}

// post gives what a row adds to the posts that a person has, nil where it adds none. A post that is recorded is
// never added again, also when it is over: the file may be older than that. Where only what is empty is filled in,
// a person who has a post gets no other.
func (p *planner) post(d *draft, have []*stakeholder.Affiliation) *RowPost {
	if d.s.Kind != stakeholder.Person || d.organisation == "" {
		return nil
	}
	at := p.orgs[store.Fold(d.organisation)]
	post := &RowPost{ID: store.NewID(), AtID: at.id, At: d.organisation, Title: d.post, Span: d.term}
	today := p.im.people.Today()
	for _, a := range have {
		if post.isRecorded(a) || p.imp.Policy == Fill && a.At(today) == stakeholder.Current {
			return nil
		}
	}
	return post
}

// isRecorded reports whether an affiliation says what the row says. A row that names no post says no more than
// where somebody works.
func (post *RowPost) isRecorded(a *stakeholder.Affiliation) bool {
	return post.says(&RowPost{AtID: a.AtID, Title: a.Title})
}

func (post *RowPost) says(other *RowPost) bool {
	return other.AtID == post.AtID && (post.Title == "" || store.Fold(other.Title) == store.Fold(post.Title))
}

// addPosts writes the posts of rows, but those that somebody has recorded since the dry run.
func (im *Importer) addPosts(ctx context.Context, batch []*ImportRow, have map[string][]*stakeholder.Affiliation) error {
	var list []*stakeholder.Affiliation
rows:
	for _, row := range batch {
		if row.Post == nil {
			continue
		}
		for _, a := range have[row.TargetID] {
			if row.Post.isRecorded(a) {
				continue rows
			}
		}
		a := &stakeholder.Affiliation{PersonID: row.TargetID, AtID: row.Post.AtID, Title: row.Post.Title, Span: row.Post.Span}
		a.ID = row.Post.ID
		list = append(list, a)
	}
	return im.people.CreatePosts(ctx, list)
}

// ownPosts gives by id the posts that rows added, and of each whether it is as the import left it. One that went into
// the trash with one of its ends is.
func (im *Importer) ownPosts(ctx context.Context, batch []*ImportRow) (map[string]bool, error) {
	added := map[string]bool{}
	var persons []string
	for _, row := range batch {
		if row.Post != nil {
			added[row.Post.ID] = true
			persons = append(persons, row.TargetID)
		}
	}
	own := map[string]bool{}
	have, err := im.people.PostsOf(ctx, persons)
	for _, list := range have {
		for _, a := range list {
			if added[a.ID] {
				own[a.ID] = a.Rev == 1 || a.PersonInTrash || a.AtInTrash
			}
		}
	}
	return own, err
}
