package engagement_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/engagement"
	"piper/internal/store"
)

// who gives the accounts of mentions.
func who(list []engagement.Mention) string {
	ids := []string{}
	for _, m := range list {
		ids = append(ids, m.AccountID)
	}
	return strings.Join(ids, " ")
}

// TestTaskMentions: whatever becomes of a task, those are noted who are named in it and may read it, each
// since they were first, and they alone are told. That is what the task itself says when it is read by each.
func TestTaskMentions(t *testing.T) {
	h := newHouse(t)
	const seed = 28
	random := rand.New(rand.NewPCG(seed, 0))
	names := map[string]string{"ana": "@Ana", "jon": "@Jon", "lima": "@Ana Lima"}
	everybody := []string{"ana", "jon", "lima"}
	task, err := h.AddTask(h.as("ana"), &engagement.Task{Title: "Letter", StakeholderIDs: []string{"s1"}}, "")
	h.ok(err)
	since := map[string]store.Instant{}
	for step := range 150 {
		h.now = h.now.Add(time.Minute)
		before := store.At(h.now.Add(-time.Second))
		named := slices.DeleteFunc(slices.Clone(everybody), func(string) bool { return random.IntN(2) == 0 })
		private, owner := random.IntN(2) == 0, everybody[random.IntN(3)]
		text := "- **first**\n- "
		for _, id := range named {
			text += names[id] + ", "
		}
		task, err = h.UpdateTask(h.as("ana"), task.ID, task.Rev, func(t *engagement.Task) { t.Notes, t.Private, t.OwnerID = text, private, owner })
		h.ok(err)
		for _, id := range everybody {
			_, err := h.Task(h.as(id), task.ID)
			noted := slices.Contains(named, id) && err == nil
			if noted != slices.Contains(strings.Fields(who(task.Mentions)), id) {
				t.Fatalf("seed %d, step %d: named %v, private %v, owner %s: %v is noted", seed, step, named, private, owner, task.Mentions)
			}
			first := noted && since[id] == ""
			if first {
				since[id] = store.At(h.now)
			} else if !noted {
				delete(since, id)
			}
			told, err := h.TaskMentionsSince(h.as(id), id, before)
			h.ok(err)
			if (len(told) == 1) != first {
				t.Fatalf("seed %d, step %d: %s, first named: %v, is told of %d", seed, step, id, first, len(told))
			}
		}
		for _, m := range task.Mentions {
			if m.At != since[m.AccountID] {
				t.Fatalf("seed %d, step %d: %s is named since %s, not %s", seed, step, m.AccountID, since[m.AccountID], m.At)
			}
		}
	}
}

// TestTitleMentions: a title names, too, for a task as for a meeting, and nobody else brings or takes mentions.
func TestTitleMentions(t *testing.T) {
	h := newHouse(t)
	task, err := h.AddTask(h.as("ana"), &engagement.Task{Title: "Ring @Jon", Mentions: []engagement.Mention{{AccountID: "lima"}}}, "")
	h.ok(err)
	if who(task.Mentions) != "jon" {
		t.Errorf("mentions %v", task.Mentions)
	}
	task, err = h.UpdateTask(h.as("jon"), task.ID, task.Rev, func(t *engagement.Task) { t.Mentions = nil })
	h.ok(err)
	if who(task.Mentions) != "jon" {
		t.Errorf("mentions %v after a change that says nothing of them", task.Mentions)
	}
}
