package main

import (
	"context"
	"fmt"
	"net/http"
)

// bulk is something that a colleague has done to many records at once, and taken back where undone says so.
type bulk struct {
	who              int // index in accounts
	list             string
	where, do, value string
	undone           bool
}

// stakeholdersInBulk are edits that prepare a joint statement and letters. The letters were thought better of.
var stakeholdersInBulk = []bulk{
	{2, "stakeholders", `["roles","has","movement"]`, "addTag", "joint statement", false},
	{0, "stakeholders", `["and",["roles","has","donor"],["kind","is","person"]]`, "addTag", "season's greetings", true},
}

// tagInBulk lets colleagues change many stakeholders at once.
func (p *piper) tagInBulk(ctx context.Context) error {
	for _, b := range stakeholdersInBulk {
		if err := p.editInBulk(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// handOver lets the fundraiser give a colleague the agreements with foundations.
func (p *piper) handOver(ctx context.Context) error {
	as, err := p.as(ctx, 0)
	if err != nil {
		return err
	}
	var to struct{ Account struct{ ID string } }
	if err := as.call(ctx, http.MethodGet, "/api/v1/session", nil, &to); err != nil {
		return err
	}
	return p.editInBulk(ctx, bulk{1, "agreements", `["sourceType","is","foundation"]`, "setOwner", to.Account.ID, false})
}

// editInBulk previews an edit and makes it, call by call until all of it is done, as the screen does.
func (p *piper) editInBulk(ctx context.Context, b bulk) error {
	as, err := p.as(ctx, b.who)
	if err != nil {
		return err
	}
	var edit struct {
		ID, State string
		Counts    struct{ Changing int }
	}
	in := map[string]any{"list": b.list, "where": b.where, "operations": []map[string]string{{"do": b.do, "value": b.value}}}
	if err := as.call(ctx, http.MethodPost, "/api/v1/edits", in, &edit); err != nil {
		return err
	}
	if edit.Counts.Changing == 0 {
		return fmt.Errorf("an edit of %s changes none: %s", b.list, b.where)
	}
	ways := []string{"apply"}
	if b.undone {
		ways = append(ways, "undo")
	}
	ends := map[string]string{"apply": "applied", "undo": "undone"}
	for _, way := range ways {
		for edit.State != ends[way] {
			if err := as.call(ctx, http.MethodPost, "/api/v1/edits/"+edit.ID+"/"+way, nil, &edit); err != nil {
				return err
			}
		}
	}
	return nil
}
