package funding

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/store"
)

// Happening is something that happened under an agreement, for the timeline of who is party to it. It tells no
// amount.
type Happening struct {
	ID          string
	At          store.Instant // noon in Brussels of the day
	Day         store.Date
	What        string
	Agreement   string // its title
	AgreementID string
	By          string // account, where it is known
}

// Happened gives what happened under the agreements with a stakeholder, the newest first, and comes behind a place
// in that order: an instant and an id. The zero place is the beginning.
func (r *Agreements) Happened(ctx context.Context, stakeholderID string, at store.Instant, id string, limit int) ([]*Happening, error) {
	list, err := r.Of(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	today := r.Today()
	var all []*Happening
	for _, a := range list {
		for _, h := range a.happened(today) {
			if at == "" || h.At < at || h.At == at && h.ID > id {
				all = append(all, h)
			}
		}
	}
	slices.SortFunc(all, func(x, y *Happening) int { return cmp.Or(cmp.Compare(y.At, x.At), cmp.Compare(x.ID, y.ID)) })
	return all[:min(limit, len(all))], nil
}

var instalmentNames = map[string]string{"prefinancing": "Pre-financing", "interim": "Interim payment", "balance": "Balance", "other": "Payment"}

func (a *Agreement) happened(today store.Date) []*Happening {
	var list []*Happening
	add := func(id string, day store.Date, what, by string) {
		if day != "" && day <= today {
			list = append(list, &Happening{ID: id, At: day.AtHour(12, 0), Day: day, What: what, Agreement: a.Title, AgreementID: a.ID, By: by})
		}
	}
	add(a.ID+"-signed", a.SignedOn, "Agreement signed", "")
	add(a.ID+"-closed", a.ClosedOn, "Agreement closed", "")
	for _, m := range a.Amendments {
		add(m.ID, m.On, "Agreement amended: "+m.Reason, m.By)
	}
	for _, p := range a.Instalments {
		add(p.ID+"-requested", p.RequestedOn, instalmentNames[p.Kind]+" requested", "")
		add(p.ID+"-paid", p.PaidOn, instalmentNames[p.Kind]+" paid", "")
	}
	for _, q := range a.Requirements {
		add(q.ID+"-submitted", q.SubmittedOn, "Submitted: "+q.Title, "")
		if q.State == RequirementAccepted || q.State == RequirementRejected {
			add(q.ID+"-decided", q.DecidedOn, map[RequirementState]string{RequirementAccepted: "Accepted: ", RequirementRejected: "Rejected: "}[q.State]+q.Title, "")
		}
	}
	return list
}
