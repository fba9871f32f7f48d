package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"piper/config"
	"piper/internal/access"
	"piper/internal/fault"
)

// serve runs the web face and the timetable until it is asked to end, then lets running requests and
// jobs finish.
func serve(ctx context.Context, cfg config.Config, args []string) (err error) {
	if len(args) > 0 {
		return exit{exitUsage, "serve takes no arguments; its settings come from the environment"}
	}
	app, err := newApp(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	handler, err := app.handler()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "Piper cannot listen on %s (PIPER_ADDR).", cfg.Addr)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,  // uploads
		WriteTimeout:      10 * time.Minute, // exports
		IdleTimeout:       2 * time.Minute,
	}
	address := cfg.BaseURL
	if address == "" {
		address = "http://" + listener.Addr().String()
	}
	if err := app.greet(ctx, address); err != nil {
		return err
	}
	app.runner.Start(ctx)

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	app.log.Info("shutting down")
	end, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

// greet says where Piper is, and at the first start how to make the first account.
func (a *App) greet(ctx context.Context, address string) error {
	ctx = access.AsSystem(ctx, "start")
	fmt.Println("Piper", version, "is at", address)
	needed, err := a.accounts.NeedsSetup(ctx)
	if err != nil || !needed {
		return err
	}
	token, err := a.accounts.OfferSetup(ctx)
	if err != nil {
		return err
	}
	fmt.Println("There is no account yet. Make the first one here (the link works once):")
	fmt.Println("  " + address + "/setup?token=" + url.QueryEscape(token))
	return nil
}

// healthCheck asks the Piper that listens on PIPER_ADDR; a container's health check calls it.
func healthCheck(ctx context.Context, cfg config.Config, _ []string) error {
	host, port, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "Piper does not answer on %s.", cfg.Addr)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(os.Stdout, io.LimitReader(resp.Body, 1<<16)); err != nil {
		return err
	}
	fmt.Println()
	if resp.StatusCode != http.StatusOK {
		return exit{status: exitFailed}
	}
	return nil
}
