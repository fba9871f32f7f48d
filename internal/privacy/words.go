package privacy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// SensitiveKind is a kind of data that free text should not hold, and the words that suggest it.
type SensitiveKind struct {
	Kind  string   `json:"kind" enum:"health,ethnicity,religion,sexual-life,trade-union,offences,case-data"`
	Words []string `json:"words" maxItems:"200" nullable:"false" doc:"words and phrases, matched whole, in any case and without accents; * at the end stands for any ending"`
}

// SensitiveWords is the list of them all.
type SensitiveWords struct {
	store.Meta
	Kinds []SensitiveKind `json:"kinds" nullable:"false"`
}

// Kinds of Article 9 and 10 GDPR that texts about stakeholders come near, and data of a case, which must never
// enter Piper.
var Kinds = []string{"health", "ethnicity", "religion", "sexual-life", "trade-union", "offences", "case-data"}

const wordsID = "words"

// DefaultWords are in force until somebody edits them. They are words about a single person: "health policy" is
// nobody's illness, "diagnosed with" is.
func DefaultWords() *SensitiveWords {
	split := func(text string) []string { return strings.Split(text, ", ") }
	w := &SensitiveWords{Kinds: []SensitiveKind{
		{"health", split("diagnosed, diagnosis, pregnan*, depress*, disabled, sick leave, burnout, cancer, therapy, HIV, medication, schwanger*, krankgeschrieben, Diagnose, Behinderung, enceinte, diagnostic médical, arrêt maladie, embarazada, baja médica, incinta, malattia, w ciąży, chora, zwolnienie lekarskie")},
		{"ethnicity", split("ethnic origin, race, Roma origin, skin colour, skin color, Hautfarbe, ethnische Herkunft, origine ethnique, origen étnico, origine etnica, pochodzenie etniczne")},
		{"religion", split("muslim, christian, jewish, catholic, atheist, his faith, her faith, Muslimin, jüdisch, katholisch, musulman*, juif, juive, judío, judía, ebreo, ebrea, muzułman*, katolik, katoliczka")},
		{"sexual-life", split("gay, lesbian, bisexual, transgender, sexual orientation, homosexual*, schwul, lesbisch, lesbienne, homosexuel*, lesbiana, omosessuale, orientacja seksualna")},
		{"trade-union", split("union member*, trade unionist, shop steward, Gewerkschaftsmitglied*, syndiqué*, syndicaliste, sindicalista, afiliado al sindicato, iscritto al sindacato, związkowiec")},
		{"offences", split("criminal record, convicted, arrested, prosecuted for, vorbestraft, verurteilt, condamné*, casier judiciaire, condenad*, antecedentes penales, condannat*, precedenti penali, skazan*, karan*")},
		{"case-data", split("survivor of, victim of, our client, her trafficker, his trafficker, was trafficked, was exploited, shelter address, asylum claim, case file, unsere Klientin, Betroffene von, victime de, notre bénéficiaire, víctima de, nuestra usuaria, vittima di, ofiara handlu, nasza klientka")},
	}}
	w.ID = wordsID
	return w
}

// Words gives the list in force: the default one, at revision 0, until somebody has edited it.
func (r *Repo) Words(ctx context.Context) (*SensitiveWords, error) {
	w, err := r.words.Get(ctx, wordsID)
	if fault.Is(err, fault.NotFound) {
		return DefaultWords(), nil
	}
	return w, err
}

// SetWords puts a list into force. rev is the revision that was edited, 0 for the default list.
func (r *Repo) SetWords(ctx context.Context, rev int64, kinds []SensitiveKind) (*SensitiveWords, error) {
	if err := access.Require(ctx, access.AdminWrite); err != nil {
		return nil, err
	}
	tidy, err := tidyWords(kinds)
	if err != nil {
		return nil, err
	}
	if rev > 0 {
		return r.words.UpdateAt(ctx, wordsID, rev, func(w *SensitiveWords) error { w.Kinds = tidy; return nil })
	}
	w := &SensitiveWords{Kinds: tidy}
	w.ID = wordsID
	err = r.words.Create(ctx, w)
	if fault.Is(err, fault.Duplicate) {
		return nil, fault.New(fault.Stale, "The words have changed since you read them.")
	}
	return w, err
}

func tidyWords(kinds []SensitiveKind) ([]SensitiveKind, error) {
	var c fault.Checks
	by := map[string][]string{}
	for i, k := range kinds {
		c.Require(slices.Contains(Kinds, k.Kind), fmt.Sprintf("kinds[%d].kind", i), "%q is none of %s.", k.Kind, strings.Join(Kinds, ", "))
		for j, w := range k.Words {
			w = strings.Join(strings.Fields(w), " ")
			if w == "" || slices.Contains(by[k.Kind], w) {
				continue
			}
			field := fmt.Sprintf("kinds[%d].words[%d]", i, j)
			c.Require(len(store.Fold(w)) >= 2, field, "%q would match too much.", w)
			c.Require(len(w) <= 100, field, "A phrase has at most 100 characters.")
			by[k.Kind] = append(by[k.Kind], w)
		}
	}
	out := make([]SensitiveKind, 0, len(Kinds))
	for _, kind := range Kinds {
		out = append(out, SensitiveKind{Kind: kind, Words: append([]string{}, by[kind]...)})
	}
	return out, c.Err()
}

// WordWarning is a word in a text that suggests data of a special kind.
type WordWarning struct {
	Kind string `json:"kind" enum:"health,ethnicity,religion,sexual-life,trade-union,offences,case-data"`
	Word string `json:"word" doc:"as it stands in the text"`
}

// maxWarnings is how many are told of one text.
const maxWarnings = 20

// Warn gives what the words in force find in a text, each once. The text is neither kept nor logged.
func (r *Repo) Warn(ctx context.Context, text string) ([]WordWarning, error) {
	w, err := r.Words(ctx)
	if err != nil {
		return nil, err
	}
	return w.warn(text), nil
}

func (w *SensitiveWords) warn(text string) []WordWarning {
	type phrase struct {
		words []string
		stem  bool
		kind  string
	}
	by := map[string][]phrase{}
	var stems []phrase
	for _, k := range w.Kinds {
		for _, word := range k.Words {
			p := phrase{stem: strings.HasSuffix(word, "*"), kind: k.Kind}
			for _, part := range wordsOf(word) {
				p.words = append(p.words, part.folded)
			}
			switch {
			case len(p.words) == 0:
			case p.stem && len(p.words) == 1:
				stems = append(stems, p)
			default:
				by[p.words[0]] = append(by[p.words[0]], p)
			}
		}
	}
	out := []WordWarning{}
	add := func(kind, word string) {
		one := WordWarning{Kind: kind, Word: word}
		if len(out) < maxWarnings && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	words := wordsOf(text)
	for i, at := range words {
		for _, p := range by[at.folded] {
			last := i + len(p.words) - 1
			if last >= len(words) || !follow(words[i:last], p.words[:last-i]) {
				continue
			}
			end, want := words[last].folded, p.words[last-i]
			if end == want || p.stem && strings.HasPrefix(end, want) {
				add(p.kind, text[at.from:words[last].to])
			}
		}
		for _, p := range stems {
			if strings.HasPrefix(at.folded, p.words[0]) {
				add(p.kind, text[at.from:at.to])
			}
		}
	}
	return out
}
