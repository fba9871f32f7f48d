package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/privacy"
	"piper/internal/store"
)

// privacyJob is the job that plans and carries out erasures.
const privacyJob = "privacy"

type privacyRequestOutput struct {
	ETag string `header:"ETag"`
	Body *privacy.DataRequest
}

func savedRequest(q *privacy.DataRequest, err error) (*privacyRequestOutput, error) {
	if err != nil {
		return nil, err
	}
	return &privacyRequestOutput{etag(q.Rev), q}, nil
}

type listPrivacyRequestsInput struct {
	Limit       int    `query:"limit" minimum:"1" maximum:"500"`
	Cursor      string `query:"cursor" maxLength:"2000"`
	Kind        string `query:"kind" enum:"export,erasure"`
	State       string `query:"state" enum:"planning,planned,working,scrubbing,done"`
	Stakeholder string `query:"stakeholderId" maxLength:"60"`
	Subject     string `query:"subject" maxLength:"320" doc:"the whole name or an address of the person; finds erasures that are done, too"`
}

type listPrivacyRequestsOutput struct {
	Body store.Page[privacy.DataRequest]
}

func (a *API) listPrivacyRequests(ctx context.Context, in *listPrivacyRequestsInput) (*listPrivacyRequestsOutput, error) {
	page, err := a.Privacy.Requests(ctx, privacy.Search{Kind: in.Kind, State: in.State, StakeholderID: in.Stakeholder, Subject: in.Subject},
		store.Query{Limit: in.Limit, Cursor: in.Cursor})
	return &listPrivacyRequestsOutput{page}, err
}

func (a *API) getPrivacyRequest(ctx context.Context, in *IDInput) (*privacyRequestOutput, error) {
	return savedRequest(a.Privacy.Request(ctx, in.ID))
}

type subjectInput struct {
	Body struct {
		StakeholderID string `json:"stakeholderId" minLength:"1" maxLength:"60"`
	}
}

func (a *API) askErasure(ctx context.Context, in *subjectInput) (*privacyRequestOutput, error) {
	q, err := a.Privacy.AskErasure(ctx, in.Body.StakeholderID)
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

// startPrivacy has the job look at once; where it is at work already, it comes round again within a minute.
func (a *API) startPrivacy(ctx context.Context) error {
	if _, err := a.Jobs.RunNow(ctx, privacyJob, access.From(ctx).Name); err != nil && !fault.Is(err, fault.Busy) {
		return err
	}
	return nil
}

type setErasureFormsInput struct {
	ChangeInput
	Body struct {
		Forms []privacy.NameForm `json:"forms" maxItems:"60"`
		Texts bool               `json:"texts"`
	}
}

func (a *API) setErasureForms(ctx context.Context, in *setErasureFormsInput) (*privacyRequestOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	q, err := a.Privacy.SetForms(ctx, in.ID, rev, in.Body.Forms, in.Body.Texts)
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

func (a *API) dropErasure(ctx context.Context, in *ChangeInput) (*struct{}, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, a.Privacy.Drop(ctx, in.ID, rev)
}

type confirmErasureInput struct {
	ChangeInput
	Body struct {
		Name   string `json:"name" maxLength:"300" doc:"the name of the person, typed by hand"`
		Ground string `json:"ground" enum:"no-longer-needed,consent-withdrawn,objection,unlawful,legal-duty,retention" doc:"the case of Article 17(1) GDPR"`
		Reason string `json:"reason" maxLength:"500" doc:"in words, without naming the person"`
	}
}

func (a *API) confirmErasure(ctx context.Context, in *confirmErasureInput) (*privacyRequestOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	q, err := a.Privacy.Confirm(ctx, in.ID, rev, privacy.Confirmation{Name: in.Body.Name, Ground: in.Body.Ground, Reason: in.Body.Reason})
	if err != nil {
		return nil, err
	}
	return savedRequest(q, a.startPrivacy(ctx))
}

type erasureTextsOutput struct {
	Body struct {
		Items []privacy.Excerpt `json:"items" nullable:"false"`
		More  bool              `json:"more" doc:"there are more than are shown"`
	}
}

func (a *API) erasureTexts(ctx context.Context, in *IDInput) (*erasureTextsOutput, error) {
	out := &erasureTextsOutput{}
	var err error
	out.Body.Items, out.Body.More, err = a.Privacy.Texts(ctx, in.ID)
	return out, err
}

func (a *API) askExport(ctx context.Context, in *subjectInput) (*privacyRequestOutput, error) {
	return savedRequest(a.Privacy.AskExport(ctx, in.Body.StakeholderID))
}

// subjectArchive streams the archive. What goes wrong on the way cuts it off, so that nobody takes a part for
// the whole.
func (a *API) subjectArchive(c *gin.Context) {
	ctx := c.Request.Context()
	archive, err := a.Privacy.Archive(ctx, c.Param("id"))
	if err != nil {
		writeProblem(c, err)
		return
	}
	c.Header("Content-Type", "application/zip")
	c.Header("Content-Disposition", `attachment; filename="subject-export.zip"`)
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	if err := archive.Write(ctx, c.Writer); err != nil {
		_ = c.Error(err)
		panic(http.ErrAbortHandler)
	}
}

type sensitiveWordsOutput struct {
	ETag string `header:"ETag"`
	Body *privacy.SensitiveWords
}

func savedWords(w *privacy.SensitiveWords, err error) (*sensitiveWordsOutput, error) {
	if err != nil {
		return nil, err
	}
	return &sensitiveWordsOutput{etag(w.Rev), w}, nil
}

func (a *API) getSensitiveWords(ctx context.Context, _ *struct{}) (*sensitiveWordsOutput, error) {
	return savedWords(a.Privacy.Words(ctx))
}

type setSensitiveWordsInput struct {
	IfMatch string `header:"If-Match" doc:"the list's ETag"`
	Body    struct {
		Kinds []privacy.SensitiveKind `json:"kinds" maxItems:"20"`
	}
}

func (a *API) setSensitiveWords(ctx context.Context, in *setSensitiveWordsInput) (*sensitiveWordsOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedWords(a.Privacy.SetWords(ctx, rev, in.Body.Kinds))
}

type checkTextInput struct {
	Body struct {
		Text string `json:"text" maxLength:"60000"`
	}
}

type checkTextOutput struct {
	Body struct {
		Warnings []privacy.WordWarning `json:"warnings" nullable:"false"`
	}
}

// checkText warns of words in a text. The text is neither kept nor logged.
func (a *API) checkText(ctx context.Context, in *checkTextInput) (*checkTextOutput, error) {
	out := &checkTextOutput{}
	var err error
	out.Body.Warnings, err = a.Privacy.Warn(ctx, in.Body.Text)
	return out, err
}

// ReviewFilter is what narrows the list of persons up for review.
type ReviewFilter struct {
	Why     string     `query:"why" enum:"no-basis,review-past"`
	Country string     `query:"country" maxLength:"2"`
	Before  store.Date `query:"before" maxLength:"10" doc:"without contact since before this day"`
}

func (f ReviewFilter) search() privacy.ReviewSearch {
	return privacy.ReviewSearch{Why: f.Why, Country: strings.ToUpper(f.Country), Before: f.Before}
}

type listReviewsInput struct {
	ListInput
	ReviewFilter
}

type listReviewsOutput struct {
	Body struct {
		store.Page[privacy.Review]
		Names map[string]string `json:"names" doc:"the names of the persons, by id"`
	}
}

func (a *API) listReviews(ctx context.Context, in *listReviewsInput) (*listReviewsOutput, error) {
	q, err := in.query(privacy.ReviewSorts, "since")
	if err != nil {
		return nil, err
	}
	q.Text = ""
	out := &listReviewsOutput{}
	if out.Body.Page, err = a.Privacy.Reviews(ctx, in.search(), q); err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(out.Body.Items))
	for _, one := range out.Body.Items {
		ids = append(ids, one.StakeholderID)
	}
	out.Body.Names, err = a.Stakeholders.Names(ctx, ids)
	return out, err
}

// exportReviews writes the whole list.
func (a *API) exportReviews(c *gin.Context) {
	ctx := c.Request.Context()
	out := startCSV(c, "reviews.csv", "name", "why", "lastContact", "country", "lawfulBasis", "reviewOn")
	search := privacy.ReviewSearch{Why: c.Query("why"), Country: c.Query("country"), Before: store.Date(c.Query("before"))}
	q, err := ListInput{Limit: 500, Sort: "since"}.query(privacy.ReviewSorts, "since")
	for err == nil {
		var page store.Page[privacy.Review]
		if page, err = a.Privacy.Reviews(ctx, search, q); err != nil {
			break
		}
		ids := []string{}
		for _, one := range page.Items {
			ids = append(ids, one.StakeholderID)
		}
		var names map[string]string
		names, err = a.Stakeholders.Names(ctx, ids)
		for _, one := range page.Items {
			if err == nil {
				err = out.row(names[one.StakeholderID], string(one.Why), string(one.LastAt), one.Country, one.Basis, string(one.ReviewOn))
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	out.finish(err)
}

type keepPersonsInput struct {
	Body struct {
		StakeholderIDs []string   `json:"stakeholderIds" minItems:"1" maxItems:"500"`
		ReviewOn       store.Date `json:"reviewOn" maxLength:"10" doc:"when somebody looks again"`
		Reason         string     `json:"reason" maxLength:"500"`
	}
}

func (a *API) keepPersons(ctx context.Context, in *keepPersonsInput) (*struct{}, error) {
	return nil, a.Privacy.Keep(ctx, in.Body.StakeholderIDs, in.Body.ReviewOn, in.Body.Reason)
}

type retentionOutput struct {
	ETag string `header:"ETag"`
	Body *privacy.Retention
}

func savedRetention(s *privacy.Retention, err error) (*retentionOutput, error) {
	if err != nil {
		return nil, err
	}
	return &retentionOutput{etag(s.Rev), s}, nil
}

func (a *API) getRetention(ctx context.Context, _ *struct{}) (*retentionOutput, error) {
	return savedRetention(a.Privacy.Retention(ctx))
}

type retentionChange struct {
	IfMatch string `header:"If-Match" doc:"the rules' ETag"`
}

func (a *API) dryRunRetention(ctx context.Context, in *retentionChange) (*retentionOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedRetention(a.Privacy.DryRun(ctx, rev))
}

type setRetentionRuleInput struct {
	IfMatch string `header:"If-Match" doc:"the rules' ETag"`
	Name    string `path:"name" maxLength:"40"`
	Body    struct {
		On   bool `json:"on"`
		Days int  `json:"days" minimum:"1" maximum:"36500"`
	}
}

func (a *API) setRetentionRule(ctx context.Context, in *setRetentionRuleInput) (*retentionOutput, error) {
	rev, err := revOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return savedRetention(a.Privacy.SetRule(ctx, rev, in.Name, in.Body.On, in.Body.Days))
}
