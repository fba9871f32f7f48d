package store

import "strings"

// legalForms are words for the form of an organisation, folded and in Latin letters, which people write or leave out.
// Words that say what it is (foundation, Stiftung, institute) are part of the name.
var legalForms = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(legalWords) {
		set[w] = true
	}
	return set
}()

const legalWords = `aisbl asbl vzw ivzw gmbh ggmbh mbh ev eingetragener verein ag kg ohg sa sas sarl srl spa bv nv ltd limited llc llp plc
	inc incorporated corp corporation co company gug ug se scrl scs oy ab as aps ek doo dd sro zs ops kft zrt nonprofit sp
	zoo eood ood ead ooo npo ngo ong onlus ets odv cic cio registered charity zao oao pao ao jsc pjsc ojsc fze fzco sal kk`

// LegalForm reports whether a word, folded and in Latin letters, is one for the form of an organisation: "gmbh".
func LegalForm(word string) bool { return legalForms[word] }

// JoinLetters makes one word of letters with points, before a name is folded: "e.V." and "e. V." → "eV". In the name of a
// person only where no blank parts them, so that the "J." of "J. Smith" stays a first letter.
func JoinLetters(name string, person bool) string {
	var out []string
	joining := false
	for _, f := range strings.Fields(name) {
		letters := strings.ReplaceAll(strings.Trim(f, ",;()"), ".", "")
		points := strings.Count(f, ".")
		abbreviated := points > 0 && len([]rune(letters)) == points || points > 1 && len([]rune(letters)) <= 2*points
		switch {
		case abbreviated && joining && !person:
			out[len(out)-1] += letters
		case abbreviated && points > 1, abbreviated && !person:
			out = append(out, letters)
		default:
			out = append(out, f)
		}
		joining = abbreviated
	}
	return strings.Join(out, " ")
}
