package mime

import (
	"strings"
	"testing"
)

func TestSanitise(t *testing.T) {
	for in, want := range map[string]string{
		`<p onclick="x()" style="background:url(http://t)">a</p>`:       `<p>a</p>`,
		`<script>alert(1)</script>a`:                                    `a`,
		`<style>@import url(http://t)</style>a`:                         `a`,
		`<img src="http://t.example/p.gif">`:                            `<img>`,
		`<img src="//t.example/p.gif" srcset="http://t 2x" alt="logo">`: `<img alt="logo">`,
		`<img src="data:image/png;base64,AAAA">`:                        `<img>`,
		`<img src="cid:logo@x" width="10">`:                             `<img src="cid:logo@x" width="10">`,
		`<a href="https://example.org/?a=1&b=2">x</a>`:                  `<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">x</a>`,
		`<a href="javascript:alert(1)">x</a>`:                           `<a>x</a>`,
		`<a href="&#106;avascript:alert(1)">x</a>`:                      `<a>x</a>`,
		`<a href="/account">x</a>`:                                      `<a>x</a>`,
		`<a href="cid:x">x</a>`:                                         `<a>x</a>`,
		`<a name="top" target="_top" href="mailto:a@b">x</a>`:           `<a href="mailto:a@b" rel="noreferrer">x</a>`,
		`<form action="http://t"><input name=a><button>x</button>`:      `x`,
		`<table background="http://t" bgcolor="#fff" width="100%"><tr><td style="x" valign="top">1</td></tr></table>`:                                                                     `<table bgcolor="#fff" width="100%"><tr><td valign="top">1</td></tr></table>`,
		`<iframe src="http://t"></iframe><object data="http://t"></object><link rel=stylesheet href=http://t><base href="http://t"><meta http-equiv="refresh" content="0;url=http://t">a`: `a`,
		`<svg><a xlink:href="javascript:x">y</a></svg><math><mi href="http://t">z</mi></math>`:                                                                                            `<a>y</a>z`,
		`<video src="http://t" poster="http://t"></video><audio src="http://t"></audio>a`:                                                                                                 `a`,
		`<font color="red; background:url(http://t)">a</font><font color="#333">b</font>`:                                                                                                 `<font>a</font><font color="#333">b</font>`,
		`<div class="gmail_quote">q</div><div class="x y">n</div><div id="divRplyFwdMsg">r</div><blockquote type="cite">c</blockquote>`:                                                   `<div class="gmail_quote">q</div><div>n</div><div id="divRplyFwdMsg">r</div><blockquote type="cite">c</blockquote>`,
		`<!-- <script> --><p>a</p><![if mso]>b<![endif]>`:                                                                                                                                 `<p>a</p>b`,
		`a < b && c > d`: `a &lt; b &amp;&amp; c &gt; d`,
	} {
		if got := sanitise(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// Nothing that a browser would fetch survives, however it is hidden.
func TestSanitiseFetchesNothing(t *testing.T) {
	for _, in := range []string{
		`<img/src="http://t/x">`, `<IMG SRC=http://t/x>`, "<img src=\"\x01http://t/x\">", `<img src=" http://t/x">`, `<input type=image src=http://t/x>`,
		`<body background=http://t/x>`, `<td background=http://t/x>`, `<link href=http://t/x rel=icon>`, `<embed src=http://t/x>`, `<bgsound src=http://t/x>`,
		`<picture><source srcset=http://t/x><img src=http://t/x></picture>`, `<image src=http://t/x>`, `<div style="background-image:url('http://t/x')">`,
		`<style>p{background:url(http://t/x)}</style>`, `<svg><image href=http://t/x /></svg>`, `<frameset><frame src=http://t/x></frameset>`,
		`<noscript><img src=http://t/x></noscript>`, `<xmp><img src=http://t/x></xmp>`, `<textarea><img src=http://t/x></textarea>`,
		`<img src="cid:x" onerror="fetch('http://t/x')">`, `<video poster=http://t/x>`, `<a ping=http://t/x href=https://ok.example>`, `<img src="cid:a" lowsrc="http://t/x">`,
		`<title><img src="http://t/x"></title>`, `<blockquote cite="http://t/x">a</blockquote>`, `<q cite=http://t/x>a</q>`, `<del cite=http://t/x>a</del>`,
	} {
		got := sanitise(in)
		for _, part := range strings.Split(got, "<") {
			tag, _, isTag := strings.Cut(part, ">")
			if isTag && strings.Contains(tag, "//t/x") {
				t.Errorf("%s\n gives %s", in, got)
			}
		}
	}
}

func TestHTMLToText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>One\n  two</p><p>Three":                           "One two\n\nThree",
		"<div>One<div>Two</div></div>Three":                   "One\nTwo\nThree",
		"a<br>b<br><br>c":                                     "a\nb\n\nc",
		"<ul><li>One<li>Two</ul>":                             "- One\n- Two",
		"<table><tr><td>A<td>B<tr><td>C</table>":              "A B\nC",
		"<h1>Title</h1>Text":                                  "Title\n\nText",
		"<head><title>No</title><style>p{}</style></head>Yes": "Yes",
		"A&nbsp;&amp;&nbsp;B &lt;c&gt; &euro;":                "A & B <c> €",
		"<pre>a\n  b</pre>c":                                  "a\n  b\n\nc",
		"Answer<blockquote>Quoted<blockquote>Deeper</blockquote></blockquote>End": "Answer\n> Quoted\n> > Deeper\nEnd",
		`New<div id="divRplyFwdMsg">From: A</div>Old`:                             "New\n\n-----Original Message-----\nFrom: A\nOld",
		"<b>bo</b>ld <i>and</i> more":                                             "bold and more",
		"one<hr>two":                                                              "one\n---\ntwo",
		"<script>x</script>":                                                      "",
		"<p>unclosed <a href='x":                                                  "unclosed",
	} {
		if got := htmlToText(in); got != want {
			t.Errorf("%s\n got %q\nwant %q", in, got, want)
		}
	}
}
