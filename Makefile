# Everything a person needs: make run, make test. The rest is for those who build Piper.
SHELL := /bin/bash
export CGO_ENABLED := 0
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
WEB := $(shell find frontend/src frontend/public frontend/index.html frontend/package.json frontend/vite.config.ts -type f 2>/dev/null)

.PHONY: run test build check bench fuzz types clean

## run: build Piper and open a demonstration secretariat on http://127.0.0.1:8080
run: build
	go run ./scripts/demo

## test: the whole gate
test: frontend/node_modules/.package-lock.json build tmp/ferretdb
	go run ./scripts/check

## build: bin/piper, one static binary with the front end inside
build: bin/piper

tmp/ferretdb: $(wildcard scripts/ferretdb/*)
	cd scripts/ferretdb && go build -o ../../tmp/ferretdb .
	@touch $@

bin/piper: frontend/dist/index.html FORCE
	go build -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./server

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(WEB)
	cd frontend && npm run --silent build
	@touch $@

## types: the browser's types, made from the API
types: bin/piper
	PIPER_DATA=tmp/openapi bin/piper openapi > frontend/openapi.json
	cd frontend && npm run --silent types

## bench: speed beside named peers, as a table
bench: build
	go run ./scripts/bench

## fuzz: every fuzz target for a while (FUZZTIME=30s)
FUZZTIME ?= 30s
fuzz:
	@for pkg in $$(grep -rl --include='*_test.go' 'func Fuzz' internal jobs | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -ho 'func Fuzz[A-Za-z0-9_]*' $$pkg/*_test.go | cut -c6-); do \
	    echo "── $$pkg $$f"; go test ./$$pkg -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) || exit 1; done; done

clean:
	rm -rf bin frontend/dist/assets frontend/dist/index.html frontend/node_modules tmp

FORCE:
