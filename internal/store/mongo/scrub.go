package mongo

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Scrub asks the server to give back the room of removed documents (compact). What that leaves of them in
// the server's own files, journal and oplog is written over in the server's own time, and no client can
// hurry it; a server that does not let this account compact, or knows no such command, goes on as it is.
func (e *Engine) Scrub(ctx context.Context) error {
	names, err := e.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return fmt.Errorf("mongo: listing collections: %w", err)
	}
	for _, name := range names {
		if err := e.db.RunCommand(ctx, bson.D{{Key: "compact", Value: name}}).Err(); err != nil {
			return ctx.Err() // refused: see above
		}
	}
	return nil
}
