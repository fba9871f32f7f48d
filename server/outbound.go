package main

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"piper/internal/fault"
)

// dialer opens connections to the outside. Unless private addresses are allowed it refuses them after
// the name is resolved, so that a source or mailbox cannot be used to look around inside the network
// (server-side request forgery), also not by a name that changes its mind.
func dialer(allowPrivate bool) *net.Dialer {
	d := &net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}
	if !allowPrivate {
		d.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(address)
			if err != nil || !public(ap.Addr().Unmap()) {
				return fault.New(fault.Forbidden, "%s is a private or loopback address; set PIPER_ALLOW_PRIVATE_FETCH=true to allow these.", address)
			}
			return nil
		}
	}
	return d
}

// reserved are the ranges beyond the private ones that lead nowhere public.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

func public(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// outboundClient is the one HTTP client for the outside world. It ignores the environment's proxies,
// which would undo the dialer's check.
func outboundClient(allowPrivate bool) *http.Client {
	return &http.Client{
		Timeout: 2 * time.Minute,
		Transport: &http.Transport{
			DialContext:           dialer(allowPrivate).DialContext,
			TLSHandshakeTimeout:   20 * time.Second,
			ResponseHeaderTimeout: 90 * time.Second,
			MaxIdleConnsPerHost:   4,
			IdleConnTimeout:       time.Minute,
			ForceAttemptHTTP2:     true,
		},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) >= 5 {
				return fault.New(fault.Unavailable, "The address redirects too often.")
			}
			return nil
		},
	}
}
