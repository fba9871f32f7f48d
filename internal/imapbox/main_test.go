package imapbox_test

import (
	"testing"

	"go.uber.org/goleak"
)

// No connection leaves a goroutine behind, however it ended. The server of go-imap does: it waits for ever
// for a lock when a client goes away in the middle of a FETCH.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/emersion/go-imap/v2/imapserver.(*Conn).serve"))
}
