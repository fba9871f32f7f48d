package sanctions

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"piper/internal/diligence"
)

// sample is invented, in the shape of the file.
const sample = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-20T14:39:54.511+01:00" globalFileId="118887">
<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.1.11" logicalId="1"><remark>One</remark><remark>Two</remark>
<regulation publicationDate="2018-02-16" numberTitle="2018/223 (OJ L43)" programme="ZZZ"><publicationUrl>https://example.org/a?b&amp;c</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Ivan" middleName="" lastName="Nobody" wholeName="" function="Head" gender="M" nameLanguage="" strong="true"><regulationSummary numberTitle="x"/></nameAlias>
<nameAlias wholeName="Иван  Никто" nameLanguage="BG" strong="false"/>
<birthdate circa="true" calendarType="GREGORIAN" year="1965" city="Here" countryIso2Code="00"/>
<birthdate circa="false" calendarType="ISLAMIC" birthdate="1966-02-30" year="1386" countryIso2Code="BG"/>
<citizenship countryIso2Code="BG"/><citizenship countryIso2Code="00"/><address street="1 Street" city="Town" countryIso2Code="AE" countryDescription="UAE"/>
<identification number="AB 1" identificationTypeCode="passport" identificationTypeDescription="National passport" countryIso2Code="BG"><remark>(passport)</remark></identification>
</sanctionEntity>
<unknownThing><sanctionEntity logicalId="99"/></unknownThing>
<sanctionEntity logicalId="2"><subjectType code="ship"/><nameAlias wholeName="Boat"/></sanctionEntity>
<sanctionEntity logicalId="3"><subjectType code="enterprise"/></sanctionEntity>
<sanctionEntity logicalId="1"><subjectType code="enterprise"/><nameAlias wholeName="Twice"/></sanctionEntity>
<sanctionEntity logicalId="4"><subjectType code="enterprise"/><nameAlias wholeName="Firm"/></sanctionEntity>
</export>
`

func parse(text string) (list []*diligence.SanctionEntry, rejects []Reject, head Head, err error) {
	head, err = Parse(strings.NewReader(text), func(e *diligence.SanctionEntry) error { list = append(list, e); return nil },
		func(r Reject) { rejects = append(rejects, r) })
	return list, rejects, head, err
}

func TestParse(t *testing.T) {
	list, rejects, head, err := parse(sample)
	if err != nil || len(list) != 2 || len(rejects) != 3 {
		t.Fatalf("%d entries, rejects %v, %v", len(list), rejects, err)
	}
	if head.Generated != "2026-11-20T14:39:54.511+01:00" || head.FileID != "118887" {
		t.Errorf("%+v", head)
	}
	e := list[0]
	if e.Kind != "person" || len(e.Names) != 2 || e.Names[0].Name != "Ivan Nobody" || e.Names[1].Name != "Иван Никто" || !e.Names[1].Weak {
		t.Errorf("names %+v", e.Names)
	}
	if len(e.Births) != 2 || e.Births[0].Year+e.Births[1].Year != 1965+1386 || !e.Births[0].Circa && !e.Births[1].Circa {
		t.Errorf("births %+v", e.Births)
	}
	if strings.Join(e.Countries, " ") != "AE BG" || strings.Join(e.Addresses, "") != "1 Street, Town, UAE" || strings.Join(e.Programmes, "") != "ZZZ" ||
		strings.Join(e.Remarks, " ") != "One Two" || e.Regulations[0].URL != "https://example.org/a?b&c" || e.Numbers[0].Number != "AB 1" {
		t.Errorf("%+v", e)
	}
}

// A file that breaks off anywhere is an error, and so is another kind of file.
func TestBrokenFiles(t *testing.T) {
	for at := range len(sample) - len("</export>\n") + 1 {
		if _, _, _, err := parse(sample[:at]); err == nil {
			t.Fatalf("cut at %d it is taken", at)
		}
	}
	for _, other := range []string{"", "<html><body>Sorry</body></html>", "{}", "<export><sanctionEntity></export>"} {
		if _, _, _, err := parse(other); err == nil {
			t.Errorf("%q is taken", other)
		}
	}
	stop := errors.New("stop")
	if _, err := Parse(strings.NewReader(sample), func(*diligence.SanctionEntry) error { return stop }, func(Reject) {}); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// The same entry in another order is the same.
func TestOrderSaysNothing(t *testing.T) {
	list, _, _, err := parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	turned := strings.Replace(sample, `<remark>One</remark><remark>Two</remark>`, `<remark>Two</remark><remark>One</remark>`, 1)
	turned = strings.Replace(turned, `<citizenship countryIso2Code="BG"/><citizenship countryIso2Code="00"/>`, `<citizenship countryIso2Code="00"/><citizenship countryIso2Code="BG"/>`, 1)
	again, _, _, err := parse(turned)
	if err != nil || again[0].Hash() != list[0].Hash() {
		t.Errorf("%+v and %+v, %v", again[0], list[0], err)
	}
	other, _, _, err := parse(strings.Replace(sample, "1965", "1967", 1))
	if err != nil || other[0].Hash() == list[0].Hash() {
		t.Errorf("another birth is the same: %v", err)
	}
}

// The excerpt of the real file of 2018, with the names of one organisation in seventeen languages.
func TestAuthenticExcerpt(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "sanctions_eu", "eu_fsf_1.1_AUTHENTIC_excerpt_2018-12-21.xml"))
	if os.IsNotExist(err) {
		t.Skip("The sample of the sanctions list lies beside the project and is not here.")
	}
	list, rejects, head, err := parse(string(data))
	if err != nil || len(list) != 2 || len(rejects) != 0 || head.FileID != "118887" {
		t.Fatalf("%d, %v, %+v, %v", len(list), rejects, head, err)
	}
	if list[0].Kind != "person" || list[0].Births[0].Date != "1924-02-21" || list[1].Kind != "organisation" || len(list[1].Names) != 19 {
		t.Errorf("%+v, %d names", list[0], len(list[1].Names))
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(sample[:500]))
	f.Fuzz(func(t *testing.T, data []byte) {
		var list []*diligence.SanctionEntry
		_, err := Parse(bytes.NewReader(data), func(e *diligence.SanctionEntry) error { list = append(list, e); return nil }, func(Reject) {})
		for _, e := range list {
			if e.LogicalID == "" || len(e.Names) == 0 || e.Names[0].Name == "" {
				t.Fatalf("%+v", e)
			}
		}
		if err == nil && len(list) > 0 {
			x := diligence.NewIndex(list)
			x.Screen(diligence.Subject{Person: list[0].Kind == "person", Names: []string{list[0].Names[0].Name}})
		}
	})
}
