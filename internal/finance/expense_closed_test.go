package finance

import (
	"context"
	"strings"
	"sync"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
)

func (d *desk) spend(t *testing.T, day store.Date, minor int64) *Expense {
	t.Helper()
	e := d.expense(day, minor)
	must(t, d.AddExpense(d.ctx, e))
	return e
}

func (d *desk) expense(day store.Date, minor int64) *Expense {
	return &Expense{Date: day, ProjectID: d.core.ID, Category: "Staff", Amount: Money{Minor: minor, Currency: "EUR"}}
}

func (d *desk) spent(t *testing.T) (sum int64, n int) {
	t.Helper()
	must(t, d.EachExpense(d.ctx, ExpenseSearch{}, func(e *Expense) error { sum, n = sum+e.Amount.Minor, n+1; return nil }))
	return sum, n
}

const spentInTwoYears = "Date,Project,Category,Amount,Currency\n2027-01-15,Core,Staff,10.00,EUR\n2026-01-15,Core,Staff,20.00,EUR\n2026-02-15,Core,Staff,30.00,EUR\n"

// TestExpensesOfAClosedYear: nothing is spent, changed or taken back in a closed year, by whatever deed; the refusal says
// what a correction is, and that correction, and a year that is open again, are let through.
func TestExpensesOfAClosedYear(t *testing.T) {
	d := openDesk(t)
	was, now := d.spend(t, "2026-06-30", 70_00), d.spend(t, "2027-01-10", 5_00)
	file, err := d.ImportExpenses(d.ctx, "first.csv", []byte(strings.ReplaceAll(spentInTwoYears, "Staff", "Rent")), false)
	must(t, err)
	// Also a store that lets two transactions run at once has the import and the closing of a year take turns.
	if b, err := d.Books(d.ctx); err != nil || b.Turn != 3 {
		t.Errorf("two expenses and an import: %+v, %v", b, err)
	}
	_, err = d.CloseYear(d.ctx, 2026)
	must(t, err)
	deeds := map[string]func() error{
		"added": func() error { return d.AddExpense(d.ctx, d.expense("2026-12-31", 1)) },
		"changed": func() error {
			_, err := d.UpdateExpense(d.ctx, was.ID, was.Rev, func(e *Expense) { e.Amount.Minor = 80_00 })
			return err
		},
		"moved out": func() error {
			_, err := d.UpdateExpense(d.ctx, was.ID, was.Rev, func(e *Expense) { e.Date = "2027-02-01" })
			return err
		},
		"moved in": func() error {
			_, err := d.UpdateExpense(d.ctx, now.ID, now.Rev, func(e *Expense) { e.Date = "2026-02-01" })
			return err
		},
		"removed": func() error { return d.DeleteExpense(d.ctx, was.ID, was.Rev) },
		"imported": func() error {
			_, err := d.ImportExpenses(d.ctx, "second.csv", []byte(spentInTwoYears), false)
			return err
		},
		"taken back": func() error { return d.RevertExpenses(d.ctx, file.ImportID) },
	}
	for what, do := range deeds {
		err := do()
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "The fiscal year 2026 is closed. Correct it by an expense dated in a year that is open, of a negative amount") &&
			(what != "taken back" || !strings.Contains(err.Error(), "2 expenses of this import lie in the fiscal year 2026, which is closed.")) {
			t.Errorf("%s: %v", what, err)
		}
		if sum, n := d.spent(t); sum != 135_00 || n != 5 {
			t.Fatalf("%s: %d in %d expenses", what, sum, n)
		}
	}
	dry, err := d.ImportExpenses(d.ctx, "second.csv", []byte(spentInTwoYears), true)
	must(t, err)
	if dry.ErrorCount != 2 || dry.Errors[0].Row != 3 || dry.Errors[1].Row != 4 || dry.Errors[1].Field != "date" || dry.Errors[1].Value != "2026-02-15" || !strings.HasPrefix(dry.Errors[1].Message, "The fiscal year 2026 is closed.") {
		t.Errorf("%+v", dry)
	}
	if closed, err := d.ClosedExpenses(d.ctx, []*Expense{was, now}); err != nil || !closed[was.ID] || closed[now.ID] {
		t.Errorf("%v, %v", closed, err)
	}
	if p, err := d.PreviewYear(d.ctx, 2026); err != nil || p.Expenses != 3 || p.Lines != 0 {
		t.Errorf("%+v, %v", p, err)
	}

	back := d.spend(t, "2027-04-01", -70_00)
	must(t, d.DeleteExpense(d.ctx, back.ID, back.Rev))
	_, err = d.ReopenYear(d.ctx, 2026, "the auditor found a bill")
	must(t, err)
	for _, what := range []string{"added", "changed", "moved in", "imported", "taken back"} {
		if err := deeds[what](); err != nil {
			t.Errorf("%s in a year that is open again: %v", what, err)
		}
	}
	must(t, d.DeleteExpense(d.ctx, was.ID, was.Rev+1))
}

// TestCloseAndSpend: who spends while a year is being closed is in the year before, or is refused.
func TestCloseAndSpend(t *testing.T) {
	d := openDesk(t)
	var adders sync.WaitGroup
	started := make(chan struct{}, 4)
	for range 4 {
		adders.Go(func() {
			for i := range 2000 {
				err := d.AddExpense(d.ctx, d.expense("2026-06-30", 1))
				if i == 0 {
					started <- struct{}{}
				}
				if fault.Is(err, fault.Invalid) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
			t.Error("the closed year took every expense")
		})
	}
	<-started
	_, err := d.CloseYear(d.ctx, 2026)
	must(t, err)
	_, before := d.spent(t)
	adders.Wait()
	if _, after := d.spent(t); after != before {
		t.Errorf("%d expenses when the year was closed, %d later", before, after)
	}
}

// TestCloseWaitsForExpenses: a year with an expense whose worth may still change is not closed, and one that stays without
// a rate does not hold it open.
func TestCloseWaitsForExpenses(t *testing.T) {
	d := openDesk(t)
	e := d.expense("2026-06-30", 100_00)
	e.Amount.Currency = "UAH"
	must(t, d.AddExpense(d.ctx, e))
	_, err := d.CloseYear(d.ctx, 2026)
	wantFault(t, err, fault.Invalid, "1 line has no settled exchange rate")
	if p, err := d.PreviewYear(d.ctx, 2026); err != nil || p.Unsettled != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	_, _, err = d.SaveRates(d.ctx, []*RateDay{{Date: "2026-06-30", Rates: map[string]string{"USD": "1.25"}}})
	must(t, err)
	_, err = d.CloseYear(d.ctx, 2026)
	must(t, err)
	_, _, err = d.SaveRates(d.ctx, []*RateDay{{Date: "2026-06-29", Rates: map[string]string{"UAH": "40"}}})
	must(t, err)
	if n, err := d.Reconvert(d.ctx); n != 0 || err != nil {
		t.Errorf("%d expenses of a closed year were converted, %v", n, err)
	}
}

// TestFeesOfAClosedYear: the fees that an import of gifts brought stay with their closed year, also where a person has
// moved one there.
func TestFeesOfAClosedYear(t *testing.T) {
	d := openDesk(t)
	imp := &Import{Name: "gifts.csv", Hash: "x", State: Live, Gifts: 1, DonorID: "campaign", Seq: 1}
	must(t, d.imports.Create(d.ctx, imp))
	fee := d.expense("2026-06-30", 2_00)
	fee.ImportID = imp.ID
	must(t, d.db.Tx(d.ctx, func(ctx context.Context) error { return d.expenses.Create(ctx, fee) }))
	_, err := d.CloseYear(d.ctx, 2026)
	must(t, err)
	_, err = d.Revert(d.ctx, imp.ID)
	wantFault(t, err, fault.Invalid, "1 expense of this import lies in the fiscal year 2026")
}
