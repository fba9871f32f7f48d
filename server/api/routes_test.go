package api

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
)

// who says, for every operation, which access roles may use it: a(dministrator), f(undraiser),
// (ad)v(ocate), b(oard); * is everybody who is signed in, and "public" needs no sign-in. It is written
// from the design's table of access and not from the code's, so that the two check each other.
const who = `
GET /healthz public
GET /metrics public
GET /api/openapi.json public
GET /feeds/:secret public
GET /embeds/:address public
GET /api/v1/board/packs afb
POST /api/v1/board/packs f
GET /api/v1/board/packs.csv afb
GET /api/v1/board/packs/:id afb
POST /api/v1/board/packs/:id/stop f
DELETE /api/v1/board/packs/:id a
GET /api/v1/board/packs/:id/pack.pdf afb
GET /api/v1/board/packs/:id/figures.json afb
GET /api/v1/embeds afb
POST /api/v1/embeds f
GET /api/v1/embeds.csv afb
DELETE /api/v1/embeds/:id afb
GET /api/v1/charts/diversification.svg afb
GET /api/v1/charts/diversification.png afb
GET /api/v1/charts/diversification.csv afb
GET /api/v1/charts/diversification.xlsx afb
GET /api/v1/charts/sources.svg afb
GET /api/v1/charts/sources.png afb
GET /api/v1/charts/sources.csv afb
GET /api/v1/charts/sources.xlsx afb
GET /api/v1/charts/earmarking.svg afb
GET /api/v1/charts/earmarking.png afb
GET /api/v1/charts/earmarking.csv afb
GET /api/v1/charts/earmarking.xlsx afb
GET /api/v1/charts/forecast.svg afb
GET /api/v1/charts/forecast.png afb
GET /api/v1/charts/forecast.csv afb
GET /api/v1/charts/forecast.xlsx afb
GET /api/v1/charts/realisation.svg afb
GET /api/v1/charts/realisation.png afb
GET /api/v1/charts/realisation.csv afb
GET /api/v1/charts/realisation.xlsx afb
GET /api/v1/charts/reserveMonths.svg afb
GET /api/v1/charts/reserveMonths.png afb
GET /api/v1/charts/reserveMonths.csv afb
GET /api/v1/charts/reserveMonths.xlsx afb
GET /api/v1/charts/reserves.svg afb
GET /api/v1/charts/reserves.png afb
GET /api/v1/charts/reserves.csv afb
GET /api/v1/charts/reserves.xlsx afb
GET /api/v1/feeds *
POST /api/v1/feeds *
DELETE /api/v1/feeds/:id *
GET /api/v1/session *
POST /api/v1/session public
DELETE /api/v1/session public
GET /api/v1/session/hints public
PUT /api/v1/session/password *
POST /api/v1/setup public
GET /api/v1/sessions *
DELETE /api/v1/sessions/:id *
GET /api/v1/tokens *
POST /api/v1/tokens *
DELETE /api/v1/tokens/:id *
PUT /api/v1/session/settings *
GET /api/v1/colleagues *
GET /api/v1/accounts a
POST /api/v1/accounts a
GET /api/v1/accounts/:id a
PUT /api/v1/accounts/:id a
GET /api/v1/stakeholders afvb
POST /api/v1/stakeholders afv
GET /api/v1/stakeholders/:id afvb
PUT /api/v1/stakeholders/:id afv
DELETE /api/v1/stakeholders/:id afv
POST /api/v1/stakeholders/:id/restore afv
GET /api/v1/stakeholders.csv afvb
GET /api/v1/stakeholders/:id/tree afvb
GET /api/v1/stakeholders/:id/network afvb
GET /api/v1/stakeholders/:id/income afb
GET /api/v1/affiliations afvb
POST /api/v1/affiliations afv
GET /api/v1/affiliations/:id afvb
PUT /api/v1/affiliations/:id afv
DELETE /api/v1/affiliations/:id afv
POST /api/v1/affiliations/:id/successor afv
GET /api/v1/affiliations.csv afvb
GET /api/v1/stakeholders/:id/positions afvb
GET /api/v1/positions afvb
POST /api/v1/positions v
GET /api/v1/positions.csv afvb
GET /api/v1/positions/:id afvb
PUT /api/v1/positions/:id v
DELETE /api/v1/positions/:id v
GET /api/v1/priorities afvb
PUT /api/v1/priorities v
GET /api/v1/relations afvb
POST /api/v1/relations afv
GET /api/v1/relations/:id afvb
PUT /api/v1/relations/:id afv
DELETE /api/v1/relations/:id afv
GET /api/v1/relations.csv afvb
GET /api/v1/relation-types afvb
GET /api/v1/stakeholders.xlsx afvb
GET /api/v1/stakeholders.vcf afvb
GET /api/v1/stakeholders/:id/card.vcf afvb
GET /api/v1/stakeholders/:id/ties afvb
GET /api/v1/ties/cold afvb
GET /api/v1/ties/continuity afvb
GET /api/v1/ties/continuity.csv afvb
GET /api/v1/accounts/:id/handover a
GET /api/v1/accounts/:id/handover.csv a
GET /api/v1/lists/:list afvb
GET /api/v1/views afvb
POST /api/v1/views afvb
PUT /api/v1/views/chosen afvb
GET /api/v1/views/:id afvb
PUT /api/v1/views/:id afvb
DELETE /api/v1/views/:id afvb
GET /api/v1/duplicates afv
GET /api/v1/duplicates/search afv
POST /api/v1/duplicates/search afv
PUT /api/v1/duplicates/:id afv
POST /api/v1/merges/preview afv
GET /api/v1/merges afv
POST /api/v1/merges afv
POST /api/v1/merges/:id/undo afv
GET /api/v1/stakeholder-imports afvb
POST /api/v1/stakeholder-imports afv
GET /api/v1/stakeholder-imports/fields afvb
GET /api/v1/stakeholder-imports/mappings afvb
DELETE /api/v1/stakeholder-imports/mappings/:id afv
GET /api/v1/stakeholder-imports/:id afvb
PUT /api/v1/stakeholder-imports/:id afv
DELETE /api/v1/stakeholder-imports/:id afv
POST /api/v1/stakeholder-imports/:id/mapping afv
PUT /api/v1/stakeholder-imports/:id/mapping afv
POST /api/v1/stakeholder-imports/:id/check afv
POST /api/v1/stakeholder-imports/:id/apply afv
POST /api/v1/stakeholder-imports/:id/revert afv
POST /api/v1/stakeholder-imports/:id/stop afv
GET /api/v1/stakeholder-imports/:id/rows afvb
GET /api/v1/stakeholder-imports/:id/errors.csv afvb
GET /api/v1/stakeholders/names afvb
GET /api/v1/stakeholders/:id/timeline afvb
GET /api/v1/interactions afvb
POST /api/v1/interactions afv
GET /api/v1/interactions.csv afvb
GET /api/v1/interactions/:id afvb
PUT /api/v1/interactions/:id afv
DELETE /api/v1/interactions/:id afv
POST /api/v1/interactions/:id/restore afv
GET /api/v1/tasks afvb
POST /api/v1/tasks afv
GET /api/v1/tasks.csv afvb
GET /api/v1/tasks.xlsx afvb
GET /api/v1/tasks/:id afvb
PUT /api/v1/tasks/:id afv
PUT /api/v1/tasks/:id/state afv
GET /api/v1/task-templates afvb
POST /api/v1/task-templates afv
GET /api/v1/task-templates/:id afvb
PUT /api/v1/task-templates/:id afv
DELETE /api/v1/task-templates/:id afv
POST /api/v1/task-templates/:id/apply afv
GET /api/v1/follows afvb
PUT /api/v1/follows/:id afv
DELETE /api/v1/follows/:id afv
POST /api/v1/edits afv
GET /api/v1/edits afvb
GET /api/v1/edits/:id afvb
GET /api/v1/edits/:id/rows afvb
POST /api/v1/edits/:id/apply afv
POST /api/v1/edits/:id/undo afv
GET /api/v1/calls afvb
GET /api/v1/calls/facets afvb
GET /api/v1/calls.csv afvb
GET /api/v1/calls.xlsx afvb
GET /api/v1/calls/:id afvb
GET /api/v1/sources a
POST /api/v1/sources a
GET /api/v1/sources/:id a
PUT /api/v1/sources/:id a
DELETE /api/v1/sources/:id a
GET /api/v1/threads afv
GET /api/v1/threads/:id afv
PUT /api/v1/threads/:id/sharing afv
GET /api/v1/messages afv
GET /api/v1/messages/:id afv
GET /api/v1/messages/:id/body afv
GET /api/v1/messages/:id/html afv
GET /api/v1/messages/:id/attachments/:n afv
GET /api/v1/mailboxes afv
POST /api/v1/mailboxes afv
POST /api/v1/mailboxes/test afv
GET /api/v1/mailboxes/:id afv
PUT /api/v1/mailboxes/:id afv
DELETE /api/v1/mailboxes/:id afv
GET /api/v1/guardrail a
PUT /api/v1/guardrail a
POST /api/v1/guardrail/test a
GET /api/v1/mail/accounting afv
GET /api/v1/mail/set-aside afv
GET /api/v1/opportunities afvb
POST /api/v1/opportunities f
GET /api/v1/opportunities.csv afvb
GET /api/v1/opportunities.xlsx afvb
GET /api/v1/opportunities/:id afvb
PUT /api/v1/opportunities/:id f
DELETE /api/v1/opportunities/:id f
POST /api/v1/opportunities/:id/restore f
PUT /api/v1/opportunities/:id/stage f
PUT /api/v1/opportunities/:id/effort f
PUT /api/v1/opportunities/:id/go-no-go f
GET /api/v1/pipeline/board afvb
GET /api/v1/pipeline/stages afvb
GET /api/v1/pipeline/returns afvb
GET /api/v1/pipeline/templates afvb
PUT /api/v1/pipeline/templates f
GET /api/v1/income afb
GET /api/v1/income.csv afb
GET /api/v1/income.xlsx afb
POST /api/v1/income/gifts/import f
POST /api/v1/income/gifts/errors f
POST /api/v1/income/import f
GET /api/v1/income/imports afb
POST /api/v1/income/imports/:id/revert f
GET /api/v1/finance/dependence afb
GET /api/v1/finance/diversification afb
GET /api/v1/finance/earmarking afb
GET /api/v1/finance/strings afvb
GET /api/v1/stakeholders/:id/giving afvb
GET /api/v1/award-imports afvb
POST /api/v1/award-imports f
DELETE /api/v1/award-imports/:id f
GET /api/v1/award-imports/:id afvb
POST /api/v1/award-imports/:id/apply f
POST /api/v1/award-imports/:id/check f
GET /api/v1/award-imports/:id/plan afvb
GET /api/v1/award-imports/:id/rejects afvb
GET /api/v1/award-imports/:id/rejects.csv afvb
POST /api/v1/award-imports/:id/revert f
POST /api/v1/award-imports/:id/stop f
GET /api/v1/award-parties/:id afvb
PUT /api/v1/award-parties/:id f
GET /api/v1/award-parties/:id/giving afvb
GET /api/v1/bank/entries f
GET /api/v1/bank/entries.csv f
POST /api/v1/bank/entries/:id/accept f
POST /api/v1/bank/entries/:id/ignore f
POST /api/v1/bank/entries/:id/payout f
POST /api/v1/bank/entries/:id/reopen f
GET /api/v1/bank/expected f
GET /api/v1/bank/gifts f
GET /api/v1/bank/sure f
POST /api/v1/bank/sure/accept f
POST /api/v1/bank/reopen f
GET /api/v1/bank/statements f
POST /api/v1/bank/statements f
POST /api/v1/bank/statements/:id/revert f
GET /api/v1/books afb
GET /api/v1/books/:year afb
POST /api/v1/books/:year/close f
POST /api/v1/books/:year/reopen f
GET /api/v1/budgets afb
POST /api/v1/budgets f
GET /api/v1/budgets/:id afb
PUT /api/v1/budgets/:id f
DELETE /api/v1/budgets/:id f
POST /api/v1/budgets/:id/adopt f
GET /api/v1/expenses afb
POST /api/v1/expenses f
GET /api/v1/expenses/:id afb
PUT /api/v1/expenses/:id f
DELETE /api/v1/expenses/:id f
POST /api/v1/expenses/import f
GET /api/v1/expenses/imports afb
POST /api/v1/expenses/imports/:id/revert f
GET /api/v1/expenses.csv afb
GET /api/v1/finance/comparison afb
GET /api/v1/finance/dashboard afb
GET /api/v1/finance/forecast afb
GET /api/v1/finance/lines afb
GET /api/v1/finance/forecast/:month afb
GET /api/v1/finance/forecast/:month/lines.csv afb
GET /api/v1/finance/forecast/:month/lines.xlsx afb
GET /api/v1/finance/losses afb
GET /api/v1/finance/losses.csv afb
GET /api/v1/finance/losses.xlsx afb
GET /api/v1/finance/reserve-months afb
GET /api/v1/finance/realisation afb
GET /api/v1/finance/realisation.csv afb
GET /api/v1/finance/realisation.xlsx afb
GET /api/v1/funds afb
POST /api/v1/funds f
GET /api/v1/funds/:id afb
PUT /api/v1/funds/:id f
DELETE /api/v1/funds/:id f
POST /api/v1/income f
GET /api/v1/income/:id afb
PUT /api/v1/income/:id f
DELETE /api/v1/income/:id f
POST /api/v1/income/:id/refund f
POST /api/v1/income/:id/reverse f
POST /api/v1/income/:id/split f
POST /api/v1/interactions/bulk afv
GET /api/v1/limits afb
PUT /api/v1/limits fb
GET /api/v1/projects afb
POST /api/v1/projects f
GET /api/v1/projects/:id afb
PUT /api/v1/projects/:id f
DELETE /api/v1/projects/:id f
GET /api/v1/fees afb
POST /api/v1/fees f
GET /api/v1/fees/overview afb
GET /api/v1/fees/overview.csv afb
GET /api/v1/fees/overview.xlsx afb
GET /api/v1/fees/payers/:id afb
GET /api/v1/fees/:id afb
PUT /api/v1/fees/:id f
DELETE /api/v1/fees/:id f
GET /api/v1/reserves afb
POST /api/v1/reserves f
GET /api/v1/reserves/:id afb
PUT /api/v1/reserves/:id f
DELETE /api/v1/reserves/:id f
GET /api/v1/reserves.csv afb
GET /api/v1/reserves.xlsx afb
GET /api/v1/scenarios afb
POST /api/v1/scenarios f
GET /api/v1/scenarios/:id afb
PUT /api/v1/scenarios/:id f
DELETE /api/v1/scenarios/:id f
POST /api/v1/stakeholders/bulk afv
GET /api/v1/targets afb
POST /api/v1/targets fb
GET /api/v1/targets/:id afb
PUT /api/v1/targets/:id fb
DELETE /api/v1/targets/:id fb
POST /api/v1/tasks/bulk afv
GET /api/v1/webhooks a
POST /api/v1/webhooks a
GET /api/v1/webhooks/:id a
PUT /api/v1/webhooks/:id a
DELETE /api/v1/webhooks/:id a
GET /api/v1/webhooks/:id/deliveries a
GET /api/v1/webhooks/:id/deliveries.csv a
POST /api/v1/webhooks/:id/deliveries/:delivery/replay a
PUT /api/v1/webhooks/:id/paused a
POST /api/v1/webhooks/:id/replay a
POST /api/v1/webhooks/:id/secret a
POST /api/v1/webhooks/:id/test a
GET /api/v1/diligence/cases afvb
POST /api/v1/diligence/cases f
GET /api/v1/diligence/cases.csv afvb
GET /api/v1/diligence/cases/:id afvb
PUT /api/v1/diligence/cases/:id f
DELETE /api/v1/diligence/cases/:id f
GET /api/v1/diligence/cases/:id/preview afvb
POST /api/v1/diligence/cases/:id/proposal f
POST /api/v1/diligence/cases/:id/return fb
POST /api/v1/diligence/cases/:id/decision fb
GET /api/v1/diligence/hits afvb
GET /api/v1/diligence/hits/:id afvb
PUT /api/v1/diligence/hits/:id/judgement f
GET /api/v1/diligence/list afvb
GET /api/v1/diligence/policy afvb
PUT /api/v1/diligence/policy f
GET /api/v1/stakeholders/:id/diligence afvb
GET /api/v1/awards afvb
GET /api/v1/awards.csv afvb
GET /api/v1/funders afvb
GET /api/v1/funders.csv afvb
GET /api/v1/agreements afvb
POST /api/v1/agreements f
GET /api/v1/agreements.csv afvb
GET /api/v1/agreements.xlsx afvb
GET /api/v1/agreements/:id afvb
PUT /api/v1/agreements/:id f
DELETE /api/v1/agreements/:id f
POST /api/v1/agreements/:id/amendments f
POST /api/v1/agreements/:id/instalments f
PUT /api/v1/agreements/:id/instalments/:part f
PUT /api/v1/agreements/:id/instalments/:part/state f
DELETE /api/v1/agreements/:id/instalments/:part f
GET /api/v1/agreements/:id/requirements/proposed f
POST /api/v1/agreements/:id/requirements f
PUT /api/v1/agreements/:id/requirements/:part f
PUT /api/v1/agreements/:id/requirements/:part/state f
DELETE /api/v1/agreements/:id/requirements/:part f
GET /api/v1/requirement-rules afvb
PUT /api/v1/requirement-rules f
GET /api/v1/obligations afvb
GET /api/v1/obligations.csv afvb
GET /api/v1/strings afvb
POST /api/v1/strings f
GET /api/v1/strings.csv afvb
GET /api/v1/strings/:id afvb
PUT /api/v1/strings/:id f
DELETE /api/v1/strings/:id f
GET /api/v1/search *
GET /api/v1/privacy/requests a
GET /api/v1/privacy/requests/:id a
PUT /api/v1/privacy/requests/:id a
DELETE /api/v1/privacy/requests/:id a
POST /api/v1/privacy/erasures a
POST /api/v1/privacy/requests/:id/confirm a
GET /api/v1/privacy/requests/:id/texts a
POST /api/v1/privacy/exports a
GET /api/v1/privacy/requests/:id/archive.zip a
GET /api/v1/privacy/words a
PUT /api/v1/privacy/words a
POST /api/v1/privacy/check *
GET /api/v1/privacy/reviews a
GET /api/v1/privacy/reviews.csv a
POST /api/v1/privacy/reviews/keep a
GET /api/v1/privacy/retention a
POST /api/v1/privacy/retention/dry-run a
PUT /api/v1/privacy/retention/rules/:name a
GET /api/v1/jobs a
POST /api/v1/jobs/:name/run a
GET /api/v1/runs a
GET /api/v1/runs/:id a
POST /api/v1/runs/:id/stop a
GET /api/v1/audit a
GET /api/v1/audit/verify a
`

// TestEveryRouteWithEveryRole walks every route of the engine as nobody, as every role, and with a token
// that may only read.
func TestEveryRouteWithEveryRole(t *testing.T) {
	expected := map[string]string{}
	for _, row := range strings.Split(strings.TrimSpace(who), "\n") {
		f := strings.Fields(row)
		expected[f[0]+" "+f[1]] = f[2]
	}
	a := New(Deps{Log: slog.New(slog.DiscardHandler), Dist: fstest.MapFS{}, Auth: byRole{}, Metrics: noMetrics{}})
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	a.mountOn(engine)

	letters := map[access.Role]string{access.Administrator: "a", access.Fundraiser: "f", access.Advocate: "v", access.Board: "b"}
	for _, r := range engine.Routes() {
		name := r.Method + " " + r.Path
		may, listed := expected[name]
		if !listed {
			t.Errorf("%s is not in the table of this test: say who may use it", name)
			continue
		}
		delete(expected, name)
		path := strings.NewReplacer(":id", "x", ":name", "x", ":n", "1").Replace(r.Path)
		if got := refusal(engine, r.Method, path, ""); (got == http.StatusUnauthorized) != (may != "public") {
			t.Errorf("%s signed out: %d, may be used by %s", name, got, may)
		}
		for role, letter := range letters {
			allowed := may == "public" || may == "*" || strings.Contains(may, letter)
			if got := refusal(engine, r.Method, path, string(role)); (got != http.StatusForbidden) != allowed {
				t.Errorf("%s as %s: %d, may be used by %s", name, role, got, may)
			}
		}
		if perm := a.permission(name); strings.HasSuffix(string(perm), ":write") {
			if got := refusal(engine, r.Method, path, "read-only"); got != http.StatusForbidden {
				t.Errorf("%s with a token that may only read: %d", name, got)
			}
		}
	}
	for name := range expected {
		t.Errorf("%s is in the table of this test and not in the engine", name)
	}
}

// refusal gives the status of a request; whatever is not 401 or 403 has passed the guard.
func refusal(h http.Handler, method, path, secret string) int {
	req := httptest.NewRequest(method, path, strings.NewReader("{}"))
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("Authorization", "Bearer "+secret)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec.Code
}

func (a *API) permission(name string) access.Permission {
	method, path, _ := strings.Cut(name, " ")
	for _, r := range a.routes() {
		if r.method == method && base+strings.NewReplacer("{", ":", "}", "").Replace(r.path) == path {
			return r.perm
		}
	}
	return access.Public
}

// A route that somebody adds beside the table stops the start.
func TestRouteOutsideTheTableStopsTheStart(t *testing.T) {
	a := New(Deps{Log: slog.New(slog.DiscardHandler), Dist: fstest.MapFS{}, Auth: byRole{}, Metrics: noMetrics{}})
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	_, perms := a.mountOn(engine)
	if err := checkTable(engine, perms); err != nil {
		t.Fatal(err)
	}
	engine.GET("/api/v1/backdoor", func(c *gin.Context) { c.String(http.StatusOK, "everything") })
	if err := checkTable(engine, perms); err == nil {
		t.Fatal("a route that is in no table was let in")
	}
	req := httptest.NewRequest(http.MethodGet, "/api/v1/backdoor", nil)
	req.Header.Set("Authorization", "Bearer administrator")
	rec := httptest.NewRecorder()
	engine.ServeHTTP(rec, req)
	if rec.Code != http.StatusForbidden {
		t.Fatalf("it answers %d", rec.Code)
	}
}
