package imapbox

import (
	"bufio"
	"errors"
	"net"
	"sync"
	"time"
)

// errTooMuch ends a connection whose server sends more than any honest answer holds.
var errTooMuch = errors.New("the answer is longer than any honest one")

// watched is a connection that ends when the server stays silent too long in the middle of a command.
// go-imap sets deadlines of its own, none of them while it waits for an answer to begin, and it knows no
// context; so its deadlines are ignored and these count instead. Between commands there is no deadline:
// the caller may take its time.
type watched struct {
	net.Conn
	in      *bufio.Reader // large, so that one system call reads many lines
	silence time.Duration

	mu     sync.Mutex
	busy   bool
	budget int64 // bytes the current command may still receive
	failed error // why reading ended; go-imap keeps only its text
}

func watch(conn net.Conn, silence time.Duration) *watched {
	w := &watched{Conn: conn, silence: silence}
	w.in = bufio.NewReaderSize(fill{w}, 64<<10)
	return w
}

// begin starts the clock for a command that may receive up to budget bytes.
func (w *watched) begin(budget int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy, w.budget = true, budget
	w.Conn.SetReadDeadline(time.Now().Add(w.silence))
}

// end stops the clock.
func (w *watched) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy = false
	w.Conn.SetReadDeadline(time.Time{})
}

func (w *watched) Read(p []byte) (int, error) { return w.in.Read(p) }

func (w *watched) Write(p []byte) (int, error) {
	w.Conn.SetWriteDeadline(time.Now().Add(w.silence))
	return w.Conn.Write(p)
}

func (w *watched) SetDeadline(time.Time) error      { return nil }
func (w *watched) SetReadDeadline(time.Time) error  { return nil }
func (w *watched) SetWriteDeadline(time.Time) error { return nil }

// fill reads from the network for the buffer of a watched connection.
type fill struct{ w *watched }

func (f fill) Read(p []byte) (int, error) {
	w := f.w
	w.mu.Lock()
	if w.busy {
		if w.budget <= 0 {
			w.failed = errTooMuch
			w.mu.Unlock()
			return 0, errTooMuch
		}
		w.Conn.SetReadDeadline(time.Now().Add(w.silence))
	}
	w.mu.Unlock()
	n, err := w.Conn.Read(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.budget -= int64(n)
	if err != nil && w.failed == nil {
		w.failed = err
	}
	return n, err
}

// failure gives why reading ended, nil while it has not.
func (w *watched) failure() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed
}
