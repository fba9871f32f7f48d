package imaptest

import (
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
)

// Proxy stands between a client and a server and breaks connections on purpose.
type Proxy struct {
	Host string
	Port int

	target   string
	listener net.Listener
	after    atomic.Int64 // bytes the server may send before the connection breaks, 0 for no limit
	mu       sync.Mutex
	conns    map[net.Conn]bool
}

// NewProxy starts a proxy to a server for a test and stops it at the end of the test.
func NewProxy(t T, host string, port int) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("proxy: %v", err)
	}
	p := &Proxy{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, listener: l,
		target: net.JoinHostPort(host, strconv.Itoa(port)), conns: map[net.Conn]bool{},
	}
	t.Cleanup(func() {
		l.Close()
		p.KillConnections()
	})
	go p.serve()
	return p
}

// BreakAfter breaks each connection made from now on when the server has sent so many bytes on it; 0 mends
// the proxy.
func (p *Proxy) BreakAfter(bytes int64) { p.after.Store(bytes) }

// KillConnections breaks all connections.
func (p *Proxy) KillConnections() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.Close()
	}
	clear(p.conns)
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.conns[client], p.conns[server] = true, true
		p.mu.Unlock()
		limit := p.after.Load()
		go p.carry(server, client, 0)
		go p.carry(client, server, limit)
	}
}

// carry copies until one side ends or the limit is reached, then closes both.
func (p *Proxy) carry(to, from net.Conn, limit int64) {
	var source io.Reader = from
	if limit > 0 {
		source = io.LimitReader(from, limit)
	}
	io.Copy(to, source)
	to.Close()
	from.Close()
}
