package finance

import (
	"math"
	"strings"
	"unicode/utf8"

	"piper/internal/fault"
	"piper/internal/store"
)

// Metric names a figure that can have limits or a target.
type Metric string

// The metrics.
const (
	MetricHHI           Metric = "hhi"
	MetricTop1          Metric = "top1"
	MetricTop3          Metric = "top3"
	MetricEUShare       Metric = "euShare"
	MetricUnearmarked   Metric = "unearmarked"
	MetricFlexible      Metric = "flexible"
	MetricUnrestricted  Metric = "unrestricted"
	MetricCoreCoverage  Metric = "coreCoverage"
	MetricReserveMonths Metric = "reserveMonths"
)

// Metrics lists them. All but the months are ratios, in which 1 is 100 %.
var Metrics = []Metric{MetricHHI, MetricTop1, MetricTop3, MetricEUShare, MetricUnearmarked, MetricFlexible, MetricUnrestricted, MetricCoreCoverage, MetricReserveMonths}

// Limit says from where on a figure is marked. Which way is worse belongs to the metric.
type Limit struct {
	Amber float64 `json:"amber" minimum:"0" maximum:"1000"`
	Red   float64 `json:"red" minimum:"0" maximum:"1000"`
}

// Limits are the thresholds of the dashboard. There is no agreed limit for non-profits: they are the
// secretariat's own choice, and the product says so wherever they show.
type Limits struct {
	store.Meta
	HHI           Limit  `json:"hhi"`
	Top1          Limit  `json:"top1"`
	Top3          Limit  `json:"top3"`
	ReserveMonths Limit  `json:"reserveMonths" doc:"marked where the months are fewer"`
	By            string `json:"by,omitempty" doc:"name of who chose them; empty for those that Piper brings"`
}

// StandardLimits are the limits until others are chosen.
func StandardLimits() *Limits {
	return &Limits{HHI: Limit{0.18, 0.25}, Top1: Limit{0.25, 0.40}, Top3: Limit{0.60, 0.75}, ReserveMonths: Limit{6, 3}}
}

func (l *Limits) tidy() error {
	var c fault.Checks
	for field, one := range map[string]Limit{"hhi": l.HHI, "top1": l.Top1, "top3": l.Top3} {
		c.Require(one.Amber > 0 && one.Red <= 1, field, "A limit lies between 0 and 1.")
		c.Require(one.Amber <= one.Red, field, "Amber comes before red.")
	}
	c.Require(l.ReserveMonths.Red >= 0 && l.ReserveMonths.Amber <= 120, "reserveMonths", "A limit lies between 0 and 120 months.")
	c.Require(l.ReserveMonths.Amber >= l.ReserveMonths.Red, "reserveMonths", "Amber comes before red: with more months.")
	return c.Err()
}

// Comparison says on which side of its value a target is reached.
type Comparison string

// The comparisons. A value that is exactly met counts as reached either way.
const (
	Below Comparison = "below"
	Above Comparison = "above"
)

// Target is what the board wants a metric to be by the end of a fiscal year.
type Target struct {
	store.Meta
	Metric     Metric     `json:"metric" enum:"hhi,top1,top3,euShare,unearmarked,flexible,unrestricted,coreCoverage,reserveMonths"`
	View       View       `json:"view" enum:"direct,ultimate"`
	Basis      Basis      `json:"basis" enum:"cash,accrued,signed"`
	Comparison Comparison `json:"comparison" enum:"below,above"`
	Value      float64    `json:"value"`
	Year       int        `json:"year" doc:"the fiscal year by whose end it shall be reached"`
	StartYear  int        `json:"startYear" doc:"the fiscal year from which progress counts"`
	StartValue *float64   `json:"startValue" doc:"what the metric was in that year when the target was set; it stays as it was"`
	Note       string     `json:"note,omitempty"`
}

func (t *Target) tidy() error {
	var c fault.Checks
	c.Require(indexOf(Metrics, t.Metric) >= 0, "metric", "%q is not a metric.", t.Metric)
	if t.View == "" {
		t.View = Ultimate
	}
	if t.Basis == "" {
		t.Basis = Cash
	}
	c.Require(t.View == Direct || t.View == Ultimate, "view", "%q is neither direct nor ultimate.", t.View)
	c.Require(indexOf(Bases, t.Basis) >= 0, "basis", "%q is not one of cash, accrued, signed.", t.Basis)
	c.Require(t.Comparison == Below || t.Comparison == Above, "comparison", "%q is neither below nor above.", t.Comparison)
	highest := 1.0
	switch t.Metric {
	case MetricReserveMonths:
		highest = 120
	case MetricCoreCoverage:
		highest = 10
	}
	c.Require(t.Value >= 0 && t.Value <= highest && !math.IsNaN(t.Value), "value", "The value lies between 0 and %g.", highest)
	c.Require(t.Year >= 1950 && t.Year <= 2100, "year", "%d is not a year between 1950 and 2100.", t.Year)
	c.Require(t.StartYear >= 1950 && t.StartYear < t.Year, "startYear", "Progress counts from a year before %d.", t.Year)
	t.Note = strings.TrimSpace(t.Note)
	c.Require(utf8.RuneCountInString(t.Note) <= maxWords, "note", "The note is longer than %d characters.", maxWords)
	return c.Err()
}

// Progress is how far a target is.
type Progress struct {
	Now      *float64 `json:"now" doc:"the metric in the year looked at"`
	Expected *float64 `json:"expected" doc:"where the straight line from start to target is at the end of that year"`
	OnTrack  *bool    `json:"onTrack" doc:"the metric is at the line or beyond; null where one of the two is n/a"`
	Reached  *bool    `json:"reached"`
}

// Progress holds the metric of a fiscal year against the straight line from the start to the target. Beyond the
// target's year the line stays at the target.
func (t *Target) Progress(year int, now *float64) Progress {
	p := Progress{Now: now}
	if t.StartValue != nil {
		passed := min(max(year-t.StartYear, 0), t.Year-t.StartYear)
		line := *t.StartValue + (t.Value-*t.StartValue)*float64(passed)/float64(t.Year-t.StartYear)
		p.Expected = &line
	}
	if now == nil {
		return p
	}
	reached := t.met(*now, t.Value)
	p.Reached = &reached
	if p.Expected != nil {
		// Who is beyond the target is on track also where the start was beyond it.
		on := reached || t.met(*now, *p.Expected)
		p.OnTrack = &on
	}
	return p
}

// met allows for the last bits of a ratio.
func (t *Target) met(now, value float64) bool {
	const slack = 1e-9
	if t.Comparison == Below {
		return now <= value+slack
	}
	return now >= value-slack
}

// Metric gives one of the metrics that are read from income alone, nil for the others and for n/a.
func (f *Figures) Metric(m Metric) *float64 {
	switch m {
	case MetricHHI:
		return f.HHI
	case MetricTop1:
		return f.Top1
	case MetricTop3:
		return f.Top3
	case MetricEUShare:
		return f.SourceShares[indexOf(SourceTypes, "eu")]
	case MetricUnearmarked:
		return f.Unearmarked
	case MetricFlexible:
		return f.Flexible
	case MetricUnrestricted:
		return f.Unrestricted
	}
	return nil
}
