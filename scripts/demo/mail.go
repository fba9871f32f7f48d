package main

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"
)

// exchange is a conversation of a colleague with somebody outside: who, about what, and what was said,
// theirs and ours in turn, so many days ago at its start.
type exchange struct {
	box     int // index of the mailbox
	with    string
	subject string
	daysAgo int
	said    []string
}

var exchanges = []exchange{
	{0, "Tomasz Łęcki", "Interim report AMIF project: question on staff costs", 64, []string{
		"Dear Jonas,\n\nthank you for the interim report. Could you send the breakdown of staff costs by work package? The deadline for additional information is in two weeks.\n\nKind regards\nTomasz",
		"Dear Tomasz,\n\nattached you find the breakdown. The second pre-financing depends on it, so please tell us if anything is missing.\n\nBest\nJonas",
		"Received, thank you. We will come back to you before the end of the month.\n\nTomasz",
	}},
	{0, "Rowan Ashdown", "Core support beyond next year", 41, []string{
		"Dear Jonas,\n\nour trustees are reviewing the programme. I expect that core grants go on, at a lower level. Could we speak before the board meets?\n\nRowan",
		"Dear Rowan,\n\ngladly: Thursday at eleven? I will bring our reserves and the share of unearmarked income over the last years.\n\nJonas",
		"Thursday at eleven works.\n\nRowan",
	}},
	{0, "Hélène Dupriez", "Concept note: learning exchange between helplines", 33, []string{
		"Chère Hélène,\n\nyou find our concept note attached. Five members take part; the budget is 42,000 euros.\n\nBien à vous\nJonas",
		"Cher Jonas,\n\nmerci. The jury meets on the first Tuesday of the month. One question: who of the members would lead?\n\nHélène",
	}},
	{0, "Ingrid Nygaard", "Agreement: no-cost extension", 27, []string{
		"Hi Jonas,\n\nthe ministry can agree to three more months without additional funds. Please send a revised timetable.\n\nIngrid",
		"Dear Ingrid,\n\nthank you! The revised timetable is attached; reporting would then be due at the end of June.\n\nJonas",
	}},
	{0, "Petra Nováková", "Partnership in the next ISF call", 19, []string{
		"Ahoj Jonas,\n\nwe would join the consortium and can bring 12 % co-financing. Who leads the work package on referral?\n\nPetra",
		"Dear Petra,\n\nwonderful. Zofia offered to lead it. I send the draft by Friday.\n\nJonas",
		"Draft received; comments until Wednesday.\n\nPetra",
	}},
	{0, "Lukas Brandt", "Zwischenbericht und Auszahlung", 12, []string{
		"Sehr geehrter Herr Lindqvist,\n\nder Zwischenbericht ist angenommen, die zweite Rate wird nächste Woche überwiesen.\n\nMit freundlichen Grüßen\nLukas Brandt",
	}},
	{1, "Anneliese Röder", "Amendments on compensation: exchange of views", 38, []string{
		"Sehr geehrte Frau Röder,\n\nas rapporteur you may find our brief on access to compensation useful. Article 17 should name unpaid wages.\n\nKatarzyna Wójcik",
		"Dear Ms Wójcik,\n\nthank you for the brief. My office will table an amendment along these lines. Could your members give figures from two countries?\n\nAnneliese Röder",
		"Dear Ms Röder,\n\nfigures from Czechia and Italy are attached.\n\nKatarzyna",
	}},
	{1, "Matthias Zgraggen", "Side event in Geneva", 330, []string{
		"Dear Mr Zgraggen,\n\nwould your department host our side event in spring?\n\nKatarzyna Wójcik",
		"Dear Ms Wójcik,\n\nthe room on the lake is free on the 14th. How many will you be?\n\nMatthias Zgraggen",
		"Dear Mr Zgraggen,\n\nforty, and two interpreters.\n\nKatarzyna",
		"Booked.\n\nMatthias Zgraggen",
	}},
	{1, "Giulia Ferrante", "Meeting in Strasbourg", 22, []string{
		"Gentile Katarzyna,\n\nI have half an hour on Tuesday after the vote. Shall we meet at the press bar?\n\nGiulia Ferrante",
		"Dear Ms Ferrante,\n\nwith pleasure, Tuesday after the vote.\n\nKatarzyna",
	}},
	{1, "Clémence Aubrey", "Third evaluation round: shadow report", 30, []string{
		"Chère Katarzyna,\n\nthe questionnaire for the next round is out. Shadow reports are welcome until the 15th.\n\nClémence",
		"Merci Clémence. Six members contribute; we send one joint report.\n\nKatarzyna",
	}},
	{1, "Noor van Dijk", "Joint statement on seasonal workers", 9, []string{
		"Hi Kasia,\n\nhere is the draft of the joint statement. Can your members sign by Monday noon?\n\nNoor",
		"Hi Noor,\n\nseven have signed already, the rest by Monday.\n\nKatarzyna",
	}},
	{1, "Олена Шевченко", "Запрошення на зустріч мережі", 15, []string{
		"Доброго дня, Катажино!\n\nДякуємо за запрошення. Ми візьмемо участь онлайн.\n\nОлена Шевченко",
		"Dear Olena,\n\nwonderful; interpretation is arranged.\n\nKatarzyna",
	}},
	{1, "Ελένη Παπαδοπούλου", "Συνάντηση στην Αθήνα", 6, []string{
		"Καλημέρα Katarzyna,\n\nwe can host the working group in Athens in spring.\n\nΕλένη",
	}},
	{1, "Zofia Malinowska", "Helpline statistics for the annual report", 4, []string{
		"Cześć Kasia,\n\nthe numbers for last year are ready (counts only, no personal data).\n\nZofia",
		"Dzięki Zofia! They go into the annual report.\n\nKatarzyna",
	}},
}

// formatted has the first message of a conversation, by subject, once more as mail programs write it:
// with a picture from elsewhere that would tell the sender who reads it and when, which Piper blocks.
var formatted = map[string]string{
	"Joint statement on seasonal workers": `<p>Hi Kasia,</p><p>here is the draft of the <b>joint statement</b>. Can your members sign by <i>Monday noon</i>?</p>` +
		`<ul><li>equal pay from the first day</li><li>housing that does not hang on the employer</li></ul><p>Noor</p>` +
		`<img src="https://tracker.example.com/open.png" width="1" height="1" alt="">`,
}

// others are messages that Piper must not keep: from nobody it knows, or about case work.
var others = []struct {
	box                     int
	from, to, subject, text string
}{
	{0, "Office Supplies <sales@paper.example.com>", "", "Spring offer: 20 % on toner", "Order now."},
	{0, "Travel Desk <no-reply@trains.example.com>", "", "Your booking 4711", "Have a pleasant journey."},
	{1, "Newsletter <news@thinktank.example.com>", "", "This week in Brussels", "Read more online."},
	{1, "Zofia Malinowska <zofia.malinowska@latarnia.example.org>", "", "Urgent: referral form for shelter placement", "(This one looks like case work, so Piper withholds it.)"},
	{1, "Helpline <helpline@latarnia.example.org>", "helpline@latarnia.example.org", "Night shift", "(Mail of a helpline never enters Piper.)"},
}

// deliver puts the mail into the mailboxes: theirs into INBOX, ours into Sent.
func (w *world) deliver(now time.Time) error {
	for i, x := range exchanges {
		other := find(x.with)
		us := accounts[1+x.box]
		user := w.mailboxes[x.box].user
		outgoing := strings.HasPrefix(x.said[0], "Chère Hélène") || strings.HasPrefix(x.said[0], "Sehr geehrte Frau") || strings.HasPrefix(x.said[0], "Dear Mr")
		var refs []string
		for j, text := range x.said {
			id := fmt.Sprintf("demo-%d-%d@lanterna.example.org", i, j)
			from, to, folder := address(x.with, other.email), address(us.Name, us.Email), "INBOX"
			if outgoing == (j%2 == 0) {
				from, to, folder = to, from, "Sent"
			}
			subject := x.subject
			if j > 0 {
				subject = "Re: " + subject
				text += "\n\n> " + strings.ReplaceAll(x.said[j-1], "\n", "\n> ")
			}
			date := now.AddDate(0, 0, -x.daysAgo+j*2).Add(-time.Duration(i*37) * time.Minute)
			var html string
			if j == 0 {
				html = formatted[x.subject]
			}
			raw := compose(from, to, subject, id, refs, date, text, html, j == 1 && strings.Contains(text, "attached"))
			if _, err := w.mail.Append(user, folder, date, raw); err != nil {
				return err
			}
			refs = append(refs, id)
		}
	}
	for i, o := range others {
		us := accounts[1+o.box]
		to := address(us.Name, us.Email)
		if o.to != "" {
			to = o.to
		}
		date := now.AddDate(0, 0, -i-1)
		raw := compose(o.from, to, o.subject, fmt.Sprintf("demo-other-%d@example.com", i), nil, date, o.text, "", false)
		if _, err := w.mail.Append(w.mailboxes[o.box].user, "INBOX", date, raw); err != nil {
			return err
		}
	}
	return nil
}

func find(name string) party {
	for _, p := range parties {
		if p.name == name {
			return p
		}
	}
	panic("demo: nobody is called " + name)
}

func address(name, email string) string {
	return mime.QEncoding.Encode("utf-8", name) + " <" + email + ">"
}

// compose writes a message as mail programs do.
func compose(from, to, subject, id string, refs []string, date time.Time, text, html string, attach bool) []byte {
	var b strings.Builder
	header := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	header("From", from)
	header("To", to)
	header("Subject", mime.QEncoding.Encode("utf-8", subject))
	header("Date", date.Format(time.RFC1123Z))
	header("Message-ID", "<"+id+">")
	if len(refs) > 0 {
		header("In-Reply-To", "<"+refs[len(refs)-1]+">")
		header("References", "<"+strings.Join(refs, ">\r\n <")+">")
	}
	header("MIME-Version", "1.0")
	body := strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"
	const boundary = "=_lanterna"
	if html != "" {
		header("Content-Type", `multipart/alternative; boundary="`+boundary+`"`)
		b.WriteString("\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body)
		b.WriteString("--" + boundary + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html + "\r\n--" + boundary + "--\r\n")
		return []byte(b.String())
	}
	if !attach {
		header("Content-Type", "text/plain; charset=utf-8")
		header("Content-Transfer-Encoding", "8bit")
		return []byte(b.String() + "\r\n" + body)
	}
	header("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	b.WriteString("\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body)
	b.WriteString("--" + boundary + "\r\nContent-Type: text/csv; name=breakdown.csv\r\nContent-Disposition: attachment; filename=breakdown.csv\r\n\r\nwork package,days\r\n1,120\r\n2,85\r\n--" + boundary + "--\r\n")
	return []byte(b.String())
}

// share lets the team read two threads, one of each colleague, as they would do by the button.
func (p *piper) share(ctx context.Context) error {
	for _, who := range []int{1, 2} {
		as, err := p.as(ctx, who)
		if err != nil {
			return err
		}
		var page struct {
			Items []struct {
				ID  string
				Rev int64
			}
		}
		if err := as.call(ctx, http.MethodGet, "/api/v1/threads?limit=2", nil, &page); err != nil {
			return err
		}
		for i, level := range []string{"full", "subject"} {
			if i >= len(page.Items) {
				break
			}
			t := page.Items[i]
			if err := as.callAt(ctx, http.MethodPut, "/api/v1/threads/"+t.ID+"/sharing", fmt.Sprintf(`"%d"`, t.Rev), map[string]string{"level": level}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
