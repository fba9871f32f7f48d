package digest

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/store"
)

// maxNews is how many lines one followed stakeholder gets; the rest is counted.
const maxNews = 10

// contents is what one digest has to say.
type contents struct {
	day      store.Date
	overdue  []*engagement.Task
	today    []*engagement.Task
	coming   []*engagement.Task // due later, and a reminder has come due
	mentions []mention
	news     []news
	names    map[string]string // of the stakeholders of tasks
}

// mention is an interaction or a task in which a colleague has named the reader.
type mention struct {
	by, title, text string
	path            string // of its page
}

// news is what is new about one stakeholder that the reader follows.
type news struct {
	id, name string
	lines    []string
	more     int
}

func (c *contents) empty() bool {
	return len(c.overdue)+len(c.today)+len(c.coming)+len(c.mentions)+len(c.news) == 0
}

// compose gathers what a digest says, reading as its addressee, so that nothing is told that they could
// not see on screen.
func (j *job) compose(ctx context.Context, a *account.Account, d *engagement.Digest) (*contents, error) {
	ctx = access.With(ctx, a.Reader())
	c := &contents{day: d.Day}
	due, err := j.Engagement.DueUntil(ctx, a.ID, d.Day)
	if err != nil {
		return nil, err
	}
	for _, t := range due {
		if t.Due < d.Day {
			c.overdue = append(c.overdue, t)
		} else {
			c.today = append(c.today, t)
		}
	}
	reminded, err := j.Engagement.Reminded(ctx, d)
	if err != nil {
		return nil, err
	}
	for _, t := range reminded {
		if t.Due > d.Day {
			c.coming = append(c.coming, t)
		}
	}
	accounts, err := j.Accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	if err := j.addMentions(ctx, c, a, d, accounts); err != nil {
		return nil, err
	}
	if err := j.addNews(ctx, c, a, d, accounts); err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range slices.Concat(c.overdue, c.today, c.coming) {
		ids = append(ids, t.StakeholderIDs...)
	}
	c.names, err = j.Stakeholders.Names(ctx, ids)
	return c, err
}

func (j *job) addMentions(ctx context.Context, c *contents, a *account.Account, d *engagement.Digest, names map[string]string) error {
	list, err := j.Engagement.MentionsSince(ctx, a.ID, d.Since)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.AuthorID != a.ID {
			c.mentions = append(c.mentions, mention{names[i.AuthorID], titleOf(i), i.Minutes, pageOf(i)})
		}
	}
	tasks, err := j.Engagement.TaskMentionsSince(ctx, a.ID, d.Since)
	for _, t := range tasks {
		if t.AuthorID != a.ID {
			c.mentions = append(c.mentions, mention{names[t.AuthorID], "Task: " + t.Title, t.Notes, "/tasks?task=" + t.ID})
		}
	}
	return err
}

// pageOf gives the page on which an interaction can be read, "" where everybody whom it was with has been erased.
func pageOf(i *engagement.Interaction) string {
	if len(i.StakeholderIDs) == 0 {
		return ""
	}
	return "/stakeholders/" + i.StakeholderIDs[0] + "?entry=" + i.ID
}

// addNews tells of each stakeholder that the reader follows what colleagues have changed and written down.
func (j *job) addNews(ctx context.Context, c *contents, a *account.Account, d *engagement.Digest, names map[string]string) error {
	ids, err := j.Engagement.Following(ctx, a.ID)
	if err != nil || len(ids) == 0 {
		return err
	}
	called, err := j.Stakeholders.Names(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if called[id] == "" {
			continue // gone for good
		}
		n := news{id: id, name: called[id]}
		happened, err := j.Engagement.InteractionsSince(ctx, id, d.Since, 100)
		if err != nil {
			return err
		}
		for _, i := range happened {
			if i.AuthorID != a.ID {
				n.add(fmt.Sprintf("%s on %s: %s (%s)", kindWords[i.Kind], i.Date, titleOf(i), names[i.AuthorID]))
			}
		}
		changes, err := j.Audit.Before(ctx, "stakeholders", id, "", "", 100)
		if err != nil {
			return err
		}
		for _, e := range changes {
			if e.At > d.Since && e.By != a.ID {
				n.add(changeLine(e))
			}
		}
		if len(n.lines) > 0 {
			c.news = append(c.news, n)
		}
	}
	slices.SortStableFunc(c.news, func(x, y news) int {
		if x.name < y.name {
			return -1
		}
		return 1
	})
	return nil
}

func (n *news) add(line string) {
	if len(n.lines) == maxNews {
		n.more++
		return
	}
	n.lines = append(n.lines, line)
}

var kindWords = map[engagement.Kind]string{
	engagement.Meeting: "Meeting", engagement.Phone: "Phone conversation", engagement.Event: "Event", engagement.Note: "Note",
}

// titleOf gives an interaction its title, or the beginning of its text.
func titleOf(i *engagement.Interaction) string {
	if i.Title != "" {
		return i.Title
	}
	return beginning(i.Minutes, 80)
}

func changeLine(e *audit.Entry) string {
	switch {
	case e.What == audit.Created:
		return fmt.Sprintf("Added by %s", e.ByName)
	case len(e.Changes) == 1:
		return fmt.Sprintf("1 field changed by %s: %s", e.ByName, e.Changes[0].Field)
	}
	fields := ""
	for i, c := range e.Changes {
		if i > 0 {
			fields += ", "
		}
		fields += c.Field
	}
	return fmt.Sprintf("%d fields changed by %s: %s", len(e.Changes), e.ByName, fields)
}
