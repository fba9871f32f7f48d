package chart

import "math"

// categories tells up to eight things apart, also for people who confuse red and green: Okabe and Ito's
// colours without black and yellow, which vanish beside text and on paper, and two more.
var categories = []color{
	rgb(0x0072b2), rgb(0xe69f00), rgb(0x009e73), rgb(0xcc79a7), rgb(0x56b4e9), rgb(0xd55e00), rgb(0x6a51a3), rgb(0x8c6d31),
}

// levels goes from free to tied: blue to orange, the pair that every kind of colour vision keeps apart.
var levels = []color{rgb(0x1b6ca8), rgb(0x8cc1e3), rgb(0xf6c27d), rgb(0xc2571a)}

// muted is for what is not looked at by itself: "others".
var muted = rgb(0xb8bfc7)

func colorOf(s Stack, i int) color {
	switch {
	case s.Series[i].Muted:
		return muted
	case s.Ordered:
		return levels[i%len(levels)]
	}
	return categories[i%len(categories)]
}

// inkOn gives the text colour with the better contrast on a fill, as WCAG measures it.
func inkOn(fill color) color {
	on := luminance(fill) + 0.05
	if on/(luminance(ink)+0.05) > 1.05/on {
		return ink
	}
	return paper
}

func luminance(c color) float64 {
	channel := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}
