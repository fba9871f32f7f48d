// Package privacy answers for what is kept of persons: it erases somebody from every collection, hands out
// what is held about them, lists whom nobody has had contact with for long, removes what has been kept long
// enough, and warns of words that suggest special categories of data (Article 9 GDPR).
//
// An erasure is a run that lives in the store: planning → planned → working → scrubbing → done. Everything
// between is safe to do again, so a job goes on after a kill wherever it was. It walks what collections declare
// (Ref.OnErase) and rewrites every text, so that a noun made tomorrow is reached without code here; what the
// walk cannot do, a room does itself as a Step.
package privacy

import (
	"context"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Kind is what a request asks for.
type Kind string

// The kinds.
const (
	Export  Kind = "export"
	Erasure Kind = "erasure"
)

// State says how far a request is.
type State string

// The states. An export is done when it is asked for: the archive is made whenever it is fetched.
const (
	Planning  State = "planning"  // the job works out what it would do
	Planned   State = "planned"   // a person looks at that; nothing is changed yet
	Working   State = "working"   // confirmed: it can no longer be taken back
	Scrubbing State = "scrubbing" // nothing names the person any more; the store's files are written anew
	Done      State = "done"
)

// Grounds are why somebody is erased: the cases of Article 17(1) GDPR, and that the time of keeping is over.
var Grounds = []string{"no-longer-needed", "consent-withdrawn", "objection", "unlawful", "legal-duty", "retention"}

// DataRequest is an erasure or an export. While an erasure is under way it knows whom it is about; once it is done
// it holds keyed hashes, by which one who knows the name can find it, and nothing that tells it.
type DataRequest struct {
	store.Meta
	Kind          Kind          `json:"kind" enum:"export,erasure"`
	State         State         `json:"state" enum:"planning,planned,working,scrubbing,done"`
	StakeholderID string        `json:"stakeholderId,omitempty"`
	OpenFor       string        `json:"openFor,omitempty" doc:"the stakeholder, while an erasure is open: there is one at a time"`
	Name          string        `json:"name,omitempty"`
	Hashes        []string      `json:"hashes" nullable:"false" doc:"keyed, of the name and the addresses"`
	Code          string        `json:"code,omitempty" doc:"of the pseudonym"`
	PseudonymID   string        `json:"pseudonymId,omitempty" doc:"the stakeholder in whose name the books go on"`
	Forms         []NameForm    `json:"forms" nullable:"false" doc:"how texts name the person"`
	Chosen        bool          `json:"chosen,omitempty" doc:"somebody has edited the forms"`
	Texts         bool          `json:"texts" doc:"put the pseudonym in the place of these forms"`
	Counts        []Effect      `json:"counts" nullable:"false"`
	ByID          string        `json:"byId"`
	By            string        `json:"by"`
	Ground        string        `json:"ground,omitempty"`
	Reason        string        `json:"reason,omitempty"`
	ConfirmedAt   store.Instant `json:"confirmedAt,omitempty"`
	DoneAt        store.Instant `json:"doneAt,omitempty"`
	Begun         bool          `json:"begun,omitempty"`
	Withheld      int           `json:"withheld,omitempty" doc:"of an export: records that colleagues keep private"`
	Problem       string        `json:"problem,omitempty" doc:"why it came to a stop, a sentence; it is tried again"`
}

// Target is the person as rooms are told in an erasure.
type Target struct {
	ErasureID, StakeholderID string
	Addresses                []string
	Pseudonym                Pseudonym
	Named                    func(text string) bool // whether a text names the person
	// Rewrite puts the pseudonym in the place of the person in a JSON document that a room keeps as bytes; false where
	// the document has nothing of them.
	Rewrite func(doc []byte) ([]byte, bool, error)
}

// Step is what a room does itself in an erasure, because the walk over declarations cannot. Do is safe to do
// again; dry counts and changes nothing.
type Step struct {
	Do func(ctx context.Context, t Target, dry bool) (Effect, error)
	// Covers are the collections whose part in the preview it tells instead of the walk.
	Covers []string
}

// Options are what a Repo works with.
type Options struct {
	People  People
	Journal *audit.Journal
	Steps   []Step
	// Confirmed is called in the transaction that confirms an erasure: mail stops taking the addresses in.
	Confirmed func(ctx context.Context, t Target) error
	// Digest gives a keyed hash of a text.
	Digest func(text string) string
	// Colleagues gives the names of all accounts.
	Colleagues func(ctx context.Context) (map[string]string, error)
	// AskHolder asks an account, by a task, for the n records that it keeps private of a person who wants to know
	// what is held about them. It is called in the transaction of the request.
	AskHolder func(ctx context.Context, accountID string, p *Person, n int) error
	// EachContact calls fn for every contact with somebody: meetings, conversations, notes and mail.
	EachContact func(ctx context.Context, fn func(stakeholderID string, at store.Instant)) error
	// Rules are what may be removed when it has been kept long enough.
	Rules []Rule
}

// Names of this room's collections.
const (
	requestsName = "privacy_requests"
	wordsName    = "privacy_words"
	settingsName = "privacy_retention"
)

// packFiles is the collection of board packs as they were made: figures and PDF, as bytes.
const packFiles = "board_pack_files"

// Repo keeps requests and carries them out.
type Repo struct {
	Options
	db        *store.DB
	requests  *store.Collection[DataRequest]
	words     *store.Collection[SensitiveWords]
	retention *store.Collection[Retention]
	reviews   *store.Collection[Review]
	keeps     *store.Collection[Keeping]
}

// NewRepo declares the collections. Requests are not audited: an entry of the journal would keep the name that an
// erasure takes away, so what is done is recorded as events without it.
func NewRepo(db *store.DB, o Options) *Repo {
	r := &Repo{Options: o, db: db,
		words:     store.Declare(db, store.Spec[SensitiveWords]{Name: wordsName, Audited: true}),
		retention: store.Declare(db, store.Spec[Retention]{Name: settingsName, Audited: true}),
		requests: store.Declare(db, store.Spec[DataRequest]{
			Name: requestsName,
			Fields: []driver.Field{{Path: "kind"}, {Path: "state"}, {Path: "openFor"}, {Path: "stakeholderId"}, {Path: "createdAt"},
				{Path: "pseudonymId"}, {Path: "hashes", Multi: true}},
			Unique:  [][]string{{"openFor"}},
			Indexes: [][]driver.Key{{{Path: "createdAt", Desc: true}}, {{Path: "state"}}, {{Path: "stakeholderId"}}, {{Path: "pseudonymId"}}, {{Path: "hashes"}}},
			Refs: []store.Ref{
				{Field: "stakeholderId", Collection: stakeholders, OnMerge: "repoint", OnErase: "keep"},
				{Field: "openFor", Collection: stakeholders, OnMerge: "repoint", OnErase: "keep"},
				{Field: "pseudonymId", Collection: stakeholders, OnMerge: "repoint", OnErase: "keep"},
			},
		}),
	}
	r.declareReviews(db)
	return r
}

// NoneOpen objects to a merge of two of whom one is being erased: what was planned and confirmed is about one of them.
func (r *Repo) NoneOpen(ctx context.Context, survivorID, loserID string) error {
	req, err := r.requests.First(ctx, filter.In{Field: "openFor", Values: []any{survivorID, loserID}})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Busy, "An erasure of %s is under way. Finish or drop it, then merge.", req.Name)
}

// Search says which requests a list shows. Empty fields do not narrow it.
type Search struct {
	Kind, State, StakeholderID string
	Subject                    string // a name or an address, to find what was erased
}

// Requests gives a page of requests, the newest first.
func (r *Repo) Requests(ctx context.Context, s Search, q store.Query) (store.Page[DataRequest], error) {
	w := filter.And{}
	for field, value := range map[string]string{"kind": s.Kind, "state": s.State, "stakeholderId": s.StakeholderID} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.Subject != "" {
		w = append(w, filter.Has{Field: "hashes", Values: []any{r.hash(s.Subject)}})
	}
	q.Where, q.Sort = w, []driver.Key{{Path: "createdAt", Desc: true}}
	return r.requests.Page(ctx, q)
}

// Request gives one.
func (r *Repo) Request(ctx context.Context, id string) (*DataRequest, error) {
	return r.requests.Get(ctx, id)
}

// hash is what is kept of a name or an address.
func (r *Repo) hash(text string) string { return r.Digest("data subject " + store.Fold(text)) }

func (r *Repo) hashesOf(p *Person) []string {
	list := []string{}
	for _, text := range append(append([]string{p.Name}, p.OtherNames...), p.Addresses...) {
		list = append(list, r.hash(text))
	}
	return list
}

// labels are what the records of a collection are called in sentences.
var labels = map[string]string{
	"stakeholders": "Stakeholders", "affiliations": "Affiliations", "relations": "Relations", "positions": "Positions", "interactions": "Interactions",
	"tasks": "Tasks", "follows": "Followed by colleagues", "income": "Income lines", "messages": "Mail", "bodies": "Texts of mail",
	"threads": "Conversations", "ties": "How well we know them", "tiedetails": "How well we know them: details",
	"suspects": "Possible duplicates", "merges": "Merges", "merge_parts": "Merges: details", "edit_rows": "Bulk edits: rows",
	"edits": "Bulk edits", "stakeholder_import_rows": "Imports: rows", "stakeholder_imports": "Imports", "views": "Saved views",
	"calls": "Calls", "call_payloads": "Calls as fetched", "runs": "Runs of jobs", "journal": "Audit journal", "tasktemplates": "Templates of tasks",
	"opportunities": "Opportunities", "agreements": "Agreements", "instalments": "Instalments", "requirements": "Requirements",
	"reviews": "Reviews due", "keepings": "Decisions to keep", "digests": "Mails of the day", "copies": "Old copies of the store", packFiles: "Board packs", "stakeholder_import_files": "Imports: files",
	"addresschanges": "Changes of addresses", "deliveries": "Deliveries of webhooks", "bank_entries": "Payments at the bank",
	"bank_statements": "Bank statements", "payer_accounts": "Accounts of payers", "expenses": "Expenses", "gifts": "Gifts to campaigns", "fee_years": "Membership fees",
	"income_imports": "Imports of income", "award_parties": "Funders and recipients",
	"award_rejects": "Imports of awards: rejects", "award_plans": "Imports of awards: what was read", "award_import_files": "Imports of awards: files", "awards": "Awards", "diligence_cases": "Due diligence", "sanction_hits": "Likenesses on the sanctions list",
	"sanction_looks": "Comparisons with the sanctions list", "strings": "Strings", "board_packs": "Board packs", "chart_embeds": "Links to charts",
	"scenarios": "Scenarios", "contacts": "Contacts by mail", "asides": "Mail set aside", "unreadables": "Mail that cannot be read",
}

func labelOf(collection string) string {
	if l, ok := labels[collection]; ok {
		return l
	}
	return plainName(collection)
}
