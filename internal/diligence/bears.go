package diligence

import (
	"math"
	"slices"
	"strings"
)

// An organisation is never a listed person, but one that bears the name of a listed person may be theirs: the company of an
// oligarch, the foundation in honour of a commander. So an entry is shown where the whole name of a person on the list stands
// in the name of an organisation, word beside word, in whatever order and alphabet. Nothing is guessed here: spellings have to
// be the same, since the list has the usual ones; names that the list calls weak, names of one word and by-names ("Abu Ali")
// are left out, as half of the world's mosques and markets bear those. The measured price is in the tests of jobs/sanctions.

// patronymics are the endings of the middle name that Slavic names have on the list and seldom on a door.
var patronymics = []string{"ovich", "evich", "ovych", "evych", "yovych", "iovych", "ovic", "evic", "ovna", "evna", "ivna", "yivna", "ichna", "inichna", "ilich", "yich"}

// byNames begin names that are no names: father of, mother of, son of.
var byNames = words(`abu abou umm ibn bin bint ben`)

// coresOf gives the words of a person's name, and those without a patronymic; none where it is of one word or a by-name.
func coresOf(s *spelled) [][]int {
	if !s.person || len(s.tokens) < 2 || byNames[s.key(0)] && len(s.tokens) < 3 {
		return nil
	}
	var all, core []int
	for i := range s.tokens {
		all = append(all, i)
		if !slices.ContainsFunc(s.tokens[i].forms, patronymic) {
			core = append(core, i)
		}
	}
	if len(all) == 3 && len(core) == 2 {
		return [][]int{all, core}
	}
	return [][]int{all}
}

func patronymic(word string) bool {
	return len(word) > 6 && slices.ContainsFunc(patronymics, func(end string) bool { return strings.HasSuffix(word, end) })
}

// borne gives the names of listed persons that stand whole in the name of an organisation. The score is 100 · √A, A being
// the part of the organisation's words that is the person's name, and stays below what two names alike come to.
func (x *Index) borne(name string) []found {
	s := spell(name, true) // as the persons are: without titles and articles
	same := make([]map[int32]bool, len(s.tokens))
	for i := range s.tokens {
		same[i] = map[int32]bool{}
		for w, l := range x.wordsLike(&s.tokens[i]) {
			if l == 1 {
				same[i][w] = true
			}
		}
	}
	var out []found
	seen := map[int32]bool{}
	for i := 0; i+1 < len(same); i++ {
		for w := range same[i] {
			for _, at := range x.posting[w] {
				n := &x.names[at]
				if seen[at] || n.weak {
					continue
				}
				length := x.standsIn(n, same, i)
				if length == 0 {
					continue
				}
				seen[at] = true
				score := 100 * math.Sqrt(float64(length)/float64(len(s.tokens)))
				out = append(out, found{at, likeness{min(int(math.Round(score)), Threshold-1),
					[]string{"The organisation bears the name of a listed person: “" + n.name + "”"}}})
			}
		}
	}
	return out
}

// standsIn gives how many words from a place on are, in some order, the name of a person; 0 where they are not.
func (x *Index) standsIn(n *listed, same []map[int32]bool, from int) int {
	for _, core := range n.cores {
		if from+len(core) > len(same) {
			continue
		}
		left := slices.Clone(core)
		for _, words := range same[from : from+len(core)] {
			at := slices.IndexFunc(left, func(i int) bool { return words[n.words[i]] })
			if at < 0 {
				break
			}
			left = slices.Delete(left, at, at+1)
		}
		if len(left) == 0 {
			return len(core)
		}
	}
	return 0
}
