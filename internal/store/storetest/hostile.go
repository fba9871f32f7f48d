package storetest

import "strings"

// hostileTexts are texts that have broken databases: other people's quotes, operators, wildcards,
// paths, and what Unicode has to offer.
var hostileTexts = []string{
	"", " ", "  two  spaces ", "plain", "Plain", "PLAIN", "O'Neill", `say "hello"`, "back\\slash", `\"`, "new\nline", "tab\t", "\r\n",
	"$gt", "$where", "{\"$ne\":null}", "a.b", "a..b", ".", "..", "%", "_", "a%b", "a_b", "*", "a*", "^a$", "[a-z]", ".*", "(", "+", "?",
	"'; DROP TABLE things; --", "NULL", "null", "true", "0", "1", "-1", "01", "1.0", "9223372036854775807", "1e3",
	"é", "e\u0301", "ß", "ẞ", "Łódź", "İstanbul", "ı", "Ǆ", "ﬁ", "Ωμέγα", "Привет", "שלום", "مرحبا", "東京都", "ประเทศไทย", "한국어",
	"🎻", "👩‍👩‍👧‍👦", "🇪🇺", "\u202eright to left", "zero\u200bwidth", "\ufeffmark", "\ufffd", "\U0010ffff", "\ue000private", "\u2028", "\u0001", "\u007f", "\u0085",
	"<script>alert(1)</script>", "&amp;", "https://example.org/?a=b&c=d#e", "a@example.org", "AND", "OR", "NOT", "NEAR(a b)", "\"a\" OR b*", "a:b", "-a", "a+b",
	strings.Repeat("long ", 4000), strings.Repeat("x", 5000), strings.Repeat("é", 3000),
}
