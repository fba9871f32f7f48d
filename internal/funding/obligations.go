package funding

import (
	"cmp"
	"context"
	"slices"

	"piper/internal/money"
	"piper/internal/store"
)

// ObligationKind says what comes up on a day.
type ObligationKind string

// The kinds.
const (
	ObligationInstalment  ObligationKind = "instalment"
	ObligationRequirement ObligationKind = "requirement"
	ObligationTerm        ObligationKind = "term"      // the end of a term
	ObligationString      ObligationKind = "string"    // a string begins or ends to bind
	ObligationDiligence   ObligationKind = "diligence" // the due diligence of a donor runs out
)

// ObligationKinds lists them in the order in which they stand on one day.
var ObligationKinds = []ObligationKind{ObligationRequirement, ObligationInstalment, ObligationTerm, ObligationString, ObligationDiligence}

// Obligation is one day to keep an eye on, of all agreements: money due to us, a duty of ours, an end.
type Obligation struct {
	ID          string         `json:"id" doc:"the same for the same thing"`
	Kind        ObligationKind `json:"kind" enum:"instalment,requirement,term,string,diligence"`
	Detail      string         `json:"detail" doc:"which kind of instalment, requirement or string; begins or ends"`
	Date        store.Date     `json:"date"`
	Title       string         `json:"title"`
	AgreementID string         `json:"agreementId,omitempty"`
	Agreement   string         `json:"agreement,omitempty" doc:"its title"`
	CaseID      string         `json:"caseId,omitempty" doc:"of due diligence"`
	DonorID     string         `json:"donorId"`
	OwnerID     string         `json:"ownerId,omitempty"`
	State       string         `json:"state" enum:"open,done,overdue" doc:"overdue: it lies behind and is not done"`
	Amount      *money.Money   `json:"amount,omitempty"`
	Modified    store.Instant  `json:"-"` // when what it stands for was last written
}

// The states of an obligation.
const (
	obligationOpen    = "open"
	obligationDone    = "done"
	obligationOverdue = "overdue"
)

// ObligationSearch says which obligations a calendar shows. Empty fields do not narrow it.
type ObligationSearch struct {
	From, To store.Date // first and last day
	Kind     ObligationKind
	OwnerID  string
	DonorID  string // who pays, or whose money it is
	State    string
	Pending  bool // open or overdue
}

// Obligations gives what comes up under all agreements that are signed and not closed, in order of day, in one read
// of the agreements and one of the strings.
func (r *Agreements) Obligations(ctx context.Context, s ObligationSearch) ([]Obligation, error) {
	today := r.Today()
	list := []Obligation{}
	add := func(o Obligation, donors ...string) {
		if o.State == obligationOpen && o.Date < today {
			o.State = obligationOverdue
		}
		if s.lets(&o, donors) {
			list = append(list, o)
		}
	}
	titles, active := map[string]string{}, map[string]bool{}
	err := r.agreements.Each(ctx, nil, func(a *Agreement) error {
		titles[a.ID], active[a.ID] = a.Title, a.Active(today)
		if active[a.ID] {
			a.show(ctx).obligations(today, add)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.strings.Each(ctx, nil, func(t *String) error {
		if !t.Waived && (t.AgreementID == "" || active[t.AgreementID]) {
			t.obligations(titles[t.AgreementID], today, add)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.endings(ctx, add)
	slices.SortFunc(list, func(x, y Obligation) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(slices.Index(ObligationKinds, x.Kind), slices.Index(ObligationKinds, y.Kind)),
			cmp.Compare(x.ID, y.ID))
	})
	return list, err
}

func (s *ObligationSearch) lets(o *Obligation, donors []string) bool {
	switch {
	case s.From != "" && o.Date < s.From, s.To != "" && o.Date > s.To:
		return false
	case s.Kind != "" && o.Kind != s.Kind, s.OwnerID != "" && o.OwnerID != s.OwnerID:
		return false
	case s.State != "" && o.State != s.State, s.Pending && o.State == obligationDone:
		return false
	}
	return s.DonorID == "" || slices.Contains(donors, s.DonorID)
}

// obligations gives what comes up under one agreement. Whoever looks after it sees to its payments and its end.
func (a *Agreement) obligations(today store.Date, add func(Obligation, ...string)) {
	give := func(o Obligation) {
		o.AgreementID, o.Agreement, o.DonorID, o.Modified = a.ID, a.Title, a.DonorID, a.UpdatedAt
		add(o, a.DonorID, a.UltimateDonorID)
	}
	done := func(is bool) string {
		if is {
			return obligationDone
		}
		return obligationOpen
	}
	for _, p := range a.Instalments {
		give(Obligation{ID: p.ID, Kind: ObligationInstalment, Detail: p.Kind, Date: p.Due, Title: a.Title, OwnerID: a.OwnerID,
			State: done(p.State == Paid), Amount: p.Amount})
	}
	for _, q := range a.Requirements {
		give(Obligation{ID: q.ID, Kind: ObligationRequirement, Detail: q.Kind, Date: q.Due, Title: q.Title, OwnerID: q.OwnerID, State: done(!q.Owed())})
	}
	give(Obligation{ID: a.ID + "-end", Kind: ObligationTerm, Detail: "ends", Date: a.To, Title: a.Title, OwnerID: a.OwnerID, State: done(a.To < today)})
}

// obligations gives the days on which a string begins and ends to bind; one that lies behind is done with.
func (t *String) obligations(agreement string, today store.Date, add func(Obligation, ...string)) {
	for detail, day := range map[string]store.Date{"begins": t.From, "ends": t.To} {
		state := obligationOpen
		if day < today {
			state = obligationDone
		}
		if day != "" {
			add(Obligation{ID: t.ID + "-" + detail, Kind: ObligationString, Detail: detail, Date: day, Title: t.Text, AgreementID: t.AgreementID,
				Agreement: agreement, DonorID: t.DonorID, State: state, Modified: t.UpdatedAt}, t.DonorID)
		}
	}
}
