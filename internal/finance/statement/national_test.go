package statement

import "testing"

// The IBANs are the examples of the registry of ISO 13616.
func TestNationalNumbers(t *testing.T) {
	for number, want := range map[string]string{
		"37040044/0532013000":           "DE89370400440532013000",
		"37040044/532013000EUR":         "DE89370400440532013000",
		"COBADEFFXXX/37040044/532013":   "DE" + iban("DE", "370400440000532013")[2:],
		"10901014/0000071219812874":     "PL61109010140000071219812874",
		"109010140000071219812874":      "PL61109010140000071219812874",
		"61109010140000071219812874":    "PL61109010140000071219812874",
		"62109010140000071219812874":    "62109010140000071219812874", // wrong check digits
		"10901015/0000071219812874":     "10901015/0000071219812874",  // no Polish bank
		"11773016-11111018-00000000":    "11773016-11111018-00000000", // a Hungarian account, whose bank's code would do for a Polish one
		"539-0075470-34":                "BE68539007547034",
		"539007547035":                  "539007547035", // wrong check
		"19043/00234573201":             "AT611904300234573201",
		"BKAUATWW/19043/234573201":      "AT611904300234573201",
		"19043/234573201":               "19043/234573201", // of which country?
		"00762/011623852957":            "CH9300762011623852957",
		"UBSWCHZH80A/00762/1623852957":  "00762/1623852957", // how it is filled up only the bank knows
		"ABNANL2A/0417164300EUR":        "NL91ABNA0417164300",
		"ABNANL2A/417164300":            "NL91ABNA0417164300",
		"0417164300":                    "0417164300",
		"NWBKGB2L/60161331926819":       "GB29NWBK60161331926819",
		"NWBKGB2LXXX/60-16-13/31926819": "GB29NWBK60161331926819",
		"601613/31926819":               "601613/31926819",
		"GB29NWBK60161331926819":        "GB29NWBK60161331926819",
		"GB29NWBK60161331926819GBP":     "GB29NWBK60161331926819",
		"BE68539007547034EUR":           "BE68539007547034",
	} {
		if got := ownNumber(account(number)); got != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
	}
}

func TestSameAccount(t *testing.T) {
	for _, one := range []struct {
		a, b string
		same bool
	}{
		{"NL91ABNA0417164300", "417164300", true}, {"0417164300", "NL91ABNA0417164300", true}, {"GB29NWBK60161331926819", "60-16-13/31926819", true},
		{"HU42117730161111101800000000", "11773016-11111018-00000000", true}, {"NL91ABNA0417164300", "417164301", false}, {"NL91ABNA0417164300", "164300", false}, {"NL92ABNA0417164300", "417164300", false},
		{"NL91ABNA0417164300", "GB29NWBK60161331926819", false}, {"417164300", "0417164300", false}, {"X", "X", true},
	} {
		if SameAccount(one.a, one.b) != one.same {
			t.Errorf("%s and %s: %v", one.a, one.b, !one.same)
		}
	}
}
