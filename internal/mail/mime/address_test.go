package mime

import (
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{
		`anna@example.org`:                                   "anna@example.org",
		`Anna Nowak <ANNA@Example.Org>`:                      "Anna Nowak|anna@example.org",
		`"Nowak, Anna" <anna@example.org>, bob@example.org`:  "Nowak, Anna|anna@example.org bob@example.org",
		`Nowak, Anna <anna@example.org>`:                     "Nowak, Anna|anna@example.org",
		`anna@example.org (Anna (née N.))`:                   "Anna (née N.)|anna@example.org",
		`anna@example.org; bob@example.org;`:                 "anna@example.org bob@example.org",
		`Team: anna@example.org, Bob <bob@example.org>;`:     "anna@example.org Bob|bob@example.org",
		`undisclosed-recipients:;`:                           "",
		`<@relay.example.net,@b:anna@example.org>`:           "anna@example.org",
		`<anna@example.org`:                                  "anna@example.org",
		`<<anna@example.org>>`:                               "anna@example.org",
		`anna@example.org, `:                                 "anna@example.org",
		`,,anna@example.org`:                                 "anna@example.org",
		`Anna Nowak anna@example.org`:                        "Anna Nowak|anna@example.org",
		`<mailto:anna@example.org>`:                          "anna@example.org",
		`mailto:anna@example.org`:                            "anna@example.org",
		`'anna@example.org' <anna@example.org>`:              "anna@example.org",
		`"anna@example.org" <anna@example.org>`:              "anna@example.org",
		`"A" <anna@example.org> "B" <bob@example.org>`:       "A|anna@example.org B|bob@example.org",
		`Anna <anna @ example.org>`:                          "Anna|anna@example.org",
		`Anna <anna@ example . org>`:                         "Anna|anna@example.org",
		`"open quote <anna@example.org>`:                     "open quote|anna@example.org",
		`=?utf-8?Q?=C5=BBurek,_A.?= <z@example.org>`:         "Żurek, A.|z@example.org",
		`=?utf-8?Q?Nowak, Anna?= <a@example.org>`:            "Nowak, Anna|a@example.org",
		`=?utf-8?Q?Anna_<anna=40example.org>?=`:              "Anna|anna@example.org",
		`"=?utf-8?B?xbt1cmVr?=" <z@example.org>`:             "Żurek|z@example.org",
		`"Anna \"the\" Nowak" <a@example.org>`:               `Anna "the" Nowak|a@example.org`,
		`"anna.nowak"@example.org`:                           "anna.nowak@example.org",
		`"anna nowak"@example.org`:                           `"anna nowak"@example.org`,
		`"a@b"@example.org`:                                  `"a@b"@example.org`,
		`anna@büro.example`:                                  "anna@büro.example",
		`anna@xn--bro-hoa.example`:                           "anna@xn--bro-hoa.example",
		"J\xf6rg <j@example.org>":                            "Jörg|j@example.org",
		`anna@[192.0.2.1]`:                                   "anna@[192.0.2.1]",
		`anna@example.org.`:                                  "anna@example.org",
		`Anna <>, bob@example.org`:                           "bob@example.org",
		`" "@example.org`:                                    "",
		`root`:                                               "",
		`@example.org`:                                       "",
		`anna@`:                                              "",
		`a@b@c.example`:                                      "",
		`anna@exa"mple.org`:                                  "",
		`anna@..`:                                            "",
		`Anna <anna@example.org>, anna@EXAMPLE.org`:          "Anna|anna@example.org",
		`"Evil" <a@example.org>, "`:                          "Evil|a@example.org",
		`R-devel <list@example.org> on behalf of A <a@b.eu>`: "R-devel|list@example.org on behalf of A|a@b.eu",
	} {
		var got []string
		for _, a := range parseAddresses(nil, []byte(in), "", &problems{}) {
			got = append(got, strings.TrimPrefix(a.Name+"|"+a.Address, "|"))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s\n got %q\nwant %q", in, text, want)
		}
	}
}

func TestMessageIDs(t *testing.T) {
	for in, want := range map[string]string{
		"<a@b> <c@d>": "a@b c@d", "<a@b>,<c@d>": "a@b c@d", "<a@b><a@b>": "a@b", "6667": "", "": "",
		"Your message of \"Fri, 1 Jan 2024\" <a@b>": "a@b", "<a\r\n\t@b>": "a@b", "<<a@b>>": "a@b", "<a@b": "", "a@b>": "",
		"<>": "", "<a@b> (cut off here <c": "a@b", "<\xe9@b>": "é@b",
	} {
		if got := strings.Join(messageIDs([]byte(in), &problems{}), " "); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		" <a@b> ": "a@b", "a@b": "a@b", "<a@b> (added by x@y)": "a@b", "two words": "", "": "", "<a b@c>": "ab@c", "<\x00>": "",
	} {
		if got := messageID([]byte(in)); got != want {
			t.Errorf("Message-ID %q: got %q, want %q", in, got, want)
		}
	}
}
