package mime

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// QuoteSplit divides a text into what its author wrote and what is not new: quoted lines with the line
// that announces them, everything below a separator ("-----Original Message-----", a block of From, Sent
// and Subject), and the signature. Answers written between quoted lines are the author's. It takes time
// linear in the text.
func QuoteSplit(text string) (fresh, quoted string) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	old := make([]bool, len(lines)) // lines that are not new
	end, lastQuoted := len(lines), -1
	for i := range lines {
		if isQuoted(lines[i]) {
			lastQuoted = i
		}
	}
	for i := range lines {
		if endsFresh(lines, i, lastQuoted) {
			end = i
			break
		}
	}
	for i := end; i < len(lines); i++ {
		old[i] = true
	}
	for i := 0; i < end; i++ {
		switch {
		case isQuoted(lines[i]):
			old[i] = true
		case i+1 < end && lines[i] != "" && introduces(lines[:end], i):
			for n := i; n < end && !isQuoted(lines[n]); n++ {
				old[n] = true
			}
		case isSignature(lines[i]):
			for ; i < end && !isQuoted(lines[i]); i++ {
				old[i] = true
			}
			i--
		}
	}
	var a, b strings.Builder
	for i, line := range lines {
		if old[i] {
			b.WriteString(line)
			b.WriteByte('\n')
		} else {
			a.WriteString(line)
			a.WriteByte('\n')
		}
	}
	return strings.TrimSpace(a.String()), strings.Trim(b.String(), "\n")
}

// isQuoted tells "> text", "| text" never (tables), and "JD> text".
func isQuoted(line string) bool {
	line = strings.TrimLeft(line, " \t")
	for n := 0; n < 4 && n < len(line); n++ {
		if line[n] == '>' {
			return n == 0 || n >= 2
		}
		if line[n] < 'A' || line[n] > 'Z' {
			return false
		}
	}
	return false
}

// isSignature tells the line that sets a signature off.
func isSignature(line string) bool { return line == "-- " || line == "--" }

// The ways to announce a quote: how the announcement begins and how it ends, folded to lower case. The
// middle holds a date, a name or an address. The colon at the end is optional.
var announcements = []struct{ start, end string }{
	{"on ", "wrote"}, {"on ", "writes"}, {"at ", "wrote"}, {"in ", "wrote"}, {"in message ", "wrote"}, {"quoting ", ""},
	{"le ", "a écrit"}, {"le ", "a ecrit"}, {"le ", "écrit"}, {"am ", "schrieb"}, {"am ", "geschrieben"}, {"am ", "schrieb folgendes"},
	{"dnia ", "napisał"}, {"dnia ", "napisała"}, {"dnia ", "napisał(a)"}, {"w dniu ", "napisał"}, {"w dniu ", "napisał(a)"}, {"w dniu ", "pisze"},
	{"el ", "escribió"}, {"el ", "escribio"}, {"il ", "ha scritto"}, {"il giorno ", "ha scritto"}, {"em ", "escreveu"}, {"a ", "escreveu"},
	{"op ", "schreef"}, {"op ", "het volgende geschreven"}, {"den ", "skrev"}, {"den ", "följande"}, {"på ", "skrev"}, {"dne ", "napsal"},
	{"dne ", "napsal(a)"}, {"dňa ", "napísal"}, {"în ", "a scris"}, {"pe ", "a scris"}, {"на ", "написа"}, {"у ", "пише"},
	{"в ", "пишет"}, {"στις ", "έγραψε"}, {"tarihinde ", "yazdı"}, {"", "kirjoitti"}, {"", "rakstīja"}, {"", "rašė"},
	{"", "ezt írta"}, {"", "je napisao"}, {"", "je napisao/la"}, {"", "je napisal/-a"}, {"", "je napisal"}, {"", "писал(а)"}, {"", "написал"},
	{"", "shkroi"}, {"", "yazdı"}, {"", "wrote"}, {"", "schrieb"}, {"", "schreef"}, {"", "skrev"},
}

// introduces tells whether an announcement of a quote begins at line i: one to three lines that a quoted
// line follows, blank lines apart, or that the table knows with its colon and after which no line is
// marked as quoted.
func introduces(lines []string, i int) bool {
	joined := ""
	for n := i; n < i+3 && n < len(lines); n++ {
		line := strings.TrimSpace(lines[n])
		if line == "" || isQuoted(line) || len(joined)+len(line) > 400 {
			return false
		}
		joined = strings.TrimSpace(joined + " " + line)
		if !quoteFollows(lines, n+1) {
			continue
		}
		if announces(joined, true) {
			return true
		}
		// "Anna Nowak (12 May 2021):" in a language the table does not know.
		return n == i && strings.HasSuffix(joined, ":") && strings.ContainsAny(joined, "0123456789@")
	}
	return false
}

// quoteFollows tells whether the next line that is not blank, among the next three, is quoted.
func quoteFollows(lines []string, i int) bool {
	for n := i; n < i+3 && n < len(lines); n++ {
		if isQuoted(lines[n]) {
			return true
		}
		if strings.TrimSpace(lines[n]) != "" {
			return false
		}
	}
	return false
}

// announces compares a line with the table. Where nothing quoted follows (loose is false) the line must
// be one of the full forms, with a digit or an address in it and a colon at its end.
func announces(line string, loose bool) bool {
	line = strings.ToLower(strings.TrimSpace(line))
	colon := strings.HasSuffix(line, ":")
	line = strings.TrimRight(line, ": \u00a0")
	if !loose && (!colon || !strings.ContainsAny(line, "0123456789@")) {
		return false
	}
	for _, a := range announcements {
		if !loose && (a.start == "" || a.end == "") || !strings.HasPrefix(line, a.start) || len(line) == len(a.start) {
			continue
		}
		if strings.HasSuffix(line, a.end) || loose && a.end != "" && strings.Contains(line, " "+a.end+" ") {
			return true
		}
	}
	return false
}

// The words between the dashes of "-----Original Message-----", folded to lower case.
var separators = []string{
	"original message", "forwarded message", "reply message", "original appointment", "begin forwarded message",
	"ursprüngliche nachricht", "originalnachricht", "original-nachricht", "weitergeleitete nachricht", "message d'origine",
	"message original", "message transféré", "mensaje original", "mensaje reenviado", "mensagem original", "mensagem encaminhada",
	"messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "doorgestuurd bericht", "oprindelig meddelelse",
	"ursprungligt meddelande", "opprinnelig melding", "alkuperäinen viesti", "oryginalna wiadomość", "wiadomość oryginalna",
	"wiadomość przekazana", "původní zpráva", "původní e-mail", "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original",
	"исходное сообщение", "пересылаемое сообщение", "оригинално съобщение", "оригинална порука", "originalna poruka", "izvorna poruka",
	"izvirno sporočilo", "αρχικό μήνυμα", "orijinal mesaj", "algne kiri", "sākotnējais ziņojums", "pradinis laiškas",
}

// The names of the header lines that mail programs print above a mail they quote, folded to lower case.
var (
	fromWords = setOf("from", "von", "de", "da", "van", "od", "fra", "från", "lähettäjä", "feladó", "от", "од", "από", "kimden", "expéditeur", "mittente", "saatja", "no", "nuo", "prej", "nga", "odosielateľ", "odesílatel", "remetente")
	moreWords = setOf("sent", "date", "to", "subject", "cc", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet", "enviado", "enviado el", "para", "asunto", "assunto", "inviato", "data", "a", "oggetto", "verzonden", "aan", "onderwerp", "wysłano", "do", "temat", "odesláno", "odoslané", "komu", "předmět", "predmet", "sendt", "til", "emne", "skickat", "till", "ämne", "lähetetty", "vastaanottaja", "aihe", "elküldve", "címzett", "tárgy", "trimis", "către", "subiect", "отправлено", "кому", "тема", "изпратено", "до", "относно", "послато", "za", "poslano", "zadeva", "naslov", "στάλθηκε", "προς", "θέμα", "gönderilen", "kime", "konu", "saadetud", "teema", "nosūtīts", "išsiųsta", "tema", "reply-to")
)

// endsFresh tells whether everything from line i on is a mail that is quoted or forwarded whole.
// lastQuoted is the last line marked as quoted.
func endsFresh(lines []string, i, lastQuoted int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "" {
		return false
	}
	if c, _ := utf8.DecodeRuneInString(line); strings.ContainsRune("-_=*", c) || unicode.IsLetter(c) {
		words := strings.Trim(line, "-_=* \t:>")
		dashed := strings.HasPrefix(line, "--") || strings.HasPrefix(line, "__") || strings.HasPrefix(line, "==")
		if dashed && slices.Contains(separators, strings.ToLower(words)) || strings.EqualFold(words, "begin forwarded message") {
			return true
		}
		if dashed && words == "" && i+1 < len(lines) && len(line) >= 20 {
			return headerBlock(lines[i+1:])
		}
	}
	if headerBlock(lines[i:]) {
		return true
	}
	// "On … wrote:" above a quote that bears no marks at all.
	return i > lastQuoted && len(line) < 400 && announces(line, false)
}

// headerBlock tells "From: …" followed by at least two more header lines, in one of the languages.
func headerBlock(lines []string) bool {
	if len(lines) < 3 || !hasLabel(lines[0], fromWords) {
		return false
	}
	found := 0
	for n := 1; n < len(lines) && n < 8; n++ {
		if strings.TrimSpace(lines[n]) == "" && found == 0 && n == 1 {
			continue
		}
		if hasLabel(lines[n], moreWords) {
			found++
		}
	}
	return found >= 2
}

func hasLabel(line string, labels map[string]bool) bool {
	line = strings.TrimLeft(line, " \t*_")
	i := strings.IndexByte(line, ':')
	if i <= 0 || i > 40 {
		return false
	}
	return labels[strings.ToLower(strings.Trim(line[:i], " \t*_\u00a0"))]
}

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
