package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"piper/internal/store"
	"piper/internal/tie"
)

func compareNames(a, b string) int { return strings.Compare(store.Fold(a), store.Fold(b)) }

// lossView is a Loss with the account's name.
type lossView struct {
	tie.Loss
	AccountName string `json:"accountName"`
}

type continuityOutput struct {
	Body struct {
		Keys    int        `json:"keys" doc:"how many key stakeholders there are"`
		Losses  []lossView `json:"losses" nullable:"false" doc:"by colleague"`
		Single  []knownAs  `json:"single" nullable:"false" doc:"known to one colleague only"`
		Unknown []knownAs  `json:"unknown" nullable:"false" doc:"known to nobody who is here"`
	}
}

// continuity says whom of the key stakeholders we would lose with a colleague.
func (a *API) continuity(ctx context.Context, in *KeyInput) (*continuityOutput, error) {
	all, us, err := a.standings(ctx, in.search())
	if err != nil {
		return nil, err
	}
	out := &continuityOutput{}
	b := &out.Body
	b.Keys, b.Losses, b.Single, b.Unknown = len(all), []lossView{}, []knownAs{}, []knownAs{}
	standings := make([]tie.Standing, 0, len(all))
	for _, k := range all {
		standings = append(standings, k.Standing)
		switch len(k.Knowers) {
		case 0:
			b.Unknown = append(b.Unknown, k)
		case 1:
			b.Single = append(b.Single, k)
		}
	}
	for _, l := range tie.Losses(standings) {
		b.Losses = append(b.Losses, lossView{l, us[l.AccountID].Name})
	}
	return out, nil
}

// exportContinuity writes every key stakeholder with those who know it.
func (a *API) exportContinuity(c *gin.Context) {
	all, us, err := a.standings(c.Request.Context(), KeyInput{Tag: c.Query("tag"), Role: c.Query("role")}.search())
	if err != nil {
		writeProblem(c, err)
		return
	}
	out := startCSV(c, "continuity.csv", "stakeholder", "kind", "roles", "known_by", "strength", "only", "cold_since")
	out.finish(func() error {
		for _, k := range all {
			var who []string
			only := ""
			for _, w := range k.Knowers {
				who = append(who, us[w.AccountID].Name+" ("+string(w.Band)+")")
			}
			if len(k.Knowers) == 1 {
				only = us[k.Knowers[0].AccountID].Name
			}
			if err := out.row(k.Name, k.Kind, strings.Join(k.Roles, "; "), strings.Join(who, "; "), string(k.Best), only, string(k.ColdSince)); err != nil {
				return err
			}
		}
		return nil
	}())
}

// handoverOnly is a stakeholder whom only one account knows.
type handoverOnly struct {
	ID   string   `json:"id"`
	Name string   `json:"name"`
	Band tie.Band `json:"band" enum:"none,weak,fair,strong"`
	Key  bool     `json:"key" doc:"it has the tag \"key\""`
}

type handoverOutput struct {
	Body struct {
		Only           []handoverOnly `json:"only" nullable:"false" doc:"stakeholders whom nobody else knows, key ones first"`
		Known          int            `json:"known" doc:"stakeholders whom the account knows, alone or with others"`
		Mailboxes      []string       `json:"mailboxes" nullable:"false"`
		PrivateThreads int            `json:"privateThreads" doc:"conversations that the team knows nothing of"`
	}
}

// handover says what would be lost with an account: for whoever is about to close it.
func (a *API) handover(ctx context.Context, in *IDInput) (*handoverOutput, error) {
	if _, err := a.Accounts.Get(ctx, in.ID); err != nil {
		return nil, err
	}
	out := &handoverOutput{}
	b := &out.Body
	var err error
	if b.Only, b.Known, err = a.onlyKnown(ctx, in.ID); err != nil {
		return nil, err
	}
	boxes, err := a.Mail.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	b.Mailboxes = []string{}
	for _, box := range boxes {
		if box.OwnerID == in.ID {
			b.Mailboxes = append(b.Mailboxes, box.Name)
		}
	}
	b.PrivateThreads, err = a.Mail.PrivateThreads(ctx, in.ID)
	return out, err
}

// onlyKnown gives the stakeholders whom nobody but one account knows, and how many that account knows.
func (a *API) onlyKnown(ctx context.Context, accountID string) ([]handoverOnly, int, error) {
	us, err := a.colleagues(ctx)
	if err != nil {
		return nil, 0, err
	}
	ties, err := a.Ties.All(ctx)
	if err != nil {
		return nil, 0, err
	}
	here := map[string]bool{accountID: true} // also when it is closed already
	for id, who := range us {
		here[id] = here[id] || !who.Closed
	}
	var groups []tie.Group
	for _, t := range ties {
		if t.AccountID == accountID && t.Band.Knows() {
			groups = append(groups, tie.Group{ID: t.StakeholderID, Members: []string{t.StakeholderID}})
		}
	}
	only := []handoverOnly{}
	for _, s := range tie.Standings(groups, ties, here) {
		if len(s.Knowers) != 1 {
			continue
		}
		one, err := a.Stakeholders.Get(ctx, s.StakeholderID)
		if err != nil || one.TrashedAt != "" {
			continue // gone since the ties were measured
		}
		only = append(only, handoverOnly{one.ID, one.Name, s.Best, slices.Contains(one.Tags, "key")})
	}
	slices.SortStableFunc(only, func(a, b handoverOnly) int {
		switch {
		case a.Key != b.Key && a.Key:
			return -1
		case a.Key != b.Key:
			return 1
		case a.Band != b.Band:
			return a.Band.Compare(b.Band)
		}
		return compareNames(a.Name, b.Name)
	})
	return only, len(groups), nil
}

// exportHandover writes the same list as a file, one line for each thing that would be lost.
func (a *API) exportHandover(c *gin.Context) {
	ctx := c.Request.Context()
	list, err := a.handover(ctx, &IDInput{ID: c.Param("id")})
	if err != nil {
		writeProblem(c, err)
		return
	}
	out := startCSV(c, "handover.csv", "what", "name", "strength", "key", "id")
	out.finish(func() error {
		for _, s := range list.Body.Only {
			key := ""
			if s.Key {
				key = "key"
			}
			if err := out.row("stakeholder", s.Name, string(s.Band), key, s.ID); err != nil {
				return err
			}
		}
		for _, name := range list.Body.Mailboxes {
			if err := out.row("mailbox", name, "", "", ""); err != nil {
				return err
			}
		}
		return out.row("private conversations", fmt.Sprint(list.Body.PrivateThreads), "", "", "")
	}())
}
