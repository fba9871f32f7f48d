package main

import (
	"os"
	"syscall"

	"piper/config"
	"piper/internal/fault"
)

type lockKind int

const (
	shared    lockKind = syscall.LOCK_SH // whoever uses the store
	exclusive lockKind = syscall.LOCK_EX // whoever replaces it
)

// lockData marks the data folder as in use. The mark goes with the process, however it ends.
func lockData(cfg config.Config, kind lockKind) (*os.File, error) {
	f, err := os.OpenFile(cfg.Path("lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), int(kind)|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fault.Wrap(err, fault.Busy, "The data folder %s is in use by another Piper. Stop it first.", cfg.Data)
	}
	return f, nil
}
