package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"time"

	"piper/config"
	"piper/frontend"
	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/advocacy"
	"piper/internal/audit"
	"piper/internal/award"
	"piper/internal/batch"
	"piper/internal/board"
	"piper/internal/calls"
	"piper/internal/diligence"
	"piper/internal/edit"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/feed"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/mail"
	"piper/internal/merge"
	"piper/internal/money"
	"piper/internal/postbox"
	"piper/internal/privacy"
	"piper/internal/report"
	"piper/internal/run"
	"piper/internal/secret"
	"piper/internal/stakeholder"
	"piper/internal/stakeholder/importer"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/mongo"
	"piper/internal/store/sqlite"
	"piper/internal/tie"
	"piper/internal/view"
	"piper/internal/webhook"
	"piper/jobs"
	"piper/jobs/digest"
	importmail "piper/jobs/mail"
	"piper/jobs/runner"
	"piper/jobs/webhooks"
	"piper/server/api"
)

// App is the whole of Piper, wired. newApp opens it, Close lets go of it; serve and the commands use it
// in between.
type App struct {
	cfg  config.Config
	log  *slog.Logger
	lock *os.File
	db   *store.DB

	reporting money.Reporting // the currency of the books
	started   bool            // the schema is up to date

	audit        *audit.Journal
	accounts     *account.Repo
	stakeholders *stakeholder.Repo
	engagement   *engagement.Repo
	advocacy     *advocacy.Repo
	calls        *calls.Repo
	mail         *mail.Repo
	merges       *merge.Repo
	finance      *finance.Repo
	agreements   *funding.Agreements
	pipeline     *funding.Pipeline
	diligence    *diligence.Repo
	views        *view.Repo
	ties         *tie.Repo
	feeds        *feed.Repo
	edits        *edit.Repo
	privacy      *privacy.Repo
	awards       *award.Repo
	awardImports *award.Importer
	webhooks     *webhook.Repo
	batches      *batch.Repo
	board        *board.Repo
	ledger       *finance.Ledger
	bank         *finance.Bank
	importer     *finance.Importer
	imports      *importer.Importer
	runs         *run.Repo
	runner       *runner.Runner
	web          *api.API
}

// newApp opens the store, brings its schema up to date and wires everything. Nothing runs yet.
func newApp(ctx context.Context, cfg config.Config) (app *App, err error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "The data folder %s cannot be made.", cfg.Data)
	}
	a := &App{cfg: cfg, log: logger(cfg)}
	if a.reporting, err = money.ParseReporting(cmp.Or(cfg.ReportingCurrency, money.Euro)); err != nil {
		return nil, fault.New(fault.Invalid, "PIPER_REPORTING_CURRENCY: %s", fault.Reason(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.lock, err = lockData(cfg, shared); err != nil {
		return nil, err
	}
	box, auditKey, err := keys(cfg)
	if err != nil {
		return nil, err
	}
	engine, err := openEngine(ctx, cfg)
	if err != nil {
		return nil, err
	}
	a.db = store.New(engine, store.Options{})
	post, err := postboxOf(cfg)
	if err != nil {
		return nil, err
	}
	a.wire(box, auditKey, post)
	ctx = access.AsSystem(ctx, "start")
	if err := a.db.Start(ctx, a.migrations()); err != nil {
		return nil, err
	}
	if err := a.finance.SettleCurrency(ctx, a.heldAmounts); err != nil {
		return nil, err
	}
	a.started = true
	if cfg.AuditKey != "" { // a key that came with the settings has no head file here yet
		return a, a.audit.Join(ctx)
	}
	return a, nil
}

// wire makes every room and tells it what it needs of the others.
func (a *App) wire(box *secret.Box, auditKey []byte, post digest.Post) {
	a.audit = audit.New(a.db, auditKey, a.cfg.Path("audit.head"))
	a.accounts = account.NewRepo(a.db, account.Options{Journal: a.audit})
	a.stakeholders = stakeholder.NewRepo(a.db)
	a.imports = importer.New(a.db, a.stakeholders)
	a.engagement = engagement.NewRepo(a.db, a.accounts, a.stakeholders, engagement.Options{Journal: a.audit})
	a.advocacy = advocacy.NewRepo(a.db, a.stakeholders)
	a.calls = calls.NewRepo(a.db)
	a.mail = mail.NewRepo(a.db, box)
	a.finance = finance.NewRepo(a.db)
	a.agreements = funding.NewAgreements(a.db, a.stakeholders, a.accounts, a.finance, todo{a.engagement})
	a.pipeline = funding.NewPipeline(a.db, funding.Neighbours{Donors: a.stakeholders, Staff: a.accounts, Rates: a.finance, Calls: a.calls,
		Templates: taskTemplates{a.engagement}})
	a.agreements.Opportunities = a.pipeline
	a.diligence = diligence.NewRepo(a.db, payers{a.stakeholders, a.agreements})
	a.agreements.Due = endings{a.diligence}
	a.views = view.NewRepo(a.db)
	a.ties = tie.NewRepo(a.db)
	a.feeds = feed.NewRepo(a.db, a.audit)
	a.edits = edit.NewRepo(a.db, map[string]edit.Target{
		"stakeholders":  {Records: a.stakeholders.Bulk(), Reads: access.StakeholdersRead, Needs: access.StakeholdersWrite},
		"opportunities": {Records: a.pipeline.Bulk(), Reads: access.FundingRead, Needs: access.FundingWrite},
		"agreements":    {Records: a.agreements.Bulk(), Reads: access.FundingRead, Needs: access.FundingWrite},
		"tasks":         {Records: a.engagement.TaskBulk(), Reads: access.EngagementRead, Needs: access.EngagementWrite},
	})
	a.ledger = finance.NewLedger(a.finance, a.stakeholders)
	a.bank = finance.NewBank(a.finance, a.ledger, a.stakeholders)
	a.pipeline.Agreements = a.agreements
	a.finance.Expectations = secured{a.agreements}
	a.batches = batch.NewRepo(a.db)
	a.board = board.NewRepo(a.db, box.Digest, a.audit)
	a.webhooks = webhook.NewRepo(a.db, box, webhook.Options{Nouns: a.webhookNouns(), Plain: a.cfg.AllowPrivateFetch})
	a.importer = finance.NewImporter(a.finance, a.stakeholders, box.Digest)
	a.awards = award.NewRepo(a.db, grantees{a.stakeholders}, a.audit)
	a.awardImports = award.NewImporter(a.awards, awardBooks{a.finance})
	a.runs = run.NewRepo(a.db)
	a.runner = runner.New(a.db, a.runs, runner.Leases(a.db), a.log)
	a.stakeholders.OnAddresses = a.mail.AddressesAdded
	a.merges = merge.NewRepo(a.db, people{a.stakeholders}, a.audit)
	a.merges.Rederive["threads"] = a.mail.Relearn
	a.wirePrivacy(box.Digest)
	a.merges.Objections = append(a.merges.Objections, a.diligence.JudgedAlike, a.finance.GiftsApart, a.privacy.NoneOpen)

	fiscal := finance.Fiscal{FirstMonth: time.Month(a.cfg.FiscalYearStart)}
	a.finance.Fiscal, a.finance.Reporting = fiscal, a.reporting
	a.pipeline.Reporting, a.agreements.Reporting = a.reporting, a.reporting
	reports := report.New(a.finance, a.stakeholders, fiscal, a.db.Clock)
	reports.Reporting = a.reporting
	reports.Plans, reports.Fees, reports.Members = a.finance, a.finance, members{a.stakeholders}
	reports.Secured, reports.Pipeline = secured{a.agreements}, hoped{a.pipeline}
	reports.Powers = powers{a.stakeholders, a.engagement}
	a.board.Maker = packMaker{organisation: a.cfg.Organisation, reports: reports, agreements: a.agreements}
	outside := dialer(a.cfg.AllowPrivateFetch)
	client := outboundClient(a.cfg.AllowPrivateFetch)
	mailDeps := importmail.Deps{Mail: a.mail, Directory: a.stakeholders, HTTP: client, Dial: outside.DialContext, AllowPrivate: a.cfg.AllowPrivateFetch}
	a.mail.Server = &importmail.Server{Deps: mailDeps}
	a.runner.Schedule(jobs.Timetable(jobs.Deps{
		Calls: a.calls, Mail: mailDeps, Finance: a.finance, Merges: a.merges, Imports: a.imports,
		Audit: a.audit, Accounts: a.accounts, Runs: a.runs, Edits: a.edits, Privacy: a.privacy,
		Awards: a.awards, AwardImports: a.awardImports, Batches: a.batches, Board: a.board,
		Ties: a.ties, Contacts: a.contacts(),
		Webhooks:  webhooks.Deps{Hooks: a.webhooks, HTTP: client, UserAgent: "Piper/" + version, Now: a.db.Clock},
		Diligence: a.diligence, SanctionsURL: a.cfg.SanctionsURL,
		HTTP: client, ECBURL: a.cfg.ECBURL, Version: version,
		Digest: digest.Deps{DB: a.db, Engagement: a.engagement, Accounts: a.accounts, Stakeholders: a.stakeholders,
			Audit: a.audit, Post: post, BaseURL: a.cfg.BaseURL},
	}))
	a.web = api.New(api.Deps{
		DB: a.db, Log: a.log, Dist: dist(), TrustedProxies: a.cfg.TrustedProxies, Version: version, Reporting: a.reporting,
		Auth: a.accounts, Metrics: newMetrics(), Jobs: a.runner, Runs: a.runs,
		Accounts: a.accounts, Audit: a.audit, Demo: demoAccounts(a.cfg.Demo),
		Stakeholders: a.stakeholders, Merges: a.merges, Engagement: a.engagement, Advocacy: a.advocacy, Timeline: a.timeline(), Calls: a.calls, Mail: a.mail,
		Pipeline: a.pipeline, Diligence: a.diligence, Board: a.board,
		Ties: a.ties, Feeds: a.feeds, Privacy: a.privacy, Awards: a.awards, AwardImports: a.awardImports, Webhooks: a.webhooks, Batches: a.batches,
		Finance: a.finance, Ledger: a.ledger, Bank: a.bank, Agreements: a.agreements, Importer: a.importer, Imports: a.imports, Reports: reports, Views: a.views, Edits: a.edits, Finders: a.finders(),
	})
}

// Close ends what is running and lets go of the store.
func (a *App) Close() error {
	var errs []error
	if a.runner != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		errs = append(errs, a.runner.Stop(ctx))
		if a.started { // what is not sealed can be removed unseen
			_, err := a.audit.SealAll(access.AsSystem(ctx, "shutdown"))
			errs = append(errs, err)
		}
	}
	if a.db != nil {
		errs = append(errs, a.db.Close())
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Close())
	}
	return errors.Join(errs...)
}

// postboxOf gives the way out for mail, nil where no server is set.
func postboxOf(cfg config.Config) (digest.Post, error) {
	if cfg.SMTPHost == "" {
		return nil, nil
	}
	return postbox.New(postbox.Options{Host: cfg.SMTPHost, Port: cfg.SMTPPort, TLS: cfg.SMTPTLS,
		User: cfg.SMTPUser, Password: cfg.SMTPPassword, From: cfg.SMTPFrom})
}

func openEngine(ctx context.Context, cfg config.Config) (driver.Engine, error) {
	if cfg.Mongo() {
		return mongo.Open(ctx, cfg.Store, mongo.Options{AllowStandalone: cfg.AllowStandaloneMongo})
	}
	return sqlite.Open(cfg.Path(storeFile))
}

// keys gives what lies outside the store: the key of secrets and the key of the audit chain.
func keys(cfg config.Config) (*secret.Box, []byte, error) {
	key, err := keyFrom(cfg.SecretKey, func() ([]byte, error) { return secret.LoadKey(cfg.Path("secret.key")) })
	if err != nil {
		return nil, nil, fmt.Errorf("the key of secrets: %w", err)
	}
	box, err := secret.New(key)
	if err != nil {
		return nil, nil, err
	}
	auditKey, err := keyFrom(cfg.AuditKey, func() ([]byte, error) {
		return audit.OpenKey(cfg.Path("audit.key"), cfg.Path("audit.head"))
	})
	if err != nil {
		return nil, nil, fmt.Errorf("the key of the audit: %w", err)
	}
	return box, auditKey, nil
}

func keyFrom(setting string, file func() ([]byte, error)) ([]byte, error) {
	if setting == "" {
		return file()
	}
	key, err := hex.DecodeString(setting)
	if err != nil || len(key) != secret.KeySize {
		return nil, fault.New(fault.Invalid, "A key in the settings is not %d hex digits.", 2*secret.KeySize)
	}
	return key, nil
}

func logger(cfg config.Config) *slog.Logger {
	opts := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, opts))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, opts))
}

// demoAccounts reads the accounts that the demonstration shows on its sign-in page.
func demoAccounts(text string) []api.DemoAccount {
	var list []api.DemoAccount
	if text == "" || json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}

// dist is the built front end.
func dist() fs.FS {
	files, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}

// handler gives the web face, or an error where a route has no permission.
func (a *App) handler() (http.Handler, error) { return a.web.Handler() }
