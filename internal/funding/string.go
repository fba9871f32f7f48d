package funding

import (
	"context"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

var stringKinds = []string{"pledge", "veto", "data", "exclusivity", "audit", "other"}

// String is a condition that a donor attaches to its money: a pledge to be made, a veto over what is published,
// data about clients to be handed over, exclusivity, a right to audit.
type String struct {
	store.Meta
	DonorID     string     `json:"donorId" doc:"who attaches it: most often whose money it is"`
	AgreementID string     `json:"agreementId,omitempty" doc:"the agreement that says so; none: it goes for all money of the donor"`
	Kind        string     `json:"kind" enum:"pledge,veto,data,exclusivity,audit,other"`
	Severity    int        `json:"severity" minimum:"1" maximum:"3" doc:"1 we can live with it, 2 it costs us something, 3 it touches what we stand for"`
	Text        string     `json:"text"`
	Clause      string     `json:"clause,omitempty"`
	From        store.Date `json:"from,omitempty"`
	To          store.Date `json:"to,omitempty"`
	Waived      bool       `json:"waived"`
}

// Binds reports whether the string holds us on a day.
func (s *String) Binds(day store.Date) bool {
	return !s.Waived && s.From <= day && (s.To == "" || s.To >= day)
}

func (s *String) tidy() error {
	var c fault.Checks
	s.Text, s.Clause = strings.TrimSpace(s.Text), oneLine(s.Clause)
	c.Require(s.DonorID != "", "donorId", "Say which donor attaches it.")
	oneOf(&c, "kind", s.Kind, stringKinds)
	c.Require(s.Severity >= 1 && s.Severity <= 3, "severity", "The severity is 1, 2 or 3.")
	c.Require(s.Text != "", "text", "Say what it is.")
	c.Require(len(s.Text) <= 4*maxShortText, "text", "The text is longer than %d bytes.", 4*maxShortText)
	c.Require(len(s.Clause) <= maxShortText, "clause", "The clause is longer than %d bytes.", maxShortText)
	checkDate(&c, "from", s.From)
	checkDate(&c, "to", s.To)
	c.Require(s.From == "" || s.To == "" || s.From <= s.To, "to", "It ends before it begins.")
	return c.Err()
}

// StringSorts maps what strings may be sorted by to the declared field.
var StringSorts = map[string]string{"severity": "severity", "kind": "kind", "from": "from", "to": "to", "updatedAt": "updatedAt"}

// StringSearch says which strings a list shows. Empty fields do not narrow it.
type StringSearch struct {
	DonorID, AgreementID, Kind string
	Severity                   int // at least
	Binding                    bool
}

func (r *Agreements) whereStrings(s StringSearch) filter.And {
	w := filter.And{}
	for field, value := range map[string]string{"donorId": s.DonorID, "agreementId": s.AgreementID, "kind": s.Kind} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	if s.Severity > 0 {
		w = append(w, filter.Compare{Field: "severity", Op: filter.Gte, Value: int64(s.Severity)})
	}
	if s.Binding {
		today := string(r.Today())
		w = append(w, filter.Eq{Field: "waived", Value: false},
			filter.Not{Expr: filter.Compare{Field: "from", Op: filter.Gt, Value: today}},
			filter.Not{Expr: filter.Compare{Field: "to", Op: filter.Lt, Value: today}})
	}
	return w
}

// Strings gives a page of strings.
func (r *Agreements) Strings(ctx context.Context, s StringSearch, q store.Query) (store.Page[String], error) {
	q.Where = r.whereStrings(s)
	return r.strings.Page(ctx, q)
}

// AllStrings gives every string of a search, the gravest first.
func (r *Agreements) AllStrings(ctx context.Context, s StringSearch) ([]*String, error) {
	return r.strings.Find(ctx, r.whereStrings(s), []driver.Key{{Path: "severity", Desc: true}}, 0)
}

// GetString gives one string.
func (r *Agreements) GetString(ctx context.Context, id string) (*String, error) {
	return r.strings.Get(ctx, id)
}

// AddString adds a string. Where it names no donor it is of the one whose money its agreement is.
func (r *Agreements) AddString(ctx context.Context, s *String) (*String, error) {
	err := r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.readyString(ctx, s, &String{}); err != nil {
			return err
		}
		return r.strings.Create(ctx, s)
	})
	return s, err
}

// ChangeString changes revision rev of a string; Stale where it has changed since.
func (r *Agreements) ChangeString(ctx context.Context, id string, rev int64, change func(*String)) (*String, error) {
	var saved *String
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		saved, err = r.strings.UpdateAt(ctx, id, rev, func(s *String) error {
			was := *s
			change(s)
			return r.readyString(ctx, s, &was)
		})
		return err
	})
	return saved, err
}

// RemoveString removes a string that was a mistake. One that the donor has given up is waived.
func (r *Agreements) RemoveString(ctx context.Context, id string, rev int64) error {
	return r.strings.DeleteAt(ctx, id, rev, nil)
}

func (r *Agreements) readyString(ctx context.Context, s, was *String) error {
	if s.AgreementID != "" && (s.AgreementID != was.AgreementID || s.DonorID == "") {
		a, err := r.agreements.Get(ctx, s.AgreementID)
		if fault.Is(err, fault.NotFound) {
			return fault.Field("agreementId", "There is no agreement %s.", s.AgreementID)
		}
		if err != nil {
			return err
		}
		if s.DonorID == "" {
			s.DonorID = a.UltimateDonorID
		}
	}
	if err := s.tidy(); err != nil || s.DonorID == was.DonorID {
		return err
	}
	names, err := r.parties.Names(ctx, []string{s.DonorID})
	if err == nil && names[s.DonorID] == "" {
		err = fault.Field("donorId", "There is no stakeholder %s.", s.DonorID)
	}
	return err
}
