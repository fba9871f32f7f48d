// Package mongo is the store's engine on a MongoDB replica set, by which several Piper processes share
// one database. A document is kept as {_id, rev, d: the document, t: its search tokens, w: keys of its name}.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Options changes how the engine treats the server.
type Options struct {
	// AllowStandalone lets Piper run on a server without transactions, where a write of several
	// documents can be left half done.
	AllowStandalone bool
}

// Engine is a database of a MongoDB server.
type Engine struct {
	client       *mongo.Client
	db           *mongo.Database
	transactions bool
}

var _ driver.Engine = (*Engine)(nil)

// Open connects to the server of uri; the database is the one the uri names, or "piper". It refuses a
// server without transactions unless told otherwise.
func Open(ctx context.Context, uri string, o Options) (*Engine, error) {
	parsed, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "PIPER_STORE is not an address of a MongoDB server.")
	}
	name := parsed.Database
	if name == "" {
		name = "piper"
	}
	opts := options.Client().ApplyURI(uri).SetAppName("piper").
		SetWriteConcern(writeconcern.Majority()).SetReadConcern(readconcern.Majority()).
		SetServerSelectionTimeout(10 * time.Second)
	if o.AllowStandalone {
		opts.SetReadConcern(readconcern.Local()) // a server alone has no majority to ask
		opts.SetWriteConcern(&writeconcern.WriteConcern{W: 1})
		opts.SetRetryWrites(false)
	}
	client, err := mongo.Connect(opts)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "The MongoDB server could not be reached.")
	}
	e := &Engine{client: client, db: client.Database(name)}
	if err := e.learn(ctx, o); err != nil {
		return nil, errors.Join(err, client.Disconnect(context.WithoutCancel(ctx)))
	}
	return e, nil
}

// learn asks the server what it is.
func (e *Engine) learn(ctx context.Context, o Options) error {
	var hello struct {
		SetName string `bson:"setName"`
		Msg     string `bson:"msg"`
	}
	err := e.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "The MongoDB server does not answer.")
	}
	e.transactions = hello.SetName != "" || hello.Msg == "isdbgrid"
	if !e.transactions && !o.AllowStandalone {
		return fault.New(fault.Invalid, "This MongoDB server stands alone and has no transactions, so a write could be left half done. "+
			"Start it as a replica set, also of one (mongod --replSet rs0, then rs.initiate()), and name the set in PIPER_STORE "+
			"(…?replicaSet=rs0); or set PIPER_ALLOW_STANDALONE_MONGO=true for a trial.")
	}
	return nil
}

// Transactions reports whether the server has them.
func (e *Engine) Transactions() bool { return e.transactions }

// Ping tells whether the server answers.
func (e *Engine) Ping(ctx context.Context) error { return e.client.Ping(ctx, nil) }

// Close lets the connections go.
func (e *Engine) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return e.client.Disconnect(ctx)
}

// Drop removes the whole database; tests clean up with it.
func (e *Engine) Drop(ctx context.Context) error { return e.db.Drop(ctx) }

// Tx runs fn in a transaction, or joins the one that ctx carries. On a server without transactions fn
// simply runs.
func (e *Engine) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if mongo.SessionFromContext(ctx) != nil {
		return fn(ctx)
	}
	if !e.transactions {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(ctx); err != nil {
			return err
		}
		return ctx.Err()
	}
	session, err := e.client.StartSession()
	if err != nil {
		return err
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	_, err = session.WithTransaction(ctx, func(ctx context.Context) (any, error) { return nil, fn(ctx) },
		options.Transaction().SetReadConcern(readconcern.Snapshot()).SetWriteConcern(writeconcern.Majority()))
	return err
}

// record is a stored document.
type record struct {
	ID     string   `bson:"_id"`
	Rev    int64    `bson:"rev"`
	Doc    bson.Raw `bson:"d"`
	Tokens []string `bson:"t,omitempty"`
	Near   []string `bson:"w,omitempty"`
}

func recordOf(d driver.Doc) (record, error) {
	raw, err := toBSON(d.JSON)
	if err != nil {
		return record{}, fault.Wrap(err, fault.Invalid, "The record cannot be stored.")
	}
	return record{ID: d.ID, Rev: d.Rev, Doc: raw, Tokens: strings.Fields(d.Tokens), Near: d.Near}, nil
}

// Insert adds documents, all or none.
func (e *Engine) Insert(ctx context.Context, s *driver.Schema, docs []driver.Doc) error {
	if len(docs) == 0 {
		return nil
	}
	records := make([]any, 0, len(docs))
	for _, d := range docs {
		r, err := recordOf(d)
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	insert := func(ctx context.Context) error {
		_, err := e.db.Collection(s.Name).InsertMany(ctx, records)
		return duplicate(s, err)
	}
	if len(docs) == 1 {
		return insert(ctx)
	}
	return e.Tx(ctx, insert)
}

// Replace puts doc in the place of revision rev.
func (e *Engine) Replace(ctx context.Context, s *driver.Schema, doc driver.Doc, rev int64) error {
	r, err := recordOf(doc)
	if err != nil {
		return err
	}
	res, err := e.db.Collection(s.Name).ReplaceOne(ctx, bson.D{{Key: "_id", Value: doc.ID}, {Key: "rev", Value: rev}}, r)
	if err != nil {
		return duplicate(s, err)
	}
	if res.MatchedCount == 0 {
		return e.absent(ctx, s, doc.ID)
	}
	return nil
}

// Delete removes revision rev for good.
func (e *Engine) Delete(ctx context.Context, s *driver.Schema, id string, rev int64) error {
	res, err := e.db.Collection(s.Name).DeleteOne(ctx, bson.D{{Key: "_id", Value: id}, {Key: "rev", Value: rev}})
	if err != nil {
		return err
	}
	if res.DeletedCount == 0 {
		return e.absent(ctx, s, id)
	}
	return nil
}

// absent says why no document had the id and revision.
func (e *Engine) absent(ctx context.Context, s *driver.Schema, id string) error {
	n, err := e.db.Collection(s.Name).CountDocuments(ctx, bson.D{{Key: "_id", Value: id}})
	switch {
	case err != nil:
		return err
	case n == 0:
		return driver.ErrNotFound
	}
	return driver.ErrStale
}

var indexName = regexp.MustCompile(`index: (?:\S+\.\$)?(\S+)`)

// duplicate turns the server's duplicate key error into ours, with the fields of the key.
func duplicate(s *driver.Schema, err error) error {
	if err == nil || !mongo.IsDuplicateKeyError(err) {
		return err
	}
	if m := indexName.FindStringSubmatch(err.Error()); m != nil {
		for _, key := range s.Unique {
			if strings.TrimSuffix(m[1], ",") == uniqueName(key) {
				return &driver.DuplicateError{Key: key}
			}
		}
	}
	return &driver.DuplicateError{Key: []string{"id"}}
}

// Get gives one document.
func (e *Engine) Get(ctx context.Context, s *driver.Schema, id string, where filter.Expr) ([]byte, error) {
	cond := bson.D{{Key: "_id", Value: id}}
	if where != nil {
		cond = append(cond, bson.E{Key: "$and", Value: bson.A{render(s, where)}})
	}
	var r record
	err := e.db.Collection(s.Name).FindOne(ctx, cond, options.FindOne().SetProjection(onlyDoc)).Decode(&r)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, driver.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return toJSON(r.Doc)
}

// onlyDoc leaves the tokens out of what is read.
var onlyDoc = bson.D{{Key: "d", Value: 1}}

// Find gives the documents that match, in order.
func (e *Engine) Find(ctx context.Context, s *driver.Schema, q driver.Query) ([][]byte, error) {
	var found [][]byte
	opts := options.Find().SetProjection(onlyDoc).SetSort(order(q.Sort)).SetLimit(int64(q.Limit))
	cond := conditions(s, q)
	if q.Before != "" && len(q.Sort) == 0 { // ids are in order of time, as insertion is
		cond = bson.D{{Key: "$and", Value: bson.A{cond, bson.D{{Key: "_id", Value: bson.D{{Key: "$lt", Value: q.Before}}}}}}}
	}
	err := e.read(ctx, s, cond, opts, func(doc []byte) error {
		found = append(found, doc)
		return nil
	})
	return found, err
}

// Each calls fn for every match in order of id.
func (e *Engine) Each(ctx context.Context, s *driver.Schema, where filter.Expr, fn func(doc []byte) error) error {
	opts := options.Find().SetProjection(onlyDoc).SetSort(order([]driver.Key{{Path: "id"}})).SetBatchSize(500)
	return e.read(ctx, s, conditions(s, driver.Query{Where: where}), opts, fn)
}

func (e *Engine) read(ctx context.Context, s *driver.Schema, cond bson.D, opts *options.FindOptionsBuilder, fn func([]byte) error) (err error) {
	cursor, err := e.db.Collection(s.Name).Find(ctx, cond, opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cursor.Close(context.WithoutCancel(ctx))) }()
	for cursor.Next(ctx) {
		var r record
		if err := cursor.Decode(&r); err != nil {
			return err
		}
		doc, err := toJSON(r.Doc)
		if err != nil {
			return err
		}
		if err := fn(doc); err != nil {
			return err
		}
	}
	return cursor.Err()
}

// Scan reads the fields alone.
func (e *Engine) Scan(ctx context.Context, s *driver.Schema, where filter.Expr, fields []string, fn func(values []any) error) (err error) {
	only := bson.D{}
	places, kinds := make([][]string, len(fields)), make([]driver.Kind, len(fields))
	for i, name := range fields {
		f, _ := s.Field(name)
		only = append(only, bson.E{Key: path(name), Value: 1})
		places[i], kinds[i] = strings.Split(path(name), "."), f.Kind
	}
	cursor, err := e.db.Collection(s.Name).Find(ctx, conditions(s, driver.Query{Where: where}), options.Find().SetProjection(only).SetBatchSize(5000))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cursor.Close(context.WithoutCancel(ctx))) }()
	values := make([]any, len(fields))
	for cursor.Next(ctx) {
		for i, place := range places {
			values[i] = nil
			v := cursor.Current.Lookup(place...)
			switch kinds[i] {
			case driver.String:
				if text, ok := v.StringValueOK(); ok {
					values[i] = text
				}
			case driver.Int:
				if n, ok := v.AsInt64OK(); ok {
					values[i] = n
				}
			case driver.Bool:
				if is, ok := v.BooleanOK(); ok {
					values[i] = is
				}
			}
		}
		if err := fn(values); err != nil {
			return err
		}
	}
	return cursor.Err()
}

// Count counts matches, stopping at limit.
func (e *Engine) Count(ctx context.Context, s *driver.Schema, q driver.Query, limit int) (int, error) {
	n, err := e.db.Collection(s.Name).CountDocuments(ctx, conditions(s, q), options.Count().SetLimit(int64(limit)))
	return int(n), err
}

// Ensure makes collections and indexes where they are missing.
func (e *Engine) Ensure(ctx context.Context, schemas []*driver.Schema) error {
	names, err := e.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return err
	}
	have := map[string]bool{}
	for _, n := range names {
		have[n] = true
	}
	for _, s := range schemas {
		if !have[s.Name] { // a transaction cannot always make one
			if err := e.db.CreateCollection(ctx, s.Name); err != nil && !exists(err) {
				return fmt.Errorf("making the collection %s: %w", s.Name, err)
			}
		}
		if err := e.ensureIndexes(ctx, s); err != nil {
			return fmt.Errorf("making the indexes of %s: %w", s.Name, err)
		}
	}
	return nil
}

// exists: another process made the collection a moment before.
func exists(err error) bool {
	var c mongo.CommandError
	return errors.As(err, &c) && c.Code == 48
}
