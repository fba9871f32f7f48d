package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func diversification() Stack {
	return Stack{
		Title:    "Donor diversification",
		Subtitle: "Share of income by ultimate donor · cash basis · as of 21 November 2026",
		Footer:   "2 lines are not converted and left out. HHI: the secretariat's own limits are 0.18 (amber) and 0.25 (red).",
		Labels:   []string{"2023", "2024", "2025", "2026"},
		Share:    true,
		Series: []Series{
			{Name: "European Commission", Values: []float64{0.70, 0.61, 0.5, 0}},
			{Name: "Stiftung Île-de-France & Łódź für Menschenrechte", Values: []float64{0.2, 0.22, 0.2, 0}},
			{Name: "Government of Θεσσαλία", Values: []float64{0.06, 0.11, 0.1, 0}},
			{Name: "3 others", Values: []float64{0.04, 0.06, 0.2, 0}, Muted: true},
		},
		Rows: []Row{
			{"Total, EUR thousand", []string{"820", "900", "1,020", "0"}},
			{"HHI", []string{"0.53", "0.44", "0.31", "n/a"}},
			{"Effective funders", []string{"1.9", "2.3", "3.2", "n/a"}},
		},
	}
}

func earmarking() Stack {
	return Stack{
		Title:    "Earmarked and unearmarked income",
		Subtitle: "Received by level of earmarking · cash basis · as of 21 November 2026",
		Labels:   []string{"2023", "2024", "2025", "2026"},
		Currency: "EUR", Ordered: true,
		Series: []Series{
			{Name: "Unearmarked", Values: []float64{120000, 150000, 90000, 60000}},
			{Name: "Softly earmarked", Values: []float64{200000, 180000, 210000, 30000}},
			{Name: "Earmarked", Values: []float64{300000, 420000, -40000, 100000}},
			{Name: "Tightly earmarked", Values: []float64{80000, 150000, 260000, 0}},
		},
		Rows: []Row{
			{"Unearmarked", []string{"17 %", "17 %", "17 %", "32 %"}},
			{"Flexible", []string{"46 %", "37 %", "58 %", "47 %"}},
		},
	}
}

func render(t *testing.T, s Stack, f Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteStack(&b, s, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	for name, s := range map[string]Stack{
		"diversification": diversification(),
		"earmarking":      earmarking(),
		"empty":           {Title: "Donor diversification", Subtitle: "Cash basis", Empty: "No income in these years."},
	} {
		t.Run(name, func(t *testing.T) {
			got := render(t, s, SVG)
			file := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(file, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; look at the change and run the test with -update", file)
			}
		})
	}
}

func TestSVGEscapesEveryText(t *testing.T) {
	s := diversification()
	hostile := "<script>alert(1)</script>&\"'\x00\xff"
	s.Title, s.Subtitle, s.Footer = hostile, hostile, hostile
	s.Labels[0], s.Series[0].Name, s.Rows[0].Name, s.Rows[0].Cells[0] = hostile, hostile, hostile, hostile
	svg := render(t, s, SVG)
	d := xml.NewDecoder(bytes.NewReader(svg))
	texts := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if e.Name.Local == "script" {
				t.Fatal("a donor's name became markup")
			}
			if e.Name.Local == "text" {
				texts++
			}
		}
	}
	if texts < 20 || !bytes.Contains(svg, []byte("&lt;script&gt;alert")) {
		t.Errorf("%d texts, the hostile one missing", texts)
	}
}

func TestPNGIsTwiceTheSize(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(render(t, earmarking(), PNG)))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 2*Width || b.Dy() != 2*Height {
		t.Errorf("%v", b)
	}
}

// A bar has to be as high as its value says: the bands of a share chart fill the axis from 0 to 100 %.
func TestBandsFillTheAxis(t *testing.T) {
	s := diversification()
	var c *canvas
	if err := draw(io.Discard, SVG, "", "", func(k *canvas) { c = k }); err != nil {
		t.Fatal(err)
	}
	p := s.measure(c)
	for i := 0; i < 3; i++ {
		sum := 0.0
		for _, series := range s.Series {
			sum += p.axis.place(0, p.top, p.bottom) - p.axis.place(series.Values[i], p.top, p.bottom)
		}
		if math.Abs(sum-(p.bottom-p.top)) > 1e-6 {
			t.Errorf("bar %d is %.3f high, the axis %.3f", i, sum, p.bottom-p.top)
		}
	}
	low, high := earmarking().extent()
	if low != -40000 || high != 900000 {
		t.Errorf("extent %v to %v", low, high)
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		ticks     string
	}{
		{0, 900, "0 200 400 600 800 1,000"},
		{-40, 900, "−200 0 200 400 600 800 1,000"},
		{0, 0, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{0, 12.5, "0.0 2.5 5.0 7.5 10.0 12.5"},
		{0, 1, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{-3, 0, "−3 −2 −1 0"},
		{0, 1234567, "0 250,000 500,000 750,000 1,000,000 1,250,000"},
	} {
		a := axisFor(c.low, c.high, 5)
		var got []string
		for _, v := range a.ticks() {
			got = append(got, number(v, a.step))
		}
		if strings.Join(got, " ") != c.ticks {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, strings.Join(got, " "), c.ticks)
		}
		if a.low > c.low || a.high < c.high {
			t.Errorf("%v to %v does not fit in %v to %v", c.low, c.high, a.low, a.high)
		}
	}
}

// TestSamples writes pictures to look at into the folder that PIPER_CHART_SAMPLES names.
func TestSamples(t *testing.T) {
	dir := os.Getenv("PIPER_CHART_SAMPLES")
	if dir == "" {
		t.Skip("Set PIPER_CHART_SAMPLES to a folder to have sample charts written there.")
	}
	many := earmarking()
	many.Title = strings.Repeat("A long title of many words ", 8)
	many.Labels, many.Rows = nil, []Row{{"Unearmarked", nil}, {"Flexible", nil}}
	for i := range many.Series {
		many.Series[i].Values = nil
	}
	for y := 0; y < 28; y++ {
		many.Labels = append(many.Labels, []string{"1999", "2000"}[y%2])
		for k := range many.Rows {
			many.Rows[k].Cells = append(many.Rows[k].Cells, "17 %")
		}
		for i := range many.Series {
			many.Series[i].Values = append(many.Series[i].Values, float64((y+i)*30000))
		}
	}
	one := diversification()
	one.Labels = one.Labels[:1]
	for name, s := range map[string]Stack{"diversification": diversification(), "earmarking": earmarking(), "many": many, "one": one,
		"empty": {Title: "Donor diversification", Subtitle: "Cash basis", Empty: "No income in these years."}} {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), render(t, s, PNG), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNamedLabels: what stands under the bars are things of their own, so each is named and the line does not lead from one to the next.
func TestNamedLabels(t *testing.T) {
	draw := func(named bool) string {
		var b bytes.Buffer
		s := Stack{Title: "Budget", Currency: "EUR", Named: named, Labels: []string{"Ending impunity", "Safe return"},
			Series: []Series{{Name: "Realised", Values: []float64{100, 200}}}, Line: &Series{Name: "Planned", Values: []float64{300, 400}}}
		if err := WriteStack(&b, s, SVG); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	apart, led := draw(true), draw(false)
	if n := strings.Count(apart, "<path") - strings.Count(led, "<path"); n != 1 {
		t.Errorf("a line over two names has %d paths more than one over two times, want 1", n)
	}
	if !strings.Contains(apart, "Ending impunity") || !strings.Contains(apart, "Safe return") {
		t.Error("a name is missing")
	}
}
