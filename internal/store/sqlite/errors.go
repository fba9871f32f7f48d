package sqlite

import (
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"piper/internal/fault"
	"piper/internal/store/driver"
)

var errClosed = fault.New(fault.Unavailable, "The store is closed.")

// explain turns what SQLite says into something that a person can act on, where a person can.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(err, fault.Busy, "Another process is writing to the store. Try again in a moment.")
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(err, fault.Unavailable, "The disk that holds the store is full.")
	case sqlite3.SQLITE_READONLY:
		return fault.Wrap(err, fault.Unavailable, "The store's file or folder may not be written to.")
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fault.Wrap(err, fault.Unavailable, "The store's file is damaged or is not a store.")
	}
	return err
}

// duplicate tells whether err says that a key of the table is taken, and which.
func (t *table) duplicate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_CONSTRAINT {
		return explain(err)
	}
	_, columns, found := strings.Cut(e.Error(), "UNIQUE constraint failed: ")
	if !found {
		return err
	}
	if i := strings.LastIndex(columns, " ("); i >= 0 { // the driver puts the code behind the message
		columns = columns[:i]
	}
	if key, ok := t.uniqueBy[columns]; ok {
		return &driver.DuplicateError{Key: key}
	}
	return err
}
