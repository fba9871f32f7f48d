package work

import (
	"context"
	"errors"
	"testing"

	"piper/internal/fault"
)

// TestEnd: what a person reads of each end, and what the job makes of it.
func TestEnd(t *testing.T) {
	broken := errors.New("disk")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx     context.Context
		err     error
		stopped bool
		message string // "": nothing is settled
		want    error
	}{
		"stopped":          {t.Context(), errors.Join(ErrStop), true, Stopped, nil},
		"stopped, leaving": {gone, ErrStop, true, Stopped, nil},
		"shutdown":         {gone, broken, false, "", context.Canceled},
		"a fault in Piper": {t.Context(), broken, false, "It failed by a fault in Piper; nothing of it was saved. The log has the details.", broken},
		"a bad file":       {t.Context(), fault.Field("file", "It is empty."), false, "It is empty.", nil},
	} {
		stopped, message := false, ""
		err := End(c.ctx, c.err, func(ctx context.Context, s bool, m string) error {
			stopped, message = s, m
			return nil
		})
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || stopped != c.stopped || message != c.message {
			t.Errorf("%s: %v, stopped %t, %q", name, err, stopped, message)
		}
	}
	settling := errors.New("settling")
	if err := End(t.Context(), broken, func(context.Context, bool, string) error { return settling }); !errors.Is(err, broken) || !errors.Is(err, settling) {
		t.Errorf("of two errors came %v", err)
	}
}
