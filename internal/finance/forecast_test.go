package finance

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"piper/internal/money"
	"piper/internal/store"
)

func eur(thousands int64) *Money { return &Money{Minor: thousands * 100_000, Currency: money.Euro} }

func lens(months int, basis Basis, w Weighting) Lens {
	return Lens{From: MonthOf("2027-01-01"), Months: months, Basis: basis, Weighting: w, View: Ultimate}
}

// The worked numbers of README.md.
func TestPipelineIsWeighed(t *testing.T) {
	o := Outlook{}
	for _, one := range [...]struct {
		thousands int64
		percent   int
	}{{100, 90}, {200, 30}, {400, 10}, {80, 75}} {
		o.Pipeline = append(o.Pipeline, Expected{DonorID: "a", Due: "2027-03-01", Worth: eur(one.thousands), Probability: one.percent, Earmarking: Soft, Restriction: Restricted, SourceType: "eu"})
	}
	for w, want := range map[Weighting]int64{Discount: 250, Cutoff: 180, SecuredOnly: 0} {
		f := o.Forecast(lens(12, Cash, w))
		if f.Weighted[2] != want*100_000 || f.Years[0].Weighted != want*100_000 || f.Secured[2] != 0 {
			t.Errorf("%s: %d in the month, %d in the year, want %d thousand", w, f.Weighted[2], f.Years[0].Weighted, want)
		}
	}
}

func TestReserveMonths(t *testing.T) {
	r := Reserve{Unrestricted: 260, Designated: 60, NetFixedAssets: 20, AnnualSpend: 720}
	near(t, "months", r.Months(), 3, 0)
	r.AnnualSpend = 0
	if r.Months() != nil {
		t.Error("without spend there are no months")
	}
	r = Reserve{Unrestricted: 10, Designated: 60, AnnualSpend: 600}
	near(t, "months of negative reserves", r.Months(), -1, 0)
}

func TestCliff(t *testing.T) {
	near(t, "cliff", Change(900, 640), -0.289, 0.0005)
	for _, c := range [...]struct {
		before, now int64
		alert       bool
	}{{900, 640, true}, {100, 75, true}, {100, 76, false}, {400, 301, false}, {400, 300, true}, {0, 0, false}, {0, 5, false}, {-10, -20, false}} {
		if Alerted(c.before, c.now) != c.alert {
			t.Errorf("%d → %d: alert %v", c.before, c.now, !c.alert)
		}
	}
	if Change(0, 5) != nil || Change(-5, 5) != nil {
		t.Error("there is nothing to divide by")
	}
	o := Outlook{Secured: []Expected{{DonorID: "a", Due: "2027-05-01", Worth: eur(900)}, {DonorID: "a", Due: "2028-02-01", Worth: eur(640)}}}
	f := o.Forecast(lens(24, Cash, Discount))
	if f.Years[0].Change != nil || f.Years[0].Alert || !f.Years[1].Alert {
		t.Errorf("%+v", f.Years)
	}
	near(t, "cliff of 2028", f.Years[1].Change, -0.289, 0.0005)
}

// Core costs 10 a month; the grant is earned until the end of May, and paid whole in January.
func TestCliffMonthIsReadFromAccruedMoney(t *testing.T) {
	o := Outlook{HasCore: true, Secured: []Expected{{DonorID: "a", Due: "2027-01-15", From: "2027-01-01", To: "2027-05-31", Worth: eur(151)}}}
	for m := MonthOf("2027-01-01"); m < MonthOf("2028-01-01"); m++ {
		o.Costs = append(o.Costs, Cost{Core: true, Month: m, Cents: 10 * 100_000}, Cost{ProjectID: "p", Month: m, Cents: 5 * 100_000})
	}
	for _, basis := range [...]Basis{Cash, Accrued} {
		if f := o.Forecast(lens(12, basis, Discount)); f.Cliff != 5 || f.CoreCost[3] != 1_000_000 || f.Cost[3] != 1_500_000 {
			t.Errorf("%s: cliff %d, core %d, cost %d", basis, f.Cliff, f.CoreCost[3], f.Cost[3])
		}
	}
	if f := o.Forecast(lens(5, Accrued, Discount)); f.Cliff != -1 {
		t.Errorf("cliff %d within five months", f.Cliff)
	}
	o.HasCore = false
	if f := o.Forecast(lens(12, Accrued, Discount)); f.Cliff != -1 || f.CoreCost != nil {
		t.Error("a cliff without a core budget")
	}
}

// A term over a leap day, in books whose year begins in April: every part by its days, to the cent.
func TestAccrualByDay(t *testing.T) {
	o := Outlook{Secured: []Expected{{DonorID: "a", From: "2028-02-01", To: "2028-04-30", Due: "2028-06-01", Worth: &Money{Minor: 9000}}}}
	l := Lens{Fiscal: Fiscal{FirstMonth: 4}, From: MonthOf("2028-01-01"), Months: 6, Basis: Accrued, Weighting: Discount}
	f := o.Forecast(l)
	// 29 + 31 + 30 = 90 days, one euro a day.
	if want := []int64{0, 2900, 3100, 3000, 0, 0}; !reflect.DeepEqual(f.Secured, want) {
		t.Errorf("%v, want %v", f.Secured, want)
	}
	if len(f.Years) != 2 || f.Years[0].Year != 2027 || f.Years[0].Secured != 6000 || f.Years[1].Secured != 3000 {
		t.Errorf("%+v", f.Years)
	}
	near(t, "change", f.Years[1].Change, -0.5, 0)
	l.Basis = Cash
	if f = o.Forecast(l); f.Secured[5] != 9000 || f.Years[0].Secured != 0 || f.Years[0].Figures.HHI != nil {
		t.Errorf("cash %v", f.Secured)
	}
}

func TestDaysAreCounted(t *testing.T) {
	day := store.Date("1999-12-28")
	n := dayOf(day)
	for range 3000 {
		day = addDays(day, 1)
		if n++; dayOf(day) != n {
			t.Fatalf("%s is day %d, want %d", day, dayOf(day), n)
		}
	}
	if m := MonthOf("2028-02-17"); m.String() != "2028-02" || m.First() != "2028-02-01" || m.Last() != "2028-02-29" || (m+11).String() != "2029-01" {
		t.Errorf("%s %s %s", m, m.First(), m.Last())
	}
	if shift("2027-01-31", 1) != "2027-02-28" || shift("2027-11-30", 14) != "2029-01-30" {
		t.Error("a day was not moved by months")
	}
}

// outlook makes one of n agreements' lines and half as many opportunities.
func outlook(rng *rand.Rand, n int) *Outlook {
	free := rng.Int64N(2e7)
	o := &Outlook{HasCore: true, Free: &free}
	line := func(i int) Expected {
		from := addDays("2025-06-01", rng.IntN(1200))
		l := Expected{ID: fmt.Sprint("l", i), DonorID: fmt.Sprint("d", rng.IntN(9)), UltimateID: fmt.Sprint("u", rng.IntN(5)), Signed: from, Due: addDays(from, rng.IntN(500)),
			From: from, To: addDays(from, rng.IntN(1400)), Worth: &Money{Minor: 1 + rng.Int64N(5e7)}, Earmarking: EarmarkingLevels[rng.IntN(4)],
			Restriction: Restrictions[rng.IntN(3)], SourceType: SourceTypes[rng.IntN(9)], Probability: rng.IntN(101)}
		switch rng.IntN(10) {
		case 0:
			l.Worth = nil
		case 1:
			l.From, l.To = "", ""
		case 2:
			l.Due = ""
		}
		return l
	}
	for i := range n {
		o.Secured = append(o.Secured, line(i))
	}
	for i := range n / 2 {
		o.Pipeline = append(o.Pipeline, line(n+i))
	}
	for m := range 36 {
		o.Costs = append(o.Costs, Cost{Core: true, Month: MonthOf("2027-01-01") + Month(m), Cents: rng.Int64N(3e6)},
			Cost{ProjectID: "p", Month: MonthOf("2027-01-01") + Month(m), Cents: rng.Int64N(3e6)})
	}
	return o
}

func eachLens(f func(Lens)) {
	for _, basis := range [...]Basis{Cash, Accrued} {
		for _, w := range Weightings {
			for _, v := range [...]View{Direct, Ultimate} {
				for _, first := range [...]int{1, 4} {
					l := lens(36, basis, w)
					l.View, l.Fiscal = v, Fiscal{FirstMonth: 1}
					if first == 4 {
						l.Fiscal.FirstMonth = 4
					}
					f(l)
				}
			}
		}
	}
}

// Money is neither made nor lost: the months of a term add up to the line, and years to their months.
func TestForecastIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 12 {
		o := outlook(rng, 20)
		eachLens(func(l Lens) {
			l.From, l.Months = MonthOf("2025-01-01"), MaxMonths
			f := o.Forecast(l)
			var want, got, years int64
			for i := range o.Secured {
				if s := &o.Secured[i]; s.Worth != nil && (s.Due != "" || l.Basis == Accrued && s.From != "") {
					want += s.Worth.Minor
				}
			}
			for _, cents := range f.Secured {
				got += cents
			}
			for _, y := range f.Years {
				years += y.Secured
				if y.Figures.Total != y.Secured+y.Weighted {
					t.Fatalf("%d: figures of %d, lines of %d", y.Year, y.Figures.Total, y.Secured+y.Weighted)
				}
			}
			if got != want || years != want {
				t.Fatalf("%+v: months add up to %d, years to %d, lines to %d", l, got, years, want)
			}
		})
	}
}

// The rows behind a month add up to each of its figures, on every basis and in every month.
func TestRowsAddUpToTheForecast(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	add := func(list []Share) (cents int64) {
		for _, s := range list {
			cents += s.Cents
		}
		return cents
	}
	for round := range 8 {
		o := outlook(rng, 20)
		o.HasCore = round%4 != 0
		eachLens(func(l Lens) {
			f := o.Forecast(l)
			for i := range l.Months {
				rows := o.Rows(l, l.From+Month(i))
				core := int64(0)
				if o.HasCore {
					core = f.CoreCost[i]
				}
				got := [...]int64{add(rows.Secured), add(rows.Pipeline), add(rows.Core), add(rows.Costs)}
				if want := [...]int64{f.Secured[i], f.Weighted[i], core, f.Cost[i]}; got != want {
					t.Fatalf("%+v, month %d: rows add up to %v, figures are %v", l, i, got, want)
				}
				for _, s := range append(rows.Secured, rows.Pipeline...) {
					if s.Cents == 0 || s.Line == nil || s.Line.Worth == nil {
						t.Fatalf("%+v", s)
					}
				}
			}
		})
	}
}

// What has no rate is named where it would count, and nowhere else.
func TestForecastNamesWhatIsNotConverted(t *testing.T) {
	o := Outlook{Secured: []Expected{
		{Due: "2020-05-05"}, {Due: "2027-05-05"}, {}, {Due: "2015-02-01", From: "2015-01-01", To: "2027-01-01"},
	}, Pipeline: []Expected{{Spread: true}, {Spread: true, From: "2028-01-01", To: "2028-12-31"}, {Spread: true, From: "2031-01-01", To: "2031-12-31"}}}
	for basis, want := range map[Basis]int{Cash: 2, Accrued: 3} {
		f := o.Forecast(Lens{From: MonthOf("2026-11-01"), Months: 36, Basis: basis, Weighting: Discount, View: Ultimate})
		if f.NotConverted != want || f.Undated != 1 {
			t.Errorf("%s: %d not converted, %d undated", basis, f.NotConverted, f.Undated)
		}
	}
}

// The order of the lines makes no difference.
func TestForecastIgnoresOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 7 {
		o := outlook(rng, 30)
		other := *o.Suppose(nil)
		rng.Shuffle(len(other.Secured), func(i, j int) { other.Secured[i], other.Secured[j] = other.Secured[j], other.Secured[i] })
		rng.Shuffle(len(other.Pipeline), func(i, j int) { other.Pipeline[i], other.Pipeline[j] = other.Pipeline[j], other.Pipeline[i] })
		rng.Shuffle(len(other.Costs), func(i, j int) { other.Costs[i], other.Costs[j] = other.Costs[j], other.Costs[i] })
		eachLens(func(l Lens) {
			if !reflect.DeepEqual(o.Forecast(l), other.Forecast(l)) {
				t.Fatal("the order of the lines changed the forecast")
			}
		})
	}
}

// A scenario without changes, or one whose changes find nothing, is the base to the last bit, and working one
// out leaves the base alone.
func TestScenarioWithoutChangeIsTheBase(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	nothing := []Supposition{{Kind: LoseDonor, DonorID: "nobody", Date: "2027-01-01"}, {Kind: CutProgramme, ProjectID: "none", Percent: 50, Date: "2027-01-01"},
		{Kind: DelayInstalment, LineID: "none", Months: 3}, {Kind: WinOpportunity, LineID: "none"}, {Kind: LoseDonor, DonorID: "u1", Date: "2099-01-01"}}
	for range 7 {
		o := outlook(rng, 30)
		eachLens(func(l Lens) {
			base := o.Forecast(l)
			for _, changes := range [][]Supposition{nil, {}, nothing} {
				if !reflect.DeepEqual(o.Suppose(changes).Forecast(l), base) {
					t.Fatalf("%v: not the base", changes)
				}
			}
			o.Suppose([]Supposition{{Kind: LoseDonor, DonorID: "u1", Date: "2027-02-10"}, {Kind: CutProgramme, Percent: 50, Date: "2027-02-10"},
				{Kind: DelayInstalment, LineID: "l1", Months: 3}, {Kind: WinOpportunity, LineID: "l31"}, {Kind: AddIncome, Cents: 1000, Date: "2027-01-01"}})
			if !reflect.DeepEqual(o.Forecast(l), base) {
				t.Fatal("working a scenario out changed the base")
			}
		})
	}
}

// The loss test says of every donor what a scenario that loses them says.
func TestLossTestAgreesWithScenarios(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 5 {
		o := outlook(rng, 25)
		stop := addDays("2027-01-01", rng.IntN(700))
		eachLens(func(l Lens) {
			base, losses := o.LossTest(l, stop)
			whole := o.Forecast(l)
			if value(base) != value(whole.Exhausted) {
				t.Fatalf("without a loss %v, forecast %v", value(base), value(whole.Exhausted))
			}
			for i, loss := range losses {
				f := o.Suppose([]Supposition{{Kind: LoseDonor, DonorID: loss.ID, View: l.View, Date: stop}}).Forecast(l)
				var missing int64
				for m := range f.Secured {
					missing += whole.Secured[m] + whole.Weighted[m] - f.Secured[m] - f.Weighted[m]
				}
				if value(f.Exhausted) != value(loss.Months) || missing != loss.Cents {
					t.Fatalf("%s: %v and %d, the scenario says %v and %d", loss.ID, value(loss.Months), loss.Cents, value(f.Exhausted), missing)
				}
				if i > 0 && worse(loss, losses[i-1]) {
					t.Fatal("the worst is not first")
				}
			}
		})
	}
}

func value(v *float64) any {
	if v == nil {
		return "n/a"
	}
	return *v
}

// Reserves of 30, costs of 10 a month, one donor of two who pays 5 a month: 6 months with both, 3 months
// without them all, as the months of free reserves say.
func TestLossWorked(t *testing.T) {
	free := int64(30 * 100_000)
	o := Outlook{Free: &free}
	for m := range 24 {
		month := MonthOf("2027-01-01") + Month(m)
		o.Costs = append(o.Costs, Cost{Month: month, Cents: 10 * 100_000})
		o.Secured = append(o.Secured, Expected{DonorID: "a", UltimateID: "a", Due: month.First(), Worth: eur(5)})
	}
	base, losses := o.LossTest(lens(24, Cash, Discount), "2027-01-01")
	near(t, "with the donor", base, 6, 0)
	near(t, "without", losses[0].Months, 3, 0)
	r := Reserve{Unrestricted: free, AnnualSpend: 120 * 100_000}
	near(t, "months of free reserves", r.Months(), 3, 0)
	_, losses = o.LossTest(lens(24, Cash, Discount), "2027-05-01") // 4 months at −5 leave 10, then one month at −10
	near(t, "later", losses[0].Months, 5, 0)
	if _, losses = (&Outlook{Secured: o.Secured}).LossTest(lens(24, Cash, Discount), "2027-05-01"); losses[0].Months != nil {
		t.Error("months without a reserve statement")
	}
	nothing := int64(0)
	o.Free = &nothing
	base, _ = o.LossTest(lens(24, Cash, Discount), "2027-01-01")
	near(t, "no reserves", base, 0, 0)
}

func TestSuppositions(t *testing.T) {
	o := &Outlook{HasCore: true, Secured: []Expected{{ID: "i1", DonorID: "lead", UltimateID: "ec", Due: "2027-02-15", Worth: eur(12), SourceType: "eu"}},
		Pipeline: []Expected{{ID: "o1", DonorID: "b", UltimateID: "b", Due: "2027-03-01", Worth: eur(100), Probability: 50, SourceType: "foundation"}}}
	for m := range 12 {
		o.Costs = append(o.Costs, Cost{ProjectID: "core", Core: true, Month: MonthOf("2027-01-01") + Month(m), Cents: 3100},
			Cost{ProjectID: "p", Month: MonthOf("2027-01-01") + Month(m), Cents: 3100})
	}
	at := func(basis Basis, changes ...Supposition) Forecast {
		return o.Suppose(changes).Forecast(lens(12, basis, Discount))
	}
	if f := at(Cash, Supposition{Kind: DelayInstalment, LineID: "i1", Months: 2}); f.Secured[1] != 0 || f.Secured[3] != 1_200_000 {
		t.Errorf("delay, cash: %v", f.Secured)
	}
	if f := at(Accrued, Supposition{Kind: DelayInstalment, LineID: "i1", Months: 2}); f.Secured[1] != 1_200_000 {
		t.Errorf("delay, accrued: %v", f.Secured)
	}
	if f := at(Cash, Supposition{Kind: WinOpportunity, LineID: "o1"}); f.Secured[2] != 10_000_000 || f.Weighted[2] != 0 {
		t.Errorf("win: %v %v", f.Secured, f.Weighted)
	}
	if f := at(Cash, Supposition{Kind: MissOpportunity, LineID: "o1"}); f.Secured[2] != 0 || f.Weighted[2] != 0 {
		t.Errorf("miss: %v %v", f.Secured, f.Weighted)
	}
	if f := at(Cash, Supposition{Kind: LoseDonor, DonorID: "lead", View: Direct, Date: "2027-02-15"}); f.Secured[1] != 0 {
		t.Error("the donor pays on the day on which they stop")
	}
	if f := at(Cash, Supposition{Kind: LoseDonor, DonorID: "ec", Date: "2027-02-16"}); f.Secured[1] == 0 {
		t.Error("the donor did not pay on the day before they stop")
	}
	if f := at(Cash, Supposition{Kind: AddIncome, Cents: 100, Months: 3, Date: "2027-04-10"}); f.Secured[3] != 34 || f.Secured[4] != 33 || f.Secured[5] != 33 || *f.Years[0].Figures.Unearmarked == 0 {
		t.Errorf("added: %v", f.Secured)
	}
	// From the 11th on, 21 of 31 days of January: 10 % of 2100 less.
	if f := at(Cash, Supposition{Kind: CutProgramme, Percent: 10, Date: "2027-01-11"}); f.Cost[0] != 6200-210 || f.Cost[1] != 6200-310 || f.CoreCost[0] != 3100 {
		t.Errorf("cut: %v", f.Cost)
	}
	if f := at(Cash, Supposition{Kind: CutProgramme, ProjectID: "core", Percent: 100, Date: "2027-02-01"}); f.CoreCost[0] != 3100 || f.CoreCost[1] != 0 {
		t.Errorf("cut of the core: %v", f.CoreCost)
	}
}

// The order in which changes are added makes no difference.
func TestSuppositionsCommute(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	o := outlook(rng, 40)
	changes := []Supposition{{Kind: LoseDonor, DonorID: "u1", Date: "2027-06-10"}, {Kind: LoseDonor, DonorID: "d2", View: Direct, Date: "2027-03-01"},
		{Kind: CutProgramme, Percent: 13, Date: "2027-02-10"}, {Kind: CutProgramme, ProjectID: "p", Percent: 7, Date: "2027-08-01"},
		{Kind: DelayInstalment, LineID: "l3", Months: 5}, {Kind: WinOpportunity, LineID: "l44"}, {Kind: MissOpportunity, LineID: "l50"}, {Kind: AddIncome, Cents: 99_999, Months: 7, Date: "2027-01-31"}}
	l := lens(36, Accrued, Discount)
	want := o.Suppose(changes).Forecast(l)
	for range 50 {
		rng.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		if !reflect.DeepEqual(o.Suppose(changes).Forecast(l), want) {
			t.Fatalf("%v", changes)
		}
	}
}

func TestShareRounds(t *testing.T) {
	for _, c := range [...][4]int64{{5, 50, 100, 3}, {-5, 50, 100, -3}, {1, 49, 100, 0}, {money.MaxWorth, 100, 100, money.MaxWorth}, {money.MaxWorth - 1, 50, 100, money.MaxWorth / 2}, {333, 30, 100, 100}} {
		if got := share(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%d × %d ÷ %d = %d, want %d", c[0], c[1], c[2], got, c[3])
		}
	}
	if math.MaxInt64/money.MaxWorth < 200 {
		t.Error("a product may not fit")
	}
}
