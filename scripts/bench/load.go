package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// target is a server under load.
type target struct {
	name, addr string
	pid        int
	token      string // sent as a bearer token; "" for nobody
}

// request is one question: a path and, for a write, a body.
type request struct {
	path string
	body []byte
}

// rate is what a server reached.
type rate struct {
	perSecond float64
	cpu       time.Duration // of the server, for one request
}

// drive has so many clients ask for a span of time, each the next question as soon as the last is answered.
// Clients are bare sockets, so that both processors are the server's as far as possible.
func (t target) drive(ctx context.Context, clients int, span time.Duration, next func(*rand.Rand) request) (rate, error) {
	var done atomic.Int64
	var failed error
	var once sync.Once
	var wg sync.WaitGroup
	ctx, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	before, begun := cpuOf(t.pid), time.Now()
	for i := range clients {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(i), uint64(begun.UnixNano())))
			if err := t.ask(ctx, rng, next, &done); err != nil {
				once.Do(func() { failed = err; cancel() })
			}
		})
	}
	wg.Wait()
	took := time.Since(begun)
	n := done.Load()
	if failed != nil || n == 0 {
		return rate{}, fmt.Errorf("%s: %w", t.name, errors.Join(failed, ctx.Err()))
	}
	return rate{perSecond: float64(n) / took.Seconds(), cpu: (cpuOf(t.pid) - before) / time.Duration(n)}, nil
}

func (t target) ask(ctx context.Context, rng *rand.Rand, next func(*rand.Rand) request, done *atomic.Int64) error {
	conn, err := net.Dial("tcp", t.addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	var out bytes.Buffer
	for ctx.Err() == nil {
		r := next(rng)
		out.Reset()
		method := http.MethodGet
		if r.body != nil {
			method = http.MethodPost
		}
		out.WriteString(method + " " + r.path + " HTTP/1.1\r\nHost: " + t.addr + "\r\n")
		if t.token != "" {
			out.WriteString("Authorization: Bearer " + t.token + "\r\n")
		}
		if r.body != nil {
			out.WriteString("Content-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(r.body)) + "\r\n")
		}
		out.WriteString("\r\n")
		out.Write(r.body)
		if _, err := conn.Write(out.Bytes()); err != nil {
			return err
		}
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			return err
		}
		if answer.StatusCode >= 300 {
			text, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
			return fmt.Errorf("%s answered %s: %s", r.path, answer.Status, text)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err
		}
		_ = answer.Body.Close()
		done.Add(1)
	}
	return nil
}

// compare drives several servers in turns and gives the median of each.
func (b *bench) compare(ctx context.Context, clients int, targets []target, next []func(*rand.Rand) request) ([]rate, error) {
	rates, cpus := make([][]float64, len(targets)), make([][]time.Duration, len(targets))
	for i, t := range targets { // what one of them reads for the first time is not read from the disk by the others
		if _, err := t.drive(ctx, clients, b.span, next[i]); err != nil {
			return nil, err
		}
	}
	for range b.runs {
		for i, t := range targets {
			r, err := t.drive(ctx, clients, b.span, next[i])
			if err != nil {
				return nil, err
			}
			rates[i], cpus[i] = append(rates[i], r.perSecond), append(cpus[i], r.cpu)
		}
	}
	out := make([]rate, len(targets))
	for i := range targets {
		out[i] = rate{median(rates[i]), median(cpus[i])}
	}
	return out, nil
}
