package imapbox

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"piper/internal/fault"
)

const (
	maxBatch   = 500       // messages asked for in one command
	maxHeaders = 256 << 10 // bytes of headers kept of a message over the bound
	maxOne     = 256 << 20 // bytes of a message that FetchOne reads whole
	perMessage = 4 << 10   // bytes an answer holds beside the body
)

var (
	wholeBody   = &imap.FetchItemBodySection{Peek: true}
	headersOnly = &imap.FetchItemBodySection{
		Specifier: imap.PartSpecifierHeader, Peek: true, Partial: &imap.SectionPartial{Size: maxHeaders},
	}
)

// Fetch gets messages and calls fn for each as it arrives, in the order of their UIDs where the server keeps
// it, as servers do. A message over maxSize bytes (0: no bound) comes with its headers only; one that is no
// longer there does not come. An error of fn ends the fetch and is returned as it is. When the connection
// breaks, what fn has got stays got.
//
// One command is under way at a time: go-imap can wait for ever when answers to several mix.
func (c *Client) Fetch(ctx context.Context, uids []uint32, maxSize int64, fn func(Raw) error) error {
	for batch := range slices.Chunk(uids, maxBatch) {
		if err := c.fetchBatch(ctx, batch, maxSize, fn); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) fetchBatch(ctx context.Context, uids []uint32, maxSize int64, fn func(Raw) error) error {
	whole, large := uids, []uint32(nil)
	budget := int64(1) << 62
	if maxSize > 0 {
		var err error
		var total int64
		if whole, large, total, err = c.sortBySize(ctx, uids, maxSize); err != nil {
			return err
		}
		budget = 2*total + int64(len(uids))*perMessage + answerBudget
	}
	var held []Raw // messages over the bound, waiting for their turn
	err := c.fetchSections(ctx, large, headersOnly, maxHeaders, answerBudget, func(r Raw) error {
		r.HeadersOnly = true
		held = append(held, r)
		return nil
	})
	if err != nil {
		return err
	}
	release := func(before uint32) error {
		for len(held) > 0 && held[0].UID < before {
			next := held[0]
			held = held[1:]
			if err := fn(next); err != nil {
				return err
			}
		}
		return nil
	}
	missing := make(map[uint32]bool, len(whole))
	for _, uid := range whole {
		missing[uid] = true
	}
	deliver := func(r Raw) error {
		delete(missing, r.UID)
		if err := release(r.UID); err != nil {
			return err
		}
		return fn(r)
	}
	if err := c.fetchSections(ctx, whole, wholeBody, maxSize, budget, deliver); err != nil {
		return err
	}
	// go-imap takes news about a message (its flags changed) for the answer about it, and then lets the
	// answer go. What did not come is asked for once more; what does not come then is gone.
	if len(missing) > 0 {
		again := slices.Sorted(maps.Keys(missing))
		if err := c.fetchSections(ctx, again, wholeBody, maxSize, budget, deliver); err != nil {
			return err
		}
	}
	return release(^uint32(0))
}

// sortBySize asks for the sizes and divides the messages at the bound. One that is not there any more is in
// neither list.
func (c *Client) sortBySize(ctx context.Context, uids []uint32, maxSize int64) (whole, large []uint32, total int64, err error) {
	err = c.run(ctx, "asking for the sizes of messages", answerBudget, func() error {
		cmd := c.imap.Fetch(setOf(uids), &imap.FetchOptions{UID: true, RFC822Size: true})
		for data := cmd.Next(); data != nil; data = cmd.Next() {
			m, err := data.Collect()
			if err != nil || m.UID == 0 {
				continue
			}
			if m.RFC822Size > maxSize {
				large = append(large, uint32(m.UID))
			} else {
				whole = append(whole, uint32(m.UID))
				total += m.RFC822Size
			}
		}
		return cmd.Close()
	})
	return whole, large, total, err
}

// fetchSections gets one section of each message. Messages are always read to their end, because the
// connection waits until they are.
func (c *Client) fetchSections(ctx context.Context, uids []uint32, section *imap.FetchItemBodySection, limit, budget int64, fn func(Raw) error) error {
	if len(uids) == 0 {
		return nil
	}
	return c.run(ctx, "fetching messages", budget, func() error {
		cmd := c.imap.Fetch(setOf(uids), &imap.FetchOptions{
			UID: true, InternalDate: true, RFC822Size: true, BodySection: []*imap.FetchItemBodySection{section},
		})
		var failed error
		for data := cmd.Next(); data != nil; data = cmd.Next() {
			r, got, err := read(data, limit)
			if err != nil {
				// A literal that was cut short: go-imap's own goroutine already reads on behind it, and
				// reading the rest here would get in its way. So first it has to end.
				c.conn.Close()
				<-c.imap.Closed()
			}
			if err != nil || !got || failed != nil || ctx.Err() != nil {
				continue // a broken connection shows in Close
			}
			if err := fn(r); err != nil {
				failed = callerError{err}
			}
		}
		if err := cmd.Close(); err != nil && failed == nil {
			return err
		}
		return failed
	})
}

// read takes one message off the connection.
func read(data *imapclient.FetchMessageData, limit int64) (r Raw, got bool, err error) {
	for item := data.Next(); item != nil; item = data.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			r.UID = uint32(item.UID)
		case imapclient.FetchItemDataInternalDate:
			r.InternalDate = item.Time.UTC()
		case imapclient.FetchItemDataRFC822Size:
			r.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil { // NIL: it was removed a moment ago
				continue
			}
			if r.Body, err = readLiteral(item.Literal, limit, &r); err != nil {
				return r, false, err
			}
			got = true
		}
	}
	return r, got && r.UID != 0, nil
}

// readLiteral reads a body. The server told its size before; where it is larger after all, the headers stay.
func readLiteral(lit imap.LiteralReader, limit int64, r *Raw) ([]byte, error) {
	size := lit.Size()
	if limit > 0 && size > limit {
		head, err := io.ReadAll(io.LimitReader(lit, min(limit, maxHeaders)))
		if err != nil {
			return nil, err
		}
		rest, err := io.Copy(io.Discard, lit)
		if err != nil || int64(len(head))+rest < size {
			return nil, io.ErrUnexpectedEOF
		}
		r.HeadersOnly = true
		return cutHeaders(head), nil
	}
	// The first MiB is taken on trust; a server that announces more and sends less costs no more than that.
	body := bytes.NewBuffer(make([]byte, 0, min(size, 1<<20)+bytes.MinRead))
	if n, err := body.ReadFrom(lit); err != nil || n < size { // a literal cut short ends like a whole one
		return nil, io.ErrUnexpectedEOF
	}
	return body.Bytes(), nil
}

func cutHeaders(b []byte) []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			return b[:i+len(end)]
		}
	}
	return b
}

// FetchOne gets one whole message, fault.NotFound when it is gone. Over 256 MiB only its headers come.
func (c *Client) FetchOne(ctx context.Context, uid uint32) (Raw, error) {
	var found *Raw
	err := c.fetchSections(ctx, []uint32{uid}, wholeBody, maxOne, 2*maxOne, func(r Raw) error {
		found = &r
		return nil
	})
	if err != nil {
		return Raw{}, err
	}
	if found == nil {
		return Raw{}, fault.New(fault.NotFound, "This message is no longer in the mailbox.")
	}
	return *found, nil
}

func setOf(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
