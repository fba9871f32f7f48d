package mail

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/mail"
	"piper/internal/mail/mime"
)

// load is messages of one folder to be fetched and saved.
type load struct {
	folder mail.FolderState
	uids   []uint32 // ascending
	// asides are the ids of the Asides that stand for these messages, by UID, where they were set aside
	// before; nil for new messages, which move the cursor.
	asides map[uint32]string
}

// slot is a message's place in the line: parsed by whoever is free, saved in order.
type slot struct {
	raw  imapbox.Raw
	done chan struct{} // closed when out or err is set
	out  *mail.Prepared
	why  string // where it is unreadable
	err  error
	// safe says that all before it in its fetch have come, so that the cursor may be put here.
	safe   bool
	weight int64     // what it counts against the memory in flight until it is taken out of the line
	end    *chunkEnd // instead of a message: the fetch is complete
}

type chunkEnd struct {
	through uint32
	gone    []string
}

// load fetches, parses and saves, all at the same time. n is how many messages were saved.
func (s *session) load(ctx context.Context, l load, size int, limit int64) (n int, err error) {
	if l.asides == nil {
		s.total += len(l.uids)
		s.progress.Total(s.total)
	}
	// A fetch that breaks off must not stop the saving of what has come: it ends the line, and its error
	// is told when everything in the line is saved.
	g, ctx := errgroup.WithContext(ctx)
	line, work := make(chan *slot, 2*size), make(chan *slot)
	memory := semaphore.NewWeighted(inFlight)
	var broken error
	g.Go(func() error {
		defer close(line)
		defer close(work)
		broken = s.fetch(ctx, l, size, limit, memory, line, work)
		return nil
	})
	for range workers {
		g.Go(func() error {
			for sl := range work {
				s.parse(sl, l)
				sl.raw.Body = nil
				close(sl.done)
			}
			return nil
		})
	}
	g.Go(func() error {
		var err error
		n, err = s.saveLine(ctx, l, line, memory)
		return err
	})
	if err := g.Wait(); err != nil {
		return n, err
	}
	return n, broken
}

// fetch asks for the messages, a batch at a time, and puts them in line.
func (s *session) fetch(ctx context.Context, l load, size int, limit int64, memory *semaphore.Weighted, line, work chan<- *slot) error {
	send := func(to chan<- *slot, sl *slot) error {
		select {
		case to <- sl:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for uids := l.uids; len(uids) > 0; {
		chunk := uids[:min(size, len(uids))]
		uids = uids[len(chunk):]
		next, seen := 0, map[uint32]bool{}
		err := s.client.Fetch(ctx, chunk, limit, func(raw imapbox.Raw) error {
			if seen[raw.UID] {
				return nil
			}
			seen[raw.UID] = true
			if next < len(chunk) && chunk[next] == raw.UID {
				next++
			} else {
				next = len(chunk) // one is missing or out of order: the cursor waits for the end
			}
			sl := &slot{raw: raw, done: make(chan struct{}), safe: next < len(chunk) || chunk[len(chunk)-1] == raw.UID && len(seen) == len(chunk)}
			sl.weight = min(int64(len(raw.Body))+1024, inFlight)
			if err := memory.Acquire(ctx, sl.weight); err != nil {
				return err
			}
			if err := send(line, sl); err != nil {
				return err
			}
			return send(work, sl)
		})
		if err != nil {
			return err
		}
		end := &chunkEnd{through: chunk[len(chunk)-1]}
		for _, uid := range chunk {
			if !seen[uid] && l.asides != nil {
				end.gone = append(end.gone, l.asides[uid])
			}
		}
		if err := send(line, &slot{end: end}); err != nil {
			return err
		}
	}
	return nil
}

// parse makes documents of a message. Whatever is wrong with it is noted on its slot; only a failure of
// Piper's own is an error.
func (s *session) parse(sl *slot, l load) {
	in := mail.Incoming{UID: sl.raw.UID, Received: sl.raw.InternalDate, Size: sl.raw.Size, AsideID: l.asides[sl.raw.UID]}
	in.Message, in.Failure = read(sl.raw)
	if in.Message == nil {
		in.Raw, sl.why = sl.raw.Body, in.Failure
	}
	sl.out, sl.err = s.in.Prepare(in)
}

// read parses a message. A parser that panics has met a message that is unreadable.
func read(raw imapbox.Raw) (m *mime.Message, failure string) {
	defer func() {
		if v := recover(); v != nil {
			m, failure = nil, fmt.Sprintf("Piper's parser gave up on this message (%v).", v)
			slog.Error("a mail made the parser panic", "uid", raw.UID, "panic", v, "stack", string(debug.Stack()))
		}
	}()
	parse := mime.Parse
	if raw.HeadersOnly {
		parse = mime.ParseHeaders
	}
	m, err := parse(raw.Body)
	if err != nil {
		return nil, sentenceOr(err, "This message cannot be parsed: "+err.Error()+".")
	}
	return m, ""
}

// saveLine saves the messages in line, in order, a batch in a transaction.
func (s *session) saveLine(ctx context.Context, l load, line <-chan *slot, memory *semaphore.Weighted) (n int, err error) {
	b := mail.Batch{Folder: l.folder}
	var slots []*slot
	cost := 0
	save := func(through uint32, gone []string) error {
		if len(slots) == 0 && len(gone) == 0 && through == 0 {
			return nil
		}
		b.Items, b.Gone, b.Through = b.Items[:0], gone, through
		for _, sl := range slots {
			b.Items = append(b.Items, sl.out)
		}
		if l.asides != nil {
			b.Through = 0
		}
		saved, err := s.in.Save(ctx, b)
		if err != nil {
			return err
		}
		s.note(l, slots, saved)
		n += len(slots)
		slots, cost = slots[:0], 0
		return nil
	}
	for sl := range line {
		if sl.end != nil {
			if err := save(sl.end.through, sl.end.gone); err != nil {
				return n, err
			}
			continue
		}
		select {
		case <-sl.done:
		case <-ctx.Done():
			return n, ctx.Err()
		}
		memory.Release(sl.weight)
		if sl.err != nil {
			return n, sl.err
		}
		slots = append(slots, sl)
		if cost += sl.out.Weight(); sl.safe && (cost > batchCost || len(slots) >= batchSize) {
			if err := save(sl.raw.UID, nil); err != nil {
				return n, err
			}
		}
	}
	// The fetch broke off, or is done. What came in order before can be kept.
	for len(slots) > 0 && !slots[len(slots)-1].safe && l.asides == nil {
		slots = slots[:len(slots)-1]
	}
	if len(slots) > 0 && ctx.Err() == nil {
		return n, save(slots[len(slots)-1].raw.UID, nil)
	}
	return n, nil
}

// note tells the run what became of a batch.
func (s *session) note(l load, slots []*slot, saved mail.Saved) {
	s.saved.Add(saved)
	p := s.progress
	p.Count("fetched", len(slots))
	for name, n := range map[string]int{"kept": saved.Kept, "forgotten": saved.Forgotten, "withheld": saved.Withheld,
		"unreadable": saved.Unreadable, "duplicates": saved.Duplicates, "linked": saved.Linked, "threads": saved.Threads} {
		p.Count(name, n)
	}
	if l.asides == nil {
		p.Done(len(slots))
	}
	for _, sl := range slots {
		if sl.why != "" {
			p.Reject(fmt.Sprintf("%s, %s, UID %d", s.box.Name, l.folder.Name, sl.raw.UID), sl.why)
		}
	}
}

func sentenceOr(err error, other string) string {
	if f := asFault(err); f != nil && f.Code != fault.Internal {
		return f.Message
	}
	return other
}
