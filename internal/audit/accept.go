package audit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"piper/internal/access"
)

// Accepted is what the entry says that Accept leaves. Verify counts these, so that none goes unseen.
const Accepted = "audit chain accepted"

// Accept takes the chain as it stands for the true one: after a backup was restored, the data folder
// moved without its head file, or a finding was looked into. It leaves an entry that says so, with the
// head as it was, and only then rewrites the head file. why is a sentence for whoever reads it later.
func (j *Journal) Accept(ctx context.Context, why string) error {
	last, err := j.last(access.AsSystem(ctx, "audit sealer"))
	if err != nil {
		return err
	}
	if err := j.checkLast(last); err != nil {
		return err
	}
	facts := map[string]string{"why": why, "chain": fmt.Sprintf("seal %d, %s", last.Seq, last.Mac)}
	if j.head != "" {
		facts["head"] = "missing or unreadable"
		if head, err := readHead(j.head, j.key); err == nil {
			facts["head"] = fmt.Sprintf("seal %d, %s", head.Seq, head.Mac)
		}
	}
	if err := j.Record(ctx, Accepted, facts); err != nil {
		return err
	}
	if j.head != "" {
		if err := writeHead(j.head, j.key, last.Seq, last.Mac); err != nil {
			return err
		}
	}
	_, err = j.SealAll(ctx)
	return err
}

// Join gives this machine a head file where it has none. It is for a key that comes from the settings;
// OpenKey makes both files itself, and after it a missing head file is for a person to look into. On a
// store that others have sealed already it leaves the entry of Accept. Call it after the store started.
func (j *Journal) Join(ctx context.Context) error {
	if j.head == "" {
		return nil
	}
	if _, err := os.Stat(j.head); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	ctx = access.AsSystem(ctx, "start")
	last, err := j.last(ctx)
	if err != nil {
		return err
	}
	if last.Seq == 0 {
		return writeHead(j.head, j.key, 0, "")
	}
	return j.Accept(ctx, "This machine had no head file; it keeps one from now on.")
}
