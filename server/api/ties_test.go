package api

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// A person's card and an organisation's people follow the current posts.
func TestPosts(t *testing.T) {
	ctx := access.AsSystem(context.Background(), "test")
	db := store.New(memory.New(), store.Options{})
	repo := stakeholder.NewRepo(db)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(db.Start(ctx, nil))
	t.Cleanup(func() { _ = db.Close() })
	a := &API{Deps: Deps{DB: db, Stakeholders: repo}}
	organisation := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "DG HOME", Country: "BE"}
	ok(repo.Create(ctx, organisation))
	person := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Ana Ruiz", Country: "GR", Notes: "not for others", Tags: []string{"key"}}
	ok(repo.Create(ctx, person))
	former := &stakeholder.Stakeholder{Kind: stakeholder.Person, Name: "Jan Novák"}
	ok(repo.Create(ctx, former))
	ok(repo.CreateAffiliation(ctx, &stakeholder.Affiliation{PersonID: person.ID, AtID: organisation.ID, Title: "Head of Unit"}))
	ok(repo.CreateAffiliation(ctx, &stakeholder.Affiliation{PersonID: former.ID, AtID: organisation.ID, Title: "Head of Unit", Span: stakeholder.Span{To: "2020-01-01"}}))

	names := map[string]string{}
	group, err := a.group(ctx, organisation, names)
	ok(err)
	if len(group.Members) != 2 || names[person.ID] != "Ana Ruiz" {
		t.Errorf("the organisation is known by way of %+v, %v", group, names)
	}
	title, at, err := a.post(ctx, person)
	ok(err)
	var buf bytes.Buffer
	ok(sheet.WriteCard(&buf, cardOf(person, title, a.parentName(ctx)(at))))
	for _, want := range []string{"FN:Ana Ruiz", "TITLE:Head of Unit", "ORG:DG HOME", ";;;;;;Greece", "CATEGORIES:key", "UID:" + person.ID, "REV:"} {
		if !strings.Contains(buf.String(), want) {
			t.Errorf("%q is not in\n%s", want, buf.String())
		}
	}
	if strings.Contains(buf.String(), "not for others") {
		t.Error("the notes are on the card")
	}
}
