package award

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"piper/internal/store"
)

// Bounds of what is kept of a source's texts, in characters.
const (
	maxTitle = 300
	maxName  = 300
	maxRef   = 200
)

func oneLine(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

var (
	isoDay   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:?\d{2})?$`)
	slashDay = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?$`)
	number   = regexp.MustCompile(`^[+-]?\d{1,18}(\.\d{1,30})?([eE][+-]?\d{1,2})?$`)
	grouped  = regexp.MustCompile(`^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	orgList  = regexp.MustCompile(`^([A-Z]{2})-[A-Za-z0-9]`)
)

// readDay reads a civil date: 2015-01-30, with or without a time or zone behind it, or 30/01/2015. Where day and
// month could be either, the day is first, as the publishers of 360Giving write; a day that a time zone would
// move stays the day that is written. The sentence is "" when all is well.
func readDay(s string) (day store.Date, year int, sentence string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", 0, "The date is missing."
	}
	text := ""
	if m := isoDay.FindStringSubmatch(s); m != nil {
		text = m[1]
	} else if m := slashDay.FindStringSubmatch(s); m != nil {
		text = fmt.Sprintf("%s-%02s-%02s", m[3], pad(m[2]), pad(m[1]))
	}
	day, err := store.ParseDate(text)
	if err != nil {
		return "", 0, fmt.Sprintf("%q is not a date.", oneLine(s, 40))
	}
	year, _ = strconv.Atoi(string(day)[:4])
	if year < minYear || year > maxYear {
		return "", 0, fmt.Sprintf("The year %d is not between %d and %d.", year, minYear, maxYear)
	}
	return day, year, ""
}

// The years that an award may be of.
const (
	minYear = 1950
	maxYear = 2100
)

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// readAmount gives an amount as decimal text. Blanks and commas that group thousands are taken away; a comma
// that could be a decimal mark is refused.
func readAmount(written string) (text, sentence string) {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\t', '\n', '\r':
			return -1
		case '−':
			return '-'
		}
		return r
	}, written)
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	switch {
	case s == "":
		return "", "The amount is missing."
	case !number.MatchString(s):
		return "", fmt.Sprintf("%q is not an amount.", oneLine(written, 40))
	case strings.Trim(mantissa(s), "+-0.") == "":
		return "", "The amount is 0: nothing was awarded."
	}
	return s, ""
}

// mantissa is a number without its exponent.
func mantissa(s string) string {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		return s[:i]
	}
	return s
}

// regions maps the names of countries, folded, to their codes. The common names of the parts of the United
// Kingdom and the usual other names of countries are among them.
var regions = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	namer := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if r, err := language.ParseRegion(code); err == nil && r.IsCountry() && r.Canonicalize().String() == code {
				if name := store.Fold(namer.Name(r)); name != "" {
					codes[name] = code
				}
			}
		}
	}
	for name, code := range map[string]string{
		"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB", "el": "GR",
		"usa": "US", "united states of america": "US", "czech republic": "CZ", "czechia": "CZ", "turkey": "TR", "turkiye": "TR",
		"the netherlands": "NL", "republic of moldova": "MD", "russian federation": "RU", "syrian arab republic": "SY", "viet nam": "VN",
		"kosovo": "XK", "north macedonia": "MK", "ivory coast": "CI", "cote d ivoire": "CI", "burma": "MM", "macedonia": "MK",
		"bosnia and herzegovina": "BA", "korea republic of": "KR", "iran islamic republic of": "IR", "tanzania united republic of": "TZ",
		"democratic republic of the congo": "CD", "congo": "CG", "palestine": "PS", "lao people s democratic republic": "LA",
		// As ISO 3166 and with it the first files of IATI write them.
		"bolivia plurinational state of": "BO", "brunei darussalam": "BN", "congo the democratic republic of the": "CD", "gambia the": "GM",
		"korea democratic people s republic of": "KP", "macedonia the former yugoslav republic of": "MK", "micronesia federated states of": "FM",
		"moldova republic of": "MD", "myanmar": "MM", "palestine state of": "PS", "palestinian territory occupied": "PS", "saint lucia": "LC",
		"sao tome and principe": "ST", "taiwan province of china": "TW", "the gambia": "GM", "venezuela bolivarian republic of": "VE",
	} {
		codes[name] = code
	}
	return codes
})

// countryOf reads a country, as a code or in words; "" where it is none that is known.
func countryOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == 2 {
		code := strings.ToUpper(s)
		if other := map[string]string{"UK": "GB", "EL": "GR"}[code]; other != "" {
			return other
		}
		if r, err := language.ParseRegion(code); err == nil && r.IsCountry() {
			return code
		}
		return ""
	}
	return regions()[store.Fold(s)]
}

// countryOfID gives the country whose register numbered an organisation: "GB-CHC-1" is British. The codes that
// begin with X are of international registers.
func countryOfID(id string) string {
	if m := orgList.FindStringSubmatch(id); m != nil && m[1][0] != 'X' {
		return countryOf(m[1])
	}
	return ""
}

// countries orders codes, one of each; those that are no countries are left out.
func countries(list []string) []string {
	out := []string{}
	for _, c := range list {
		if code := countryOf(c); code != "" {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tidy puts an organisation into its one form.
func (o Organisation) tidy() Organisation {
	o.Name, o.ID = oneLine(o.Name, maxName), oneLine(o.ID, maxRef)
	if !orgList.MatchString(o.ID) && !strings.HasPrefix(o.ID, "360G-") {
		o.ID = "" // "N/A", an internal number: it names nobody outside its file
	}
	if o.Country = countryOf(o.Country); o.Country == "" {
		o.Country = countryOfID(o.ID)
	}
	if o.Name == "" {
		o.Name = o.ID
	}
	return o
}

// charset decodes XML that is not UTF-8.
func charset(label string, in io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(in), nil
}
