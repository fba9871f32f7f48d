package audit

import (
	"context"
	"fmt"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

const (
	// batch is how many entries one seal covers at most.
	batch = 500
	// settle is how long Seal leaves an entry alone. Entries become visible a little out of order; after
	// so long the order of their ids is all but always final, and what comes later is a straggler.
	settle = 2 * time.Second
	// searchEvery is how often Seal looks for stragglers.
	searchEvery = 10 * time.Minute
)

// Seal is one link of the chain. It lists every entry with an id after From up to To or, where both are
// the same, stragglers: entries that were committed after entries with younger ids had been sealed. The
// entries themselves are not touched, so sealing costs those who write next to nothing.
type Seal struct {
	store.Meta               // ID is Seq in 20 digits, so that two sealers cannot make the same link
	Seq        int64         `json:"seq"` // 1, 2, 3 …
	At         store.Instant `json:"at"`
	From       string        `json:"from"`  // To of the link before; "" for the first
	To         string        `json:"to"`    // id of the last entry up to which everything has been sealed
	Total      int64         `json:"total"` // entries that this seal and those before it list
	Items      []Item        `json:"items"` // in order of id
	Prev       string        `json:"prev"`  // Mac of the link before; "" for the first
	Mac        string        `json:"mac"`   // keyed with the audit key
}

// Item is one sealed entry.
type Item struct {
	Entry string `json:"entry"`
	Mac   string `json:"mac"`
}

func sealID(seq int64) string { return fmt.Sprintf("%020d", seq) }

// Seal chains the entries that no seal covers yet, but for the newest, and tells how many there were. A
// job runs it every few seconds. It is safe to run at any time and anywhere: where two processes seal
// at once, one of them finds its work done. It refuses to build on a chain that is not the one it left.
func (j *Journal) Seal(ctx context.Context) (int, error) { return j.seal(ctx, settle) }

// SealAll is Seal for the newest entries too, and for stragglers: before verifying, and at shutdown.
func (j *Journal) SealAll(ctx context.Context) (int, error) {
	j.mu.Lock()
	j.searched = time.Time{}
	j.mu.Unlock()
	return j.seal(ctx, 0)
}

func (j *Journal) seal(ctx context.Context, settle time.Duration) (int, error) {
	ctx = access.AsSystem(ctx, "audit sealer")
	if err := j.checkHead(ctx); err != nil {
		return 0, err
	}
	sealed := 0
	// What is there at the start is enough: under a steady load there is always one more batch.
	until := store.At(j.db.Clock().Add(-settle))
	for {
		n, err := j.sealBatch(ctx, until)
		sealed += n
		if taken(err) {
			return sealed, nil
		}
		if err != nil {
			return sealed, err
		}
		if n < batch {
			break
		}
	}
	n, err := j.sealStragglers(ctx)
	sealed += n
	if err != nil && !taken(err) {
		return sealed, err
	}
	last, err := j.last(ctx)
	if err != nil || last.Seq == 0 {
		return sealed, err
	}
	return sealed, j.advanceHead(last)
}

// taken reports whether another process was faster with the next link.
func taken(err error) bool { return fault.Is(err, fault.Duplicate) }

// sealBatch seals up to batch entries written at until or before.
func (j *Journal) sealBatch(ctx context.Context, until store.Instant) (int, error) {
	// The end of the chain is read first: whoever adds to it meanwhile takes the number of this link.
	last, err := j.last(ctx)
	if err != nil {
		return 0, err
	}
	// Whole entries would be decoded for three of their fields: under a steady load that is most of the
	// work of sealing.
	page, err := j.entries.PageRaw(ctx, store.Query{
		Where: filter.Compare{Field: "id", Op: filter.Gt, Value: last.To}, Sort: []driver.Key{{Path: "id"}}, Limit: batch,
	})
	if err != nil {
		return 0, err
	}
	items := make([]Item, 0, len(page.Items))
	for _, doc := range page.Items {
		it, at, err := itemOf(doc)
		if err != nil {
			return 0, err
		}
		if at > until {
			break
		}
		items = append(items, it)
	}
	if len(items) == 0 {
		return 0, nil
	}
	return len(items), j.link(ctx, last, items[len(items)-1].Entry, items)
}

var itemFields = driver.NewExtractor([]driver.Field{{Path: "id"}, {Path: "mac"}, {Path: "at"}})

// itemOf gives what a seal lists of a stored entry, and when it was written.
func itemOf(doc []byte) (Item, store.Instant, error) {
	values, err := itemFields.Extract(doc)
	if err != nil {
		return Item{}, "", fmt.Errorf("audit: read an entry: %w", err)
	}
	text := func(i int) string {
		if len(values[i]) == 0 {
			return "" // somebody has taken it out; Verify says so
		}
		return values[i][0].(string)
	}
	return Item{Entry: text(0), Mac: text(1)}, store.Instant(text(2)), nil
}

// link adds a seal to the chain that ends in last.
func (j *Journal) link(ctx context.Context, last *Seal, to string, items []Item) error {
	s := &Seal{Seq: last.Seq + 1, At: j.db.Now(), From: last.To, To: to, Total: last.Total + int64(len(items)),
		Items: items, Prev: last.Mac}
	s.ID = sealID(s.Seq)
	s.Mac = j.sealMac(s)
	return j.seals.Create(ctx, s)
}

// last gives the newest seal; the zero Seal where there is none.
func (j *Journal) last(ctx context.Context) (*Seal, error) {
	s, err := j.seals.First(ctx, nil, driver.Key{Path: "id", Desc: true})
	if fault.Is(err, fault.NotFound) {
		return &Seal{}, nil
	}
	return s, err
}

// checkHead gives an error unless the chain in the store is the one that the head file remembers and
// ends in a seal made with this key. The chain may be longer: a process may have stopped between the
// two writes, and other processes keep other head files.
func (j *Journal) checkHead(ctx context.Context) error {
	// The head file is read before the chain: another sealer may add a seal and write the head in between,
	// and a chain that is longer than the head is in order, while a shorter one is not.
	var kept head
	if j.head != "" {
		var err error
		if kept, err = readHead(j.head, j.key); err != nil {
			return err
		}
	}
	last, err := j.last(ctx)
	if err != nil {
		return err
	}
	if err := j.checkLast(last); err != nil {
		return err
	}
	if kept.Seq > last.Seq {
		return fault.New(fault.Internal, "The audit journal ends at seal %d, but seal %d had been made. "+
			"Run `piper audit verify`.", last.Seq, kept.Seq)
	}
	if kept.Seq == 0 {
		return nil
	}
	s, err := j.seals.Get(ctx, sealID(kept.Seq))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err != nil || !same(s.Mac, kept.Mac) {
		return fault.New(fault.Internal, "Seal %d of the audit journal is not the one that was made. "+
			"Run `piper audit verify`.", kept.Seq)
	}
	return nil
}

// checkLast gives an error unless the newest seal, if there is one, was made with this key.
func (j *Journal) checkLast(last *Seal) error {
	if last.Seq > 0 && !same(last.Mac, j.sealMac(last)) {
		return fault.New(fault.Internal, "The newest seal of the audit journal was not made with this audit key. "+
			"If another machine serves the same store, copy its audit.key; otherwise run `piper audit verify`.")
	}
	return nil
}

// advanceHead writes the head file unless it is already as new.
func (j *Journal) advanceHead(last *Seal) error {
	if j.head == "" {
		return nil
	}
	j.mu.Lock() // looking and writing are one step, or a slow sealer would put the head back
	defer j.mu.Unlock()
	if head, err := readHead(j.head, j.key); err == nil && head.Seq >= last.Seq {
		return nil
	}
	return writeHead(j.head, j.key, last.Seq, last.Mac)
}
