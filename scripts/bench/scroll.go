package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// scrolled is what a browser was like while a long list was scrolled to its end.
type scrolled struct {
	Rows     int     `json:"rows"`
	Frames   int     `json:"frames"`
	P95      float64 `json:"p95"`      // milliseconds
	Within33 float64 `json:"within33"` // share of the frames
	Longest  float64 `json:"longest"`  // milliseconds of the longest task; 0: none took 50
}

// scroll measures the list of stakeholders in a real browser. It needs node, frontend/node_modules and Chromium.
func scroll(ctx context.Context, b *bench) error {
	h, err := b.filled(ctx, b.size)
	if err != nil {
		return err
	}
	t, _, stop, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	c := exec.CommandContext(ctx, "node", "e2e/bench/scroll.mjs", "http://"+t.addr, email, strconv.Itoa(b.size.stakeholders))
	c.Dir, c.Stdin, c.Stderr = "frontend", strings.NewReader(password), os.Stderr
	out, err := c.Output()
	if err != nil {
		return fmt.Errorf("scrolling in the browser: %w", err)
	}
	var s scrolled
	if err := json.Unmarshal(bytes.TrimSpace(out), &s); err != nil {
		return fmt.Errorf("what the browser said: %w", err)
	}
	b.add(row{fmt.Sprintf("scrolling through %d stakeholders, %d frames: within 33 ms, p95", s.Rows, s.Frames),
		fmt.Sprintf("%.1f %%, %.0f ms", 100*s.Within33, s.P95), "", "", "≥ 95 % within 33 ms", verdict(s.Within33 >= 0.95 && s.Rows >= b.size.stakeholders)})
	b.add(row{"the longest task meanwhile", fmt.Sprintf("%.0f ms", s.Longest), "", "", "≤ 100 ms", verdict(s.Longest <= 100)})
	return nil
}
