// Package upload keeps the files that people have handed in until the work on them is done. A file lies in the store, so
// that whichever process does the work finds it and a backup has it, in parts that no engine finds too large.
package upload

import (
	"context"
	"slices"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// part is a piece of a file. It is bytes and no text, so whoever keeps files of people's data says for themselves what an
// erasure does with them.
type part struct {
	store.Meta
	ImportID string `json:"importId"`
	N        int    `json:"n"`
	Data     []byte `json:"data"`
}

const (
	partSize = 1 << 20 // bytes
	atOnce   = 16      // parts that one transaction removes
)

// Files are the kept files of one noun, each under the id of the import that it belongs to.
type Files struct {
	db    *store.DB
	parts *store.Collection[part]
}

// Declare declares the collection that holds the files.
func Declare(db *store.DB, name string) *Files {
	return &Files{db, store.Declare(db, store.Spec[part]{
		Name:    name,
		Fields:  []driver.Field{{Path: "importId"}, {Path: "n", Kind: driver.Int}},
		Indexes: [][]driver.Key{{{Path: "importId"}, {Path: "n"}}},
	})}
}

// Keep keeps a file. It is to be called before the import is written: killed in between it leaves parts that no import
// names, which Kept finds.
func (f *Files) Keep(ctx context.Context, id string, data []byte) error {
	n := 0
	for piece := range slices.Chunk(data, partSize) {
		if err := f.parts.Create(ctx, &part{ImportID: id, N: n, Data: piece}); err != nil {
			return err
		}
		n++
	}
	return nil
}

// Read gives the bytes of a file; NotFound where it is no longer kept.
func (f *Files) Read(ctx context.Context, id string, size int64) ([]byte, error) {
	data := make([]byte, 0, size)
	for n := 0; int64(len(data)) < size; n++ {
		found, err := f.parts.Find(ctx, filter.And{filter.Eq{Field: "importId", Value: id}, filter.Eq{Field: "n", Value: n}}, nil, 1)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.New(fault.NotFound, "The file of this import is no longer kept. Upload it again.")
		}
		data = append(data, found[0].Data...)
	}
	return data, nil
}

// Has reports whether a file is kept.
func (f *Files) Has(ctx context.Context, id string) (bool, error) {
	n, err := f.parts.Count(ctx, filter.And{filter.Eq{Field: "importId", Value: id}, filter.Eq{Field: "n", Value: 0}})
	return n > 0, err
}

// Remove removes a file, if it is there. It may stop at any moment and be run again.
func (f *Files) Remove(ctx context.Context, id string) error {
	for {
		list, err := f.parts.Find(ctx, filter.Eq{Field: "importId", Value: id}, []driver.Key{{Path: "id"}}, atOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		err = f.db.Tx(ctx, func(ctx context.Context) error {
			for _, p := range list {
				if err := f.parts.Delete(ctx, p.ID); err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// Kept gives when each file that is there was begun, by its id.
func (f *Files) Kept(ctx context.Context) (map[string]store.Instant, error) {
	begun := map[string]store.Instant{}
	err := f.parts.Each(ctx, filter.Eq{Field: "n", Value: 0}, func(p *part) error {
		begun[p.ImportID] = p.CreatedAt
		return nil
	})
	return begun, err
}
