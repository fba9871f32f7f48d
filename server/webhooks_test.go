package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/engagement"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/webhook"
)

// TestWebhooksTellNothingPrivate: whatever a webhook is told of and whatever role it reads as, it hears of no
// mail, no private note and no private task, and its deliveries bring the record as the API shows it.
func TestWebhooksTellNothingPrivate(t *testing.T) {
	w := newWorld(t)
	ada, err := w.app.accounts.Add(w.system, account.New{Email: "ada@example.org", Name: "Ada", Role: access.Advocate, Password: "a long enough password"})
	w.ok(err)
	w.me = access.With(t.Context(), access.Reader{AccountID: ada.ID, Name: "Ada", Role: access.Advocate})
	hook := &webhook.Hook{Name: "All", URL: "https://example.org", Role: access.Administrator, WithRecord: true, Events: w.app.webhooks.Events()}
	_, err = w.app.webhooks.Create(w.me, hook)
	w.ok(err)

	w.deliver("t", "m1", w.a.Emails[0].Address, "team@x.org")
	note := func(private bool) *engagement.Interaction {
		saved, err := w.app.engagement.Record(w.me, &engagement.Interaction{Kind: engagement.Note, Minutes: "words of a note", Private: private, StakeholderIDs: []string{w.a.ID}},
			[]*engagement.Task{{Title: "words of a task"}}, "")
		w.ok(err)
		return saved
	}
	private, open := note(true), note(false)
	w.ok(w.app.stakeholders.Create(w.me, &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Oak"}))

	var told []string
	w.ok(w.app.webhooks.EachDelivery(w.system, webhook.Search{HookID: hook.ID}, func(d *webhook.Delivery) error {
		told = append(told, d.Noun+"."+d.Event)
		record, err := w.app.webhooks.Record(w.system, hook, d)
		if err != nil {
			return err
		}
		body, err := d.Body(record)
		if err != nil {
			return err
		}
		if bytes.Contains(body, []byte(private.ID)) {
			t.Errorf("the private note is told: %s", body)
		}
		var m struct{ Record *engagement.Interaction }
		if d.RecordID == open.ID && (json.Unmarshal(body, &m) != nil || m.Record == nil || m.Record.Minutes != open.Minutes) {
			t.Errorf("the open note does not come with its delivery: %s", body)
		}
		return nil
	}))
	if want := []string{"interaction.created", "stakeholder.created", "task.created"}; !slices.Equal(slices.Sorted(slices.Values(told)), want) {
		t.Errorf("told of %q, not %q", told, want)
	}

	// What becomes private is told as gone, and is not sent any more.
	_, err = w.app.engagement.UpdateInteraction(w.me, open.ID, open.Rev, func(i *engagement.Interaction) { i.Private = true })
	w.ok(err)
	page, err := w.app.webhooks.Deliveries(w.system, webhook.Search{HookID: hook.ID}, store.Query{Limit: 1})
	w.ok(err)
	if d := page.Items[0]; d.Event != webhook.Removed || d.RecordID != open.ID {
		t.Errorf("%+v", d)
	}
	w.ok(w.app.webhooks.EachDelivery(w.system, webhook.Search{HookID: hook.ID}, func(d *webhook.Delivery) error {
		record, err := w.app.webhooks.Record(w.system, hook, d)
		if d.RecordID == open.ID && record != nil {
			t.Errorf("%s of a note that became private sends it: %+v", d.Event, record)
		}
		return err
	}))
}

// TestWebhookOfAMerge: of a merge is told which record went and into which.
func TestWebhookOfAMerge(t *testing.T) {
	w := newWorld(t)
	hook := &webhook.Hook{Name: "Merges", URL: "https://example.org", Role: access.Board, Events: []string{"stakeholder.merged", "stakeholder.removed"}}
	_, err := w.app.webhooks.Create(w.me, hook)
	w.ok(err)
	w.merge()
	page, err := w.app.webhooks.Deliveries(w.system, webhook.Search{HookID: hook.ID}, store.Query{})
	w.ok(err)
	if len(page.Items) != 1 || page.Items[0].Event != webhook.Merged || page.Items[0].RecordID != w.b.ID || page.Items[0].Into != w.a.ID {
		t.Errorf("%+v", page.Items)
	}
}
