package stakeholder_test

import (
	"fmt"
	"slices"
	"testing"

	"piper/internal/fault"
	"piper/internal/stakeholder"
)

func (d *desk) bind(kind, subjectID, objectID, from, to string, strength int) *stakeholder.Relation {
	d.t.Helper()
	l := &stakeholder.Relation{Type: kind, SubjectID: subjectID, ObjectID: objectID, Span: stakeholder.Span{From: from, To: to}, Strength: strength}
	if err := d.CreateRelation(d.ctx, l); err != nil {
		d.t.Fatal(err)
	}
	return l
}

func (d *desk) network(id string) *stakeholder.Network {
	d.t.Helper()
	n, err := d.Network(d.ctx, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func TestNetworkSaysEveryLinkFromTheMiddle(t *testing.T) {
	d := open(t)
	commission := d.add(stakeholder.Organisation, "European Commission", "")
	home := d.add(stakeholder.Organisation, "DG HOME", commission.ID)
	unit := d.add(stakeholder.Organisation, "Unit D.5", home.ID)
	haven := d.add(stakeholder.Organisation, "Haven", "")
	libe := d.add(stakeholder.Organisation, "LIBE", "")
	past := d.add(stakeholder.Organisation, "Past friend", "")
	gone := d.add(stakeholder.Organisation, "In the trash", "")
	ann := d.add(stakeholder.Person, "Ann", home.ID)
	d.bind("funds", home.ID, haven.ID, "2024", "", 2)
	d.bind("works-with", haven.ID, home.ID, "", "", 5)
	d.bind("oversees", libe.ID, home.ID, "", "", 4)
	d.bind("allied-with", home.ID, past.ID, "2020", "2025", 5)
	d.bind("allied-with", home.ID, gone.ID, "", "", 5)
	d.hire(ann.ID, home.ID, "Policy officer", "2025", "")
	d.hire(ann.ID, home.ID, "Trainee", "2023", "2024")
	if _, err := d.Trash(d.ctx, gone.ID, gone.Rev); err != nil {
		t.Fatal(err)
	}

	var got []string
	for _, n := range d.network(home.ID).Neighbours {
		for _, l := range n.Links {
			got = append(got, fmt.Sprintf("%s: %s %s %d", n.Name, l.Kind, l.Words, l.Strength))
		}
	}
	want := []string{
		"Haven: relation works with 5", "Haven: relation funds 2", "LIBE: relation is overseen by 4",
		"Ann: affiliation Policy officer 0", "Ann: part  0", "European Commission: parent  0", "Unit D.5: part  0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if n := d.network(haven.ID).Neighbours; len(n) != 1 || n[0].Links[1].Words != "is funded by" {
		t.Errorf("the other end says %+v", n)
	}
	if n := d.network(unit.ID).Neighbours; len(n) != 1 || n[0].ID != home.ID || n[0].Links[0].Kind != stakeholder.LinkParent {
		t.Errorf("a unit is beside %+v", n)
	}
	if _, err := d.Network(d.ctx, "nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

func TestNetworkShowsFortyAndCountsTheRest(t *testing.T) {
	d := open(t)
	top := d.add(stakeholder.Organisation, "Top", "")
	for i := range 44 {
		d.add(stakeholder.Organisation, fmt.Sprintf("Part %02d", i), top.ID)
	}
	friend := d.add(stakeholder.Organisation, "Zeal", "")
	d.bind("works-with", friend.ID, top.ID, "", "", 0)
	n := d.network(top.ID)
	if len(n.Neighbours) != 40 || n.More != 5 || n.Neighbours[0].ID != friend.ID || n.Neighbours[39].Name != "Part 38" {
		t.Errorf("%d shown, %d more, first %q, last %q", len(n.Neighbours), n.More, n.Neighbours[0].Name, n.Neighbours[len(n.Neighbours)-1].Name)
	}
}
