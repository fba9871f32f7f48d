package mailtest

import (
	"bytes"
	"testing"
)

// The counts of the corpora as they are shared; the rules are in the package comment.
var counts = map[string]int{
	"spamassassin": 3100, "pipermail_r-project": 3339, "notmuch_corpora": 91, "enmime": 75, "stalwart_mail-parser": 87, "patchew": 51,
}

func TestCorpusCounts(t *testing.T) {
	got := map[string]int{}
	total := 0
	for _, m := range Load(t) {
		got[m.Corpus]++
		total++
		if len(m.Raw) == 0 {
			t.Logf("%s/%s is empty", m.Folder, m.Name)
		}
	}
	for corpus, want := range counts {
		if got[corpus] != want {
			t.Errorf("%s: %d messages, want %d", corpus, got[corpus], want)
		}
	}
	if total != 6743 {
		t.Errorf("%d messages in all, want 6743", total)
	}
}

func TestReveal(t *testing.T) {
	for in, want := range map[string]string{
		"From: ted.harding at nessie.mcc.ac.uk (Ted Harding)\nDate: x":           "From: ted.harding@nessie.mcc.ac.uk (Ted Harding)\nDate: x",
		"From: du@@@@dr|@n @end|ng |rom gm@||@com (Adrian at home)\n":            "From: duaaaadrian@gmaii.com (Adrian at home)\n",
		"From: m@ech|er @end|ng |rom @t@t@m@th@ethz@ch (Martin Maechler)\nTo: a": "From: maechier@atatamathaethz.ch (Martin Maechler)\nTo: a",
		"From: j|ox @end|ng |rom mcm@@ter@c@ (John Fox)\n":                       "From: jiox@mcmaater.ca (John Fox)\n",
		"From: iuke-tier@ey m@iii@g oii uiow@@edu (iuke-tier@ey m@iii@g)\n":      "From: iuke-tieraey@uiowa.edu (iuke-tier@ey m@iii@g)\n",
	} {
		if got := reveal([]byte(in)); !bytes.Equal(got, []byte(want)) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
