// Package board keeps what the board was shown: packs of figures that are made once and then stay as they were, and
// links under which somebody outside may look at one chart.
package board

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/work"
)

// State says how far a pack is.
type State string

// The states. What is done is frozen.
const (
	Waiting State = "waiting"
	Making  State = "making"
	Done    State = "done"
	Failed  State = "failed"
	Stopped State = "stopped"
)

// BoardPack is one pack: what was asked for, how far it is, and, once it is done, the hashes of what is kept.
type BoardPack struct {
	store.Meta
	Title       string        `json:"title"`
	Notes       string        `json:"notes,omitempty" doc:"by the secretariat"`
	Basis       string        `json:"basis" enum:"cash,accrued,signed"`
	View        string        `json:"view" enum:"direct,ultimate"`
	From        int           `json:"from" doc:"first fiscal year"`
	To          int           `json:"to" doc:"last fiscal year, the one that the figures are of"`
	State       State         `json:"state" enum:"waiting,making,done,failed,stopped"`
	Step        int           `json:"step" doc:"of steps"`
	Steps       int           `json:"steps"`
	Phase       string        `json:"phase,omitempty" doc:"what is being done"`
	Stop        bool          `json:"stop,omitempty" doc:"somebody has asked to stop it"`
	Message     string        `json:"message,omitempty" doc:"why it came to a stop"`
	Tries       int           `json:"tries,omitempty" doc:"how often making it was begun"`
	ByID        string        `json:"byId"`
	By          string        `json:"by"`
	MadeAt      store.Instant `json:"madeAt,omitempty"`
	AsOf        store.Date    `json:"asOf,omitempty"`
	BeforeID    string        `json:"beforeId,omitempty" doc:"the pack that it is compared with"`
	ContentHash string        `json:"contentHash,omitempty" doc:"SHA-256 of the figures, hex"`
	FileHash    string        `json:"fileHash,omitempty" doc:"SHA-256 of the PDF, hex"`
	FileSize    int           `json:"fileSize,omitempty" doc:"bytes"`
	RewrittenAt store.Instant `json:"rewrittenAt,omitempty" doc:"when the name of an erased person was taken out"`
}

// kept is what a pack was when it was made. It has the id of its pack, and is written once.
type kept struct {
	store.Meta
	Content []byte `json:"content"`
	File    []byte `json:"file"`
}

// Maker makes packs: reports do.
type Maker interface {
	// Gather gives the figures of a pack as of now, held against those of the pack before, which is nil for none. It
	// runs in a transaction and may run again.
	Gather(ctx context.Context, p *BoardPack, before []byte) (content []byte, asOf store.Date, err error)
	// Set makes the PDF of kept figures, the same for the same.
	Set(content []byte) ([]byte, error)
}

// Repo keeps packs and embeds.
type Repo struct {
	db     *store.DB
	packs  *store.Collection[BoardPack]
	kept   *store.Collection[kept]
	embeds *store.Collection[Embed]
	sign   func(text string) string

	// Maker has to be set before Work.
	Maker Maker
}

// NewRepo declares the collections. sign gives a keyed hash of a text; journal may be nil.
func NewRepo(db *store.DB, sign func(text string) string, journal *audit.Journal) *Repo {
	if journal != nil {
		journal.Rules("board_packs", audit.Rules{Quiet: []string{"step", "phase", "tries"}})
		journal.Rules("chart_embeds", audit.Rules{Quiet: []string{"lastReadAt"}})
	}
	return &Repo{db: db, sign: sign,
		packs: store.Declare(db, store.Spec[BoardPack]{
			Name:    "board_packs",
			Fields:  []driver.Field{{Path: "state"}, {Path: "basis"}, {Path: "view"}, {Path: "createdAt"}, {Path: "madeAt"}, {Path: "updatedAt"}},
			Indexes: [][]driver.Key{{{Path: "state"}}, {{Path: "createdAt", Desc: true}}, {{Path: "madeAt", Desc: true}}},
			Words: func(p *BoardPack) store.Words {
				return store.Words{Names: []string{p.Title}, Texts: []string{p.Notes, p.By}}
			},
			Audited: true,
		}),
		// Figures and file are bytes, so that their hashes, which the journal has, stay true. That they name
		// stakeholders is dealt with in Rewrite.
		kept:   store.Declare(db, store.Spec[kept]{Name: keptName}),
		embeds: declareEmbeds(db),
	}
}

const keptName = "board_pack_files"

const (
	maxTitle = 120
	maxNotes = 8000
	maxYears = 10
)

func (p *BoardPack) tidy() error {
	var c fault.Checks
	p.Title, p.Notes = strings.Join(strings.Fields(p.Title), " "), strings.TrimSpace(strings.ReplaceAll(p.Notes, "\r\n", "\n"))
	c.Require(p.Title != "", "title", "Please give a title.")
	c.Require(utf8.RuneCountInString(p.Title) <= maxTitle, "title", "The title is longer than %d characters.", maxTitle)
	c.Require(utf8.RuneCountInString(p.Notes) <= maxNotes, "notes", "The notes are longer than %d characters.", maxNotes)
	c.Require(slices.Contains([]string{"cash", "accrued", "signed"}, p.Basis), "basis", "%q is not one of cash, accrued, signed.", p.Basis)
	c.Require(p.View == "direct" || p.View == "ultimate", "view", "%q is neither direct nor ultimate.", p.View)
	c.Require(p.From >= 1950 && p.From <= 2100, "from", "%d is not a year between 1950 and 2100.", p.From)
	c.Require(p.To >= 1950 && p.To <= 2100, "to", "%d is not a year between 1950 and 2100.", p.To)
	c.Require(p.To >= p.From, "to", "The last year is before the first.")
	c.Require(p.To-p.From < maxYears, "to", "A pack spans at most %d years.", maxYears)
	return c.Err()
}

// Ask asks for a pack; the job makes it.
func (r *Repo) Ask(ctx context.Context, p *BoardPack) error {
	if err := p.tidy(); err != nil {
		return err
	}
	by := access.From(ctx)
	p.ByID, p.By, p.State, p.Steps, p.Phase = by.AccountID, by.Name, Waiting, steps, "waiting"
	return r.packs.Create(ctx, p)
}

// Search says which packs a list shows. Empty fields do not narrow it.
type Search struct{ State, Basis, View string }

func (s Search) where() filter.And {
	w := filter.And{}
	for field, value := range map[string]string{"state": s.State, "basis": s.Basis, "view": s.View} {
		if value != "" {
			w = append(w, filter.Eq{Field: field, Value: value})
		}
	}
	return w
}

// Sorts maps what packs may be sorted by to the declared field.
var Sorts = map[string]string{"createdAt": "createdAt", "madeAt": "madeAt"}

// Page gives a page of packs.
func (r *Repo) Page(ctx context.Context, s Search, q store.Query) (store.Page[BoardPack], error) {
	q.Where = s.where()
	return r.packs.Page(ctx, q)
}

// Each calls fn for every pack of a search, the oldest first.
func (r *Repo) Each(ctx context.Context, s Search, fn func(*BoardPack) error) error {
	return r.packs.Each(ctx, s.where(), fn)
}

// Get gives one pack.
func (r *Repo) Get(ctx context.Context, id string) (*BoardPack, error) { return r.packs.Get(ctx, id) }

// Content gives the figures of a pack that is done, as they were kept; NotFound before.
func (r *Repo) Content(ctx context.Context, p *BoardPack) ([]byte, error) {
	k, err := r.keptOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return k.Content, nil
}

// File gives the PDF of a pack that is done.
func (r *Repo) File(ctx context.Context, p *BoardPack) ([]byte, error) {
	k, err := r.keptOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return k.File, nil
}

// errDamaged is the cause where what is kept of a pack is not what was made, or is gone.
var errDamaged = errors.New("damaged")

// keptOf reads what is kept and holds it against the hashes of the pack, which are in the journal: what was changed
// behind Piper's back is not shown as what the board saw.
func (r *Repo) keptOf(ctx context.Context, p *BoardPack) (*kept, error) {
	if p.State != Done {
		return nil, fault.New(fault.NotFound, "This pack is not made yet.")
	}
	k, err := r.kept.Get(ctx, p.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(errDamaged, fault.Internal, "nothing is kept of board pack %s", p.ID)
	}
	if err != nil {
		return nil, err
	}
	if digest(k.Content) != p.ContentHash || digest(k.File) != p.FileHash {
		return nil, fault.Wrap(errDamaged, fault.Internal, "board pack %s is not what was made", p.ID)
	}
	return k, nil
}

// Halt asks for the making of a pack to end. One that nobody works at yet ends at once.
func (r *Repo) Halt(ctx context.Context, id string) (*BoardPack, error) {
	return r.packs.Update(ctx, id, func(p *BoardPack) error {
		switch p.State {
		case Waiting:
			p.State, p.Phase, p.Message = Stopped, "", work.Stopped
		case Making:
			p.Stop = true
		default:
			return fault.New(fault.Invalid, "This pack is %s; there is nothing to stop.", p.State)
		}
		return nil
	})
}

// Remove removes revision rev of a pack with what is kept of it. The journal keeps that it was there, with its hashes.
func (r *Repo) Remove(ctx context.Context, id string, rev int64) error {
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.packs.UpdateAt(ctx, id, rev, func(p *BoardPack) error {
			if p.State == Waiting || p.State == Making {
				return fault.New(fault.Invalid, "This pack is being made. Stop it first.")
			}
			return nil
		})
		if err != nil {
			return err
		}
		return r.drop(ctx, id)
	})
}

func (r *Repo) drop(ctx context.Context, id string) error {
	if err := r.kept.Delete(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return r.packs.Delete(ctx, id)
}
