package importer

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Forgotten counts what Forget has removed, or would remove.
type Forgotten struct{ Rows, Files int }

// Forget removes what imports have kept of one stakeholder: the rows that are about them or, as named says of
// a row's text, name them, and the files that these came from. A file that nobody has checked yet goes too, as it
// cannot be told who is in it; it can be sent again. dry counts and changes nothing.
func (im *Importer) Forget(ctx context.Context, stakeholderID string, named func(text string) bool, dry bool) (Forgotten, error) {
	var out Forgotten
	var rows []string
	files := map[string]bool{}
	err := im.rows.Each(ctx, nil, func(row *ImportRow) error {
		text, err := json.Marshal(row)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "A row of an import cannot be read.")
		}
		if row.TargetID == stakeholderID || named(string(text)) {
			rows = append(rows, row.ID)
			id, _, _ := strings.Cut(row.Plan, "-")
			files[id] = true
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Rows = len(rows)
	err = im.imports.Each(ctx, filter.In{Field: "state", Values: []any{string(Uploaded), string(Checking)}}, func(imp *StakeholderImport) error {
		files[imp.ID] = true
		return nil
	})
	if err != nil {
		return out, err
	}
	kept, err := im.files.Kept(ctx)
	if err != nil {
		return out, err
	}
	for id := range kept {
		if !files[id] {
			continue
		}
		out.Files++
		if dry {
			continue
		}
		if err := im.files.Remove(ctx, id); err != nil {
			return out, err
		}
	}
	if dry {
		return out, nil
	}
	return out, removeAll(ctx, im, im.rows.Delete, rows)
}

// removeAll removes documents in short transactions; those that are gone already are no fault.
func removeAll(ctx context.Context, im *Importer, remove func(context.Context, string) error, ids []string) error {
	for batch := range slices.Chunk(ids, rowBatch) {
		err := im.db.Tx(ctx, func(ctx context.Context) error {
			for _, id := range batch {
				if err := remove(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
