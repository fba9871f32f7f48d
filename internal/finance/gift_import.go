package finance

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// GiftResult is what an import of gifts came to, or would come to.
type GiftResult struct {
	DryRun       bool                 `json:"dryRun"`
	ImportID     string               `json:"importId,omitempty"`
	Rows         int                  `json:"rows" doc:"lines of the file"`
	Gifts        int                  `json:"gifts" doc:"payments that are new"`
	GivenBack    int                  `json:"givenBack" doc:"payments of which something was given back that was not in the books"`
	Known        int                  `json:"known" doc:"payments that an earlier file has brought; they come no second time"`
	Repeated     int                  `json:"repeated" doc:"lines that say again what another line has said"`
	Unpaid       int                  `json:"unpaid" doc:"lines of payments that never came"`
	NotConverted int                  `json:"notConverted"`
	Lines        []GiftLine           `json:"lines" nullable:"false" doc:"what is written, month by month"`
	Header       []string             `json:"header" nullable:"false" doc:"the columns of the file"`
	Columns      map[GiftField]string `json:"columns" doc:"which column says what: as chosen, as the last time for this campaign, or by the names of the columns"`
	Choose       []fault.FieldError   `json:"choose" nullable:"false" doc:"what has to be chosen before the file can be read"`
	Notes        []string             `json:"notes" nullable:"false"`
	ErrorCount   int                  `json:"errorCount"`
	Errors       []RowError           `json:"errors" nullable:"false"`
}

// GiftLine is a line that the books get: the gifts of a month, what was given back, or what the platform took.
type GiftLine struct {
	Kind   string     `json:"kind" enum:"gifts,refunds,fees"`
	Month  string     `json:"month" doc:"YYYY-MM"`
	Date   store.Date `json:"date" doc:"the last day of the month on which there was one"`
	Count  int        `json:"count"`
	Amount Money      `json:"amount"`

	row int
}

// ImportGifts reads a file of gifts, CSV or XLSX, and puts it into the books, or nothing of it: in each month and
// currency one line of what was given, one of what was given back, and one expense of what the platform took. It
// brings what no file has brought before, so files that overlap can follow each other. All is one transaction. A dry
// run comes to the same verdict, writes nothing and holds no other writer up. The first maxNamed errors are named.
func (im *Importer) ImportGifts(ctx context.Context, name string, data []byte, form GiftForm, dryRun bool) (*GiftResult, error) {
	res, err := im.importGifts(ctx, name, data, form, dryRun)
	if res != nil && len(res.Errors) > maxNamed {
		res.Errors = slices.Clone(res.Errors[:maxNamed])
	}
	return res, err
}

// GiftErrors comes to the verdict of a dry run and names all errors. What has to be chosen first is a fault.
func (im *Importer) GiftErrors(ctx context.Context, name string, data []byte, form GiftForm) (*GiftResult, error) {
	res, err := im.importGifts(ctx, name, data, form, true)
	if err == nil && len(res.Choose) > 0 {
		return nil, &fault.Error{Code: fault.Invalid, Message: "The file cannot be read before this is chosen.", Fields: res.Choose}
	}
	return res, err
}

func (im *Importer) importGifts(ctx context.Context, name string, data []byte, form GiftForm, dryRun bool) (*GiftResult, error) {
	if len(data) > MaxGiftFile {
		return nil, fault.New(fault.TooLarge, "The file is larger than %d MB. Split it.", MaxGiftFile>>20)
	}
	if err := form.tidy(); err != nil {
		return nil, err
	}
	book, err := sheet.Open(name, data, sheet.Options{Exact: true})
	if err != nil {
		return nil, err
	}
	if form.Columns == nil {
		if form.Columns, err = im.repo.lastColumns(ctx, form.DonorID, book.Header); err != nil {
			return nil, err
		}
	}
	read, err := ReadGifts(book, form, im.digest)
	if choose := toChoose(err); dryRun && len(choose) > 0 {
		return &GiftResult{DryRun: true, Header: book.Header, Columns: form.Columns, Choose: choose, Lines: []GiftLine{}, Notes: []string{}, Errors: []RowError{}}, nil
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	imp := Import{Name: cmp.Or(clip(oneLine(name)), "gifts.csv"), Hash: hex.EncodeToString(sum[:]), By: access.From(ctx).Name, DonorID: form.DonorID, Columns: form.Columns}
	var res *GiftResult
	work := func(ctx context.Context) error {
		one, lines := imp, *read // a transaction may run twice
		one.ID = store.NewID()
		lines.Errors = slices.Clone(read.Errors)
		w := giftWork{im: im, form: form, sheet: &lines, imp: &one}
		res = &GiftResult{DryRun: dryRun, Rows: lines.Lines, Repeated: lines.Repeated, Unpaid: lines.Unpaid, Header: book.Header, Columns: form.Columns,
			Choose: []fault.FieldError{}, Notes: slices.Clone(lines.Notes), Lines: []GiftLine{}}
		return w.run(ctx, res)
	}
	if dryRun {
		err = work(ctx)
	} else {
		err = im.repo.db.Tx(audit.Bulk(ctx, "import of "+imp.Name), work)
	}
	return res, err
}

// toChoose gives what is wrong with the choice of columns and currency; nothing where something else is wrong.
func toChoose(err error) []fault.FieldError {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	for _, one := range f.Fields {
		if one.Field != "currency" && !strings.HasPrefix(one.Field, "columns") {
			return nil
		}
	}
	return f.Fields
}

// lastColumns gives the columns of the last file for a campaign, if this one has them all; what was not said then, the
// names of the columns tell.
func (r *Repo) lastColumns(ctx context.Context, donorID string, header []string) (map[GiftField]string, error) {
	list, err := r.imports.Find(ctx, filter.And{filter.Eq{Field: "donorId", Value: donorID}, filter.In{Field: "state", Values: []any{string(Live), string(Reverted)}}}, nil, 0)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b *Import) int { return cmp.Compare(b.Seq, a.Seq) })
	for _, one := range list {
		fits := len(one.Columns) > 0
		for _, name := range one.Columns {
			fits = fits && (name == "" || slices.Contains(header, name))
		}
		if fits {
			kept := maps.Clone(one.Columns)
			taken := slices.Collect(maps.Values(kept))
			for field, name := range GiftColumns(header) {
				if _, said := kept[field]; !said && !slices.Contains(taken, name) {
					kept[field] = name
				}
			}
			return kept, nil
		}
	}
	return GiftColumns(header), nil
}

// giftWork is one import of gifts, in its transaction.
type giftWork struct {
	im    *Importer
	form  GiftForm
	sheet *GiftSheet
	imp   *Import
	lines map[giftGroup]*GiftLine
	fresh []*Gift
	known []*Gift // in the books, as they are to be
}

type giftGroup struct {
	kind, month, currency string
}

func (w *giftWork) run(ctx context.Context, res *GiftResult) error {
	r := w.im.repo
	if !res.DryRun {
		if err := r.touch(ctx); err != nil { // before looking, so that two imports take turns
			return err
		}
	}
	if err := w.check(ctx); err != nil {
		return err
	}
	if err := w.compare(ctx, res); err != nil {
		return err
	}
	income, expenses, err := w.write(ctx, res)
	if err != nil {
		return err
	}
	slices.SortStableFunc(w.sheet.Errors, func(a, b RowError) int { return a.Row - b.Row })
	res.ErrorCount, res.Errors = w.sheet.ErrorCount, w.sheet.Errors
	if res.DryRun {
		return nil
	}
	switch {
	case res.ErrorCount > 0: // without the values, since a column that was chosen by mistake may name somebody
		return fault.Field("file", "%s in the file, so nothing was imported.", many(res.ErrorCount, "error is", "errors are"))
	case len(income)+len(expenses) == 0:
		return fault.Field("file", "Nothing in this file is new. Nothing was imported.")
	case len(expenses) > 0 && w.form.ProjectID == "":
		return fault.Field("projectId", "Say which project bears the fees of the platform.")
	}
	return w.save(ctx, res, income, expenses)
}

// check refuses a campaign or a project that is not there, and the same file for another campaign.
func (w *giftWork) check(ctx context.Context) error {
	r := w.im.repo
	names, err := w.im.donors.Names(ctx, []string{w.form.DonorID})
	if err != nil {
		return err
	}
	projects, _, err := r.Places(ctx)
	if err != nil {
		return err
	}
	var c fault.Checks
	c.Require(names[w.form.DonorID] != "", "donorId", "There is no such stakeholder.")
	c.Require(w.form.ProjectID == "" || projects[w.form.ProjectID] != nil, "projectId", "There is no such project.")
	if err := c.Err(); err != nil {
		return err
	}
	twins, err := r.imports.Find(ctx, filter.And{filter.Eq{Field: "hash", Value: w.imp.Hash}, filter.Eq{Field: "state", Value: string(Live)}}, nil, 0)
	if err != nil {
		return err
	}
	for _, twin := range twins {
		if twin.DonorID != w.form.DonorID {
			return fault.New(fault.Duplicate, "This file has been imported for somebody else, as “%s”. Revert that import first.", twin.Name)
		}
	}
	return nil
}
