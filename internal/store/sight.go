package store

import "context"

// Sight is what the reader of a context may see of the collections that declare a sight field.
type Sight struct {
	All    bool     // Piper itself
	Tokens []string // else: documents whose sight field holds one of these
}

type sightKey struct{}

// WithSight gives a context that carries s. Only package access calls it.
func WithSight(ctx context.Context, s Sight) context.Context {
	return context.WithValue(ctx, sightKey{}, s)
}

// SightOf gives the sight of ctx; ok is false where nobody has said who reads.
func SightOf(ctx context.Context) (s Sight, ok bool) {
	s, ok = ctx.Value(sightKey{}).(Sight)
	return s, ok
}
