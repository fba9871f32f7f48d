package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/sheet"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Upload keeps a file and suggests how to read it. Killed on its way it leaves parts that no import names;
// the sweep removes them.
func (im *Importer) Upload(ctx context.Context, name string, data []byte) (*StakeholderImport, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.TooLarge, "The file is larger than %d MB. Split it.", MaxFile>>20)
	}
	if name = strings.TrimSpace(filepath.Base(name)); name == "" || name == "." || name == "/" {
		name = "stakeholders"
	}
	if r := []rune(name); len(r) > 200 {
		name = string(r[:200])
	}
	book, err := sheet.Open(name, data, sheet.Options{})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	reader := access.From(ctx)
	imp := &StakeholderImport{Name: name, Hash: hex.EncodeToString(sum[:]), Size: int64(len(data)), State: Uploaded, Policy: Skip, ByID: reader.AccountID, By: reader.Name}
	imp.ID = store.NewID()
	imp.describe(book)
	if imp.SameAs, err = im.twin(ctx, imp.Hash); err != nil {
		return nil, err
	}
	if err := im.suggest(ctx, imp); err != nil {
		return nil, err
	}
	if err := im.look(imp, book); err != nil {
		return nil, err
	}
	if err := im.files.Keep(ctx, imp.ID, data); err != nil {
		return nil, err
	}
	return imp, im.imports.Create(ctx, imp)
}

func (imp *StakeholderImport) describe(b *sheet.Book) {
	imp.Format, imp.Encoding, imp.Delimiter, imp.Sheet, imp.Sheets, imp.Notes = b.Format, b.Encoding, b.Delimiter, b.Sheet, b.Sheets, b.Notes
	if imp.Notes == nil {
		imp.Notes = []string{}
	}
	imp.Columns = make([]Column, len(b.Header))
	for i, h := range b.Header {
		imp.Columns[i] = Column{Header: h, Samples: []string{}}
	}
}

// twin says that a file of the same content was imported before, "" where none was.
func (im *Importer) twin(ctx context.Context, hash string) (string, error) {
	found, err := im.imports.Find(ctx, filter.And{filter.Eq{Field: "hash", Value: hash}, filter.Eq{Field: "state", Value: string(Live)}}, nil, 1)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return fmt.Sprintf("This file has been imported already, as “%s” on %s.", found[0].Name, string(found[0].AppliedAt)[:10]), nil
}

// book opens the kept file of an import.
func (im *Importer) book(ctx context.Context, imp *StakeholderImport) (*sheet.Book, error) {
	data, err := im.files.Read(ctx, imp.ID, imp.Size)
	if err != nil {
		return nil, err
	}
	return sheet.Open(imp.Name, data, imp.Options)
}

// errEnough ends a reading early.
var errEnough = errors.New("enough was read")

// lookAt is how many rows are looked at while columns are mapped.
const lookAt = 200

// look fills in samples, and what of the first rows could not be read under the mapping.
func (im *Importer) look(imp *StakeholderImport, book *sheet.Book) error {
	for i := range imp.Columns {
		imp.Columns[i].Samples, imp.Columns[i].Wrong, imp.Columns[i].Example = []string{}, 0, ""
	}
	conv := newConverter(imp)
	var rows []sheet.Row
	err := book.Rows(func(r sheet.Row) error {
		conv.watch(r.Cells)
		r.Cells = slices.Clone(r.Cells)
		if rows = append(rows, r); len(rows) == lookAt {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	conv.noteGuesses(imp)
	for _, r := range rows {
		for i, v := range r.Cells {
			if c := &imp.Columns[i]; v != "" && len(c.Samples) < 4 {
				c.Samples = append(c.Samples, clip(v))
			}
		}
		for _, w := range conv.read(r).wrong {
			if w.column >= 0 {
				c := &imp.Columns[w.column]
				if c.Wrong++; c.Example == "" {
					c.Example = w.message
				}
			}
		}
	}
	imp.Problems = conv.problems()
	return nil
}

// Set changes how a file is read. The dry run before it no longer counts.
func (im *Importer) Set(ctx context.Context, id string, rev int64, s Settings) (*StakeholderImport, error) {
	imp, err := im.imports.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, f := range s.Fields {
		if _, ok := fieldNamed[f]; !ok && f != "" {
			return nil, fault.Field("fields", "%q is not a field that can be imported.", f)
		}
	}
	for f := range s.Constants {
		if _, ok := fieldNamed[f]; !ok {
			return nil, fault.Field("constants", "%q is not a field that can be imported.", f)
		}
	}
	reread := s.Options != imp.Options
	imp.Options = s.Options
	book, err := im.book(ctx, imp)
	if err != nil {
		return nil, err
	}
	if reread {
		imp.describe(book)
		if err := im.suggest(ctx, imp); err != nil {
			return nil, err
		}
	} else {
		if len(s.Fields) != len(imp.Columns) {
			return nil, fault.Field("fields", "The file has %d columns.", len(imp.Columns))
		}
		for i := range imp.Columns {
			imp.Columns[i].Field = s.Fields[i]
		}
	}
	imp.Constants, imp.Policy = s.Constants, s.Policy
	if err := im.look(imp, book); err != nil {
		return nil, err
	}
	return im.move(ctx, id, rev, []State{Uploaded, Checked}, func(i *StakeholderImport) error {
		meta := i.Meta
		*i = *imp
		i.Meta, i.State, i.Counts, i.Message = meta, Uploaded, ImportCounts{}, ""
		return nil
	})
}

// Discard removes an import that was not applied, with its file and rows.
func (im *Importer) Discard(ctx context.Context, id string, rev int64) error {
	_, err := im.move(ctx, id, rev, []State{Uploaded, Checked}, func(i *StakeholderImport) error { i.Message = "Discarded."; return nil })
	if err != nil {
		return err
	}
	return im.empty(ctx, id, true)
}

// empty removes file and rows of an import, and the import itself where whole says so. It may stop at any
// moment and be run again.
func (im *Importer) empty(ctx context.Context, id string, whole bool) error {
	if whole { // nobody finds it any more, so what is left is swept
		if err := im.imports.Delete(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if err := im.files.Remove(ctx, id); err != nil {
		return err
	}
	ofImport := filter.And{filter.Compare{Field: "plan", Op: filter.Gte, Value: id}, filter.Compare{Field: "plan", Op: filter.Lt, Value: id + "~"}}
	for {
		list, err := im.rows.Find(ctx, ofImport, []driver.Key{{Path: "id"}}, rowBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		ids := make([]string, len(list))
		for i, row := range list {
			ids[i] = row.ID
		}
		if err := removeAll(ctx, im, im.rows.Delete, ids); err != nil {
			return err
		}
	}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
