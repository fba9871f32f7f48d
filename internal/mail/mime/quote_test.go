package mime

import (
	"strings"
	"testing"
	"time"
)

func TestQuoteSplit(t *testing.T) {
	for _, c := range []struct{ name, text, fresh string }{
		{"nothing quoted", "Hello,\n\nall of it new.\n\nA.", "Hello,\n\nall of it new.\n\nA."},
		{"empty", "", ""},
		{"only quoted", "> a\n> b", ""},
		{"English", "Yes.\n\nOn Mon, 2 Mar 2026 at 10:00, Anna <anna@example.org> wrote:\n> Shall we?", "Yes."},
		{"English, on two lines", "Yes.\n\nOn Mon, 2 Mar 2026 at 10:00, Anna Nowak\n<anna@example.org> wrote:\n\n> Shall we?", "Yes."},
		{"English, no marks", "Yes.\n\nOn Mon, 2 Mar 2026 at 10:00, Anna <anna@example.org> wrote:\nShall we?\nA.", "Yes."},
		{"not an announcement", "On the whole, this is what Anna wrote:\na good text.", "On the whole, this is what Anna wrote:\na good text."},
		{"French", "Oui.\n\nLe 2 mars 2026 à 10:00, Anna <anna@example.org> a écrit :\n> On y va ?", "Oui."},
		{"German", "Ja.\n\nAm 02.03.26 um 10:00 schrieb Anna Nowak:\n> Sollen wir?", "Ja."},
		{"Polish", "Tak.\n\nDnia 2 marca 2026 10:00 Anna Nowak <anna@example.org> napisał(a):\n> Idziemy?", "Tak."},
		{"Polish, new", "Tak.\n\nW dniu 2.03.2026 o 10:00, Anna Nowak pisze:\n> Idziemy?", "Tak."},
		{"Spanish", "Sí.\n\nEl lun, 2 mar 2026 a las 10:00, Anna (<anna@example.org>) escribió:\n> ¿Vamos?", "Sí."},
		{"Italian", "Sì.\n\nIl giorno lun 2 mar 2026 alle ore 10:00 Anna <anna@example.org> ha scritto:\n> Andiamo?", "Sì."},
		{"Dutch", "Ja.\n\nOp ma 2 mrt. 2026 om 10:00 schreef Anna <anna@example.org>:\n> Gaan we?", "Ja."},
		{"Czech", "Ano.\n\nDne 2. 3. 2026 v 10:00 Anna napsal(a):\n> Jdeme?", "Ano."},
		{"Ukrainian", "Так.\n\nпн, 2 бер. 2026 р. о 10:00 Anna <anna@example.org> пише:\n> Йдемо?", "Так."},
		{"unknown language", "Jah.\n\nAnna Nowak (2.03.2026 10:00):\n> Lähme?", "Jah."},
		{"answers in between", "> One?\nYes.\n> Two?\nNo.", "Yes.\nNo."},
		{"initials", "AN> One?\nYes.", "Yes."},
		{"an arrow is no quote", "A> B means more\n-> next", "A> B means more\n-> next"},
		{"Outlook", "Yes.\n\n-----Original Message-----\nFrom: Anna\nSent: Monday\nTo: Bob\nSubject: S\n\nShall we?", "Yes."},
		{"Outlook, no dashes", "Yes.\n\nFrom: Anna <anna@example.org>\nSent: Monday, 2 March 2026 10:00\nTo: Bob\nSubject: S\n\nShall we?", "Yes."},
		{"Outlook, line", "Yes.\n\n________________________________\nFrom: Anna\nSent: Monday\nSubject: S\n\nShall we?", "Yes."},
		{"Outlook, bold", "Yes.\n\n*From:* Anna\n*Sent:* Monday\n*Subject:* S\n\nShall we?", "Yes."},
		{"Outlook, German", "Ja.\n\nVon: Anna\nGesendet: Montag\nAn: Bob\nBetreff: S\n\nSollen wir?", "Ja."},
		{"Outlook, French", "Oui.\n\nDe : Anna\nEnvoyé : lundi\nÀ : Bob\nObjet : S\n\nOn y va ?", "Oui."},
		{"German dashes", "Ja.\n-----Ursprüngliche Nachricht-----\nVon: Anna\n\nSollen wir?", "Ja."},
		{"forwarded", "See below.\n\n---------- Forwarded message ---------\nFrom: Anna\n\nText", "See below."},
		{"Apple forward", "See below.\n\nBegin forwarded message:\n\nFrom: Anna\n\nText", "See below."},
		{"signature", "Yes.\n-- \nAnna\nSecretariat", "Yes."},
		{"signature, then quote, then answer", "Yes.\n-- \nAnna\n> Old\nMore.", "Yes.\nMore."},
		{"From: in a text", "From: here to there\nit is far.", "From: here to there\nit is far."},
		{"a list of dashes", "--------------------\nHeading\n--------------------\nText", "--------------------\nHeading\n--------------------\nText"},
	} {
		fresh, quoted := QuoteSplit(c.text)
		if fresh != c.fresh {
			t.Errorf("%s: fresh %q, want %q (quoted %q)", c.name, fresh, c.fresh, quoted)
		}
		if (quoted == "") != (strings.TrimSpace(c.text) == c.fresh) {
			t.Errorf("%s: quoted %q", c.name, quoted)
		}
	}
}

func TestQuoteSplitIsLinear(t *testing.T) {
	for _, line := range []string{"On 1 Jan x <a@b> wrote:\n", "From: a\n", "-- \n", "> \n", "a 1:\n\n", "-----x-----\n", "--------------------\n"} {
		start := processorTime()
		QuoteSplit(strings.Repeat(line, maxText/len(line)))
		if took := processorTime() - start; took > 2*time.Second {
			t.Errorf("%q took %v", line, took)
		}
	}
}
