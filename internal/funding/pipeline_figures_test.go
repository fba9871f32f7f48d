package funding

import (
	"math/rand/v2"
	"testing"

	"piper/internal/money"
	"piper/internal/store"
)

func asked(euros int64, percent int) *Opportunity {
	return &Opportunity{Stage: StageProposal, Probability: percent, Ask: &money.Money{Minor: euros * 100, Currency: "EUR"},
		Frozen: money.Frozen{Worth: &money.Money{Minor: euros * 100, Currency: "EUR"}}}
}

// The worked number of METRICS.md, by both methods.
func TestWeightedPipelineWorkedNumber(t *testing.T) {
	list := []*Opportunity{asked(100, 90), asked(200, 30), asked(400, 10), asked(80, 75)}
	won, foreign, bare := asked(999, 100), asked(50, 50), asked(0, 40)
	won.Stage, foreign.Worth, bare.Ask = StageAwarded, nil, nil
	s := SumUp(append(list, won, foreign, bare), Period{}, "")
	if s.Discount.Minor != 250_00 || s.CutOff.Minor != 180_00 {
		t.Errorf("discount %s, cut-off %s", s.Discount, s.CutOff)
	}
	if s.Count != 7 || s.Sum.Minor != 1779_00 || s.NotConverted != 1 || s.WithoutAsk != 1 {
		t.Errorf("%+v, sum %s", s, s.Sum)
	}
}

func TestWeightedByPeriod(t *testing.T) {
	o := asked(365, 50)
	o.From, o.To = "2027-01-01", "2027-12-31"
	for _, c := range []struct {
		in       Period
		sum, now int64
	}{
		{Period{"2027-01-01", "2027-01-31"}, 31_00, 15_50},
		{Period{"2026-01-01", "2026-12-31"}, 0, 0},
		{Period{From: "2027-12-31"}, 1_00, 50},
		{Period{"2020-01-01", "2030-12-31"}, 365_00, 182_50},
	} {
		if s := SumUp([]*Opportunity{o}, c.in, ""); s.Sum.Minor != c.sum || s.Discount.Minor != c.now {
			t.Errorf("%v: %s, %s", c.in, s.Sum, s.Discount)
		}
	}
	o.To = ""
	if s := SumUp([]*Opportunity{o}, Period{From: "2027-01-01"}, ""); s.Sum.Minor != 0 {
		t.Errorf("without a span it is in no period: %s", s.Sum)
	}
}

// Columns add up to the total, whatever the amounts, and no weight is above its ask.
func TestSumsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		var all []*Opportunity
		var sum, discount, cut int64
		for range 1 + rng.IntN(6) {
			var part []*Opportunity
			for range rng.IntN(5) {
				o := asked(0, rng.IntN(101))
				o.Worth.Minor = rng.Int64N(money.MaxWorth)
				part = append(part, o)
			}
			s := SumUp(part, Period{}, "")
			sum, discount, cut = sum+s.Sum.Minor, discount+s.Discount.Minor, cut+s.CutOff.Minor
			all = append(all, part...)
		}
		s := SumUp(all, Period{}, "")
		if s.Sum.Minor != sum || s.Discount.Minor != discount || s.CutOff.Minor != cut {
			t.Fatalf("columns %d %d %d, total %+v", sum, discount, cut, s)
		}
		if s.Discount.Minor > s.Sum.Minor || s.CutOff.Minor > s.Sum.Minor {
			t.Fatalf("weighted above its asks: %+v", s)
		}
	}
}

func answers(kind, programme string, won, lost int) []Decided {
	var list []Decided
	for range won {
		list = append(list, Decided{kind, programme, true})
	}
	for range lost {
		list = append(list, Decided{kind, programme, false})
	}
	return list
}

func TestSuggest(t *testing.T) {
	history := append(answers("foundation", "Oak core", 6, 2), answers("foundation", "", 2, 14)...)
	history = append(history, answers("eu", "CERV", 40, 0)...)
	for _, c := range []struct {
		name      string
		stage     Stage
		kind, pro string
		decided   []Decided
		want      int
	}{
		{"nothing known: the table", StageSubmitted, "eu", "CERV", nil, 50},
		{"and for a prospect", StageProspect, "eu", "CERV", nil, 10},
		{"others' answers do not count", StageSubmitted, "government", "", history, 50},
		{"a type unknown has no history", StageSubmitted, "", "CERV", append(history, answers("", "CERV", 9, 0)...), 50},
		{"one yes is no certainty", StageSubmitted, "eu", "", answers("eu", "", 1, 0), 56},    // (1+4)/9
		{"many speak for themselves", StageSubmitted, "eu", "CERV", history, 92},              // (40+4)/48
		{"a stage keeps its share", StageProspect, "eu", "CERV", history, 18},                 // 92 × 10/50
		{"type first, then programme", StageSubmitted, "foundation", "Oak core", history, 50}, // (2+4)/24 = .25; (6+8×.25)/16
		{"another programme of the type", StageSubmitted, "foundation", "New", history, 38},   // (8+4)/32
		{"decided is decided", StageAwarded, "eu", "CERV", history, 100},
		{"lost is lost", StageWithdrawn, "eu", "CERV", history, 0},
	} {
		if s := Suggest(c.stage, c.kind, c.pro, c.decided); s.Percent != c.want || s.Reason == "" {
			t.Errorf("%s: %d %%, want %d (%s)", c.name, s.Percent, c.want, s.Reason)
		}
	}
}

// More wins never lower a suggestion, and it stays between 1 and 99 percent.
func TestSuggestIsMonotonous(t *testing.T) {
	for _, rule := range stages {
		if !rule.Open {
			continue
		}
		for decided := range 40 {
			last := 0
			for won := range decided + 1 {
				got := Suggest(rule.Stage, "eu", "X", answers("eu", "X", won, decided-won)).Percent
				if got < last || got < 1 || got > 99 {
					t.Fatalf("%s, %d of %d: %d after %d", rule.Stage, won, decided, got, last)
				}
				last = got
			}
		}
	}
}

// The table is whole: every stage can be left and reached, closed ones lead into open ones only.
func TestTheTableOfStages(t *testing.T) {
	reached := map[Stage]bool{StageProspect: true}
	for _, r := range stages {
		if len(r.Next) == 0 || r.Name == "" || r.anchor == nil {
			t.Errorf("%s: %+v", r.Stage, r)
		}
		for _, next := range r.Next {
			to, ok := next.Rule()
			if !ok || next == r.Stage || !r.Open && !to.Open {
				t.Errorf("%s leads to %s", r.Stage, next)
			}
			reached[next] = true
		}
		for _, need := range r.Needs {
			if missing[need] == "" || (&Opportunity{}).has(need) {
				t.Errorf("%s needs %s, which nothing checks", r.Stage, need)
			}
		}
	}
	if len(reached) != len(stages) {
		t.Errorf("reached: %v", reached)
	}
}

func TestReturns(t *testing.T) {
	day := func(o *Opportunity, stage Stage, donor, programme string, quarters int, since store.Date) *Opportunity {
		o.Stage, o.DonorID, o.Programme, o.Since = stage, donor, programme, since
		o.Effort = []Effort{{Quarters: quarters}}
		return o
	}
	list := []*Opportunity{
		day(asked(90_000, 100), StageAwarded, "oak", "Core", 40, "2026-02-01"),
		day(asked(50_000, 0), StageDeclined, "oak", "Core", 20, "2026-03-01"),
		day(asked(50_000, 0), StageWithdrawn, "oak", "", 12, "2026-03-01"),
		day(asked(50_000, 40), StageProposal, "oak", "", 8, "2026-03-01"),
		day(asked(10_000, 100), StageAwarded, "dgjust", "CERV", 0, "2026-03-01"),
		day(asked(70_000, 100), StageAwarded, "oak", "Core", 4, "2020-03-01"),
	}
	rows := returnsOf(list, map[string]string{"oak": "foundation", "dgjust": "eu"}, Period{From: "2026-01-01"}, "")
	if len(rows) != 2 || rows[0].SourceType != "foundation" || rows[1].SourceType != "eu" {
		t.Fatalf("%+v", rows)
	}
	oak, eu := rows[0], rows[1]
	if oak.Awarded != 1 || oak.Decided != 2 || *oak.WinRate != 0.5 || oak.Withdrawn != 1 || oak.Quarters != 72 || oak.OpenQuarters != 8 ||
		oak.Brought.Minor != 90_000_00 || oak.PerDay.Minor != 5_000_00 {
		t.Errorf("foundations: %+v, %s, %s", oak, oak.Brought, oak.PerDay)
	}
	if len(oak.Programmes) != 1 || oak.Programmes[0].Decided != 2 || oak.Programmes[0].Quarters != 60 {
		t.Errorf("by programme: %+v", oak.Programmes)
	}
	if eu.PerDay != nil || *eu.WinRate != 1 {
		t.Errorf("no effort is no ratio: %+v", eu)
	}
}
