package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// bases say for each role of a person why the secretariat may hold the record. Media have none yet: somebody has to ask.
var bases = []struct{ role, lawful, source string }{
	{"mep", "legitimate-interests", "Web site of the European Parliament"},
	{"member", "contract", "Membership agreement"},
	{"donor", "legitimate-interests", "Business card, funders' forum in Ghent"},
	{"government", "legitimate-interests", "Staff directory of the ministry"},
	{"igo", "legitimate-interests", "EU Whoiswho and the bodies' own pages"},
	{"movement", "consent", "Signed up at the civil society platform"},
}

// basisOf gives the basis of a person with these roles, or nil.
func basisOf(roles []string) map[string]string {
	for _, b := range bases {
		if slices.Contains(roles, b.role) {
			return map[string]string{"lawfulBasis": b.lawful, "source": b.source, "date": time.Now().AddDate(-1, 0, 0).Format(time.DateOnly)}
		}
	}
	return nil
}

// dataRequest is what a person has asked for, as Piper answers.
type dataRequest struct {
	ID    string
	Rev   int64
	State string
}

// askedFor makes what persons have asked for: one wanted to see what is held, one is forgotten, and of one there is a plan
// that waits for the administrator.
func (p *piper) askedFor(ctx context.Context) error {
	for _, one := range []struct{ name, what, reason string }{
		{"Signe Bjerregaard", "exports", ""},
		{"Karel Dostál", "erasures", "Wrote to us that the office was left long ago."},
		{"Agnès Lemaître", "erasures", ""},
	} {
		id, err := p.acquaintance(ctx, one.name)
		if err != nil {
			return err
		}
		var q dataRequest
		if err := p.call(ctx, http.MethodPost, "/api/v1/privacy/"+one.what, map[string]string{"stakeholderId": id}, &q); err != nil {
			return err
		}
		if one.what == "exports" {
			err = p.await(ctx, &q, "done")
		} else if err = p.await(ctx, &q, "planned"); err == nil && one.reason != "" {
			in := map[string]string{"name": one.name, "ground": "objection", "reason": one.reason}
			if err = p.callAt(ctx, http.MethodPost, "/api/v1/privacy/requests/"+q.ID+"/confirm", fmt.Sprintf("%q", fmt.Sprint(q.Rev)), in, &q); err == nil {
				err = p.await(ctx, &q, "done")
			}
		}
		if err != nil {
			return fmt.Errorf("%s of %s: %w", one.what, one.name, err)
		}
	}
	return nil
}

// acquaintance adds a person whom somebody met once.
func (p *piper) acquaintance(ctx context.Context, name string) (string, error) {
	address := slug(name) + "@bridge.example.org"
	var saved struct{ ID string }
	err := p.call(ctx, http.MethodPost, "/api/v1/stakeholders",
		map[string]any{"kind": "person", "name": name, "roles": []string{"movement"}, "emails": []map[string]string{{"address": address}}, "basis": basisOf([]string{"movement"})}, &saved)
	if err != nil {
		return "", err
	}
	return saved.ID, p.call(ctx, http.MethodPost, "/api/v1/interactions",
		map[string]any{"kind": "meeting", "title": "Coffee with " + name, "minutes": name + " works on housing and left a card.", "stakeholderIds": []string{saved.ID}}, nil)
}

// await asks until the job has brought a request where it shall be.
func (p *piper) await(ctx context.Context, q *dataRequest, state string) error {
	for deadline := time.Now().Add(2 * time.Minute); q.State != state; {
		if time.Now().After(deadline) {
			return fmt.Errorf("is still %s after two minutes", q.State)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
		if err := p.call(ctx, http.MethodGet, "/api/v1/privacy/requests/"+q.ID, nil, q); err != nil {
			return err
		}
	}
	return nil
}
