// Package api is Piper's web face: the route table, one file per noun, and the one place where an
// error becomes a response.
package api

import (
	"io/fs"
	"log/slog"
	"net/http"
	"time"

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
	"piper/internal/feed"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/mail"
	"piper/internal/merge"
	"piper/internal/money"
	"piper/internal/privacy"
	"piper/internal/report"
	"piper/internal/run"
	"piper/internal/stakeholder"
	"piper/internal/stakeholder/importer"
	"piper/internal/store"
	"piper/internal/tie"
	"piper/internal/timeline"
	"piper/internal/view"
	"piper/internal/webhook"
)

// Deps is everything the operations work with; app.go fills it in.
type Deps struct {
	DB             *store.DB
	Log            *slog.Logger
	Dist           fs.FS // the built front end
	TrustedProxies []string
	Version        string
	Auth           Authenticator
	Accounts       *account.Repo
	Audit          *audit.Journal
	Reporting      money.Reporting // the currency of every figure
	Demo           []DemoAccount   // shown on the sign-in page of a demonstration
	Metrics        Metrics
	Jobs           JobControl
	Runs           *run.Repo
	Stakeholders   *stakeholder.Repo
	Engagement     *engagement.Repo
	Advocacy       *advocacy.Repo
	Timeline       *timeline.Timeline
	Calls          *calls.Repo
	Pipeline       *funding.Pipeline
	Diligence      *diligence.Repo
	Mail           *mail.Repo
	Merges         *merge.Repo
	Finance        *finance.Repo
	Ledger         *finance.Ledger
	Bank           *finance.Bank
	Importer       *finance.Importer
	Agreements     *funding.Agreements
	Imports        *importer.Importer
	Reports        *report.Reports
	Views          *view.Repo
	Edits          *edit.Repo
	Ties           *tie.Repo
	Feeds          *feed.Repo
	Privacy        *privacy.Repo
	Awards         *award.Repo
	AwardImports   *award.Importer
	Webhooks       *webhook.Repo
	Batches        *batch.Repo
	Board          *board.Repo
	Finders        []Finder
}

// Metrics counts requests; method and route are of a closed set, so the series are bounded.
type Metrics interface {
	Handler() http.Handler // the exposition, in Prometheus' format
	Request(method, route string, status int, took time.Duration)
}

// API holds the handlers of every operation as methods.
type API struct {
	Deps
	openapi    []byte
	embedAsks  pace // of networks, for whatever address
	embedDraws pace // of links that are right, as a drawing is what costs
}

// OpenAPI gives the description of the API, once Handler has been called.
func (a *API) OpenAPI() []byte { return a.openapi }

// New makes the web face.
func New(d Deps) *API {
	return &API{Deps: d, embedAsks: pace{each: 60}, embedDraws: pace{each: 200, all: 600}}
}
