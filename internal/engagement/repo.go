package engagement

import (
	"bytes"
	"context"

	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// Accounts knows who uses Piper; the accounts' own room is it.
type Accounts interface {
	// Names gives the name of every account, closed ones included, by id.
	Names(ctx context.Context) (map[string]string, error)
}

// Directory knows the stakeholders; their own room is it.
type Directory interface {
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Repo keeps interactions, tasks, templates, who follows whom, and which reminders have gone out.
type Repo struct {
	db           *store.DB
	accounts     Accounts
	directory    Directory
	interactions *store.Collection[Interaction]
	tasks        *store.Collection[Task]
	templates    *store.Collection[Template]
	follows      *store.Collection[Follows]
	digests      *store.Collection[Digest]
	reminders    *store.Collection[Reminder]
}

// Options are what a Repo may have beside its store; the zero value is right for tests.
type Options struct {
	Journal *audit.Journal // nil: nothing is told how to write private records down
}

// NewRepo declares the collections.
func NewRepo(db *store.DB, accounts Accounts, directory Directory, opts Options) *Repo {
	stakeholders := store.Ref{Field: "stakeholderIds", Collection: "stakeholders", OnMerge: "repoint", OnErase: "remove"}
	if opts.Journal != nil {
		opts.Journal.Rules("interactions", audit.Rules{Withhold: isPrivate, Quiet: []string{"at", "seen"}})
		opts.Journal.Rules("tasks", audit.Rules{Withhold: isPrivate, Quiet: []string{"seen"}})
	}
	return &Repo{db: db, accounts: accounts, directory: directory,
		interactions: store.Declare(db, store.Spec[Interaction]{
			Name: "interactions",
			Fields: []driver.Field{{Path: "kind"}, {Path: "date"}, {Path: "at"}, {Path: "authorId"}, {Path: "trashedAt"}, {Path: "key"},
				{Path: "createdAt"}, {Path: "updatedAt"},
				{Path: "stakeholderIds", Multi: true}, {Path: "mentions.accountId", Multi: true}, {Path: "seen", Multi: true}},
			Unique: [][]string{{"key"}},
			Indexes: [][]driver.Key{
				{{Path: "stakeholderIds"}, {Path: "at", Desc: true}},
				{{Path: "stakeholderIds"}, {Path: "kind"}, {Path: "at", Desc: true}},
				{{Path: "stakeholderIds"}, {Path: "createdAt", Desc: true}},
				{{Path: "mentions.accountId"}, {Path: "updatedAt", Desc: true}},
				{{Path: "seen"}, {Path: "at", Desc: true}},
			},
			Refs:  []store.Ref{stakeholders},
			Sight: "seen", Words: interactionWords, Audited: true,
		}),
		tasks: store.Declare(db, store.Spec[Task]{
			Name: "tasks",
			Fields: []driver.Field{{Path: "title"}, {Path: "due"}, {Path: "ownerId"}, {Path: "state"}, {Path: "doneAt"}, {Path: "key"},
				{Path: "interactionId"}, {Path: "private", Kind: driver.Bool}, {Path: "createdAt"}, {Path: "updatedAt"},
				{Path: "stakeholderIds", Multi: true}, {Path: "mentions.accountId", Multi: true}, {Path: "seen", Multi: true}},
			Unique: [][]string{{"key"}},
			Indexes: [][]driver.Key{
				{{Path: "ownerId"}, {Path: "state"}, {Path: "due"}},
				{{Path: "state"}, {Path: "due"}},
				{{Path: "interactionId"}},
				{{Path: "mentions.accountId"}, {Path: "updatedAt", Desc: true}},
				{{Path: "stakeholderIds"}, {Path: "doneAt", Desc: true}},
				{{Path: "stakeholderIds"}, {Path: "state"}, {Path: "due"}},
			},
			Refs:  []store.Ref{stakeholders},
			Sight: "seen", Words: taskWords, Audited: true,
		}),
		templates: store.Declare(db, store.Spec[Template]{
			Name: "tasktemplates", Fields: []driver.Field{{Path: "sortName"}}, Indexes: [][]driver.Key{{{Path: "sortName"}}}, Audited: true,
		}),
		follows: store.Declare(db, store.Spec[Follows]{
			Name: "follows", Fields: []driver.Field{{Path: "stakeholderIds", Multi: true}},
			Indexes: [][]driver.Key{{{Path: "stakeholderIds"}}}, Refs: []store.Ref{stakeholders}, Audited: true,
		}),
		digests: store.Declare(db, store.Spec[Digest]{
			Name: "digests", Fields: []driver.Field{{Path: "accountId"}, {Path: "day"}, {Path: "state"}},
			Unique: [][]string{{"accountId", "day"}}, Indexes: [][]driver.Key{{{Path: "state"}}},
		}),
		reminders: store.Declare(db, store.Spec[Reminder]{
			Name: "reminders", Fields: []driver.Field{{Path: "key"}, {Path: "digestId"}},
			Unique: [][]string{{"key"}}, Indexes: [][]driver.Key{{{Path: "digestId"}}},
		}),
	}
}

// isPrivate tells of a stored record whether its values may be written into the journal, which
// administrators read.
func isPrivate(doc []byte) bool { return bytes.Contains(doc, []byte(`"private":true`)) }

func interactionWords(i *Interaction) store.Words {
	if i.TrashedAt != "" {
		return store.Words{}
	}
	return store.Words{Names: []string{i.Title}, Texts: []string{i.Minutes}}
}

func taskWords(t *Task) store.Words {
	return store.Words{Names: []string{t.Title}, Texts: []string{t.Notes}}
}

// checkStakeholders refuses ids that no stakeholder has.
func (r *Repo) checkStakeholders(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	names, err := r.directory.Names(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, ok := names[id]; !ok {
			return fault.Field("stakeholderIds", "There is no stakeholder %s.", id)
		}
	}
	return nil
}

// keyOf makes what a program called a record its author's own.
func keyOf(authorID, key string) string {
	if key == "" {
		return ""
	}
	return authorID + "/" + key
}
