package diligence

import (
	"context"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// DonorPolicy is the questions that a case is opened with. Each change is a new version; a case keeps those of its own.
type DonorPolicy struct {
	store.Meta
	Version   int        `json:"version"`
	Questions []Question `json:"questions" nullable:"false"`
}

const policyID = "policy"

// standard are the questions until somebody writes others: what donors' codes and auditors commonly ask.
var standard = []Question{
	{ID: "who", Text: "Do we know who the donor is, and who owns or controls it?", Help: "Register extract, statutes, annual report; for a foundation, who founded it and who decides."},
	{ID: "money", Text: "Do we know where its money comes from?", Help: "Business, endowment, public money, gifts of others. For money that is passed on: whose it is."},
	{ID: "trafficking", Text: "Is it free of a link to trafficking, forced labour or exploitation?", Help: "Own business, supply chain, holdings; reports of courts, inspectorates, trade unions and the press."},
	{ID: "clients", Text: "Does it leave those whom members assist, and data about them, alone?", Help: "No names, no figures of groups so small that somebody can be recognised, no condition on who is assisted."},
	{ID: "mission", Text: "Do its aims and public positions go with our mission?", Help: "Statements on trafficking, migration, sex work and labour; parties and campaigns that it funds."},
	{ID: "strings", Text: "Are we free to say what we think, with its money?", Help: "Pledges, a say in publications, exclusivity. Write them down as strings of the agreement, too."},
	{ID: "reputation", Text: "Would we and our members be glad to be named beside it?"},
	{ID: "interests", Text: "Is nobody of ours bound to it by a post, a contract or family?", Optional: true},
}

// Policy gives the questions that a case is opened with now.
func (r *Repo) Policy(ctx context.Context) (*DonorPolicy, error) {
	p, err := r.policies.Get(ctx, policyID)
	if fault.Is(err, fault.NotFound) {
		return &DonorPolicy{Version: 1, Questions: slices.Clone(standard)}, nil
	}
	return p, err
}

// SetPolicy writes the next version of the questions; rev is the revision that was read, 0 for the one that Piper comes
// with.
func (r *Repo) SetPolicy(ctx context.Context, rev int64, questions []Question) (*DonorPolicy, error) {
	questions = slices.Clone(questions)
	var k fault.Checks
	k.Require(len(questions) > 0, "questions", "A case needs at least one question.")
	k.Require(len(questions) <= maxQuestions, "questions", "There are more than %d questions.", maxQuestions)
	taken := map[string]bool{}
	for i := range questions {
		q := &questions[i]
		q.Text, q.Help = oneLine(q.Text), strings.TrimSpace(q.Help)
		k.Require(q.Text != "", at("questions", i)+".text", "Write the question.")
		k.Require(len(q.Text) <= 500*4, at("questions", i)+".text", "The question is too long.")
		k.Require(len(q.Help) <= 1000*4, at("questions", i)+".help", "The help is too long.")
		k.Require(len(q.ID) <= 40 && !taken[q.ID], at("questions", i)+".id", "Two questions cannot have the same id.")
		if q.ID == "" {
			q.ID = store.NewID()
		}
		taken[q.ID] = true
	}
	if err := k.Err(); err != nil {
		return nil, err
	}
	p, _, err := r.policies.Upsert(ctx, filter.Eq{Field: "id", Value: policyID}, func(p *DonorPolicy, isNew bool) error {
		if p.Rev != rev {
			return fault.New(fault.Stale, "The questions have changed since you read them.")
		}
		if isNew {
			p.ID, p.Version = policyID, 1
		}
		if !slices.Equal(p.Questions, questions) {
			p.Version, p.Questions = p.Version+1, questions
		}
		return nil
	})
	return p, err
}
