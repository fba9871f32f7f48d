package finance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/money"
	"piper/internal/store"
)

// MaxFile bounds an income file, in bytes.
const MaxFile = 256 << 20

// writeBatch is how many lines one transaction writes: enough to be quick, few enough that other
// writers wait for a part of a second only.
const writeBatch = 5000

// Donors is what finance needs to know of stakeholders.
type Donors interface {
	// Find gives the id of each name that somebody has, matched in folded form.
	Find(ctx context.Context, names []string) (map[string]string, error)
	// CreateDonors adds an organisation with the role donor for each id, under that id and name.
	CreateDonors(ctx context.Context, names map[string]string) error
	// Names gives the name of each id that exists.
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// Roots gives, for everyone who is part of another, the top of the tree.
	Roots(ctx context.Context) (map[string]string, error)
	// Matching gives the ids of those whom a text finds, at most limit.
	Matching(ctx context.Context, text string, limit int) ([]string, error)
}

// Importer brings income files in.
type Importer struct {
	repo   *Repo
	donors Donors
	digest func(string) string
}

// NewImporter makes an importer. digest gives a keyed hash of a text.
func NewImporter(repo *Repo, donors Donors, digest func(string) string) *Importer {
	return &Importer{repo: repo, donors: donors, digest: digest}
}

// Result is what an import came to, or would come to.
type Result struct {
	DryRun       bool          `json:"dryRun"`
	ImportID     string        `json:"importId,omitempty"`
	Rows         int           `json:"rows"`         // lines of the file
	Valid        int           `json:"valid"`        // of them without an error
	Created      int           `json:"created"`      // lines that are now in the books: all or none
	NotConverted int           `json:"notConverted"` // lines whose rate is not known yet
	NewDonors    []string      `json:"newDonors"`    // names that nobody has
	Notes        []string      `json:"notes"`        // how the file was read, and what to look at
	ErrorCount   int           `json:"errorCount"`
	Errors       []RowError    `json:"errors"` // the first of them
	Preview      []PreviewLine `json:"preview"`
}

// PreviewLine is one of the first lines as it was understood.
type PreviewLine struct {
	Row               int        `json:"row"`
	DonorName         string     `json:"donorName"`
	UltimateDonorName string     `json:"ultimateDonorName"`
	Date              store.Date `json:"date"`
	Amount            Money      `json:"amount"`
	money.Frozen
	Earmarking  Earmarking  `json:"earmarking"`
	Restriction Restriction `json:"restriction"`
	SourceType  SourceType  `json:"sourceType"`
}

// previewLines is how many lines a result shows.
const previewLines = 20

// Import reads a file and, unless it is a dry run, puts all its lines into the books, or none. A dry run
// comes to the same verdict and writes nothing. Lines with errors are in the result of both; the real
// run gives them as an Invalid fault too.
func (im *Importer) Import(ctx context.Context, name string, data []byte, dryRun bool) (*Result, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.TooLarge, "The file is larger than %d MB. Split it.", MaxFile>>20)
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	if err := im.repo.liveTwin(ctx, hash); err != nil {
		return nil, err
	}
	sheet, err := ParseIncome(data)
	if err != nil {
		return nil, err
	}
	res := &Result{DryRun: dryRun, Rows: sheet.Lines, NewDonors: []string{}, Notes: []string{}, Preview: []PreviewLine{}}
	res.Notes = append(res.Notes, sheet.Notes...)
	donors, err := im.match(ctx, sheet.Rows, res)
	if err != nil {
		return nil, err
	}
	lines, err := im.lines(ctx, sheet, donors, res)
	if err != nil {
		return nil, err
	}
	res.Valid, res.ErrorCount, res.Errors = len(lines), sheet.ErrorCount, sheet.Errors
	slices.SortStableFunc(res.Errors, func(a, b RowError) int { return a.Row - b.Row })
	if res.Errors == nil {
		res.Errors = []RowError{}
	}
	if dryRun {
		return res, nil
	}
	if res.ErrorCount > 0 {
		return res, res.fault()
	}
	imp := &Import{Name: clip(name), Hash: hash, Rows: len(lines), NotConverted: res.NotConverted, NewDonors: len(donors.fresh), By: access.From(ctx).Name}
	imp.ID = store.NewID()
	if imp.Name == "" {
		imp.Name = "income.csv"
	}
	if err := im.save(audit.Bulk(ctx, "import of "+imp.Name), imp, lines, donors.fresh); err != nil {
		return nil, err
	}
	res.ImportID, res.Created = imp.ID, len(lines)
	return res, nil
}

// fault names the first wrong lines, as a problem answer does.
func (res *Result) fault() error {
	f := &fault.Error{Code: fault.Invalid, Message: fmt.Sprintf("%d errors were found in the file, so nothing was imported.", res.ErrorCount)}
	if res.ErrorCount == 1 {
		f.Message = "An error was found in the file, so nothing was imported."
	}
	for i, e := range res.Errors {
		if i == 100 {
			break
		}
		f.Fields = append(f.Fields, fault.FieldError{Field: e.Field, Message: fmt.Sprintf("Row %d, %q: %s", e.Row, e.Value, e.Message)})
	}
	return f
}

// matched says which stakeholder each name of a file is.
type matched struct {
	ids   map[string]string // name as written → id
	fresh map[string]string // id → name of those that nobody has yet
}

// match finds the stakeholders of all names. Names that are one when folded are one donor, also where
// the donor is new; it gets its id now and is added when the import becomes visible.
func (im *Importer) match(ctx context.Context, rows []Row, res *Result) (matched, error) {
	m := matched{ids: map[string]string{}, fresh: map[string]string{}}
	var names []string
	for i := range rows {
		for _, name := range [...]string{rows[i].Donor, rows[i].UltimateDonor} {
			if _, seen := m.ids[name]; !seen && name != "" {
				m.ids[name] = ""
				names = append(names, name)
			}
		}
	}
	known, err := im.donors.Find(ctx, names)
	if err != nil {
		return m, err
	}
	byFold := map[string]string{}
	for _, name := range names {
		id := known[name]
		if id == "" {
			fold := store.Fold(name)
			if id = byFold[fold]; id == "" {
				id = store.NewID()
				byFold[fold], m.fresh[id] = id, name
				res.NewDonors = append(res.NewDonors, name)
			}
		}
		m.ids[name] = id
	}
	return m, nil
}

// lines makes the ledger lines of valid rows; an amount that conversion shows to be out of bounds is one
// more row error.
func (im *Importer) lines(ctx context.Context, sheet *Sheet, donors matched, res *Result) ([]*Income, error) {
	table, err := im.table(ctx, sheet.Rows)
	if err != nil {
		return nil, err
	}
	books, err := im.repo.Books(ctx)
	if err != nil {
		return nil, err
	}
	today := im.repo.today()
	lines := make([]*Income, 0, len(sheet.Rows))
	block := make([]Income, len(sheet.Rows))
	future := 0
	for i := range sheet.Rows {
		row, line := &sheet.Rows[i], &block[i]
		*line = Income{DonorID: donors.ids[row.Donor], UltimateDonorID: donors.ids[row.Donor], Date: row.Date, Amount: row.Amount,
			Earmarking: row.Earmarking, Restriction: row.Restriction, SourceType: row.SourceType, Row: row.Row}
		if row.UltimateDonor != "" {
			line.UltimateDonorID = donors.ids[row.UltimateDonor]
		}
		if err := im.repo.refusal(books, byReversal, row.Date); err != nil {
			sheet.reject(row.Row, "date", string(row.Date), fault.Reason(err))
			continue
		}
		err := table.Convert(line)
		if fault.Is(err, fault.Invalid) {
			sheet.reject(row.Row, "amount", row.Amount.String(), "The amount is too large.")
			continue
		}
		if err != nil {
			return nil, err
		}
		if line.Worth == nil {
			res.NotConverted++
		}
		if row.Date > today {
			future++
		}
		lines = append(lines, line)
		if len(res.Preview) < previewLines {
			res.Preview = append(res.Preview, preview(row, line))
		}
	}
	if res.NotConverted > 0 {
		res.Notes = append(res.Notes, fmt.Sprintf("%s no exchange rate yet; they are listed beside every figure as not converted, and converted when the rates job brings the rate.", many(res.NotConverted, "line has", "lines have")))
	}
	if future > 0 {
		res.Notes = append(res.Notes, fmt.Sprintf("%s dated after today.", many(future, "line is", "lines are")))
	}
	return lines, nil
}

func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

func preview(row *Row, line *Income) PreviewLine {
	p := PreviewLine{Row: row.Row, DonorName: row.Donor, UltimateDonorName: row.UltimateDonor, Date: line.Date, Amount: line.Amount,
		Frozen: line.Frozen, Earmarking: line.Earmarking, Restriction: line.Restriction, SourceType: line.SourceType}
	if p.UltimateDonorName == "" {
		p.UltimateDonorName = p.DonorName
	}
	return p
}

// table loads the rates that the rows need, none where all are in the reporting currency.
func (im *Importer) table(ctx context.Context, rows []Row) (*RateTable, error) {
	var first, last store.Date
	for i := range rows {
		if rows[i].Amount.Currency == im.repo.Reporting.Code() {
			continue
		}
		if first == "" || rows[i].Date < first {
			first = rows[i].Date
		}
		last = max(last, rows[i].Date)
	}
	if first == "" {
		return NewRateTable(im.repo.Reporting, nil, ""), nil
	}
	return im.repo.RateTable(ctx, first, last)
}

// save writes the lines behind the gate, batch by batch, and then opens it together with adding the new
// donors, in one transaction.
func (im *Importer) save(ctx context.Context, imp *Import, lines []*Income, fresh map[string]string) error {
	// Every index has the date in it. Written in its order, a batch touches the ends of an index and not all of
	// its pages, which is most of the cost of a long file. Lines of one day stay in the order of the file.
	slices.SortStableFunc(lines, func(a, b *Income) int { return strings.Compare(string(a.Date), string(b.Date)) })
	imp.FirstDate, imp.LastDate = lines[0].Date, lines[len(lines)-1].Date
	if err := im.repo.begin(ctx, imp); err != nil {
		return err
	}
	for from := 0; from < len(lines); from += writeBatch {
		part := lines[from:min(from+writeBatch, len(lines))]
		for _, l := range part {
			l.ImportID, l.Seq = imp.ID, imp.Seq
		}
		if err := im.repo.write(ctx, imp, part); err != nil {
			return im.giveUp(ctx, imp, err)
		}
	}
	days := im.repo.dayOfEachYear(lines)
	err := im.repo.db.Tx(ctx, func(ctx context.Context) error {
		if err := im.repo.touch(ctx, days...); err != nil { // a year may have been closed meanwhile
			return err
		}
		if err := im.addDonors(ctx, fresh); err != nil {
			return err
		}
		return im.repo.publish(ctx, imp)
	})
	if err != nil {
		return im.giveUp(ctx, imp, err)
	}
	return nil
}

// addDonors adds the new donors, unless somebody added one of them since the file was matched.
func (im *Importer) addDonors(ctx context.Context, fresh map[string]string) error {
	if len(fresh) == 0 {
		return nil
	}
	names := make([]string, 0, len(fresh))
	for _, name := range fresh {
		names = append(names, name)
	}
	known, err := im.donors.Find(ctx, names)
	if err != nil {
		return err
	}
	for name := range known {
		return fault.New(fault.Busy, "“%s” was added by somebody else while the file was imported. Nothing was imported; import it again.", name)
	}
	return im.donors.CreateDonors(ctx, fresh)
}

// giveUp marks an import that failed on its way, so that the next sweep removes what it has written. Where
// even that fails, its silence tells.
func (im *Importer) giveUp(ctx context.Context, imp *Import, cause error) error {
	_ = im.repo.setState(context.WithoutCancel(ctx), imp.ID, Staged, Abandoned)
	return cause
}
