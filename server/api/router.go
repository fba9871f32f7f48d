package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"piper/internal/access"
)

// base is where the API lives.
const base = "/api/v1"

// route is one row of the table: an operation and the permission it needs.
type route struct {
	perm         access.Permission
	method, path string
	id, summary  string
	typed        func(h huma.API, o huma.Operation) // exactly one of typed and raw
	raw          gin.HandlerFunc
}

// op is a typed operation: huma reads, checks and documents its input and output.
func op[I, O any](perm access.Permission, method, path, id, summary string, handle func(context.Context, *I) (*O, error)) route {
	return route{perm: perm, method: method, path: path, id: id, summary: summary,
		typed: func(h huma.API, o huma.Operation) {
			mustShow(id, reflect.TypeFor[I](), reflect.TypeFor[O]())
			huma.Register(h, o, func(ctx context.Context, in *I) (*O, error) {
				out, err := handle(ctx, in)
				if err != nil {
					noteError(ctx, err)
					return nil, problemOf(err)
				}
				return out, nil
			})
		}}
}

// mustShow stops the start where an input or output embeds a struct that is not exported: huma sees none of
// its fields, and would refuse them all as unknown.
func mustShow(id string, types ...reflect.Type) {
	for _, t := range types {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t.PkgPath() != reflect.TypeFor[route]().PkgPath() && t.Name() != "" {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous && !f.IsExported() {
				panic(fmt.Sprintf("operation %s: %s embeds %s, which is not exported", id, t, f.Name))
			}
			mustShow(id, f.Type)
		}
	}
}

// raw is an operation that writes its own answer: pictures, CSV, pages for a sandboxed frame.
func raw(perm access.Permission, method, path, id, summary string, handle gin.HandlerFunc) route {
	return route{perm: perm, method: method, path: path, id: id, summary: summary, raw: handle}
}

// routes is the table of everything Piper answers below /api/v1, and to whom.
func (a *API) routes() []route {
	const get, post, put, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete
	return []route{
		op(access.SignedIn, get, "/session", "getSession", "Who is signed in", a.getSession),
		op(access.Public, post, "/session", "signIn", "Sign in", a.signIn),
		op(access.Public, del, "/session", "signOut", "Sign out", a.signOut),
		op(access.Public, get, "/session/hints", "sessionHints", "What the sign-in page should know", a.sessionHints),
		op(access.SignedIn, put, "/session/password", "changePassword", "Change one's password", a.changePassword),
		op(access.Public, post, "/setup", "setup", "Make the first account", a.setup),
		op(access.SignedIn, get, "/sessions", "listSessions", "List one's sessions", a.listSessions),
		op(access.SignedIn, del, "/sessions/{id}", "endSession", "End a session", a.endSession),
		op(access.SignedIn, get, "/tokens", "listTokens", "List one's API tokens", a.listTokens),
		op(access.SignedIn, post, "/tokens", "issueToken", "Make an API token", a.issueToken),
		op(access.SignedIn, del, "/tokens/{id}", "revokeToken", "Revoke an API token", a.revokeToken),
		op(access.SignedIn, get, "/feeds", "listFeeds", "List one's calendar addresses", a.listFeeds),
		op(access.SignedIn, post, "/feeds", "createFeed", "Make a secret calendar address", a.createFeed),
		op(access.SignedIn, del, "/feeds/{id}", "revokeFeed", "Revoke a calendar address", a.revokeFeed),
		op(access.SignedIn, put, "/session/settings", "changeSettings", "Change one's settings", a.changeSettings),
		op(access.SignedIn, get, "/colleagues", "listColleagues", "Who uses Piper, by name", a.listColleagues),
		op(access.AdminRead, get, "/accounts", "listAccounts", "List accounts", a.listAccounts),
		op(access.AdminWrite, post, "/accounts", "addAccount", "Add an account", a.addAccount),
		op(access.AdminRead, get, "/accounts/{id}", "getAccount", "Get an account", a.getAccount),
		op(access.AdminWrite, put, "/accounts/{id}", "changeAccount", "Change or close an account", a.changeAccount),

		op(access.StakeholdersRead, get, "/stakeholders", "listStakeholders", "List stakeholders", a.listStakeholders),
		op(access.StakeholdersWrite, post, "/stakeholders", "createStakeholder", "Add a stakeholder", a.createStakeholder),
		op(access.StakeholdersWrite, post, "/stakeholders/bulk", "bulkStakeholders", "Add, change or upsert up to 500 stakeholders", a.bulkStakeholders),
		op(access.StakeholdersRead, get, "/stakeholders/{id}", "getStakeholder", "Get a stakeholder", a.getStakeholder),
		op(access.StakeholdersWrite, put, "/stakeholders/{id}", "updateStakeholder", "Change a stakeholder", a.updateStakeholder),
		op(access.StakeholdersWrite, del, "/stakeholders/{id}", "trashStakeholder", "Put a stakeholder into the trash", a.trashStakeholder),
		op(access.StakeholdersWrite, post, "/stakeholders/{id}/restore", "restoreStakeholder", "Take a stakeholder out of the trash", a.restoreStakeholder),
		op(access.StakeholdersRead, get, "/stakeholders/{id}/tree", "stakeholderTree", "What a stakeholder is part of, and what is part of it", a.stakeholderTree),
		op(access.StakeholdersRead, get, "/stakeholders/{id}/network", "stakeholderNetwork", "Who is linked with a stakeholder today: relations, posts, what it is part of, its parts", a.stakeholderNetwork),
		op(access.FinanceRead, get, "/stakeholders/{id}/income", "stakeholderIncome", "What a donor has brought, year by year", a.stakeholderIncome),
		op(access.StakeholdersRead, get, "/affiliations", "listAffiliations", "List affiliations: who holds or held which post", a.listAffiliations),
		op(access.StakeholdersWrite, post, "/affiliations", "createAffiliation", "Record an affiliation", a.createAffiliation),
		op(access.StakeholdersRead, get, "/affiliations/{id}", "getAffiliation", "Get an affiliation", a.getAffiliation),
		op(access.StakeholdersWrite, put, "/affiliations/{id}", "updateAffiliation", "Change or end an affiliation", a.updateAffiliation),
		op(access.StakeholdersWrite, del, "/affiliations/{id}", "deleteAffiliation", "Remove an affiliation that was a mistake", a.deleteAffiliation),
		op(access.StakeholdersWrite, post, "/affiliations/{id}/successor", "succeed", "Give a post to its next holder: the former one's ends right before", a.succeed),
		raw(access.StakeholdersRead, get, "/affiliations.csv", "exportAffiliations", "Export affiliations as CSV", a.exportAffiliations),
		op(access.StakeholdersRead, get, "/relations", "listRelations", "List relations between stakeholders", a.listRelations),
		op(access.StakeholdersWrite, post, "/relations", "createRelation", "Record a relation", a.createRelation),
		op(access.StakeholdersRead, get, "/relations/{id}", "getRelation", "Get a relation", a.getRelation),
		op(access.StakeholdersWrite, put, "/relations/{id}", "updateRelation", "Change or end a relation", a.updateRelation),
		op(access.StakeholdersWrite, del, "/relations/{id}", "deleteRelation", "Remove a relation that was a mistake", a.deleteRelation),
		raw(access.StakeholdersRead, get, "/relations.csv", "exportRelations", "Export relations as CSV", a.exportRelations),
		op(access.StakeholdersRead, get, "/relation-types", "listRelationTypes", "What relations there are", a.listRelationTypes),
		raw(access.StakeholdersRead, get, "/stakeholders.csv", "exportStakeholdersCSV", "Export stakeholders as CSV", exportAs(asCSV, a.stakeholderExport)),
		raw(access.StakeholdersRead, get, "/stakeholders.xlsx", "exportStakeholdersXLSX", "Export stakeholders as XLSX", exportAs(asXLSX, a.stakeholderExport)),
		raw(access.StakeholdersRead, get, "/stakeholders.vcf", "exportStakeholdersVCF", "Export stakeholders as vCards", a.exportStakeholdersVCF),
		raw(access.StakeholdersRead, get, "/stakeholders/{id}/card.vcf", "stakeholderCard", "A stakeholder as a vCard", a.stakeholderCard),
		op(access.StakeholdersRead, get, "/stakeholders/{id}/ties", "listTies", "Who of us knows a stakeholder, and how well", a.listTies),

		op(access.StakeholdersRead, get, "/ties/cold", "coldTies", "Key stakeholders whom nobody knows well any more", a.coldTies),
		op(access.StakeholdersRead, get, "/ties/continuity", "continuity", "Key stakeholders known to one colleague only", a.continuity),
		raw(access.StakeholdersRead, get, "/ties/continuity.csv", "exportContinuity", "The continuity report as CSV", a.exportContinuity),
		op(access.AdminRead, get, "/accounts/{id}/handover", "handover", "What only this account knows", a.handover),
		raw(access.AdminRead, get, "/accounts/{id}/handover.csv", "exportHandover", "The hand-over list as CSV", a.exportHandover),

		op(access.ViewsRead, get, "/lists/{list}", "describeList", "What a list can be asked: fields, operators, columns, bulk edits", a.describeList),
		op(access.ViewsRead, get, "/views", "listViews", "List the saved views of a list: one's own and shared ones", a.listViews),
		op(access.ViewsWrite, post, "/views", "createView", "Save a view", a.createView),
		op(access.ViewsWrite, put, "/views/chosen", "chooseView", "Choose the view that one opens a list with", a.chooseView),
		op(access.ViewsRead, get, "/views/{id}", "getView", "Get a saved view", a.getView),
		op(access.ViewsWrite, put, "/views/{id}", "updateView", "Change a saved view", a.updateView),
		op(access.ViewsWrite, del, "/views/{id}", "deleteView", "Remove a saved view", a.deleteView),

		op(access.StakeholdersWrite, get, "/duplicates", "listDuplicates", "List pairs of stakeholders that may be the same", a.listDuplicates),
		op(access.StakeholdersWrite, get, "/duplicates/search", "duplicateSearch", "How the last search for duplicates went", a.duplicateSearch),
		op(access.StakeholdersWrite, post, "/duplicates/search", "findDuplicates", "Look for duplicates now", a.findDuplicates),
		op(access.StakeholdersWrite, put, "/duplicates/{id}", "decideDuplicate", "Say that two are different, or take that back", a.decideDuplicate),
		op(access.StakeholdersWrite, post, "/merges/preview", "previewMerge", "What a merge of two stakeholders would do", a.previewMerge),
		op(access.StakeholdersWrite, get, "/merges", "listMerges", "List merges", a.listMerges),
		op(access.StakeholdersWrite, post, "/merges", "mergeStakeholders", "Merge two stakeholders", a.mergeStakeholders),
		op(access.StakeholdersWrite, post, "/merges/{id}/undo", "undoMerge", "Undo a merge", a.undoMerge),

		op(access.StakeholdersRead, get, "/stakeholder-imports", "listStakeholderImports", "List imports of stakeholders", a.listStakeholderImports),
		raw(access.StakeholdersWrite, post, "/stakeholder-imports", "uploadStakeholders", "Upload a file of stakeholders: CSV, XLSX or vCard", a.uploadStakeholders),
		op(access.StakeholdersRead, get, "/stakeholder-imports/fields", "importFields", "What a column may be taken for", a.importFields),
		op(access.StakeholdersRead, get, "/stakeholder-imports/mappings", "listMappings", "List saved mappings", a.listMappings),
		op(access.StakeholdersWrite, del, "/stakeholder-imports/mappings/{id}", "deleteMapping", "Remove a saved mapping", a.deleteMapping),
		op(access.StakeholdersRead, get, "/stakeholder-imports/{id}", "getStakeholderImport", "Get an import", a.getStakeholderImport),
		op(access.StakeholdersWrite, put, "/stakeholder-imports/{id}", "setStakeholderImport", "Say how a file is to be read", a.setStakeholderImport),
		op(access.StakeholdersWrite, del, "/stakeholder-imports/{id}", "discardStakeholderImport", "Discard an import that was not applied", a.discardStakeholderImport),
		op(access.StakeholdersWrite, post, "/stakeholder-imports/{id}/mapping", "saveMapping", "Save the mapping of an import under a name", a.saveMapping),
		op(access.StakeholdersWrite, put, "/stakeholder-imports/{id}/mapping", "useMapping", "Map the columns as a saved mapping does", a.useMapping),
		op(access.StakeholdersWrite, post, "/stakeholder-imports/{id}/check", "checkStakeholderImport", "Ask for a dry run", a.checkStakeholderImport),
		op(access.StakeholdersWrite, post, "/stakeholder-imports/{id}/apply", "applyStakeholderImport", "Ask for the import to be done", a.applyStakeholderImport),
		op(access.StakeholdersWrite, post, "/stakeholder-imports/{id}/revert", "revertStakeholderImport", "Ask for the import to be taken back", a.revertStakeholderImport),
		op(access.StakeholdersWrite, post, "/stakeholder-imports/{id}/stop", "stopStakeholderImport", "Stop the work on an import", a.stopStakeholderImport),
		op(access.StakeholdersRead, get, "/stakeholder-imports/{id}/rows", "listImportRows", "List the rows of a dry run", a.listImportRows),
		raw(access.StakeholdersRead, get, "/stakeholder-imports/{id}/errors.csv", "importErrors", "The rows that could not be taken, with the reason", a.importErrors),

		op(access.StakeholdersRead, get, "/stakeholders/names", "stakeholderNames", "The names of stakeholders, by id", a.stakeholderNames),
		op(access.StakeholdersRead, get, "/stakeholders/{id}/timeline", "stakeholderTimeline", "What happened with a stakeholder, the newest first", a.stakeholderTimeline),
		op(access.EngagementRead, get, "/interactions", "listInteractions", "List interactions", a.listInteractions),
		op(access.EngagementWrite, post, "/interactions", "createInteraction", "Write an interaction down, with the tasks that follow from it", a.createInteraction),
		raw(access.EngagementRead, get, "/interactions.csv", "exportInteractions", "Export interactions as CSV", a.exportInteractions),
		op(access.EngagementWrite, post, "/interactions/bulk", "bulkInteractions", "Write down, change or upsert up to 500 interactions", a.bulkInteractions),
		op(access.EngagementRead, get, "/interactions/{id}", "getInteraction", "Get an interaction", a.getInteraction),
		op(access.EngagementWrite, put, "/interactions/{id}", "updateInteraction", "Change an interaction", a.updateInteraction),
		op(access.EngagementWrite, del, "/interactions/{id}", "trashInteraction", "Put an interaction into the trash", a.trashInteraction),
		op(access.EngagementWrite, post, "/interactions/{id}/restore", "restoreInteraction", "Take an interaction out of the trash", a.restoreInteraction),
		op(access.EngagementRead, get, "/tasks", "listTasks", "List tasks", a.listTasks),
		op(access.EngagementWrite, post, "/tasks", "createTask", "Add a task", a.createTask),
		raw(access.EngagementRead, get, "/tasks.csv", "exportTasks", "Export tasks as CSV", exportAs(asCSV, a.taskExport)),
		raw(access.EngagementRead, get, "/tasks.xlsx", "exportTasksXLSX", "Export tasks as a spreadsheet", exportAs(asXLSX, a.taskExport)),
		op(access.EngagementWrite, post, "/tasks/bulk", "bulkTasks", "Add, change or upsert up to 500 tasks", a.bulkTasks),
		op(access.EngagementRead, get, "/tasks/{id}", "getTask", "Get a task", a.getTask),
		op(access.EngagementWrite, put, "/tasks/{id}", "updateTask", "Change a task", a.updateTask),
		op(access.EngagementWrite, put, "/tasks/{id}/state", "setTaskState", "Tick a task off, drop it or open it again", a.setTaskState),
		op(access.EngagementRead, get, "/task-templates", "listTemplates", "List templates of tasks", a.listTemplates),
		op(access.EngagementWrite, post, "/task-templates", "createTemplate", "Add a template", a.createTemplate),
		op(access.EngagementRead, get, "/task-templates/{id}", "getTemplate", "Get a template", a.getTemplate),
		op(access.EngagementWrite, put, "/task-templates/{id}", "updateTemplate", "Change a template", a.updateTemplate),
		op(access.EngagementWrite, del, "/task-templates/{id}", "deleteTemplate", "Remove a template", a.deleteTemplate),
		op(access.EngagementWrite, post, "/task-templates/{id}/apply", "applyTemplate", "Make the tasks of a template for a stakeholder and a day", a.applyTemplate),
		op(access.EngagementRead, get, "/follows", "listFollows", "Whom one follows", a.listFollows),
		op(access.EngagementWrite, put, "/follows/{id}", "follow", "Follow a stakeholder", a.follow),
		op(access.EngagementWrite, del, "/follows/{id}", "unfollow", "Follow a stakeholder no longer", a.unfollow),
		op(access.StakeholdersWrite, post, "/edits", "previewEdit", "Preview a bulk edit: what it would do, without doing it", a.previewEdit),
		op(access.StakeholdersRead, get, "/edits", "listEdits", "List bulk edits that were applied", a.listEdits),
		op(access.StakeholdersRead, get, "/edits/{id}", "getEdit", "Get a bulk edit", a.getEdit),
		op(access.StakeholdersRead, get, "/edits/{id}/rows", "listEditRows", "List the records of a bulk edit, old and new", a.listEditRows),
		op(access.StakeholdersWrite, post, "/edits/{id}/apply", "applyEdit", "Apply a previewed edit, or go on with it; call until it is applied", a.applyEdit),
		op(access.StakeholdersWrite, post, "/edits/{id}/undo", "undoEdit", "Take an edit back; call until it is undone", a.undoEdit),

		op(access.CallsRead, get, "/calls", "listCalls", "List calls", a.listCalls),
		op(access.CallsRead, get, "/calls/facets", "callFacets", "What calls may be narrowed by", a.callFacets),
		raw(access.CallsRead, get, "/calls.csv", "exportCalls", "Export calls as CSV", exportAs(asCSV, a.callExport)),
		raw(access.CallsRead, get, "/calls.xlsx", "exportCallsXLSX", "Export calls as a spreadsheet", exportAs(asXLSX, a.callExport)),
		op(access.CallsRead, get, "/calls/{id}", "getCall", "Get a call", a.getCall),
		op(access.AdminRead, get, "/sources", "listSources", "List sources of calls", a.listSources),
		op(access.AdminWrite, post, "/sources", "createSource", "Add a source", a.createSource),
		op(access.AdminRead, get, "/sources/{id}", "getSource", "Get a source", a.getSource),
		op(access.AdminWrite, put, "/sources/{id}", "updateSource", "Change a source", a.updateSource),
		op(access.AdminWrite, del, "/sources/{id}", "deleteSource", "Remove a source that has given no calls", a.deleteSource),

		op(access.MailRead, get, "/threads", "listThreads", "List threads", a.listThreads),
		op(access.MailRead, get, "/threads/{id}", "getThread", "Get a thread with its messages", a.getThread),
		op(access.MailWrite, put, "/threads/{id}/sharing", "shareThread", "Share a thread, or take it back", a.shareThread),
		op(access.MailRead, get, "/messages", "listMessages", "List messages", a.listMessages),
		op(access.MailRead, get, "/messages/{id}", "getMessage", "Get a message", a.getMessage),
		op(access.MailRead, get, "/messages/{id}/body", "getMessageBody", "Get a message's text", a.getMessageBody),
		raw(access.MailRead, get, "/messages/{id}/html", "messagePage", "A message as a page for a sandboxed frame", a.messagePage),
		raw(access.MailRead, get, "/messages/{id}/attachments/{n}", "attachment", "Fetch an attachment", a.attachment),
		op(access.MailRead, get, "/mailboxes", "listMailboxes", "List mailboxes: one's own, for administrators all", a.listMailboxes),
		op(access.MailWrite, post, "/mailboxes", "createMailbox", "Add a mailbox", a.createMailbox),
		op(access.MailWrite, post, "/mailboxes/test", "testMailbox", "Try a mailbox's settings", a.testMailbox),
		op(access.MailRead, get, "/mailboxes/{id}", "getMailbox", "Get a mailbox's settings", a.getMailbox),
		op(access.MailWrite, put, "/mailboxes/{id}", "updateMailbox", "Change a mailbox", a.updateMailbox),
		op(access.MailWrite, del, "/mailboxes/{id}", "deleteMailbox", "Stop reading a mailbox", a.deleteMailbox),
		op(access.AdminRead, get, "/guardrail", "getGuardrail", "The rules that keep case work out", a.getGuardrail),
		op(access.AdminWrite, put, "/guardrail", "setGuardrail", "Change the rules", a.setGuardrail),
		op(access.AdminRead, post, "/guardrail/test", "testGuardrail", "Try the rules", a.testGuardrail),
		op(access.MailRead, get, "/mail/accounting", "mailAccounting", "What became of every message, by mailbox", a.mailAccounting),
		op(access.MailRead, get, "/mail/set-aside", "listSetAside", "Messages that were not kept, without content", a.listSetAside),

		op(access.FundingRead, get, "/opportunities", "listOpportunities", "List opportunities", a.listOpportunities),
		op(access.FundingWrite, post, "/opportunities", "createOpportunity", "Add an opportunity", a.createOpportunity),
		raw(access.FundingRead, get, "/opportunities.csv", "exportOpportunitiesCSV", "Export opportunities as CSV", exportAs(asCSV, a.opportunityExport)),
		raw(access.FundingRead, get, "/opportunities.xlsx", "exportOpportunitiesXLSX", "Export opportunities as XLSX", exportAs(asXLSX, a.opportunityExport)),
		op(access.FundingRead, get, "/opportunities/{id}", "getOpportunity", "Get an opportunity", a.getOpportunity),
		op(access.FundingWrite, put, "/opportunities/{id}", "updateOpportunity", "Change an opportunity", a.updateOpportunity),
		op(access.FundingWrite, del, "/opportunities/{id}", "trashOpportunity", "Put an opportunity into the trash", a.trashOpportunity),
		op(access.FundingWrite, post, "/opportunities/{id}/restore", "restoreOpportunity", "Take an opportunity out of the trash", a.restoreOpportunity),
		op(access.FundingWrite, put, "/opportunities/{id}/stage", "moveOpportunity", "Bring an opportunity into another stage", a.moveOpportunity),
		op(access.FundingWrite, put, "/opportunities/{id}/effort", "setEffort", "Say what work asking has cost", a.setEffort),
		op(access.FundingWrite, put, "/opportunities/{id}/go-no-go", "setGoNoGo", "Record the decision whether to ask", a.setGoNoGo),
		op(access.FundingRead, get, "/pipeline/board", "pipelineBoard", "Opportunities by stage, with counts and sums", a.pipelineBoard),
		op(access.FundingRead, get, "/pipeline/stages", "pipelineStages", "The stages, what each needs and where one may go from it", a.pipelineStages),
		op(access.FundingRead, get, "/pipeline/returns", "pipelineReturns", "Win rate, cost and return of fundraising by type of donor", a.pipelineReturns),
		op(access.FundingRead, get, "/pipeline/templates", "getStageTemplates", "Which template of tasks each stage brings", a.getStageTemplates),
		op(access.FundingWrite, put, "/pipeline/templates", "setStageTemplates", "Say which template of tasks each stage brings", a.setStageTemplates),

		op(access.FinanceRead, get, "/income", "listIncome", "List income lines", a.listIncome),
		op(access.FinanceWrite, post, "/income", "createIncome", "Write an income line", a.createIncome),
		op(access.FinanceRead, get, "/income/{id}", "getIncome", "Get an income line", a.getIncome),
		op(access.FinanceWrite, put, "/income/{id}", "updateIncome", "Change an income line of an open year", a.updateIncome),
		op(access.FinanceWrite, del, "/income/{id}", "deleteIncome", "Remove an income line of an open year", a.deleteIncome),
		op(access.FinanceWrite, post, "/income/{id}/refund", "refundIncome", "Write down that a part of a line was given back", a.refundIncome),
		op(access.FinanceWrite, post, "/income/{id}/reverse", "reverseIncome", "Take a line back by its opposite in an open year", a.reverseIncome),
		op(access.FinanceWrite, post, "/income/{id}/split", "splitIncome", "Split a payment into parts that add up to it", a.splitIncome),
		raw(access.FinanceWrite, post, "/bank/statements", "importStatement", "Import a bank statement: CAMT.053 or MT940", a.importStatement),
		op(access.FinanceWrite, get, "/bank/statements", "listStatements", "List bank statements", a.listStatements),
		op(access.FinanceWrite, post, "/bank/statements/{id}/revert", "revertStatement", "Take a bank statement back, with the income that was made of it", a.revertStatement),
		op(access.FinanceWrite, get, "/bank/entries", "listBankEntries", "List payments, with what they may be", a.listBankEntries),
		raw(access.FinanceWrite, get, "/bank/entries.csv", "exportBankEntries", "Export payments as CSV", a.exportBankEntries),
		op(access.FinanceWrite, get, "/bank/expected", "listExpectedPayments", "List expected payments that have not come", a.listExpectedPayments),
		op(access.FinanceWrite, get, "/bank/sure", "listSurePayments", "List payments whose suggestion is sure", a.listSurePayments),
		op(access.FinanceWrite, post, "/bank/sure/accept", "acceptSurePayments", "Make income of payments that are sure, as they were shown", a.acceptSurePayments),
		op(access.FinanceWrite, post, "/bank/reopen", "reopenPayments", "Take back what was said of several payments", a.reopenPayments),
		op(access.FinanceWrite, post, "/bank/entries/{id}/accept", "acceptBankEntry", "Make income of a payment", a.acceptBankEntry),
		op(access.FinanceWrite, get, "/bank/gifts", "listBookedGifts", "List imports of gifts, with what of them has not been paid out", a.listBookedGifts),
		op(access.FinanceWrite, post, "/bank/entries/{id}/payout", "payOutBankEntry", "Say that a payment pays out gifts that are income already", a.payOutBankEntry),
		op(access.FinanceWrite, post, "/bank/entries/{id}/ignore", "ignoreBankEntry", "Say that a payment is no income", a.ignoreBankEntry),
		op(access.FinanceWrite, post, "/bank/entries/{id}/reopen", "reopenBankEntry", "Take back what was said of a payment", a.reopenBankEntry),
		op(access.FinanceRead, get, "/books", "getBooks", "Which fiscal years are closed", a.getBooks),
		op(access.FinanceRead, get, "/books/{year}", "previewYear", "What closing a fiscal year would lock", a.previewYear),
		op(access.FinanceWrite, post, "/books/{year}/close", "closeYear", "Close a fiscal year", a.closeYear),
		op(access.FinanceWrite, post, "/books/{year}/reopen", "reopenYear", "Open a closed fiscal year again", a.reopenYear),
		raw(access.FinanceRead, get, "/income.csv", "exportIncome", "Export income lines as CSV", exportAs(asCSV, a.incomeExport)),
		raw(access.FinanceRead, get, "/income.xlsx", "exportIncomeXLSX", "Export income lines as a spreadsheet", exportAs(asXLSX, a.incomeExport)),
		raw(access.FinanceWrite, post, "/income/import", "importIncome", "Import income lines from a CSV file", a.importIncome),
		raw(access.FinanceWrite, post, "/income/gifts/import", "importGifts", "Import the gifts of a campaign from a file of its platform: CSV or XLSX", a.importGifts),
		raw(access.FinanceWrite, post, "/income/gifts/errors", "giftErrors", "What is wrong in a file of gifts, as CSV", a.giftErrors),
		op(access.FinanceRead, get, "/income/imports", "listImports", "List imports", a.listImports),
		op(access.FinanceWrite, post, "/income/imports/{id}/revert", "revertImport", "Take an import back", a.revertImport),
		op(access.FinanceRead, get, "/finance/dependence", "dependence", "Who pays how much of a year", a.dependence),
		op(access.FinanceRead, get, "/finance/diversification", "diversification", "Donors over years", a.diversification),
		op(access.FinanceRead, get, "/finance/earmarking", "earmarking", "Earmarking over years", a.earmarking),
		op(access.FinanceRead, get, "/board/packs", "listPacks", "List board packs", a.listPacks),
		op(access.FinanceWrite, post, "/board/packs", "askPack", "Ask for a board pack; it is made in the background and then stays as it is", a.askPack),
		raw(access.FinanceRead, get, "/board/packs.csv", "exportPacks", "Export the list of board packs as CSV", a.exportPacks),
		op(access.FinanceRead, get, "/board/packs/{id}", "getPack", "Get a board pack with its figures", a.getPack),
		op(access.FinanceWrite, post, "/board/packs/{id}/stop", "haltPack", "Stop the making of a board pack", a.haltPack),
		op(access.AdminWrite, del, "/board/packs/{id}", "deletePack", "Remove a board pack that was a mistake", a.deletePack),
		raw(access.FinanceRead, get, "/board/packs/{id}/pack.pdf", "packPDF", "A board pack as PDF, as it was made", a.packFile),
		raw(access.FinanceRead, get, "/board/packs/{id}/figures.json", "packFigures", "The figures of a board pack, as they are kept", a.packFigures),
		op(access.FinanceRead, get, "/embeds", "listEmbeds", "List links to charts", a.listEmbeds),
		op(access.FinanceWrite, post, "/embeds", "createEmbed", "Make a link under which a chart is seen without signing in", a.createEmbed),
		raw(access.FinanceRead, get, "/embeds.csv", "exportEmbeds", "Export links to charts as CSV", a.exportEmbeds),
		op(access.FinanceRead, del, "/embeds/{id}", "revokeEmbed", "Revoke a link: one's own, or as an administrator anybody's", a.revokeEmbed),

		op(access.FinanceRead, get, "/finance/dashboard", "dashboard", "The figures of a year beside their limits and targets", a.dashboard),
		op(access.FinanceRead, get, "/finance/forecast", "forecast", "Cash or accrued money of the next 36 months", a.forecast),
		op(access.FinanceRead, get, "/finance/forecast/{month}", "forecastMonth", "What the figures of one month of the forecast are made of", a.forecastMonth),
		raw(access.FinanceRead, get, "/finance/forecast/{month}/lines.csv", "exportForecastMonthCSV", "The lines behind a month of the forecast as CSV", a.exportForecastMonth(asCSV)),
		raw(access.FinanceRead, get, "/finance/forecast/{month}/lines.xlsx", "exportForecastMonthXLSX", "The lines behind a month of the forecast as XLSX", a.exportForecastMonth(asXLSX)),
		op(access.FinanceRead, get, "/finance/losses", "lossTest", "What the end of each donor would mean, the worst first", a.lossTest),
		raw(access.FinanceRead, get, "/finance/losses.csv", "exportLossesCSV", "The loss test as CSV", a.exportLossTest(asCSV)),
		raw(access.FinanceRead, get, "/finance/losses.xlsx", "exportLossesXLSX", "The loss test as XLSX", a.exportLossTest(asXLSX)),
		op(access.FinanceRead, get, "/finance/comparison", "compareScenarios", "The forecast of the base and of up to three scenarios", a.compareScenarios),
		op(access.FinanceRead, get, "/finance/lines", "scenarioLines", "What a scenario can change: instalments, opportunities, donors", a.scenarioLines),
		op(access.FinanceRead, get, "/scenarios", "listScenarios", "List scenarios", a.listScenarios),
		op(access.FinanceWrite, post, "/scenarios", "createScenario", "Save a scenario", a.createScenario),
		op(access.FinanceRead, get, "/scenarios/{id}", "getScenario", "Get a scenario", a.getScenario),
		op(access.FinanceWrite, put, "/scenarios/{id}", "updateScenario", "Change a scenario", a.updateScenario),
		op(access.FinanceWrite, del, "/scenarios/{id}", "deleteScenario", "Remove a scenario", a.deleteScenario),
		op(access.FinanceRead, get, "/targets", "listTargets", "List the board's targets", a.listTargets),
		op(access.TargetsWrite, post, "/targets", "createTarget", "Set a target", a.createTarget),
		op(access.FinanceRead, get, "/targets/{id}", "getTarget", "Get a target", a.getTarget),
		op(access.TargetsWrite, put, "/targets/{id}", "updateTarget", "Change a target", a.updateTarget),
		op(access.TargetsWrite, del, "/targets/{id}", "deleteTarget", "Remove a target", a.deleteTarget),
		op(access.FinanceRead, get, "/limits", "getLimits", "The limits that mark a figure", a.getLimits),
		op(access.TargetsWrite, put, "/limits", "setLimits", "Change the limits", a.setLimits),
		op(access.FinanceRead, get, "/fees", "listFees", "List the membership fees of years", a.listFees),
		op(access.FinanceWrite, post, "/fees", "createFee", "Set the membership fee of a year", a.createFee),
		op(access.FinanceRead, get, "/fees/overview", "feeOverview", "Members by years: what is due, paid and outstanding", a.feeOverview),
		raw(access.FinanceRead, get, "/fees/overview.csv", "exportFeesCSV", "Members by years as CSV", a.exportFees(asCSV)),
		raw(access.FinanceRead, get, "/fees/overview.xlsx", "exportFeesXLSX", "Members by years as XLSX", a.exportFees(asXLSX)),
		op(access.FinanceRead, get, "/fees/payers/{id}", "feeLines", "The lines behind what a member has paid for a year", a.feeLines),
		op(access.FinanceRead, get, "/fees/{id}", "getFee", "Get the membership fee of a year", a.getFee),
		op(access.FinanceWrite, put, "/fees/{id}", "updateFee", "Change the membership fee of a year", a.updateFee),
		op(access.FinanceWrite, del, "/fees/{id}", "deleteFee", "Remove the membership fee of a year", a.deleteFee),
		op(access.FinanceRead, get, "/reserves", "listReserves", "List reserve statements", a.listReserves),
		op(access.FinanceWrite, post, "/reserves", "createReserve", "Add a reserve statement", a.createReserve),
		raw(access.FinanceRead, get, "/reserves.csv", "exportReservesCSV", "Reserve statements as CSV", a.exportReserves(asCSV)),
		raw(access.FinanceRead, get, "/reserves.xlsx", "exportReservesXLSX", "Reserve statements as XLSX", a.exportReserves(asXLSX)),
		op(access.FinanceRead, get, "/reserves/{id}", "getReserve", "Get a reserve statement", a.getReserve),
		op(access.FinanceWrite, put, "/reserves/{id}", "updateReserve", "Change a reserve statement", a.updateReserve),
		op(access.FinanceWrite, del, "/reserves/{id}", "deleteReserve", "Remove a reserve statement", a.deleteReserve),
		op(access.FinanceRead, get, "/finance/reserve-months", "reserveMonths", "Months of free reserves by statement, beside the board's target", a.reserveMonths),
		op(access.FinanceRead, get, "/finance/realisation", "realisation", "Budget versus realisation of a year", a.realisation),
		raw(access.FinanceRead, get, "/finance/realisation.csv", "exportRealisationCSV", "Budget versus realisation as CSV", a.exportRealisation(asCSV)),
		raw(access.FinanceRead, get, "/finance/realisation.xlsx", "exportRealisationXLSX", "Budget versus realisation as XLSX", a.exportRealisation(asXLSX)),
		op(access.FinanceRead, get, "/budgets", "listBudgets", "List versions of budgets", a.listBudgets),
		op(access.FinanceWrite, post, "/budgets", "createBudget", "Add a draft of a year's budget", a.createBudget),
		op(access.FinanceRead, get, "/budgets/{id}", "getBudget", "Get a version of a budget", a.getBudget),
		op(access.FinanceWrite, put, "/budgets/{id}", "updateBudget", "Change a draft", a.updateBudget),
		op(access.FinanceWrite, post, "/budgets/{id}/adopt", "adoptBudget", "Record that the board adopted a draft; it is frozen", a.adoptBudget),
		op(access.FinanceWrite, del, "/budgets/{id}", "deleteBudget", "Remove a draft", a.deleteBudget),
		op(access.FinanceRead, get, "/expenses", "listExpenses", "List expenses", a.listExpenses),
		op(access.FinanceWrite, post, "/expenses", "createExpense", "Add an expense", a.createExpense),
		raw(access.FinanceRead, get, "/expenses.csv", "exportExpenses", "Export expenses as CSV", a.exportExpenses),
		raw(access.FinanceWrite, post, "/expenses/import", "importExpenses", "Import expenses from a file: CSV or XLSX", a.importExpenses),
		op(access.FinanceRead, get, "/expenses/imports", "listExpenseImports", "List imports of expenses", a.listExpenseImports),
		op(access.FinanceWrite, post, "/expenses/imports/{id}/revert", "revertExpenses", "Take an import of expenses back", a.revertExpenses),
		op(access.FinanceRead, get, "/expenses/{id}", "getExpense", "Get an expense", a.getExpense),
		op(access.FinanceWrite, put, "/expenses/{id}", "updateExpense", "Change an expense", a.updateExpense),
		op(access.FinanceWrite, del, "/expenses/{id}", "deleteExpense", "Remove an expense", a.deleteExpense),
		op(access.FinanceRead, get, "/projects", "listProjects", "List projects", a.listProjects),
		op(access.FinanceWrite, post, "/projects", "createProject", "Add a project", a.createProject),
		op(access.FinanceRead, get, "/projects/{id}", "getProject", "Get a project", a.getProject),
		op(access.FinanceWrite, put, "/projects/{id}", "updateProject", "Change a project", a.updateProject),
		op(access.FinanceWrite, del, "/projects/{id}", "deleteProject", "Remove a project that nothing names", a.deleteProject),
		op(access.FinanceRead, get, "/funds", "listFunds", "List funds", a.listFunds),
		op(access.FinanceWrite, post, "/funds", "createFund", "Add a fund", a.createFund),
		op(access.FinanceRead, get, "/funds/{id}", "getFund", "Get a fund", a.getFund),
		op(access.FinanceWrite, put, "/funds/{id}", "updateFund", "Change a fund", a.updateFund),
		op(access.FinanceWrite, del, "/funds/{id}", "deleteFund", "Remove a fund that nothing names", a.deleteFund),
		op(access.FundingRead, get, "/finance/strings", "callsTheTune", "What each donor attaches, beside its share of the income", a.callsTheTune),

		op(access.FundingRead, get, "/agreements", "listAgreements", "List agreements", a.listAgreements),
		op(access.FundingWrite, post, "/agreements", "createAgreement", "Add an agreement", a.createAgreement),
		raw(access.FundingRead, get, "/agreements.csv", "exportAgreements", "Export agreements as CSV", exportAs(asCSV, a.agreementExport)),
		raw(access.FundingRead, get, "/agreements.xlsx", "exportAgreementsXLSX", "Export agreements as a spreadsheet", exportAs(asXLSX, a.agreementExport)),
		op(access.FundingRead, get, "/agreements/{id}", "getAgreement", "Get an agreement, as it stands or as it stood on a day", a.getAgreement),
		op(access.FundingWrite, put, "/agreements/{id}", "updateAgreement", "Change an agreement", a.updateAgreement),
		op(access.FundingWrite, del, "/agreements/{id}", "deleteAgreement", "Remove a draft that was a mistake", a.deleteAgreement),
		op(access.FundingWrite, post, "/agreements/{id}/amendments", "amendAgreement", "Change what was signed, and keep what held before", a.amendAgreement),
		op(access.FundingWrite, post, "/agreements/{id}/instalments", "addInstalment", "Add an instalment", a.addInstalment),
		op(access.FundingWrite, put, "/agreements/{id}/instalments/{part}", "updateInstalment", "Change an instalment", a.updateInstalment),
		op(access.FundingWrite, put, "/agreements/{id}/instalments/{part}/state", "moveInstalment", "Say that a payment was requested or has come, or take it back", a.moveInstalment),
		op(access.FundingWrite, del, "/agreements/{id}/instalments/{part}", "deleteInstalment", "Take an instalment out", a.deleteInstalment),
		op(access.FundingWrite, get, "/agreements/{id}/requirements/proposed", "proposeRequirements", "What the rules propose for an agreement", a.proposeRequirements),
		op(access.FundingWrite, post, "/agreements/{id}/requirements", "addRequirements", "Add requirements, with their tasks", a.addRequirements),
		op(access.FundingWrite, put, "/agreements/{id}/requirements/{part}", "updateRequirement", "Change a requirement; its open tasks move with its day", a.updateRequirement),
		op(access.FundingWrite, put, "/agreements/{id}/requirements/{part}/state", "moveRequirement", "Say that a requirement was submitted, accepted, rejected or waived", a.moveRequirement),
		op(access.FundingWrite, del, "/agreements/{id}/requirements/{part}", "deleteRequirement", "Take a requirement out", a.deleteRequirement),
		op(access.FundingRead, get, "/requirement-rules", "getRequirementRules", "The rules that propose requirements", a.getRequirementRules),
		op(access.FundingWrite, put, "/requirement-rules", "setRequirementRules", "Change the rules", a.setRequirementRules),
		op(access.FundingRead, get, "/obligations", "listObligations", "What comes up under all agreements, in order of day", a.listObligations),
		raw(access.FundingRead, get, "/obligations.csv", "exportObligations", "Export what comes up as CSV", a.exportObligations),
		op(access.FundingRead, get, "/strings", "listStrings", "List strings: what donors attach to their money", a.listStrings),
		op(access.FundingWrite, post, "/strings", "createString", "Add a string", a.createString),
		raw(access.FundingRead, get, "/strings.csv", "exportStrings", "Export strings as CSV", a.exportStrings),
		op(access.FundingRead, get, "/strings/{id}", "getString", "Get a string", a.getString),
		op(access.FundingWrite, put, "/strings/{id}", "updateString", "Change or waive a string", a.updateString),
		op(access.FundingWrite, del, "/strings/{id}", "deleteString", "Remove a string that was a mistake", a.deleteString),
		op(access.FundingRead, get, "/diligence/cases", "listCases", "List cases of due diligence", a.listCases),
		op(access.FundingWrite, post, "/diligence/cases", "openCase", "Open a case of a donor, and hold it against the sanctions list", a.openCase),
		raw(access.FundingRead, get, "/diligence/cases.csv", "exportCases", "Export cases of due diligence as CSV", a.exportCases),
		op(access.FundingRead, get, "/diligence/cases/{id}", "getCase", "Get a case of due diligence", a.getCase),
		op(access.FundingWrite, put, "/diligence/cases/{id}", "updateCase", "Answer questions of an open case, and name documents", a.updateCase),
		op(access.FundingWrite, del, "/diligence/cases/{id}", "removeCase", "Take an open case out that was a mistake", a.removeCase),
		op(access.FundingRead, get, "/diligence/cases/{id}/preview", "previewDecision", "What a decision would do, and what stands in its way", a.previewCase),
		op(access.FundingWrite, post, "/diligence/cases/{id}/proposal", "proposeDecision", "Propose a decision, to which another person has to agree", a.proposeDecision),
		op(access.ReviewsWrite, post, "/diligence/cases/{id}/return", "returnProposal", "Take a proposal back, or say what is missing", a.returnProposal),
		op(access.ReviewsWrite, post, "/diligence/cases/{id}/decision", "decideCase", "Agree, as the second person, to what is proposed", a.decideCase),
		op(access.FundingRead, get, "/diligence/hits", "listHits", "List who may be on the sanctions list, by name", a.listHits),
		op(access.FundingRead, get, "/diligence/hits/{id}", "getHit", "Get a match with the sanctions list", a.getHit),
		op(access.FundingWrite, put, "/diligence/hits/{id}/judgement", "judgeHit", "Say whether a match is them, and by what beside the name", a.judgeHit),
		op(access.FundingRead, get, "/diligence/list", "sanctionsList", "The state of the sanctions list and of the screening", a.sanctionsList),
		op(access.FundingRead, get, "/diligence/policy", "getDonorPolicy", "The questions that a case is opened with", a.getDonorPolicy),
		op(access.FundingWrite, put, "/diligence/policy", "setDonorPolicy", "Change the questions; open cases keep theirs", a.setDonorPolicy),
		op(access.FundingRead, get, "/stakeholders/{id}/diligence", "donorDiligence", "How a donor stands, with its cases and matches", a.donorDiligence),
		op(access.FundingRead, get, "/awards", "listAwards", "List past awards of funders", a.listAwards),
		raw(access.FundingRead, get, "/awards.csv", "exportAwards", "Export awards as CSV", a.exportAwards),
		op(access.FundingRead, get, "/funders", "listFunders", "List funders of imported awards, those who gave most first", a.listFunders),
		raw(access.FundingRead, get, "/funders.csv", "exportFunders", "Export funders as CSV", a.exportFunders),
		op(access.FundingRead, get, "/award-parties/{id}", "getParty", "Get an organisation that a source of awards names", a.getParty),
		op(access.FundingWrite, put, "/award-parties/{id}", "linkParty", "Say which stakeholder such an organisation is", a.linkParty),
		op(access.FundingRead, get, "/award-parties/{id}/giving", "partyGiving", "What such an organisation has granted", a.partyGiving),
		op(access.FundingRead, get, "/stakeholders/{id}/giving", "giving", "What a stakeholder funds, as far as imported awards tell", a.giving),
		op(access.FundingRead, get, "/award-imports", "listAwardImports", "List imports of awards", a.listAwardImports),
		raw(access.FundingWrite, post, "/award-imports", "uploadAwards", "Upload a file of awards to be read: 360Giving, IATI or the EU's FTS", a.uploadAwards),
		op(access.FundingRead, get, "/award-imports/{id}", "getAwardImport", "Get an import of awards", a.getAwardImport),
		op(access.FundingWrite, del, "/award-imports/{id}", "discardAwardImport", "Discard an import of awards that was not applied", a.discardAwardImport),
		op(access.FundingRead, get, "/award-imports/{id}/plan", "awardPlan", "What was understood of a file of awards", a.awardPlan),
		op(access.FundingWrite, post, "/award-imports/{id}/check", "checkAwardImport", "Read a file of awards again that could not be read", a.checkAwardImport),
		op(access.FundingWrite, post, "/award-imports/{id}/apply", "applyAwardImport", "Import what a file of awards holds", a.applyAwardImport),
		op(access.FundingWrite, post, "/award-imports/{id}/stop", "stopAwardImport", "Stop reading or importing a file of awards", a.stopAwardImport),
		op(access.FundingRead, get, "/award-imports/{id}/rejects", "listAwardRejects", "What an import did not take, with the reason", a.listAwardRejects),
		raw(access.FundingRead, get, "/award-imports/{id}/rejects.csv", "exportAwardRejects", "The same as CSV", a.exportAwardRejects),
		op(access.FundingWrite, post, "/award-imports/{id}/revert", "revertAwardImport", "Take an import of awards back", a.revertAwardImport),

		op(access.SignedIn, get, "/search", "search", "Search everything the reader may see", a.search),

		op(access.AdminRead, get, "/privacy/requests", "listPrivacyRequests", "List erasures and subject exports", a.listPrivacyRequests),
		op(access.AdminRead, get, "/privacy/requests/{id}", "getPrivacyRequest", "Get an erasure or a subject export", a.getPrivacyRequest),
		op(access.AdminWrite, put, "/privacy/requests/{id}", "setErasureForms", "Say how texts name the person of an erasure", a.setErasureForms),
		op(access.AdminWrite, del, "/privacy/requests/{id}", "dropErasure", "Take back an erasure that is not confirmed", a.dropErasure),
		op(access.AdminWrite, post, "/privacy/erasures", "askErasure", "Ask for the plan of an erasure", a.askErasure),
		op(access.AdminWrite, post, "/privacy/requests/{id}/confirm", "confirmErasure", "Erase the person", a.confirmErasure),
		op(access.AdminRead, get, "/privacy/requests/{id}/texts", "erasureTexts", "Texts that an erasure would rewrite, as far as the reader may see them", a.erasureTexts),

		op(access.AdminWrite, post, "/privacy/exports", "askExport", "Ask for what is held about a person", a.askExport),
		raw(access.AdminRead, get, "/privacy/requests/{id}/archive.zip", "subjectArchive", "What is held about a person, as one archive", a.subjectArchive),
		op(access.AdminRead, get, "/privacy/words", "getSensitiveWords", "The words that make forms warn", a.getSensitiveWords),
		op(access.AdminWrite, put, "/privacy/words", "setSensitiveWords", "Change the words", a.setSensitiveWords),
		op(access.SignedIn, post, "/privacy/check", "checkText", "Words in a text that suggest data Piper should not hold; nothing is kept", a.checkText),
		op(access.AdminRead, get, "/privacy/reviews", "listReviews", "List persons up for review", a.listReviews),
		raw(access.AdminRead, get, "/privacy/reviews.csv", "exportReviews", "Export persons up for review as CSV", a.exportReviews),
		op(access.AdminWrite, post, "/privacy/reviews/keep", "keepPersons", "Keep persons until a day", a.keepPersons),
		op(access.AdminRead, get, "/privacy/retention", "getRetention", "The rules of retention", a.getRetention),
		op(access.AdminWrite, post, "/privacy/retention/dry-run", "dryRunRetention", "Count what the rules would remove", a.dryRunRetention),
		op(access.AdminWrite, put, "/privacy/retention/rules/{name}", "setRetentionRule", "Switch a rule on or off, or change its days", a.setRetentionRule),

		op(access.AdminRead, get, "/jobs", "listJobs", "The timetable", a.listJobs),
		op(access.AdminWrite, post, "/jobs/{name}/run", "runJob", "Run a job now", a.runJob),
		op(access.AdminRead, get, "/runs", "listRuns", "List runs", a.listRuns),
		op(access.AdminRead, get, "/runs/{id}", "getRun", "Get a run", a.getRun),
		op(access.AdminWrite, post, "/runs/{id}/stop", "stopRun", "Stop a run", a.stopRun),
		op(access.AdminRead, get, "/webhooks", "listWebhooks", "List webhooks", a.listWebhooks),
		op(access.AdminWrite, post, "/webhooks", "createWebhook", "Add a webhook; its secret is in this answer alone", a.createWebhook),
		op(access.AdminRead, get, "/webhooks/{id}", "getWebhook", "Get a webhook", a.getWebhook),
		op(access.AdminWrite, put, "/webhooks/{id}", "updateWebhook", "Change a webhook", a.updateWebhook),
		op(access.AdminWrite, del, "/webhooks/{id}", "deleteWebhook", "Remove a webhook with what waits for it", a.deleteWebhook),
		op(access.AdminWrite, put, "/webhooks/{id}/paused", "pauseWebhook", "Pause a webhook, or let it go on", a.pauseWebhook),
		op(access.AdminWrite, post, "/webhooks/{id}/secret", "rotateWebhook", "Make a new secret; it is in this answer alone", a.rotateWebhook),
		op(access.AdminWrite, post, "/webhooks/{id}/test", "testWebhook", "Send a test to a webhook", a.testWebhook),
		op(access.AdminWrite, post, "/webhooks/{id}/replay", "replayWebhook", "Send again all that a webhook failed to take", a.replayWebhook),
		op(access.AdminRead, get, "/webhooks/{id}/deliveries", "listDeliveries", "The log of deliveries, the newest first", a.listDeliveries),
		raw(access.AdminRead, get, "/webhooks/{id}/deliveries.csv", "exportDeliveries", "The log of deliveries as CSV", a.exportDeliveries),
		op(access.AdminWrite, post, "/webhooks/{id}/deliveries/{delivery}/replay", "replayDelivery", "Send one delivery again", a.replayDelivery),
		op(access.AdminRead, get, "/audit", "listAudit", "The audit journal", a.listAudit),
		op(access.AdminRead, get, "/audit/verify", "verifyAudit", "Verify the audit journal", a.verifyAudit),
	}
}

// beside is what Piper answers beside its API.
func (a *API) beside() []route {
	return []route{
		raw(access.Public, http.MethodGet, "/healthz", "healthz", "Whether Piper is well", a.healthz),
		raw(access.Public, http.MethodGet, "/metrics", "metrics", "Figures for Prometheus", gin.WrapH(a.Metrics.Handler())),
		// Public with a secret in the address, as calendar programs cannot sign in.
		raw(access.Public, http.MethodGet, feedPath+"{secret}", "feed", "A calendar, for whoever knows its address", a.serveFeed),
		// Public with a signature in the address, as it is shown in pages of others.
		raw(access.Public, http.MethodGet, embedPath+"{address}", "embed", "One chart, for whoever has its link", a.serveEmbed),
		raw(access.Public, http.MethodGet, "/api/openapi.json", "openapi", "This API as OpenAPI 3.1", a.serveOpenAPI),
	}
}

// mount registers the table on the engine and hands back the permission of every registered pattern.
func (a *API) mount(engine *gin.Engine) (huma.API, map[string]access.Permission) {
	installProblems()
	cfg := huma.DefaultConfig("Piper", "1")
	cfg.CreateHooks = nil
	cfg.DocsPath, cfg.SchemasPath, cfg.OpenAPIPath = "", "", ""
	cfg.RejectUnknownQueryParameters = true
	cfg.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	h := humagin.New(engine, cfg)

	perms := map[string]access.Permission{}
	table := a.beside()
	for _, r := range append(a.routes(), a.chartRoutes()...) {
		r.path = base + r.path
		table = append(table, r)
	}
	for _, r := range table {
		pattern := strings.NewReplacer("{", ":", "}", "").Replace(r.path)
		perms[r.method+" "+pattern] = r.perm
		o := huma.Operation{OperationID: r.id, Method: r.method, Path: r.path, Summary: r.summary, Description: "Permission: " + string(r.perm),
			Tags: []string{strings.Split(strings.TrimPrefix(r.path, base+"/"), "/")[0]}}
		if r.raw != nil {
			engine.Handle(r.method, pattern, r.raw)
			describe(h, o)
			continue
		}
		if r.method == http.MethodPost {
			o.DefaultStatus = http.StatusOK
		}
		r.typed(h, o)
	}
	return h, perms
}

// describe puts an operation that writes its own answer into the API's description.
func describe(h huma.API, o huma.Operation) {
	for part := range strings.SplitSeq(o.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			o.Parameters = append(o.Parameters, &huma.Param{Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
	o.Responses = map[string]*huma.Response{"200": {Description: o.Summary}}
	h.OpenAPI().AddOperation(&o)
}

// checkTable refuses to start with a route that the table does not name.
func checkTable(engine *gin.Engine, perms map[string]access.Permission) error {
	for _, r := range engine.Routes() {
		if _, ok := perms[r.Method+" "+r.Path]; !ok {
			return fmt.Errorf("route %s %s is not in the route table, so nobody has said who may use it", r.Method, r.Path)
		}
	}
	return nil
}
