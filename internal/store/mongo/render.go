package mongo

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// path is where a declared field lies in a stored document.
func path(field string) string {
	if field == "id" {
		return "_id"
	}
	return "d." + field
}

func cond(field string, value any) bson.D { return bson.D{{Key: path(field), Value: value}} }

// nothing matches no document.
var nothing = bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: bson.A{}}}}}

// conditions renders the filter and the search of a query.
func conditions(s *driver.Schema, q driver.Query) bson.D {
	var all bson.A
	if q.Text != nil {
		for _, prefix := range q.Text.Prefixes {
			all = append(all, begins("t", prefix))
		}
		for _, prefixes := range q.Text.Either {
			some := bson.A{}
			for _, prefix := range prefixes {
				some = append(some, begins("t", prefix))
			}
			all = append(all, bson.D{{Key: "$or", Value: some}})
		}
		if q.Text.Sight != nil {
			all = append(all, bson.D{{Key: "t", Value: bson.D{{Key: "$in", Value: list(q.Text.Sight)}}}})
		}
	}
	if q.Where != nil {
		if c := render(s, q.Where); len(c) > 0 {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return bson.D{}
	}
	return bson.D{{Key: "$and", Value: all}}
}

// begins is the condition that a token begins with prefix. An anchored pattern is a range of the index;
// one token has to fit it, unlike two bounds, which two tokens of a document could fit one each.
func begins(field, prefix string) bson.D {
	return bson.D{{Key: field, Value: bson.D{{Key: "$regex", Value: "^" + regexp.QuoteMeta(prefix)}}}}
}

// render is filter.Match in the server's words. The store has made sure that a scalar field never holds
// an array, so that the server's matching inside arrays cannot mislead.
func render(s *driver.Schema, e filter.Expr) bson.D {
	switch e := e.(type) {
	case nil:
		return bson.D{}
	case filter.Eq:
		return cond(e.Field, e.Value)
	case filter.In:
		return cond(e.Field, bson.D{{Key: "$in", Value: bson.A(e.Values)}})
	case filter.Has:
		return cond(e.Field, bson.D{{Key: "$in", Value: bson.A(e.Values)}})
	case filter.Compare:
		op := map[filter.Op]string{filter.Lt: "$lt", filter.Lte: "$lte", filter.Gt: "$gt", filter.Gte: "$gte"}[e.Op]
		return cond(e.Field, bson.D{{Key: op, Value: e.Value}})
	case filter.Contains:
		if strings.ContainsRune(e.Part, 0) {
			return nothing // a pattern cannot hold it, and no stored text does
		}
		return cond(e.Field, bson.D{{Key: "$regex", Value: regexp.QuoteMeta(e.Part)}})
	case filter.Exists:
		return cond(e.Field, present(s, e.Field))
	case filter.And:
		if len(e) == 0 {
			return bson.D{}
		}
		return bson.D{{Key: "$and", Value: renderAll(s, e)}}
	case filter.Or:
		if len(e) == 0 {
			return nothing
		}
		return bson.D{{Key: "$or", Value: renderAll(s, e)}}
	case filter.Not:
		if x, ok := e.Expr.(filter.Exists); ok {
			if f, _ := s.Field(x.Field); !f.Multi {
				return cond(x.Field, nil) // missing or null; unlike $nor it can use an index
			}
		}
		return bson.D{{Key: "$nor", Value: bson.A{render(s, e.Expr)}}}
	}
	panic(fmt.Sprintf("mongo: unknown filter node %T", e))
}

func renderAll(s *driver.Schema, parts []filter.Expr) bson.A {
	all := make(bson.A, 0, len(parts))
	for _, p := range parts {
		all = append(all, render(s, p))
	}
	return all
}

// present is the condition that a field holds at least one value of its kind.
func present(s *driver.Schema, field string) any {
	f, _ := s.Field(field)
	switch {
	case !f.Multi:
		return bson.D{{Key: "$ne", Value: nil}}
	case f.Kind == driver.Int:
		return bson.D{{Key: "$gte", Value: int64(math.MinInt64)}}
	case f.Kind == driver.Bool:
		return bson.D{{Key: "$in", Value: bson.A{true, false}}}
	}
	return bson.D{{Key: "$gte", Value: ""}}
}

// order renders a sort. None is the last inserted first, which ids are in time order for.
func order(keys []driver.Key) bson.D {
	if len(keys) == 0 {
		return bson.D{{Key: "_id", Value: -1}}
	}
	d := bson.D{}
	byID := false
	for _, k := range keys {
		direction := 1
		if k.Desc {
			direction = -1
		}
		d = append(d, bson.E{Key: path(k.Path), Value: direction})
		byID = byID || k.Path == "id"
	}
	if !byID {
		d = append(d, bson.E{Key: "_id", Value: 1})
	}
	return d
}

func list(values []string) bson.A {
	a := make(bson.A, 0, len(values))
	for _, v := range values {
		a = append(a, v)
	}
	return a
}
