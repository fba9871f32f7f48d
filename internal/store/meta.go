package store

// Meta is embedded by every document. The store sets all of it.
type Meta struct {
	ID        string  `json:"id"`
	Rev       int64   `json:"rev"` // 1 when created, one more with each write
	CreatedAt Instant `json:"createdAt"`
	UpdatedAt Instant `json:"updatedAt"`
}

// meta makes every type that embeds Meta a document: it is how the store reaches into it.
func (m *Meta) meta() *Meta { return m }

type document interface{ meta() *Meta }
