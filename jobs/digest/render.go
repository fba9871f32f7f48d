package digest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"piper/internal/engagement"
	"piper/internal/store"
)

// subject says the day and what is pressing.
func (c *contents) subject() string {
	var parts []string
	if n := len(c.overdue); n > 0 {
		parts = append(parts, count(n, "task overdue", "tasks overdue"))
	}
	if n := len(c.today); n > 0 {
		parts = append(parts, count(n, "task due today", "tasks due today"))
	}
	if n := len(c.mentions); n > 0 {
		parts = append(parts, count(n, "mention", "mentions"))
	}
	if len(parts) == 0 {
		return "Piper, " + string(c.day)
	}
	return "Piper, " + string(c.day) + ": " + strings.Join(parts, ", ")
}

// text writes the mail. Days are written as they were typed. base is how people reach Piper, "" where
// that is not set.
func (c *contents) text(name, base string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Good morning, %s.\n", name)
	c.tasks(&b, "Overdue", c.overdue)
	c.tasks(&b, "Due today", c.today)
	c.tasks(&b, "Coming up", c.coming)
	if len(c.mentions) > 0 {
		heading(&b, "You were mentioned")
		for _, m := range c.mentions {
			fmt.Fprintf(&b, "- %s: %s\n", m.by, m.title)
			if text := beginning(m.text, 300); text != "" && text != m.title {
				fmt.Fprintf(&b, "  %s\n", text)
			}
			link(&b, base, m.path)
		}
	}
	for _, n := range c.news {
		heading(&b, "New about "+n.name)
		for _, line := range n.lines {
			fmt.Fprintf(&b, "- %s\n", line)
		}
		if n.more > 0 {
			fmt.Fprintf(&b, "- and %d more\n", n.more)
		}
		link(&b, base, "/stakeholders/"+n.id)
	}
	b.WriteString("\n-- \nPiper sends this once a day where there is something to say. Your account page switches it off.\n")
	link(&b, base, "/account")
	return b.String()
}

func (c *contents) tasks(b *strings.Builder, title string, list []*engagement.Task) {
	if len(list) == 0 {
		return
	}
	heading(b, title)
	for _, t := range list {
		fmt.Fprintf(b, "- %s %s%s\n", t.Due, t.Title, c.with(t.StakeholderIDs))
	}
}

// with names whom a task is about.
func (c *contents) with(ids []string) string {
	var names []string
	for _, id := range ids {
		if name := c.names[id]; name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

func heading(b *strings.Builder, title string) { fmt.Fprintf(b, "\n%s\n", title) }

func link(b *strings.Builder, base, path string) {
	if base != "" && path != "" {
		fmt.Fprintf(b, "  %s%s\n", strings.TrimSuffix(base, "/"), path)
	}
}

// beginning gives the first line of a text, at most n characters of it.
func beginning(text string, n int) string {
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if utf8.RuneCountInString(line) > n {
		return string([]rune(line)[:n]) + "…"
	}
	if more {
		return line + " …"
	}
	return line
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// at tells whether it is time for the digests of a day.
func at(now store.Instant) bool { return engagement.Local(now).Clock >= sendAt }
