package mongo

import (
	"context"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"piper/internal/store/driver"
)

// uniqueName is the name of a natural key's index, by which a duplicate is told.
func uniqueName(key []string) string {
	return "unique_" + strings.ReplaceAll(strings.Join(key, "_"), ".", "_")
}

func indexKeyName(keys []driver.Key) string {
	name := "by"
	for _, k := range keys {
		name += "_" + strings.ReplaceAll(k.Path, ".", "_")
		if k.Desc {
			name += "_desc"
		}
	}
	return name
}

// ensureIndexes makes the declared indexes that are missing. Those that are no longer declared are left:
// an older process may still run beside us.
func (e *Engine) ensureIndexes(ctx context.Context, s *driver.Schema) error {
	indexes := e.db.Collection(s.Name).Indexes()
	specs, err := indexes.ListSpecifications(ctx)
	if err != nil {
		return err
	}
	have := map[string]bool{}
	for _, spec := range specs {
		have[spec.Name] = true
	}
	var missing []mongo.IndexModel
	want := func(name string, keys bson.D, opts *options.IndexOptionsBuilder) {
		if !have[name] {
			have[name] = true
			missing = append(missing, mongo.IndexModel{Keys: keys, Options: opts.SetName(name)})
		}
	}
	for _, keys := range s.Indexes {
		want(indexKeyName(keys), order(keys), options.Index())
	}
	if s.Searched {
		if s.Words != nil && !have["words"] { // before its index, which says that it is done
			if err := e.fillWords(ctx, s); err != nil {
				return err
			}
		}
		want("words", bson.D{{Key: "t", Value: 1}}, options.Index())
		want("near", bson.D{{Key: "w", Value: 1}}, options.Index())
	}
	for _, key := range s.Unique {
		keys, opts := e.uniqueIndex(s, key)
		want(uniqueName(key), keys, opts)
	}
	if len(missing) == 0 {
		return nil
	}
	_, err = indexes.CreateMany(ctx, missing)
	return err
}

// fillWords gives their words to documents that were written before the collection was searched.
func (e *Engine) fillWords(ctx context.Context, s *driver.Schema) error {
	c := e.db.Collection(s.Name)
	rows, err := c.Find(ctx, bson.D{{Key: "t", Value: bson.D{{Key: "$exists", Value: false}}}}, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		return err
	}
	defer rows.Close(ctx)
	for rows.Next(ctx) {
		var r record
		if err := rows.Decode(&r); err != nil {
			return err
		}
		doc, err := toJSON(r.Doc)
		if err != nil {
			return err
		}
		tokens, near, err := s.Words(doc)
		if err != nil {
			return fmt.Errorf("document %s: %w", r.ID, err)
		}
		if tokens == "" {
			continue
		}
		words := bson.D{{Key: "t", Value: strings.Fields(tokens)}}
		if len(near) > 0 {
			words = append(words, bson.E{Key: "w", Value: near})
		}
		// Whoever has written it meanwhile has given it its words.
		if _, err := c.UpdateOne(ctx, bson.D{{Key: "_id", Value: r.ID}, {Key: "rev", Value: r.Rev}}, bson.D{{Key: "$set", Value: words}}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// uniqueIndex leaves documents that lack one of the key's fields out of the key. A server without
// transactions may be one without partial indexes too; there a sparse one comes nearest.
func (e *Engine) uniqueIndex(s *driver.Schema, key []string) (bson.D, *options.IndexOptionsBuilder) {
	keys, filled := bson.D{}, bson.D{}
	for _, field := range key {
		f, _ := s.Field(field)
		kind := map[driver.Kind]string{driver.String: "string", driver.Int: "long", driver.Bool: "bool"}[f.Kind]
		keys = append(keys, bson.E{Key: path(field), Value: 1})
		filled = append(filled, bson.E{Key: path(field), Value: bson.D{{Key: "$type", Value: kind}}})
	}
	opts := options.Index().SetUnique(true)
	if e.transactions {
		opts.SetPartialFilterExpression(filled)
	} else {
		opts.SetSparse(true)
	}
	return keys, opts
}
