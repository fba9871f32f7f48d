package mongo

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"piper/internal/fault"
)

// line is one document of a backup: JSON, a line each.
type line struct {
	Collection string          `json:"c"`
	ID         string          `json:"id"`
	Rev        int64           `json:"rev"`
	Doc        json.RawMessage `json:"d"`
	Tokens     []string        `json:"t,omitempty"`
	Near       []string        `json:"w,omitempty"`
}

// Backup writes every document as it was at one moment (a snapshot read) while others go on writing. A
// server without transactions has no snapshots; there it is what each collection holds when it is read.
func (e *Engine) Backup(ctx context.Context, w io.Writer) error {
	if e.transactions {
		session, err := e.client.StartSession(options.Session().SetSnapshot(true))
		if err != nil {
			return err
		}
		defer session.EndSession(context.WithoutCancel(ctx))
		ctx = mongo.NewSessionContext(ctx, session)
	}
	names, err := e.db.ListCollectionNames(context.WithoutCancel(ctx), bson.D{})
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<20)
	for _, name := range names {
		if err := e.backupCollection(ctx, name, out); err != nil {
			return fmt.Errorf("backing up %s: %w", name, err)
		}
	}
	return out.Flush()
}

func (e *Engine) backupCollection(ctx context.Context, name string, out io.Writer) (err error) {
	cursor, err := e.db.Collection(name).Find(ctx, bson.D{}, options.Find().SetBatchSize(1000))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cursor.Close(context.WithoutCancel(ctx))) }()
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for cursor.Next(ctx) {
		var r record
		if err := cursor.Decode(&r); err != nil {
			return err
		}
		doc, err := toJSON(r.Doc)
		if err != nil {
			return err
		}
		if err := enc.Encode(line{Collection: name, ID: r.ID, Rev: r.Rev, Doc: doc, Tokens: r.Tokens, Near: r.Near}); err != nil {
			return err
		}
	}
	return cursor.Err()
}

// Restore fills an empty database with a backup. It refuses one that holds documents.
func (e *Engine) Restore(ctx context.Context, r io.Reader) error {
	names, err := e.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return err
	}
	for _, name := range names {
		n, err := e.db.Collection(name).CountDocuments(ctx, bson.D{}, options.Count().SetLimit(1))
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Invalid, "The database %s is not empty. Name another one in PIPER_STORE, or drop this one first.", e.db.Name())
		}
	}
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	var batch []any
	current := ""
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		_, err := e.db.Collection(current).InsertMany(ctx, batch)
		batch = nil
		return err
	}
	for {
		var l line
		err := dec.Decode(&l)
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "The backup is damaged, or was not made from MongoDB.")
		}
		if l.Collection != current || len(batch) == 500 {
			if err := flush(); err != nil {
				return err
			}
			current = l.Collection
		}
		doc, err := toBSON(l.Doc)
		if err != nil {
			return err
		}
		batch = append(batch, record{ID: l.ID, Rev: l.Rev, Doc: doc, Tokens: l.Tokens, Near: l.Near})
	}
}
