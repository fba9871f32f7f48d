package api

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/funding"
	"piper/internal/report"
	"piper/internal/store"
)

// StringFilter is what narrows a list of strings.
type StringFilter struct {
	Donor     string `query:"donorId" maxLength:"60"`
	Agreement string `query:"agreementId" maxLength:"60"`
	Kind      string `query:"kind" enum:"pledge,veto,data,exclusivity,audit,other"`
	Severity  int    `query:"severity" minimum:"1" maximum:"3" doc:"at least this grave"`
	Binding   bool   `query:"binding" doc:"only what binds us today"`
}

func (f StringFilter) search() funding.StringSearch {
	return funding.StringSearch{DonorID: f.Donor, AgreementID: f.Agreement, Kind: f.Kind, Severity: f.Severity, Binding: f.Binding}
}

// StringView is a string with the names of today.
type StringView struct {
	funding.String
	DonorName      string `json:"donorName"`
	AgreementTitle string `json:"agreementTitle,omitempty"`
	Binds          bool   `json:"binds" doc:"it binds us today"`
}

func (a *API) stringViews(ctx context.Context, list []*funding.String) ([]StringView, error) {
	var donors, agreements []string
	for _, s := range list {
		donors = append(donors, s.DonorID)
		if s.AgreementID != "" {
			agreements = append(agreements, s.AgreementID)
		}
	}
	names, err := a.Stakeholders.Names(ctx, donors)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	if len(agreements) > 0 {
		if titles, err = a.Agreements.Titles(ctx, agreements); err != nil {
			return nil, err
		}
	}
	views, today := make([]StringView, len(list)), a.Agreements.Today()
	for i, s := range list {
		views[i] = StringView{*s, names[s.DonorID], titles[s.AgreementID], s.Binds(today)}
	}
	return views, nil
}

type listStringsInput struct {
	ListInput
	StringFilter
}

type stringPage struct {
	Items        []StringView `json:"items" nullable:"false"`
	Total        int          `json:"total"`
	TotalIsFloor bool         `json:"totalIsFloor,omitempty"`
	Next         string       `json:"next,omitempty"`
}

type listStringsOutput struct{ Body stringPage }

func (a *API) listStrings(ctx context.Context, in *listStringsInput) (*listStringsOutput, error) {
	q, err := in.query(funding.StringSorts, "-severity")
	if err != nil {
		return nil, err
	}
	page, err := a.Agreements.Strings(ctx, in.search(), q)
	if err != nil {
		return nil, err
	}
	views, err := a.stringViews(ctx, page.Items)
	return &listStringsOutput{stringPage{views, page.Total, page.TotalIsFloor, page.Next}}, err
}

type stringOutput struct {
	ETag string `header:"ETag"`
	Body *StringView
}

func (a *API) savedString(ctx context.Context, s *funding.String, err error) (*stringOutput, error) {
	if err != nil {
		return nil, err
	}
	views, err := a.stringViews(ctx, []*funding.String{s})
	if err != nil {
		return nil, err
	}
	return &stringOutput{etag(s.Rev), &views[0]}, nil
}

func (a *API) getString(ctx context.Context, in *IDInput) (*stringOutput, error) {
	s, err := a.Agreements.GetString(ctx, in.ID)
	return a.savedString(ctx, s, err)
}

// StringBody is what a person may write of a string.
type StringBody struct {
	DonorID     string     `json:"donorId,omitempty" maxLength:"60" doc:"whose money the agreement is, where empty"`
	AgreementID string     `json:"agreementId,omitempty" maxLength:"60"`
	Kind        string     `json:"kind" enum:"pledge,veto,data,exclusivity,audit,other"`
	Severity    int        `json:"severity" minimum:"1" maximum:"3"`
	Text        string     `json:"text" minLength:"1" maxLength:"2000"`
	Clause      string     `json:"clause,omitempty" maxLength:"500"`
	From        store.Date `json:"from,omitempty" maxLength:"10"`
	To          store.Date `json:"to,omitempty" maxLength:"10"`
	Waived      bool       `json:"waived,omitempty" doc:"the donor has given it up"`
}

func (b StringBody) onto(s *funding.String) {
	s.DonorID, s.AgreementID, s.Kind, s.Severity, s.Text, s.Clause = b.DonorID, b.AgreementID, b.Kind, b.Severity, b.Text, b.Clause
	s.From, s.To, s.Waived = b.From, b.To, b.Waived
}

type createStringInput struct{ Body StringBody }

func (a *API) createString(ctx context.Context, in *createStringInput) (*stringOutput, error) {
	s := &funding.String{}
	in.Body.onto(s)
	made, err := a.Agreements.AddString(ctx, s)
	return a.savedString(ctx, made, err)
}

type updateStringInput struct {
	ChangeInput
	Body StringBody
}

func (a *API) updateString(ctx context.Context, in *updateStringInput) (*stringOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	s, err := a.Agreements.ChangeString(ctx, in.ID, rev, in.Body.onto)
	return a.savedString(ctx, s, err)
}

func (a *API) deleteString(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Agreements.RemoveString(ctx, in.ID, rev)
}

// exportStrings writes the list as CSV, the gravest first.
func (a *API) exportStrings(c *gin.Context) {
	ctx := c.Request.Context()
	out := startCSV(c, "strings.csv", "id", "donor", "agreement", "kind", "severity", "text", "clause", "from", "to", "waived", "binds_today")
	severity, _ := strconv.Atoi(c.Query("severity"))
	list, err := a.Agreements.AllStrings(ctx, StringFilter{c.Query("donorId"), c.Query("agreementId"), c.Query("kind"), severity, c.Query("binding") == "true"}.search())
	if err != nil {
		out.finish(err)
		return
	}
	views, err := a.stringViews(ctx, list)
	for i := 0; err == nil && i < len(views); i++ {
		v := &views[i]
		err = out.row(v.ID, v.DonorName, v.AgreementTitle, v.Kind, strconv.Itoa(v.Severity), v.Text, v.Clause, string(v.From), string(v.To),
			strconv.FormatBool(v.Waived), strconv.FormatBool(v.Binds))
	}
	out.finish(err)
}

// TunesView is who calls which tune, and whom of them we lobby too.
type TunesView struct {
	*report.Tunes
	Lobbying *report.Lobbying `json:"lobbying"`
}

type tunesOutput struct{ Body TunesView }

// callsTheTune puts what each donor attaches beside its share of the income. Who may not read income gets the
// strings alone.
func (a *API) callsTheTune(ctx context.Context, in *spanInput) (*tunesOutput, error) {
	from, to := a.span(in.From, in.To)
	list, err := a.Agreements.AllStrings(ctx, funding.StringSearch{})
	if err != nil {
		return nil, err
	}
	t, err := a.Reports.Tunes(ctx, from, to, in.by(), list, access.From(ctx).May(access.FinanceRead))
	if err != nil {
		return nil, err
	}
	lobbying, err := a.Reports.Lobbying(ctx, t)
	return &tunesOutput{TunesView{t, lobbying}}, err
}
