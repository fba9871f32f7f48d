package imapbox

import (
	"context"
	"slices"

	"github.com/emersion/go-imap/v2"

	"piper/internal/fault"
)

// Folders lists the folders that can be opened, by their UTF-8 names, sorted.
func (c *Client) Folders(ctx context.Context) ([]string, error) {
	var names []string
	err := c.run(ctx, "listing the folders", answerBudget, func() error {
		list, err := c.imap.List("", "*", nil).Collect()
		for _, f := range list {
			if !slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) && !slices.Contains(f.Attrs, imap.MailboxAttrNonExistent) {
				names = append(names, f.Mailbox)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// Open opens a folder for reading only (EXAMINE). A folder that the server will not open is fault.NotFound.
func (c *Client) Open(ctx context.Context, folder string) (Folder, error) {
	var f Folder
	err := c.run(ctx, "opening a folder", answerBudget, func() error {
		data, err := c.imap.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if answered(err) {
			return fault.Wrap(err, fault.NotFound, "The mailbox has no folder %q, or it cannot be opened.", folder)
		}
		if err == nil {
			c.messages = data.NumMessages
			f = Folder{UIDValidity: data.UIDValidity, UIDNext: uint32(data.UIDNext), Messages: data.NumMessages}
		}
		return err
	})
	return f, err
}

// UIDs lists the messages of the open folder from a UID on, ascending.
func (c *Client) UIDs(ctx context.Context, from uint32) ([]uint32, error) {
	from = max(from, 1)
	var uids []uint32
	err := c.run(ctx, "listing the messages", answerBudget+perUID*int64(c.messages), func() error {
		criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{imap.UIDRange{Start: imap.UID(from), Stop: 0}}}}
		data, err := c.imap.UIDSearch(criteria, nil).Wait()
		if err != nil {
			return err
		}
		for _, uid := range data.AllUIDs() {
			// "n:*" always names the last message, also where its UID is below n.
			if uint32(uid) >= from {
				uids = append(uids, uint32(uid))
			}
		}
		return nil
	})
	slices.Sort(uids)
	return slices.Compact(uids), err
}
