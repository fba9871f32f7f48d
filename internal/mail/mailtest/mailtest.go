// Package mailtest gives tests real mail: the public corpora in the shared data folder, one message at a
// time, and generated mail of any amount.
//
// # How messages are counted
//
// The corpora hold 6,743 messages: spamassassin 3,100 (easy-ham-1 2,500, spam-1 500, hard-ham-1 100),
// pipermail_r-project 3,339 (r-help 2,063, r-sig-mac 996, r-devel 280), notmuch_corpora 91,
// stalwart_mail-parser 87 (legacy 54, malformed 23, rfc 10), enmime 75 (mail 42, parts 31, encode 2), patchew 51.
// A program in any language that follows these rules finds the same messages:
//
//   - spamassassin: every .txt file is one message, with its "From " line where it has one.
//   - enmime: every .raw file. stalwart_mail-parser: every .eml file. notmuch_corpora: every file.
//   - pipermail_r-project: every .txt file is split before each line that matches
//     ^From .+ [A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [0-9]{4}$ and is followed by a line that begins
//     with "From: ". (Bodies hold four lines that merely begin with "From ", which a naive split takes for
//     messages: it counts 3,343, there are 3,339.) The "From " line is left out.
//   - patchew: every .gz file, split before each line that begins with "From ", stands at the beginning
//     or after an empty line, and is followed by a header line. The "From " line is left out.
//
// Pipermail hides addresses in the From header. "user at host" becomes user@host. "us@r @end|ng |rom
// h@st@org" (in 21 messages "us@r m@iii@g oii h@st@org") has lost letters for good: in both halves "@"
// becomes "a" and "|" becomes "i", but the last "@" of the host that is not its last character becomes ".".
// So the addresses are stand-ins, the same for the same person.
package mailtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Message is one raw message of a corpus.
type Message struct {
	Corpus string // first folder: "spamassassin", "pipermail_r-project" …
	Folder string // path of the folder below the data folder
	Name   string // file name, with "#n" for the n-th message of a mailbox file
	Raw    []byte
}

// Load reads the whole corpus, in the order of its paths. A test is skipped where the data is not there.
func Load(t testing.TB) []Message {
	t.Helper()
	dir := Dir()
	if dir == "" {
		t.Skip("The mail corpora are not here: put the shared data folder beside the project, as ../shared/data/mail.")
	}
	list, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Dir finds ../shared/data/mail beside the project, "" when it is not there.
func Dir() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			data := filepath.Join(filepath.Dir(dir), "shared", "data", "mail")
			if _, err := os.Stat(data); err == nil {
				return data
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Read reads the corpora below dir.
func Read(dir string) ([]Message, error) {
	var list []Message
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		corpus, _, nested := strings.Cut(filepath.ToSlash(rel), "/")
		if !nested || !wanted(corpus, rel) {
			return nil
		}
		raw, err := readFile(path)
		if err != nil {
			return fmt.Errorf("%s: %w", rel, err)
		}
		folder, name := filepath.ToSlash(filepath.Dir(rel)), filepath.Base(rel)
		var split [][]byte
		switch corpus {
		case "pipermail_r-project":
			split = splitPipermail(raw)
		case "patchew":
			split = splitMbox(raw)
		default:
			list = append(list, Message{corpus, folder, name, raw})
			return nil
		}
		for i, m := range split {
			if corpus == "pipermail_r-project" {
				m = reveal(m)
			}
			list = append(list, Message{corpus, folder, fmt.Sprintf("%s#%d", name, i+1), m})
		}
		return nil
	})
	return list, err
}

// wanted tells messages from what lies beside them.
func wanted(corpus, path string) bool {
	switch corpus {
	case "spamassassin", "pipermail_r-project":
		return strings.HasSuffix(path, ".txt")
	case "enmime":
		return strings.HasSuffix(path, ".raw")
	case "stalwart_mail-parser":
		return strings.HasSuffix(path, ".eml")
	case "patchew":
		return strings.HasSuffix(path, ".gz")
	}
	return corpus == "notmuch_corpora"
}

func readFile(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return raw, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

var (
	pipermailLine = regexp.MustCompile(`(?m)^From .+ [A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [0-9]{4}\nFrom: `)
	mboxLine      = regexp.MustCompile(`(?:^|\n\r?\n)From [^\n]*\n[A-Za-z][A-Za-z0-9-]*:`)
	hiddenAddress = regexp.MustCompile(`(\S+) (?:@end\|ng \|rom|m@iii@g oii) (\S+)`)
	spokenAddress = regexp.MustCompile(`([^\s<]+) at ([^\s>]+)`)
)

func splitPipermail(raw []byte) (list [][]byte) {
	starts := pipermailLine.FindAllIndex(raw, -1)
	for i, at := range starts {
		end := len(raw)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		list = append(list, afterLine(raw[at[0]:end]))
	}
	return list
}

// splitMbox gives the messages of a mailbox file; a file without a "From " line is one message.
func splitMbox(raw []byte) (list [][]byte) {
	var starts []int
	for _, at := range mboxLine.FindAllIndex(raw, -1) {
		starts = append(starts, at[0]+bytes.Index(raw[at[0]:], []byte("From ")))
	}
	if len(starts) == 0 {
		return [][]byte{raw}
	}
	for i, at := range starts {
		end := len(raw)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		list = append(list, afterLine(raw[at:end]))
	}
	return list
}

func afterLine(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] }

// reveal rewrites the From header, the first line, with a real address.
func reveal(raw []byte) []byte {
	end := bytes.IndexByte(raw, '\n')
	if end < 0 {
		return raw
	}
	line := raw[:end]
	if m := hiddenAddress.FindSubmatchIndex(line); m != nil {
		address := letters(string(line[m[2]:m[3]])) + "@" + host(string(line[m[4]:m[5]]))
		line = slices.Concat(line[:m[2]], []byte(address), line[m[5]:])
	} else {
		line = spokenAddress.ReplaceAll(line, []byte("$1@$2"))
	}
	return slices.Concat(line, raw[end:])
}

func letters(s string) string { return strings.NewReplacer("@", "a", "|", "i").Replace(s) }

func host(s string) string {
	if s == "" {
		return s
	}
	if i := strings.LastIndexByte(s[:len(s)-1], '@'); i > 0 {
		return letters(s[:i]) + "." + letters(s[i+1:])
	}
	return letters(s)
}

// Python finds the program that counts independently of us. Where it is missing the test is skipped with a
// sentence; under CI=true it fails instead.
func Python(t testing.TB) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	switch {
	case err == nil:
		return python
	case os.Getenv("CI") == "true":
		t.Fatal("There is no Python to compare with: .ci/run installs the Debian package python3.")
	}
	t.Skip("There is no Python to compare with: install the Debian package python3.")
	return ""
}
