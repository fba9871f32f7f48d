package mail

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
)

// Guardrail is the rules that keep case work out of Piper: no data of a client (a trafficked person) may
// enter it. A message that one of them matches is withheld before anything of it is kept.
type Guardrail struct {
	store.Meta
	Words      []string `json:"words" nullable:"false" doc:"words and phrases, matched whole, in any case and without accents, in subject, text and names of attachments"`
	Senders    []string `json:"senders" nullable:"false" doc:"addresses, domains, or patterns with *, that case work comes from"`
	Recipients []string `json:"recipients" nullable:"false" doc:"addresses, domains, or patterns with *, that case work goes to: helplines"`
}

// guardrailID is the id of the one Guardrail document.
const guardrailID = "guardrail"

// DefaultGuardrail is in force until somebody edits it. The phrases are ones that work about a single
// person uses and policy work does not: "survivor" or "victim" alone would withhold half of advocacy.
func DefaultGuardrail() *Guardrail {
	return &Guardrail{
		Words: []string{
			"case file", "client file", "client intake", "intake form", "referral form", "case conference", "case notes",
			"client interview", "presumed victim", "identified victim", "victim statement", "witness statement",
			"asylum interview", "reflection period", "recovery and reflection", "safe house", "shelter placement",
			"residence permit application", "unaccompanied minor", "medical certificate",
			"Fallakte", "Klientin", "Schutzwohnung", "Opferaussage",
			"fiche de suivi", "notre bénéficiaire", "attestation médicale", "foyer sécurisé",
			"nuestra usuaria", "ficha de caso", "piso de acogida",
			"scheda caso", "casa protetta", "permesso di soggiorno per protezione",
			"cliëntdossier", "opvangplek", "akta sprawy", "nasza klientka", "bezpieczne mieszkanie",
		},
		Senders:    []string{},
		Recipients: []string{"helpline@*", "hotline@*", "*-helpline@*", "sos@*"},
	}
}

// Bounds of the rules.
const (
	maxRules = 500
	maxRule  = 100 // characters
)

// tidy trims the rules and refuses those that could match nothing or everything.
func (g *Guardrail) tidy() error {
	var c fault.Checks
	for name, list := range map[string]*[]string{"words": &g.Words, "senders": &g.Senders, "recipients": &g.Recipients} {
		c.Require(len(*list) <= maxRules, name, "There can be no more than %d rules.", maxRules)
		out := []string{}
		for i, rule := range *list {
			rule = strings.Join(strings.Fields(rule), " ")
			field := fmt.Sprintf("%s[%d]", name, i)
			c.Require(utf8.RuneCountInString(rule) <= maxRule, field, "A rule can have no more than %d characters.", maxRule)
			switch {
			case rule == "":
				continue
			case name == "words":
				c.Require(len(store.Tokens(rule)) > 0, field, "A word needs letters or digits.")
			default:
				rule = strings.ToLower(rule)
				c.Require(strings.Trim(rule, "*@. ") != "", field, "This pattern would match every address.")
				c.Require(!strings.ContainsAny(rule, " ,;<>"), field, "Write one address, domain or pattern in each line.")
			}
			out = append(out, rule)
		}
		*list = out
	}
	return c.Err()
}

// rules gives every rule as it is noted on a withheld message.
func (g *Guardrail) rules() []string {
	var list []string
	for _, w := range g.Words {
		list = append(list, wordRule(w))
	}
	for _, s := range g.Senders {
		list = append(list, senderRule(s))
	}
	for _, r := range g.Recipients {
		list = append(list, recipientRule(r))
	}
	return list
}

func wordRule(w string) string      { return fmt.Sprintf("the word %q", w) }
func senderRule(s string) string    { return fmt.Sprintf("the sender %q", s) }
func recipientRule(r string) string { return fmt.Sprintf("the recipient %q", r) }

// Guard is a Guardrail made ready for matching. It is safe for concurrent use.
type Guard struct {
	phrases    map[string][]phrase // by first word
	begins     [1 << 14]bool       // whether some first word begins with these two ASCII letters
	other      bool                // whether some first word begins otherwise
	senders    []pattern
	recipients []pattern
}

type phrase struct {
	words []string
	rule  string
}

type pattern struct{ glob, rule string }

// Guard makes the rules ready for matching.
func (g *Guardrail) Guard() *Guard {
	out := &Guard{phrases: map[string][]phrase{}}
	for _, w := range g.Words {
		if words := strings.Fields(store.Fold(w)); len(words) > 0 {
			out.phrases[words[0]] = append(out.phrases[words[0]], phrase{words, wordRule(w)})
			if first := words[0]; len(first) > 1 && first[0]|first[1] < utf8.RuneSelf {
				out.begins[pair(first[0], first[1])] = true
			} else {
				out.other = true
			}
		}
	}
	for _, s := range g.Senders {
		out.senders = append(out.senders, pattern{addressGlob(s), senderRule(s)})
	}
	for _, r := range g.Recipients {
		out.recipients = append(out.recipients, pattern{addressGlob(r), recipientRule(r)})
	}
	return out
}

// addressGlob turns what a person writes into a pattern over whole addresses: a domain stands for all of
// its addresses.
func addressGlob(s string) string {
	s = strings.ToLower(s)
	switch {
	case strings.HasPrefix(s, "@"):
		return "*" + s
	case !strings.Contains(s, "@") && !strings.Contains(s, "*"):
		return "*@" + s
	}
	return s
}

// Withholds tells whether a message must stay out, and by which rule.
func (g *Guard) Withholds(m *mime.Message) (rule string, ok bool) {
	if rule, ok := matchAny(g.senders, m.From, m.Sender, m.ReplyTo); ok {
		return rule, true
	}
	if rule, ok := matchAny(g.recipients, m.To, m.Cc, m.Bcc); ok {
		return rule, true
	}
	if rule, ok := g.inText(m.Subject); ok {
		return rule, true
	}
	for _, a := range m.Attachments {
		if rule, ok := g.inText(a.Name); ok {
			return rule, true
		}
	}
	return g.inText(m.Text)
}

func matchAny(patterns []pattern, lists ...[]mime.Address) (string, bool) {
	if len(patterns) == 0 {
		return "", false
	}
	for _, list := range lists {
		for _, a := range list {
			for _, p := range patterns {
				if globMatch(p.glob, a.Address) {
					return p.rule, true
				}
			}
		}
	}
	return "", false
}

// globMatch matches s against a pattern in which * stands for any number of characters.
func globMatch(glob, s string) bool {
	parts := strings.Split(glob, "*")
	if len(parts) == 1 {
		return glob == s
	}
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return strings.HasSuffix(s, last)
}

// pair gives the place of two ASCII letters in Guard.begins.
func pair(a, b byte) int { return int(a)<<7 | int(b) }

// inText looks for the phrases in a text. Every message goes through here: text beyond ASCII is folded
// first, plain ASCII on the way, and words that begin no phrase are passed over by their first two letters.
func (g *Guard) inText(text string) (string, bool) {
	if len(g.phrases) == 0 {
		return "", false
	}
	if !isASCII(text) {
		text = store.Fold(text)
	}
	var buf [64]byte
	for from, to := wordAt(text, 0); from < to; from, to = wordAt(text, to) {
		if to-from > 1 && text[from]|text[from+1] < utf8.RuneSelf {
			if !g.begins[pair(wordByte[text[from]], wordByte[text[from+1]])] {
				continue
			}
		} else if !g.other {
			continue
		}
		for _, p := range g.phrases[string(foldedWord(buf[:0], text[from:to]))] {
			if follows(text, to, p.words[1:]) {
				return p.rule, true
			}
		}
	}
	return "", false
}

// follows reports whether the next words of a text from i on are these.
func follows(text string, i int, words []string) bool {
	var buf [64]byte
	for _, w := range words {
		from, to := wordAt(text, i)
		if string(foldedWord(buf[:0], text[from:to])) != w {
			return false
		}
		i = to
	}
	return true
}

// wordAt finds the next word from i on in text that is ASCII or folded; from and to are equal where there
// is none.
func wordAt(text string, i int) (from, to int) {
	for i < len(text) && wordByte[text[i]] == 0 {
		i++
	}
	from = i
	for i < len(text) && wordByte[text[i]] != 0 {
		i++
	}
	return from, i
}

// foldedWord appends a word in small letters.
func foldedWord(buf []byte, word string) []byte {
	for i := range len(word) {
		buf = append(buf, wordByte[word[i]])
	}
	return buf
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// wordByte gives the small form of a byte of a word, 0 for one between words.
var wordByte = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= utf8.RuneSelf:
			t[c] = byte(c)
		}
	}
	return t
}()

// Addresses makes header entries of plain addresses, for trying the rules out.
func Addresses(list ...string) []mime.Address {
	out := make([]mime.Address, 0, len(list))
	for _, a := range list {
		out = append(out, mime.Address{Address: strings.ToLower(strings.TrimSpace(a))})
	}
	return out
}
