// Package jobs is how the world comes in on a timetable. Each job lives in a folder of its own; this
// page lists them all.
package jobs

import (
	"context"
	"net/http"
	"time"

	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/award"
	"piper/internal/batch"
	"piper/internal/board"
	"piper/internal/calls"
	"piper/internal/diligence"
	"piper/internal/edit"
	"piper/internal/finance"
	"piper/internal/merge"
	"piper/internal/privacy"
	"piper/internal/run"
	"piper/internal/stakeholder/importer"
	"piper/internal/tie"
	importcalls "piper/jobs/calls"
	"piper/jobs/digest"
	importmail "piper/jobs/mail"
	"piper/jobs/rates"
	"piper/jobs/runner"
	"piper/jobs/sanctions"
	"piper/jobs/ties"
	"piper/jobs/webhooks"
)

// Deps is what the jobs work with.
type Deps struct {
	Calls    *calls.Repo
	Mail     importmail.Deps
	Finance  *finance.Repo
	Merges   *merge.Repo
	Imports  *importer.Importer
	Audit    *audit.Journal
	Accounts *account.Repo
	Runs     *run.Repo
	Ties     *tie.Repo
	Contacts []ties.Source // what ties are measured from
	Digest   digest.Deps
	Edits    *edit.Repo
	Privacy  *privacy.Repo
	Batches  *batch.Repo
	Board    *board.Repo
	Webhooks webhooks.Deps

	Awards       *award.Repo
	AwardImports *award.Importer

	Diligence    *diligence.Repo
	SanctionsURL string // the EU's consolidated list

	HTTP    *http.Client // the one way out
	ECBURL  string       // the folder of the ECB's rate files
	Version string
}

// Timetable is every job. Times are UTC: a timetable in local time would skip or repeat a run when the
// clocks change.
func Timetable(d Deps) []runner.Job {
	return []runner.Job{
		{
			Name: "mail", Title: "Read the mailboxes", When: "every ten minutes", Schedule: "*/10 * * * *", Timeout: 6 * time.Hour,
			TwiceSafe: "Every folder remembers the last message it has read, and a message is known by its Message-ID.",
			Work:      importmail.New(d.Mail),
		},
		{
			Name: "calls", Title: "Import calls for proposals", When: "every day at 05:00 UTC", Schedule: "0 5 * * *", Timeout: time.Hour,
			TwiceSafe: "A call is known by its source and reference; one that is as before is left alone.",
			Work:      importcalls.New(d.Calls, importcalls.Options{Client: d.HTTP, UserAgent: "Piper/" + d.Version}),
		},
		{
			Name: "rates", Title: "Fetch the ECB's reference rates", When: "on working days at 16:15 UTC", Schedule: "15 16 * * 1-5", Timeout: 20 * time.Minute,
			TwiceSafe: "A day's rates are one record; a line that is converted keeps the rate it was converted at.",
			Work:      rates.New(d.Finance, rates.Options{Client: d.HTTP, URL: d.ECBURL}),
		},
		{
			Name: "sanctions", Title: "Fetch the EU's sanctions list and hold donors against it", When: "every night at 04:10 UTC", Schedule: "10 4 * * *", Timeout: time.Hour,
			TwiceSafe: "A new list takes the old one's place in one write, and what people have judged stays.",
			Work:      sanctions.New(d.Diligence, sanctions.Options{Client: d.HTTP, URL: d.SanctionsURL}),
		},
		{
			Name: "awards", Title: "Convert awards of other funders", When: "every night at 03:40 UTC", Schedule: "40 3 * * *", Timeout: time.Hour,
			TwiceSafe: "An award that has found its rate keeps it.",
			Work: func(ctx context.Context, p *runner.Progress) error {
				n, err := d.AwardImports.Reconvert(ctx)
				p.Count("converted", n)
				return err
			},
		},
		{
			Name: "imports", Title: "Check, apply and revert imports of stakeholders", When: "when somebody asks for it; looked after every minute", Schedule: "* * * * *", Timeout: 2 * time.Hour,
			TwiceSafe: "An import becomes visible, or is taken back, in one write; what came before it is done anew.",
			Due:       d.Imports.Waiting,
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.Imports.Work(ctx, p) },
		},
		{
			Name: "award-imports", Title: "Read and import files of awards", When: "when somebody asks for it; looked after every minute", Schedule: "* * * * *", Timeout: 2 * time.Hour,
			TwiceSafe: "An import becomes visible in one write; what came before it is done anew.",
			Due:       d.AwardImports.Waiting,
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.AwardImports.Work(ctx, p) },
		},
		{
			Name: "board", Title: "Make board packs", When: "when somebody asks for one; looked after every minute", Schedule: "* * * * *", Timeout: 10 * time.Minute,
			TwiceSafe: "A pack becomes visible whole, in one write; what came before it is done anew.",
			Due:       d.Board.Waiting,
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.Board.Work(ctx, p) },
		},
		{
			Name: "privacy", Title: "Plan and carry out erasures of persons", When: "when somebody asks for it; looked after every minute", Schedule: "* * * * *", Timeout: 6 * time.Hour,
			TwiceSafe: "An erasure goes on from where it is, and ends when a whole pass finds nothing more of the person.",
			Due:       d.Privacy.Waiting,
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.Privacy.Work(ctx, p) },
		},
		{
			Name: "review", Title: "Look for persons up for review", When: "every night at 03:40 UTC", Schedule: "40 3 * * *", Timeout: time.Hour,
			TwiceSafe: "It makes the list anew from what is stored, and writes what has changed.",
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.Privacy.Review(ctx, p) },
		},
		{
			Name: "retention", Title: "Remove what was kept long enough", When: "every night at 02:50 UTC, by the rules that are on", Schedule: "50 2 * * *", Timeout: 2 * time.Hour,
			TwiceSafe: "What is old enough is gone after the first time.",
			Work:      func(ctx context.Context, p *runner.Progress) error { return d.Privacy.Retain(ctx, p) },
		},
		{
			Name: "digest", Title: "Send the mail of the day", When: "every day at 06:30 in Brussels, and hourly until noon to whom it could not be sent",
			Schedule: "30 4-10 * * *", Timeout: 30 * time.Minute,
			TwiceSafe: "An account has one digest a day and a reminder belongs to one digest; both are claimed in the store before anything is sent.",
			Work:      digest.New(d.Digest),
		},
		{
			Name: "webhooks", Title: "Tell other programs of changes", When: "within five seconds of a change; what failed, later and later", Schedule: "@every 5s", Timeout: 10 * time.Minute, Quiet: true,
			TwiceSafe: "A delivery is claimed before it is sent, and keeps its event id when it is sent again.",
			Due:       d.Webhooks.Hooks.AnyDue,
			Work:      webhooks.New(d.Webhooks),
		},
		{
			Name: "sweep", Title: "Tidy up what has run out", When: "every night at 02:30 UTC", Schedule: "30 2 * * *", Timeout: time.Hour,
			TwiceSafe: "What has run out is gone after the first time.",
			Work:      sweep(d),
		},
		{
			Name: "duplicates", Title: "Look for duplicates", When: "every night at 03:20 UTC", Schedule: "20 3 * * *", Timeout: time.Hour,
			TwiceSafe: "A pair is known by its two records; what people have said about it stays.",
			Work:      duplicates(d.Merges),
		},
		{
			Name: "ties", Title: "Measure how well we know stakeholders", When: "every night at 03:10 UTC", Schedule: "10 3 * * *", Timeout: 2 * time.Hour,
			TwiceSafe: "It measures anew from what is stored, and writes what has changed.",
			Work:      ties.New(d.Ties, d.Contacts...),
		},
		{
			Name: "seal", Title: "Seal the audit journal", When: "every ten seconds", Schedule: "@every 10s", Timeout: 10 * time.Minute, Quiet: true,
			TwiceSafe: "An entry is sealed once.",
			Work: func(ctx context.Context, p *runner.Progress) error {
				n, err := d.Audit.Seal(ctx)
				p.Count("sealed", n)
				return err
			},
		},
	}
}

// sweep removes what has run out: sessions, set-up links, unreadable mail after its 30 days, staged
// rows of imports that broke off, board packs that came to nothing, links to charts that have run out, previews of bulk edits that nobody applied, deliveries of webhooks after their 30 days, old run records.
func sweep(d Deps) func(context.Context, *runner.Progress) error {
	steps := []struct {
		name string
		do   func(context.Context) (int, error)
	}{
		{"sessions", d.Accounts.Sweep},
		{"unreadable", d.Mail.Mail.Expire},
		{"staged", d.Finance.Sweep},
		{"imports", d.Imports.Sweep},
		{"awards", d.Awards.Sweep},
		{"sanctions", d.Diligence.Sweep},
		{"previews", d.Edits.Sweep},
		{"receipts", d.Batches.Sweep},
		{"board", d.Board.Sweep},
		{"deliveries", d.Webhooks.Hooks.Sweep},
		{"runs", d.Runs.Sweep},
	}
	return func(ctx context.Context, p *runner.Progress) error {
		for _, step := range steps {
			n, err := step.do(ctx)
			if err != nil {
				return err
			}
			p.Count(step.name, n)
		}
		p.Say("Tidied up.")
		return nil
	}
}
