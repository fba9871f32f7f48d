package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// An export holds what its maker may read, so that making one opens nothing that is closed otherwise. Of what a
// colleague keeps private, mail above all, it lists that it exists, when and with whom; the colleague is asked by
// a task to share it or to hand it over. See internal/README.md.

// left are the collections that an export leaves out: those that hold nothing of a person, of mail all but the texts,
// which say everything that the other two sum up, the EU's sanctions list, which tells the births and passports of a
// namesake (what was found on it for the person is in their hits), and board packs, which are bytes.
var left = []string{"accounts", "sessions", "tokens", "mailboxes", "mailboxcredentials", "mailboxstates", "guardrails", "schema", "leases",
	"seals", "addressblocks", "messages", "threads", "stakeholder_import_files", "award_import_files", "sanctions", packFiles, requestsName, settingsName, wordsName}

// Withheld is a record that a colleague keeps private.
type Withheld struct {
	Label string   `json:"what"`
	Date  string   `json:"date"`
	With  []string `json:"with"` // names of the colleagues who hold it
	owner []string
}

// found is what an export is made of: ids by collection, in order of declaration.
type found struct {
	person   *Person
	names    []string
	ids      map[string][]string
	withheld []Withheld
}

// AskExport records that somebody wants to know what is held about them, and asks the colleagues who keep
// something private for it. The archive is made whenever it is fetched.
func (r *Repo) AskExport(ctx context.Context, stakeholderID string) (*DataRequest, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	f, err := r.gather(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	by := access.From(ctx)
	q := &DataRequest{Kind: Export, State: Done, StakeholderID: f.person.ID, Name: f.person.Name, Hashes: r.hashesOf(f.person), Forms: []NameForm{},
		Counts: f.counts(), Withheld: len(f.withheld), ByID: by.AccountID, By: by.Name, DoneAt: r.db.Now()}
	holders := map[string]int{}
	for _, w := range f.withheld {
		for _, id := range w.owner {
			holders[id]++
		}
	}
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		if err := r.requests.Create(ctx, q); err != nil {
			return err
		}
		for id, n := range holders {
			if err := r.AskHolder(ctx, id, f.person, n); err != nil {
				return err
			}
		}
		return r.Journal.Record(ctx, "subject export asked for", map[string]string{"request": q.ID})
	})
	return q, err
}

func (f *found) counts() []Effect {
	list := []Effect{}
	for _, name := range f.names {
		list = append(list, Effect{Collection: name, Label: labelOf(name), Held: len(f.ids[name])})
	}
	return list
}

// gather finds everything that refers to a person or names them: what the reader may see by id, the rest as
// withheld.
func (r *Repo) gather(ctx context.Context, stakeholderID string) (*found, error) {
	p, err := r.person(ctx, stakeholderID)
	if err != nil {
		return nil, err
	}
	forms, err := formsOf(ctx, r.People, p)
	if err != nil {
		return nil, err
	}
	names, err := r.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	in := newRedactor(forms, Pseudonym{}, func(f NameForm) bool { return f.Everywhere })
	holds := func(doc []byte) bool {
		if strings.Contains(string(doc), p.ID) {
			return true
		}
		if !in.May(doc) {
			return false
		}
		t, err := parse(doc)
		if err != nil {
			return false
		}
		_, n := rewrite(t, in)
		return n > 0
	}
	f := &found{person: p, ids: map[string][]string{}}
	for _, d := range r.db.Declared() {
		if slices.Contains(left, d.Name) {
			continue
		}
		err := d.Raw.Each(ctx, func(doc []byte) error {
			if holds(doc) {
				f.ids[d.Name] = append(f.ids[d.Name], idOf(doc))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(f.ids[d.Name]) > 0 {
			f.names = append(f.names, d.Name)
		}
		if d.Sight == "" {
			continue
		}
		err = d.Raw.Each(access.Everything(ctx), func(doc []byte) error {
			if !slices.Contains(f.ids[d.Name], idOf(doc)) && holds(doc) {
				f.withheld = append(f.withheld, withheldOf(d, doc, names))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

// withheldOf says of a record no more than that it is there, when, and with whom.
func withheldOf(d store.Declared, doc []byte, names map[string]string) Withheld {
	t, err := parse(doc)
	if err != nil {
		return Withheld{Label: labelOf(d.Name), With: []string{}}
	}
	w := Withheld{Label: labelOf(d.Name), With: []string{}}
	for _, field := range []string{"date", "createdAt"} {
		if day, ok := t[field].(string); ok && w.Date == "" && len(day) >= 10 {
			w.Date = day[:10]
		}
	}
	tokens, _ := t[d.Sight].([]any)
	for _, token := range tokens {
		text, _ := token.(string)
		if id, ok := strings.CutPrefix(text, access.OwnerToken("")); ok {
			w.owner = append(w.owner, id)
			if name := names[id]; name != "" {
				w.With = append(w.With, name)
			}
		}
	}
	return w
}

// Archive is an export that is ready to be written.
type Archive struct {
	found *found
	repo  *Repo
	by    string
	at    store.Instant
}

// Archive finds what the export of a request holds now. Nothing is written before that is known.
func (r *Repo) Archive(ctx context.Context, id string) (*Archive, error) {
	if err := access.Require(ctx, access.AdminRead); err != nil {
		return nil, err
	}
	q, err := r.requests.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if q.Kind != Export || q.StakeholderID == "" {
		return nil, fault.New(fault.NotFound, "There is no archive of this request.")
	}
	f, err := r.gather(ctx, q.StakeholderID)
	if err != nil {
		return nil, err
	}
	if err := r.Journal.Record(ctx, "subject export fetched", map[string]string{"request": id}); err != nil {
		return nil, err
	}
	return &Archive{found: f, repo: r, by: access.From(ctx).Name, at: r.db.Now()}, nil
}

// Write streams the archive: data.json for programs, index.html for people. It holds no script and no table
// that a spreadsheet could take for a formula.
func (a *Archive) Write(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	f, err := z.Create("data.json")
	if err != nil {
		return err
	}
	if err := a.writeData(ctx, f); err != nil {
		return err
	}
	if f, err = z.Create("index.html"); err != nil {
		return err
	}
	if err := a.writePage(ctx, f); err != nil {
		return err
	}
	return z.Close()
}

// each calls fn with every document of a collection that the archive holds, a bounded number at a time.
func (a *Archive) each(ctx context.Context, name string, fn func(doc []byte) error) error {
	i := slices.IndexFunc(a.repo.db.Declared(), func(d store.Declared) bool { return d.Name == name })
	raw := a.repo.db.Declared()[i].Raw
	for part := range slices.Chunk(a.found.ids[name], writeBatch) {
		values := make([]any, len(part))
		for i, id := range part {
			values[i] = id
		}
		docs, err := raw.Find(ctx, filter.In{Field: "id", Values: values}, 0)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			if err := fn(doc); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Archive) writeData(ctx context.Context, w io.Writer) error {
	head, err := json.Marshal(map[string]any{"name": a.found.person.Name, "id": a.found.person.ID, "madeAt": a.at, "madeBy": a.by, "withheld": append([]Withheld{}, a.found.withheld...)})
	if err != nil {
		return err
	}
	write := func(text string) {
		if err == nil {
			_, err = io.WriteString(w, text)
		}
	}
	write(`{"subject":` + string(head) + `,"records":{`)
	for i, name := range a.found.names {
		if i > 0 {
			write(",")
		}
		write(`"` + name + `":[`)
		comma := ""
		if err == nil {
			err = a.each(ctx, name, func(doc []byte) error {
				write(comma + string(doc))
				comma = ",\n"
				return err
			})
		}
		write("]")
	}
	write("}}\n")
	return err
}
