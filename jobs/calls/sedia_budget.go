package calls

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"piper/internal/calls"
)

// budgetOverview is the JSON that the portal keeps in a string: the budgets of every topic of a call.
type budgetOverview struct {
	Topics map[string][]budgetEntry `json:"budgetTopicActionMap"`
}

type budgetEntry struct {
	Action string            `json:"action"` // "<identifier> - <type of action>"
	Grants amount            `json:"expectedGrants"`
	Min    amount            `json:"minContribution"`
	Max    amount            `json:"maxContribution"`
	Years  map[string]amount `json:"budgetYearMap"`
}

// amount is a number that may come as one or as a string; what is neither is none.
type amount string

func (a *amount) UnmarshalJSON(b []byte) error {
	*a = amount(strings.Trim(strings.TrimSpace(string(b)), `"`))
	return nil
}

// maxWhole bounds what is believed to be an amount of money, in whole euros.
const maxWhole = 1_000_000_000_000

// minor gives the amount in cents, or 0 for none and for what cannot be money.
func (a amount) minor() int64 {
	text := strings.TrimSpace(string(a))
	if strings.ContainsAny(text, "eE") { // 1.5E7
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || !(f > 0 && f <= maxWhole) {
			return 0
		}
		return int64(math.Round(f * 100))
	}
	whole, fraction, _ := strings.Cut(text, ".")
	euros, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || euros > maxWhole {
		return 0
	}
	cents, err := strconv.ParseUint((fraction + "00")[:2], 10, 8)
	if err != nil {
		return 0
	}
	return int64(euros*100 + cents)
}

// budget reads what concerns this identifier out of a budget overview. The other topics of the call
// stand in it too, and a sum for the whole call may be repeated on each, so nothing is added up over
// topics; an entry that is repeated word for word counts once.
func budget(overview, identifier string, notes []string) (*calls.Budget, []string) {
	if strings.TrimSpace(overview) == "" {
		return nil, notes
	}
	var o budgetOverview
	if err := json.Unmarshal([]byte(overview), &o); err != nil {
		return nil, append(notes, "The budget could not be read.")
	}
	if identifier == "" {
		return nil, notes
	}
	years := map[string]int64{}
	b := &calls.Budget{Currency: "EUR"}
	seen := map[string]bool{}
	for _, key := range sortedKeys(o.Topics) {
		for _, e := range o.Topics[key] {
			words := e.inWords()
			if !e.isOf(identifier) || seen[words] {
				continue
			}
			seen[words] = true
			b.ExpectedGrants += e.Grants.minor() / 100
			if v := e.Min.minor(); v > 0 && (b.MinContribution == 0 || v < b.MinContribution) {
				b.MinContribution = v
			}
			b.MaxContribution = max(b.MaxContribution, e.Max.minor())
			for year, v := range e.Years {
				years[line(year)] += v.minor()
			}
		}
	}
	for _, year := range sortedKeys(years) {
		if years[year] > 0 {
			b.Years = append(b.Years, calls.YearAmount{Year: year, Amount: years[year]})
			b.Total += years[year]
		}
	}
	if b.Total == 0 && b.MinContribution == 0 && b.MaxContribution == 0 && b.ExpectedGrants == 0 {
		return nil, notes
	}
	return b, notes
}

// isOf reports whether the entry is about the topic, not about one whose identifier merely begins the
// same ("…-01" and "…-01-two-stage").
func (e budgetEntry) isOf(identifier string) bool {
	rest, ok := strings.CutPrefix(line(e.Action), identifier)
	return ok && (rest == "" || strings.HasPrefix(rest, " "))
}

// inWords is the same for entries that say the same.
func (e budgetEntry) inWords() string {
	parts := []string{line(e.Action), string(e.Grants), string(e.Min), string(e.Max)}
	for _, year := range sortedKeys(e.Years) {
		parts = append(parts, year, string(e.Years[year]))
	}
	return strings.Join(parts, "\x00")
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
