// Package access is the one place that says who may see and do what: the table of roles and
// permissions, the reader that travels in the context, and the sight tokens that every query carries.
package access

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store"
)

// Role is the access role of an account.
type Role string

// The access roles of DESIGN.md §5.
const (
	Administrator Role = "administrator"
	Fundraiser    Role = "fundraiser"
	Advocate      Role = "advocate"
	Board         Role = "board"
)

// Roles lists every access role.
var Roles = []Role{Administrator, Fundraiser, Advocate, Board}

// Permission is "noun:read" or "noun:write"; every operation of the API names one.
type Permission string

// The permissions. Public needs no sign-in; SignedIn needs no more than that.
const (
	Public            Permission = "public"
	SignedIn          Permission = "signed-in"
	StakeholdersRead  Permission = "stakeholders:read"
	StakeholdersWrite Permission = "stakeholders:write"
	EngagementRead    Permission = "engagement:read"  // interactions, tasks, templates
	EngagementWrite   Permission = "engagement:write" // the same, and whom one follows
	AdvocacyRead      Permission = "advocacy:read"    // positions, priorities
	AdvocacyWrite     Permission = "advocacy:write"
	CallsRead         Permission = "calls:read"
	CallsWrite        Permission = "calls:write"
	FinanceRead       Permission = "finance:read"  // income, budgets, figures, charts
	FinanceWrite      Permission = "finance:write" // the same, and imports of them
	TargetsWrite      Permission = "targets:write" // the board's targets and limits; who reads finance reads them
	FundingRead       Permission = "funding:read"  // pipeline, agreements, due diligence; amounts need AmountsRead
	FundingWrite      Permission = "funding:write"
	ReviewsWrite      Permission = "reviews:write" // to agree, as the second person, to a decision on a donor
	AmountsRead       Permission = "amounts:read"  // how much money, in pipeline and agreements
	MailRead          Permission = "mail:read"     // own and shared with them only
	MailWrite         Permission = "mail:write"    // own mailboxes, sharing of own threads
	ViewsRead         Permission = "views:read"    // saved views of lists: own and shared
	ViewsWrite        Permission = "views:write"
	AdminRead         Permission = "admin:read" // accounts, sources, jobs, mailbox settings, audit
	AdminWrite        Permission = "admin:write"
)

// table is DESIGN.md §5, one row per permission. What is not in it nobody may do.
var table = map[Permission][]Role{
	StakeholdersRead:  {Administrator, Fundraiser, Advocate, Board},
	StakeholdersWrite: {Administrator, Fundraiser, Advocate},
	EngagementRead:    {Administrator, Fundraiser, Advocate, Board},
	EngagementWrite:   {Administrator, Fundraiser, Advocate},
	AdvocacyRead:      {Administrator, Fundraiser, Advocate, Board},
	AdvocacyWrite:     {Advocate},
	CallsRead:         {Administrator, Fundraiser, Advocate, Board},
	CallsWrite:        {Administrator, Fundraiser, Advocate},
	FinanceRead:       {Administrator, Fundraiser, Board},
	FinanceWrite:      {Fundraiser},
	TargetsWrite:      {Fundraiser, Board},
	FundingRead:       {Administrator, Fundraiser, Advocate, Board},
	FundingWrite:      {Fundraiser},
	ReviewsWrite:      {Fundraiser, Board},
	AmountsRead:       {Administrator, Fundraiser, Board},
	MailRead:          {Administrator, Fundraiser, Advocate},
	MailWrite:         {Administrator, Fundraiser, Advocate},
	ViewsRead:         {Administrator, Fundraiser, Advocate, Board},
	ViewsWrite:        {Administrator, Fundraiser, Advocate, Board},
	AdminRead:         {Administrator},
	AdminWrite:        {Administrator},
}

// Reader is who asks: an account, or Piper itself.
type Reader struct {
	AccountID string
	Name      string
	Role      Role
	ReadOnly  bool // signed in by a token of scope read
	system    bool
}

// May reports whether the reader holds the permission.
func (r Reader) May(p Permission) bool {
	if p == Public || r.system {
		return true
	}
	if r.AccountID == "" {
		return false
	}
	if p == SignedIn {
		return true
	}
	if r.ReadOnly && len(p) > 6 && p[len(p)-6:] == ":write" {
		return false
	}
	for _, role := range table[p] {
		if role == r.Role {
			return true
		}
	}
	return false
}

// System reports whether the reader is Piper itself.
func (r Reader) System() bool { return r.system }

// Permissions lists what the reader may do, for the screens.
func (r Reader) Permissions() []Permission {
	list := []Permission{}
	for _, p := range []Permission{StakeholdersRead, StakeholdersWrite, EngagementRead, EngagementWrite, AdvocacyRead, AdvocacyWrite, CallsRead,
		CallsWrite, FinanceRead, FinanceWrite, TargetsWrite, FundingRead, FundingWrite, ReviewsWrite, AmountsRead, MailRead, MailWrite, ViewsRead, ViewsWrite, AdminRead, AdminWrite} {
		if r.May(p) {
			list = append(list, p)
		}
	}
	return list
}

type key struct{}

// With gives a context in which r is the reader: every query carries what r may see, every write is
// audited as r's.
func With(ctx context.Context, r Reader) context.Context {
	ctx = context.WithValue(ctx, key{}, r)
	if r.system {
		return store.WithSight(ctx, store.Sight{All: true})
	}
	return store.WithSight(ctx, store.Sight{Tokens: []string{OwnerToken(r.AccountID), TeamToken}})
}

// AsSystem gives a context for work that Piper does by itself (jobs, migrations, sign-in). name says
// which, for the audit: "job calls".
func AsSystem(ctx context.Context, name string) context.Context {
	return With(ctx, Reader{Name: name, system: true})
}

// Everything gives a context in which the reader's work reaches every document, for what must be done to
// all of them or to none once the reader was allowed to ask for it: a merge, an erasure. Who does it stays
// on record; what is read this way is not shown.
func Everything(ctx context.Context) context.Context {
	return store.WithSight(ctx, store.Sight{All: true})
}

// OnBehalf is AsSystem for work that an account has asked for: it is audited as that account's.
func OnBehalf(ctx context.Context, accountID, name string) context.Context {
	return With(ctx, Reader{AccountID: accountID, Name: name, system: true})
}

// From gives the reader of ctx; the zero Reader may do nothing.
func From(ctx context.Context) Reader {
	r, _ := ctx.Value(key{}).(Reader)
	return r
}

// Mine reads the word "me" as the account of the reader of ctx, so that what people share about their own means to
// each theirs.
func Mine(ctx context.Context) func(accountID string) string {
	return func(id string) string {
		if id == "me" {
			return From(ctx).AccountID
		}
		return id
	}
}

// Require gives an Unauthenticated or Forbidden fault unless the reader of ctx holds p.
func Require(ctx context.Context, p Permission) error {
	r := From(ctx)
	writer := r
	writer.ReadOnly = false
	switch {
	case r.May(p):
		return nil
	case r.AccountID == "":
		return fault.New(fault.Unauthenticated, "Please sign in.")
	case writer.May(p):
		return fault.New(fault.Forbidden, "This token may read only. It takes one of scope write.")
	default:
		return fault.New(fault.Forbidden, "Your role does not allow this.")
	}
}

// TeamToken in a document's sight lets every account of the secretariat that may read the noun see it.
const TeamToken = "team"

// OwnerToken in a document's sight lets that account see it.
func OwnerToken(accountID string) string { return "acc:" + accountID }
