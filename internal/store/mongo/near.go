package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"piper/internal/store/driver"
)

// Near gives the keys of names that begin with prefix.
func (e *Engine) Near(ctx context.Context, s *driver.Schema, prefix string, limit int) ([]string, error) {
	fits := bson.D{{Key: "$match", Value: begins("w", prefix)}}
	cursor, err := e.db.Collection(s.Name).Aggregate(ctx, bson.A{
		fits,
		bson.D{{Key: "$project", Value: bson.D{{Key: "w", Value: 1}}}},
		bson.D{{Key: "$unwind", Value: "$w"}},
		fits,
		bson.D{{Key: "$group", Value: bson.D{{Key: "_id", Value: "$w"}}}},
		bson.D{{Key: "$sort", Value: bson.D{{Key: "_id", Value: 1}}}},
		bson.D{{Key: "$limit", Value: int64(limit)}},
	})
	if err != nil {
		return nil, err
	}
	var found []struct {
		Key string `bson:"_id"`
	}
	if err := cursor.All(ctx, &found); err != nil {
		return nil, err
	}
	keys := make([]string, len(found))
	for i, f := range found {
		keys[i] = f.Key
	}
	return keys, nil
}
