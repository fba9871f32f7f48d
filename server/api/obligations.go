package api

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/feed"
	"piper/internal/funding"
	"piper/internal/ics"
	"piper/internal/store"
)

// ObligationFilter is what narrows a calendar of obligations.
type ObligationFilter struct {
	From    store.Date             `query:"from" maxLength:"10" doc:"first day"`
	To      store.Date             `query:"to" maxLength:"10" doc:"last day"`
	Kind    funding.ObligationKind `query:"kind" enum:"instalment,requirement,term,string,diligence"`
	Owner   string                 `query:"ownerId" maxLength:"60" doc:"an account, or me"`
	Donor   string                 `query:"donorId" maxLength:"60" doc:"who pays, or whose money it is"`
	State   string                 `query:"state" enum:"open,done,overdue"`
	Pending bool                   `query:"pending" doc:"open and overdue ones only"`
}

func (f ObligationFilter) search(ctx context.Context) funding.ObligationSearch {
	return funding.ObligationSearch{From: f.From, To: f.To, Kind: f.Kind, OwnerID: me(ctx, f.Owner), DonorID: f.Donor, State: f.State, Pending: f.Pending}
}

// ObligationView is an obligation with the names of today.
type ObligationView struct {
	funding.Obligation
	DonorName string `json:"donorName"`
	OwnerName string `json:"ownerName,omitempty"`
}

type listObligationsInput struct{ ObligationFilter }

type listObligationsOutput struct {
	Body struct {
		Items []ObligationView `json:"items" nullable:"false" doc:"in order of day"`
		Total int              `json:"total"`
		Today store.Date       `json:"today"`
	}
}

func (a *API) listObligations(ctx context.Context, in *listObligationsInput) (*listObligationsOutput, error) {
	list, err := a.obligations(ctx, in.search(ctx))
	if err != nil {
		return nil, err
	}
	out := &listObligationsOutput{}
	out.Body.Items, out.Body.Total, out.Body.Today = list, len(list), a.Agreements.Today()
	return out, nil
}

func (a *API) obligations(ctx context.Context, s funding.ObligationSearch) ([]ObligationView, error) {
	list, err := a.Agreements.Obligations(ctx, s)
	if err != nil {
		return nil, err
	}
	us, err := a.Accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	donors := make([]string, len(list))
	for i := range list {
		donors[i] = list[i].DonorID
	}
	names, err := a.Stakeholders.Names(ctx, donors)
	if err != nil {
		return nil, err
	}
	views := make([]ObligationView, len(list))
	for i, o := range list {
		views[i] = ObligationView{o, names[o.DonorID], us[o.OwnerID]}
	}
	return views, nil
}

// exportObligations writes the calendar as CSV, in order of day.
func (a *API) exportObligations(c *gin.Context) {
	ctx := c.Request.Context()
	out := startCSV(c, "obligations.csv", "date", "kind", "detail", "title", "agreement", "donor", "owner", "state", "amount", "currency")
	list, err := a.obligations(ctx, ObligationFilter{store.Date(c.Query("from")), store.Date(c.Query("to")), funding.ObligationKind(c.Query("kind")), c.Query("ownerId"),
		c.Query("donorId"), c.Query("state"), c.Query("pending") == "true"}.search(ctx))
	for i := 0; err == nil && i < len(list); i++ {
		o, currency := &list[i], ""
		if o.Amount != nil {
			currency = o.Amount.Currency
		}
		err = out.row(string(o.Date), string(o.Kind), o.Detail, o.Title, o.Agreement, o.DonorName, o.OwnerName, o.State, decimal(o.Amount), currency)
	}
	out.finish(err)
}

// obligationWords are how a calendar calls what comes up.
var obligationWords = map[funding.ObligationKind]string{
	funding.ObligationInstalment: "Payment due: ", funding.ObligationRequirement: "", funding.ObligationTerm: "Term ends: ", funding.ObligationString: "String ",
	funding.ObligationDiligence: "",
}

// obligationEvents gives what is open or overdue under all agreements, without amounts: a calendar is often shown to
// others.
func (a *API) obligationEvents(ctx context.Context, f *feed.Feed) ([]ics.Event, error) {
	if err := access.Require(ctx, access.FundingRead); err != nil {
		return nil, err
	}
	list, err := a.obligations(ctx, funding.ObligationSearch{Pending: true})
	if err != nil {
		return nil, err
	}
	events := []ics.Event{}
	words := strings.Fields(store.Fold(f.Words))
	for _, o := range list {
		title := obligationWords[o.Kind] + o.Title
		if o.Kind == funding.ObligationString {
			title = obligationWords[o.Kind] + o.Detail + ": " + o.Title
		}
		text := strings.TrimSpace(o.Agreement + "\n" + o.DonorName + "\n" + o.OwnerName)
		if len(events) < maxEvents && holds(store.Fold(title+" "+text), words) {
			events = append(events, ics.Event{UID: o.ID + "@piper", Title: title, Text: text, Day: string(o.Date), Modified: o.Modified.Time()})
		}
	}
	return events, nil
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// me is an account, or the reader's own where a caller says me.
func me(ctx context.Context, account string) string {
	if account == "me" {
		return access.From(ctx).AccountID
	}
	return account
}
