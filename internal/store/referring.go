package store

import (
	"context"
	"slices"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Referring calls fn for every document of another collection, or of the same, that declares a reference to
// the target collection and holds one of the ids in it. Derived references, and collections in except, are left
// out. Fields that an index begins with are looked up; for others every document of the collection is read.
func (db *DB) Referring(ctx context.Context, target string, ids map[string]bool, except []string, fn func(collection, id, target string)) error {
	list := make([]any, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	for _, d := range db.declared {
		if slices.Contains(except, d.Name) {
			continue
		}
		for _, ref := range d.Refs {
			if ref.Collection != target || ref.Derived {
				continue
			}
			if err := db.referring(ctx, d, ref.Field, list, ids, fn); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) referring(ctx context.Context, d Declared, path string, list []any, ids map[string]bool, fn func(collection, id, target string)) error {
	read := driver.NewExtractor([]driver.Field{{Path: "id"}, {Path: path, Multi: true}})
	look := func(doc []byte) error {
		values, err := read.Extract(doc)
		if err != nil || len(values[0]) == 0 {
			return err
		}
		for _, v := range values[1] {
			if id, ok := v.(string); ok && ids[id] {
				fn(d.Name, values[0][0].(string), id)
			}
		}
		return nil
	}
	field, declared := d.Schema.Field(path)
	indexed := declared && slices.ContainsFunc(d.Schema.Indexes, func(ix []driver.Key) bool { return ix[0].Path == path })
	if !indexed {
		return engineFault(db.engine.Each(ctx, d.Schema, nil, look))
	}
	for len(list) > 0 {
		part := list[:min(len(list), batch)]
		list = list[len(part):]
		var where filter.Expr = filter.In{Field: path, Values: part}
		if field.Multi {
			where = filter.Has{Field: path, Values: part}
		}
		if err := db.engine.Each(ctx, d.Schema, where, look); err != nil {
			return engineFault(err)
		}
	}
	return nil
}
