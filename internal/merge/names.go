package merge

import (
	"slices"
	"strings"

	"piper/internal/store"
)

// small are words that carry nothing in the name of an organisation.
var small = words(`the of for and in on at a an de la le les des du et pour der die das und fur des im von van den het
	voor en del della di e per los las y para da do dos das i w na dla o`)

// titles are what people write before or after a person's name.
var titles = words(`mr mrs ms miss mx dr prof professor sir dame lord lady mep mp hon herr frau dipl ing mag madame monsieur mme mlle
	msc bsc ma ba phd jr sr`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// plainName is a name as it is compared.
type plainName struct {
	tokens []string // folded, in Latin letters, sorted, without titles, legal forms and small words
	bones  []string // the skeleton of each token
	whole  string   // the tokens as one
	script bool     // it was written in another script
}

// plain makes a name comparable. Letters with a point after each ("e.V.", "A.I.S.B.L.") are one word.
func plain(kind, name string) plainName {
	folded := store.Fold(store.JoinLetters(name, kind == "person"))
	latin := store.Latin(folded)
	all := strings.Fields(latin)
	drop := func(w string) bool { return titles[w] }
	if kind != "person" {
		drop = func(w string) bool { return store.LegalForm(w) || small[w] }
	}
	kept := make([]string, 0, len(all))
	for _, w := range all {
		if !drop(w) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = all // a name of nothing but such words
	}
	slices.Sort(kept)
	n := plainName{tokens: slices.Compact(kept), script: latin != folded}
	n.whole, n.bones = strings.Join(n.tokens, " "), make([]string, len(n.tokens))
	for i, w := range n.tokens {
		n.bones[i] = skeleton(w)
	}
	return n
}

// initials gives the first letters of the tokens of a name in the order in which it is written.
func initials(name string) string {
	var out strings.Builder
	for _, w := range strings.Fields(store.Latin(store.Fold(name))) {
		if !store.LegalForm(w) && !small[w] {
			out.WriteRune([]rune(w)[0])
		}
	}
	return out.String()
}

// sounds are spellings of the same sound in the languages of Europe, longest first.
var sounds = strings.NewReplacer("tsch", "c", "shch", "c", "sch", "s", "tch", "c", "cz", "c", "ch", "c", "sh", "s", "zh", "s", "th", "t", "dh", "d",
	"ph", "f", "kh", "h", "ck", "k", "ts", "s", "q", "k", "w", "v", "z", "s", "x", "ks", "y", "i", "j", "i")

// skeleton gives what is left of a word when its spelling varies: its first letter and its consonants,
// each once in a row.
func skeleton(word string) string {
	s := sounds.Replace(word)
	var out []byte
	for i := range len(s) {
		c := s[i]
		vowel := strings.IndexByte("aeiou", c) >= 0
		if i > 0 && (vowel || c == s[i-1] || len(out) > 0 && out[len(out)-1] == c) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// freemail are domains at which anybody gets an address, so that sharing one says nothing.
var freemail = words(`gmail.com googlemail.com yahoo.com yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.co.uk ymail.com outlook.com
	outlook.fr outlook.de hotmail.com hotmail.fr hotmail.de hotmail.it hotmail.co.uk live.com live.nl msn.com icloud.com me.com mac.com
	aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de mail.com proton.me protonmail.com pm.me tutanota.com
	posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it alice.it wp.pl o2.pl onet.pl interia.pl
	seznam.cz centrum.cz email.cz azet.sk abv.bg mail.bg ukr.net i.ua mail.ru yandex.ru yandex.com bk.ru inbox.ru rambler.ru skynet.be telenet.be
	proximus.be ziggo.nl kpnmail.nl xs4all.nl bluewin.ch sapo.pt otenet.gr citromail.hu freemail.hu inbox.lv telia.com btinternet.com`)

// hosts are where many organisations have a page of their own, so that sharing one says nothing.
var hosts = words(`facebook.com linkedin.com twitter.com x.com instagram.com youtube.com wordpress.com blogspot.com wixsite.com
	github.io google.com sites.google.com medium.com ec.europa.eu europa.eu europarl.europa.eu`)

// domains gives the web domains that a profile's pages and addresses are at, but those that say nothing.
func (p *Profile) domains() []string {
	var list []string
	add := func(host string) {
		host, _, _ = strings.Cut(strings.TrimPrefix(strings.ToLower(host), "www."), ":")
		if strings.Contains(host, ".") && !freemail[host] && !hosts[host] {
			list = append(list, host)
		}
	}
	for _, a := range p.Emails {
		if _, host, ok := strings.Cut(a, "@"); ok {
			add(host)
		}
	}
	if _, rest, ok := strings.Cut(p.Website, "://"); ok {
		host, _, _ := strings.Cut(rest, "/")
		add(host)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// digits gives the last nine digits of a phone number, "" of one that is too short to tell anything:
// the country's code and the zero before the town's are written or not.
func digits(number string) string {
	var out []byte
	for i := range len(number) {
		if c := number[i]; c >= '0' && c <= '9' {
			out = append(out, c)
		}
	}
	if len(out) < 7 {
		return ""
	}
	return string(out[max(0, len(out)-9):])
}
