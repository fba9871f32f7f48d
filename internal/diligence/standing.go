package diligence

import (
	"context"
	"fmt"
	"slices"

	"piper/internal/audit"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// standings are what a donor is noted as after a decision.
var standings = map[CaseOutcome]string{Accept: "cleared", Conditions: "conditions", Refuse: "refused"}

var outcomeWords = map[CaseOutcome]string{Accept: "Accept", Conditions: "Accept with conditions", Refuse: "Refuse"}

// DonorStanding is how a donor stands on a day.
type DonorStanding struct {
	State     string     `json:"state" enum:"missing,open,cleared,conditions,refused,expired"`
	CaseID    string     `json:"caseId,omitempty" doc:"the case that says so"`
	OpenID    string     `json:"openId,omitempty" doc:"the case that is open"`
	Until     store.Date `json:"until,omitempty" doc:"the last day on which the decision holds"`
	Screening Screened   `json:"screening"`
	Warning   string     `json:"warning,omitempty" doc:"why no money should be taken yet; absent: nothing stands against it"`
	Notice    string     `json:"notice,omitempty" doc:"worth knowing: conditions, an end that is near"`
}

// held is the cases of a donor that count: the one that was decided last, and the one that is open.
type held struct{ decided, open *Case }

// stand is how a donor is noted, and until when: the decision counts until another is made, also while one is prepared
// and when its day is over (that day says so).
func (h held) stand() (state string, until store.Date) {
	switch {
	case h.decided != nil:
		return standings[h.decided.Decision.Outcome], h.decided.Decision.ExpiresOn
	case h.open != nil:
		return "open", ""
	}
	return "", ""
}

func (r *Repo) casesOf(ctx context.Context, ids []string) (map[string]held, error) {
	of := map[string]held{}
	for part := range slices.Chunk(ids, chunk) {
		list, err := r.cases.Find(ctx, filter.And{filter.In{Field: "stakeholderId", Values: anys(part)},
			filter.Not{Expr: filter.Exists{Field: "replacedBy"}}}, []driver.Key{{Path: "decision.on"}}, 0)
		if err != nil {
			return nil, err
		}
		for _, c := range list { // after a merge two may count; the later one does
			h := of[c.StakeholderID]
			if c.Decision == nil {
				h.open = c
			} else {
				h.decided = c
			}
			of[c.StakeholderID] = h
		}
	}
	return of, nil
}

// follow notes on the donor how its cases stand, in the transaction of what changed them.
func (r *Repo) follow(ctx context.Context, id string) error {
	of, err := r.casesOf(ctx, []string{id})
	if err != nil {
		return err
	}
	state, until := of[id].stand()
	return r.donors.SetDueDiligence(ctx, id, state, until)
}

// followAll notes on each of some donors how its cases stand. What is noted already stays as it is; what a merge has moved, or
// a role that came later than the case, is put right.
func (r *Repo) followAll(ctx context.Context, ids []string) error {
	ctx = audit.Bulk(ctx, "standing of donors after their cases")
	for part := range slices.Chunk(ids, chunk) {
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			of, err := r.casesOf(ctx, part)
			if err != nil {
				return err
			}
			for _, id := range part {
				state, until := of[id].stand()
				if err := r.donors.SetDueDiligence(ctx, id, state, until); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Standings gives how each of some donors stands today, with a warning where no money should be taken yet.
func (r *Repo) Standings(ctx context.Context, ids []string) (map[string]DonorStanding, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	of, err := r.casesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	seen, err := r.screened(ctx, ids)
	if err != nil {
		return nil, err
	}
	today, out := r.Today(), make(map[string]DonorStanding, len(ids))
	for _, id := range ids {
		out[id] = of[id].standing(today, seen[id])
	}
	return out, nil
}

func (h held) standing(today store.Date, s Screened) DonorStanding {
	d := DonorStanding{State: "missing", Screening: s}
	if h.open != nil {
		d.State, d.CaseID, d.OpenID = "open", h.open.ID, h.open.ID
	}
	if h.decided != nil {
		d.CaseID = h.decided.ID
		d.State, d.Until = h.stand()
		if d.Until < today {
			d.State = "expired"
		}
	}
	d.Warning = d.warning()
	d.Notice = d.notice(today)
	return d
}

func (d *DonorStanding) warning() string {
	switch {
	case d.Screening.Confirmed > 0:
		return "The donor is on the EU's sanctions list: a match is confirmed."
	case d.State == "refused":
		return "Money of this donor was refused."
	case d.Screening.Possible > 0:
		return plural(d.Screening.Possible, "A possible match on the EU's sanctions list is not judged.", "%d possible matches on the EU's sanctions list are not judged.")
	case d.State == "expired":
		return "The due diligence of this donor ran out on " + inWords(d.Until) + "."
	case d.State == "open":
		return "The due diligence of this donor is not decided."
	case d.State == "missing":
		return "There is no due diligence of this donor."
	}
	return ""
}

func (d *DonorStanding) notice(today store.Date) string {
	soon := store.Date(today.Time().AddDate(0, 0, Soon).Format("2006-01-02"))
	switch {
	case d.Warning == "" && d.Until <= soon:
		return "The due diligence of this donor runs out on " + inWords(d.Until) + "."
	case d.Warning == "" && d.State == "conditions":
		return "The donor was accepted under conditions."
	}
	return ""
}

// RunsOut gives the cases that hold and run out by a day, the soonest first.
func (r *Repo) RunsOut(ctx context.Context) ([]*Case, error) {
	return r.cases.Find(ctx, r.where(CaseSearch{RunsOut: true}), []driver.Key{{Path: "decision.expiresOn"}}, 0)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}
