package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/calls"
	"piper/internal/engagement"
	"piper/internal/fault"
	"piper/internal/feed"
	"piper/internal/ics"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// feedPath is where calendar programs read; what follows it is the secret.
const feedPath = "/feeds/"

// FeedView is a feed as its owner sees it.
type FeedView struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Kind       feed.Kind     `json:"kind" enum:"tasks,deadlines,obligations"`
	Words      string        `json:"words,omitempty"`
	CreatedAt  store.Instant `json:"createdAt"`
	LastReadAt store.Instant `json:"lastReadAt,omitempty" doc:"at most an hour behind"`
}

func viewFeed(f *feed.Feed) FeedView {
	return FeedView{f.ID, f.Name, f.Kind, f.Words, f.CreatedAt, f.LastReadAt}
}

type listFeedsOutput struct {
	Body struct {
		Items []FeedView `json:"items" nullable:"false"`
		Kinds []string   `json:"kinds" nullable:"false" doc:"what a feed of the reader can show"`
	}
}

func (a *API) listFeeds(ctx context.Context, _ *struct{}) (*listFeedsOutput, error) {
	list, err := a.Feeds.Mine(ctx)
	if err != nil {
		return nil, err
	}
	out := &listFeedsOutput{}
	out.Body.Items, out.Body.Kinds = []FeedView{}, []string{}
	for _, f := range list {
		out.Body.Items = append(out.Body.Items, viewFeed(f))
	}
	for _, kind := range []feed.Kind{feed.Tasks, feed.Deadlines, feed.Obligations} {
		if a.feedEvents(kind) != nil {
			out.Body.Kinds = append(out.Body.Kinds, string(kind))
		}
	}
	return out, nil
}

type createFeedInput struct {
	CookieInput
	Body struct {
		Name  string    `json:"name" minLength:"1" maxLength:"200"`
		Kind  feed.Kind `json:"kind" enum:"tasks,deadlines,obligations"`
		Words string    `json:"words,omitempty" maxLength:"200" doc:"of deadlines and obligations: only those that hold these words"`
	}
}

type createFeedOutput struct {
	Body struct {
		FeedView
		Path string `json:"path" doc:"the secret address below Piper's; it cannot be had again"`
	}
}

func (a *API) createFeed(ctx context.Context, in *createFeedInput) (*createFeedOutput, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	if a.feedEvents(in.Body.Kind) == nil {
		return nil, fault.Field("kind", "There is no such feed.")
	}
	f := &feed.Feed{Name: in.Body.Name, Kind: in.Body.Kind, Words: in.Body.Words}
	secret, err := a.Feeds.Create(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &createFeedOutput{}
	out.Body.FeedView, out.Body.Path = viewFeed(f), feedPath+secret+".ics"
	return out, nil
}

func (a *API) revokeFeed(ctx context.Context, in *endOwnInput) (*struct{}, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	return nil, a.Feeds.Revoke(ctx, in.ID)
}

// serveFeed answers whoever knows the address, as the account that made it and never with more than that
// account may read now. A wrong address and that of a closed account look the same.
func (a *API) serveFeed(c *gin.Context) {
	body, err := a.feedBody(c.Request.Context(), strings.TrimSuffix(c.Param("secret"), ".ics"))
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "There is no such calendar address.")
	}
	if err != nil {
		writeProblem(c, err)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	h := c.Writer.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	for known := range strings.SplitSeq(c.GetHeader("If-None-Match"), ",") {
		if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == tag || known == "*" {
			c.Status(http.StatusNotModified)
			c.Writer.WriteHeaderNow()
			return
		}
	}
	c.Data(http.StatusOK, ics.Type, body)
}

func (a *API) feedBody(ctx context.Context, secret string) ([]byte, error) {
	system := access.AsSystem(ctx, "calendar feed")
	f, err := a.Feeds.By(system, secret)
	if err != nil {
		return nil, err
	}
	owner, err := a.Accounts.Get(system, f.AccountID)
	if err != nil {
		return nil, err
	}
	events := a.feedEvents(f.Kind)
	if owner.Closed || events == nil {
		return nil, fault.New(fault.NotFound, "There is no such calendar address.")
	}
	list, err := events(access.With(ctx, access.Reader{AccountID: owner.ID, Name: owner.Name, Role: owner.Role, ReadOnly: true}), f)
	if err != nil {
		return nil, err
	}
	body, err := ics.Write(f.Name, list)
	if err != nil {
		return nil, err
	}
	return body, a.Feeds.Read(system, f)
}

// feedEvents gives what fills a feed of a kind; nil where Piper has no such thing.
func (a *API) feedEvents(kind feed.Kind) func(context.Context, *feed.Feed) ([]ics.Event, error) {
	switch kind {
	case feed.Deadlines:
		return a.deadlineEvents
	case feed.Tasks:
		return a.taskEvents
	case feed.Obligations:
		return a.obligationEvents
	}
	return nil
}

// maxEvents bounds a feed; calendar programs become slow with more.
const maxEvents = 2000

// deadlineEvents gives the deadlines ahead of calls that one may, or soon may, apply for.
func (a *API) deadlineEvents(ctx context.Context, f *feed.Feed) ([]ics.Event, error) {
	if err := access.Require(ctx, access.CallsRead); err != nil {
		return nil, err
	}
	events, today := []ics.Event{}, a.Calls.Now().Day()
	q := store.Query{Text: f.Words, Sort: []driver.Key{{Path: "nextDeadline"}}, Limit: 500}
	for {
		page, err := a.Calls.Page(ctx, calls.Search{States: []calls.State{calls.Open, calls.Forthcoming}, DeadlineAfter: today}, q)
		if err != nil {
			return nil, err
		}
		for _, one := range page.Items {
			for _, d := range one.Deadlines {
				if d.Date >= today && len(events) < maxEvents {
					events = append(events, deadlineEvent(one, d))
				}
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" || len(events) == maxEvents {
			return events, nil
		}
	}
}

// taskEvents gives the open tasks of the reader that are due on a day.
func (a *API) taskEvents(ctx context.Context, _ *feed.Feed) ([]ics.Event, error) {
	if err := access.Require(ctx, access.EngagementRead); err != nil {
		return nil, err
	}
	events, about := []ics.Event{}, map[string]bool{}
	var tasks []*engagement.Task
	mine := engagement.TaskSearch{OwnerID: access.From(ctx).AccountID, State: engagement.Open}
	err := a.Engagement.WalkTasks(ctx, mine, "", nil, func(t *engagement.Task) error {
		if t.Due != "" && len(tasks) < maxEvents {
			tasks = append(tasks, t)
			for _, id := range t.StakeholderIDs {
				about[id] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	names, err := a.Stakeholders.Names(ctx, slices.Collect(maps.Keys(about)))
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		var with []string
		for _, id := range t.StakeholderIDs {
			with = append(with, names[id])
		}
		events = append(events, ics.Event{UID: t.ID + "@piper", Title: t.Title, Text: strings.Join(with, ", "), Day: string(t.Due), Modified: t.UpdatedAt.Time()})
	}
	return events, nil
}

// deadlineEvent is a deadline: with its hour in Brussels where the source gives one, else the whole day.
func deadlineEvent(c *calls.Call, d calls.Deadline) ics.Event {
	e := ics.Event{UID: c.ID + "-" + string(d.Date) + "@piper", Title: c.Title, Text: strings.TrimSpace(c.Identifier + "\n" + d.Label),
		URL: c.URL, Modified: c.UpdatedAt.Time()}
	if d.Label != "" {
		e.UID = c.ID + "-" + string(d.Date) + "-" + strings.ReplaceAll(store.Fold(d.Label), " ", "-") + "@piper"
	}
	if d.Time == "" {
		e.Day = string(d.Date)
	} else {
		e.At = d.At.Time()
	}
	return e
}
