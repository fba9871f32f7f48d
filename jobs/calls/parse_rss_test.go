package calls

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"piper/internal/calls"
)

func feedOf(t *testing.T, body, contentType string) parsed {
	t.Helper()
	p, err := parseFeed([]byte(body), contentType, "https://example.org/feeds/grants.xml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFeedsOfEveryAge(t *testing.T) {
	item := `<item><title>Grants &amp;amp; prizes</title><link>/a?x=1&amp;y=2</link><description>&lt;p&gt;Apply&amp;nbsp;now&lt;/p&gt;</description></item>`
	for name, body := range map[string]string{
		"RSS 2.0":  `<rss version="2.0"><channel><title>F</title>` + item + `</channel></rss>`,
		"RSS 0.91": `<?xml version="1.0"?><rss version="0.91"><channel>` + item + `</channel></rss>`,
		"RSS 1.0":  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>` + item + `</rdf:RDF>`,
		"Atom":     `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Grants &amp;amp; prizes</title><link href="/a?x=1&amp;y=2"/><summary type="html">&lt;p&gt;Apply&amp;nbsp;now&lt;/p&gt;</summary></entry></feed>`,
	} {
		p := feedOf(t, body, "")
		if len(p.Records) != 1 {
			t.Errorf("%s: %d records", name, len(p.Records))
			continue
		}
		c := p.Records[0].Call
		if c.Title != "Grants & prizes" || c.URL != "https://example.org/a?x=1&y=2" || c.Reference != c.URL || c.Summary != "Apply now" || c.Kind != calls.Item {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestItemsAreKnownByGuidLinkOrText(t *testing.T) {
	p := feedOf(t, `<rss><channel>
		<item><guid isPermaLink="false">NSF 26-501</guid><title>A</title><link>https://example.org/a</link></item>
		<item><title>B</title><link>https://example.org/b</link></item>
		<item><title>C</title></item><item><title>C</title></item>
		<item><description>Only text</description></item>
		<item><link>javascript:alert(1)</link></item>
		<item/>
	</channel></rss>`, "")
	var refs, titles []string
	for _, rec := range p.Records {
		refs, titles = append(refs, rec.Call.Reference), append(titles, rec.Call.Title)
	}
	slices.Sort(titles)
	if !slices.Equal(titles, []string{"A", "B", "C", "Only text"}) || p.Duplicates != 1 || len(p.Rejects) != 2 {
		t.Errorf("%v, %d duplicates, rejects %v", titles, p.Duplicates, p.Rejects)
	}
	if refs[0] != "NSF 26-501" || p.Records[0].Call.Identifier != "NSF 26-501" || !strings.HasPrefix(refs[2], "text:") {
		t.Errorf("%v", refs)
	}
}

func TestLettersOfEveryCharset(t *testing.T) {
	doc := func(declaration, title string) string {
		return declaration + `<rss><channel><item><title>` + title + `</title></item></channel></rss>`
	}
	utf16 := func(s string) string {
		var b bytes.Buffer
		b.WriteString("\xff\xfe")
		for _, r := range s {
			b.Write([]byte{byte(r), byte(r >> 8)})
		}
		return b.String()
	}
	for name, c := range map[string]struct{ body, contentType, want string }{
		"UTF-8":                         {doc("", "Förderung"), "", "Förderung"},
		"UTF-8 with a mark":             {"\xef\xbb\xbf" + doc(`<?xml version="1.0"?>`, "Förderung"), "", "Förderung"},
		"Latin-1, declared":             {doc(`<?xml version="1.0" encoding="ISO-8859-1"?>`, "F\xf6rderung"), "", "Förderung"},
		"Latin-1, said by the server":   {doc("", "F\xf6rderung"), "text/xml; charset=iso-8859-1", "Förderung"},
		"Latin-1, said by nobody":       {doc("", "F\xf6rderung"), "", "Förderung"},
		"Latin-1, declared as UTF-8":    {doc(`<?xml version="1.0" encoding="utf-8"?>`, "F\xf6rderung"), "", "Förderung"},
		"UTF-8, declared as Latin-1":    {doc(`<?xml version="1.0" encoding="iso-8859-1"?>`, "Förderung"), "", "Förderung"},
		"UTF-8, server says otherwise":  {doc(`<?xml version="1.0" encoding="utf-8"?>`, "Förderung"), "text/xml; charset=us-ascii", "Förderung"},
		"Cyrillic":                      {doc(`<?xml version="1.0" encoding="windows-1251"?>`, "\xc3\xf0\xe0\xed\xf2"), "", "Грант"},
		"a charset that does not exist": {doc(`<?xml version="1.0" encoding="x-nonsense"?>`, "F\xf6rderung"), "", "Förderung"},
		"UTF-16":                        {utf16(doc(`<?xml version="1.0" encoding="utf-16"?>`, "Förderung")), "", "Förderung"},
		"UTF-16 in the label alone":     {doc(`<?xml version="1.0" encoding="utf-16"?>`, "Förderung"), "", "Förderung"},
	} {
		p, err := parseFeed([]byte(c.body), c.contentType, "https://example.org")
		if err != nil || len(p.Records) != 1 || p.Records[0].Call.Title != c.want {
			t.Errorf("%s: %v %+v", name, err, p)
		}
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for _, body := range []string{"", "Not found", "<html><body>x</body></html>", "{}", "<rss", "\x00\x01"} {
		if p, err := parseFeed([]byte(body), "", ""); err == nil && len(p.Records) > 0 {
			t.Errorf("%q gives %d records", body, len(p.Records))
		}
	}
}

// Every recorded feed, also those that are broken on purpose, is either refused whole or has every one
// of its items accounted for.
func TestRecordedFeeds(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "feeds")
	if _, err := os.Stat(root); err != nil {
		t.Skip("The recorded feeds are not there; they are looked for beside the repository, under ../shared/data/feeds.")
	}
	files, items, refused := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		name := strings.TrimPrefix(path, root)
		p, err := parseFeed(body, "", "https://example.org/feed")
		if err != nil {
			refused++
			if strings.Contains(path, "funders") || strings.Contains(path, "encodings_formats") {
				t.Errorf("%s is refused: %v", name, err)
			} else {
				t.Logf("%s is refused: %v", name, err)
			}
			return nil
		}
		got := len(p.Records) + p.Duplicates + len(p.Rejects)
		items += got
		if want, ok := countItems(body); ok && got != want {
			t.Errorf("%s: %d items accounted for, an independent count finds %d", name, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d items, %d files refused", files, items, refused)
}

var itemTag = regexp.MustCompile(`<(?:rss:|atom:)?(item|entry)[\s/>]`)

// countItems counts items without reading the feed as one: by its tags. It does not know files whose
// letters are not those of ASCII.
func countItems(body []byte) (int, bool) {
	if bytes.IndexByte(body, 0) >= 0 {
		return 0, false
	}
	comments := regexp.MustCompile(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>`)
	return len(itemTag.FindAll(comments.ReplaceAll(body, nil), -1)), true
}

func TestTheFunderFeedsHaveTheirItems(t *testing.T) {
	for file, want := range map[string]int{"nsf_rss_www_funding.xml": 20, "nsf_rss_www_funding_pgm_annc_inf.xml": 15} {
		body, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "feeds", "funders", file))
		if err != nil {
			t.Skip("The recorded feeds are not there; they are looked for beside the repository, under ../shared/data/feeds.")
		}
		var doc struct {
			Items []struct {
				Title string `xml:"title"`
				Link  string `xml:"link"`
			} `xml:"channel>item"`
		}
		if err := xml.Unmarshal(body, &doc); err != nil {
			t.Fatal(err)
		}
		p := feedOf(t, string(body), "application/rss+xml")
		if len(doc.Items) != want || len(p.Records)+p.Duplicates != want {
			t.Errorf("%s: %d records and %d duplicates of %d items, want %d", file, len(p.Records), p.Duplicates, len(doc.Items), want)
		}
		for _, item := range doc.Items {
			if !slices.ContainsFunc(p.Records, func(r calls.Record) bool { return r.Call.URL == strings.TrimSpace(item.Link) }) {
				t.Errorf("%s: %q is missing", file, item.Title)
			}
		}
	}
}

func FuzzParseFeed(f *testing.F) {
	f.Add([]byte(`<rss><channel><item><title>A</title><link>/x</link><guid>1</guid></item></channel></rss>`), "text/xml; charset=iso-8859-1")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></title></entry></feed>`), "")
	f.Add([]byte(`<?xml version="1.0" encoding="euc-kr"?><rdf:RDF><item rdf:about="x"/></rdf:RDF>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"x"}]}`), "application/json")
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00/\x00>\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p, err := parseFeed(body, contentType, "https://example.org/feed")
		if err != nil {
			return
		}
		for i, rec := range p.Records {
			c := rec.Call
			if c.Reference == "" || c.Title == "" || rec.Hash == "" {
				t.Errorf("an incomplete record %+v", c)
			}
			if i > 0 && p.Records[i-1].Call.Reference >= c.Reference {
				t.Errorf("%q comes twice or out of order", c.Reference)
			}
			if strings.Contains(strings.ToLower(c.Description), "<script") || c.URL != "" && !strings.HasPrefix(c.URL, "http") {
				t.Errorf("unclean: %q %q", c.Description, c.URL)
			}
		}
	})
}
